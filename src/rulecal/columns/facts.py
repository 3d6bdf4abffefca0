"""What columns look up: for each trigger day of a rule its dates, as arrays that nobody can write to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._later import Later
from rulecal.columns.tables import answers, ask, check_has_table, hours_error, in_hours, year_of
from rulecal.errors import NoDeadlineError, RulecalError
from rulecal.law.limit import COUNTED_BACK, Kind, Quota, Window
from rulecal.law.source import Certainty

if TYPE_CHECKING:
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.deadline import Deadline
    from rulecal.deadlines.rule import Rule
    from rulecal.law.norm import Norm
else:
    np = Later("numpy", "numpy")

FIRST_YEAR: Final = 1971
LAST_YEAR: Final = 2040
"""The years of triggers that columns hold: all that a calendar can reach from, and both ends free for a null."""

EPOCH: Final = date(1970, 1, 1).toordinal()
NULL: Final = -(2**31)
"""No day, in arrays of days since the epoch."""
NEVER: Final = 2**31 - 1
"""After every day."""

FAULTS: Final = (
    "calendar-coverage",
    "unsettled-day",
    "rule-not-in-force",
    "not-a-date",
    "invalid-case",
    "invalid-period",
    "unknown-rule",
)
"""The codes that `fault` can hold: those of the errors that the same row would raise alone."""
NO_FAULT: Final = len(FAULTS)
SURE: Final = tuple(Certainty)
"""How sure a figure is, in order; an array of certainties holds places in it, `NOT_HELD` where there is no figure."""
NOT_HELD: Final = len(SURE)


class Sort(IntEnum):
    """What an entry is, so how its status is judged."""

    WINDOW = 0
    """To act within: done before its trigger is a fault, before its trigger it has not started."""
    DATE = 1
    """To act by a day: fixed dates and what is counted back."""
    FLOOR = 2
    WINDOW_INFERRED = 3
    """As the first two, but the date is our inference: never plainly late."""
    DATE_INFERRED = 4
    QUOTA = 5
    TASK = 6
    """A plan task, or a duty without a date: reviewed until it is done, which before its trigger is a fault."""
    NO_DATE = 7
    """A yearly date that was not created for the year meant."""
    FAULT = 8


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """What a status hangs on, in columns of equal length; days are counted from 1970-01-01, `NULL` is none.

    Attributes:
        earliest: The least first day of a reading.
        first_max: The greatest first day of a reading.
        last_min: The least last day of a reading.
        latest: The greatest last day of a reading.
        sort: A `Sort`.
        fault: An index into `FAULTS`, or `NO_FAULT`.
    """

    earliest: np.ndarray
    first_max: np.ndarray
    last_min: np.ndarray
    latest: np.ndarray
    sort: np.ndarray
    fault: np.ndarray

    def __len__(self) -> int:
        return len(self.sort)


@dataclass(frozen=True, slots=True, eq=False)
class Facts(Ends):
    """All that is held of trigger days, one entry each.

    Attributes:
        due: The safe due date.
        settled: Whether no open day was consulted.
        certainty: A place in `SURE`, or `NOT_HELD`.
    """

    due: np.ndarray
    settled: np.ndarray
    certainty: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[tuple[Any, ...]]) -> Facts:
        """The columns of rows; they cannot be written to."""
        kinds = ("i4",) * 4 + ("u1", "u1", "i4", "?", "u1")
        columns = [np.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
        return cls(*map(sealed, columns))

    @classmethod
    def joined(cls, parts: Sequence[Facts]) -> Facts:
        """One after the other."""
        return cls(*(sealed(np.concatenate([getattr(part, f.name) for part in parts])) for f in fields(cls)))


def sealed(array: np.ndarray) -> np.ndarray:
    """The array, which from now on nobody can write to."""
    array.setflags(write=False)
    return array


def number(day: date) -> int:
    """A day as the number of days since 1970-01-01."""
    return day.toordinal() - EPOCH


def no_days(sort: Sort, fault: int, certainty: int = NOT_HELD) -> tuple[Any, ...]:
    """An entry without days."""
    return (*(NULL,) * 4, sort, fault, NULL, False, certainty)


def _row(rule: Rule, answer: Deadline | RulecalError) -> tuple[Any, ...]:
    if isinstance(answer, NoDeadlineError):
        sort = Sort.NO_DATE if rule.kind in COUNTED_BACK else Sort.TASK
        return no_days(sort, NO_FAULT, SURE.index(rule.certainty))
    if isinstance(answer, RulecalError):
        return no_days(Sort.FAULT, FAULTS.index(answer.code))
    readings = answer.readings
    firsts, lasts = [number(each.earliest) for each in readings], [number(each.latest) for each in readings]
    ends = (min(firsts), max(firsts), min(lasts), max(lasts))
    found = answer.rule
    return (*ends, _sort(found.norm), NO_FAULT, number(answer.due), answer.settled, SURE.index(found.certainty))


def _sort(norm: Norm) -> Sort:
    if isinstance(norm.limit, Quota):
        return Sort.QUOTA
    if norm.kind is Kind.PLAN_TASK:
        return Sort.TASK
    if norm.kind is Kind.AT_LEAST:
        return Sort.FLOOR
    if isinstance(norm.limit, Window) and norm.kind is not Kind.COUNT_BACK:
        return Sort.WINDOW_INFERRED if norm.date_is_inferred else Sort.WINDOW
    return Sort.DATE_INFERRED if norm.date_is_inferred else Sort.DATE


class _Key:
    """A rule and a calendar as a key: two are one only if every answer is the same.

    Equal rules may have other versions and equal calendars lie over another national one, so these are compared too.
    """

    __slots__ = ("calendar", "parts", "rule")

    def __init__(self, rule: Rule, calendar: WorkingCalendar) -> None:
        self.rule, self.calendar = rule, calendar
        self.parts = (rule.norm, rule.norms, calendar, calendar.national)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)


@lru_cache(maxsize=4096)
def _year(key: _Key, year: int) -> Facts:
    """The entries of one civil year. Two threads may both make them: they make the same, whole before it is kept."""
    return Facts.of([_row(key.rule, answer) for _, answer in answers(key.rule, *year_of(year), key.calendar)])


@lru_cache(maxsize=4096)
def _edge(key: _Key) -> Facts:
    """Two entries: for a missing trigger, and for one outside the years that are held."""
    missing = _row(key.rule, ask(key.rule, None, key.calendar))
    outside = no_days(Sort.FAULT, FAULTS.index("calendar-coverage"))
    return Facts.of([missing, outside if key.rule.is_computable else missing])


def facts_of(rule: Rule, calendar: WorkingCalendar, first: int, last: int) -> Facts:
    """The entries of a rule: for a missing trigger, for one outside, then from 1 January of `first` through `last`."""
    if in_hours(rule):
        row = no_days(Sort.FAULT, FAULTS.index(hours_error(rule).code))
        return Facts.of([row] * (2 + (date(last + 1, 1, 1) - date(first, 1, 1)).days))
    key = _Key(rule, calendar)
    return Facts.joined([_edge(key), *(_year(key, year) for year in range(first, last + 1))])


@lru_cache(maxsize=64)
def _due_columns(key: _Key) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    first = number(date(FIRST_YEAR, 1, 1))
    facts = facts_of(key.rule, key.calendar, FIRST_YEAR, LAST_YEAR)
    due, latest = (np.pad(each[2:], (first, 1), constant_values=NULL) for each in (facts.due, facts.latest))
    wide = np.where(due == NULL, np.datetime64("NaT").view("i8"), due)
    return sealed(wide), sealed(due), sealed(latest)


def due_column(rule: Rule, calendar: WorkingCalendar, *, wide: bool) -> np.ndarray:
    """The due date of every trigger from 1970-01-01 on, in 64 or 32 bits, with a null at both ends.

    So `take(..., mode="clip")` gives null for what lies outside, and for null itself.
    """
    check_has_table(rule)
    return _due_columns(_Key(rule, calendar))[not wide]


def latest_column(rule: Rule, calendar: WorkingCalendar) -> np.ndarray:
    """The last day on which the due date of every trigger can fall, as in `due_column`."""
    return _due_columns(_Key(rule, calendar))[2]
