"""The report: what is overdue, what is not, by state and by unit; on paper, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, date
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from rulecal.calendars import calendar, need_calendar
from rulecal.civil import to_day
from rulecal.deadlines.replay import Moved
from rulecal.deadlines.status import URGENCY as _URGENCY
from rulecal.errors import CalendarCoverageError, LedgerError
from rulecal.law.source import article
from rulecal.ledger.check import Checker, Result, rules_of
from rulecal.ledger.events import read_events
from rulecal.ledger.read import Item, in_order, read_items
from rulecal.ledger.year import duties, read_done, yearly
from rulecal.needs import a_path, a_region, need, one_of
from rulecal.present.terms import limit_words

if TYPE_CHECKING:
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule

_GROUPS: Final = ("lead", "state", "rule")
URGENCY: Final = tuple(state.value for state in _URGENCY)
"""The states in the order in which a person wants to see them."""


@dataclass(frozen=True, slots=True)
class Report:
    """The items of a ledger checked on a day.

    Attributes:
        as_of: The day asked about.
        results: The items that could be checked, in the ledger's order.
        faults: What is wrong with the file, each a `LedgerError` with file, row, column and value.
    """

    as_of: date
    results: tuple[Result, ...]
    faults: tuple[LedgerError, ...]

    @property
    def overdue(self) -> tuple[Result, ...]:
        """The items that had to be done before `as_of`, and were not."""
        return tuple(result for result in self.results if result.status.is_overdue)

    @property
    def by_urgency(self) -> tuple[Result, ...]:
        """The items with what is late first, the longest late before the others, then by due date."""
        return tuple(sorted(self.results, key=_urgency))

    def by(self, what: Literal["lead", "state", "rule"]) -> dict[str, tuple[Result, ...]]:
        """The items grouped by unit in charge, by state or by rule, in order of first appearance.

        An item of several units stands under each of them.

        Raises:
            InvalidArgumentError: If it is asked for by something else.
        """
        one_of(what, _GROUPS, "what to group by")
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            for key in {"lead": result.units, "state": (result.status.state.value,), "rule": (result.rule.id,)}[what]:
                groups.setdefault(key, []).append(result)
        return {key: tuple(found) for key, found in groups.items()}

    def moved_by(self, old: WorkingCalendar, new: WorkingCalendar) -> tuple[tuple[Result, Moved], ...]:
        """The items whose due date one calendar has and another moves: from what, to what, and by which days (S4).

        Items that one of the two does not reach cannot be compared, and are left out.

        Args:
            old: The calendar to start from.
            new: The calendar to compare with: with a notice more, or as known on a later day.

        Raises:
            InvalidArgumentError: If one of them is no calendar.
        """
        need_calendar(old), need_calendar(new)
        return self.moved(lambda _: old, lambda _: new)

    def moved(
        self, old: Callable[[str | None], WorkingCalendar], new: Callable[[str | None], WorkingCalendar]
    ) -> tuple[tuple[Result, Moved], ...]:
        """The same with a calendar for each item's region.

        Raises:
            InvalidArgumentError: If one of them gives no calendars.
        """
        for each in (old, new):
            need(each, Callable, "calendars by region", "a function such as rulecal.calendar")  # type: ignore[arg-type]
        found = []
        for result in self.results:
            if result.deadline is not None:
                deadline, first = result.deadline, old(result.region)
                try:
                    before = (
                        deadline.counted_in(first)
                        if deadline.is_of_a_case
                        else deadline.rule.deadline(deadline.trigger, calendar=first, outside_force="flag")
                    )
                    answer = before.replay(new(result.region))
                except CalendarCoverageError:
                    continue  # one of the two does not reach so far: nothing can be compared
                if isinstance(answer, Moved):
                    found.append((result, answer))
        return tuple(found)

    def counts(self) -> dict[str, int]:
        """How many items are in each state, the most urgent state first."""
        found = Counter(result.status.state.value for result in self.results)
        return {state: found[state] for state in URGENCY if found[state]}

    def to_records(self) -> list[dict[str, object]]:
        """One flat record an item, in the ledger's order, for a data frame or a file."""
        return [_record(result) for result in self.results]

    def to_dict(self) -> dict[str, object]:
        """The whole report as plain values that JSON can hold."""
        return {
            "as_of": self.as_of.isoformat(),
            "counts": self.counts(),
            "items": self.to_records(),
            "faults": [each.to_dict() for each in self.faults],
        }

    def write(self, path: str | Path) -> None:
        """The report as a file: `.csv` (UTF-8 with a mark that spreadsheets know) or `.json`.

        A CSV holds the items; the faults are in the JSON.

        Raises:
            InvalidArgumentError: If it is no path.
            LedgerError: For any other ending, and where it cannot be written.
        """
        path = a_path(path, "the path of a report")
        check_ending(path)
        text = (
            self._csv() if path.suffix.lower() == ".csv" else json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
        )
        try:
            path.write_text(text, encoding="utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8", newline="")
        except (OSError, ValueError) as err:  # no path has a null
            why = getattr(err, "strerror", err)
            raise LedgerError(f"{path} cannot be written: {why}", hint="name another place") from None

    def _csv(self) -> str:
        records = self.to_records()
        columns = list(dict.fromkeys(key for record in records for key in record)) or ["id"]
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows({key: _plain(value) for key, value in record.items()} for record in records)
        return out.getvalue()


def check_ending(path: Path) -> None:
    """Refuse a report's file name that is neither CSV nor JSON."""
    if path.suffix.lower() not in {".csv", ".json"}:
        raise LedgerError(f"no report is written as {path.name!r}", hint="use .csv or .json")


def _plain(value: object) -> object:
    """A cell: nothing for None, and text that a spreadsheet would run as a formula made harmless."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return "" if value is None else value


def _urgency(result: Result) -> tuple[int, int, date]:
    place = URGENCY.index(result.status.state.value)
    return place, -result.status.days_over, result.due or date.max


def _record(result: Result) -> dict[str, object]:
    item, deadline, status = result.item, result.deadline, result.status
    record: dict[str, object] = {
        "id": item.id,
        "rule": item.rule,
        "clause": article(result.rule.norm.clause),
        "title": result.title.zh,
        "limit": limit_words(result.rule.kind, result.rule.limit, "zh"),
        "lead": result.lead,
        "region": result.region,
        "trigger": item.trigger,
        "completed": item.completed,
        "due": _iso(result.due),
        "earliest": _iso(deadline.earliest if deadline else None),
        "latest": _iso(deadline.latest if deadline else None),
        "promised_due": _iso(result.promise.due if result.promise else None),
        "state": status.state.value,
        "overdue": status.is_overdue,
        "certain": status.certain,
        "certainty": result.certainty.value,
        "days_left": status.days_left,
        "days_over": status.days_over,
        "working_days_over": status.working_days_over,
        "short_by": status.short_by,
        "missing": result.shortfall.missing if result.shortfall else None,
        "note": result.note.zh,
        "remarks": item.remarks,
    }
    return record | {f"{key} (ledger)" if key in record else key: cell for key, cell in item.extra}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger (任务台账) as read: its items, and the faults found in reading.

    >>> ledger = Ledger.read("docs/examples/zhongwei-2022.csv")
    >>> report = ledger.check(as_of=date(2022, 7, 21))
    >>> len(report.overdue) > 0, report.faults
    (True, ())
    """

    file: str
    items: tuple[Item, ...]
    faults: tuple[LedgerError, ...] = field(default=())
    rejected: tuple[Item, ...] = field(default=())
    """Rows whose id will not do: not checked, but looked through for further faults."""

    @classmethod
    def read(cls, path: str | Path, *, encoding: str = "utf-8-sig") -> Ledger:
        """A ledger from a CSV file; its faults are kept, not raised.

        Args:
            path: The file. Columns: `id`, `rule`, `trigger`, `completed`, and if wanted `lead`, `region`, `due` (a date
                set locally), `remarks`; Chinese names are read too, further columns carried along.
            encoding: The encoding of the text.

        Raises:
            InvalidArgumentError: If it is no path, or the encoding no text.
            LedgerError: If there is no such file or encoding.
        """
        path = a_path(path, "the path of a ledger")
        items, rejected, faults = read_items(path, encoding)
        return cls(path.name, items, faults, rejected)

    @classmethod
    def of_year(
        cls,
        year: int,
        *,
        rules: Mapping[str, Rule] | None = None,
        done: str | Path | None = None,
        encoding: str = "utf-8-sig",
    ) -> Ledger:
        """The recurring duties of a civil year: fixed dates, quotas and plan tasks, one item each.

        Args:
            year: The civil year.
            rules: Whose duties; those of the package by default, in force in that year.
            done: A CSV file of what was done in that year: columns `rule`, `date`, and if wanted `lead`; where units
                are named, a duty is counted for each of them (S21). A day of another year is a fault, and does not
                count; so is a row of a rule that sets no duty for the year.
            encoding: The encoding of that file.

        Raises:
            InvalidArgumentError: If an argument is not of its kind.
            LedgerError: If it is no civil year, or there is no such file or encoding.

        >>> from rulecal import catalogue
        >>> ledger = Ledger.of_year(2022, rules=catalogue().of("卫政办发〔2022〕24号"))
        >>> ledger.check(as_of=date(2023, 1, 1)).counts()["missed"] > 0
        True
        """
        if type(year) is not int or not MINYEAR < year < MAXYEAR:
            raise LedgerError(f"a civil year is needed, not {year!r}", hint="pass it as a number, such as 2022")
        held, faults = rules_of(rules), list[LedgerError]()
        owed = yearly(year, held)
        if done is None:
            return cls(str(year), tuple(duties(year, owed, {})))
        path = a_path(done, "the path of what was done")
        events = read_done(path, encoding, year, owed, held, faults.append)
        return cls(path.name, tuple(duties(year, owed, events)), tuple(faults))

    def check(
        self,
        *,
        as_of: date,
        rules: Mapping[str, Rule] | None = None,
        region: str | None = None,
        known_on: date | None = None,
        notices: str | Path | Iterable[str | Path] = (),
        events: str | Path | None = None,
        encoding: str = "utf-8-sig",
    ) -> Report:
        """Each item against its rule on a day.

        Args:
            as_of: The day asked about; a moment (`datetime`) where rules in hours are in it.
            rules: The rules; those of the package by default.
            region: The region of the acting office (S7), for items whose row names none; each rule's own by default.
            known_on: Count in the calendars as known on this day (S11).
            notices: Notice files to add to the calendars (S12).
            events: A CSV file of what happened to the items: columns `id`, `event`, `from`, and if wanted `to`,
                `amount`, `reason`, `basis`, `clock`, `region`, `notified`.
            encoding: The encoding of that file.

        Raises:
            InvalidArgumentError: If an argument is not of its kind.
            NotADateError: If `as_of` is no date.
            UnknownRegionError: If `region` names no division, or several.
            LedgerError: If there is no such file of events, or encoding.
            FaultGroup: If a notice file has faults.
        """
        day, faults = to_day(as_of, "as_of"), list[LedgerError]()
        calendars = None if known_on is None and notices == () else calendars_of(known_on, notices)
        if a_region(region) is not None:
            (calendars or calendar)(region)  # what is no region is refused before anything is judged
        checker = Checker(self.file, rules_of(rules), as_of, faults, calendars, region=region)
        if events is not None:
            path, ids = a_path(events, "the path of a file of events"), {item.id for item in self.items}
            happened, unread = read_events(path, encoding, lambda _: ids, faults.append)
            checker = replace(checker, events=happened, unread=unread)
        for item in self.rejected:
            checker.check(item)
        results = tuple(result for item in self.items if (result := checker.check(item)) is not None)
        return Report(day, results, in_order((*self.faults, *faults), self.file))


def calendars_of(
    known_on: date | None, notices: str | Path | Iterable[str | Path]
) -> Callable[[str | None], WorkingCalendar]:
    """The calendars of regions, as known on a day and with notice files added; each file is read once a region."""
    files = notices if isinstance(notices, str | PathLike) or not isinstance(notices, Iterable) else tuple(notices)
    return cache(lambda region: calendar(region, known_on=known_on, notices=files))
