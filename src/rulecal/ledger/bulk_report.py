"""The report on many items: a table of them, what is overdue, the first faults; as CSV, JSON or Parquet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._later import needed
from rulecal.errors import LedgerError
from rulecal.ledger.read import in_order
from rulecal.needs import a_path, need, refused

if TYPE_CHECKING:
    from rulecal.ledger.apart import Apart

UNREAD: Final = "unreadable-event"
"""The fault of an item of which a row of the file of events has one: it is said of that row."""
_OVERDUE: Final = ("overdue", "missed")


@dataclass(frozen=True, slots=True)
class BulkReport:
    """The items of a Parquet ledger checked on a day.

    Attributes:
        as_of: The day asked about.
        file: The file's name.
        table: The items with what was found, as a `pyarrow.Table`.
        counts: How many items each unit has in each state; an item of several units stands under each.
        states: How many items are in each state, the most urgent first.
        given: The items as they were given, by our names of the columns.
        apart: Judges single items of them.
    """

    as_of: date
    file: str
    table: Any = field(compare=False, repr=False)
    counts: Mapping[str, Mapping[str, int]]
    states: Mapping[str, int]
    given: Any = field(compare=False, repr=False)
    apart: Apart = field(compare=False, repr=False)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def overdue(self) -> int:
        """How many items had to be done before `as_of`, and were not."""
        return sum(self.states.get(state, 0) for state in _OVERDUE)

    def latest(self, rows: int) -> list[dict[str, Any]]:
        """The overdue items, then the missed quotas, each the longest late first; so many at the most."""
        pc = needed("pyarrow.compute", "parquet")
        late = self.table.filter(pc.is_in(self.table["state"], needed("pyarrow", "parquet").array(_OVERDUE)))
        rows = _count(rows, len(late))
        order = [("state", "descending"), ("days_over", "descending"), ("due", "ascending")]
        return late.sort_by(order).slice(0, rows).to_pylist()  # type: ignore[no-any-return]

    @property
    def faults(self) -> int:
        """How many items have a fault, and how many there are in the file of events."""
        pc = needed("pyarrow.compute", "parquet")
        return int(pc.sum(self._faulty()).as_py() or 0) + len(self.apart.told)

    def first_faults(self, rows: int) -> list[LedgerError]:
        """What is wrong with the first items that have faults, so many at the most, and with the file of events.

        Each has its row; the items are counted from 1.

        Raises:
            InvalidArgumentError: If it is no number of items.
        """
        pc = needed("pyarrow.compute", "parquet")
        places = pc.indices_nonzero(self._faulty()).slice(0, _count(rows, len(self)))
        found = self.apart.faults(self.given.take(places), places.to_pylist())
        return list(in_order((*found, *self.apart.told), self.file))

    def _faulty(self) -> Any:
        """The items with a fault of their own."""
        pc = needed("pyarrow.compute", "parquet")
        return pc.fill_null(pc.not_equal(self.table["fault"], UNREAD), False)

    def write(self, path: str | Path) -> None:
        """All items as a file: `.csv`, `.json` or `.parquet`.

        Raises:
            InvalidArgumentError: If it is no path.
            LedgerError: For any other ending, and where it cannot be written.
        """
        path = a_path(path, "the path of a report")
        check_bulk_ending(path)
        try:
            {".csv": self._csv, ".json": self._json, ".parquet": self._parquet}[path.suffix.lower()](path)
        except (OSError, ValueError) as err:  # no path has a null
            raise LedgerError(f"{path} cannot be written: {err}", hint="name another place") from None

    def _parquet(self, path: Path) -> None:
        needed("pyarrow.parquet", "parquet").write_table(self.table, path)

    def _csv(self, path: Path) -> None:
        pc, pa = needed("pyarrow.compute", "parquet"), needed("pyarrow", "parquet")
        plain = self.table
        for n, column in enumerate(plain.schema):
            if pa.types.is_string(column.type):  # text that a spreadsheet would run as a formula made harmless
                harmless = pc.replace_substring_regex(plain[n], r"^([=+\-@\t\r])", r"'\1")
                plain = plain.set_column(n, column.name, harmless)
        with path.open("wb") as file:
            file.write(b"\xef\xbb\xbf")
            needed("pyarrow.csv", "parquet").write_csv(plain, file)

    def _json(self, path: Path) -> None:
        data = {"as_of": self.as_of, "counts": dict(self.states), "items": self.table.to_pylist()}
        path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")


def _count(rows: int, most: int) -> int:
    """How many rows are asked for, of so many that there are."""
    hint = "a whole number from 0 on"
    if need(rows, int, "a number of items", hint) < 0:
        raise refused(rows, "a number of items", hint)
    return min(rows, most)


def check_bulk_ending(path: Path) -> None:
    """Refuse a report's file name that is none of the three."""
    if path.suffix.lower() not in {".csv", ".json", ".parquet"}:
        raise LedgerError(f"no report is written as {path.name!r}", hint="use .csv, .json or .parquet")
