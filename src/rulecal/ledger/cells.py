"""The cells of a Parquet ledger: as the text that a CSV would have, and as days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from rulecal.civil import parse_day
from rulecal.columns._later import needed
from rulecal.errors import LedgerError, RulecalError
from rulecal.ledger.read import COLUMNS

DAYS: Final = ("trigger", "completed")
"""The columns that hold days in every row."""
_AHEAD: Final = timedelta(hours=8)


def check_kinds(schema: Any, file: str) -> None:
    """Refuse columns of ours that are of no kind we read.

    Raises:
        LedgerError: Naming the column, what it holds and what is needed.
    """
    types = needed("pyarrow", "parquet").types
    for name, kind in zip(schema.names, map(_kind, schema.types), strict=True):
        good = is_text(kind) or types.is_null(kind) or types.is_date(kind) or types.is_timestamp(kind)
        plain = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind) or types.is_boolean(kind)
        good = good or (plain and name not in DAYS)
        if name in COLUMNS and not good:
            wanted = "days as date, timestamp or text such as 2022-06-27" if name in DAYS else "text"
            raise LedgerError(
                f"{file}, column {name}: of type {kind}", hint=f"needed: {wanted}", file=file, column=name
            )


def _kind(kind: Any) -> Any:
    return kind.value_type if needed("pyarrow", "parquet").types.is_dictionary(kind) else kind


def is_text(kind: Any) -> bool:
    """Whether a column of this type holds text."""
    types = needed("pyarrow", "parquet").types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def is_moment(column: Any) -> bool:
    """Whether a column holds moments."""
    return bool(needed("pyarrow", "parquet").types.is_timestamp(_kind(column.type)))


def text(column: Any) -> Any:
    """A column as text without blanks around it, empty for null; moments by Beijing's clock, `2022-06-27 09:00:00`."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    return pc.utf8_trim_whitespace(pc.fill_null(_by_the_clock(column).cast(pa.string()), ""))


def _by_the_clock(column: Any) -> Any:
    """A column, its moments as seconds of Beijing's wall clock."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    column = column.cast(_kind(column.type))
    if not is_moment(column):
        return column
    aware = column.type.tz is not None
    column = column.cast(pa.timestamp(column.type.unit)).cast(pa.timestamp("s"), safe=False)
    return pc.add(column, pa.scalar(_AHEAD, pa.duration("s"))) if aware else column


def whole_days(column: Any) -> Any:
    """A column of days or moments as numbers of days since 1970-01-01 in Beijing."""
    pa = needed("pyarrow", "parquet")
    return _by_the_clock(column).cast(pa.date32(), safe=False).cast(pa.int32())


def days(column: Any) -> tuple[Any, Any]:
    """A column as days or moments, and which of its texts are not read as one; empty text is none."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    kind = _kind(column.type)
    if not is_text(kind):
        return column.cast(kind), pa.chunked_array([pa.repeat(False, len(column))])
    coded = column.cast(kind).cast(pa.string()).combine_chunks().dictionary_encode()
    texts = coded.dictionary.to_pylist()
    found = pa.array([_day(each) for each in texts], pa.date32()).take(coded.indices)
    written = pa.array([each.strip() != "" for each in texts], pa.bool_()).take(coded.indices)
    return pa.chunked_array([found]), pa.chunked_array([pc.fill_null(pc.and_(pc.is_null(found), written), False)])


def _day(written: str) -> date | None:
    try:
        return parse_day(written)
    except RulecalError:
        return None


def blank(table: Any) -> Any:
    """Which rows of a table hold nothing at all."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    found = pa.chunked_array([pa.repeat(True, len(table))])
    for column in table.columns:
        held = pc.not_equal(text(column), "") if is_text(_kind(column.type)) else pc.is_valid(column)
        found = pc.and_(found, pc.invert(held))
    return found


def firsts(ids: Any) -> dict[str, int]:
    """The first place of each id that is given more than once."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    counted = pc.value_counts(ids)
    many = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    places = pc.indices_nonzero(pc.is_in(ids, value_set=many))
    found = pa.table({"id": ids.take(places), "place": places}).group_by("id").aggregate([("place", "min")])
    return dict(zip(found["id"].to_pylist(), found["place_min"].to_pylist(), strict=True))


def without(columns: Mapping[str, Any], rows: Any) -> dict[str, Any]:
    """The columns, with null in some rows."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    return {name: pc.if_else(rows, pa.scalar(None, column.type), column) for name, column in columns.items()}
