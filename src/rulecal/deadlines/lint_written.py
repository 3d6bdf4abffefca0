"""Whether a limit is what its text writes: for the linter, which finds slips of the pen."""

from __future__ import annotations

import re
from typing import Final

from rulecal.law.limit import FixedDate, Limit, Quota, Unit, Window
from rulecal.law.words.numerals import GLYPHS, read_numeral


def is_written(limit: Limit, written: str) -> bool:
    """Whether one of the figures that a text writes, where some can be read, is the limit's, in its unit.

    >>> from rulecal.law.limit import Period
    >>> is_written(Window(Period(12, Unit.MONTH)), "一年"), is_written(Window(Period(15, Unit.MONTH)), "15日")
    (True, False)
    >>> is_written(FixedDate(6, 30), "6月底前"), is_written(Quota(4), "每季度一次")
    (True, True)
    """
    figures = [n for each in re.findall(f"[{GLYPHS}]+", written) if (n := read_numeral(each))]
    if isinstance(limit, Window):
        return _is_length(limit, written, figures)
    if isinstance(limit, FixedDate):
        return _is_date(limit, written, figures)
    return _is_often(limit, written, figures)


_DAYS: Final = ((1, Unit.WORKING_DAY), (1, Unit.CALENDAR_DAY))
_SIZES: Final[dict[str, tuple[tuple[int, Unit], ...]]] = {
    "工作日": _DAYS[:1],
    "自然日": _DAYS[1:],
    "日历日": _DAYS[1:],
    "日": _DAYS,
    "天": _DAYS,
    "周": ((7, Unit.CALENDAR_DAY),),
    "月": ((1, Unit.MONTH),),
    "年": ((12, Unit.MONTH),),
    "小时": ((1, Unit.HOUR),),
}
"""What a word of a unit can mean; 日 and 天 may be either day."""
_LENGTH: Final = re.compile(f"([{GLYPHS}]+)个?({'|'.join(_SIZES)})(半?)")
_HALF_A_YEAR: Final = re.compile(f"(?<![{GLYPHS}上下])半年")


def _is_length(limit: Window, written: str, figures: list[int]) -> bool:
    said = {
        (n * size + bool(half) * size // 2, unit)
        for figure, word, half in _LENGTH.findall(written)
        if (n := read_numeral(figure))
        for size, unit in _SIZES[word]
    }
    if _HALF_A_YEAR.search(written):
        said.add((6, Unit.MONTH))
    if not said:
        return not figures or limit.period.amount in figures
    unit = limit.period.unit
    return (limit.period.months, Unit.MONTH if unit is Unit.YEAR else unit) in said


_DATE: Final = re.compile(f"([{GLYPHS}]+)月(?:([{GLYPHS}]+)日|[底末])")
_YEAR_END: Final = re.compile("年[底末]")


def _is_date(limit: FixedDate, written: str, figures: list[int]) -> bool:
    said = {(read_numeral(month), read_numeral(day) if day else None) for month, day in _DATE.findall(written)}
    if _YEAR_END.search(written):
        said.add((12, None))
    if not said:
        return not figures or all(each is None or each in figures for each in (limit.month, limit.day))
    ends = {None, limit.month_end}
    days = ends if limit.day in ends else {limit.day}
    return any((limit.month, day) in said for day in days)


_EACH: Final = re.compile(r"每(?:个)?(半年|季|月|周)")
_TIMES: Final = {"半年": 2, "季": 4, "月": 12, "周": 52}


def _is_often(limit: Quota, written: str, figures: list[int]) -> bool:
    each = _EACH.search(written)
    if each is None:
        return not figures or limit.at_least in figures
    return limit.at_least in {n * _TIMES[each[1]] for n in figures or [1]}
