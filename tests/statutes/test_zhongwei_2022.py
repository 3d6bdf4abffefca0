"""卫政办发〔2022〕24号, clause by clause: our words, the figures of the notice, dates counted in Ningxia's days."""

from datetime import date

import pytest

import rulecal as rc

D = date


def rule(name):
    return rc.catalogue()[f"zhongwei-2022/{name}"]


def days(deadline):
    return [reading.latest for reading in deadline.readings]


class TestClause3:
    """（三） a list by the end of June; filing of farm-facility plans within 15 working days of receipt."""

    def test_eid_days_of_ningxia_are_not_counted(self):
        assert rule("farm-facility-filing").deadline(D(2022, 6, 27)).due == D(2022, 7, 20)

    def test_the_national_calendar_would_be_two_days_early(self):
        deadline = rule("farm-facility-filing").deadline(D(2022, 6, 27), calendar=rc.calendar())
        assert deadline.due == D(2022, 7, 18)
        assert not deadline.region_assumed

    def test_the_list_is_due_on_the_last_of_june_2022_only(self):
        assert rule("commitment-list").deadline().due == D(2022, 6, 30)
        with pytest.raises(rc.NoDeadlineError, match="2022 only"):
            rule("commitment-list").deadline(D(2021, 6, 1), outside_force="flag")


class TestClause4:
    """（四） business start-up within 3 working days, by promise."""

    def test_make_up_weekend_is_counted(self):
        assert rule("business-startup").deadline(D(2022, 9, 30)).due == D(2022, 10, 10)
        assert rule("business-startup").kind is rc.Kind.PROMISE

    def test_received_and_accepted_may_both_start_it(self):
        for kind in ("received", "accepted"):
            assert rule("business-startup").deadline(D(2022, 9, 30), trigger_kind=kind).due == D(2022, 10, 10)
        with pytest.raises(rc.InvalidCaseError, match="received or accepted"):
            rule("business-startup").deadline(D(2022, 9, 30), trigger_kind="decided")


class TestClause10:
    """（十） public comment: at least 30 days on rule drafts, 7 working days (30 days) on other documents."""

    def test_seven_working_days_across_national_day(self):
        deadline = rule("normative-document-comment").deadline(D(2022, 9, 28))
        assert deadline.due == D(2022, 10, 12)
        assert days(deadline) == [D(2022, 10, 12), D(2022, 10, 11)]  # some count the day of publication

    @pytest.mark.parametrize("name", ["rule-draft-comment", "normative-document-comment-business"])
    def test_thirty_calendar_days_never_roll(self, name):
        assert rule(name).deadline(D(2022, 6, 1)).due == D(2022, 7, 1)
        assert rule(name).deadline(D(2022, 9, 1)).due == D(2022, 10, 1)  # National Day: not moved
        assert rule(name).limit.usual  # 一般: a default floor

    def test_closing_a_day_early_is_disputed_two_days_early_short(self):
        deadline = rule("normative-document-comment").deadline(D(2022, 9, 28))
        states = {
            day: deadline.status(as_of=D(2022, 11, 1), completed=day).state.name
            for day in (D(2022, 10, 12), D(2022, 10, 11), D(2022, 10, 10))
        }
        assert list(states.values()) == ["MET", "MET_DISPUTED", "SHORT"]
        assert deadline.status(as_of=D(2022, 11, 1), completed=D(2022, 10, 10)).short_by == 2


class TestClause15:
    """（十五） model cases 年底: the date is our inference, so it warns and is never plainly overdue."""

    def test_it_is_disputed_not_overdue_after_the_year(self):
        deadline = rule("model-decision-cases").deadline()
        assert deadline.due == D(2022, 12, 31)
        assert deadline.status(as_of=D(2022, 12, 31)).state is rc.State.DUE_TODAY
        late = deadline.status(as_of=D(2023, 1, 10))
        assert (late.state, late.is_overdue, late.certain) == (rc.State.DISPUTED, False, False)


class TestClause18:
    """（十八） one or two campaigns: a floor of one; two is no limit; the year is inferred."""

    def test_a_third_campaign_is_no_fault(self):
        events = [D(2022, 3, 1), D(2022, 5, 1), D(2022, 8, 1)]
        assert rule("enforcement-campaigns").shortfall(2022, events, as_of=D(2022, 9, 1)).state is rc.State.MET

    def test_missing_it_is_disputed_since_the_year_is_inferred(self):
        found = rule("enforcement-campaigns").shortfall(2022, [], as_of=D(2023, 1, 1))
        assert (found.state, found.missing) == (rc.State.DISPUTED, 1)


class TestClause30:
    """（三十） at least two lectures a year."""

    @pytest.mark.parametrize(
        ("events", "as_of", "state"),
        [
            ([], D(2021, 12, 31), "NOT_STARTED"),
            ([], D(2022, 9, 30), "ON_TRACK"),
            ([D(2022, 4, 8)], D(2022, 10, 1), "AT_RISK"),
            ([D(2022, 4, 8)], D(2022, 12, 31), "AT_RISK"),
            ([D(2022, 4, 8)], D(2023, 1, 1), "MISSED"),
            ([D(2022, 4, 8), D(2022, 12, 31)], D(2023, 1, 1), "MET"),
            ([D(2022, 4, 8), D(2023, 1, 2)], D(2023, 1, 3), "MISSED"),
        ],
    )
    def test_the_year_of_a_quota(self, events, as_of, state):
        assert rule("leaders-lectures").shortfall(2022, events, as_of=as_of).state.name == state


class TestClause32:
    """（三十二） the yearly report before 1 March, its publication before 1 April."""

    def test_the_notice_of_29_march_creates_no_duty_for_1_march_2022(self):
        with pytest.raises(rc.NoDeadlineError, match="before its instrument was made"):
            rule("annual-report-government").deadline()
        assert rule("annual-report-government").occurrences(2022) == ()

    def test_in_another_year_the_day_before_is_safe(self):
        deadline = rule("annual-report-government").deadline(D(2026, 1, 5), outside_force="flag")
        assert days(deadline) == [D(2026, 2, 28), D(2026, 3, 1)]
        assert (deadline.due, deadline.in_force) == (D(2026, 2, 28), False)

    def test_departments_are_bound_by_the_higher_rule(self):
        deadline = rule("annual-report-departments").deadline()
        assert deadline.due == D(2022, 2, 28)
        assert [c.number for c in deadline.citations][1] == "厅字〔2019〕28号"

    def test_publication_before_1_april(self):
        assert days(rule("annual-report-publication").deadline()) == [D(2022, 3, 31), D(2022, 4, 1)]


class TestWithoutDates:
    """References, soft words, sequences and rates: listed, never overdue."""

    @pytest.mark.parametrize("kind", ["REFERENCE", "SOFT", "SEQUENCE", "RATE"])
    def test_no_date_follows(self, kind):
        found = [r for r in rc.catalogue().of("zhongwei-2022").values() if r.kind.name == kind]
        assert found
        for each in found:
            assert not each.is_computable
            with pytest.raises(rc.NoDeadlineError):
                each.deadline(D(2022, 5, 5))

    def test_a_reference_says_where_its_figure_stands(self):
        with pytest.raises(rc.NoDeadlineError, match="information-disclosure/reply"):
            rule("information-disclosure").deadline(D(2022, 6, 20))

    def test_soft_duties_are_listed_one_by_one(self):
        listed = rule("soft-duties").refers_to
        assert len(listed) >= 20
        assert all(rc.catalogue()[each].norm.term for each in listed)

    def test_a_plan_task_is_reviewed_at_the_end_of_the_year(self):
        deadline = rule("adjudication-list").deadline()
        assert deadline.due == D(2022, 12, 31)
        assert deadline.status(as_of=D(2023, 2, 1)).state is rc.State.REVIEW
        assert deadline.status(as_of=D(2023, 2, 1), completed=D(2022, 8, 1)).state is rc.State.MET


def test_the_rules_are_in_force_in_the_plan_year():
    with pytest.raises(rc.RuleNotInForceError, match="2022-01-01 to 2022-12-31"):
        rule("farm-facility-filing").deadline(D(2023, 1, 1))
    flagged = rule("farm-facility-filing").deadline(D(2023, 1, 3), outside_force="flag")
    assert not flagged.in_force
    assert "施行期" in flagged.explain("zh")
    early = rule("farm-facility-filing").deadline(D(2022, 2, 10))
    assert any("成文" in caveat.zh for caveat in early.caveats)
