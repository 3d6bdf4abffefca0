"""Items of a Parquet ledger that columns cannot judge: each is judged as one of a CSV is, and put back in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._later import needed
from rulecal.columns.tables import in_hours
from rulecal.law.limit import Kind
from rulecal.ledger.cells import DAYS, is_moment, text, whole_days
from rulecal.ledger.check import A_YEAR, Checker, Result
from rulecal.ledger.read import COLUMNS, Item, id_fault

if TYPE_CHECKING:
    from rulecal.deadlines.rule import Rule
    from rulecal.errors import LedgerError
    from rulecal.ledger.events import Told

ANSWERS: Final = ("due", "earliest", "latest", "state", "days_over", "working_days_over", "certainty")
"""What is found of an item that has no fault."""
_HAPPENED: Final = ("due", "excluded", "suspended", "extended", "restarted", "promised")
"""Columns of a ledger that make an item a case, or set its date."""
_NOT_HELD: Final = ("calendar-coverage", "unsettled-day", "invalid-period")
"""Faults of columns where a single question can have an answer: days far off, and hours."""
_FAULT: Final = "invalid-case"
_A_DAY: Final = len("2022-06-27")


@dataclass(frozen=True, slots=True)
class Apart:
    """Judges rows of a Parquet ledger one by one.

    Attributes:
        file: The file's name.
        rules: The rules.
        as_of: The day or moment asked about.
        region: The region of rows that name none; None for that of their rule.
        happened: What happened to items, by id, out of a file of events.
        unread: The items of which that file has a row that cannot be read.
        told: What is wrong with that file.
        firsts: The first place of each id that is given more than once.
    """

    file: str
    rules: Mapping[str, Rule]
    as_of: date
    region: str | None = None
    happened: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    told: tuple[LedgerError, ...] = ()
    firsts: Mapping[str, int] = field(default_factory=dict)

    def wanted(self, table: Any, asked: Any, found: Any, unread: Any) -> Any:
        """The rows that only a single question answers.

        Args:
            table: The rows as given.
            asked: Their rules as text, their triggers and completions as days.
            found: What columns found of them.
            unread: The rows of which a day is not read.
        """
        pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
        far = pc.less(whole_days(asked["completed"]), pc.subtract(found["due"].cast(pa.int32()), A_YEAR.days))
        wanted = [
            pc.is_in(found["fault"].cast(pa.string()), value_set=pa.array(_NOT_HELD)),
            self._ruled(unread, asked["rule"], lambda rule: rule.kind is Kind.QUOTA),
            self._ruled(far, asked["rule"], lambda rule: rule.kind is Kind.BY_DATE),
            *(pc.not_equal(text(table[name]), "") for name in _HAPPENED if name in table.column_names),
        ]
        if self.happened:
            wanted.append(pc.is_in(text(table["id"]), value_set=pa.array(self.happened, pa.string())))
        return reduce(pc.or_, (pc.fill_null(each, False) for each in wanted))

    def _ruled(self, rows: Any, rules: Any, what: Callable[[Rule], bool]) -> Any:
        """Those of some rows whose rule is of some sort."""
        pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
        if not pc.any(rows).as_py():
            return rows
        ids = [key for key in pc.unique(rules).to_pylist() if key in self.rules and what(self.rules[key])]
        return pc.and_(rows, pc.is_in(rules, value_set=pa.array(ids, pa.string())))

    def put(self, found: Mapping[str, Any], table: Any, wanted: Any) -> dict[str, Any]:
        """The columns of a batch, with the answers of the wanted rows put in their places."""
        pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
        places = pc.indices_nonzero(wanted)
        codes = pc.fill_null(found["fault"].take(places), _FAULT).to_pylist()
        checker = self._checker([])
        judged = [checker.check(item) for item in self._items(table.take(places), range(len(places)))]
        rows = [
            (*(None,) * len(ANSWERS), code) if result is None else (*_answer(result), None)
            for result, code in zip(judged, codes, strict=True)
        ]
        columns = zip(found.items(), zip(*rows, strict=True), strict=True)
        return {
            name: pc.replace_with_mask(column.combine_chunks(), wanted.combine_chunks(), pa.array(cells, column.type))
            for (name, column), cells in columns
        }

    def faults(self, table: Any, places: Sequence[int]) -> list[LedgerError]:
        """What is wrong with rows, as with those of a CSV."""
        found: list[LedgerError] = []
        checker = self._checker(found)
        for item in self._items(table, places):
            fault = id_fault(self.file, item, self.firsts.get(item.id, item.row - 1) + 1)
            found += [fault] if fault else []
            checker.check(item)
        return found

    def _checker(self, faults: list[LedgerError]) -> Checker:
        return Checker(self.file, self.rules, self.as_of, faults, None, self.happened, self.unread, self.region)

    def _items(self, table: Any, places: Sequence[int]) -> Iterator[Item]:
        """Rows as a CSV would have them; the first of the file is row 1."""
        held = [name for name in COLUMNS if name in table.column_names]
        moments = {name for name in held if is_moment(table[name])}
        columns = [text(table[name]).to_pylist() for name in held]
        for place, *cells in zip(places, *columns, strict=True):
            row = dict(zip(held, cells, strict=True))
            hours = row["rule"] in self.rules and in_hours(self.rules[row["rule"]])
            days = moments - (set(DAYS) if hours else set())
            yield Item(place + 1, **{name: cell[:_A_DAY] if name in days else cell for name, cell in row.items()})


def _answer(result: Result) -> tuple[object, ...]:
    deadline, status = result.deadline, result.status
    dates = (deadline.due, deadline.earliest, deadline.latest) if deadline else (None,) * 3
    return *dates, status.state.value, status.days_over, status.working_days_over, result.certainty.value
