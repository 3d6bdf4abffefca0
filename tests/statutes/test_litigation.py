"""行政诉讼法, 法释〔2018〕1号, 民事诉讼法 on service, 法释〔2018〕6号: periods that move off a last day off."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[name]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestSuits:
    """行政诉讼法 45-51."""

    def test_article_46_six_months_end_at_the_months_end(self):
        """Known 2022-08-31: not 180 days, which would be 2023-02-27."""
        assert rule("administrative-litigation/direct-suit").deadline(D(2022, 8, 31)).due == D(2023, 2, 28)

    def test_article_45_fifteen_days_move_off_the_holiday(self):
        deadline = rule("administrative-litigation/suit-after-reconsideration").deadline(D(2022, 9, 20))
        assert (deadline.nominal, deadline.due) == (D(2022, 10, 5), D(2022, 10, 8))

    def test_article_47_two_months_of_inaction_are_waited_out(self):
        deadline = rule("administrative-litigation/inaction-wait").deadline(D(2022, 7, 1))
        assert (deadline.rule.kind, deadline.due) == (rc.Kind.AT_LEAST, D(2022, 9, 1))

    def test_article_51_seven_days_are_calendar_days_here(self):
        """The Act has no unit clause: seven days from 2022-09-26 end in the holiday, and move to a worked Saturday."""
        deadline = rule("administrative-litigation/docketing").deadline(D(2022, 9, 26))
        assert (deadline.nominal, deadline.due) == (D(2022, 10, 3), D(2022, 10, 8))

    def test_article_64_of_the_interpretation_one_year(self):
        deadline = rule("administrative-litigation-interpretation/suit-not-told").deadline(D(2022, 10, 1))
        assert (deadline.nominal, deadline.due) == (D(2023, 10, 1), D(2023, 10, 7))

    def test_article_66_of_the_interpretation_six_months(self):
        assert rule("administrative-litigation-interpretation/inaction-suit").deadline(D(2022, 8, 31)).due == D(
            2023, 2, 28
        )

    def test_article_65_of_the_interpretation_only_refers(self):
        binding = rc.catalogue().behind("administrative-litigation-interpretation/suit-unknown-act")
        assert "administrative-litigation/outer-limit" in binding


class TestServiceByNotice:
    """民事诉讼法 95: served when 30 days have passed; 60 days (article 92) before 2022."""

    def test_sixty_before_2022_thirty_since(self):
        served = rule("civil-procedure/service-by-notice")
        assert days(served.deadline(D(2021, 12, 31))) == [D(2022, 3, 1)]
        assert days(served.deadline(D(2022, 3, 1))) == [D(2022, 3, 31)]
        assert [version.limit.period.amount for version in served.versions] == [60, 30]

    def test_who_waits_relies_on_the_later_reading(self):
        """Thirty days from 2022-01-04 end in Spring Festival."""
        deadline = rule("civil-procedure/service-by-notice").deadline(D(2022, 1, 4))
        assert days(deadline) == [D(2022, 2, 3), D(2022, 2, 7)]
        assert deadline.due == D(2022, 2, 7)

    @pytest.mark.parametrize(
        ("name", "notice", "ends"),
        [
            # 30 days end on Wednesday 2024-10-02, in the holiday: served then, or on the 8th
            ("administrative-penalty/fine-payment", D(2024, 9, 2), {D(2024, 10, 17), D(2024, 10, 23)}),
            # 60 days from 2021-11-01 end on the 31st of December, a Friday; fifteen more on Saturday 15 January
            ("administrative-penalty/fine-payment", D(2021, 11, 1), {D(2022, 1, 15), D(2022, 1, 17)}),
            # 30 days from 2024-03-04 end on 3 April, a Wednesday; fifteen more on the 18th
            ("administrative-litigation/appeal-judgment", D(2024, 3, 4), {D(2024, 4, 18)}),
            ("administrative-litigation/appeal-ruling", D(2024, 3, 4), {D(2024, 4, 15)}),
            ("administrative-litigation/suit-after-reconsideration", D(2024, 3, 4), {D(2024, 4, 18)}),
            ("administrative-coercion/demand-wait", D(2024, 3, 4), {D(2024, 4, 18)}),
        ],
    )
    def test_what_begins_with_it_is_counted_from_the_notice(self, name, notice, ends):
        deadline = rule(name).deadline(notice, trigger_kind="notice")
        assert {deadline.earliest, deadline.latest} == {min(ends), max(ends)}
        served = rule("civil-procedure/service-by-notice").deadline(notice)
        assert {rule(name).deadline(day).earliest for day in days(served)} <= {deadline.earliest, *days(deadline)}

    def test_article_83_ten_days_to_ask_before_2022(self):
        """Today article 86: ten days from 2021-09-24 end on 4 October, in the holiday."""
        assert rc.catalogue()["civil-procedure/extension-request"].deadline(D(2021, 9, 24)).due == D(2021, 10, 8)

    def test_before_2013(self):
        with pytest.raises(rc.RuleNotInForceError, match="2013-01-01 to 2021-12-31; 2022-01-01 to …"):
            rule("civil-procedure/service-by-notice").deadline(D(2012, 12, 31))


class TestProcuratorialSuggestion:
    """法释〔2018〕6号 21: two months, fifteen days in an emergency."""

    def test_two_months_from_new_years_eve(self):
        assert rule("procuratorial-suggestion/reply").deadline(D(2022, 12, 31)).due == D(2023, 2, 28)

    def test_fifteen_days_that_end_in_a_holiday(self):
        """Article 26 leads to litigation; whether its roll reaches a period before suit is open (S16)."""
        deadline = rule("procuratorial-suggestion/urgent-reply").deadline(D(2022, 9, 20))
        assert days(deadline) == [D(2022, 10, 5), D(2022, 10, 8)]
        assert deadline.due == D(2022, 10, 5)
