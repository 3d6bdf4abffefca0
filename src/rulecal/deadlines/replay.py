"""A deadline asked again of another calendar: the same date, or moved, and by which days (S4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rulecal.calendars.notices import DayChange

if TYPE_CHECKING:
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Same:
    """The calendar gives the same due date."""

    due: date


@dataclass(frozen=True, slots=True)
class Moved:
    """The calendar gives another due date.

    Attributes:
        old: The due date as it was.
        new: The due date that the calendar gives.
        days: The days consulted that the calendar sees differently, each with the notice behind it.
    """

    old: date
    new: date
    days: tuple[DayChange, ...]


def ask_again(deadline: Deadline, calendar: WorkingCalendar) -> Same | Moved:
    """Whether a calendar gives the same due date as a deadline, or moves it, and why."""
    again = (
        deadline.counted_in(calendar)
        if deadline.is_of_a_case
        else deadline.rule.deadline(
            deadline.trigger, calendar=calendar, trigger_kind=deadline.trigger_kind, outside_force="flag"
        )
    )
    if again.due == deadline.due:
        return Same(deadline.due)
    return Moved(deadline.due, again.due, _differences(deadline, again, calendar))


def _differences(deadline: Deadline, again: Deadline, calendar: WorkingCalendar) -> tuple[DayChange, ...]:
    """The days that either of the two consulted and that differ, as far as both know them."""
    old, new = deadline.proof, again.proof
    start, again_start = old.first or deadline.due, new.first or again.due
    signs = {"1": True, "0": False, "?": None}
    known = deadline.working_calendar.days(again_start, again_start + timedelta(days=len(new.states) - 1))
    seen = {day.date: day.working for day in known}
    seen |= {start + timedelta(days=k): signs[sign] for k, sign in enumerate(old.states)}
    found = (calendar.day(day) for day in sorted(seen))
    return tuple(
        DayChange(day.date, seen[day.date], day.working, str(day.source))
        for day in found
        if day.working != seen[day.date]
    )
