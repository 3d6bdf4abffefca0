"""The format of a file of rules as a JSON Schema for editors, recorded from the very functions that read it.

A `Sketch` stands where a `Reader` stands: each method notes which key was asked for, of what type, and whether it may
be left out, and answers with a value that does no harm. So the schema cannot fall behind the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final

from rulecal.law.limit import Kind
from rulecal.law.reader import MISSING, Reader
from rulecal.law.table import read_instrument, read_norm
from rulecal.text import Text

_BOTH: Final = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
_DAY: Final = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ARRAY: Final = "array"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 7, which TOML editors read) of a file of rules; days are ISO text.

    >>> schema()["properties"]["instrument"]["required"]
    ['id', 'title']
    """
    instrument = Sketch()
    read_instrument(instrument)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "rulecal: a file of rules, one text of an instrument",
        "type": "object",
        "required": ["instrument", "rules"],
        "additionalProperties": False,
        "properties": {
            "instrument": instrument.schema(),
            "rules": {"type": "object", "additionalProperties": {"$ref": "#/definitions/rule"}},
        },
        "definitions": {
            "rule": {"type": "object", "required": ["kind"], "oneOf": [_rule(kind) for kind in Kind]},
        },
    }


def _rule(kind: Kind) -> dict[str, Any]:
    """The keys of a rule of one kind."""
    sketch = Sketch({"kind": kind})
    read_norm(sketch, "x/y", None)
    found = sketch.schema()
    found["title"] = kind.value
    found["properties"]["kind"] = {"const": kind.value}
    return found


class Sketch(Reader):
    """A reader that reads nothing and notes what it is asked for."""

    def __init__(self, fixed: dict[str, Any] | None = None) -> None:
        super().__init__({}, "", "", [])
        self.fixed = fixed or {}
        self.properties: dict[str, dict[str, Any]] = {}
        self.needed: list[str] = []
        self.parts: dict[str, tuple[Sketch, bool]] = {}

    def schema(self) -> dict[str, Any]:
        """What was asked for, as the schema of one table."""
        for key, (part, many) in self.parts.items():
            table = part.schema()
            held = self.properties[key].pop("anyOf", [])
            items = {"anyOf": [*held, table]} if held else table
            self.properties[key] = {"type": _ARRAY, "items": items} if many else table
        return {
            "type": "object",
            "properties": self.properties,
            "required": self.needed,
            "additionalProperties": False,
        }

    def _note(self, key: str, what: dict[str, Any], default: Any = None) -> None:
        self.properties[key] = what
        if default is MISSING:
            self.needed.append(key)

    def fault(self, key: str, value: object, expected: str) -> None:
        """Nothing is read, so nothing is wrong."""

    def text(self, key: str, default: Any = MISSING, *, form: str = "", expected: str = "a text") -> str:
        """A text."""
        self._note(
            key, {"type": "string", **({"pattern": f"^{form}$", "description": expected} if form else {})}, default
        )
        return ""

    def whole(self, key: str, default: Any = MISSING) -> Any:
        """A whole number."""
        self._note(key, {"type": "integer"}, default)
        return 1

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        self._note(key, {"type": _ARRAY, "items": {"type": "integer"}})
        return ()

    def flag(self, key: str) -> bool:
        """True or false."""
        self._note(key, {"type": "boolean"})
        return False

    def day(self, key: str) -> None:
        """A date."""
        self._note(key, _DAY)

    def day_pairs(self, key: str) -> tuple[Any, ...]:
        """A list of pairs of days."""
        pair = {"type": _ARRAY, "items": _DAY, "minItems": 2, "maxItems": 2}
        self._note(key, {"type": _ARRAY, "items": pair}, MISSING)
        return ()

    def words(self, key: str, default: Any = (), *, of: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of texts."""
        item = {"type": "string", **({"enum": sorted(of)} if of else {})}
        self._note(key, {"type": _ARRAY, "items": item}, default)
        return ()

    def both(self, key: str, default: Any = MISSING) -> Text:
        """A text in both languages."""
        self._note(key, _BOTH, default)
        return Text()

    def all_both(self, key: str) -> tuple[Text, ...]:
        """A list of texts in both languages."""
        self._note(key, {"type": _ARRAY, "items": _BOTH})
        return ()

    def choice(self, key: str, kinds: type[Enum], default: Any = MISSING) -> Any:
        """One of an enumeration's values."""
        self._note(key, {"enum": [each.value for each in kinds]}, default)
        return self.fixed.get(
            key, default if isinstance(default, Enum) else None if default is None else next(iter(kinds))
        )

    def _part(self, key: str, *, many: bool) -> Sketch:
        self._note(key, {})
        part = Sketch()
        self.parts[key] = (part, many)
        return part

    def tables(self, key: str) -> list[Reader]:
        """A list of tables."""
        return [self._part(key, many=True)]

    def words_or_tables(self, key: str) -> list[str | Reader]:
        """A list of texts or tables."""
        part = self._part(key, many=True)
        self.properties[key] = {"anyOf": [{"type": "string"}]}
        return [part]

    def table_at(self, key: str) -> Reader:
        """A table."""
        return self._part(key, many=False)

    def close(self) -> None:
        """Nothing is left over."""
