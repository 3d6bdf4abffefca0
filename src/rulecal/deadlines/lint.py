"""What a rule leaves unsaid, and the first day in five years on which that matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rulecal.civil import DAY, add_months, to_day
from rulecal.deadlines.rule import Rule
from rulecal.errors import RulecalError
from rulecal.law.limit import FixedDate, Kind, Period, Roll, Start, Unit, Window, Word
from rulecal.law.norm import TriggerOn
from rulecal.law.source import Certainty
from rulecal.text import Text

_AHEAD: Final = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a rule leaves unsaid.

    Attributes:
        rule: The id of the rule.
        what: `unit`, `start`, `roll`, `named_day`, `month_end`, `clause`, `trigger`, `certainty` or `refers_to`.
        says: What is unsaid, and what was taken for granted.
        first: The first trigger (for a fixed date the day named) within five years on which it matters; None where it
            never does, or no date hangs on it.
        one: The due date as it is taken.
        other: The due date as it would be the other way.
    """

    rule: str
    what: str
    says: Text
    first: date | None = None
    one: date | None = None
    other: date | None = None


_SAYS: Final = {
    "unit": Text("“日”未指明种类，按日历日计算", "日 without a unit clause: taken as calendar days"),
    "start": Text("公布当日是否计入未写明，按不计入", "whether the day of publication counts: taken not to"),
    "roll": Text("末日遇休息日是否顺延未写明，按顺延", "whether the last day moves off a day off: taken to"),
    "roll-unclear": Text("末日遇休息日是否顺延不明，列两种读法", "whether the last day moves off a day off is unclear"),
    "named_day": Text("“日前”是否含当日，列两种读法", "whether 前 includes the named day: two readings"),
    "month_end": Text("无对应日时取月末", "where there is no corresponding day the month's last is taken"),
    "clause": Text("未写条款", "no clause or article is given"),
    "trigger": Text("未写起算点种类", "no kind of trigger is given"),
    "certainty": Text("凭记忆，未核对原文", "from memory, not checked against the text"),
    "refers_to": Text("所引规则不在目录中", "refers to a rule that nobody holds"),
}


def lint(rules: Mapping[str, Rule] | Rule, *, as_of: date, held: Iterable[str] = ()) -> tuple[Remark, ...]:
    """What rules leave unsaid: the unit, the start, the roll, 前, month ends, and what a reader would miss.

    Args:
        rules: A catalogue, or one rule.
        as_of: The day from which to look ahead, inclusive.
        held: Ids of rules held elsewhere, which may be referred to.

    >>> import rulecal as rc
    >>> for remark in lint(rc.catalogue("docs/how-to/county-rules.toml"), as_of=date(2026, 1, 1)):
    ...     print(remark.rule, remark.what, remark.first, remark.one, remark.other)
    my-county/yearly-summary named_day 2026-01-20 2026-01-19 2026-01-20
    """
    as_of = to_day(as_of, "as_of")
    found = {rules.id: rules} if isinstance(rules, Rule) else rules
    known = {*found, *held}
    return tuple(remark for rule in found.values() for remark in _remarks(rule, as_of, known))


def _remarks(rule: Rule, as_of: date, known: set[str]) -> Iterator[Remark]:
    norm, limit = rule.norm, rule.limit
    if isinstance(limit, Window):
        for what in norm.unsaid:
            yield _differs(rule, what, _other_way(rule, limit, what), as_of)
        if limit.roll is Roll.UNCLEAR:
            other = _with(rule, replace(limit, roll=Roll.YES))
            yield _differs(_with(rule, replace(limit, roll=Roll.NO)), "roll-unclear", other, as_of)
        if limit.period.unit in {Unit.MONTH, Unit.YEAR}:
            yield _month_end(rule, limit, as_of)
        if not norm.trigger.kinds:
            yield _remark(rule, "trigger")
    elif isinstance(limit, FixedDate) and limit.word is Word.BEFORE and not limit.includes_named_day:
        year = limit.year or as_of.year + (limit.named(as_of.year) < as_of)
        yield _remark(rule, "named_day", limit.named(year), limit.named(year) - DAY, limit.named(year))
    if norm.instrument is not None and not norm.clause:
        yield _remark(rule, "clause")
    if norm.certainty is Certainty.MEMORY:
        yield _remark(rule, "certainty")
    if any(each not in known for each in norm.refers_to):
        yield _remark(rule, "refers_to")


def _other_way(rule: Rule, limit: Window, what: str) -> Rule:
    """The rule as it would be with what is unsaid said the other way."""
    if what == "unit":
        return _with(rule, replace(limit, period=Period(limit.period.amount, Unit.WORKING_DAY)))
    if what == "start":
        return _with(rule, replace(limit, start=Start.SAME_DAY))
    return _with(rule, replace(limit, roll=Roll.NO))


def _with(rule: Rule, limit: Window) -> Rule:
    return Rule(replace(rule.norm, limit=limit, variations=(), own_force=None, instrument=None))


def _differs(rule: Rule, what: str, other: Rule, as_of: date) -> Remark:
    """The first trigger from which the two ways lead to different due dates."""
    one = _with(rule, rule.limit) if isinstance(rule.limit, Window) else rule
    days = (as_of + timedelta(days=k) for k in range(_AHEAD.days))
    starts = (day for day in days if rule.trigger.on is TriggerOn.ANY or (day + DAY).day == 1)
    with suppress(RulecalError):  # the calendar ends before the five years do
        for day in starts:
            a, b = one.deadline(day).due, other.deadline(day).due
            if a != b:
                return _remark(rule, what, day, a, b)
    return _remark(rule, what)


def _month_end(rule: Rule, limit: Window, as_of: date) -> Remark:
    """The first trigger without a corresponding day: the month's last day, or the one after."""
    months = limit.period.months * (-1 if rule.kind is Kind.COUNT_BACK else 1)
    for k in range(_AHEAD.days):
        day = as_of + timedelta(days=k)
        end = add_months(day, months)
        if end.day != day.day:
            return _remark(rule, "month_end", day, end, end + DAY)
    return _remark(rule, "month_end")


def _remark(
    rule: Rule, what: str, first: date | None = None, one: date | None = None, other: date | None = None
) -> Remark:
    return Remark(rule.id, what.partition("-")[0], _SAYS[what], first, one, other)
