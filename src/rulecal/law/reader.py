"""One table being read, key by key: strict, every fault noted with its place, unknown keys named at the end."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from rulecal.civil import parse_day
from rulecal.errors import CatalogueError, RulecalError
from rulecal.law.shown import shown
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from rulecal.law.norm import Norm

_E = TypeVar("_E", bound=Enum)
MISSING: Final = object()
"""The default of a key that must be there."""
_SHOWN: Final = 80
"""Characters of a given value that a fault shows."""

ID_FORM: Final = "[a-z0-9]+(-[a-z0-9]+)*"
ID: Final = Text("小写字母、数字、连字符，如 my-county-2022", "lower-case letters, digits and hyphens: my-county-2022")
"""The id of an instrument and the name of a rule; `instrument/rule` is the id of the rule."""

TEXT: Final = Text("文字", "a text")
WHOLE: Final = Text("整数", "a whole number")
WHOLES: Final = Text("整数的列表", "a list of whole numbers")
FLAG: Final = Text("true 或 false", "true or false")
DATE: Final = Text("日期，如 2022-03-29", "a date such as 2022-03-29")
PLAIN_DATE: Final = Text("不带时刻的日期", "a date without a time of day")
PAIRS: Final = Text("日期对的列表", "a list of pairs of dates")
PAIR: Final = Text("两个日期：起算日与届满日", "two dates: the trigger and the due day")
WORDS: Final = Text("文字的列表", "a list of texts")
BOTH: Final = Text('{ zh = "…", en = "…" }，两项均为文字', '{ zh = "…", en = "…" }, both of them texts')
BOTHS: Final = Text("{ zh, en } 的列表", "a list of { zh, en }")
TABLE: Final = Text("表", "a table")
TABLES: Final = Text("表的列表", "a list of tables")
MIXED: Final = Text("文字或表的列表", "a list of texts or tables")


def _no_fault(_: object) -> None:
    return None


class Checks(NamedTuple):
    """What other rooms know that a file of rules must be held against; each says what is needed instead, if anything.

    Attributes:
        region: Of a code that has the form of one.
        norm: Of a norm that has been read, beside rules held elsewhere.
    """

    region: Callable[[str], Text | None] = _no_fault
    norm: Callable[[Norm], Text | None] = _no_fault


NO_CHECKS: Final = Checks()


class Reader:
    """One table being read: each method takes one key, checks it, and notes a fault when it is not as it must be."""

    def __init__(
        self, table: object, place: str, file: str, faults: list[RulecalError], checks: Checks = NO_CHECKS
    ) -> None:
        self.place, self.file, self.faults, self.checks = place, file, faults, checks
        self.taken: set[str] = set()
        self.table: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
        if not isinstance(table, Mapping):
            self.fault("", table, TABLE)

    @property
    def left_out(self) -> frozenset[str]:
        """The keys asked for so far that the table does not hold."""
        return frozenset(self.taken - self.table.keys())

    def fault(self, key: str, value: object, expected: Text | str) -> None:
        """Note that `key` holds `value` but needs `expected`."""
        place = self._at(key) or "file"
        given = "" if value is MISSING else shown(value)
        if len(given) > _SHOWN:
            given = f"{given[:_SHOWN]}…"
        expected = expected if isinstance(expected, Text) else Text(expected, expected)
        self.faults.append(
            CatalogueError(
                f"{self.file}: {place} {f'is {given}' if given else 'is missing'}",
                hint=f"needed: {expected}",
                file=self.file,
                place=place,
                table=self.place,
                key=key,
                given=given,
                expected=expected,
            )
        )

    def _take(self, key: str, types: type | tuple[type, ...], expected: Text, default: Any) -> Any:
        self.taken.add(key)
        value = self.table.get(key, MISSING)
        if value is MISSING and default is not MISSING:
            return default
        if not (_is_whole(value) if types is int else isinstance(value, types)):
            self.fault(key, value, expected)
            return None if default is MISSING else default
        return value

    def text(self, key: str, default: Any = MISSING, *, form: str = "", expected: Text = TEXT) -> str:
        """A text; of a form (a regular expression), if one is given."""
        value = self._take(key, str, expected, default)
        if value is None or value == default:
            return value or ""
        if form and not re.fullmatch(form, value, re.ASCII):
            self.fault(key, value, expected)
            return ""
        return str(value)

    def whole(self, key: str, default: Any = MISSING, *, least: int | None = None, most: int | None = None) -> Any:
        """A whole number within its bounds, if any; its default, or None, where it is missing or none."""
        value = self._take(key, int, WHOLE, default)
        if value is default or value is None:
            return value
        if (least is None or least <= value) and (most is None or value <= most):
            return value
        self.fault(key, value, bounds(least, most))
        return None if default is MISSING else default

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._take(key, list, WHOLES, ())
        if not all(map(_is_whole, value)):
            self.fault(key, value, WHOLES)
            return ()
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        return bool(self._take(key, bool, FLAG, default=False))

    def day(self, key: str) -> date | None:
        """A date, or none; in JSON as ISO text."""
        return self._day(key, self._take(key, (date, str), DATE, None))

    def _day(self, key: str, value: object) -> date | None:
        if isinstance(value, datetime):
            self.fault(key, value, PLAIN_DATE)
            return None
        if isinstance(value, str):
            try:
                return parse_day(value)
            except ValueError:
                self.fault(key, value, DATE)
                return None
        return value if isinstance(value, date) else None

    def day_pairs(self, key: str) -> tuple[tuple[date, date], ...]:
        """A list of pairs of days: `[[2022-09-30, 2022-10-25], …]`."""
        pairs = []
        for pair in self._take(key, list, PAIRS, MISSING) or ():
            days = [self._day(key, day) for day in pair] if isinstance(pair, list) else []
            if len(days) != 2 or None in days:  # noqa: PLR2004
                self.fault(key, pair, PAIR)
            else:
                pairs.append((days[0], days[1]))
        return tuple(pairs)  # type: ignore[arg-type]

    def words(self, key: str, default: Any = (), *, of: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of texts; out of those allowed, if some are named."""
        expected = some_of(of) if of else WORDS
        value = self._take(key, list, expected, default) or ()
        if not all(isinstance(word, str) for word in value) or (of and not set(value) <= set(of)):
            self.fault(key, value, expected)
            return ()
        return tuple(value)

    def both(self, key: str, default: Any = MISSING) -> Text:
        """A text in Chinese and English."""
        value = self._take(key, Mapping, BOTH, default)
        return Text() if value is default or value is None else self._both(key, value)

    def all_both(self, key: str) -> tuple[Text, ...]:
        """A list of texts in Chinese and English."""
        return tuple(self._both(key, value) for value in self._take(key, list, BOTHS, ()))

    def _both(self, key: str, value: object) -> Text:
        said = value if isinstance(value, Mapping) else {}
        if set(said) != {"zh", "en"} or not all(isinstance(words, str) for words in said.values()):
            self.fault(key, value, BOTH)
            return Text()
        return Text(said["zh"], said["en"])

    def choice(self, key: str, kinds: type[_E], default: Any = MISSING) -> Any:
        """One of an enumeration's values; its default where absent."""
        value = self._take(key, str, one_of(kinds), default)
        if value is default:
            return value
        try:
            return kinds(value)
        except ValueError:
            if value is not None:
                self.fault(key, value, one_of(kinds))
            return next(iter(kinds))

    def together(self, needed: Mapping[str, Text]) -> None:
        """Note which of some keys that stand only together is missing beside another, and what it needs."""
        missing = needed.keys() - self.table.keys()
        if len(missing) < len(needed):
            for key in sorted(missing):
                self.fault(key, MISSING, needed[key])

    def _inner(self, table: object, key: str) -> Reader:
        """A reader of a table in this one."""
        return Reader(table, self._at(key), self.file, self.faults, self.checks)

    def _at(self, key: str) -> str:
        """The place of a key; that of a table at the top of a file is the key alone."""
        return f"{self.place}.{key}" if self.place and key else self.place or key

    def tables(self, key: str) -> list[Reader]:
        """A list of tables, each to be read on."""
        found = self._take(key, list, TABLES, ())
        return [self._inner(table, f"{key}[{i}]") for i, table in enumerate(found)]

    def words_or_tables(self, key: str, *, of: Iterable[str] = ()) -> list[str | Reader]:
        """A list in which each entry is a text, out of those allowed if some are named, or a table to be read on."""
        found: list[str | Reader] = []
        for i, each in enumerate(self._take(key, list, MIXED, ())):
            if not isinstance(each, str):
                found.append(self._inner(each, f"{key}[{i}]"))
            elif of and each not in of:
                self.fault(key, each, some_of(of))
            else:
                found.append(each)
        return found

    def table_at(self, key: str) -> Reader | None:
        """A table to be read on, or none."""
        found = self._take(key, Mapping, TABLE, None)
        return None if found is None else self._inner(found, key)

    def close(self, elsewhere: Mapping[str, Text] = MappingProxyType({})) -> None:
        """Name the keys that nobody took, and say of some where they belong."""
        known = sorted(self.taken)
        for key in self.table:
            if key in self.taken:
                continue
            if key in elsewhere:
                self.fault(key, self.table[key], elsewhere[key])
            else:
                near = difflib.get_close_matches(key, known, n=1)
                meant = Text(f"；是否为 {near[0]}？", f"; did you mean {near[0]}?") if near else Text()
                said = Text(f"此处无此项{meant.zh}，可用：{'、'.join(known)}", f"no such key here{meant.en}, one of ")
                self.fault(key, self.table[key], Text(said.zh, said.en + ", ".join(known)))


def _is_whole(value: object) -> bool:
    """Whether a value is a whole number, as long as TOML has them."""
    return type(value) is int and value.bit_length() < 64  # noqa: PLR2004


@cache
def one_of(kinds: type[Enum]) -> Text:
    """The values of an enumeration, as what is needed."""
    values = [str(kind.value) for kind in kinds]
    return Text(f"{'、'.join(values)} 之一", f"one of {', '.join(values)}")


@cache
def bounds(least: int | None, most: int | None) -> Text:
    """The bounds of a whole number, as what is needed."""
    zh = f"至少为 {least} 的整数" if most is None else f"{least} 至 {most} 的整数"
    en = f"of at least {least}" if most is None else f"from {least} to {most}"
    return Text(zh, f"a whole number {en}")


def some_of(words: Iterable[str]) -> Text:
    """Words that are allowed, as what is needed."""
    known = sorted(words)
    return Text(f"可用：{'、'.join(known)}", f"some of {', '.join(known)}")
