"""Arrays and series: a due date is one look-up, a count is two, for ten rows or ten million."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rulecal.calendars import chosen
from rulecal.columns._bad import BadRows, day_of
from rulecal.columns._later import Later
from rulecal.columns.cases import Pauses
from rulecal.columns.doors import NAT, Ticks, read, spread
from rulecal.columns.facts import NULL, due_column, latest_column
from rulecal.columns.ranks import days_of
from rulecal.deadlines.short import _rule as rule_of
from rulecal.errors import InvalidCaseError, InvalidPeriodError, NotADateError

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule
else:
    np = Later("numpy", "numpy")

Errors = Literal["raise", "null"]


def due_dates(
    rule: str | Rule,
    column: Any,
    *,
    region: str | None = None,
    calendar: WorkingCalendar | None = None,
    errors: Errors = "raise",
    exclusions: tuple[Any, Any] | None = None,
    out: Any = None,
) -> Any:
    """The safe due date (届满日) of each row: what `Rule.deadline(...).due` gives, at the speed of memory.

    Args:
        rule: An id of the catalogue, or a rule that is not counted in hours.
        column: The triggers: numpy `datetime64` (D, s, ms, us, ns), a pandas or polars series, a pyarrow array. Moments
            with a time zone are read in Beijing, those without are Beijing wall clock. Nulls stay null.
        region: Whose calendar counts; the rule's own by default, else national days.
        calendar: A calendar to count in, instead of a region.
        errors: `"raise"`, or `"null"` for a null where a row has no due date.
        exclusions: Whole days that are not counted (不计入, S26): an array of first days and one of last days, both
            inclusive, with one a row or several (n, k), NaT where there is none. Where the last day is NaT it is not
            known yet: the due date is null if the window was still running. That the law excludes them is for the
            caller to know.
        out: A `datetime64[D]` array to write to and give back, for a numpy column; it may be the column itself.

    Raises:
        NotADateError: If the column holds no days (also a `TypeError`).
        NoDeadlineError: If no date follows from the rule at all.
        InvalidPeriodError: If the rule is counted in hours.
        InvalidCaseError: If exclusions cannot move the rule, or do not fit the column.
        RulecalError: The error of the first row without a due date, with `row` and `count`.

    >>> import numpy as np
    >>> import rulecal as rc
    >>> rule = rc.within(3, rc.Unit.WORKING_DAY)
    >>> due_dates(rule, np.array(["2022-09-30", "NaT"], "datetime64[D]"))
    array(['2022-10-10',        'NaT'], dtype='datetime64[D]')
    """
    _check_errors(errors)
    rule = rule_of(rule)
    held = chosen(calendar, region or rule.region)
    wide = isinstance(column, np.ndarray)
    ticks = read(column)
    _check_out(out, len(ticks), wide=wide)
    pauses = None if exclusions is None else Pauses.read(exclusions, len(ticks))
    table = due_column(rule, held, wide=wide)
    apart = out is not None and not np.may_share_memory(out, column)
    found = out.view("i8") if apart else np.empty(len(ticks), table.dtype)
    bad = BadRows.joined(spread(len(ticks), lambda rows: _look_up(table, ticks, rows, found)))
    if errors == "raise":
        bad.raise_any(lambda day: rule.deadline(day_of(day), calendar=held))
    if pauses is not None:
        pauses.check(rule)
        bad = BadRows.joined(spread(len(ticks), lambda rows: _pause(found, table[0], pauses, ticks, rows, rule, held)))
        if errors == "raise":
            bad.raise_any(pauses.why)
    if out is not None:
        if not apart:
            out.view("i8")[...] = found
        return out
    return found.view("M8[D]") if wide else ticks.dates(found)


def _look_up(table: np.ndarray, ticks: Ticks, rows: range, found: np.ndarray) -> BadRows:
    """Look some rows up in a table with a null at both ends; the rows that are null without need."""
    bad = BadRows()
    for part, days in ticks.pieces(rows):
        due = found[part]
        table.take(days, mode="clip", out=due)
        if due.min() == table[0]:
            bad.note(part, (due == table[0]) & ~ticks.nulls(days), days)
    return bad


def _check_errors(errors: object) -> None:
    if not isinstance(errors, str) or errors not in {"raise", "null"}:
        raise InvalidCaseError(f"errors={errors!r} is not known", hint="'raise', or 'null' for a null in such rows")


def _check_out(out: Any, rows: int, *, wide: bool) -> None:
    if out is None:
        return
    fits = wide and isinstance(out, np.ndarray) and out.shape == (rows,) and out.flags.writeable
    if not fits or out.dtype != np.dtype("M8[D]"):
        raise NotADateError(
            f"out must be a datetime64[D] array of {rows} rows that can be written to, for a numpy column",
            hint=f"np.empty({rows}, 'datetime64[D]')",
        )


def _pause(
    found: np.ndarray, none: Any, pauses: Pauses, ticks: Ticks, share: range, rule: Rule, calendar: WorkingCalendar
) -> BadRows:
    """Move the due dates of rows with exclusions; the rows that then have none."""
    bad, latest = BadRows(), latest_column(rule, calendar)
    for part, days in ticks.pieces(share):
        due, mine = found[part], pauses.at(part)
        rows = np.flatnonzero(mine.touching(days, latest.take(days, mode="clip")))
        moved = mine.move(rule, days, calendar, rows[due[rows] != none])
        due[moved.rows] = np.where(moved.due == NULL, none, moved.due)
        failed = np.zeros(len(days), bool)
        failed[moved.rows] = moved.failed
        bad.note(part, failed, days)
    return bad


def count_working_days(
    after: Any,
    through: Any,
    *,
    region: str | None = None,
    calendar: WorkingCalendar | None = None,
    errors: Errors = "raise",
) -> Any:
    """How many working days lie in (after, through] in each row: the first day excluded, the last included.

    Negative the other way round, as `WorkingCalendar.working_days`.

    Args:
        after: A column of days.
        through: A column of days of the same length.
        region: Whose calendar counts; national days by default.
        calendar: A calendar to count in, instead of a region.
        errors: `"raise"`, or `"null"` for a null where the calendar cannot say.

    Returns:
        Whole numbers, in a column of the kind that came in; in numpy, where a row is null, floats with NaN.

    Raises:
        NotADateError: If a column holds no days (also a `TypeError`).
        InvalidCaseError: If the columns differ in length.
        CalendarCoverageError: For the first row that leaves the calendar, with `row` and `count`; an
            `UnsettledDayError` if an open day lies between.

    >>> import numpy as np
    >>> received, done = np.array([["2022-06-27", "2022-07-08"], ["2022-07-20"] * 2], "datetime64[D]")
    >>> count_working_days(received, done, region="640500")
    array([15,  6])
    """
    _check_errors(errors)
    held = chosen(calendar, region)
    one, other = read(after), read(through)
    if len(one) != len(other):
        raise InvalidCaseError(f"{len(one)} rows and {len(other)} rows", hint="pass columns of one length")
    days, found = days_of(held), np.empty(len(one), "i8")

    def count(rows: range) -> BadRows:
        bad = BadRows()
        for (part, low), (_, high) in zip(one.pieces(rows), other.pieces(rows), strict=True):
            known = days.between(low, high, found[part])
            if known is not None:
                found[part][~known] = NAT
                bad.note(part, ~known & ~one.nulls(low) & ~other.nulls(high), low, high)
        return bad

    bad = BadRows.joined(spread(len(one), count))
    if errors == "raise":
        bad.raise_any(lambda low, high: held.working_days(day_of(low), day_of(high)))
    return one.numbers(found)


def shift_working_days(
    column: Any,
    n: Any,
    *,
    region: str | None = None,
    calendar: WorkingCalendar | None = None,
    errors: Errors = "raise",
) -> Any:
    """The `n`-th working day strictly after each day (n > 0) or before it (n < 0), each row with an `n` of its own.

    As `WorkingCalendar.shift`: 0 gives the day itself.

    Args:
        column: A column of days.
        n: A whole number, or an array of as many whole numbers.
        region: Whose calendar counts; national days by default.
        calendar: A calendar to count in, instead of a region.
        errors: `"raise"`, or `"null"` for a null where the calendar cannot say.

    Raises:
        NotADateError: If the column holds no days (also a `TypeError`).
        InvalidPeriodError: If `n` is not whole numbers, one a row.
        CalendarCoverageError: For the first row that leaves the calendar, with `row` and `count`; an
            `UnsettledDayError` if an open day lies on the way.

    >>> import numpy as np
    >>> shift_working_days(np.array(["2022-06-27"] * 2, "datetime64[D]"), np.array([15, -1]), region="640500")
    array(['2022-07-20', '2022-06-24'], dtype='datetime64[D]')
    """
    _check_errors(errors)
    held = chosen(calendar, region)
    ticks = read(column)
    amounts = _amounts(n, len(ticks))
    days, found = days_of(held), np.empty(len(ticks), "i8")

    def shift(rows: range) -> BadRows:
        bad = BadRows()
        for part, start in ticks.pieces(rows):
            known = days.shift(start, amounts[part], found[part])
            if known is not None:
                found[part][~known] = NAT
                bad.note(part, ~known & ~ticks.nulls(start), start, amounts[part])
        return bad

    bad = BadRows.joined(spread(len(ticks), shift))
    if errors == "raise":
        bad.raise_any(lambda day, k: held.shift(day_of(day), k))
    if isinstance(column, np.ndarray):
        return found.view("M8[D]")
    return ticks.dates(np.where(found == NAT, NULL, found).astype("i4"))


def _amounts(n: Any, rows: int) -> np.ndarray:
    found = np.asarray(n)
    if found.dtype.kind not in "iu" or found.shape not in {(), (rows,)}:
        raise InvalidPeriodError(
            f"a whole number is needed, or {rows} of them, not {type(n).__name__} of {found.dtype} {found.shape}",
            hint="pass an int, or an array of integers without nulls",
        )
    return np.broadcast_to(found.astype("i8", copy=False), (rows,))
