"""What happened to the items of a ledger: events in further columns of its rows, or in a second CSV file."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rulecal.calendars.divisions import wrong_region
from rulecal.civil import parse_day
from rulecal.columns.tables import in_hours
from rulecal.deadlines.catalogue import catalogue
from rulecal.deadlines.events import (
    CLOCKS,
    NAMES,
    Completion,
    Event,
    Exclusion,
    Extension,
    Restart,
    Suspension,
    Transfer,
)
from rulecal.deadlines.parsed import parse_limit
from rulecal.errors import LedgerError, RulecalError
from rulecal.law.limit import Kind, Unit, Window
from rulecal.ledger.read import fault, read_rows
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rulecal.deadlines.rule import Rule
    from rulecal.ledger.read import Item

KINDS: Final = {kind.__name__.lower(): zh for kind, zh in NAMES.items()}
"""The kinds of event and their Chinese names."""

COLUMNS: Final = {
    "id": ("编号",),
    "event": ("事件",),
    "from": ("起", "日期"),
    "to": ("止",),
    "amount": ("数量",),
    "reason": ("事由",),
    "basis": ("依据",),
    "clock": ("适用期限",),
    "region": ("地区",),
    "notified": ("已书面告知",),
}
"""The columns of a file of events."""

_YES: Final = frozenset({"yes", "true", "1", "是"})
_NO: Final = frozenset({"", "no", "false", "0", "否"})
_AMOUNT: Final = re.compile(r"\d{1,9}")
_CELLS: Final = re.compile(r"[;；]")
_SPAN: Final = re.compile(r"(?P<first>[^/\s]+)(?:/(?P<last>[^/\s]*))?(?:\s+(?P<reason>\S.*))?")

Note = Callable[[LedgerError], None]
_THE_RULES: Final = Unit.WORKING_DAY
"""The unit of an extension until its clock is known: see `in_its_unit`."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and the cell that tells of it: of the row of an item, or of a file of events."""

    event: Event
    file: str
    row: int
    column: str
    value: str

    def fault(self, expected: Text) -> LedgerError:
        """A fault of the event, at its cell."""
        return fault(self.file, self.row, self.column, self.value, expected)

    def in_its_unit(self, rule: Rule, promised: Rule | None) -> Told:
        """An extension in the unit of the clock that it extends: its cell holds a number only."""
        event = self.event
        limit = (promised if promised and getattr(event, "clock", "") == "promised" else rule).limit
        if not isinstance(event, Extension) or not isinstance(limit, Window):
            return self
        return replace(self, event=replace(event, unit=limit.period.unit))


def events_of(item: Item, file: str, note: Note) -> list[Told]:
    """The events in the columns of a row; what cannot be read is noted.

    `excluded` and `suspended` hold `first/last reason`, several parted by ；, an open one with nothing after the slash;
    `extended` holds the day of the decision and by how much: `2022-06-29 10`; `restarted` a day.
    """
    found: list[Told] = []
    for column, read in _READ.items():
        for cell in filter(None, map(str.strip, _CELLS.split(getattr(item, column)))):
            try:
                found.append(Told(read(cell), file, item.row, column, cell))
            except ValueError:
                note(fault(file, item.row, column, cell, _NEEDED[column]))
    return found


def _span(text: str) -> tuple[date, date | None, str]:
    parts = _SPAN.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    first = parse_day(parts["first"])
    closed = parts["last"] if parts["last"] is not None else parts["first"]
    return first, parse_day(closed) if closed else None, parts["reason"] or ""


def _exclusion(text: str) -> Event:
    first, last, reason = _span(text)
    return Exclusion(first, last, reason=reason)


def _suspension(text: str) -> Event:
    on, resumed, reason = _span(text if "/" in text else re.sub(r"^(\S+)", r"\1/", text))
    return Suspension(on, resumed, reason=reason)


def _extension(text: str) -> Event:
    decided, _, amount = text.partition(" ")
    return Extension(int(amount), _THE_RULES, decided=parse_day(decided))


def _restart(text: str) -> Event:
    return Restart(parse_day(text))


_READ: Final[Mapping[str, Callable[[str], Event]]] = {
    "excluded": _exclusion,
    "suspended": _suspension,
    "extended": _extension,
    "restarted": _restart,
}
_SPANS: Final = Text("起止日期和事由，如 2022-06-08/2022-06-12 听证", "days and a reason: 2022-06-08/2022-06-12 听证")
_NEEDED: Final = {
    "excluded": _SPANS,
    "suspended": _SPANS,
    "extended": Text("决定日期和数量，如 2022-06-29 10", "the day of the decision and by how much: 2022-06-29 10"),
    "restarted": Text("日期", "a day"),
}


def promise_of(item: Item, rule: Rule, rules: Mapping[str, Rule], file: str, note: Note) -> Rule | None:
    """The promised clock of a row: the id of a rule, or the words of a limit (5个工作日内)."""
    text = item.promised.strip()
    if not text:
        return None
    try:
        found = next((held[text] for held in (rules, catalogue()) if text in held), None) or parse_limit(text).rule
    except RulecalError:
        found = None
    # a limit in hours runs from a moment, which only a rule in hours has
    if found is not None and found.kind in {Kind.WITHIN, Kind.PROMISE} and in_hours(found) <= in_hours(rule):
        return found
    needed = Text(
        "限期办理的规则编号，或期限如 5个工作日内", "the id of a rule to act within, or a limit such as 5个工作日内"
    )
    note(fault(file, item.row, "promised", text, needed))
    return None


def read_events(
    path: Path, encoding: str, known: Callable[[frozenset[str]], Container[str]], note: Note
) -> tuple[dict[str, tuple[Told, ...]], frozenset[str]]:
    """The events of a second CSV file by the id of their item, and the items of which a row cannot be read.

    `known` gives those of the ids asked for that the ledger has.
    """
    rows = list(read_rows(path, encoding, COLUMNS, ("id", "event", "from"), note))
    items = known(frozenset(row["id"] for _, row in rows))
    found: dict[str, list[Told]] = {}
    unread: set[str] = set()
    for number, row in rows:

        def wrong(column: str, needed: Text, number: int = number, row: dict[str, str] = row) -> None:
            note(fault(path.name, number, column, row.get(column, ""), needed))

        if row["id"] not in items:
            wrong("id", Text("台账中的编号", "the id of an item of the ledger"))
            continue
        event = _event(row, wrong)
        if event is None:
            unread.add(row["id"])
        else:
            found.setdefault(row["id"], []).append(Told(event, path.name, number, "event", row["event"]))
    return {key: tuple(events) for key, events in found.items()}, frozenset(unread)


def _event(row: Mapping[str, str], wrong: Callable[[str, Text], None]) -> Event | None:
    kind = next((key for key, zh in KINDS.items() if row["event"] in {key, zh}), None)
    days: dict[str, Any] = {}
    for column in ("from", "to"):
        try:
            days[column] = parse_day(row[column]) if row.get(column) else None
        except ValueError:
            wrong(column, Text("日期，如 2022-06-08", "a date such as 2022-06-08"))
            return None
    first, last = days["from"], days["to"]
    if kind is None:
        wrong("event", Text("、".join(KINDS.values()), f"one of {', '.join(KINDS)}"))
    elif first is None:
        wrong("from", Text("日期", "a date"))
    elif kind == "extension" and not _AMOUNT.fullmatch(row.get("amount", "")):
        wrong("amount", Text("整数", "a whole number"))
    elif kind == "transfer" and (needed := wrong_region(row.get("region", ""))):
        wrong("region", needed)
    elif row.get("notified", "").casefold() not in _YES | _NO:
        wrong("notified", Text("是或否", "yes or no"))
    elif (clock := _clock(row.get("clock", ""))) is None:
        wrong("clock", Text("、".join(CLOCKS.values()), f"one of {', '.join(CLOCKS)}"))
    elif clock.get("clock", "both") != "both" and kind not in _OF_ONE_CLOCK:
        wrong("clock", Text("留空：该事件适用于两个期限", f"empty: a {kind} is of both clocks"))
    else:
        return _made(kind, first, last, row, clock)
    return None


_OF_ONE_CLOCK: Final = frozenset({"exclusion", "suspension", "extension"})
"""The kinds of event that can be of one clock only."""


def _clock(word: str) -> dict[str, Any] | None:
    """The clock that a cell names, as a keyword; none for an empty cell, None for another word."""
    named = next((key for key, zh in CLOCKS.items() if word in {key, zh}), None)
    return {"clock": named} if named else None if word else {}


def _made(kind: str, first: date, last: date | None, row: Mapping[str, str], clock: dict[str, Any]) -> Event:
    reason, basis = row.get("reason", ""), row.get("basis", "")
    told = row.get("notified", "").casefold() in _YES
    match kind:
        case "exclusion":
            return Exclusion(first, last, reason=reason, basis=basis, notified=told, **clock)
        case "suspension":
            return Suspension(first, last, reason=reason, basis=basis, notified=told, **clock)
        case "extension":
            return Extension(int(row["amount"]), _THE_RULES, decided=first, basis=basis, **clock)
        case "restart":
            return Restart(first, reason=reason)
        case "transfer":
            return Transfer(first, row["region"])
        case _:
            return Completion(first)
