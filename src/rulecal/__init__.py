"""Statutory time windows into due dates that can be defended, and what is overdue.

>>> from datetime import date
>>> import rulecal as rc
>>> rc.due_date("zhongwei-2022/farm-facility-filing", date(2022, 6, 27))
datetime.date(2022, 7, 20)
"""

from rulecal.calendars import Coverage, Day, DayKind, Notice, Provenance, Span, WorkingCalendar, calendar
from rulecal.civil import parse_day
from rulecal.deadlines.build import at_least, before, by, by_end_of, count_back, on_date, times_a_year, within
from rulecal.deadlines.catalogue import Catalogue, catalogue
from rulecal.deadlines.deadline import Deadline, Reading
from rulecal.deadlines.recurring import Shortfall
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.short import due_date, is_overdue
from rulecal.deadlines.status import State, Status
from rulecal.errors import (
    CalendarCoverageError,
    CatalogueError,
    FaultGroup,
    InvalidCaseError,
    InvalidPeriodError,
    LedgerError,
    NoDeadlineError,
    NotADateError,
    RulecalError,
    RuleNotInForceError,
    UnknownRegionError,
    UnknownRuleError,
    UnreadableDateError,
    UnsettledDayError,
)
from rulecal.law.limit import FixedDate, Kind, Period, Quota, Unit, Window
from rulecal.law.norm import Citation
from rulecal.ledger import Ledger, Report
from rulecal.steps import Step, StepKind, replay
from rulecal.text import Text

__all__ = [
    "CalendarCoverageError",
    "Catalogue",
    "CatalogueError",
    "Citation",
    "Coverage",
    "Day",
    "DayKind",
    "Deadline",
    "FaultGroup",
    "FixedDate",
    "InvalidCaseError",
    "InvalidPeriodError",
    "Kind",
    "Ledger",
    "LedgerError",
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
    "due_date",
    "is_overdue",
    "on_date",
    "parse_day",
    "replay",
    "times_a_year",
    "within",
]
