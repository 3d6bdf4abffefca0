"""Notices on the command line: import, --notice, --known-on, what moved."""

import json
import sys
from pathlib import Path

from click.testing import CliRunner

from rulecal.cli import app

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from notice_2027 import invented

LEDGER = str(Path(__file__).parents[2] / "docs" / "examples" / "zhongwei-2022.csv")


def run(*args):
    return CliRunner().invoke(app, args)


def test_import_says_day_by_day_what_changes(tmp_path):
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(invented()), encoding="utf-8")
    found = run("calendar", "import", str(path), "--lang", "en")
    assert found.exit_code == 0
    assert "2027-01-31   Sunday      not settled   worked" in found.output
    assert "2027-03-03" not in found.output  # an ordinary Wednesday
    assert run("calendar", "2027", "--notice", str(path), "--lang", "en").output.startswith(
        "2027 national: 242 working days, 8 not"
    )
    due = ("due", "zhongwei-2022/farm-facility-filing", "--from", "2027-01-11", "--outside-force", "--lang", "en")
    assert "not settled yet: 2027-01-29" in run(*due).output
    assert "not settled" not in run(*due, "--notice", str(path)).output


def test_a_faulty_file_is_refused_with_every_fault(tmp_path):
    data = invented()
    data["days"] = [*data["days"][1:], {"name": "x", "date": "2027-03-03", "isOffDay": False}]
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = run("calendar", "import", str(path))
    assert found.exit_code == 2
    assert found.stderr.count("2027.json:") == 2
    assert run("calendar", "import").exit_code == 2
    assert run("calendar", "soon").exit_code == 2


def test_what_the_notices_between_two_days_moved():
    found = run(
        "check", LEDGER, "--as-of", "2022-07-21", "--known-on", "2021-10-24", "--against", "2022-01-04", "--lang", "en"
    )
    said = " ".join(found.output.split())
    assert "items move" in said
    assert "not settled → off (宁夏回族自治区2022年放假通知（文号未见）)" in said
    none = run("check", LEDGER, "--as-of", "2022-07-21", "--known-on", "2022-02-01", "--against", "2022-03-01")
    assert "届满日改变 0 项" in none.output


def test_known_on_a_day():
    due = ("due", "zhongwei-2022/farm-facility-filing", "--from", "2022-06-27", "--lang", "en")
    assert "not settled yet" in run(*due, "--known-on", "2021-11-01").output
    assert "Due: 2022-07-20" in run(*due, "--known-on", "2022-01-01").output
