"""The laws of rules: every computable rule of the catalogue, and rules of every shape."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.testing import check_rule_laws, days, naive_due, rules, with_day

COMPUTABLE = [rule for rule in rc.catalogue().values() if rule.is_computable]
U = rc.Unit


@pytest.mark.parametrize("rule", COMPUTABLE, ids=lambda rule: rule.id)
def test_a_rule_of_the_catalogue_obeys_the_laws(rule):
    check_rule_laws(rule, examples=3)


@pytest.mark.parametrize(
    "rule",
    [
        *(rc.within(7, unit, roll=roll) for unit in (U.CALENDAR_DAY, U.MONTH) for roll in ("yes", "no", "unclear")),
        *(rc.within(n, U.WORKING_DAY, start=s) for n in (1, 20) for s in ("next_day", "same_day", "unclear")),
        rc.within(2, U.MONTH, roll="unclear", start="unclear"),
        rc.within(1, U.YEAR),
        *(rc.at_least(n, u, start="unclear") for n, u in ((30, U.CALENDAR_DAY), (7, U.WORKING_DAY), (1, U.MONTH))),
        rc.within(24, U.HOUR),
        rc.within(24, U.HOUR, clock="next_hour"),
        *(
            rc.count_back(n, u)
            for n, u in ((24, U.HOUR), (7, U.WORKING_DAY), (30, U.CALENDAR_DAY), (1, U.MONTH), (1, U.YEAR))
        ),
        rc.before(3, 1),
        rc.before(1, 31),
        rc.by_end_of(2),
        rc.times_a_year(2, at_most=3),
    ],
    ids=lambda rule: f"{rule.kind.value} {rule.limit}",
)
def test_a_rule_of_any_shape_obeys_the_laws(rule):
    check_rule_laws(rule, examples=25)


@settings(max_examples=300)
@given(rules(), days(), st.sampled_from([None, "640500"]))
def test_the_engine_counts_what_the_oracle_counts(rule, trigger, region):
    calendar = rc.calendar(region)
    try:
        deadline, counted = rule.deadline(trigger, calendar=calendar), naive_due(rule, trigger, calendar)
    except rc.CalendarCoverageError:
        assume(False)

    assert deadline.due == counted
    assert rc.replay(deadline.steps) == deadline.due


def test_a_rule_without_a_date_has_no_laws_to_check():
    for name in ("information-disclosure", "court-appearance-rate"):
        with pytest.raises(rc.NoDeadlineError, match=name):
            check_rule_laws(rc.catalogue()[f"zhongwei-2022/{name}"])


WORKING = st.builds(
    lambda make, n: make(n, U.WORKING_DAY), st.sampled_from([rc.within, rc.at_least, rc.count_back]), st.integers(1, 40)
)


@given(WORKING, days(), days(), st.booleans())
def test_a_day_off_more_never_hurries_a_working_day_rule(rule, trigger, changed, working):
    """A working day made a holiday never brings a due date forward; a day made a working day never puts it back."""
    other = with_day(rc.calendar(), changed, working=working)
    try:
        before, after = (rule.deadline(trigger, calendar=held) for held in (rc.calendar(), other))
    except rc.CalendarCoverageError:
        assume(False)
    assume(before.settled and after.settled)
    old, new = before.due, after.due

    later = not working if rule.kind is not rc.Kind.COUNT_BACK else working
    assert new >= old if later else new <= old


@given(st.integers(1, 59), st.sampled_from([U.WORKING_DAY, U.CALENDAR_DAY, U.MONTH]), days())
def test_more_time_is_never_earlier(n, unit, trigger):
    try:
        less, more = (rc.within(k, unit).deadline(trigger).due for k in (n, n + 1))
        back_less, back_more = (rc.count_back(k, unit).deadline(trigger).due for k in (n, n + 1))
    except rc.CalendarCoverageError:
        assume(False)

    assert less <= more
    assert back_more <= back_less


@given(
    st.integers(1, 100),
    st.datetimes(datetime(2005, 1, 1), datetime(2025, 1, 1)),
    st.sampled_from(["at_once", "next_hour"]),
    st.timedeltas(timedelta(hours=-200), timedelta(hours=200)),
)
def test_hours_run_through_days_off_and_can_be_turned_round(n, moment, clock, offset):
    rule = rc.within(n, U.HOUR, clock=clock)
    deadline = rule.deadline(moment)
    begun = moment if clock == "at_once" else moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    assert deadline.due_at.replace(tzinfo=None) == begun + timedelta(hours=n)
    assert rc.replay(deadline.steps) == deadline.due_at

    due = moment + offset
    in_time = deadline.due_at.replace(tzinfo=None) <= due
    assert in_time == (moment <= rule.latest_trigger(due).replace(tzinfo=None))


def test_the_checks_can_fail():
    """A rule whose norm says one thing and whose ways say another is caught."""
    rule = rc.within(15, U.WORKING_DAY)
    object.__setattr__(rule, "ways", rc.within(16, U.WORKING_DAY).ways)

    with pytest.raises((AssertionError, ExceptionGroup)):
        check_rule_laws(rule)


def test_the_oracle_needs_no_engine():
    """Its dates are those of the notices' own days, counted by hand on paper."""
    oracle = [naive_due(rc.within(3, U.WORKING_DAY), date(2022, 9, 30), rc.calendar())]
    oracle.append(naive_due(rc.within(6, U.MONTH), date(2022, 8, 31), rc.calendar()))

    assert oracle == [date(2022, 10, 10), date(2023, 2, 28)]
