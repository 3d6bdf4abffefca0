"""Rank and select over days: two list reads answer what a loop over days would.

`rank[i]` is the number of working days before day `i`; `worked[k]` is the working day number `k`. Days that no notice
has settled are *open*: no answer may step on one, so beside each rank stands how far the settled days reach.
"""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

REST: Final = 0
WORK: Final = 1
OPEN: Final = 2
"""The three states of a day in a table."""


class DayTable:
    """The states of consecutive days, with rank and select.

    Args:
        first: The first day of the table.
        states: One of `REST`, `WORK`, `OPEN` for each day from `first` on.

    Attributes:
        origin: The ordinal of the first day.
        rank: Length n + 1: working days before day i; open days count as rest.
        worked: The working days in order.
        ahead: Length n + 1: the rank at the end of the settled days from day i on (exclusive bound for `worked`).
        behind: Length n + 1: the rank at the start of the settled days that end before day i.
        settled_to: Length n + 1: the index one past the settled days from day i on.
    """

    __slots__ = ("ahead", "behind", "origin", "rank", "settled_to", "states", "worked")

    def __init__(self, first: date, states: Sequence[int]) -> None:
        self.origin = first.toordinal()
        self.states = bytes(states)
        n = len(self.states)
        self.rank = [0, *accumulate(state == WORK for state in self.states)]
        self.worked = [date.fromordinal(self.origin + i) for i, state in enumerate(self.states) if state == WORK]
        self.settled_to = [n] * (n + 1)
        self.behind = [0] * (n + 1)
        for i in range(n - 1, -1, -1):
            self.settled_to[i] = i if self.states[i] == OPEN else self.settled_to[i + 1]
        for i in range(n):
            self.behind[i + 1] = self.rank[i + 1] if self.states[i] == OPEN else self.behind[i]
        self.ahead = [self.rank[end] for end in self.settled_to]

    def __len__(self) -> int:
        return len(self.states)

    def day(self, i: int) -> date:
        """The day with index `i`."""
        return date.fromordinal(self.origin + i)
