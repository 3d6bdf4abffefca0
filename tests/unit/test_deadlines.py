"""Rules and deadlines: doors, flags, versions, statuses, storage."""

import json
import pickle
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

import rulecal as rc
from rulecal.law.source import Force, Instrument
from rulecal.steps import Step, StepKind

D, U = date, rc.Unit
FARM = rc.catalogue()["zhongwei-2022/farm-facility-filing"]


def norm(first, last, amount):
    instrument = Instrument("x", "某条例", force=Force(first, last))
    return replace(rc.within(amount, U.WORKING_DAY).norm, id="x/y", instrument=instrument)


VERSIONS = (norm(None, D(2019, 5, 14), 15), norm(D(2019, 5, 15), None, 20))
TWO = rc.Rule(VERSIONS[1], VERSIONS)


class TestTheOneWordDoors:
    def test_due_date_and_is_overdue(self):
        assert rc.due_date("zhongwei-2022/farm-facility-filing", D(2022, 6, 27)) == D(2022, 7, 20)
        assert rc.due_date(rc.within(1, U.MONTH), D(2022, 1, 31)) == D(2022, 2, 28)
        late = {"as_of": D(2022, 7, 21)}
        assert rc.is_overdue("zhongwei-2022/farm-facility-filing", D(2022, 6, 27), **late)
        assert not rc.is_overdue("zhongwei-2022/farm-facility-filing", D(2022, 6, 27), as_of=D(2022, 7, 20))
        assert not rc.is_overdue(FARM, D(2022, 6, 27), **late, completed=D(2022, 7, 21))
        assert not rc.is_overdue(FARM, D(2022, 6, 27), **late, completed=D(2022, 7, 20))
        assert rc.is_overdue(FARM, D(2022, 6, 27), **late, completed=D(2022, 7, 25))  # not known on that day

    def test_the_region_given_counts(self):
        assert rc.due_date(FARM, D(2022, 6, 27), region="110000") == D(2022, 7, 18)


def test_what_a_rule_says_and_how_it_is_shown():
    assert repr(FARM) == "<Rule zhongwei-2022/farm-facility-filing within 15 working days>"
    assert repr(rc.by(6, 30)) == "<Rule by_date by 06-30>"
    soft = rc.catalogue()["zhongwei-2022/soft-duties"]
    assert repr(soft) == "<Rule zhongwei-2022/soft-duties soft>"
    assert repr(FARM.deadline(D(2022, 6, 27))) == (
        "<Deadline zhongwei-2022/farm-facility-filing within 15 working days from 2022-06-27: due 2022-07-20>"
    )
    own = rc.within(24, U.HOUR).deadline(datetime(2022, 6, 27, 9))
    assert repr(own) == "<Deadline within 24 hours from 2022-06-27 09:00:00+08:00: due 2022-06-28 09:00:00+08:00>"
    assert FARM.supporters == ("市直有关部门（单位）",)
    assert "市农业农村局" in FARM.actors
    assert soft.limit is None
    assert len(soft.refers_to) > 20
    assert [repr(each) for each in (rc.by_end_of(2, year=2024), rc.times_a_year(2))] == [
        "<Rule by_date by 2024-02-end>",
        "<Rule quota at least 2 a year>",
    ]


class TestTriggers:
    @pytest.mark.parametrize("value", ["2022-06-27", 20220627, None, True])
    def test_what_is_no_day_is_a_type_error(self, value):
        with pytest.raises(TypeError, match="the trigger"):
            FARM.deadline(value)

    def test_a_moment_is_read_as_its_day_in_beijing(self):
        assert FARM.deadline(datetime(2022, 6, 27, 23, 0)) == FARM.deadline(D(2022, 6, 27))

    def test_hours_need_a_moment_everywhere(self):
        day = rc.within(24, U.HOUR)
        for ask in (
            lambda: day.deadline(D(2022, 6, 27)),
            lambda: day.deadline(datetime(2022, 6, 27, 8)).status(as_of=D(2022, 6, 28)),
            lambda: day.latest_trigger(D(2022, 6, 28)),
        ):
            with pytest.raises(TypeError):
                ask()

    def test_a_region_that_is_not_named_is_said_to_be_assumed(self):
        own = rc.within(15, U.WORKING_DAY).deadline(D(2022, 6, 27))
        assert own.region_assumed
        assert "no region was named" in own.explain("en")
        assert not rc.within(15, U.WORKING_DAY).deadline(D(2022, 6, 27), region="640500").region_assumed
        assert "no region" not in rc.by(6, 30).deadline(D(2022, 1, 1)).explain("en")


class TestVersions:
    """S23: the version is that of the trigger's day."""

    def test_the_version_of_the_day_is_used(self):
        assert TWO.deadline(D(2019, 5, 14)).rule.limit.period.amount == 15
        assert TWO.deadline(D(2019, 5, 15)).rule.limit.period.amount == 20
        assert TWO.at(D(2019, 1, 1)).limit.period.amount == 15
        assert [rule.force.last for rule in TWO.versions] == [D(2019, 5, 14), None]
        assert TWO.deadline(D(2019, 5, 14), outside_force="flag").in_force

    def test_where_none_is_in_force_the_error_names_those_held(self):
        gone = rc.Rule(norm(D(2010, 1, 1), D(2012, 1, 1), 5))
        with pytest.raises(rc.RuleNotInForceError, match="2010-01-01 to 2012-01-01"):
            gone.deadline(D(2020, 1, 2))
        assert not gone.deadline(D(2020, 1, 2), outside_force="flag").in_force
        both = rc.Rule(gone.norm, (gone.norm, norm(D(2013, 1, 1), D(2014, 1, 1), 6)))
        assert not both.deadline(D(2020, 1, 2), outside_force="flag").in_force
        with pytest.raises(rc.RuleNotInForceError):
            both.at(D(2020, 1, 2))


class TestFixedDates:
    def test_the_trigger_names_the_year(self):
        assert rc.before(3, 1).deadline(D(2026, 12, 31)).due == D(2026, 2, 28)
        assert rc.by_end_of(6, year=2022).deadline().due == D(2022, 6, 30)
        assert rc.on_date(D(2022, 6, 30)).deadline().due == D(2022, 6, 30)
        with pytest.raises(TypeError, match="year meant"):
            rc.by(6, 30).deadline()

    def test_one_date_has_no_latest_trigger(self):
        with pytest.raises(rc.NoDeadlineError, match="one date only"):
            rc.on_date(D(2022, 6, 30)).latest_trigger(D(2022, 6, 30))

    def test_occurrences_are_of_rules_that_set_their_own_dates(self):
        assert [d.due for d in rc.times_a_year(2).occurrences(2024)] == [D(2024, 12, 31)]
        assert FARM.norm.instrument is not None
        assert rc.catalogue()["zhongwei-2022/leaders-lectures"].occurrences(2031) == ()
        for ask in (
            lambda: FARM.occurrences(2022),
            lambda: rc.catalogue()["zhongwei-2022/soft-duties"].occurrences(2022),
        ):
            with pytest.raises(rc.NoDeadlineError):
                ask()

    def test_only_quotas_have_a_shortfall(self):
        with pytest.raises(rc.NoDeadlineError, match="no quota"):
            FARM.shortfall(2022, as_of=D(2022, 1, 1))
        with pytest.raises(rc.NoDeadlineError):
            rc.catalogue()["zhongwei-2022/soft-duties"].latest_trigger(D(2022, 1, 1))


class TestLatestTrigger:
    def test_near_the_edges_of_the_days(self):
        rule = rc.within(20, U.WORKING_DAY)
        # On paper: 25 November to 22 December 2026 are 20 weekdays, none a holiday.
        assert rule.latest_trigger(D(2026, 12, 22)) == D(2026, 11, 24)
        with pytest.raises(rc.CalendarCoverageError):
            rule.latest_trigger(D(2004, 1, 5))
        with pytest.raises(rc.CalendarCoverageError):
            rc.count_back(20, U.WORKING_DAY).latest_trigger(D(2030, 12, 31))

    def test_over_open_days_it_is_on_the_safe_side(self):
        """The last trigger whose announced due date, the earliest possible, is not after the day."""
        rule = rc.within(5, U.WORKING_DAY, region="640500")
        latest = rule.latest_trigger(D(2018, 6, 29))
        assert rule.deadline(latest).due <= D(2018, 6, 29) < rule.deadline(latest + timedelta(days=1)).due
        # On paper: May has 22 working days, April 20, and 18 remain from 7 March on.
        assert rc.within(60, U.WORKING_DAY, region="640500").latest_trigger(D(2018, 5, 31)) == D(2018, 3, 6)


class TestStatus:
    @pytest.mark.parametrize(
        ("as_of", "completed", "state", "left", "over", "working"),
        [
            (D(2022, 6, 26), None, "NOT_STARTED", 24, 0, 0),
            (D(2022, 6, 27), None, "OPEN", 23, 0, 0),
            (D(2022, 7, 18), None, "OPEN", 2, 0, 0),
            (D(2022, 7, 19), None, "DUE_SOON", 1, 0, 0),
            (D(2022, 7, 20), None, "DUE_TODAY", 0, 0, 0),
            (D(2022, 7, 21), None, "OVERDUE", 0, 1, 1),
            (D(2022, 7, 25), None, "OVERDUE", 0, 5, 3),
            (D(2022, 8, 1), D(2022, 7, 20), "MET", 0, 0, 0),
            (D(2022, 8, 1), D(2022, 7, 22), "MET_LATE", 0, 2, 2),
            (D(2022, 7, 10), D(2022, 7, 12), "OPEN", 10, 0, 0),
        ],
    )
    def test_the_states_of_a_window(self, as_of, completed, state, left, over, working):
        found = FARM.deadline(D(2022, 6, 27)).status(as_of=as_of, completed=completed)
        assert (found.state.name, found.days_left, found.days_over, found.working_days_over) == (
            state,
            left,
            over,
            working,
        )
        assert found.certain
        assert found.is_overdue == (state == "OVERDUE")

    def test_late_with_no_working_day_over_is_still_late(self):
        deadline = rc.within(5, U.WORKING_DAY).deadline(D(2022, 8, 5))
        found = deadline.status(as_of=D(2022, 9, 1), completed=D(2022, 8, 13))
        assert (deadline.due, found.state.name, found.days_over, found.working_days_over) == (
            D(2022, 8, 12),
            "MET_LATE",
            1,
            0,
        )

    def test_a_completion_before_the_trigger_is_an_error(self):
        with pytest.raises(rc.InvalidCaseError, match="before the trigger"):
            FARM.deadline(D(2022, 6, 27)).status(as_of=D(2022, 7, 1), completed=D(2022, 6, 26))

    def test_beyond_the_days_held_lateness_is_certain_and_working_days_unknown(self):
        found = rc.within(5, U.WORKING_DAY).deadline(D(2026, 12, 1)).status(as_of=D(2027, 1, 10))
        assert (found.state.name, found.days_over, found.working_days_over) == ("OVERDUE", 33, None)

    def test_a_due_date_beyond_the_days_held_is_just_open(self):
        assert (
            rc.within(2, U.MONTH, roll="no").deadline(D(2026, 12, 1)).status(as_of=D(2026, 12, 2)).state.name == "OPEN"
        )

    @pytest.mark.parametrize(
        ("as_of", "completed", "state"),
        [
            (D(2022, 5, 31), None, "NOT_STARTED"),
            (D(2022, 7, 1), None, "OPEN"),
            (D(2022, 7, 2), None, "MET"),
            (D(2022, 7, 5), D(2022, 7, 1), "MET"),
            (D(2022, 7, 5), D(2022, 6, 29), "SHORT"),
        ],
    )
    def test_the_states_of_a_floor(self, as_of, completed, state):
        found = rc.at_least(30, U.CALENDAR_DAY).deadline(D(2022, 6, 1)).status(as_of=as_of, completed=completed)
        assert (found.state.name, found.is_overdue) == (state, False)
        assert found.short_by == (2 if state == "SHORT" else 0)

    def test_a_floor_in_hours(self):
        deadline = rc.at_least(24, U.HOUR).deadline(datetime(2022, 6, 1, 9))
        found = deadline.status(as_of=datetime(2022, 6, 3), completed=datetime(2022, 6, 2, 6, 30))
        assert (found.state.name, found.short_by) == ("SHORT", 3)

    def test_hours(self):
        deadline = rc.within(24, U.HOUR).deadline(datetime(2022, 9, 30, 17, 20))
        assert deadline.status(as_of=datetime(2022, 10, 1, 17, 20)).state.name == "DUE_TODAY"
        late = deadline.status(as_of=datetime(2022, 10, 1, 17, 21))
        assert (late.state.name, late.days_over, late.working_days_over) == ("OVERDUE", 0, 0)
        assert deadline.due == D(2022, 10, 1)

    def test_a_quota_counts_a_completion_as_once(self):
        once, twice = (rc.times_a_year(n).deadline(D(2022, 5, 5)) for n in (1, 2))
        assert once.status(as_of=D(2022, 6, 1), completed=D(2022, 5, 1)).state.name == "MET"
        missed = twice.status(as_of=D(2023, 1, 5), completed=D(2022, 5, 1))
        assert (missed.state.name, missed.is_overdue, missed.days_over, missed.working_days_over) == (
            "MISSED",
            True,
            5,
            3,
        )
        assert twice.status(as_of=D(2022, 12, 30)).days_left == 1


class TestStorage:
    def test_json_and_pickle_bring_it_back(self):
        deadline = FARM.deadline(D(2022, 6, 27))
        again = rc.Deadline.from_dict(json.loads(json.dumps(deadline.to_dict())))
        assert (again, hash(again), again.explain()) == (deadline, hash(deadline), deadline.explain())
        assert again.nominal == deadline.nominal == D(2022, 7, 20)
        assert pickle.loads(pickle.dumps(deadline)) == deadline
        assert len(pickle.dumps(deadline)) < 8000
        hours = rc.within(24, U.HOUR).deadline(datetime(2022, 9, 30, 17, 20))
        assert rc.Deadline.from_dict(hours.to_dict()).due_at == hours.due_at

    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data.update(schema=2),
            lambda data: data.update(due="2022-07-19"),
            lambda data: data["steps"].pop(),
            lambda data: data["steps"][1].update(amount=3),
            lambda data: data["calendar"].update(days=data["calendar"]["days"].replace("0", "1", 1)),
            lambda data: data.pop("readings"),
            lambda data: data.update(trigger=3),
            lambda data: data["rule"]["norm"].update(amount=-1),
            lambda data: data["rule"]["norm"].update(amount=5),
            lambda data: data.update(trigger="2022-06-28"),
            lambda data: data.update(nominal="2020-01-01"),
            lambda data: data["calendar"].update(first="2022-06-27"),
            lambda data: data.update(steps=[]),
        ],
    )
    def test_what_was_altered_is_refused(self, change):
        data = json.loads(json.dumps(FARM.deadline(D(2022, 6, 27)).to_dict()))
        change(data)
        with pytest.raises(rc.InvalidCaseError):
            rc.Deadline.from_dict(data)

    def test_a_second_reading_or_a_moment_altered_is_refused(self):
        data = rc.within(15, U.CALENDAR_DAY, roll="unclear").deadline(D(2026, 9, 18)).to_dict()
        data["readings"][1].update(earliest="2026-12-08", expected="2026-12-08", latest="2026-12-08")
        hours = rc.within(24, U.HOUR).deadline(datetime(2022, 9, 30, 17, 20)).to_dict()
        hours["readings"][0].update(expected="2022-10-01T23:59:00+08:00")
        for altered in (data, hours):
            with pytest.raises(rc.InvalidCaseError):
                rc.Deadline.from_dict(altered)

    def test_the_digest_is_of_the_days_consulted(self):
        """A later day changed leaves it as it is; a day on the way changes it."""
        from rulecal.testing import with_day

        deadline = FARM.deadline(D(2022, 6, 27))
        ningxia = rc.calendar("640500")
        later = FARM.deadline(D(2022, 6, 27), calendar=with_day(ningxia, D(2022, 7, 21), working=False))
        nearer = FARM.deadline(D(2022, 6, 27), calendar=with_day(ningxia, D(2022, 7, 1), working=False))
        assert later.calendar.digest == deadline.calendar.digest != nearer.calendar.digest
        assert deadline.calendar.region == "640000"
        assert rc.by(6, 30).deadline(D(2022, 1, 1)).calendar.digest == ""
        assert deadline.settled
        assert deadline.settled_by == ()


class TestSteps:
    def test_steps_that_do_not_join_are_refused(self):
        start = Step(StepKind.START, D(2022, 1, 3), D(2022, 1, 3))
        for steps in (
            [],
            [start, start],
            [start, Step(StepKind.COUNTED, D(2022, 1, 5), D(2022, 1, 6), 2)],
            [start, Step(StepKind.COUNTED, D(2022, 1, 4), D(2022, 1, 6), 2)],
            [start, Step(StepKind.SKIPPED, D(2022, 1, 4), D(2022, 1, 2))],
            [Step(StepKind.COUNTED, D(2022, 1, 4), D(2022, 1, 6), 3)],
            [start, Step(StepKind.MONTHS, D(2022, 1, 3), D(2022, 2, 4), 1)],
            [start, Step(StepKind.DAY_BEFORE, D(2022, 1, 3), D(2022, 1, 1))],
            [start, Step(StepKind.ROLLED, D(2022, 1, 3), D(2022, 1, 3))],
        ):
            with pytest.raises(rc.InvalidCaseError):
                rc.replay(steps)


class TestLimits:
    @pytest.mark.parametrize("amount", [0, -3, 1.5, "15", True, None])
    def test_no_such_amount(self, amount):
        with pytest.raises(rc.InvalidPeriodError, match="whole number"):
            rc.within(amount, U.MONTH)

    def test_no_such_unit_date_or_quota(self):
        for make in (
            lambda: rc.within(3, "month"),
            lambda: rc.before(2, 30),
            lambda: rc.before(2, 29),
            lambda: rc.by(13, 1),
            lambda: rc.by("6", 30),
            lambda: rc.times_a_year(0),
            lambda: rc.times_a_year(2, at_most=1),
            lambda: rc.times_a_year(1.5),
            lambda: rc.within(101, U.YEAR),
            lambda: rc.within(3, U.MONTH, roll="maybe"),
        ):
            with pytest.raises(rc.InvalidPeriodError):
                make()

    def test_a_leap_day_of_a_leap_year(self):
        assert rc.on_date(D(2024, 2, 29)).deadline().due == D(2024, 2, 29)
        assert [r.latest for r in rc.before(2, 28, year=2024).deadline().readings] == [D(2024, 2, 27), D(2024, 2, 28)]
        assert rc.within(3, U.MONTH, excludes="听证").norm.excludes[0].reasons == ("听证",)

    def test_words(self):
        assert str(rc.Period(1, U.HOUR)) == "1 hour"
        assert rc.Period(2, U.YEAR).months == 24
        assert rc.within(2, U.YEAR).deadline(D(2024, 2, 29)).due == D(2026, 2, 28)  # a make-up Saturday
