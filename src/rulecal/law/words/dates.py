"""Days of the year (S20) out of words: 3月1日前, 6月底前, 2022年12月底前, 年底."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import FixedDate, Kind, Word
from rulecal.law.norm import Norm
from rulecal.law.source import Certainty
from rulecal.law.words.mentions import is_mention, why_no_day
from rulecal.law.words.numerals import GLYPHS, read_numeral, read_year
from rulecal.law.words.reading import NOT_EARLIER, NOT_INSIDE, NUMBER, Found, Refused
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_YEAR: Final = rf"(?<![{GLYPHS}])(?:[12][0-9]{{3}}|[一二][零〇○一二三四五六七八九]{{3}})(?![{GLYPHS}])"
_RELATIVE: Final = "每一?年度?|[今本当]年度?|(?:[次翌明来后下转]|下一个?|第二个?)年度?|(?:[上去前]|上一个?)年度?"
_BARE_YEAR: Final = rf"(?<![{GLYPHS}半学财税历往近同某那整多周青少老中成])(?<!会计)年"
"""年 alone, not the end of another word (上半年, 学年, 历年, 周年)."""
DATE: Final = (
    rf"(?P<date>(?:(?P<year_named>{_YEAR})年度?|(?P<relative>{_RELATIVE}))?的?"
    rf"(?P<month_named>{NUMBER})月份?(?:(?P<day_named>{NUMBER})[日号](?:\([本下]?(?:周|星期|礼拜)[一二三四五六日天]\))?|月?(?P<month_end>[底末])))"
    rf"|(?P<year_end>(?:(?P<ending_year>{_YEAR})年年?|(?P<ending_relative>{_RELATIVE})年?|{_BARE_YEAR})"
    rf"(?:(?P<end_word>[底末])|[以之]?(?P<inside>内){NOT_INSIDE}))"
)
"""A date or a year's end, for the grammar of figures; the names of its groups are its own."""

_THE_DAY: Final = rf"(?:当[日天]|本日|(?:[{GLYPHS}]+月)?[{GLYPHS}]+[日号])"
_INCLUDED: Final = rf"\((?:包?含|包括){_THE_DAY}?\)"
"""The named day too: (含), (含当日), (含3月1日)."""
_EXCLUDED: Final = _INCLUDED.replace(r"\((?:", r"\(不(?:")
_NUMBERS: Final = re.compile(f"[{GLYPHS}]+")
_BEFORE: Final = re.compile(
    rf"(?:(?P<included>{_INCLUDED})|(?P<excluded>{_EXCLUDED}))?[之以]?前{NOT_EARLIER}(?:(?P<also>{_INCLUDED}|,(?:包?含|包括){_THE_DAY})|(?P<not_also>{_EXCLUDED}))?"
)
_SHARED: Final = re.compile(rf"(?:(?:[、和及与]|以及)[{GLYPHS}]+月(?:[{GLYPHS}]+[日号]|[底末]))+")
"""Further days that share one 前: 6月30日和12月31日前."""
_HOUR: Final = re.compile(rf"(?:上午|中午|下午|晚上?)?[{GLYPHS}]+(?:[时点]半?(?:[{GLYPHS}]+分)?|:[0-9]{{2}})[之以]?前")
_UNTIL: Final = re.compile("为?截?止")
_BY: Final = re.compile("(?:截[至止]到?|截止(?:日期|时间)?[为到至:]?|不(?:得|能|可|应)?[迟晚]于|最[迟晚][于在]?)$")
_LABEL: Final = re.compile("(?<!有效期)(?<!公示)截[止至](?:日期|时间)?[为是]?:$")
_TOWARDS: Final = re.compile("[到至在于]$")
_PAST: Final = re.compile("[上去前]")
_OPENING: Final = re.compile("(?:^|[于在到至应年,:])$")
_OTHER_CYCLE: Final = re.compile(rf"每(?:个?[月季周旬]|半年|[{GLYPHS}]+年)")
_EVERY_YEAR: Final = re.compile("每一?年|每一?个?(?:会计|自然|纳税)?年度|年度(?:终了|结束|终结)")
_FROM_TODAY: Final = re.compile("[今明来后转]")
"""A year told from the day of the text; 次年, 当年 and their like may be told from every year (每年)."""
_YEAR_BEFORE: Final = re.compile(
    rf"(?:[{GLYPHS}]年|(?<!每)年度?[{GLYPHS}]+月(?:[{GLYPHS}]+[日号]|[底末])(?:[、和及与]|以及))$"
)
"""A year that is not the date's own, or that of a day which shares its 前."""
_LUNAR: Final = re.compile("(?:农|阴|旧|夏|黄|藏|伊斯兰)历的?$")
_LAST_MONTH: Final = 12


def read_date(plain: Plain, figure: re.Match[str]) -> Found | Refused | None:
    """The limit that a date or a year's end makes with the words around it; None where it is a mere mention."""
    return _read_year_end(plain, figure) if figure["year_end"] else _read_day(plain, figure)


def _read_day(plain: Plain, figure: re.Match[str]) -> Found | Refused | None:
    start, end = figure.span()
    left = plain.plain[plain.clause(start) : start]
    shared = _SHARED.match(plain.plain, end)
    before = _BEFORE.match(plain.plain, shared.end() if shared else end)
    until = _UNTIL.match(plain.plain, end)
    by = _BY.search(left) or _LABEL.search(plain.plain, plain.sentence(start), start)
    if hour := _HOUR.match(plain.plain, end):
        return Refused.of("it ends at an hour of the day", plain, start, hour.end())
    after = plain.plain[before.end() if before else end :]
    if not (before or until or by or figure["month_end"]) or is_mention(before, left, after):
        return None
    if why := why_no_day(left, after, is_until=until is not None, is_before=before is not None):
        return Refused.of(why, plain, start, end)
    said = bool(before or until or by)
    if why := _why_not(plain, figure, left, said=said):
        return Refused.of(why, plain, start, end)
    month = read_numeral(figure["month_named"])
    day = read_numeral(figure["day_named"]) if figure["day_named"] else None
    if month is None or (figure["day_named"] and day is None):
        return Refused.of("its number cannot be read", plain, start, end)
    inclusion = (before["included"] or before["also"]) if before else None
    exclusion = (before["excluded"] or before["not_also"]) if before else None
    if day and not _is_same_day(inclusion or exclusion or "", month, day):
        return Refused.of("its figure is said twice, and differs", plain, start, end)
    included = until or by or figure["month_end"] or inclusion
    year = read_year(figure["year_named"]) if figure["year_named"] else None
    try:
        limit = FixedDate(month, day, Word.BY if included else Word.BEFORE, year)
    except InvalidPeriodError as err:
        return Refused.of(err.message, plain, start, end)
    direction = before or until
    span = direction.span() if direction else None
    if not span and by:
        span = start - len(by[0]), start
    if shared and before:
        span = None  # 前 is a part of the last of the days that share it
    span = span if said else figure.span("month_end")
    return _found(plain, figure, limit, span, vague=not said, is_told=exclusion is not None)


def _is_same_day(words: str, month: int, day: int) -> bool:
    """Whether the day that is said to be included, if one is named, is the day itself."""
    named = [read_numeral(each) for each in _NUMBERS.findall(words)]
    return named == [month, day][2 - len(named) :]


def _why_not(plain: Plain, figure: re.Match[str], left: str, *, said: bool) -> str:
    """Why a date is of no year that can be told, or only of how things stood; `said`: 前 or its like stands by it."""
    if _OTHER_CYCLE.search(left):
        return "it is not by the year"
    if _LUNAR.search(left):
        return "it is a day of the lunar year"
    relative = figure["relative"] or figure["ending_relative"]
    year = figure["year_named"] or figure["ending_year"]
    if relative and not relative.startswith("每"):
        return _why_not_relative(plain, figure, relative)
    if (year and read_year(year) is None) or (not (year or relative) and _YEAR_BEFORE.search(left)):
        return "its year cannot be read"
    if year and not (said or figure["inside"] or _TOWARDS.search(left)):
        return "it may only tell how things stood"
    return ""


def _why_not_relative(plain: Plain, figure: re.Match[str], relative: str) -> str:
    if _PAST.match(relative):
        return "its year is past"
    sentence = plain.plain[plain.sentence(figure.start()) : figure.start()]
    if _FROM_TODAY.match(relative) or not _EVERY_YEAR.search(sentence):
        return "its year is told from another, which is not named"
    return ""


def _read_year_end(plain: Plain, figure: re.Match[str]) -> Found | Refused | None:
    """年底, 年内: by 31 December, which is our inference, since no text defines it."""
    start, end = figure.span()
    left = plain.plain[plain.clause(start) : start]
    before = None if figure["inside"] else _BEFORE.match(plain.plain, end)
    last = before.end() if before else end
    if is_mention(before, left, plain.plain[last:]):
        return None
    if why := why_no_day(left, plain.plain[last:], is_until=False, is_before=before is not None):
        return Refused.of(why, plain, start, end)
    is_bare = not (figure["ending_year"] or figure["ending_relative"])
    if is_bare and not before and not _OPENING.search(left):
        return None
    if figure["end_word"] == "末" and not before:
        return None
    if why := _why_not(plain, figure, left, said=before is not None):
        return Refused.of(why, plain, start, end)
    year = read_year(figure["ending_year"]) if figure["ending_year"] else None
    direction = before.span() if before else figure.span("inside" if figure["inside"] else "end_word")
    return _found(plain, figure, FixedDate(_LAST_MONTH, year=year), direction, vague=True)


def _found(
    plain: Plain,
    figure: re.Match[str],
    limit: FixedDate,
    direction: tuple[int, int] | None,
    *,
    vague: bool,
    is_told: bool = False,
) -> Found:
    start, end = figure.span()
    at, last = min(start, direction[0]) if direction else start, max(end, direction[1]) if direction else end
    spans = [("date", start, end), *([("direction", *direction)] if direction else [])]
    spans += [("year", *figure.span(name)) for name in ("year_named", "ending_year") if figure[name]]
    norm = Norm(
        "",
        Text(),
        Kind.BY_DATE,
        limit,
        written=plain.written(at, last),
        certainty=Certainty.INFERENCE if vague else Certainty.VERIFIED,
        inferred=("date",) if vague else (),
    )
    relative = figure["relative"] or figure["ending_relative"] or ""
    every = relative.startswith("每") or _EVERY_YEAR.search(plain.plain, plain.sentence(start), start)
    unsaid = {
        "year": limit.year is None and not every,
        "named_day": not (limit.includes_named_day or is_told),
        "date": vague,
    }
    return Found.of(plain, norm, at, last, spans, unsaid)
