"""Statutory time windows into due dates that can be defended, and what is overdue.

>>> from datetime import date
>>> import rulecal as rc
>>> rc.due_date("zhongwei-2022/farm-facility-filing", date(2022, 6, 27))
datetime.date(2022, 7, 20)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from rulecal.calendars import Coverage, Day, DayKind, Notice, Provenance, Span, WorkingCalendar, calendar
from rulecal.civil import parse_day
from rulecal.errors import (
    CalendarCoverageError,
    CaseFaults,
    CatalogueError,
    FaultGroup,
    InvalidArgumentError,
    InvalidCaseError,
    InvalidPeriodError,
    LedgerError,
    MissingExtraError,
    NoDeadlineError,
    NotADateError,
    RulecalError,
    RuleNotInForceError,
    UnknownRegionError,
    UnknownRuleError,
    UnreadableDateError,
    UnreadableLimitError,
    UnsettledDayError,
)
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.calendars.notices import DayChange
    from rulecal.columns.arrays import count_working_days, due_dates, shift_working_days
    from rulecal.columns.frames import flag
    from rulecal.columns.tables import DueTable, due_table
    from rulecal.deadlines.build import at_least, before, by, by_end_of, count_back, on_date, times_a_year, within
    from rulecal.deadlines.case import Case
    from rulecal.deadlines.catalogue import Catalogue, catalogue
    from rulecal.deadlines.deadline import Deadline, Reading
    from rulecal.deadlines.events import Completion, Exclusion, Extension, Restart, Suspension, Transfer
    from rulecal.deadlines.lint import Remark, lint
    from rulecal.deadlines.parsed import Parsed, parse_limit, parse_limits
    from rulecal.deadlines.recurring import Shortfall
    from rulecal.deadlines.replay import Moved, Same
    from rulecal.deadlines.rule import Rule
    from rulecal.deadlines.short import due_date, is_overdue
    from rulecal.deadlines.status import State, Status, WarningPolicy
    from rulecal.deadlines.timeline import Entry
    from rulecal.law.limit import FixedDate, Kind, Period, Quota, Unit, Window
    from rulecal.law.source import Citation
    from rulecal.ledger import Ledger, Report
    from rulecal.steps import Step, StepKind, replay

_LATER = {
    "columns.arrays": "count_working_days due_dates shift_working_days",
    "columns.frames": "flag",
    "columns.tables": "DueTable due_table",
    "deadlines.build": "at_least before by by_end_of count_back on_date times_a_year within",
    "deadlines.case": "Case",
    "deadlines.catalogue": "Catalogue catalogue",
    "deadlines.deadline": "Deadline Reading",
    "calendars.notices": "DayChange",
    "deadlines.lint": "Remark lint",
    "deadlines.parsed": "Parsed parse_limit parse_limits",
    "deadlines.events": "Completion Exclusion Extension Restart Suspension Transfer",
    "deadlines.recurring": "Shortfall",
    "deadlines.replay": "Moved Same",
    "deadlines.rule": "Rule",
    "deadlines.short": "due_date is_overdue",
    "deadlines.status": "State Status WarningPolicy",
    "deadlines.timeline": "Entry",
    "law.limit": "FixedDate Kind Period Quota Unit Window",
    "law.source": "Citation",
    "ledger": "Ledger Report",
    "steps": "Step StepKind replay",
}
"""Rooms that are loaded when one of their names is first asked for: who needs a calendar waits for no law."""
_ROOM = {name: room for room, names in _LATER.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _ROOM:
        raise AttributeError(f"module 'rulecal' has no attribute {name!r}")
    found = getattr(import_module(f"rulecal.{_ROOM[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__


__all__ = [
    "CalendarCoverageError",
    "Case",
    "CaseFaults",
    "Catalogue",
    "CatalogueError",
    "Citation",
    "Completion",
    "Coverage",
    "Day",
    "DayChange",
    "DayKind",
    "Deadline",
    "DueTable",
    "Entry",
    "Exclusion",
    "Extension",
    "FaultGroup",
    "FixedDate",
    "InvalidArgumentError",
    "InvalidCaseError",
    "InvalidPeriodError",
    "Kind",
    "Ledger",
    "LedgerError",
    "MissingExtraError",
    "Moved",
    "NoDeadlineError",
    "NotADateError",
    "Notice",
    "Parsed",
    "Period",
    "Provenance",
    "Quota",
    "Reading",
    "Remark",
    "Report",
    "Restart",
    "Rule",
    "RuleNotInForceError",
    "RulecalError",
    "Same",
    "Shortfall",
    "Span",
    "State",
    "Status",
    "Step",
    "StepKind",
    "Suspension",
    "Text",
    "Transfer",
    "Unit",
    "UnknownRegionError",
    "UnknownRuleError",
    "UnreadableDateError",
    "UnreadableLimitError",
    "UnsettledDayError",
    "WarningPolicy",
    "Window",
    "WorkingCalendar",
    "at_least",
    "before",
    "by",
    "by_end_of",
    "calendar",
    "catalogue",
    "count_back",
    "count_working_days",
    "due_date",
    "due_dates",
    "due_table",
    "flag",
    "is_overdue",
    "lint",
    "on_date",
    "parse_day",
    "parse_limit",
    "parse_limits",
    "replay",
    "shift_working_days",
    "times_a_year",
    "within",
]
