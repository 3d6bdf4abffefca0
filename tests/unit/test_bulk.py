"""A ledger in Parquet: the same answers as the CSV ledger, its faults, its report."""

import csv
import json
from datetime import date, datetime
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
    """But for what one cell of a column cannot hold: a date set locally, several days of one quota."""
    source = ROOT / "docs" / "examples" / "zhongwei-2022.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    report = rc.Ledger.read(source).check(as_of=AS_OF)
    plain = {r.item.id: r for r in report.results if not r.item.due and r.shortfall is None}
    kept = [row for row in rows if (row.get("id") or row.get("编号")) in plain]
    table = pa.table({key: [row[key] for row in kept] for key in kept[0]})
    found = check_parquet(ledger(tmp_path, table), as_of=AS_OF)
    assert found.faults == 0
    assert len(found) == len(plain) > 40
    for row in found.table.to_pylist():
        result = plain[row["id"]]
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
    assert "6 fault(s):" in found.stderr
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
    assert "item 2, column rule: 'no/such'" in found.stderr
    assert "item 5, column completed: '2022-06-01'" in found.stderr
    assert "甲" in found.stdout
    many = {key: cells * 30 for key, cells in GOOD.items()}
    again = run(ledger(tmp_path, many))
    assert "90 fault(s):" in again.stderr
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


def test_what_only_a_csv_can_judge_is_a_fault(tmp_path):
    """An item to which something happened is never judged as if nothing had."""
    rows = GOOD | {"excluded": ["2022-07-04/2022-07-08 听证", None, ""], "promised": [None, "5个工作日内", None]}
    path = ledger(tmp_path, rows)
    found = run(path, "--out", tmp_path / "r.json")
    items = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["items"]
    assert [item["fault"] for item in items][:2] == ["needs-csv", "needs-csv"]
    assert items[0]["due"] is items[0]["state"] is None
    assert found.exit_code == 2
    assert run(path, "--events", tmp_path / "nosuch.csv").exit_code == 2


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": ["1"]}, "no column rule"),
        (GOOD | {"编号": ["1"] * 3}, "several columns id"),
        (GOOD | {"trigger": [1, 2, 3]}, "a column of days is needed"),
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
