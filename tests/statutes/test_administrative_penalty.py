"""行政处罚法: the text of 2021, whose article 85 makes some 日 working days, and the text before it."""

from datetime import date

import pytest

import rulecal as rc
from rulecal.testing import toy_calendar

D, U = date, rc.Unit

CALENDAR_1995 = toy_calendar(D(1995, 1, 1), D(1995, 2, 28))


def rule(name):
    return rc.catalogue()[f"administrative-penalty/{name}"]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestArticle85:
    """2, 3, 5 and 7 日 are working days, no others (trap 3)."""

    @pytest.mark.parametrize(
        ("name", "n"),
        [("cash-handover", 2), ("publication-withdrawal", 3), ("hearing-request", 5), ("service", 7)],
    )
    def test_these_are(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.WORKING_DAY)

    @pytest.mark.parametrize(("name", "n"), [("fine-payment", 15), ("decision", 90)])
    def test_these_are_not(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.CALENDAR_DAY)

    def test_article_64_five_working_days_to_ask_for_a_hearing(self):
        assert rule("hearing-request").deadline(D(2026, 9, 30)).due == D(2026, 10, 13)

    def test_two_days_before_the_text_of_2021(self):
        """Article 50 of the text of 2017 has no unit clause: calendar days, rolled on the other reading."""
        assert days(rule("cash-handover").deadline(D(2021, 7, 8))) == [D(2021, 7, 10), D(2021, 7, 12)]
        assert rule("cash-deposit").deadline(D(2021, 7, 15)).due == D(2021, 7, 19)

    def test_article_67_fifteen_calendar_days_to_pay(self):
        """The Act has no roll: unrolled is safe, rolled the other reading; working days would be 10-15."""
        deadline = rule("fine-payment").deadline(D(2026, 9, 18))
        assert days(deadline) == [D(2026, 10, 3), D(2026, 10, 8)]
        assert deadline.due == D(2026, 10, 3)

    def test_article_60_ninety_calendar_days_to_decide(self):
        """Filed 2022-07-04: 2 October is in the National Day holiday."""
        assert days(rule("decision").deadline(D(2022, 7, 4))) == [D(2022, 10, 2), D(2022, 10, 8)]

    def test_in_ningxia_eid_is_not_counted(self):
        """Article 64, told on Friday 2022-07-08; 11 and 12 July are off in Ningxia."""
        assert rule("hearing-request").deadline(D(2022, 7, 8)).due == D(2022, 7, 15)
        assert rule("hearing-request").deadline(D(2022, 7, 8), region="640500").due == D(2022, 7, 19)

    def test_article_64_notice_seven_working_days_before(self):
        assert days(rule("hearing-notice").deadline(D(2022, 10, 12))) == [D(2022, 9, 27), D(2022, 9, 28)]


class TestLimitation:
    """Article 36: a limit on the power to punish ends on its day, holiday or not (S16)."""

    def test_two_years(self):
        assert rule("limitation").deadline(D(2022, 10, 1), trigger_kind="ended").due == D(2024, 10, 1)

    def test_five_years_where_harm_was_done_are_new_in_2021(self):
        assert rule("serious-limitation").deadline(D(2021, 10, 1)).due == D(2026, 10, 1)
        with pytest.raises(rc.RuleNotInForceError, match="2021-07-15 to …"):
            rule("serious-limitation").deadline(D(2020, 10, 1))


class TestBefore15July2021:
    """Three days to ask for a hearing, without a unit clause: calendar days."""

    def test_the_day_of_the_step_chooses_the_text(self):
        old, new = (rule("hearing-request").deadline(day) for day in (D(2021, 7, 14), D(2021, 7, 15)))
        assert (old.rule.limit.period, new.rule.limit.period) == (
            rc.Period(3, U.CALENDAR_DAY),
            rc.Period(5, U.WORKING_DAY),
        )
        assert days(old) == [D(2021, 7, 17), D(2021, 7, 19)]  # a Saturday, and no clause that moves it
        assert days(new) == [D(2021, 7, 22)]

    def test_across_national_day_2020(self):
        assert days(rule("hearing-request").deadline(D(2020, 9, 30))) == [D(2020, 10, 3), D(2020, 10, 9)]

    @pytest.mark.parametrize(
        ("name", "article", "figure"),
        [
            ("limitation", "29", "2 years"),
            ("registered-evidence", "第37条第2款", "7 calendar days"),
            ("service", "40", "7 calendar days"),
            ("hearing-request", "第42条第1款第1项", "3 calendar days"),
            ("hearing-notice", "第42条第1款第2项", "7 calendar days"),
            ("fine-payment", "46", "15 calendar days"),
        ],
    )
    def test_the_figures_of_the_old_text(self, name, article, figure):
        """As amended in 2017; where each was read stands at the head of its file."""
        old = rule(name).at(D(2021, 7, 14))
        assert (old.citations[0].article, str(old.limit.period), old.certainty.value) == (article, figure, "verified")

    def test_a_text_read_later_than_the_step_says_so(self):
        """The number is that of the amendment of 2017; what the text of 1996 said was not read."""
        said = "the text that was read is of 2017-09-01, after this step"
        assert said in rule("hearing-request").deadline(D(2010, 6, 1)).explain("en")
        assert said not in rule("hearing-request").deadline(D(2018, 6, 1)).explain("en")

    def test_before_the_act(self):
        with pytest.raises(rc.RuleNotInForceError, match="1996-10-01 to 2021-07-14; 2021-07-15 to …"):
            rule("limitation").deadline(D(1990, 1, 1))

    def test_before_the_act_if_one_insists(self):
        deadline = rule("registered-evidence").deadline(D(1995, 1, 3), outside_force="flag", calendar=CALENDAR_1995)
        assert (deadline.due, deadline.in_force) == (D(1995, 1, 12), False)
