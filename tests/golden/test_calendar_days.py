"""Every day of 2004-2026 against the State Council's notices, as transcribed day by day by others."""

import csv
from datetime import date, timedelta
from pathlib import Path

import rulecal as rc

ROWS = {
    date.fromisoformat(row["date"]): row
    for row in csv.DictReader((Path(__file__).parent / "national_days.csv").read_text(encoding="utf-8").splitlines())
}
DAYS = [date(2004, 1, 1) + timedelta(days=i) for i in range((date(2026, 12, 31) - date(2004, 1, 1)).days + 1)]


def test_every_day_is_worked_or_not_as_the_notices_say(national):
    wrong = [
        day
        for day in DAYS
        if (national.day(day).kind in {rc.DayKind.WORKDAY, rc.DayKind.MAKE_UP})
        != (ROWS[day]["status"] == "work" if day in ROWS else day.weekday() < 5)
    ]

    assert (len(DAYS), wrong) == (8401, [])
    unsettled = [day for day in DAYS if national.day(day).working is None]
    assert unsettled == DAYS[-8:]  # 24 to 31 December 2026: the next notice can still move them


def test_every_day_of_a_notice_names_that_notice(national):
    wrong = {
        day: (str(national.day(day).source), row["amended_by"] or row["notice_no"])
        for day, row in ROWS.items()
        if str(national.day(day).source) not in (row["amended_by"] or row["notice_no"])
    }

    assert wrong == {}


def test_days_off_have_the_names_of_the_notices(national):
    joint = {"国庆节、中秋节", "中秋节、国庆节", "国庆节,中秋节"}
    wrong = [
        day
        for day, row in ROWS.items()
        if row["status"] == "off" and national.day(day).name not in row["holiday"] and row["holiday"] not in joint
    ]

    assert wrong == []
