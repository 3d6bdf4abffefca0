"""Tables for a terminal: a report, a list of rules, the days of a year. Needs the extra `cli`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich import box
from rich.table import Table
from rich.text import Text as Line

from rulecal.calendars.calendar import Day, DayKind, Provenance
from rulecal.deadlines.rule import Rule
from rulecal.ledger.check import Result
from rulecal.ledger.report import URGENCY, Report
from rulecal.present.terms import CERTAINTIES, STATES, day_name, limit_words, weekday
from rulecal.text import Language, Text

_STYLES: Final = {
    "overdue": "bold red",
    "missed": "bold red",
    "past_promise": "red",
    "short": "magenta",
    "disputed": "yellow",
    "undetermined": "yellow",
    "due_today": "bold yellow",
    "due_soon": "yellow",
    "at_risk": "yellow",
    "met": "green",
    "on_track": "green",
}


def _table(*columns: str, title: str | None = None) -> Table:
    return Table(*columns, title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)


def report_parts(report: Report, lang: Language) -> Iterator[Table | Line]:
    """A report as a heading, the table of its items, the most urgent first, and a summary by state and unit."""
    zh = lang == "zh"
    n, late = len(report.results), len(report.overdue)
    yield Line(
        f"截至 {report.as_of}：{n} 项，逾期 {late} 项" if zh else f"As of {report.as_of}: {n} items, {late} overdue",
        "bold",
    )
    yield _items(report, lang)
    yield _summary(report, lang)


def _items(report: Report, lang: Language) -> Table:
    heads = ("编号", "事项", "牵头单位", "起算", "届满", "办结", "状态", "说明")
    if lang == "en":
        heads = ("id", "rule", "lead unit", "trigger", "due", "done", "state", "")
    table = _table(*heads)
    for column in (0, 3, 4, 6):
        table.columns[column].no_wrap = True
    for result in report.by_urgency:
        state = result.status.state.value
        item = result.item
        cells = (item.id, result.title[lang], result.lead, item.trigger, str(result.due or ""), item.completed)
        shown = Line(STATES[state][lang], _STYLES.get(state, ""))
        table.add_row(*(Line(cell) for cell in cells), shown, Line(_remark(result, lang)))
    return table


def _remark(result: Result, lang: Language) -> str:
    """What to add to a state in a few words."""
    status, zh = result.status, lang == "zh"
    if result.shortfall is not None:
        done = f"{result.shortfall.counted}/{result.shortfall.required}"
        return f"已办 {done} 次" if zh else f"{done} done"
    if status.days_over:
        working = "" if status.working_days_over is None else status.working_days_over
        return (
            f"超 {status.days_over} 日（{working} 个工作日）"
            if zh
            else f"{status.days_over} d over ({working} working)"
        )
    if status.short_by:
        unit = limit_words(result.rule.kind, result.rule.limit, lang)
        return f"少 {status.short_by}（{unit}）" if zh else f"short by {status.short_by} ({unit})"
    if status.days_left:
        return f"余 {status.days_left} 日" if zh else f"{status.days_left} d left"
    if status.state.value in {"disputed", "met_disputed"} and result.deadline:
        return f"读法不一，最迟 {result.deadline.latest}" if zh else f"arguable until {result.deadline.latest}"
    return result.note[lang]


def _summary(report: Report, lang: Language) -> Table:
    states = [state for state in URGENCY if state in report.counts()]
    title = Text("汇总", "Summary")[lang]
    table = _table(Text("牵头单位", "lead unit")[lang], title=title)
    for state in (*states, ""):
        table.add_column(STATES[state][lang] if state else Text("合计", "all")[lang], justify="right")
    for lead, results in report.by("lead").items():
        found = [sum(result.status.state.value == state for result in results) for state in states]
        table.add_row(lead, *(_count(n, state) for n, state in zip(found, states, strict=True)), str(len(results)))
    totals = report.counts()
    table.add_section()
    table.add_row(
        Text("合计", "all")[lang], *(_count(totals[state], state) for state in states), str(len(report.results))
    )
    return table


def _count(n: int, state: str) -> Line:
    return Line(str(n) if n else "·", _STYLES.get(state, "") if n else "dim")


def rules_table(rules: Iterable[Rule], lang: Language) -> Table:
    """Rules by id: what they are about, the limit, where they stand, how sure that is."""
    heads = (
        ("规则", "事项", "期限", "出处", "核实") if lang == "zh" else ("rule", "about", "limit", "source", "certainty")
    )
    table = _table(*heads)
    table.columns[0].overflow = "fold"
    for rule in rules:
        norm = rule.norm
        where = f"{norm.instrument.number}{norm.clause}" if norm.instrument else ""
        cells = (
            rule.id,
            rule.title[lang],
            limit_words(rule.kind, rule.limit, lang),
            where,
            CERTAINTIES[rule.certainty][lang],
        )
        table.add_row(*(Line(cell) for cell in cells))
    return table


def calendar_table(year: int, days: Iterable[Day], source: Provenance, lang: Language) -> Table:
    """The days of a year that differ from the ordinary week, in runs, with the notice behind each."""
    zh = lang == "zh"
    region = source.region or Text("全国", "national")[lang]
    days = list(days)
    worked, opened = sum(day.working is True for day in days), sum(not day.settled for day in days)
    title = f"{year} {region}: " + (f"{worked} 个工作日" if zh else f"{worked} working days")
    title += (f"，{opened} 日待定" if zh else f", {opened} not settled") if opened else ""
    table = _table(
        *(("日期", "", "类别", "名称", "依据") if zh else ("day", "", "kind", "name", "source")), title=title
    )
    for day in days:
        if day.settled and day.kind in {DayKind.WORKDAY, DayKind.WEEKEND} and not day.name:
            continue
        kind = day_name(day.kind.value, lang) if day.settled else Text("待定", "not settled")[lang]
        style = "yellow" if not day.settled else "red" if day.working else ""
        table.add_row(
            Line(str(day.date)),
            weekday(day.date, lang),
            Line(kind, style),
            day_name(day.name, lang) if day.name else "",
            Line(str(day.source)),
        )
    return table
