"""The proof as a ledger of days (S31): each day, counted or not, why, by which notice; for an independent checker."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rulecal.errors import UnsettledDayError
from rulecal.law.limit import Unit
from rulecal.steps import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.deadline import Deadline
    from rulecal.deadlines.ways import Way

_DAYS = frozenset({StepKind.COUNTED, StepKind.SKIPPED, StepKind.EXCLUDED})
_MORE = StepKind.EXTENDED
"""An extension is in the amount."""


def certify(deadline: Deadline) -> dict[str, Any]:
    """The certificate of a settled deadline, as plain values that JSON can hold.

    A window that begins where another ends (a trigger deemed after a silence, working days added to a period) has
    that other one in `before`.

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
    *before, last = _parts(way, deadline.trigger, deadline.steps, deadline.working_calendar)
    return {
        "certificate": 1,
        "rule": deadline.rule.words,
        "reading": way.name,
        "certainty": deadline.rule.certainty.value,
        "source": [citation.marked for citation in deadline.citations],
        "before": before,
        **last,
        "due": (deadline.due_at or deadline.due).isoformat(),
        "calendar": {"region": deadline.calendar.region, "digest": deadline.calendar.digest},
    }


def _parts(way: Way, trigger: date, steps: Sequence[Step], calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """One window, or several of which each begins where the one before it ends."""
    kinds = [step.kind for step in steps]
    if StepKind.DEEMED in kinds:
        k = kinds.index(StepKind.DEEMED)
        led = [_part(way.lead, trigger, steps[:k], calendar)] if way.lead else []
        return [*led, *_parts(way, steps[k].last, steps[k + 1 :], calendar)]
    if StepKind.LENGTHENED in kinds:
        k = kinds.index(StepKind.LENGTHENED)
        first = _part(way, trigger, steps[:k], calendar)
        _mark_days_off(first["days"], way.lengthens, calendar)
        more = {"unit": Unit.WORKING_DAY.value, "amount": steps[k].amount, "counts_trigger": False, "lengthens": True}
        return [first, {**_part(way, steps[k].last, steps[k + 1 :], calendar), **more}]
    return [_part(way, trigger, steps, calendar)]


def _part(way: Way, trigger: date, steps: Sequence[Step], calendar: WorkingCalendar) -> dict[str, Any]:
    counted = [step for step in steps if step.kind in _DAYS]
    rolled = [step for step in steps if step.kind is StepKind.ROLLED and not isinstance(step.first, datetime)]
    return {
        "trigger": trigger.isoformat(),
        "counts_trigger": way.same_day and way.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY},
        "unit": _unit(way),
        "amount": way.amount,
        "lengthens": False,
        "moves": [step.to_dict() for step in steps if not (step in counted or step in rolled or step.kind is _MORE)],
        "days": [day for step in counted for day in _days(step)],
        "roll": [day for step in rolled for day in _roll(step, calendar)],
        "due": steps[-1].last.isoformat(),
    }


def _unit(way: Way) -> str:
    """The unit that is counted: years are counted as months."""
    if way.unit is None:
        return "table" if way.named else "date"
    return Unit.MONTH.value if way.unit is Unit.YEAR else way.unit.value


def _days(step: Step) -> list[dict[str, Any]]:
    what = {"counted": step.kind is StepKind.COUNTED, "excluded": step.kind is StepKind.EXCLUDED}
    return [
        {"date": day.isoformat(), **what, "why": step.why, "source": step.source}
        for day in _between(step.first, step.last)
    ]


def _between(first: date, last: date) -> Iterable[date]:
    way = 1 if last >= first else -1
    return (first + timedelta(days=way * k) for k in range(abs((last - first).days) + 1))


def _mark_days_off(days: list[dict[str, Any]], run: int, calendar: WorkingCalendar) -> None:
    """Say of the days off in a row that lengthen the window what they are."""
    row: list[dict[str, Any]] = []
    for entry in [*days, None]:
        day = calendar.day(date.fromisoformat(entry["date"])) if entry else None
        if entry is not None and day is not None and not day.working:
            row.append(entry | {"why": day.name or day.kind.value, "source": str(day.source)})
            continue
        if len(row) >= run:
            for off in row:
                next(each for each in days if each["date"] == off["date"]).update(off)
        row = []


def _roll(step: Step, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """The days off that the end moved over, and the working day it came to."""
    found = (calendar.day(day) for day in _between(step.first, step.last))
    return [
        {
            "date": day.date.isoformat(),
            "counted": day.date == step.last,
            "why": day.name or day.kind.value,
            "source": str(day.source),
        }
        for day in found
    ]
