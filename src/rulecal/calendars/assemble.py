"""Calendars put together: national days, a region's, what was known on a day, notice files."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from rulecal.calendars.divisions import find
from rulecal.calendars.national import Arrangement, arrangements, national_calendar
from rulecal.calendars.regional import regional_arrangements, regional_calendar, resolve
from rulecal.calendars.statutory import laws
from rulecal.calendars.working import WorkingCalendar
from rulecal.civil import to_day
from rulecal.errors import FaultGroup
from rulecal.text import Text


def assemble(region: str | None, known_on: date | None, notices: Iterable[str | Path]) -> WorkingCalendar:
    """The calendar that `rulecal.calendar` gives."""
    known_on = None if known_on is None else to_day(known_on, "known_on")
    if not isinstance(region, Hashable):
        find(region)
    held = _calendar(region, known_on, ())
    more: tuple[Arrangement, ...] = ()
    for path in notices:
        more = _joined(path, held, more)
        held = _calendar(region, known_on, more)
    return held


def _joined(path: str | Path, held: WorkingCalendar, more: tuple[Arrangement, ...]) -> tuple[Arrangement, ...]:
    from rulecal.calendars.notices import check_against, read_notice  # noqa: PLC0415  (who has no file needs no parser)

    found, faults = check_against(read_notice(path), held)
    if faults:
        raise FaultGroup(f"{len(faults)} fault(s) in the notice file {Path(path).name}", faults)
    return (*more, found)


@cache
def _calendar(region: str | None, known_on: date | None, more: tuple[Arrangement, ...]) -> WorkingCalendar:
    if known_on is None:
        return _made(region, None, more)
    held = _made(region, _last_news(region, known_on, more), more)
    return replace(held, known_on=known_on, _recipe=(_calendar, (region, known_on, more)))


def _last_news(region: str | None, known_on: date, more: tuple[Arrangement, ...]) -> date:
    """The last day, up to `known_on`, on which a notice or a law became known: the days between are alike."""
    overlay = resolve(region)[0] if region else None
    held = (*arrangements(), *(regional_arrangements(overlay) if overlay else ()), *more)
    news = {each.known_from for each in held} | {law.known_from for law in laws()}
    return max((day for day in news if day <= known_on), default=known_on)


@cache
def _made(region: str | None, known_on: date | None, more: tuple[Arrangement, ...]) -> WorkingCalendar:
    if region is None:
        return national_calendar(known_on, more)
    overlay, caveat = resolve(region)
    if overlay is not None:
        return regional_calendar(overlay, caveat, known_on, more)
    if caveat is None:
        return national_calendar(known_on, more)
    return unsure_calendar(find(region).code, caveat, known_on, more)


@cache
def unsure_calendar(
    code: str, caveat: Text, known_on: date | None = None, more: tuple[Arrangement, ...] = ()
) -> WorkingCalendar:
    """The national calendar with a caveat: for regions that may have local days which are not held."""
    base = national_calendar(known_on, more)
    return WorkingCalendar.from_facts(
        base.coverage.first,
        base.coverage.last,
        base.facts,
        yearly=base.yearly,
        packages=base.packages,
        region=code,
        caveats=(caveat,),
        groups=base.groups,
        settled_through=base.coverage.settled_through,
        known_on=known_on,
        recipe=(unsure_calendar, (code, caveat, known_on, more)),
    )
