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
    CatalogueError,
    FaultGroup,
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
    UnsettledDayError,
)
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.calendars.notices import DayChange
    from rulecal.columns.arrays import count_working_days, due_dates, shift_working_days
    from rulecal.columns.frames import flag
    from rulecal.columns.tables import DueTable, due_table
    from rulecal.deadlines.build import at_least, before, by, by_end_of, count_back, on_date, times_a_year, within
    from rulecal.deadlines.catalogue import Catalogue, catalogue
    from rulecal.deadlines.deadline import Deadline, Reading
    from rulecal.deadlines.recurring import Shortfall
    from rulecal.deadlines.replay import Moved, Same
    from rulecal.deadlines.rule import Rule
    from rulecal.deadlines.short import due_date, is_overdue
    from rulecal.deadlines.status import State, Status
    from rulecal.law.limit import FixedDate, Kind, Period, Quota, Unit, Window
    from rulecal.law.norm import Citation
    from rulecal.ledger import Ledger, Report
    from rulecal.steps import Step, StepKind, replay

_LATER = {
    "columns.arrays": "count_working_days due_dates shift_working_days",
    "columns.frames": "flag",
    "columns.tables": "DueTable due_table",
    "deadlines.build": "at_least before by by_end_of count_back on_date times_a_year within",
    "deadlines.catalogue": "Catalogue catalogue",
    "deadlines.deadline": "Deadline Reading",
    "calendars.notices": "DayChange",
    "deadlines.recurring": "Shortfall",
    "deadlines.replay": "Moved Same",
    "deadlines.rule": "Rule",
    "deadlines.short": "due_date is_overdue",
    "deadlines.status": "State Status",
    "law.limit": "FixedDate Kind Period Quota Unit Window",
    "law.norm": "Citation",
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
    "Catalogue",
    "CatalogueError",
    "Citation",
    "Coverage",
    "Day",
    "DayChange",
    "DayKind",
    "Deadline",
    "DueTable",
    "FaultGroup",
    "FixedDate",
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
    "Period",
    "Provenance",
    "Quota",
    "Reading",
    "Report",
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
    "Text",
    "Unit",
    "UnknownRegionError",
    "UnknownRuleError",
    "UnreadableDateError",
    "UnsettledDayError",
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
    "on_date",
    "parse_day",
    "replay",
    "shift_working_days",
    "times_a_year",
    "within",
]
