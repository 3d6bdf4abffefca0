"""One item against its rule, on a day: its deadline and its status, or the fault that keeps it from having one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from rulecal.civil import parse_day, parse_instant, to_day
from rulecal.deadlines.build import on_date
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.status import State, Status, status
from rulecal.errors import LedgerError, NoDeadlineError, RulecalError, RuleNotInForceError, UnknownRuleError
from rulecal.ledger.read import Item, fault
from rulecal.law.limit import Kind, Quota, Unit, Window
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.deadlines.deadline import Deadline
    from rulecal.deadlines.recurring import Shortfall

_FORMS = "2022-04-20, 20220420, 2022/4/20 or 2022年4月20日"


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
    """

    item: Item
    rule: Rule
    deadline: Deadline | None
    status: Status
    shortfall: Shortfall | None = None
    note: Text = Text()

    @property
    def lead(self) -> str:
        """The unit in charge: the row's, else the rule's."""
        return self.item.lead or "、".join(self.rule.actors)

    @property
    def due(self) -> date | None:
        """The due date, where there is one."""
        return self.deadline.due if self.deadline else None

    @property
    def title(self) -> Text:
        """What the rule is about."""
        return self.rule.title


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the items of one file on one day; what it cannot check it notes and leaves."""

    file: str
    rules: Mapping[str, Rule]
    as_of: date
    faults: list[LedgerError]

    def check(self, item: Item) -> Result | None:
        """The result of an item; None where a fault was noted instead."""
        try:
            rule = self.rules[item.rule]
        except UnknownRuleError as err:
            return self._note(item, "rule", item.rule, f"the id of a rule; {err.hint}")
        before = len(self.faults)
        moments = isinstance(rule.limit, Window) and rule.limit.period.unit is Unit.HOUR
        read: Callable[[str], date] = parse_instant if moments else parse_day
        trigger = self._date(item, "trigger", item.trigger, read)
        done = [self._date(item, "completed", text, read) for text in self._texts(item, rule)]
        due = self._date(item, "due", item.due, parse_day)
        if len(self.faults) > before:
            return None
        days = [day for day in done if day is not None]
        try:
            return self._judge(item, rule, trigger, days, due)
        except RulecalError as err:
            column = "completed" if "completed" in err.facts else "trigger"
            return self._note(item, column, getattr(item, column), f"{err.hint} ({err.message})")

    def _judge(self, item: Item, rule: Rule, trigger: date | None, days: list[date], due: date | None) -> Result | None:
        if due is not None and rule.kind is not Kind.PLAN_TASK:
            return self._note(item, "due", item.due, f"empty: {rule.id} sets its own date")
        if trigger is None and isinstance(rule.limit, Window):
            return self._note(item, "trigger", "", f"the day from which {rule.id} runs: {_words(rule)}")
        done = days[0] if days else None
        if due is not None:
            local = on_date(due).deadline()
            return Result(item, rule, local, local.status(as_of=self.as_of, completed=done))
        try:
            deadline = rule.deadline(trigger)
        except NoDeadlineError as err:
            finished = done is not None and done <= to_day(self.as_of)
            return Result(item, rule, None, status(State.MET if finished else State.REVIEW), note=_why(rule, err))
        except RuleNotInForceError:
            return self._note(item, "trigger", item.trigger, f"a day within {rule.force}, when {rule.id} is in force")
        if isinstance(rule.limit, Quota):
            return self._quota(item, rule, deadline, days)
        return Result(item, rule, deadline, deadline.status(as_of=self.as_of, completed=done))

    def _quota(self, item: Item, rule: Rule, deadline: Deadline, days: list[date]) -> Result:
        found = rule.shortfall(deadline.due.year, days, as_of=to_day(self.as_of))
        once = deadline.status(as_of=self.as_of)
        if found.missing:
            shown = Status(found.state, once.is_overdue, once.certain, once.days_left, once.days_over, once.working_days_over)
        else:
            shown = status(found.state)
        return Result(item, rule, deadline, shown, found)

    def _texts(self, item: Item, rule: Rule) -> list[str]:
        """The dates of a cell: several for a quota, parted by ; or 、."""
        return re.split(r"[;；、]", item.completed) if rule.kind is Kind.QUOTA else [item.completed]

    def _date(self, item: Item, column: str, text: str, read: Callable[[str], date]) -> date | None:
        if not text.strip():
            return None
        try:
            return read(text)
        except ValueError:
            expected = "a moment such as 2022-09-30 17:20" if read is parse_instant else f"a date: {_FORMS}"
            self._note(item, column, text.strip(), expected)
            return None

    def _note(self, item: Item, column: str, value: str, expected: str) -> None:
        self.faults.append(fault(self.file, item.row, column, value, expected))


def _words(rule: Rule) -> str:
    return rule.trigger.text.en or " or ".join(rule.trigger.kinds) or "its trigger"


def _why(rule: Rule, err: NoDeadlineError) -> Text:
    if rule.is_computable:
        return Text("该日期早于文件成文日期，仅凭本文件不产生当年义务", err.message.partition(": ")[2] or err.message)
    refers = "、".join(rule.refers_to)
    if refers:
        return Text(f"期限见 {refers}", f"the figure stands in {refers}")
    return Text("文件未定日期，仅供核查", "the text sets no date: to be reviewed")


def is_moment(value: date) -> bool:
    """Whether a value is a moment, not a day."""
    return isinstance(value, datetime)
