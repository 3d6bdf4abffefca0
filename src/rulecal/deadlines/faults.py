"""What contradicts itself in the events of a case, or goes beyond its law: every fault, none of them guessed away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from rulecal.calendars import calendar as calendar_of
from rulecal.civil import to_day
from rulecal.deadlines.events import (
    CLOCKS,
    NAMES,
    Completion,
    Event,
    Exclusion,
    Extension,
    Restart,
    Suspension,
    Transfer,
)
from rulecal.errors import InvalidCaseError, RulecalError
from rulecal.law.limit import Kind, Unit, Window
from rulecal.law.source import article
from rulecal.present.terms import UNITS, amount
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.deadlines.rule import Rule

COUNTED = (Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR)
"""The units of the clocks that can be stopped and extended."""


def faults_of(events: Iterable[Event], start: date, clocks: dict[str, Rule]) -> Iterator[RulecalError]:
    """Every fault of the events of a case that starts on a day and runs under some clocks."""
    events = list(events)
    read = []
    for event in events:
        wrong = list(_unreadable(event))
        yield from wrong
        if not wrong:
            read.append(event)
    done = [event for event in read if isinstance(event, Completion)]
    if len(done) > 1:
        days = ", ".join(str(event.on) for event in done)
        yield _fault(
            Text(f"办结不止一次：{days}", f"completed more than once: {days}"),
            Text("办结之后另立一案", "what comes after a completion is a case of its own"),
            done[1],
        )
    for event in read:
        yield from _in_itself(event, start)
        if done and not isinstance(event, Completion) and begins(event) > to_day(done[0].on):
            first, last = begins(event), done[0].on
            yield _fault(
                Text(
                    f"{NAMES[type(event)]}始于{first}，晚于办结日{last}",
                    f"{_named(event)} begins on {first}, after the completion of {last}",
                ),
                Text("另立后续案件", "open a case that follows this one"),
                event,
            )
        yield from _beyond_the_law(event, clocks)
    yield from _too_often(read, clocks)


def _unreadable(event: Event) -> Iterator[RulecalError]:
    """What is no date, no region, no amount."""
    if not isinstance(event, Event):
        yield InvalidCaseError(f"{event!r} is no event", hint="pass Exclusion, Suspension, Extension, Completion …")
        return
    yield from _undated(event)
    if isinstance(event, Transfer):
        try:
            calendar_of(event.region)
        except RulecalError as err:
            yield _fault(_alike(err.message), _alike(err.hint), event)
    if isinstance(event, Extension) and (type(event.amount) is not int or event.amount < 1):
        said = Text(f"延长数量为{event.amount!r}", f"an extension by {event.amount!r}")
        yield _fault(said, Text("至少为1的整数", "a whole number of at least 1"), event)
    for name, (kind, needed) in _PLAIN.items():
        if hasattr(event, name) and not isinstance(getattr(event, name), kind):
            yield _fault(_alike(f"{name} of {_named(event)} is {getattr(event, name)!r}"), _alike(needed), event)


def _undated(event: Event) -> Iterator[RulecalError]:
    for name in ("first", "last", "on", "resumed", "decided"):
        value = getattr(event, name, None)
        if value is None and name in {"last", "resumed"}:
            continue
        if hasattr(event, name):
            try:
                to_day(value, f"{name} of {_named(event)}")
            except RulecalError as err:
                yield _fault(_alike(err.message), _alike(err.hint), event)


_PLAIN: Final = {
    "reason": (str, "a text"),
    "basis": (str, "the instrument, as text"),
    "clock": (str, "both, statutory or promised"),
    "notified": (bool, "True or False"),
    "unit": (Unit, "the rule's own unit, such as rulecal.Unit.WORKING_DAY"),
}


def _in_itself(event: Event, start: date) -> Iterator[RulecalError]:
    match event:
        case Exclusion(first, last) if last is not None and to_day(last) < to_day(first):
            said = Text(f"止于{last}，早于起日{first}", f"an exclusion ends on {last}, before it begins on {first}")
        case Suspension(on, resumed) if resumed is not None and to_day(resumed) < to_day(on):
            said = Text(f"{resumed}恢复，早于{on}中止", f"resumed on {resumed}, before it was suspended on {on}")
        case Completion(on) | Restart(on) if to_day(on) < start:
            zh = f"{NAMES[type(event)]}日{on}，早于起算日{start}"
            said = Text(zh, f"{_named(event)} on {on}, before the trigger of {start}")
        case Extension(decided=decided) if to_day(decided) < start:
            zh = f"延长决定日{decided}，早于起算日{start}"
            said = Text(zh, f"an extension decided on {decided}, before the trigger of {start}")
        case _:
            return
    yield _fault(said, Text("核对两个日期", "check both days"), event)


def _beyond_the_law(event: Event, clocks: dict[str, Rule]) -> Iterator[RulecalError]:
    if isinstance(event, Completion | Transfer):
        return
    if not any(can_be_stopped(rule) for rule in clocks.values()):
        yield cannot_be_stopped(event)
    elif isinstance(event, Extension):
        yield from _extended_beyond(event, clocks)
    elif isinstance(event, Exclusion | Suspension) and not any(
        stops(event, name, rule) for name, rule in clocks.items()
    ):
        asked = {name: rule for name, rule in clocks.items() if event.clock in {"both", name}}
        named = "、".join(dict.fromkeys(reason for rule in asked.values() for reason in reasons_of(rule)))
        yield _fault(
            Text(
                f"{NAMES[type(event)]}事由「{event.reason or '无'}」非该期限的法律所列",
                f"{_named(event)} for {event.reason or 'no reason'!r}, which the law of the clock does not name",
            ),
            Text(
                f"所列事由：{named or '无'}；或注明依据",
                f"it names: {named or 'nothing'}; or cite the instrument with basis=…",
            ),
            event,
        )


def _too_often(events: Iterable[Event], clocks: dict[str, Rule]) -> Iterator[RulecalError]:
    """The extensions of a clock by its law, more of them than it allows (S27); after a restart it is counted anew."""
    if any(isinstance(each, Restart) for each in events):
        return
    made = [each for each in dict.fromkeys(events) if isinstance(each, Extension) and not each.basis]
    for name, rule in clocks.items():
        allowed, instrument = rule.norm.extension, rule.norm.instrument
        mine = [each for each in made if each.clock in {"both", name}]
        if allowed is not None and instrument is not None and len(mine) > allowed.times:
            where = f"《{instrument.title}》{article(allowed.clause)}"
            said = Text(
                f"延长{len(mine)}次，{where}只许{allowed.times}次",
                f"extended {len(mine)} times, {where} allows {allowed.times}",
            )
            needed = Text(
                "核对各次决定，或注明许可再次延长的依据",
                "check the decisions, or cite the instrument that allows one more with basis=…",
            )
            yield _fault(said, needed, mine[-1])


def _extended_beyond(event: Extension, clocks: dict[str, Rule]) -> Iterator[RulecalError]:
    asked = [rule for name, rule in clocks.items() if event.clock in {"both", name}]
    if not asked or not all(isinstance(rule.limit, Window) for rule in asked):
        zh = f"本案没有{CLOCKS.get(event.clock, event.clock)}期限"
        said = Text(zh, f"an extension of the clock {event.clock!r}, which this case has not")
        yield _fault(said, Text("法定、承诺", "statutory, promised"), event)
        return
    units = [rule.limit.period.unit for rule in asked if isinstance(rule.limit, Window)]
    if any(unit is not event.unit for unit in units):
        held = ", ".join(dict.fromkeys(f"{unit.value}s" for unit in units))
        own, theirs = UNITS[event.unit].zh, "、".join(dict.fromkeys(UNITS[unit].zh for unit in units))
        zh = f"延长以{own}计，期限以{theirs}计".replace("以个", "以")
        said = Text(zh, f"an extension in {event.unit.value}s of a period in {held}")
        yield _fault(said, Text("该期限自身的单位", "the rule's own unit"), event)
        return
    rule = asked[0]
    norm = rule.norm
    if norm.instrument is None or event.basis:
        return
    allowed = norm.extension
    where = f"《{norm.instrument.title}》{article(allowed.clause if allowed else norm.clause)}"
    if allowed is None:
        said = Text(f"{where}未许延长", f"{where} allows no extension")
        yield _fault(said, Text("注明许可延长的依据", "cite the instrument that does with basis=…"), event)
    elif allowed.period is not None and (allowed.period.unit is not event.unit or event.amount > allowed.period.amount):
        most = amount(allowed.period.amount, allowed.period.unit, "zh")
        said = Text(
            f"延长{event.amount}，{where}至多{most}", f"extended by {event.amount}, {where} allows {allowed.period}"
        )
        yield _fault(said, Text("核对该决定", "check the decision"), event)


def can_be_stopped(rule: Rule) -> bool:
    """Whether the rule's clock counts days or months from a trigger on, so that it can be stopped and extended."""
    limit = rule.limit
    return isinstance(limit, Window) and rule.kind is not Kind.COUNT_BACK and limit.period.unit in COUNTED


def reasons_of(rule: Rule) -> tuple[str, ...]:
    """The reasons for which the rule does not count time."""
    return tuple(reason for each in rule.norm.excludes for reason in each.reasons)


def stops(event: Exclusion | Suspension, name: str, rule: Rule) -> bool:
    """Whether an event stops a clock: its rule names the reason, or the caller cites an instrument."""
    if event.clock not in {"both", name} or not can_be_stopped(rule):
        return False
    if event.basis or event.reason in reasons_of(rule):
        return True
    return isinstance(event, Suspension) and ("中止" in reasons_of(rule) or rule.norm.instrument is None)


def begins(event: Event) -> date:
    """The day on which an event begins."""
    return next(to_day(getattr(event, name)) for name in ("first", "on", "decided") if hasattr(event, name))


def ends(event: Event) -> date:
    """The day on which it ends; where it goes on, the day on which it begins."""
    last = next((value for name in ("last", "resumed") if (value := getattr(event, name, None)) is not None), None)
    return begins(event) if last is None else to_day(last)


def _named(event: Event) -> str:
    return type(event).__name__.lower()


def _alike(words: str) -> Text:
    """What only a caller of the library can get wrong: said in one language."""
    return Text(words, words)


def cannot_be_stopped(event: Event) -> InvalidCaseError:
    """The fault of an event on a clock that nothing stops."""
    said = Text(
        f"{NAMES[type(event)]}：该期限不可中止或延长",
        f"{_named(event)}: the clock is none that can be stopped",
    )
    return _fault(said, Text("仅限按日、月计算的期限", "only windows in days and months"), event)


def _fault(said: Text, expected: Text, event: object) -> InvalidCaseError:
    return InvalidCaseError(said.en, hint=expected.en, event=event, said=said, expected=expected)
