"""Tables for a terminal: a report, a list of rules, the days of a year. Needs the extra `cli`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich import box
from rich.table import Table
from rich.text import Text as Line

from rulecal.calendars.day import Day, DayKind, Provenance
from rulecal.calendars.notices import DayChange
from rulecal.deadlines.bound import Bound
from rulecal.deadlines.deadline import Deadline
from rulecal.deadlines.replay import Moved
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.status import State
from rulecal.law.limit import FixedDate, Kind, Quota, Unit, Window
from rulecal.law.norm import Norm
from rulecal.law.source import Citation, article
from rulecal.ledger.bulk_report import BulkReport
from rulecal.ledger.check import Result
from rulecal.ledger.report import URGENCY, Report
from rulecal.present.card import sure
from rulecal.present.terms import CERTAINTIES, STATES, amount, day_name, limit_words, weekday
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


_SHORT_UNITS: Final = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.HOUR})


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def report_parts(report: Report, lang: Language) -> Iterator[Table | Line]:
    """A report as a heading, the table of its items, the most urgent first, and a summary by state and unit."""
    zh = lang == "zh"
    n, late = len(report.results), len(report.overdue)
    yield Line(
        f"截至 {report.as_of}：{n} 项，逾期 {late} 项"
        if zh
        else f"As of {report.as_of}: {n} item{'s' * (n != 1)}, {late} overdue",
        "bold",
    )
    if report.results:
        yield _items(report, lang)
        yield _summary(report, lang)


def _items(report: Report, lang: Language) -> Table:
    named = any(result.region != result.rule.region for result in report.results)
    where = [Text("地区", "region")[lang]] if named else []
    heads = ("编号", "条款", "事项", "牵头单位", *where, "起算", "届满", "办结", "状态")
    if lang == "en":
        heads = ("id", "clause", "rule", "lead unit", *where, "trigger", "due", "done", "state")
    table = _table(*heads)
    for result in report.by_urgency:
        item, style = result.item, _STYLES.get(result.status.state.value, "")
        title = f"{result.title[lang]}{sure(result.certainty, lang)}"
        where = [result.region or Text("全国", "national")[lang]] if named else []
        trigger = "" if isinstance(result.rule.limit, FixedDate | Quota) else item.trigger  # else only the year meant
        cells = (item.id, article(result.rule.norm.clause), title, result.lead, *where, trigger, str(result.due or ""))
        state = Line.assemble((STATES[result.status.state.value][lang], style), " ", _remark(result, lang))
        table.add_row(*(Line(cell) for cell in cells), Line(item.completed.replace("；", "\n")), state)
    return table


def _remark(result: Result, lang: Language) -> str:
    """What to add to a state in a few words."""
    status, limit, deadline = result.status, result.rule.limit, result.deadline
    state = status.state
    if result.shortfall is not None and isinstance(limit, Quota):
        said = Text(f"已办{result.shortfall.counted}次", f"{result.shortfall.counted} done")
        needed = limit_words(result.rule.kind, limit, lang)
        return "；".join(filter(None, (f"{said[lang]}（{needed}）", result.note[lang])))
    if status.days_over:
        working = "?" if status.working_days_over is None else status.working_days_over
        over = status.days_over
        return Text(f"超{over}日（{working}个工作日）", f"by {over} day{'s' * (over != 1)} ({working} working)")[lang]
    if status.short_by and isinstance(limit, Window):
        unit = limit.period.unit if limit.period.unit in _SHORT_UNITS else Unit.CALENDAR_DAY
        why = Text("；一般期限，缩短须说明理由", "; a default floor, reasons needed")[lang] if limit.usual else ""
        return Text("少", "by ")[lang] + amount(status.short_by, unit, lang) + why
    if deadline is None:
        return result.note[lang]
    if status.awaits:
        return Text("待", "awaits ")[lang] + "、".join(status.awaits)
    if state in {State.DISPUTED, State.MET_DISPUTED}:
        return _dispute(deadline, lang)
    if state is State.NOT_STARTED:
        return Text(f"{deadline.trigger}起算", f"from {deadline.trigger}")[lang]
    if result.rule.kind is Kind.AT_LEAST and state is State.OPEN:
        return Text(f"须开放至{deadline.due}", f"through {deadline.due}")[lang]
    return (
        Text(f"余{status.days_left}日", f"{status.days_left} day{'s' * (status.days_left != 1)} left")[lang]
        if status.days_left
        else ""
    )


def _dispute(deadline: Deadline, lang: Language) -> str:
    first, last = deadline.earliest, deadline.latest
    if first == last:
        return Text("日期系推断", "the date is inferred")[lang]
    return Text(f"{first}或{last}，读法不一", f"{first} or {last} by the reading")[lang]


def _summary(report: Report, lang: Language) -> Table:
    found = {
        lead: Counter(result.status.state.value for result in results) for lead, results in report.by("lead").items()
    }
    return _matrix(found, report.counts(), lang)


def _matrix(found: Mapping[str, Mapping[str, int]], totals: Mapping[str, int], lang: Language) -> Table:
    """Units by states, the most urgent first, and the totals."""
    states = [state for state in URGENCY if state in totals]
    table = _table(Text("牵头单位", "lead unit")[lang], title=Text("汇总", "Summary")[lang])
    for state in (*states, ""):
        table.add_column(STATES[state][lang] if state else Text("合计", "all")[lang], justify="right")
    rows = {lead: [counts.get(state, 0) for state in states] for lead, counts in found.items()}
    for lead, counts in sorted(rows.items(), key=lambda row: [-n for n in row[1]]):
        table.add_row(
            Line(lead or "—"), *(_count(n, state) for n, state in zip(counts, states, strict=True)), str(sum(counts))
        )
    table.add_section()
    total = Text("合计（多单位事项只计一次）", "all (items of several units once)")[lang]
    table.add_row(total, *(_count(totals[state], state) for state in states), str(sum(totals.values())))
    return table


def bulk_parts(report: BulkReport, lang: Language, rows: int = 20) -> Iterator[Table | Line]:
    """A report on many items: a heading, the items longest overdue, and a summary by state and unit."""
    n, late = sum(report.states.values()), report.overdue
    zh, en = f"截至 {report.as_of}：{n:,} 项，逾期 {late:,} 项", f"As of {report.as_of}: {n:,} item{'s' * (n != 1)}"
    said = Text(zh, f"{en}, {late:,} overdue")
    yield Line(said[lang], "bold")
    if late:
        named = ["region"] if report.apart.region or "region" in report.given.column_names else []
        heads = ("编号", "规则", "牵头单位", *("地区" for _ in named), "起算", "届满", "超期日数", "工作日")
        if lang == "en":
            heads = ("id", "rule", "lead unit", *named, "trigger", "due", "days over", "working days")
        table = _table(*heads)
        for item in report.latest(rows):
            keys = ("id", "rule", "lead", *named, "trigger", "due", "days_over", "working_days_over")
            table.add_row(*(Line("?" if item[key] is None else str(item[key])) for key in keys))
        yield table
    if late > rows:
        more = Text(f"另有 {late - rows:,} 项；--out 写出全部", f"and {late - rows:,} more: --out writes all")
        yield Line(more[lang])
    yield _matrix(report.counts, report.states, lang)


def _count(n: int, state: str) -> Line:
    return Line(str(n) if n else "·", _STYLES.get(state, "") if n else "dim")


def rules_table(rules: Iterable[Rule], lang: Language) -> Table:
    """Rules by id: what they are about, the limit, where they stand, how sure that is."""
    heads = (
        ("规则", "事项", "期限", "出处", "核实") if lang == "zh" else ("rule", "about", "limit", "source", "certainty")
    )
    table = _table(*heads)
    for rule in rules:
        norm = rule.norm
        where = _where(norm)
        cells = (
            rule.id,
            rule.title[lang],
            limit_words(rule.kind, rule.limit, lang),
            where,
            CERTAINTIES[rule.certainty][lang],
        )
        table.add_row(*(Line(cell) for cell in cells))
    return table


def _where(norm: Norm) -> str:
    """Where a rule stands: a local text by its number, a national one by its title."""
    instrument = norm.instrument
    if instrument is None:
        return ""
    if instrument.level == "local" and instrument.number:
        return f"{instrument.number}{norm.clause}"
    return str(Citation(instrument.title, "", norm.clause))


def binding_table(found: Iterable[Bound], lang: Language) -> Table:
    """The rules that a reference leads to: limit, how sure it is, and where a day is given when each would be due."""
    zh = lang == "zh"
    heads = (
        ("规则", "事项", "期限", "起算", "届满", "核实")
        if zh
        else ("rule", "about", "limit", "from", "due", "certainty")
    )
    table = _table(*heads)
    for each in found:
        rule, due = each.rule, _dates(each.deadline) if each.deadline else each.why[lang]
        if rule is None:
            table.add_row(*(Line(cell) for cell in (each.id, "", "", "", due, "")))
            continue
        cells = (rule.id, rule.title[lang], limit_words(rule.kind, rule.limit, lang), rule.trigger.text[lang])
        table.add_row(*(Line(cell) for cell in (*cells, due, CERTAINTIES[rule.certainty][lang])))
    return table


def _dates(found: Deadline) -> str:
    dates = dict.fromkeys((str(found.due_at or found.due), str(found.due_at or found.latest)))
    return " / ".join(dates)


def changes_table(found: Iterable[DayChange], lang: Language) -> Table:
    """What a notice file changes, day by day; days that were open and turn out as guessed are left to the count."""
    zh = lang == "zh"
    found = list(found)
    title = f"改变 {len(found)} 日" if zh else f"{len(found)} days change"
    heads = ("日期", "", "原", "现", "依据") if zh else ("day", "", "before", "after", "source")
    table = _table(*heads, title=title)
    words = {True: Text("上班", "worked"), False: Text("休息", "off"), None: Text("待定", "not settled")}
    for change in found:
        if not change.is_ordinary:
            day, before, after = str(change.date), words[change.before][lang], words[change.after][lang]
            table.add_row(day, weekday(change.date, lang), before, Line(after), Line(change.source))
    return table


def moved_table(found: Iterable[tuple[Result, Moved]], lang: Language) -> Table | Line:
    """The items that notices move: old and new due date, and the days that did it; a line where there are none."""
    zh = lang == "zh"
    found = list(found)
    n = len(found)
    title = f"届满日改变 {n} 项" if zh else f"{n} item{'s' * (n != 1)} move{'s' * (n == 1)}"
    if not found:
        return Line(title)
    heads = ("编号", "事项", "原届满", "现届满", "原因") if zh else ("id", "rule", "old", "new", "why")
    table = _table(*heads, title=title)
    for result, moved in found:
        why = "\n".join(str(day) for day in moved.days if not day.is_ordinary)
        table.add_row(Line(result.item.id), Line(result.title[lang]), str(moved.old), str(moved.new), Line(why))
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
        if day.kind in {DayKind.WORKDAY, DayKind.WEEKEND} and not day.name:
            continue
        kind = day_name(day.kind.value, lang)
        if not day.settled:
            kind = Text(f"待定（推测{kind}）", f"not settled ({kind}?)")[lang]
        style = "yellow" if not day.settled else "red" if day.working else ""
        table.add_row(
            Line(str(day.date)),
            weekday(day.date, lang),
            Line(kind, style),
            day_name(day.name, lang) if day.name else "",
            Line(str(day.source or "")),
        )
    return table
