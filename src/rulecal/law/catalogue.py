"""Files of rules: TOML in, every fault of a file at once."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from pathlib import Path
from typing import Final

from rulecal.errors import CatalogueError, FaultGroup, RulecalError
from rulecal.law.no_toml import no_toml
from rulecal.law.norm import Norm
from rulecal.law.reader import ID, ID_FORM, MISSING, NO_CHECKS, Checks, Reader
from rulecal.law.source import Force, Instrument
from rulecal.law.table import read_instrument, read_norm
from rulecal.needs import a_path
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


def load(path: str | Path, checks: Checks = NO_CHECKS) -> list[Norm]:
    """The norms of one TOML file, or of all in a folder.

    Args:
        path: The file or the folder.
        checks: What other rooms hold against it.

    Raises:
        InvalidArgumentError: If `path` is no path.
        CatalogueError: If there is no such file.
        FaultGroup: With every fault of every file, each a `CatalogueError` with file and place.
    """
    return _read(_toml_files(a_path(path, "the path of a file of rules")), str(path), checks)


def _read(found: Iterable[Traversable], where: str, checks: Checks = NO_CHECKS) -> list[Norm]:
    faults: list[RulecalError] = []
    texts = [(file.name, norm) for file in found for norm in read_file(file, faults, checks)]
    _no_two_on_a_day(texts, faults)
    if faults:
        raise FaultGroup(f"{len(faults)} fault(s) in the rules of {where}", faults)
    return [norm for _, norm in texts]


def _no_two_on_a_day(texts: Iterable[tuple[str, Norm]], faults: list[RulecalError]) -> None:
    """Note the versions of a rule that are in force on a day on which the one before them is too.

    A text whose id or force is itself at fault says nothing of it.
    """
    unsure = {fault.facts["file"] for fault in faults if {"id", "force"} & set(str(fault.facts["place"]).split("."))}
    versions: dict[str, list[tuple[str, Norm]]] = {}
    for name, norm in texts:
        if norm.instrument is not None and name not in unsure:
            versions.setdefault(norm.id, []).append((name, norm))
    for held in versions.values():
        held.sort(key=lambda text: text[1].force.first or date.min)
        for (other, before), (name, norm) in combinations(held, 2):
            if before.force.meets(norm.force):
                days = {"first": norm.force.first, "last": norm.force.last}
                given = {end: day for end, day in days.items() if day} or MISSING
                table = Reader({}, f"rules.{norm.id.partition('/')[2]}", name, faults)
                table.fault("force", given, _apart_from(before.force, other))


def _apart_from(force: Force, other: str) -> Text:
    return Text(
        f"与 {other} 中的同一规则（{str(force).replace(' to ', '至')}）不同日施行，或另取编号",
        f"days apart from those of the same rule in {other} ({force}), or another id",
    )


def _toml_files(path: Path) -> list[Path]:
    try:
        held = [each for each in path.iterdir() if each.suffix.lower() == ".toml"] if path.is_dir() else [path]
        found = sorted(held) if path.is_dir() or path.is_file() else []
    except OSError:  # a name that no file can have
        found = []
    if not found:
        raise CatalogueError(
            f"no rules at {path}", hint="name a .toml file, or a folder that holds some", missing=str(path)
        )
    return found


def read_file(file: Traversable, faults: list[RulecalError], checks: Checks = NO_CHECKS) -> list[Norm]:
    """The norms of one file; what is wrong with it is added to `faults`."""
    raw = b""
    try:
        raw = file.read_bytes().removeprefix(BOM_UTF8)
        document = tomllib.loads(raw.decode())
    except (OSError, ValueError, RecursionError) as err:
        faults.append(no_toml(file, raw, err))
        return []
    return read_document(document, file.name, faults, checks)


def read_document(document: object, name: str, faults: list[RulecalError], checks: Checks = NO_CHECKS) -> list[Norm]:
    """The norms of one document: `[instrument]` and one `[rules.…]` table a norm."""
    top = Reader(document, "", name, faults, checks)
    head = top.table_at("instrument")
    rules = top.table_at("rules")
    top.close()
    if not {"instrument", "rules"} <= top.table.keys():
        top.fault("", document if not top.table else sorted(top.table), _TABLES)
    instrument = None if head is None else read_instrument(head)
    return [] if rules is None else list(_read_rules(rules, instrument))


def _read_rules(rules: Reader, instrument: Instrument | None) -> Iterator[Norm]:
    """The norms of the tables of a document; without its head too, for their own faults."""
    for key in rules.table:
        if not re.fullmatch(ID_FORM, key):
            rules.fault(key, key, ID)
        table = rules.table_at(key)
        if table is None:
            continue
        norm = read_norm(table, f"{instrument.id if instrument else ''}/{key}", instrument)
        if needed := rules.checks.norm(norm):
            rules.fault(key, norm.id, needed)
        yield norm


_TABLES: Final = Text("[instrument] 和 [rules.…] 两表", "the tables [instrument] and [rules.…]")
