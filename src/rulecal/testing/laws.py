"""Small calendars, strategies, a slow oracle, and the laws that calendars and rules obey."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import ParamSpec, TypeVar

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from rulecal.calendars import calendar as calendar_of
from rulecal.calendars.day import DayKind, Fact
from rulecal.calendars.working import WorkingCalendar
from rulecal.deadlines.build import at_least, before, by, by_end_of, count_back, times_a_year, within
from rulecal.deadlines.deadline import Deadline
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.status import State
from rulecal.errors import CalendarCoverageError, InvalidCaseError, NoDeadlineError
from rulecal.law.limit import Clock, FixedDate, Kind, Period, Roll, Start, Unit, Window, Word
from rulecal.law.norm import TriggerOn
from rulecal.steps import replay

_P = ParamSpec("_P")
_T = TypeVar("_T")
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SATURDAY = 5


# small calendars -----------------------------------------------------------------------------------------------------


def toy_calendar(first: date, last: date, *, off: Iterable[date] = (), worked: Iterable[date] = ()) -> WorkingCalendar:
    """A calendar of the days `first` through `last` (inclusive): weekdays are worked, except as said.

    Args:
        first: The first day.
        last: The last day.
        off: Days off.
        worked: Saturdays and Sundays that are worked.

    >>> week = toy_calendar(date(2022, 7, 4), date(2022, 7, 17), off=[date(2022, 7, 11)], worked=[date(2022, 7, 9)])
    >>> week.shift(date(2022, 7, 8), 2)
    datetime.date(2022, 7, 12)
    """
    facts = {day: Fact(DayKind.ADJUSTED) for day in off} | {day: Fact(DayKind.MAKE_UP) for day in worked}
    return WorkingCalendar.from_facts(first, last, facts)


def with_day(calendar: WorkingCalendar, day: date, *, working: bool) -> WorkingCalendar:
    """The same calendar with one day made a working day or a day off.

    >>> cal = with_day(calendar_of(), date(2022, 6, 28), working=False)
    >>> cal.is_working_day(date(2022, 6, 28))
    False
    """
    rest = DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.ADJUSTED
    work = DayKind.MAKE_UP if day.weekday() >= _SATURDAY else DayKind.WORKDAY
    facts = {**calendar.facts, day: Fact(work if working else rest)}
    return WorkingCalendar.from_facts(calendar.coverage.first, calendar.coverage.last, facts)


# strategies ----------------------------------------------------------------------------------------------------------


def days(calendar: WorkingCalendar | None = None) -> st.SearchStrategy[date]:
    """Days that a calendar holds, those near holidays, make-up days and month ends more often."""
    held = calendar or calendar_of()
    first, last = held.coverage.first, held.coverage.last
    special = sorted(held.facts) or [first]
    near = st.builds(lambda day, n: day + timedelta(days=n), st.sampled_from(special), st.integers(-3, 3))
    ends = st.builds(lambda day: date(day.year, day.month, monthrange(day.year, day.month)[1]), st.dates(first, last))
    return st.one_of(near, ends, st.dates(first, last)).filter(lambda day: first <= day <= last)


def calendars() -> st.SearchStrategy[WorkingCalendar]:
    """Calendars: the national one, Ningxia's, and small ones with any days off and worked."""

    def small(start: date, states: list[bool]) -> WorkingCalendar:
        span = [start + timedelta(days=i) for i in range(len(states))]
        pairs = list(zip(span, states, strict=True))
        off = [day for day, working in pairs if not working and day.weekday() < _SATURDAY]
        worked = [day for day, working in pairs if working and day.weekday() >= _SATURDAY]
        return toy_calendar(span[0], span[-1], off=off, worked=worked)

    drawn = st.builds(
        small, st.dates(date(2004, 1, 1), date(2030, 1, 1)), st.lists(st.booleans(), min_size=1, max_size=90)
    )
    return st.one_of(st.sampled_from([calendar_of(), calendar_of("640500")]), drawn)


def rules() -> st.SearchStrategy[Rule]:
    """Rules of every dated kind in days, months and years, with every way of rolling and starting."""
    units = st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR])
    sized = units.flatmap(lambda unit: st.tuples(st.integers(1, 3 if unit is Unit.YEAR else 40), st.just(unit)))
    rolls, starts = st.sampled_from(["yes", "no", "unclear"]), st.sampled_from(["next_day", "same_day", "unclear"])
    months = st.integers(1, 12)
    return st.one_of(
        st.builds(lambda size, roll, start: within(*size, roll=roll, start=start), sized, rolls, starts),
        st.builds(lambda size, start: at_least(*size, start=start), sized, starts),
        st.builds(lambda size: count_back(*size), sized),
        st.builds(before, months, st.integers(1, 28)),
        st.builds(by, months, st.integers(1, 28)),
        st.builds(by_end_of, months),
        st.builds(times_a_year, st.integers(1, 4)),
    )


# the oracle ----------------------------------------------------------------------------------------------------------


def naive_due(rule: Rule, trigger: date, calendar: WorkingCalendar) -> date:
    """The due date of a rule in days, months or years, counted one day at a time: slow, and easy to believe.

    >>> from rulecal import within, calendar
    >>> naive_due(within(15, Unit.WORKING_DAY), date(2022, 6, 27), calendar("640500"))
    datetime.date(2022, 7, 20)
    """
    limit, norm = rule.limit, rule.norm
    published = [due for table in norm.published for start, due in table.dates if start == trigger]
    if published:
        return published[0]
    if isinstance(limit, Window):
        ends = [end for each in windows_of(rule) for end in _naive_ends(each, rule, trigger, calendar)]
        return max(ends) if rule.kind is Kind.AT_LEAST else min(ends)
    month, day = (limit.month, limit.day) if isinstance(limit, FixedDate) else (12, None)
    named = date(trigger.year, month, day or monthrange(trigger.year, month)[1])
    common_end = monthrange(2023, month)[1]
    before_it = isinstance(limit, FixedDate) and limit.word is Word.BEFORE and day != common_end
    return named - _DAY if before_it else named


def windows_of(rule: Rule) -> list[Window]:
    """The window of a rule, and how its other readings have it."""
    limit = rule.limit
    assert isinstance(limit, Window)
    return [
        limit,
        *(
            replace(
                limit,
                period=Period(each.amount or limit.period.amount, each.unit or limit.period.unit),
                roll=each.roll or limit.roll,
                start=each.start or limit.start,
            )
            for each in rule.norm.variations
        ),
    ]


def _naive_ends(limit: Window, rule: Rule, trigger: date, calendar: WorkingCalendar) -> list[date]:
    back, instrument = rule.kind is Kind.COUNT_BACK, rule.norm.instrument
    national = instrument is not None and instrument.level == "national" and limit.period.unit is not Unit.WORKING_DAY
    return [
        _naive_end(limit, trigger, held, back=back, counted=counted, rolled=rolled)
        for counted in {Start.NEXT_DAY: [False], Start.SAME_DAY: [True], Start.UNCLEAR: [False, True]}[limit.start]
        for rolled in {Roll.NO: [False], Roll.YES: [True], Roll.UNCLEAR: [False, True]}[limit.roll]
        for held in (
            [calendar, calendar.national] if national and limit.period.unit is not Unit.WORKING_DAY else [calendar]
        )
    ]


def _naive_end(
    limit: Window, trigger: date, calendar: WorkingCalendar, *, back: bool, counted: bool, rolled: bool
) -> date:
    step, unit, left = (-_DAY if back else _DAY), limit.period.unit, limit.period.amount
    if unit in {Unit.MONTH, Unit.YEAR}:
        months = trigger.year * 12 + trigger.month - 1 + left * (12 if unit is Unit.YEAR else 1) * (-1 if back else 1)
        year, month = months // 12, months % 12 + 1
        day = date(year, month, min(trigger.day, monthrange(year, month)[1])) - (_DAY if counted or back else 0 * _DAY)
    else:
        left += back  # n clear days lie between, so the act comes one counted day earlier
        day = trigger - step if counted else trigger
        while left:
            day += step
            left -= unit is Unit.CALENDAR_DAY or calendar.is_working_day(day)
    more, run = 0, 0
    for k in range((day - trigger).days + 1):  # days off in a row inside make it longer, if so many lengthen it
        off = k < (day - trigger).days and not calendar.is_working_day(trigger + (k + 1) * _DAY)
        more += 0 if off or run < (limit.lengthens or run + 1) else run
        run = run + 1 if off else 0
    while more:
        day += _DAY
        more -= calendar.is_working_day(day)
    while rolled and unit is not Unit.WORKING_DAY and not calendar.is_working_day(day):
        day += _DAY
    return day


# laws ----------------------------------------------------------------------------------------------------------------


def check_calendar_laws(calendar: WorkingCalendar, *, examples: int = 100) -> None:
    """Check the laws of working-day arithmetic on a calendar; raises AssertionError with the smallest counterexample.

    Counting and shifting are inverse; shifts add up and keep order; `on_or_after` and `on_or_before` are the nearest
    working days; a day off more never brings a date forward, a worked day more never puts it back.
    """
    worked = calendar.states(calendar.coverage.first, calendar.coverage.last).count("1")
    amounts = st.integers(1, max(1, min(60, worked // 3)))

    @law(examples)
    @given(days(calendar), amounts)
    def shift_and_count_are_inverse(day: date, n: int) -> None:
        later = held_or_rejected(calendar.shift, day, n)
        assert calendar.is_working_day(later)
        assert calendar.working_days(day, later) == n
        assert calendar.working_days(day, later - _DAY) == n - 1
        assert calendar.working_days(later, day) == -n

    @law(examples)
    @given(days(calendar), amounts)
    def shifting_back_mirrors_it(day: date, n: int) -> None:
        earlier = held_or_rejected(calendar.shift, day, -n)
        assert calendar.is_working_day(earlier)
        assert calendar.working_days(earlier - _DAY, day - _DAY) == n
        assert calendar.working_days(earlier, day - _DAY) == n - 1

    @law(examples)
    @given(days(calendar), amounts, amounts)
    def shifts_add_up(day: date, m: int, n: int) -> None:
        assert held_or_rejected(calendar.shift, held_or_rejected(calendar.shift, day, m), n) == held_or_rejected(
            calendar.shift, day, m + n
        )
        there = held_or_rejected(calendar.shift, day, m)
        assert held_or_rejected(calendar.shift, there, -m) == held_or_rejected(calendar.on_or_before, day)

    @law(examples)
    @given(days(calendar), days(calendar), amounts)
    def order_is_kept(a: date, b: date, n: int) -> None:
        a, b = min(a, b), max(a, b)
        assert held_or_rejected(calendar.shift, a, n) <= held_or_rejected(calendar.shift, b, n)
        assert held_or_rejected(calendar.shift, a, n) < held_or_rejected(calendar.shift, a, n + 1)
        assert held_or_rejected(calendar.on_or_after, a) <= held_or_rejected(calendar.on_or_after, b)

    @law(examples)
    @given(days(calendar), days(calendar))
    def nearest_working_days(day: date, other: date) -> None:
        after, before_ = held_or_rejected(calendar.on_or_after, day), held_or_rejected(calendar.on_or_before, day)
        assert before_ <= day <= after
        assert held_or_rejected(calendar.working_days, before_, after) == (before_ != after)
        if held_or_rejected(calendar.is_working_day, other):  # a Galois connection between days and working days
            assert (after <= other) == (day <= other)
            assert (other <= before_) == (other <= day)

    @law(examples)
    @given(days(calendar), days(calendar), days(calendar))
    def counts_add_up(a: date, b: date, c: date) -> None:
        count = calendar.working_days
        assert held_or_rejected(count, a, b) + held_or_rejected(count, b, c) == held_or_rejected(count, a, c)

    @law(examples)
    @given(days(calendar))
    def each_day_is_what_it_is(day: date) -> None:
        found = calendar.day(day)
        assert found.date == day
        assert found.working == (found.kind in {DayKind.WORKDAY, DayKind.MAKE_UP} if found.settled else None)
        assert calendar.states(day, day) == ("?" if found.working is None else "01"[found.working])

    @law(examples // 4 + 1)
    @given(days(calendar), amounts, st.integers(1, 90), st.booleans())
    def a_day_changed(day: date, n: int, ahead: int, working: bool) -> None:
        changed = min(day + timedelta(days=ahead), calendar.coverage.last)
        other = with_day(calendar, changed, working=working)
        old, new = held_or_rejected(calendar.shift, day, n), held_or_rejected(other.shift, day, n)
        assert new <= old if working else new >= old

    laws = (
        shift_and_count_are_inverse,
        shifting_back_mirrors_it,
        shifts_add_up,
        order_is_kept,
        nearest_working_days,
        counts_add_up,
        each_day_is_what_it_is,
        a_day_changed,
    )
    for each in laws:
        with suppress(Unsatisfiable):  # a calendar too small for a law does not break it
            each()


def check_rule_laws(rule: Rule, *, calendar: WorkingCalendar | None = None, examples: int = 50) -> None:
    """Check the laws of a computable rule; raises AssertionError with a counterexample.

    Its due date is the oracle's; its steps lead there; it never moves back as the trigger moves on; `latest_trigger` is
    its inverse; it can be stored and explained; and it is late exactly after its last arguable day. Each version of the
    rule is held to them, and no two versions may be in force on one day.

    Raises:
        NoDeadlineError: If no date follows from the rule, so that there is nothing to check.
    """
    if not rule.is_computable:
        rule.deadline()  # says what kind of rule it is
    held = calendar or calendar_of(rule.region)
    for norm in rule.norms:
        alone = rule if len(rule.norms) == 1 else Rule(norm)
        check = _check_hours if _in_hours(alone) else _check_version
        check(alone, held, examples)
    if len(rule.norms) > 1:
        _check_versions(rule, held, examples)


def _check_versions(rule: Rule, held: WorkingCalendar, examples: int) -> None:
    """The version is that of the step: the trigger, or for a date in the year the day named."""
    limit = rule.limit
    triggers = _moments(held) if _in_hours(rule) else _triggers(rule, held)

    @law(examples)
    @given(triggers)
    def the_version_is_that_of_the_day(trigger: date) -> None:
        step = limit.named(trigger.year) if isinstance(limit, FixedDate) else _day(trigger)
        inforce = [norm for norm in rule.norms if step in norm.force]
        assert len(inforce) <= 1
        if inforce:
            assert held_or_rejected(rule.deadline, trigger, calendar=held).rule.norm == inforce[0]

    the_version_is_that_of_the_day()


def _check_version(rule: Rule, held: WorkingCalendar, examples: int) -> None:
    only = rule.limit.year if isinstance(rule.limit, FixedDate) else None
    triggers = st.dates(date(only, 1, 1), date(only, 12, 31)) if only else _triggers(rule, held)

    def ask(trigger: date) -> Deadline:
        return held_or_rejected(rule.deadline, trigger, calendar=held, outside_force="flag")

    @law(examples)
    @given(triggers)
    def it_is_what_the_oracle_counts(trigger: date) -> None:
        deadline = ask(trigger)
        assert deadline.due == held_or_rejected(naive_due, rule, trigger, held)
        assert deadline.earliest <= deadline.expected <= deadline.latest
        assert deadline.due in {deadline.earliest, deadline.latest}

    @law(examples)
    @given(triggers)
    def it_is_proved_stored_and_explained(trigger: date) -> None:
        deadline = ask(trigger)
        assert replay(deadline.steps) == deadline.due
        loaded = Deadline.from_dict(deadline.to_dict())
        assert (loaded, loaded.steps, loaded.calendar) == (deadline, deadline.steps, deadline.calendar)
        for lang in ("zh", "en"):
            assert str(deadline.due) in deadline.explain(lang)

    @law(examples)
    @given(triggers, triggers)
    def it_moves_with_its_trigger(a: date, b: date) -> None:
        a, b = min(a, b), max(a, b)
        assert ask(a).due <= ask(b).due

    @law(examples)
    @given(triggers, days(held))
    def the_latest_trigger_is_its_inverse(trigger: date, due: date) -> None:
        latest = held_or_rejected(rule.latest_trigger, due, calendar=held)
        assert (ask(trigger).due <= due) == (trigger <= latest)

    @law(examples)
    @given(triggers, st.integers(-40, 40))
    def it_is_late_after_its_last_day(trigger: date, over: int) -> None:
        deadline = ask(trigger)
        as_of = deadline.latest + timedelta(days=over)
        status = deadline.status(as_of=as_of)
        may_be_late = rule.kind not in {Kind.AT_LEAST, Kind.PLAN_TASK} and not rule.norm.date_is_inferred
        assert status.is_overdue == (may_be_late and over > 0)
        assert (status.state in {State.OVERDUE, State.MISSED}) == status.is_overdue

    laws = [it_is_what_the_oracle_counts, it_is_proved_stored_and_explained, it_is_late_after_its_last_day]
    if only is None:
        laws += [it_moves_with_its_trigger, the_latest_trigger_is_its_inverse]
    for each in laws:
        each()


def _check_hours(rule: Rule, held: WorkingCalendar, examples: int) -> None:
    limit = rule.limit
    assert isinstance(limit, Window)
    hours = timedelta(hours=limit.period.amount * (-1 if rule.kind is Kind.COUNT_BACK else 1))

    @law(examples)
    @given(_moments(held), st.integers(-3000, 3000))
    def it_runs_through_days_off_to_the_minute(moment: datetime, over: int) -> None:
        begun = moment if limit.clock is Clock.AT_ONCE else moment.replace(minute=0, second=0, microsecond=0) + _HOUR
        deadline = rule.deadline(moment, calendar=held, outside_force="flag")
        due = deadline.due_at
        assert due is not None
        assert due.replace(tzinfo=None) == begun + hours
        assert replay(deadline.steps) == due
        loaded = Deadline.from_dict(deadline.to_dict())
        assert (loaded, loaded.steps) == (deadline, deadline.steps)
        for lang in ("zh", "en"):
            assert f"{due:%Y-%m-%d %H:%M}" in deadline.explain(lang)
        as_of = due + timedelta(minutes=over)
        assert deadline.status(as_of=as_of).is_overdue == (over > 0 and rule.kind is not Kind.AT_LEAST)
        latest = rule.latest_trigger(as_of, calendar=held)
        assert isinstance(latest, datetime)
        assert (due <= as_of) == (moment <= latest.replace(tzinfo=None))

    it_runs_through_days_off_to_the_minute()


def _in_hours(rule: Rule) -> bool:
    return isinstance(rule.limit, Window) and rule.limit.period.unit is Unit.HOUR


def _moments(held: WorkingCalendar) -> st.SearchStrategy[datetime]:
    first, last = (datetime.combine(day, time()) for day in (held.coverage.first, held.coverage.last))
    return st.datetimes(first + timedelta(days=60), last - timedelta(days=60))


def _day(trigger: date) -> date:
    return trigger.date() if isinstance(trigger, datetime) else trigger


def _triggers(rule: Rule, held: WorkingCalendar) -> st.SearchStrategy[date]:
    if rule.trigger.on is TriggerOn.ANY:
        return days(held)
    months = st.integers(held.coverage.first.year * 12, held.coverage.last.year * 12)
    return st.builds(lambda k: date(k // 12, k % 12 + 1, monthrange(k // 12, k % 12 + 1)[1]), months)


def law(examples: int) -> settings:
    """How a law is tried: so many examples, without haste."""
    quiet = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.nested_given]
    return settings(max_examples=examples, deadline=None, suppress_health_check=quiet)


def held_or_rejected(ask: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The answer, or an example given up where the question leaves the calendar or the rule sets no date."""
    try:
        return ask(*args, **kwargs)
    except (CalendarCoverageError, NoDeadlineError, InvalidCaseError):
        reject()
