"""厅字〔2019〕28号: the yearly report before 1 March, published before 1 April (trap 9)."""

from datetime import date

import pytest

import rulecal as rc

D = date


def rule(name):
    return rc.catalogue()[f"rule-of-law-inspection/{name}"]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


def test_the_first_of_march_2026_is_a_sunday_and_nothing_moves():
    """Safe is Saturday 2026-02-28, a make-up working day; the named day is the other reading."""
    deadline = rule("annual-report-local").deadline(D(2026, 1, 5))
    assert days(deadline) == [D(2026, 2, 28), D(2026, 3, 1)]
    assert deadline.due == deadline.last_working_day == D(2026, 2, 28)


def test_in_2022_this_rule_bears_what_the_notice_of_29_march_cannot():
    assert rule("annual-report-local").deadline(D(2022, 1, 5)).due == D(2022, 2, 28)
    binding = rc.catalogue().behind("zhongwei-2022/annual-report-government")
    assert binding["rule-of-law-inspection/annual-report-local"].deadline(D(2022, 1, 5)).due == D(2022, 2, 28)


@pytest.mark.parametrize("name", ["annual-report-province", "annual-report-publication"])
def test_before_1_april(name):
    assert days(rule(name).deadline(D(2022, 1, 5))) == [D(2022, 3, 31), D(2022, 4, 1)]


def test_before_its_time():
    """In force since 2019-04-15, after both days of that year."""
    with pytest.raises(rc.RuleNotInForceError, match="in force: 2019-04-15 to …"):
        rule("annual-report-local").deadline(D(2019, 1, 5))
