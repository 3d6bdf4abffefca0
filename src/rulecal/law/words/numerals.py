"""Chinese numerals (中文数字) of texts of law: 十五, 两百, 一百二十, 廿五, 二〇二二年. Read exactly, or not at all."""

from __future__ import annotations

import re
from typing import Final

from rulecal.law.limit import FIRST_YEAR, LAST_YEAR

_ONES: Final = "零一二三四五六七八九"
_POWERS: Final = {"千": 1000, "百": 100, "十": 10}
_SAME: Final = str.maketrans(
    "〇○壹贰叁肆伍陆柒捌玖拾佰仟０１２３４５６７８９", "零零一二三四五六七八九十百千0123456789"
)

GLYPHS: Final = "0-9零〇○一二三四五六七八九十百千两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
"""The characters of numerals, for the inside of a character class."""


def write_numeral(number: int) -> str:
    """A whole number from 1 to 9999 in the plain style of laws.

    >>> [write_numeral(n) for n in (15, 120, 1005)]
    ['十五', '一百二十', '一千零五']
    """
    out, gap = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap else "") + _ONES[digit] + word
        gap = bool(out) and not digit
    return out.removeprefix("一") if out.startswith("一十") else out


def read_numeral(text: str) -> int | None:
    """The whole number from 1 to 9999 that a text writes, in Arabic, full-width or Chinese numerals; else None.

    Speech such as 一百二 (is it 102 or 120?), 两三 and 十几 is not read, nor is a mixture such as 2百.

    >>> [read_numeral(text) for text in ("15", "１５", "十五", "廿五", "两百", "壹拾伍")]
    [15, 15, 15, 25, 200, 15]
    >>> read_numeral("一百二"), read_numeral("两三")
    (None, None)
    """
    plain = text.translate(_SAME)
    if re.fullmatch("[0-9]{1,4}", plain):
        return int(plain) or None
    plain = plain.replace("廿", "二十").replace("卅", "三十")
    plain = "二" if plain == "两" else re.sub("两(?=[千百])", "二", plain)
    plain = "十" + plain[2:] if plain.startswith("一十") else plain
    number = _sum(plain)
    return number if number and write_numeral(number) == plain else None


def _sum(plain: str) -> int:
    """What the characters add up to; whether they are well written is for the caller."""
    total = digit = 0
    for glyph in plain:
        if glyph in _POWERS:
            total, digit = total + (digit or 1) * _POWERS[glyph], 0
        else:
            digit = max(_ONES.find(glyph), 0)
    return total + digit


def read_year(text: str) -> int | None:
    """The civil year that four digits write, 1949 to 2200; else None.

    >>> read_year("2022"), read_year("二〇二二"), read_year("22")
    (2022, 2022, None)
    """
    plain = text.translate(_SAME)
    digits = "".join(str(_ONES.find(glyph)) if glyph in _ONES else glyph for glyph in plain)
    if not re.fullmatch("[0-9]{4}", digits):
        return None
    return int(digits) if FIRST_YEAR <= int(digits) <= LAST_YEAR else None
