"""The report: what is overdue, what is not, by state and by unit; on paper, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from rulecal.calendars import calendar
from rulecal.civil import to_day
from rulecal.deadlines.catalogue import catalogue
from rulecal.deadlines.replay import Moved
from rulecal.deadlines.status import URGENCY as _URGENCY
from rulecal.errors import CalendarCoverageError, LedgerError
from rulecal.ledger.check import Checker, Result
from rulecal.ledger.events import read_events, units_of
from rulecal.ledger.read import Item, read_items, row_of
from rulecal.ledger.year import duties, read_done
from rulecal.present.terms import limit_words

if TYPE_CHECKING:
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.events import Event
    from rulecal.deadlines.rule import Rule

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
        """
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
        """
        return self.moved(lambda _: old, lambda _: new)

    def moved(
        self, old: Callable[[str | None], WorkingCalendar], new: Callable[[str | None], WorkingCalendar]
    ) -> tuple[tuple[Result, Moved], ...]:
        """The same with a calendar for each rule's region."""
        found = []
        for result in self.results:
            if result.deadline is not None:
                deadline, rule = result.deadline, result.deadline.rule
                try:
                    before = (
                        deadline.counted_in(old(rule.region))
                        if deadline.is_of_a_case
                        else rule.deadline(deadline.trigger, calendar=old(rule.region), outside_force="flag")
                    )
                    answer = before.replay(new(rule.region))
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
            LedgerError: For any other ending, and where it cannot be written.
        """
        path = Path(path)
        check_ending(path)
        text = (
            self._csv() if path.suffix.lower() == ".csv" else json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
        )
        try:
            path.write_text(text, encoding="utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8", newline="")
        except OSError as err:
            raise LedgerError(f"{path} cannot be written: {err.strerror}", hint="name another place") from None

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
        "clause": result.rule.norm.clause,
        "title": result.title.zh,
        "limit": limit_words(result.rule.kind, result.rule.limit, "zh"),
        "lead": result.lead,
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
            path: The file. Columns: `id`, `rule`, `trigger`, `completed`, and if wanted `lead`, `due` (a date set
                locally), `remarks`; Chinese names are read too, further columns carried along.
            encoding: The encoding of the text.

        Raises:
            LedgerError: If there is no such file or encoding.
        """
        path = Path(path)
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
            done: A CSV file of what was done: columns `rule`, `date`, and if wanted `lead`; where units are named, a
                duty is counted for each of them (S21).
            encoding: The encoding of that file.

        Raises:
            LedgerError: If it is no civil year, or there is no such file or encoding.

        >>> from rulecal import catalogue
        >>> ledger = Ledger.of_year(2022, rules=catalogue().of("卫政办发〔2022〕24号"))
        >>> ledger.check(as_of=date(2023, 1, 1)).counts()["missed"] > 0
        True
        """
        if type(year) is not int or not MINYEAR < year < MAXYEAR:
            raise LedgerError(f"a civil year is needed, not {year!r}", hint="pass it as a number, such as 2022")
        held, faults = catalogue() if rules is None else rules, list[LedgerError]()
        events = {} if done is None else read_done(done, encoding, held, faults.append)
        name = Path(done).name if done is not None else str(year)
        return cls(name, tuple(duties(year, held, events)), tuple(faults))

    def check(
        self,
        *,
        as_of: date,
        rules: Mapping[str, Rule] | None = None,
        known_on: date | None = None,
        notices: Iterable[str | Path] = (),
        events: str | Path | None = None,
    ) -> Report:
        """Each item against its rule on a day.

        Args:
            as_of: The day asked about; a moment (`datetime`) where rules in hours are in it.
            known_on: Count in the calendars as known on this day (S11).
            notices: Notice files to add to the calendars (S12).
            rules: The rules; those of the package by default.
            events: A CSV file of what happened to the items: columns `id`, `event`, `from`, and if wanted `to`,
                `amount`, `reason`, `basis`, `region`, `notified`.
        """
        faults: list[LedgerError] = []
        held = catalogue() if rules is None else rules
        calendars = calendars_of(known_on, tuple(notices)) if known_on or notices else None
        happened: Mapping[str, tuple[Event, ...]] = {}
        unread: frozenset[str] = frozenset()
        if events is not None:
            happened, unread = read_events(
                Path(events), "utf-8-sig", lambda _: units_of(self.items, held), faults.append
            )
        checker = Checker(self.file, held, as_of, faults, calendars, happened, unread)
        for item in self.rejected:
            checker.check(item)
        results = tuple(result for item in self.items if (result := checker.check(item)) is not None)
        return Report(to_day(as_of), results, tuple(sorted((*self.faults, *faults), key=row_of)))


def calendars_of(known_on: date | None, notices: tuple[str | Path, ...]) -> Callable[[str | None], WorkingCalendar]:
    """The calendars of regions, as known on a day and with notice files added; each file is read once a region."""
    return cache(lambda region: calendar(region, known_on=known_on, notices=notices))
