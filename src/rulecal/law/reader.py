"""One table being read, key by key: strict, every fault noted with its place, unknown keys named at the end."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from rulecal.civil import parse_day
from rulecal.errors import CatalogueError, RulecalError
from rulecal.text import Text

_E = TypeVar("_E", bound=Enum)
MISSING = object()
"""The default of a key that must be there."""


class Reader:
    """One table being read: each method takes one key, checks it, and notes a fault when it is not as it must be."""

    def __init__(self, table: object, place: str, file: str, faults: list[RulecalError]) -> None:
        self.place, self.file, self.faults = place, file, faults
        self.taken: set[str] = set()
        self.table: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
        if not isinstance(table, Mapping):
            self.fault("", table, "a table")

    def fault(self, key: str, value: object, expected: str) -> None:
        """Note that `key` holds `value` but needs `expected`."""
        place = f"{self.place}.{key}" if key else self.place
        given = "is missing" if value is MISSING else f"is {value!r}"
        self.faults.append(
            CatalogueError(f"{self.file}: {place} {given}", hint=f"needed: {expected}", file=self.file, place=place)
        )

    def _take(self, key: str, types: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self.taken.add(key)
        value = self.table.get(key, MISSING)
        if value is MISSING and default is not MISSING:
            return default
        if not isinstance(value, types) or (isinstance(value, bool) and types is int):
            self.fault(key, value, expected)
            return None if default is MISSING else default
        return value

    def text(self, key: str, default: Any = MISSING, *, form: str = "", expected: str = "a text") -> str:
        """A text; of a form (a regular expression), if one is given."""
        value = self._take(key, str, expected, default) or ""
        if value and form and not re.fullmatch(form, value, re.ASCII):
            self.fault(key, value, expected)
            return ""
        return value

    def whole(self, key: str, default: Any = MISSING) -> Any:
        """A whole number; None where it is missing or none."""
        return self._take(key, int, "a whole number", default)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._take(key, list, "a list of whole numbers", ())
        if not all(type(each) is int for each in value):
            self.fault(key, value, "a list of whole numbers")
            return ()
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        return bool(self._take(key, bool, "true or false", default=False))

    def day(self, key: str) -> date | None:
        """A date, or none; in JSON as ISO text."""
        return self._day(key, self._take(key, (date, str), "a date", None))

    def _day(self, key: str, value: object) -> date | None:
        if isinstance(value, datetime):
            self.fault(key, value, "a date without a time of day")
            return None
        if isinstance(value, str):
            try:
                return parse_day(value)
            except ValueError:
                self.fault(key, value, "a date such as 2022-03-29")
                return None
        return value if isinstance(value, date) else None

    def day_pairs(self, key: str) -> tuple[tuple[date, date], ...]:
        """A list of pairs of days: `[[2022-09-30, 2022-10-25], …]`."""
        pairs = []
        for pair in self._take(key, list, "a list of pairs of dates", MISSING) or ():
            days = [self._day(key, day) for day in pair] if isinstance(pair, list) else []
            if len(days) != 2 or None in days:  # noqa: PLR2004
                self.fault(key, pair, "two dates: the trigger and the due day")
            else:
                pairs.append((days[0], days[1]))
        return tuple(pairs)  # type: ignore[arg-type]

    def words(self, key: str, default: Any = (), *, of: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of texts; out of those allowed, if some are named."""
        expected = f"some of {', '.join(sorted(of))}" if of else "a list of texts"
        value = self._take(key, list, expected, default) or ()
        if not all(isinstance(word, str) for word in value) or (of and not set(value) <= set(of)):
            self.fault(key, value, expected)
            return ()
        return tuple(value)

    def both(self, key: str, default: Any = MISSING) -> Text:
        """A text in Chinese and English."""
        value = self._take(key, Mapping, '{ zh = "…", en = "…" }', default)
        return self._both(key, value) if value else Text()

    def all_both(self, key: str) -> tuple[Text, ...]:
        """A list of texts in Chinese and English."""
        return tuple(self._both(key, value) for value in self._take(key, list, "a list of { zh, en }", ()))

    def _both(self, key: str, value: object) -> Text:
        if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
            self.fault(key, value, '{ zh = "…", en = "…" }')
            return Text()
        return Text(str(value["zh"]), str(value["en"]))

    def choice(self, key: str, kinds: type[_E], default: Any = MISSING) -> Any:
        """One of an enumeration's values; its default where absent."""
        value = self._take(key, str, _one_of(kinds), default)
        if value is default:
            return value
        try:
            return kinds(value)
        except ValueError:
            if value is not None:
                self.fault(key, value, _one_of(kinds))
            return next(iter(kinds))

    def tables(self, key: str) -> list[Reader]:
        """A list of tables, each to be read on."""
        found = self._take(key, list, "a list of tables", ())
        return [Reader(table, f"{self.place}.{key}[{i}]", self.file, self.faults) for i, table in enumerate(found)]

    def words_or_tables(self, key: str) -> list[str | Reader]:
        """A list in which each entry is a text or a table to be read on."""
        found = self._take(key, list, "a list of texts or tables", ())
        places = (f"{self.place}.{key}[{i}]" for i in range(len(found)))
        return [
            each if isinstance(each, str) else Reader(each, place, self.file, self.faults)
            for each, place in zip(found, places, strict=True)
        ]

    def table_at(self, key: str) -> Reader | None:
        """A table to be read on, or none."""
        found = self._take(key, Mapping, "a table", None)
        return None if found is None else Reader(found, f"{self.place}.{key}", self.file, self.faults)

    def close(self) -> None:
        """Name the keys that nobody took."""
        for key in self.table:
            if key not in self.taken:
                near = difflib.get_close_matches(key, self.taken, n=1)
                meant = f"; did you mean {near[0]}?" if near else ""
                self.fault(key, self.table[key], f"no such key here{meant}, one of {', '.join(sorted(self.taken))}")


@cache
def _one_of(kinds: type[Enum]) -> str:
    return "one of " + ", ".join(str(kind.value) for kind in kinds)
