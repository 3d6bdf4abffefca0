"""A time limit (期限) out of the words of a text: figures first, then the words around each that make it a limit.

A figure is a number with a unit (十五日, 3个工作日, 2期) or a day of the year (3月1日, 6月底, 年底). It is a limit
when a word of direction stands by it (内, 前, 不超过, 不少于, 以上 and their like). What has a direction and still
cannot be counted is refused, with the reason; nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.words.around import LEFT_UNDONE, doubt
from rulecal.law.words.dates import DATE, read_date
from rulecal.law.words.glyphs import Plain
from rulecal.law.words.hedges import hedge
from rulecal.law.words.quotas import LISTED, MEASURE, read_listed, read_quota
from rulecal.law.words.reading import JOINED, NUMBER, Found, Refused
from rulecal.law.words.windows import UNITS, read_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rulecal.law.limit import Unit

SOFT: Final = re.compile(
    "及时|尽快|尽早|适时|定期|动态|限期|立即|即时|当场|当日|随时|按时|按期|如期|近期|从速|第一时间|法定期限|规定期限"
)
"""Soft words: a duty without a figure."""

_FIGURE: Final = re.compile(
    rf"{DATE}|(?P<amount>{NUMBER})(?:\((?P<again>{NUMBER})\)|{JOINED}(?P<most>{NUMBER}))?(?:{UNITS}|(?P<measure>{MEASURE}))"
)


def read_limits(text: str, days_as: Unit | None = None) -> tuple[list[Found], list[Refused]]:
    """Every limit that a text holds, in order, and what looks like one but cannot be read.

    Args:
        text: Any text.
        days_as: What the word 日 means in the instrument (S14); None: calendar days, and that is noted as unsaid.

    >>> found, refused = read_limits("自收到申请之日起十五日内答复，每季度至少检查一次。")
    >>> [str(each.norm.limit) for each in found], [each.why for each in refused]
    (['15 calendar days'], ['it is not by the year'])
    """
    plain = Plain.of(text)
    read = sorted(_each(plain, days_as), key=lambda one: (one.at, -one.end))
    refused = [one for one in read if isinstance(one, Refused)]
    found: list[Found] = []
    for one in read:
        if isinstance(one, Refused) or (found and one.end <= found[-1].end):
            continue  # a figure in the words of another limit, such as those of its trigger, is none of its own
        if found and one.at < found[-1].end:
            refused.append(Refused.of("its trigger is another limit", plain, one.at, one.end))
        else:
            found.append(one)
    return found, refused


def _each(plain: Plain, days_as: Unit | None) -> Iterator[Found | Refused]:
    stated: list[Found] = []
    for figure in _FIGURE.finditer(plain.plain):
        read = _read(plain, figure, days_as)
        if isinstance(read, Found) and not figure["measure"]:
            if _is_said_again(read, stated, plain):
                continue
            if why := doubt(plain, figure.start(), read):
                read = Refused.of(why, plain, read.at, read.end)
        if isinstance(read, Found) and (why := hedge(plain, figure.start(), read.end)):
            read = Refused.of(why, plain, read.at, read.end)
        if isinstance(read, Found):
            stated.append(read)
        if read is not None:
            yield read
    for listed in LISTED.finditer(plain.plain):
        if (of_list := read_listed(plain, listed)) is not None:
            yield of_list


def _read(plain: Plain, figure: re.Match[str], days_as: Unit | None) -> Found | Refused | None:
    if figure["measure"]:
        return read_quota(plain, figure)
    return read_window(plain, figure, days_as) if figure["amount"] else read_date(plain, figure)


def _is_said_again(one: Found, stated: list[Found], plain: Plain) -> bool:
    """A limit said before, here only as the case in which it was not kept (逾期 …日内未…的)."""
    same = any(other.norm.limit == one.norm.limit for other in stated)
    return same and LEFT_UNDONE.match(plain.plain, one.end) is not None
