"""Any interleaving of events, as time goes on, against a naive oracle; open years by brute force."""

from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import rulecal as rc
from rulecal.testing import events, naive_case_due

DAY, U, S = timedelta(days=1), rc.Unit, rc.State
REASONS = ("听证", "检测")
SHAPES = [
    *(lambda u=u, n=n: rc.within(n, u, excludes=REASONS) for u, n in ((U.WORKING_DAY, 15), (U.MONTH, 2))),
    *(lambda r=r: rc.within(30, U.CALENDAR_DAY, roll=r, excludes=REASONS) for r in ("yes", "no", "unclear")),
]


class Clocks(RuleBasedStateMachine):
    """One case, its day moving on, whatever happens to it."""

    @initialize(
        shape=st.sampled_from(SHAPES),
        trigger=st.dates(date(2021, 1, 4), date(2023, 9, 30)),  # twelve extensions end before the days held do
        region=st.sampled_from([None, "640500"]),
        promised=st.booleans(),
    )
    def opened(self, shape, trigger, region, promised):
        self.calendar, self.today, self.done = rc.calendar(region), trigger, False
        promise = rc.within(5, U.WORKING_DAY, excludes=REASONS) if promised else None
        self.case = rc.Case(shape(), trigger, promised=promise, region=region)

    @precondition(lambda self: not self.done)
    @rule(data=st.data())
    def something_happens(self, data):
        unit = self.case.rule.limit.period.unit
        event = data.draw(events(self.case.trigger, unit))
        before = self.case
        try:
            self.case = before.add(event)
        except rc.CaseFaults as faults:
            assert faults.exceptions
            assert self.case is before

    @rule(days=st.integers(1, 20))
    def time_goes_on(self, days):
        self.today += days * DAY

    @precondition(lambda self: not self.done)
    @rule(days=st.integers(0, 3))
    def it_is_done(self, days):
        last = max([self.today, *(self.first_of(event) for event in self.case.events)])
        self.case, self.done = self.case.add(rc.Completion(last + days * DAY)), True

    @staticmethod
    def first_of(event):
        value = next(getattr(event, name) for name in ("first", "on", "decided") if hasattr(event, name))
        return value.date() if hasattr(value, "date") else value

    @invariant()
    def each_clock_ends_where_the_oracle_says(self):
        found = self.case.deadline()
        assert (found.earliest, found.latest) == naive_case_due(self.case, self.calendar)
        assert rc.replay(found.steps) == found.due
        if self.case.promised:
            promise = self.case.promise()
            assert (promise.earliest, promise.latest) == naive_case_due(self.case, self.calendar, promised=True)

    @invariant()
    def its_state_is_what_had_happened_by_then(self):
        status, known = self.case.status(as_of=self.today), self.case.deadline(as_of=self.today)
        done = self.case.completed if self.case.completed and self.case.completed <= self.today else None
        late = (done or self.today) > known.latest
        assert (status.state in {S.OVERDUE, S.MET_LATE}) == late
        assert status.is_overdue == (late and done is None)
        if status.state is S.SUSPENDED:
            assert done is None
        if status.state is S.PAST_PROMISE:
            assert (done or self.today) > self.case.promise(as_of=self.today).latest
        if done is not None and not late and self.case.promised is None:
            assert status.state in {S.MET, S.MET_DISPUTED}

    @invariant()
    def it_can_be_told_stored_and_followed(self):
        assert self.case.timeline()
        assert rc.Deadline.from_dict(self.case.deadline().to_dict()) == self.case.deadline()


Clocks.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestClocks = Clocks.TestCase


SPRING = st.dates(date(2027, 1, 4), date(2027, 2, 20))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(SPRING, st.integers(3, 15), st.integers(0, 20), st.integers(0, 12), st.sampled_from([None, "640500"]))
def test_in_an_open_year_the_bounds_are_those_of_all_its_calendars(trigger, n, after, length, region):
    """Both bounds of a paused clock are reached by some calendar of the family, and none lies outside."""
    calendar = rc.calendar(region)
    first, reach = trigger + after * DAY, trigger + 75 * DAY
    assume(sum(group.first <= reach and group.last > trigger for group in calendar.groups) <= 1)
    pause = rc.Exclusion(first, first + length * DAY, reason="听证")
    case = rc.Case(rc.within(n, U.WORKING_DAY, excludes=REASONS), trigger, events=[pause], region=region)
    found = case.deadline()

    ends = set()
    for outcome in set(calendar.outcomes(trigger + DAY, reach)):
        left = n
        for k, sign in enumerate(outcome):
            day = trigger + (k + 1) * DAY
            left -= sign == "1" and not pause.first <= day <= pause.last
            if not left:
                ends.add(day)
                break
    assert (found.earliest, found.latest) == (min(ends), max(ends))
    assert rc.replay(found.steps) == found.due
    assert rc.Deadline.from_dict(found.to_dict()) == found


def test_an_open_day_leaves_a_paused_case_undetermined():
    case = rc.Case(
        rc.within(10, U.WORKING_DAY, excludes=REASONS),
        date(2027, 1, 18),
        events=[rc.Exclusion(date(2027, 1, 20), date(2027, 1, 21), reason="听证")],
    )
    found = case.deadline()
    assert not found.settled
    assert case.status(as_of=found.earliest + DAY).state is S.UNDETERMINED
    assert case.status(as_of=found.latest + DAY).state is S.OVERDUE
