"""行政许可法 (text of 2019, in force since 2004-07-01): an agency's periods in working days, and what silence does."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[f"administrative-licensing/{name}"]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestArticle82:
    """Its 日 are working days, in periods of any length."""

    @pytest.mark.parametrize(
        ("name", "n"),
        [
            ("defect-notice", 5),
            ("hearing-notice", 7),
            ("delivery", 10),
            ("decision", 20),
            ("hearing-arrangement", 20),
            ("joint-decision", 45),
        ],
    )
    def test_periods_of_any_length(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.WORKING_DAY)
        assert "82" in [citation.article for citation in rule(name).citations]

    def test_delivery_within_ten_days_of_the_decision(self):
        """Article 44; Dragon Boat Festival is 3 June 2022: 2, 6-10 and 13-16 June are the ten."""
        assert rule("delivery").deadline(D(2022, 6, 1)).due == D(2022, 6, 16)

    def test_in_ningxia_eid_is_not_counted(self):
        """Article 42, accepted 2022-06-20: 11 and 12 July are off in Ningxia."""
        assert rule("decision").deadline(D(2022, 6, 20)).due == D(2022, 7, 18)
        assert rule("decision").deadline(D(2022, 6, 20), region="640500").due == D(2022, 7, 20)


class TestSilence:
    """Article 32: no word on defects within 5 days, and the file was accepted on the day it came (trap 7)."""

    def test_the_five_days_end_on_9_june(self):
        assert rule("defect-notice").deadline(D(2022, 6, 1)).due == D(2022, 6, 9)

    @pytest.mark.parametrize("name", ["decision", "lower-review"])
    def test_accepted_as_of_receipt_not_when_the_silence_ends(self, name):
        deadline = rule(name).deadline(D(2022, 6, 1), trigger_kind="received")
        assert deadline.due == D(2022, 6, 30)
        assert rule(name).deadline(D(2022, 6, 9), trigger_kind="accepted").due == D(2022, 7, 7)
        assert "accepted as of the day of receipt" in deadline.explain("en")
        assert any("第32条" in step.source for step in deadline.steps)

    def test_another_kind_of_day_is_refused(self):
        with pytest.raises(rc.InvalidCaseError, match="accepted or received"):
            rule("decision").deadline(D(2022, 6, 1), trigger_kind="published")


class TestPeriodsOfTheApplicant:
    """Article 82 speaks of the agency's periods; those of the applicant can be read both ways (S14)."""

    def test_article_47_five_days_to_ask_for_a_hearing(self):
        deadline = rule("hearing-request").deadline(D(2026, 9, 30))
        assert days(deadline) == [D(2026, 10, 13), D(2026, 10, 5)]
        assert deadline.due == D(2026, 10, 5)  # safe for whoever asks: calendar days

    def test_article_50_thirty_days_before_expiry(self):
        """Calendar days back from 2022-10-31; on working days one would have to ask by the middle of September."""
        deadline = rule("renewal-application").deadline(D(2022, 10, 31))
        assert days(deadline)[:2] == [D(2022, 9, 30), D(2022, 10, 1)]
        assert [r.name for r in deadline.readings][2:] == ["working-days+clear-days", "working-days+nth-day-back"]
        assert deadline.due == D(2022, 9, 13)

    @pytest.mark.parametrize("name", ["hearing-request", "renewal-application"])
    def test_the_unit_clause_is_cited_as_open(self, name):
        clause = next(each for each in rule(name).deadline(D(2022, 10, 31)).citations if each.article == "82")
        assert clause.says["en"] == "whether these days are working days is read in two ways"


class TestArticle48:
    """Time and place of a hearing are announced 7 days before it (trap 6)."""

    def test_seven_clear_working_days_are_safe(self):
        deadline = rule("hearing-notice").deadline(D(2022, 10, 12))
        assert days(deadline) == [D(2022, 9, 27), D(2022, 9, 28)]
        assert deadline.due == D(2022, 9, 27)


def test_before_its_time():
    with pytest.raises(rc.RuleNotInForceError, match="in force: 2004-07-01 to …"):
        rule("decision").deadline(D(2004, 6, 30))
