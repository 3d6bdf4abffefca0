"""Why days before an event (N日前, 提前N日) cannot be counted: the 5th of a month, how early, what was long ago."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.words.numerals import read_numeral
from rulecal.law.words.reading import ALONE
from rulecal.law.words.triggers import find_event

if TYPE_CHECKING:
    from rulecal.law.words.directions import Direction
    from rulecal.law.words.glyphs import Plain

_RECURRING: Final = re.compile("每(?:个?月|个?季|周|日|天|半年)|[次当本上下首末翌同该]个?月|季度|月份?的?$")
_DATED: Final = re.compile("[在于]$|最[晚迟][在于]?$|[请务](?!求|假|工)[^,]*$")
"""Words of a notice before the 5th of a month, whose month is left out: 请于5日前."""
_LONGEST_MONTH: Final = 31
_DENIED: Final = re.compile("(?:[不未可]|可以|不得|无[需须])$")
_COMPARED: Final = re.compile("[比较](?!对)[^,]{0,12}提前$")
_NOTICE: Final = re.compile("[^,。;]{0,12}(?:通知|告知|公告|通告|预告|送达|书面)")
_PETITION: Final = re.compile("向|[^,。;]{0,12}(?:通知|告知|公告|书面|提出|申请|提交|提请|报[告备送请]|预约|公布|发布)")


def _no_day_of_a_month(figure: re.Match[str]) -> bool:
    """天 names no day of a month, nor does a number of more than its days."""
    return figure["day"] == "天" or (
        figure["day"] is not None and (read_numeral(figure["amount"]) or 0) > _LONGEST_MONTH
    )


def why_not_back(figure: re.Match[str], plain: Plain, left: str, after: str, direction: Direction) -> str:
    """前 after a plain day or month may also name the 5th of a month, or what lies in the past."""
    petition = _PETITION.match(after)
    if _DENIED.search(plain.plain, plain.clause(direction.start), min(direction.start, figure.start())):
        return "it is denied, or only allowed"
    if _COMPARED.search(left):
        return "it may only tell how early something is done"
    if not direction.follows:
        is_sure = petition or (ALONE.match(after) and not figure["year"])
        is_event = not direction.words.endswith("提前") and not figure["year"] and "提前" not in direction.words
        return "" if is_sure or is_event else "it may only tell how early something is done"
    if _RECURRING.search(left):
        return "it recurs, or its month is not named"
    if figure["working"] or figure["calendar"] or figure["hour"] or _no_day_of_a_month(figure):
        return ""
    if left.endswith(("至少", "的")) or find_event(plain, figure.start()):
        return ""
    evidence = _NOTICE.match(after) and not _DATED.search(left) if figure["day"] else petition
    return "" if evidence else "its month is not named, or it lies in the past"
