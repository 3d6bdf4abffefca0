"""Time that a window does not count (不计入), by the reasons beside it: （不包括听证、检验时间）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.words.numerals import GLYPHS

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_REASON: Final = "(?!所[需用]|其[中他它]|[上前]述|以上|[该此这])[^日天周节假休年月、,。;:()0-9]{2,10}?"
"""Words of a step; what speaks of days or of days off is none, nor is what stands for other words (所需, 上述)."""
_AND: Final = "(?:[、和及与或]|以及|或者)"
_NEEDED: Final = "(?:其中)?(?:依法|依规)?(?:确?需要?|应当)?(?:进行|组织|开展)?"
_LISTED: Final = rf"{_REASON}(?:{_AND}{_REASON})*"
_TIME: Final = "(?:所?需要?|所用|占用)?的?(?:时间|时限|期限|期间?)"
_STEPS: Final = rf"{_NEEDED}(?P<reasons>{_LISTED})等?(?:环节|程序|阶段|过程)?{_TIME}"
_STEPS_NEEDED: Final = rf"(?:依法|依规)?(?:确?需要?|应当)(?:进行|组织|开展)?(?P<needed>{_LISTED})的,(?:其|上述)?{_TIME}"
"""需要听证、鉴定的，所需时间…: the steps as a case."""
_REASONS: Final = re.compile(
    rf"[^,。;:()]{{0,10}}[,(](?:其中)?(?:不包?含|不包括|不计(?:算|入)?|扣除){_STEPS}(?P<needed>)(?=$|[),。;])"
)
_ON: Final = rf"(?:(?![{GLYPHS}]+(?:个?工作日|个?自然日|个月|个?小时|[日天年]))[^。;\n])"
"""What goes on in the sentence, up to its next figure."""
_THE_LIMIT: Final = (
    "(?:(?:前款|上述|前述|本[条款节章]|该)?(?:规定)?的?"
    "(?:办[理结案]|审[批查核理]|处理|许可|登记|承诺|法定)?(?:时限|期限|时间)(?:之?内)?)"
)
_NOT_COUNTED: Final = rf"(?:除外|扣除|不计|不(?:计算|计入|包?含|包括)(?:在内|在?{_THE_LIMIT})?)"
_REASONS_FIRST: Final = re.compile(
    rf"{_ON}{{0,30}}?[,(。;](?:{_STEPS}|{_STEPS_NEEDED})(?:均|也|都)?{_NOT_COUNTED}(?=$|[),。;])"
)
"""The reasons before the words that leave them out: 听证所需时间不计算在内."""
_SPAN: Final = "(?:时间|时限|期限|期间|工作日|天数)"
_STEP_WORDS: Final = (
    "公示|公告|听证|评[审估]|论证|鉴定|检[验测疫]|踏勘|勘[验察]|补[正齐]|整改|送达|审计|招标|环节|程序|阶段"
)
_LEFT_OUT: Final = (
    rf"不(?:予|再)?计(?:算|入)?(?:在|[^,。;()]{{0,12}}(?:{_SPAN}|之?内))|{_SPAN}[^,。;()的]{{0,4}}除外"
    rf"|{_SPAN}[^,。;()]{{0,6}}(?:不(?:予|再)?[计算]|不(?:包?含|包括)在|不在[此其内上本]|扣除|剔除|中止|中断|暂停)"
    rf"|(?:扣除|剔除|刨除)[^,。;()]{{0,16}}{_SPAN}|(?:中止|暂停|停止)(?:计算|计时)|另(?:行计算|[计算](?![划]))"
    rf"|除[^,。;()]{{0,20}}(?:{_SPAN}|{_STEP_WORDS})[^,。;()]{{0,6}}外"
)
"""Words that take time out of a count, whatever for."""
_BEFORE: Final = re.compile(_LEFT_OUT)
_BESIDE: Final = re.compile(rf"(?:{_ON}|;)*?(?:。(?:{_ON}|;)*?)?(?:{_LEFT_OUT})")
"""The same, in the sentence that goes on after a figure or in the next one."""
_REACH: Final = 160


def reasons_beside(plain: Plain, *ends: int) -> tuple[str, ...]:
    """The reasons that the words right after one of `ends` say are not counted; none where they say none.

    >>> from rulecal.law.words.glyphs import Plain
    >>> reasons_beside(Plain.of("20个工作日内（不包括听证、专家评审时间）"), 7)
    ('听证', '专家评审')
    """
    said = _said(plain, *ends)
    return tuple(dict.fromkeys(re.split(_AND, said["reasons"] or said["needed"]))) if said else ()


def leaves_out(plain: Plain, start: int, *ends: int, is_told: bool) -> bool:
    """Whether the words beside the figure at `start` say that time is not counted.

    They are looked for from its sentence up to the next figure; `is_told`: less what `reasons_beside` has read.
    """
    if _BEFORE.search(plain.plain, plain.sentence(start), start):
        return True
    said = _said(plain, *ends) if is_told else None
    end = said.end() if said else ends[0]
    return _BESIDE.match(plain.plain, end, end + _REACH) is not None


def _said(plain: Plain, *ends: int) -> re.Match[str] | None:
    looks = (pattern.match(plain.plain, end) for end in ends for pattern in (_REASONS, _REASONS_FIRST))
    return next(filter(None, looks), None)
