"""Periods (期间) out of words: 15个工作日内, 不超过30日, 不少于7个工作日, 七日前通知, with what starts them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import Kind, Period, Roll, Start, Unit, Window
from rulecal.law.norm import Norm, Trigger
from rulecal.law.provision import Excluding
from rulecal.law.words.counted import roll_said, start_said
from rulecal.law.words.directions import find_direction
from rulecal.law.words.excluded import reasons_beside
from rulecal.law.words.numerals import read_numeral
from rulecal.law.words.reading import Found, Refused
from rulecal.law.words.triggers import find_event, find_start
from rulecal.law.words.uncounted import is_no_limit, why_not
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.law.words.directions import Direction
    from rulecal.law.words.glyphs import Plain
    from rulecal.law.words.triggers import Begin

_DAY_SAID: Final = r"\((?:(?:均|是)?指|均为|为|按|以)?(?P<{}>法定工作日|工作日|自然日|日历日)(?:计算?)?\)"
UNITS: Final = (
    rf"(?P<working>个?(?:法定)?工作[日天])|(?P<calendar>个?(?:自然|日历)[日天])|(?P<month>个(?:自然)?月)|(?P<hour>个?小时)"
    rf"|(?P<day>[日天])(?:{_DAY_SAID.format('said')})?|(?P<year>年)|(?P<other>个?(?:星期|礼拜)|周(?!年)|个?季度|旬|分钟)"
)
"""The units of a period, for the grammar of figures; `other` are those that no rule of ours counts."""

_SAID_AFTER: Final = re.compile(_DAY_SAID.format("said"))
_PROMISE: Final = re.compile("(?<!告知)承诺(?![书制清件])|实际办[理结]|压缩|压减|缩短|缩减|提速")
_USUAL: Final = re.compile("(?:一般|原则上)(?:应当|应|须|都|均|要)?$")
_PUBLIC_AFTER: Final = re.compile("的?(?:公示|公告|公布|征求意见)期")
_PUBLIC: Final = re.compile("公开征求|征求意见|听取意见|公示|公告|公布")
_KEPT: Final = re.compile("保存|保管|保留|留存|存档")
_NAMED_UNITS: Final = {
    "working": Unit.WORKING_DAY,
    "calendar": Unit.CALENDAR_DAY,
    "month": Unit.MONTH,
    "hour": Unit.HOUR,
    "year": Unit.YEAR,
}


def read_window(plain: Plain, figure: re.Match[str], days_as: Unit | None) -> Found | Refused | None:
    """The limit that a period makes with the words around it; None where it is no limit."""
    direction = find_direction(plain, figure)
    if direction is None or is_no_limit(plain, figure, direction):
        return None
    place = min(figure.start(), direction.start), max(figure.end(), direction.end)
    said_day = _said_day(figure, plain.plain[place[1] :])
    reasons = _reasons(plain, figure, direction)
    if why := why_not(plain, figure, direction, said_day=said_day is not None, reasons=reasons):
        return Refused.of(why, plain, *place)
    amount = read_numeral(figure["amount"])
    if amount is None:
        return Refused.of("its number cannot be read", plain, *place)
    unit, is_said = _unit(figure, said_day, days_as)
    try:
        period = Period(amount, unit)
    except InvalidPeriodError as err:
        return Refused.of(err.message, plain, *place)
    return _found(plain, figure, direction, period, reasons, is_said=is_said)


def _reasons(plain: Plain, figure: re.Match[str], direction: Direction) -> tuple[str, ...]:
    """For what a window to act in is not counted, by the words after its figure or after its direction."""
    if direction.shape is not Kind.WITHIN or figure["hour"] or figure["year"]:
        return ()
    return reasons_beside(plain, figure.end(), max(figure.end(), direction.end))


def _said_day(figure: re.Match[str], after: str) -> str | None:
    """What a bracket says that 日 means."""
    bracket = _SAID_AFTER.match(after)
    return figure["said"] or (bracket["said"] if bracket else None)


def _unit(figure: re.Match[str], said: str | None, days_as: Unit | None) -> tuple[Unit, bool]:
    """The unit, and whether the text or the caller has said it."""
    for name, unit in _NAMED_UNITS.items():
        if figure[name]:
            return unit, True
    if said:
        return (Unit.WORKING_DAY if "工作" in said else Unit.CALENDAR_DAY), True
    return days_as or Unit.CALENDAR_DAY, days_as is not None


def _found(
    plain: Plain,
    figure: re.Match[str],
    direction: Direction,
    period: Period,
    reasons: tuple[str, ...],
    *,
    is_said: bool,
) -> Found | Refused:
    shape = direction.shape
    first = min(figure.start(), direction.start)
    last = max(figure.end(), direction.end)
    begin = find_event(plain, first) if shape is Kind.COUNT_BACK else find_start(plain, direction.since or first)
    kind, window, kinds = _say(plain, shape, first, figure, period, begin)
    counted = _as_said(window, shape, start_said(plain, first, last), roll_said(plain, first, last))
    if isinstance(counted, str):
        return Refused.of(counted, plain, first, last)
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
        counted,
        Trigger(kinds, Text(words, words)),
        written=plain.written(figure.start("amount"), figure.end(unit)),
        excludes=(Excluding(reasons),) if reasons else (),
    )
    unsaid = {"unit": not is_said, "start": begin is None, "roll": counted.roll is Roll.UNCLEAR}
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
    is_open = "published" in kinds and period.unit is not Unit.HOUR
    start = Start.UNCLEAR if is_open else Start.NEXT_DAY
    return (
        Kind.AT_LEAST,
        Window(period, Roll.NO, start, usual=_USUAL.search(plain.plain, plain.clause(first), first) is not None),
        kinds,
    )


def _as_said(window: Window, shape: Kind, start: Start | str | None, roll: Roll | str | None) -> Window | str:
    """The window with what the words beside it say of its trigger day and of days off; else why that cannot be."""
    if not isinstance(start, Start | None):
        return start
    if not isinstance(roll, Roll | None):
        return roll
    if start is Start.SAME_DAY and (shape is Kind.COUNT_BACK or window.period.unit is Unit.HOUR):
        return "it counts a day that such a window does not have"
    if roll and shape is not Kind.WITHIN:
        return "it moves off days off, which only a window to act in does"
    if roll and window.roll is Roll.UNCLEAR:
        window = replace(window, roll=roll)
    return replace(window, start=start) if start else window
