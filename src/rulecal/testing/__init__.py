"""For tests, yours and ours: small calendars, strategies, slow oracles, and the laws of calendars, rules and cases.

Needs hypothesis (the extra `testing`), which nothing else in the library imports.
"""

from rulecal.testing.case_laws import cases, check_case_laws, events, naive_case_due
from rulecal.testing.laws import (
    calendars,
    check_calendar_laws,
    check_rule_laws,
    days,
    naive_due,
    rules,
    toy_calendar,
    with_day,
)

__all__ = [
    "calendars",
    "cases",
    "check_calendar_laws",
    "check_case_laws",
    "check_rule_laws",
    "days",
    "events",
    "naive_case_due",
    "naive_due",
    "rules",
    "toy_calendar",
    "with_day",
]
