"""Why a period with words of direction is no limit, or one that cannot be counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.limit import Kind
from rulecal.law.words.ahead import why_not_back
from rulecal.law.words.excluded import leaves_out
from rulecal.law.words.lasting import STEP, is_open, is_step, stays_open
from rulecal.law.words.numerals import GLYPHS, read_numeral
from rulecal.law.words.reading import ALONE, JOINED, NOT_INSIDE
from rulecal.law.words.triggers import find_start

if TYPE_CHECKING:
    from rulecal.law.words.directions import Direction
    from rulecal.law.words.glyphs import Plain

_NO_LIMIT: Final = re.compile(f"(?:第[{GLYPHS}]*个?|头|首|近|过去|最近|约)的?$")
_MISDEED: Final = re.compile("逾期|连续|拘留|徒刑|处罚|满|超过|经验|从事|从业|执业|任职|居住|旷工|停产|停业|累计|工龄")
_DONE: Final = re.compile("[的已曾]")
_EXTENSION: Final = re.compile("延长|延期|展期|顺延")
_EXTENDED_TO: Final = re.compile("(?:延长|延期|展期|顺延|缓期)[至到]?$")
_VALIDITY: Final = re.compile(
    "有效期(?!限?(?:届满|期满|到期|满))|(?:证明|报告|结果|检测)时效|(?:出具|开具|签发|打印|拍摄)日期"
)
_MADE: Final = re.compile("(?:出具|开具|签发|打印|拍摄)(?:时间[^,]{0,6}$|的?(?=$|[,。;:()]))")
"""The day of a paper: in months, or after 为, so long ago it may have been made (为3个月内出具)."""
_PUNISHED: Final = re.compile("拘留|徒刑|拘役")
_HELD: Final = re.compile("领取|取得|获得|注册|成立|入职|毕业|从业")
_TIME_BEFORE: Final = re.compile(
    rf"[^,。;:()]*(?:期限?|时[间长])[^,。;:()]{{0,6}}?(?=[{GLYPHS}]+(?:年|个?月|[日天]|个?小时|个?工作日),$)"
)
"""What an earlier clause sets a time for."""
_AMOUNT_OF_TIME: Final = re.compile("每[年人月周天日次期半季]|单次|[合总共]计|人均|年均|累计|全年|培训|学习")
_RECURS_HERE: Final = re.compile("(?:[每次当本该上下](?:个?[年月周季旬]|半年|季度)|[月季年][初末]|每)$")
_UNRELATED: Final = re.compile(
    "(?:毕业|离校|退[役伍休]|离职|入职|成立|设立|注册|登记|取得|任意|任何|此前|之前|以前|连续|同|任一|某|超过?|逾期?|满|不足|[^到定如按长短近早限]期|[请休事病婚产年]假)$"
)
"""Words before a window that make it a status (毕业两年内) or any stretch of time (任意12个月内)."""
_EACH: Final = re.compile("每[年人月周天日次班期季]")
_MAY_ACT: Final = re.compile("(?:应当?|须|必须|[需主]?要|可以?|于|(?<!控制)(?<!保持)(?<![日期龄限间])在|[,。;:])$")
_ACTS: Final = re.compile(
    f"{STEP}|[应须必归向将对予不上申提报完改清拆撤退返还交缴办发到赶组开召举送通公制编出作补签续申领取]|[,(]"
)
"""What is done in a time; after 以内 anything else may be a thing: 2年以内驾龄."""
_MAY_STAND_BEFORE_YEARS: Final = re.compile(
    "(?:^|起|后|[应当须需要可以在于为用的,、]|必须|确保|原则上|一般|首次|承诺)$"
)
_PART_OF_A_SUM: Final = re.compile(
    rf"[{GLYPHS}](?:年|个?月|[日天]|个?小时|个?工作日)(?:[又加另])?$"
    rf"|(?<![月{GLYPHS}])[{GLYPHS}]+(?:年|个月|[日天]|个?小时|个?工作日)(?:以?后|之后|以上)?(?:不多于|不超过|至多)?$"
)
_OR_ANOTHER: Final = re.compile(rf"(?:{JOINED}|或者?|、)[{GLYPHS}]+(?:个?工作日|个?自然日|个月|个?小时|[日天])")
_LEFT_OUT: Final = re.compile(
    r"(?!.(?:(?:不含|不包括)[^,。;:()]{0,6}[当本首][日天]|当[日天]不))(?:\((?:[^)]*(?:不含|不包括|不计|除外|扣除)|[^)延]*工作日)|,(?:不含|不包括|不计|扣除))"
)
_START_AFTER: Final = re.compile(
    r"[^。;]{0,30}?(?:[,(](?:其?期限|时限|时间)?均?[自从由][^,。;()]{1,24}起(?:计?算|计(?!划))|\([自从][^()]{1,24}起\))"
)
"""Another trigger, after the figure: 20日内（自受理之日起计算）."""
_ENDS_BEFORE: Final = re.compile("前的?(?:最后|最末)?的?$")
_INSIDE: Final = re.compile("[以之]?内" + NOT_INSIDE)


def is_no_limit(plain: Plain, figure: re.Match[str], direction: Direction) -> bool:
    """Whether the words are no limit at all: an ordinal, what has been, a condition, a punishment."""
    left = plain.plain[plain.clause(figure.start()) : figure.start()]
    after = plain.plain[max(figure.end(), direction.end) :]
    if _NO_LIMIT.search(left):
        return True
    if direction.words == "以上":
        return bool(_MISDEED.search(left) or re.match("[的者未不又]", after) or not _is_floor(left, after))
    return direction.follows and direction.words.endswith("前") and _DONE.match(after) is not None


def _is_floor(left: str, after: str) -> bool:
    """以上 makes a floor of what stays open or is kept, or where it stands alone."""
    return is_open(left) or (not left and ALONE.match(after) is not None)


def why_not(
    plain: Plain, figure: re.Match[str], direction: Direction, *, said_day: bool, reasons: tuple[str, ...]
) -> str:
    """Why a figure with a direction cannot be counted; empty where it can.

    `said_day` and `reasons`: the words after it that say what a day is, and what is not counted, were read.
    """
    start = figure.start()
    left = plain.plain[plain.clause(start) : start]
    after = plain.plain[max(figure.end(), direction.end) :]
    if why := _why_no_figure(figure, left, after):
        return why
    left_out = _LEFT_OUT.match(after) or _LEFT_OUT.match(plain.plain, figure.end())
    ends = figure.end(), max(figure.end(), direction.end)
    if (left_out and not (said_day or reasons)) or leaves_out(plain, start, *ends, is_told=bool(reasons)):
        return "words beside it change how days are counted"
    if "平均" in left:
        return "it is an average"
    if _VALIDITY.search(left) or _is_of_a_paper(figure, left, after):
        return "it is how long something is valid"
    if direction.shape is Kind.COUNT_BACK:
        return why_not_back(figure, plain, left, after, direction)
    if _RECURS_HERE.search(left):
        return "it recurs"
    if direction.shape is Kind.WITHIN:
        return _why_not_within(figure, plain, left, direction)
    return _why_not_at_least(plain, left, after, direction)


def _is_of_a_paper(figure: re.Match[str], left: str, after: str) -> bool:
    """Whether the time is how old a paper may be: 为3个月内出具, 出具时间不超过3个月, （6个月内拍摄）."""
    if left.endswith(("为", "是", "系")):
        return _MADE.match(after) is not None
    return bool((figure["month"] or figure["year"]) and (_MADE.search(left) or (not left and _MADE.match(after))))


def _time_before(plain: Plain, at: int) -> str:
    """What the clause before that of `at` sets a time for; empty where it sets none."""
    clause = plain.clause(at)
    earlier = _TIME_BEFORE.search(plain.plain, plain.sentence(at), clause)
    return earlier[0] if earlier else ""


def _why_no_figure(figure: re.Match[str], left: str, after: str) -> str:
    if figure["other"]:
        return "its unit is none of working day, day, month, year, hour"
    if figure["most"] or re.match(f"[{GLYPHS}]+(?:年|个月|[日天])以下", after):
        return "it is a range, or one of several"
    if _OR_ANOTHER.match(after):
        return "it is one of several"
    if _PART_OF_A_SUM.search(left):
        return "it is a sum of two figures"
    if figure["again"] and read_numeral(figure["again"]) != read_numeral(figure["amount"]):
        return "its figure is said twice, and differs"
    return ""


def _why_not_within(figure: re.Match[str], plain: Plain, left: str, direction: Direction) -> str:
    first = min(figure.start(), direction.start)
    sentence = plain.plain[plain.sentence(figure.start()) : figure.start()]
    begin = find_start(plain, first)
    if _ENDS_BEFORE.search(sentence):
        return "it lies between two days before an event"
    if _EXTENDED_TO.search(left):
        return "it extends another limit"
    if begin and _START_AFTER.match(plain.plain, max(figure.end(), direction.end)):
        return "its trigger is said twice, and differs"
    if direction.follows:
        return _why_not_inside(figure, plain, left, direction, has_trigger=begin is not None)
    if _EXTENSION.search(sentence):
        return "it extends another limit"
    if _AMOUNT_OF_TIME.search(left):
        return "it is an amount of time, not a window"
    if _PUNISHED.search(sentence):
        return "it is how long something lasts"
    if figure["day"] and not begin and re.search("[迟晚](?!.*超过)", direction.words):
        return "its month is not named"
    named = plain.plain[plain.clause(first) : first] + direction.words
    bare = named if "时限" in direction.words or direction.is_box else named.removesuffix(direction.words)
    if figure["year"] and not begin and plain.sentence(first) < plain.clause(first):
        return "it is how long something lasts"
    is_of_step = is_step(bare, has_trigger=begin is not None, before=_time_before(plain, first))
    return "" if is_of_step else "it is how long something lasts"


def _why_not_inside(figure: re.Match[str], plain: Plain, left: str, direction: Direction, *, has_trigger: bool) -> str:
    """…内, which may also be how much time something takes, or the time since something."""
    if not has_trigger and (_EACH.search(left) or _is_length(plain, figure, left, direction)):
        return "it is an amount of time, not a window"
    is_status = (_UNRELATED.search(left) and not figure["working"]) or (
        figure["year"] and not has_trigger and not _MAY_STAND_BEFORE_YEARS.search(left)
    )
    return "it may look back, or be of a status" if is_status else ""


def _is_length(plain: Plain, figure: re.Match[str], left: str, direction: Direction) -> bool:
    """Whether 以内, or 小时内, tells how long something is (停水24小时以内), not by when something is done."""
    named = left.rsplit("、", 1)[-1]
    after = plain.plain[direction.end :]
    if _MAY_ACT.search(named) or not (direction.words.endswith("以内") or figure["hour"]):
        return False
    if ALONE.match(after):
        return not is_step(named, has_trigger=False)
    is_act = _ACTS.match(after) or (named and is_step(named, has_trigger=False))
    return direction.words.endswith("以内") and not is_act


def _why_not_at_least(plain: Plain, left: str, after: str, direction: Direction) -> str:
    if _AMOUNT_OF_TIME.search(left):
        return "it is an amount of time, not a window"
    if not direction.follows and _INSIDE.match(after):
        return "it is a floor and a ceiling at once"
    if direction.follows or is_open(direction.words):
        return ""
    sentence = plain.plain[plain.sentence(direction.start) : direction.start]
    clause = plain.plain[plain.clause(direction.start) : direction.start]
    begin = find_start(plain, direction.start)
    if begin and _HELD.search(plain.plain, begin.first, begin.last):
        return "it is an amount of time, not a window"
    earlier = _time_before(plain, direction.start)
    if stays_open(clause, sentence, after, has_trigger=begin is not None, before=earlier):
        return ""
    return "it is an amount of time, not a window"
