"""A working calendar: which days people work, what made each day so, and the arithmetic of working days (工作日)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Final

from rulecal.calendars._daytable import OPEN, WORK, DayTable
from rulecal.calendars.day import WORKED, Coverage, Day, DayKind, Fact, Notice, Provenance, Span, digest_days
from rulecal.calendars.outlook import Group, Outlook
from rulecal.civil import DAY, to_day
from rulecal.errors import CalendarCoverageError, UnsettledDayError
from rulecal.needs import civil_year, each_of, need, refused
from rulecal.text import Text

_FRIDAY: Final = 4
_WHOLE: Final = "a whole number of working days"


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """The days of one region, and the arithmetic on them. An immutable value: equal calendars have equal days.

    Made by `rulecal.calendar(...)`; `rulecal.testing.toy_calendar` makes small ones for tests.
    """

    coverage: Coverage
    caveats: tuple[Text, ...]
    """What a reader of every date from this calendar must know, e.g. that local days of the region are not held."""
    known_on: date | None
    """Only notices known on this day were used; None uses all (S11)."""
    _region: str | None
    _packages: tuple[tuple[str, str], ...]
    _facts: Mapping[date, Fact] = field(repr=False)
    _table: DayTable = field(repr=False)
    _outlook: Outlook = field(repr=False)
    _yearly: Mapping[int, Notice] = field(repr=False)
    _base: WorkingCalendar | None = field(repr=False)
    _recipe: tuple[Callable[..., WorkingCalendar], tuple[object, ...]] | None = field(repr=False)
    """How to make an equal calendar again: what a pickle carries instead of the table."""

    @classmethod
    def from_facts(  # noqa: D417
        cls,
        first: date,
        last: date,
        facts: Mapping[date, Fact],
        *,
        yearly: Mapping[int, Notice] | None = None,
        packages: tuple[tuple[str, str], ...] = (),
        region: str | None = None,
        caveats: tuple[Text, ...] = (),
        groups: Iterable[Group] = (),
        settled_through: date | None = None,
        known_on: date | None = None,
        base: WorkingCalendar | None = None,
        recipe: tuple[Callable[..., WorkingCalendar], tuple[object, ...]] | None = None,
    ) -> WorkingCalendar:
        """A calendar of the days `first` through `last` (inclusive): weekdays are worked, except as `facts` say.

        Args:
            facts: What notices say of single days.
            yearly: The base notice of each year, the source of its ordinary days.
            groups: The open days whose patterns are not known, and the patterns they may take.
            settled_through: The last day that the last notice settles; by default, before the open days at the end.
            known_on: The day whose knowledge was used.
            base: The national calendar that this one lies over, if it is a region's.
            recipe: A function and its arguments that give an equal calendar.
        """
        first, last = to_day(first, "the first day"), to_day(last, "the last day")
        if last < first:
            raise refused(last, f"a last day from {first} on", "name the first day, then the last")
        need(facts, Mapping, "facts", "a mapping of days to facts")  # type: ignore[type-abstract]
        each_of(facts.values(), Fact, "a fact", "rulecal.calendars.day.Fact")
        groups = each_of(groups, Group, "a group of open days", "rulecal.calendars.outlook.Group")
        origin, n = first.toordinal(), (last - first).days + 1
        week = bytes(day <= _FRIDAY for day in range(7))
        expected = bytearray((week[first.weekday() :] + week * (n // 7 + 1))[:n])
        states, awaited = bytearray(expected), [""] * n
        for day, fact in facts.items():
            i = (day if type(day) is date else to_day(day)).toordinal() - origin
            if 0 <= i < n:
                expected[i] = fact.kind in WORKED
                states[i], awaited[i] = OPEN if fact.awaits else expected[i], fact.awaits
        table = DayTable(first, states)
        if settled_through is None:
            settled_through = table.day(len(bytes(states).rstrip(bytes([OPEN]))) - 1)
        coverage = Coverage(first, settled_through, last)
        outlook = Outlook(origin, bytes(expected), groups, awaited)
        return cls(coverage, caveats, known_on, region, packages, facts, table, outlook, yearly or {}, base, recipe)

    @property
    def national(self) -> WorkingCalendar:
        """The national calendar that this one lies over, or itself."""
        return self._base or self

    @property
    def provenance(self) -> Provenance:
        """Where the days come from, with a digest of them all."""
        return self.provenance_of(self.coverage.first, self.coverage.last)

    def provenance_of(self, first: date | None, last: date | None) -> Provenance:
        """Where the days `first` through `last` come from: their digest and the notices that made them (S4)."""
        if first is None or last is None:
            return Provenance("", self._packages, (), self._region, self.known_on)
        notices = dict.fromkeys(str(day.source) for day in self.days(first, last) if day.source)
        digest = digest_days(first, self.states(first, last))
        return Provenance(digest, self._packages, tuple(notices), self._region, self.known_on)

    def __reduce__(self) -> tuple[object, ...]:
        if self._recipe is not None:
            return self._recipe
        return _remake, (self.coverage.first, self.coverage.last, dict(self._facts), self.caveats, self.groups)

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, WorkingCalendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return (
            self._table.origin,
            self._table.states,
            self.groups,
            self._region,
            self._packages,
            self.caveats,
            self.known_on,
        )

    # one answer, or an error -----------------------------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`; make-up Saturdays and Sundays are working days.

        Raises:
            UnsettledDayError: If no published notice has settled the day.
            CalendarCoverageError: If the calendar does not hold the day.

        >>> import rulecal as rc
        >>> rc.calendar().is_working_day(date(2022, 10, 8))  # a make-up Saturday
        True
        """
        i = self._index(day)
        state = self._table.states[i]
        if state == OPEN:
            raise self._unsettled(i)
        return state == WORK

    def shift(self, day: date, n: int) -> date:
        """The `n`-th working day strictly after `day` (n > 0) or before it (n < 0); 0 gives `day` itself.

        Raises:
            UnsettledDayError: If a day on the way is not settled.
            CalendarCoverageError: If the way leaves the calendar.
            InvalidArgumentError: If `n` is no whole number.

        >>> import rulecal as rc
        >>> rc.calendar("640500").shift(date(2022, 6, 27), 15)
        datetime.date(2022, 7, 20)
        """
        if type(day) is not date:
            day = to_day(day)
        table = self._table
        j = day.toordinal() - table.origin + 1
        try:
            if n > 0:
                k = table.rank[j] + n - 1
                if j >= 0 and k < table.ahead[j]:
                    return table.worked[k]
            elif n:
                k = table.rank[j - 1] + n
                if j > 0 and k >= table.behind[j - 1]:
                    return table.worked[k]
            else:
                return day
        except (IndexError, TypeError):
            pass
        raise self._overrun(day, need(n, int, "n", _WHOLE))

    def on_or_after(self, day: date) -> date:
        """`day` if it is worked, else the next working day.

        >>> import rulecal as rc
        >>> rc.calendar().on_or_after(date(2022, 10, 1))  # National Day; 8 October is a make-up Saturday
        datetime.date(2022, 10, 8)
        """
        day = to_day(day)
        return day if self.is_working_day(day) else self.shift(day, 1)

    def on_or_before(self, day: date) -> date:
        """`day` if it is worked, else the last working day before it.

        >>> import rulecal as rc
        >>> rc.calendar().on_or_before(date(2024, 6, 30))  # a Sunday
        datetime.date(2024, 6, 28)
        """
        day = to_day(day)
        return day if self.is_working_day(day) else self.shift(day, -1)

    def working_days(self, after: date, through: date) -> int:
        """How many working days lie in (after, through]: the first day excluded, the last included.

        Negative the other way round, so that `working_days(a, b) == -working_days(b, a)`.

        >>> import rulecal as rc
        >>> rc.calendar("640500").working_days(date(2022, 6, 27), date(2022, 7, 20))
        15
        """
        i, j = self._end(after), self._end(through)
        low, high = (i, j) if i <= j else (j, i)
        if self._table.settled_to[low] < high:
            raise self._unsettled(self._table.settled_to[low])
        return self._table.rank[j] - self._table.rank[i]

    # never an error within the horizon -------------------------------------------------------------------------------

    def span(self, day: date, n: int) -> Span:
        """`shift` as an interval over all that unsettled days may turn into (S8); never an error within the horizon.

        On settled days all its ends are one day. Both ends are reached by some calendar of the family.

        Raises:
            CalendarCoverageError: If the way can leave the calendar.
            InvalidArgumentError: If `n` is no whole number.
        """
        day, n = to_day(day), need(n, int, "n", _WHOLE)
        table = self._table
        i = day.toordinal() - table.origin
        if not -1 <= i <= len(table) or n == 0:
            found = self.shift(day, n)
            return Span(found, found, found)
        k = table.rank[i + 1] + n - 1 if n > 0 else table.rank[max(i, 0)] + n
        if (k < table.ahead[i + 1]) if n > 0 else (k >= table.behind[max(i, 0)]):
            found = table.worked[k]
            return Span(found, found, found)
        try:
            first, last = self._outlook.span(i, n)
            guess = table.day(self._outlook.expect(i, n))
        except IndexError:
            raise self._uncovered(day, f"{abs(n)} working days {'after' if n > 0 else 'before'} ") from None
        low, high = (i + 1, last) if n > 0 else (first, i - 1)
        return Span(table.day(first), guess, table.day(last), self._outlook.awaits(low, high))

    def scenario(self, first: date, last: date, *, most: bool, out: Container[date] = ()) -> WorkingCalendar:
        """A complete calendar of the family: with the most, or the fewest, working days from `first` to `last`.

        Open days elsewhere are as the best guess has them; of several such calendars this is the nearest to it.
        Days taken `out` are not counted.
        """
        first, last, chosen = to_day(first), to_day(last), dict[date, bool]()
        for group in self.groups:
            if group.first <= last and group.last >= first:
                i = max(0, (first - group.first).days)
                j = min(group.length, (last - group.first).days + 1)
                guess = [self.fact(day).kind in WORKED for day in group.days]
                chosen |= group.choose(i, j, guess, most=most, out=out)
        return self._settle(chosen)

    def scenarios(self, year: int) -> Iterator[WorkingCalendar]:
        """Every complete calendar of the family that differs in a year, other years as the best guess has them.

        There can be very many: they are for tests.
        """
        inside = [group for group in self.groups if group.first.year == civil_year(year)]
        for patterns in product(*(group.patterns for group in inside)):
            pairs = zip(inside, patterns, strict=True)
            yield self._settle({day: worked for group, pattern in pairs for day, worked in group.spread(pattern)})

    def outcomes(self, first: date, last: date) -> Iterator[str]:
        """Every way in which the days `first` through `last` (inclusive) may turn out, as `states` signs them.

        The best guess comes first. On settled days there is one; across open ones there can be very many.

        >>> import rulecal as rc
        >>> list(rc.calendar().outcomes(date(2022, 10, 7), date(2022, 10, 10)))
        ['0111']
        """
        first, last = to_day(first), to_day(last)
        origin = self._index(first)
        guess = [self.fact(day.date).kind in WORKED for day in self.days(first, last)]
        yield "".join("01"[worked] for worked in guess)
        inside = [group for group in self.groups if group.first <= last and group.last >= first]
        if not inside:
            return
        for patterns in product(*(group.patterns for group in inside)):
            signs = list(guess)
            for group, pattern in zip(inside, patterns, strict=True):
                for day, worked in group.spread(pattern):
                    if first <= day <= last:
                        signs[self._index(day) - origin] = worked
            yield "".join("01"[worked] for worked in signs)

    def awaited(self, first: date, last: date) -> tuple[str, ...]:
        """The notices that the days `first` through `last` (inclusive) await; none where all are settled."""
        return self._outlook.awaits(self._index(first), self._index(last))

    def settled_as(self, first: date, states: str) -> WorkingCalendar:
        """The calendar with its open days from `first` on settled as signed, the others as the best guess has them."""
        i, states = self._index(first), need(states, str, "states", "signs of days, such as '0111'")
        return self._settle({self._table.day(i + k): sign == "1" for k, sign in enumerate(states)})

    def without(self, days: Iterable[date], first: date) -> WorkingCalendar:
        """The calendar from `first` on with some days taken out: not worked, however open days may turn out.

        What is left is for counting; of the days taken out it only says that they are not worked.
        """
        first = to_day(first)
        out = {day for day in map(to_day, each_of(days, object, "days", "")) if first <= day <= self.coverage.last}
        facts = {day: fact for day, fact in self._facts.items() if day >= first}
        facts |= {day: replace(self.fact(day), kind=DayKind.ADJUSTED, awaits="") for day in out}
        groups = [part for group in self.groups if (part := group.part(first, None))]
        out_of = dict.fromkeys(out, False)
        return WorkingCalendar.from_facts(
            first, self.coverage.last, facts, groups=[group.forced(out_of) for group in groups]
        )

    def handed_over(self, other: WorkingCalendar, on: date) -> WorkingCalendar:
        """This calendar before a day, another from that day on: for a case that goes to another region (S25)."""
        need(other, WorkingCalendar, "a calendar", "rulecal.calendar(...)")
        on = max(to_day(on), self.coverage.first)  # before which neither holds a day
        facts = {day: fact for day, fact in self._facts.items() if day < on}
        facts |= {day: fact for day, fact in other._facts.items() if day >= on}
        groups = [part for group in self.groups if (part := group.part(None, on - DAY))]
        groups += [part for group in other.groups if (part := group.part(on, None))]
        region = self._region if self._region == other._region else f"{self._region or ''}→{other._region or ''}"
        caveats = (*self.caveats, *(each for each in other.caveats if each not in self.caveats))
        return WorkingCalendar.from_facts(
            self.coverage.first,
            min(self.coverage.last, other.coverage.last),
            facts,
            yearly=self._yearly,
            packages=self._packages,
            region=region,
            caveats=caveats,
            groups=groups,
            known_on=self.known_on,
            base=self.national,
        )

    def _settle(self, chosen: Mapping[date, bool]) -> WorkingCalendar:
        """The calendar with its open days settled as chosen, the others as the best guess has them."""
        facts = {
            day: _settled(day, fact, chosen.get(day, fact.kind in WORKED)) if fact.awaits else fact
            for day, fact in self._facts.items()
        }
        return WorkingCalendar.from_facts(
            self.coverage.first,
            self.coverage.last,
            facts,
            yearly=self._yearly,
            packages=self._packages,
            region=self._region,
            caveats=self.caveats,
            known_on=self.known_on,
            base=self._base,
        )

    # what a day is ---------------------------------------------------------------------------------------------------

    def day(self, day: date) -> Day:
        """What is known of one day.

        >>> import rulecal as rc
        >>> eid = rc.calendar("640500").day(date(2022, 7, 11))
        >>> eid.kind.name, eid.name, eid.working
        ('REGIONAL', '古尔邦节', False)
        """
        i = self._index(day)
        return self._describe(self._table.day(i), self._table.states[i])

    def days(self, first: date, last: date) -> Iterator[Day]:
        """The days from `first` through `last`, both inclusive."""
        for i in range(self._index(first), self._index(last) + 1):
            yield self._describe(self._table.day(i), self._table.states[i])

    def states(self, first: date, last: date) -> str:
        """The days `first` through `last` (inclusive), a sign a day: `1` worked, `0` at rest, `?` open.

        >>> import rulecal as rc
        >>> rc.calendar().states(date(2022, 10, 7), date(2022, 10, 10))  # Friday off, then a worked weekend
        '0111'
        """
        return "".join(map("01?".__getitem__, self._table.states[self._index(first) : self._index(last) + 1]))

    def fact(self, day: date) -> Fact:
        """What a notice says of a day; of an ordinary day, what the week says."""
        day = to_day(day)
        return self._facts.get(day) or Fact(DayKind.WORKDAY if day.weekday() <= _FRIDAY else DayKind.WEEKEND)

    @property
    def facts(self) -> Mapping[date, Fact]:
        """The days that are not ordinary days of the week."""
        return MappingProxyType(dict(self._facts))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The open days whose patterns are not known."""
        return self._outlook.groups

    @property
    def packages(self) -> tuple[tuple[str, str], ...]:
        """The packages that the days come from, with their versions."""
        return self._packages

    @property
    def yearly(self) -> Mapping[int, Notice]:
        """The base notice of each year held."""
        return MappingProxyType(dict(self._yearly))

    def stale_on(self, as_of: date) -> bool:
        """Whether a day of the year of `as_of` awaits a notice that should be out: for a check when a system starts.

        >>> import rulecal as rc
        >>> rc.calendar().stale_on(date(2026, 11, 23)), rc.calendar().stale_on(date(2027, 1, 4))
        (False, True)
        """
        as_of = to_day(as_of)
        return as_of > self.coverage.settled_through and as_of.year not in self._yearly

    def _describe(self, day: date, state: int) -> Day:
        fact = self.fact(day)
        source = fact.source or self._yearly.get(day.year)
        return Day(day, fact.kind, None if state == OPEN else state == WORK, state != OPEN, source, fact.name)

    # errors ----------------------------------------------------------------------------------------------------------

    def _index(self, day: date) -> int:
        i = to_day(day).toordinal() - self._table.origin
        if not 0 <= i < len(self._table):
            raise self._uncovered(to_day(day))
        return i

    def _end(self, day: date) -> int:
        """The index one past `day`, which may be the day before the first: nothing is asked of the day itself."""
        i = to_day(day).toordinal() - self._table.origin + 1
        if not 0 <= i <= len(self._table):
            raise self._uncovered(to_day(day))
        return i

    def _overrun(self, day: date, n: int) -> CalendarCoverageError:
        """Why `shift(day, n)` has no answer: it starts outside, meets an open day, or runs out of days."""
        table = self._table
        i = day.toordinal() - table.origin
        onward = range(max(i + 1, 0), len(table)) if n > 0 else range(min(i, len(table)) - 1, -1, -1)
        if not -1 <= i <= len(table):
            return self._uncovered(day)
        met = next((j for j in onward if table.states[j] == OPEN), None)
        if met is not None:
            return self._unsettled(met)
        return self._uncovered(day, f"{abs(n)} working days {'after' if n > 0 else 'before'} ")

    def _uncovered(self, day: date, what: str = "") -> CalendarCoverageError:
        first, last, known_on = self.coverage.first, self.coverage.last, self.known_on
        if day < first:
            hint = "holidays before 2004 are not held"
        elif known_on is not None:
            hint = f"on {known_on} nothing was known of it"
        else:
            hint = f"days are held, or projected, to {last} and no further"
        return CalendarCoverageError(
            f"{what}{day} lies outside the calendar, which holds {first} to {last}",
            hint=hint,
            day=day,
            first=first,
            last=last,
            **({"known_on": known_on} if known_on else {}),
        )

    def _unsettled(self, i: int) -> UnsettledDayError:
        day = self._table.day(i)
        awaits = self._facts[day].awaits
        return UnsettledDayError(
            f"whether {day} is worked is not settled", hint=f"awaited: {awaits}", day=day, awaits=awaits
        )


def _settled(day: date, fact: Fact, worked: bool) -> Fact:
    """An open day taken to turn out as said; its source says that it is supposed."""
    source = Notice(day.year, f"推定，待{fact.awaits}")
    if worked == (fact.kind in WORKED):
        return Fact(fact.kind, fact.name, source)
    rest = day.weekday() > _FRIDAY
    if worked:
        return Fact(DayKind.MAKE_UP if rest else DayKind.WORKDAY, "", source)
    return Fact(DayKind.WEEKEND if rest else DayKind.ADJUSTED, "", source)


def _remake(
    first: date, last: date, facts: Mapping[date, Fact], caveats: tuple[Text, ...], groups: tuple[Group, ...]
) -> WorkingCalendar:
    return WorkingCalendar.from_facts(first, last, facts, caveats=caveats, groups=groups)
