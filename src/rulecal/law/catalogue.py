"""Files of rules: TOML in, every fault of a file at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from rulecal.errors import CatalogueError, FaultGroup, RulecalError
from rulecal.law.norm import Norm
from rulecal.law.reader import Reader
from rulecal.law.table import read_instrument, read_norm
from rulecal.text import Text

SHELVES: Final = ("notices", "statutes")
"""The folders of the package's data that hold files of rules, one file a text of an instrument."""
_HEADING: Final = re.compile(r"^\[rules\.([\w-]+)\]$", re.MULTILINE)


@cache
def instruments() -> Mapping[str, tuple[Traversable, ...]]:
    """The instruments that come with the package, and the files of their texts: `id.toml`, or `id@2017.toml` each."""
    data = files("rulecal") / "data"
    shelves = [file for shelf in SHELVES for file in (data / shelf).iterdir() if file.name.endswith(".toml")]
    found: dict[str, tuple[Traversable, ...]] = {}
    for file in sorted(shelves, key=lambda file: file.name):
        instrument = file.name.removesuffix(".toml").partition("@")[0]
        found[instrument] = (*found.get(instrument, ()), file)
    return found


@cache
def shipped_ids() -> tuple[str, ...]:
    """The ids of the rules that come with the package, by the headings of their files: none is read for it."""
    found = (
        f"{instrument}/{key}"
        for instrument, texts in instruments().items()
        for file in texts
        for key in _HEADING.findall(file.read_text(encoding="utf-8"))
    )
    return tuple(dict.fromkeys(found))


def shipped(instrument: str) -> list[Norm]:
    """The norms of one instrument that comes with the package, in all its texts; none for an id that is not held."""
    return _read(instruments().get(instrument, ()), "the package")


def load(path: str | Path) -> list[Norm]:
    """The norms of one TOML file, or of all in a folder.

    Raises:
        FaultGroup: With every fault of every file, each a `CatalogueError` with file and place.
    """
    return _read(_toml_files(Path(path)), str(path))


def _read(found: Iterable[Traversable], where: str) -> list[Norm]:
    faults: list[RulecalError] = []
    norms = [norm for file in found for norm in read_file(file, faults)]
    if faults:
        raise FaultGroup(f"{len(faults)} fault(s) in the rules of {where}", faults)
    return norms


def _toml_files(path: Path) -> list[Path]:
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path] if path.is_file() else []
    if not found:
        raise CatalogueError(
            f"no rules at {path}", hint="name a .toml file, or a folder that holds some", file=str(path)
        )
    return found


def read_file(file: Traversable, faults: list[RulecalError]) -> list[Norm]:
    """The norms of one file; what is wrong with it is added to `faults`."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        faults.append(CatalogueError(f"{file.name}: no TOML: {err}", hint="save it as UTF-8 TOML", file=file.name))
        return []
    return list(read_document(document, file.name, faults))


def read_document(document: object, name: str, faults: list[RulecalError]) -> Iterable[Norm]:
    """The norms of one document: `[instrument]` and one `[rules.…]` table a norm."""
    top = Reader(document, name.removesuffix(".toml"), name, faults)
    head = top.table_at("instrument")
    rules = top.table_at("rules")
    top.close()
    if head is None or rules is None:
        top.fault("", document if not top.table else sorted(top.table), _TABLES)
        return
    head.place = "instrument"
    instrument = read_instrument(head)
    for key, table in rules.table.items():
        yield read_norm(Reader(table, f"rules.{key}", name, faults), f"{instrument.id}/{key}", instrument)


_TABLES: Final = Text("[instrument] 和 [rules.…] 两表", "the tables [instrument] and [rules.…]")
