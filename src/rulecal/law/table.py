"""Norms in and out of plain tables: one strict format for TOML files, for JSON and for rules of one's own.

A reader takes what it knows from a table, notes every fault with its place, and at the end names the keys it does not
know; so a file shows all its faults at once and nothing is guessed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from rulecal.civil import parse_day
from rulecal.errors import CatalogueError, InvalidPeriodError, RulecalError
from rulecal.law.limit import Clock, FixedDate, Kind, Limit, Period, Quota, Roll, Start, Unit, Window, Word
from rulecal.law.norm import Certainty, Citation, Force, Instrument, Norm, Trigger
from rulecal.text import Text

_E = TypeVar("_E", bound=Enum)
_MISSING = object()

INFERRED = frozenset({"year", "date", "trigger", "scope"})
"""What of a rule can be our inference."""

WINDOWS = (Kind.WITHIN, Kind.PROMISE, Kind.AT_LEAST, Kind.COUNT_BACK)
"""The kinds that count a period from a trigger."""


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
        given = "is missing" if value is _MISSING else f"is {value!r}"
        self.faults.append(
            CatalogueError(f"{self.file}: {place} {given}", hint=f"needed: {expected}", file=self.file, place=place)
        )

    def _take(self, key: str, types: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self.taken.add(key)
        value = self.table.get(key, _MISSING)
        if value is _MISSING and default is not _MISSING:
            return default
        if not isinstance(value, types) or (isinstance(value, bool) and types is int):
            self.fault(key, value, expected)
            return None if default is _MISSING else default
        return value

    def text(self, key: str, default: Any = _MISSING) -> str:
        """A text."""
        return self._take(key, str, "a text", default) or ""

    def whole(self, key: str, default: Any = _MISSING) -> Any:
        """A whole number; None where it is missing or none."""
        return self._take(key, int, "a whole number", default)

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        return bool(self._take(key, bool, "true or false", default=False))

    def day(self, key: str) -> date | None:
        """A date, or none; in JSON as ISO text."""
        value = self._take(key, (date, str), "a date", None)
        if isinstance(value, datetime):
            self.fault(key, value, "a date without a time of day")
            return None
        if isinstance(value, str):
            try:
                return parse_day(value)
            except ValueError:
                self.fault(key, value, "a date such as 2022-03-29")
                return None
        return value  # type: ignore[no-any-return]

    def words(self, key: str, default: Any = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, list, "a list of texts", default)
        if not all(isinstance(word, str) for word in value):
            self.fault(key, value, "a list of texts")
            return ()
        return tuple(value)

    def both(self, key: str, default: Any = _MISSING) -> Text:
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

    def choice(self, key: str, kinds: type[_E], default: Any = _MISSING) -> _E:
        """One of an enumeration's values."""
        value = self._take(key, str, _one_of(kinds), default)
        if isinstance(value, kinds):
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


def _one_of(kinds: type[Enum]) -> str:
    return "one of " + ", ".join(str(kind.value) for kind in kinds)


def read_instrument(reader: Reader) -> Instrument:
    """An instrument from its table."""
    force = reader.table_at("force")
    first, last = (force.day("first"), force.day("last")) if force else (None, None)
    if force:
        if first and last and first > last:
            force.fault("last", last, f"a day not before {first}")
        force.close()
    level = reader.text("level", "national")
    if level not in {"national", "local"}:
        reader.fault("level", level, "national or local")
    instrument = Instrument(
        id=reader.text("id"),
        title=reader.text("title"),
        number=reader.text("number", ""),
        issuer=reader.text("issuer", ""),
        level=level,
        region=_region(reader),
        adopted=reader.day("adopted"),
        force=Force(first, last),
        source=reader.text("source", ""),
        checked=reader.day("checked"),
    )
    reader.close()
    return instrument


def read_norm(reader: Reader, rule_id: str, instrument: Instrument | None) -> Norm:
    """A norm from its table."""
    kind = reader.choice("kind", Kind)
    norm = Norm(
        id=rule_id,
        title=reader.both("title"),
        kind=kind,
        limit=_read_limit(reader, kind),
        trigger=Trigger(reader.words("trigger"), reader.both("trigger_text", {})),
        instrument=instrument,
        clause=reader.text("clause", ""),
        written=reader.text("written", ""),
        actor=reader.both("actor", {}),
        lead=reader.words("lead"),
        support=reader.words("support"),
        certainty=reader.choice("certainty", Certainty, Certainty.VERIFIED),
        inferred=_inferred(reader),
        subject=reader.both("subject", {}),
        refers_to=reader.words("refers_to"),
        order=reader.all_both("order"),
        rate=reader.whole("rate") if kind is Kind.RATE else None,
        term=reader.text("term", ""),
        also=tuple(_read_citation(each) for each in reader.tables("citations")),
        notes=reader.all_both("notes"),
        higher_basis=reader.flag("higher_basis"),
        excludes=reader.words("excludes"),
        region=_region(reader) or (instrument.region if instrument else None),
    )
    reader.close()
    return norm


def _region(reader: Reader) -> str | None:
    region = reader.text("region", "")
    if region and not re.fullmatch(r"\d{6}(\d{6})?", region, re.ASCII):
        reader.fault("region", region, "a division code of 6 or 12 digits")
    return region or None


def _inferred(reader: Reader) -> tuple[str, ...]:
    words = reader.words("inferred")
    if not set(words) <= INFERRED:
        reader.fault("inferred", list(words), f"some of {', '.join(sorted(INFERRED))}")
    return words


def _read_limit(reader: Reader, kind: Kind) -> Limit | None:
    try:
        if kind in WINDOWS:
            return _read_window(reader, kind)
        if kind is Kind.BY_DATE:
            word = reader.choice("word", Word, Word.BY)
            year = reader.whole("year", None)
            if year is not None and not 1949 <= year <= 2200:  # noqa: PLR2004
                reader.fault("year", year, "a year such as 2022")
                year = None
            return FixedDate(reader.whole("month"), reader.whole("day", None), word, year)
        if kind is Kind.QUOTA:
            return Quota(reader.whole("at_least"), reader.whole("at_most", None))
    except InvalidPeriodError as err:
        reader.fault("", err.message, err.hint)
    return None


def _read_window(reader: Reader, kind: Kind) -> Window | None:
    roll = Roll.YES if kind in {Kind.WITHIN, Kind.PROMISE} else Roll.NO
    amount, unit = reader.whole("amount"), reader.choice("unit", Unit)
    how = (
        reader.choice("roll", Roll, roll),
        reader.choice("start", Start, Start.NEXT_DAY),
        reader.choice("clock", Clock, Clock.AT_ONCE),
        reader.flag("usual"),
    )
    if kind is Kind.COUNT_BACK and how[:3] != (Roll.NO, Start.NEXT_DAY, Clock.AT_ONCE):
        reader.fault("kind", kind.value, "no roll, start or clock: a count back has none")
    return None if amount is None else Window(Period(amount, unit), *how)


def _read_citation(reader: Reader) -> Citation:
    citation = Citation(
        reader.text("title"),
        reader.text("number", ""),
        reader.text("article", ""),
        reader.choice("certainty", Certainty, Certainty.VERIFIED),
    )
    reader.close()
    return citation


def write_instrument(instrument: Instrument) -> dict[str, object]:
    """The table of an instrument; `read_instrument` reads it back."""
    force = {"first": _iso(instrument.force.first), "last": _iso(instrument.force.last)}
    table = {
        "id": instrument.id,
        "title": instrument.title,
        "number": instrument.number,
        "issuer": instrument.issuer,
        "level": instrument.level,
        "region": instrument.region,
        "adopted": _iso(instrument.adopted),
        "force": {key: value for key, value in force.items() if value},
        "source": instrument.source,
        "checked": _iso(instrument.checked),
    }
    return {key: value for key, value in table.items() if value}


def write_norm(norm: Norm) -> dict[str, object]:
    """The table of a norm; `read_norm` reads it back. Only what is said is written."""
    table: dict[str, object] = {
        "title": _pair(norm.title),
        "kind": norm.kind.value,
        **_write_limit(norm.limit),
        "trigger": list(norm.trigger.kinds),
        "trigger_text": _pair(norm.trigger.text),
        "clause": norm.clause,
        "written": norm.written,
        "actor": _pair(norm.actor),
        "lead": list(norm.lead),
        "support": list(norm.support),
        "certainty": norm.certainty.value,
        "inferred": list(norm.inferred),
        "subject": _pair(norm.subject),
        "refers_to": list(norm.refers_to),
        "order": [_pair(step) for step in norm.order],
        "rate": norm.rate,
        "term": norm.term,
        "citations": [
            {"title": c.title, "number": c.number, "article": c.article, "certainty": c.certainty.value}
            for c in norm.also
        ],
        "notes": [_pair(note) for note in norm.notes],
        "higher_basis": norm.higher_basis,
        "excludes": list(norm.excludes),
        "region": norm.region,
    }
    return {key: value for key, value in table.items() if value or key == "title"}


def _write_limit(limit: Limit | None) -> dict[str, object]:
    if isinstance(limit, Window):
        return {
            "amount": limit.period.amount,
            "unit": limit.period.unit.value,
            "roll": limit.roll.value,
            "start": limit.start.value,
            "clock": limit.clock.value,
            "usual": limit.usual,
        }
    if isinstance(limit, FixedDate):
        return {"month": limit.month, "day": limit.day, "word": limit.word.value, "year": limit.year}
    if isinstance(limit, Quota):
        return {"at_least": limit.at_least, "at_most": limit.at_most}
    return {}


def _pair(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en} if text else {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
