"""When do people work? This room knows no law of time limits."""

from __future__ import annotations

from datetime import date
from functools import cache

from rulecal.calendars.divisions import find
from rulecal.calendars.national import national_calendar
from rulecal.calendars.regional import regional_calendar, resolve
from rulecal.calendars.working import Coverage, Day, DayKind, Notice, Provenance, Span, WorkingCalendar
from rulecal.text import Text

__all__ = ["Coverage", "Day", "DayKind", "Notice", "Provenance", "Span", "WorkingCalendar", "calendar"]


@cache
def calendar(region: str | None = None, *, known_on: date | None = None) -> WorkingCalendar:
    """The working calendar of a region, or the national one.

    Equal calls give equal calendars, made once.

    Args:
        region: A division code of GB/T 2260 with 6 digits or with 12, a name (宁夏, 中卫) or an ISO 3166-2 code
            (CN-NX); it resolves to the most specific local days held (中卫 640500 → 宁夏 640000). None is national.
        known_on: Use only the notices, and the holiday law, known on this day (S11). None uses all.

    Raises:
        UnknownRegionError: If `region` names no division, or several.

    >>> from datetime import date
    >>> calendar().shift(date(2022, 6, 27), 15), calendar("640500").shift(date(2022, 6, 27), 15)
    (datetime.date(2022, 7, 18), datetime.date(2022, 7, 20))
    >>> [calendar(known_on=date(2020, 1, day)).shift(date(2020, 1, 23), 3).isoformat() for day in (25, 28)]
    ['2020-02-03', '2020-02-05']
    """
    if region is None:
        return national_calendar(known_on, ())
    overlay, caveat = resolve(region)
    if overlay is not None:
        return regional_calendar(overlay, caveat, known_on, ())
    return national_calendar(known_on, ()) if caveat is None else unsure_calendar(find(region).code, caveat, known_on)


@cache
def unsure_calendar(code: str, caveat: Text, known_on: date | None = None) -> WorkingCalendar:
    """The national calendar with a caveat: for regions that may have local days which are not held."""
    base = national_calendar(known_on, ())
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
        recipe=(unsure_calendar, (code, caveat, known_on)),
    )
