"""The field's words in Chinese and English: kinds, units, states, days."""

from __future__ import annotations

from datetime import date
from typing import Final

from rulecal.law.limit import FixedDate, Kind, Limit, Quota, Unit, Window, Word
from rulecal.law.source import Certainty
from rulecal.text import Language, Text

UNITS: Final = {
    Unit.WORKING_DAY: Text("个工作日", "working day"),
    Unit.CALENDAR_DAY: Text("日", "calendar day"),
    Unit.MONTH: Text("个月", "month"),
    Unit.YEAR: Text("年", "year"),
    Unit.HOUR: Text("小时", "hour"),
}
KINDS: Final = {
    Kind.WITHIN: Text("限期办理", "act within"),
    Kind.PROMISE: Text("承诺时限", "act within, by promise"),
    Kind.AT_LEAST: Text("最短期限", "stay open at least"),
    Kind.COUNT_BACK: Text("提前期限", "act at least so long before"),
    Kind.BY_DATE: Text("固定日期", "by a fixed date"),
    Kind.QUOTA: Text("年度次数", "times a year"),
    Kind.PLAN_TASK: Text("年度任务", "task of the plan year"),
    Kind.SEQUENCE: Text("先后顺序", "one step before another"),
    Kind.RATE: Text("比例目标", "a rate to reach"),
    Kind.REFERENCE: Text("援引", "figure stands elsewhere"),
    Kind.SOFT: Text("弹性要求", "soft word, no date"),
}
STATES: Final = {
    "not_started": Text("未起算", "not started"),
    "open": Text("办理中", "open"),
    "due_soon": Text("临近届满", "due soon"),
    "due_today": Text("今日届满", "due today"),
    "suspended": Text("中止", "suspended"),
    "disputed": Text("有争议", "disputed"),
    "undetermined": Text("待定", "undetermined"),
    "past_promise": Text("超承诺", "past promise"),
    "overdue": Text("逾期", "OVERDUE"),
    "met": Text("已完成", "met"),
    "met_disputed": Text("完成有争议", "met, disputed"),
    "met_late": Text("逾期完成", "met late"),
    "short": Text("期限不足", "short"),
    "on_track": Text("进度正常", "on track"),
    "at_risk": Text("有缺口", "at risk"),
    "missed": Text("未达标", "MISSED"),
    "review": Text("待核查", "review"),
}
DAYS: Final = {
    "weekend": Text("周末", "weekend"),
    "make_up_workday": Text("调休上班", "make-up working day"),
    "adjusted_day_off": Text("调休放假", "adjusted day off"),
    "extraordinary_day_off": Text("特别放假", "extraordinary day off"),
    "statutory_holiday": Text("法定节假日", "statutory holiday"),
    "regional_holiday": Text("地方节日", "regional holiday"),
    "workday": Text("工作日", "working day"),
    "元旦": Text("元旦", "New Year"),
    "春节": Text("春节", "Spring Festival"),
    "清明节": Text("清明节", "Qingming"),
    "劳动节": Text("劳动节", "Labour Day"),
    "端午节": Text("端午节", "Dragon Boat Festival"),
    "中秋节": Text("中秋节", "Mid-Autumn Festival"),
    "国庆节": Text("国庆节", "National Day"),
    "开斋节": Text("开斋节", "Eid al-Fitr"),
    "古尔邦节": Text("古尔邦节", "Eid al-Adha"),
}
CERTAINTIES: Final = {
    Certainty.VERIFIED: Text("已核实", "verified"),
    Certainty.ONE_SOURCE: Text("单一来源", "one source only"),
    Certainty.INFERENCE: Text("推断", "our inference"),
    Certainty.MEMORY: Text("凭记忆，未核实", "from memory, not checked"),
}
_WEEKDAYS: Final = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)


def amount(n: int, unit: Unit, lang: Language) -> str:
    """`15个工作日` or `15 working days`."""
    word = UNITS[unit][lang]
    return f"{n}{word}" if lang == "zh" else f"{n} {word}{'' if n == 1 else 's'}"


def weekday(day: date, lang: Language) -> str:
    """`周三` or `Wednesday`."""
    return _WEEKDAYS[day.weekday()][lang]


def day_name(why: str, lang: Language) -> str:
    """The name of a day or of a kind of day; a name without a translation stays as it is."""
    parts = (why or "weekend").split("、")
    return "、".join(DAYS.get(part, Text(part, part))[lang] for part in parts)


def limit_words(kind: Kind, limit: Limit | None, lang: Language) -> str:
    """A limit in a few words: `15个工作日内`, `at least 7 working days`, `before 1 March`."""
    zh = lang == "zh"
    if isinstance(limit, Window):
        length = amount(limit.period.amount, limit.period.unit, lang)
        if kind is Kind.AT_LEAST:
            return f"不少于{length}" if zh else f"at least {length}"
        if kind is Kind.COUNT_BACK:
            return f"{length}前" if zh else f"at least {length} before"
        return f"{length}内" if zh else f"within {length}"
    if isinstance(limit, FixedDate):
        return _date_words(limit, lang)
    if isinstance(limit, Quota):
        if limit.at_most is not None and limit.at_most != limit.at_least:
            return (
                f"每年{limit.at_least}至{limit.at_most}次"
                if zh
                else f"{limit.at_least} to {limit.at_most} times a year"
            )
        times = "once" if limit.at_least == 1 else f"{limit.at_least} times"
        return f"每年不少于{limit.at_least}次" if zh else f"at least {times} a year"
    return KINDS[kind][lang]


def _date_words(limit: FixedDate, lang: Language) -> str:
    month = date(2000, limit.month, 1).strftime("%B")
    year = f"{limit.year}年" if limit.year else ""
    if limit.day is None:
        return (
            f"{year}{limit.month}月底前" if lang == "zh" else f"by the end of {month}{f' {limit.year}' if year else ''}"
        )
    if lang == "zh":
        return f"{year}{limit.month}月{limit.day}日{'前' if limit.word is Word.BEFORE else '（含）前'}"
    return f"{limit.word.value} {limit.day} {month}{f' {limit.year}' if year else ''}"
