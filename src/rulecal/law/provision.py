"""What a text provides beside the number: what is not counted, extended, deemed, read differently, published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import Period, Roll, Start, Unit, Window
from rulecal.law.source import Certainty, Force
from rulecal.text import Text


@dataclass(frozen=True, slots=True)
class Excluding:
    """Time that a clock of the rule does not count (不计入): the text's reasons and where they stand.

    `in_writing` says that the party must be told in writing, else the exclusion is a reading (S25).
    """

    reasons: tuple[str, ...]
    clause: str = ""
    title: str = ""
    in_writing: bool = False
    certainty: Certainty = Certainty.VERIFIED


@dataclass(frozen=True, slots=True)
class Extending:
    """How a period may be extended (延长): by how much, how often, by whose decision; no period where none is set."""

    period: Period | None = None
    times: int = 1
    clause: str = ""
    by: Text = Text()
    in_writing: bool = False
    certainty: Certainty = Certainty.VERIFIED


@dataclass(frozen=True, slots=True)
class Deeming:
    """A trigger that the law deems to have happened (S24): from what kind of day, after what silence, at which end.

    Attributes:
        kind: The kind of the day that is known: received, announced, confirmed.
        silence: What must pass without a word; None where the day itself simply counts.
        from_end: The trigger is the day on which the silence ends; else the day that is known.
        roll: Whether that day moves off a day off.
        force: The days that are known of which this holds.
    """

    kind: str
    silence: Period | None = None
    from_end: bool = False
    clause: str = ""
    says: Text = Text()
    certainty: Certainty = Certainty.VERIFIED
    roll: Roll = Roll.NO
    force: Force = field(default_factory=Force)


@dataclass(frozen=True, slots=True)
class Variation:
    """Another way to read a window (S22): what of it is read differently, and why one may."""

    name: str
    cause: Text
    amount: int | None = None
    unit: Unit | None = None
    roll: Roll | None = None
    start: Start | None = None

    def of(self, window: Window) -> Window:
        """A window as it is read differently.

        Raises:
            InvalidPeriodError: If no period can be so long, or hours would be read as days.
        """
        if self.unit is not None and (self.unit is Unit.HOUR) != (window.period.unit is Unit.HOUR):
            raise InvalidPeriodError(
                f"{window} read in {self.unit.value}s", hint="hours run from a moment, days from a day"
            )
        period = Period(self.amount or window.period.amount, self.unit or window.period.unit)
        return replace(window, period=period, roll=self.roll or window.roll, start=self.start or window.start)


@dataclass(frozen=True, slots=True)
class Published:
    """A table of due dates that an authority has published: where it speaks it overrides the rule.

    `dates` holds pairs of trigger day and due day, `notes` what must be known where it speaks.
    """

    number: str
    title: Text = Text()
    source: str = ""
    certainty: Certainty = Certainty.VERIFIED
    dates: tuple[tuple[date, date], ...] = ()
    notes: tuple[Text, ...] = ()

    def due(self, trigger: date) -> date | None:
        """The due day that the table names for a trigger."""
        return dict(self.dates).get(trigger)
