"""One clock of a case: its events as pauses and extensions of the ways in which its rule is counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import product
from typing import TYPE_CHECKING, Final

from rulecal.civil import DAY, to_day, to_instant
from rulecal.deadlines.count import first_of, land, last_of
from rulecal.deadlines.events import Event, Exclusion, Extension, Pause, Restart, Suspension, Transfer, merged
from rulecal.deadlines.faults import begins, ends, stops
from rulecal.deadlines.ways import AS_WRITTEN, Way
from rulecal.law.limit import Period, Unit
from rulecal.law.source import article
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rulecal.calendars.day import Span
    from rulecal.calendars.working import WorkingCalendar
    from rulecal.deadlines.rule import Rule

SUSPENDED: Final = "中止"
"""The law's own word for a clock suspended by a decision."""
_EDGES: Final = Text("部分占用的首末日也不计入", "days partly used at the edges are excluded too")
_UNTOLD: Final = Text("未书面告知的时间也不计入", "time of which the party was not told in writing is excluded too")
_IN_TIME: Final = Text("延长决定视为及时", "the extension is taken to have been decided in time")
DOUBTS: Final = frozenset({"untold", "edge-days", "in-time"})
"""What a reading of a case can take for granted, as its name says."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule that runs on a case from a trigger.

    Attributes:
        name: `statutory` (法定) or `promised` (承诺).
        rule: The rule, in the version of the trigger.
        trigger: The day of the case's trigger.
        kind: The kind of the trigger, if it was named.
        calendar: The calendar of the acting office, or of one after another.
        events: What happened, by the day asked about.
        until: The day through which what goes on is taken to have gone on; None leaves it at its first day.
    """

    name: str
    rule: Rule
    trigger: date
    kind: str | None
    calendar: WorkingCalendar
    events: tuple[Event, ...]
    until: date | None = None

    def run(self) -> tuple[date, tuple[tuple[Way, date | Span], ...], tuple[tuple[Event, bool], ...]]:
        """Where it starts, each way it is counted and where that leads, and which events had an effect."""
        start, held = self._started()
        found: dict[date | Span, Way] = {}
        effects: dict[Event, bool] = {}
        doubts = (self.untold(held), self._edges(held), self._decisions(held))
        for untold, edges, late in product(*((False, True) if each else (False,) for each in doubts)):
            pauses = self._pauses(held, untold=untold, edges=edges)
            for way in self.rule.ways_for(start, self.kind if start == self.trigger else None):
                counted = self._extended(replace(way, pauses=pauses), start, held, late=late)
                landing = land(counted, start, self.calendar)
                end = to_day(last_of(self._nominal(counted, start, landing)))
                found.setdefault(landing, _named(counted, untold=untold, edges=edges, late=late))
                for event in held:
                    effects[event] = effects.get(event, False) or self._has_effect(event, counted, start, end)
        dropped = {event: False for event in self.events if event not in effects}
        return start, tuple((way, landing) for landing, way in found.items()), tuple({**effects, **dropped}.items())

    def _started(self) -> tuple[date, tuple[Event, ...]]:
        """The trigger that counts, and the events since: a restart that comes in time drops what lies before it."""
        start, held = self.trigger, self.events
        restarts = (event for event in self.events if isinstance(event, Restart))
        for restart in sorted(restarts, key=lambda each: to_day(each.on)):
            on = to_day(restart.on)
            before = tuple(event for event in held if not isinstance(event, Restart))
            clock = replace(self, trigger=start, kind=self.kind if start == self.trigger else None, events=before)
            _, found, _ = clock.run()
            if on <= max(to_day(last_of(landing)) for _, landing in found):
                start, held = on, tuple(event for event in held if event == restart or _outlasts(event, on))
        return start, held

    def _stopped_by(self, events: Iterable[Event]) -> list[Exclusion | Suspension]:
        return [
            event
            for event in events
            if isinstance(event, Exclusion | Suspension) and stops(event, self.name, self.rule)
        ]

    def untold(self, events: Iterable[Event]) -> list[Exclusion | Suspension]:
        """Exclusions of which the party had to be told in writing, and was not (S25), also if entered as suspensions.

        What the law itself calls 中止 stops the clock by the decision.
        """
        told = {reason for each in self.rule.norm.excludes if each.in_writing for reason in each.reasons}
        return [
            event
            for event in self._stopped_by(events)
            if event.reason in told
            and not event.notified
            and (isinstance(event, Exclusion) or event.reason != SUSPENDED)
        ]

    def _edges(self, events: Iterable[Event]) -> list[Exclusion]:
        """Exclusions that use a day in part."""
        stopped = self._stopped_by(events)
        return [each for each in stopped if isinstance(each, Exclusion) and (_opens(each) or _closes(each))]

    def _pauses(self, events: Iterable[Event], *, untold: bool, edges: bool) -> tuple[Pause, ...]:
        unheard = [] if untold else self.untold(events)
        found = [self._pause(event, edges=edges) for event in self._stopped_by(events) if event not in unheard]
        return merged([pause for pause in found if pause.first <= pause.last])

    def _pause(self, event: Exclusion | Suspension, *, edges: bool) -> Pause:
        why, source = event.reason or SUSPENDED, event.basis or self._authority(event.reason)
        if isinstance(event, Suspension):
            first = to_day(event.on) + DAY
            last = to_day(event.resumed) - DAY if event.resumed else self.until or first - DAY
            return Pause(first, last, why, source)
        first = to_day(event.first)
        last = to_day(event.last) if event.last else max(first, self.until or first)
        if not edges:
            first, last = first + DAY * _opens(event), last - DAY * _closes(event)
        return Pause(first, last, why, source)

    def _authority(self, reason: str) -> str:
        """The article that excludes a reason."""
        for each in self.rule.norm.excludes:
            if reason in each.reasons or (not reason and SUSPENDED in each.reasons):
                instrument = self.rule.norm.instrument
                title = each.title or (instrument.title if instrument else "")
                return f"《{title}》{article(each.clause)}" if title else "、".join(each.reasons)
        return SUSPENDED

    def _decisions(self, events: Iterable[Event]) -> list[Extension]:
        """The extensions of this clock, in the order of their decisions."""
        found = [event for event in events if isinstance(event, Extension) and event.clock in {"both", self.name}]
        return sorted(found, key=lambda each: (to_day(each.decided), each.amount))

    def _extended(self, way: Way, start: date, events: Iterable[Event], *, late: bool) -> Way:
        """The way with each extension that was decided while the clock still ran (S27), counted in one go.

        Where open days leave it open whether one came in time, it is taken to have done so if `late` says so.
        """
        for event in self._decisions(events):
            if self._in_time(event, way, start, late=late):
                months = event.unit in {Unit.MONTH, Unit.YEAR}
                more = Period(event.amount, event.unit).months if months else event.amount
                step = (more, to_day(event.decided), event.basis or self._extension_article())
                way = replace(way, amount=way.amount + more, extended=(*way.extended, step))
        return way

    def _in_time(self, event: Extension, way: Way, start: date, *, late: bool) -> bool:
        allowed = self.rule.norm.extension
        own = sum(source == self._extension_article() for _, _, source in way.extended)
        if allowed is not None and not event.basis and own >= allowed.times:
            return False
        landing = land(way, start, self.calendar)
        return to_day(event.decided) <= to_day(last_of(landing) if late else first_of(landing))

    def _extension_article(self) -> str:
        norm = self.rule.norm
        if norm.instrument is None or norm.extension is None:
            return ""
        return f"《{norm.instrument.title}》{article(norm.extension.clause)}"

    def _nominal(self, way: Way, start: date, landing: date | Span) -> date | Span:
        """Where a way leads before any roll: what begins later stops nothing (S26)."""
        if way.unit is Unit.WORKING_DAY or way.lengthens or not way.roll:
            return landing
        return land(replace(way, roll=False), start, self.calendar)

    def _has_effect(self, event: Event, way: Way, start: date, end: date) -> bool:
        match event:
            case Restart(on):
                return to_day(on) == start
            case Extension(decided=decided, amount=amount):
                return any(on == to_day(decided) for _, on, _ in way.extended) and amount > 0
            case Exclusion() | Suspension():
                first = self._pause(event, edges=True).first
                return stops(event, self.name, self.rule) and first <= end
            case Transfer(on):
                return to_day(on) <= end
            case _:
                return True


def _named(way: Way, *, untold: bool, edges: bool, late: bool) -> Way:
    """The way under the name and cause of what it takes for granted."""
    name, cause = way.name, way.cause
    for taken, word, why in ((untold, "untold", _UNTOLD), (edges, "edge-days", _EDGES), (late, "in-time", _IN_TIME)):
        if taken:
            name = f"{name}+{word}"
            cause = why if cause == AS_WRITTEN else Text(f"{cause.zh}；{why.zh}", f"{cause.en}; {why.en}")
    return replace(way, name=name, cause=cause)


def _outlasts(event: Event, on: date) -> bool:
    """Whether something has days, or was decided, from a restart on: only what lies before it is dropped."""
    if isinstance(event, Restart):
        return begins(event) > on
    goes_on = (
        isinstance(event, Exclusion | Suspension)
        and (event.last if isinstance(event, Exclusion) else event.resumed) is None
    )
    return goes_on or ends(event) >= on


def _opens(event: Exclusion) -> bool:
    """Whether its first day is used in part only."""
    return isinstance(event.first, datetime) and to_instant(event.first).time() > time(0)


def _closes(event: Exclusion) -> bool:
    """Whether its last day is used in part only."""
    return isinstance(event.last, datetime) and to_instant(event.last).time() < time(23, 59)
