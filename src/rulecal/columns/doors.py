"""The doors: a column of any kind in as whole numbers of days since 1970-01-01 in Beijing (S1), the same kind out.

What comes in is at rest until it is read piece by piece, so a long column costs no copy of itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rulecal.columns._later import Later, needed
from rulecal.columns.facts import NULL
from rulecal.errors import NotADateError

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy", "numpy")

Share = TypeVar("Share")

PIECE: Final = 1 << 16
"""Rows that are worked on at a time: few enough to stay in the cache of a core."""
_MANY: Final = 1 << 20
"""Rows from which on a second thread pays."""
_THREADS: Final = 4
NAT: Final = -(2**63)
"""What a null is in 64 bits."""

_A_DAY: Final = {"D": 1, "h": 24, "m": 1440, "s": 86_400, "ms": 86_400_000, "us": 86_400_000_000}
_A_DAY["ns"] = _A_DAY["us"] * 1000
_BEIJING: Final = 3
"""Beijing is 8 hours ahead: a third of a day."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """A column as whole numbers: of days, or of parts of a day.

    Attributes:
        values: 32 or 64 bits; the least number there is stands for null.
        a_day: How many make a day.
        aware: They are counted in UTC, so that Beijing's day begins a third of a day earlier.
        wrap: Makes a column of the caller's kind from numbers in 32 bits, `NULL` for null; of days if it is told so.
    """

    values: np.ndarray
    a_day: int = 1
    aware: bool = False
    wrap: Callable[[np.ndarray, bool], Any] = lambda values, _: values

    def __len__(self) -> int:
        return len(self.values)

    @property
    def is_plain(self) -> bool:
        """Whether the values are days as they stand, in 64 bits."""
        return self.a_day == 1 and self.values.dtype.itemsize > 4  # noqa: PLR2004

    def pieces(self, rows: range | None = None) -> Iterator[tuple[slice, np.ndarray]]:
        """The column, or some consecutive rows, piece by piece as days in 64 bits; null is a day long before 1970."""
        rows = range(len(self)) if rows is None else rows
        room = np.empty(min(PIECE, len(rows)), "i8")
        for start in range(rows.start, rows.stop, PIECE):
            part = slice(start, min(start + PIECE, rows.stop))
            yield part, self.days(part, room[: part.stop - part.start])

    def days(self, part: slice, room: np.ndarray) -> np.ndarray:
        """A piece as days, in `room` where they have to be worked out."""
        values = self.values[part]
        if self.is_plain:
            return values
        if self.a_day == 1:
            room[...] = values
            return room
        ahead = self.a_day // _BEIJING if self.aware else 0
        nulls = values == NAT
        np.floor_divide(np.add(values, ahead, out=room), self.a_day, out=room)
        room[nulls] = NAT
        return room

    def whole(self) -> np.ndarray:
        """All of it as days in 32 bits, `NULL` for null and for days that 32 bits do not hold."""
        found = np.empty(len(self), "i4")
        for part, days in self.pieces():
            found[part] = np.where((days > NULL) & (days < -NULL), days, NULL)
        return found

    def dates(self, days: np.ndarray) -> Any:
        """A column of the caller's kind from days in 32 bits, `NULL` for null."""
        return self.wrap(days, True)

    def numbers(self, values: np.ndarray) -> Any:
        """A column of the caller's kind from whole numbers in 64 bits, `NAT` for null."""
        return self.wrap(np.where(values == NAT, NULL, values).astype("i4"), False)

    def has_nulls(self, days: np.ndarray) -> bool:
        """Whether a day of a piece is null, or so far off that it might be."""
        return bool(days.min() <= NULL)

    def nulls(self, days: np.ndarray) -> np.ndarray:
        """Which days of a piece are null."""
        return days == (NAT if self.values.dtype.itemsize > 4 else NULL)  # noqa: PLR2004


def spread(rows: int, work: Callable[[range], Share]) -> list[Share]:
    """What some work finds on each share of so many rows, in their order.

    Where it is worth it each share has a thread of its own: numpy and polars let go of the lock while they work.
    """
    count = min(os.cpu_count() or 1, _THREADS, 1 + rows // _MANY)
    ends = [rows * n // count for n in range(count + 1)]
    shares = [range(low, high) for low, high in pairwise(ends)]
    if count == 1:
        return [work(shares[0])]
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(work, shares))


def library_of(value: Any) -> str:
    """The library that a column or a frame is of, its own subclasses included; "" for none of the four."""
    modules = (each.__module__.partition(".")[0] for each in type(value).__mro__)
    return next((name for name in modules if name in _DOORS), "")


def read(column: Any, what: str = "a column of days") -> Ticks:
    """The door for a column: numpy, pandas, polars or pyarrow.

    Raises:
        NotADateError: If it is no column of days or moments (also a `TypeError`).
    """
    door = _DOORS.get(library_of(column))
    found = door(column) if door is not None else None
    if found is None:
        kind = getattr(column, "dtype", None) or getattr(column, "type", None)
        raise NotADateError(
            f"{what} is needed, not {type(column).__name__}{f' of {kind}' if kind is not None else ''}",
            hint="pass datetime64, or a pandas, polars or pyarrow column of dates or datetimes",
        )
    return found


# numpy ---------------------------------------------------------------------------------------------------------------


def to_numpy(values: np.ndarray, days: bool) -> np.ndarray:
    """Numbers in 32 bits as datetime64[D], or as whole numbers, with a null among them as floats."""
    if not days:
        none = values == NULL
        return np.where(none, np.nan, values) if none.any() else values.astype("i8")
    wide = values.astype("i8")
    wide[values == NULL] = NAT
    return wide.view("M8[D]")


def _numpy(column: Any) -> Ticks | None:
    if not isinstance(column, np.ndarray) or column.dtype.kind != "M" or column.ndim != 1:
        return None
    unit, step = np.datetime_data(column.dtype)
    if step != 1 or unit not in _A_DAY:
        return None
    if isinstance(column, np.ma.MaskedArray):
        column = column.filled(np.datetime64("NaT"))
    if not column.dtype.isnative:
        column = column.astype(column.dtype.newbyteorder("="))
    return Ticks(column.view("i8"), _A_DAY[unit], wrap=to_numpy)


# pandas --------------------------------------------------------------------------------------------------------------


def _pandas(column: Any) -> Ticks | None:
    pd = needed("pandas", "frames")
    if not isinstance(column, pd.Series):
        return None

    def wrap(values: np.ndarray, days: bool) -> Any:
        return pandas_series(column.name, column.index, values, days)

    dtype = column.dtype
    if isinstance(dtype, pd.ArrowDtype):
        found = _arrow(needed("pyarrow", "parquet").array(column.array))
        return found and Ticks(found.values, found.a_day, found.aware, wrap)
    if dtype.kind == "O" and pd.api.types.infer_dtype(column, skipna=True) in {"date", "empty"}:
        held = column.to_numpy(object, copy=True)
        held[column.isna().to_numpy()] = None
        return Ticks(held.astype("M8[D]").view("i8"), wrap=wrap)
    if dtype.kind == "f" and bool(column.isna().all()):  # what an empty column of a file is read as
        return Ticks(np.full(len(column), NAT), wrap=wrap)
    if dtype.kind != "M":
        return None
    aware = isinstance(dtype, pd.DatetimeTZDtype)
    values = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy() if aware else column.to_numpy()
    return Ticks(values.view("i8"), _A_DAY[np.datetime_data(values.dtype)[0]], aware, wrap)


def pandas_series(name: Any, index: Any, values: np.ndarray, days: bool) -> Any:
    """Numbers in 32 bits as a pandas series: of datetime64[s], or of Int32."""
    pd = needed("pandas", "frames")
    if days:
        return pd.Series(to_numpy(values, days).astype("M8[s]"), index=index, name=name)
    return pd.Series(pd.arrays.IntegerArray(values.copy(), values == NULL), index=index, name=name)


# polars --------------------------------------------------------------------------------------------------------------


def _polars(column: Any) -> Ticks | None:
    pl = needed("polars", "frames")
    if isinstance(column, pl.Series) and column.dtype == pl.Null:
        column = column.cast(pl.Date)
    if not isinstance(column, pl.Series) or not isinstance(column.dtype, pl.Date | pl.Datetime):
        return None

    def wrap(values: np.ndarray, days: bool) -> Any:
        return polars_series(column.name, values, days)

    physical = column.to_physical()
    if physical.null_count():
        physical = physical.fill_null(NULL if physical.dtype == pl.Int32 else NAT)
    dtype = column.dtype
    if isinstance(dtype, pl.Date):
        return Ticks(physical.to_numpy(), wrap=wrap)
    return Ticks(physical.to_numpy(), _A_DAY[dtype.time_unit], dtype.time_zone is not None, wrap)


def polars_series(name: str, values: np.ndarray, days: bool) -> Any:
    """Numbers in 32 bits as a polars series of dates, or of whole numbers."""
    pl = needed("polars", "frames")
    found = pl.Series(name, values)
    if len(values) and values.min() == NULL:
        found = found.to_frame().select(pl.col(name).replace(NULL, None)).to_series()
    return found.cast(pl.Date) if days else found


# pyarrow -------------------------------------------------------------------------------------------------------------


def _arrow(column: Any) -> Ticks | None:
    pa = needed("pyarrow", "parquet")
    chunked = isinstance(column, pa.ChunkedArray)
    if not (chunked or isinstance(column, pa.Array)):
        return None
    if pa.types.is_null(column.type):
        column = column.cast(pa.date32())
    kind = column.type
    if not (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        return None

    def wrap(values: np.ndarray, days: bool) -> Any:
        found = arrow_array(values, days)
        return pa.chunked_array([found]) if chunked else found

    whole = column.combine_chunks() if chunked else column
    narrow = pa.types.is_date32(kind)
    plain = whole.view(pa.int32() if narrow else pa.int64())
    if plain.null_count:
        plain = plain.fill_null(NULL if narrow else NAT)
    values = plain.to_numpy(zero_copy_only=True)
    if narrow:
        return Ticks(values, wrap=wrap)
    if pa.types.is_date64(kind):
        return Ticks(values, _A_DAY["ms"], wrap=wrap)
    return Ticks(values, _A_DAY[kind.unit], kind.tz is not None, wrap)


def arrow_array(values: np.ndarray, days: bool) -> Any:
    """Numbers in 32 bits as an arrow array of date32, or of int32, without a copy."""
    pa = needed("pyarrow", "parquet")
    bits = None
    if len(values) and values.min() == NULL:
        bits = pa.py_buffer(np.packbits(values != NULL, bitorder="little"))
    dtype = pa.date32() if days else pa.int32()
    return pa.Array.from_buffers(dtype, len(values), [bits, pa.py_buffer(np.ascontiguousarray(values))])


_DOORS: Final[dict[str, Callable[[Any], Ticks | None]]] = {
    "numpy": _numpy,
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _arrow,
}
