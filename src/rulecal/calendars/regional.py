"""Calendars of regions: local days over the national ones, found by administrative division code (S6)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from rulecal.calendars._data import names, read
from rulecal.calendars.national import national_calendar
from rulecal.calendars.working import DayKind, Fact, Notice, WorkingCalendar
from rulecal.errors import UnknownRegionError
from rulecal.text import Text

_PROVINCES: Final = frozenset(
    str(n) for group in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66)) for n in range(*group)
)
_EIDS: Final = {"eid_al_fitr": "开斋节", "eid_al_adha": "古尔邦节"}
_REACH: Final = range(-7, 10)
"""Days around the astronomical Eid that a Ningxia notice has touched since 2015, make-up weekends included."""
_NINGXIA: Final = "640000"
_KINDS: Final = {"holiday": DayKind.REGIONAL, "in_lieu": DayKind.ADJUSTED, "workday": DayKind.MAKE_UP}


def resolve(region: object) -> str | None:
    """The code of the overlay that holds the local days of a region; None where the national calendar is all.

    Args:
        region: A division code of GB/T 2260 with 6 digits, or with 12.

    Raises:
        UnknownRegionError: If it is no such code.

    >>> resolve("640500"), resolve("640500000000"), resolve("110000")
    ('640000', '640000', None)
    """
    if not isinstance(region, str) or not re.fullmatch(r"\d{6}(\d{6})?", region, re.ASCII):
        raise UnknownRegionError(
            f"{region!r} is no division code",
            hint="use 6 or 12 digits of GB/T 2260, e.g. '640500' for 中卫市",
            region=region,
        )
    if region[:2] not in _PROVINCES:
        raise UnknownRegionError(
            f"{region!r} begins with no province of GB/T 2260", hint="e.g. 64 is 宁夏, 11 is 北京", region=region
        )
    held = names("regions")
    return next((code for code in (region[:6], region[:4] + "00", region[:2] + "0000") if code in held), None)


@cache
def regional_calendar(code: str) -> WorkingCalendar:
    """The national calendar with the local days that an overlay holds.

    Args:
        code: The 6 digits of an overlay, as `resolve` gives them.
    """
    overlay = read(f"regions/{code}.toml")
    base = national_calendar()
    facts = dict(base._facts)  # noqa: SLF001
    for row in overlay["notice"]:
        notice = _notice(row, overlay["name"]["zh"])
        for day in row["days"]:
            facts[day["date"]] = _over(facts.get(day["date"]), day, notice)
    facts |= _open_days(code, overlay, base)
    facts = {day: fact for day, fact in facts.items() if base.coverage.first <= day <= base.coverage.last}
    return WorkingCalendar.from_facts(
        base.coverage.first,
        base.coverage.last,
        facts,
        yearly=base._yearly,  # noqa: SLF001
        packages=base._packages,  # noqa: SLF001
        region=code,
        caveats=() if code == _NINGXIA else (_PARTIAL,),
        base=base,
        recipe=(regional_calendar, (code,)),
    )


_PARTIAL: Final = Text(
    "该地区的地方节日数据不完整，未收录的年份按全国日历计算",
    "local days of this region are held for some years only; the others are counted nationally",
)
UNSURE: Final = Text(
    "该地区可能另有地方节日，本库未收录，按全国日历计算",
    "this region may have local days that are not held here; counted nationally",
)


def is_unsure(region: str) -> bool:
    """Whether a region without an overlay may have local days: autonomous regions and ethnic-minority provinces."""
    return region[:2] in {"15", "45", "54", "64", "65"}


def _over(national: Fact | None, day: dict[str, Any], notice: Notice) -> Fact:
    """A local day over the national fact of that day: what is off already stays what it is and gains a name."""
    off_already = national is None or national.kind not in {DayKind.WORKDAY, DayKind.MAKE_UP}
    rest = day["date"].weekday() > 4 or national is not None  # noqa: PLR2004
    if day["kind"] != "workday" and rest and off_already:
        kind = national.kind if national else DayKind.WEEKEND
        name = f"{national.name}、{day['name']}" if national and national.name != day["name"] else day["name"]
        return Fact(kind, name, (national and national.source) or notice)
    return Fact(_KINDS[day["kind"]], day["name"], notice)


def _notice(row: dict[str, Any], region: str) -> Notice:
    return Notice(
        row["year"],
        row.get("number", ""),
        signed=row.get("signed"),
        published=row.get("published"),
        region=region,
        certainty=row["certainty"],
        url=row.get("url", ""),
    )


def _open_days(code: str, overlay: dict[str, Any], base: WorkingCalendar) -> dict[date, Fact]:
    """The days that a notice not in our data may have touched; only Ningxia is known to set days every year."""
    if code != _NINGXIA:
        return {}
    missing: dict[int, list[str]] = {
        year: list(_EIDS) for year in range(base.coverage.first.year, base.coverage.last.year + 1)
    }
    for row in overlay["notice"]:
        missing[row["year"]] = row.get("missing", [])
    found: dict[date, Fact] = {}
    for year, eids in missing.items():
        awaits = f"{overlay['name']['zh']} notice for {year}"
        for key in eids:
            for eid in read("calendar/festivals.toml")["years"][str(year)][key]:
                for day in (eid + timedelta(days=n) for n in _REACH):
                    held = base._facts.get(day)  # noqa: SLF001
                    plain = held or Fact(DayKind.WORKDAY if day.weekday() <= 4 else DayKind.WEEKEND)  # noqa: PLR2004
                    if plain.kind is not DayKind.HOLIDAY:
                        found[day] = Fact(plain.kind, plain.name, plain.source, awaits)
    return found
