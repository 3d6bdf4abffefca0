"""政府信息公开条例: the texts of 2019 and 2007; and the publication of enforcement decisions."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[f"information-disclosure/{name}"]


class TestReply:
    """Article 33: twenty working days from receipt (trap 1)."""

    def test_national_days_are_two_days_early_for_ningxia(self):
        assert rule("reply").deadline(D(2022, 6, 20)).due == D(2022, 7, 18)
        assert rule("reply").deadline(D(2022, 6, 20), region="640500").due == D(2022, 7, 20)

    def test_without_a_region_it_says_that_national_days_were_counted(self):
        assert rule("reply").deadline(D(2022, 6, 20)).region_assumed
        assert not rule("reply").deadline(D(2022, 6, 20), region="640500").region_assumed

    def test_before_15_may_2019_fifteen(self):
        """Old article 24; received 2019-05-14: 15-17, 20-24, 27-31 May are 13, 3 and 4 June two more."""
        assert rule("reply").deadline(D(2019, 5, 14)).due == D(2019, 6, 4)
        assert rule("reply").deadline(D(2019, 5, 15)).due == D(2019, 6, 13)  # twenty, over Dragon Boat Festival


class TestArticle31:
    """What counts as the day of receipt depends on the way in which the request came."""

    @pytest.mark.parametrize(
        ("kind", "words"), [("submitted", "handed in"), ("signed", "signed for"), ("confirmed", "confirmed")]
    )
    def test_the_kinds_of_day_that_count_as_receipt(self, kind, words):
        deadline = rule("reply").deadline(D(2022, 6, 20), region="640500", trigger_kind=kind)
        assert deadline.due == D(2022, 7, 20)
        assert words in deadline.explain("en")
        assert "第31条" in deadline.explain("zh")

    def test_uploading_by_internet_is_not_receipt(self):
        """Received is the day that both sides confirm."""
        with pytest.raises(rc.InvalidCaseError, match="received or submitted or signed or confirmed"):
            rule("reply").deadline(D(2022, 6, 20), trigger_kind="uploaded")


class TestOtherSteps:
    @pytest.mark.parametrize(
        ("name", "n"), [("correction-notice", 7), ("third-party-opinion", 15), ("joint-agency-opinion", 15)]
    )
    def test_in_working_days_by_their_own_words(self, name, n):
        """Articles 30, 32, 34."""
        assert rule(name).limit.period == rc.Period(n, U.WORKING_DAY)
        assert rule(name).norm.written == f"{n}个工作日"

    def test_article_49_month_ends_are_included(self):
        assert rule("annual-report-department").deadline(D(2023, 1, 5)).due == D(2023, 1, 31)
        assert rule("annual-report-government").deadline(D(2023, 1, 5)).due == D(2023, 3, 31)

    def test_out_of_all_texts(self):
        with pytest.raises(rc.RuleNotInForceError, match="2008-05-01 to 2019-05-14; 2019-05-15 to …"):
            rule("reply").deadline(D(2008, 4, 30))


class TestEnforcementDecisions:
    """国办发〔2018〕118号: 20 and 7 working days, seen in one press report."""

    @pytest.mark.parametrize(
        ("name", "day", "due"),
        [("general", D(2022, 6, 20), D(2022, 7, 18)), ("licence-and-penalty", D(2022, 9, 28), D(2022, 10, 12))],
    )
    def test_dates_and_how_sure_they_are(self, name, day, due):
        deadline = rc.catalogue()[f"enforcement-disclosure/{name}"].deadline(day)
        assert deadline.due == due
        assert "one place only" in deadline.explain("en")
