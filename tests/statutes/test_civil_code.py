"""民法典 200-204: how periods are counted where a law says no more."""

from datetime import UTC, date, datetime

import pytest

import rulecal as rc

D, U = date, rc.Unit


def due(n, unit, trigger, **how):
    return rc.within(n, unit, **how).deadline(trigger).due


class TestArticle201:
    """The day of the trigger is not counted; hours run from their moment."""

    def test_day_one_is_the_next_day_even_after_a_rest_day(self):
        assert due(1, U.CALENDAR_DAY, D(2022, 10, 1), roll="no") == D(2022, 10, 2)
        assert due(1, U.WORKING_DAY, D(2022, 10, 1)) == D(2022, 10, 8)

    def test_hours_run_through_a_holiday_and_never_roll(self):
        deadline = rc.within(24, U.HOUR).deadline(datetime(2022, 9, 30, 17, 20))
        assert deadline.due_at.isoformat() == "2022-10-01T17:20:00+08:00"

    def test_in_court_the_opening_hour_is_not_counted(self):
        """民诉解释 125."""
        deadline = rc.within(24, U.HOUR, clock="next_hour").deadline(datetime(2022, 9, 30, 17, 20))
        assert deadline.due_at.isoformat() == "2022-10-01T18:00:00+08:00"

    def test_a_moment_from_elsewhere_is_read_in_beijing(self):
        deadline = rc.within(24, U.HOUR).deadline(datetime(2022, 9, 30, 9, 20, tzinfo=UTC))
        assert deadline.due_at.isoformat() == "2022-10-01T17:20:00+08:00"


class TestArticle202:
    """Months end on the corresponding day of the trigger, else at the month's end."""

    @pytest.mark.parametrize(
        ("n", "unit", "trigger", "end"),
        [
            (6, U.MONTH, D(2022, 8, 31), D(2023, 2, 28)),  # law.md: not 180 days
            (3, U.MONTH, D(2014, 5, 28), D(2014, 8, 28)),  # SPC reply of 2014-12-12
            (2, U.MONTH, D(1999, 12, 31), D(2000, 2, 29)),  # patent guide, a leap year
            (3, U.MONTH, D(2022, 1, 31), D(2022, 4, 30)),
            (1, U.YEAR, D(2024, 2, 29), D(2025, 2, 28)),
        ],
    )
    def test_corresponding_day_or_month_end(self, n, unit, trigger, end):
        assert due(n, unit, trigger, roll="no") == end


class TestArticle203:
    """A last day that is a day off moves to the next working day; days off inside are not deducted."""

    def test_a_make_up_saturday_is_no_day_off(self):
        assert due(60, U.CALENDAR_DAY, D(2022, 8, 9)) == D(2022, 10, 8)

    def test_off_national_day(self):
        deadline = rc.within(15, U.CALENDAR_DAY).deadline(D(2026, 9, 18))
        assert (deadline.nominal, deadline.due) == (D(2026, 10, 3), D(2026, 10, 8))

    def test_without_such_a_clause_there_are_two_readings(self):
        deadline = rc.within(15, U.CALENDAR_DAY, roll="unclear").deadline(D(2026, 9, 18))
        assert [r.latest for r in deadline.readings] == [D(2026, 10, 3), D(2026, 10, 8)]
        assert deadline.due == D(2026, 10, 3)
        assert deadline.status(as_of=D(2026, 10, 5)).state is rc.State.DISPUTED
        assert deadline.status(as_of=D(2026, 10, 9)).state is rc.State.OVERDUE

    def test_a_restraint_never_rolls(self):
        """强制法 25: thirty days of seizure end on National Day."""
        assert due(30, U.CALENDAR_DAY, D(2022, 9, 1), roll="no") == D(2022, 10, 1)


class TestCountBack:
    """许可法 48, 处罚法 64: notice so many days before a hearing."""

    def test_clear_days_are_safe(self):
        deadline = rc.count_back(7, U.WORKING_DAY, region="640500").deadline(D(2022, 10, 12))
        assert [r.latest for r in deadline.readings] == [D(2022, 9, 27), D(2022, 9, 28)]

    def test_a_rest_day_gives_the_last_working_day_before_too(self):
        deadline = rc.count_back(7, U.CALENDAR_DAY).deadline(D(2022, 10, 12))
        assert (deadline.due, deadline.last_working_day) == (D(2022, 10, 4), D(2022, 9, 30))

    def test_notice_may_be_given_long_before(self):
        deadline = rc.count_back(7, U.WORKING_DAY).deadline(D(2022, 10, 12))
        assert deadline.status(as_of=D(2022, 1, 5)).state is rc.State.OPEN
        assert deadline.status(as_of=D(2022, 10, 12), completed=D(2022, 9, 1)).state is rc.State.MET

    def test_hours_before(self):
        deadline = rc.count_back(24, U.HOUR).deadline(datetime(2022, 10, 12, 9, 0))
        assert deadline.due_at.isoformat() == "2022-10-11T09:00:00+08:00"
        assert rc.count_back(24, U.HOUR).latest_trigger(deadline.due_at).isoformat() == "2022-10-12T09:00:00+08:00"


class TestFixedDates:
    """Dates do not move off days off; the last working day before is given too."""

    def test_the_end_of_june_on_a_sunday(self):
        deadline = rc.by_end_of(6).deadline(D(2024, 1, 1))
        assert (deadline.due, deadline.last_working_day) == (D(2024, 6, 30), D(2024, 6, 28))

    def test_a_month_s_last_day_is_included_by_its_wording(self):
        assert [r.latest for r in rc.before(1, 31).deadline(D(2024, 1, 1)).readings] == [D(2024, 1, 31)]

    def test_a_national_law_off_a_regional_holiday_is_a_reading(self):
        """S16: 2022-07-11 is Eid in Ningxia only."""
        text = rc.Deadline.from_dict  # the norm of a national instrument, made by hand
        norm = rc.within(10, U.CALENDAR_DAY).norm
        from dataclasses import replace

        from rulecal.law.source import Instrument

        national = rc.Rule(replace(norm, id="x/y", instrument=Instrument("x", "某法")))
        deadline = national.deadline(D(2022, 7, 1), region="640500")
        assert [r.latest for r in deadline.readings] == [D(2022, 7, 13), D(2022, 7, 11)]
        assert deadline.due == D(2022, 7, 11)
        assert text(deadline.to_dict()) == deadline
