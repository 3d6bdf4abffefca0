"""Forget a year's notice: the true dates against the intervals (the whole of it: tests/benchmarks/backtest.py)."""

from datetime import date, timedelta

import pytest

import rulecal as rc
from rulecal.calendars.national import without_notice

D = date
DAY = timedelta(days=1)


def misses(year, true):
    """The triggers from 1 October before to 31 December, and amounts, whose true date is not in the interval."""
    calendar = without_notice(year)
    found = []
    for k in range((D(year, 12, 31) - D(year - 1, 10, 1)).days + 1):
        trigger = D(year - 1, 10, 1) + k * DAY
        for n in range(1 + k % 3, 61, 3):
            try:
                due = true.shift(trigger, n)
            except rc.UnsettledDayError:
                break
            span = calendar.span(trigger, n)
            if not span.earliest <= due <= span.latest:
                found.append((trigger, due))
    return found


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2021, 2022, 2023, 2025, 2026])
def test_no_date_lies_outside(year):
    assert misses(year, rc.calendar()) == []


@pytest.mark.parametrize(("year", "before"), [(2019, D(2019, 3, 21)), (2020, D(2020, 1, 26))])
def test_what_lies_outside_was_moved_by_a_decree_in_the_middle_of_the_year(year, before):
    """Against the calendar as known the day before the decree, and only dates of that year, nothing lies outside."""
    assert misses(year, rc.calendar())
    known = rc.calendar(known_on=before)
    assert [miss for miss in misses(year, known) if miss[1].year == year] == []


def test_2015_missed_the_parade_and_a_day_off_that_moved_into_national_day():
    """The decree of 13 May (2015-09-03 to 06), and 中秋 on a Sunday whose Monday went into National Day."""
    assert all(trigger <= D(2015, 10, 10) and due >= D(2015, 9, 3) for trigger, due in misses(2015, rc.calendar()))
    as_published = misses(2015, rc.calendar(known_on=D(2015, 5, 12)))
    assert all(
        trigger <= D(2015, 10, 10) and due >= D(2015, 9, 28) for trigger, due in as_published if due.year == 2015
    )


@pytest.mark.parametrize(("year", "eve"), [(2014, D(2014, 1, 30)), (2024, D(2024, 2, 9))])
def test_2014_and_2024_missed_a_new_year_s_eve_that_was_worked(year, eve):
    found = misses(year, rc.calendar())
    assert found
    assert all(trigger < eve + 7 * DAY and eve <= due <= eve + 12 * DAY for trigger, due in found)
