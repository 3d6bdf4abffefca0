"""What rules leave unsaid, each with the first day on which it matters: for whoever writes a file of rules.

A rule that leaves something unsaid is no fault: a default decides, or two readings stand beside each other. But its
author should know, and see when: so each remark names the first trigger for which the two answers differ, and both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from rulecal.calendars import calendar as calendar_of
from rulecal.calendars.working import WorkingCalendar
from rulecal.civil import DAY, add_months, to_day, to_instant
from rulecal.deadlines.count import first_of, land, last_of
from rulecal.deadlines.lint_undated import undated
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.ways import Way, ways
from rulecal.errors import CalendarCoverageError
from rulecal.law.limit import Clock, FixedDate, Kind, Roll, Start, Unit, Window
from rulecal.law.norm import Norm, TriggerOn
from rulecal.needs import each_of, need
from rulecal.text import Text

HORIZON: Final = 5 * 365 + 1
"""How many days are looked at, from `as_of` on: five years."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a rule leaves unsaid.

    Attributes:
        rule: The id of the rule.
        what: `unit`, `start`, `roll`, `clock`, `clear_days`, `named_day` or `month_end`; or, where no date hangs on it,
            `title`, `clause`, `trigger`, `region`, `level`, `certainty`, `refers_to`, `order`, `term`, `deemed` or
            `written`.
        says: What is unsaid, and what was taken for granted.
        first: The first trigger (for a fixed date the day named) within five years on which it matters; None where it
            never does, or no date hangs on it.
        one: The due date as it is taken; for hours the moment, from half past nine.
        other: The due date as it would be the other way.
    """

    rule: str
    what: str
    says: Text
    first: date | None = None
    one: date | None = None
    other: date | None = None


def lint(rules: Mapping[str, Rule] | Rule, *, as_of: date, held: Iterable[str] = ()) -> tuple[Remark, ...]:
    """What rules leave unsaid: the unit, the start, the roll, 前, month ends, and what a reader would miss.

    Each with the first day in five years on which it matters, while the rule is in force. Versions that are no longer
    in force are passed over. Where days are not settled, the safe ends of the two due dates are compared.

    Args:
        rules: A catalogue, or one rule.
        as_of: The day from which to look ahead, inclusive.
        held: Ids of rules held elsewhere, which may be referred to.

    Raises:
        NotADateError: If `as_of` is no date.
        InvalidArgumentError: If another argument is not of its kind.

    >>> import rulecal as rc
    >>> for remark in lint(rc.catalogue("docs/how-to/county-rules.toml"), as_of=date(2026, 1, 1)):
    ...     print(remark.rule, remark.what, remark.first, remark.one, remark.other)
    my-county/price-comment start 2026-01-04 2026-01-09 2026-01-08
    my-county/yearly-summary named_day 2026-01-20 2026-01-19 2026-01-20
    """
    as_of = to_day(as_of, "as_of")
    found = {rules.id: rules} if isinstance(rules, Rule) else rules
    need(found, Mapping, "rules", _RULES)  # type: ignore[type-abstract]
    known = {*found, *each_of(held, str, "held", "ids of rules held elsewhere")}
    remarks: list[Remark] = []
    for rule in each_of(found.values(), Rule, "a rule", _RULES):
        for norm in _current(rule, as_of):
            remarks += _dated(norm, as_of)
            remarks += [Remark(norm.id, what, says) for what, says in undated(norm, known)]
    return tuple(dict.fromkeys(remarks))


_RULES: Final = "pass a catalogue, a mapping of ids to rules, or one rule"


def _current(rule: Rule, as_of: date) -> list[Norm]:
    """The versions in force on `as_of` or later; the last one where there is none."""
    return [norm for norm in rule.norms if norm.force.last is None or as_of <= norm.force.last] or [rule.norm]


# what two answers hang on --------------------------------------------------------------------------------------------

_Test = Callable[[Way, date], bool]
_Question = tuple[str, Way, Way, _Test]
"""What is unsaid, the way in which the rule is counted, the other way, and the triggers for which it can matter."""


def _always(_way: Way, _trigger: date) -> bool:
    return True


def _lacks_day(way: Way, trigger: date) -> bool:
    """Whether the month in which the window ends has no day that corresponds to the trigger's."""
    return add_months(trigger, way.amount).day != trigger.day


def _dated(norm: Norm, as_of: date) -> Iterator[Remark]:
    held = calendar_of(norm.region)
    for what, one, other, matters in _questions(norm):
        triggers = (day for day in _triggers(norm, as_of, held) if matters(one, day))
        yield Remark(norm.id, what, _says(norm, what, one), *_first(norm, (one, other), held, triggers))


def _questions(norm: Norm) -> Iterator[_Question]:
    limit = norm.limit
    if isinstance(limit, FixedDate):
        yield from _of_date(norm)
    elif isinstance(limit, Window):
        one, *more = ways(norm)
        if "unit" in norm.unsaid:
            yield "unit", one, replace(one, unit=Unit.WORKING_DAY, roll=False), _always
        if norm.kind is Kind.COUNT_BACK:
            if limit.period.unit is not Unit.HOUR:
                yield "clear_days", one, more[0], _always
        elif limit.period.unit is Unit.HOUR:
            if "clock" in norm.unsaid:
                yield "clock", one, replace(one, clock=Clock.NEXT_HOUR), _always
        else:
            yield from _of_onward(norm, limit, one)
        if limit.period.unit in _MONTHS:
            yield "month_end", one, replace(one, days_after=one.days_after + 1), _lacks_day


def _of_onward(norm: Norm, limit: Window, one: Way) -> Iterator[_Question]:
    """What a window of days, months or years can leave unsaid."""
    public = norm.kind is Kind.AT_LEAST or "published" in norm.trigger.kinds
    if limit.start is Start.UNCLEAR or (public and "start" in norm.unsaid):
        yield "start", one, replace(one, same_day=not one.same_day), _always
    rolls = limit.period.unit is not Unit.WORKING_DAY and not limit.lengthens
    if rolls and (limit.roll is Roll.UNCLEAR or "roll" in norm.unsaid):
        yield "roll", one, replace(one, roll=not one.roll), _always


def _of_date(norm: Norm) -> Iterator[_Question]:
    """What a day of the year can leave unsaid: whether it is itself in time."""
    one, *more = ways(norm)
    if more:
        yield "named_day", one, more[0], _always
    elif "word" in norm.unsaid:
        yield "named_day", one, replace(one, days_after=-1), _always


_MONTHS: Final = frozenset({Unit.MONTH, Unit.YEAR})


def _first(
    norm: Norm, both: tuple[Way, Way], held: WorkingCalendar, triggers: Iterator[date]
) -> tuple[date, date, date] | tuple[()]:
    """The first trigger for which the two ways lead to different days, and these; nothing where there is none."""
    safe = last_of if norm.kind is Kind.AT_LEAST else first_of
    for trigger in triggers:
        try:
            one, other = (safe(land(way, trigger, held)) for way in both)
        except CalendarCoverageError:
            continue  # neither side of the days held says anything
        if one != other:
            return to_day(trigger), one, other
    return ()


def _triggers(norm: Norm, as_of: date, held: WorkingCalendar) -> Iterator[date]:
    """The days of five years on which the rule can start while it is in force; for a date in the year, those named."""
    force, limit = norm.force, norm.limit
    first = max(as_of, force.first or as_of, held.coverage.first)
    last = min(date.fromordinal(min(as_of.toordinal() + HORIZON, date.max.toordinal())), held.coverage.last)
    last = min(last, force.last or last)
    if isinstance(limit, FixedDate):
        named = (limit.named(year) for year in range(first.year, last.year + 1) if limit.year in {None, year})
        yield from (day for day in named if first <= day <= last)
        return
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if isinstance(limit, Window) and limit.period.unit is Unit.HOUR:
            yield to_instant(datetime.combine(day, _MORNING))
        elif (norm.trigger.on is TriggerOn.ANY or (day + DAY).day == 1) and not _is_published(norm, day):
            yield day


def _is_published(norm: Norm, trigger: date) -> bool:
    """Whether a published table names the due day, so that nothing is left to say."""
    return any(table.due(trigger) is not None for table in norm.published)


_MORNING: Final = time(9, 30)
"""When a matter in hours may begin: not at a full hour."""


# in words ------------------------------------------------------------------------------------------------------------


def _says(norm: Norm, what: str, one: Way) -> Text:
    """What is unsaid, and what a default decides; or that two readings stand beside each other."""
    said = _SAYS[what]
    if what not in norm.unsaid and (what != "named_day" or "word" not in norm.unsaid):
        more = _FIXED.get(what, _READINGS)
    else:
        more = _taken(what, one)
    return Text(f"{said.zh}，{more.zh}", f"{said.en}: {more.en}")


def _taken(what: str, one: Way) -> Text:
    """What a default decides, and the key that would say it."""
    key = "word" if what == "named_day" else what
    how = {
        "unit": _CALENDAR,
        "start": _NOT_COUNTED,
        "roll": _ROLLED if one.roll else _NOT_ROLLED,
        "clock": _AT_ONCE,
        "named_day": _INCLUDED,
    }[what]
    return Text(f"{how.zh}；请写 {key}", f"{how.en}; write {key}")


_READINGS: Final = Text("列两种读法", "two readings")
_CALENDAR: Final = Text("按自然日", "taken as calendar days")
_NOT_COUNTED: Final = Text("按不计入", "taken not to")
_ROLLED: Final = Text("按顺延", "taken to")
_NOT_ROLLED: Final = Text("按不顺延", "taken not to")
_AT_ONCE: Final = Text("按当时起算（以9:30为例）", "taken to begin at once (for 9:30)")
_INCLUDED: Final = Text("按含当日", "taken to be")
_FIXED: Final = {"month_end": Text("止于月末（民法典202条）", "it ends with the month (民法典 202)")}
_SAYS: Final = {
    "unit": Text("“日”指工作日还是自然日未写明", "whether 日 means working days"),
    "start": Text("公布当日是否计入未写明", "whether the day of publication counts"),
    "roll": Text("末日遇休息日是否顺延未写明", "whether the last day moves off a day off"),
    "clock": Text("小时自当时还是下一整时起算未写明", "whether hours begin at once or with the next full hour"),
    "clear_days": Text("“日前”是否须足数未写明", "whether the days before must be clear days"),
    "named_day": Text("“前”是否含当日未写明", "whether the named day is in time"),
    "month_end": Text("届满月份无对应日", "the last month has no corresponding day"),
}
