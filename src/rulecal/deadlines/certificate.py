"""The proof as a ledger of days (S31): each day, counted or not, why, by which notice; for an independent checker."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rulecal.errors import UnsettledDayError
from rulecal.law.limit import Unit
from rulecal.steps import Step, StepKind

if TYPE_CHECKING:
    from rulecal.deadlines.deadline import Deadline


def certify(deadline: Deadline) -> dict[str, Any]:
    """The certificate of a settled deadline, as plain values that JSON can hold.

    Raises:
        UnsettledDayError: If the date hangs on days that no notice has settled: there is nothing to certify yet.
    """
    if not deadline.settled:
        raise UnsettledDayError(
            f"the due date of {deadline.rule.words} is not settled",
            hint=f"awaited: {'、'.join(deadline.settled_by)}",
            day=deadline.due,
            awaits="、".join(deadline.settled_by),
        )
    way, _ = deadline.safe
    steps = deadline.steps
    counted = [step for step in steps if step.kind in {StepKind.COUNTED, StepKind.SKIPPED}]
    rolled = [step for step in steps if step.kind is StepKind.ROLLED and not isinstance(step.first, datetime)]
    return {
        "certificate": 1,
        "rule": deadline.rule.words,
        "reading": way.name,
        "source": [str(citation) for citation in deadline.citations],
        "trigger": deadline.trigger.isoformat(),
        "counts_trigger": way.same_day and way.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY},
        "unit": _unit(way.unit),
        "amount": way.amount,
        "moves": [step.to_dict() for step in steps if step not in counted and step not in rolled],
        "days": [day for step in counted for day in _days(step, counts=step.kind is StepKind.COUNTED)],
        "roll": [day for step in rolled for day in _roll(step, deadline)],
        "due": (deadline.due_at or deadline.due).isoformat(),
        "calendar": {"region": deadline.calendar.region, "digest": deadline.calendar.digest},
    }


def _unit(unit: Unit | None) -> str:
    """The unit that is counted: years are counted as months."""
    return "date" if unit is None else Unit.MONTH.value if unit is Unit.YEAR else unit.value


def _days(step: Step, *, counts: bool) -> list[dict[str, Any]]:
    way = 1 if step.last >= step.first else -1
    span = [step.first + timedelta(days=way * k) for k in range(abs((step.last - step.first).days) + 1)]
    return [{"date": day.isoformat(), "counted": counts, "why": step.why, "source": step.source} for day in span]


def _roll(step: Step, deadline: Deadline) -> list[dict[str, Any]]:
    """The days off that the end moved over, and the working day it came to."""

    def entry(day: date, *, counts: bool) -> dict[str, Any]:
        found = deadline.working_calendar.day(day)
        return {
            "date": day.isoformat(),
            "counted": counts,
            "why": found.name or found.kind.value,
            "source": str(found.source),
        }

    span = [step.first + timedelta(days=k) for k in range((step.last - step.first).days + 1)]
    return [entry(day, counts=day == step.last) for day in span]
