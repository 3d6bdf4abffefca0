"""Words that say how a window is counted: 含当日 (the trigger day too), 遇节假日顺延 (off a day off)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.limit import Roll, Start
from rulecal.law.words.numerals import GLYPHS

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_DAY: Final = "(?:当[日天]|[本首][日天])"
_OF_THE_DAY: Final = re.compile(
    rf"(?P<not>不)?(?:包?含|包括|计入|算入)[^,。;:()]{{0,6}}?(?:{_DAY}|之日(?=[),。;:]|$))|(?:之日|{_DAY})\((?P<bare_not>不)?含\)"
    rf"|{_DAY}(?P<late_not>不)?(?:计入|算入|计算在内|算在内|在内)"
)
"""Whether the trigger day is counted: (含当日), 不含受理当日, 之日(含)."""
_BARE: Final = re.compile(r"\(不?含\)")
_RIGHT_AFTER: Final = re.compile("[,(]?(?:均|都)?")
_OTHER_FIGURE: Final = re.compile(f"[{GLYPHS}]+(?:个?工作日|个?自然日|个月|个?小时|[日天年])(?:以?内|前)")
_DAYS_OFF: Final = "(?:节假|休假|休息|公休|假)日"
_ROLLS: Final = re.compile(
    rf"{_DAYS_OFF}[^。;]{{0,16}}?(?:(?P<not>不)[予得再]?)?(?:顺延|(?:结束|之后|后)的?(?:次日|第一个))"
)
_OTHER_DAYS: Final = re.compile("节假|休假日|休息日|公休|双休|周末|(?<!申请)顺延")
_NEXT_SENTENCE: Final = re.compile(
    rf"[^。;!?]*[。;]?(?:(?<=[。;])(?=如?[遇逢]|最后一|期限?届满|(?:法定|国家)*{_DAYS_OFF})[^。;!?]*)?"
)
_REACH: Final = 160
"""How far on, in characters, a sentence is looked at."""


def roll_said(plain: Plain, first: int, last: int) -> Roll | str | None:
    """What the sentence of a window says of days off: the roll, None if nothing, else why it cannot be counted."""
    words = plain.plain[plain.sentence(first) : first] + plain.plain[last : _sentence_end(plain, last)]
    said = _ROLLS.search(words)
    if _OTHER_DAYS.search(_ROLLS.sub("", words)):
        return "words beside it change how days are counted"
    if said is None:
        return None
    return Roll.NO if said["not"] else Roll.YES


def start_said(plain: Plain, first: int, last: int) -> Start | str | None:
    """Whether the words beside a window count its trigger day; None if they do not say, else why that is not sure."""
    sentence = plain.sentence(first)
    if _BARE.match(plain.plain, last):
        return "it may count the day of its trigger"
    for said in _OF_THE_DAY.finditer(plain.plain, sentence, _sentence_end(plain, last)):
        at, end = said.span()
        beside = (
            _RIGHT_AFTER.fullmatch(plain.plain, last, at)
            if at >= last
            else (end > first or not _OTHER_FIGURE.search(plain.plain, end, first))
        )
        if not beside:
            return "it may count the day of its trigger"
        return Start.NEXT_DAY if said["not"] or said["bare_not"] or said["late_not"] else Start.SAME_DAY
    return None


def _sentence_end(plain: Plain, end: int) -> int:
    """Where the sentence ends, with the next one if it goes on about days off."""
    match = _NEXT_SENTENCE.match(plain.plain, end, end + _REACH)
    return match.end() if match else end
