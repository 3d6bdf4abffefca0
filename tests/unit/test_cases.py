"""Cases: what is refused, what is followed, warned of, stored and told."""

import json
import pickle
from datetime import UTC, date, datetime, timedelta

import pytest

import rulecal as rc
from rulecal.deadlines.status import WarningPolicy
from rulecal.verify import verify

D, U, S = date, rc.Unit, rc.State
R = rc.catalogue()
LICENCE, DECISION = R["administrative-licensing/decision"], R["administrative-reconsideration/decision"]
JUNE = D(2026, 6, 1)
OWN = rc.within(20, U.WORKING_DAY, excludes=("听证",))


def faults(*events, rule=LICENCE, trigger=JUNE, **how):
    with pytest.raises(rc.CaseFaults) as caught:
        rc.Case(rule, trigger, events, **how)
    assert isinstance(caught.value, rc.InvalidCaseError | rc.FaultGroup)
    return [str(each) for each in caught.value.exceptions]


class TestFaults:
    def test_what_is_no_event_no_date_no_amount_no_region(self):
        found = faults(
            "hearing",
            rc.Exclusion("2026-06-02", None, reason="检测"),
            rc.Extension(0, U.WORKING_DAY, decided=D(2026, 6, 2)),
            rc.Transfer(D(2026, 6, 2), "999999"),
            rc.Restart(None),
        )
        assert len(found) == 5
        assert "is no event" in found[0]

    def test_each_event_against_itself_and_the_trigger(self):
        found = faults(
            rc.Exclusion(D(2026, 6, 9), D(2026, 6, 8), reason="检测"),
            rc.Suspension(D(2026, 6, 9), D(2026, 6, 8), reason="检测"),
            rc.Completion(D(2026, 5, 1)),
            rc.Extension(5, U.WORKING_DAY, decided=D(2026, 5, 2)),
        )
        assert [words in text for words, text in zip(
            ("ends on", "resumed on", "after the completion", "before the trigger", "before the trigger"),
            (found[0], found[2], found[1], found[4], found[5]), strict=True,
        )] == [True] * 5  # fmt: skip

    def test_beyond_the_law(self):
        said = faults(
            rc.Extension(30, U.CALENDAR_DAY, decided=D(2026, 6, 2)),
            rc.Extension(11, U.WORKING_DAY, decided=D(2026, 6, 2)),
            rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, 2), clock="promised"),
            rc.Exclusion(D(2026, 6, 2), reason="开会"),
        )
        assert ["own unit" in said[0], "第42条" in said[1], "has not" in said[2], "does not name" in said[3]] == [
            True
        ] * 4
        (none,) = faults(
            rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, 2)), rule=R["administrative-licensing/delivery"]
        )
        assert "allows no extension" in none

    def test_an_instrument_cited_is_enough(self):
        cited = [
            rc.Extension(30, U.WORKING_DAY, decided=D(2026, 6, 2), basis="某条例第3条"),
            rc.Exclusion(D(2026, 6, 8), D(2026, 6, 8), reason="开会", basis="某条例第4条"),
        ]
        case = rc.Case(LICENCE, D(2026, 6, 1), cited)
        assert case.deadline().due == rc.within(51, U.WORKING_DAY).deadline(D(2026, 6, 1)).due
        assert {"某条例第3条", "某条例第4条"} <= {entry.authority for entry in case.timeline()}

    @pytest.mark.parametrize("rule", [rc.before(3, 1), rc.times_a_year(2), rc.count_back(7, U.WORKING_DAY)])
    def test_clocks_that_cannot_be_stopped(self, rule):
        (said,) = faults(rc.Suspension(D(2026, 6, 8)), rule=rule)
        assert "can be stopped" in said
        done = rc.Case(rule, D(2026, 6, 1), [rc.Completion(D(2026, 6, 2))])
        assert done.status(as_of=D(2026, 6, 3)).state is not S.SUSPENDED
        assert done.timeline()

    def test_hours_take_a_completion_only(self):
        rule, moment = rc.within(24, U.HOUR), datetime(2026, 6, 1, 9)
        assert rc.Case(rule, moment).deadline().due_at.isoformat() == "2026-06-02T09:00:00+08:00"
        done = rc.Case(rule, moment, [rc.Completion(datetime(2026, 6, 2, 8))])
        assert done.status(as_of=datetime(2026, 6, 3, 8)).state is S.MET
        assert len(faults(rc.Restart(D(2026, 6, 2)), rule=rule, trigger=moment)) == 1

    def test_a_trigger_of_the_wrong_kind(self):
        (said,) = faults(trigger_kind="published")
        assert "starts from accepted" in said

    def test_what_cannot_be_dated_is_said_when_it_is_asked_for(self):
        case = rc.Case(R["administrative-reconsideration/simplified-decision"], D(2020, 1, 1))
        with pytest.raises(rc.RuleNotInForceError):
            case.deadline()

    def test_the_case_is_unchanged(self):
        case = rc.Case(OWN, D(2026, 6, 1))
        with pytest.raises(rc.CaseFaults):
            case.add(rc.Completion(D(2026, 5, 1)))
        assert case == rc.Case(OWN, D(2026, 6, 1))


class TestFollowing:
    def test_a_case_of_its_own_after_the_completion(self):
        first = rc.Case(OWN, D(2026, 6, 1), [rc.Completion(D(2026, 6, 20))], region="640500")
        second = first.next(OWN, D(2026, 6, 22), [rc.Exclusion(D(2026, 6, 24), D(2026, 6, 24), reason="听证")])
        assert (second.follows, second.region) == (first, "640500")
        for before in (first, rc.Case(OWN, D(2026, 6, 1))):
            with pytest.raises(rc.CaseFaults) as caught:
                before.next(OWN, D(2026, 6, 19))
            assert "is not completed by its trigger" in str(caught.value)

    def test_values(self):
        events = [rc.Restart(D(2026, 6, 3)), rc.Transfer(D(2026, 6, 4), "640500")]
        case = rc.Case(OWN, D(2026, 6, 1), events)
        assert case == rc.Case(OWN, D(2026, 6, 1), events[::-1]) == pickle.loads(pickle.dumps(case))
        assert len({case, rc.Case(OWN, D(2026, 6, 1), events[::-1])}) == 1
        assert case.under(rc.within(5, U.WORKING_DAY)).events == case.events
        assert case.promise() is None

    def test_moments_as_edges_are_read_in_beijing(self):
        rule = rc.within(5, U.CALENDAR_DAY, roll="no", excludes=("听证",))
        night = datetime(2026, 6, 1, 17, tzinfo=UTC)  # 1 in the morning of 2 June
        partly = rc.Exclusion(night, datetime(2026, 6, 4, 23, 59), reason="听证")
        found = rc.Case(rule, D(2026, 6, 1), [partly]).deadline()
        assert [(r.name, str(r.latest)) for r in found.readings] == [
            ("text", "2026-06-08"),
            ("text+edge-days", "2026-06-09"),
        ]

    def test_a_bare_suspension_stops_a_clock_of_ones_own(self):
        case = rc.Case(rc.within(5, U.CALENDAR_DAY, roll="no"), D(2026, 6, 1), [rc.Suspension(D(2026, 6, 2))])
        assert case.deadline().due == D(2026, 6, 6)
        assert case.deadline(as_of=D(2026, 6, 10)).due == D(2026, 6, 14)
        assert case.status(as_of=D(2026, 6, 10)).state is S.SUSPENDED

    def test_what_ends_later_goes_on(self):
        events = [
            rc.Exclusion(D(2026, 6, 3), D(2026, 6, 5), reason="听证"),
            rc.Suspension(D(2026, 6, 8), D(2026, 6, 10)),
            rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, 12)),
        ]
        case = rc.Case(OWN, D(2026, 6, 1), events)
        states = [case.status(as_of=D(2026, 6, day)).state.name for day in (2, 4, 6, 9, 11)]
        assert states == ["OPEN", "SUSPENDED", "OPEN", "SUSPENDED", "OPEN"]

    def test_a_restart_after_the_end_has_no_effect(self):
        case = rc.Case(OWN, D(2026, 6, 1), [rc.Restart(D(2026, 7, 10), reason="补正")])
        assert case.deadline().due == D(2026, 6, 30)
        assert [entry.why for entry in case.timeline() if entry.what.en == "without effect"] == ["补正"]

    def test_the_timeline_says_why_something_is_without_effect(self):
        """20 working days from 20 June 2022 end on 18 July; what the restart drops is said to be dropped."""
        events = [
            rc.Exclusion(D(2022, 6, 2), D(2022, 6, 8), reason="听证"),
            rc.Restart(D(2022, 6, 20), reason="补正"),
            rc.Restart(D(2022, 9, 20), reason="再次补正"),
            rc.Extension(5, U.WORKING_DAY, decided=D(2022, 8, 1)),
            rc.Transfer(D(2022, 9, 1), "640500"),
            rc.Completion(D(2022, 9, 30)),
        ]
        case = rc.Case(rc.within(20, U.WORKING_DAY, excludes=("听证",)), D(2022, 6, 1), events)
        assert case.deadline().due == D(2022, 7, 18)
        found = case.timeline()
        assert {(str(e.first), e.note.en) for e in found if e.what.en == "without effect"} == {
            ("2022-06-02", "before the restart"),
            ("2022-08-01", "after the end"),
            ("2022-09-01", "after the end"),
            ("2022-09-20", "after the end"),
        }
        assert [(str(e.first), str(e.last)) for e in found if "no longer counted" in e.what.en] == [
            ("2022-06-01", "2022-06-19")
        ]
        assert "completed" not in {e.what.en for e in case.timeline(as_of=D(2022, 9, 29))}
        assert "completed" in {e.what.en for e in case.timeline(as_of=D(2022, 9, 30))}

    def test_one_extension_too_many_after_a_restart(self):
        """行政许可法 42: ten days once, for each count."""
        licence = rc.catalogue()["administrative-licensing/decision"]
        more = [rc.Extension(10, U.WORKING_DAY, decided=D(2026, 6, day)) for day in (10, 11)]
        entries = rc.Case(licence, D(2026, 6, 1), [rc.Restart(D(2026, 6, 3)), *more]).timeline()
        notes = [(entry.first.day, entry.note.en) for entry in entries if entry.note]
        assert notes == [(11, "extended as often as the law allows")]

    def test_the_days_not_counted_of_a_period_in_months(self):
        rule = rc.within(6, U.MONTH, excludes=("鉴定",))
        case = rc.Case(rule, D(2022, 1, 10), [rc.Exclusion(D(2022, 2, 1), D(2022, 2, 10), reason="鉴定")])
        entries = [(e.what.en, str(e.first), str(e.last), e.why) for e in case.timeline()]
        assert ("not counted", "2022-02-01", "2022-02-10", "鉴定") in entries
        assert case.deadline().due == D(2022, 7, 20)

    def test_an_event_of_one_clock_is_not_on_the_timeline_of_the_other(self):
        stop = rc.Exclusion(D(2026, 6, 2), D(2026, 6, 3), reason="听证", clock="statutory")
        entries = rc.Case(OWN, D(2026, 6, 1), [stop], promised=rc.within(3, U.WORKING_DAY)).timeline()
        assert {entry.clock for entry in entries if entry.why == "听证"} == {"statutory"}

    def test_a_suspension_of_which_the_party_had_to_be_told(self):
        """行政许可法 45: testing does not count if the applicant is told in writing; else that is a reading."""
        licence = rc.catalogue()["administrative-licensing/decision"]
        ends = []
        for told in (True, False):
            stop = rc.Suspension(D(2026, 6, 8), D(2026, 6, 15), reason="检测", notified=told)
            found = rc.Case(licence, D(2026, 6, 1), [stop]).deadline()
            ends.append((str(found.earliest), str(found.latest)))
        assert ends == [("2026-07-06", "2026-07-06"), ("2026-06-30", "2026-07-06")]

    @pytest.mark.parametrize(
        "promise", [rc.times_a_year(2), rc.at_least(5, U.WORKING_DAY), rc.count_back(5, U.WORKING_DAY), rc.by(6, 30)]
    )
    def test_only_a_limit_to_act_within_can_be_promised(self, promise):
        with pytest.raises(rc.CaseFaults) as found:
            rc.Case(OWN, D(2026, 6, 1), promised=promise)
        assert found.value.exceptions[0].message.startswith("promised is")

    def test_a_region_that_is_none_is_said_at_once(self):
        with pytest.raises(rc.CaseFaults) as found:
            rc.Case(OWN, D(2026, 6, 1), region="999999")
        assert "999999" in found.value.exceptions[0].message

    def test_the_timeline_of_both_clocks(self):
        events = [
            rc.Transfer(D(2026, 6, 3), "640500"),
            rc.Restart(D(2026, 6, 2)),
            rc.Completion(D(2026, 6, 8)),
            rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, 4)),
        ]
        entries = rc.Case(OWN, D(2026, 6, 1), events, promised=rc.within(3, U.WORKING_DAY)).timeline()
        assert {entry.clock for entry in entries} == {"statutory", "promised"}
        assert {"transferred", "restarted", "completed", "extended", "due"} <= {entry.what.en for entry in entries}
        assert all(entry.first for entry in entries)


class TestExtension:
    def test_more_often_than_the_law_allows_is_an_error(self):
        """许可法 42: ten days, once (S27)."""
        twice = [rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, day)) for day in (10, 12)]
        with pytest.raises(rc.CaseFaults) as caught:
            rc.Case(LICENCE, D(2026, 6, 1), twice)
        assert "extended 2 times" in str(caught.value.exceptions[0])
        assert "allows 1" in str(caught.value.exceptions[0])

    def test_after_a_restart_it_is_counted_anew(self):
        """The first extension falls with the first clock; of two later ones the second is without effect."""
        first, *later = (rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, day)) for day in (3, 10, 12))
        restart = rc.Restart(D(2026, 6, 8))
        once = rc.Case(LICENCE, D(2026, 6, 1), [first, restart, later[0]]).deadline().due
        assert once == rc.within(25, U.WORKING_DAY).deadline(D(2026, 6, 8)).due
        assert rc.Case(LICENCE, D(2026, 6, 1), [first, restart, *later]).deadline().due == once

    @pytest.mark.parametrize("days", [(8, 10), (10, 8)])
    def test_one_under_another_instrument_leaves_the_laws_own(self, days):
        own, other = days
        events = [
            rc.Extension(10, U.WORKING_DAY, decided=D(2026, 6, own)),
            rc.Extension(5, U.WORKING_DAY, decided=D(2026, 6, other), basis="某法第1条"),
        ]
        assert rc.Case(LICENCE, D(2026, 6, 1), events).deadline().due == D(2026, 7, 21)

    def test_both_clocks_need_one_unit(self):
        months = rc.Extension(1, U.MONTH, decided=D(2026, 3, 5), basis="某法第1条", clock="both")
        with pytest.raises(rc.CaseFaults) as caught:
            rc.Case(rc.within(2, U.MONTH), D(2026, 3, 2), [months], promised=rc.within(10, U.WORKING_DAY))
        assert "of a period in months, working_days" in str(caught.value.exceptions[0])

    def test_what_begins_on_the_days_of_the_roll_stops_nothing(self):
        """Ten days from 3 June end on Saturday the 13th, and roll to Monday: what begins then moves nothing (S26)."""
        opened = rc.Exclusion(D(2026, 6, 15), None, reason="听证", basis="某法第1条")
        case = rc.Case(rc.within(10, U.CALENDAR_DAY), D(2026, 6, 3), [opened])
        assert case.status(as_of=D(2026, 6, 15)).state is rc.State.DUE_TODAY
        assert case.status(as_of=D(2026, 6, 16)).state is rc.State.OVERDUE

    def test_what_is_no_case(self):
        with pytest.raises(rc.CaseFaults) as caught:
            rc.Case("x", D(2026, 6, 1), None, "5个工作日内", follows="y")
        assert len(caught.value.exceptions) == 4

    def test_a_broken_promise_leaves_the_law_in_doubt(self):
        case = rc.Case(
            rc.within(10, U.CALENDAR_DAY, roll="unclear"), D(2026, 6, 3), promised=rc.within(3, U.WORKING_DAY)
        )
        found = case.status(as_of=D(2026, 6, 14))
        assert (found.state, found.certain) == (rc.State.PAST_PROMISE, False)

    def test_thresholds_in_hours_and_shares(self):
        hours, soon = rc.within(72, U.HOUR), WarningPolicy("m", left=rc.Period(12, U.HOUR))
        case = rc.Case(hours, datetime(2026, 6, 1, 9))
        states = [case.status(as_of=datetime(2026, 6, day, 23), policy=soon).state for day in (2, 3)]
        assert states == [rc.State.OPEN, rc.State.DUE_SOON]
        day = rc.Case(rc.within(5, U.CALENDAR_DAY, roll="no"), D(2026, 6, 1))
        near = WarningPolicy("d", left=rc.Period(24, U.HOUR))
        assert [day.status(as_of=D(2026, 6, n), policy=near).state.value for n in (4, 5)] == ["open", "due_soon"]
        for share in (-5, 300):
            with pytest.raises(rc.InvalidPeriodError, match="per cent"):
                WarningPolicy("x", share=share)

    def test_months_are_counted_at_once(self):
        rule = rc.within(1, U.MONTH, roll="no")
        case = rc.Case(rule, D(2026, 1, 31), [rc.Extension(1, U.MONTH, decided=D(2026, 2, 10))])
        assert case.deadline().due == D(2026, 3, 31)  # not the 28th, as month after month would give
        assert "extended by 1" in case.deadline().explain("en")

    def test_an_extended_and_paused_month_is_certified(self):
        events = [rc.Exclusion(D(2026, 2, 2), D(2026, 2, 3), reason="听证")]
        found = rc.Case(rc.within(1, U.MONTH, roll="no", excludes=("听证",)), D(2026, 1, 31), events).deadline()
        assert found.due == D(2026, 3, 2)
        assert verify(json.loads(json.dumps(found.certificate()))) == []
        assert "moved on by 2 days" in found.explain("en")

    def test_in_an_open_year_whether_it_came_in_time_is_a_reading(self):
        plain = rc.Case(OWN, D(2027, 1, 11)).deadline()
        assert plain.earliest < plain.latest
        late = rc.Case(OWN, D(2027, 1, 11), [rc.Extension(5, U.WORKING_DAY, decided=plain.latest)]).deadline()
        assert late.earliest == plain.earliest
        assert late.latest > plain.latest
        assert "text+in-time" in {reading.name for reading in late.readings}


class TestWarnings:
    def soon(self, day, policy, rule=OWN):
        return rc.Case(rule, D(2026, 6, 1)).status(as_of=day, policy=policy).state is S.DUE_SOON

    @pytest.mark.parametrize(
        ("policy", "first"),
        [
            (WarningPolicy("three days", rc.Period(3, U.WORKING_DAY)), D(2026, 6, 25)),
            (WarningPolicy("a week", rc.Period(7, U.CALENDAR_DAY)), D(2026, 6, 23)),
            (WarningPolicy("a month", rc.Period(1, U.MONTH)), D(2026, 6, 1)),
            (WarningPolicy("a quarter of the time", share=25), D(2026, 6, 23)),
        ],
    )
    def test_from_a_day_on(self, policy, first):
        assert self.soon(first, policy)
        assert not self.soon(first - timedelta(days=1), policy) or first == D(2026, 6, 1)

    def test_a_share_of_calendar_days_and_of_no_window(self):
        rule, policy = rc.within(100, U.CALENDAR_DAY, roll="no"), WarningPolicy("a tenth", share=10)
        assert self.soon(D(2026, 8, 30), policy, rule)
        assert not self.soon(D(2026, 8, 29), policy, rule)
        named = rc.by(6, 30).deadline(D(2026, 1, 1))
        assert named.status(as_of=D(2026, 6, 29), policy=policy).state is S.OPEN


class TestPromise:
    def test_from_soon_to_past_promise_to_overdue(self):
        case = rc.Case(OWN, D(2026, 6, 1), promised=rc.within(5, U.WORKING_DAY))
        states = {D(2026, 6, 5): "DUE_SOON", D(2026, 6, 8): "DUE_TODAY", D(2026, 6, 9): "PAST_PROMISE"}
        states |= {D(2026, 6, 30): "PAST_PROMISE", D(2026, 7, 1): "OVERDUE"}
        assert {day: case.status(as_of=day).state.name for day in states} == states

    @pytest.mark.parametrize(
        ("done", "state"),
        [(D(2026, 6, 8), "MET"), (D(2026, 6, 9), "PAST_PROMISE"), (D(2026, 7, 1), "MET_LATE")],
    )
    def test_done(self, done, state):
        case = rc.Case(OWN, D(2026, 6, 1), [rc.Completion(done)], promised=rc.within(5, U.WORKING_DAY))
        found = case.status(as_of=D(2026, 8, 1))
        assert (found.state.name, found.is_overdue) == (state, False)


def test_a_deemed_window_is_certified_stored_and_moved_in_an_open_year():
    found = DECISION.deadline(D(2024, 9, 25), trigger_kind="received")
    paper = json.loads(json.dumps(found.certificate()))
    assert (found.due, found.nominal, len(paper["before"]), verify(paper)) == (D(2024, 12, 9), D(2024, 12, 7), 1, [])
    assert verify({**paper, "trigger": "2024-10-09"})
    licence = LICENCE.deadline(D(2022, 6, 1), trigger_kind="received")
    assert verify(json.loads(json.dumps(licence.certificate()))) == []

    opened = DECISION.deadline(D(2027, 9, 27), trigger_kind="received")
    assert opened.earliest < opened.latest
    assert rc.replay(opened.steps) == opened.due
    assert rc.Deadline.from_dict(opened.to_dict()) == opened


def test_the_tax_window_is_certified_in_two_parts():
    tax = R["tax-collection/monthly-filing"]
    paper = json.loads(json.dumps(tax.deadline(D(2021, 9, 30)).certificate()))
    assert (paper["due"], paper["amount"], verify(paper)) == ("2021-10-26", 7, [])
    assert verify({**paper, "amount": 6})
    assert verify(json.loads(json.dumps(tax.deadline(D(2022, 9, 30)).certificate()))) == []
    opened = tax.deadline(D(2027, 9, 30))
    assert opened.earliest < opened.latest
    assert rc.replay(opened.steps) == opened.due
    with pytest.raises(rc.CalendarCoverageError):
        tax.deadline(D(2030, 12, 31))


def test_a_case_is_replayed_on_another_calendar():
    case = rc.Case(OWN, D(2022, 6, 20), [rc.Exclusion(D(2022, 6, 22), D(2022, 6, 23), reason="听证")])
    moved = case.deadline().replay(rc.calendar("640500"))
    assert (moved.new - moved.old).days == 2
