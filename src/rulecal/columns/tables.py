"""A rule as a finite table, one row a trigger day, asked of `Rule.deadline` row by row: the only source of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rulecal.calendars import chosen
from rulecal.civil import DAY, to_day
from rulecal.columns._later import needed
from rulecal.deadlines.short import _rule as rule_of
from rulecal.errors import InvalidPeriodError, LedgerError, RulecalError, RuleNotInForceError
from rulecal.law.limit import Unit, Window
from rulecal.law.norm import TriggerOn
from rulecal.needs import a_path

if TYPE_CHECKING:
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.deadline import Deadline
    from rulecal.deadlines.rule import Rule


@dataclass(frozen=True, slots=True)
class DueTable:
    """The due dates of a rule from every trigger day of a range, as plain columns of equal length.

    Attributes:
        trigger: The trigger days, one after the other, both ends inclusive.
        due: The safe due date (届满日); None where the rule gives none from that day.
        earliest: The first day it can be, over all readings and open days.
        latest: The last.
        settled: Whether no open day was consulted; None where there is no date.
    """

    trigger: tuple[date, ...]
    due: tuple[date | None, ...]
    earliest: tuple[date | None, ...]
    latest: tuple[date | None, ...]
    settled: tuple[bool | None, ...]

    def __len__(self) -> int:
        return len(self.trigger)

    def __repr__(self) -> str:
        return f"<DueTable of {len(self)} trigger days>"

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name, for `pandas.DataFrame(...)` or `polars.DataFrame(...)`."""
        return {field.name: list(getattr(self, field.name)) for field in fields(self)}

    def to_arrow(self) -> Any:
        """The table as a `pyarrow.Table`, its days as date32.

        Raises:
            MissingExtraError: Without pyarrow (the extra `parquet`).
        """
        pa = needed("pyarrow", "parquet")
        kinds = dict.fromkeys(("trigger", "due", "earliest", "latest"), pa.date32()) | {"settled": pa.bool_()}
        return pa.table(self.to_dict(), schema=pa.schema(list(kinds.items())))

    def write(self, path: str | Path) -> None:
        """The table as a file: `.csv` (days as 2022-07-20, nothing for None) or `.parquet`.

        Raises:
            InvalidArgumentError: If it is no path.
            LedgerError: For any other ending, and where it cannot be written.
            MissingExtraError: For Parquet without pyarrow.
        """
        path = a_path(path, "the file to write")
        try:
            if path.suffix.lower() == ".parquet":
                needed("pyarrow.parquet", "parquet").write_table(self.to_arrow(), path)
            elif path.suffix.lower() == ".csv":
                path.write_text(self._csv(), encoding="utf-8", newline="")
            else:
                raise LedgerError(f"no table is written as {path.name!r}", hint="use .csv or .parquet")
        except OSError as err:
            raise LedgerError(f"{path} cannot be written: {err.strerror}", hint="name another place") from None

    def _csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(field.name for field in fields(self))
        words = {None: "", True: "true", False: "false"}
        for *days, settled in zip(*self.to_dict().values(), strict=True):
            writer.writerow([*(day or "" for day in days), words[settled]])
        return out.getvalue()


def due_table(
    rule: str | Rule,
    first: date,
    last: date,
    *,
    region: str | None = None,
    calendar: WorkingCalendar | None = None,
) -> DueTable:
    """The table of a rule: for SQL joins, for other languages, for any engine that can look a day up.

    Args:
        rule: An id of the catalogue, or a rule.
        first: The first trigger day.
        last: The last trigger day, inclusive.
        region: Whose calendar counts; the rule's own by default.
        calendar: A calendar to count in, instead of a region.

    Raises:
        NoDeadlineError: If no date follows from the rule at all.
        InvalidPeriodError: For a limit in hours, which runs from a moment and has no table of days; or if the last
            trigger comes before the first.

    >>> import rulecal as rc
    >>> table = due_table(rc.within(3, rc.Unit.WORKING_DAY), date(2022, 9, 29), date(2022, 9, 30))
    >>> [day.isoformat() for day in table.due]
    ['2022-10-09', '2022-10-10']
    """
    rule = rule_of(rule)
    check_has_table(rule)
    first, last = to_day(first, "the first trigger"), to_day(last, "the last trigger")
    if last < first:
        raise InvalidPeriodError(
            f"a table from {first} to {last}", hint="the first trigger comes first, both inclusive"
        )
    held = chosen(calendar, region or rule.region)
    days, found = [], []
    for day, answer in answers(rule, first, last, held):
        days.append(day)
        known = not isinstance(answer, RulecalError)
        found.append((answer.due, answer.earliest, answer.latest, answer.settled) if known else (None,) * 4)
    return DueTable(tuple(days), *(tuple(row[n] for row in found) for n in range(4)))  # type: ignore[arg-type]


def check_has_table(rule: Rule) -> None:
    """Refuse a rule that has no table of days: one without a date, one in hours.

    Raises:
        NoDeadlineError: If no date follows from the rule.
        InvalidPeriodError: If it is counted in hours.
    """
    if not rule.is_computable:
        rule.deadline()
    if in_hours(rule):
        raise hours_error(rule)


def in_hours(rule: Rule) -> bool:
    """Whether a rule is counted in hours, so from a moment and not from a day."""
    return isinstance(rule.limit, Window) and rule.limit.period.unit is Unit.HOUR


def hours_error(rule: Rule) -> InvalidPeriodError:
    """Why a rule in hours has no column."""
    return InvalidPeriodError(
        f"{rule.id or 'this rule'} is counted in hours, from a moment: there is no table of days",
        hint="ask Rule.deadline(moment) row by row",
        rule=rule.id,
    )


def answers(
    rule: Rule, first: date, last: date, calendar: WorkingCalendar
) -> Iterator[tuple[date, Deadline | RulecalError]]:
    """Each trigger day with its deadline, or with the error that says why there is none.

    A rule of one version that is not counted from a trigger has one answer a civil year, and a window has one error for
    days of which no text is held: these are asked for once.
    """
    windows = isinstance(rule.limit, Window)
    alike = windows and rule.norm.trigger.on is not TriggerOn.MONTH_END
    by_year = not windows and len(rule.versions) == 1
    forces = [version.force for version in rule.versions]
    year = 0
    answer: Deadline | RulecalError | None = None
    outside: RulecalError | None = None
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if by_year and answer is not None and day.year == year:
            yield day, answer
            continue
        if alike and outside is not None and not any(day in force for force in forces):
            yield day, outside
            continue
        year, answer = day.year, ask(rule, day, calendar)
        outside = answer if isinstance(answer, RuleNotInForceError) else None
        yield day, answer


def ask(rule: Rule, trigger: date | None, calendar: WorkingCalendar) -> Deadline | RulecalError:
    """The deadline, or the error."""
    try:
        return rule.deadline(trigger, calendar=calendar)
    except RulecalError as err:
        return err


def year_of(year: int) -> tuple[date, date]:
    """The first and last day of a civil year."""
    return date(year, 1, 1), date(year + 1, 1, 1) - DAY
