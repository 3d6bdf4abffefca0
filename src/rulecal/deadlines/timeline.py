"""The timeline of a case: what each clock counted and what not, why, on whose authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rulecal.deadlines.events import Completion, Event, Exclusion, Extension, Restart, Suspension, Transfer
from rulecal.deadlines.faults import begins, ends
from rulecal.steps import StepKind
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.deadlines.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of days on a clock, both inclusive, or an event.

    Attributes:
        clock: `statutory` or `promised`.
        first: The first day.
        last: The last day.
        what: What it is: counted, not counted, extended, completed, without effect.
        counted: How many units of the clock it counts.
        why: The reason, as it was given or as the calendar has it.
        authority: The article, notice or instrument behind it.
    """

    clock: str
    first: date
    last: date
    what: Text
    counted: int = 0
    why: str = ""
    authority: str = ""


_WHAT = {
    StepKind.START: Text("起算", "starts"),
    StepKind.START_COUNTED: Text("起算", "starts"),
    StepKind.DEEMED: Text("视为起算", "deemed to start"),
    StepKind.COUNTED: Text("计入", "counted"),
    StepKind.SKIPPED: Text("休息日", "days off"),
    StepKind.EXCLUDED: Text("不计入", "not counted"),
    StepKind.EXTENDED: Text("延长", "extended"),
    StepKind.MONTHS: Text("按月计", "months"),
    StepKind.MOVED: Text("顺移", "moved on"),
    StepKind.ROLLED: Text("顺延", "rolled"),
}
_END = Text("届满", "due")
_NO_EFFECT = Text("不生效力", "without effect")
_EVENTS = {
    Restart: Text("重新计算", "restarted"),
    Transfer: Text("移送", "transferred"),
    Completion: Text("办结", "completed"),
}


def timeline(
    clock: str, deadline: Deadline, effects: Iterable[tuple[Event, bool]], completed: date | None
) -> Iterator[Entry]:
    """The entries of one clock, in order of their days."""
    found = [
        Entry(
            clock,
            step.first,
            step.last,
            _WHAT.get(step.kind, Text(step.kind.value, step.kind.value)),
            step.amount if step.kind in {StepKind.COUNTED, StepKind.EXTENDED, StepKind.MONTHS} else 0,
            step.why,
            step.source,
        )
        for step in deadline.steps
    ]
    found.append(Entry(clock, deadline.due, deadline.due, _END))
    for event, has_effect in effects:
        if not has_effect:
            found.append(Entry(clock, begins(event), ends(event), _NO_EFFECT, why=_why(event), authority=_basis(event)))
        elif type(event) in _EVENTS and not isinstance(event, Completion):
            found.append(Entry(clock, begins(event), ends(event), _EVENTS[type(event)], why=_why(event)))
    if completed is not None:
        found.append(Entry(clock, completed, completed, _EVENTS[Completion]))
    yield from sorted(found, key=lambda entry: str(entry.first))


def _why(event: Event) -> str:
    if isinstance(event, Extension):
        return "extension"
    if isinstance(event, Transfer):
        return event.region
    return event.reason if isinstance(event, Exclusion | Suspension | Restart) else ""


def _basis(event: Event) -> str:
    return event.basis if isinstance(event, Exclusion | Suspension | Extension) else ""
