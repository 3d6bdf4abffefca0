"""What happens to a case after its trigger (S25): plain facts with a reason and an authority, in any order of entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rulecal.law.limit import Unit

Clocks = Literal["both", "statutory", "promised"]
CLOCKS: Final[dict[Clocks, str]] = {"both": "两者", "statutory": "法定", "promised": "承诺"}
"""The clocks that an event can be of, and their Chinese names."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Time that is not counted (不计入): a hearing, a test, an expert review.

    Both its days are excluded, whole days. An edge given as a moment (`datetime`) is a day partly used: it counts, and
    that it may be excluded is a reading (S26).

    Attributes:
        first: The first day.
        last: The last day, inclusive; None while it goes on.
        reason: The reason, as the law of the clock names it.
        basis: The instrument that excludes it, where the rule itself does not name the reason.
        notified: Whether the party was told in writing, where the law wants that (许可法 45, 强制法 25).
        clock: Which clock it stops, if not both.
    """

    first: date
    last: date | None = None
    reason: str = ""
    basis: str = ""
    notified: bool = False
    clock: Clocks = "both"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A clock suspended (中止) on a day and resumed (恢复) on another: the days between are not counted (S26).

    Attributes:
        on: The day on which it was suspended, counted itself.
        resumed: The day on which it went on, counted itself; None while it is suspended.
        reason: The ground.
        basis: The instrument that allows it, where the rule itself does not.
        clock: Which clock it stops, if not both.
        notified: Whether the party was told in writing, where the law wants that of this ground.
    """

    on: date
    resumed: date | None = None
    reason: str = ""
    basis: str = ""
    clock: Clocks = "both"
    notified: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision to extend the period (延长), taken on a day: without effect once the clock has run out (S27).

    Attributes:
        amount: By how many units.
        unit: The rule's own unit.
        decided: The day of the decision.
        basis: The instrument that allows it, where the rule itself does not.
        clock: Which clock it extends.
    """

    amount: int
    unit: Unit
    decided: date
    basis: str = ""
    clock: Clocks = "statutory"


@dataclass(frozen=True, slots=True)
class Restart:
    """The clock starts anew (重新计算) from a day: earlier exclusions and extensions are dropped."""

    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """The case goes to an office of another region (移送): from that day on its calendar counts."""

    on: date
    region: str


@dataclass(frozen=True, slots=True)
class Completion:
    """The item is done (办结)."""

    on: date


Event = Exclusion | Suspension | Extension | Restart | Transfer | Completion
NAMES: Final[dict[type[Event], str]] = {
    Exclusion: "不计入",
    Suspension: "中止",
    Extension: "延长",
    Restart: "重新计算",
    Transfer: "移送",
    Completion: "办结",
}
"""The kinds of event and their Chinese names."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that a clock does not count, both inclusive, and why: what an exclusion or a suspension comes to."""

    first: date
    last: date
    why: str = ""
    source: str = ""


def merged(pauses: list[Pause]) -> tuple[Pause, ...]:
    """The union of pauses: in order, without overlap; those that say the same and touch are one."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: (each.first, each.last)):
        before = found[-1] if found else None
        if before is None or (pause.first - before.last).days > 1:
            found.append(pause)
        elif (pause.why, pause.source) == (before.why, before.source):
            found[-1] = Pause(before.first, max(before.last, pause.last), before.why, before.source)
        elif pause.last > before.last:
            first = date.fromordinal(max(pause.first.toordinal(), before.last.toordinal() + 1))
            found.append(Pause(first, pause.last, pause.why, pause.source))
    return tuple(found)


def paused_days(pauses: tuple[Pause, ...]) -> frozenset[date]:
    """Every day that is not counted."""
    ordinals = (k for pause in pauses for k in range(pause.first.toordinal(), pause.last.toordinal() + 1))
    return frozenset(map(date.fromordinal, ordinals))
