"""A ledger in Parquet: a million items, read batch by batch, judged as columns, and where these cannot, one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rulecal.calendars import calendar
from rulecal.civil import to_day
from rulecal.columns._later import needed
from rulecal.columns.frames import flag
from rulecal.errors import LedgerError, UnknownRegionError
from rulecal.ledger.apart import ANSWERS, Apart
from rulecal.ledger.bulk_report import UNREAD, BulkReport
from rulecal.ledger.cells import DAYS, blank, check_kinds, days, firsts, text, without
from rulecal.ledger.check import rules_of
from rulecal.ledger.events import read_events
from rulecal.ledger.read import COLUMNS, REQUIRED
from rulecal.ledger.regions import in_regions, named
from rulecal.ledger.report import URGENCY
from rulecal.needs import a_path, a_region, need

if TYPE_CHECKING:
    from rulecal.deadlines.rule import Rule

BATCH: Final = 1 << 16


def check_parquet(
    path: str | Path,
    *,
    as_of: date,
    rules: Mapping[str, Rule] | None = None,
    region: str | None = None,
    events: str | Path | None = None,
    encoding: str = "utf-8-sig",
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> BulkReport:
    """Each item of a Parquet file against its rule on a day; the columns are those of a CSV ledger.

    Args:
        path: The file. `trigger` and `completed` hold days, moments, or text in one of the four forms.
        as_of: The day asked about; a moment (`datetime`) where rules in hours are in it.
        rules: The rules; those of the package by default.
        region: The region of the acting office, for rows that name none, as for `Ledger.check`.
        events: A CSV file of what happened to the items, as for `Ledger.check`.
        encoding: The encoding of that file.
        progress: Told after each batch how many items are done, and of how many.

    Raises:
        InvalidArgumentError: If an argument is not of its kind.
        UnknownRegionError: If `region` names no division, or several.
        LedgerError: If there is no such file or encoding, or a column is missing or of the wrong type.
        MissingExtraError: Without pyarrow (the extra `parquet`).
    """
    pa, pq = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    path, held = a_path(path, "the path of a ledger"), rules_of(rules)
    to_day(as_of, "as_of")
    need(progress, Callable, "what is told of progress", "a function of two numbers")  # type: ignore[arg-type]
    if a_region(region) is not None:
        calendar(region)
    try:
        file = pq.ParquetFile(path)
    except (OSError, ValueError) as err:
        raise LedgerError(f"no ledger at {path}: {err}", hint="name a Parquet file", missing=str(path)) from None
    with file:
        names = _names(file.schema_arrow.names, path.name)
        empty = file.schema_arrow.empty_table().rename_columns(names)
        check_kinds(empty.schema, path.name)
        apart = _apart(file, names, Apart(path.name, held, as_of, region), events, encoding)
        batches, parts, done, rows = [], [], 0, file.metadata.num_rows
        for batch in file.iter_batches(BATCH):
            batches.append(pa.Table.from_batches([batch]).rename_columns(names))
            parts.append(_judged(batches[-1], apart))
            done += batch.num_rows
            progress(done, rows)
    given = pa.concat_tables(batches or [empty])
    apart = replace(apart, firsts=firsts(text(given["id"])))
    return _report(given, _with_ids(pa.concat_tables(parts or [_judged(empty, apart)]), given, apart), apart)


def _names(given: list[str], file: str) -> list[str]:
    names = [next((ours for ours, aliases in COLUMNS.items() if name in aliases), name) for name in given]
    missing = [f"{key} / {' / '.join(COLUMNS[key])}" for key in REQUIRED if key not in names]
    if missing:
        raise LedgerError(f"{file}: no column {', '.join(missing)}", hint=f"there are: {', '.join(given)}", file=file)
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        raise LedgerError(f"{file}: several columns {', '.join(twice)}", hint="each column once", file=file)
    return names


def _apart(file: Any, names: list[str], plain: Apart, events: str | Path | None, encoding: str) -> Apart:
    """What judges single items, with what a file of events says of them."""
    if events is None:
        return plain
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    told: list[LedgerError] = []

    def known(asked: frozenset[str]) -> frozenset[str]:
        column = file.schema_arrow.names[names.index("id")]
        ids = pc.unique(text(file.read(columns=[column])[column]))
        return frozenset(ids.filter(pc.is_in(ids, value_set=pa.array(asked - {""}, pa.string()))).to_pylist())

    happened, unread = read_events(a_path(events, "the path of a file of events"), encoding, known, told.append)
    return replace(plain, happened=happened, unread=unread, told=tuple(told))


def _judged(table: Any, apart: Apart) -> Any:
    """What is found of a batch: the answers, and the fault that keeps an item from having them."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    (trigger, bad), (completed, worse) = (days(table[name]) for name in DAYS)
    asked = pa.table({"rule": text(table["rule"]), "trigger": trigger, "completed": completed})
    unread = pc.or_(bad, worse)
    as_of = to_day(apart.as_of)
    ids, rules, nowhere = in_regions(asked["rule"], named(table, apart.region), apart.rules)
    ruled = asked.append_column("asked", ids)
    found = flag(ruled, rule_column="asked", rules=rules, trigger="trigger", completed="completed", as_of=as_of)
    fault = pc.if_else(unread, "unreadable-date", found["fault"].cast(pa.string()))
    fault = pc.if_else(nowhere, UnknownRegionError.code, fault)
    words = {name: found[name].cast(pa.string()) for name in ("state", "certainty")}
    columns = {name: found[name] for name in ANSWERS} | words
    columns = without(columns, pc.is_valid(fault)) | {"fault": fault}
    wanted = apart.wanted(table, asked, found, unread)
    if pc.any(wanted).as_py():
        columns = apart.put(columns, table, wanted)
    return pa.table(columns)


def _with_ids(found: Any, given: Any, apart: Apart) -> Any:
    """What is found, with the faults of ids; rows that hold nothing are no items, and have none."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    ids = text(given["id"])
    none = pc.equal(ids, "").combine_chunks()
    if not (apart.firsts or apart.unread or pc.any(none).as_py()):
        return found
    empty = pc.replace_with_mask(none, none, blank(given.filter(none)).combine_chunks())
    rows = pc.indices_nonzero(pc.is_valid(ids))
    twice = pc.is_in(ids, value_set=pa.array(apart.firsts, pa.string()))
    again = pc.and_not(twice, pc.is_in(rows, value_set=pa.array(apart.firsts.values(), rows.type))).combine_chunks()
    unread = pc.is_in(ids, value_set=pa.array(apart.unread, pa.string())).combine_chunks()
    none_of_these = pa.scalar(None, pa.string())
    wrong = pc.case_when(pc.make_struct(empty, none, again, unread), none_of_these, "no-id", "id-twice", UNREAD)
    fault = pc.coalesce(pc.if_else(pc.or_(empty, unread), none_of_these, found["fault"]), wrong)
    answers = {name: found[name] for name in ANSWERS}
    return pa.table(without(answers, pc.is_valid(fault)) | {"fault": fault})


def _with_own(table: Any, name: str, rules: Mapping[str, str]) -> Any:
    """A column of text in which an empty cell is what the row's rule has."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    places = pc.index_in(text(table["rule"]), value_set=pa.array(rules, pa.string()))
    own = pc.fill_null(pa.array(rules.values(), pa.string()).take(places), "")
    if name not in table.column_names:
        return table.append_column(name, own)
    given = text(table[name])
    return table.set_column(table.column_names.index(name), name, pc.if_else(pc.equal(given, ""), own, given))


def _report(given: Any, found: Any, apart: Apart) -> BulkReport:
    names = [f"{name} (ledger)" if name in found.column_names else name for name in given.column_names]
    table = _with_own(given.rename_columns(names), "lead", {key: "、".join(r.actors) for key, r in apart.rules.items()})
    table = _with_own(table, "region", {key: apart.region or r.region or "" for key, r in apart.rules.items()})
    for name in found.column_names:
        table = table.append_column(name, found[name])
    by_unit: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    for row in table.group_by(["lead", "state"]).aggregate([([], "count_all")]).to_pylist():
        if row["state"] is not None:
            total[row["state"]] += row["count_all"]
            for unit in re.split("[、;；]", row["lead"]):
                by_unit.setdefault(unit, Counter())[row["state"]] += row["count_all"]
    counts = {unit: dict(each) for unit, each in sorted(by_unit.items())}
    states = {state: total[state] for state in URGENCY if total[state]}
    return BulkReport(to_day(apart.as_of), apart.file, table, counts, states, given, apart)
