"""A norm: what one rule says, where it says so, since when, and how sure we are. It knows no calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from rulecal.law.limit import Kind, Limit
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

    def __str__(self) -> str:
        return f"{self.first or '…'} to {self.last or '…'}"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands: instrument, its number (文号), the article or clause, and how sure that is."""

    title: str
    number: str = ""
    article: str = ""
    certainty: Certainty = Certainty.VERIFIED

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        article = f"第{self.article}条" if self.article.isdecimal() else self.article
        return f"《{self.title}》{number}{article}"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or notice: the text that rules stand in.

    Attributes:
        level: `national`, or `local` for a text of a region; a local text counts in the calendar of its `region`.
        adopted: The day on the text itself (成文日期).
        checked: The day on which somebody last compared our data with the text.
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


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a window: its kinds (received, served …), any of which the text may mean, and its words."""

    kinds: tuple[str, ...] = ()
    text: Text = Text()

    @property
    def text_words(self) -> tuple[str, str]:
        """Its words in both languages."""
        return self.text.zh, self.text.en


@dataclass(frozen=True, slots=True)
class Norm:
    """What a rule says.

    Attributes:
        id: `instrument/rule`, stable.
        kind: What it asks for.
        limit: What is counted, for the dated kinds.
        clause: The clause or article.
        written: The figure as the text writes it.
        lead: The units in charge (牵头单位).
        support: The units that assist (配合单位, 责任单位).
        inferred: What of it is our inference: any of `year`, `date`, `trigger`, `scope`.
        subject: For a quota: per whom it is counted.
        refers_to: Ids of the rules in which the figure, or a rule beside this one, stands.
        order: For a sequence: the first step, then the second.
        rate: For a rate: per cent.
        term: For a soft duty: its word.
        also: Further instruments that the rule rests on.
        notes: What a reader must know before relying on it.
        higher_basis: The date is set by a higher rule, not by this instrument alone (S20).
        excludes: Reasons for which days are not counted (不计入).
        region: The region whose calendar counts; None is the national one.
    """

    id: str
    title: Text
    kind: Kind
    limit: Limit | None = None
    trigger: Trigger = Trigger()
    instrument: Instrument | None = None
    clause: str = ""
    written: str = ""
    actor: Text = Text()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    certainty: Certainty = Certainty.VERIFIED
    inferred: tuple[str, ...] = ()
    subject: Text = Text()
    refers_to: tuple[str, ...] = ()
    order: tuple[Text, ...] = ()
    rate: int | None = None
    term: str = ""
    also: tuple[Citation, ...] = ()
    notes: tuple[Text, ...] = ()
    higher_basis: bool = False
    excludes: tuple[str, ...] = ()
    region: str | None = None

    @property
    def force(self) -> Force:
        """When the norm is in force."""
        return self.instrument.force if self.instrument else Force()

    @property
    def date_is_inferred(self) -> bool:
        """Whether its date, or the year it is for, is our inference: then it may warn, but nothing is plainly late."""
        return bool({"date", "year"} & set(self.inferred))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the norm stands: its own article first, then what else it rests on."""
        if self.instrument is None:
            return self.also
        own = Citation(self.instrument.title, self.instrument.number, self.clause, self.certainty)
        return (own, *self.also)
