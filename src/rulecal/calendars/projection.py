"""What a year may look like before its notice: the days that the law fixes, and practice for the rest (S8).

National practice since 2014, and the principle that the notice for 2025 states: a single festival day follows from its
weekday alone; Spring Festival, Labour Day and National Day are spans of a known length; each weekday that a span takes
beyond the statutory days is paid back by a weekend day worked near it. So only the place of those days is unknown.
Figures: the back-test in `tests/benchmarks/backtest.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from rulecal.calendars._data import read
from rulecal.calendars.outlook import Group
from rulecal.calendars.statutory import Law, statutory_days
from rulecal.civil import DAY

_SATURDAY: Final = 5
_REACH: Final = 13
"""Make-up days lie within so many days of the statutory days of their holiday: two weekends on each side."""
_LONG_LABOUR_DAY: Final = 2020
"""Since this year Labour Day has been a span of five days; before, a single day like the others."""
_SIX_IN_A_ROW: Final = date(2025, 1, 1)
"""From here on art. 7 wants no more than six working days in a row around a holiday, as a rule."""
_SINGLE: Final = {
    0: ((), ()),
    1: ((-1,), (-3,)),
    2: ((), ()),
    3: ((1,), (3,)),
    4: ((), ()),
    5: ((2,), ()),
    6: ((1,), ()),
}
"""By weekday of a single festival day: the weekdays off beside it, and the weekend days worked for them."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What practice is taken to be.

    Attributes:
        reach: How many days before and after its span the make-up days of each long holiday may lie.
        long_labour_day: Labour Day is a span of five days, not a single day.
        spring: First and last day off of Spring Festival, from the first day of the lunar year; None goes by the law.
    """

    reach: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    long_labour_day: bool | None = None
    spring: tuple[int, int] | None = None


@dataclass(slots=True)
class Sketch:
    """A year as practice would have it: days off and worked by name, and the groups of make-up days to be placed."""

    off: dict[date, str] = field(default_factory=dict)
    worked: dict[date, str] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)

    def works(self, day: date) -> bool:
        """Whether the day is worked in the sketch."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


def sketch(year: int, law: Law, practice: Practice | None = None) -> Sketch:
    """The sketch of a year under a version of the holiday law, by the practice of today unless another is given."""
    practice = practice or Practice()
    statutory = statutory_days(year, law)
    found = Sketch(off=dict(statutory))
    blocks = _blocks(year, law, statutory, practice)
    for name, (first, last, _) in blocks.items():
        found.off |= {first + timedelta(days=k): name for k in range((last - first).days + 1)}
    spanned = {first + timedelta(days=k) for first, last, _ in blocks.values() for k in range((last - first).days + 1)}
    for day, name in statutory.items():
        if day not in spanned:
            off, worked = _SINGLE[day.weekday()]
            found.off |= {day + timedelta(days=n): name for n in off}
            found.worked |= {day + timedelta(days=n): name for n in worked}
            spanned |= {day + timedelta(days=n) for n in range(-2, 3) if _belongs(day, n)}
    for name, (first, last, owed) in blocks.items():
        group, guess = _make_ups(found, spanned, (first, last), owed, law, practice.reach.get(name, (_REACH, _REACH)))
        found.worked |= dict.fromkeys(guess, name)
        found.groups += [group] if group else []
    return found


def _belongs(day: date, n: int) -> bool:
    """Whether the n-th day from a single festival day lies in its long weekend."""
    return day + timedelta(days=n) in {
        0: (day - 2 * DAY, day - DAY, day),
        1: (day - 3 * DAY, day - 2 * DAY, day - DAY, day),
        3: (day, day + DAY, day + 2 * DAY, day + 3 * DAY),
        4: (day, day + DAY, day + 2 * DAY),
        5: (day, day + DAY, day + 2 * DAY),
        6: (day - DAY, day, day + DAY),
    }.get(day.weekday(), (day,))


def _blocks(year: int, law: Law, statutory: dict[date, str], practice: Practice) -> dict[str, tuple[date, date, int]]:
    """The long holidays: first and last day off, and how many weekdays are to be paid back."""
    festivals = read("calendar/festivals.toml")["years"][str(year)]
    new_year = festivals["lunar_new_year"]
    spring = practice.spring or (-1, 6 if len(law.spring_festival) > 3 else 5)  # noqa: PLR2004
    spans = {"春节": (new_year + spring[0] * DAY, new_year + spring[1] * DAY)}
    long = year >= _LONG_LABOUR_DAY if practice.long_labour_day is None else practice.long_labour_day
    if long:
        spans["劳动节"] = _labour_day(year)
    autumn, national = festivals["mid_autumn"], date(year, 10, 1)
    merged = "mid_autumn" in law.festivals and -3 < (autumn - national).days < 8  # noqa: PLR2004
    first = min(autumn, national) if merged else national
    spans["国庆节"] = (first, first + timedelta(days=7 if merged else 6))
    doubled = merged and autumn in {national + timedelta(days=k) for k in range(3)}
    return {name: (*span, _owed(span, statutory, doubled and name == "国庆节")) for name, span in spans.items()}


def _owed(span: tuple[date, date], statutory: dict[date, str], doubled: bool) -> int:
    days = [span[0] + timedelta(days=k) for k in range((span[1] - span[0]).days + 1)]
    given = sum(day in statutory for day in days) + doubled
    return max(0, sum(day.weekday() < _SATURDAY for day in days) - given)


def _labour_day(year: int) -> tuple[date, date]:
    """Five days: back to the Saturday where 1 May is a Monday, to Saturday where it is a Sunday, else from 1 May on."""
    may = date(year, 5, 1)
    first = may - {0: 2, 6: 1}.get(may.weekday(), 0) * DAY
    return first, first + 4 * DAY


def _make_ups(
    found: Sketch, spanned: set[date], span: tuple[date, date], owed: int, law: Law, reach: tuple[int, int]
) -> tuple[Group | None, tuple[date, ...]]:
    """The group of the days around a span, over the places of the weekend days that pay for it; and a guess of them."""
    first, last = span[0] - reach[0] * DAY, span[1] + reach[1] * DAY
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    free = [day for day in days if day.weekday() >= _SATURDAY and day not in spanned and day not in found.worked]
    chosen = [pick for pick in combinations(free, owed) if law.force < _SIX_IN_A_ROW or _short_runs(found, pick)]
    if not chosen or not owed:
        return None, ()
    used = sorted({day for pick in chosen for day in pick})
    length = (used[-1] - used[0]).days + 1
    window = [used[0] + timedelta(days=k) for k in range(length)]
    patterns = {sum((found.works(day) or day in pick) << i for i, day in enumerate(window)) for pick in chosen}
    guess = min(chosen, key=lambda pick: _unlikely(pick, span))
    return Group(used[0], length, tuple(sorted(patterns))), guess


def _short_runs(found: Sketch, pick: tuple[date, ...]) -> bool:
    """No more than six working days in a row around the chosen days."""
    for day in pick:
        run = 1
        for step in (DAY, -DAY):
            other = day + step
            while found.works(other) or other in pick:
                run, other = run + 1, other + step
        if run > 6:  # noqa: PLR2004
            return False
    return True


def _unlikely(pick: tuple[date, ...], span: tuple[date, date]) -> tuple[float, ...]:
    """How far a choice is from habit: one day on each side of the span, the nearest weekend day but one."""
    distances = [(span[0] - day).days if day < span[0] else (day - span[1]).days for day in pick]
    sides = {day < span[0] for day in pick}
    return (len(pick) > 1 and len(sides) == 1, sum(distances), *distances)
