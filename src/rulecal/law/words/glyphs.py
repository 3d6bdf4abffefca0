"""A text made plain for reading, without losing where each character stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width forms of ASCII: １ is 1, （ is (."""
_WIDE[ord("〈")], _WIDE[ord("〉")] = ord("("), ord(")")
_TRADITIONAL: Final = str.maketrans(
    "個內過於後時間報開關應當須較週號兩從決處審請訴備結辦長縮壓諾徵見聽證會議檢驗計與發實終評",
    "个内过于后时间报开关应当须较周号两从决处审请诉备结办长缩压诺征见听证会议检验计与发实终评",
)
"""The traditional forms of the characters that the words of limits are told by."""
_PLAIN: Final = {**_TRADITIONAL, **_WIDE}
_ENDS_IN_NUMBER: Final = re.compile(r"\d\.?$")
_SENTENCE_ENDS: Final = "。;!?\n"
_CLAUSE_ENDS: Final = _SENTENCE_ENDS + ",:()"
_REACH: Final = 160
"""How far back, in characters, a sentence is looked at."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: `text[start:end]`, in code points.

    Attributes:
        name: What it is: `whole`, `trigger`, `amount`, `unit`, `direction`, `date`, `year`, `most` or `period`.
        start: Its first character.
        end: The place after its last character.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plain:
    r"""A text without white space, in half-width and simplified forms, and where each character stood in the text.

    Attributes:
        text: The text as given.
        plain: The text made plain.
        places: For each character of `plain` its place in `text`.

    >>> plain = Plain.of("１５ 个\n工作日")
    >>> plain.plain, plain.part("unit", 2, 6)
    ('15个工作日', Part(name='unit', start=3, end=8))
    """

    text: str
    plain: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Plain:
        """The plain form of a text; a blank or a line's end between two digits (15 5, 5. 15) stays, to part them.

        An empty line stays as one line's end: a heading is no part of the sentence below it.
        """
        kept: list[tuple[int, str]] = []
        gap = ""
        for place, glyph in enumerate(text):
            if glyph.isspace() or unicodedata.category(glyph) == "Cf":
                if gap == glyph == "\n" and kept and kept[-1][1] != "\n":
                    kept.append((place, glyph))
                gap = "\n" if "\n" in (glyph, gap) else " "
                continue
            glyph = glyph.translate(_PLAIN)  # noqa: PLW2901
            if gap and glyph.isdigit() and _ENDS_IN_NUMBER.search("".join(each for _, each in kept[-2:])):
                kept.append((place, gap))
            kept.append((place, glyph))
            gap = ""
        return cls(text, "".join(glyph for _, glyph in kept), tuple(place for place, _ in kept))

    def part(self, name: str, start: int, end: int) -> Part:
        """The part of the text as given that `plain[start:end]` stands for."""
        return Part(name, self.places[start], self.places[end - 1] + 1)

    def written(self, start: int, end: int) -> str:
        """The characters as given, without white space."""
        return "".join(self.text[place] for place in self.places[start:end])

    def sentence(self, end: int) -> int:
        """Where the sentence that leads up to `end` begins."""
        return self._begin(end, _SENTENCE_ENDS)

    def clause(self, end: int) -> int:
        """Where the clause (between commas, colons or brackets) that leads up to `end` begins."""
        return self._begin(end, _CLAUSE_ENDS)

    def has_gap(self, at: int) -> bool:
        """Whether white space stood before the character at `at`."""
        return 0 < at < len(self.places) and self.places[at] > self.places[at - 1] + 1

    def is_last(self, end: int) -> bool:
        """Whether no word goes on at `end`: the text, the clause or the line (or cell) ends there."""
        return end == len(self.plain) or self.plain[end] in _CLAUSE_ENDS or self.has_gap(end)

    def _begin(self, end: int, stops: str) -> int:
        first = max(0, end - _REACH)
        return max(first, 1 + max(self.plain.rfind(stop, first, end) for stop in stops))
