"""One item against its rule, on a day: its deadline and its status, or the fault that keeps it from having one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rulecal.civil import parse_day, parse_instant, to_day
from rulecal.deadlines.build import on_date
from rulecal.deadlines.case import Case
from rulecal.deadlines.events import Completion, Event
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.status import State, Status, status
from rulecal.errors import (
    FaultGroup,
    LedgerError,
    NoDeadlineError,
    RulecalError,
    RuleNotInForceError,
    UnreadableDateError,
)
from rulecal.law.limit import COUNTED_BACK, Kind, Quota, Unit, Window
from rulecal.law.source import Certainty
from rulecal.ledger.events import events_of, promise_of
from rulecal.ledger.read import Item, fault
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.deadline import Deadline
    from rulecal.deadlines.recurring import Shortfall

A_YEAR: Final = timedelta(days=366)
"""How long before its date a duty of a fixed date can be done, at the most."""


@dataclass(frozen=True, slots=True)
class Result:
    """An item checked on a day.

    Attributes:
        item: The row.
        rule: Its rule.
        deadline: Its deadline; None for duties from which no date follows.
        status: Its status.
        shortfall: For a quota, what was done and what is missing.
        note: Why there is no date, where there is none.
        promise: The deadline of the promised clock, where something was promised.
    """

    item: Item
    rule: Rule
    deadline: Deadline | None
    status: Status
    shortfall: Shortfall | None = None
    note: Text = Text()
    promise: Deadline | None = None

    @property
    def lead(self) -> str:
        """The unit in charge: the row's, else the rule's."""
        return self.item.lead or "、".join(self.rule.actors)

    @property
    def units(self) -> tuple[str, ...]:
        """The units in charge one by one."""
        return tuple(re.split("[、;；]", self.lead))

    @property
    def due(self) -> date | None:
        """The due date, where there is one."""
        return self.deadline.due if self.deadline else None

    @property
    def title(self) -> Text:
        """What the rule is about."""
        return self.rule.title

    @property
    def certainty(self) -> Certainty:
        """How sure the figure is, of the version that was used."""
        return (self.deadline.rule if self.deadline and self.deadline.rule.id else self.rule).certainty


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the items of one file on one day; what it cannot check it notes and leaves."""

    file: str
    rules: Mapping[str, Rule]
    as_of: date
    faults: list[LedgerError]
    calendars: Callable[[str | None], WorkingCalendar] | None = None
    """The calendar of a region; None asks the library's own."""
    events: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    """What happened to the items, by id, out of a second file."""
    unread: frozenset[str] = frozenset()
    """The items of which that file has a row that cannot be read: they are not judged, as if nothing had happened."""

    def check(self, item: Item) -> Result | None:
        """The result of an item; None where faults were noted instead."""
        if item.id in self.unread:
            return None
        before = len(self.faults)
        rule = self.rules.get(item.rule)
        if rule is None:
            self.faults.append(self._fault(item, "rule", self._near(item.rule)))
        limit = rule.limit if rule else None
        moments = isinstance(limit, Window) and limit.period.unit is Unit.HOUR
        if moments and not isinstance(self.as_of, datetime):
            needed = Text("截至时刻，如 2022-07-21 17:00", "a moment to check on, such as 2022-07-21 17:00")
            self.faults.append(fault(self.file, item.row, "(as of)", str(self.as_of), needed))
        read: Callable[[str], date] = parse_instant if moments else parse_day
        trigger = self._date(item, "trigger", item.trigger, read)
        done = [self._date(item, "completed", text, read) for text in _texts(item, rule)]
        due = self._date(item, "due", item.due, parse_day)
        if rule is None or len(self.faults) > before:
            return None
        try:
            return self._judge(item, rule, trigger, [day for day in done if day is not None], due)
        except LedgerError as err:
            self.faults.append(err)
        except FaultGroup as err:
            said = (str(each).replace("\n", "; ") for each in err.exceptions)
            self.faults.extend(self._fault(item, "events", Text(each, each)) for each in said)
        except RulecalError as err:
            self.faults.append(self._fault(item, "trigger", Text(err.message, f"{err.hint} ({err.message})")))
        return None

    def _judge(self, item: Item, rule: Rule, trigger: date | None, days: list[date], due: date | None) -> Result:
        days = self._completions(item, rule, days)
        done = days[0] if days else None
        if done is not None and trigger is not None and rule.kind not in COUNTED_BACK and done < trigger:
            needed = Text("不早于起算日的日期", f"a day not before the trigger, {item.trigger}")
            raise self._fault(item, "completed", needed)
        case = self._case(item, rule, trigger, done, due)
        if case is not None:
            deadline = case.deadline(as_of=to_day(self.as_of))
            promise = case.promise(as_of=to_day(self.as_of))
            return Result(item, rule, deadline, case.status(as_of=self.as_of), promise=promise)
        if due is not None:
            return self._local(item, rule, due, done)
        if trigger is None and isinstance(rule.limit, Window):
            raise self._fault(item, "trigger", _from_when(rule))
        try:
            deadline = rule.deadline(trigger, calendar=self.calendars(rule.region) if self.calendars else None)
        except NoDeadlineError as err:
            if done is not None and done <= to_day(self.as_of):
                return Result(item, rule, None, status(State.MET))
            return Result(item, rule, None, status(State.REVIEW), note=_why(rule, err))
        except RuleNotInForceError:
            held = "; ".join(str(version.force) for version in rule.versions)
            when = Text(
                f"施行期内的日期：{held.replace(' to ', '至').replace('; ', '；')}",
                f"a day within {held}, when {rule.id} is in force",
            )
            raise self._fault(item, "trigger", when) from None
        if isinstance(rule.limit, Quota):
            return self._quota(item, rule, deadline, days)
        if rule.kind is Kind.BY_DATE and done is not None and done < deadline.due - A_YEAR:
            needed = Text(f"{deadline.due} 前后的日期", f"a day near {deadline.due}: this is more than a year before")
            raise self._fault(item, "completed", needed)
        return Result(item, rule, deadline, deadline.status(as_of=self.as_of, completed=done))

    def _completions(self, item: Item, rule: Rule, days: list[date]) -> list[date]:
        """The days on which an item was done, by its row and by the file of events: several for a quota only."""
        told = [each.on for each in self.events.get(item.id, ()) if isinstance(each, Completion)]
        found = list(dict.fromkeys([*days, *told]))
        if len(found) > 1 and rule.kind is not Kind.QUOTA:
            raise self._fault(item, "completed", Text("只有一个办结日", f"one day, not {', '.join(map(str, found))}"))
        return found

    def _local(self, item: Item, rule: Rule, due: date, done: date | None) -> Result:
        """The item with a date that was set locally."""
        if rule.kind is not Kind.PLAN_TASK:
            raise self._fault(item, "due", Text("留空：该规则自有期限", f"empty: {rule.id} sets its own date"))
        local = on_date(due).deadline()
        return Result(item, rule, local, local.status(as_of=self.as_of, completed=done))

    def _case(self, item: Item, rule: Rule, trigger: date | None, done: date | None, due: date | None) -> Case | None:
        """The item as a case, where anything happened to it but its completion; None where nothing did."""
        before = len(self.faults)
        happened = (each for each in self.events.get(item.id, ()) if not isinstance(each, Completion))
        events = [*events_of(item, rule, self.file, self.faults.append), *happened]
        promised = promise_of(item, self.file, self.faults.append)
        if len(self.faults) > before:
            raise self.faults.pop()
        if not events and promised is None:
            return None
        if trigger is None or due is not None:
            raise self._fault(item, "trigger", _from_when(rule))
        if done is not None:
            events.append(Completion(done))
        held = self.calendars(rule.region) if self.calendars else None
        return Case(rule, trigger, tuple(events), promised, calendar=held)

    def _quota(self, item: Item, rule: Rule, deadline: Deadline, days: list[date]) -> Result:
        found = rule.shortfall(deadline.due.year, days, as_of=to_day(self.as_of))
        left_out = [day for day in days if day.year != found.year or day > found.as_of]
        said = "、".join(map(str, left_out))
        note = Text(f"未计入：{said}", f"not counted: {said}") if left_out else Text()
        return Result(item, rule, deadline, found.status(deadline.working_calendar), found, note)

    def _date(self, item: Item, column: str, text: str, read: Callable[[str], date]) -> date | None:
        if not text.strip():
            return None
        try:
            return read(text)
        except UnreadableDateError as err:
            moment = "时刻，如 2022-09-30 17:20（北京时间）"
            zh = moment if read is parse_instant else "日期，如 2022-04-20、20220420、2022/4/20 或 2022年4月20日"
            needed = Text(zh, f"a date: {err.hint}")
            self.faults.append(fault(self.file, item.row, column, text.strip(), needed))
            return None

    def _near(self, rule_id: str) -> Text:
        near = difflib.get_close_matches(rule_id, self.rules, n=1)
        if not near:
            return Text("规则编号，用 rulecal rules 查找", "the id of a rule: `rulecal rules` lists them")
        return Text(f"规则编号，是否为 {near[0]}", f"the id of a rule: did you mean {near[0]}?")

    def _fault(self, item: Item, column: str, expected: Text) -> LedgerError:
        return fault(self.file, item.row, column, getattr(item, column, ""), expected)


def _texts(item: Item, rule: Rule | None) -> list[str]:
    """The dates of a cell: several for a quota, parted by ; or 、."""
    return re.split(r"[;；、]", item.completed) if rule and rule.kind is Kind.QUOTA else [item.completed]


def _from_when(rule: Rule) -> Text:
    kinds = " / ".join(rule.trigger.kinds)
    words = rule.trigger.text or Text(kinds, kinds)
    return Text(f"起算日：{words.zh}", f"the day from which {rule.id} runs: {words.en}")


def _why(rule: Rule, err: NoDeadlineError) -> Text:
    if rule.is_computable:
        return Text("该日期早于文件成文日期，仅凭本文件不产生当年义务", err.message.partition(": ")[2] or err.message)
    refers = "、".join(dict.fromkeys(rule_id.partition("/")[0] for rule_id in rule.refers_to))
    if refers:
        return Text(f"期限见 {refers}", f"the figure stands in {refers}")
    return Text("文件未定日期，仅供核查", "the text sets no date: to be reviewed")
