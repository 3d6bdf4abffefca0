"""Cases: strategies, a slow oracle that counts one day at a time, and the laws that they obey."""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from rulecal.calendars import calendar as calendar_of
from rulecal.calendars.working import WorkingCalendar
from rulecal.deadlines.build import within
from rulecal.deadlines.case import Case
from rulecal.deadlines.deadline import Deadline
from rulecal.deadlines.events import Event, Exclusion, Extension, Restart, Suspension, Transfer
from rulecal.deadlines.rule import Rule
from rulecal.errors import UnsettledDayError
from rulecal.law.limit import Roll, Start, Unit, Window
from rulecal.steps import replay
from rulecal.testing.laws import law, windows_of
from rulecal.verify import verify

_DAY = timedelta(days=1)


# the oracle ----------------------------------------------------------------------------------------------------------


def naive_case_due(case: Case, calendar: WorkingCalendar, *, promised: bool = False) -> tuple[date, date]:
    """The first and the last day on which a clock of a case may end, counted one day at a time on settled days.

    Slow, and easy to believe: it knows a case whose clock counts days, months or years onward from its trigger.

    >>> testing = Exclusion(date(2022, 9, 26), date(2022, 9, 27), reason="检测")
    >>> case = Case(within(3, Unit.WORKING_DAY, excludes=("检测",)), date(2022, 9, 23), [testing])
    >>> naive_case_due(case, calendar_of())
    (datetime.date(2022, 9, 30), datetime.date(2022, 9, 30))
    """
    rule = case.promised if promised and case.promised else case.rule
    name = "promised" if promised else "statutory"
    start, told = case.trigger, [event for event in case.events if getattr(event, "clock", name) in {"both", name}]
    moves = sorted((_day(event.on), event.region) for event in told if isinstance(event, Transfer))
    for on in sorted(_day(event.on) for event in told if isinstance(event, Restart)):
        if on <= max(_ends(rule, start, told, calendar, moves)):
            start, told = on, [event for event in told if not isinstance(event, Extension) or _day(event.decided) >= on]
    ends = _ends(rule, start, told, calendar, moves)
    return min(ends), max(ends)


def _ends(
    rule: Rule, start: date, told: list[Event], calendar: WorkingCalendar, moves: list[tuple[date, str]]
) -> set[date]:
    """The end on each reading of the rule and of its events."""
    in_writing = {reason for each in rule.norm.excludes if each.in_writing for reason in each.reasons}
    national = rule.norm.instrument is not None and rule.norm.instrument.level == "national"

    def is_worked(day: date, *, nationally: bool) -> bool:
        there = [region for on, region in moves if on <= day]
        held = calendar_of(there[-1]) if there else calendar
        return (held.national if nationally else held).is_working_day(day)

    def out(day: date, *, untold: bool, edges: bool) -> bool:
        """Whether a day is not counted."""

        def heard(event: Exclusion | Suspension) -> bool:
            by_decision = isinstance(event, Suspension) and event.reason == "中止"
            return untold or event.notified or by_decision or event.reason not in in_writing

        for event in told:
            if isinstance(event, Suspension) and event.resumed is not None and heard(event):
                if _day(event.on) < day < _day(event.resumed):
                    return True
            elif isinstance(event, Exclusion) and heard(event):
                last = event.last or _day(event.first)
                partly = (day == _day(event.first) and _moment(event.first) > time(0)) or (
                    day == _day(last) and isinstance(last, datetime) and last.time() < time(23, 59)
                )
                if _day(event.first) <= day <= _day(last) and (edges or not partly):
                    return True
        return False

    def end(
        limit: Window, amount: int, *, same: bool, rolls: bool, nationally: bool, untold: bool, edges: bool
    ) -> date:
        unit, left, day = limit.period.unit, amount, start - _DAY if same else start
        if unit in {Unit.MONTH, Unit.YEAR}:
            months = start.year * 12 + start.month - 1 + amount * (12 if unit is Unit.YEAR else 1)
            year, month = months // 12, months % 12 + 1
            left = (date(year, month, min(start.day, monthrange(year, month)[1])) - start).days
        while left:
            day += _DAY
            counts = unit is not Unit.WORKING_DAY or is_worked(day, nationally=False)
            left -= counts and not out(day, untold=untold, edges=edges)
        while rolls and unit is not Unit.WORKING_DAY and not is_worked(day, nationally=nationally):
            day += _DAY
        return day

    found, both = set(), (False, True)
    for limit in windows_of(rule):
        starts = {Start.NEXT_DAY: [False], Start.SAME_DAY: [True], Start.UNCLEAR: both}[limit.start]
        rolled = {Roll.NO: [False], Roll.YES: [True], Roll.UNCLEAR: both}[limit.roll]
        for same, rolls, nationally, untold, edges in product(starts, rolled, both[: 1 + national], both, both):
            amount, times = limit.period.amount, 0
            how = {"same": same, "rolls": rolls, "nationally": nationally, "untold": untold, "edges": edges}
            for event in sorted(
                (each for each in told if isinstance(each, Extension)), key=lambda e: (_first(e), e.amount)
            ):
                allowed = event.basis or rule.norm.extension is None or times < rule.norm.extension.times
                if allowed and _first(event) <= end(limit, amount, **how):
                    amount, times = amount + event.amount, times + 1
            found.add(end(limit, amount, **how))
    return found


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _moment(value: date) -> time:
    return value.time() if isinstance(value, datetime) else time(0)


def _first(event: Event) -> date:
    return _day(next(getattr(event, name) for name in ("first", "on", "decided") if hasattr(event, name)))


# strategies ----------------------------------------------------------------------------------------------------------

_REASONS = ("听证", "检测")


def events(trigger: date, unit: Unit = Unit.WORKING_DAY) -> st.SearchStrategy[Event]:
    """What may happen to a case of a rule that excludes 听证 and 检测 (`cases` makes such), within ten weeks or so."""
    on = st.integers(0, 70).map(lambda k: trigger + k * _DAY)
    length, hours = st.integers(0, 25).map(lambda k: k * _DAY), st.integers(1, 22).map(time)
    last = st.one_of(length, st.none())
    clock = st.sampled_from(["both", "both", "statutory", "promised"])
    whole = st.builds(
        lambda first, more, reason, clock: Exclusion(
            first, more if more is None else first + more, reason, clock=clock
        ),
        on,
        last,
        st.sampled_from(_REASONS),
        clock,
    )
    partly = st.builds(
        lambda first, a, more, b: Exclusion(
            datetime.combine(first, a), datetime.combine(first + more + _DAY, b), "听证"
        ),
        on,
        hours,
        length,
        hours,
    )
    suspended = st.builds(
        lambda on, more, clock: Suspension(on, more if more is None else on + more, "疫情", clock=clock),
        on,
        last,
        clock,
    )
    extended = st.builds(
        lambda n, decided: Extension(n, unit, decided), st.integers(1, 2 if unit in {Unit.MONTH, Unit.YEAR} else 10), on
    )
    moved = st.builds(Transfer, on, st.sampled_from(["640500", "650100", "110000"]))
    return st.one_of(whole, partly, suspended, extended, moved, st.builds(Restart, on))


def cases(
    triggers: st.SearchStrategy[date] | None = None, *, promised: bool = True, most: int = 5
) -> st.SearchStrategy[Case]:
    """Cases with up to `most` events in any order, under rules in working days, calendar days and months.

    Args:
        triggers: The trigger days; by default days of 2022.
        promised: Some have a second clock.
        most: How many events at most.
    """

    def made(trigger: date, rule: Rule, other: Rule | None, region: str | None) -> st.SearchStrategy[Case]:
        limit = rule.limit
        assert isinstance(limit, Window)
        drawn = st.lists(events(trigger, limit.period.unit), max_size=most)
        given_ = drawn.map(lambda found: [each for each in found if other or getattr(each, "clock", "") != "promised"])
        return given_.map(lambda found: Case(rule, trigger, tuple(found), promised=other, region=region))

    units = st.sampled_from([(20, Unit.WORKING_DAY), (30, Unit.CALENDAR_DAY), (1, Unit.MONTH), (2, Unit.MONTH)])
    rolls, starts = st.sampled_from(["yes", "no", "unclear"]), st.sampled_from(["next_day", "same_day", "unclear"])
    laws = st.builds(
        lambda size, roll, start: within(*size, roll=roll, start=start, excludes=_REASONS), units, rolls, starts
    )
    promises = st.integers(1, 15).map(lambda n: within(n, Unit.WORKING_DAY, excludes=_REASONS))
    second = st.one_of(st.none(), promises) if promised else st.none()
    days = triggers or st.dates(date(2022, 1, 1), date(2022, 12, 31))
    regions = st.sampled_from([None, "640500"])
    return st.tuples(days, laws, second, regions).flatmap(lambda drawn: made(*drawn))


# laws ----------------------------------------------------------------------------------------------------------------


def check_case_laws(
    drawn: st.SearchStrategy[Case] | None = None, calendar: WorkingCalendar | None = None, *, examples: int = 50
) -> None:
    """Check the laws of cases; raises AssertionError with the smallest counterexample.

    The dates are the oracle's; the order of entry is irrelevant; exclusions that overlap are their union, one split in
    two is the same, an empty suspension is none; what begins after the end changes nothing; another rule keeps the
    events; an extension never makes it earlier; the steps lead to the due date, and it can be stored and certified.

    Args:
        drawn: The cases, by default those of `cases()`; settled throughout.
        calendar: The calendar of the cases, where they name no region.
        examples: How many cases each law tries.
    """
    found = cases() if drawn is None else drawn

    @law(examples)
    @given(found)
    def it_is_what_the_oracle_counts(case: Case) -> None:
        for promised, deadline in ((False, case.deadline()), (True, case.promise())):
            if deadline is not None:
                held = calendar or calendar_of(case.region)
                assert (deadline.earliest, deadline.latest) == naive_case_due(case, held, promised=promised)

    @law(examples)
    @given(found, st.randoms())
    def the_order_of_entry_is_irrelevant(case: Case, chance: object) -> None:
        again = list(case.events)
        chance.shuffle(again)  # type: ignore[attr-defined]
        assert replace(case, events=tuple(again)) == case
        assert replace(case, events=(*again, *again)) == case

    @law(examples)
    @given(found, st.integers(0, 60), st.integers(1, 20), st.integers(0, 20), st.integers(0, 30))
    def exclusions_are_a_set_of_days(case: Case, first: int, left: int, overlap: int, right: int) -> None:
        on = case.trigger + first * _DAY
        a, b = on + left * _DAY, on + (left + right) * _DAY
        whole = case.add(Exclusion(on, b, "听证"))
        parts = case.add(Exclusion(on, a, "听证"), Exclusion(max(on, a - overlap * _DAY), b, "检测"))
        split = case.add(Exclusion(on, a, "听证"), Exclusion(min(a + _DAY, b), b, "听证"))
        assert _ends_of(whole) == _ends_of(parts) == _ends_of(split)

    @law(examples)
    @given(found, st.integers(0, 60), st.integers(0, 1))
    def an_empty_suspension_is_none(case: Case, first: int, days: int) -> None:
        on = case.trigger + first * _DAY
        assert _ends_of(case.add(Suspension(on, on + days * _DAY))) == _ends_of(case)

    @law(examples)
    @given(found, st.integers(1, 30), st.integers(1, 30))
    def what_comes_after_the_end_changes_nothing(case: Case, after: int, days: int) -> None:
        ends = [end for each in _ends_of(case) for end in each]
        on = max(ends) + after * _DAY
        late = case.add(
            Exclusion(on, on + days * _DAY, "听证"),
            Suspension(on, on + days * _DAY),
            Extension(1, _unit(case), on),
            Restart(on),
            Transfer(on, "640500"),
        )
        assert _ends_of(late) == _ends_of(case)

    @law(examples)
    @given(found, st.integers(1, 90))
    def another_rule_keeps_the_events(case: Case, n: int) -> None:
        other = within(n, _unit(case), excludes=_REASONS)
        assert case.under(other).events == case.events
        assert case.under(other).under(case.rule) == case

    @law(examples)
    @given(found, st.integers(1, 10), st.integers(0, 60))
    def an_extension_never_makes_it_earlier(case: Case, n: int, on: int) -> None:
        longer = case.add(Extension(n, _unit(case), case.trigger + on * _DAY))
        assert _ends_of(longer)[0] >= _ends_of(case)[0]

    @law(examples)
    @given(found)
    def without_events_it_is_the_rule(case: Case) -> None:
        plain = replace(case, events=())
        assert plain.deadline() == case.rule.deadline(case.trigger, region=case.region, calendar=case.calendar)

    @law(examples)
    @given(found)
    def it_is_proved_stored_and_certified(case: Case) -> None:
        deadline = case.deadline()
        assert replay(deadline.steps) == deadline.due
        loaded = Deadline.from_dict(deadline.to_dict())
        assert (loaded, loaded.steps, loaded.calendar) == (deadline, deadline.steps, deadline.calendar)
        assert str(deadline.due) in deadline.explain("zh")
        assert [entry for entry in case.timeline() if entry.last == deadline.due]
        with suppress(UnsettledDayError):
            paper = deadline.certificate()
            assert verify(paper) == []
            for day in paper["days"]:
                day["counted"] ^= True
                assert verify(paper) != []
                day["counted"] ^= True

    laws = [
        it_is_what_the_oracle_counts,
        the_order_of_entry_is_irrelevant,
        exclusions_are_a_set_of_days,
        an_empty_suspension_is_none,
        what_comes_after_the_end_changes_nothing,
        another_rule_keeps_the_events,
        an_extension_never_makes_it_earlier,
        without_events_it_is_the_rule,
        it_is_proved_stored_and_certified,
    ]
    for each in laws:
        each()


def _ends_of(case: Case) -> list[tuple[date, date]]:
    deadlines = (case.deadline(), case.promise())
    return [(each.earliest, each.latest) for each in deadlines if each is not None]


def _unit(case: Case) -> Unit:
    assert isinstance(case.rule.limit, Window)
    return case.rule.limit.period.unit
