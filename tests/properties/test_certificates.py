"""Certificates (S31): accepted by a checker that knows no calendar, refused with any one day flipped."""

import copy
import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.cli import app
from rulecal.testing import days, rules
from rulecal.verify import verify

SOURCE = Path(rc.__file__).parent / "verify.py"


def flips(paper):
    """The certificate with each of its days flipped in turn."""
    for part in ("days", "roll"):
        for i in range(len(paper[part])):
            other = copy.deepcopy(paper)
            other[part][i]["counted"] = not other[part][i]["counted"]
            yield other


@settings(max_examples=300)
@given(rules(), days(), st.sampled_from([None, "640500"]), st.data())
def test_accepted_as_it_is_refused_when_altered(rule, trigger, region, data):
    try:
        deadline = rule.deadline(trigger, region=region)
    except rc.CalendarCoverageError:
        assume(False)
    assume(deadline.settled)
    paper = json.loads(json.dumps(deadline.certificate()))
    assert verify(paper) == []
    assert all(verify(other) for other in flips(paper))
    for shift in (1, -1):
        assert verify({**paper, "due": str(deadline.due + timedelta(days=shift))})
    if paper["days"]:
        k = data.draw(st.integers(0, len(paper["days"]) - 1))
        assert verify({**paper, "days": paper["days"][:k] + paper["days"][k + 1 :]})
        assert verify({**paper, "amount": paper["amount"] + 1})
    if paper["unit"] == "working_day" and any(not day["counted"] for day in paper["days"]):
        assert verify({**paper, "unit": "calendar_day"})


@given(
    st.integers(1, 100),
    st.datetimes(datetime(2005, 1, 1), datetime(2025, 1, 1)),
    st.sampled_from(["at_once", "next_hour"]),
)
def test_hours(n, moment, clock):
    paper = rc.within(n, rc.Unit.HOUR, clock=clock).deadline(moment).certificate()
    assert verify(paper) == []
    assert verify({**paper, "due": (datetime.fromisoformat(paper["due"]) + timedelta(hours=1)).isoformat()})


@pytest.mark.parametrize("garbage", [{}, {"certificate": 1}, [], None, {"certificate": 2, "days": 3}, "x"])
def test_what_is_no_certificate_is_refused_without_an_exception(garbage):
    assert verify(garbage)


def test_another_version_is_refused():
    paper = rc.within(3, rc.Unit.WORKING_DAY).deadline(date(2022, 9, 30)).certificate()
    assert "another version" in verify({**paper, "certificate": 2})[0]


def test_a_weekend_counted_or_a_weekday_passed_over_must_name_its_notice():
    paper = rc.within(3, rc.Unit.WORKING_DAY).deadline(date(2022, 9, 30)).certificate()
    for day in paper["days"]:
        day["source"] = ""
    assert len(verify(paper)) == 5 + 2  # five weekdays of the holiday, two worked weekend days


def test_the_checker_stands_alone():
    assert len(SOURCE.read_text(encoding="utf-8").splitlines()) < 60
    code = f"import sys; exec(open({str(SOURCE)!r}, encoding='utf-8').read()); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not any(name.startswith(("rulecal", "chinese_calendar")) for name in loaded)


def test_there_is_none_before_the_notice():
    with pytest.raises(rc.UnsettledDayError, match="not settled"):
        rc.within(20, rc.Unit.WORKING_DAY).deadline(date(2027, 1, 11)).certificate()


def test_on_the_command_line(tmp_path):
    run = CliRunner().invoke
    path = tmp_path / "c.json"
    args = ["due", "zhongwei-2022/farm-facility-filing", "--from", "2022-06-27", "--certificate"]
    path.write_text(run(app, args).output, encoding="utf-8")
    assert "2022-06-27 → 2022-07-20 ✓" in run(app, ["verify", str(path)]).output
    path.write_text(path.read_text(encoding="utf-8").replace("true", "false", 1), encoding="utf-8")
    assert run(app, ["verify", str(path)]).exit_code == 2
    path.write_text("{", encoding="utf-8")
    assert run(app, ["verify", str(path)]).exit_code == 2


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda paper: paper.update(amount=5), "5 months are not what the moves count"),
        (lambda paper: paper.update(trigger="2022-08-30"), "months begins on"),
        (lambda paper: paper["moves"][1].update(last="2023-03-01"), "months does not lead"),
        (lambda paper: paper["moves"][1].update(amount=7), "months are not what the moves count"),
        (lambda paper: paper.update(unit="hour"), "hours are not what the moves count"),
    ],
)
def test_months_are_held_against_their_moves(alter, said):
    paper = rc.within(6, rc.Unit.MONTH).deadline(date(2022, 8, 31)).certificate()
    assert verify(paper) == []
    alter(paper)
    assert any(said in fault for fault in verify(paper))


def test_years_are_certified_as_months_and_fixed_dates_as_named():
    years = rc.within(2, rc.Unit.YEAR).deadline(date(2024, 2, 29)).certificate()
    assert (years["unit"], years["amount"], verify(years)) == ("month", 24, [])
    named = rc.before(3, 1).occurrences(2026)[0].certificate()
    assert verify(named) == []
    assert verify({**named, "trigger": "2025-12-31"})
