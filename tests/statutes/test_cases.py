"""Cases under the statutes, with the dates worked out by hand."""

from datetime import date

import pytest

import rulecal as rc
from rulecal.deadlines.status import State

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
