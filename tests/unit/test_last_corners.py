"""Corners of the newer rooms, each with what it must answer."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import rulecal as rc
from rulecal.cli import app
from rulecal.law.limit import Period, Window
from rulecal.law.norm import Norm
from rulecal.tables import rules_table
from rulecal.testing import naive_due, toy_calendar
from rulecal.text import Text

D, U = date, rc.Unit
BARE = """
[instrument]
id = "x"
title = "某规程"
[rules.a]
title = { zh = "甲", en = "a" }
kind = "within"
amount = 5
unit = "working_day"
excludes = ["听证", { reasons = ["检测"], title = "另一规程" }]
extension = { amount = 2, unit = "working_day" }
deemed = [{ kind = "announced", says = { zh = "视为", en = "deemed" } }]
"""


def test_a_rule_that_says_little_explains_itself(tmp_path):
    (tmp_path / "x.toml").write_text(BARE, encoding="utf-8")
    rule = rc.catalogue(tmp_path / "x.toml")["x/a"]
    said = rule.explain("en")
    assert (
        "Not counted: 听证\nNot counted: 检测《另一规程》\nExtension: 2 working days\nDeemed: announced: deemed" in said
    )
    assert "In force" not in said
    assert "In force" not in rc.within(3, U.MONTH, title="x").explain("zh")
    assert rule.deadline(D(2022, 6, 1), trigger_kind="announced").caveats[-1].en == "deemed"


def test_a_rule_of_ones_own_stands_nowhere():
    table = rules_table([rc.within(3, U.WORKING_DAY, title="x")], "en")
    assert next(iter(table.columns[3].cells)).plain == ""


def test_a_clock_that_cannot_be_stopped_is_open():
    assert rc.Case(rc.by(6, 30), D(2026, 6, 1)).status(as_of=D(2026, 6, 2)).state is rc.State.OPEN


def test_a_paused_case_in_words():
    pause = rc.Exclusion(D(2026, 6, 3), D(2026, 6, 4), reason="听证")
    found = rc.Case(rc.within(5, U.WORKING_DAY, excludes=("听证",)), D(2026, 6, 1), [pause]).deadline()
    assert any("06-04" in line and "not counted: 听证" in line for line in found.explain("en").splitlines())
    assert "不计入：听证" in found.explain("zh")


def test_a_lengthened_window_that_leaves_the_calendar():
    norm = Norm("x/y", Text("甲", "a"), rc.Kind.WITHIN, Window(Period(15, U.CALENDAR_DAY), lengthens=3))
    off = [D(2022, 10, day) for day in range(1, 8)]
    short = toy_calendar(D(2022, 9, 1), D(2022, 10, 20), off=[day for day in off if day.weekday() < 5])
    with pytest.raises(rc.CalendarCoverageError):
        rc.Rule(norm).deadline(D(2022, 9, 30), calendar=short)


def test_a_doubt_that_never_bites_is_a_remark_without_a_day(tmp_path):
    text = BARE.replace('"working_day"', '"day"').replace("excludes", 'trigger = ["received"]\nclause = "1"\nexcludes')
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    mine = rc.catalogue(tmp_path / "x.toml")
    assert {each.what for each in rc.lint(mine, as_of=D(2031, 6, 1))} == {"unit", "roll", "deemed"}
    assert all(each.first is None for each in rc.lint(mine, as_of=D(2031, 6, 1)))  # beyond the calendar


def test_the_oracle_lets_a_published_table_speak():
    tax = rc.catalogue()["tax-collection/monthly-filing"]
    assert naive_due(tax, D(2022, 9, 30), rc.calendar()) == D(2022, 10, 25)


def test_many_late_items_are_told_in_chinese(tmp_path):
    rows = {"id": ["1"], "rule": ["zhongwei-2022/farm-facility-filing"], "trigger": ["2022-06-27"], "completed": [""]}
    pq.write_table(pa.table(rows), tmp_path / "items.parquet")
    found = CliRunner().invoke(app, ["check", str(tmp_path / "items.parquet"), "--as-of", "2022-07-21"])
    assert (found.exit_code, "逾期 1 项" in found.output, "超期日数" in found.output) == (1, True, True)


@pytest.mark.parametrize(
    "make",
    [
        lambda: rc.times_a_year(1_000_001),
        lambda: rc.times_a_year(1, at_most=10**30),
        lambda: Window(Period(15, U.CALENDAR_DAY), lengthens=-1),
        lambda: Window(Period(15, U.CALENDAR_DAY), lengthens=367),
    ],
)
def test_what_no_file_could_hold_is_no_limit(make):
    with pytest.raises(rc.InvalidPeriodError):
        make()


@pytest.mark.parametrize("rule", [rc.times_a_year(1_000_000), rc.by(6, 29, year=1949), rc.by(6, 29, year=2200)])
def test_the_last_that_a_file_holds_is_stored_and_read(rule):
    deadline = rule.deadline(D(rule.limit.year if hasattr(rule.limit, "year") else 2022, 1, 1))
    assert rc.Deadline.from_dict(deadline.to_dict()) == deadline
