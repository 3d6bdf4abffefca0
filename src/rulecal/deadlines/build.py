"""Rules of one's own, made on the spot: `within`, `at_least`, `count_back`, fixed dates, `times_a_year`."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeVar

from rulecal.civil import to_day
from rulecal.deadlines.rule import Rule
from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import Clock, FixedDate, Kind, Limit, Period, Quota, Roll, Start, Unit, Window, Word, not_of
from rulecal.law.norm import Norm, Trigger
from rulecal.law.provision import Excluding
from rulecal.needs import a_region, each_of, maybe, need
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_E = TypeVar("_E", bound=Enum)
RollWord = Literal["yes", "no", "unclear"]
StartWord = Literal["next_day", "same_day", "unclear"]
ClockWord = Literal["at_once", "next_hour"]


def within(
    amount: int,
    unit: Unit,
    *,
    roll: RollWord | None = None,
    start: StartWord = "next_day",
    clock: ClockWord = "at_once",
    excludes: Iterable[str] = (),
    trigger: str | None = None,
    region: str | None = None,
    title: str = "",
) -> Rule:
    """A rule to act within a period (…内).

    Args:
        amount: How many units, at least 1.
        unit: Of what.
        roll: Whether the end moves off a day off (顺延); by default it does. `"unclear"` gives both readings. Working
            days need no roll, hours have none.
        start: Whether the trigger day is counted.
        clock: When hours begin to run.
        excludes: Reasons for which days are not counted (不计入).
        trigger: The kind of the trigger (received, served …); None takes any.
        region: The region whose calendar counts.
        title: A few words.

    Raises:
        InvalidPeriodError: If the amount is no whole number of at least 1, or the rest goes with no such period: hours
            neither roll nor count their day, and `clock` is for hours only.
        InvalidArgumentError: If `excludes`, `trigger`, `region` or `title` is not of its kind.

    >>> within(60, Unit.CALENDAR_DAY).deadline(date(2022, 8, 9)).due  # a make-up Saturday: no roll
    datetime.date(2022, 10, 8)
    """
    if unit is Unit.HOUR and roll == Roll.YES.value:
        raise not_of(unit, ("roll",))
    how = _one(Roll, "yes" if roll is None else roll), _one(Start, start), _one(Clock, clock)
    window = Window(Period(amount, unit), *how)
    reasons = each_of(excludes, str, "excludes", "reasons as texts, such as '听证'")
    return _rule(Kind.WITHIN, window, trigger, region, title, reasons)


def at_least(
    amount: int,
    unit: Unit,
    *,
    start: StartWord = "next_day",
    trigger: str | None = None,
    region: str | None = None,
    title: str = "",
) -> Rule:
    """A rule to stay open at least a period (不少于): `due` is the last day that must stay open; it never rolls.

    >>> at_least(30, Unit.CALENDAR_DAY).deadline(date(2022, 6, 1)).due
    datetime.date(2022, 7, 1)
    """
    return _rule(Kind.AT_LEAST, Window(Period(amount, unit), Roll.NO, _one(Start, start)), trigger, region, title)


def count_back(
    amount: int, unit: Unit, *, trigger: str | None = None, region: str | None = None, title: str = ""
) -> Rule:
    """A rule to act at least a period before an event (…日前): the trigger is the event; it never rolls forward.

    >>> d = count_back(7, Unit.WORKING_DAY, region="640500").deadline(date(2022, 10, 12))
    >>> [reading.latest.isoformat() for reading in d.readings]
    ['2022-09-27', '2022-09-28']
    """
    return _rule(Kind.COUNT_BACK, Window(Period(amount, unit), Roll.NO), trigger, region, title)


def before(month: int, day: int, *, year: int | None = None, title: str = "") -> Rule:
    """A rule to act before a day of the year (X日前): the day before is safe, the named day a second reading (S20).

    A month's last day is included by its wording (1月31日前).

    >>> d, = before(3, 1).occurrences(2026)
    >>> [reading.latest.isoformat() for reading in d.readings]
    ['2026-02-28', '2026-03-01']
    """
    return _rule(Kind.BY_DATE, FixedDate(month, day, Word.BEFORE, year), title=title)


def by(month: int, day: int, *, year: int | None = None, title: str = "") -> Rule:
    """A rule to act by a day of the year, that day included.

    >>> by(6, 30).deadline(date(2022, 1, 1)).due
    datetime.date(2022, 6, 30)
    """
    return _rule(Kind.BY_DATE, FixedDate(month, day, Word.BY, year), title=title)


def by_end_of(month: int, *, year: int | None = None, title: str = "") -> Rule:
    """A rule to act by the end of a month (…月底前), its last day included.

    >>> by_end_of(2).deadline(date(2024, 1, 1)).due
    datetime.date(2024, 2, 29)
    """
    return _rule(Kind.BY_DATE, FixedDate(month, None, Word.BY, year), title=title)


def on_date(day: date, *, title: str = "") -> Rule:
    """A rule to act by one day of one year, that day included.

    >>> on_date(date(2022, 6, 30)).deadline().due
    datetime.date(2022, 6, 30)
    """
    day = to_day(day, "the day")
    return _rule(Kind.BY_DATE, FixedDate(day.month, day.day, Word.BY, day.year), title=title)


def times_a_year(at_least: int, *, at_most: int | None = None, title: str = "") -> Rule:
    """A rule to do something so many times in a civil year (每年不少于); `at_most` is no limit (S21).

    >>> times_a_year(2).shortfall(2022, [date(2022, 4, 8)], as_of=date(2022, 5, 1)).missing
    1
    """
    return _rule(Kind.QUOTA, Quota(at_least, at_most), title=title)


def _one(words: type[_E], word: str) -> _E:
    try:
        return words(word)
    except ValueError:
        raise InvalidPeriodError(
            f"{word!r} is no {words.__name__.lower()}",
            hint=f"one of {', '.join(str(each.value) for each in words)}",
            word=word,
        ) from None


def _rule(
    kind: Kind,
    limit: Limit,
    trigger: str | None = None,
    region: str | None = None,
    title: str = "",
    excludes: tuple[str, ...] = (),
) -> Rule:
    named = maybe(trigger, str, "a kind of trigger", "a text such as 'received'")
    not_counted = (Excluding(excludes),) if excludes else ()
    a_region(region)
    need(title, str, "a title", "a few words")
    return Rule(
        Norm(
            "", Text(title, title), kind, limit, Trigger((named,) if named else ()), region=region, excludes=not_counted
        )
    )
