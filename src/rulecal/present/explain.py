"""A deadline in words, in Chinese and English: a pure function of the steps (S31)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from rulecal.civil import DAY
from rulecal.law.limit import Kind, Roll, Window
from rulecal.present.card import limit_line, source_lines, title_line
from rulecal.present.terms import day_name, weekday
from rulecal.steps import Step, StepKind
from rulecal.text import Language, Text

if TYPE_CHECKING:
    from rulecal.law.norm import Norm
    from rulecal.present.view import View


def explain(view: View, lang: Language) -> str:
    """The date, the rule it follows from, each step, the other readings, the caveats and where the days came from."""
    blocks = [
        _head(view, lang),
        _counted_as(view, lang) + step_lines(view, lang),
        _readings(view, lang),
        _caveats(view, lang),
        _source(view, lang),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def when(value: date, lang: Language) -> str:
    """A day with its weekday, a moment with its time."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value}（{weekday(value, lang)}）" if lang == "zh" else f"{value} ({weekday(value, lang)})"


def _head(view: View, lang: Language) -> list[str]:
    rule = view.rule
    what = _DUE[rule.kind][lang] if rule.kind in _DUE else Text("届满日", "Due")[lang]
    lines = [f"{what}: {when(view.due, lang)}"]
    if rule.kind is Kind.AT_LEAST and not isinstance(view.due, datetime):
        lines.append(f"  {Text('其后最早可行之日', 'first possible day after it')[lang]}: {when(view.due + DAY, lang)}")
    if view.awaits:
        lines += _interval(view, lang)
    if view.last_working_day:
        stays = isinstance(rule.limit, Window) and rule.kind is not Kind.COUNT_BACK and rule.limit.roll is Roll.NO
        lines.append(f"  {(_STAYS if stays else _DAY_OFF)[lang]}: {when(view.last_working_day, lang)}")
    lines += [title_line(rule, lang), limit_line(rule, lang)]
    lines += source_lines(view.citations, view.counted_by, lang)
    if view.spoken:
        lines.append(f"{Text('日期', 'Date')[lang]}: {view.spoken[lang]}")
    return lines


def _interval(view: View, lang: Language) -> list[str]:
    """What is open: the span of the due date, the best guess, and what will settle it, in plain words."""
    first, guess, last = (when(day, lang) for day in view.ends)
    names = "、".join(view.awaits)
    if first == last:
        said = Text("按惯例推算的日期，尚未确定", "projected from law and practice, not settled yet")
        lines = [said[lang]]
    else:
        lines = [
            Text(
                f"尚未确定：最早 {first}，最迟 {last}",
                f"not settled yet: {first} at the earliest, {last} at the latest",
            )[lang]
        ]
        lines.append(Text(f"最可能 {guess}", f"most likely {guess}")[lang])
    lines.append(Text(f"待{names}公布后确定", f"to be settled by: {names}")[lang])
    return [f"  {line}" for line in lines]


_DAY_OFF = Text("届满日为休息日，其前最后一个工作日", "that is a day off; the last working day before it")
_STAYS = Text(
    "届满日为休息日，该期限不顺延（推定），其前最后一个工作日",
    "that is a day off, off which this limit does not move (our inference); the last working day before it",
)
_DUE = {
    Kind.AT_LEAST: Text("最短期限届满日（须开放或等待至该日）", "Must stay open, or wait, through"),
    Kind.COUNT_BACK: Text("最迟办理日", "Act on or before"),
    Kind.PLAN_TASK: Text("年度复核日（文件未定日期）", "Review on (the text sets no date)"),
}


def _counted_as(view: View, lang: Language) -> list[str]:
    """On which of several readings the steps count."""
    if len(view.readings) == 1:
        return []
    return [Text(f"以下计数：{view.counted_as.zh}", f"As counted here: {view.counted_as.en}")[lang]]


def step_lines(view: View, lang: Language) -> list[str]:
    """One line a step: the days, what was done with them, by which notice."""
    lines, done = [], 0
    for step in view.steps:
        if step.kind is StepKind.COUNTED:
            said = f"{_numbers(done, step.amount, lang)}{f'，{day_name(step.why, lang)}' if step.why else ''}"
            done += step.amount
        else:
            done = 0 if step.kind is StepKind.DEEMED else done
            said = _named(view.rule)[lang] if step.kind is StepKind.NAMED else _said(step, lang)
        source = f" — {step.source}" if step.source else ""
        lines.append(f"  {_ends(step):<25}{said}{source}".replace("，", "，" if lang == "zh" else ", "))
    return lines


_STRETCHES = frozenset({StepKind.COUNTED, StepKind.SKIPPED, StepKind.EXCLUDED})


def _ends(step: Step) -> str:
    if isinstance(step.last, datetime):
        return f"{step.last:%Y-%m-%d %H:%M}"
    if step.kind in _STRETCHES and step.first != step.last:
        return f"{step.first} … {step.last:%m-%d}"
    return str(step.last)


def _numbers(done: int, amount: int, lang: Language) -> str:
    span = f"{done + 1}" if amount == 1 else f"{done + 1}–{done + amount}"
    return f"第{span}日" if lang == "zh" else f"day {span}" if amount == 1 else f"days {span}"


def _said(step: Step, lang: Language) -> str:
    match step.kind:
        case StepKind.SKIPPED:
            return Text(f"不计：{day_name(step.why, 'zh')}", f"not counted: {day_name(step.why, 'en')}")[lang]
        case StepKind.ROLLED if step.why == "next-hour":
            return Text("自下一整点起算", "runs from the next full hour")[lang]
        case StepKind.ROLLED:
            zh, en = (day_name(step.why, each) for each in ("zh", "en"))
            return Text(
                f"{step.first:%m-%d}为{zh}，顺延至此", f"{step.first:%m-%d} is a day off ({en}): moved on to here"
            )[lang]
        case StepKind.EXCLUDED:
            return Text(f"不计入：{step.why}", f"not counted: {step.why}")[lang]
        case StepKind.EXTENDED:
            n, on = step.amount, step.why
            return Text(f"延长，另加{n}（{on}决定）", f"extended by {n}, decided on {on}")[lang]
        case StepKind.MOVED:
            n = step.amount
            return Text(f"不计入的{n}日顺移至此", f"moved on by {n} days that are not counted")[lang]
        case StepKind.LENGTHENED:
            n = step.amount
            return Text(f"期内连续休假{n}日，另加{n}个工作日", f"{n} days off in a row inside: {n} working days more")[
                lang
            ]
        case StepKind.MONTHS:
            return _months(step, lang)
        case StepKind.HOURS:
            return Text(f"经{abs(step.amount)}小时", f"{abs(step.amount)} hours {_way(step)}")[lang]
        case _:
            return _plain(step)[lang]


def _plain(step: Step) -> Text:
    from_a_moment = step.kind is StepKind.START and isinstance(step.first, datetime)
    return Text("起算时刻", "the moment of the trigger") if from_a_moment else _PLAIN[step.kind]


def _named(rule: Norm) -> Text:
    """Where the day of a yearly duty is from."""
    if rule.kind in _YEAR_ENDS:
        return _YEAR_ENDS[rule.kind]
    return Text("推断的日期", "the day as inferred") if rule.date_is_inferred else _NAMED


_NAMED = Text("规定载明的日期", "the day that the rule names")
_YEAR_ENDS = {
    Kind.QUOTA: Text("当年末日", "the last day of the year"),
    Kind.PLAN_TASK: Text("文件未定日期，取当年末日", "the text sets no date: the last day of the year"),
}


def _months(step: Step, lang: Language) -> str:
    n = abs(step.amount)
    month_end = step.why == "month-end"
    zh = f"{'前推' if step.amount < 0 else '经'}{n}个月，{'无对应日，取月末' if month_end else '对应日'}"
    en = (
        f"{n} month{'' if n == 1 else 's'} {_way(step)}: {'no such day, the month’s last' if month_end else 'same day'}"
    )
    return zh if lang == "zh" else en


def _way(step: Step) -> str:
    return "back" if step.amount < 0 else "on"


_PLAIN = {
    StepKind.START: Text("起算日，不计入", "the trigger day, not counted"),
    StepKind.START_COUNTED: Text("起算日，自当日起计入", "the trigger day, counted itself if a day that counts"),
    StepKind.DAY_BEFORE: Text("前一日", "the day before"),
    StepKind.DEEMED: Text("依法视为起算点已成就", "the trigger is deemed to have happened"),
    StepKind.PUBLISHED: Text("公布的期限表载明的日期", "the day that the published table names"),
}


def _readings(view: View, lang: Language) -> list[str]:
    if len(view.readings) == 1:
        return []
    lines = [Text("不同读法：", "Readings:")[lang]]
    for cause, first, last in view.readings:
        days = when(first, lang) if first == last else f"{when(first, lang)} … {when(last, lang)}"
        lines.append(f"  {days}  {cause[lang]}")
    return lines


def _caveats(view: View, lang: Language) -> list[str]:
    if not view.caveats:
        return []
    return [Text("注意：", "Keep in mind:")[lang], *(f"  - {caveat[lang]}" for caveat in view.caveats)]


def _source(view: View, lang: Language) -> list[str]:
    source = view.provenance
    if not source.digest:
        return []
    region = source.region or Text("全国", "national")[lang]
    packages = ", ".join(f"{name} {version}" for name, version in source.packages)
    words = Text(
        f"日历：{region}，{packages}，所用日期摘要 {source.digest}",
        f"Calendar: {region}, {packages}, days {source.digest}",
    )
    return [words[lang]]
