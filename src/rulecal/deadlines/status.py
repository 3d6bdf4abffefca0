"""The state of an item on a day (S28-S30): judged from the span of its due date and what had happened by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from rulecal.errors import CalendarCoverageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rulecal.calendars.working import WorkingCalendar


class State(Enum):
    """The closed list of states."""

    NOT_STARTED = "not_started"
    """The trigger lies after the day asked about."""
    OPEN = "open"
    DUE_SOON = "due_soon"
    """One working day left, or less (S29)."""
    DUE_TODAY = "due_today"
    SUSPENDED = "suspended"
    """An exclusion (不计入) has begun and not ended."""
    DISPUTED = "disputed"
    """Late on one reading of the text, not on another (S22)."""
    UNDETERMINED = "undetermined"
    """Late or not, depending on a notice that is not installed (S10)."""
    PAST_PROMISE = "past_promise"
    """Past the promised limit (承诺), not past the law's (法定)."""
    OVERDUE = "overdue"
    """Late on every reading, and not done."""
    MET = "met"
    MET_DISPUTED = "met_disputed"
    """Done between the first and the last arguable date."""
    MET_LATE = "met_late"
    SHORT = "short"
    """A window that had to stay open was closed too early."""
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    """A quota with something missing in the last quarter of the year."""
    MISSED = "missed"
    """A quota not met when its year ended."""
    REVIEW = "review"
    """No date follows from the text: to be looked at, never overdue."""

    @property
    def is_overdue(self) -> bool:
        """Whether something that had to be done by now is plainly not done."""
        return self in {State.OVERDUE, State.MISSED}


_UNCERTAIN = frozenset({State.DISPUTED, State.UNDETERMINED, State.MET_DISPUTED})


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an item on a day.

    Attributes:
        state: One of the closed list.
        is_overdue: It had to be done before the day asked about, on every reading, and was not.
        certain: No reading and no awaited notice can change the state.
        days_left: Calendar days from that day to the due date; 0 once it has passed or the item is done.
        days_over: Calendar days past the last arguable due date, until that day or the completion; else 0.
        working_days_over: The same in working days (0 is still late, S30); None where a day on the way is not settled.
        short_by: For a floor closed early: by how many of the rule's own units.
    """

    state: State
    is_overdue: bool
    certain: bool
    days_left: int = 0
    days_over: int = 0
    working_days_over: int | None = 0
    short_by: int = 0
    awaits: tuple[str, ...] = ()
    """The notices that an undetermined state awaits."""


class Place(Enum):
    """Where a day lies against the due date, over all readings and all that open days may turn into."""

    BEFORE = "before"
    """On or before it, in every case."""
    AFTER = "after"
    """After it, in every case."""
    DISPUTED = "disputed"
    """After it on one reading, not on another."""
    OPEN = "open"
    """It depends on open days."""


def place(ends: Sequence[tuple[date, date]], at: date) -> Place:
    """Where a day lies, given the first and last due date of each reading.

    Where every day before `at` is settled no reading is in doubt: a due date before it hangs on those days only (S10).
    """
    late = {True if last < at else False if at <= first else None for first, last in ends}
    if {True, False} <= late:
        return Place.DISPUTED
    if None in late:
        return Place.OPEN
    return Place.AFTER if True in late else Place.BEFORE


def status(state: State, *, certain: bool = True, days_left: int = 0, short_by: int = 0) -> Status:
    """A status of something that is not late."""
    return Status(state, state.is_overdue, certain and state not in _UNCERTAIN, days_left, short_by=short_by)


def act_by(
    ends: Sequence[tuple[date, date]],
    as_of: date,
    done: date | None,
    calendar: WorkingCalendar,
    *,
    inferred: bool = False,
) -> Status:
    """The status of something to be done by a day.

    Args:
        ends: For each reading the first and the last possible due date (moments for hour rules).
        as_of: The day asked about.
        done: When it was done, if it was by then.
        calendar: To count working days with.
        inferred: The date is our inference: it may warn, it is never plainly overdue.
    """
    at = done or as_of
    found = place(ends, at)
    if found is Place.BEFORE:
        if done is not None:
            return status(State.MET)
        earliest = min(first for first, _ in ends)
        return status(_open_state(earliest, as_of, calendar), days_left=(_day(earliest) - _day(as_of)).days)
    if found is Place.OPEN:
        return status(State.UNDETERMINED)
    if found is Place.DISPUTED or inferred:
        return status(State.DISPUTED if done is None else State.MET_DISPUTED)
    state = State.OVERDUE if done is None else State.MET_LATE
    latest = max(last for _, last in ends)
    over = (_day(at) - _day(latest)).days
    return Status(state, state.is_overdue, certain=True, days_over=over, working_days_over=count(latest, at, calendar))


def _open_state(due: date, as_of: date, calendar: WorkingCalendar) -> State:
    if _day(due) == _day(as_of):
        return State.DUE_TODAY
    left = count(as_of, due, calendar)
    return State.DUE_SOON if left is not None and left <= 1 else State.OPEN


def count(after: date, through: date, calendar: WorkingCalendar) -> int | None:
    """Working days in (after, through], or None where the calendar cannot say."""
    try:
        return calendar.working_days(after, through)
    except CalendarCoverageError:
        return None


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
