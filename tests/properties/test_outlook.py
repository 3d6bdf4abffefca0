"""Unpublished days: bounds that hold over the whole family, and are reached; practice held against the notices."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.calendars._data import read
from rulecal.calendars.day import WORKED
from rulecal.calendars.eid import REACH, lay
from rulecal.testing import days

D = date


def members(groups) -> Iterator[dict[date, bool]]:
    """Every way in which some groups can turn out."""
    for chosen in product(*(group.patterns for group in groups)):
        yield {day: w for group, pattern in zip(groups, chosen, strict=True) for day, w in group.spread(pattern)}


def brute(calendar, groups, first, last):
    """For each member the days worked from `first` to `last`, in order."""
    span = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    plain = {day: calendar.day(day).kind in WORKED for day in span}
    return [[day for day in span if (plain | member)[day]] for member in members(groups)]


@pytest.mark.parametrize(
    ("region", "first", "last"),
    [
        (None, D(2027, 1, 4), D(2027, 6, 30)),
        (None, D(2028, 8, 1), D(2028, 12, 20)),
        (None, D(2029, 1, 4), D(2029, 6, 30)),
        (None, D(2030, 7, 1), D(2030, 12, 20)),
        ("640500", D(2027, 4, 1), D(2027, 7, 15)),
        ("640500", D(2018, 5, 1), D(2018, 10, 15)),
    ],
)
def test_the_bounds_are_those_of_every_member_and_both_are_reached(region, first, last):
    calendar = rc.calendar(region)
    groups = [group for group in calendar.groups if first <= group.first and group.last <= last]
    worked = brute(calendar, groups, first, last)
    draw = random.Random(f"{region}{first}")  # noqa: S311
    assert len(worked) > 1
    for _ in range(150):
        start, n = first + timedelta(days=draw.randrange((last - first).days)), draw.randrange(1, 60)
        after = [[day for day in member if day > start] for member in worked]
        before = [[day for day in member if day < start] for member in worked]
        if all(len(member) >= n for member in after):
            ends = [member[n - 1] for member in after]
            span = calendar.span(start, n)
            assert (span.earliest, span.latest) == (min(ends), max(ends))
            assert span.earliest <= span.expected <= span.latest
        if all(len(member) >= n for member in before):
            ends = [member[-n] for member in before]
            span = calendar.span(start, -n)
            assert (span.earliest, span.latest) == (min(ends), max(ends))


@settings(max_examples=60)
@given(st.sampled_from([None, "640500"]), st.dates(D(2026, 10, 1), D(2029, 12, 31)), st.integers(1, 60), st.data())
def test_whatever_the_notice_says_the_due_date_lies_within_and_is_never_worse(region, trigger, n, data):
    """For any member of the family, drawn group by group, and every kind of window."""
    calendar = rc.calendar(region)
    pick = {group: data.draw(st.sampled_from(group.patterns)) for group in calendar.groups if group.first.year >= 2026}
    settled = calendar._settle({day: w for group, pattern in pick.items() for day, w in group.spread(pattern)})
    unit = data.draw(st.sampled_from([rc.Unit.WORKING_DAY, rc.Unit.CALENDAR_DAY, rc.Unit.MONTH]))
    assume(unit is not rc.Unit.MONTH or n <= 20)
    for rule in (rc.within(n, unit), rc.within(n, unit, roll="unclear"), rc.at_least(n, unit), rc.count_back(n, unit)):
        try:
            announced, true = (rule.deadline(trigger, calendar=held) for held in (calendar, settled))
        except rc.CalendarCoverageError:
            assume(False)
        assert true.settled
        assert announced.earliest <= true.earliest <= true.latest <= announced.latest
        if rule.kind is rc.Kind.AT_LEAST:
            assert announced.due >= true.due
        else:
            assert announced.due <= true.due


@given(days(), st.integers(1, 60), st.booleans(), st.sampled_from([None, "640500"]))
@settings(max_examples=40)
def test_a_scenario_is_complete_and_reaches_the_bound(day, n, most, region):
    calendar = rc.calendar(region)
    try:
        span = calendar.span(day, n)
    except rc.CalendarCoverageError:
        return
    end = span.earliest if most else span.latest
    supposed = calendar.scenario(day + timedelta(days=1), end - timedelta(days=not most), most=most)

    assert "?" not in supposed.states(supposed.coverage.first, supposed.coverage.last)
    assert supposed.shift(day, n) == end


def test_the_scenarios_of_a_year_are_its_family():
    calendar = rc.calendar()
    inside = [group for group in calendar.groups if group.first.year == 2028]
    worked = {
        found.states(D(2028, 9, 1), D(2028, 10, 31))
        for _, found in zip(range(200), calendar.scenarios(2028), strict=False)
    }
    assert {len(group.patterns) for group in inside} == {len(worked), 7, 22}


class TestWhatTheLawAndPracticeSay:
    def test_days_that_the_law_fixes_are_off_and_settled(self):
        for day in (D(2027, 1, 1), D(2027, 2, 5), D(2027, 5, 2), D(2028, 10, 3), D(2029, 2, 15)):
            assert rc.calendar().is_working_day(day) is False
            assert rc.calendar().day(day).source.number == "国务院令第795号"
        assert sum(d.settled for d in rc.calendar().days(D(2027, 1, 1), D(2027, 12, 23))) == 13

    def test_the_facts_on_2027(self):
        """projection.md, section 6: spans and numbers of make-up days, counted there."""
        calendar = rc.calendar()
        off = calendar._outlook.expected
        origin = calendar._outlook.origin
        spring = [D(2027, 2, 5) + timedelta(days=k) for k in range(8)]
        labour = [D(2027, 5, day) for day in range(1, 6)]
        autumn = [D(2027, 10, day) for day in range(1, 8)]
        assert not any(off[day.toordinal() - origin] for day in (*spring, *labour, *autumn))
        assert off[D(2028, 4, 1).toordinal() - origin]  # the Saturday worked for 清明 on a Tuesday
        first, second, third = (group for group in calendar.groups if group.first.year == 2027)
        for group, owed in ((first, 2), (second, 1), (third, 2)):
            weekend = [k for k, day in enumerate(group.days) if day.weekday() >= 5]
            assert {sum(pattern >> k & 1 for k in weekend) for pattern in group.patterns} == {owed}

    @pytest.mark.parametrize(
        ("start", "n", "earliest", "latest"),  # counted in projection.md; art. 7 narrows the first by a day
        [
            (D(2027, 3, 1), 15, D(2027, 3, 22), D(2027, 3, 22)),
            (D(2027, 4, 20), 15, D(2027, 5, 13), D(2027, 5, 14)),
            (D(2027, 6, 1), 20, D(2027, 6, 30), D(2027, 6, 30)),
            (D(2027, 9, 13), 15, D(2027, 10, 8), D(2027, 10, 11)),
        ],
    )
    def test_intervals_counted_by_others(self, start, n, earliest, latest):
        span = rc.calendar().span(start, n)
        assert (span.earliest, span.latest) == (earliest, latest)

    def test_six_days_in_a_row_narrow_the_first_one(self):
        span = rc.calendar().span(D(2027, 1, 11), 15)
        assert D(2027, 1, 28) <= span.earliest <= span.latest == D(2027, 2, 1)

    @pytest.mark.parametrize("year", [*range(2015, 2018), *range(2019, 2027)])
    def test_every_notice_of_ningxia_is_within_what_its_eids_may_be(self, year):
        """Forget the year's notice: what it said is one of the patterns."""
        national, ningxia = rc.calendar(), rc.calendar("640500")
        festivals = read("calendar/festivals.toml")["years"][str(year)]
        for key, name in (("eid_al_fitr", "开斋节"), ("eid_al_adha", "古尔邦节")):
            if (year, key) == (2016, "eid_al_fitr"):  # its notice is not held
                continue
            for eid in festivals[key]:
                (group,) = lay(eid, name, "x", dict(national.facts), national, [])
                assert group.first == eid + timedelta(days=REACH[0])
                assert group.holds([ningxia.is_working_day(day) for day in group.days])

    def test_an_eid_that_touches_national_groups_is_joined_with_them(self):
        national, ningxia = rc.calendar(), rc.calendar("640500")
        may = next(group for group in ningxia.groups if group.first.year == 2027 and group.first.month == 4)
        assert may.last == D(2027, 5, 25)
        assert len(may.patterns) > len(next(g for g in national.groups if g.first == may.first).patterns)


class TestElapsed:
    """S10: what is late on a day hangs on the days before it only."""

    def test_every_day_2012_to_2026_known_the_day_before(self):
        """With only what was known the day before, the state is exact, and it is that of the true due date."""
        national = rc.calendar()
        rank = list(accumulate(int(c) for c in national.states(D(2011, 1, 1), D(2026, 12, 23))))
        assert rank[-1] > 3900
        rules = {n: rc.within(n, rc.Unit.WORKING_DAY) for n in range(1, 61)}
        wrong = []
        for k in range((D(2026, 12, 23) - D(2012, 1, 1)).days + 1):
            as_of = D(2012, 1, 1) + timedelta(days=k)
            known = rc.calendar(known_on=as_of - timedelta(days=1))
            for n in range(1, 61):
                edge = national.shift(as_of, -n)
                for trigger in (edge - timedelta(days=1), edge):
                    late = national.shift(trigger, n) < as_of
                    found = rules[n].deadline(trigger, calendar=known).status(as_of=as_of)
                    if found.is_overdue != late or not found.certain:
                        wrong.append((as_of, n, trigger, found.state))
        assert wrong == []

    def test_with_an_open_day_before_it_the_state_may_hang_on_a_notice(self):
        rule = rc.within(10, rc.Unit.WORKING_DAY)
        deadline = rule.deadline(D(2027, 2, 1))
        assert deadline.earliest < deadline.latest
        middle = deadline.status(as_of=deadline.latest)
        assert (middle.state, middle.certain, middle.is_overdue) == (rc.State.UNDETERMINED, False, False)
        assert middle.awaits == ("国务院办公厅2027年放假通知",)
        assert deadline.status(as_of=deadline.latest + timedelta(days=1)).state is rc.State.OVERDUE
        assert deadline.status(as_of=deadline.earliest).state is rc.State.DUE_TODAY
        done = deadline.status(as_of=D(2027, 3, 1), completed=deadline.latest)
        assert done.state is rc.State.UNDETERMINED
        assert deadline.status(as_of=D(2027, 3, 1), completed=deadline.earliest).state is rc.State.MET

    def test_a_floor_over_open_days(self):
        deadline = rc.at_least(10, rc.Unit.WORKING_DAY).deadline(D(2027, 2, 1))
        as_of = D(2027, 3, 1)
        assert deadline.due == deadline.latest
        assert deadline.status(as_of=as_of, completed=deadline.latest).state is rc.State.MET
        assert deadline.status(as_of=as_of, completed=deadline.earliest).state is rc.State.UNDETERMINED
        short = deadline.status(as_of=as_of, completed=deadline.earliest - timedelta(days=1))
        assert short.state is rc.State.SHORT

    def test_disputed_on_one_reading_and_open_on_another(self):
        deadline = rc.within(1, rc.Unit.MONTH, roll="unclear").deadline(D(2027, 1, 13))  # 13 February 2027, a Saturday
        assert deadline.readings[0].latest == D(2027, 2, 13)
        assert deadline.readings[1].latest == D(2027, 2, 15)
        assert deadline.status(as_of=D(2027, 2, 14)).state is rc.State.UNDETERMINED
        assert deadline.status(as_of=D(2027, 2, 16)).state is rc.State.OVERDUE


def test_a_system_can_ask_at_start_up_whether_its_calendar_is_stale():
    assert not rc.calendar().stale_on(D(2026, 12, 20))
    assert rc.calendar().stale_on(D(2027, 1, 2))
    assert not rc.calendar("640500").stale_on(D(2026, 12, 20))
