"""Every local day of data/regions is what the region's calendar says, with its source (S6)."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import rulecal as rc

D, K = date, rc.DayKind
FOLDER = Path(rc.__file__).parent / "data" / "regions"
OVERLAYS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
ROWS = [
    pytest.param(code, notice, row, id=f"{code}-{row['date']}")
    for code, overlay in OVERLAYS.items()
    for notice in overlay["notice"]
    for row in notice["days"]
]
OVERRIDDEN = {
    ("450000", D(2017, 4, 1)),
    ("450000", D(2022, 4, 2)),
    ("450000", D(2023, 4, 23)),
    ("513400", D(2011, 10, 8)),
}
"""Days that the State Council makes worked and a region gives off all the same."""


def test_there_are_the_regions_and_days_that_there_are():
    assert list(OVERLAYS) == [overlay["code"] for overlay in OVERLAYS.values()]
    assert len(OVERLAYS) == 11
    assert len(ROWS) == 237


def test_each_day_stands_once_in_its_region():
    for overlay in OVERLAYS.values():
        days = [row["date"] for notice in overlay["notice"] for row in notice["days"]]
        assert len(days) == len(set(days))


@pytest.mark.parametrize(("code", "notice", "row"), ROWS)
def test_a_local_day_is_what_its_notice_says(code, notice, row, national):
    day, worked = row["date"], row["kind"] == "workday"
    found, nationally = rc.calendar(code).day(day), national.day(day)

    assert (found.settled, found.working) == (True, worked)
    assert rc.calendar(code).is_working_day(day) is worked
    assert row["name"] in found.name
    if worked or nationally.working:  # the local notice makes it so, and is named
        assert found.source.region == OVERLAYS[code]["name"]["zh"]
        assert found.source.year == notice["year"]
        assert found.source.certainty == notice["certainty"]
        assert found.source.url == notice.get("url", "")
        kinds = {"holiday": K.REGIONAL, "in_lieu": K.ADJUSTED, "workday": K.MAKE_UP}
        assert found.kind is kinds[row["kind"]]
    else:  # off anyhow: it stays what it is nationally
        assert found.kind is nationally.kind
        assert found.source == nationally.source or found.source.region == OVERLAYS[code]["name"]["zh"]


@pytest.mark.parametrize(("code", "notice", "row"), ROWS)
def test_the_data_itself_fits_the_week(code, notice, row, national):
    day = row["date"]
    overridden = (code, day) in OVERRIDDEN

    assert row.get("overrides", False) is overridden
    assert (row["kind"] != "workday" and national.day(day).kind is K.MAKE_UP) is overridden
    assert row["kind"] != "workday" or day.weekday() >= 5  # only Saturdays and Sundays are made up
    assert day.year == notice["year"] or (day.year, day.month) == (notice["year"] - 1, 12)


@pytest.mark.parametrize("code", OVERLAYS)
def test_every_other_settled_day_is_national(code, national):
    local = {row["date"] for notice in OVERLAYS[code]["notice"] for row in notice["days"]}
    last = national.coverage.settled_through
    pairs = zip(rc.calendar(code).days(D(2004, 1, 1), last), national.days(D(2004, 1, 1), last), strict=True)
    differ = [ours.date for ours, theirs in pairs if ours.settled and ours.working != theirs.working]

    assert set(differ) <= local


@pytest.mark.parametrize(("code", "day"), sorted(OVERRIDDEN))
def test_a_region_turns_a_make_up_day_back_into_rest(code, day, national):
    found = rc.calendar(code).day(day)

    assert national.day(day).kind is K.MAKE_UP
    assert found.working is False
    assert found.source.region == OVERLAYS[code]["name"]["zh"]


def test_guangxi_at_the_third_of_march_2022(national):
    """2022-04-02 is a national make-up Saturday; Guangxi rests on it, and on the 6th in exchange."""
    guangxi = rc.calendar("450000")

    assert national.states(D(2022, 4, 1), D(2022, 4, 8)) == "11000111"
    assert guangxi.states(D(2022, 4, 1), D(2022, 4, 8)) == "10000011"
    assert (national.shift(D(2022, 3, 31), 3), guangxi.shift(D(2022, 3, 31), 3)) == (D(2022, 4, 6), D(2022, 4, 8))
    assert guangxi.day(D(2022, 4, 2)).name == "壮族三月三"
    assert rc.calendar("450102") == guangxi


def test_places_take_the_most_specific_days():
    assert rc.calendar("222401") == rc.calendar("222400") != rc.calendar("220100")
    assert rc.calendar("640502") == rc.calendar("640000")
    assert rc.calendar("540102") == rc.calendar("540100") != rc.calendar("540000")
    assert rc.calendar("420100") == rc.calendar("420000")


@pytest.mark.parametrize("code", [code for code in OVERLAYS if code not in {"640000", "420000"}])
def test_regions_held_in_part_say_so(code):
    assert rc.calendar(code).caveats
    assert rc.calendar("640000").caveats == rc.calendar("420000").caveats == ()
