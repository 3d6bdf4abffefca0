"""市场主体登记管理条例 (in force since 2022-03-01)."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[f"market-registration/{name}"]


class TestArticle19:
    """On the spot, else three working days from receipt, and three more."""

    def test_a_worked_weekend_is_counted(self):
        """Trap 2: received Friday 2022-09-30; Monday to Friday less holidays would give 10-12."""
        assert rule("registration").deadline(D(2022, 9, 30)).due == D(2022, 10, 10)

    def test_new_years_eve_2024_was_a_working_day(self):
        """2024-02-09, statutory only from 2025 on: 9, 18 (worked Sunday) and 19 February."""
        assert rule("registration").deadline(D(2024, 2, 8)).due == D(2024, 2, 19)

    def test_three_more(self):
        assert rule("registration").norm.extension.period == rc.Period(3, U.WORKING_DAY)

    def test_in_ningxia(self):
        """Received Friday 2022-07-08: 13, 14 and 15 July."""
        assert rule("registration").deadline(D(2022, 7, 8), region="640500").due == D(2022, 7, 15)


def test_article_24_thirty_calendar_days():
    assert rule("change-registration").limit.period == rc.Period(30, U.CALENDAR_DAY)


def test_a_calendar_that_changed_late():
    """Three working days from 2020-01-23: by the first notice 02-03, by that of 26 January 02-05 (S11)."""
    answer = rc.within(3, U.WORKING_DAY)
    assert answer.deadline(D(2020, 1, 23), known_on=D(2020, 1, 25)).due == D(2020, 2, 3)
    assert answer.deadline(D(2020, 1, 23)).due == D(2020, 2, 5)


def test_before_its_time():
    with pytest.raises(rc.RuleNotInForceError, match="in force: 2022-03-01 to …"):
        rule("registration").deadline(D(2022, 2, 28))
