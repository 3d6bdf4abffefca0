"""治安管理处罚法 before and since 2026; 行政执法机关移送涉嫌犯罪案件的规定: days of the calendar, hours at once."""

from datetime import date, datetime

import pytest

import rulecal as rc

D, U = date, rc.Unit


def rule(name):
    return rc.catalogue()[name]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestPublicOrderCase:
    """Thirty days from acceptance (old article 99), since 2026 from the filing of the case (article 118)."""

    def test_accepted_in_2025(self):
        deadline = rule("public-order/case").deadline(D(2025, 12, 5), trigger_kind="accepted")
        assert (deadline.due, deadline.rule.norm.clause) == (D(2026, 1, 4), "99")

    def test_filed_in_2026(self):
        deadline = rule("public-order/case").deadline(D(2026, 1, 5), trigger_kind="filed")
        assert (deadline.due, deadline.rule.norm.clause) == (D(2026, 2, 4), "118")

    @pytest.mark.parametrize(
        ("day", "kind", "needed"), [(D(2025, 12, 31), "filed", "accepted"), (D(2026, 1, 1), "accepted", "filed")]
    )
    def test_the_wrong_kind_is_refused(self, day, kind, needed):
        with pytest.raises(rc.InvalidCaseError, match=f"starts from {needed}, not from '{kind}'"):
            rule("public-order/case").deadline(day, trigger_kind=kind)

    def test_without_a_kind_it_asks_for_it(self):
        said = rule("public-order/case").deadline(D(2026, 1, 5)).explain("en")
        assert "accepted → filed" in said

    def test_thirty_more_once_before_2026_twice_since(self):
        assert [version.norm.extension.times for version in rule("public-order/case").versions] == [1, 2]

    def test_the_power_to_punish_ends_on_its_day(self):
        """Article 22, now 25: six months from 2025-08-31, and no roll."""
        assert days(rule("public-order/limitation").deadline(D(2025, 8, 31))) == [D(2026, 2, 28)]
        assert days(rule("public-order/limitation").deadline(D(2026, 4, 1))) == [D(2026, 10, 1)]

    def test_the_opening_hour_is_not_counted(self):
        """程序规定 35: decided at 10:20, the 24 hours run from 11:00."""
        deadline = rule("public-order/spot-report").deadline(datetime(2026, 3, 2, 10, 20))
        assert deadline.due_at.isoformat() == "2026-03-03T11:00:00+08:00"

    def test_cash_collected_under_the_old_act(self):
        """Article 105 of the text of 2012: two days; 2025-05-31 is a Saturday, 2 June a holiday."""
        assert days(rule("public-order/cash-handover").deadline(D(2025, 6, 3))) == [D(2025, 6, 5)]
        assert days(rule("public-order/cash-deposit").deadline(D(2025, 5, 29))) == [D(2025, 6, 3)]

    def test_before_the_act(self):
        with pytest.raises(rc.RuleNotInForceError, match="2006-03-01 to 2025-12-31; 2026-01-01 to …"):
            rule("public-order/case").deadline(D(2006, 2, 28))


class TestTransfer:
    """国务院令第310号: no unit clause, so 日 are calendar days; no period of eight days stands in it."""

    def test_article_5_three_days_to_decide(self):
        assert days(rule("case-transfer/approval").deadline(D(2022, 9, 30))) == [D(2022, 10, 3), D(2022, 10, 8)]

    def test_article_5_then_24_hours(self):
        """Approved 2022-09-30 17:20: at 17:20 on National Day."""
        deadline = rule("case-transfer/handover").deadline(datetime(2022, 9, 30, 17, 20))
        assert deadline.due_at.isoformat() == "2022-10-01T17:20:00+08:00"

    def test_a_day_is_no_moment(self):
        with pytest.raises(rc.NotADateError, match="of type date"):
            rule("case-transfer/handover").deadline(D(2022, 9, 30))

    def test_the_figures_are_three_days_and_24_hours(self):
        found = {str(r.limit.period) for r in rc.catalogue().of("case-transfer").values()}
        assert found == {"3 calendar days", "24 hours"}
