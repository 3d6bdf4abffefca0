"""A rule: a norm that can be asked for a deadline."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from rulecal.calendars import WorkingCalendar, chosen, need_calendar
from rulecal.calendars import calendar as calendar_of
from rulecal.civil import beyond_years, to_day, to_instant
from rulecal.deadlines.count import first_of, land, last_of
from rulecal.deadlines.deadline import Deadline
from rulecal.deadlines.recurring import Shortfall
from rulecal.deadlines.ways import Way, by_table, from_deemed, ways
from rulecal.errors import CalendarCoverageError, InvalidCaseError, NoDeadlineError, RuleNotInForceError
from rulecal.law.limit import Clock, FixedDate, Kind, Limit, Quota, Unit, Window
from rulecal.law.norm import Norm, TriggerOn
from rulecal.law.source import Citation
from rulecal.needs import a_region, civil_year, each_of, maybe, need, one_of
from rulecal.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rulecal.calendars.day import Span
    from rulecal.law.norm import Trigger
    from rulecal.law.source import Certainty, Force

OutsideForce = Literal["raise", "flag"]
_OUTSIDE: Final = ("raise", "flag")
_MADE: Final = "rules come from rulecal.catalogue(), rulecal.within(...) and its like, or rulecal.parse_limit(...)"


@dataclass(frozen=True, slots=True, repr=False)
class Rule:
    """A norm in its versions, and the deadlines that follow from it.

    Attributes:
        norm: What the rule says, in this version.
        norms: All versions of it, the earliest first.

    >>> import rulecal as rc
    >>> rule = rc.catalogue()["zhongwei-2022/farm-facility-filing"]
    >>> rule.deadline(date(2022, 6, 27)).due
    datetime.date(2022, 7, 20)
    """

    norm: Norm
    norms: tuple[Norm, ...] = field(default=(), compare=False)
    ways: tuple[Way, ...] = field(init=False, compare=False)
    """The ways in which it is counted, the text's own first (S22)."""
    _in_days: bool = field(init=False, compare=False)
    """It is counted from a day: the common case, for which the door is short."""

    def __post_init__(self) -> None:
        limit = need(self.norm, Norm, "a norm", _MADE).limit
        object.__setattr__(self, "norms", each_of(self.norms, Norm, "norms", _MADE) or (self.norm,))
        object.__setattr__(self, "ways", ways(self.norm))
        counted = isinstance(limit, Window) and limit.period.unit is not Unit.HOUR
        object.__setattr__(self, "_in_days", counted and self.norm.trigger.on is TriggerOn.ANY)

    def __repr__(self) -> str:
        return f"<Rule {self.words}>"

    # what the norm says ----------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The stable id, `instrument/rule`; empty for a rule made on the spot."""
        return self.norm.id

    @property
    def words(self) -> str:
        """The rule in a few words, for a log: its id, its kind and what it counts."""
        return " ".join(filter(None, (self.id, self.kind.value, str(self.limit or ""))))

    @property
    def title(self) -> Text:
        """What it is about, in Chinese and English."""
        return self.norm.title

    @property
    def kind(self) -> Kind:
        """What it asks for."""
        return self.norm.kind

    @property
    def limit(self) -> Limit | None:
        """What is counted: a `Window`, a `FixedDate` or a `Quota`; None where no date follows."""
        return self.norm.limit

    @property
    def trigger(self) -> Trigger:
        """What starts it."""
        return self.norm.trigger

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where it stands, its own article first."""
        return self.norm.citations

    @property
    def force(self) -> Force:
        """When this version is in force."""
        return self.norm.force

    @property
    def region(self) -> str | None:
        """The region whose calendar counts, for a rule of a local text; else None."""
        return self.norm.region

    @property
    def actors(self) -> tuple[str, ...]:
        """The units in charge (牵头单位)."""
        return self.norm.lead

    @property
    def supporters(self) -> tuple[str, ...]:
        """The units that assist (配合单位, 责任单位)."""
        return self.norm.support

    @property
    def certainty(self) -> Certainty:
        """How sure the figure is."""
        return self.norm.certainty

    @property
    def refers_to(self) -> tuple[str, ...]:
        """Ids of the rules in which the figure, or a rule beside this one, stands."""
        return self.norm.refers_to

    @property
    def is_computable(self) -> bool:
        """Whether a deadline follows: not from references, soft words, sequences and rates."""
        return bool(self.ways)

    @property
    def versions(self) -> tuple[Rule, ...]:
        """The rule in each of its versions, the earliest first."""
        return tuple(Rule(norm, self.norms) for norm in self.norms)

    @property
    def starts_differ(self) -> bool:
        """Whether its versions start from different kinds of trigger (S23)."""
        return len({norm.trigger.kinds for norm in self.norms}) > 1

    def in_region(self, region: str | None) -> Rule:
        """The rule as counted in the calendar of a region, in all its versions; None is the national one."""
        a_region(region)
        return Rule(replace(self.norm, region=region), tuple(replace(norm, region=region) for norm in self.norms))

    def at(self, day: date) -> Rule:
        """The version in force on `day` (S23).

        Raises:
            RuleNotInForceError: If none is; the error names those that are held.
        """
        day = to_day(day)
        if day in self.norm.force:
            return self
        return self._version([norm for norm in self.norms if day in norm.force], day)

    def _version(self, found: list[Norm], day: date) -> Rule:
        if not found:
            held = "; ".join(str(norm.force) for norm in self.norms)
            raise RuleNotInForceError(
                f"{self.id or 'this rule'} is not in force on {day}",
                hint=f"in force: {held}; or ask with outside_force='flag'",
                rule=self.id,
                day=day,
                force=held,
            )
        return Rule(found[0], self.norms)

    def explain(self, lang: Language = "zh") -> str:
        """What the rule says, in Chinese (`"zh"`) or English (`"en"`), without a date; each of its versions.

        >>> import rulecal as rc
        >>> print(rc.catalogue()["zhongwei-2022/court-appearance-rate"].explain("en").splitlines()[1])
        Kind: a rate to reach
        """
        from rulecal.present.card import card  # noqa: PLC0415  (what is shown is loaded when it is shown)

        one_of(lang, LANGUAGES, "lang")
        return "\n\n".join(card(norm, lang) for norm in self.norms)

    # deadlines -------------------------------------------------------------------------------------------------------

    def deadline(
        self,
        trigger: date | None = None,
        *,
        region: str | None = None,
        calendar: WorkingCalendar | None = None,
        known_on: date | None = None,
        trigger_kind: str | None = None,
        outside_force: OutsideForce = "raise",
    ) -> Deadline:
        """The deadline that follows from a trigger.

        Args:
            trigger: The trigger day, not counted itself; for a limit in hours its moment (a `datetime`); for a fixed
                date, a quota or a plan task any day of the civil year meant (it may be left out where the rule is for
                one year only).
            region: Whose calendar counts; the rule's own region by default, else national days.
            calendar: A calendar to count in, instead of a region.
            known_on: Count in the calendar as known on this day (S11).
            trigger_kind: The kind of the trigger; checked against the rule's if given. A kind from which the law deems
                the rule's own trigger to have happened (received, where nothing was said for five days) is taken as
                that (S24).
            outside_force: `"raise"`, or `"flag"` to compute all the same and say so.

        Raises:
            NotADateError: If the trigger is none (also a `TypeError`).
            InvalidArgumentError: If another argument is not of its kind.
            RuleNotInForceError: If no version is in force on the trigger day.
            NoDeadlineError: If no date follows from the rule.
            InvalidCaseError: If the trigger is of the wrong kind.
            CalendarCoverageError: If the count leaves the calendar.
        """
        norm = self.norm
        if not self._in_days or type(trigger) is not date:
            trigger = self._trigger(trigger)
        if outside_force != "raise":
            one_of(outside_force, _OUTSIDE, "outside_force")
        in_force = norm.instrument is None or _is_in_force(norm, trigger)
        if not in_force and (outside_force != "flag" or len(self.norms) > 1):
            try:
                other = self._version(
                    [each for each in self.norms if _is_in_force(each, trigger)], _step(norm, trigger)
                )
            except RuleNotInForceError:
                if outside_force != "flag":
                    raise
            else:
                return other.deadline(
                    trigger, region=region, calendar=calendar, known_on=known_on, trigger_kind=trigger_kind
                )
        counted = self.ways if trigger_kind is None and not norm.published else self.ways_for(trigger, trigger_kind)
        assumed = False
        if calendar is None:
            region = region or norm.region
            assumed = region is None
            calendar = calendar_of(region) if known_on is None else calendar_of(region, known_on=known_on)
        elif not isinstance(calendar, WorkingCalendar):
            need_calendar(calendar)
        found = _landings(counted, trigger, calendar)
        return Deadline(self, trigger, calendar, found, assumed, in_force, trigger_kind)

    def ways_for(self, trigger: date, kind: str | None = None) -> tuple[Way, ...]:
        """The ways from one trigger: a published table overrides the rule; a day of another kind may be deemed (S24).

        Raises:
            NotADateError: If the trigger is none.
            InvalidCaseError: If the kind is neither the rule's own nor one from which its trigger is deemed.
        """
        day = to_day(trigger, "the trigger")
        maybe(kind, str, "a kind of trigger", "a text such as 'received'")
        for table in self.norm.published:
            if (due := table.due(trigger)) is not None:
                return (by_table(table, due),)
        deeming, kinds = self.norm.deeming(kind, day), self.norm.trigger.kinds
        if deeming is not None:
            title, number = (instrument.title, instrument.number) if (instrument := self.norm.instrument) else ("", "")
            where = str(Citation(title, number, deeming.clause))
            return from_deemed(self.ways, replace(deeming, clause=where))
        if kind is not None and kinds and kind not in kinds:
            raise self._wrong_kind(kind)
        return self.ways

    def _trigger(self, trigger: date | None) -> date:
        """The trigger as the rule needs it: a day, a moment, or any day of the year meant."""
        if not self.ways:
            raise self._no_deadline()
        limit = self.norm.limit
        if isinstance(limit, Window):
            return self._window_trigger(limit, trigger)
        year = self._one_year()
        if trigger is None and year is not None:
            trigger = date(year, 12, 31)
        day = to_day(trigger, "a day of the year meant")
        if isinstance(limit, FixedDate):
            self._check_created(limit, day.year)
        return day

    def _window_trigger(self, limit: Window, trigger: date | None) -> date:
        start = (to_instant if limit.period.unit is Unit.HOUR else to_day)(trigger, "the trigger")
        if self.norm.trigger.on is TriggerOn.MONTH_END and not _ends_month(start):
            raise InvalidCaseError(
                f"{self.id or 'this rule'} starts from the last day of a month, not from {start}",
                hint="pass the last day of the month or quarter that has ended",
                rule=self.id,
                given=start,
            )
        return start

    def _one_year(self) -> int | None:
        """The only year the rule is for, if there is one."""
        force = self.norm.force
        if isinstance(self.norm.limit, FixedDate) and self.norm.limit.year is not None:
            return self.norm.limit.year
        one = force.first is not None and force.last is not None and force.first.year == force.last.year
        return force.last.year if one and force.last is not None else None

    def _check_created(self, limit: FixedDate, year: int) -> None:
        instrument = self.norm.instrument
        if limit.year not in {None, year}:
            raise NoDeadlineError(
                f"{self.id or 'this rule'} is for {limit.year} only, not for {year}",
                hint=f"ask with a day of {limit.year}, or without a trigger",
                rule=self.id,
                only=limit.year,
                year=year,
            )
        adopted = instrument.adopted if instrument and not self.norm.higher_basis else None
        if adopted and limit.named(year) < adopted:
            beside = ", ".join(self.norm.refers_to) or "the rule above it"
            raise NoDeadlineError(
                f"{self.id} names {limit.named(year)}, before its instrument was made ({adopted})",
                hint=f"the notice alone creates no duty for {year}; see {beside}",
                rule=self.id,
                named=limit.named(year),
                adopted=adopted,
                year=year,
            )

    def _no_deadline(self) -> NoDeadlineError:
        kind = self.norm.kind
        refers = f"its figure stands in {', '.join(self.norm.refers_to)}: ask those" if self.norm.refers_to else ""
        return NoDeadlineError(
            f"{self.id}: no date follows from a rule of the kind {kind.value}",
            hint=refers or "treat it as a review item; it can never be overdue",
            rule=self.id,
            kind=kind.value,
            refers_to=", ".join(self.norm.refers_to),
        )

    def _wrong_kind(self, given: str) -> InvalidCaseError:
        beside = ", ".join(self.norm.refers_to)
        kinds = " or ".join(dict.fromkeys((*self.norm.trigger.kinds, *(each.kind for each in self.norm.deemed))))
        return InvalidCaseError(
            f"{self.id or 'this rule'} starts from {kinds}, not from {given!r}",
            hint=f"pass the day of {kinds}{f'; see {beside}' if beside else ''}",
            rule=self.id,
            given=given,
            needed=kinds,
            beside=beside,
        )

    def latest_trigger(self, due: date, *, region: str | None = None, calendar: WorkingCalendar | None = None) -> date:
        """The last trigger whose deadline is not after `due`: `deadline(t).due <= due` exactly when t is not later.

        The force of the rule is not asked about here: `deadline` does that.

        Args:
            due: The day by which the deadline has to lie, inclusive (for hour rules a moment).
            region: As for `deadline`.
            calendar: As for `deadline`.

        Raises:
            NoDeadlineError: If no date follows from the rule.
            CalendarCoverageError: If the answer lies outside the calendar.

        >>> import rulecal as rc
        >>> rule = rc.within(15, rc.Unit.WORKING_DAY, region="640500")
        >>> rule.latest_trigger(date(2022, 7, 20))
        datetime.date(2022, 6, 27)
        """
        if not self.ways:
            raise self._no_deadline()
        limit = self.norm.limit
        if isinstance(limit, Window) and limit.period.unit is Unit.HOUR:
            return self._latest_moment(limit, to_instant(due, "a moment"))
        if isinstance(limit, FixedDate) and limit.year is not None:
            raise NoDeadlineError(f"{self.id or 'this rule'} has one date only", hint="ask deadline()", rule=self.id)
        due = to_day(due, "a due date")
        held = chosen(calendar, region or self.norm.region)
        if self.norm.trigger.on is TriggerOn.MONTH_END:
            near = due.year * 12 + due.month - 1
            return _month_end(_last_true(lambda k: self._is_due_by(_month_end(k), due, held), near, _MONTH_ENDS))
        found = _last_true(lambda k: self._is_due_by(date.fromordinal(k), due, held), due.toordinal(), _DAYS)
        return date.fromordinal(found)

    def _is_due_by(self, trigger: date, due: date, calendar: WorkingCalendar) -> bool:
        try:
            found = [landing for _, landing in _landings(self.ways_for(trigger), trigger, calendar)]
        except CalendarCoverageError:
            if trigger < calendar.coverage.first or trigger > due or due > calendar.coverage.last:
                raise
            return False  # the count runs on past `due`, and then out of the calendar
        if self.norm.kind is Kind.AT_LEAST:
            return max(map(last_of, found)) <= due
        return min(map(first_of, found)) <= due

    def _latest_moment(self, limit: Window, due: datetime) -> datetime:
        hours = timedelta(hours=limit.period.amount)
        try:
            if self.norm.kind is Kind.COUNT_BACK:
                return due + hours
            if limit.clock is Clock.AT_ONCE:
                return due - hours
            opening = (due - hours).replace(minute=0, second=0, microsecond=0)
            return opening - timedelta(microseconds=1)
        except OverflowError:
            raise beyond_years(f"back from {due} the count") from None

    # fixed dates and quotas ------------------------------------------------------------------------------------------

    def occurrences(self, year: int) -> tuple[Deadline, ...]:
        """The deadlines that the rule sets by itself in a civil year: one, or none where it does not apply.

        Raises:
            NoDeadlineError: If the rule is counted from a trigger, or no date follows from it.
            InvalidArgumentError: If it is no civil year, 1 to 9999.

        >>> import rulecal as rc
        >>> [d.due for d in rc.before(3, 1).occurrences(2026)]
        [datetime.date(2026, 2, 28)]
        """
        if not self.ways:
            raise self._no_deadline()
        if isinstance(self.norm.limit, Window):
            raise NoDeadlineError(
                f"{self.id or 'this rule'} is counted from a trigger", hint="ask deadline(trigger)", rule=self.id
            )
        end = date(civil_year(year), 12, 31)
        try:
            return (self.deadline(end),)
        except (NoDeadlineError, RuleNotInForceError):
            return ()

    def shortfall(self, year: int, events: Iterable[date] = (), *, as_of: date) -> Shortfall:
        """How a quota stands on a day: what was done in the civil year, what is missing.

        Args:
            year: The civil year.
            events: The days on which it was done; those outside the year, or after `as_of`, do not count.
            as_of: The day asked about.

        Raises:
            NoDeadlineError: If the rule is no quota.
            RuleNotInForceError: If it is in force on no day of the year.
            InvalidArgumentError: If it is no civil year, 1 to 9999.
            NotADateError: If an event, or `as_of`, is no date.

        >>> import rulecal as rc
        >>> twice = rc.times_a_year(2)
        >>> twice.shortfall(2022, [date(2022, 4, 8)], as_of=date(2022, 10, 10)).state.name
        'AT_RISK'
        """
        if not isinstance(self.norm.limit, Quota):
            raise NoDeadlineError(
                f"{self.id or 'this rule'} is no quota", hint="ask deadline(...) or occurrences(year)", rule=self.id
            )
        end = date(civil_year(year), 12, 31)
        if not _is_in_force(self.norm, end):
            return self.at(end).shortfall(year, events, as_of=as_of)
        return Shortfall.of(self.norm.limit, year, events, as_of, inferred=self.norm.date_is_inferred)


def _step(norm: Norm, trigger: date) -> date:
    """The day whose law counts (S23): the trigger, or the day that the rule names in the year meant."""
    return norm.limit.named(trigger.year) if isinstance(norm.limit, FixedDate) else to_day(trigger)


def _is_in_force(norm: Norm, trigger: date) -> bool:
    """Whether a norm is in force on its step; a quota or a task on some day of the year meant."""
    force = norm.force
    if isinstance(norm.limit, Window | FixedDate):
        return _step(norm, trigger) in force
    first, last = date(trigger.year, 1, 1), date(trigger.year, 12, 31)
    return (force.first is None or force.first <= last) and (force.last is None or first <= force.last)


def _landings(
    counted: tuple[Way, ...], trigger: date, calendar: WorkingCalendar
) -> tuple[tuple[Way, date | Span], ...]:
    """Each way and where it leads; those that lead where one before them does are left out."""
    if len(counted) == 1:
        return ((counted[0], land(counted[0], trigger, calendar)),)
    found: dict[date | Span, Way] = {}
    for way in counted:
        found.setdefault(land(way, trigger, calendar), way)
    return tuple((way, landing) for landing, way in found.items())


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _month_end(k: int) -> date:
    """The last day of a month, the months counted from January of the year 0."""
    year, month = k // 12, k % 12 + 1
    return date(year, month, monthrange(year, month)[1])


_DAYS: Final = range(1, date.max.toordinal() + 1)
_MONTH_ENDS: Final = range(12, 10_000 * 12)
"""The numbers of all days, and of all ends of months, that there are."""


def _last_true(holds: Callable[[int], bool], near: int, among: range) -> int:
    """The last number for which `holds` is true, where it is true up to some number and false from then on."""
    step = 1
    if holds(near):
        low = near
        while low + step in among and holds(low + step):
            low, step = low + step, step * 2
        high = min(low + step, among.stop)
    else:
        high = near
        while not holds(max(high - step, among.start)):
            if high - step < among.start:
                raise beyond_years("the last trigger")
            high, step = high - step, step * 2
        low = max(high - step, among.start)
    while high - low > 1:
        middle = low + (high - low) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
