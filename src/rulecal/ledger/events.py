"""What happened to the items of a ledger: events in further columns of its rows, or in a second CSV file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rulecal.civil import parse_day
from rulecal.deadlines.catalogue import catalogue
from rulecal.deadlines.events import Completion, Event, Exclusion, Extension, Restart, Suspension, Transfer
from rulecal.deadlines.parsed import parse_limit
from rulecal.errors import LedgerError, RulecalError
from rulecal.law.limit import Unit, Window
from rulecal.ledger.read import fault, read_rows
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rulecal.deadlines.rule import Rule
    from rulecal.ledger.read import Item

KINDS: Final = {
    "exclusion": "不计入",
    "suspension": "中止",
    "extension": "延长",
    "restart": "重新计算",
    "transfer": "移送",
    "completion": "办结",
}
"""The kinds of event and their Chinese names."""

COLUMNS: Final = {
    "id": ("编号",),
    "event": ("事件",),
    "from": ("起", "日期"),
    "to": ("止",),
    "amount": ("数量",),
    "reason": ("事由",),
    "basis": ("依据",),
    "region": ("地区",),
    "notified": ("已书面告知",),
}
"""The columns of a file of events."""

_YES: Final = frozenset({"yes", "true", "1", "是"})
_NO: Final = frozenset({"", "no", "false", "0", "否"})
_CELLS: Final = re.compile(r"[;；]")
_SPAN: Final = re.compile(r"(?P<first>[^/\s]+)(?:/(?P<last>[^/\s]*))?(?:\s+(?P<reason>\S.*))?")

Note = Callable[[LedgerError], None]


def events_of(item: Item, rule: Rule, file: str, note: Note) -> list[Event]:
    """The events in the columns of a row; what cannot be read is noted.

    `excluded` and `suspended` hold `first/last reason`, several parted by ；, an open one with nothing after the slash;
    `extended` holds the day of the decision and by how much: `2022-06-29 10`; `restarted` a day.
    """
    unit = rule.limit.period.unit if isinstance(rule.limit, Window) else Unit.CALENDAR_DAY
    found: list[Event] = []
    for column in ("excluded", "suspended", "extended", "restarted"):
        for cell in _CELLS.split(getattr(item, column)):
            if cell.strip():
                try:
                    found.append(_READ[column](cell.strip(), unit))
                except ValueError:
                    note(fault(file, item.row, column, cell.strip(), _NEEDED[column]))
    return found


def _span(text: str) -> tuple[date, date | None, str]:
    parts = _SPAN.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    first = parse_day(parts["first"])
    closed = parts["last"] if parts["last"] is not None else parts["first"]
    return first, parse_day(closed) if closed else None, parts["reason"] or ""


def _exclusion(text: str, _: Unit) -> Event:
    first, last, reason = _span(text)
    return Exclusion(first, last, reason=reason)


def _suspension(text: str, _: Unit) -> Event:
    on, resumed, reason = _span(text if "/" in text else re.sub(r"^(\S+)", r"\1/", text))
    return Suspension(on, resumed, reason=reason)


def _extension(text: str, unit: Unit) -> Event:
    decided, _, amount = text.partition(" ")
    return Extension(int(amount), unit, decided=parse_day(decided))


def _restart(text: str, _: Unit) -> Event:
    return Restart(parse_day(text))


_READ: Final[Mapping[str, Callable[[str, Unit], Event]]] = {
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


def promise_of(item: Item, file: str, note: Note) -> Rule | None:
    """The promised clock of a row: the id of a rule, or the words of a limit (5个工作日内)."""
    text = item.promised.strip()
    if not text:
        return None
    held = catalogue()
    if text in held:
        return held[text]
    try:
        return parse_limit(text).rule
    except RulecalError:
        needed = Text("规则编号或期限，如 5个工作日内", "the id of a rule, or a limit such as 5个工作日内")
        note(fault(file, item.row, "promised", text, needed))
        return None


def read_events(
    path: Path, encoding: str, units_for: Callable[[frozenset[str]], Mapping[str, Unit]], note: Note
) -> tuple[dict[str, tuple[Event, ...]], frozenset[str]]:
    """The events of a second CSV file by the id of their item, and the items of which a row cannot be read.

    `units_for` gives the unit of the rule of each item that is asked for, and that there is.
    """
    rows = list(read_rows(path, encoding, COLUMNS, ("id", "event", "from"), note))
    units = units_for(frozenset(row["id"] for _, row in rows))
    found: dict[str, list[Event]] = {}
    unread: set[str] = set()
    for number, row in rows:

        def wrong(column: str, needed: Text, number: int = number, row: dict[str, str] = row) -> None:
            note(fault(path.name, number, column, row.get(column, ""), needed))

        if row["id"] not in units:
            wrong("id", Text("台账中的编号", "the id of an item of the ledger"))
            continue
        event = _event(row, units[row["id"]], wrong)
        if event is None:
            unread.add(row["id"])
        else:
            found.setdefault(row["id"], []).append(event)
    return {key: tuple(events) for key, events in found.items()}, frozenset(unread)


def _event(row: Mapping[str, str], unit: Unit, wrong: Callable[[str, Text], None]) -> Event | None:
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
    elif kind == "extension" and not row.get("amount", "").isdecimal():
        wrong("amount", Text("整数", "a whole number"))
    elif kind == "transfer" and not row.get("region"):
        wrong("region", Text("行政区划代码", "a division code"))
    elif row.get("notified", "").casefold() not in _YES | _NO:
        wrong("notified", Text("是或否", "yes or no"))
    else:
        return _made(kind, first, last, row, unit)
    return None


def _made(kind: str, first: date, last: date | None, row: Mapping[str, str], unit: Unit) -> Event:
    reason, basis = row.get("reason", ""), row.get("basis", "")
    told = row.get("notified", "").casefold() in _YES
    match kind:
        case "exclusion":
            return Exclusion(first, last, reason=reason, basis=basis, notified=told)
        case "suspension":
            return Suspension(first, last, reason=reason, basis=basis, notified=told)
        case "extension":
            return Extension(int(row["amount"]), unit, decided=first, basis=basis)
        case "restart":
            return Restart(first, reason=reason)
        case "transfer":
            return Transfer(first, row["region"])
        case _:
            return Completion(first)


def units_of(items: Iterable[Item], rules: Mapping[str, Rule]) -> dict[str, Unit]:
    """The unit of the rule of each item, calendar days where it has none."""
    found = {}
    for item in items:
        limit = rules[item.rule].limit if item.rule in rules else None
        found[item.id] = limit.period.unit if isinstance(limit, Window) else Unit.CALENDAR_DAY
    return found
