"""Norms into plain tables, as JSON can hold them; `table.py` reads them back. Only what is said is written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from rulecal.law.limit import FixedDate, Limit, Period, Quota, Window
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.law.norm import Norm
    from rulecal.law.source import Instrument


def write_instrument(instrument: Instrument) -> dict[str, Any]:
    """The table of an instrument."""
    return _table(instrument)


def write_norm(norm: Norm) -> dict[str, Any]:
    """The table of a norm, without its instrument."""
    table = {
        "title": norm.title,
        "kind": norm.kind,
        **_limit(norm.limit),
        "trigger": norm.trigger.kinds,
        "trigger_text": norm.trigger.text,
        "trigger_on": norm.trigger.on,
        "clause": norm.clause,
        "written": norm.written,
        "actor": norm.actor,
        "lead": norm.lead,
        "support": norm.support,
        "certainty": norm.certainty,
        "inferred": norm.inferred,
        "subject": norm.subject,
        "refers_to": norm.refers_to,
        "order": norm.order,
        "rate": norm.rate,
        "term": norm.term,
        "citations": norm.also,
        "notes": norm.notes,
        "higher_basis": norm.higher_basis,
        "excludes": norm.excludes,
        "extension": norm.extension,
        "deemed": norm.deemed,
        "readings": norm.variations,
        "published": norm.published,
        "counting": norm.counting,
        "region": norm.region,
        "force": norm.own_force,
        "checked": norm.checked,
    }
    return {key: _plain(value) for key, value in table.items() if value or key == "title"}


def _limit(limit: Limit | None) -> dict[str, Any]:
    if isinstance(limit, Window):
        return {**_table(limit), "usual": limit.usual}
    return _table(limit) if isinstance(limit, FixedDate | Quota) else {}


def _table(value: Any) -> dict[str, Any]:
    """A value's fields that say something; a period as its amount and unit."""
    found: dict[str, Any] = {}
    for each in fields(value):
        held = getattr(value, each.name)
        if isinstance(held, Period):
            found |= {"amount": held.amount, "unit": held.unit.value}
        elif held or held is False:
            found[each.name] = _plain(held)
    return {key: held for key, held in found.items() if held}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en} if value else {}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _table(value) if is_dataclass(value) else value
