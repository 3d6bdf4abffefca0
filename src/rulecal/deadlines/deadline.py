"""A deadline: a due date (届满日) with its readings, its proof, and the status of an item that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rulecal.calendars import need_calendar
from rulecal.calendars.day import Provenance, Span
from rulecal.civil import DAY, to_day, to_instant
from rulecal.deadlines.count import consulted, first_of, land, last_of, nominal, start_of
from rulecal.deadlines.events import paused_days
from rulecal.deadlines.recurring import Shortfall
from rulecal.deadlines.status import (
    LAST_WORKING_DAY,
    Place,
    State,
    Status,
    WarningPolicy,
    act_by,
    count,
    place,
    status,
)
from rulecal.deadlines.ways import Way
from rulecal.errors import InvalidCaseError, RulecalError
from rulecal.law.limit import Kind, Quota, Unit, Window
from rulecal.law.norm import ARTICLE_NOT_SEEN
from rulecal.law.source import Certainty, Citation
from rulecal.needs import need, one_of
from rulecal.steps import Step
from rulecal.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.replay import Moved, Same
    from rulecal.deadlines.rule import Rule
    from rulecal.law.provision import Published
    from rulecal.present.view import View


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to count (S22): its name, its cause, and the dates it gives; all three are one day on settled days."""

    name: str
    cause: Text
    earliest: date
    expected: date
    latest: date


@dataclass(frozen=True, slots=True)
class Record:
    """The proof of a deadline as it was stored: steps, the signs of the days consulted, where they came from."""

    steps: tuple[Step, ...]
    first: date | None
    states: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, repr=False)
class Deadline:
    """What follows from a rule and a trigger. Made by `Rule.deadline`.

    Equal deadlines have the same rule, trigger, readings and flags. The proof (`steps`, `calendar`, `explain`) is
    worked out when it is asked for.

    Attributes:
        rule: The rule, in the version that was used.
        trigger: The trigger day, or the moment for a limit in hours.
        region_assumed: No region was named, so national days were counted (S7).
        in_force: The rule was in force on the trigger day (S23).
        trigger_kind: The kind of the trigger, where the caller named it.
    """

    rule: Rule
    trigger: date
    _calendar: WorkingCalendar = field(compare=False)
    found: tuple[tuple[Way, date | Span], ...]
    """Each way to count that leads to a day of its own, and where it leads; `readings` shows them."""
    region_assumed: bool
    in_force: bool
    trigger_kind: str | None = None
    _record: Record | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"<Deadline {self.rule.words} from {self.trigger}: due {self.due_at or self.due}>"

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Each way to count that gives a day of its own (S22); the text's first."""
        return tuple(Reading(way.name, way.cause, *_three(landing)) for way, landing in self.found)

    # the dates -------------------------------------------------------------------------------------------------------

    @property
    def due(self) -> date:
        """The day safe for whoever must act (S9): `latest` for a window that must stay open, else `earliest`."""
        return self.latest if self.rule.kind is Kind.AT_LEAST else self.earliest

    @property
    def due_at(self) -> datetime | None:
        """The moment in Beijing time, for a limit in hours; else None."""
        moment = self.safe[1]
        return moment if isinstance(moment, datetime) else None

    @property
    def earliest(self) -> date:
        """The earliest day over all readings and all that open days may turn into."""
        return to_day(min(first_of(landing) for _, landing in self.found))

    @property
    def expected(self) -> date:
        """The best guess: of the reading that sets the due date."""
        return to_day(_three(self.safe[1])[1])

    @property
    def latest(self) -> date:
        """The latest day over all of them: who waits for the window to be over relies on it."""
        return to_day(max(last_of(landing) for _, landing in self.found))

    @property
    def settled(self) -> bool:
        """Whether no open day was consulted."""
        return not any(isinstance(landing, Span) for _, landing in self.found)

    @property
    def settled_by(self) -> tuple[str, ...]:
        """The notices awaited; none on settled days."""
        spans = (landing for _, landing in self.found if isinstance(landing, Span))
        return tuple(dict.fromkeys(name for span in spans for name in span.awaits))

    @property
    def nominal(self) -> date:
        """The end before any roll (顺延), of the reading that sets the due date."""
        way = self.safe[0]
        if way.unit is Unit.WORKING_DAY:
            return self.due
        start = start_of(way, self.trigger, self._calendar)
        return to_day(nominal(way, last_of(start) if self.rule.kind is Kind.AT_LEAST else first_of(start)))

    @property
    def working_calendar(self) -> WorkingCalendar:
        """The calendar that was counted in; of a loaded deadline, the one that its region has today."""
        return self._calendar

    @property
    def last_working_day(self) -> date:
        """The last working day on or before the due date: for those who can act on working days only (S19, S20)."""
        return self._calendar.on_or_before(self.due)

    @property
    def _ends(self) -> list[tuple[date, date]]:
        """The first and last day of each reading."""
        return [(first_of(landing), last_of(landing)) for _, landing in self.found]

    @property
    def safe(self) -> tuple[Way, date | Span]:
        """The way that sets the due date, and where it leads."""
        if self.rule.kind is Kind.AT_LEAST:
            return max(self.found, key=lambda found: last_of(found[1]))
        return min(self.found, key=lambda found: first_of(found[1]))

    # what to know about it -------------------------------------------------------------------------------------------

    @property
    def caveats(self) -> tuple[Text, ...]:
        """What must be known before the date is relied on."""
        said: list[Text] = []
        if self.region_assumed and self._hangs_on_days:
            said.append(_ASSUMED)
        if not self.in_force:
            said.append(_NOT_IN_FORCE)
        norm = self.rule.norm
        adopted = norm.instrument.adopted if norm.instrument else None
        if isinstance(norm.limit, Window) and adopted and to_day(self.trigger) < adopted and self.in_force:
            said.append(_BEFORE_ADOPTION)
        if norm.instrument and norm.instrument.text_of and self._day < norm.instrument.text_of and self.in_force:
            said.append(_earlier_than(norm.instrument.text_of))
        said += self._certainty()
        said += [_INFERRED[what] for what in norm.inferred]
        said += self._trigger_caveats()
        if isinstance(norm.limit, Window) and norm.limit.usual:
            said.append(_USUAL)
        if self._hangs_on_days:
            said += self._calendar.caveats
        return (*said, *norm.notes)

    def _certainty(self) -> list[Text]:
        """What of the rule nobody has checked."""
        norm = self.rule.norm
        said = [_UNSURE[norm.certainty]] if norm.certainty in _UNSURE else []
        said += [ARTICLE_NOT_SEEN] if norm.is_article_unseen else []
        return said + [_FROM_MEMORY[what] for what in (norm.instrument.from_memory if norm.instrument else ())]

    def _trigger_caveats(self) -> list[Text]:
        """What was taken for granted of the trigger: that it is deemed, or what kind it is where versions differ."""
        way, said = self.safe[0], []
        if way.deemed is not None and way.deemed.says:
            said.append(way.deemed.says)
        if self.rule.starts_differ and self.trigger_kind is None:
            names = " → ".join(dict.fromkeys("/".join(norm.trigger.kinds) for norm in self.rule.norms))
            said.append(
                Text(
                    f"各版本起算点不同（{names}），此处按当日所行版本的起算点理解，请注明起算点种类",
                    f"the versions start from different triggers ({names}): name the kind of yours",
                )
            )
        if way.named is not None and len(self.rule.ways) > 0:
            by_rule = land(self.rule.ways[0], self.trigger, self._calendar)
            if by_rule != self.due:
                found = last_of(by_rule)
                said.append(Text(f"规则本身得 {found}，与公布的表不同", f"the rule itself would give {found}"))
        return said + [note for table in self._tables for note in table.notes]

    @property
    def _tables(self) -> list[Published]:
        """The published table that names the date, if one does."""
        named = self.safe[0].named
        return [table for table in self.rule.norm.published if named is not None and table.number == named[1]]

    @property
    def _hangs_on_days(self) -> bool:
        limit = self.rule.limit
        return isinstance(limit, Window) and limit.period.unit is not Unit.HOUR and self.safe[0].named is None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the rule stands and by what it is counted, as in force on the trigger; and what gave this date.

        That is the article by which the trigger is deemed to have happened, or the table that names the date.
        """
        return (*self.rule.norm.citations_on(self._day), *self._by_what())

    @property
    def _day(self) -> date:
        """The day whose law counts: of the trigger, or the date that the rule names."""
        return to_day(self.trigger) if isinstance(self.rule.limit, Window) else self.due

    def _by_what(self) -> tuple[Citation, ...]:
        norm, way = self.rule.norm, self.safe[0]
        if way.deemed is not None and norm.instrument and (found := norm.deeming(self.trigger_kind, self._day)):
            title, number = norm.instrument.title, norm.instrument.number
            return (Citation(title, number, found.clause, found.certainty, found.says),)
        return tuple(_cited(table) for table in self._tables)

    # the proof -------------------------------------------------------------------------------------------------------

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that lead to `due` (S31); `rulecal.replay(steps)` gives the date again."""
        return self.proof.steps

    @property
    def calendar(self) -> Provenance:
        """Where the days came from; its digest is that of the days consulted, not of the whole calendar (S4)."""
        return self.proof.provenance

    @property
    def proof(self) -> Record:
        """The proof whole: the stored one of a deadline that was loaded, else worked out now."""
        if self._record is not None:
            return self._record
        calendar, (way, landing) = self._calendar, self.safe
        ranges = [consulted(each, self.trigger, landed) for each, landed in self.found]
        held = [ends for ends in ranges if ends is not None]
        first, last = (min(e[0] for e in held), max(e[1] for e in held)) if held else (None, None)
        states = calendar.states(first, last) if first and last else ""
        from rulecal.deadlines.walk import walk  # noqa: PLC0415  (steps are walked when they are asked for)

        walked = self._supposed(way, self.trigger, landing, calendar)
        return Record(walk(way, self.trigger, walked), first, states, calendar.provenance_of(first, last))

    def _supposed(self, way: Way, trigger: date, landing: date | Span, calendar: WorkingCalendar) -> WorkingCalendar:
        """A calendar of the family in which the due date falls: the one that the steps are walked on."""
        if not isinstance(landing, Span):
            return calendar
        must_wait = self.rule.kind is Kind.AT_LEAST
        if way.lead is not None:
            start = land(way.lead, trigger, calendar)
            led = self._supposed(way.lead, trigger, start, calendar)
            begun, onward = land(way.lead, trigger, led), replace(way, lead=None)
            assert not isinstance(begun, Span)  # noqa: S101  (its days are settled now)
            return self._supposed(onward, begun, land(onward, begun, led), led)
        end = landing.latest if must_wait else landing.earliest
        first, last = consulted(way, trigger, end) or (end, end)
        if way.lengthens:
            outcomes = (calendar.settled_as(first, states) for states in calendar.outcomes(first, last))
            return next(held for held in outcomes if land(way, trigger, held) == end)
        most = (way.amount > 0 or way.roll) != must_wait
        if not most:  # the day itself comes when the fewest working days lie before it on the way
            first, last = (first, last - DAY) if end == last else (first + DAY, last)
        return calendar.scenario(first, last, most=most, out=paused_days(way.pauses))

    # the status ------------------------------------------------------------------------------------------------------

    def status(self, *, as_of: date, completed: date | None = None, policy: WarningPolicy = LAST_WORKING_DAY) -> Status:
        """The status of an item with this deadline, on a day (S28-S30).

        Args:
            as_of: The day asked about (the moment, for a limit in hours). What happened after it is not known on it.
            completed: The day it was done; for a window that must stay open, its last open day.
            policy: When it is due soon; by default on the last working day before.

        Raises:
            NotADateError: If one of them is no date (also a `TypeError`).
            InvalidCaseError: If it was completed before it could begin.

        >>> import rulecal as rc
        >>> d = rc.catalogue()["zhongwei-2022/farm-facility-filing"].deadline(date(2022, 6, 27))
        >>> late = d.status(as_of=date(2022, 7, 25))
        >>> late.state.name, late.days_over, late.working_days_over
        ('OVERDUE', 5, 3)
        """
        need(policy, WarningPolicy, "a policy", "rulecal.WarningPolicy(...)")
        norm = self.rule.norm
        read = to_instant if self.due_at else to_day
        now = read(as_of, "as_of")
        done = None if completed is None else read(completed, "the completion")
        if done is not None and isinstance(norm.limit, Window) and norm.kind is not Kind.COUNT_BACK:
            self._check_order(done)
        done = done if done is not None and done <= now else None
        if isinstance(norm.limit, Quota):
            events = [] if done is None else [to_day(done)]
            inferred = norm.date_is_inferred
            return Shortfall.of(norm.limit, self.due.year, events, to_day(now), inferred=inferred).status(
                self._calendar
            )
        if norm.kind is Kind.PLAN_TASK:
            return status(State.REVIEW if done is None else State.MET)
        if norm.kind is Kind.AT_LEAST:
            found = self._floor_status(now, done)
        elif isinstance(norm.limit, Window) and norm.kind is not Kind.COUNT_BACK and now < self.trigger:
            return status(State.NOT_STARTED, days_left=(self.due - to_day(now)).days)
        else:
            inferred, start = norm.date_is_inferred, self.trigger if isinstance(norm.limit, Window) else None
            unit = self.safe[0].unit
            found = act_by(
                self._ends, now, done, self._calendar, inferred=inferred, start=start, unit=unit, policy=policy
            )
        if found.state is State.UNDETERMINED:
            return replace(found, awaits=self._awaited_before(done or now))
        return found

    def _awaited_before(self, day: date) -> tuple[str, ...]:
        """The notices without which one cannot say whether it was late on a day."""
        spans = [x for _, x in self.found if isinstance(x, Span) and x.earliest <= to_day(day) <= x.latest + DAY]
        return tuple(dict.fromkeys(name for span in spans for name in span.awaits)) or self.settled_by

    def _check_order(self, done: date) -> None:
        if done < self.trigger:
            raise InvalidCaseError(
                f"completed on {done}, before the trigger of {self.trigger}",
                hint="check both days: nothing can be done before it has begun",
                trigger=self.trigger,
                completed=done,
            )

    def _floor_status(self, now: date, done: date | None) -> Status:
        if done is None:
            if now < self.trigger:
                return status(State.NOT_STARTED, days_left=(self.due - to_day(now)).days)
            last = max(end for _, end in self._ends)
            return status(State.OPEN if now <= last else State.MET, days_left=max(0, (self.due - to_day(now)).days))
        tick = timedelta(microseconds=1) if self.due_at else DAY
        found = place([(first - tick, last - tick) for first, last in self._ends], done)  # open through `due` is enough
        if found is Place.BEFORE:
            return status(State.SHORT, short_by=self._short_by(done))
        return status(_FLOOR[found])

    def _short_by(self, closed: date) -> int:
        """By how many of the rule's units a floor was closed early: working days, hours begun, or calendar days."""
        limit = self.rule.limit
        end = min(first for first, _ in self._ends)
        if isinstance(end, datetime) and isinstance(closed, datetime):
            return -int((closed - end).total_seconds() // 3600)
        if isinstance(limit, Window) and limit.period.unit is Unit.WORKING_DAY:
            return count(closed, self.due, self._calendar) or 0  # 0 where an open day lies between
        return (self.due - closed).days

    # in words --------------------------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """What a person is shown, as plain values."""
        from rulecal.present.view import View  # noqa: PLC0415  (what is shown is loaded when it is shown)

        return View(
            rule=self.rule.norm,
            citations=self.citations,
            counted_by=self.rule.norm.counting_on(self._day),
            due=self.due_at or self.due,
            ends=(self.earliest, self.expected, self.latest),
            awaits=self.settled_by,
            readings=tuple((reading.cause, reading.earliest, reading.latest) for reading in self.readings),
            counted_as=self.safe[0].cause,
            steps=self.steps,
            provenance=self.calendar,
            caveats=self.caveats,
            spoken=self._spoken(),
            last_working_day=self._last_working_day_if_other(),
        )

    def _spoken(self) -> Text:
        """Which of the two gave the date, where authorities publish tables that override the rule."""
        if not self.rule.norm.published:
            return Text()
        way = self.safe[0]
        return _RULE_SPOKE if way.named is None else way.cause

    def _last_working_day_if_other(self) -> date | None:
        if self.rule.kind not in {Kind.COUNT_BACK, Kind.BY_DATE, Kind.WITHIN, Kind.PROMISE} or self.due_at:
            return None
        try:
            day = self.last_working_day
        except RulecalError:
            return None
        return day if day != self.due else None

    def explain(self, lang: Language = "zh") -> str:
        """The date and why, in Chinese (`"zh"`) or English (`"en"`): a pure function of the steps."""
        from rulecal.present.explain import explain  # noqa: PLC0415

        one_of(lang, LANGUAGES, "lang")
        return explain(self.view, lang)

    def _repr_html_(self) -> str:
        """The deadline as a small table, for notebooks."""
        from rulecal.present.html import to_html  # noqa: PLC0415

        return to_html(self.view)

    # asked again, certified ------------------------------------------------------------------------------------------

    @property
    def is_of_a_case(self) -> bool:
        """Whether its ways carry what happened on a case: days not counted, extensions."""
        return any(way.pauses or way.extended for way, _ in self.found)

    def counted_in(self, calendar: WorkingCalendar) -> Deadline:
        """The same ways counted in another calendar."""
        need_calendar(calendar)
        found = tuple((way, land(way, self.trigger, calendar)) for way, _ in self.found)
        return replace(self, _calendar=calendar, found=found, _record=None)

    def replay(self, calendar: WorkingCalendar) -> Same | Moved:
        """Whether a calendar gives the same due date, or moves it: from what to what, and by which of the days (S4).

        >>> import rulecal as rc
        >>> deadline = rc.within(3, rc.Unit.WORKING_DAY).deadline(date(2020, 1, 23), known_on=date(2020, 1, 25))
        >>> moved = deadline.replay(rc.calendar())
        >>> moved.new, str(moved.days[0])
        (datetime.date(2020, 2, 5), '2020-01-31: worked → off (国办发明电〔2020〕1号)')
        """
        from rulecal.deadlines.replay import ask_again  # noqa: PLC0415

        return ask_again(self, need_calendar(calendar))

    def certificate(self) -> dict[str, Any]:
        """The ledger of days that proves the date (S31); `rulecal verify FILE` and any checker can accept or refuse it.

        Raises:
            UnsettledDayError: If the date is not settled.
        """
        from rulecal.deadlines.certificate import certify  # noqa: PLC0415

        return certify(self)

    # in and out ------------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The deadline with its proof as plain values that JSON can hold; `from_dict` reads it back."""
        from rulecal.deadlines.stored import write_deadline  # noqa: PLC0415  (storing is loaded when it is needed)

        return write_deadline(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Deadline:
        """The deadline that `to_dict` wrote, if it is consistent with itself.

        Raises:
            InvalidCaseError: If the steps do not lead to the date, the digest is not that of the days, the schema is
                another, or something is missing.
        """
        from rulecal.deadlines.stored import read_deadline  # noqa: PLC0415

        return read_deadline(data)

    def __reduce__(self) -> tuple[object, ...]:
        return Deadline.from_dict, (self.to_dict(),)


def _cited(table: Published) -> Citation:
    """A published table as what is cited: by its title and number, without a title by its number."""
    title = table.title.zh
    return Citation(title or table.number, table.number if title else "", "", table.certainty)


_FLOOR = {Place.AFTER: State.MET, Place.DISPUTED: State.MET_DISPUTED, Place.OPEN: State.UNDETERMINED}
_ASSUMED = Text("未指定地区，按全国日历计算", "no region was named: national days were counted")
_NOT_IN_FORCE = Text("起算日时该规定不在施行期内", "the rule was not in force on the trigger day")
_BEFORE_ADOPTION = Text("起算日早于文件成文日期", "the trigger lies before the day on which the instrument was made")


def _earlier_than(text_of: date) -> Text:
    return Text(f"所读文本的日期 {text_of} 晚于起算日", f"the text that was read is of {text_of}, after this step")


_USUAL = Text("“一般”为缺省下限，缩短须说明理由", "一般: a default floor; a shorter window needs stated reasons")
_UNSURE = {
    Certainty.MEMORY: Text("该期限凭记忆，未核对原文", "the figure is from memory, not checked against the text"),
    Certainty.INFERENCE: Text("该期限系推断", "the figure is our inference"),
    Certainty.ONE_SOURCE: Text("该期限只见于一处", "the figure was seen in one place only"),
}
_FROM_MEMORY = {
    "number": Text("文号凭记忆，未核实", "the number of the instrument is from memory"),
    "force": Text("施行日期凭记忆，未核实", "the day from which it is in force is from memory"),
}
_RULE_SPOKE = Text("按规则计算（未收录当年公布的期限表）", "by the rule: no published table is held for this day")
_INFERRED = {
    "year": Text("年度系推断，文件未载明", "the year is inferred, not stated"),
    "date": Text("日期系推断，文件未载明", "the date is inferred, not stated"),
    "trigger": Text("起算点系推断，文件未载明", "the trigger is inferred, not stated"),
    "scope": Text("适用范围系推断，文件未载明", "the scope is inferred, not stated"),
}


def _three(landing: date | Span) -> tuple[date, date, date]:
    """Earliest, expected and latest."""
    if isinstance(landing, Span):
        return landing.earliest, landing.expected, landing.latest
    return landing, landing, landing
