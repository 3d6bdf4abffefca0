"""The national calendar: the tables of chinese-calendar, mended and named by the State Council's notices (S5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from rulecal.calendars._data import read
from rulecal.calendars.day import DayKind, Fact, Notice
from rulecal.calendars.outlook import Group
from rulecal.calendars.projection import Practice, Sketch, sketch
from rulecal.calendars.statutory import law_of, statutory_days
from rulecal.calendars.working import WorkingCalendar
from rulecal.errors import CalendarCoverageError

_FILE: Final = "calendar/national.toml"
_SATURDAY: Final = 5
_DECEMBER: Final = 12
_TAIL: Final = 24
"""From this day of December on, the next year's notice has moved days (2005, 2006, 2007, 2011 and 2018)."""
_HORIZON: Final = 2030
"""The last year for which festival days are held far enough."""
_AHEAD: Final = 4
"""How many years past the last published one are projected."""
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


@dataclass(frozen=True, slots=True)
class Change:
    """A day that a notice sets: worked or not, and its name."""

    day: date
    worked: bool
    name: str
    kind: DayKind | None = None
    """Its kind where the notice says so: an extraordinary day, a region's own."""
    before: bool | None = None
    """For an amendment: whether the day was worked before it."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A notice and the days it sets; a base arrangement of its year, or an amendment."""

    notice: Notice
    changes: tuple[Change, ...]
    amends: bool = False
    missing: tuple[str, ...] = ()
    """Festivals of its year that the copy held says nothing of."""

    @property
    def known_from(self) -> date:
        """The first day on which it was known: published, else signed, else 1 January of its year."""
        return self.notice.published or self.notice.signed or date(self.notice.year, 1, 1)


@cache
def arrangements() -> tuple[Arrangement, ...]:
    """The notices held: a base arrangement a year from the package's tables, and the amendments."""
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415  (10 ms that `import rulecal` can do without)

    days = {day: (False, _NAMES.get(name, name)) for day, name in holidays.items()}
    days |= {day: (True, _NAMES.get(name, name)) for day, name in workdays.items()}
    days |= {mend["date"]: (mend["worked"], mend["name"]) for mend in read(_FILE)["mend"]}
    for year in range(min(days).year, max(days).year + 1):
        for day, name in _fixed(year).items():
            days.setdefault(day, (False, name))
    rows = read(_FILE)["notice"]
    notices = {row["year"]: _notice(row) for row in rows if "changes" not in row}
    by_year: dict[int, list[Change]] = {}
    for day, (worked, name) in sorted(days.items()):
        by_year.setdefault(_notice_year(day, name), []).append(Change(day, worked, name))
    base = [Arrangement(notices.get(year) or Notice(year, ""), tuple(found)) for year, found in sorted(by_year.items())]
    return (*base, *(_amendment(row, days) for row in rows if "changes" in row))


def _amendment(row: dict[str, Any], days: Mapping[date, tuple[bool, str]]) -> Arrangement:
    changes = tuple(
        Change(
            change["date"],
            change["after"] == "work",
            days.get(change["date"], (False, ""))[1],
            DayKind.EXTRAORDINARY if change.get("extraordinary") else None,
            before=change["before"] == "work",
        )
        for change in row["changes"]
    )
    return Arrangement(_notice(row), changes, amends=True)


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


def awaited(year: int) -> str:
    """What the State Council's notice for a year is called while it is awaited."""
    return f"国务院办公厅{year}年放假通知"


@cache
def national_calendar(known_on: date | None = None, more: tuple[Arrangement, ...] = ()) -> WorkingCalendar:
    """The national calendar, as known on a day if one is given.

    Args:
        known_on: Only notices, and versions of the holiday law, known by then are used.
        more: Further arrangements, from notice files.
    """
    return _build(known_on, more)


def without_notice(year: int, practice: Practice | None = None) -> WorkingCalendar:
    """The national calendar as it would be had no notice been published for a year and those after it.

    Args:
        year: The first year to forget; the holiday law stays known.
        practice: What practice is taken to be, instead of today's: for back-tests.
    """
    return _build(None, (), through=year - 1, practice=practice)


def _build(
    known_on: date | None,
    more: tuple[Arrangement, ...],
    *,
    through: int | None = None,
    practice: Practice | None = None,
) -> WorkingCalendar:
    from chinese_calendar import __version__ as version  # noqa: PLC0415

    national = [each for each in more if not each.notice.region]
    held = [
        each
        for each in (*arrangements(), *national)
        if (known_on is None or each.known_from <= known_on) and (through is None or each.notice.year <= through)
    ]
    base = [each for each in held if not each.amends]
    yearly = {each.notice.year: each.notice for each in base}
    if not yearly:
        raise CalendarCoverageError(
            f"no notice held was known on {known_on}",
            hint="the first one held is that for 2004, of 2003-12-18",
            day=known_on,
        )
    first = min(yearly)
    horizon = min(max(yearly) + _AHEAD, _HORIZON)
    unpublished = [year for year in range(first, horizon + 2) if year not in yearly]
    facts: dict[date, Fact] = {}
    groups: list[Group] = []
    for year in unpublished:
        found = sketch(year, law_of(year, known_on), practice)
        facts |= _december(year, found)
        if year <= horizon:
            facts |= _projected(year, found, known_on)
            groups += found.groups
    for each in base:
        facts |= _facts(each)
    for each in arrangements():  # the package's tables have the amendments in them: those not yet known are taken out
        if each.amends and each not in held:
            facts |= {
                c.day: _fact(c.day, c.name, yearly[each.notice.year], worked=bool(c.before))
                for c in each.changes
                if c.day in facts and each.notice.year in yearly
            }
    for each in held:
        if each.amends:
            facts |= _facts(each)
    return WorkingCalendar.from_facts(
        date(first, 1, 1),
        date(horizon, 12, 31),
        {day: fact for day, fact in facts.items() if day.year <= horizon},
        yearly=yearly,
        packages=(("chinese-calendar", str(version)),),
        groups=groups,
        settled_through=date(unpublished[0] - 1, _DECEMBER, _TAIL - 1),
        known_on=known_on,
        recipe=(national_calendar, (known_on, more)),
    )


def _facts(each: Arrangement) -> dict[date, Fact]:
    return {c.day: _fact(c.day, c.name, each.notice, worked=c.worked, kind=c.kind) for c in each.changes}


def _fact(day: date, name: str, source: Notice, *, worked: bool, kind: DayKind | None = None) -> Fact:
    """A day of a notice with its kind: what the law gives, what a decree gives, what is swapped, what is a weekend."""
    rest = day.weekday() >= _SATURDAY
    if worked:
        return Fact(DayKind.MAKE_UP if rest else DayKind.WORKDAY, name if rest else "", source)
    fixed = _fixed(day.year).get(day)
    if fixed is not None:
        return Fact(DayKind.HOLIDAY, fixed, source)
    return Fact(kind or (DayKind.WEEKEND if rest else DayKind.ADJUSTED), name, source)


@cache
def _fixed(year: int) -> dict[date, str]:
    return statutory_days(year)


def _projected(year: int, found: Sketch, known_on: date | None) -> dict[date, Fact]:
    """Every day of a year without a notice: those that the law fixes are settled, all others open."""
    law = law_of(year, known_on)
    fixed = statutory_days(year, law)
    source = Notice(year, law.number, published=law.known_from)
    facts = {}
    for day in _days(date(year, 1, 1), date(year, 12, 31)):
        if day in fixed:
            facts[day] = Fact(DayKind.HOLIDAY, fixed[day], source)
        else:
            facts[day] = _open(day, found, awaited(year))
    return facts


def _december(year: int, found: Sketch) -> dict[date, Fact]:
    """The end of the December before a year whose notice is not out: open, as the year's sketch would have it."""
    tail = _days(date(year - 1, _DECEMBER, _TAIL), date(year - 1, _DECEMBER, 31))
    return {day: _open(day, found, awaited(year)) for day in tail}


def _open(day: date, found: Sketch, awaits: str) -> Fact:
    rest = day.weekday() >= _SATURDAY
    if found.works(day):
        return Fact(DayKind.MAKE_UP if rest else DayKind.WORKDAY, found.worked.get(day, ""), None, awaits)
    return Fact(DayKind.WEEKEND if rest else DayKind.ADJUSTED, found.off.get(day, ""), None, awaits)


def _days(first: date, last: date) -> Iterable[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
