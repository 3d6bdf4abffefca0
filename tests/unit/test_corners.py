"""Corners that no everyday question reaches, each with what it must answer."""

from dataclasses import replace
from datetime import date

import pytest

import rulecal as rc
from rulecal.calendars.day import Fact
from rulecal.calendars.projection import Practice, sketch
from rulecal.calendars.statutory import law_of
from rulecal.law.source import Force, Instrument
from rulecal.testing import toy_calendar

D = date


def test_a_region_that_cannot_even_be_looked_up_is_an_error():
    for region in (["640500"], {"code": 64}):
        with pytest.raises(rc.UnknownRegionError):
            rc.calendar(region)


def test_parse_day_reads_text_only():
    with pytest.raises(rc.NotADateError):
        rc.parse_day(None)


def test_errors_that_say_the_same_are_equal():
    one, same = (rc.LedgerError("x", hint="y") for _ in range(2))
    assert one == same
    assert hash(one) == hash(same)
    assert one != rc.CatalogueError("x", hint="y")
    assert rc.Ledger.read("docs/examples/faulty.csv") == rc.Ledger.read("docs/examples/faulty.csv")


def test_days_outside_a_calendar_are_left_out():
    held = rc.WorkingCalendar.from_facts(D(2022, 7, 4), D(2022, 7, 8), {D(2023, 1, 1): Fact(rc.DayKind.HOLIDAY)})
    assert held.states(D(2022, 7, 4), D(2022, 7, 8)) == "11111"


def test_a_span_of_nothing_or_from_outside():
    assert rc.calendar().span(D(2022, 10, 1), 0) == rc.Span(*[D(2022, 10, 1)] * 3)
    with pytest.raises(rc.CalendarCoverageError):
        rc.calendar().span(D(1999, 1, 1), 3)
    with pytest.raises(rc.CalendarCoverageError):
        rc.calendar().span(D(2030, 12, 25), 30)


def test_a_calendar_without_open_days_has_one_scenario():
    toy = toy_calendar(D(2022, 7, 4), D(2022, 7, 17))
    assert [each.states(D(2022, 7, 4), D(2022, 7, 17)) for each in toy.scenarios(2022)] == ["11111001111100"]
    assert toy.scenario(D(2022, 7, 4), D(2022, 7, 8), most=True) == toy


def test_a_practice_that_leaves_no_place_for_a_make_up_day_has_no_group():
    found = sketch(2027, law_of(2027), Practice(reach={"春节": (0, 0)}))
    assert [group.first.month for group in found.groups] == [4, 9]


def test_a_quota_asks_for_the_version_of_its_year():
    def version(first, last, times):
        instrument = Instrument("x", "某规定", force=Force(first, last))
        return replace(rc.times_a_year(times).norm, id="x/y", instrument=instrument)

    old, new = version(None, D(2020, 12, 31), 1), version(D(2021, 1, 1), None, 2)
    rule = rc.Rule(new, (old, new))
    assert rule.shortfall(2020, as_of=D(2020, 5, 5)).required == 1
    assert rule.shortfall(2021, as_of=D(2021, 5, 5)).required == 2
    with pytest.raises(rc.RuleNotInForceError):
        rc.Rule(version(D(2022, 1, 1), None, 2)).shortfall(2020, as_of=D(2020, 5, 5))


def test_a_rule_that_no_calendar_reaches_is_a_fault_of_its_row(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("id,rule,trigger,completed\n1,far,2026-01-05,\n2,near,2026-01-05,\n")
    rules = {"far": rc.within(9000, rc.Unit.WORKING_DAY), "near": rc.within(9, rc.Unit.WORKING_DAY)}
    report = rc.Ledger.read(path).check(as_of=D(2026, 2, 2), rules=rules)
    assert [result.item.id for result in report.results] == ["2"]
    assert [(fault.row, fault.column) for fault in report.faults] == [(2, "trigger")]


def test_empty_cells_at_the_end_of_a_row_are_no_fault(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("id,rule,trigger,completed\n1,zhongwei-2022/farm-facility-filing,2022-06-27,,,,\n")
    report = rc.Ledger.read(path).check(as_of=D(2022, 7, 21))
    assert (len(report.overdue), report.faults) == (1, ())


def test_an_item_over_open_days_says_what_it_awaits(tmp_path):
    from click.testing import CliRunner

    from rulecal.cli import app

    (tmp_path / "r.toml").write_text(
        '[instrument]\nid = "x"\ntitle = "某"\nregion = "640500"\n[rules.a]\ntitle = { zh = "甲", en = "a" }\n'
        'kind = "within"\namount = 10\nunit = "working_day"\n'
        '[rules.b]\ntitle = { zh = "乙", en = "b" }\nkind = "at_least"\namount = 10\nunit = "working_day"\n',
        encoding="utf-8",
    )
    (tmp_path / "l.csv").write_text(
        "id,rule,trigger,completed\n1,x/a,2027-02-01,\n2,x/b,2027-02-01,2027-02-20\n3,x/b,2027-02-01,2027-02-03\n,,,\n"
    )
    args = ["check", str(tmp_path / "l.csv"), "--as-of", "2027-02-20", "--rules", str(tmp_path / "r.toml")]
    said = " ".join(CliRunner().invoke(app, [*args, "--lang", "en"]).output.split())
    assert "undetermined awaits 国务院办公厅2027年放假通知" in said
