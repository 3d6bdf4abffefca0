"""A ledger (任务台账) out of a CSV file: every fault of it noted, good rows kept, nothing dropped silently."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rulecal.errors import LedgerError
from rulecal.needs import need
from rulecal.text import Text

COLUMNS: Final = {
    "id": ("编号", "序号"),
    "rule": ("规则", "规则编号"),
    "lead": ("牵头单位",),
    "trigger": ("起算日", "起算日期"),
    "completed": ("办结日", "完成日期", "办结日期"),
    "due": ("自定期限",),
    "excluded": ("不计入",),
    "suspended": ("中止",),
    "extended": ("延长",),
    "restarted": ("重新计算",),
    "promised": ("承诺",),
    "region": ("地区",),
    "remarks": ("备注",),
}
"""The columns that rulecal reads, and their Chinese names. Others are carried along to the report."""

REQUIRED: Final = ("id", "rule", "trigger", "completed")
"""The columns that must be there; their cells may be empty where the rule allows it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a ledger, as written.

    Attributes:
        row: The row of the file, the header being row 1.
        id: What the office calls the item.
        rule: The id of the rule.
        lead: The unit in charge; empty for the rule's own.
        trigger: The trigger day as written; empty where the rule is for one year.
        completed: The day it was done as written; several days for a quota.
        due: A date set locally, for tasks without one.
        excluded: Days not counted (不计入): `2022-06-08/2022-06-12 听证`, several parted by ；.
        suspended: The same for suspensions (中止).
        extended: Extensions (延长): the day of the decision and by how much, `2022-06-29 10`.
        restarted: The day from which the clock started anew.
        promised: What was promised (承诺): `5个工作日内`, or the id of a rule.
        region: The region of the acting office (S7): a division code, a name or ISO 3166-2; empty for the default.
        remarks: Words of the office.
        extra: Further columns and their cells.
    """

    row: int
    id: str
    rule: str
    lead: str = ""
    trigger: str = ""
    completed: str = ""
    due: str = ""
    excluded: str = ""
    suspended: str = ""
    extended: str = ""
    restarted: str = ""
    promised: str = ""
    region: str = ""
    remarks: str = ""
    extra: tuple[tuple[str, str], ...] = ()


def fault(file: str, row: int, column: str, value: str, expected: Text) -> LedgerError:
    """A fault of one cell: where it is, what is there, what is needed, in both languages."""
    given = f"{value!r}" if value else "empty"
    where = f"{file}, row {row}, column {column}"
    facts = {"file": file, "row": row, "column": column, "value": value, "expected": expected}
    return LedgerError(f"{where}: {given}", hint=f"needed: {expected.en}", **facts)


def row_of(fault: LedgerError) -> int:
    """The row that a fault lies in; 0 where it is none of one row."""
    row = fault.facts.get("row", 0)
    return row if isinstance(row, int) else 0


def in_order(faults: Iterable[LedgerError], file: str) -> tuple[LedgerError, ...]:
    """Faults each once, in the order of rows: those of a ledger, then those of the file of events beside it."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda each: (each.facts.get("file") != file, row_of(each))))


def read_items(path: Path, encoding: str) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[LedgerError, ...]]:
    """The items of a CSV file; those whose id will not do (their other cells are still looked at); the faults.

    Raises:
        LedgerError: If there is no such file or encoding.
    """
    faults: list[LedgerError] = []
    read = _read_table(path, encoding, COLUMNS, REQUIRED, faults)
    if read is None:
        return (), (), tuple(faults)
    items, rejected = _items(*read, path.name, faults)
    return items, rejected, tuple(faults)


def read_rows(
    path: Path,
    encoding: str,
    columns: Mapping[str, tuple[str, ...]],
    required: tuple[str, ...],
    note: Callable[[LedgerError], None],
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of any CSV file of ours with their numbers, by our names of the columns; faults are noted.

    Raises:
        LedgerError: If there is no such file or encoding.
    """
    faults: list[LedgerError] = []
    read = _read_table(path, encoding, columns, required, faults)
    rows = list(_cells(*read, path.name, faults)) if read is not None else []
    for each in faults:
        note(each)
    yield from rows


def _read_table(
    path: Path,
    encoding: str,
    columns: Mapping[str, tuple[str, ...]],
    required: tuple[str, ...],
    faults: list[LedgerError],
) -> tuple[list[tuple[int, list[str]]], list[str]] | None:
    """The rows below the header, and the header; None where it cannot be read."""
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as err:  # no path has a null
        why = getattr(err, "strerror", err)
        raise LedgerError(f"no ledger at {path}: {why}", hint="name a CSV file", missing=str(path)) from None
    try:
        text = raw.decode(need(encoding, str, "an encoding", "its name, such as 'utf-8' or 'gb18030'"))
    except UnicodeError:
        faults.append(_wrong_encoding(path.name, raw, encoding))
        return None
    except (LookupError, ValueError):
        raise LedgerError(f"no encoding is called {encoding!r}", hint="e.g. utf-8 or gb18030", file=path.name) from None
    rows = _rows(text, path.name, faults)
    header = _header(rows[0][1] if rows else [], path.name, faults, columns, required)
    return None if any(each.facts["row"] == 1 for each in faults) else (rows[1:], header)


def _rows(text: str, name: str, faults: list[LedgerError]) -> list[tuple[int, list[str]]]:
    """The rows with their numbers; where a quote is never closed, each line for itself, so that good rows are kept."""
    try:
        return list(enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1))
    except csv.Error:
        pass
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            rows += [(number, cells) for cells in csv.reader([line], strict=True)]
        except csv.Error as err:
            needed = Text("一行规范的CSV：引号成对，单元格不过长", "a row of CSV: quotes in pairs, no huge cell")
            faults.append(fault(name, number, "all", str(err), needed))
    return rows


def _wrong_encoding(name: str, raw: bytes, encoding: str) -> LedgerError:
    try:
        raw.decode("gb18030")
        needed = Text(
            "编码可能为 GB18030：加 --encoding gb18030，或另存为 CSV UTF-8",
            "it reads as GB18030: pass encoding='gb18030' (--encoding gb18030), or save it as CSV UTF-8",
        )
    except UnicodeDecodeError:
        needed = Text("另存为 CSV UTF-8", "save it as CSV UTF-8")
    at = Text(f"不是 {encoding} 文本", f"not text in {encoding}")
    return LedgerError(f"{name}: {at}", hint=needed.en, file=name, row=1, at=at, expected=needed)


def _header(
    cells: Sequence[str],
    name: str,
    faults: list[LedgerError],
    columns: Mapping[str, tuple[str, ...]],
    required: tuple[str, ...],
) -> list[str]:
    """The header with our names for the columns we know; a second name for one of them stays as it is written."""
    header: list[str] = []
    for n, cell in enumerate((cell.strip() for cell in cells), start=1):
        ours = next((key for key, aliases in columns.items() if cell in aliases), cell)
        header.append(cell if ours in header or ours in cells[: n - 1] else ours)
    for key in required:
        if key not in header:
            names, there = " / ".join((key, *columns[key])), ", ".join(cells)
            wanted = Text(f"应有列 {names}；现有：{there or '无'}", f"a column {names}; there are: {there or 'none'}")
            faults.append(fault(name, 1, key, "", wanted))
    twice = [key for key in dict.fromkeys(header) if key and header.count(key) > 1]
    faults += [fault(name, 1, key, key, Text("列名不得重复", "each column once")) for key in twice]
    return header


def _cells(
    rows: list[tuple[int, list[str]]], header: list[str], name: str, faults: list[LedgerError]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of each row by column; rows of another length are noted."""
    for number, written in rows:
        cells = [cell.strip() for cell in written]
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if not any(cells):
            continue
        if len(cells) != len(header):
            n = len(header)
            many = Text(
                f"每行 {n} 格；格内有逗号须加引号", f"{n} cells, one a column; a comma inside a cell needs quotes"
            )
            faults.append(fault(name, number, "all", f"{len(cells)} cells", many))
            continue
        yield (
            number,
            {key or f"column {n}": cell for n, (key, cell) in enumerate(zip(header, cells, strict=True), start=1)},
        )


def _items(
    rows: list[tuple[int, list[str]]], header: list[str], name: str, faults: list[LedgerError]
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    seen: dict[str, int] = {}
    items: list[Item] = []
    rejected: list[Item] = []
    for number, row in _cells(rows, header, name, faults):
        first = seen.setdefault(row["id"], number)
        extra = tuple((key, cell) for key, cell in row.items() if key not in COLUMNS and (cell or key in header))
        item = Item(number, extra=extra, **{key: row.get(key, "") for key in COLUMNS})
        wrong = id_fault(name, item, first)
        if wrong is None:
            items.append(item)
        else:
            faults.append(wrong)
            rejected.append(item)
    return tuple(items), tuple(rejected)


def id_fault(file: str, item: Item, first: int) -> LedgerError | None:
    """What is wrong with an item's id, whose first row is given: none, or one that an earlier row has."""
    if not item.id:
        return fault(file, item.row, "id", "", Text("本项编号", "what the office calls the item"))
    if first != item.row:
        once = Text(f"编号不得重复；第 {first} 行已用", f"an id used once; row {first} has it too")
        return fault(file, item.row, "id", item.id, once)
    return None
