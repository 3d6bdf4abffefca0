"""Rows that have no answer: the first of them is named, with the error that it raises alone, and all are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from rulecal.columns.facts import EPOCH, FIRST_YEAR, LAST_YEAR
from rulecal.errors import CalendarCoverageError, RulecalError

if TYPE_CHECKING:
    import numpy as np


class BadRows:
    """The rows of a column that have no answer."""

    __slots__ = ("count", "first", "row")

    def __init__(self) -> None:
        self.count = self.row = 0
        self.first: tuple[int, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[BadRows]) -> BadRows:
        """Those of consecutive shares of a column."""
        found = cls()
        for part in parts:
            if part.count and not found.count:
                found.row, found.first = part.row, part.first
            found.count += part.count
        return found

    def note(self, part: slice, bad: np.ndarray, *columns: np.ndarray) -> None:
        """Note the bad rows of a piece, and of the first one what stands in its columns."""
        n = int(bad.sum())
        if n and not self.count:
            at = int(bad.argmax())
            self.row, self.first = part.start + at, tuple(int(column[at]) for column in columns)
        self.count += n

    def raise_any(self, ask: Callable[..., object]) -> None:
        """Raise what `ask` raises of the first bad row, with its place and how many there are.

        Raises:
            RulecalError: If there is a bad row.
        """
        if not self.count:
            return
        try:
            ask(*self.first)
        except RulecalError as err:
            found = err
        else:
            found = CalendarCoverageError(
                "a column holds fewer triggers than a single question",
                hint=f"its triggers lie from {FIRST_YEAR} to {LAST_YEAR}; ask Rule.deadline for others",
            )
        more = f" (and {self.count - 1} more rows)" if self.count > 1 else ""
        facts = found.facts | {"row": self.row, "count": self.count}
        raise type(found)(
            f"row {self.row}{more}: {found.message}",
            hint="; ".join(filter(None, (found.hint, "or errors='null'"))),
            **facts,
        )


def day_of(number: int) -> date:
    """The day with a number.

    Raises:
        CalendarCoverageError: If no calendar reaches so far.
    """
    if not 1 <= number + EPOCH <= date.max.toordinal():
        raise CalendarCoverageError(
            "a day before the year 1 or after the year 9999", hint="check how the column was read"
        )
    return date.fromordinal(number + EPOCH)
