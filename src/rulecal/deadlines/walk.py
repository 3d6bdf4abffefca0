"""The slow twin of `count.land`: the same way walked day by day, every step written down (S31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from rulecal.calendars.day import DayKind
from rulecal.civil import DAY, add_months
from rulecal.deadlines.count import days_off_in_a_row, first_of, land, nominal, opening, start_of
from rulecal.law.limit import Unit
from rulecal.steps import Step, StepKind

if TYPE_CHECKING:
    from rulecal.calendars.day import Day
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.ways import Way


def walk(way: Way, trigger: date, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """The steps of `land`, each day accounted for, on a calendar whose days on the way are settled."""
    if way.deemed is not None:
        start = first_of(start_of(way, trigger, calendar))
        waited = walk(way.lead, trigger, calendar) if way.lead else ()
        deemed = Step(StepKind.DEEMED, start, start, why=way.deemed.kind, source=way.deemed.clause)
        return (*waited, deemed, *walk(replace(way, lead=None, deemed=None), start, calendar))
    if way.named is not None:
        day, table = way.named
        return (Step(StepKind.PUBLISHED, day, day, source=table),)
    if way.date_in_year is not None:
        named = way.date_in_year.named(trigger.year)
        return (Step(StepKind.NAMED, named, named), *_day_before(named, nominal(way, trigger)))
    start_step = Step(StepKind.START_COUNTED if _counts_start(way) else StepKind.START, trigger, trigger)
    return (start_step, *_walk_on(way, trigger, calendar))


def _walk_on(way: Way, trigger: date, calendar: WorkingCalendar) -> list[Step]:
    landing = first_of(land(way, trigger, calendar))
    if way.unit is Unit.WORKING_DAY:
        sign = 1 if way.amount > 0 else -1
        return _walk_working_days(trigger if way.same_day else trigger + sign * DAY, landing, calendar)
    end = nominal(way, trigger)
    if way.unit is Unit.CALENDAR_DAY:
        steps = [_walk_days(trigger, end, way)]
    elif way.unit is Unit.HOUR:
        assert isinstance(trigger, datetime)  # noqa: S101
        begun = opening(way, trigger)
        wait = [Step(StepKind.ROLLED, trigger, begun, why="next-hour")] if begun != trigger else []
        return [*wait, Step(StepKind.HOURS, begun, end, way.amount)]
    else:
        corresponding = add_months(trigger, way.amount)
        manner = "corresponding-day" if corresponding.day == trigger.day else "month-end"
        months = Step(StepKind.MONTHS, trigger, corresponding, way.amount, manner)
        steps = [months, *_day_before(corresponding, end)]
    held = calendar.national if way.nationally else calendar
    more = days_off_in_a_row(way, held.states(trigger + DAY, end)) if way.lengthens else 0
    if more:
        longer = Step(StepKind.LENGTHENED, end, end, more, "days-off-in-a-row")
        return [*steps, longer, *_walk_working_days(end + DAY, landing, held)]
    return [*steps, *_walk_roll(end, landing, held)]


def _counts_start(way: Way) -> bool:
    return way.same_day and way.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}


def _day_before(day: date, end: date) -> list[Step]:
    return [Step(StepKind.DAY_BEFORE, day, end)] if end != day else []


def _walk_days(trigger: date, end: date, way: Way) -> Step:
    first = trigger if way.same_day else trigger + (DAY if way.amount > 0 else -DAY)
    return Step(StepKind.COUNTED, first, end, abs((end - first).days) + 1)


def _walk_working_days(first: date, end: date, calendar: WorkingCalendar) -> list[Step]:
    """The days from `first` to `end`, in that order, counted or passed over in runs of one reason."""
    sign = 1 if end >= first else -1
    days = list(calendar.days(*sorted((first, end))))[::sign]
    steps = []
    for (working, why, source), run in groupby(days, key=_reason):
        dates = [day.date for day in run]
        kind = StepKind.COUNTED if working else StepKind.SKIPPED
        steps.append(Step(kind, dates[0], dates[-1], len(dates) if working else 0, why, source))
    return steps


def _reason(day: Day) -> tuple[bool, str, str]:
    """Whether a day counts, what it is, and by which notice; ordinary days of the week need none."""
    ordinary = day.kind is DayKind.WORKDAY or (day.kind is DayKind.WEEKEND and not day.name)
    why = "" if day.kind is DayKind.WORKDAY else day.kind.value if day.working or not day.name else day.name
    return bool(day.working), why, "" if ordinary else str(day.source)


def _walk_roll(end: date, landing: date, calendar: WorkingCalendar) -> list[Step]:
    if landing == end:
        return []
    _, why, source = _reason(calendar.day(end))
    return [Step(StepKind.ROLLED, end, landing, (landing - end).days, why, source)]
