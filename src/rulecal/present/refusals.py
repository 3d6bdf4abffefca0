"""An error in Chinese, out of its facts: for people at the command line. What has no words here stays in English."""

from __future__ import annotations

from typing import Final

from rulecal.errors import RulecalError
from rulecal.law.limit import Kind
from rulecal.present.terms import KINDS
from rulecal.text import Language

_WORDS: Final = {
    "unknown-rule": (
        "没有编号为「{rule}」的规则\n提示：是否为 {near}？",
        "没有编号为「{rule}」的规则\n提示：用 rulecal rules 查编号",
    ),
    "rule-not-in-force": (
        "{rule} 在 {day} 没有已收录的有效文本\n提示：所收录文本的施行期间：{force}；加 --outside-force 可照算并注明",
        "{rule} 在 {day} 没有已收录的有效文本\n提示：所收录文本的施行期间：{force}；其外不能计算",
    ),
    "no-deadline": (
        "{rule} 只用于 {only} 年，不用于 {year} 年\n提示：用该年的日期，或不写 --from",
        "{rule} 所载日期 {named} 早于成文日期 {adopted}，{year} 年不产生期限",
        "{rule} 属「{kind}」，不产生日期\n提示：期限见 {refers_to}",
        "{rule} 属「{kind}」，不产生日期\n提示：列为待核查，不会逾期",
    ),
    "invalid-case": (
        "{rule} 的起算事由是 {needed}，不是「{given}」\n提示：改用该步骤的日期；另见 {beside}",
        "{rule} 的起算事由是 {needed}，不是「{given}」\n提示：改用该步骤的日期",
        "{rule} 自月末起算，不能自 {given} 起算\n提示：写该月或该季的最后一日",
    ),
    "not-a-date": (
        "该规则以小时计，须给出{needed}\n提示：如 --from '2022-09-30 17:20'（北京时间）",
        "缺少起算日，或不合该规则\n提示：用 --from 给出，如 2022-06-27；以小时计的写 '2022-09-30 17:20'",
    ),
    "calendar-coverage": (
        "{day} 超出日历范围（{first} 至 {last}）\n提示：{early}",
        "{day} 超出日历范围（{first} 至 {last}）\n提示：截至 {known_on} 尚无该日的放假安排",
        "{day} 超出日历范围（{first} 至 {last}）\n提示：放假安排及其推算止于 {last}，更远的不推算",
    ),
    "unreadable-date": ("「{text}」不是能读的日期\n提示：写 2022-06-27、20220627、2022/6/27 或 2022年6月27日",),
    "unsettled-day": ("该日期尚未确定，待{awaits}公布",),
    "unknown-region": (
        "「{region}」有多个：{candidates}\n提示：写代码",
        "「{region}」不是现行区划\n提示：其上最近的区划是 {nearest}",
        "「{region}」不是行政区划\n提示：用 GB/T 2260 的 6 或 12 位代码、名称（中卫市）或 CN-NX",
    ),
    "ledger": ("{missing} 不存在，或不是文件\n提示：写台账（.csv、.parquet）或事件文件的路径",),
    "catalogue": (
        "没有规则文件 {missing}\n提示：写 .toml 文件，或放有这类文件的文件夹",
        "两处都有编号 {ids}\n提示：为其一另取编号",
    ),
}
"""By code: sentences to be filled in with the facts of an error; the first whose facts are all there is taken."""

_JOINTS: Final = {"needed": (" or ", "或"), "force": (" to ", "至")}
"""How the parts of a fact are joined in English and in Chinese."""
_PLAIN: Final = {"a moment": "时刻"}
"""Facts that are words."""


def said(err: RulecalError, lang: Language) -> str:
    """An error in a language, with what to do about it."""
    if lang == "zh":
        facts = {name: value for name, value in err.facts.items() if value not in ("", None)}
        if isinstance(ids := facts.get("ids"), list):
            facts["ids"] = "、".join(ids)
        if "kind" in facts:
            facts["kind"] = KINDS[Kind(facts["kind"])].zh
        if err.code == "calendar-coverage" and "first" in facts and str(facts["day"]) < str(facts["first"]):
            facts["early"] = "2004年以前的放假安排未收录"
        for name, joint in _JOINTS.items():
            if name in facts:
                words = str(facts[name])
                facts[name] = _PLAIN.get(words, words.replace(*joint))
        for words in _WORDS.get(err.code, ()):
            try:
                return words.format_map(facts)
            except KeyError:
                continue
    return str(err)
