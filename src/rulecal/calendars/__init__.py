"""When do people work? This room knows no law of time limits."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from rulecal.calendars.day import Coverage, Day, DayKind, Notice, Provenance, Span
from rulecal.calendars.working import WorkingCalendar
from rulecal.needs import a_path, each_of, need

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

__all__ = ["Coverage", "Day", "DayKind", "Notice", "Provenance", "Span", "WorkingCalendar", "calendar"]


def calendar(
    region: str | None = None, *, known_on: date | None = None, notices: str | Path | Iterable[str | Path] = ()
) -> WorkingCalendar:
    """The working calendar of a region, or the national one.

    Equal calls give equal calendars; those without files are made once.

    Args:
        region: A division code of GB/T 2260 with 6 digits or with 12, a name (宁夏, 中卫) or an ISO 3166-2 code
            (CN-NX); it resolves to the most specific local days held (中卫 640500 → 宁夏 640000). None is national.
        known_on: Use only the notices, and the holiday law, known on this day (S11). None uses all.
        notices: Notice files to add, read afresh at each call (S12).

    Raises:
        UnknownRegionError: If `region` names no division, or several.
        FaultGroup: If a notice file has faults, or contradicts a settled day without being a later notice.

    >>> from datetime import date
    >>> calendar().shift(date(2022, 6, 27), 15), calendar("640500").shift(date(2022, 6, 27), 15)
    (datetime.date(2022, 7, 18), datetime.date(2022, 7, 20))
    >>> [calendar(known_on=date(2020, 1, day)).shift(date(2020, 1, 23), 3).isoformat() for day in (25, 28)]
    ['2020-02-03', '2020-02-05']
    """
    if known_on is None and notices == ():
        try:
            return _plain(region)
        except TypeError:  # not hashable, so no region: said below
            pass
    files = (notices,) if isinstance(notices, os.PathLike) else each_of(notices, object, "notice files", "")
    return _assembled(region, known_on, tuple(a_path(file, "the path of a notice file") for file in files))


def need_calendar(value: object) -> WorkingCalendar:
    """The calendar that an argument has to be."""
    return need(value, WorkingCalendar, "a calendar", "pass rulecal.calendar(...), or a region instead")


def chosen(given: object, region: str | None) -> WorkingCalendar:
    """The calendar of an argument where one is given, else that of a region."""
    return calendar(region) if given is None else need_calendar(given)


@cache
def _plain(region: str | None) -> WorkingCalendar:
    return _assembled(region, None, ())


def _assembled(region: str | None, known_on: date | None, notices: Iterable[str | Path]) -> WorkingCalendar:
    from rulecal.calendars.assemble import assemble  # noqa: PLC0415  (who only imports rulecal waits for no table)

    return assemble(region, known_on, notices)
