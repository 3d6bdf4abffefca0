"""Due dates that others counted: official guides, courts, agencies. Who counted each stands in the file."""

import csv
from datetime import date
from pathlib import Path

import pytest

import rulecal as rc

ROWS = list(csv.DictReader((Path(__file__).parent / "worked_examples.csv").read_text(encoding="utf-8").splitlines()))
U = rc.Unit
UNITS = {"year": U.YEAR, "month": U.MONTH, "calendar_day": U.CALENDAR_DAY, "working_day": U.WORKING_DAY}
WAYS = {
    "YEAR": {"roll": "no"},
    "MONTH": {"roll": "no"},
    "NEXT_CAL": {"roll": "no"},
    "NEXT_CAL_ROLL": {"roll": "yes"},
    "MONTH_ROLL": {"roll": "yes"},
    "NEXT_WD": {},
    "INCL_WD": {"start": "same_day"},
    "INCL_CAL": {"start": "same_day", "roll": "no"},
}
NOT_HERE = {
    "TAX109": "the tables of the tax administration: tests/statutes/test_tax_collection.py",
    "-": "a foreign calendar, or a rule without a year",
    "ROLL_ONLY": "a rule without a year",
}


def dated(row):
    return row["convention"] in WAYS and len(row["trigger_date"]) == 10


def count(row, **changes):
    way = {**WAYS[row["convention"]], **changes}
    return rc.within(int(row["n"]), UNITS[row["unit"]], **way).deadline(date.fromisoformat(row["trigger_date"])).due


CONFIRMED = [row for row in ROWS if dated(row) and row["verdict"].startswith(("confirmed", "agrees"))]
WRONG = [row for row in ROWS if dated(row) and row["verdict"].startswith("source")]


@pytest.mark.parametrize("row", CONFIRMED, ids=lambda row: row["id"])
def test_a_date_that_others_counted(row):
    expected = date.fromisoformat(row["expected_due"])
    if row["verdict"].startswith("agrees"):  # the source names the day before which it ends
        expected -= rc.civil.DAY

    assert count(row) == expected


@pytest.mark.parametrize("row", [row for row in CONFIRMED if row["other_convention_due"]], ids=lambda row: row["id"])
def test_the_other_convention_gives_its_own_date(row):
    convention, day = row["other_convention_due"].split()
    other = {"INCL_WD": "same_day", "NEXT_WD": "next_day"}[convention]

    assert count(row, start=other) == date.fromisoformat(day)


@pytest.mark.parametrize("row", [row for row in CONFIRMED if row["other_convention_due"]], ids=lambda row: row["id"])
def test_where_practice_differs_both_dates_are_readings(row):
    unclear = rc.at_least(int(row["n"]), UNITS[row["unit"]], start="unclear")
    days = {reading.latest for reading in unclear.deadline(date.fromisoformat(row["trigger_date"])).readings}

    assert days == {date.fromisoformat(row["expected_due"]), date.fromisoformat(row["other_convention_due"].split()[1])}


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row["id"])
def test_a_source_that_is_wrong_is_not_followed(row):
    assert count(row) != date.fromisoformat(row["expected_due"])


def test_a_contract_may_count_its_first_day():
    """WE024: two months agreed to run from the very day end a day before the statutory two months."""
    row = next(row for row in ROWS if row["id"] == "WE024")

    assert count(row, start="same_day") == date(2014, 7, 28)
    assert count(row) == date(2014, 7, 29)


def test_every_row_is_used_or_has_a_reason_not_to_be():
    unused = [row for row in ROWS if row not in CONFIRMED and row not in WRONG and row["id"] != "WE024"]
    unexplained = [row["id"] for row in unused if row["convention"] not in NOT_HERE and len(row["trigger_date"]) == 10]

    assert unexplained == []
    assert (len(CONFIRMED), len(WRONG)) == (20, 2)
