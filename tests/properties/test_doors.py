"""Whatever is passed to a public call: an answer, or an error of ours that says what is needed. Never another error."""

import copy
import inspect
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.law.limit import Clock, Roll, Start, Word
from rulecal.ledger.bulk import check_parquet

WD, HOUR = rc.Unit.WORKING_DAY, rc.Unit.HOUR
T, LATER, MOMENT = date(2022, 6, 27), date(2022, 7, 20), datetime(2022, 9, 30, 17, 20)
HELD, CAL = rc.catalogue(), rc.calendar("640500")
RULES = {
    "working": rc.within(15, WD),
    "doubt": rc.within(10, rc.Unit.CALENDAR_DAY, roll="unclear", start="unclear"),
    "century": rc.within(100, rc.Unit.YEAR, roll="no"),
    "hours": rc.within(24, HOUR, clock="next_hour"),
    "hours back": rc.count_back(24, HOUR),
    "back": rc.count_back(7, WD),
    "floor": rc.at_least(30, rc.Unit.CALENDAR_DAY),
    "before": rc.before(3, 1),
    "quota": rc.times_a_year(2),
    "tax": HELD["tax-collection/monthly-filing"],
    "rate": HELD["zhongwei-2022/court-appearance-rate"],
    "notice": HELD["zhongwei-2022/farm-facility-filing"],
}
LICENCE = HELD["administrative-licensing/decision"]
TEST = rc.Exclusion(date(2026, 6, 8), date(2026, 6, 12), reason="检测", notified=True)
CASE = rc.Case(LICENCE, date(2026, 6, 1), (TEST,), promised=RULES["working"])
DONE = CASE.add(rc.Completion(date(2026, 6, 30)))

FOLDER = Path(tempfile.mkdtemp())
LEDGER, EVENTS, DUTIES = FOLDER / "ledger.csv", FOLDER / "events.csv", FOLDER / "done.csv"
LEDGER.write_text(
    "id,rule,trigger,completed,region\n1,zhongwei-2022/farm-facility-filing,2022-06-27,,\n"
    "2,administrative-licensing/decision,2022-06-27,,中卫\n3,administrative-coercion/urgent-report,2022-06-27,,\n"
    "4,zhongwei-2022/leaders-lectures,,2022-04-08,\n5,none,soon,,\n",
    encoding="utf-8",
)
EVENTS.write_text("id,event,from,amount\n2,延长,2022-06-30,5\n", encoding="utf-8")
DUTIES.write_text("rule,date\nzhongwei-2022/leaders-lectures,2022-04-08\n", encoding="utf-8")
ITEMS = {"id": ["1", "2"], "rule": ["zhongwei-2022/farm-facility-filing", "none"], "trigger": [T, T]}
pq.write_table(pa.table(ITEMS | {"completed": pa.nulls(2)}), FOLDER / "ledger.parquet")
READ = rc.Ledger.read(LEDGER)
REPORT, BULK = READ.check(as_of=T), check_parquet(FOLDER / "ledger.parquet", as_of=LATER + timedelta(days=9))


def of_case(event, *given, **named):
    return rc.Case(LICENCE, date(2026, 6, 1), (event(*given, **named),))


def door(call, *given, **named):
    return call, given, named


DOORS = {
    "within": door(
        rc.within, 15, WD, roll="no", start="same_day", clock="at_once", excludes=(), trigger="x", region=None, title=""
    ),
    "at_least": door(rc.at_least, 15, WD, start="next_day", trigger=None, region=None, title=""),
    "count_back": door(rc.count_back, 15, WD, trigger=None, region=None, title=""),
    "before": door(rc.before, 3, 1, year=None, title=""),
    "by": door(rc.by, 3, 1, year=None, title=""),
    "by_end_of": door(rc.by_end_of, 3, year=None, title=""),
    "on_date": door(rc.on_date, T, title=""),
    "times_a_year": door(rc.times_a_year, 2, at_most=None, title=""),
    "calendar": door(rc.calendar, None, known_on=None, notices=()),
    "catalogue": door(rc.catalogue, "docs/how-to/county-rules.toml"),
    "due_date": door(rc.due_date, "zhongwei-2022/farm-facility-filing", T, region=None),
    "is_overdue": door(rc.is_overdue, RULES["working"], T, as_of=T, completed=None, region=None),
    "lint": door(rc.lint, RULES["rate"], as_of=T, held=()),
    "parse_day": door(rc.parse_day, "2022-06-27"),
    "parse_limit": door(rc.parse_limit, "15个工作日内", days_as=None),
    "parse_limits": door(rc.parse_limits, "15个工作日内", days_as=None),
    "replay": door(rc.replay, RULES["working"].deadline(T).steps),
    "Period": door(rc.Period, 15, WD),
    "Window": door(rc.Window, rc.Period(15, WD), Roll.YES, Start.NEXT_DAY, Clock.AT_ONCE, False, 0),
    "FixedDate": door(rc.FixedDate, 3, 1, Word.BY, None),
    "FixedDate.named": door(rc.FixedDate(2, 29, year=2024).named, 2024),
    "Quota": door(rc.Quota, 1, 2),
    "WarningPolicy": door(rc.WarningPolicy, "x", left=None, share=10, source=""),
    "Citation": door(lambda *a: str(rc.Citation(*a)), "法", "", "3"),
    "Notice": door(lambda *a: str(rc.Notice(*a)), 2022, "", None, None, ""),
    "DayChange": door(lambda *a: str(rc.DayChange(*a)), T, None, True, ""),
    "Step": door(lambda *a: rc.replay([rc.Step(*a)]), rc.StepKind.START, T, T, 0, "", ""),
    "Step.from_dict": door(rc.Step.from_dict, RULES["working"].deadline(T).steps[0].to_dict()),
    "Shortfall.of": door(rc.Shortfall.of, rc.Quota(2), 2022, [T], T),
    "Shortfall.status": door(RULES["quota"].shortfall(2022, as_of=date(2023, 2, 1)).status, CAL),
    "Rule": door(rc.Rule, RULES["working"].norm, ()),
    "Catalogue": door(rc.Catalogue, {"a": RULES["working"]}),
    "Catalogue[]": door(HELD.__getitem__, "zhongwei-2022/farm-facility-filing"),
    "Catalogue.get": door(rc.Catalogue({"a": RULES["working"]}).get, "a"),
    "in Catalogue": door(rc.Catalogue({"a": RULES["working"]}).__contains__, "a"),
    "Catalogue.find": door(HELD.of("zhongwei-2022").find, "备案"),
    "Catalogue.of": door(HELD.of("zhongwei-2022").of, "24号"),
    "Catalogue.on": door(HELD.of("zhongwei-2022").on, T),
    "Catalogue.behind": door(HELD.behind, "zhongwei-2022/information-disclosure", region=None),
    "Case": door(
        rc.Case, LICENCE, T, (), promised=None, region=None, calendar=None, trigger_kind="received", follows=None
    ),
    "Case.add": door(CASE.add, rc.Completion(date(2026, 6, 30))),
    "Case.under": door(CASE.under, RULES["working"]),
    "Case.next": door(DONE.next, RULES["working"], date(2026, 7, 1), ()),
    "Case.deadline": door(CASE.deadline, as_of=None),
    "Case.promise": door(CASE.promise, as_of=None),
    "Case.status": door(CASE.status, as_of=T, policy=rc.WarningPolicy("x")),
    "Case.timeline": door(CASE.timeline, as_of=None),
    "Exclusion": door(of_case, rc.Exclusion, T, LATER, reason="检测", basis="", notified=True, clock="both"),
    "Suspension": door(of_case, rc.Suspension, T, LATER, reason="", basis="令", clock="both"),
    "Extension": door(of_case, rc.Extension, 10, WD, date(2026, 6, 9), basis="", clock="statutory"),
    "Restart": door(of_case, rc.Restart, date(2026, 6, 9), reason=""),
    "Transfer": door(of_case, rc.Transfer, date(2026, 6, 9), "640500"),
    "Completion": door(of_case, rc.Completion, date(2026, 6, 9)),
    "from_facts": door(rc.WorkingCalendar.from_facts, T, LATER, {}, groups=()),
    "is_working_day": door(CAL.is_working_day, T),
    "shift": door(CAL.shift, T, 3),
    "span": door(CAL.span, T, 3),
    "on_or_after": door(CAL.on_or_after, T),
    "on_or_before": door(CAL.on_or_before, T),
    "working_days": door(CAL.working_days, T, LATER),
    "scenario": door(CAL.scenario, T, LATER, most=True),
    "scenarios": door(CAL.scenarios, 2027),
    "outcomes": door(CAL.outcomes, T, LATER),
    "awaited": door(CAL.awaited, T, LATER),
    "settled_as": door(CAL.settled_as, T, "01"),
    "without": door(CAL.without, [T], T),
    "handed_over": door(CAL.handed_over, rc.calendar(), T),
    "day": door(CAL.day, T),
    "days": door(CAL.days, T, LATER),
    "states": door(CAL.states, T, LATER),
    "fact": door(CAL.fact, T),
    "stale_on": door(CAL.stale_on, T),
    "provenance_of": door(CAL.provenance_of, T, LATER),
}
CHECK = {"as_of": T, "rules": HELD, "region": None, "events": EVENTS, "encoding": "utf-8"}
DOORS |= {
    "Ledger.read": door(rc.Ledger.read, LEDGER, encoding="utf-8-sig"),
    "Ledger.of_year": door(rc.Ledger.of_year, 2022, rules=HELD.of("24号"), done=DUTIES, encoding="utf-8"),
    "Ledger.check": door(READ.check, **CHECK, known_on=None, notices=()),
    "Report.by": door(REPORT.by, "lead"),
    "Report.moved": door(REPORT.moved, lambda _: CAL, rc.calendar),
    "Report.moved_by": door(REPORT.moved_by, CAL, rc.calendar()),
    "Report.write": door(REPORT.write, FOLDER / "report.csv"),
    "check_parquet": door(check_parquet, FOLDER / "ledger.parquet", **CHECK),
    "BulkReport.latest": door(BULK.latest, 5),
    "BulkReport.first_faults": door(BULK.first_faults, 5),
    "BulkReport.write": door(BULK.write, FOLDER / "report.parquet"),
}
ASK = {"region": None, "calendar": None}
DAYS = np.array(["2022-06-27", "NaT"], "M8[D]")
ARRAYS = {"received": DAYS, "done": DAYS, "rule": np.array(["x", None], object)}
FRAME = pl.DataFrame({"received": [T], "done": [T], "rule": ["x"]})
FLAG = {"trigger": "received", "completed": "done", "as_of": T, **ASK, "prefix": ""}
FLAGS = {"rule_column": "rule", "rules": {"x": RULES["working"]}, **FLAG}
DOORS |= {
    "due_dates": door(rc.due_dates, RULES["working"], DAYS, **ASK, errors="raise", exclusions=None, out=None),
    "count_working_days": door(rc.count_working_days, DAYS, DAYS, **ASK, errors="raise"),
    "shift_working_days": door(rc.shift_working_days, DAYS, 3, **ASK, errors="raise"),
    "due_table": door(rc.due_table, RULES["working"], T, T, **ASK),
    "DueTable.write": door(rc.due_table(RULES["working"], T, T).write, "nowhere/at.all"),
    "flag": door(rc.flag, ARRAYS, rule=RULES["working"], **FLAG, exclusions=None),
    "flag: arrays": door(rc.flag, ARRAYS, **FLAGS, exclusions=None),
    "flag: a frame": door(rc.flag, FRAME, **FLAGS, exclusions=None),
    "flag: a lazy frame": door(rc.flag, FRAME.lazy(), **FLAGS),
}
for name, rule in RULES.items():
    start = {"hours": MOMENT, "hours back": MOMENT, "tax": date(2022, 9, 30)}.get(name, T)
    DOORS |= {
        f"{name}: deadline": door(rule.deadline, start, **ASK, known_on=None, trigger_kind=None, outside_force="raise"),
        f"{name}: latest_trigger": door(rule.latest_trigger, start, **ASK),
        f"{name}: occurrences": door(rule.occurrences, 2022),
        f"{name}: shortfall": door(rule.shortfall, 2022, [T], as_of=T),
        f"{name}: at": door(rule.at, T),
        f"{name}: in_region": door(rule.in_region, None),
        f"{name}: explain": door(rule.explain, "zh"),
        f"{name}: ways_for": door(rule.ways_for, start, None),
    }
    if not rule.is_computable:
        continue
    found = rule.deadline(start, outside_force="flag")
    policy = rc.WarningPolicy("x", left=rc.Period(6, rc.Unit.MONTH), share=10)
    DOORS |= {
        f"{name}: status": door(found.status, as_of=start, completed=None, policy=policy),
        f"{name}: replay": door(found.replay, CAL),
        f"{name}: counted_in": door(found.counted_in, CAL),
        f"{name}: explain it": door(found.explain, "zh"),
        f"{name}: from_dict": door(rc.Deadline.from_dict, found.to_dict()),
    }

PLAIN = {"Coverage", "Day", "Entry", "Moved", "Parsed", "Provenance", "Reading", "Remark", "Same", "Span", "Status"}
"""What only carries what was found, and is made by the library."""
UNDER_OTHER_NAMES = {"Deadline", "WorkingCalendar", "Shortfall", "Text"}

FAR = [timezone(timedelta(hours=-12)), UTC, timezone(timedelta(hours=14))]
ENDS = (datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999_999))
EDGES = [each.replace(tzinfo=zone) for each in ENDS for zone in (None, *FAR)]
ODD = [
    None, True, 0, -1, 99999, 10**30, 1.5, float("nan"), 1j, "", "x", "2022-01-01", "\0", "a" * 5000, b"x", [], {}, (),
    ["x"], [None], {1: 2}, {"x": "y"}, {"kind": "x"}, object(), int, len, range(3), frozenset({1}), date.min, date.max,
    *EDGES, T, MOMENT, HOUR, rc.Unit.YEAR, rc.Kind.WITHIN, Path("nothing"), CAL, RULES["working"], RULES["hours"],
]  # fmt: skip
NUMBERS = st.integers() | st.floats() | st.integers(-3, 10_000)
TIMES = st.datetimes(timezones=st.sampled_from([None, *FAR])) | st.dates()
VALUES = st.sampled_from(ODD) | NUMBERS | TIMES | st.text(max_size=8) | st.lists(TIMES | NUMBERS, max_size=3)


def passed(call, *given, **named):
    """What a call gives; None where it refuses in our words."""
    try:
        found = call(*given, **named)
        return list(islice(found, 3)) if inspect.isgenerator(found) else found
    except rc.RulecalError as err:
        assert isinstance(err, rc.FaultGroup) or (err.message and err.hint)
        return None


def look_at(found):
    """Ask what was given for all that it can say."""
    match found:
        case rc.Deadline():
            for key, member in inspect.getmembers(rc.Deadline):
                if isinstance(member, property) and not key.startswith("_"):
                    passed(getattr, found, key)
            passed(found.explain, "en")
            passed(found.certificate)
            assert passed(rc.Deadline.from_dict, found.to_dict()) == found
        case rc.Rule():
            assert (repr(found), hash(found)) == (repr(found), hash(found))
            passed(found.explain)
            for trigger in (T, MOMENT):
                look_at(passed(found.deadline, trigger))
                passed(found.latest_trigger, trigger)
        case rc.Case():
            passed(found.deadline, as_of=T)
            passed(found.timeline)
        case rc.Catalogue():
            found.to_records()
        case tuple() | list():
            for each in found:
                look_at(each)


def filled(given, named, odd):
    """The arguments with some of them replaced."""
    return [odd.get(i, each) for i, each in enumerate(given)], {key: odd.get(key, each) for key, each in named.items()}


@pytest.mark.parametrize("name", DOORS)
def test_one_odd_argument(name):
    call, given, named = DOORS[name]
    passed(call, *given, **named)
    for place in (*range(1 if call is of_case else 0, len(given)), *named):
        for value in ODD:
            if name in {"from_facts", "due_table"} and getattr(value, "year", T.year) in {1, 9999}:
                continue  # a table of all the days there are: it can be had, and takes its time
            args, kwargs = filled(given, named, {place: copy.copy(value)})
            passed(call, *args, **kwargs)


@settings(max_examples=1000)
@given(st.data())
def test_several_odd_arguments_and_what_comes_of_them(data):
    call, given, named = DOORS[data.draw(st.sampled_from(sorted(DOORS.keys() - {"from_facts", "due_table"})))]
    places = [*range(1 if call is of_case else 0, len(given)), *named]
    odd = data.draw(st.dictionaries(st.sampled_from(places), VALUES, min_size=1, max_size=3))
    args, kwargs = filled(given, named, odd)
    look_at(passed(call, *args, **kwargs))


def test_no_public_name_is_left_out():
    calls = {name.partition(".")[0] for name in DOORS} | PLAIN | UNDER_OTHER_NAMES
    kinds = {name for name in rc.__all__ if isinstance(getattr(rc, name), type)}
    plain = {
        name for name in kinds if issubclass(getattr(rc, name), Exception) or hasattr(getattr(rc, name), "__members__")
    }
    assert set(rc.__all__) - plain <= calls


STORED = {
    **{name: RULES[name].deadline(T) for name in ("working", "doubt", "before", "tax") if name != "tax"},
    "tax": RULES["tax"].deadline(date(2022, 9, 30)),
    "hours": RULES["hours"].deadline(MOMENT),
    "open": RULES["working"].deadline(date(2027, 6, 27)),
    "case": CASE.deadline(),
}
FORGED = [
    None,
    True,
    10**30,
    -5,
    "",
    "x",
    "9999-12-31",
    "0001-01-01T00:00:00",
    [],
    {},
    [1],
    ["x"],
    [["x", "y"]],
    {"x": 1},
]


def places(value, at=()):
    """Every place of plain values."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*at, key))


def forge(data, at, change):
    """Plain values, changed at a place."""
    data = copy.deepcopy(data)
    holder = data
    for key in at[:-1]:
        holder = holder[key]
    change(holder, at[-1])
    return data


def put(value, holder, key):
    holder[key] = value


def drop(holder, key):
    del holder[key]


def turn(holder, key):
    if isinstance(holder[key], list):
        holder[key].reverse()


CHANGES = [drop, turn, *(partial(put, value) for value in FORGED)]


@pytest.mark.parametrize("name", STORED)
def test_what_was_stored_and_tampered_with(name):
    """It is refused, or what is loaded can be asked like any other."""
    data = STORED[name].to_dict()
    for at in places(data):
        for change in CHANGES if at else ():
            found = passed(rc.Deadline.from_dict, forge(data, at, change))
            if found is not None and at[0] not in {"rule", "calendar"}:
                look_at(found)
                assert found.due == STORED[name].due or found.rule != STORED[name].rule
    for value in FORGED:
        assert passed(rc.Deadline.from_dict, value) is None


def test_the_last_days_there_are():
    """Where no day lies beyond, what is asked of one is refused, or has its answer."""
    last = date.max
    far = rc.on_date(last).deadline()
    assert (
        far.status(as_of=date(9999, 12, 1), policy=rc.WarningPolicy("x", left=rc.Period(6, rc.Unit.MONTH))).days_left
        == 30
    )
    assert rc.count_back(1, rc.Unit.MONTH).latest_trigger(last) == last
    for call in (
        partial(RULES["tax"].deadline, last),
        partial(RULES["tax"].latest_trigger, last),
        partial(rc.within(10, rc.Unit.CALENDAR_DAY, roll="no").latest_trigger, last),
        partial(rc.within(10, rc.Unit.CALENDAR_DAY, roll="no").latest_trigger, date.min),
        partial(rc.within(24, HOUR).latest_trigger, datetime(1, 1, 1, 9)),
        partial(RULES["working"].deadline, ENDS[1].replace(tzinfo=UTC)),
    ):
        with pytest.raises(rc.CalendarCoverageError):
            call()


def test_the_words_of_a_refusal():
    with pytest.raises(rc.InvalidArgumentError) as caught:
        RULES["working"].deadline(T, calendar="中卫")
    assert isinstance(caught.value, TypeError | ValueError)
    assert str(caught.value) == (
        "a calendar is needed, not '中卫' of type str\nHint: pass rulecal.calendar(...), or a region instead"
    )
    with pytest.raises(rc.InvalidArgumentError, match=r"a civil year is needed, not 0 of type int"):
        rc.by(6, 30).occurrences(0)
    with pytest.raises(rc.InvalidArgumentError, match="…"):
        rc.lint("x" * 200, as_of=T)
