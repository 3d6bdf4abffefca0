"""What a day is, who made it so, and what is known of it: the plain values of a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from rulecal.needs import need_parts


class DayKind(Enum):
    """What a day is, and so whether people work on it (S3)."""

    WORKDAY = "workday"
    """An ordinary working day, Monday to Friday (国务院关于职工工作时间的规定, art. 7)."""
    MAKE_UP = "make_up_workday"
    """A Saturday or Sunday that a notice makes a working day (调休上班)."""
    WEEKEND = "weekend"
    """A Saturday or Sunday at rest."""
    HOLIDAY = "statutory_holiday"
    """A day that 全国年节及纪念日放假办法, art. 2, gives to everyone (法定节假日)."""
    ADJUSTED = "adjusted_day_off"
    """A weekday that a notice gives off in exchange for another day (调休放假, 补假)."""
    REGIONAL = "regional_holiday"
    """A festival day set by a region under art. 4 of the same rules (民族节日)."""
    EXTRAORDINARY = "extraordinary_day_off"
    """A day off by a single decree, e.g. 2015-09-03 or 2020-01-31."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that made a day what it is: number (文号), when it was signed and published, how sure that is."""

    year: int
    number: str
    signed: date | None = None
    published: date | None = None
    region: str = ""
    certainty: str = "verified"
    url: str = ""

    def __post_init__(self) -> None:
        need_parts(self, {"number": str, "region": str}, "a notice")

    def __str__(self) -> str:
        """The number, or whose notice of which year it is where the number is not known, in its own language."""
        return self.number or f"{self.region or '国务院办公厅'}{self.year}年放假通知（文号未见）"


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its kind, its name if it has one, whether it is worked, and the notice that made it so.

    `working` is None and `settled` is false on a day that no published notice has settled (S8).
    """

    date: date
    kind: DayKind
    working: bool | None
    settled: bool
    source: Notice | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days that a calendar holds: from `first` to `last`, both inclusive.

    `settled_through` is the last day before those at the end that no notice has settled; gaps before it, where a
    regional notice is missing, are open days of their own.
    """

    first: date
    settled_through: date
    last: date


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a calendar comes from: a digest of its days, package versions, the notices used, the region."""

    digest: str
    packages: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    region: str | None = None
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A day as an interval: the earliest and latest it can be, the best guess, and which notice is awaited.

    On settled days all three are one day and `awaits` is empty.
    """

    earliest: date
    expected: date
    latest: date
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What a notice says of one day; days without a fact are ordinary days of the week."""

    kind: DayKind
    name: str = ""
    source: Notice | None = None
    awaits: str = ""
    """Not empty on an open day: the notice that will settle it."""


WORKED: Final = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP})
"""The kinds of day on which people work."""


def digest_days(first: date, states: str) -> str:
    """A digest of days: their first one and a sign for each, as `WorkingCalendar.states` gives them (S4)."""
    import hashlib  # noqa: PLC0415  (6 ms that `import rulecal` can do without)

    return hashlib.sha256(f"{first}:{states}".encode()).hexdigest()[:16]
