"""Periods (期间) out of words: 15个工作日内, 不超过30日, 不少于7个工作日, 七日前通知, with what starts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import Kind, Period, Roll, Start, Unit, Window
from rulecal.law.norm import Norm, Trigger
from rulecal.law.words.numerals import GLYPHS, read_numeral
from rulecal.law.words.reading import JOINED, Found, Refused
from rulecal.law.words.triggers import find_event, find_start
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain
    from rulecal.law.words.triggers import Begin

_DAY_SAID: Final = r"\((?:(?:均|是)?指|均为|为|按|以)?(?P<{}>法定工作日|工作日|自然日|日历日)(?:计算?)?\)"
UNITS: Final = (
    rf"(?P<working>个?(?:法定)?工作[日天])|(?P<calendar>个?(?:自然|日历)[日天])|(?P<month>个(?:自然)?月)|(?P<hour>个?小时)"
    rf"|(?P<day>[日天])(?:{_DAY_SAID.format('said')})?|(?P<year>年)|(?P<other>个?(?:星期|礼拜)|周(?!年)|个?季度|旬|分钟)"
)
"""The units of a period, for the grammar of figures; `other` are those that no rule of ours counts."""

_IN: Final = re.compile("[之以]?内(?![部容外设涵控审地蒙网])")
_SAID_AFTER: Final = re.compile(_DAY_SAID.format("said"))
_BRACKET: Final = re.compile(r"\([^)]{0,12}(?:节假日|休息日|双休日|工作日|顺延)[^)]{0,12}\)")
_BEFORE: Final = re.compile(rf"[之以]?前(?![后往来去期述款置{GLYPHS}])")
_OVER: Final = re.compile("以上")
_CEILING: Final = re.compile(
    "(?:不(?:得|能|可|应|准)?(?:超过|超出|多于|长于|高于|迟于|晚于)|[至最]多|最[长迟晚]|控制在|(?:压缩|压减|缩短|缩减)[到至为])(?:不超过)?[为在于]?$"
)
_FLOOR: Final = re.compile(
    "(?:不(?:得|能|可|应)?(?:少于|低于|短于|小于)|至少|最少)[为在是要]?(?:公示|公告|公布|公开|征求意见|保存|保留|留存|保管)?$"
)
_AHEAD: Final = re.compile("(?:(?:至少|应当|应)?提前|(?<=[行开满期施始庭标会])前)(?:至少|不少于|不得少于)?$")

_PROMISE: Final = re.compile("(?<!告知)承诺(?![书制清件])|实际办[理结]|压缩|压减|缩短|缩减|提速")
_USUAL: Final = re.compile("(?:一般|原则上)(?:应当|应|须|都|均|要)?$")
_PUBLIC_AFTER: Final = re.compile("的?(?:公示|公告|公布|征求意见)期")
_PUBLIC: Final = re.compile("公开征求|征求意见|听取意见|公示|公告|公布")
_KEPT: Final = re.compile("保存|保管|保留|留存|存档")
_OPEN_FOR_YEARS: Final = re.compile("保存|保管|保留|留存|公示|公告|公布|公开|期限")

_EXTENSION: Final = re.compile("延长|延期|展期|顺延")
_VALIDITY: Final = re.compile("有效期(?!限?(?:届满|期满|到期|满))")
_BARRED: Final = re.compile(",?(?:不得|不能再|不再|不予|禁止)")
_AMOUNT_OF_TIME: Final = re.compile("每[年人月周天日次期半季]|人均|年均|累计|全年|培训|学习")
_RECURRING: Final = re.compile("每(?:个?月|个?季|周|日|天|半年)|[次当本]月|季度")
_NO_LIMIT: Final = re.compile("第$|近$|过去$|最近$|约$")
_MISDEED: Final = re.compile("逾期|连续|拘留|徒刑|处罚|满|超过|经验|从事|从业|执业|任职|居住|旷工|停产|停业|累计|工龄")
_DONE: Final = re.compile("[的已曾]")
_PART_OF_A_SUM: Final = re.compile(rf"[{GLYPHS}](?:年|个?月|[日天]|个?小时|个?工作日)[又加]?$")
_ONE_OF_SEVERAL: Final = re.compile(rf"[{GLYPHS}](?:年|个?月|[日天]|个?小时|个?工作日)?内?(?:{JOINED}|或者?|、)$")
_OR_ANOTHER: Final = re.compile(rf"(?:{JOINED}|或者?|、)[{GLYPHS}]+(?:个?工作日|个?自然日|个月|个?小时|[日天])")
_HEADING: Final = re.compile(rf"^[{GLYPHS}]+、$")
_NOTICE: Final = re.compile("[^,。;]{0,12}(?:通知|告知|公告|通告|预告|送达|书面)")
_PETITION: Final = re.compile("[^,。;]{0,12}(?:通知|告知|公告|书面|提出|申请|提交)")


@dataclass(frozen=True, slots=True)
class _Direction:
    """The words of direction, `plain[start:end]`, and what they ask for."""

    shape: Kind
    start: int
    end: int
    words: str


def read_window(plain: Plain, figure: re.Match[str], days_as: Unit | None) -> Found | Refused | None:
    """The limit that a period makes with the words around it; None where it is no limit."""
    direction = _direction(plain, figure)
    if direction is None or _is_none(plain, figure, direction):
        return None
    place = min(figure.start(), direction.start), max(figure.end(), direction.end)
    if why := _why_not(plain, figure, direction):
        return Refused.of(why, plain, *place)
    amount = read_numeral(figure["amount"])
    if amount is None:
        return Refused.of("its number cannot be read", plain, *place)
    unit, is_said = _unit(figure, plain.plain[direction.end :], days_as)
    try:
        period = Period(amount, unit)
    except InvalidPeriodError as err:
        return Refused.of(err.message, plain, *place)
    return _found(plain, figure, direction, period, is_said=is_said)


def _direction(plain: Plain, figure: re.Match[str]) -> _Direction | None:
    """The words of direction by a figure, the stronger first."""
    start, end = figure.span()
    clause = plain.clause(start)
    left = plain.plain[clause:start]
    inside, before = _IN.match(plain.plain, end), _BEFORE.match(plain.plain, end)
    looks = (
        (Kind.COUNT_BACK, None if inside else _AHEAD.search(left), clause),
        (Kind.COUNT_BACK, before, 0),
        (Kind.AT_LEAST, _FLOOR.search(left), clause),
        (Kind.WITHIN, inside, 0),
        (Kind.WITHIN, _CEILING.search(left), clause),
        (Kind.AT_LEAST, _OVER.match(plain.plain, end), 0),
    )
    for shape, match, shift in looks:
        if match is not None:
            return _Direction(shape, match.start() + shift, match.end() + shift, match[0])
    return None


def _is_none(plain: Plain, figure: re.Match[str], direction: _Direction) -> bool:
    """Whether the words are no limit at all: an ordinal, what has been, a condition, a punishment."""
    left = plain.plain[plain.clause(figure.start()) : figure.start()]
    after = plain.plain[max(figure.end(), direction.end) :]
    if _NO_LIMIT.search(left):
        return True
    if direction.words.endswith("以上"):
        kept = figure["year"] is None or _OPEN_FOR_YEARS.search(left)
        return bool(not kept or _MISDEED.search(left) or re.match("[的者未不又]", after))
    return direction.words.endswith("前") and _DONE.match(after) is not None


def _why_not(plain: Plain, figure: re.Match[str], direction: _Direction) -> str:
    """Why a figure with a direction cannot be counted; empty where it can."""
    start = figure.start()
    left = plain.plain[plain.clause(start) : start]
    after = plain.plain[max(figure.end(), direction.end) :]
    if why := _why_no_figure(figure, left, after):
        return why
    if left.endswith("每"):
        return "it recurs"
    if _VALIDITY.search(left):
        return "it is how long something is valid"
    if direction.shape is Kind.WITHIN:
        sentence = plain.plain[plain.sentence(start) : start]
        return _why_not_within(sentence, after, direction)
    if direction.shape is Kind.COUNT_BACK:
        return _why_not_back(figure, plain, left, after, direction)
    return "it is an amount of time, not a window" if _AMOUNT_OF_TIME.search(left) else ""


def _why_no_figure(figure: re.Match[str], left: str, after: str) -> str:
    if figure["other"]:
        return "its unit is none of working day, day, month, year, hour"
    several = _ONE_OF_SEVERAL.search(left) and not _HEADING.search(left)
    if figure["most"] or several or re.match(f"[{GLYPHS}]+(?:年|个月|[日天])以下", after):
        return "it is a range, or one of several"
    if _OR_ANOTHER.match(after):
        return "it is one of several"
    if _PART_OF_A_SUM.search(left):
        return "it is a sum of two units"
    if _BRACKET.match(after) and not _SAID_AFTER.match(after):
        return "a bracket changes how days are counted"
    return ""


def _why_not_within(sentence: str, after: str, direction: _Direction) -> str:
    if sentence.endswith("前"):
        return "it lies between two days before an event"
    if not direction.words.endswith("内") and _EXTENSION.search(sentence):
        return "it extends another limit"
    return "it bars an act for a time" if _BARRED.match(after) else ""


def _why_not_back(figure: re.Match[str], plain: Plain, left: str, after: str, direction: _Direction) -> str:
    """前 after a plain day or month may also name the 5th of a month, or what lies in the past."""
    if not direction.words.endswith("前") or figure["working"] or figure["calendar"] or figure["hour"]:
        return ""
    if _RECURRING.search(left) or left.endswith("月"):
        return "it recurs, or its month is not named"
    if left.endswith(("至少", "的")) or find_event(plain, figure.start()):
        return ""
    evidence = _NOTICE if figure["day"] else _PETITION
    return "" if evidence.match(after) else "its month is not named, or it lies in the past"


_NAMED_UNITS: Final = {
    "working": Unit.WORKING_DAY,
    "calendar": Unit.CALENDAR_DAY,
    "month": Unit.MONTH,
    "hour": Unit.HOUR,
    "year": Unit.YEAR,
}


def _unit(figure: re.Match[str], after: str, days_as: Unit | None) -> tuple[Unit, bool]:
    """The unit, and whether the text or the caller has said it."""
    for name, unit in _NAMED_UNITS.items():
        if figure[name]:
            return unit, True
    bracket = _SAID_AFTER.match(after)
    said = figure["said"] or (bracket["said"] if bracket else "")
    if said:
        return (Unit.WORKING_DAY if "工作" in said else Unit.CALENDAR_DAY), True
    return days_as or Unit.CALENDAR_DAY, days_as is not None


def _found(plain: Plain, figure: re.Match[str], direction: _Direction, period: Period, *, is_said: bool) -> Found:
    shape = direction.shape
    first = min(figure.start(), direction.start)
    last = max(figure.end(), direction.end)
    begin = find_event(plain, first) if shape is Kind.COUNT_BACK else find_start(plain, first)
    kind, window, kinds = _say(plain, shape, first, figure, period, begin)
    words = plain.written(begin.first, begin.last) if begin else ""
    unit = next(name for name in (*_NAMED_UNITS, "day") if figure[name])
    spans = [
        ("amount", *figure.span("amount")),
        ("unit", *figure.span(unit)),
        ("direction", direction.start, direction.end),
    ]
    if begin:
        spans.append(("trigger", begin.first, begin.last))
    norm = Norm(
        "",
        Text(),
        kind,
        window,
        Trigger(kinds, Text(words, words)),
        written=plain.written(figure.start("amount"), figure.end(unit)),
    )
    unsaid = {"unit": not is_said, "start": begin is None, "roll": window.roll is Roll.UNCLEAR}
    return Found.of(plain, norm, min(first, begin.whole) if begin else first, last, spans, unsaid)


def _say(
    plain: Plain, shape: Kind, first: int, figure: re.Match[str], period: Period, begin: Begin | None
) -> tuple[Kind, Window, tuple[str, ...]]:
    """The kind, the window and the kinds of its trigger."""
    kinds = begin.kinds if begin else ()
    clause = plain.plain[plain.clause(first) : figure.start()]
    if shape is Kind.COUNT_BACK:
        return Kind.COUNT_BACK, Window(period, Roll.NO), kinds
    if shape is Kind.WITHIN:
        open_end = period.unit in {Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR}
        kind = Kind.PROMISE if _PROMISE.search(clause) else Kind.WITHIN
        return kind, Window(period, Roll.UNCLEAR if open_end else Roll.YES), kinds
    sentence = plain.plain[plain.sentence(first) : figure.start()]
    is_public = _PUBLIC.search(sentence) or _PUBLIC_AFTER.match(plain.plain, figure.end())
    if begin is None and is_public and not _KEPT.search(clause):
        kinds = ("published",)
    start = Start.UNCLEAR if "published" in kinds else Start.NEXT_DAY
    return (
        Kind.AT_LEAST,
        Window(period, Roll.NO, start, usual=_USUAL.search(plain.plain, plain.clause(first), first) is not None),
        kinds,
    )
