"""Exclusions out of a frame: columns of first and last days, or a frame of events, as arrays of several a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._later import Later
from rulecal.columns.cases import Pauses
from rulecal.columns.doors import read
from rulecal.columns.facts import NULL
from rulecal.errors import InvalidCaseError

if TYPE_CHECKING:
    import narwhals as nw
    import numpy as np
else:
    np, nw = Later("numpy", "numpy"), Later("narwhals", "frames")

_ENDS: Final = ("first", "last")


def pauses_of(
    exclusions: Any, rows: int, column: Callable[[str], Any], frame: nw.DataFrame[Any] | None
) -> Pauses | None:
    """The exclusions of a frame's rows.

    Args:
        exclusions: A pair of column names, a list of such pairs, or a frame of events.
        rows: How many rows the frame has.
        column: Gives a column of the frame by its name.
        frame: The frame, to find the items of events in.

    Raises:
        InvalidCaseError: If they are none of these.
    """
    if exclusions is None:
        return None
    if isinstance(exclusions, tuple | list):
        return _of_columns(list(exclusions) if isinstance(exclusions, list) else [exclusions], column, rows)
    events = nw.from_native(exclusions, pass_through=True)
    if not isinstance(events, nw.DataFrame) or frame is None:
        raise InvalidCaseError(
            f"exclusions are names of columns or an eager frame of events, not {type(exclusions).__name__}",
            hint="('paused', 'resumed'), a list of such pairs, or a frame with the columns first, last and an id",
        )
    return _of_events(events, frame, rows)


def _of_columns(pairs: list[Any], column: Callable[[str], Any], rows: int) -> Pauses:
    if not pairs or not all(isinstance(pair, tuple) and len(pair) == len(_ENDS) for pair in pairs):
        raise InvalidCaseError("each exclusion is a pair of column names", hint="[('paused', 'resumed'), …]")
    ends = [[read(column(pair[n]), "a column of exclusions").whole() for pair in pairs] for n in range(len(_ENDS))]
    if {len(each) for end in ends for each in end} != {rows}:
        raise InvalidCaseError("columns of exclusions of another length", hint="pass columns of one length")
    return Pauses(*map(np.array, ends))


def _of_events(events: nw.DataFrame[Any], frame: nw.DataFrame[Any], rows: int) -> Pauses:
    names = [name for name in events.columns if name not in _ENDS]
    if len(names) != 1 or len(events.columns) != len(_ENDS) + 1 or names[0] not in frame.columns:
        raise InvalidCaseError(
            f"events have the columns first, last and one that both frames have, not {', '.join(events.columns)}",
            hint="e.g. id, first, last: one row an exclusion",
        )
    key, place, event = names[0], "rulecal place", "rulecal event"
    items = frame.select(key).with_row_index(place).drop_nulls(key)
    wanted = events.select(key).with_row_index(event)
    try:
        held = wanted.join(items, on=key, how="inner").sort(place, event)
        missing = len(wanted.join(items, on=key, how="anti"))
    except (TypeError, nw.exceptions.NarwhalsError) as err:
        raise InvalidCaseError(
            f"the column {key} of the events cannot be matched with that of the frame: {err}",
            hint=f"two frames of one library, {key} of one type in both",
        ) from None
    if missing:
        raise InvalidCaseError(f"{missing} events belong to no row of the frame", hint=f"compare {key} in both")
    places = held[place].to_numpy().astype("i8")
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    slots = np.arange(len(places)) - np.repeat(starts, np.diff(starts, append=len(places)))
    order = held[event].to_numpy().astype("i8")
    ends = []
    for name in _ENDS:
        matrix = np.full((int(slots.max(initial=0)) + 1, rows), NULL, "i4")
        matrix[slots, places] = read(events[name].to_native(), "a column of exclusions").whole()[order]
        ends.append(matrix)
    return Pauses(*ends)
