"""Dates that state no day to act by: how things stood, how long something lasts, from when it may begin."""

from __future__ import annotations

import re
from typing import Final

from rulecal.law.words.numerals import GLYPHS
from rulecal.law.words.reading import ALONE

_GOES_ON: Final = re.compile(
    rf"前|起|开始|以[来后]|之后|后|的|至|到|左右|上下|[-—~/或]|[{GLYPHS}]|总(?!结)|余额|结[转余存]|存[量款栏]|统计数|数据|人口|库存|保有|在[册校岗编]"
    rf"|、(?:次年|[{GLYPHS}]+月)(?:[初中]|[上中下]旬)|[方才](?!案|便)|结束|到期|届满|失效|终止|停[止用]|废止|关闭"
)
"""After 6月底 without 前: another day, a number of that day, from when something may begin, or that it ends."""
_VALID: Final = re.compile("(?:有效|施行|执行|实施|试行|适用|任期|公示|公告|期限?|起)[^,。;]{0,6}$")
_RUNS_TO: Final = re.compile(
    "(?:延[长期续]|展期|顺延|缓[缴交期]|期[间限]?|持续|[延存]续|执行|实施|施行|试行|有效|保留|保持|继续|维持|开放|运行|封闭|关闭|暂停|免[征收缴]|直)[至到]$"
)
_TO: Final = re.compile(
    "(?<=[^日号月底末年])(?<!截)(?<!截止)(?<!提前)(?<!推迟)(?<!延迟)(?<!调整)(?<!放宽)(?<!变更)(?<!改)[至到]$"
)
"""封闭至6月30日止: what is done up to a day lasts; 提前至6月底前 is a day to act by."""
_STATUS: Final = re.compile("^截[至止]到?$")
_ENDED: Final = re.compile("$|[。;)]|[为之]?[截停]?止")
"""截至6月底 with words after it tells how things stood; alone it is an end."""
_DONE: Final = re.compile("[的已曾]")
_STOOD: Final = re.compile(
    ",?[^,。;对将把就成]{0,6}(?:已(?!(?:[建有批备购供]|投产)(?!成|立|案))|曾|共(?:[有计]|受理|办|完成|建成)|累计|达到?了|尚)"
)
"""How things stood on a day: 2021年底，全市共有…"""
RECURS: Final = re.compile(
    rf",?(?:各[^,。;:()]{{1,6}})?(?:应当?|须|要|均|至少|坚持|按照?)?每[半{GLYPHS}]*个?(?:[年季月周旬日天]|星期|工作日|小时|学期)"
)
"""What is done again and again up to a day, or in a time: 每季度报送."""


def is_mention(before: re.Match[str] | None, left: str, after: str) -> bool:
    """Whether a date only dates a state of affairs, or what was done before it."""
    if _STATUS.search(left) and not _ENDED.match(after):
        return True
    return bool((_DONE if before else _GOES_ON).match(after) or _STOOD.match(after))


def why_no_day(left: str, after: str, *, is_until: bool, is_before: bool) -> str:
    """Why a date between these words is no day to act by; empty where it may be one.

    `is_until` and `is_before` say that 止 or 前 stands by it.
    """
    if RECURS.match(after):
        return "it recurs"
    lasts = _RUNS_TO.search(left) or (is_until and _VALID.search(left))
    if not lasts and _TO.search(left):
        is_open = is_before and not ALONE.match(after)
        lasts = None if is_open or (left.endswith("到") and not (is_until or is_before)) else _TO.search(left)
    return "it is how long something lasts" if lasts else ""
