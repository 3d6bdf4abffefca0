"""Calendars of regions: local days over the national ones, found by administrative division code (S6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from rulecal.calendars._data import names, read
from rulecal.calendars.day import WORKED, DayKind, Fact, Notice
from rulecal.calendars.divisions import find
from rulecal.calendars.eid import lay
from rulecal.calendars.national import Arrangement, Change, national_calendar
from rulecal.calendars.working import WorkingCalendar
from rulecal.text import Text

_EIDS: Final = {"eid_al_fitr": "开斋节", "eid_al_adha": "古尔邦节"}
_NINGXIA: Final = "640000"
_SATURDAY: Final = 5
_KINDS: Final = {"holiday": DayKind.REGIONAL, "in_lieu": DayKind.ADJUSTED, "workday": DayKind.MAKE_UP}


def resolve(region: object) -> tuple[str | None, Text | None]:
    """The overlay that holds the local days of a region, if there is one, and what must be said of its dates.

    Args:
        region: A division code of GB/T 2260 with 6 or 12 digits, a name (宁夏, 中卫市) or an ISO 3166-2 code (CN-NX).

    Raises:
        UnknownRegionError: If it names no division, or several.

    >>> resolve("640500"), resolve("中卫"), resolve("110000")
    (('640000', None), ('640000', None), (None, None))
    >>> resolve("150000")[1].en
    'this region may have local days that are not held here; counted nationally'
    """
    division = find(region)
    held = names("regions")
    above = (division.code, division.code[:4] + "00", division.code[:2] + "0000")
    overlay = next((code for code in above if code in held), None)
    if overlay == _NINGXIA:
        return overlay, None
    if overlay is not None and find(overlay).autonomous:
        return overlay, _PARTIAL
    return overlay, UNSURE if division.autonomous else None


@cache
def regional_calendar(
    code: str, caveat: Text | None = None, known_on: date | None = None, more: tuple[Arrangement, ...] = ()
) -> WorkingCalendar:
    """The national calendar with the local days that an overlay holds.

    Args:
        code: The 6 digits of an overlay, as `resolve` gives them.
        caveat: What must be said of its dates.
        known_on: Only notices known by then are used (a regional one without a date: from 1 January of its year).
        more: Further arrangements, from notice files; those of this region are local, the others national.
    """
    overlay = read(f"regions/{code}.toml")
    name = overlay["name"]["zh"]
    base = national_calendar(known_on, tuple(each for each in more if not each.notice.region))
    held = [*regional_arrangements(code), *(each for each in more if each.notice.region == name)]
    held = [each for each in held if known_on is None or each.known_from <= known_on]
    facts = dict(base.facts)
    for each in held:
        for change in each.changes:
            facts[change.day] = _over(facts.get(change.day), change, each.notice)
    groups = list(base.groups)
    for eid, festival, awaits in _missing(name, held, base) if code == _NINGXIA else ():
        groups = lay(eid, festival, awaits, facts, base, groups)
    settled = {day: fact.kind in WORKED for day, fact in facts.items() if not fact.awaits}
    groups = [group.forced(settled) for group in groups]
    facts = {day: fact for day, fact in facts.items() if base.coverage.first <= day <= base.coverage.last}
    return WorkingCalendar.from_facts(
        base.coverage.first,
        base.coverage.last,
        facts,
        yearly=base.yearly,
        packages=base.packages,
        region=code,
        caveats=(caveat,) if caveat else (),
        groups=groups,
        settled_through=base.coverage.settled_through,
        known_on=known_on,
        base=base,
        recipe=(regional_calendar, (code, caveat, known_on, more)),
    )


_PARTIAL: Final = Text(
    "该地区的地方节日数据不完整，未收录的年份按全国日历计算",
    "local days of this region are held for some years only; the others are counted nationally",
)
UNSURE: Final = Text(
    "该地区可能另有地方节日，本库未收录，按全国日历计算",
    "this region may have local days that are not held here; counted nationally",
)


def _over(national: Fact | None, change: Change, notice: Notice) -> Fact:
    """A local day over the national fact of that day: what is off already stays what it is and gains a name."""
    resting = national.kind not in WORKED if national else change.day.weekday() >= _SATURDAY
    if change.worked or not resting:
        return Fact(change.kind or DayKind.REGIONAL, change.name, notice)
    kind = national.kind if national else DayKind.WEEKEND
    names = dict.fromkeys(filter(None, (national.name if national else "", change.name)))
    source = (national.source if national else None) or notice
    return Fact(kind, "、".join(names), source, national.awaits if national else "")


@cache
def regional_arrangements(code: str) -> tuple[Arrangement, ...]:
    """The notices of a region that are held."""
    overlay = read(f"regions/{code}.toml")
    return tuple(
        Arrangement(
            Notice(
                row["year"],
                row.get("number", ""),
                signed=row.get("signed"),
                published=row.get("published"),
                region=overlay["name"]["zh"],
                certainty=row["certainty"],
                url=row.get("url", ""),
            ),
            tuple(
                Change(day["date"], day["kind"] == "workday", day["name"], _KINDS[day["kind"]]) for day in row["days"]
            ),
            missing=tuple(row.get("missing", ())),
        )
        for row in overlay["notice"]
    )


def _missing(region: str, held: list[Arrangement], base: WorkingCalendar) -> Iterator[tuple[date, str, str]]:
    """The Eids whose notice is not held: the astronomical day, the name, and what is awaited."""
    found = {year: tuple(_EIDS) for year in range(base.coverage.first.year, base.coverage.last.year + 1)}
    found |= {each.notice.year: each.missing for each in held}
    festivals = read("calendar/festivals.toml")["years"]
    for year, keys in sorted(found.items()):
        for key in keys:
            for eid in festivals[str(year)][key]:
                yield eid, _EIDS[key], f"{region}{year}年放假通知"
