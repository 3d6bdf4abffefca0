"""A ledger in Parquet: a million items, read batch by batch and judged as columns."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rulecal.civil import parse_day, to_day
from rulecal.columns._later import needed
from rulecal.columns.frames import flag
from rulecal.deadlines.catalogue import catalogue
from rulecal.errors import LedgerError, NotADateError, RulecalError
from rulecal.ledger.read import COLUMNS, REQUIRED
from rulecal.ledger.report import URGENCY

if TYPE_CHECKING:
    from rulecal.deadlines.rule import Rule

BATCH: Final = 1 << 16
_OVERDUE: Final = ("overdue", "missed")
_COLUMN_OF: Final = {
    "unknown-rule": "rule",
    "invalid-period": "rule",
    "invalid-case": "completed",
    "no-id": "id",
    "id-twice": "id",
}
"""The column that a fault lies in, where it is not the trigger."""
_UNREADABLE: Final = "unreadable-date"
_NEEDS_CSV: Final = "needs-csv"
_ONE_BY_ONE: Final = ("due", "excluded", "suspended", "extended", "restarted", "promised")
"""Columns of a ledger that make an item a case, or set its date: columns of items do not judge these."""


@dataclass(frozen=True, slots=True)
class BulkReport:
    """The items of a Parquet ledger checked on a day.

    Attributes:
        as_of: The day asked about.
        file: The file's name.
        table: The items with what was found, as a `pyarrow.Table`.
        counts: How many items each unit has in each state; an item of several units stands under each.
        states: How many items are in each state, the most urgent first.
    """

    as_of: date
    file: str
    table: Any = field(compare=False, repr=False)
    counts: Mapping[str, Mapping[str, int]]
    states: Mapping[str, int]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def overdue(self) -> int:
        """How many items had to be done before `as_of`, and were not."""
        return sum(self.states.get(state, 0) for state in _OVERDUE)

    def latest(self, rows: int) -> list[dict[str, Any]]:
        """The overdue items, the longest late first, so many at the most."""
        pc = needed("pyarrow.compute", "parquet")
        late = self.table.filter(pc.is_in(self.table["state"], needed("pyarrow", "parquet").array(_OVERDUE)))
        order = [("days_over", "descending"), ("due", "ascending")]
        return late.sort_by(order).slice(0, rows).to_pylist()  # type: ignore[no-any-return]

    @property
    def faults(self) -> int:
        """How many items have a fault."""
        return len(self) - int(self.table["fault"].null_count)

    def first_faults(self, rows: int) -> list[LedgerError]:
        """The first faults, so many at the most, each with its row; the items are counted from 1."""
        pc = needed("pyarrow.compute", "parquet")
        places = pc.indices_nonzero(pc.is_valid(self.table["fault"])).slice(0, rows)
        found = zip(places.to_pylist(), self.table.take(places).to_pylist(), strict=True)
        return [self._fault(place + 1, item) for place, item in found]

    def _fault(self, row: int, item: Mapping[str, Any]) -> LedgerError:
        code = str(item["fault"])
        column = _COLUMN_OF.get(code, "trigger")
        value = "" if item[column] is None else str(item[column])
        facts = {"file": self.file, "row": row, "column": column, "value": value}
        return LedgerError(f"{self.file}, item {row}, column {column}: {value!r}", hint=code, **facts)

    def write(self, path: str | Path) -> None:
        """All items as a file: `.csv`, `.json` or `.parquet`.

        Raises:
            LedgerError: For any other ending, and where it cannot be written.
        """
        path = Path(path)
        check_bulk_ending(path)
        try:
            {".csv": self._csv, ".json": self._json, ".parquet": self._parquet}[path.suffix.lower()](path)
        except OSError as err:
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


def check_bulk_ending(path: Path) -> None:
    """Refuse a report's file name that is none of the three."""
    if path.suffix.lower() not in {".csv", ".json", ".parquet"}:
        raise LedgerError(f"no report is written as {path.name!r}", hint="use .csv, .json or .parquet")


def check_parquet(
    path: str | Path,
    *,
    as_of: date,
    rules: Mapping[str, Rule] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> BulkReport:
    """Each item of a Parquet file against its rule on a day; the columns are those of a CSV ledger.

    Args:
        path: The file. `trigger` and `completed` hold days, moments, or text in one of the four forms.
        as_of: The day asked about.
        rules: The rules; those of the package by default.
        progress: Told after each batch how many items are done, and of how many.

    Raises:
        LedgerError: If there is no such file, or a column is missing or of the wrong type.
        MissingExtraError: Without pyarrow (the extra `parquet`).
    """
    pa, pq = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    path, held = Path(path), catalogue() if rules is None else rules
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as err:
        raise LedgerError(f"no ledger at {path}: {err}", hint="name a Parquet file", file=str(path)) from None
    with file:
        names = _names(file.schema_arrow.names, path.name)
        parts, done, rows = [], 0, file.metadata.num_rows
        for batch in file.iter_batches(BATCH):
            parts.append(_flagged(pa.Table.from_batches([batch]).rename_columns(names), held, to_day(as_of), path.name))
            done += batch.num_rows
            progress(done, rows)
        empty = file.schema_arrow.empty_table().rename_columns(names)
    parts = parts or [_flagged(empty, held, to_day(as_of), path.name)]
    table = _ids(pa.concat_tables(parts))
    return _report(table, to_day(as_of), path.name)


def _names(given: list[str], file: str) -> list[str]:
    names = [next((ours for ours, aliases in COLUMNS.items() if name in aliases), name) for name in given]
    missing = [f"{key} / {' / '.join(COLUMNS[key])}" for key in REQUIRED if key not in names]
    if missing:
        raise LedgerError(f"{file}: no column {', '.join(missing)}", hint=f"there are: {', '.join(given)}", file=file)
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        raise LedgerError(f"{file}: several columns {', '.join(twice)}", hint="each column once", file=file)
    return names


def _flagged(table: Any, rules: Mapping[str, Rule], as_of: date, file: str) -> Any:
    """A batch with what was found, its texts read as days, its state and fault as text."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    asked = table.select(["rule"]).set_column(0, "rule", _text(table["rule"]))
    unread = None
    for name in ("trigger", "completed"):
        column, bad = _days(table[name])
        asked = asked.append_column(name, column)
        unread = bad if unread is None else pc.or_(unread, bad)
    try:
        found = flag(asked, rule_column="rule", rules=rules, trigger="trigger", completed="completed", as_of=as_of)
    except NotADateError as err:
        raise LedgerError(f"{file}: {err.message}", hint=err.hint, file=file) from None
    fault = pc.if_else(unread, pa.scalar(_UNREADABLE), found["fault"].cast(pa.string()))
    columns = {name: found[name] for name in ("due", "earliest", "latest")}
    columns["state"] = pc.if_else(unread, pa.scalar(None, pa.string()), found["state"].cast(pa.string()))
    columns |= {name: pc.if_else(unread, None, found[name]) for name in ("days_over", "working_days_over")}
    alone = _alone(table)
    fault = pc.if_else(alone, pa.scalar(_NEEDS_CSV), fault)
    columns = {name: pc.if_else(alone, pa.scalar(None, each.type), each) for name, each in columns.items()}
    clash = [name for name in (*columns, "fault") if name in table.column_names and name != "due"]
    table = table.rename_columns([f"{n} (ledger)" if n in {*clash, "due"} else n for n in table.column_names])
    table = _with_lead(table, rules)
    for name, column in (columns | {"fault": fault}).items():
        table = table.append_column(name, column)
    return table


def _alone(table: Any) -> Any:
    """The items that only a ledger in CSV can judge: what happened to them would else be left out in silence."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    found = pa.chunked_array([pa.repeat(False, len(table))])
    for name in _ONE_BY_ONE:
        if name in table.column_names:
            text = pc.utf8_trim_whitespace(pc.fill_null(_text(table[name]), ""))
            found = pc.or_(found, pc.not_equal(text, ""))
    return found


def _text(column: Any) -> Any:
    pa = needed("pyarrow", "parquet")
    return column.cast(pa.string())


def _days(column: Any) -> tuple[Any, Any]:
    """A column as days, and which of its texts are not read as one; empty text is none."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column, pa.chunked_array([pa.repeat(False, len(column))])
    coded = pc.utf8_trim_whitespace(column).combine_chunks().dictionary_encode()
    days = [_day(text) for text in coded.dictionary.to_pylist()]
    empty = pa.array([text == "" for text in coded.dictionary.to_pylist()], pa.bool_())
    found = pa.array(days, pa.date32()).take(coded.indices)
    bad = pc.and_(pc.and_(pc.is_null(found), pc.is_valid(coded.indices)), pc.invert(empty.take(coded.indices)))
    return pa.chunked_array([found]), pa.chunked_array([pc.fill_null(bad, False)])


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except RulecalError:
        return None


def _with_lead(table: Any, rules: Mapping[str, Rule]) -> Any:
    """The unit in charge: the row's, else the rule's."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    text = _text(table["rule"])
    ids = [key for key in pc.unique(text).to_pylist() if key in rules]
    leads = pa.array(["、".join(rules[key].actors) for key in ids], pa.string())
    own = pc.fill_null(leads.take(pc.index_in(text, value_set=pa.array(ids, pa.string())).combine_chunks()), "")
    if "lead" not in table.column_names:
        return table.append_column("lead", pa.chunked_array([own]))
    given = pc.fill_null(_text(table["lead"]), "")
    place = table.column_names.index("lead")
    return table.set_column(place, "lead", pc.if_else(pc.equal(given, ""), own, given))


def _ids(table: Any) -> Any:
    """The faults of ids added: none given, or one given twice."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    ids = pc.fill_null(_text(table["id"]), "")
    counted = pc.value_counts(ids)
    many = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    wrong = pc.if_else(
        pc.equal(ids, ""), "no-id", pc.if_else(pc.is_in(ids, value_set=many), "id-twice", pa.scalar(None, pa.string()))
    )
    return table.set_column(table.column_names.index("fault"), "fault", pc.coalesce(table["fault"], wrong))


def _report(table: Any, as_of: date, file: str) -> BulkReport:
    found: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    for row in table.group_by(["lead", "state"]).aggregate([([], "count_all")]).to_pylist():
        if row["state"] is not None:
            total[row["state"]] += row["count_all"]
            for unit in re.split("[、;；]", row["lead"]):
                found.setdefault(unit, Counter())[row["state"]] += row["count_all"]
    counts = {unit: dict(each) for unit, each in sorted(found.items())}
    return BulkReport(as_of, file, table, counts, {state: total[state] for state in URGENCY if total[state]})
