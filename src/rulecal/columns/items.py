"""Items in columns: triggers, completions and rules in; dates and verdicts out, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Final

from rulecal.columns._bad import day_of
from rulecal.columns._later import Later
from rulecal.columns.cases import Pauses
from rulecal.columns.doors import Ticks
from rulecal.columns.facts import (
    FAULTS,
    FIRST_YEAR,
    LAST_YEAR,
    NEVER,
    NO_FAULT,
    NULL,
    Facts,
    Sort,
    facts_of,
    number,
)
from rulecal.columns.judge import (
    EARLY,
    STATES,
    Judged,
    Verdict,
    done_early,
    faulty,
    judge_done,
    judge_open,
    judge_table,
)
from rulecal.columns.ranks import Days, days_of
from rulecal.deadlines.status import State

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule
else:
    np = Later("numpy", "numpy")

Held = tuple["Rule", "WorkingCalendar"]
_UNSETTLED: Final = FAULTS.index("calendar-coverage")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What is found of items: three columns of days in 32 bits, `NULL` for none, and the verdict."""

    due: np.ndarray
    earliest: np.ndarray
    latest: np.ndarray
    verdict: Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """The tables of several rules end to end, each with two edges and then the days of the same years.

    Attributes:
        rules: Each with the calendar that it is counted in.
        origin: The first day.
        length: The entries of one rule.
        judged: The entries of all.
        days: The ranks of each rule's calendar.
    """

    rules: Sequence[Held]
    origin: int
    length: int
    judged: Judged
    days: Sequence[Days]

    @classmethod
    def of(cls, rules: Sequence[Held], first: int, last: int, as_of: int, *, unknown: bool = False) -> Shelf:
        """The tables for triggers from day `first` to day `last`; with one more for rows whose rule is not known."""
        years = [min(max(day_of(day).year, FIRST_YEAR), LAST_YEAR) for day in (first, last)]
        origin = number(date(years[0], 1, 1))
        days = [days_of(calendar) for _, calendar in rules]
        parts = []
        for (rule, calendar), each in zip(rules, days, strict=True):
            facts = facts_of(rule, calendar, *years)
            parts.append(judge_table(facts, origin, as_of, rule, calendar, each))
        length = len(parts[0]) if parts else 2
        if unknown or not parts:
            parts.append(_unknown(length))
        return cls(rules, origin, length, _joined(parts), days)

    def index(self, days: np.ndarray, nulls: np.ndarray | None, codes: np.ndarray | None) -> np.ndarray:
        """The entries of rows."""
        found = days - (self.origin - 2)
        if found.min() < 2 or found.max() >= self.length:  # noqa: PLR2004
            found[(found < 2) | (found >= self.length)] = 1  # noqa: PLR2004
        if nulls is not None:
            found[nulls] = 0
        return found if codes is None else found + codes * self.length


def _unknown(length: int) -> Judged:
    row = (*(NULL,) * 5, False, Sort.FAULT, FAULTS.index("unknown-rule"))
    none = np.full(length, NULL, "i4")
    return Judged(Facts.of([row] * length), faulty(length, FAULTS.index("unknown-rule")), none, none)


def _joined(parts: Sequence[Judged]) -> Judged:
    if len(parts) == 1:
        return parts[0]
    verdicts = [part.verdict for part in parts]
    verdict = Verdict(*(np.concatenate([getattr(each, f.name) for each in verdicts]) for f in fields(Verdict)))
    ends = (np.concatenate([getattr(part, name) for part in parts]) for name in ("done_from", "done_to"))
    return Judged(Facts.joined([part.facts for part in parts]), verdict, *ends)


def judge(
    rules: Sequence[Held],
    codes: np.ndarray | None,
    trigger: Ticks,
    done: Ticks | None,
    as_of: date,
    pauses: Pauses | None = None,
) -> Found:
    """What is found of items.

    Args:
        rules: The rules that occur, with their calendars.
        codes: Which of them each row has; one past the last is none. None if all rows have the first.
        trigger: The triggers.
        done: The days of completion, null if not done.
        as_of: The day asked about.
        pauses: Excluded days, where there are any.
    """
    now = number(as_of)
    shelf = Shelf.of(rules, *_range(trigger), now, unknown=codes is not None)
    rows = len(trigger)
    due, earliest, latest = (np.empty(rows, "i4") for _ in range(3))
    found = Found(due, earliest, latest, Verdict.of(rows))
    pieces = zip(trigger.pieces(), (done or trigger).pieces(), strict=True)
    for (part, days), (_, finished) in pieces:
        nulls = trigger.nulls(days) if trigger.has_nulls(days) else None
        mine = None if codes is None else codes[part]
        index = shelf.index(days, nulls, mine)
        _gather(shelf, index, part, found)
        piece = _Piece(shelf, index, days, mine, now, _slice(found, part))
        if pauses is not None:
            piece.pause(pauses, part)
        if done is not None:
            piece.finish(finished, ~done.nulls(finished))
    return found


def _range(ticks: Ticks) -> tuple[int, int]:
    """The first and last day that is held at all."""
    low, high = number(date(FIRST_YEAR, 1, 1)), number(date(LAST_YEAR, 12, 31))
    first, last = high, low
    for _, days in ticks.pieces():
        inside = days
        if int(days.min()) < low or int(days.max()) > high:
            inside = days[(days >= low) & (days <= high)]
        if len(inside):
            first, last = min(first, int(inside.min())), max(last, int(inside.max()))
    return (first, last) if first <= last else (low, low)


def _gather(shelf: Shelf, index: np.ndarray, part: slice, found: Found) -> None:
    facts, verdict = shelf.judged.facts, shelf.judged.verdict
    pairs = [(facts.due, found.due), (facts.earliest, found.earliest), (facts.latest, found.latest)]
    pairs += [(getattr(verdict, f.name), getattr(found.verdict, f.name)) for f in fields(Verdict)]
    for table, room in pairs:
        table.take(index, mode="clip", out=room[part])


def _slice(found: Found, part: slice) -> Found:
    return Found(found.due[part], found.earliest[part], found.latest[part], found.verdict.at(part))


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A piece of rows whose dates have been looked up, and what is changed on them row by row."""

    shelf: Shelf
    index: np.ndarray
    trigger: np.ndarray
    codes: np.ndarray | None
    now: int
    found: Found

    def _facts(self, rows: np.ndarray) -> Facts:
        """The entries of rows, with the ends that exclusions have moved."""
        facts = self.shelf.judged.facts.at(self.index[rows])
        moved = (facts.earliest != self.found.earliest[rows]) | (facts.latest != self.found.latest[rows])
        if not moved.any():
            return facts
        first, last = (
            np.where(moved & (end == NULL), NEVER, end) for end in (self.found.earliest[rows], self.found.latest[rows])
        )
        inner = np.where(moved, last, facts.first_max), np.where(moved, first, facts.last_min)
        return Facts(self.found.due[rows], first, *inner, last, facts.settled, facts.sort, facts.fault)

    def _by_rule(self, rows: np.ndarray) -> list[tuple[int, np.ndarray]]:
        """The rows of each rule."""
        if self.codes is None:
            return [(0, rows)] if len(rows) else []
        mine = self.codes[rows]
        return [(int(code), rows[mine == code]) for code in np.unique(mine) if code < len(self.shelf.rules)]

    def pause(self, pauses: Pauses, part: slice) -> None:
        """Move the ends of windows over excluded days, and judge anew."""
        wrong, rows = pauses.wrong[part], pauses.rows(part)
        for code, mine in self._by_rule(rows[~wrong[rows]]):
            rule, calendar = self.shelf.rules[code]
            if not pauses.can_move(rule):
                self.found.verdict.put(mine, faulty(len(mine), EARLY))
                continue
            moved = pauses.move(rule, self.trigger, part, calendar, mine[self.found.due[mine] != NULL])
            at, found = moved.rows, self.found
            found.due[at], found.earliest[at], found.latest[at] = moved.due, moved.earliest, moved.latest
            found.verdict.put(at, judge_open(self._facts(at), self.trigger[at], self.now, self.shelf.days[code]))
            waits = at[(moved.waiting != NULL)]
            begun = moved.waiting[moved.waiting != NULL] <= self.now
            found.verdict.put(waits, _state(begun))
            failed = at[moved.failed]
            found.verdict.put(failed, faulty(len(failed), _UNSETTLED))
        rows = np.flatnonzero(wrong & (self.found.verdict.fault == NO_FAULT))
        self.found.verdict.put(rows, faulty(len(rows), EARLY))

    def finish(self, done: np.ndarray, given: np.ndarray) -> None:
        """Judge the rows that were done."""
        judged, verdict = self.shelf.judged, self.found.verdict
        rows = np.flatnonzero(given & (verdict.fault == NO_FAULT))
        early = rows[done_early(judged.facts.sort.take(self.index[rows]), self.trigger[rows], done[rows])]
        verdict.put(early, faulty(len(early), EARLY))
        when, entry = done[rows], self.index[rows]
        counts = (when <= self.now) & (when >= judged.done_from[entry]) & (when <= judged.done_to[entry])
        counts &= verdict.fault[rows] == NO_FAULT
        for code, mine in self._by_rule(rows[counts]):
            verdict.put(mine, judge_done(self._facts(mine), done[mine], self.shelf.days[code]))


def _state(begun: np.ndarray) -> Verdict:
    """Rows that wait for the end of an exclusion: suspended once it has begun."""
    suspended, opened = STATES.index(State.SUSPENDED), STATES.index(State.OPEN)
    none = np.zeros(len(begun), "i4")
    return Verdict(np.where(begun, suspended, opened), none, none, np.full(len(begun), NO_FAULT))
