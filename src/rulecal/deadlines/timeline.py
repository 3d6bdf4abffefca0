"""The timeline of a case: what each clock counted and what not, why, on whose authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rulecal.civil import DAY, to_day
from rulecal.deadlines.events import Completion, Event, Exclusion, Extension, Restart, Suspension, Transfer
from rulecal.deadlines.faults import begins, ends
from rulecal.law.limit import Unit
from rulecal.steps import Step, StepKind
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
        note: Why it is without effect, where it is.
    """

    clock: str
    first: date
    last: date
    what: Text
    counted: int = 0
    why: str = ""
    authority: str = ""
    note: Text = Text()


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
_DROPPED = Text("重新计算前，不再计入", "before the restart, no longer counted")
_NO_EFFECT = Text("不生效力", "without effect")
_BEFORE_RESTART = Text("发生于重新计算前", "before the restart")
_TOO_OFTEN = Text("已达许可的延长次数", "extended as often as the law allows")
_AFTER_END = Text("发生于届满后", "after the end")
_EVENTS = {
    Restart: Text("重新计算", "restarted"),
    Transfer: Text("移送", "transferred"),
    Completion: Text("办结", "completed"),
}


def timeline(
    clock: str, deadline: Deadline, opened: date, effects: Iterable[tuple[Event, bool]], completed: date | None
) -> Iterator[Entry]:
    """The entries of one clock of a case that was opened on a day, in order of their days."""
    start = to_day(deadline.trigger)
    found = [Entry(clock, opened, start - DAY, _DROPPED)] if start > opened else []
    found += [_of_step(clock, step) for step in deadline.steps]
    found += _beside_months(clock, deadline)
    found.append(Entry(clock, deadline.due, deadline.due, _END))
    for event, has_effect in effects:
        if getattr(event, "clock", clock) not in {"both", clock}:
            continue
        days, why = (begins(event), ends(event)), _why(event)
        if not has_effect:
            note = _no_effect(event, deadline, opened)
            found.append(Entry(clock, *days, _NO_EFFECT, why=why, authority=_basis(event), note=note))
        elif type(event) in _EVENTS and not isinstance(event, Completion):
            found.append(Entry(clock, *days, _EVENTS[type(event)], why=why))
    if completed is not None:
        found.append(Entry(clock, completed, completed, _EVENTS[Completion]))
    yield from sorted(found, key=lambda entry: to_day(entry.first))


def _of_step(clock: str, step: Step) -> Entry:
    counts = step.kind in {StepKind.COUNTED, StepKind.EXTENDED, StepKind.MONTHS}
    what = _WHAT.get(step.kind, Text(step.kind.value, step.kind.value))
    return Entry(clock, step.first, step.last, what, step.amount if counts else 0, step.why, step.source)


def _beside_months(clock: str, deadline: Deadline) -> Iterator[Entry]:
    """The days not counted of a period in months, which moves by their number and steps over none of them."""
    way = deadline.safe[0]
    if way.unit in {Unit.MONTH, Unit.YEAR}:
        for pause in way.pauses:
            yield Entry(clock, pause.first, pause.last, _WHAT[StepKind.EXCLUDED], 0, pause.why, pause.source)


def _no_effect(event: Event, deadline: Deadline, opened: date) -> Text:
    start = to_day(deadline.trigger)
    if opened < start and begins(event) < start:
        return _BEFORE_RESTART
    return _TOO_OFTEN if isinstance(event, Extension) and begins(event) <= deadline.latest else _AFTER_END


def _why(event: Event) -> str:
    if isinstance(event, Extension):
        return "extension"
    if isinstance(event, Transfer):
        return event.region
    return event.reason if isinstance(event, Exclusion | Suspension | Restart) else ""


def _basis(event: Event) -> str:
    return event.basis if isinstance(event, Exclusion | Suspension | Extension) else ""
