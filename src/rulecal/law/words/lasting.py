"""Of what a ceiling or a floor is: a step of an office, a publication, a record; else of what merely lasts."""

from __future__ import annotations

import re
from typing import Final

from rulecal.law.words.numerals import GLYPHS

STEP: Final = (
    "办[理结案]|审[批查核理议验定计]|[初复终]审|[制发]证|决定|核[准查验定]|查[处验]|调查|调解|整改|改正|答[复辩]|回复|反馈|处[理置]|受理|评[审估]|登记|备案|立案|结案|签发"
    "|出具|送达|移送|提交|上报|报[送批备]|付款|响应|鉴定|检[验测疫]|开办|拨付|支付|兑付|缴纳|通知|告知|补正|复[议核]|承诺|事项|案件|业务|法定"
)
"""Steps of a procedure: a ceiling on their time is a window to act in."""
_OPEN: Final = re.compile("公示|公告|公布|公开|征求意见|听取意见|保存|保管|保留|留存|存档|张贴|挂网|发售|发布|展示")
"""What stays open or is kept: a floor on its time is a limit."""
_OPEN_AFTER: Final = re.compile("的?(?:公示|公告|公布|征求意见)期")
_BARE: Final = re.compile(
    "(?:,|应当?|应该|必?须|一般|原则上|总?(?:期限?|时限|时间|时长|用时|周期)|全程|最[长多迟晚短少]|均|都|并|也|将|可以?|需?要|为|在|于)+$"
)
_SINCE: Final = re.compile("^.*(?:起|后)(?:计?算|至[^,]*止)?")
_FROM_FIGURE: Final = re.compile(rf"(?:[由从]|现?将)?原?来?的?[{GLYPHS}]+(?:个?工作日|[日天]|个月|个?小时)[以之]?内?$")
_STEP: Final = re.compile(f"(?:{STEP})[^,]{{0,6}}$|时限")


_TIME_OF_A_STEP: Final = re.compile(f"(?:{STEP})(?:期限|时间|时限)[^,]{{0,4}}$")
"""审核时间一般不少于…: so long a step must take at least."""


def is_step(words: str, *, has_trigger: bool, before: str = "") -> bool:
    """Whether the clause before a ceiling names a step of a procedure, or nothing that could merely last.

    `before` is what an earlier clause sets a time for: 租期 in 租期1年，最长不超过2年.
    """
    bare = _bare(words, has_trigger=has_trigger) or _bare(before, has_trigger=False)
    return not bare or (_STEP.search(words if "时限" in words else bare) is not None and not _OPEN.search(words))


def stays_open(words: str, sentence: str, after: str, *, has_trigger: bool, before: str = "") -> bool:
    """Whether the clause before a floor, or what follows, names a publication or a record, or nothing that lasts."""
    if _OPEN.search(words + before) or _OPEN_AFTER.match(after) or _TIME_OF_A_STEP.search(words):
        return True
    bare = _bare(words, has_trigger=has_trigger) or _bare(before, has_trigger=False)
    return (not bare and not after.startswith("的")) or (bare.endswith("的") and _OPEN.search(sentence) is not None)


def is_open(words: str) -> bool:
    """Whether words name a publication or a record."""
    return _OPEN.search(words) is not None


def _bare(words: str, *, has_trigger: bool) -> str:
    """A clause without its trigger, its modal words and the mere nouns of time."""
    bare = _BARE.sub("", _SINCE.sub("", words) if has_trigger else words)
    return _BARE.sub("", _FROM_FIGURE.sub("", bare))
