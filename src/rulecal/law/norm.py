"""A norm: what one rule says. It knows no calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from rulecal.law.clauses import by_analogy
from rulecal.law.limit import Kind, Limit
from rulecal.law.provision import Deeming, Excluding, Extending, Published, Variation
from rulecal.law.source import Certainty, Citation, Force, Instrument
from rulecal.text import Text

ARTICLE_NOT_SEEN: Final = Text("条号未见", "its article has not been seen")


class TriggerOn(Enum):
    """On which days a trigger can fall."""

    ANY = "any_day"
    MONTH_END = "month_end"
    """The last day of a month: a tax month, a quarter."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a window: its kinds (received, served …), any of which the text may mean, and its words."""

    kinds: tuple[str, ...] = ()
    text: Text = Text()
    on: TriggerOn = TriggerOn.ANY

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
        excludes: What is not counted (不计入), with the articles that say so.
        extension: How it may be extended (延长).
        deemed: Triggers that the law deems to have happened.
        variations: Other ways to read it.
        published: Tables of due dates that override it.
        counting: The clause that gives its unit, and articles by which it is counted, where it names its own.
        region: The region whose calendar counts; None is the national one.
        own_force: When its article is in force, where that is not when its instrument is.
        checked: When somebody last compared it with the text.
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
    excludes: tuple[Excluding, ...] = ()
    extension: Extending | None = None
    deemed: tuple[Deeming, ...] = ()
    variations: tuple[Variation, ...] = ()
    published: tuple[Published, ...] = ()
    counting: tuple[Citation, ...] = ()
    region: str | None = None
    own_force: Force | None = None
    checked: date | None = None
    unsaid: tuple[str, ...] = field(default=(), compare=False)
    """What its file leaves to our defaults: any of `unit`, `roll`, `start`, `clock`, `word`."""

    @property
    def is_article_unseen(self) -> bool:
        """Whether its text is named without the article."""
        return self.instrument is not None and not self.clause

    @property
    def force(self) -> Force:
        """When the norm is in force."""
        return self.own_force or (self.instrument.force if self.instrument else Force())

    def deeming(self, kind: str | None, day: date) -> Deeming | None:
        """How the trigger is deemed from a day of another kind; None where the kind is its own, or is not named."""
        if kind is None or kind in self.trigger.kinds:
            return None
        return next((each for each in self.deemed if each.kind == kind and day in each.force), None)

    @property
    def date_is_inferred(self) -> bool:
        """Whether its date, or the year it is for, is our inference: then it may warn, but nothing is plainly late."""
        return bool({"date", "year"} & set(self.inferred))

    @property
    def counted_by(self) -> tuple[Citation, ...]:
        """The clause that gives its unit, or the articles by which it is counted: its own law's, else by analogy."""
        return self.counting_on(None)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the norm stands: its own article first, then what else it rests on, then by what it is counted."""
        return self.citations_on(None)

    def citations_on(self, day: date | None) -> tuple[Citation, ...]:
        """Its citations that are in force on a day; without one, those in force on some day on which the norm is."""
        also = self._held(self.also, day)
        if self.instrument is None:
            return also
        own = Citation(self.instrument.title, self.instrument.number, self.clause, self.certainty)
        return (own, *also, *self.counting_on(day))

    def counting_on(self, day: date | None) -> tuple[Citation, ...]:
        """Those of them by which it is counted."""
        if self.instrument is None:
            return self._held(self.counting, day)
        own = self._held(self.counting or self.instrument.counting, day)
        return own or self._held(by_analogy(self.limit), day)

    def _held(self, found: tuple[Citation, ...], day: date | None) -> tuple[Citation, ...]:
        return tuple(each for each in found if (each.force.meets(self.force) if day is None else day in each.force))
