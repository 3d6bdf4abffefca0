"""When do people work? This room knows no law of time limits."""

from __future__ import annotations

from functools import cache

from rulecal.calendars.national import national_calendar
from rulecal.calendars.regional import UNSURE, is_unsure, regional_calendar, resolve
from rulecal.calendars.working import Coverage, Day, DayKind, Notice, Provenance, Span, WorkingCalendar

__all__ = ["Coverage", "Day", "DayKind", "Notice", "Provenance", "Span", "WorkingCalendar", "calendar"]


@cache
def calendar(region: str | None = None) -> WorkingCalendar:
    """The working calendar of a region, or the national one.

    Equal calls give equal calendars, made once.

    Args:
        region: A division code of GB/T 2260 with 6 digits, or with 12; it resolves to the most specific local days
            held (中卫 640500 → 宁夏 640000). None is the national calendar.

    Raises:
        UnknownRegionError: If `region` is no such code.

    >>> from datetime import date
    >>> calendar().shift(date(2022, 6, 27), 15), calendar("640500").shift(date(2022, 6, 27), 15)
    (datetime.date(2022, 7, 18), datetime.date(2022, 7, 20))
    """
    if region is None:
        return national_calendar()
    overlay = resolve(region)
    if overlay is not None:
        return regional_calendar(overlay)
    return unsure_calendar() if is_unsure(region) else national_calendar()


@cache
def unsure_calendar() -> WorkingCalendar:
    """The national calendar with a caveat: for regions that may have local days which are not held."""
    base = national_calendar()
    return WorkingCalendar.from_facts(
        base.coverage.first,
        base.coverage.last,
        base._facts,  # noqa: SLF001
        yearly=base._yearly,  # noqa: SLF001
        packages=base._packages,  # noqa: SLF001
        caveats=(UNSURE,),
        recipe=(unsure_calendar, ()),
    )
