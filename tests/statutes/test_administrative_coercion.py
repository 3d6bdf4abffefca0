"""行政强制法 (in force since 2012-01-01): up to 十日 are working days; what restrains never lasts longer."""

from datetime import date, datetime

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[f"administrative-coercion/{name}"]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestArticle69:
    """十日以内 are working days, ten included; longer ones are calendar days."""

    @pytest.mark.parametrize(
        ("name", "n"),
        [("freeze-notice", 3), ("court-acceptance", 5), ("ruling", 7), ("demand-wait", 10), ("urgent-execution", 5)],
    )
    def test_up_to_ten(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.WORKING_DAY)

    @pytest.mark.parametrize(("name", "n"), [("refusal-review", 15), ("ruling-in-doubt", 30), ("seizure", 30)])
    def test_beyond_ten(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.CALENDAR_DAY)

    def test_article_31_three_days_over_a_worked_weekend(self):
        """Frozen on Friday 2022-09-30: 8, 9 and 10 October are worked."""
        assert rule("freeze-notice").deadline(D(2022, 9, 30)).due == D(2022, 10, 10)

    def test_article_54_ten_days_after_the_demand(self):
        """Served 2022-09-28: 29, 30 September, 8-14 October are nine, the 17th is the tenth: open through it."""
        assert rule("demand-wait").deadline(D(2022, 9, 28)).due == D(2022, 10, 17)

    def test_article_51_three_days_before_substitute_performance(self):
        assert days(rule("substitute-demand").deadline(D(2022, 10, 10))) == [D(2022, 9, 29), D(2022, 9, 30)]


class TestRestraints:
    """Articles 25 and 32: a seizure or freeze ends on its day (trap 8)."""

    @pytest.mark.parametrize("name", ["seizure", "freeze"])
    def test_it_ends_on_national_day_and_one_acts_before(self, name):
        deadline = rule(name).deadline(D(2022, 9, 1))
        assert days(deadline) == [D(2022, 10, 1)]
        assert deadline.last_working_day == D(2022, 9, 30)

    def test_nor_is_it_moved_off_a_regional_holiday(self):
        """Seized 2022-06-11: 11 July is Eid in Ningxia."""
        assert days(rule("seizure").deadline(D(2022, 6, 11), region="640500")) == [D(2022, 7, 11)]

    def test_what_testing_takes_is_not_counted_if_told_in_writing(self):
        (excluded,) = rule("seizure").norm.excludes
        assert excluded.in_writing
        assert "检测" in excluded.reasons


class TestCourts:
    def test_article_53_three_months_on_the_corresponding_day(self):
        """The Supreme Court's reply of 2014-12-12: from 28 May to 28 August."""
        assert rule("court-application").deadline(D(2014, 5, 28)).due == D(2014, 8, 28)

    def test_whether_articles_56_and_58_roll_as_litigation_does_is_open(self):
        """行政诉讼法 101 speaks of hearing cases; that it reaches the courts' rulings on enforcement is a reading."""
        for name, day, ends in (
            ("ruling-in-doubt", D(2022, 9, 1), [D(2022, 10, 1), D(2022, 10, 8)]),
            ("refusal-review", D(2025, 3, 1), [D(2025, 3, 16), D(2025, 3, 17)]),
        ):
            deadline = rule(name).deadline(day)
            assert [reading.latest for reading in deadline.readings] == ends
            assert "101" in [each.article for each in deadline.citations]

    def test_before_2015_the_application_rests_on_the_older_interpretation(self):
        cited = [str(each) for each in rule("court-application").deadline(D(2014, 9, 15)).citations]
        assert not any("法释〔2018〕1号" in each or "第101条" in each for each in cited)
        assert any("法释〔2000〕8号" in each for each in cited)


def test_article_19_twenty_four_hours_run_through_the_holiday():
    deadline = rule("urgent-report").deadline(datetime(2022, 9, 30, 17, 20))
    assert deadline.due_at.isoformat() == "2022-10-01T17:20:00+08:00"


def test_before_its_time():
    with pytest.raises(rc.RuleNotInForceError, match="in force: 2012-01-01 to …"):
        rule("seizure").deadline(D(2011, 12, 31))
