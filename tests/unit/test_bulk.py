"""A ledger in Parquet: the same answers as the CSV ledger, its faults, its report."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import rulecal as rc
from rulecal.cli import app
from rulecal.ledger.bulk import check_parquet

ROOT = Path(__file__).parents[2]
AS_OF = date(2022, 7, 21)
RULE = "zhongwei-2022/farm-facility-filing"
GOOD = {
    "id": ["1", "2", "3"],
    "rule": [RULE] * 3,
    "trigger": [date(2022, 6, 27), date(2022, 7, 1), date(2022, 6, 1)],
    "completed": [None, date(2022, 7, 20), date(2022, 7, 1)],
}


def ledger(folder, columns, name="items.parquet"):
    path = folder / name
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), path)
    return path


def run(*args):
    return CliRunner().invoke(app, ["check", *map(str, args), "--as-of", "2022-07-21", "--lang", "en"])


def test_the_example_ledger_has_the_same_answers(tmp_path):
    source = ROOT / "docs" / "examples" / "zhongwei-2022.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    report = rc.Ledger.read(source).check(as_of=AS_OF)
    table = pa.table({key: [row[key] for row in rows] for key in rows[0]})
    found = check_parquet(ledger(tmp_path, table), as_of=AS_OF)
    assert found.faults == 0
    assert len(found) == len(report.results) == 60
    assert dict(found.states) == report.counts()
    for row, result in zip(found.table.to_pylist(), report.results, strict=True):
        status = result.status
        assert (row["due"], row["state"], row["lead"]) == (result.due, status.state.value, result.lead)
        assert (row["days_over"], row["working_days_over"]) == (status.days_over, status.working_days_over)


def test_exit_codes_and_what_is_shown(tmp_path):
    found = run(ledger(tmp_path, GOOD))
    assert found.exit_code == 1
    assert "As of 2022-07-21: 3 items, 1 overdue" in found.stdout
    assert found.stderr == ""
    fine = run(ledger(tmp_path, {key: cells[1:] for key, cells in GOOD.items()}))
    assert fine.exit_code == 0
    assert "Summary" in fine.stdout


def test_many_overdue_items_are_cut(tmp_path):
    many = {"id": [str(n) for n in range(30)], "rule": [RULE] * 30, "trigger": [date(2022, 6, 27)] * 30}
    found = run(ledger(tmp_path, many | {"completed": pa.nulls(30)}))
    assert "and 10 more: --out writes all" in found.stdout


def test_the_overdue_come_before_the_missed_as_in_a_csv(tmp_path):
    quota = "zhongwei-2022/leaders-lectures"
    days = [date(2022, 12, 31), date(2022, 12, 29), date(2022, 12, 28)]
    rows = {"id": ["1", "2", "3"], "rule": [quota, RULE, RULE], "trigger": days, "completed": pa.nulls(3)}
    report = check_parquet(ledger(tmp_path, rows), as_of=date(2023, 3, 1))
    late = [(row["id"], row["state"]) for row in report.latest(9)]
    assert late == [("3", "overdue"), ("2", "overdue"), ("1", "missed")]
    assert [row["days_over"] for row in report.latest(9)][2] == 60  # 1 January to 1 March


def test_faults_are_named_and_counted(tmp_path):
    columns = {
        "编号": ["1", "2", "2", None, "5", "6", "7"],
        "规则": [RULE, "no/such", RULE, RULE, RULE, RULE, RULE],
        "起算日": ["2022年6月27日", "2022-06-27", "soon", " 20220627 ", "2022-06-27", None, "2023-01-05"],
        "办结日": ["", None, None, None, "2022-06-01", None, None],
        "牵头单位": ["甲、乙", None, "", "甲", "甲", "甲", "甲"],
    }
    found = run(ledger(tmp_path, columns), "--out", tmp_path / "all.parquet")
    assert found.exit_code == 2
    assert "7 fault(s):" in found.stderr  # two of them in one row
    faults = pq.read_table(tmp_path / "all.parquet")["fault"].to_pylist()
    assert faults == [
        None,
        "unknown-rule",
        "unreadable-date",
        "no-id",
        "invalid-case",
        "not-a-date",
        "rule-not-in-force",
    ]
    assert "row 2, column rule: 'no/such'" in found.stderr
    assert "row 3, column id: '2'; needed: an id used once; row 2 has it too" in found.stderr
    assert "row 5, column completed: '2022-06-01'" in found.stderr
    assert "甲" in found.stdout
    many = {key: cells * 30 for key, cells in GOOD.items()}
    again = run(ledger(tmp_path, many))
    assert "87 fault(s):" in again.stderr  # the first row of an id is kept
    assert again.stderr.rstrip().endswith("…")


def test_reports_hold_every_item(tmp_path):
    rows = GOOD | {"remarks": ["=1+1", "fine", None], "due": ["", None, " "], "state": ["old"] * 3}
    path = ledger(tmp_path, rows)
    for ending in ("csv", "json", "parquet"):
        assert f"r.{ending}" in run(path, "--out", tmp_path / f"r.{ending}").stdout
    text = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert "due (ledger)" in text
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["items"][0]["due"] == "2022-07-20"
    assert pq.read_table(tmp_path / "r.parquet")["state (ledger)"].to_pylist() == ["old"] * 3
    assert run(path, "--out", tmp_path / "r.xls").exit_code == 2
    assert run(path, "--out", tmp_path / "no" / "r.csv").exit_code == 2


def by_id(path, **asked):
    report = check_parquet(path, **{"as_of": AS_OF} | asked)
    return {row["id"]: row for row in report.table.to_pylist()}, report


def test_items_to_which_something_happened(tmp_path):
    """Judged as in a CSV, in their places; in a case that contradicts the law the item has a fault, and no state."""
    happened = {"excluded": ["2022-07-04/2022-07-08 听证", None, ""], "promised": [None, "5个工作日内", None]}
    rows, report = by_id(ledger(tmp_path, GOOD | happened))
    assert [row["fault"] for row in rows.values()] == ["invalid-case", None, None]
    assert (rows["1"]["due"], rows["1"]["state"], rows["2"]["state"]) == (None, None, "past_promise")
    assert rows["2"]["due"] == date(2022, 7, 26)
    assert report.overdue == 0
    (fault,) = report.first_faults(9)
    assert (fault.row, fault.column) == (1, "excluded")


def test_a_date_set_locally_and_several_days_of_a_quota(tmp_path):
    task, quota = "zhongwei-2022/legislation-plan-2022", "zhongwei-2022/leaders-lectures"
    columns = {
        "id": ["1", "2", "3", "4"],
        "rule": [task, quota, quota, RULE],
        "trigger": [None, None, None, date(2022, 6, 27)],
        "completed": ["", "2022-04-08；2022-06-24", "2022-04-08、soon", "2022-07-01;2022-07-02"],
        "due": [date(2022, 6, 30), None, None, None],
    }
    rows, report = by_id(ledger(tmp_path, columns))
    assert (rows["1"]["due"], rows["1"]["due (ledger)"], rows["1"]["state"]) == (
        date(2022, 6, 30),
        date(2022, 6, 30),
        "overdue",
    )
    assert rows["2"]["state"] == "met"
    assert [rows[key]["fault"] for key in "34"] == ["unreadable-date"] * 2
    assert [(fault.row, fault.column, fault.value) for fault in report.first_faults(9)] == [
        (3, "completed", "soon"),
        (4, "completed", "2022-07-01;2022-07-02"),
    ]


@pytest.mark.parametrize(
    ("rule", "trigger", "completed"),
    [
        ("zhongwei-2022/soft-29-drills", "2022-06-27", "2022-06-26"),
        ("zhongwei-2022/review-before-deliberation", "2022-06-27", "2022-06-26"),
        ("zhongwei-2022/court-appearance-rate", "2022-06-27", "2022-06-26"),
        ("zhongwei-2022/one-time-notice", "2022-06-27", "2022-06-26"),
        ("zhongwei-2022/legislation-plan-2022", "2022-06-27", "2022-06-26"),
        ("information-disclosure/annual-report-government", "2022-06-27", "2020-06-26"),
    ],
)
def test_done_before_it_began_is_a_fault_of_its_completion(tmp_path, rule, trigger, completed):
    columns = {"id": ["1"], "rule": [rule], "trigger": [trigger], "completed": [completed]}
    rows, report = by_id(ledger(tmp_path, columns))
    assert (rows["1"]["fault"], rows["1"]["state"], report.first_faults(1)[0].column) == (
        "invalid-case",
        None,
        "completed",
    )


def test_days_that_columns_do_not_hold_are_asked_one_by_one(tmp_path):
    """The date of this rule lies before its own instrument, so for 2022 there is none; 2041 is out of its force."""
    rule = "zhongwei-2022/annual-report-government"
    days = [date(2022, 2, 1), date(2041, 2, 1)]
    columns = {"id": ["1", "2"], "rule": [rule] * 2, "trigger": days, "completed": pa.nulls(2)}
    rows, report = by_id(ledger(tmp_path, columns))
    assert [row["state"] for row in rows.values()] == ["review", None]
    assert [(fault.row, fault.column) for fault in report.first_faults(9)] == [(2, "trigger")]


def test_limits_in_hours_run_from_moments(tmp_path):
    """By Beijing's clock, whatever the zone of the column; what has no clock, or is asked on a day, is a fault."""
    rule = "administrative-coercion/urgent-report"
    moments = [datetime(2022, 7, 19, 8, tzinfo=UTC), datetime(2022, 7, 21, 1, 30, tzinfo=UTC)]
    columns = {"id": ["1", "2"], "rule": [rule] * 2, "trigger": pa.array(moments, pa.timestamp("ns", "UTC"))}
    path = ledger(tmp_path, columns | {"completed": pa.nulls(2)})
    rows, _ = by_id(path, as_of=datetime(2022, 7, 21, 17))
    assert [(row["state"], row["due"]) for row in rows.values()] == [
        ("overdue", date(2022, 7, 20)),
        ("due_soon", date(2022, 7, 22)),
    ]
    rows, report = by_id(path)
    assert [row["fault"] for row in rows.values()] == ["invalid-period"] * 2
    assert report.first_faults(1)[0].column == "(as of)"


def test_blanks_and_rows_that_hold_nothing(tmp_path):
    columns = {
        "id": [" 1 ", None, "1", ""],
        "rule": [f" {RULE}\t", None, RULE, " "],
        "trigger": [date(2022, 6, 27), None, date(2022, 6, 27), None],
        "completed": pa.nulls(4),
        "lead": [" 甲 ", None, "甲", None],
        "n": pa.array([1, None, 2, 3]),
    }
    report = check_parquet(ledger(tmp_path, columns), as_of=AS_OF)
    assert report.table["fault"].to_pylist() == [None, None, "id-twice", "unknown-rule"]
    assert [(fault.row, fault.column) for fault in report.first_faults(9)] == [(3, "id"), (4, "id"), (4, "rule")]
    assert (report.overdue, dict(report.counts)) == (1, {"甲": {"overdue": 1}})


HEAD = "id,event,from,to,amount,reason,basis\n"


def test_the_region_of_each_row(tmp_path):
    """2022-06-27 and 15 working days: 07-20 in Ningxia (古尔邦节), 07-18 where days are national."""
    regions = ["中卫", "110000", None, "某镇"]
    columns = {"id": ["1", "2", "3", "4"], "rule": [RULE] * 4, "trigger": [date(2022, 6, 27)] * 4, "地区": regions}
    path = ledger(tmp_path, columns | {"completed": pa.nulls(4)})
    there, here = date(2022, 7, 20), date(2022, 7, 18)
    rows, report = by_id(path)
    assert [row["due"] for row in rows.values()] == [there, here, there, None]
    assert [row["fault"] for row in rows.values()] == [None, None, None, "unknown-region"]
    assert [row["region"] for row in rows.values()] == ["中卫", "110000", "640500", "某镇"]
    assert [(fault.row, fault.column, fault.value) for fault in report.first_faults(9)] == [(4, "region", "某镇")]
    rows, _ = by_id(path, region="110000")
    assert [row["due"] for row in rows.values()] == [there, here, here, None]
    assert rows["3"]["region"] == "110000"
    found = run(path, "--region", "110000")
    assert (found.exit_code, "region" in found.stdout) == (2, True)
    assert "names no division" in run(path, "--region", "x").stderr
    plain, _ = by_id(ledger(tmp_path, GOOD), region="110000")
    assert plain["1"]["due"] == here


def test_numbers_of_items_that_are_none(tmp_path):
    report = check_parquet(ledger(tmp_path, GOOD), as_of=AS_OF)
    for rows in (-1, "5", True):
        with pytest.raises(rc.InvalidArgumentError, match="a number of items is needed"):
            report.latest(rows)
    assert report.first_faults(10**30) == []


def test_a_file_of_events(tmp_path):
    """Its faults are those of the file; an item of which a row cannot be read is not judged without it."""
    path, events = ledger(tmp_path, GOOD), tmp_path / "events.csv"
    events.write_text(
        HEAD + "1,suspension,2022-07-04,2022-07-08,,中止,某办法\n1,延长,2022-07-08,,10,,某办法\n", encoding="utf-8"
    )
    rows, report = by_id(path, events=events)
    plain, _ = by_id(path)
    assert (plain["1"]["state"], rows["1"]["state"], report.overdue) == ("overdue", "open", 0)
    assert {key: rows[key] for key in "23"} == {key: plain[key] for key in "23"}
    events.write_text(HEAD + "1,延长,soon,,10,,\n9,办结,2022-07-01,,,,\n", encoding="utf-8")
    rows, report = by_id(path, events=events)
    assert (rows["1"]["fault"], rows["1"]["state"], report.faults) == ("unreadable-event", None, 2)
    assert [(each.file, each.row, each.column) for each in report.first_faults(9)] == [
        ("events.csv", 2, "from"),
        ("events.csv", 3, "id"),
    ]
    found = run(path, "--events", events)
    assert found.exit_code == 2
    assert "2 fault(s):" in found.stderr


def test_the_encoding_is_that_of_the_events(tmp_path):
    path, events = ledger(tmp_path, GOOD), tmp_path / "events.csv"
    events.write_text(HEAD + "1,办结,2022-07-20,,,,\n", encoding="gb18030")
    assert run(path, "--events", events, "--encoding", "gb18030").exit_code == 0
    assert "gb18030" in run(path, "--events", events).stderr
    assert "no encoding is called" in run(path, "--events", events, "--encoding", "none").stderr
    assert "no ledger at" in run(path, "--events", tmp_path / "none.csv").stderr
    refused = run(path, "--encoding", "gb18030")
    assert (refused.exit_code, "--encoding is for a CSV ledger" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": ["1"]}, "no column rule"),
        (GOOD | {"编号": ["1"] * 3}, "several columns id"),
        (
            GOOD | {"trigger": [1, 2, 3]},
            "items.parquet, column trigger: of type int64\nHint: needed: days as date, timestamp or text",
        ),
    ],
)
def test_files_that_will_not_do(tmp_path, columns, said):
    found = run(ledger(tmp_path, columns))
    assert found.exit_code == 2
    assert said in found.stderr


def test_no_file_and_no_parquet(tmp_path):
    assert "no ledger at" in run(tmp_path / "none.parquet").stderr
    (tmp_path / "text.parquet").write_text("id,rule")
    assert "no ledger at" in run(tmp_path / "text.parquet").stderr
    assert "are for a CSV ledger" in run(ledger(tmp_path, GOOD), "--known-on", "2022-01-01").stderr


def test_an_empty_file_and_other_types(tmp_path):
    kinds = {"id": pa.int64(), "rule": pa.string(), "trigger": pa.timestamp("us"), "completed": pa.null()}
    empty = pa.table({key: pa.array([], kind) for key, kind in kinds.items()})
    assert run(ledger(tmp_path, empty)).exit_code == 0
    coded = {
        "rule": pa.array(GOOD["rule"]).dictionary_encode(),
        "trigger": pa.array(["2022-06-27"] * 3).dictionary_encode(),
    }
    assert (
        check_parquet(
            ledger(tmp_path, GOOD | coded | {"completed": pa.nulls(3)}), as_of=datetime(2022, 7, 21, 9)
        ).overdue
        == 3
    )


def test_progress_is_told_batch_by_batch(tmp_path, monkeypatch):
    monkeypatch.setattr("rulecal.ledger.bulk.BATCH", 2)
    told = []
    report = check_parquet(ledger(tmp_path, GOOD), as_of=AS_OF, progress=lambda *each: told.append(each))
    assert told == [(2, 3), (3, 3)]
    assert [row["id"] for row in report.latest(5)] == ["1"]
