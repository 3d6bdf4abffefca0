"""A case: a trigger, what happened since, and one or two clocks (S25-S30)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from rulecal.calendars import WorkingCalendar
from rulecal.calendars import calendar as calendar_of
from rulecal.civil import to_day, to_instant
from rulecal.deadlines.clock import Clock
from rulecal.deadlines.deadline import Deadline
from rulecal.deadlines.events import Completion, Event, Exclusion, Suspension, Transfer
from rulecal.deadlines.faults import begins, can_be_stopped, faults_of, stops
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.status import LAST_WORKING_DAY, RUNNING, URGENCY, State, Status, WarningPolicy
from rulecal.deadlines.timeline import Entry, timeline
from rulecal.errors import CaseFaults, InvalidCaseError, RulecalError, RuleNotInForceError
from rulecal.law.limit import Kind, Unit, Window
from rulecal.needs import each_of


@dataclass(frozen=True, slots=True)
class Case:
    """An item under a rule, from its trigger on, with its events; immutable, so adding one gives another case.

    Attributes:
        rule: The statutory clock (法定).
        trigger: The trigger day; for a limit in hours its moment.
        events: What happened; the order in which they are given does not matter.
        promised: The promised clock (承诺), if there is one; it runs from the same trigger.
        region: The region of the acting office, for all its clocks; the rule's own by default (S7).
        calendar: A calendar instead of a region.
        trigger_kind: The kind of the trigger; one from which the rule's is deemed to follow is taken so (S24).
        follows: The completed case that this one follows.

    Raises:
        CaseFaults: With every fault of the events (also an `InvalidCaseError`).

    >>> import rulecal as rc
    >>> licence = rc.catalogue()["administrative-licensing/decision"]
    >>> test = rc.Exclusion(date(2026, 6, 8), date(2026, 6, 12), reason="检测", notified=True)
    >>> rc.Case(licence, trigger=date(2026, 6, 1), events=[test]).deadline().due
    datetime.date(2026, 7, 7)
    """

    rule: Rule
    trigger: date
    events: tuple[Event, ...] = ()
    promised: Rule | None = None
    region: str | None = None
    calendar: WorkingCalendar | None = None
    trigger_kind: str | None = None
    follows: Case | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        _check_kinds(self)
        read = to_instant if self._in_hours else to_day
        object.__setattr__(self, "trigger", read(self.trigger, "the trigger"))
        given = tuple(self.events)
        start = to_day(self.trigger)
        binding = {name: _version_of(rule, start) for name, rule in self._clocks_by_name.items()}
        faults = list(faults_of(given, start, binding))
        faults += self._faults_of_order()
        if not faults:
            faults += self._faults_of_clocks()
        if faults:
            raise CaseFaults(f"{len(faults)} fault(s) in the events of the case", faults)
        object.__setattr__(self, "events", tuple(sorted(set(given), key=lambda each: (begins(each), repr(each)))))

    @property
    def _in_hours(self) -> bool:
        limit = self.rule.limit
        return isinstance(limit, Window) and limit.period.unit is Unit.HOUR

    @property
    def _clocks_by_name(self) -> dict[str, Rule]:
        return {"statutory": self.rule} | ({"promised": self.promised} if self.promised else {})

    def _faults_of_order(self) -> list[RulecalError]:
        if self.follows is None:
            return []
        done = self.follows.completed
        if done is not None and to_day(self.trigger) >= done:
            return []
        said = "the case that this one follows is not completed by its trigger"
        return [InvalidCaseError(said, hint="complete it, or open this case from a later day", trigger=self.trigger)]

    def _faults_of_clocks(self) -> list[RulecalError]:
        try:
            self.deadline()
            self.promise()
        except (InvalidCaseError, TypeError) as err:
            return [err] if isinstance(err, RulecalError) else []
        except RulecalError:
            pass  # not in force, or out of the calendar: said when the date is asked for
        return []

    # another case ----------------------------------------------------------------------------------------------------

    def add(self, *events: Event) -> Case:
        """The case with further events; this one stays as it is."""
        return replace(self, events=(*self.events, *events))

    def under(self, rule: Rule) -> Case:
        """The same facts under another rule: the events are kept."""
        return replace(self, rule=rule)

    def next(self, rule: Rule, trigger: date, events: Iterable[Event] = ()) -> Case:
        """A case of its own that follows this one after its completion: a remand, an appeal."""
        happened: tuple[Any, ...] = each_of(events, object, "events", _NEEDED["events"])
        return Case(rule, trigger, happened, region=self.region, calendar=self.calendar, follows=self)

    # dates -----------------------------------------------------------------------------------------------------------

    @property
    def completed(self) -> date | None:
        """The day on which it was done."""
        return next((to_day(event.on) for event in self.events if isinstance(event, Completion)), None)

    def deadline(self, *, as_of: date | None = None) -> Deadline:
        """The deadline of the statutory clock, with all that stopped, extended and restarted it.

        Args:
            as_of: Take only what had happened by this day, and what goes on to last through it. None takes everything,
                and what goes on to have lasted one day.
        """
        return self._deadline("statutory", self.rule, as_of)

    def promise(self, *, as_of: date | None = None) -> Deadline | None:
        """The deadline of the promised clock; None where nothing was promised."""
        return None if self.promised is None else self._deadline("promised", self.promised, as_of)

    def _deadline(self, name: str, rule: Rule, as_of: date | None) -> Deadline:
        return self._run(name, rule, as_of).deadline

    def _run(self, name: str, rule: Rule, as_of: date | None) -> _Run:
        kind = self.trigger_kind if name == "statutory" else None
        base = rule.deadline(
            self.trigger, region=self.region or self.rule.region, calendar=self.calendar, trigger_kind=kind
        )
        if not can_be_stopped(base.rule):
            return _Run(base)
        clock = self._clock(name, base, as_of)
        start, found, effects = clock.run()
        kind = kind if start == self.trigger else None
        deadline = replace(base, trigger=start, _calendar=clock.calendar, found=found, trigger_kind=kind)
        return _Run(deadline, effects, clock)

    def _clock(self, name: str, base: Deadline, as_of: date | None) -> Clock:
        until = None if as_of is None else to_day(as_of, "as_of")
        known = (
            self.events
            if until is None
            else tuple(_known(each, until) for each in self.events if begins(each) <= until)
        )
        calendar = base.working_calendar
        for event in known:
            if isinstance(event, Transfer):
                calendar = _handed_over(calendar, event.region, to_day(event.on))
        return Clock(name, base.rule, to_day(self.trigger), base.trigger_kind, calendar, known, until)

    # the status ------------------------------------------------------------------------------------------------------

    def status(self, *, as_of: date, policy: WarningPolicy = LAST_WORKING_DAY) -> Status:
        """The status on a day: the worst of its clocks; past the promise and not past the law is `PAST_PROMISE` (S28).

        Only what had happened by that day is known on it.

        Args:
            as_of: The day asked about (the moment, for a limit in hours).
            policy: When it is due soon.

        >>> import rulecal as rc
        >>> licence = rc.catalogue()["administrative-licensing/decision"]
        >>> opened = rc.Exclusion(date(2026, 7, 2), None, reason="检测")
        >>> case = rc.Case(licence, trigger=date(2026, 6, 1), events=[opened])
        >>> case.status(as_of=date(2026, 7, 3)).state.name
        'OVERDUE'
        """
        statutory = self._status("statutory", self.rule, as_of, policy)
        if self.promised is None:
            return statutory
        return _worst(statutory, self._status("promised", self.promised, as_of, policy))

    def _status(self, name: str, rule: Rule, as_of: date, policy: WarningPolicy) -> Status:
        run = self._run(name, rule, to_day(as_of, "as_of"))
        done = next((event.on for event in self.events if isinstance(event, Completion)), None)
        found = run.deadline.status(as_of=as_of, completed=done, policy=policy)
        if done is not None and to_day(done) <= to_day(as_of):
            return found
        return replace(found, state=State.SUSPENDED) if found.state in RUNNING and run.is_stopped else found

    # what happened ---------------------------------------------------------------------------------------------------

    def timeline(self, *, as_of: date | None = None) -> tuple[Entry, ...]:
        """What was counted and what not, why, on whose authority: each clock from its trigger to its end, in order."""
        found: list[Entry] = []
        for name, rule in self._clocks_by_name.items():
            run, done = self._run(name, rule, as_of), self.completed
            known = done if done is not None and (as_of is None or done <= to_day(as_of)) else None
            found += timeline(name, run.deadline, to_day(self.trigger), run.effects, known)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one clock came to: its deadline, and which events had an effect; no clock where nothing can stop it."""

    deadline: Deadline
    effects: tuple[tuple[Event, bool], ...] = ()
    clock: Clock | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether something that stops the clock goes on that began while it ran; on the safe reading, if one may."""
        if self.clock is None:
            return False
        name, rule, untold = self.clock.name, self.clock.rule, self.clock.untold(self.clock.events)
        return any(
            has_effect
            and event not in untold
            and isinstance(event, Exclusion | Suspension)
            and stops(event, name, rule)
            and _goes_on(event)
            for event, has_effect in self.effects
        )


@lru_cache(maxsize=32)
def _handed_over(calendar: WorkingCalendar, region: str, on: date) -> WorkingCalendar:
    """The calendar of an office, and from a day on that of another; made anew it would be equal."""
    return calendar.handed_over(calendar_of(region), on)


def _version_of(rule: Rule, start: date) -> Rule:
    """The version that binds a case that starts on a day, its events too; outside its force the rule as it is."""
    try:
        return rule.at(start)
    except RuleNotInForceError:
        return rule


def _known(event: Event, as_of: date) -> Event:
    """An event as known on a day: what ends later goes on."""
    match event:
        case Exclusion(last=last) if last is not None and to_day(last) > as_of:
            return replace(event, last=None)
        case Suspension(resumed=resumed) if resumed is not None and to_day(resumed) > as_of:
            return replace(event, resumed=None)
        case _:
            return event


def _check_kinds(case: Case) -> None:
    """Refuse what is none of ours: every fault at once."""
    none = type(None)
    kinds = {
        "rule": (Rule,),
        "promised": (Rule, none),
        "follows": (Case, none),
        "events": (tuple, list),
        "region": (str, none),
        "calendar": (WorkingCalendar, none),
        "trigger_kind": (str, none),
    }
    wrong = [name for name, kind in kinds.items() if not isinstance(getattr(case, name), kind)]
    faults: list[RulecalError] = [
        InvalidCaseError(f"{name} is {getattr(case, name)!r}", hint=_NEEDED[name]) for name in wrong
    ]
    if isinstance(case.promised, Rule) and case.promised.kind not in {Kind.WITHIN, Kind.PROMISE}:
        said = f"promised is {case.promised.words}, no time limit to act within"
        faults.append(InvalidCaseError(said, hint=_NEEDED["promised"]))
    if case.region is not None:
        try:
            calendar_of(case.region)
        except RulecalError as err:
            faults.append(err)
    if faults:
        raise CaseFaults(f"{len(faults)} fault(s) in the case", faults)


_NEEDED: Final = {
    "rule": "a Rule: rc.catalogue()['…'], or rc.within(…)",
    "promised": "a Rule: rc.within(…), or rc.parse_limit('5个工作日内').rule",
    "follows": "the Case that this one follows",
    "events": "a tuple or list of events",
    "region": "a division code as text, such as '640500'",
    "calendar": "rulecal.calendar(...), or a region instead",
    "trigger_kind": "a text such as 'received'",
}


def _goes_on(event: Event) -> bool:
    return (isinstance(event, Exclusion) and event.last is None) or (
        isinstance(event, Suspension) and event.resumed is None
    )


def _worst(statutory: Status, promised: Status) -> Status:
    """The worse of two clocks; a broken promise is no breach of law."""
    broken = promised.state in {State.OVERDUE, State.MET_LATE}
    if broken:
        promised = replace(promised, state=State.PAST_PROMISE, is_overdue=False)
    if statutory.state in {State.MET_LATE, State.MET_DISPUTED}:
        return statutory
    worst = min(statutory, promised, key=lambda each: URGENCY.index(each.state))
    return replace(worst, certain=statutory.certain and promised.certain)
