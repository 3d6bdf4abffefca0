"""The state of an item on a day (S28-S30): judged from the span of its due date and what had happened by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Final

from rulecal.civil import add_months
from rulecal.errors import CalendarCoverageError, InvalidPeriodError
from rulecal.law.limit import Period, Unit
from rulecal.needs import maybe, need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rulecal.calendars.working import WorkingCalendar


class State(Enum):
    """The closed list of states."""

    NOT_STARTED = "not_started"
    """The trigger lies after the day asked about."""
    OPEN = "open"
    DUE_SOON = "due_soon"
    """Near, by the policy asked for; by default one working day left, or less (S29)."""
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


URGENCY: Final = (
    State.OVERDUE,
    State.MISSED,
    State.PAST_PROMISE,
    State.SHORT,
    State.DISPUTED,
    State.UNDETERMINED,
    State.DUE_TODAY,
    State.DUE_SOON,
    State.AT_RISK,
    State.OPEN,
    State.SUSPENDED,
    State.ON_TRACK,
    State.NOT_STARTED,
    State.MET_DISPUTED,
    State.REVIEW,
    State.MET_LATE,
    State.MET,
)
"""The states in the order in which a person wants to see them."""


@dataclass(frozen=True, slots=True)
class WarningPolicy:
    """When something is due soon (S29): so much left in days, or so small a share of the whole period.

    There is no national threshold: a policy says whose it is.

    Attributes:
        name: What it is called.
        left: So much left, or less, is soon; None where only the share counts.
        share: So many per cent of the period left, or less, is soon; 0 where only `left` counts.
        source: Where the threshold comes from.
    """

    name: str
    left: Period | None = None
    share: int = 0
    source: str = ""

    def __post_init__(self) -> None:
        need(self.name, str, "the name of a policy", "a text")
        maybe(self.left, Period, "what is left", "rulecal.Period(1, rulecal.Unit.WORKING_DAY), or None")
        need(self.share, int, "a share", "per cent as a whole number, 0 to 100")
        if not 0 <= self.share <= 100:  # noqa: PLR2004
            raise InvalidPeriodError(f"a share of {self.share} per cent", hint="0 to 100 per cent of the period left")

    def warns(self, as_of: date, due: date, start: date | None, unit: Unit | None, calendar: WorkingCalendar) -> bool:
        """Whether a due date is near on a day, for a window in `unit` that began on `start`."""
        near = self.left is not None and _is_near(self.left, as_of, due, calendar)
        return near or self._is_short(as_of, due, start, unit, calendar)

    def _is_short(
        self, as_of: date, due: date, start: date | None, unit: Unit | None, calendar: WorkingCalendar
    ) -> bool:
        """Whether so small a share of the whole period is left."""
        if not self.share or start is None:
            return False
        in_days = unit is not Unit.WORKING_DAY
        left, whole = (
            (_day(due) - _day(after)).days if in_days else count(after, due, calendar) for after in (as_of, start)
        )
        return left is not None and whole is not None and left * 100 <= whole * self.share


LAST_WORKING_DAY: Final = WarningPolicy(
    "last-working-day",
    Period(1, Unit.WORKING_DAY),
    source="our default; a municipal rule on supervising approvals has it for promises (one source)",
)
"""One working day left, or less: the default."""

RUNNING: Final = frozenset({State.OPEN, State.DUE_SOON, State.DUE_TODAY, State.ON_TRACK})
"""The states in which a clock runs, so that something can stop it."""
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
    start: date | None = None,
    unit: Unit | None = None,
    policy: WarningPolicy = LAST_WORKING_DAY,
) -> Status:
    """The status of something to be done by a day.

    Args:
        ends: For each reading the first and the last possible due date (moments for hour rules).
        as_of: The day asked about.
        done: When it was done, if it was by then.
        calendar: To count working days with.
        inferred: The date is our inference: it may warn, it is never plainly overdue.
        start: When its window began, for a policy that asks for a share of it.
        unit: The unit of its window.
        policy: When it is due soon.
    """
    at = done or as_of
    found = place(ends, at)
    if found is Place.BEFORE:
        if done is not None:
            return status(State.MET)
        earliest = min(first for first, _ in ends)
        today = _day(earliest) == _day(as_of)
        soon = not today and policy.warns(as_of, earliest, start, unit, calendar)
        state = State.DUE_TODAY if today else State.DUE_SOON if soon else State.OPEN
        return status(state, days_left=(_day(earliest) - _day(as_of)).days)
    if found is Place.OPEN:
        return status(State.UNDETERMINED)
    if found is Place.DISPUTED or inferred:
        return status(State.DISPUTED if done is None else State.MET_DISPUTED)
    state = State.OVERDUE if done is None else State.MET_LATE
    latest = max(last for _, last in ends)
    over = (_day(at) - _day(latest)).days
    return Status(state, state.is_overdue, certain=True, days_over=over, working_days_over=count(latest, at, calendar))


def count(after: date, through: date, calendar: WorkingCalendar) -> int | None:
    """Working days in (after, through], or None where the calendar cannot say."""
    try:
        return calendar.working_days(after, through)
    except CalendarCoverageError:
        return None


def _is_near(left: Period, as_of: date, due: date, calendar: WorkingCalendar) -> bool:
    """Whether so much is left, or less."""
    if left.unit is Unit.WORKING_DAY:
        days = count(as_of, due, calendar)
        return days is not None and days <= left.amount
    if left.unit is Unit.HOUR:
        return _hours(as_of, due) <= left.amount
    if left.unit is Unit.CALENDAR_DAY:
        return (_day(due) - _day(as_of)).days <= left.amount
    try:
        return _day(due) <= add_months(_day(as_of), left.months)
    except OverflowError:  # no due date comes after the last day there is
        return True


def _hours(after: date, until: date) -> float:
    """The hours from a moment to another; a day stands for its first moment."""
    if isinstance(after, datetime) and isinstance(until, datetime):
        return (until - after).total_seconds() / 3600
    return (_day(until) - _day(after)).days * 24


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
