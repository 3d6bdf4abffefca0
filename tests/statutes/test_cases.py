"""Cases under the statutes, with the dates worked out by hand."""

from datetime import date

import pytest

import rulecal as rc
from rulecal.deadlines.status import State
from rulecal.law.source import Certainty

RULES = rc.catalogue()
LICENCE, SEIZURE = RULES["administrative-licensing/decision"], RULES["administrative-coercion/seizure"]
DISCLOSURE = RULES["information-disclosure/reply"]


def test_testing_that_opens_after_the_end_does_not_launder_lateness():
    """许可法 42, 45: 20 working days from 2026-06-01 end on 30 June."""
    case = rc.Case(LICENCE, date(2026, 6, 1), [rc.Exclusion(date(2026, 7, 2), None, "检测", notified=True)])

    assert case.deadline().due == date(2026, 6, 30)
    assert case.status(as_of=date(2026, 7, 1)).state is State.OVERDUE
    assert case.status(as_of=date(2026, 7, 9)).state is State.OVERDUE


@pytest.mark.parametrize(("notified", "state"), [(True, State.SUSPENDED), (False, State.DUE_TODAY)])
def test_only_testing_told_in_writing_surely_stops_a_licence(notified, state):
    """许可法 45: where it was not told in writing the safe reading runs on."""
    case = rc.Case(LICENCE, date(2026, 6, 1), [rc.Exclusion(date(2026, 6, 29), None, "检测", notified=notified)])

    assert case.status(as_of=date(2026, 6, 30)).state is state


def test_a_late_extension_has_no_effect():
    """信息公开条例 33: 20 working days from 2026-06-01 end on 30 June, so a decision of 3 July is late."""
    late = rc.Extension(20, rc.Unit.WORKING_DAY, decided=date(2026, 7, 3))

    assert rc.Case(DISCLOSURE, date(2026, 6, 1), [late]).deadline().due == date(2026, 6, 30)


def test_a_seizure_is_never_rolled():
    """强制法 25: 30 days from 2022-09-01 end on 1 October, a holiday."""
    assert rc.Case(SEIZURE, date(2022, 9, 1)).deadline().due == date(2022, 10, 1)


def test_every_fault_at_once():
    """许可法 42: no more than 10 working days; and the days contradict each other."""
    events = [
        rc.Completion(date(2026, 5, 1)),
        rc.Completion(date(2026, 6, 3)),
        rc.Suspension(date(2026, 6, 5), date(2026, 6, 4), basis="x"),
        rc.Extension(11, rc.Unit.WORKING_DAY, decided=date(2026, 6, 2)),
    ]
    with pytest.raises(rc.CaseFaults) as found:
        rc.Case(LICENCE, date(2026, 6, 1), events)

    assert isinstance(found.value, rc.InvalidCaseError)
    assert len(found.value.exceptions) >= 4
    assert "《行政许可法》第42条第1款" in str(found.value)


def test_a_transferred_case_can_be_stored():
    case = rc.Case(LICENCE, date(2022, 6, 27), [rc.Transfer(date(2022, 7, 1), "640500")], region="110000")
    deadline = case.deadline()

    assert rc.Deadline.from_dict(deadline.to_dict()) == deadline


def test_a_restart_drops_only_the_days_before_it():
    rule = rc.within(3, rc.Unit.WORKING_DAY, excludes=["听证"])
    hearing = rc.Exclusion(date(2022, 6, 6), date(2022, 6, 9), "听证")

    assert rc.Case(rule, date(2022, 6, 6), [hearing, rc.Restart(date(2022, 6, 8))]).deadline().due == date(2022, 6, 14)


class TestTheTextOfTheTrigger:
    """What happened is judged by the text that binds the case, as its dates are."""

    def test_an_extension_as_the_text_of_2007_allows_it(self):
        """信息公开条例 2007, 24: 15 working days from 2018-06-04, and 15 more, end on 17 July; 20 more are of 2019."""
        trigger, decided = date(2018, 6, 4), date(2018, 6, 20)

        longer = rc.Extension(15, rc.Unit.WORKING_DAY, decided=decided)
        assert rc.Case(DISCLOSURE, trigger, [longer]).deadline().due == date(2018, 7, 17)
        with pytest.raises(rc.CaseFaults) as caught:
            rc.Case(DISCLOSURE, trigger, [rc.Extension(20, rc.Unit.WORKING_DAY, decided=decided)])
        assert "第24条第2款" in str(caught.value)

    def test_a_second_extension_as_only_the_text_of_2025_allows_it(self):
        """治安管理处罚法 2012, 99: once. 30 days from 2025-03-03, 30 more: 2 May is off until the 5th."""
        rule, unit = RULES["public-order/case"], rc.Unit.CALENDAR_DAY
        once, twice = rc.Extension(30, unit, date(2025, 3, 30)), rc.Extension(30, unit, date(2025, 4, 28))

        assert rc.Case(rule, date(2025, 3, 3), [once]).deadline().due == date(2025, 5, 6)
        with pytest.raises(rc.CaseFaults) as caught:
            rc.Case(rule, date(2025, 3, 3), [once, twice])
        assert "allows 1" in str(caught.value)

    @pytest.mark.parametrize(("trigger", "reason"), [(date(2022, 8, 8), "补正"), (date(2022, 8, 8), "指定受理机关")])
    def test_corrections_under_the_old_act(self, trigger, reason):
        """复议法 2017, 31; 条例 29, 30: 60 days from 2022-08-08 end on 7 October; five not counted make it the 12th."""
        gap = rc.Exclusion(date(2022, 8, 10), date(2022, 8, 14), reason)

        assert rc.Case(RULES["administrative-reconsideration/decision"], trigger, [gap]).deadline().due == date(
            2022, 10, 12
        )

    def test_a_rule_that_was_not_yet_in_force_is_judged_as_it_is_held(self):
        rule = RULES["administrative-reconsideration/simplified-decision"]
        with pytest.raises(rc.CaseFaults):
            rc.Case(rule, date(2020, 1, 1), [rc.Exclusion(date(2020, 1, 2), date(2020, 1, 3), "听证")])


def test_corrections_under_the_new_act_rest_on_an_old_regulation():
    """条例 29 to 37 of 2007 are inferences under the Act of 2023."""
    excluded = RULES["administrative-reconsideration/decision"].norm.excludes

    assert {each.clause: each.certainty for each in excluded} == {
        "39": Certainty.VERIFIED,
        **dict.fromkeys(("29", "30", "34", "37"), Certainty.INFERENCE),
    }


def test_days_in_the_post_are_not_counted():
    """行政诉讼法解释 48: 15 days from 2024-03-04 end on the 19th; two in the post make it the 21st."""
    post = rc.Exclusion(date(2024, 3, 18), date(2024, 3, 19), "在途时间")

    case = rc.Case(RULES["administrative-litigation/suit-after-reconsideration"], date(2024, 3, 4), [post])
    assert case.deadline().due == date(2024, 3, 21)
