"""The slow twin of `count.land`: the same way walked day by day, every step written down (S31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rulecal.calendars.day import DayKind
from rulecal.civil import DAY, add_months
from rulecal.deadlines.count import days_off_in_a_row, first_of, land, nominal, opening, start_of
from rulecal.law.limit import Unit
from rulecal.steps import Step, StepKind

if TYPE_CHECKING:
    from rulecal.calendars.day import Day
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.events import Pause
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
    first = trigger if way.same_day else trigger + (DAY if way.amount > 0 else -DAY)
    if way.unit is Unit.WORKING_DAY:
        return _with_extensions(_walk_working_days(first, landing, calendar, way.pauses), way)
    end = nominal(way, trigger)
    if way.unit is Unit.CALENDAR_DAY:
        steps = _with_extensions(_walk_days(first, end, way.pauses), way)
    elif way.unit is Unit.HOUR:
        assert isinstance(trigger, datetime)  # noqa: S101
        begun = opening(way, trigger)
        wait = [Step(StepKind.ROLLED, trigger, begun, why="next-hour")] if begun != trigger else []
        return [*wait, Step(StepKind.HOURS, begun, end, way.amount)]
    else:
        corresponding = add_months(trigger, way.amount)
        manner = "corresponding-day" if corresponding.day == trigger.day else "month-end"
        months = Step(StepKind.MONTHS, trigger, corresponding, way.amount, manner)
        before = corresponding - DAY if way.same_day or way.days_after else corresponding
        steps = [*_extensions(way, trigger), months, *_day_before(corresponding, before)]
        steps += [Step(StepKind.MOVED, before, end, (end - before).days)] if end != before else []
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


def _walk_days(first: date, end: date, pauses: tuple[Pause, ...]) -> list[Step]:
    """The calendar days from `first` to `end`, in that order, in runs that count and runs that do not."""
    if not pauses:
        return [Step(StepKind.COUNTED, first, end, abs((end - first).days) + 1)]
    days = [first + timedelta(days=k) for k in range((end - first).days + 1)]
    return _runs([(day, *(_paused(day, pauses) or _COUNTED)) for day in days])


def _walk_working_days(first: date, end: date, calendar: WorkingCalendar, pauses: tuple[Pause, ...] = ()) -> list[Step]:
    """The days from `first` to `end`, in that order, counted or passed over in runs of one reason."""
    sign = 1 if end >= first else -1
    days = list(calendar.days(*sorted((first, end))))[::sign]
    return _runs([(day.date, *(_paused(day.date, pauses) or _reason(day))) for day in days])


def _runs(days: list[tuple[date, StepKind, str, str]]) -> list[Step]:
    """One step a run of days of one kind, reason and source."""
    steps = []
    for (kind, why, source), run in groupby(days, key=itemgetter(slice(1, None))):
        dates = [day[0] for day in run]
        steps.append(Step(kind, dates[0], dates[-1], len(dates) if kind is StepKind.COUNTED else 0, why, source))
    return steps


_COUNTED = (StepKind.COUNTED, "", "")


def _paused(day: date, pauses: tuple[Pause, ...]) -> tuple[StepKind, str, str] | None:
    pause = next((each for each in pauses if each.first <= day <= each.last), None)
    return None if pause is None else (StepKind.EXCLUDED, pause.why, pause.source)


def _extensions(way: Way, at: date) -> list[Step]:
    return [Step(StepKind.EXTENDED, at, at, n, str(decided), source) for n, decided, source in way.extended]


def _with_extensions(steps: list[Step], way: Way) -> list[Step]:
    """The steps with each extension where the days of the period before it have been counted."""
    left, found = way.amount - sum(n for n, _, _ in way.extended), list[Step]()
    waiting = list(way.extended)
    for step in steps:
        rest = step
        while waiting and rest.kind is StepKind.COUNTED and rest.amount > left:
            if left:
                until = rest.first + timedelta(days=left - 1)
                found.append(replace(rest, last=until, amount=left))
                rest = replace(rest, first=until + DAY, amount=rest.amount - left)
            n, decided, source = waiting.pop(0)
            at = found[-1].last
            found.append(Step(StepKind.EXTENDED, at, at, n, str(decided), source))
            left = n
        found.append(rest)
        left -= rest.amount if rest.kind is StepKind.COUNTED else 0
    return found


def _reason(day: Day) -> tuple[StepKind, str, str]:
    """Whether a day counts, what it is, and by which notice; ordinary days of the week need none."""
    ordinary = day.kind is DayKind.WORKDAY or (day.kind is DayKind.WEEKEND and not day.name)
    why = "" if day.kind is DayKind.WORKDAY else day.kind.value if day.working or not day.name else day.name
    kind = StepKind.COUNTED if day.working else StepKind.SKIPPED
    return kind, why, "" if ordinary else str(day.source)


def _walk_roll(end: date, landing: date, calendar: WorkingCalendar) -> list[Step]:
    if landing == end:
        return []
    _, why, source = _reason(calendar.day(end))
    return [Step(StepKind.ROLLED, end, landing, (landing - end).days, why, source)]
