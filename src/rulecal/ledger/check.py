"""One item against its rule, on a day: its deadline and its status, or the fault that keeps it from having one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rulecal.calendars.divisions import wrong_region
from rulecal.civil import parse_day, parse_instant, to_day
from rulecal.columns.tables import in_hours
from rulecal.deadlines.build import on_date
from rulecal.deadlines.case import Case
from rulecal.deadlines.catalogue import Catalogue, catalogue
from rulecal.deadlines.events import Completion
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.status import State, Status, status
from rulecal.errors import (
    CaseFaults,
    LedgerError,
    NoDeadlineError,
    RulecalError,
    RuleNotInForceError,
    UnreadableDateError,
)
from rulecal.law.limit import COUNTED_BACK, Kind, Quota, Window
from rulecal.law.source import Certainty
from rulecal.ledger.events import Told, events_of, promise_of
from rulecal.ledger.read import Item, fault
from rulecal.needs import each_of, need
from rulecal.present.refusals import said
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
        rule: Its rule, in the version of its trigger.
        deadline: Its deadline; None for duties from which no date follows.
        status: Its status.
        shortfall: For a quota, what was done and what is missing.
        note: Why there is no date, where there is none.
        promise: The deadline of the promised clock, where something was promised.
        region: Whose days count (S7): as the row says, else as the call does, else the rule's; None for national days.
    """

    item: Item
    rule: Rule
    deadline: Deadline | None
    status: Status
    shortfall: Shortfall | None = None
    note: Text = Text()
    promise: Deadline | None = None
    region: str | None = None

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
        """How sure the figure is."""
        return self.rule.certainty


@dataclass(frozen=True, slots=True)
class _Row:
    """An item as read: its rule, its days, those on which it was done and what tells of them, and whose days count."""

    item: Item
    rule: Rule
    trigger: date | None
    done: Mapping[date, Told]
    due: date | None
    region: str | None
    """As the row or the call names it."""
    calendar: WorkingCalendar | None

    @property
    def completed(self) -> date | None:
        """The first day on which it was done."""
        return next(iter(self.done), None)


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the items of one file on one day; what it cannot check it notes and leaves."""

    file: str
    rules: Mapping[str, Rule]
    as_of: date
    faults: list[LedgerError]
    calendars: Callable[[str | None], WorkingCalendar] | None = None
    """The calendar of a region; None asks the library's own."""
    events: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    """What happened to the items, by id, out of a second file."""
    unread: frozenset[str] = frozenset()
    """The items of which that file has a row that cannot be read: they are not judged, as if nothing had happened."""
    region: str | None = None
    """The region of items whose row names none; None for that of their rule."""

    def check(self, item: Item) -> Result | None:
        """The result of an item; None where faults were noted instead."""
        if item.id in self.unread:
            return None
        before = len(self.faults)
        rule = self.rules.get(item.rule)
        if rule is None:
            self.faults.append(self._fault(item, "rule", self._near(item.rule)))
        moments = rule is not None and in_hours(rule)
        if moments and not isinstance(self.as_of, datetime):
            needed = Text("截至时刻，如 2022-07-21 17:00", "a moment to check on, such as 2022-07-21 17:00")
            self.faults.append(fault(self.file, item.row, "(as of)", str(self.as_of), needed))
        read: Callable[[str], date] = parse_instant if moments else parse_day
        trigger = self._date(item, "trigger", item.trigger, read)
        told = [(text, self._date(item, "completed", text, read)) for text in _texts(item, rule)]
        due = self._date(item, "due", item.due, parse_day)
        if item.region and (wanted := wrong_region(item.region)):
            self.faults.append(self._fault(item, "region", wanted))
        if rule is None or len(self.faults) > before:
            return None
        done = [Told(Completion(day), self.file, item.row, "completed", text) for text, day in told if day is not None]
        named = item.region or self.region
        calendar = self.calendars(named or rule.region) if self.calendars else None
        try:
            row = _Row(item, rule, trigger, self._completions(item, rule, done), due, named, calendar)
            found = self._judge(row)
            return replace(found, rule=_version(rule, found.deadline), region=named or rule.region)
        except LedgerError as err:
            self.faults.append(err)
        except RulecalError as err:
            self.faults.append(self._fault(item, "trigger", _as_said(err)))
        return None

    def _judge(self, row: _Row) -> Result:
        item, rule, trigger, done = row.item, row.rule, row.trigger, row.completed
        if done is not None and trigger is not None and rule.kind not in COUNTED_BACK and done < trigger:
            needed = Text(f"不早于起算日 {item.trigger} 的日期", f"a day not before the trigger, {item.trigger}")
            raise row.done[done].fault(needed)
        case = self._case(row)
        if case is not None:
            deadline = case.deadline(as_of=to_day(self.as_of))
            promise = case.promise(as_of=to_day(self.as_of))
            return Result(item, rule, deadline, case.status(as_of=self.as_of), promise=promise)
        if row.due is not None:
            return self._local(row, row.due)
        if trigger is None and isinstance(rule.limit, Window):
            raise self._fault(item, "trigger", _from_when(rule))
        try:
            deadline = rule.deadline(trigger, region=row.region, calendar=row.calendar)
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
            return self._quota(item, rule, deadline, list(row.done))
        if rule.kind is Kind.BY_DATE and done is not None and done < deadline.due - A_YEAR:
            needed = Text(f"{deadline.due} 前后的日期", f"a day near {deadline.due}: this is more than a year before")
            raise row.done[done].fault(needed)
        return Result(item, rule, deadline, deadline.status(as_of=self.as_of, completed=done))

    def _completions(self, item: Item, rule: Rule, told: list[Told]) -> dict[date, Told]:
        """The days on which an item was done, by its row and by the file of events: several for a quota only."""
        found: dict[date, Told] = {}
        for each in (*told, *self.events.get(item.id, ())):
            if isinstance(each.event, Completion):
                found.setdefault(each.event.on, each)
        if len(found) > 1 and rule.kind is not Kind.QUOTA:
            days = ", ".join(map(str, found))
            raise [*found.values()][-1].fault(Text(f"只有一个办结日；现有 {days}", f"one day, not {days}"))
        return found

    def _local(self, row: _Row, due: date) -> Result:
        """The item with a date that was set locally."""
        if row.rule.kind is not Kind.PLAN_TASK:
            raise self._fault(row.item, "due", Text("留空：该规则自有期限", f"empty: {row.rule.id} sets its own date"))
        local = on_date(due).deadline(region=row.region or row.rule.region, calendar=row.calendar)
        return Result(row.item, row.rule, local, local.status(as_of=self.as_of, completed=row.completed))

    def _case(self, row: _Row) -> Case | None:
        """The item as a case, where anything happened to it but its completion; None where nothing did."""
        item, rule, before = row.item, row.rule, len(self.faults)
        here = events_of(item, self.file, self.faults.append)
        promised = promise_of(item, rule, self.rules, self.file, self.faults.append)
        if len(self.faults) > before:
            raise self.faults.pop()
        happened = (each for each in self.events.get(item.id, ()) if not isinstance(each.event, Completion))
        told = [each.in_its_unit(rule, promised) for each in (*here, *happened)]
        if not told and promised is None:
            return None
        if row.trigger is None or row.due is not None:
            raise self._fault(item, "trigger", _from_when(rule))
        told += row.done.values()
        events = tuple(each.event for each in told)
        try:
            return Case(rule, row.trigger, events, promised, region=row.region, calendar=row.calendar)
        except CaseFaults as err:
            wrong = [each for each in err.exceptions if isinstance(each, RulecalError)]
            self.faults.extend(self._of_case(item, told, each) for each in wrong[:-1])
            raise self._of_case(item, told, wrong[-1]) from None

    def _of_case(self, item: Item, told: list[Told], wrong: RulecalError) -> LedgerError:
        """A fault of a case, at the cell that tells of its event; one of no event, at the trigger."""
        said, needed = wrong.facts.get("said"), wrong.facts.get("expected")
        if isinstance(said, Text) and isinstance(needed, Text):
            words = Text(f"{needed.zh}（{said.zh}）", f"{needed.en} ({said.en})")
            return next(each for each in told if each.event == wrong.facts["event"]).fault(words)
        return self._fault(item, "trigger", _as_said(wrong))

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


def _version(rule: Rule, found: Deadline | None) -> Rule:
    """The version that gave a deadline; one that was set locally is of no rule of the catalogue."""
    return found.rule if found is not None and found.rule.id == rule.id else rule


def rules_of(rules: object) -> Mapping[str, Rule]:
    """The rules that an argument names by their ids; those of the package for None.

    Raises:
        InvalidArgumentError: If it is none of these.
    """
    if rules is None:
        return catalogue()
    if isinstance(rules, Catalogue):  # whose texts are read when one of their rules is asked for
        return rules
    held = need(rules, Mapping, "rules", _RULES)  # type: ignore[type-abstract]
    each_of(held, str, "the id of a rule", _RULES)
    each_of(held.values(), Rule, "a rule", _RULES)
    return held


_RULES: Final = "rulecal.catalogue(…), or a dict of rules by id"


def _texts(item: Item, rule: Rule | None) -> list[str]:
    """The dates of a cell: several for a quota, parted by ; or 、."""
    return re.split(r"[;；、]", item.completed) if rule and rule.kind is Kind.QUOTA else [item.completed]


def _as_said(err: RulecalError) -> Text:
    """What the library says, on one line."""
    return Text(said(err, "zh").replace("\n提示：", "；").replace("\nHint: ", "; "), f"{err.hint} ({err.message})")


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
