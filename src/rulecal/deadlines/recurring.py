"""Quotas (每年不少于): how often something was done in a civil year, and what is missing (S21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from rulecal.calendars import need_calendar
from rulecal.civil import to_day
from rulecal.deadlines.status import State, Status, count, status
from rulecal.law.limit import Quota
from rulecal.needs import civil_year, each_of, need

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rulecal.calendars.working import WorkingCalendar

LAST_QUARTER: Final = (10, 1)
"""From this day on, month and day, a quota with something missing is at risk: our default, no national rule."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How a quota stands on a day.

    Attributes:
        year: The civil year.
        required: The least number of times.
        at_most: The upper figure of a range, which is no limit.
        counted: How often it was done in the year, by `as_of`.
        missing: How many times are still to be done; 0 when met.
        as_of: The day asked about.
        state: `MET`, `ON_TRACK`, `AT_RISK`, `MISSED`, or `DISPUTED` where the year itself is our inference.
    """

    year: int
    required: int
    at_most: int | None
    counted: int
    missing: int
    as_of: date
    state: State

    @classmethod
    def of(cls, quota: Quota, year: int, events: Iterable[date], as_of: date, *, inferred: bool = False) -> Shortfall:
        """The standing of a quota in a year, from the days on which it was done.

        Raises:
            NotADateError: If an event, or `as_of`, is no date.
            InvalidArgumentError: If another argument is not of its kind.
        """
        need(quota, Quota, "a quota", "write e.g. rulecal.Quota(2)")
        year, as_of = civil_year(year), to_day(as_of, "as_of")
        days = [to_day(event, "the day of an event") for event in each_of(events, object, "events", "")]
        counted = sum(day.year == year and day <= as_of for day in days)
        missing = max(0, quota.at_least - counted)
        state = _state(missing, year, as_of, inferred=inferred)
        return cls(year, quota.at_least, quota.at_most, counted, missing, as_of, state)

    def status(self, calendar: WorkingCalendar) -> Status:
        """The same as the status of an item whose due date is 31 December."""
        end = date(self.year, 12, 31)
        need_calendar(calendar)
        if not self.state.is_overdue:
            left = max(0, (end - self.as_of).days) if self.missing else 0
            return status(self.state, days_left=left)
        over = (self.as_of - end).days
        return Status(self.state, True, True, 0, over, count(end, self.as_of, calendar))  # noqa: FBT003


def _state(missing: int, year: int, as_of: date, *, inferred: bool) -> State:
    if not missing:
        return State.MET
    if as_of.year > year:
        return State.DISPUTED if inferred else State.MISSED
    if as_of < date(year, 1, 1):
        return State.NOT_STARTED
    return State.AT_RISK if as_of >= date(year, *LAST_QUARTER) else State.ON_TRACK
