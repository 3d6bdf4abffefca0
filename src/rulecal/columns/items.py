"""Items in columns: triggers, completions and rules in; dates and verdicts out, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._bad import day_of
from rulecal.columns._later import Later
from rulecal.columns.cases import Pauses
from rulecal.columns.doors import Ticks, spread
from rulecal.columns.facts import (
    FAULTS,
    FIRST_YEAR,
    LAST_YEAR,
    NEVER,
    NO_FAULT,
    NULL,
    Ends,
    Facts,
    Sort,
    facts_of,
    no_days,
    number,
)
from rulecal.columns.judge import (
    BEGUN,
    EARLY,
    STATES,
    Judged,
    Verdict,
    faulty,
    judge_done,
    judge_open,
    judge_table,
)
from rulecal.columns.ranks import Days, days_of
from rulecal.deadlines.status import RUNNING, State

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule
else:
    np = Later("numpy", "numpy")

Held = tuple["Rule", "WorkingCalendar"]
_LOOKED_UP: Final = ("due", "earliest", "latest", "certainty")
_UNSETTLED: Final = FAULTS.index("calendar-coverage")
_SUSPENDED: Final = STATES.index(State.SUSPENDED)
_RUNNING: Final = [STATES.index(state) for state in RUNNING]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What is found of items: three columns of days in 32 bits, `NULL` for none; how sure a figure is; the verdict."""

    due: np.ndarray
    earliest: np.ndarray
    latest: np.ndarray
    certainty: np.ndarray
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
        calendars: The same, each once.
        places: For each rule the place of its own among these; one more for rows whose rule is not known.
        has_quota: Whether a rule is a quota anywhere.
    """

    rules: Sequence[Held]
    origin: int
    length: int
    judged: Judged
    days: Sequence[Days]
    calendars: Sequence[Days]
    places: np.ndarray
    has_quota: bool

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
        judged, calendars = _joined(parts), list({id(each): each for each in days}.values())
        places = np.array([*(calendars.index(each) for each in days), len(calendars)])
        has_quota = bool((judged.facts.sort == Sort.QUOTA).any())
        return cls(rules, origin, length, judged, days, calendars, places, has_quota)

    def index(self, days: np.ndarray, nulls: np.ndarray | None, codes: np.ndarray | None) -> np.ndarray:
        """The entries of rows."""
        found = days - (self.origin - 2)
        if found.min() < 2 or found.max() >= self.length:  # noqa: PLR2004
            found[(found < 2) | (found >= self.length)] = 1  # noqa: PLR2004
        if nulls is not None:
            found[nulls] = 0
        return found if codes is None else found + codes * self.length


def _unknown(length: int) -> Judged:
    fault, none = FAULTS.index("unknown-rule"), np.full(length, NULL, "i4")
    return Judged(Facts.of([no_days(Sort.FAULT, fault)] * length), faulty(length, fault), none, none)


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
    found = Found(due, earliest, latest, np.empty(rows, "u1"), Verdict.of(rows))

    def work(rows: range) -> None:
        pieces = zip(trigger.pieces(rows), (done or trigger).pieces(rows), strict=True)
        for (part, days), (_, finished) in pieces:
            nulls = trigger.nulls(days) if trigger.has_nulls(days) else None
            mine = None if codes is None else codes[part]
            index = shelf.index(days, nulls, mine)
            _gather(shelf, index, part, found)
            piece = _Piece(shelf, index, days, mine, now, _slice(found, part), pauses and pauses.at(part))
            if piece.pauses is not None:
                piece.pause(piece.pauses)
            if done is not None:
                piece.finish(finished, ~done.nulls(finished))

    spread(len(trigger), work)
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
    pairs = [(getattr(facts, name), getattr(found, name)) for name in _LOOKED_UP]
    pairs += [(getattr(verdict, f.name), getattr(found.verdict, f.name)) for f in fields(Verdict)]
    for table, room in pairs:
        table.take(index, mode="clip", out=room[part])


def _slice(found: Found, part: slice) -> Found:
    due, earliest, latest, certainty = (getattr(found, name)[part] for name in _LOOKED_UP)
    return Found(due, earliest, latest, certainty, found.verdict.at(part))


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A piece of rows whose dates have been looked up, and what is changed on them row by row."""

    shelf: Shelf
    index: np.ndarray
    trigger: np.ndarray
    codes: np.ndarray | None
    now: int
    found: Found
    pauses: Pauses | None

    def _ends(self, rows: Any) -> Ends:
        """The ends of rows, as exclusions have moved them."""
        held, index, found = self.shelf.judged.facts, self.index[rows], self.found
        first, last = found.earliest[rows], found.latest[rows]
        inner = held.first_max.take(index), held.last_min.take(index)
        if self.pauses is not None:
            moved = (held.earliest.take(index) != first) | (held.latest.take(index) != last)
            first, last = (np.where(moved & (end == NULL), NEVER, end) for end in (first, last))
            inner = np.where(moved, last, inner[0]), np.where(moved, first, inner[1])
        return Ends(first, *inner, last, held.sort.take(index), found.verdict.fault[rows])

    def _by_rule(self, rows: np.ndarray) -> list[tuple[int, np.ndarray]]:
        """The rows of each rule."""
        if self.codes is None:
            return [(0, rows)] if len(rows) else []
        mine = self.codes[rows]
        return [(int(code), rows[mine == code]) for code in np.unique(mine) if code < len(self.shelf.rules)]

    def pause(self, pauses: Pauses) -> None:
        """Move the ends of windows over excluded days, as known on the day asked about, and judge anew."""
        found, verdict, wrong = self.found, self.found.verdict, pauses.wrong
        known, since = pauses.by(self.now)
        given = (pauses.first != NULL).any(axis=0) & ~wrong & (verdict.fault == NO_FAULT)
        touched = known.touching(self.trigger, found.latest)
        for code, mine in self._by_rule(np.flatnonzero(given)):
            rule, calendar = self.shelf.rules[code]
            if not pauses.can_move(rule):
                verdict.put(mine, faulty(len(mine), EARLY))
                continue
            moved = known.move(rule, self.trigger, calendar, mine[touched[mine]])
            at = moved.rows
            found.due[at], found.earliest[at], found.latest[at] = moved.due, moved.earliest, moved.latest
            verdict.put(at, judge_open(self._ends(at), self.trigger[at], self.now, self.shelf.days[code]))
            stopped = at[(since[at] <= moved.nominal) & np.isin(verdict.state[at], _RUNNING)]
            verdict.state[stopped] = _SUSPENDED
            failed = at[moved.failed]
            verdict.put(failed, faulty(len(failed), _UNSETTLED))
        rows = np.flatnonzero(wrong & (verdict.fault == NO_FAULT))
        verdict.put(rows, faulty(len(rows), EARLY))

    def finish(self, done: np.ndarray, given: np.ndarray) -> None:
        """Judge the rows that were done."""
        judged, verdict = self.shelf.judged, self.found.verdict
        able = given & (verdict.fault == NO_FAULT)
        early = np.flatnonzero(able & (done < self.trigger))
        early = early[np.isin(judged.facts.sort.take(self.index[early]), BEGUN)]
        verdict.put(early, faulty(len(early), EARLY))
        able[early] = False
        able &= done <= self.now
        if self.shelf.has_quota:
            able &= (done >= judged.done_from.take(self.index)) & (done <= judged.done_to.take(self.index))
        for days, mine in self._by_calendar(able):
            rows = all_or_some(mine)
            verdict.put(rows, judge_done(self._ends(rows), done[rows], days))

    def _by_calendar(self, rows: np.ndarray) -> Iterator[tuple[Days, np.ndarray]]:
        """The calendars that rows are counted in, each with its own among the rows."""
        held = self.shelf.calendars
        if self.codes is None or len(held) <= 1:
            yield from ((days, rows) for days in held)
            return
        place = self.shelf.places[self.codes]
        yield from ((days, rows & (place == n)) for n, days in enumerate(held))


def all_or_some(mask: np.ndarray) -> Any:
    """The rows that are true: where all are, a slice, so that none has to be moved."""
    return slice(None) if mask.all() else np.flatnonzero(mask)
