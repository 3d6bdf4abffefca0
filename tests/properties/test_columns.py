"""Columns say what the scalar engine says: for every kind of rule, in both regions, at both ends and in open years."""

from datetime import date, timedelta

import numpy as np
import pytest

import rulecal as rc
from rulecal.columns.judge import STATES
from rulecal.errors import NoDeadlineError, RulecalError

UNITS = (rc.Unit.WORKING_DAY, rc.Unit.CALENDAR_DAY, rc.Unit.MONTH, rc.Unit.YEAR)
SHIPPED = rc.catalogue()
RULES = {
    "wd": rc.within(15, rc.Unit.WORKING_DAY),
    "wd-same-day": rc.within(7, rc.Unit.WORKING_DAY, start="unclear"),
    "days": rc.within(30, rc.Unit.CALENDAR_DAY),
    "days-unclear": rc.within(60, rc.Unit.CALENDAR_DAY, roll="unclear", start="unclear"),
    "days-no-roll": rc.within(20, rc.Unit.CALENDAR_DAY, roll="no"),
    "months": rc.within(6, rc.Unit.MONTH),
    "years": rc.within(2, rc.Unit.YEAR, roll="unclear"),
    "floor": rc.at_least(7, rc.Unit.WORKING_DAY, start="unclear"),
    "floor-days": rc.at_least(30, rc.Unit.CALENDAR_DAY),
    "back": rc.count_back(7, rc.Unit.WORKING_DAY),
    "back-days": rc.count_back(10, rc.Unit.CALENDAR_DAY),
    "back-months": rc.count_back(2, rc.Unit.MONTH),
    "before": rc.before(3, 1),
    "by": rc.by(6, 30),
    "by-end": rc.by_end_of(2),
    "once": rc.times_a_year(1),
    "twice": rc.times_a_year(2),
    "one-year": rc.by(6, 30, year=2022),
}
RULES |= {
    rule_id: SHIPPED[rule_id]
    for rule_id in (
        "zhongwei-2022/farm-facility-filing",
        "zhongwei-2022/normative-document-comment",
        "zhongwei-2022/annual-report-government",
        "zhongwei-2022/leaders-lectures",
        "zhongwei-2022/information-disclosure",
    )
}
RULES |= {f"kind {rule.kind.value}": rule for rule in SHIPPED.values()}
REGIONS = (None, "640500")
EPOCH = date(1970, 1, 1)


def sample(rows, seed, first=date(2003, 6, 1), last=date(2031, 6, 30)):
    """Days of the calendar and of a year around it, its ends and its open years more often, some null."""
    rng = np.random.default_rng(seed)
    low, high = (day.toordinal() - EPOCH.toordinal() for day in (first, last))
    ends = np.array([12418, 20811, 20819, 22279])
    days = np.where(
        rng.random(rows) < 0.2, rng.choice(ends, rows) + rng.integers(-45, 45, rows), rng.integers(low, high, rows)
    )
    found = days.astype("M8[D]")
    found[rng.random(rows) < 0.03] = "NaT"
    return found


def scalar_due(rule, day, calendar, seen):
    if day not in seen:
        try:
            seen[day] = rule.deadline(day, calendar=calendar).due
        except RulecalError:
            seen[day] = None
    return seen[day]


@pytest.mark.parametrize("region", REGIONS)
def test_due_dates_are_the_scalar_ones_on_200_000_rows(region):
    calendar = rc.calendar(region)
    dated = {name: rule for name, rule in RULES.items() if rule.is_computable}
    column = sample(200_000 // len(dated) + 1, 1)
    for name, rule in dated.items():
        seen = {}
        found = rc.due_dates(rule, column, calendar=calendar, errors="null")
        expected = [None if day is None else scalar_due(rule, day, calendar, seen) for day in column.tolist()]
        assert found.tolist() == expected, name


BACKWARDS = {rc.Kind.COUNT_BACK, rc.Kind.QUOTA, rc.Kind.BY_DATE}  # S19-S21: done before an event or a day of the year


def scalar_flags(rule, trigger, done, as_of, calendar):
    early = done is not None and trigger is not None and done < trigger and rule.kind not in BACKWARDS  # S30
    try:
        deadline = rule.deadline(trigger, calendar=calendar)
    except NoDeadlineError:
        if early:
            return (None,) * 6 + ("invalid-case", rule.certainty.value)
        met = done is not None and done <= as_of
        return None, None, None, "met" if met else "review", 0, 0, None, rule.certainty.value
    except RulecalError as err:
        return None, None, None, None, None, None, err.code, None
    ends, sure = (deadline.due, deadline.earliest, deadline.latest), deadline.rule.certainty.value
    if early:
        return (*ends, None, None, None, "invalid-case", sure)
    try:
        status = deadline.status(as_of=as_of, completed=done)
    except RulecalError as err:
        return (*ends, None, None, None, err.code, sure)
    return (*ends, status.state.value, status.days_over, status.working_days_over, None, sure)


def plain(column):
    return [None if value is None or value != value else value for value in column.tolist()]  # noqa: PLR0124


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("as_of", [date(2022, 7, 21), date(2027, 2, 20), date(2003, 5, 1)])
def test_flags_are_the_scalar_statuses(region, as_of):
    rng, calendar = np.random.default_rng(5), rc.calendar(region)
    near = (as_of - timedelta(days=200), as_of + timedelta(days=40))
    trigger = np.concatenate([sample(120, 2), sample(120, 3, *near)])
    done = trigger + rng.integers(-5, 90, len(trigger))
    done[rng.random(len(done)) < 0.4] = "NaT"
    states = set()
    for name, rule in RULES.items():
        items = {"received": trigger, "done": done}
        found = rc.flag(items, rule=rule, completed="done", as_of=as_of, calendar=calendar)
        columns = ("due", "earliest", "latest", "state", "days_over", "working_days_over", "fault", "certainty")
        rows = list(zip(*(plain(found[column]) for column in columns), strict=True))
        pairs = zip(trigger.tolist(), done.tolist(), strict=True)
        expected = [scalar_flags(rule, day, end, as_of, calendar) for day, end in pairs]
        assert rows == expected, name
        states |= {row[3] for row in rows}
    assert len(states) > 4


def one_of_each_sort():
    """Rules of the catalogue that differ in kind, unit, versions, trigger and in whether a date is inferred."""
    found = {}
    for rule in SHIPPED.values():
        unit = rule.limit.period.unit if isinstance(rule.limit, rc.Window) else None
        norm = rule.norm
        found[rule.kind, unit, len(rule.norms) > 1, norm.date_is_inferred, norm.trigger.on, norm.higher_basis] = rule
    rules = [rule for (_, unit, *_), rule in found.items() if unit is not rc.Unit.HOUR]
    return [*rules, SHIPPED["zhongwei-2022/annual-report-government"]]  # no date follows for its first year


def edges(rule):
    """Triggers at the ends of what columns hold, of each version's force, and of the open days; far off too."""
    ends = [date(1971, 1, 1), date(2041, 1, 1), *(date(2026, 12, 19 + n) for n in range(13))]
    ends += [date(2027, 1, 1), date(2027, 2, 1), date(2027, 2, 28), date(9990, 2, 1), date(1960, 2, 1)]
    ends += [end for each in rule.versions for end in (each.force.first, each.force.last) if end is not None]
    return sorted({end + timedelta(days=n) for end in ends for n in (-1, 0, 1)})


@pytest.mark.parametrize("rule", one_of_each_sort(), ids=lambda rule: rule.id)
def test_flags_at_the_edges_are_the_scalar_statuses(rule):
    """Done long before the trigger, the day before it, on it, after it, or not; a day past what is held is a fault."""
    calendar = rc.calendar(rule.region)
    for as_of in (date(2022, 7, 21), date(2027, 1, 12)):
        for year in {day.year for day in edges(rule)}:
            days = [day for day in edges(rule) if day.year == year]
            rows = [(d, d and d + timedelta(days=n)) for d in [*days, None] for n in (-400, -1, 0, 1, 25)]
            rows += [(day, None) for day in days]
            trigger, done = (np.array(column, "M8[D]") for column in zip(*rows, strict=True))
            found = rc.flag({"received": trigger, "done": done}, rule=rule, completed="done", as_of=as_of)
            columns = ("due", "earliest", "latest", "state", "days_over", "working_days_over", "fault", "certainty")
            for row, (day, end) in zip(zip(*(plain(found[key]) for key in columns), strict=True), rows, strict=True):
                expected = scalar_flags(rule, day, end, as_of, calendar)
                if rule.is_computable and day is not None and not 1971 <= day.year <= 2040:
                    expected = (None,) * 6 + ("calendar-coverage", None)
                assert row == expected, (day, end, as_of)


def test_a_column_of_rules_is_each_rule_by_itself():
    trigger = sample(4000, 7, date(2021, 6, 1), date(2023, 6, 30))
    rng = np.random.default_rng(8)
    ids = rng.choice([*RULES, "no such rule"], len(trigger)).astype(object)
    ids[:20] = None
    done = trigger + rng.integers(0, 60, len(trigger))
    done[rng.random(len(done)) < 0.5] = "NaT"
    as_of = date(2022, 8, 1)
    items = {"received": trigger, "rule": ids, "done": done}
    found = rc.flag(items, rule_column="rule", rules=RULES, completed="done", as_of=as_of)
    columns = ("due", "earliest", "latest", "state", "days_over", "working_days_over", "fault", "certainty")
    rows = list(zip(*(plain(found[column]) for column in columns), strict=True))
    for row, rule_id, day, end in zip(rows, ids, trigger.tolist(), done.tolist(), strict=True):
        rule = RULES.get(rule_id)
        if rule is None:
            assert row == (None,) * 6 + ("unknown-rule", None)
        else:
            assert row == scalar_flags(rule, day, end, as_of, rc.calendar(rule.region)), (rule_id, day, end)


# shifts and counts ---------------------------------------------------------------------------------------------------


def held(ask):
    try:
        return ask()
    except rc.CalendarCoverageError:
        return None


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("span", [(date(2003, 6, 1), date(2031, 6, 30)), (date(2021, 1, 1), date(2025, 6, 30))])
def test_shifts_and_counts_are_the_scalar_ones(region, span):
    calendar = rc.calendar(region)
    days = sample(4000, 11) if span[0].year == 2003 else sample(4000, 11, *span)
    if span[0].year != 2003:
        days = np.datetime64("2021-01-01") + (np.nan_to_num(days.view("i8"), copy=True) % 1600)
    for low, high in ((-30, 31), (1, 61), (-40, 0), (0, 1)):
        n = np.random.default_rng(low + 50).integers(low, high, len(days))
        found = rc.shift_working_days(days, n, calendar=calendar, errors="null").tolist()
        pairs = zip(days.tolist(), n.tolist(), strict=True)
        assert found == [None if d is None else held(lambda d=d, k=k: calendar.shift(d, k)) for d, k in pairs]
        through = days + n
        counted = plain(rc.count_working_days(days, through, calendar=calendar, errors="null"))
        ends = zip(days.tolist(), through.tolist(), strict=True)
        assert counted == [None if d is None else held(lambda d=d, e=e: calendar.working_days(d, e)) for d, e in ends]


# exclusions ----------------------------------------------------------------------------------------------------------


def naive(rule, trigger, pauses, calendar):
    """Counted one day at a time: excluded days are passed over, the roll comes last."""
    out = {first + timedelta(days=k) for first, last in pauses for k in range((last - first).days + 1)}
    limit, ends = rule.limit, []
    for way in rule.ways:
        day = trigger - timedelta(days=1) if way.same_day else trigger
        if limit.period.unit in {rc.Unit.MONTH, rc.Unit.YEAR}:
            end = rule_end(way, trigger)
            left = (end - day).days
        else:
            left = way.amount
        while left:
            day += timedelta(days=1)
            if day not in out and (way.unit is not rc.Unit.WORKING_DAY or calendar.is_working_day(day)):
                left -= 1
        while way.roll and not calendar.is_working_day(day):
            day += timedelta(days=1)
        ends.append(day)
    return max(ends) if rule.kind is rc.Kind.AT_LEAST else min(ends)


def rule_end(way, trigger):
    months = rc.within(way.amount, rc.Unit.MONTH, roll="no").deadline(trigger).due
    return months - timedelta(days=way.same_day)


def excluded(rows, k, seed):
    rng = np.random.default_rng(seed)
    trigger = (np.datetime64("2019-01-01") + rng.integers(0, 2000, rows)).astype("M8[D]")
    first = trigger[:, None] + rng.integers(-8, 60, (rows, k))
    last = first + rng.integers(0, 20, (rows, k))
    none = rng.random((rows, k)) < 0.3
    first[none] = last[none] = "NaT"
    return trigger, first, last


PAUSED = {
    name: RULES[name]
    for name in ("wd", "wd-same-day", "days", "days-unclear", "days-no-roll", "months", "floor", "floor-days")
}


@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("name", PAUSED)
def test_exclusions_are_what_a_naive_count_says(name, k, ningxia):
    trigger, first, last = excluded(300, k, k)
    rule = PAUSED[name]
    found = rc.due_dates(rule, trigger, calendar=ningxia, exclusions=(first, last))
    spans = {f"{n}{end}": each[:, n] for end, each in (("f", first), ("l", last)) for n in range(k)}
    flagged = rc.flag(
        {"received": trigger} | spans,
        rule=rule, calendar=ningxia, as_of=date(2026, 1, 1), exclusions=[(f"{n}f", f"{n}l") for n in range(k)],
    )  # fmt: skip
    for row, day in enumerate(trigger.tolist()):
        pauses = [(f, z) for f, z in zip(first[row].tolist(), last[row].tolist(), strict=True) if f is not None]
        assert found[row].item() == naive(rule, day, pauses, ningxia), (day, pauses)
    assert flagged["due"].tolist() == found.tolist()
    assert (flagged["earliest"] <= flagged["due"]).all()
    assert (flagged["due"] <= flagged["latest"]).all()


def test_states_are_all_of_them():
    assert set(STATES) == set(rc.State)


@pytest.mark.parametrize("name", PAUSED)
def test_exclusions_in_a_frame_are_those_of_a_case(name, ningxia):
    """On any day: what is not known yet, what goes on, what has ended; done or not; near open days too."""
    rng = np.random.default_rng(len(name))
    rows, k = 600, 3
    trigger, first, last = excluded(rows, k, len(name))
    trigger[::4] += np.datetime64("2026-12-01") - trigger[::4] + rng.integers(0, 40, len(trigger[::4]))
    first[::4] = trigger[::4, None] + rng.integers(-8, 60, first[::4].shape)
    last[::4] = first[::4] + rng.integers(0, 9, first[::4].shape)
    last[rng.random((rows, k)) < 0.2] = "NaT"
    rule = PAUSED[name]
    start = np.datetime64("2022-09-20")
    for later in (-2, 9, 21, 60, 400):
        days = start + rng.integers(-3, 30, rows)
        moved = (days - trigger)[:, None]
        done = np.where(rng.random(rows) < 0.3, days + rng.integers(0, 70, rows), np.datetime64("NaT"))
        compare_with_cases(rule, ningxia, days, first + moved, last + moved, done, (start + later).item(), least=0.5)
    compare_with_cases(rule, ningxia, trigger[::4], first[::4], last[::4], done[::4] - 4000, date(2027, 1, 12), least=0)


def compare_with_cases(rule, calendar, days, first, last, done, as_of, *, least):
    spans = {f"{n}{end}": each[:, n] for end, each in (("f", first), ("l", last)) for n in range(first.shape[1])}
    items = {"received": days, "done": np.where(done >= days, done, np.datetime64("NaT"))}
    found = rc.flag(
        items | spans, rule=rule, calendar=calendar, completed="done", as_of=as_of,
        exclusions=[(f"{n}f", f"{n}l") for n in range(first.shape[1])],
    )  # fmt: skip
    compared = 0
    for row, day in enumerate(days.tolist()):
        pairs = zip(first[row].tolist(), last[row].tolist(), strict=True)
        events = [rc.Exclusion(a, z, reason="x", basis="《甲》1") for a, z in pairs if a is not None]
        finished = items["done"][row].item()
        events += [rc.Completion(finished)] if finished else []
        if found["fault"][row] is not None:
            continue
        try:
            case = rc.Case(rule, day, events, calendar=calendar)
        except rc.CaseFaults:
            continue  # an exclusion after the completion
        deadline, status = case.deadline(as_of=as_of), case.status(as_of=as_of)
        said = (deadline.due, deadline.earliest, deadline.latest, status.state.value, status.days_over)
        ours = tuple(found[key][row].item() for key in ("due", "earliest", "latest"))
        assert (*ours, found["state"][row], found["days_over"][row]) == said, (day, events, as_of)
        compared += 1
    assert compared > len(days) * least
