"""The one place where days are counted.

A rule is counted in one or more *ways* (S22): each is a small table of what to do with the trigger. `land` does it and
gives the day; `walk` does the same slowly and writes down every step. The replay law holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rulecal.calendars.day import DayKind, Span
from rulecal.civil import DAY, add_months
from rulecal.errors import UnsettledDayError
from rulecal.law.limit import Clock, FixedDate, Kind, Roll, Start, Unit, Window
from rulecal.steps import Step, StepKind
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.calendars.day import Day
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.law.norm import Norm


@dataclass(frozen=True, slots=True)
class Way:
    """One way of counting, with the cause for it.

    Attributes:
        name: A stable machine name.
        cause: Why one may count like this.
        unit: The unit, or None for a date in the year.
        amount: Signed: negative counts back.
        same_day: The trigger day is counted itself.
        days_after: Days to add once the units are counted (-1: the day before).
        roll: The end moves off days off.
        nationally: It moves off national days off only.
        clock: When hours begin.
        date_in_year: The day of the year, where that is the limit.
    """

    name: str
    cause: Text
    unit: Unit | None = None
    amount: int = 0
    same_day: bool = False
    days_after: int = 0
    roll: bool = False
    nationally: bool = False
    clock: Clock = Clock.AT_ONCE
    date_in_year: FixedDate | None = None


_TEXT_AS_WRITTEN: Final = Text("按条文计算", "as the text is written")
_ROLLED: Final = Text("末日为休息日，比照民法典203条顺延", "the last day is a day off: moved on as in 民法典 203")
_NOT_ROLLED: Final = Text(
    "该文件无顺延条款，末日不顺延", "the instrument has no clause that moves the last day: not moved"
)
_PUBLICATION: Final = Text("实务中有将公布当日计入的做法", "in practice some count the day of publication itself")
_FROM_NEXT_DAY: Final = Text("公布当日不计入（民法典201条）", "the day of publication is not counted (民法典 201)")
_CLEAR: Final = Text("两端均不计入，中间足数", "neither the act's day nor the event's counts: clear days between")
_NOT_CLEAR: Final = Text("自事件日前倒数，办理当日计入", "counted back from the event, the day of the act included")
_DAY_BEFORE: Final = Text("“日前”不含当日（稳妥读法）", "前 taken not to include the named day: the safe reading")
_NAMED_DAY: Final = Text("“日前”含当日", "前 taken to include the named day")
_NATIONAL_ROLL: Final = Text(
    "全国性法律的末日遇地方节日，是否顺延不明",
    "a national law: whether its last day moves off a regional holiday is open",
)


def ways(norm: Norm) -> tuple[Way, ...]:
    """The ways in which a norm is counted, the text's own first; none where no date follows from it."""
    limit = norm.limit
    if isinstance(limit, Window):
        found = _back(limit) if norm.kind is Kind.COUNT_BACK else _onward(limit)
        national = norm.instrument is not None and norm.instrument.level == "national"
        if national and found[-1].roll:
            found.append(replace(found[-1], name="not-off-regional-holiday", cause=_NATIONAL_ROLL, nationally=True))
        return tuple(found)
    if isinstance(limit, FixedDate):
        named = Way("named-day", _TEXT_AS_WRITTEN, date_in_year=limit)
        if limit.includes_named_day:
            return (named,)
        return (
            Way("day-before", _DAY_BEFORE, date_in_year=limit, days_after=-1),
            replace(named, cause=_NAMED_DAY),
        )
    if norm.kind in {Kind.QUOTA, Kind.PLAN_TASK}:
        return (Way("year-end", _TEXT_AS_WRITTEN, date_in_year=_YEAR_END),)
    return ()


_YEAR_END: Final = FixedDate(12)


def _onward(limit: Window) -> list[Way]:
    unit = limit.period.unit
    amount = limit.period.months if unit is Unit.YEAR else limit.period.amount
    can_roll = unit in {Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR}
    rolls = _ROLLS[limit.roll] if can_roll else _ROLLS[Roll.NO]
    return [
        Way(
            "+".join(filter(None, (start, end))) or "text",
            _both(start_cause, end_cause) or _TEXT_AS_WRITTEN,
            unit,
            amount,
            same_day=same_day,
            roll=roll,
            clock=limit.clock,
        )
        for end, end_cause, roll in rolls
        for start, start_cause, same_day in _STARTS[limit.start]
    ]


_NONE: Final = Text()
_STARTS: Final = {
    Start.NEXT_DAY: (("", _NONE, False),),
    Start.SAME_DAY: (("", _NONE, True),),
    Start.UNCLEAR: (("from-next-day", _FROM_NEXT_DAY, False), ("publication-day-counted", _PUBLICATION, True)),
}
_ROLLS: Final = {
    Roll.YES: (("", _NONE, True),),
    Roll.NO: (("", _NONE, False),),
    Roll.UNCLEAR: (("not-rolled", _NOT_ROLLED, False), ("rolled", _ROLLED, True)),
}


def _both(one: Text, other: Text) -> Text:
    if not (one and other):
        return one or other
    return Text(f"{one.zh}；{other.zh}", f"{one.en}; {other.en}")


def _back(limit: Window) -> list[Way]:
    unit = limit.period.unit
    amount = -(limit.period.months if unit is Unit.YEAR else limit.period.amount)
    nth = Way("nth-day-back", _NOT_CLEAR, unit, amount, clock=limit.clock)
    if unit is Unit.HOUR:
        return [replace(nth, name="text", cause=_TEXT_AS_WRITTEN)]
    if unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}:
        return [replace(nth, name="clear-days", cause=_CLEAR, amount=amount - 1), nth]
    return [replace(nth, name="clear-days", cause=_CLEAR, days_after=-1), nth]


# the day -------------------------------------------------------------------------------------------------------------


def land(way: Way, trigger: date, calendar: WorkingCalendar) -> date | Span:
    """The day (for hours the moment) that `way` leads to from `trigger`; where it hangs on open days, its span (S9)."""
    if way.unit is Unit.WORKING_DAY:
        return _shifted(calendar, trigger - DAY if way.same_day else trigger, way.amount)
    end = nominal(way, trigger)
    if not way.roll:
        return end
    return _shifted(calendar.national if way.nationally else calendar, end - DAY, 1)


def _shifted(calendar: WorkingCalendar, day: date, n: int) -> date | Span:
    try:
        return calendar.shift(day, n)
    except UnsettledDayError:
        return calendar.span(day, n)


def first_of(landing: date | Span) -> date:
    """The earliest day."""
    return landing.earliest if isinstance(landing, Span) else landing


def last_of(landing: date | Span) -> date:
    """The latest day."""
    return landing.latest if isinstance(landing, Span) else landing


def nominal(way: Way, trigger: date) -> date:
    """Where a way that needs no working days leads before any roll; for a date in the year, that of the trigger's."""
    if way.date_in_year is not None:
        return way.date_in_year.named(trigger.year) + timedelta(days=way.days_after)
    if way.unit is Unit.CALENDAR_DAY:
        return trigger + timedelta(days=way.amount - way.same_day + way.days_after)
    if way.unit is Unit.HOUR:
        assert isinstance(trigger, datetime)  # noqa: S101  (the door has seen to it)
        return _opening(way, trigger) + timedelta(hours=way.amount)
    return add_months(trigger, way.amount) + timedelta(days=way.days_after - way.same_day)


def _opening(way: Way, moment: datetime) -> datetime:
    if way.clock is Clock.AT_ONCE:
        return moment
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


# the steps -----------------------------------------------------------------------------------------------------------


def walk(way: Way, trigger: date, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """The steps of `land`, each day accounted for, on a calendar whose days on the way are settled."""
    if way.date_in_year is not None:
        named = way.date_in_year.named(trigger.year)
        return (Step(StepKind.NAMED, named, named), *_day_before(named, nominal(way, trigger)))
    start = Step(StepKind.START_COUNTED if _counts_start(way) else StepKind.START, trigger, trigger)
    if way.unit is Unit.WORKING_DAY:
        return (start, *_walk_working_days(way, trigger, first_of(land(way, trigger, calendar)), calendar))
    end = nominal(way, trigger)
    if way.unit is Unit.CALENDAR_DAY:
        steps = [start, _walk_days(trigger, end, way)]
    elif way.unit is Unit.HOUR:
        assert isinstance(trigger, datetime)  # noqa: S101
        opening = _opening(way, trigger)
        wait = [Step(StepKind.ROLLED, trigger, opening, why="next-hour")] if opening != trigger else []
        return (start, *wait, Step(StepKind.HOURS, opening, end, way.amount))
    else:
        corresponding = add_months(trigger, way.amount)
        manner = "corresponding-day" if corresponding.day == trigger.day else "month-end"
        months = Step(StepKind.MONTHS, trigger, corresponding, way.amount, manner)
        steps = [start, months, *_day_before(corresponding, end)]
    return (*steps, *_walk_roll(way, end, first_of(land(way, trigger, calendar)), calendar))


def _counts_start(way: Way) -> bool:
    return way.same_day and way.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}


def _day_before(day: date, end: date) -> list[Step]:
    return [Step(StepKind.DAY_BEFORE, day, end)] if end != day else []


def _walk_days(trigger: date, end: date, way: Way) -> Step:
    first = trigger if way.same_day else trigger + (DAY if way.amount > 0 else -DAY)
    return Step(StepKind.COUNTED, first, end, abs((end - first).days) + 1)


def _walk_working_days(way: Way, trigger: date, end: date, calendar: WorkingCalendar) -> list[Step]:
    sign = 1 if way.amount > 0 else -1
    first = trigger if way.same_day else trigger + sign * DAY
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


def _walk_roll(way: Way, end: date, landing: date, calendar: WorkingCalendar) -> list[Step]:
    if landing == end:
        return []
    _, why, source = _reason((calendar.national if way.nationally else calendar).day(end))
    return [Step(StepKind.ROLLED, end, landing, (landing - end).days, why, source)]


def consulted(way: Way, trigger: date, landing: date | Span) -> tuple[date, date] | None:
    """The first and last day whose state the answer hangs on, both inclusive; None where it hangs on none."""
    if way.unit is Unit.WORKING_DAY:
        start = trigger if way.same_day else trigger + (DAY if way.amount > 0 else -DAY)
        return min(start, first_of(landing)), max(start, last_of(landing))
    return (nominal(way, trigger), last_of(landing)) if way.roll else None
