"""信访工作条例 and the 信访条例 before it; 代表法 before and since 2025-03-12; 政协提案."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[name]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestPetitions:
    """Both 日 and 工作日 stand in the text of 2022, so 日 are calendar days."""

    def test_article_34_sixty_days_and_article_23_five_working_days(self):
        assert rule("petitions/handling").limit.period == rc.Period(60, U.CALENDAR_DAY)
        assert rule("petitions/objection").limit.period == rc.Period(5, U.WORKING_DAY)
        assert rule("petitions/objection").deadline(D(2022, 9, 28)).due == D(2022, 10, 10)

    def test_the_text_changed_on_1_may_2022(self):
        found = [rule("petitions/handling").deadline(day) for day in (D(2022, 4, 30), D(2022, 5, 1))]
        assert [d.rule.norm.clause for d in found] == ["33", "34"]
        assert [d.due for d in found] == [D(2022, 6, 29), D(2022, 6, 30)]

    def test_article_22_fifteen_days(self):
        assert days(rule("petitions/routing").deadline(D(2022, 9, 20))) == [D(2022, 10, 5), D(2022, 10, 8)]

    def test_the_objection_is_new(self):
        with pytest.raises(rc.RuleNotInForceError, match="2022-05-01 to …"):
            rule("petitions/objection").deadline(D(2022, 4, 30))


class TestProposals:
    """代表法 42, since 2025-03-12 article 51: three months, complex ones six, from the day of assignment."""

    def test_the_article_of_the_day(self):
        found = [rule("deputies/suggestion-reply").deadline(day) for day in (D(2025, 3, 11), D(2025, 3, 12))]
        assert [d.rule.norm.clause for d in found] == ["第42条第1款", "第51条第2款"]
        assert [d.due for d in found] == [D(2025, 6, 11), D(2025, 6, 12)]

    def test_assigned_on_31_january(self):
        """A month without a 31st ends on its last day, here in the Labour Day holiday."""
        assert days(rule("deputies/suggestion-reply").deadline(D(2022, 1, 31))) == [D(2022, 4, 30), D(2022, 5, 5)]

    def test_six_months(self):
        assert rule("deputies/complex-suggestion-reply").deadline(D(2022, 8, 31)).due == D(2023, 2, 28)

    def test_before_2015(self):
        with pytest.raises(rc.RuleNotInForceError, match="2015-08-29 to 2025-03-11; 2025-03-12 to …"):
            rule("deputies/suggestion-reply").deadline(D(2015, 8, 28))

    def test_for_the_consultative_conference_it_is_memory(self):
        deadline = rule("cppcc-proposals/proposal-reply").deadline(D(2022, 1, 31))
        assert deadline.due == D(2022, 4, 30)
        assert "凭记忆" in deadline.explain("zh")
