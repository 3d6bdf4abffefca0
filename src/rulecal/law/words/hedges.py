"""Words that take the force from a limit: an aim (力争, 预计), the shortest case (最快), what has been (已于, …了)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_DUTY: Final = re.compile("应|须|必|务|请|要|确保|每")
_AIM: Final = re.compile(
    "(?:力争|争取|预计|预期|预定|[原暂初]定|原拟|原应|原本|本该|有望|希望(?!小学|工程)|努力|尽量|尽可能|鼓励(?!类)|提倡|倡导|目标[是为]|(?:^|(?<!草))拟(?=[于在到]|$)"
    "|(?:^建议|最好)(?=[在于提]|$))(?!.*(?:应|须|必|的))|(?<![度作划展施设训查发按照据入资])计划(?:[于在到至用]|$)"
)
"""What is hoped for or planned binds nobody to the day; 鼓励类, 年度计划 and 人大建议 are things."""
_AIM_AFTER: Final = re.compile(
    "[^,。;:()]{0,4}?(?:力争|预计|有望|(?:争取|计划|拟)(?=完成|全[面部]|基本|实[现施]|开|建|启动|投|达|出))"
)
_SHORTEST: Final = re.compile("最[快短早](?!的?(?:速度|时间))(?:(?![慢长迟晚]|[少低短]于)[^,。;:()]){0,8}$")
_ABOUT: Final = re.compile("(?:大概|(?<![预邀条合节契公违履签])约)[于在]?$")
_DONE: Final = re.compile("[已曾](?:[^,的]*[于在]|经?(?:全部|均|都|基本)?)$")
_DONE_AFTER: Final = re.compile(",?[^,。;:()]{0,16}?(?<![为除不])了(?![解断结望])")


def hedge(plain: Plain, start: int, end: int) -> str:
    """Why a limit with its figure at `start`, which ends at `end`, binds nobody; empty where no word says so.

    >>> from rulecal.law.words.glyphs import Plain
    >>> hedge(Plain.of("力争6月底前完成"), 2, 6), hedge(Plain.of("确保6月底前完成"), 2, 6)
    ('it is an aim, not a duty', '')
    """
    before = plain.plain[plain.clause(start) : start]
    if _AIM.search(before) or _AIM_AFTER.match(plain.plain, end):
        return "it is an aim, not a duty"
    if _SHORTEST.search(before):
        return "it is the shortest case, not a ceiling"
    if _ABOUT.search(before):
        return "its figure is only about so much"
    has_been = _DONE.search(before) and not _DUTY.search(plain.plain, plain.clause(start), end)
    if has_been or _DONE_AFTER.match(plain.plain, end):
        return "it tells what is or has been, not what is to be done"
    return ""
