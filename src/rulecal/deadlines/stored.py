"""Deadlines as plain values that JSON can hold: written with their proof, loaded when they agree with themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from rulecal.calendars import calendar
from rulecal.calendars.working import Provenance, digest_days
from rulecal.civil import parse_day, to_day, to_instant
from rulecal.deadlines.deadline import Deadline, Reading, Record
from rulecal.deadlines.rule import Rule
from rulecal.errors import FaultGroup, InvalidCaseError, RulecalError
from rulecal.law.table import Reader, read_instrument, read_norm, write_instrument, write_norm
from rulecal.steps import Step, replay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rulecal.law.norm import Norm

SCHEMA: Final = 1
"""The version of the format."""


def write_deadline(deadline: Deadline) -> dict[str, Any]:
    """A deadline with its proof as plain values."""
    proof, norm = deadline.proof, deadline.rule.norm
    return {
        "schema": SCHEMA,
        "rule": {
            "id": norm.id,
            "instrument": write_instrument(norm.instrument) if norm.instrument else None,
            "norm": write_norm(norm),
        },
        "trigger": deadline.trigger.isoformat(),
        "due": deadline.due.isoformat(),
        "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        "settled": deadline.settled,
        "in_force": deadline.in_force,
        "region_assumed": deadline.region_assumed,
        "readings": [_write_reading(reading) for reading in deadline.readings],
        "nominal": proof.nominal.isoformat(),
        "steps": [step.to_dict() for step in proof.steps],
        "calendar": {
            "region": proof.provenance.region,
            "digest": proof.provenance.digest,
            "packages": dict(proof.provenance.packages),
            "notices": list(proof.provenance.notices),
            "first": proof.first.isoformat() if proof.first else None,
            "days": proof.states,
        },
    }


def read_deadline(data: Mapping[str, Any]) -> Deadline:
    """The deadline that `write_deadline` wrote.

    Raises:
        InvalidCaseError: If it is not whole, or contradicts itself.
    """
    try:
        deadline = _read(data)
        _check(deadline, data["due"])
    except InvalidCaseError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, FaultGroup) as err:
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
    packages, notices = tuple(held["packages"].items()), tuple(held["notices"])
    record = Record(
        tuple(map(Step.from_dict, data["steps"])),
        parse_day(data["nominal"]),
        parse_day(held["first"]) if held["first"] else None,
        held["days"],
        Provenance(held["digest"], packages, notices, held["region"]),
    )
    rule = Rule(_read_norm(data["rule"]))
    ways = {way.name: way for way in rule._ways}  # noqa: SLF001
    return Deadline(
        rule,
        _read_moment(data["trigger"]),
        calendar(held["region"]),
        tuple((ways[reading["name"]], _read_moment(reading["expected"])) for reading in data["readings"]),
        bool(data["region_assumed"]),
        bool(data["in_force"]),
        record,
    )


def _check(deadline: Deadline, due: str) -> None:
    record = deadline.proof
    proved = to_day(replay(record.steps))
    intact = record.first is None or digest_days(record.first, record.states) == record.provenance.digest
    if not (proved == deadline.due and due == deadline.due.isoformat() and intact):
        raise InvalidCaseError(
            f"the stored deadline contradicts itself: its steps lead to {proved}, it says {due}",
            hint="compute it anew: what was stored has been altered",
            proved=proved,
            due=due,
        )


def _write_reading(reading: Reading) -> dict[str, object]:
    cause = {"zh": reading.cause.zh, "en": reading.cause.en}
    ends = {key: getattr(reading, key).isoformat() for key in ("earliest", "expected", "latest")}
    return {"name": reading.name, "cause": cause, **ends}


def _read_moment(text: str) -> date:
    return to_instant(datetime.fromisoformat(text)) if "T" in text else parse_day(text)


def _read_norm(data: Mapping[str, Any]) -> Norm:
    faults: list[RulecalError] = []
    head = data["instrument"]
    instrument = read_instrument(Reader(head, "instrument", "stored deadline", faults)) if head else None
    norm = read_norm(Reader(data["norm"], "norm", "stored deadline", faults), data["id"], instrument)
    if faults:
        raise FaultGroup("the stored rule cannot be read", faults)
    return norm
