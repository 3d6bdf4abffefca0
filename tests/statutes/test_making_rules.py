"""规章制定程序条例, 重大行政决策程序暂行条例, 立法法, 法规规章备案审查条例, 优化营商环境条例, 国办发〔2018〕115号."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[name]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestComment:
    """Floors run the other way (trap 6): open through the last day; some count the day of publication."""

    @pytest.mark.parametrize(
        "name",
        [
            "rule-making/draft-comment",  # article 15
            "rule-making/review-draft-comment",  # article 21
            "major-decisions/public-comment",  # article 15
            "business-environment/public-comment",  # article 62
            "legislation/bill-comment",  # article 37, now 40
        ],
    )
    def test_thirty_days_from_1_june(self, name):
        deadline = rule(name).deadline(D(2022, 6, 1))
        assert deadline.due == D(2022, 7, 1)
        assert days(deadline) == [D(2022, 7, 1), D(2022, 6, 30)]
        assert deadline.status(as_of=D(2022, 7, 5), completed=D(2022, 6, 29)).state is rc.State.SHORT

    def test_no_urgent_seven_days_in_article_15_of_the_decisions(self):
        """It may be shortened for stated reasons; no figure is given for that."""
        assert rule("major-decisions/public-comment").limit.usual
        amounts = {r.limit.period.amount for r in rc.catalogue().of("major-decisions").values()}
        assert amounts == {30, 7}


class TestMajorDecisions:
    def test_article_26_seven_working_days_for_the_legality_review(self):
        assert rule("major-decisions/legality-review").deadline(D(2022, 9, 28)).due == D(2022, 10, 12)

    def test_article_16_papers_seven_calendar_days_before_the_hearing(self):
        """The text says 日 and has no unit clause."""
        assert days(rule("major-decisions/hearing-materials").deadline(D(2022, 10, 12))) == [
            D(2022, 10, 4),
            D(2022, 10, 5),
        ]


class TestRules:
    def test_article_16_hearing_announced_thirty_days_before(self):
        assert days(rule("rule-making/hearing-notice").deadline(D(2022, 10, 31))) == [D(2022, 9, 30), D(2022, 10, 1)]

    def test_article_32_thirty_days_between_publication_and_force(self):
        assert days(rule("rule-making/entry-into-force").deadline(D(2022, 9, 1))) == [D(2022, 10, 1)]

    def test_article_34_filing_within_thirty_days(self):
        """Published 2022-09-02; nothing says whether the last day moves."""
        assert days(rule("rule-making/filing").deadline(D(2022, 9, 2))) == [D(2022, 10, 2), D(2022, 10, 8)]


class TestFiling:
    """立法法 98, now 109; 法规规章备案条例 before 2024-11-01 and 法规规章备案审查条例 since."""

    @pytest.mark.parametrize(
        ("name", "last_old", "first_new", "articles"),
        [
            ("legislation/filing", D(2023, 3, 14), D(2023, 3, 15), ["98", "109"]),
            ("filing-review/filing", D(2024, 10, 31), D(2024, 11, 1), ["3", "4"]),
        ],
    )
    def test_the_article_of_the_day(self, name, last_old, first_new, articles):
        found = [rule(name).deadline(day).rule.norm.clause for day in (last_old, first_new)]
        assert found == articles

    def test_the_yearly_list_includes_the_last_of_january(self):
        """Article 22; the old text (19) says by the end of January."""
        for year in (2024, 2025):
            assert days(rule("filing-review/annual-list").deadline(D(year, 1, 1))) == [D(year, 1, 31)]

    def test_article_11_two_months_to_review(self):
        assert rule("filing-review/review").deadline(D(2024, 12, 31)).due == D(2025, 2, 28)
        with pytest.raises(rc.RuleNotInForceError, match="2024-11-01 to …"):
            rule("filing-review/review").deadline(D(2024, 10, 31))


def test_legality_review_of_documents_is_only_memory():
    """国办发〔2018〕115号: 5 to 15 working days, from memory, and every date says so."""
    for name, due in (("legality-review", D(2022, 10, 24)), ("legality-review-floor", D(2022, 10, 10))):
        deadline = rule(f"normative-documents/{name}").deadline(D(2022, 9, 28))
        assert deadline.due == due
        assert "from memory" in deadline.explain("en")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("rule-making/filing", D(2018, 5, 1)),
        ("major-decisions/public-comment", D(2019, 9, 1)),
        ("business-environment/public-comment", D(2020, 1, 1)),
    ],
)
def test_before_their_time(name, first):
    rule(name).deadline(first)
    with pytest.raises(rc.RuleNotInForceError, match=f"in force: {first} to …"):
        rule(name).deadline(first - rc.civil.DAY)
