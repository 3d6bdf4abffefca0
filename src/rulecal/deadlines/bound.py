"""What a rule behind a reference (援引) gives from a day: the deadline of the version of that day, or why none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rulecal.deadlines.catalogue import record
from rulecal.errors import (
    CalendarCoverageError,
    InvalidCaseError,
    NoDeadlineError,
    NotADateError,
    RulecalError,
    RuleNotInForceError,
)
from rulecal.law.limit import Window
from rulecal.text import Text

if TYPE_CHECKING:
    from datetime import date

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.deadline import Deadline
    from rulecal.deadlines.rule import Rule

_WHY: Final[dict[type[RulecalError], Text]] = {
    NotADateError: Text("须给出时刻", "needs a moment"),
    RuleNotInForceError: Text("当日无已收录的有效文本", "no text that is held is in force on that day"),
    NoDeadlineError: Text("当年不产生期限", "no date in that year"),
    InvalidCaseError: Text("该日不能起算", "cannot start on that day"),
    CalendarCoverageError: Text("超出日历范围", "outside the calendar"),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A rule that binds, asked from one day.

    Attributes:
        id: Its id.
        rule: The version of that day; today's where no day was given; None where none was in force.
        deadline: What follows from that day, if something does.
        why: Why nothing does, though a day was given.
    """

    id: str
    rule: Rule | None
    deadline: Deadline | None = None
    why: Text = Text()

    def to_dict(self) -> dict[str, Any]:
        """As plain values that JSON can hold."""
        return {
            "id": self.id,
            "rule": record(self.rule) if self.rule else None,
            "deadline": self.deadline.to_dict() if self.deadline else None,
            "why": {"zh": self.why.zh, "en": self.why.en} if self.why else None,
        }


def bound(rule: Rule, day: date | None, calendar: WorkingCalendar | None = None) -> Bound:
    """A rule asked from a day, in a calendar or that of its region; without a day what sets its date by itself."""
    if day is None and (isinstance(rule.limit, Window) or not rule.is_computable):
        return Bound(rule.id, rule)
    version: Rule | None = None
    try:
        version = rule if day is None else rule.at(day)
        if not version.is_computable:
            return Bound(rule.id, version)
        found = rule.deadline(day, calendar=calendar)
    except tuple(_WHY) as err:
        return Bound(rule.id, version, why=_WHY[type(err)])
    return Bound(rule.id, found.rule, found)
