"""A second, independent source: every day of 2004-2026 against the package `holidays`."""

from datetime import date, timedelta

import holidays

import rulecal as rc
from rulecal.calendars.day import WORKED

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EXPLAINED: dict[date, str] = {}
"""Days on which the two differ, each with the reason. (`chinese-calendar` differs on 2005-12-31, mended here.)"""


def test_every_day_agrees_or_the_difference_is_explained():
    china = holidays.country_holidays("CN", years=range(2003, 2028))
    days = [FIRST + timedelta(days=k) for k in range((LAST - FIRST).days + 1)]
    differ = {day for day in days if (rc.calendar().day(day).kind in WORKED) != china.is_working_day(day)}

    assert len(days) == 8401
    assert differ == set(EXPLAINED)
    assert china.is_working_day(date(2005, 12, 31))
