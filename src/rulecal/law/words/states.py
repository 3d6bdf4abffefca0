"""Words after a limit that tell a state: what lasts, what has been, whom or what the time picks out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rulecal.law.limit import Unit, Window
from rulecal.law.words.mentions import RECURS
from rulecal.law.words.numerals import GLYPHS

if TYPE_CHECKING:
    from rulecal.law.limit import Limit

LASTS: Final = re.compile(
    "(?:均|都|仍|一律|可)?(?:有效|生效|继续|保持|维持|免(?!费)|减[半按征免]|享受?|限制|适用|执行原|仍?按原|仍|畅通|在线|待命)"
)
NEW_LASTS: Final = re.compile(
    "(?:均|都|一律|可)?(?:免[征收缴交]|减[半按征]|继续(?:执行|实施|有效|沿用|按)|仍|执行原|维持|享受[^,。;:()]*(?:优惠|政策|待遇|补[贴助])$)"
)
STATE: Final = re.compile(
    "(?:[如若](?![实期数])|可能|死亡|值[守班]|有(?!关|权|序)|无(?!法)|者|又|被|再(?!次)|受(?!理)|犯|违|出生|年?满(?!意)|在[册职]|登记在|具有|注册成立|未(?:再|曾|受|被|发生|有|出))"
)
HAPPENED: Final = re.compile(
    "[^,。;:()对将把就向按依]{0,6}(?:累计|连续|多次|屡次|再次(?:违|发生|出现|实施|被|受|犯|因)|发生(?![地的])|已(?!经?[建有备])|曾|共(?![同享建])|违[反法规])"
)
LOOKS_BACK: Final = re.compile(
    "[^,。;:()将把对向]{0,4}(?:去|到|来|住|待|接触|经停|途[经径]|旅居|接种|参加|担任|受到?|使用|从事)过(?![户境程渡关])"
    "|来自|从[^,。;:()]{1,10}(?:返|来|入|抵)[^,。;:()]{0,6}[人者]"
    "|新近?(?:录用|招录|招聘|聘[用任]|入职|任职|入学|注册|成立|参保|生儿)|(?:陆续|均|将)?到期(?!前|日)"
)
"""Whom or what a time up to now picks out: 到过…的人员, 新录用公务员, 到期债务."""
_LASTS_ON: Final = re.compile(
    "免费(?=$|[,。;:()]|[停更维乘通游参使试退换充开入享])|禁[食水饮酒烟行渔火猎牧航飞放]|限[行购号流]|忌|避免"
    "|(?:居家|集中|自我|自主|自行)(?:医学|健康)?(?:隔离|观察|监测|管理)(?!点)|[^,。;:()]{0,4}按[^,。;:()]{1,8}%"
)
_BENEFIT: Final = re.compile(
    "[^,。;:()将把对向]{0,10}?(?:给予|予以|发[给放]|提供|享有?)[^,。;:()]{0,14}(?:补[贴助]|优惠|减免|贴息|扶持|津贴|奖励|支持|保障)"
)
"""A benefit of so many years; one of so many days is paid in them."""
_THING: Final = (
    "(?:人[员口]|生|职工|项目|企业|单位|小区|产品|商品|教师|学生|问题|债[券务]|税款|住[宅房]|房屋|汽?车辆?|建筑|工程|合同|案件"
    "|[存贷]款|用户|居民|干部)"
)
_DONE_TO_IT: Final = "全部|全面|基本|完[成工]|清[零退]|化解|解决|整改|办结|到位|销号|应当|必须"
_OF_THE_PAST: Final = re.compile(
    rf"(?:存量|历史|遗留|应[缴收付交]未|欠[缴交付费税]|在[编岗册职校建]|参加工作)(?![^,。;:()]*(?:{_DONE_TO_IT}))"
    rf"|(?:竣工|退休|到期|出厂|毕业|投产|开业|上市|入职|入学|离职|注册|立项|开工(?!建设))[^,。;:()]{{0,2}}{_THING}(?=$|[,。;:()]|[均都仍可不由按免]|纳入|享受|适用|继续)"
    rf"|(?:建成|购[买置]|取得|签订|备案|登记|批准)[^,。;:()]{{1,8}}?(?:纳入|享受|适用|继续|仍|免[征缴收]|减[征免半])"
    rf"|[^,。;:()]{{1,6}}(?<![期届])满[{GLYPHS}]+(?:年|周?岁|个?月)"
)
"""What there was before a day: 竣工小区, 存量项目. What is done to it (全部完工) is still to be done."""


def is_of_the_past(after: str) -> bool:
    """Whether the words after a day name what there was before it, and no act.

    >>> is_of_the_past("竣工小区纳入改造范围"), is_of_the_past("竣工验收")
    (True, False)
    """
    return _OF_THE_PAST.match(after) is not None


def why_lasting(after: str, limit: Limit | None) -> str:
    """Why …内 is the time over which something lasts or recurs; empty where it is not."""
    if RECURS.match(after):
        return "it recurs"
    of_years = isinstance(limit, Window) and limit.period.unit is Unit.YEAR
    if _LASTS_ON.match(after) or (of_years and _BENEFIT.match(after)):
        return "it is how long something lasts"
    return ""
