"""Days that no notice has settled: the calendars they may turn into, and bounds that hold over all of them (S8).

The family is a product: each *group* of days has its own list of possible patterns, and any pattern of one may meet any
of another; open days outside a group have one pattern only. For a stretch of days the greatest number of working days
over the family is then the sum of the groups' greatest numbers, and one member of the family reaches it. So the bounds
of a count, and of the day on which a count ends, are exact: both ends are reached.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive days that hang together, and the patterns they may take.

    Attributes:
        first: The first of the days.
        length: How many days.
        patterns: Each as a number: bit i says that the i-th day is worked.
    """

    first: date
    length: int
    patterns: tuple[int, ...]

    @property
    def last(self) -> date:
        """The last of the days, inclusive."""
        return self.first + timedelta(days=self.length - 1)

    @property
    def days(self) -> list[date]:
        """The days in order."""
        return [self.first + timedelta(days=k) for k in range(self.length)]

    def spread(self, pattern: int) -> Iterable[tuple[date, bool]]:
        """Each day with whether it is worked in a pattern."""
        return ((day, bool(pattern >> k & 1)) for k, day in enumerate(self.days))

    def choose(
        self, i: int, j: int, guess: Sequence[bool], *, most: bool, out: Container[date] = ()
    ) -> dict[date, bool]:
        """A pattern with the most (or fewest) working days among the days i to j - 1, as near to a guess as can be.

        Days taken `out` are not counted.
        """
        counted = sum(1 << k for k in range(i, j) if self.days[k] not in out)
        expected = sum(state << k for k, state in enumerate(guess))
        counts = [(p & counted).bit_count() for p in self.patterns]
        wanted = max(counts) if most else min(counts)
        fitting = [p for p, count in zip(self.patterns, counts, strict=True) if count == wanted]
        return dict(self.spread(min(fitting, key=lambda p: ((p ^ expected).bit_count(), p))))

    def forced(self, settled: Mapping[date, bool]) -> Group:
        """The group where some of its days are settled after all: every pattern has them as they are."""
        on = sum(settled.get(day, False) << k for k, day in enumerate(self.days))
        off = sum((not settled.get(day, True)) << k for k, day in enumerate(self.days))
        return Group(self.first, self.length, tuple(sorted({(pattern | on) & ~off for pattern in self.patterns})))

    def part(self, first: date | None, last: date | None) -> Group | None:
        """The part from `first` through `last` (inclusive; None is open), or None where nothing is left."""
        i = max(0, (first - self.first).days) if first else 0
        j = min(self.length, (last - self.first).days + 1) if last else self.length
        if i >= j:
            return None
        patterns = sorted({pattern >> i & (1 << (j - i)) - 1 for pattern in self.patterns})
        return Group(self.first + timedelta(days=i), j - i, tuple(patterns))

    def holds(self, worked: Iterable[bool]) -> bool:
        """Whether the days may turn out like this."""
        return sum(state << i for i, state in enumerate(worked)) in self.patterns

    def most(self, i: int, j: int) -> int:
        """The greatest number of working days among the days i to j - 1."""
        return _bounds(self.patterns, i, j)[1]

    def least(self, i: int, j: int) -> int:
        """The least number of working days among the days i to j - 1."""
        return _bounds(self.patterns, i, j)[0]


@cache
def _bounds(patterns: tuple[int, ...], i: int, j: int) -> tuple[int, int]:
    counts = [(pattern >> i & (1 << (j - i)) - 1).bit_count() for pattern in patterns]
    return min(counts), max(counts)


class Outlook:
    """The bounds of counts over a family: two pairs of arrays, made when first asked.

    `upto[j]` bounds the working days before day j from the table's first; `since[i]` is such that `upto[j] - since[i]`
    bounds those of the days i to j - 1 whenever i and j do not lie inside one and the same group.
    """

    __slots__ = ("_arrays", "_ends", "_runs", "expected", "groups", "origin")

    def __init__(self, origin: int, expected: bytes, groups: Sequence[Group], awaited: Sequence[str] = ()) -> None:
        self.origin = origin
        self.expected = expected
        self.groups = tuple(sorted(groups, key=lambda group: group.first))
        self._arrays: tuple[_Side, _Side, list[int], list[int]] | None = None
        self._runs = [(run[0][0], run[-1][0], name.split("、")) for name, run in _runs(awaited)]
        self._ends = [last for _, last, _ in self._runs]

    def awaits(self, low: int, high: int) -> tuple[str, ...]:
        """What is awaited for the open days from `low` to `high`, both inclusive."""
        found: dict[str, None] = {}
        for k in range(bisect_left(self._ends, low), len(self._runs)):
            first, _, names = self._runs[k]
            if first > high:
                break
            found |= dict.fromkeys(names)
        return tuple(found)

    def _made(self) -> tuple[_Side, _Side, list[int], list[int]]:
        if self._arrays is None:  # two threads may both make them: they make the same
            rank = [0, *accumulate(self.expected)]
            worked = [i for i, state in enumerate(self.expected) if state]
            self._arrays = _Side(self, most=False), _Side(self, most=True), rank, worked
        return self._arrays

    def span(self, i: int, n: int) -> tuple[int, int]:
        """The first and last index on which the n-th working day after day i (n < 0: before it) can fall.

        Raises:
            IndexError: If it can fall outside the table.
        """
        least, most, *_ = self._made()
        if n > 0:
            return most.first_reaching(i + 1, n), least.first_reaching(i + 1, n)
        return least.last_reaching(i, -n), most.last_reaching(i, -n)

    def expect(self, i: int, n: int) -> int:
        """The index on which the best guess has the n-th working day after day i (n < 0: before it).

        Raises:
            IndexError: If it falls outside the table.
        """
        *_, rank, worked = self._made()
        return worked[rank[i + 1] + n - 1 if n > 0 else rank[max(i, 0)] + n]


def _runs(awaited: Sequence[str]) -> Iterable[tuple[str, list[tuple[int, str]]]]:
    """The stretches of days that await the same."""
    return ((name, list(run)) for name, run in groupby(enumerate(awaited), key=lambda pair: pair[1]) if name)


class _Side:
    """One side of the bounds, the greatest or the least counts."""

    __slots__ = ("inside", "most", "since", "upto")

    def __init__(self, outlook: Outlook, *, most: bool) -> None:
        self.most = most
        n = len(outlook.expected)
        self.upto = [0] * (n + 1)
        self.since = [0] * (n + 1)
        self.inside: dict[int, tuple[Group, int]] = {}
        starts = {group.first.toordinal() - outlook.origin: group for group in outlook.groups}
        j = 0
        while j < n:
            group = starts.get(j)
            if group is None:
                self.upto[j + 1] = self.since[j + 1] = self.upto[j] + outlook.expected[j]
                j += 1
                continue
            length = min(group.length, n - j)
            for k in range(1, length + 1):
                self.upto[j + k] = self.upto[j] + self._bound(group, 0, k)
            for k in range(1, length):
                self.since[j + k] = self.upto[j + length] - self._bound(group, k, length)
                self.inside[j + k] = (group, j)
            self.since[j + length] = self.upto[j + length]
            j += length

    def _bound(self, group: Group, i: int, j: int) -> int:
        return group.most(i, j) if self.most else group.least(i, j)

    def first_reaching(self, i: int, n: int) -> int:
        """The first index by which `n` working days can (or must) have come, counting from day i on."""
        start = i
        if i in self.inside:
            group, origin = self.inside[i]
            start = min(origin + group.length, len(self.upto) - 1)
            for j in range(i + 1, start):
                if self._bound(group, i - origin, j - origin) >= n:
                    return j - 1
        j = bisect_left(self.upto, self.since[i] + n, lo=start)
        if j >= len(self.upto):
            raise IndexError(i)
        return j - 1

    def last_reaching(self, j: int, n: int) -> int:
        """The last index from which on `n` working days can (or must) lie before day j."""
        end = j
        if j in self.inside:
            group, origin = self.inside[j]
            end = origin
            for i in range(j - 1, origin, -1):
                if self._bound(group, i - origin, j - origin) >= n:
                    return i
        i = bisect_right(self.since, self.upto[j] - n, hi=end + 1) - 1
        if i < 0:
            raise IndexError(j)
        return i
