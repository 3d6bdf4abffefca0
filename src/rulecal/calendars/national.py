"""The national calendar: the tables of chinese-calendar, mended and named by the State Council's notices (S5)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Final

from rulecal.calendars._data import read
from rulecal.calendars.statutory import statutory_days
from rulecal.calendars.working import DayKind, Fact, Notice, WorkingCalendar

_FILE: Final = "calendar/national.toml"
_SATURDAY: Final = 5
_DECEMBER: Final = 12
_NAMES: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@cache
def national_calendar() -> WorkingCalendar:
    """The days that the package `chinese-calendar` holds, each with its kind, name and notice."""
    from chinese_calendar import __version__ as version  # noqa: PLC0415  (10 ms that `import rulecal` can do without)
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415

    days: dict[date, tuple[bool, str]] = {day: (False, _NAMES.get(name, name)) for day, name in holidays.items()}
    days |= {day: (True, _NAMES.get(name, name)) for day, name in workdays.items()}
    days |= {mend["date"]: (mend["worked"], mend["name"]) for mend in read(_FILE)["mend"]}
    years = range(min(days).year, max(days).year + 1)
    yearly = {year: _yearly().get(year) or Notice(year, "") for year in years}
    amended = _amended()
    statutory = {day: name for year in years for day, name in statutory_days(year).items()}
    days |= {day: (False, name) for day, name in statutory.items() if not days.get(day, (False,))[0]}
    facts = {
        day: Fact(
            _kind(day, worked=worked, statutory=day in statutory, change=amended.get(day, (None, {}))[1]),
            statutory.get(day, name),
            amended[day][0] if day in amended else yearly.get(_notice_year(day, name)),
        )
        for day, (worked, name) in days.items()
    }
    return WorkingCalendar.from_facts(
        date(years[0], 1, 1),
        date(years[-1], 12, 31),
        facts,
        yearly=yearly,
        packages=(("chinese-calendar", str(version)),),
        recipe=(national_calendar, ()),
    )


def _kind(day: date, *, worked: bool, statutory: bool, change: dict[str, Any]) -> DayKind:
    if worked:
        return DayKind.MAKE_UP
    if statutory:
        return DayKind.HOLIDAY
    if change.get("extraordinary"):
        return DayKind.EXTRAORDINARY
    return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.ADJUSTED


def _notice_year(day: date, name: str) -> int:
    """The year whose notice speaks of a day: New Year's notice also reaches back into December."""
    return day.year + (day.month == _DECEMBER and name == "元旦")


def _notice(row: dict[str, Any]) -> Notice:
    return Notice(
        row["year"],
        row["number"],
        signed=row["signed"],
        published=row.get("published"),
        certainty=row["certainty"],
        url=row["url"],
    )


@cache
def _yearly() -> dict[int, Notice]:
    return {row["year"]: _notice(row) for row in read(_FILE)["notice"] if "changes" not in row}


@cache
def _amended() -> dict[date, tuple[Notice, dict[str, Any]]]:
    """The days that a decree changed in the middle of a year."""
    amendments = [row for row in read(_FILE)["notice"] if "changes" in row]
    return {change["date"]: (_notice(row), change) for row in amendments for change in row["changes"]}
