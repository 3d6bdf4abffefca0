"""What a person is shown of a deadline, as plain values: this room knows no engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rulecal.calendars.day import Provenance
    from rulecal.law.norm import Norm
    from rulecal.law.source import Citation
    from rulecal.steps import Step
    from rulecal.text import Text


@dataclass(frozen=True, slots=True)
class View:
    """A deadline as values.

    Attributes:
        rule: What the rule says.
        citations: Where it stands and by what it is counted, as in force on its trigger.
        counted_by: Those of them by which it is counted.
        due: The safe due day, or the moment.
        ends: The earliest, expected and latest day.
        awaits: The notices that will settle it.
        readings: For each reading its cause and its first and last day.
        counted_as: The cause of the reading that sets the due date.
        steps: The proof.
        provenance: Where the days came from.
        caveats: What must be known.
        spoken: Which of the two spoke, the rule or a published table, where there is one.
        last_working_day: The last working day before the due day, where that is a day off.
    """

    rule: Norm
    citations: tuple[Citation, ...]
    counted_by: tuple[Citation, ...]
    due: date
    ends: tuple[date, date, date]
    awaits: tuple[str, ...]
    readings: tuple[tuple[Text, date, date], ...]
    counted_as: Text
    steps: tuple[Step, ...]
    provenance: Provenance
    caveats: tuple[Text, ...]
    spoken: Text
    last_working_day: date | None
