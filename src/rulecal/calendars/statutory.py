"""The days that the law itself gives to everyone: 全国年节及纪念日放假办法, art. 2, in the version of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from rulecal.calendars._data import read

_SOLAR: Final = {1: "元旦", 5: "劳动节", 10: "国庆节"}
_FESTIVALS: Final = {"qingming": "清明节", "dragon_boat": "端午节", "mid_autumn": "中秋节"}


def statutory_days(year: int) -> dict[date, str]:
    """The statutory holidays (法定节假日) of a year and their names: 10 before 2008, then 11, 13 from 2025.

    >>> len(statutory_days(2024)), len(statutory_days(2025))
    (11, 13)
    """
    law = law_of(year)
    festivals = read("calendar/festivals.toml")["years"][str(year)]
    days = {date(year, int(text[:2]), int(text[3:])): _SOLAR[int(text[:2])] for text in law["solar"]}
    days |= {festivals["lunar_new_year"] + timedelta(days=n): "春节" for n in law["spring_festival"]}
    for key in law["festivals"]:
        days.setdefault(festivals[key], _FESTIVALS[key])
    return days


def law_of(year: int) -> dict[str, Any]:
    """The version of the law in force on 1 January of the year."""
    laws = read("calendar/national.toml")["law"]
    return max((law for law in laws if law["force"] <= date(year, 1, 1)), key=lambda law: law["force"])
