"""Time that a window does not count (不计入), by the reasons beside it: （不包括听证、检验时间）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.words.numerals import GLYPHS

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_REASON: Final = "[^日天周节假休年月、,。;:()0-9]{2,10}?"
"""Words of a step; what speaks of days or of days off is none."""
_AND: Final = "(?:[、和及与或]|以及|或者)"
_STEPS: Final = (
    r"(?:依法)?(?:需要?|应当)?(?:进行|组织|开展)?"
    rf"(?P<reasons>{_REASON}(?:{_AND}{_REASON})*)等?(?:环节|程序|阶段|过程)?(?:所?需要?|所用|占用)?的?(?:时间|时限|期限|期间?)"
)
_REASONS: Final = re.compile(
    rf"[^,。;:()]{{0,10}}[,(](?:其中)?(?:不包?含|不包括|不计(?:算|入)?|扣除){_STEPS}(?=$|[),。;])"
)
_ON: Final = rf"(?:(?![{GLYPHS}]+(?:个?工作日|个?自然日|个月|个?小时|[日天年]))[^。;])"
"""What goes on in the sentence, up to its next figure."""
_THE_LIMIT: Final = (
    "(?:(?:前款|上述|前述|本[条款]|该)?(?:规定)?的?(?:办理|办结|审批|审查|承诺|法定)?(?:时限|期限|时间)(?:之?内)?)"
)
_REASONS_FIRST: Final = re.compile(
    rf"{_ON}{{0,30}}?[,(。;]{_STEPS}(?:均|也|都)?(?:除外|扣除|不计|不(?:计算|计入|包?含|包括)(?:在内|在?{_THE_LIMIT})?)(?=$|[),。;])"
)
"""The reasons before the words that leave them out: 听证所需时间不计算在内."""
_LEFT_OUT: Final = re.compile(rf"{_ON}{{0,40}}?时间[^,。;]{{0,4}}(?:不计|不(?:含|包括)在|除外)")


def reasons_beside(plain: Plain, end: int) -> tuple[str, ...]:
    """The reasons that the words right after `end` say are not counted; none where they say none, or something else.

    >>> from rulecal.law.words.glyphs import Plain
    >>> reasons_beside(Plain.of("20个工作日内（不包括听证、专家评审时间）"), 7)
    ('听证', '专家评审')
    """
    said = _REASONS.match(plain.plain, end) or _REASONS_FIRST.match(plain.plain, end)
    return tuple(dict.fromkeys(re.split(_AND, said["reasons"]))) if said else ()


def leaves_out(plain: Plain, end: int) -> bool:
    """Whether the sentence after `end` says that some time is not counted."""
    return _LEFT_OUT.match(plain.plain, end) is not None
