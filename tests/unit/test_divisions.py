"""Divisions by code, by name and by ISO 3166-2 (S6). Counts and codes are those of the ministry's register."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.calendars import divisions
from rulecal.calendars.divisions import Division, find

DATA = Path(divisions.__file__).parents[1] / "data"
TABLE = {
    code: (name, kind)
    for code, name, kind in (
        line.split("\t") for line in (DATA / "divisions.tsv").read_text("utf-8").splitlines() if line[0] != "#"
    )
}
USED = {code for code, (_, kind) in TABLE.items() if kind not in {"W", "X"}}


def test_the_table_is_in_order_and_each_code_stands_once():
    lines = [line for line in (DATA / "divisions.tsv").read_text("utf-8").splitlines() if line[0] != "#"]

    assert [line[:6] for line in lines] == sorted(TABLE)
    assert all(re.fullmatch(r"[1-8]\d{5}\t[\u4e00-\u9fff]+\t[PACDWX]", line) for line in lines)


def test_counts_are_those_of_the_country():
    groups = {code for code in USED if TABLE[code][0] in {"市辖区", "县"} or "直辖" in TABLE[code][0]}
    places = USED - groups
    levels = Counter((code[2:] != "0000") + (code[4:] != "00") for code in places)
    autonomous = Counter(TABLE[code][0][-1] for code in places if TABLE[code][1] == "A")

    assert levels[0] == 31
    assert levels[1] == 333
    assert levels[2] == 2847  # with 岑岭县 and 草湖市 of 2026
    assert autonomous == {"区": 5, "州": 30, "县": 117, "旗": 3}
    assert {code for code, (_, kind) in TABLE.items() if kind == "X"} == {"710000", "810000", "820000"}
    assert 400 < sum(kind == "W" for _, kind in TABLE.values()) < 500


@pytest.mark.parametrize(
    ("province", "cities", "counties"), [("64", 5, 22), ("11", 0, 16), ("46", 4, 25), ("54", 7, 74)]
)
def test_counts_of_some_provinces(province, cities, counties):
    places = {c for c in USED if c[:2] == province and TABLE[c][0] != "市辖区" and "直辖" not in TABLE[c][0]}

    assert sum(code[2:] != "0000" and code[4:] == "00" for code in places) == cities
    assert sum(code[4:] != "00" for code in places) == counties


def test_every_division_lies_in_one_that_is_in_the_table():
    assert {code[:2] + "0000" for code in TABLE} <= TABLE.keys()
    direct = {code[:4] for code in USED if code[:4] + "00" not in TABLE}
    assert direct == set()


@pytest.mark.parametrize("path", sorted((DATA / "regions").glob("*.toml")), ids=lambda path: path.stem)
def test_every_region_with_days_of_its_own_is_found_by_code_and_by_name(path):
    name = re.search(r'zh = "(.+?)"', path.read_text("utf-8"))[1]

    assert find(path.stem) == find(name)
    assert find(path.stem).name == name


@pytest.mark.parametrize(
    ("region", "code", "kind", "autonomous"),
    [
        ("640500", "640500", "C", True),
        ("640502", "640502", "D", True),
        ("640502001000", "640502", "D", True),
        ("640501000000", "640501", "D", True),
        ("110100", "110100", "C", False),
        ("宁夏", "640000", "A", True),
        ("宁夏回族自治区", "640000", "A", True),
        ("中卫", "640500", "C", True),
        ("沙坡头区", "640502", "D", True),
        ("沙坡头", "640502", "D", True),
        ("内蒙古", "150000", "A", True),
        ("黑龙江", "230000", "P", False),
        ("北京", "110000", "P", False),
        ("海南", "460000", "P", False),
        ("延边", "222400", "A", True),
        ("凉山州", "513400", "A", True),
        ("克孜勒苏", "653000", "A", True),
        ("积石山县", "622927", "A", True),
        ("敦化", "222403", "C", True),
        ("阿里", "542500", "C", True),
        ("锡林郭勒", "152500", "C", True),
        ("浦东", "310115", "D", False),
        ("赵县", "130133", "D", False),
        ("长沙", "430100", "C", False),
        ("大理", "532900", "A", True),
        ("百色", "451000", "C", True),
        ("CN-NX", "640000", "A", True),
        ("CN-BJ", "110000", "P", False),
        ("330283", "330283", "W", False),
        ("奉化市", "330283", "W", False),
        ("巢湖市", "340181", "C", False),
    ],
)
def test_what_is_found(region, code, kind, autonomous):
    assert find(region) == Division(code, TABLE[code][0], kind, autonomous)


def test_every_code_of_iso_3166_2_is_a_province():
    codes = [word[:2] for word in divisions._ISO.split()]

    found = {find(f"CN-{code}").code for code in codes if code not in {"TW", "HK", "MO"}}
    assert found == {code for code in USED if code.endswith("0000")}


@pytest.mark.parametrize(
    "region", ["CN-TW", "CN-HK", "CN-MO", "台湾", "香港", "澳门特别行政区", "710000", "810101000000"]
)
def test_a_calendar_of_its_own_is_refused_with_the_reason(region):
    with pytest.raises(rc.UnknownRegionError, match="mainland working days do not apply"):
        find(region)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("朝阳区", "110105, 220104"),
        ("鼓楼区", "320106, 320302, 350102, 410204"),
        ("朝阳", "110105, 211300, 211321, 220104"),
        ("江北区", "330205, 500105"),  # of Ningbo, and of Chongqing until 2025
    ],
)
def test_a_name_in_two_places_is_not_guessed(name, candidates):
    with pytest.raises(rc.UnknownRegionError, match="may be") as caught:
        find(name)
    assert caught.value.candidates == candidates


@pytest.mark.parametrize(
    ("region", "nearest"),
    [("640599", "640500"), ("649900", "640000"), ("341499", "340000"), ("990000", ""), ("000000", "")],
)
def test_an_unknown_code_names_what_is_above_it(region, nearest):
    with pytest.raises(rc.UnknownRegionError) as caught:
        find(region)
    assert caught.value.nearest == nearest
    assert caught.value.hint


@pytest.mark.parametrize("region", [640500, True, 6405.0, None, [], b"640500"], ids=repr)
def test_what_is_no_text_is_refused(region):
    with pytest.raises(rc.UnknownRegionError, match="named by text") as caught:
        find(region)
    assert caught.value.hint == ("pass text: '640500'" if region == 640500 else divisions._HINT)


@pytest.mark.parametrize(
    "region", ["", "6405", "640500000", "640500x00000", "６４０５００", "CN-XX", "Ningxia", "市辖区", "县", "x" * 9999]
)
def test_what_is_no_name_is_refused(region):
    with pytest.raises(rc.UnknownRegionError, match="names no division") as caught:
        find(region)
    assert divisions._HINT in caught.value.hint
    assert len(caught.value.message) < 100


def test_a_misspelt_name_hints_at_the_near_ones():
    with pytest.raises(rc.UnknownRegionError) as caught:
        find("襄樊市")
    assert "襄阳市" in caught.value.hint


def test_every_full_name_is_found_or_ambiguous():
    for code in USED:
        name = TABLE[code][0]
        if name in {"市辖区", "县"} or "直辖" in name:
            continue
        try:
            assert find(name).code == code
        except rc.UnknownRegionError as err:
            assert code in err.candidates


@given(st.from_regex(r"[0-9]{6}", fullmatch=True) | st.sampled_from(sorted(TABLE)))
def test_six_digits_are_in_the_table_or_refused(code):
    if code in TABLE and TABLE[code][1] != "X":
        assert (find(code).code, find(code).name, find(code).kind) == (code, *TABLE[code])
        assert find(code + "000000") == find(code + "101001") == find(code)
    else:
        with pytest.raises(rc.UnknownRegionError):
            find(code)


@settings(max_examples=40)  # near names take a while
@given(st.text(max_size=20))
def test_any_text_is_found_or_refused(text):
    try:
        assert find(text).code in TABLE
    except rc.UnknownRegionError as err:
        assert err.hint
