"""Of which kind a trigger is (received, accepted, served …): the last event that its words name decides."""

from __future__ import annotations

import re
from typing import Final

from rulecal.law.words.reading import last_of

_GOVERNING: Final = (
    ("received", "(?:收到|接到|收悉)(?!的)"),
    ("decided", "作出|做出"),
    ("known", "知道|知悉"),
)
"""Verbs whose object may name other events: 收到受理通知书 is a receipt."""
_OTHERS: Final = (
    ("accepted", "受理(?!机[关构]|窗口|部门|单位|人员|中心)"),
    ("published", "公布|公示|公告|发布|公开(?!申请|目录|指南|事项|条例)"),
    ("served", "送达(?!回证)"),
    ("filed", "立案"),
    ("assigned", "交办"),
)


def _any_of(verbs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in verbs))


_GOVERNS: Final = _any_of(_GOVERNING)
_EVENT: Final = _any_of(_OTHERS)
VERB: Final = _any_of(_GOVERNING + _OTHERS)
"""Any verb that tells a kind."""
_DECISION: Final = re.compile("决定(?!书)")
_NOT: Final = re.compile("(?:未|没有?|不予?|无法|拒绝?|暂缓|终止|停止|撤[销回]|取消)(?:依法|予以?|能|再)?$")
_NEXT_STEP: Final = re.compile("(?<!合)并且?|而?且|(?<!前)后|,|、(?=受理|立案|送达|作出|审[查核批])")
"""What parts one step from the next: 收到申请并受理."""
_DAY: Final = re.compile("(?:之日|当[日天]|之时|日期|时间|的)+$")
_PAPER: Final = (
    "(?:申请|投诉|举报|检举|控告|报告|通知|信访|来信|异议|意见|[材资]料|[请要]求|委托|线索|决[定议]|裁定|判决|裁决|复议|诉讼|仲裁|事项|结果|信息|名单|目录"
    "|[告公]示|公告|规[章定划范]|标准|方案|预案|清单|办法|条例|章程|文件|案件|(?<![备立结])案|书|件|函|令|本法|单|证|消息)"
)
"""What is received, accepted, served or published."""
_OBJECT: Final = re.compile(f"{_PAPER}$")
_ANOTHER_EVENT: Final = re.compile(
    "(?:齐[全备]|完[毕成]|结束|终结|期满|届满|满[^,]*[日天月年]|通过|合格|补正|审[查核批]|[登标]记|生效|[施执]行|实施|验收|备案|无异议|属实|确认|核实|签[订字收])$"
)
"""Events of no kind of ours, at the end of words that begin with one."""


def kinds_of(words: str) -> tuple[str, ...]:
    """The kinds of trigger that words name, in their order; none where they name none of ours, or not only ours.

    >>> kinds_of("收到处罚决定书"), kinds_of("决定书送达"), kinds_of("收到申请并受理"), kinds_of("公示无异议")
    (('received',), ('served',), ('accepted',), ())
    >>> kinds_of("收到或者受理"), kinds_of("受理或者补正")
    (('received', 'accepted'), ())
    """
    bare = re.sub(r"\((?!或)[^)]*\)|[()]", "", words)
    found = [_kind(part) for part in _alternatives(bare)]
    return tuple(dict.fromkeys(filter(None, found))) if all(found) else ()


def _alternatives(words: str) -> list[str]:
    """What 或者 parts; a paper without a verb shares the verb beside it (收到申请或者举报, 决议或者决定作出)."""
    parts = [""]
    for part in re.split("或者?", words):
        is_shared = any(_OBJECT.search(each) and not VERB.search(each) for each in (parts[-1], part))
        if is_shared or not parts[-1]:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _kind(words: str) -> str | None:
    step = _NEXT_STEP.split(_DAY.sub("", words))[-1]
    if _ANOTHER_EVENT.search(step):
        return None
    if verb := _GOVERNS.search(step):
        return None if _NOT.search(step, 0, verb.start()) else verb.lastgroup
    if verb := last_of(_EVENT, step):
        is_object = verb.end() == len(step) or _OBJECT.search(step, verb.end())
        return verb.lastgroup if is_object and not _NOT.search(step, 0, verb.start()) else None
    verb = _DECISION.search(step)
    return "decided" if verb and not _NOT.search(step, 0, verb.start()) else None
