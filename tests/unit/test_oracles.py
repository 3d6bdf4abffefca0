"""The oracles that the laws trust, held to dates counted by hand: neither they nor the engine agree by chance."""

from datetime import date, datetime

import pytest

import rulecal as rc
from rulecal.testing import naive_case_due, naive_due, toy_calendar

D, T, U = date, datetime, rc.Unit
HEARING = {"excludes": ("听证",)}
FIVE = rc.within(5, U.WORKING_DAY, **HEARING)  # from Monday 13 June 2022: 14, 15, 16, 17, 20
MONTH = rc.within(1, U.MONTH, roll="yes", **HEARING)
MONDAY = D(2022, 6, 13)
LICENCE = rc.catalogue()["administrative-licensing/decision"]
TAX = rc.catalogue()["tax-collection/monthly-filing"]


def hearing(first, last, **more):
    return rc.Exclusion(first, last, "听证", **more)


@pytest.mark.parametrize(
    ("case", "first", "last"),
    [
        pytest.param(rc.Case(FIVE, MONDAY), D(2022, 6, 20), D(2022, 6, 20), id="no event"),
        pytest.param(
            rc.Case(FIVE, MONDAY, [rc.Suspension(D(2022, 6, 15), D(2022, 6, 17), "疫情")]),
            *(D(2022, 6, 21), D(2022, 6, 21)),
            id="only the day between stops: the 16th",
        ),
        pytest.param(
            rc.Case(FIVE, MONDAY, [hearing(D(2022, 6, 16), D(2022, 6, 19)), hearing(D(2022, 7, 16), D(2022, 7, 19))]),
            *(D(2022, 6, 22), D(2022, 6, 22)),
            id="two working days of a hearing, and one after the end",
        ),
        pytest.param(
            rc.Case(FIVE, MONDAY, [hearing(T(2022, 6, 15, 9), T(2022, 6, 16, 12))]),
            *(D(2022, 6, 20), D(2022, 6, 22)),
            id="two days that are held in part, counted or not",
        ),
        pytest.param(
            rc.Case(FIVE, MONDAY, [rc.Extension(3, U.WORKING_DAY, D(2022, 6, 20))]),
            *(D(2022, 6, 23), D(2022, 6, 23)),
            id="extended on the last day",
        ),
        pytest.param(
            rc.Case(FIVE, MONDAY, [rc.Extension(3, U.WORKING_DAY, D(2022, 6, 21)), rc.Restart(D(2022, 6, 22))]),
            *(D(2022, 6, 20), D(2022, 6, 20)),
            id="extended and begun again after the last day: too late",
        ),
        pytest.param(
            rc.Case(FIVE, MONDAY, [rc.Restart(D(2022, 6, 16))]),
            *(D(2022, 6, 23), D(2022, 6, 23)),
            id="begun again: 17, 20, 21, 22, 23",
        ),
        pytest.param(
            rc.Case(FIVE, MONDAY, [rc.Extension(2, U.WORKING_DAY, D(2022, 6, 15)), rc.Restart(D(2022, 6, 16))]),
            *(D(2022, 6, 23), D(2022, 6, 23)),
            id="begun again, without the extension of the first run",
        ),
        pytest.param(
            rc.Case(FIVE, D(2022, 7, 5), [rc.Transfer(D(2022, 7, 6), "640500")]),
            *(D(2022, 7, 14), D(2022, 7, 14)),
            id="moved to Ningxia before its Eid: 6, 7, 8, 13, 14",
        ),
        pytest.param(
            rc.Case(FIVE, D(2022, 7, 5), [rc.Transfer(D(2022, 7, 12), "640500")]),
            *(D(2022, 7, 13), D(2022, 7, 13)),
            id="moved to Ningxia within its Eid: 6, 7, 8, 11, 13",
        ),
        pytest.param(
            rc.Case(MONTH, D(2022, 8, 15), [hearing(D(2022, 8, 20), D(2022, 8, 21))]),
            *(D(2022, 9, 19), D(2022, 9, 19)),
            id="a month, two days that do not count, and a Saturday rolled",
        ),
        pytest.param(
            rc.Case(rc.within(10, U.CALENDAR_DAY, **HEARING), MONDAY, [hearing(D(2022, 6, 18), D(2022, 6, 20))]),
            *(D(2022, 6, 27), D(2022, 6, 27)),
            id="ten days, three that do not count, and a Sunday rolled",
        ),
        pytest.param(
            rc.Case(rc.within(1, U.YEAR), D(2021, 3, 1), [rc.Suspension(D(2021, 5, 1), D(2021, 5, 12), "疫情")]),
            *(D(2022, 3, 11), D(2022, 3, 11)),
            id="a year and ten days, not rolled",
        ),
    ],
)
def test_a_case_counted_by_hand(case, first, last):
    assert naive_case_due(case, rc.calendar(case.region)) == (first, last)
    assert (case.deadline().earliest, case.deadline().latest) == (first, last)
    assert rc.replay(case.deadline().steps) == case.deadline().due


@pytest.mark.parametrize(("told", "first"), [({}, D(2022, 7, 11)), ({"notified": True}, D(2022, 7, 13))])
def test_testing_that_was_not_told_in_writing_is_counted_both_ways(told, first):
    """Twenty working days from 13 June end on 11 July; two of testing make it 13 July, surely only when told of."""
    case = rc.Case(LICENCE, MONDAY, [rc.Exclusion(D(2022, 6, 20), D(2022, 6, 21), "检测", **told)])

    assert naive_case_due(case, rc.calendar()) == (first, D(2022, 7, 13))
    assert (case.deadline().earliest, case.deadline().latest) == (first, D(2022, 7, 13))


def test_each_clock_hears_its_own_events():
    stopped = rc.Suspension(D(2022, 6, 14), D(2022, 6, 16), "疫情", clock="promised")
    promised = rc.within(3, U.WORKING_DAY, **HEARING)  # 14, 16, 17
    case = rc.Case(FIVE, MONDAY, [stopped], promised=promised)

    assert naive_case_due(case, rc.calendar()) == (D(2022, 6, 20), D(2022, 6, 20))
    assert naive_case_due(case, rc.calendar(), promised=True) == (D(2022, 6, 17), D(2022, 6, 17))
    assert (case.deadline().due, case.promise().due) == (D(2022, 6, 20), D(2022, 6, 17))


def test_overlapping_reasons_stop_a_day_once():
    """Off are 15 and 16, 16 to 20, and 17 alone: 14, 21, 22, 23 and 24 are counted."""
    paused = [
        hearing(D(2022, 6, 15), D(2022, 6, 16)),
        rc.Suspension(D(2022, 6, 15), D(2022, 6, 21), "疫情"),
        hearing(D(2022, 6, 17), D(2022, 6, 17)),
    ]
    case = rc.Case(FIVE, MONDAY, paused)

    assert naive_case_due(case, rc.calendar()) == (D(2022, 6, 24), D(2022, 6, 24))
    assert case.deadline().due == rc.replay(case.deadline().steps) == D(2022, 6, 24)


def test_a_window_on_two_readings():
    """Seven days from 1 October 2022 with or without that day end on the 7th or the 8th: the 8th is a day of work."""
    both = rc.within(7, U.CALENDAR_DAY, start="unclear", roll="unclear")
    deadline = both.deadline(D(2022, 10, 1))

    assert naive_due(both, D(2022, 10, 1), rc.calendar()) == deadline.earliest == D(2022, 10, 7)
    assert naive_case_due(rc.Case(both, D(2022, 10, 1)), rc.calendar()) == (D(2022, 10, 7), D(2022, 10, 8))
    assert deadline.latest == D(2022, 10, 8)


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        (rc.before(3, 1), D(2022, 1, 1), D(2022, 2, 28)),
        (rc.by(6, 30), D(2022, 1, 1), D(2022, 6, 30)),
        (rc.by_end_of(2), D(2024, 1, 1), D(2024, 2, 29)),
        (rc.times_a_year(2), D(2022, 5, 5), D(2022, 12, 31)),
        (rc.count_back(7, U.CALENDAR_DAY), D(2022, 6, 20), D(2022, 6, 12)),
        (rc.count_back(1, U.MONTH), D(2022, 3, 31), D(2022, 2, 27)),
        (rc.at_least(3, U.WORKING_DAY), D(2022, 9, 29), D(2022, 10, 9)),
        (TAX, D(2021, 9, 30), D(2021, 10, 26)),
    ],
    ids=str,
)
def test_a_rule_counted_by_hand(rule, trigger, due):
    """The last: fifteen days end on 15 October 2021; seven days off in a row make it seven working days longer."""
    assert naive_due(rule, trigger, rc.calendar()) == rule.deadline(trigger).due == due
    assert rc.replay(rule.deadline(trigger).steps) == due


def test_the_latest_trigger_where_the_calendar_ends_with_the_window():
    """Twenty weekdays before and with Friday 30 December 2022 begin on the 5th, after Sunday the 4th."""
    plain = toy_calendar(D(2022, 1, 1), D(2022, 12, 31))
    assert rc.within(20, U.WORKING_DAY).latest_trigger(D(2022, 12, 30), calendar=plain) == D(2022, 12, 4)
