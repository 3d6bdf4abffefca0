"""行政复议法: the text revised in 2023, in force since 2024-01-01, and the text before it."""

from datetime import date

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[f"administrative-reconsideration/{name}"]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestUnits:
    """Article 88: 3, 5, 7 and 10 日 are working days; before 2024 (article 40) only 5 and 7."""

    @pytest.mark.parametrize(
        ("name", "n"), [("simplified-copy", 3), ("acceptance", 5), ("copy", 7), ("reply", 10), ("correction", 10)]
    )
    def test_article_88(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.WORKING_DAY)

    @pytest.mark.parametrize(("name", "n"), [("suit", 15), ("simplified-decision", 30), ("decision", 60)])
    def test_no_others(self, name, n):
        assert rule(name).limit.period == rc.Period(n, U.CALENDAR_DAY)

    @pytest.mark.parametrize(
        ("name", "unit"), [("acceptance", U.WORKING_DAY), ("copy", U.WORKING_DAY), ("reply", U.CALENDAR_DAY)]
    )
    def test_article_40_of_the_old_text(self, name, unit):
        assert rule(name).at(D(2023, 12, 31)).limit.period.unit is unit


class TestTheRegulation:
    """行政复议法实施条例 (国务院令第499号), 29 and 57: figures that the old Act did not have."""

    def test_article_29_five_days_to_ask_for_what_is_missing(self):
        """Article 40 of the Act speaks of the Act's own periods: calendar days, or by analogy working days.

        Dragon Boat Festival was 3 to 5 June 2022: 2, 6, 7, 8, 9 June are five working days.
        """
        deadline = rule("correction-notice").deadline(D(2022, 6, 1))
        assert days(deadline) == [D(2022, 6, 6), D(2022, 6, 9)]
        assert deadline.due == D(2022, 6, 6)
        assert str(deadline.citations[0]) == "《行政复议法实施条例》（国务院令第499号）第29条"
        assert rule("correction-notice").deadline(D(2026, 6, 1)).citations[0].article == "第31条第1款"

    def test_article_57_sixty_days_to_report(self):
        deadline = rule("opinion-report").deadline(D(2022, 6, 1))
        assert deadline.due == D(2022, 8, 1)  # 31 July 2022 is a Sunday
        assert str(deadline.citations[0]) == "《行政复议法实施条例》（国务院令第499号）第57条"

    def test_before_it(self):
        with pytest.raises(rc.RuleNotInForceError, match="2007-07-31"):
            rule("opinion-report").deadline(D(2007, 7, 31))


class TestReply:
    """The respondent's 十日: old article 23, new article 48 (trap 4)."""

    def test_received_2023_09_25_calendar_days_to_a_worked_saturday(self):
        deadline = rule("reply").deadline(D(2023, 9, 25))
        assert (deadline.nominal, deadline.due) == (D(2023, 10, 5), D(2023, 10, 7))

    def test_received_2024_09_25_working_days(self):
        assert rule("reply").deadline(D(2024, 9, 25)).due == D(2024, 10, 14)

    def test_the_old_text_would_give_another_day(self):
        old = rc.Rule(rule("reply").versions[0].norm).deadline(D(2024, 9, 25), outside_force="flag")
        assert old.due == D(2024, 10, 8)
        assert not old.in_force

    def test_the_change_of_the_year(self):
        assert rule("reply").deadline(D(2023, 12, 31)).due == D(2024, 1, 10)
        assert rule("reply").deadline(D(2024, 1, 1)).due == D(2024, 1, 15)


class TestApplication:
    """Sixty days from knowing of the act: article 9, now 20."""

    def test_the_sixtieth_day_is_a_worked_saturday(self):
        """Trap 5: known 2022-08-09; moving on to 10-10 would be two days late."""
        assert rule("application").deadline(D(2022, 8, 9)).due == D(2022, 10, 8)

    def test_in_ningxia_a_roll_off_eid_is_a_reading(self):
        """S16: known 2022-05-12, the sixtieth day is Eid; safe is not to move."""
        deadline = rule("application").deadline(D(2022, 5, 12), region="640500")
        assert days(deadline) == [D(2022, 7, 13), D(2022, 7, 11)]
        assert deadline.due == D(2022, 7, 11)


class TestAcceptance:
    """Article 30: in silence accepted when the five days end; in the old Act on the day of receipt (trap 7)."""

    def test_received_2024_09_25(self):
        assert rule("acceptance").deadline(D(2024, 9, 25)).due == D(2024, 10, 8)
        deadline = rule("decision").deadline(D(2024, 9, 25), trigger_kind="received")
        assert (deadline.nominal, deadline.due) == (D(2024, 12, 7), D(2024, 12, 9))
        assert rc.replay(deadline.steps) == D(2024, 12, 9)
        assert "第30条第3款" in deadline.explain("zh")

    def test_the_same_as_counting_from_the_day_of_acceptance(self):
        accepted = rule("decision").deadline(D(2024, 10, 8), trigger_kind="accepted")
        assert accepted.due == D(2024, 12, 9)

    def test_in_ningxia_the_silence_too_leaves_out_eid(self):
        """Received 2025-06-06, itself Eid al-Adha; the five days are 9-13 June, sixty days on is 12 August."""
        deadline = rule("decision").deadline(D(2025, 6, 6), region="640500", trigger_kind="received")
        assert deadline.due == D(2025, 8, 12)

    def test_old_text_received_is_accepted(self):
        """Article 17, paragraph 2: received 2022-09-26, and 60 days from that day are 2022-11-25."""
        assert rule("decision").deadline(D(2022, 9, 26), trigger_kind="received").due == D(2022, 11, 25)

    def test_simplified_procedure_is_thirty_days_and_has_no_extension(self):
        """Article 62: accepted 2024-10-08 by silence, so 2024-11-07."""
        deadline = rule("simplified-decision").deadline(D(2024, 9, 25), trigger_kind="received")
        assert deadline.due == D(2024, 11, 7)
        assert rule("simplified-decision").norm.extension is None
        assert rule("decision").norm.extension.period == rc.Period(30, U.CALENDAR_DAY)


def test_article_34_served_by_public_notice():
    """Published 2024-09-02: served when 30 days have passed, on 10-02, and 15 days to sue are 10-17."""
    assert rule("suit").deadline(D(2024, 9, 2), trigger_kind="notice").due == D(2024, 10, 17)


def test_article_51_hearing_five_working_days_ahead():
    assert days(rule("hearing-notice").deadline(D(2024, 10, 14))) == [D(2024, 9, 30), D(2024, 10, 8)]


def test_before_the_act():
    with pytest.raises(rc.RuleNotInForceError, match="1999-10-01 to 2023-12-31; 2024-01-01 to …"):
        rule("reply").deadline(D(1999, 9, 30))
