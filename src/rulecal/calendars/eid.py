"""Ningxia's Eid days before their notice: where practice has put them, over whatever the national days turn out to be.

The notices since 2019 give one or two weekdays off, side by side, from two days before the astronomical Eid (Umm
al-Qura) to five after; until 2018 also three, the third paid back by a weekend day near it. An Eid that falls on days
off may give none. So: none, one or two, and for the older years three with one more day worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Final

from rulecal.calendars.day import WORKED, DayKind, Fact
from rulecal.calendars.outlook import Group
from rulecal.calendars.working import WorkingCalendar
from rulecal.civil import DAY

REACH: Final = (-7, 9)
"""The first and last day, from the astronomical Eid, that a notice has touched, make-up weekends included."""
_STARTS: Final = range(-2, 5)
_THREE_UNTIL: Final = 2018
_SATURDAY: Final = 5


def lay(
    eid: date, name: str, awaits: str, facts: dict[date, Fact], base: WorkingCalendar, groups: Iterable[Group]
) -> list[Group]:
    """Put an Eid without a notice over the national days: `facts` gain its open days, the groups its patterns.

    National groups that its days touch are joined with it, each national pattern with each way of the Eid.
    """
    first = max(eid + timedelta(days=REACH[0]), base.coverage.first)
    last = min(eid + timedelta(days=REACH[1]), base.coverage.last)
    touched = [group for group in groups if group.first <= last and group.last >= first]
    start = min([first, *(group.first for group in touched)])
    end = max([last, *(group.last for group in touched)])
    window = [start + timedelta(days=k) for k in range((end - start).days + 1)]
    patterns = {
        _number(local, window)
        for national in _nationally(window, touched, base)
        for local in _locally(eid, (first, last), national, base)
    }
    guess = {day for day in (eid + DAY, eid + 2 * DAY) if base.fact(day).kind in WORKED and day.weekday() < _SATURDAY}
    for day in (day for day in window if first <= day <= last):
        held = facts.get(day) or base.fact(day)
        if held.kind is not DayKind.HOLIDAY:
            kind, named = (DayKind.REGIONAL, name) if day in guess else (held.kind, held.name)
            facts[day] = Fact(kind, named, held.source, "、".join(filter(None, (held.awaits, awaits))))
    joined = Group(start, len(window), tuple(sorted(patterns)))
    return [*(group for group in groups if group not in touched), joined]


def _number(worked: Mapping[date, bool], window: list[date]) -> int:
    return sum(worked[day] << i for i, day in enumerate(window))


def _nationally(window: list[date], touched: list[Group], base: WorkingCalendar) -> Iterator[dict[date, bool]]:
    """Every way in which the national days of the window can turn out."""
    plain = {day: base.fact(day).kind in WORKED for day in window}
    for chosen in product(*(group.patterns for group in touched)):
        found = dict(plain)
        for group, pattern in zip(touched, chosen, strict=True):
            found |= {group.first + timedelta(days=k): bool(pattern >> k & 1) for k in range(group.length)}
        yield found


def _locally(
    eid: date, ends: tuple[date, date], national: dict[date, bool], base: WorkingCalendar
) -> Iterator[dict[date, bool]]:
    """Every way in which a notice may set the Eid over one way of the national days."""
    yield national
    weekdays = {day for day, worked in national.items() if worked and day.weekday() < _SATURDAY}
    payable = [
        day
        for day, worked in national.items()
        if not worked
        and day.weekday() >= _SATURDAY
        and ends[0] <= day <= ends[1]
        and base.fact(day).kind is not DayKind.HOLIDAY
    ]
    for start in (eid + timedelta(days=n) for n in _STARTS):
        off: set[date] = set()
        for length in range(1, 4):
            off = off | {start + timedelta(days=length - 1)}
            if not off <= weekdays:
                break
            if length <= 2:  # noqa: PLR2004
                yield national | dict.fromkeys(off, False)
            elif eid.year <= _THREE_UNTIL:
                yield from (national | dict.fromkeys(off, False) | {paid: True} for paid in payable)
