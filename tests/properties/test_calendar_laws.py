"""The laws of working-day arithmetic, on real calendars and on small ones of every shape."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.testing import calendars, check_calendar_laws, toy_calendar, with_day

WEEK = [date(2022, 7, 4) + timedelta(days=i) for i in range(7)]


@pytest.mark.parametrize(
    "calendar",
    [
        pytest.param(rc.calendar(), id="national"),
        pytest.param(rc.calendar("640500"), id="ningxia"),
        pytest.param(toy_calendar(WEEK[0], WEEK[-1]), id="one week"),
        pytest.param(
            toy_calendar(date(2022, 1, 1), date(2022, 12, 31), off=[WEEK[0]], worked=[WEEK[5]]), id="toy year"
        ),
        pytest.param(toy_calendar(WEEK[0], WEEK[-1], off=WEEK[:5], worked=WEEK[5:]), id="upside down"),
    ],
)
def test_a_calendar_obeys_the_laws(calendar):
    check_calendar_laws(calendar)


@settings(max_examples=200)
@given(calendars(), st.data())
def test_rank_and_select_agree_with_a_walk(calendar, data):
    """Counting is what walking day by day gives, on any calendar."""
    first, last = calendar.coverage.first, calendar.coverage.last
    a = data.draw(st.dates(first, last))
    b = min(a + timedelta(days=data.draw(st.integers(0, 80))), last)
    days = list(calendar.days(a, b))[1:]

    if all(day.settled for day in days):
        assert calendar.working_days(a, b) == sum(day.working for day in days)
    else:
        with pytest.raises(rc.UnsettledDayError):
            calendar.working_days(a, b)


@given(st.sampled_from([rc.calendar(), rc.calendar("640500")]), st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_a_region_never_has_more_working_days_than_its_notices_pay_back(calendar, day):
    """From 2019 on Ningxia's notices only take days off (no make-up days), so nothing falls due earlier there."""
    if day <= date(2026, 11, 1):
        assert calendar.shift(day, 10) >= rc.calendar().shift(day, 10)


def test_a_law_that_does_not_hold_is_found():
    """The checks can fail: a calendar whose day descriptions lie is caught."""

    class Liar(rc.WorkingCalendar):
        def is_working_day(self, day):
            return bool(day)

    honest = rc.calendar()
    liar = Liar(*(getattr(honest, field.name) for field in dataclasses.fields(honest)))

    with pytest.raises((AssertionError, ExceptionGroup)):
        check_calendar_laws(liar)


def test_with_day_changes_that_day_only():
    day = date(2022, 6, 29)
    other = with_day(rc.calendar(), day, working=False)

    around = (day - timedelta(days=2), day + timedelta(days=2))
    assert rc.calendar().states(*around) == "11111"
    assert other.states(*around) == "11011"
    assert with_day(other, day, working=True) == with_day(rc.calendar(), day, working=True)
