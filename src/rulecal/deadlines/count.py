"""The one place where days are counted: from a way and a trigger to a day, or to a span of days where some are open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from rulecal.calendars.day import Span
from rulecal.civil import DAY, add_months, beyond_years
from rulecal.errors import UnsettledDayError
from rulecal.law.limit import Clock, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.events import Pause
    from rulecal.deadlines.ways import Way


def land(way: Way, trigger: date, calendar: WorkingCalendar) -> date | Span:
    """The day (for hours the moment) that `way` leads to from `trigger`; where it hangs on open days, its span (S9).

    Raises:
        CalendarCoverageError: If that is a day which no calendar holds.
    """
    try:
        if way.lead is not None:
            return _chained(way, trigger, calendar)
        if way.unit is Unit.WORKING_DAY:
            start = trigger - DAY if way.same_day else trigger
            return _paused(calendar, start, way) if way.pauses else _shifted(calendar, start, way.amount)
        end = nominal(way, trigger)
        if way.lengthens:
            return _lengthened(way, trigger, end, calendar)
        if not way.roll:
            return end
        return _shifted(calendar.national if way.nationally else calendar, end - DAY, 1)
    except OverflowError:
        raise beyond_years(f"from {trigger} the count") from None


def start_of(way: Way, trigger: date, calendar: WorkingCalendar) -> date | Span:
    """The trigger itself, or the day on which it is deemed to have happened."""
    return trigger if way.lead is None else land(way.lead, trigger, calendar)


def _chained(way: Way, trigger: date, calendar: WorkingCalendar) -> date | Span:
    """A window that starts where another ends: it inherits its span (S24)."""
    start, onward = start_of(way, trigger, calendar), replace(way, lead=None)
    if not isinstance(start, Span):
        return land(onward, start, calendar)
    first, guess, last = (land(onward, day, calendar) for day in (start.earliest, start.expected, start.latest))
    awaits = [*start.awaits, *(name for each in (first, guess, last) if isinstance(each, Span) for name in each.awaits)]
    expected = guess.expected if isinstance(guess, Span) else guess
    return Span(first_of(first), expected, last_of(last), tuple(dict.fromkeys(awaits)))


def _shifted(calendar: WorkingCalendar, day: date, n: int) -> date | Span:
    try:
        return calendar.shift(day, n)
    except UnsettledDayError:
        return calendar.span(day, n)


def _paused(calendar: WorkingCalendar, start: date, way: Way) -> date | Span:
    """The working day on which a count ends that passes over the pauses which begin before it does (S26)."""
    try:
        end, more = calendar.shift(start, way.amount), 0
        while (now := sum(_within(pause, start, end, calendar.working_days) for pause in way.pauses)) != more:
            end, more = calendar.shift(start, way.amount + now), now
    except UnsettledDayError:
        days = (day for pause in way.pauses for day in _days(pause, start, calendar.coverage.last))
        return calendar.without(days, start + DAY).span(start, way.amount)
    return end


def _within(pause: Pause, start: date, end: date, count: Callable[[date, date], int]) -> int:
    """How many of a pause's days lie in (start, end]: all of them once it has begun by then, up to the end."""
    first, last = max(pause.first, start + DAY), min(pause.last, end)
    return count(first - DAY, last) if first <= last else 0


def _days(pause: Pause, start: date, last: date) -> Iterator[date]:
    first, last = max(pause.first, start + DAY), min(pause.last, last)
    return (first + timedelta(days=k) for k in range((last - first).days + 1))


def moved_on(start: date, end: date, pauses: tuple[Pause, ...]) -> date:
    """An end in calendar days, moved on by the days of the pauses that begin before it comes (S26)."""
    more = 0
    while (now := sum(_within(each, start, end + timedelta(days=more), _length) for each in pauses)) != more:
        more = now
    return end + timedelta(days=more)


def _length(after: date, through: date) -> int:
    return (through - after).days


def first_of(landing: date | Span) -> date:
    """The earliest day."""
    return landing.earliest if isinstance(landing, Span) else landing


def last_of(landing: date | Span) -> date:
    """The latest day."""
    return landing.latest if isinstance(landing, Span) else landing


def nominal(way: Way, start: date) -> date:
    """Where a way that needs no working days leads before any roll; for a date in the year, that of the start's."""
    if way.named is not None:
        return way.named[0]
    if way.date_in_year is not None:
        return way.date_in_year.named(start.year) + timedelta(days=way.days_after)
    if way.unit is Unit.HOUR:
        assert isinstance(start, datetime)  # noqa: S101  (the door has seen to it)
        return opening(way, start) + timedelta(hours=way.amount)
    in_days = way.unit is Unit.CALENDAR_DAY
    end = start + timedelta(days=way.amount) if in_days else add_months(start, way.amount)
    end += timedelta(days=way.days_after - way.same_day)
    return moved_on(start - DAY if way.same_day else start, end, way.pauses) if way.pauses else end


def opening(way: Way, moment: datetime) -> datetime:
    """When a limit in hours begins to run."""
    if way.clock is Clock.AT_ONCE:
        return moment
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


# lengthened by days off in a row (征管法实施细则 109) ---------------------------------------------------------------


def _lengthened(way: Way, trigger: date, end: date, calendar: WorkingCalendar) -> date | Span:
    held = calendar.national if way.nationally else calendar
    first, reach = trigger + DAY, min(end + _REACH, held.coverage.last)
    try:
        ends = [_lengthened_end(way, trigger, end, outcome) for outcome in held.outcomes(first, reach)]
    except (IndexError, ValueError):
        held.states(first, end + _REACH)  # says which days are not held
        raise AssertionError from None
    if min(ends) == max(ends) and "?" not in held.states(first, max(ends)):
        return ends[0]
    return Span(min(ends), ends[0], max(ends), held.awaited(first, max(ends)))


_REACH = timedelta(days=60)
"""Further than the working days that one month's days off can add."""


def days_off_in_a_row(way: Way, states: str) -> int:
    """How many of the days signed are off in runs of the length that lengthens a window."""
    runs = (len(list(run)) for sign, run in groupby(states) if sign == "0")
    return sum(run for run in runs if run >= way.lengthens)


def _lengthened_end(way: Way, trigger: date, end: date, states: str) -> date:
    """The end by the days from the trigger's next on, as signed: so many working days more, or moved off a day off."""
    inside = (end - trigger).days
    more = days_off_in_a_row(way, states[:inside])
    if not more:
        return end + timedelta(days=states.index("1", inside - 1) - inside + 1)
    worked = [k for k, sign in enumerate(states) if sign == "1" and k >= inside]
    return trigger + timedelta(days=worked[more - 1] + 1)


# what an answer hangs on ---------------------------------------------------------------------------------------------


def consulted(way: Way, trigger: date, landing: date | Span) -> tuple[date, date] | None:
    """The first and last day whose state the answer hangs on, both inclusive; None where it hangs on none."""
    if way.lengthens or (way.lead is not None and (way.lead.unit is Unit.WORKING_DAY or way.lead.roll)):
        return trigger + DAY, last_of(landing)
    if way.unit is Unit.WORKING_DAY:
        start = trigger if way.same_day else trigger + (DAY if way.amount > 0 else -DAY)
        return min(start, first_of(landing)), max(start, last_of(landing))
    if not way.roll:
        return None
    start = trigger if way.lead is None else nominal(way.lead, trigger)
    return nominal(way, start), last_of(landing)
