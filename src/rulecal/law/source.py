"""Where a norm stands, since when, how sure that is, and what its instrument says of all its periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from rulecal.law.limit import Unit
from rulecal.needs import need_parts
from rulecal.text import Text


class Certainty(Enum):
    """How sure a fact is."""

    VERIFIED = "verified"
    """Seen in a full text or an official notice."""
    ONE_SOURCE = "one-source"
    """Seen in one place only."""
    INFERENCE = "inference"
    """Our reading; no text says it."""
    MEMORY = "memory"
    """From memory, not seen."""


@dataclass(frozen=True, slots=True)
class Force:
    """The days on which a text is in force, both inclusive; None is open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: Force) -> bool:
        """Whether both are in force on some day."""
        return max(self._first, other._first) <= min(self._last, other._last)

    def covers(self, other: Force) -> bool:
        """Whether it is in force on all days on which the other is."""
        return self._first <= other._first and other._last <= self._last

    @property
    def _first(self) -> date:
        return self.first or date.min

    @property
    def _last(self) -> date:
        return self.last or date.max

    def __str__(self) -> str:
        return f"{self.first or '…'} to {self.last or '…'}"


def article(clause: str) -> str:
    """An article as it is written: 第42条 for a bare number, else the words of the clause."""
    return f"第{clause}条" if clause.isdecimal() else clause


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands: instrument, its number (文号), the article or clause, and how sure that is.

    `says` is what it says, in a few words of ours, where that is not the rule itself: the unit, or how one counts.
    `force` are the days on which it stands there, under that number: a deadline cites what is in force on its trigger.

    Raises:
        InvalidArgumentError: If a part is not of its kind.
    """

    title: str
    number: str = ""
    article: str = ""
    certainty: Certainty = Certainty.VERIFIED
    says: Text = Text()
    force: Force = Force()

    @property
    def marked(self) -> str:
        """As it is written, and how sure it is where it is not verified."""
        return f"{self} [{self.certainty.value}]" if self.certainty is not Certainty.VERIFIED else str(self)

    def __post_init__(self) -> None:
        need_parts(self, _PARTS, "a citation")

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{article(self.article)}"


_PARTS: Final = {
    "title": str,
    "number": str,
    "article": str,
    "certainty": Certainty,
    "says": Text,
    "force": Force,
}


@dataclass(frozen=True, slots=True)
class UnitClause:
    """What an instrument means by 日: the clause that makes days working days (S14).

    Attributes:
        clause: Its article.
        all: Every period in days counts working days.
        amounts: Only periods of just so many days do.
        up_to: Only periods of at most so many days do.
    """

    clause: str
    all: bool = False
    amounts: tuple[int, ...] = ()
    up_to: int = 0
    certainty: Certainty = Certainty.VERIFIED

    def unit_of(self, amount: int) -> Unit:
        """The unit of so many 日.

        >>> UnitClause("85", amounts=(2, 3, 5, 7)).unit_of(15)
        <Unit.CALENDAR_DAY: 'calendar_day'>
        """
        working = self.all or amount in self.amounts or amount <= self.up_to
        return Unit.WORKING_DAY if working else Unit.CALENDAR_DAY


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or notice: the text that rules stand in.

    Attributes:
        level: `national`, or `local` for a text of a region; a local text counts in the calendar of its `region`.
        adopted: The day on the text itself (成文日期), where duties cannot be older than it.
        text_of: The day of the text that was read; its articles may be older.
        checked: The day on which somebody last compared our data with the text.
        from_memory: Which of `number` and `force` are from memory.
        days: What it means by 日, where a clause says so.
        counting: The articles by which its periods are counted, where it has or names some.
    """

    id: str
    title: str
    number: str = ""
    issuer: str = ""
    level: str = "national"
    region: str | None = None
    adopted: date | None = None
    force: Force = Force()
    source: str = ""
    checked: date | None = None
    text_of: date | None = None
    from_memory: tuple[str, ...] = ()
    days: UnitClause | None = None
    counting: tuple[Citation, ...] = ()
