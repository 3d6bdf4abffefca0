"""The status of whole columns (S28-S30): the same judgement as `Deadline.status`, on arrays.

An item that is not done by the day asked about hangs on its trigger alone, so it is judged once a trigger day, in the
table. One that is done is judged row by row, against the four ends of its readings.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._bad import day_of
from rulecal.columns._later import Later
from rulecal.columns.facts import FAULTS, NEVER, NULL, Ends, Facts, Sort, number, sealed
from rulecal.columns.ranks import Days
from rulecal.columns.tables import year_of
from rulecal.deadlines.status import State

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule
else:
    np = Later("numpy", "numpy")

STATES: Final = tuple(State)
"""The states in order; an array of states holds places in it, `NO_STATE` where a fault keeps a row from having one."""
NO_STATE: Final = len(STATES)
_CODE: Final = {state: place for place, state in enumerate(STATES)}

_LATE: Final = (Sort.WINDOW, Sort.DATE)
"""Of these an item done late has days over."""
_BEFORE: Final = {Sort.FLOOR: State.SHORT}
"""What an item is that was done by its date; `MET` where nothing is said."""
_AFTER: Final = {
    Sort.WINDOW: State.MET_LATE,
    Sort.DATE: State.MET_LATE,
    Sort.WINDOW_INFERRED: State.MET_DISPUTED,
    Sort.DATE_INFERRED: State.MET_DISPUTED,
}
"""What it is if it was done after it."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What columns say of items: places in `STATES` and `FAULTS`, days over, `NULL` for none."""

    state: np.ndarray
    days_over: np.ndarray
    working_days_over: np.ndarray
    fault: np.ndarray

    @classmethod
    def of(cls, rows: int) -> Verdict:
        """Room for so many rows."""
        return cls(np.empty(rows, "u1"), np.empty(rows, "i4"), np.empty(rows, "i4"), np.empty(rows, "u1"))

    def at(self, index: Any) -> Verdict:
        """Some of the rows: a view for a slice."""
        return Verdict(*(getattr(self, field.name)[index] for field in fields(self)))

    def put(self, index: Any, other: Verdict) -> None:
        """Set some of the rows."""
        for field in fields(self):
            getattr(self, field.name)[index] = getattr(other, field.name)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A table of trigger days with the verdict of what is not done.

    Attributes:
        facts: The entries.
        verdict: Of an item that is not done by the day asked about.
        done_from: The first day on which doing it counts, for a quota; else before all days.
        done_to: The last such day.
    """

    facts: Facts
    verdict: Verdict
    done_from: np.ndarray
    done_to: np.ndarray

    def __len__(self) -> int:
        return len(self.facts)


def judge_table(facts: Facts, first_day: int, as_of: int, rule: Rule, calendar: WorkingCalendar, days: Days) -> Judged:
    """The verdicts on the entries of a rule: two edges, then one entry a day from `first_day` on."""
    trigger = np.arange(len(facts)) + (first_day - 2)
    verdict = judge_open(facts, trigger, as_of, days)
    done_from, done_to = np.full(len(facts), NULL, "i4"), np.full(len(facts), NEVER, "i4")
    for due in np.unique(facts.due[facts.sort == Sort.QUOTA]):
        mine = (facts.sort == Sort.QUOTA) & (facts.due == due)
        _judge_quota(verdict, mine, done_from, done_to, int(due), as_of, rule, calendar)
    for array in (done_from, done_to, *(getattr(verdict, field.name) for field in fields(verdict))):
        sealed(array)
    return Judged(facts, verdict, done_from, done_to)


def _judge_quota(
    verdict: Verdict,
    mine: np.ndarray,
    done_from: np.ndarray,
    done_to: np.ndarray,
    due: int,
    as_of: int,
    rule: Rule,
    calendar: WorkingCalendar,
) -> None:
    """A quota is asked of the rule itself, once a year: not done, and done once in its year."""
    end = day_of(due)
    deadline = rule.deadline(end, calendar=calendar, outside_force="flag")
    status = deadline.status(as_of=day_of(as_of))
    first, last = year_of(end.year)
    once = deadline.status(as_of=max(day_of(as_of), first), completed=first)
    over = status.working_days_over
    verdict.state[mine] = _CODE[status.state]
    verdict.days_over[mine] = status.days_over
    verdict.working_days_over[mine] = NULL if over is None else over
    enough = once.state is State.MET
    done_from[mine] = number(first) if enough else NEVER
    done_to[mine] = number(last)


def judge_open(ends: Ends, trigger: np.ndarray, as_of: int, days: Days) -> Verdict:
    """The verdict on items that are not done by the day asked about."""
    now = np.full(len(ends), as_of, "i8")
    sort, latest = ends.sort, ends.latest
    met, undetermined, disputed = _CODE[State.MET], _CODE[State.UNDETERMINED], _CODE[State.DISPUTED]
    overdue, opened = _CODE[State.OVERDUE], _CODE[State.OPEN]
    before, after, on_reading = _places(ends, now)
    left, known = days.count(now, ends.earliest)
    running = np.where(known & (left <= 1), _CODE[State.DUE_SOON], opened)
    running = np.where(ends.earliest == now, _CODE[State.DUE_TODAY], running)
    inferred = (sort == Sort.WINDOW_INFERRED) | (sort == Sort.DATE_INFERRED)
    state = np.select([before, after & ~inferred, on_reading | after], [running, overdue, disputed], undetermined)
    state = np.where(sort == Sort.FLOOR, np.where(now <= latest, opened, met), state)
    windows = (sort == Sort.WINDOW) | (sort == Sort.WINDOW_INFERRED) | (sort == Sort.FLOOR)
    state = np.where(windows & (now < trigger), _CODE[State.NOT_STARTED], state)
    state = np.where(sort >= Sort.TASK, np.where(sort == Sort.FAULT, NO_STATE, _CODE[State.REVIEW]), state)
    late = state == overdue
    over = np.where(late, now - latest, 0)
    working, known = days.count(latest, now)
    return _verdict(state, over, np.where(late, np.where(known, working, NULL), 0), ends.fault)


def _verdict(state: np.ndarray, over: np.ndarray, working: np.ndarray, fault: np.ndarray) -> Verdict:
    """A verdict in which a row without a state has no days over."""
    none = state == NO_STATE
    over, working = (np.where(none, NULL, each).astype("i4") for each in (over, working))
    return Verdict(state.astype("u1"), over, working, fault.astype("u1"))


def _places(ends: Ends, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether a day lies on or before the due date, after it, or after it on one reading only (`status.place`)."""
    before, after = at <= ends.earliest, at > ends.latest
    return before, after, ~before & ~after & (ends.last_min < at) & (at <= ends.first_max)


def judge_done(ends: Ends, done: np.ndarray, days: Days) -> Verdict:
    """The verdict on items that were done by the day asked about."""
    sort = ends.sort
    before, after, on_reading = _places(ends, done + (sort == Sort.FLOOR))  # a floor: open through its last day
    place = before.view("u1") | after.view("u1") << 1 | on_reading.view("u1") << 2
    state = _done_states().take(sort * _PLACES | place)
    over, working = np.zeros((2, len(ends)), "i4")
    late = np.flatnonzero(after & (sort <= max(_LATE)))
    if len(late):
        latest, when = ends.latest.take(late).astype("i8"), done.take(late)
        found, known = days.count(latest, when)
        over[late], working[late] = when - latest, np.where(known, found, NULL)
    return Verdict(state, over, working, ends.fault)


_PLACES: Final = 8
_DONE_PLACES: Final[dict[int, dict[Sort, State] | State]] = {
    0: State.UNDETERMINED,
    1: _BEFORE,
    2: _AFTER,
    4: State.MET_DISPUTED,
}
"""The state of what was done where open days decide, before its date, after it, or after it on one reading only."""
_SURELY_MET: Final = (Sort.NO_DATE, Sort.QUOTA, Sort.TASK)


@cache
def _done_states() -> np.ndarray:
    """For each sort the states of the places, one after the other."""
    found = np.zeros((len(Sort), _PLACES), "u1")
    for sort in Sort:
        for place, said in _DONE_PLACES.items():
            found[sort, place] = _CODE[_done_state(sort, said)]
    return sealed(found.reshape(-1))


def _done_state(sort: Sort, said: dict[Sort, State] | State) -> State:
    if sort in _SURELY_MET:
        return State.MET
    return said if isinstance(said, State) else said.get(sort, State.MET)


BEGUN: Final = (Sort.WINDOW, Sort.WINDOW_INFERRED, Sort.FLOOR, Sort.TASK)
"""Of these an item done before its trigger is a fault (S30)."""
EARLY: Final = FAULTS.index("invalid-case")


def faulty(rows: int, fault: int) -> Verdict:
    """The verdict on rows with a fault."""
    none = np.full(rows, NULL, "i4")
    return Verdict(np.full(rows, NO_STATE, "u1"), none, none, np.full(rows, fault, "u1"))
