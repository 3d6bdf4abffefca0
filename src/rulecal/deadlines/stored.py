"""Deadlines as plain values that JSON can hold: written with their proof, loaded when they agree with themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from rulecal.calendars import calendar
from rulecal.calendars.day import DayKind, Fact, Provenance, Span, digest_days
from rulecal.calendars.working import WorkingCalendar
from rulecal.civil import parse_day, to_instant
from rulecal.deadlines.clock import DOUBTS
from rulecal.deadlines.count import land
from rulecal.deadlines.deadline import Deadline, Record
from rulecal.deadlines.events import Pause
from rulecal.deadlines.rule import Rule
from rulecal.errors import FaultGroup, InvalidCaseError, RulecalError
from rulecal.law.limit import Unit, Window
from rulecal.law.reader import Reader
from rulecal.law.table import read_instrument, read_norm
from rulecal.law.write import write_instrument, write_norm
from rulecal.needs import each_of, maybe, need
from rulecal.steps import Step, replay
from rulecal.text import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rulecal.deadlines.ways import Way
    from rulecal.law.norm import Norm

SCHEMA: Final = 1
"""The version of the format."""


def write_deadline(deadline: Deadline) -> dict[str, Any]:
    """A deadline with its proof as plain values."""
    proof, rule = deadline.proof, deadline.rule
    return {
        "schema": SCHEMA,
        "rule": _write_norm(rule.norm),
        "versions": [_write_norm(norm) for norm in rule.norms] if rule.starts_differ else [],
        "trigger": deadline.trigger.isoformat(),
        "trigger_kind": deadline.trigger_kind,
        "due": deadline.due.isoformat(),
        "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        "settled": deadline.settled,
        "in_force": deadline.in_force,
        "region_assumed": deadline.region_assumed,
        "readings": [_write_reading(way, landing) for way, landing in deadline.found],
        "nominal": deadline.nominal.isoformat(),
        "steps": [step.to_dict() for step in proof.steps],
        "calendar": {
            "region": proof.provenance.region,
            "known_on": proof.provenance.known_on.isoformat() if proof.provenance.known_on else None,
            "digest": proof.provenance.digest,
            "packages": dict(proof.provenance.packages),
            "notices": list(proof.provenance.notices),
            "first": proof.first.isoformat() if proof.first else None,
            "days": proof.states,
        },
    }


def _write_norm(norm: Norm) -> dict[str, Any]:
    instrument = write_instrument(norm.instrument) if norm.instrument else None
    return {"id": norm.id, "instrument": instrument, "norm": write_norm(norm)}


def read_deadline(data: Mapping[str, Any]) -> Deadline:
    """The deadline that `write_deadline` wrote.

    Raises:
        InvalidCaseError: If it is not whole, or contradicts itself.
    """
    try:
        deadline = _read(data)
        _check(deadline, data)
    except InvalidCaseError:
        raise
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, RulecalError) as err:
        raise InvalidCaseError(
            f"no stored deadline: {type(err).__name__}: {err}", hint="pass what Deadline.to_dict wrote"
        ) from err
    return deadline


def _read(data: Mapping[str, Any]) -> Deadline:
    if data["schema"] != SCHEMA:
        raise InvalidCaseError(
            f"schema {data['schema']!r} is not {SCHEMA}", hint="written by another version of rulecal"
        )
    held = data["calendar"]
    known_on = parse_day(held["known_on"]) if held.get("known_on") else None
    packages, notices = tuple(held["packages"].items()), each_of(held["notices"], str, "notices", "texts")
    each_of([word for pair in packages for word in pair], str, "packages", "names and versions as texts")
    record = Record(
        tuple(map(Step.from_dict, data["steps"])),
        parse_day(held["first"]) if held["first"] else None,
        need(held["days"], str, "days", "the signs of days"),
        Provenance(held["digest"], packages, notices, maybe(held["region"], str, "a region", "a text"), known_on),
    )
    rule = Rule(_read_norm(data["rule"]), tuple(map(_read_norm, data.get("versions", ()))))
    trigger, kind = _read_moment(data["trigger"]), data.get("trigger_kind")
    if _in_hours(rule) is not isinstance(trigger, datetime):
        raise InvalidCaseError(f"the trigger {trigger}", hint="a moment for a rule in hours, else a day")
    ways = {way.name: way for way in rule.ways_for(trigger, kind)}
    return Deadline(
        rule,
        trigger,
        calendar(_office(held["region"]), known_on=known_on),
        tuple((_read_way(reading, ways), _read_landing(reading)) for reading in data["readings"]),
        need(data["region_assumed"], bool, "region_assumed", "true or false"),
        need(data["in_force"], bool, "in_force", "true or false"),
        kind,
        record,
    )


def _in_hours(rule: Rule) -> bool:
    return isinstance(rule.limit, Window) and rule.limit.period.unit is Unit.HOUR


def _office(region: str | None) -> str | None:
    """The region of the acting office: of the last one, where the case was transferred (`640000→650000`)."""
    return region.rpartition("→")[2] or None if region else None


def _check(deadline: Deadline, data: Mapping[str, Any]) -> None:
    """Whether the dates are those of the steps, and of the days stored, counted again."""
    record = deadline.proof
    proved = replay(record.steps)
    stated = (data["due"], data["due_at"], data["nominal"])
    last = record.first + timedelta(days=len(record.states) - 1) if record.first else None
    sound = (
        proved == (deadline.due_at or deadline.due)
        and data["settled"] is deadline.settled
        and stated == (_iso(deadline.due), _iso(deadline.due_at), _iso(deadline.nominal))
        and (not _starts_from_it(deadline) or record.steps[0].first == deadline.trigger)
        and (not (record.first and last) or _agrees(deadline, record.first, last))
    )
    if not sound:
        raise InvalidCaseError(
            f"the stored deadline contradicts itself: its steps lead to {proved}, it says {data['due']}",
            hint="compute it anew: what was stored has been altered",
            proved=proved,
            due=data["due"],
        )


def _starts_from_it(deadline: Deadline) -> bool:
    """Whether the proof begins with the trigger: not where the day is named, by the rule or by a table."""
    return isinstance(deadline.rule.limit, Window) and deadline.safe[0].named is None


def _agrees(deadline: Deadline, first: date, last: date) -> bool:
    """Whether the digest is that of the days stored, and each settled reading what they give."""
    record = deadline.proof
    if digest_days(first, record.states) != record.provenance.digest:
        return False
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    facts = {
        day: Fact(DayKind.MAKE_UP if sign == "1" else DayKind.ADJUSTED, awaits="stored" if sign == "?" else "")
        for day, sign in zip(days, record.states, strict=True)
    }
    calendar = WorkingCalendar.from_facts(first, last, facts)
    return all(
        isinstance(landing, Span) or way.nationally or land(way, deadline.trigger, calendar) == landing
        for way, landing in deadline.found
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write_reading(way: Way, landing: date | Span) -> dict[str, object]:
    span = landing if isinstance(landing, Span) else Span(landing, landing, landing)
    cause = {"zh": way.cause.zh, "en": way.cause.en}
    case = _write_case(way) if way.pauses or way.extended else {}
    ends = {key: getattr(span, key).isoformat() for key in ("earliest", "expected", "latest")}
    return {"name": way.name, "cause": cause, **ends, "awaits": list(span.awaits), **case}


def _write_case(way: Way) -> dict[str, object]:
    """What a case adds to a way of its rule: the days not counted and the extensions."""
    pauses = [[pause.first.isoformat(), pause.last.isoformat(), pause.why, pause.source] for pause in way.pauses]
    extended = [[amount, decided.isoformat(), source] for amount, decided, source in way.extended]
    return {"case": {"pauses": pauses, "extended": extended}}


def _read_way(reading: Mapping[str, Any], ways: Mapping[str, Way]) -> Way:
    """The way of a reading: one of the rule's, with what a case adds to it."""
    name, held = reading["name"], reading.get("case")
    plain = "+".join(part for part in name.split("+") if part not in DOUBTS)
    if held is None and plain == name:
        return ways[name]
    cause = Text(*(need(reading["cause"][lang], str, "a cause", "a text") for lang in LANGUAGES))
    pauses = tuple(
        Pause(parse_day(a), parse_day(b), _text(why), _text(source))
        for a, b, why, source in (held or {}).get("pauses", ())
    )
    extended = tuple((int(n), parse_day(day), _text(source)) for n, day, source in (held or {}).get("extended", ()))
    amount = ways[plain].amount + sum(n for n, _, _ in extended)
    return replace(ways[plain], name=name, cause=cause, pauses=pauses, extended=extended, amount=amount)


def _text(value: object) -> str:
    return need(value, str, "a reason or its source", "a text")


def _read_landing(data: Mapping[str, Any]) -> date | Span:
    earliest, expected, latest = (_read_moment(data[key]) for key in ("earliest", "expected", "latest"))
    awaits = each_of(data["awaits"], str, "awaits", "notices as texts")
    if not earliest <= expected <= latest or (earliest != latest and not awaits):
        raise InvalidCaseError(f"{earliest}, {expected}, {latest} are no span of days", hint="in order, or one day")
    return Span(earliest, expected, latest, awaits) if awaits else expected


def _read_moment(text: str) -> date:
    return to_instant(datetime.fromisoformat(text)) if "T" in text else parse_day(text)


def _read_norm(data: Mapping[str, Any]) -> Norm:
    faults: list[RulecalError] = []
    head = data["instrument"]
    instrument = read_instrument(Reader(head, "instrument", "stored deadline", faults)) if head else None
    rule_id = need(data["id"], str, "the id of a rule", "a text")
    norm = read_norm(Reader(data["norm"], "norm", "stored deadline", faults), rule_id, instrument)
    if faults:
        raise FaultGroup("the stored rule cannot be read", faults)
    return replace(norm, region=data["norm"].get("region"))  # not that of its instrument, where it was left out
