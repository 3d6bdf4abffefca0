"""What the words around a limit make of it: a condition, a state, a bar, what has been. Such words state no limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.limit import Kind
from rulecal.law.words.counted import roll_said
from rulecal.law.words.numerals import GLYPHS
from rulecal.law.words.reading import JOINED
from rulecal.law.words.states import HAPPENED, LASTS, LOOKS_BACK, NEW_LASTS, STATE, is_of_the_past, why_lasting

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain
    from rulecal.law.words.reading import Found

# before the figure
_UNIT: Final = "(?:个|年|个?月份?|月底|[日天号]|个?小时|个?(?:工作|自然)[日天])"
_OR: Final = f"(?:[、/和及与]|或者?|{JOINED})"
_SEVERAL: Final = re.compile(rf"(?<![{GLYPHS}之其唯统第])[{GLYPHS}]+(?:{_UNIT}?(?:内|以内|起)?{_OR}|,)$")
"""A figure right before, that shares the words of this one: 3、5日内, 3日或者5日内, 6月、12月底前."""
_SHARED_DAY: Final = re.compile(r"[日号底末](?:[、和及与]|以及)$")
_REACH: Final = 30
"""How many characters before a figure are looked at for another that shares its words."""
_HEADING_ENDS: Final = "。;,:!?)\n"
_MINUS: Final = re.compile("(?:(?<![-—–―−])[-—–―−]|负)$")
_NOT: Final = re.compile(
    "(?:不(?:得|能|可|应|必|受|适用)|无[需须]|禁止|严禁|未能?|没有)(?:[在于自从按]|$)(?!.*(?:应当|必须|须))"
)
_OLD_FIGURE: Final = re.compile("(?:由|从|[将把]|原来?的?|原定|原先)(?:法定)?的?$")
_SHOWN: Final = re.compile("(?:(?<![坚支主保维扶])[持凭]|出示|提供)$")
_CUT: Final = re.compile(
    "[^,。;]{0,12}(?:压缩|压减|缩短|缩减|减少|降|(?:调整|改|变更|推迟|延[长期后]?|提前)[为至到](?!位))"
)

# after the limit
_CONDITION: Final = re.compile(
    "[^,。;:()]*?的(?:$|[,。;:()]|不予|可以?|视为|视同|应当?|由|予以|从[轻重]|免|减|按|给予|处|也|亦|方可)"
)
LEFT_UNDONE: Final = re.compile(
    "(?:不能|未能|无法|仍未|未|不|没有)[^,。;]{0,20}的(?=$|[,。;:()]|视|由|处|给|应?予|不予|可|方)"
)
"""A limit as the case in which it was not kept: 二十日内不能作出决定的."""
_NEGATED: Final = re.compile("(?:均|都|仍|尚|一律)?(?:未|没有|不(?!含|包括|计)|无法|拒|(?:禁止|严禁)(?![类性]))")
_BARRED: Final = re.compile(
    "(?:(?!通知|告知|决定)[^,。;:()的或将把]){0,12}?(?:不得|(?:(?:禁止|严禁)(?![类性])|不再|不予|不准|不受理)(?![^,。;:()]{1,4}的))|(?:均|都|仍|一律|原则上)?(?:不能再|不可|暂停|暂缓|暂不)"
)
_ACTOR: Final = re.compile(
    "[^,。;:()的]{0,16}(?:[人户者方局院委会]|机[构关]|单位|部门|企业)(?:应当?|须|必须|可以?|要|将|负责)"
)
"""Whoever is to act, and that he is: what his name begins with (被申请人, 不动产…机构) tells no state."""
_NEW_CASE: Final = re.compile(
    "[均都仍]?(?:未|不|没有|无)[^,。;:()]{0,20}(?:的(?=$|[,。;:()]|视|不予|由|按|应?予)|,?视[为同])"
)
"""What reaches back over a comma, where a new clause begins: what lasts by its very predicate, a case left undone."""
_SHARE: Final = re.compile("[^,。;:()]{0,12}?(?:(?<!效)率(?![先领])|比例|占比)")
_MEASURED: Final = re.compile(
    rf"(?!应|须|必|报告|上报|通报|完成|处置|启动)[^,。;:()]{{0,12}}?(?<![第{GLYPHS}])[{GLYPHS}.]+(?:例|毫米|厘米|℃|°|摄氏度|级(?:以上|大风|阵风))"
)
"""What is measured in a time: 24小时内降雨50毫米, 新增3例."""
_NO_ACT: Final = "[^,。;:()出提开办核发取交报送补换领将向测凭持]"
"""Any character but those of the acts that bring a paper or a figure about."""
_THING: Final = re.compile(
    "的?(?:核酸|抗原|[检监]测[阴阳]性|[阴阳]性|结果(?:互认|有效)|可?(?:直达|通达|可达|到达(?!现场)|抵达(?!现场))|[车路航行]程|通勤"
    "|降[雨雪水温]|新增|有?[小中大暴]+[雨雪风]|将要?(?:出现|发生|迎来|有[小中大暴雷强])|[驾工账]龄|包[换退修]|(?:免费)?[保质维][修保]"
    f"|{_NO_ACT}{{0,6}}(?:圈|气温|[雨水流]量|水位|风力)"
    f"|{_NO_ACT}{{0,12}}(?:证明|凭证(?!明)|流水|发票|照片|(?:体检|检[测验])报告))"
)
"""A thing, or a state of the weather or the road, that so short a time goes with: 48小时内核酸检测证明, 1小时内车程."""
_LATER_CASE: Final = re.compile(",[^,。;:()对将把就向按依应]{0,24}(?:发生|出现)[^,。;:()]{0,10}的(?:,|$)")
_COUNTED: Final = re.compile(
    rf"(?![^,。;:()]*(?:至少|不少于))(?:[^,。;:()]*?(?<![第{GLYPHS}])|,[^,。;:()]{{0,12}}(?:[过多于达计]|[被受][^,。;:()]{{0,6}}))[{GLYPHS}]+(?:次|(?<!一)起)(?![性告补办说])"
)
_ASKED: Final = re.compile("(?:提[出起]|申请)[^,。;:()]*的(?:,|$)")
"""What is asked for in the time that is set for it (…之日起五日内提出听证申请的): it tells the limit."""
_DESCRIBES: Final = re.compile("的(?!基础)")
_OBJECT: Final = "年度?|全[国省市县区镇乡]|本[省市县区级]|各|所有"
"""Words that begin what is acted on: 报送上年度的报告 is an act, 印发的文件 a thing."""
_DESCRIBES_SOON: Final = re.compile(rf"(?![向将把对就按依])(?:(?!{_OBJECT})[^,。;:()]){{1,5}}?的")
_WITH_AN_OBJECT: Final = 4
"""So many characters hold a verb and its 的; where there are more, and a duty is said, the verb has an object."""
_DOES: Final = (
    "完成|建[立成]|[制修][定订]|编制|出台|印发|[上呈]?报[送告]?|提[交请]|公[布开]|[开进]展|组织|举办|召开|形成|落实|实现"
    "|做好|启动|推[进动]"
)
_DESCRIBES_LATER: Final = re.compile(rf"(?!{_DOES})[^,。;:()]*?的")
_DUTY: Final = re.compile("应|须|必|务|请|要|力争|确保|每|(?<!合)并")


def doubt(plain: Plain, start: int, found: Found) -> str:
    """Why the words around a limit whose figure begins at `start` do not state it; empty where they do."""
    return _doubt_before(plain, start, found) or _doubt_after(plain, start, found)


def is_case(plain: Plain, end: int) -> bool:
    """Whether what ends at `end` is said as a case: its clause runs on to 的, and what follows is for that case."""
    return _CONDITION.match(plain.plain, end) is not None


def _doubt_before(plain: Plain, start: int, found: Found) -> str:
    before = plain.plain, max(0, start - _REACH), start
    clause = plain.plain[plain.clause(start) : start]
    is_date = found.norm.kind is Kind.BY_DATE
    several = None if is_date and _SHARED_DAY.search(*before) else _SEVERAL.search(*before)
    if several and not _is_heading(plain, several, start):
        return "it is a range, or one of several"
    if _MINUS.search(*before) and not plain.has_gap(start):
        return "its number has a minus"
    if _NOT.search(clause):
        return "it is denied, or barred"
    if not is_date and _SHOWN.search(clause):
        return "it may only describe something"
    if _OLD_FIGURE.search(clause) and _CUT.match(plain.plain, found.end):
        return "it is the figure of before"
    return ""


def _is_heading(plain: Plain, number: re.Match[str], start: int) -> bool:
    """一、15日内: the number of a paragraph, in other numerals than the figure or on another line."""
    at = number.start()
    is_first = at == 0 or plain.plain[at - 1] in _HEADING_ENDS or plain.has_gap(at)
    is_other = number[0][0].isdigit() != plain.plain[start].isdigit() or not re.match(f"[{GLYPHS}]", plain.plain[start])
    return is_first and number[0].endswith("、") and (is_other or plain.has_gap(start))


def _doubt_after(plain: Plain, start: int, found: Found) -> str:
    after = plain.plain[found.end :]
    has_trigger = any(part.name == "trigger" for part in found.parts)
    if found.norm.kind is Kind.BY_DATE and roll_said(plain, found.at, found.end):
        return "it moves off days off, which only a window to act in does"
    look = _doubt_of_a_new_clause if after.startswith(",") else _doubt_of_the_clause
    if why := look(after.removeprefix(","), has_trigger=has_trigger):
        return why
    if found.norm.kind in {Kind.WITHIN, Kind.PROMISE}:
        why = why_lasting(after, found.norm.limit) or _doubt_of_a_time(after, has_trigger=has_trigger)
        if why:
            return why
    told = LEFT_UNDONE.match(after) or _ASKED.match(after)
    return "" if has_trigger and told else _doubt_of_a_case(plain, start, found)


def _doubt_of_the_clause(after: str, *, has_trigger: bool) -> str:
    """What the words right after a limit tell, unless they are of whoever is to act."""
    if _BARRED.match(after):
        return "it bars an act for a time"
    if LOOKS_BACK.match(after):
        return "it tells what is or has been, not what is to be done"
    if _ACTOR.match(after):
        return ""
    if LASTS.match(after):
        return "it is how long something lasts"
    if STATE.match(after) or HAPPENED.match(after) or (not has_trigger and _NEGATED.match(after)):
        return "it tells what is or has been, not what is to be done"
    return "it bars an act for a time" if _NEGATED.match(after) and not LEFT_UNDONE.match(after) else ""


def _doubt_of_a_new_clause(after: str, *, has_trigger: bool) -> str:
    """What reaches back over a comma: a bar, what lasts, a case; any other words are a subject or an act."""
    if _BARRED.match(after):
        return "it bars an act for a time"
    if NEW_LASTS.match(after):
        return "it is how long something lasts"
    return "it is a condition, or describes something" if _NEW_CASE.match(after) and not has_trigger else ""


def _doubt_of_a_time(after: str, *, has_trigger: bool) -> str:
    """…内 followed by what is counted or measured in the time, by a thing, or by a case in which it matters."""
    if _COUNTED.match(after) or _SHARE.match(after) or _MEASURED.match(after):
        return "it is the time in which something is counted"
    if _LATER_CASE.match(after):
        return "it is a condition, or describes something"
    return "it may only describe something" if _THING.match(after) and not has_trigger else ""


def _doubt_of_a_case(plain: Plain, start: int, found: Found) -> str:
    """…内改正的, …: a case; 1月1日前取得的许可证: what describes a thing."""
    after = plain.plain[found.end :]
    if is_case(plain, found.end) or (found.norm.kind is not Kind.AT_LEAST and _DESCRIBES.match(after)):
        return "it is a condition, or describes something"
    duty = _DUTY.search(plain.plain, plain.clause(start), found.end)
    has_trigger = any(part.name == "trigger" for part in found.parts)
    if found.norm.kind in {Kind.BY_DATE, Kind.COUNT_BACK}:
        if not (duty or has_trigger) and is_of_the_past(after):
            return "it tells what is or has been, not what is to be done"
        soon = _DESCRIBES_SOON.match(after)
        described = (soon and not (duty and len(soon[0]) > _WITH_AN_OBJECT)) or (
            not (duty or has_trigger) and _DESCRIBES_LATER.match(after)
        )
    else:
        described = None if duty or has_trigger or found.norm.kind is Kind.AT_LEAST else _DESCRIBES_SOON.match(after)
    return "it may only describe something" if described else ""
