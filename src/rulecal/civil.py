"""A day in Beijing: what counts as a date, and the strict reading of dates from text (S1).

Every door of the library passes through here, so scalars, columns and files obey one rule.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Final

from rulecal.errors import CalendarCoverageError, NotADateError, UnreadableDateError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_AHEAD: Final = timedelta(hours=8)
BEIJING: Final = timezone(_AHEAD)
"""Beijing civil time. Since 1991 it has had no summer time, so from 2004 on a fixed offset is exact."""

DAY: Final = timedelta(days=1)


def to_day(value: object, what: str = "a date") -> date:
    """The day in Beijing that `value` names.

    A `date` is itself. An aware `datetime` is converted to Beijing time and read as a day; a naive one is a Beijing
    wall clock.

    Args:
        value: A `date` or a `datetime` (subclasses such as a pandas Timestamp too).
        what: What the value is for, used in the message.

    Raises:
        NotADateError: For everything else (also a `TypeError`): numbers, booleans, text, missing values.
        CalendarCoverageError: For a moment whose day in Beijing lies beyond the years 1 to 9999.

    >>> from datetime import UTC
    >>> to_day(datetime(2022, 4, 19, 17, 0, tzinfo=UTC))
    datetime.date(2022, 4, 20)
    """
    if type(value) is date:
        return value
    if not isinstance(value, date) or value != value:  # noqa: PLR0124  (a pandas NaT is a date unequal to itself)
        if value is None:
            raise NotADateError(f"{what} is missing", hint="pass a datetime.date")
        hint = "read text with rulecal.parse_day(...)" if isinstance(value, str) else "pass a datetime.date"
        raise NotADateError(f"{what} is needed, not {value!r} of type {type(value).__name__}", hint=hint)
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else _in_beijing(value)).date()
    return date(value.year, value.month, value.day)


def to_instant(value: object, what: str = "an instant") -> datetime:
    """The instant that `value` names, as an aware `datetime` in Beijing time.

    Hour rules (…小时内) keep the instant, so a bare `date` is refused.

    Raises:
        NotADateError: For everything that is not a `datetime` (also a `TypeError`).
        CalendarCoverageError: For a moment beyond the years 1 to 9999 in Beijing.

    >>> to_instant(datetime(2022, 9, 30, 17, 20)).isoformat()
    '2022-09-30T17:20:00+08:00'
    """
    if not isinstance(value, datetime) or value != value:  # noqa: PLR0124
        raise NotADateError(
            f"{what} is needed, not {value!r} of type {type(value).__name__}",
            hint="a limit in hours runs from a moment: pass a datetime.datetime, Beijing time if it has no time zone",
            needed="a moment",
        )
    plain = datetime(  # a plain datetime, whatever the subclass
        value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond, value.tzinfo
    )
    return plain.replace(tzinfo=BEIJING) if plain.tzinfo is None else _in_beijing(plain)


def _in_beijing(moment: datetime) -> datetime:
    """An aware moment in Beijing time."""
    try:
        if (
            moment.utcoffset() == _AHEAD
        ):  # of the year 1 or 9999 it may have no day in UTC, on the way to which it fails
            return moment.replace(tzinfo=BEIJING)
        return moment.astimezone(BEIJING)
    except OverflowError:
        raise beyond_years(f"{moment} in Beijing") from None


def beyond_years(what: object) -> CalendarCoverageError:
    """The error for what leaves the years that a date can have."""
    return CalendarCoverageError(
        f"{what} leaves the years 1 to 9999",
        hint="check the day: days such as 9999-12-31 often stand for none",
        given=str(what),
    )


_FORMS: Final = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(\d{4})-(\d{2})-(\d{2})",
        r"(\d{4})(\d{2})(\d{2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})日",
    )
)
DAY_PATTERN: Final = rf"^\s*(?:{'|'.join(form.pattern for form in _FORMS)})\s*$"
"""What `parse_day` reads, as one regular expression."""
_CLOCK: Final = re.compile(r"(.+?)[T ](\d{2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_READS: Final = "2022-04-20, 20220420, 2022/4/20 or 2022年4月20日"


def parse_day(text: object) -> date:
    """The day that a text writes, in one of four forms; nothing else is read and nothing guessed.

    Args:
        text: `2022-04-20`, `20220420`, `2022/4/20` or `2022年4月20日`; white space around it is ignored.

    Raises:
        UnreadableDateError: For any other text and for days that do not exist (also a `ValueError`).

    >>> parse_day("2022年4月20日")
    datetime.date(2022, 4, 20)
    """
    if not isinstance(text, str):
        raise NotADateError(f"a text is needed, not {text!r}", hint="a datetime.date needs no reading")
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                raise UnreadableDateError(
                    f"{text.strip()!r} is no day of the calendar", hint="check the month and the day", text=text
                ) from None
    raise UnreadableDateError(f"{text.strip()!r} is not read as a date", hint=f"write {_READS}", text=text)


def parse_instant(text: str) -> datetime:
    """The moment that a text writes: a day in one of the four forms, a space or `T`, then `HH:MM` or `HH:MM:SS`.

    Raises:
        UnreadableDateError: For any other text (also a `ValueError`).

    >>> parse_instant("2022-09-30 17:20").isoformat()
    '2022-09-30T17:20:00+08:00'
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise UnreadableDateError(
            f"{text.strip()!r} is not read as a moment", hint="write 2022-09-30 17:20, Beijing time", text=text
        )
    day = parse_day(found[1])
    try:
        clock = time(int(found[2]), int(found[3]), int(found[4] or 0), tzinfo=BEIJING)
    except ValueError:
        raise UnreadableDateError(
            f"{text.strip()!r} names no time of day", hint="hours run 00 to 23, minutes 00 to 59", text=text
        ) from None
    return datetime.combine(day, clock)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months on (back if negative); the month's last where there is none (民法典 202).

    Raises:
        OverflowError: If it lies outside the years 1 to 9999.

    >>> add_months(date(2022, 8, 31), 6)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:  # no such day in that month, or no such year
        pass
    try:
        return day + _delta(months)
    except ValueError as err:
        raise OverflowError(str(err)) from None


@cache
def _delta(months: int) -> relativedelta:
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  (10 ms that only months need)

    return relativedelta(months=months)
