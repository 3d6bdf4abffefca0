"""Exclusions (不计入) for whole columns: several a row, joined, and moved on as the end moves (S26). No loop over rows.

Everything is done in ranks. A window counts *steps*: working days, or calendar days. An exclusion from one day through
another takes away the steps after the day before it, up to its last day. Taken in the order in which they begin, each
one that begins before the end moves the end on by the steps that no earlier one has taken; the roll comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._bad import day_of
from rulecal.columns._later import Later
from rulecal.columns.doors import read
from rulecal.columns.facts import NEVER, NULL, number
from rulecal.columns.ranks import days_of
from rulecal.errors import CalendarCoverageError, InvalidCaseError
from rulecal.law.limit import Kind, Unit, Window

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule
    from rulecal.deadlines.ways import Way
else:
    np = Later("numpy", "numpy")

_MOVED: Final = frozenset({Kind.WITHIN, Kind.PROMISE, Kind.AT_LEAST})
_OPEN_END: Final = 1 << 30
"""A last day, or a step, that is not known yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """The rows of a piece that have exclusions, and where their windows end, `NULL` where one cannot say (yet).

    Attributes:
        rows: Which rows of the piece.
        due: The safe due date.
        earliest: Of all readings.
        latest: Of all readings.
        nominal: The last day that is counted, before any roll, on the latest reading.
        failed: Which have no answer.
    """

    rows: np.ndarray
    due: np.ndarray
    earliest: np.ndarray
    latest: np.ndarray
    nominal: np.ndarray
    failed: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Pauses:
    """The exclusions of a column: first and last days (k, rows) in 32 bits, both inclusive, `NULL` for none."""

    first: np.ndarray
    last: np.ndarray

    @classmethod
    def read(cls, exclusions: Any, rows: int) -> Pauses:
        """The exclusions of so many rows: a pair of first and last days.

        Raises:
            NotADateError: If they are no days.
            InvalidCaseError: If they do not fit the rows, or one ends before it begins.
        """
        if not isinstance(exclusions, tuple | list) or len(exclusions) != 2:  # noqa: PLR2004
            raise InvalidCaseError(
                f"exclusions are a pair of arrays, not {type(exclusions).__name__}",
                hint="exclusions=(first_days, last_days)",
            )
        first, last = exclusions
        pauses = cls(_matrix(first, rows), _matrix(last, rows))
        if pauses.first.shape != pauses.last.shape:
            raise InvalidCaseError(
                f"{len(pauses.first)} first days a row and {len(pauses.last)} last days",
                hint="pass two arrays of one shape",
            )
        wrong = pauses.wrong
        if wrong.any():
            row, count = int(wrong.argmax()), int(wrong.sum())
            raise InvalidCaseError(
                f"row {row} ({count} in all): an exclusion ends before it begins, or has no first day",
                hint="first and last days are inclusive; NaT in both is no exclusion",
                row=row,
                count=count,
            )
        return pauses

    @property
    def wrong(self) -> np.ndarray:
        """The rows with an exclusion that ends before it begins, or has no first day."""
        return ((self.last != NULL) & ((self.first == NULL) | (self.last < self.first))).any(axis=0)

    @staticmethod
    def check(rule: Rule) -> None:
        """Refuse a rule that exclusions cannot move.

        Raises:
            InvalidCaseError: For fixed dates, quotas and what is counted back.
        """
        if not Pauses.can_move(rule):
            raise InvalidCaseError(
                f"exclusions move a window, not a rule of the kind {rule.kind.value}",
                hint="leave the exclusions out",
                rule=rule.id,
            )

    @staticmethod
    def can_move(rule: Rule) -> bool:
        """Whether exclusions move the rule: windows of days, months or years, but for those that days off lengthen."""
        limit = rule.limit
        if rule.kind not in _MOVED or not isinstance(limit, Window) or limit.period.unit is Unit.HOUR:
            return False
        return not any(norm.published or norm.limit.lengthens for norm in rule.norms if isinstance(norm.limit, Window))

    @staticmethod
    def why(day: int) -> None:
        """Why a row has no due date with its exclusions.

        Raises:
            CalendarCoverageError: Always.
        """
        raise CalendarCoverageError(
            f"from {day_of(day)} with its exclusions the count meets a day that no notice has settled, "
            "or leaves the calendar",
            hint="add the notice of the year",
        )

    def at(self, part: slice) -> Pauses:
        """Those of a piece of the rows."""
        return Pauses(self.first[:, part], self.last[:, part])

    def by(self, day: int) -> tuple[Pauses, np.ndarray]:
        """As known on a day (S28), and since when each row has been in one that goes on, `NEVER` if in none.

        What begins later is not known; what ends later, or has no end yet, goes on and has lasted through that day.
        """
        begun = (self.first != NULL) & (self.first <= day)
        goes_on = begun & ((self.last == NULL) | (self.last > day))
        last = np.where(goes_on, np.int32(day), np.where(begun, self.last, NULL))
        since = np.where(goes_on, self.first, NEVER).min(axis=0, initial=NEVER)
        return Pauses(np.where(begun, self.first, NULL), last), since

    def touching(self, trigger: np.ndarray, latest: np.ndarray) -> np.ndarray:
        """Which rows have an exclusion that has a day from the trigger to the last day on which the window can end.

        What ends before or begins after has no effect (S25), whatever the days in between may be.
        """
        given = (self.first != NULL) & ((self.last == NULL) | (self.last >= trigger)) & (self.first <= latest)
        return given.any(axis=0)

    def move(self, rule: Rule, trigger: np.ndarray, calendar: WorkingCalendar, rows: np.ndarray) -> Moved:
        """The windows of some rows, as exclusions move them."""
        start, first, last = trigger[rows], self.first[:, rows], self.last[:, rows]
        ends, nominal = np.full((2, len(rows)), NULL, "i8"), np.full(len(rows), NULL, "i8")
        for version in rule.versions:
            low, high = _force(version)
            mine = np.flatnonzero((start >= low) & (start <= high))
            found = [_end(way, start[mine], first[:, mine], last[:, mine], calendar) for way in version.ways]
            days = [end for end, _ in found]
            ends[:, mine] = np.minimum.reduce(days), np.maximum.reduce(days)
            nominal[mine] = np.maximum.reduce([last for _, last in found])
        waits, failed = ends[1] == _OPEN_END, ends[0] == NULL
        ends[:, failed | waits] = NULL
        due = ends[int(rule.kind is Kind.AT_LEAST)]
        return Moved(rows, due, ends[0], ends[1], nominal, failed)


def _force(version: Rule) -> tuple[int, int]:
    first, last = version.force.first, version.force.last
    return number(first) if first else -_OPEN_END, number(last) if last else _OPEN_END


def _matrix(column: Any, rows: int) -> np.ndarray:
    array = None if getattr(column, "ndim", 1) == 1 else np.asarray(column)
    flat = read(column if array is None else array.reshape(-1), "a column of exclusions").whole()
    shape = (len(flat),) if array is None else array.shape
    if shape[:1] != (rows,) or len(shape) > 2:  # noqa: PLR2004
        raise InvalidCaseError(
            f"exclusions of the shape {shape} for {rows} rows", hint="pass arrays of the shape (rows, k)"
        )
    return np.ascontiguousarray(flat.reshape(rows, *(shape[1:] or (1,))).T)


def _end(
    way: Way, trigger: np.ndarray, first: np.ndarray, last: np.ndarray, calendar: WorkingCalendar
) -> tuple[np.ndarray, np.ndarray]:
    """Where a way of counting ends, and where it did before any roll.

    `NULL` where the calendar cannot say, `_OPEN_END` where an exclusion is open.
    """
    days = days_of(calendar)
    start = trigger - way.same_day
    none, opened = first == NULL, last == NULL
    if way.unit is Unit.WORKING_DAY:
        begin = days.rank(start)
        before, through = days.rank(first.astype("i8") - 1), days.rank(last.astype("i8"))
    else:
        begin, before, through = start, np.maximum(first.astype("i8") - 1, 0), np.maximum(last, 0)
    before[none] = 0
    through = np.where(opened, np.where(none, 0, _OPEN_END), through)
    target = _push(begin, _unmoved(way, trigger, begin), before, through)
    waits = target >= _OPEN_END
    if way.unit is Unit.WORKING_DAY:
        end = days.days.take(target - 1, mode="clip")
        end = np.where((target <= len(days.days)) & days.known(start, end), end, NULL)
        since = np.where(opened & ~none, first, _OPEN_END).min(axis=0)
        fails = waits & ~days.known(start, since - 1)  # whether the window still ran hangs on open days
        waits, end = waits & ~fails, np.where(fails, NULL, end)
        nominal = end
    else:
        end = _rolled(target, calendar.national if way.nationally else calendar) if way.roll else target
        nominal = target
    return np.where(waits, _OPEN_END, end), nominal


def _unmoved(way: Way, trigger: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """The step on which the window ends without exclusions."""
    if way.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}:
        return begin + way.amount
    return _months_on(trigger, way.amount) - way.same_day


def _push(begin: np.ndarray, target: np.ndarray, before: np.ndarray, through: np.ndarray) -> np.ndarray:
    """The step on which a window ends, where the steps after `before` up to `through` are taken away.

    Args:
        begin: The step after which the window runs.
        target: The step on which it would end.
        before: For each exclusion (k, n) the last step before it.
        through: Its last step.
    """
    before, through = _in_order(before, through)
    reached = begin
    for low, high in zip(before, through, strict=True):
        low = np.maximum(low, reached)  # noqa: PLW2901  (an earlier one has taken the steps up to here)
        taken = np.maximum(high - low, 0)
        taken *= low < target
        target = target + taken
        reached = np.maximum(reached, high)
    return target


def _in_order(before: np.ndarray, through: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The exclusions of each row in the order in which they begin."""
    if len(before) == 1:
        return before, through
    packed = np.left_shift(before.astype("i8"), 32) | through
    packed = np.sort(packed, axis=0)
    return packed >> 32, packed & (2**32 - 1)


def _months_on(day: np.ndarray, months: int) -> np.ndarray:
    """The corresponding day so many months on, or the month's last where there is none (S17)."""
    held = day.view("M8[D]")
    month = held.astype("M8[M]")
    target = month + months
    length = (target + 1).astype("M8[D]") - target.astype("M8[D]")
    return (target.astype("M8[D]") + np.minimum(held - month.astype("M8[D]"), length - 1)).view("i8")


def _rolled(end: np.ndarray, calendar: WorkingCalendar) -> np.ndarray:
    """The first working day on or after each day; `NULL` where that is not settled."""
    days = days_of(calendar)
    rank = days.rank(end - 1)
    landing = days.days.take(rank, mode="clip")
    return np.where(days.known(end - 1, landing) & (rank < len(days.days)), landing, NULL)
