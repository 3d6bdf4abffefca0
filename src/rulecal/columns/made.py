"""Columns made for frames: what is found of items, as the columns that each library has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._later import Later, needed
from rulecal.columns.doors import PIECE, arrow_array, library_of, pandas_series, polars_series, spread, to_numpy
from rulecal.columns.facts import FAULTS, SURE
from rulecal.columns.judge import STATES
from rulecal.errors import InvalidCaseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from rulecal.columns.items import Found
else:
    np = Later("numpy", "numpy")

VALUES: Final = tuple(state.value for state in STATES)
"""What stands in a column of states."""
CERTAINTIES: Final = tuple(each.value for each in SURE)
"""What stands in a column of certainties."""


def made(found: Found, names: Mapping[str, str], frame: Any) -> Any:
    """A frame with what is found added under its names; without a frame, the columns as numpy arrays."""
    days = {names[name]: getattr(found, name) for name in ("due", "earliest", "latest")}
    verdict = found.verdict
    states, faults = (verdict.state, VALUES), (verdict.fault, FAULTS)
    numbers = {names[name]: getattr(verdict, name) for name in ("days_over", "working_days_over")}
    words = {names["state"]: states, names["fault"]: faults, names["certainty"]: (found.certainty, CERTAINTIES)}
    order = list(names.values())
    if frame is None:
        columns: dict[str, Any] = {name: to_numpy(each, True) for name, each in days.items()}
        columns |= {name: to_numpy(each, False) for name, each in numbers.items()}
        columns |= {name: np.array([*values, None], object).take(codes) for name, (codes, values) in words.items()}
        return {name: columns[name] for name in order}
    add = {"pandas": _to_pandas, "polars": _to_polars, "pyarrow": _to_arrow}[library_of(frame)]
    return add(frame, days, numbers, words, order)


def _to_pandas(frame: Any, days: Any, numbers: Any, words: Any, order: Sequence[str]) -> Any:
    pd = needed("pandas", "frames")
    columns = {name: pandas_series(name, frame.index, each, True) for name, each in days.items()}
    columns |= {name: pandas_series(name, frame.index, each, False) for name, each in numbers.items()}
    for name, (codes, values) in words.items():
        held = np.where(codes == len(values), -1, codes.astype("i1"))
        columns[name] = pd.Series(pd.Categorical.from_codes(held, list(values)), index=frame.index)
    return frame.assign(**{name: columns[name] for name in order})


def _to_polars(frame: Any, days: Any, numbers: Any, words: Any, order: Sequence[str]) -> Any:
    pl = needed("polars", "frames")
    columns = {name: polars_series(name, each, True) for name, each in days.items()}
    columns |= {name: polars_series(name, each, False) for name, each in numbers.items()}
    for name, (codes, values) in words.items():
        keys = pl.Series(name, [*values, None], dtype=pl.Enum(values))
        if len(codes) and codes.min() == len(values):
            columns[name] = keys[-1:].new_from_index(0, len(codes))
        else:
            columns[name] = keys.gather(pl.Series(codes))
    return frame.with_columns(columns[name] for name in order)


def _to_arrow(frame: Any, days: Any, numbers: Any, words: Any, order: Sequence[str]) -> Any:
    pa = needed("pyarrow", "parquet")
    columns = {name: arrow_array(each, True) for name, each in days.items()}
    columns |= {name: arrow_array(each, False) for name, each in numbers.items()}
    for name, (codes, values) in words.items():
        places = pa.array(codes.astype("i1"), mask=codes == len(values))
        columns[name] = pa.DictionaryArray.from_arrays(places, pa.array(values, pa.string()))
    for name in order:
        frame = frame.append_column(name, columns[name])
    return frame


def encoded(texts: Any) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a column, and for each row the place of its own; -1 for null.

    Raises:
        InvalidCaseError: If it is no column of texts.
    """
    try:
        distinct, places = _ENCODERS[library_of(texts)](texts)
    except (TypeError, ValueError):
        distinct, places = [None], np.array([0])
    if not all(isinstance(text, str) for text in distinct):
        raise InvalidCaseError("the column of rules is no column of texts", hint="it holds the id of each row's rule")
    return distinct, places


def _encode_numpy(texts: Any) -> tuple[list[Any], np.ndarray]:
    held = texts.astype(object)
    none = np.array([text is None for text in held], bool)
    distinct, places = np.unique(held[~none], return_inverse=True)
    found = np.full(len(held), -1, "i8")
    found[~none] = places
    return distinct.tolist(), found


def _encode_pandas(texts: Any) -> tuple[list[Any], np.ndarray]:
    places, distinct = needed("pandas", "frames").factorize(texts)
    return list(distinct), places


def _encode_polars(texts: Any) -> tuple[list[Any], np.ndarray]:
    pl = needed("polars", "frames")
    if texts.dtype == pl.Null:
        texts = texts.cast(pl.String)
    if not isinstance(texts.dtype, pl.String | pl.Categorical | pl.Enum):
        raise TypeError
    few = _distinct(texts.head(PIECE))
    places = _places(texts, few)
    if int((places < 0).sum()) == texts.null_count():
        return few, places
    distinct = _distinct(texts)
    return distinct, _places(texts, distinct)


def _distinct(texts: Any) -> list[str]:
    pl = needed("polars", "frames")
    return texts.drop_nulls().unique().cast(pl.String).to_list()


def _places(texts: Any, among: list[str]) -> np.ndarray:
    """The place of each text among some; -1 for null and for others."""
    pl = needed("polars", "frames")
    found = np.empty(len(texts), "i4")

    def look(rows: range) -> None:
        part = texts.slice(rows.start, len(rows)).cast(pl.Enum(among), strict=False)
        found[rows.start : rows.stop] = part.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()

    spread(len(texts), look)
    return found


def _encode_arrow(texts: Any) -> tuple[list[Any], np.ndarray]:
    pa = needed("pyarrow", "parquet")
    if pa.types.is_null(texts.type):
        texts = texts.cast(pa.string())
    whole = pa.chunked_array(texts).unify_dictionaries().combine_chunks()
    held = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    return held.dictionary.to_pylist(), held.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False)


_ENCODERS: Final = {
    "numpy": _encode_numpy,
    "pandas": _encode_pandas,
    "polars": _encode_polars,
    "pyarrow": _encode_arrow,
}
