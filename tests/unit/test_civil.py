"""What counts as a date (S1)."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rulecal as rc
from rulecal.civil import parse_instant, to_day, to_instant


class NaT(datetime):
    """Like a pandas NaT: an instance of date that is unequal to itself."""

    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    __hash__ = None


class Stamp(datetime):
    """A subclass, as a pandas Timestamp is."""


@pytest.mark.parametrize("value", [True, 20220420, 1.5, "2022-04-20", None, NaT(2022, 4, 20)], ids=repr)
def test_what_is_no_date_is_a_type_error_with_a_hint(value):
    for door in (to_day, to_instant):
        with pytest.raises(TypeError) as caught:
            door(value)
        assert isinstance(caught.value, rc.NotADateError)
        assert caught.value.hint


def test_an_aware_moment_is_read_in_beijing():
    assert to_day(datetime(2022, 4, 19, 17, 0, tzinfo=UTC)) == date(2022, 4, 20)
    assert to_day(datetime(2022, 4, 20, 1, 0, tzinfo=timezone(timedelta(hours=14)))) == date(2022, 4, 19)
    assert to_day(datetime(2022, 4, 20, 23, 59)) == date(2022, 4, 20)


def test_subclasses_become_plain_values():
    day = to_day(type("D", (date,), {})(2022, 4, 20))
    moment = to_instant(Stamp(2022, 4, 20, 8, 30))

    assert (type(day), type(moment)) == (date, datetime)
    assert moment.isoformat() == "2022-04-20T08:30:00+08:00"


def test_a_bare_day_is_no_moment():
    with pytest.raises(rc.NotADateError, match="a limit in hours runs from a moment"):
        to_instant(date(2022, 4, 20))


@given(st.dates(date(1, 1, 1)))
def test_the_four_forms_read_the_same_day(day):
    forms = (
        f"{day:%Y}".zfill(4) + f"-{day.month:02}-{day.day:02}",
        f"{day.year:04}{day.month:02}{day.day:02}",
        f"{day.year:04}/{day.month}/{day.day}",
        f" {day.year:04}年{day.month}月{day.day}日 ",
    )
    assert {rc.parse_day(form) for form in forms} == {day}


@pytest.mark.parametrize(
    "text",
    ["2022-4-20", "22-04-20", "20/4/2022", "2022.4.20", "２０２２-04-20", "", "2022-02-30", "2022年13月1日", "today"],
)
def test_nothing_else_is_read_as_a_day(text):
    with pytest.raises(rc.UnreadableDateError):
        rc.parse_day(text)


@pytest.mark.parametrize("text", ["2022-09-30T17:20", "2022/9/30 17:20:00", "2022年9月30日 17:20"])
def test_moments_are_read(text):
    assert parse_instant(text).isoformat() == "2022-09-30T17:20:00+08:00"


@pytest.mark.parametrize("text", ["2022-09-30", "2022-09-30 25:00", "2022-09-31 10:00", "noon"])
def test_nothing_else_is_read_as_a_moment(text):
    with pytest.raises(rc.UnreadableDateError):
        parse_instant(text)
