"""What the doors of the library need of an argument: asked and refused in one way, whatever the door."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rulecal.errors import InvalidArgumentError

if TYPE_CHECKING:
    from pathlib import Path

_T = TypeVar("_T")
_SHOWN: Final = 80
"""Characters of a given value that an error shows."""


def need(value: object, kind: type[_T], what: str, hint: str) -> _T:
    """The value, where it is of a kind; a bool is no whole number.

    Raises:
        InvalidArgumentError: If it is of another kind.

    >>> need(15, int, "n", "a number of days")
    15
    """
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise refused(value, what, hint)


def maybe(value: object, kind: type[_T], what: str, hint: str) -> _T | None:
    """The same, or None."""
    return None if value is None else need(value, kind, what, hint)


def each_of(values: object, kind: type[_T], what: str, hint: str) -> tuple[_T, ...]:
    """Several values of a kind out of any iterable; a text is one value, never its letters."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        values = (values,)
    return tuple(need(value, kind, what, hint) for value in values)


def need_parts(value: object, kinds: Mapping[str, Any], what: str) -> None:
    """Refuse a value of which a field is not of its kind."""
    for name, kind in kinds.items():
        need(getattr(value, name), kind, f"{name} of {what}", f"a value of the type {getattr(kind, '__name__', kind)}")


def one_of(value: object, known: tuple[str, ...], what: str) -> None:
    """Refuse what is none of some words."""
    if value not in known:
        raise refused(value, what, f"one of {', '.join(map(repr, known))}")


def civil_year(value: object) -> int:
    """A civil year of the calendar.

    >>> civil_year(2022)
    2022
    """
    year = need(value, int, "a civil year", _YEAR)
    if not MINYEAR <= year <= MAXYEAR:
        raise refused(year, "a civil year", _YEAR)
    return year


_YEAR: Final = f"a whole number such as 2022, from {MINYEAR} to {MAXYEAR}"


def a_path(value: object, what: str) -> Path:
    """A path: a text, or what stands for a path."""
    if not isinstance(value, str | os.PathLike):
        raise refused(value, what, "a text or a pathlib.Path")
    from pathlib import Path  # noqa: PLC0415  (who only imports rulecal reads no file)

    return Path(value)


def a_region(value: object) -> str | None:
    """What may name a region; whether it does is said when its calendar is asked for."""
    return maybe(value, str, "a region", "a division code as text, such as '640500'; or None")


def refused(value: Any, what: str, hint: str) -> InvalidArgumentError:
    """The error that says what was given, and what is needed."""
    shown = repr(value)
    shown = f"{shown[:_SHOWN]}…" if len(shown) > _SHOWN else shown
    return InvalidArgumentError(
        f"{what} is needed, not {shown} of type {type(value).__name__}", hint=hint, given=shown, needed=what
    )
