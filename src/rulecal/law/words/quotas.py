"""So many times a year (S21) out of words: 每年至少举办1期, 每年2期以上, 不少于1次, 开展1-2项, 制定年度目录."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import Kind, Quota
from rulecal.law.norm import Norm
from rulecal.law.words.around import is_case
from rulecal.law.words.numerals import GLYPHS, read_numeral
from rulecal.law.words.reading import Found, Refused, last_of
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_TIMES: Final = "[次期场轮](?![性办数日月年间限满所地])|批次?(?![准复])"
MEASURE: Final = rf"{_TIMES}|[件项](?!目)|个(?!月|工作|小时|自然|日历|星期|礼拜|季|半|百分|别)|[份篇例堂](?!额)"
"""What is counted in a quota, for the grammar of figures."""
_EVENT: Final = re.compile(f"(?:{_TIMES}|[件项])$")
_DONE_EACH_TIME: Final = re.compile("[次期场轮]|批次?")

_FLOOR: Final = re.compile(rf"(?:不(?:得|能|可|应)?(?:少于|低于)|至少|最少)[^,。;:、()0-9{GLYPHS}]{{0,10}}$")
_OVER: Final = re.compile(r"(?:\(含\))?(?:及其?)?以上(?![的者])")
_YEARLY: Final = re.compile(f"[今本当明次]年度?|[0-9]{{4}}年度?|年度|(?<![{GLYPHS}])年内")
_EVERY_YEAR: Final = re.compile(f"每年度?|每一年|全年|(?<![{GLYPHS}第满近前头])一年(?![以之]?内|[中里间来])")
_EACH_YEAR: Final = re.compile(_EVERY_YEAR.pattern.replace("|全年", ""))
"""Without 全年, which mostly tells of a year that is over."""
_ONE_YEAR: Final = re.compile("[今本当明次0-9]|年内")
_CEILING: Final = re.compile(
    "不(?:得|能|可|应|准|宜|会)?再?(?:超|多于|高于|大于|突破)|[至最]多|最高|上限|封顶|控制|限(?!期|定)|[仅只]"
)
_CEILING_AFTER: Final = re.compile(r"(?:\(含\))?(?:及其?)?(?:[以之]?内|以下)|为限|封顶|为上限")
_BARRED: Final = re.compile("不(?:得|能|可|应|准|宜)|禁止|严禁")
_NOT_DONE: Final = re.compile(
    "不|未|没|无|可(?!持续)|[<>≤≥=超逾达足]|大于|小于|少于|低于|满(?!意)|约|已|曾|共(?!同|享|建)|了(?!解)|受|收到|接报|死亡|伤亡|人数|分$|被|享|迟到|缺|旷|违|犯|发生|出现|累计|连续|获"
)
"""Words before a number of times that count what has been, what befalls one or what one may do, not a duty."""
_OTHER_FIGURE: Final = re.compile(f"[{GLYPHS}]+(?:{MEASURE}|[年月])")
"""A figure between 每年 and the number: 每年2次、县级1次. The words of the one do not reach over the other."""
_OTHER_TIMES: Final = re.compile(f"^.*[{GLYPHS}]+(?:{_TIMES})(?:以上)?[、(]")
"""The number before this one, with all that is said of it: 市级不少于2次、"""
_OPTIONAL: Final = re.compile("可以?$|必要时|需要时|视情|酌情")
_AVERAGE: Final = re.compile("[平人年户]均")
_NOT_DONE_AFTER: Final = re.compile("左右|上下|[不未没无缺迟旷违被]|受(?!理)")
_OF_A_CASE: Final = re.compile("[日天]起|期间|期内|[前后时](?:,|$)|催告|公告|公示|送达|通知|面试|补考|询价|报价|问诊")
_OF_A_CASE_AFTER: Final = re.compile("[^,。;:()]{0,6}(?:催告|公告|送达|面试|补考|机会|询价|报价|问诊)")
"""Words of one proceeding: a number of times in it is not by the year."""
_OF_ONE_TIME: Final = re.compile(
    rf"每|第[{GLYPHS}]+年|首年|(?<![目当提先])[前后](?![期续])|期间|(?<![及定实适临随按准])时(?!间|限|政)|[年月日]内"
)
"""Words of one time, or of another cycle, beside a number without its year: 6月底前至少1次, 每学期至少1次."""
_PARTS: Final = re.compile(
    "[、和及与][^,、]{0,8}?(?:[0-9一二三四五六七八九十]月份?|季|节|[日底]?前|期间|假期|年[初中末底])|春秋|[上下]、?下?半年|[两四]季"
    "|分别|各自?(?![级省州旗盟地市县区乡镇村街部单机科局委办厅所学高校院企行类相成责主专系银支党基项组厂矿站景医园班队团片网馆户人农业]|有关)[^,]{0,8}$"
)
"""Several parts of the year, or several things, each of which has the number: 6月、12月各1次."""
_OTHER_CYCLE: Final = re.compile(
    rf"每个?(?:半年|学[年期]|届|季度?|月|周|星期|旬|日|天|次|场|期|件|项|批|案|轮)|每隔?[二两三四五六七八九十2-9]+个?[年月]|按[季月周]|[月周]均"
    rf"|(?<!每)[{GLYPHS}]+(?:个?月|[年日天])[以之]?内|任期|季度"
)
_CYCLE_AFTER: Final = re.compile("[/每](?:个?[季月周日天人]|半年|次)")
_ACT: Final = re.compile("(?:开展|组织|举办|举行|召开|实施|完成|安排|进行)(?:实施|开展)?$")
_AFTERWARDS: Final = re.compile("[的后]")
_MENTIONED: Final = re.compile("(?:[不未已曾的再无免]|不得|按照?|根据|依据)$")
_MENTIONED_AFTER: Final = re.compile("[的时前后中]")

LISTED: Final = re.compile(
    "(?<!未)(?:制定|制订|编制|拟定|拟订|发布|公布|形成)(?:并(?:公布|发布|公开|印发))?(?:本(?:地区?|部门|级|单位|机关))?"
    "(?P<period>年度)[^,。;:、()]{0,24}?(?P<unit>目录|计划|清单|要点)"
)
"""What is made for each year, without a number: 制定年度…目录 is once a year."""


def read_listed(plain: Plain, listed: re.Match[str]) -> Found | None:
    """Once a year, by the word 年度 alone; None where the making is only mentioned."""
    if _MENTIONED.search(plain.plain, plain.clause(listed.start()), listed.start()) or _MENTIONED_AFTER.match(
        plain.plain, listed.end()
    ):
        return None
    spans = [(name, *listed.span(name)) for name in ("period", "unit")]
    norm = Norm("", Text(), Kind.QUOTA, Quota(1), written=plain.written(*listed.span("period")))
    return Found.of(plain, norm, *listed.span(), spans, {})


def read_quota(plain: Plain, figure: re.Match[str]) -> Found | Refused | None:
    """The quota that a number with a measure word makes with the words around it; None where it is a mere number."""
    start, end = figure.span()
    clause = plain.clause(start)
    left = plain.plain[clause:start]
    floor, over = _FLOOR.search(left), _OVER.match(plain.plain, end)
    last = over.end() if over else end
    yearly = last_of(_EVERY_YEAR, left) or last_of(_YEARLY, left)
    if left.endswith("第") or _AFTERWARDS.match(plain.plain, last) or is_case(plain, last):
        return None
    if not (_is_floor(figure, left, floor, over) or _is_range(figure, left) or _is_plain(figure, left)):
        return None
    at = clause + floor.start() if floor else start
    if yearly and clause + yearly.end() == at:
        at = clause + yearly.start()
    if why := _why_not(plain, figure, floor, over, yearly):
        return Refused.of(why, plain, at, last)
    quota = _quota(figure)
    if quota is None:
        return Refused.of("its number cannot be read", plain, at, last)
    is_beside = yearly and not _OTHER_FIGURE.search(left, yearly.end(), max(yearly.end(), at - clause))
    spans = _spans(figure, clause, floor, over, yearly if is_beside else None)
    norm = Norm(
        "",
        Text(),
        Kind.QUOTA,
        quota,
        written=plain.written(at, last),
        inferred=() if yearly else ("year",),
    )
    whole = min(at, clause + yearly.start()) if yearly and is_beside else at
    return Found.of(plain, norm, whole, last, spans, {"year": not yearly})


def _why_not(
    plain: Plain,
    figure: re.Match[str],
    floor: re.Match[str] | None,
    over: re.Match[str] | None,
    yearly: re.Match[str] | None,
) -> str:
    """Why a number of times is no floor for every year."""
    start, end = figure.span()
    left = plain.plain[plain.clause(start) : start]
    last = over.end() if over else end
    since_year = left[yearly.end() if yearly else 0 : floor.start() if floor else None]
    said = _OTHER_TIMES.sub("", since_year)
    if _is_ceiling(plain, figure, said, has_floor=bool(floor), has_over=bool(over)):
        return "it is a ceiling, which no rule of ours counts"
    if _is_of_another_cycle(plain, start, last):
        return "it is not by the year"
    if yearly and _ONE_YEAR.match(yearly[0]):
        return "it is of one year, and a quota is of every year"
    if _PARTS.search(since_year):
        return "it is for each of several, or of a part of the year"
    of_a_case = _OF_A_CASE.search(plain.plain, plain.sentence(start), start) or _OF_A_CASE_AFTER.match(
        plain.plain, last
    )
    if not yearly and (of_a_case or _OF_ONE_TIME.search(said)):
        return "it does not say by the year"
    if _OPTIONAL.search(left[: yearly.start()] if yearly else left):
        return "it tells what is or may be, not what is to be done"
    if _AVERAGE.search(left) or _NOT_DONE.search(said) or _NOT_DONE_AFTER.match(plain.plain, last):
        return "it tells what is or may be, not what is to be done"
    return ""


def _is_ceiling(plain: Plain, figure: re.Match[str], said: str, *, has_floor: bool, has_over: bool) -> bool:
    if has_floor:
        return False
    if has_over:
        return _BARRED.search(said) is not None
    return bool(_CEILING.search(said) or _CEILING_AFTER.match(plain.plain, figure.end()))


def _is_floor(figure: re.Match[str], left: str, floor: re.Match[str] | None, over: re.Match[str] | None) -> bool:
    """At least so many: of events that are to be done, of other things only in a clause that says each year."""
    if not (floor or over):
        return False
    is_done = _EVENT.match(figure["measure"]) and (floor or _ACT.search(left))
    return bool(is_done or _EVERY_YEAR.search(left))


def _is_range(figure: re.Match[str], left: str) -> bool:
    """So many to so many events: to be done, or each year."""
    return bool(figure["most"] and _EVENT.match(figure["measure"]) and (_ACT.search(left) or _EVERY_YEAR.search(left)))


def _is_plain(figure: re.Match[str], left: str) -> bool:
    """So many times, in a clause that says each year."""
    return bool(_DONE_EACH_TIME.match(figure["measure"]) and _EACH_YEAR.search(left) and not figure["most"])


def _is_of_another_cycle(plain: Plain, start: int, last: int) -> bool:
    sentence = plain.plain[plain.sentence(start) : start]
    other = max((found.end() for found in _OTHER_CYCLE.finditer(sentence)), default=0)
    year = max((found.end() for found in _EVERY_YEAR.finditer(sentence)), default=0)
    return other > year or _CYCLE_AFTER.match(plain.plain, last) is not None


def _quota(figure: re.Match[str]) -> Quota | None:
    least = read_numeral(figure["amount"])
    most = read_numeral(figure["most"]) if figure["most"] else None
    if least is None or (figure["most"] and most is None):
        return None
    try:
        return Quota(least, most)
    except InvalidPeriodError:
        return None


def _spans(
    figure: re.Match[str],
    clause: int,
    floor: re.Match[str] | None,
    over: re.Match[str] | None,
    yearly: re.Match[str] | None,
) -> list[tuple[str, int, int]]:
    spans = [("amount", *figure.span("amount")), ("unit", *figure.span("measure"))]
    if figure["most"]:
        spans.append(("most", *figure.span("most")))
    if floor:
        word = re.match("不(?:得|能|可|应)?(?:少于|低于)|至少|最少", floor[0])
        spans.append(("direction", clause + floor.start(), clause + floor.start() + len(word[0] if word else "")))
    elif over:
        spans.append(("direction", *over.span()))
    if yearly:
        spans.append(("period", clause + yearly.start(), clause + yearly.end()))
    return spans
