"""The days that the law itself gives to everyone: 全国年节及纪念日放假办法, art. 2, in the version of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from rulecal.calendars._data import read

_SOLAR: Final = {1: "元旦", 5: "劳动节", 10: "国庆节"}
_FESTIVALS: Final = {"qingming": "清明节", "dragon_boat": "端午节", "mid_autumn": "中秋节"}


@dataclass(frozen=True, slots=True)
class Law:
    """A version of the holiday law.

    Attributes:
        number: Its order number (令号).
        known_from: The day on which it was published.
        force: The first day on which it is in force.
        solar: Month and day of the fixed days.
        spring_festival: Days of Spring Festival, counted from the first day of the lunar year.
        festivals: Keys of the other lunar and solar-term days.
    """

    number: str
    known_from: date
    force: date
    solar: tuple[tuple[int, int], ...]
    spring_festival: tuple[int, ...]
    festivals: tuple[str, ...]


@cache
def laws() -> tuple[Law, ...]:
    """The versions of the law, the earliest first."""
    rows = read("calendar/national.toml")["law"]
    found = (
        Law(
            row["number"],
            row["known_from"],
            row["force"],
            tuple((int(text[:2]), int(text[3:])) for text in row["solar"]),
            tuple(row["spring_festival"]),
            tuple(row["festivals"]),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda law: law.force))


def law_of(year: int, known_on: date | None = None) -> Law:
    """The version in force on 1 January of the year, as far as it was known on a day (S11)."""
    known = [
        law for law in laws() if law.force <= date(year, 1, 1) and (known_on is None or law.known_from <= known_on)
    ]
    return known[-1]


def statutory_days(year: int, law: Law | None = None) -> dict[date, str]:
    """The statutory holidays (法定节假日) of a year and their names: 10 before 2008, then 11, 13 from 2025.

    >>> len(statutory_days(2024)), len(statutory_days(2025))
    (11, 13)
    """
    law = law or law_of(year)
    festivals = read("calendar/festivals.toml")["years"][str(year)]
    days = {date(year, month, day): _SOLAR[month] for month, day in law.solar}
    days |= {festivals["lunar_new_year"] + timedelta(days=n): "春节" for n in law.spring_festival}
    for key in law.festivals:
        days.setdefault(festivals[key], _FESTIVALS[key])
    return days
