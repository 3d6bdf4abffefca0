"""What reading a text gives: limits found, and what was refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rulecal.law.norm import Norm
from rulecal.law.words.glyphs import Part, Plain
from rulecal.law.words.numerals import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TEAM: Final = "(?<=[队退入落])伍"
_NOT_A_TAIL: Final = (
    rf"(?<![0-9][. ·•・])(?<![0-9],(?=[0-9]{{3}}(?![0-9])))(?<![{GLYPHS}]点)"
    "(?<![数几](?=[十百千]))(?<!上(?=[百千]))"
)
NUMBER: Final = rf"(?:(?<![{GLYPHS}])(?!{_TEAM})|(?<=[队退入落]伍)){_NOT_A_TAIL}[{GLYPHS}]+"
"""A whole run of numerals, not the tail of a decimal, of thousands or of 数十; 伍 of 队伍 is none."""
JOINED: Final = "(?:[-—–―‐‑−~至到]|——)"
"""Between the two figures of a range."""


def last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match of a pattern in a text."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


ALONE: Final = re.compile("$|[,。;:()]")
"""After a limit: no word that goes on."""
NOT_INSIDE: Final = "(?!部(?!署)|[容外设涵控地蒙]|网(?!络[直上]|[上报])|审(?![查核批理议定结]))"
"""After 内: no word that begins with it (内容, 内审)."""
NOT_EARLIER: Final = (
    rf"(?!(?:至少|不少于|不得少于|提前)?(?:的?最后|第|[数几若]|半|[{GLYPHS}])[{GLYPHS}]*个?半?"
    "(?:法定)?(?:工作|自然)?(?:[日天周年旬月]|小时|星期|季度)|[后往来去期述款置夕头]|最后)"
)
"""After the 前 of a date: nothing that goes further back (前3日, 前半个月), and no word that begins with it (前夕)."""
UNSAID: Final = ("unit", "start", "roll", "year", "named_day", "date")
"""What the words of a limit may leave open, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """A limit found: the norm, the parts of the text it was read from, and what the words leave open.

    Attributes:
        norm: What the text says.
        parts: Where each part of it stands.
        unsaid: Some of `unit`, `start`, `roll`, `year`, `named_day`, `date`.
        at: Where it begins in the plain text.
        end: Where it ends there.
    """

    norm: Norm
    parts: tuple[Part, ...]
    unsaid: tuple[str, ...]
    at: int
    end: int

    @classmethod
    def of(
        cls,
        plain: Plain,
        norm: Norm,
        at: int,
        end: int,
        spans: Iterable[tuple[str, int, int]],
        unsaid: Mapping[str, bool],
    ) -> Found:
        """A limit found at `plain[at:end]`, its other parts in the order of the text."""
        parts = sorted((plain.part(*span) for span in spans), key=lambda part: part.start)
        left_open = tuple(name for name in UNSAID if unsaid.get(name))
        return cls(norm, (plain.part("whole", at, end), *parts), left_open, at, end)


@dataclass(frozen=True, slots=True)
class Refused:
    """What looks like a limit and cannot be counted, and why.

    Attributes:
        why: The reason, to follow "…:".
        at: Where it stands in the plain text.
        end: Where it ends there.
        words: The words.
    """

    why: str
    at: int
    end: int
    words: str

    @classmethod
    def of(cls, why: str, plain: Plain, at: int, end: int) -> Refused:
        """A refusal of `plain[at:end]`."""
        return cls(why, at, end, plain.written(at, end))
