"""The format of a file of rules as a JSON Schema, for editors: recorded from the functions that read the files.

`read_instrument` and `read_norm` are the format. Here they read a `Sketch`, which holds nothing, answers every question
with a harmless value, and writes down what was asked for; once for each kind of rule. So the schema cannot drift.
It is draft-07, the newest that editors of TOML follow (docs/decisions/009-authoring.md).
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rulecal.civil import DAY_PATTERN
from rulecal.law.limit import Kind, Unit, fixed_by
from rulecal.law.parts import BACK, WrittenUnit
from rulecal.law.reader import ID_FORM, MISSING, TEXT, Reader
from rulecal.law.table import read_instrument, read_norm
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from enum import Enum

    _E = TypeVar("_E", bound=Enum)

Schema = dict[str, Any]
"""A JSON Schema, as plain values."""


def schema() -> Schema:
    """The JSON Schema of a file of rules.

    >>> schema()["properties"]["instrument"]["required"]
    ['id', 'title']
    """
    instrument = Sketch("instrument")
    read_instrument(instrument)
    by_kind = {kind: _sketch(kind) for kind in Kind}
    top = {"instrument": instrument.shape, "rules": {**_NAMED, "additionalProperties": _rule(by_kind)}}
    for key, said in top.items():
        said["description"] = _describe(_words()["file"][key])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "rulecal: a file of rules",
        "type": "object",
        "properties": top,
        "required": list(top),
        "additionalProperties": False,
    }


def schema_text() -> str:
    """The JSON Schema as the text of a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


_NAMED: Final[Schema] = {"type": "object", "propertyNames": {"pattern": f"^(?:{ID_FORM})$"}}
_NONE: Final[Mapping[str, Text]] = MappingProxyType({})


class Sketch(Reader):
    """A reader of nothing that writes down what is asked for, as a JSON Schema.

    Attributes:
        shape: The schema of the table, filled while it is read.
    """

    def __init__(self, name: str, kind: Kind = Kind.SOFT) -> None:
        super().__init__({}, name, "", [])
        self.kind = kind
        self.shape: Schema = {"type": "object", "properties": {}, "additionalProperties": False}

    def fault(self, key: str, value: object, expected: Text | str) -> None:
        """Nothing: what a sketch answers is not what a file holds."""

    def close(self, elsewhere: Mapping[str, Text] = _NONE) -> None:
        """Nothing: a sketch holds no keys."""

    def _note(self, key: str, said: Schema, default: Any = None) -> None:
        """Write a key down."""
        said["description"] = _describe(_said_of(self.place, key))
        if default is MISSING:
            self.shape.setdefault("required", []).append(key)
        elif default is not None and default not in ("", (), {}):
            said["default"] = getattr(default, "value", default)
        self.shape["properties"][key] = said

    def text(self, key: str, default: Any = MISSING, *, form: str = "", expected: Text = TEXT) -> str:  # noqa: ARG002
        """A text, of a form if one is given; it may be empty."""
        pattern = {"pattern": f"^(?:{form}){'' if default is MISSING else '?'}$"} if form else {}
        self._note(key, {"type": "string", **pattern}, default)
        return ""

    def whole(self, key: str, default: Any = MISSING, *, least: int | None = None, most: int | None = None) -> Any:
        """A whole number within its bounds."""
        limits = {"minimum": least, "maximum": most}
        self._note(key, {"type": "integer", **{name: n for name, n in limits.items() if n is not None}}, default)
        return 1 if default is MISSING else default

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        self._note(key, _list({"type": "integer"}))
        return ()

    def flag(self, key: str) -> bool:
        """True or false."""
        self._note(key, {"type": "boolean"}, default=False)
        return False

    def day(self, key: str) -> date | None:
        """A date; TOML's own reaches a schema as ISO text."""
        self._note(key, dict(_DAY))
        return None

    def day_pairs(self, key: str) -> tuple[tuple[date, date], ...]:
        """A list of pairs of days."""
        self._note(key, _list({**_list(_DAY), "minItems": 2, "maxItems": 2}), MISSING)
        return ()

    def words(self, key: str, default: Any = (), *, of: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of texts; out of those allowed, if some are named."""
        self._note(key, _list(_one_of(key, sorted(of)) if of else {"type": "string"}), default)
        return ()

    def both(self, key: str, default: Any = MISSING) -> Text:
        """A text in Chinese and English."""
        self._note(key, dict(_BOTH), default)
        return Text()

    def all_both(self, key: str) -> tuple[Text, ...]:
        """A list of texts in Chinese and English."""
        self._note(key, _list(_BOTH))
        return ()

    def choice(self, key: str, kinds: type[_E], default: Any = MISSING) -> Any:
        """One of an enumeration's values; for the kind of a rule the one that is sketched."""
        self._note(key, _one_of(key, [str(each.value) for each in kinds]), default)
        if kinds is Kind:
            return self.kind
        return next(iter(kinds)) if default is MISSING else default

    def together(self, needed: Mapping[str, Text]) -> None:
        """Keys that stand only together."""
        self.shape["dependencies"] = {key: sorted(needed.keys() - {key}) for key in needed}

    def tables(self, key: str) -> list[Reader]:
        """A list of tables."""
        inner = Sketch(key)
        self._note(key, _list(inner.shape))
        return [inner]

    def words_or_tables(self, key: str, *, of: Iterable[str] = ()) -> list[str | Reader]:
        """A list in which each entry is a text or a table."""
        inner = Sketch(key)
        text = {"type": "string", **({"enum": sorted(of)} if of else {})}
        self._note(key, _list({"anyOf": [text, inner.shape]}))
        return [inner]

    def table_at(self, key: str) -> Reader | None:
        """A table."""
        inner = Sketch(key)
        self._note(key, inner.shape)
        return inner


_DAY: Final[Schema] = {"type": "string", "pattern": DAY_PATTERN}
_BOTH: Final[Schema] = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _one_of(key: str, values: list[str]) -> Schema:
    """Values that are allowed, each with what it means, as Taplo shows it."""
    meanings = [_describe(_words()["values"][key][value]) for value in values]
    return {"type": "string", "enum": values, "x-taplo": {"docs": {"enumValues": meanings}}}


# a rule, by its kind -------------------------------------------------------------------------------------------------


def _sketch(kind: Kind) -> Schema:
    sketch = Sketch("rule", kind)
    read_norm(sketch, "", None)
    return sketch.shape


def _rule(by_kind: Mapping[Kind, Schema]) -> Schema:
    """All keys that some kind has; then, for the kinds that share them, those that each may and must have.

    An editor completes from the first part, and one that knows no `if` still checks types and choices by it.
    """
    keys = _merged([list(each["properties"]) for each in by_kind.values()])
    common = {key: _agreed([s["properties"][key] for s in by_kind.values() if key in s["properties"]]) for key in keys}
    needed = [key for key in keys if all(key in each["required"] for each in by_kind.values())]
    groups: list[tuple[Schema, list[str]]] = []
    for kind, each in by_kind.items():
        own = {
            "required": [key for key in each["required"] if key not in needed],
            "propertyNames": {"enum": [key for key in keys if key in each["properties"]]},
            "properties": {k: more for k, v in each["properties"].items() if (more := _more(v, common[k]))},
        }
        said = {name: part for name, part in own.items() if part}
        held = next((kinds for then, kinds in groups if then == said), None)
        if held is None:
            groups.append((said, [kind.value]))
        else:
            held.append(kind.value)
    return {
        "type": "object",
        "properties": common,
        "required": needed,
        "additionalProperties": False,
        "allOf": [
            *({"if": {"properties": {"kind": {"enum": kinds}}}, "then": then} for then, kinds in groups),
            *_fixed(),
        ],
    }


def _fixed() -> Iterator[Schema]:
    """What each unit, and counting back, leave no choice in; 日 at least what calendar days do."""
    for unit in WrittenUnit:
        yield _fixes("unit", unit, fixed_by(Unit.CALENDAR_DAY if unit is WrittenUnit.DAY else Unit(unit.value)))
    yield _fixes("kind", Kind.COUNT_BACK, BACK)


def _fixes(key: str, value: Enum, held: Mapping[str, object]) -> Schema:
    fixed = {key: {"enum": [getattr(each, "value", each)]} for key, each in held.items()}
    return {"if": {"properties": {key: {"enum": [value.value]}}, "required": [key]}, "then": {"properties": fixed}}


def _merged(lists: list[list[str]]) -> list[str]:
    """Lists of keys in one, each in the order of its own: a new key stands before the next one that is known."""
    found: list[str] = []
    for keys in lists:
        at = len(found)
        for key in reversed(keys):
            if key in found:
                at = found.index(key)
            else:
                found.insert(at, key)
    return found


def _agreed(said: list[Schema]) -> Schema:
    """What all say of a key."""
    return {name: part for name, part in said[0].items() if all(each.get(name) == part for each in said)}


def _more(said: Schema, common: Schema) -> Schema:
    return {name: part for name, part in said.items() if name not in common}


# in words ------------------------------------------------------------------------------------------------------------


@cache
def _words() -> Mapping[str, Any]:
    """What each key and value means: `data/schema/meanings.toml`."""
    return tomllib.loads((files("rulecal") / "data" / "schema" / "meanings.toml").read_text(encoding="utf-8"))


def _said_of(table: str, key: str) -> Mapping[str, str]:
    """What a key means: in its table, or everywhere."""
    words = _words()
    found: Mapping[str, str] = words.get(table, {}).get(key) or words["everywhere"][key]
    return found


def _describe(words: Mapping[str, str]) -> str:
    return f"{words['zh']}\n{words['en']}"
