"""The days of a calendar as ranks in arrays: counts and shifts of working days for whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rulecal.civil import DAY
from rulecal.columns._later import Later
from rulecal.columns.facts import number, sealed

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
else:
    np = Later("numpy", "numpy")


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """The days of a calendar; entry i speaks of day `start + i`, the first being the day before the calendar.

    Attributes:
        start: The number of the first entry's day.
        worked: How many working days of the calendar lie on or before the day; open days count as rest.
        opened: How many open days do.
        days: The working days in order, as numbers.
    """

    start: int
    worked: np.ndarray
    opened: np.ndarray
    days: np.ndarray

    @property
    def last(self) -> int:
        """The last day."""
        return self.start + len(self.worked) - 1

    def is_plain(self, first: int, last: int) -> bool:
        """Whether all days from `first` through `last` are held, and none after the first is open."""
        inside = self.start <= first <= last <= self.last
        return inside and bool(self.opened[first - self.start] == self.opened[last - self.start])

    def rank(self, days: np.ndarray) -> np.ndarray:
        """The working days on or before each day; of days outside, those of the nearest inside."""
        return self.worked.take(days - self.start, mode="clip")

    def known(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """For which rows all days from `first` through `last` are held, and none after the first is open."""
        inside = (first >= self.start) & (last <= self.last)
        opened = self.opened.take(np.stack([first, last]) - self.start, mode="clip")
        return inside & (opened[0] == opened[1])

    def count(self, after: np.ndarray, through: np.ndarray) -> tuple[np.ndarray, np.ndarray | bool]:
        """The working days in (after, through], and for which rows the calendar can tell."""
        found = np.empty(len(after), "i8")
        known = self.between(after.astype("i8", copy=False), through.astype("i8", copy=False), found)
        return found, True if known is None else known

    def between(self, after: np.ndarray, through: np.ndarray, out: np.ndarray) -> np.ndarray | None:
        """The working days in (after, through], into `out`; which rows the calendar can tell, None if all."""
        np.subtract(self.rank(through), self.rank(after), out=out)
        ends = [int(end) for each in (after, through) if len(each) for end in (each.min(), each.max())]
        if not ends or self.is_plain(min(ends), max(ends)):
            return None
        return self.known(np.minimum(after, through), np.maximum(after, through))

    def shift(self, start: np.ndarray, n: np.ndarray, out: np.ndarray) -> np.ndarray | None:
        """The n-th working day after or before each day, into `out`; which rows the calendar can tell, None if all."""
        first, last = int(start.min()), int(start.max())
        if self.start <= first and last <= self.last and int(n.min()) > 0:
            place = self.rank(start)
            place += n
            place -= 1
            if int(place.max()) < len(self.days):
                self.days.take(place, mode="clip", out=out)
                return None if self.is_plain(first, int(out.max())) else self.known(start, out)
        return self._shift(start, n, out)

    def _shift(self, start: np.ndarray, n: np.ndarray, out: np.ndarray) -> np.ndarray:
        """The same for any rows: those that look back, stay where they are, or leave the calendar."""
        back = n < 0
        begin = start - back
        place = self.rank(begin) + n - (n > 0)
        self.days.take(place, mode="clip", out=out)
        known = (place >= 0) & (place < len(self.days))
        known &= self.known(np.where(back, out, begin), np.where(back, begin, out))
        known &= (start >= self.start) & (start <= self.last + 1)
        out[n == 0] = start[n == 0]
        return known | (n == 0)


@lru_cache(maxsize=64)
def days_of(calendar: WorkingCalendar) -> Days:
    """The ranks of a calendar's days. Equal calendars have equal days, so a kept answer is never stale."""
    first, last = calendar.coverage.first, calendar.coverage.last
    signs = np.frombuffer(calendar.states(first, last).encode(), "u1")
    worked, opened = signs == ord("1"), signs == ord("?")
    up_to, waiting = (sealed(np.concatenate([[0], np.cumsum(each)])) for each in (worked, opened))
    start = number(first - DAY)
    return Days(start, up_to, waiting, sealed(np.flatnonzero(worked) + start + 1))
