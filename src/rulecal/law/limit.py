"""Time limits (期限) as the law words them: a window counted from a trigger, a date in the year, a number of times."""

from __future__ import annotations

import calendar as _month_lengths
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from rulecal.errors import InvalidPeriodError
from rulecal.needs import need, need_parts


class Unit(Enum):
    """The unit of a period (S14). The word 日 alone does not tell: the instrument does."""

    WORKING_DAY = "working_day"
    """工作日: make-up Saturdays and Sundays included, days off by notice not."""
    CALENDAR_DAY = "calendar_day"
    """日, 天, where no clause makes it a working day."""
    MONTH = "month"
    """月, to the corresponding day (对应日)."""
    YEAR = "year"
    """年, to the corresponding day."""
    HOUR = "hour"
    """小时, running through days off."""


class Kind(Enum):
    """What a rule asks for (S13)."""

    WITHIN = "within"
    """Act within a window (…内)."""
    PROMISE = "promise"
    """Act within a window by promise (承诺, 实际办理不超过)."""
    AT_LEAST = "at_least"
    """Stay open at least so long (不少于): a floor."""
    COUNT_BACK = "count_back"
    """Act at least so long before an event (…日前通知)."""
    BY_DATE = "by_date"
    """Act by a fixed date (6月底前, 3月1日前)."""
    QUOTA = "quota"
    """So many times a year (每年不少于)."""
    PLAN_TASK = "plan_task"
    """A task of the plan year: a date set locally, else a review on 31 December."""
    SEQUENCE = "sequence"
    """One step before another; no date."""
    RATE = "rate"
    """A share to reach; no date."""
    REFERENCE = "reference"
    """A duty whose figure stands in another instrument."""
    SOFT = "soft"
    """A duty with a soft word (及时, 适时, 定期): reviewed, never overdue."""


COUNTED_BACK: Final = frozenset({Kind.COUNT_BACK, Kind.QUOTA, Kind.BY_DATE})
"""Duties that are done before their trigger: an event, or any day of the year meant."""


class Roll(Enum):
    """Whether a window moves on (顺延) when its last day is a day off (S16)."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    """The instrument has no such clause: two readings."""


class Start(Enum):
    """Whether the trigger day is counted (S15)."""

    NEXT_DAY = "next_day"
    """Not counted: day 1 is the next counted day (民法典 201)."""
    SAME_DAY = "same_day"
    """Counted, by the instrument's own words."""
    UNCLEAR = "unclear"
    """Disputed in practice, as for windows of publication: two readings."""


class Clock(Enum):
    """When a limit in hours begins to run (S18)."""

    AT_ONCE = "at_once"
    """From the moment itself (民法典 201, second paragraph)."""
    NEXT_HOUR = "next_hour"
    """From the next full hour (court procedure: 民诉解释 125)."""


class Word(Enum):
    """How a fixed date is worded (S20)."""

    BY = "by"
    """The named day is included: 底前, 月底前, 截至."""
    BEFORE = "before"
    """X日前, X日之前: the safe reading ends the day before, unless X is a month's last day."""


_LONGEST: Final = {
    Unit.WORKING_DAY: 25_000,
    Unit.CALENDAR_DAY: 36_525,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
    Unit.HOUR: 876_600,
}


@dataclass(frozen=True, slots=True)
class Period:
    """An amount of one unit: 15 working days, 6 months.

    Raises:
        InvalidPeriodError: If the amount is no whole number of at least 1, or the unit no `Unit`.

    >>> str(Period(15, Unit.WORKING_DAY))
    '15 working days'
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if type(self.amount) is not int or self.amount < 1 or not isinstance(self.unit, Unit):
            raise InvalidPeriodError(
                f"a period needs a whole number of at least 1 and a unit, not {self.amount!r} and {self.unit!r}",
                hint="write e.g. 15 and rulecal.Unit.WORKING_DAY",
                amount=self.amount,
                unit=self.unit,
            )
        if self.amount > _LONGEST[self.unit]:
            raise InvalidPeriodError(
                f"{self.amount} {self.unit.value}s are more than a hundred years",
                hint="check the amount",
                amount=self.amount,
            )

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value.replace('_', ' ')}{'s' if self.amount > 1 else ''}"

    @property
    def months(self) -> int:
        """The period in months: n years are 12n, so that a date is rounded once at the end (S17)."""
        return self.amount * 12 if self.unit is Unit.YEAR else self.amount


@dataclass(frozen=True, slots=True)
class Window:
    """A period counted from a trigger.

    Attributes:
        period: How long.
        roll: Whether the end moves off a day off.
        start: Whether the trigger day is counted.
        clock: When hours begin to run.
        usual: 一般: a default floor that stated reasons may shorten.
        lengthens: From how many days off in a row inside it on the window is longer by them, in working days
            (征管法实施细则 109); 0 where no such rule holds.

    Hours run through days off (S18): they never roll, whatever is said by default, and count no day.

    Raises:
        InvalidPeriodError: If the unit has no such part: an unclear roll or a counted day of hours, a clock of days; or
            if it is made longer by less than no day off in a row, or by more than a year of them.
        InvalidArgumentError: If a part is not of its kind.

    >>> Window(Period(24, Unit.HOUR)).roll
    <Roll.NO: 'no'>
    """

    period: Period
    roll: Roll = Roll.YES
    start: Start = Start.NEXT_DAY
    clock: Clock = Clock.AT_ONCE
    usual: bool = False
    lengthens: int = 0

    def __post_init__(self) -> None:
        need_parts(self, _PARTS, "a window")
        unit = self.period.unit
        if not 0 <= self.lengthens <= MOST_OFF:
            raise InvalidPeriodError(
                f"lengthens is {self.lengthens}",
                hint=f"days off in a row, from 0 to {MOST_OFF}",
                lengthens=self.lengthens,
            )
        if unit is Unit.HOUR and self.roll is Roll.YES:
            object.__setattr__(self, "roll", Roll.NO)
        idle = [name for name, value in fixed_by(unit).items() if getattr(self, name) != value]
        if idle:
            raise not_of(unit, idle)

    def __str__(self) -> str:
        return str(self.period)


MOST_OFF: Final = 366
"""The most days off in a row that may be asked for."""
_PARTS: Final = {"period": Period, "roll": Roll, "start": Start, "clock": Clock, "usual": bool, "lengthens": int}
_FIXED_BY: Final[Mapping[Unit, Mapping[str, object]]] = {
    Unit.HOUR: {"roll": Roll.NO, "start": Start.NEXT_DAY, "lengthens": 0},
    Unit.WORKING_DAY: {"clock": Clock.AT_ONCE, "lengthens": 0},
}


def fixed_by(unit: Unit) -> Mapping[str, object]:
    """What the unit of a window leaves no choice in, and what it then is: hours neither roll nor count a day (S18)."""
    return _FIXED_BY.get(unit, _NO_CLOCK)


_NO_CLOCK: Final = {"clock": Clock.AT_ONCE}


def not_of(unit: Unit, parts: Iterable[str]) -> InvalidPeriodError:
    """The error of parts that a window of such a unit has not."""
    named = " and no ".join(parts)
    return InvalidPeriodError(
        f"a period in {unit.value}s has no {named}",
        hint="leave that out: hours run through days off and count no day; nothing else has a clock",
        unit=unit,
    )


_COMMON_YEAR: Final = 2023
FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2200
"""The years of which a text may name a date."""
MOST_TIMES: Final = 1_000_000
"""The most times a year that a number of times may be."""


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A day of the year, every year or of one year.

    Attributes:
        month: 1 to 12.
        day: The day of the month, or None for its last day (…月底).
        word: Whether the named day is included.
        year: The one year it is for, or None for every year.

    Raises:
        InvalidPeriodError: If there is no such day every year (or in its one year).

    >>> FixedDate(3, 1, Word.BEFORE).named(2026)
    datetime.date(2026, 3, 1)
    >>> FixedDate(2).named(2024)
    datetime.date(2024, 2, 29)
    """

    month: int
    day: int | None = None
    word: Word = Word.BY
    year: int | None = None

    def __post_init__(self) -> None:
        need(self.word, Word, "a word", "Word.BY or Word.BEFORE")
        year, day = _COMMON_YEAR if self.year is None else self.year, 1 if self.day is None else self.day
        try:
            date(*(need(number, int, "a number", "") for number in (year, self.month, day)))
        except (ValueError, OverflowError):
            when = "every year" if self.year is None else f"in {self.year!r}"
            raise InvalidPeriodError(
                f"month {self.month!r} has no day {self.day!r} {when}",
                hint="name a day that every year has; for the last day of a month use by_end_of(month)",
                month=self.month,
                day=self.day,
            ) from None

    def __str__(self) -> str:
        day = "end" if self.day is None else f"{self.day:02}"
        return f"{self.word.value} {f'{self.year}-' if self.year else ''}{self.month:02}-{day}"

    def named(self, year: int) -> date:
        """The named day in `year`.

        Raises:
            InvalidPeriodError: If that is no civil year, 1 to 9999, or has no such day.
        """
        try:
            return date(year, self.month, self.day or _month_lengths.monthrange(year, self.month)[1])
        except (TypeError, ValueError, OverflowError):
            raise InvalidPeriodError(
                f"{self}: no day of {year!r}", hint="pass a civil year such as 2022", year=year
            ) from None

    @property
    def includes_named_day(self) -> bool:
        """Whether the named day itself is surely in time: by its wording, or as the last day of its month (S20)."""
        return self.word is Word.BY or self.day in {None, self.month_end}

    @property
    def month_end(self) -> int:
        """The last day of its month; of February the 28th, where no leap year is named."""
        return _month_lengths.monthrange(self.year or _COMMON_YEAR, self.month)[1]


@dataclass(frozen=True, slots=True)
class Quota:
    """So many times in a civil year: a floor, and perhaps an upper figure that is no limit (S21).

    Raises:
        InvalidPeriodError: If the figures are no whole numbers with 1 ≤ at_least ≤ at_most ≤ 1,000,000.
    """

    at_least: int
    at_most: int | None = None

    def __str__(self) -> str:
        return f"at least {self.at_least} a year"

    def __post_init__(self) -> None:
        top = self.at_least if self.at_most is None else self.at_most
        if type(self.at_least) is not int or type(top) is not int or not 1 <= self.at_least <= top <= MOST_TIMES:
            raise InvalidPeriodError(
                f"a quota needs 1 <= at_least <= at_most <= {MOST_TIMES}, not {self.at_least!r} and {self.at_most!r}",
                hint="write e.g. times_a_year(2) or times_a_year(1, at_most=2)",
                at_least=self.at_least,
                at_most=self.at_most,
            )


Limit = Window | FixedDate | Quota
"""What a dated rule counts; rules of other kinds have none."""
