"""The JSON Schema for editors: what the reader accepts it accepts, and it cannot fall behind the reader."""

import copy
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import rulecal as rc
from rulecal.cli import app
from rulecal.errors import FaultGroup
from rulecal.law import reader as asked
from rulecal.law.catalogue import instruments, read_document
from rulecal.law.clauses import clause_ids
from rulecal.law.limit import Kind
from rulecal.law.reader import Reader
from rulecal.law.schema import schema
from rulecal.law.table import OWN, read_instrument, read_norm
from rulecal.law.write import write_instrument, write_norm
from rulecal.testing import rules
from rulecal.text import Text

SCHEMA = schema()
VALIDATOR = Draft7Validator(SCHEMA)
DATA = Path(rc.__file__).parent / "data"
FILES = [file for texts in instruments().values() for file in texts]


def plain(value):
    """TOML as JSON: days as ISO text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def reader_accepts(document):
    faults = []
    list(read_document(document, "x.toml", faults))
    return not faults


def test_it_is_a_schema_and_the_one_that_is_shipped():
    Draft7Validator.check_schema(SCHEMA)
    assert json.loads((DATA / "schema" / "rules.schema.json").read_text(encoding="utf-8")) == SCHEMA
    assert json.loads(CliRunner().invoke(app, ["schema"]).output) == SCHEMA


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_of_the_package_is_valid(file):
    assert list(VALIDATOR.iter_errors(plain(tomllib.loads(file.read_text(encoding="utf-8"))))) == []


def test_the_county_s_file_is_valid():
    text = Path("docs/how-to/county-rules.toml").read_text(encoding="utf-8")
    assert list(VALIDATOR.iter_errors(plain(tomllib.loads(text)))) == []


@given(rules())
def test_what_the_reader_accepts_the_schema_accepts(rule):
    table = {**write_norm(rule.norm), "title": {"zh": "甲", "en": "a"}}
    document = {"instrument": {"id": "x", "title": "某"}, "rules": {"a": table}}
    assert reader_accepts(document)
    assert VALIDATOR.is_valid(document)


DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))
WORDS = st.text(max_size=3)
BOTH = st.fixed_dictionaries({"zh": WORDS, "en": WORDS})
WRITTEN_DAYS = (
    DAYS | DAYS.map(str) | DAYS.map(lambda day: f" {day:%Y%m%d}") | DAYS.map(lambda day: f"{day:%Y年%m月%d日}")
)
JUNK = st.sampled_from(
    [None, True, -1, 1.5, "", "人", [], [1], ["x"], [[]], {}, {"zh": "甲"}, {"zh": 1, "en": "a"}]
).map(copy.deepcopy)
BY_NEED = {
    asked.TEXT: WORDS,
    asked.WHOLE: st.integers(1, 12) | st.integers(1, 12) | st.integers(),
    asked.WHOLES: st.lists(st.integers(), max_size=2),
    asked.FLAG: st.booleans(),
    asked.DATE: WRITTEN_DAYS,
    asked.PAIRS: st.lists(st.lists(WRITTEN_DAYS, min_size=2, max_size=2), max_size=2),
    asked.WORDS: st.lists(WORDS, max_size=2),
    asked.BOTH: BOTH,
    asked.BOTHS: st.lists(BOTH, max_size=2),
    asked.TABLE: st.builds(dict),
    asked.TABLES: st.lists(st.builds(dict), max_size=2),
    Text("6 位或 12 位行政区划代码", "a division code of 6 or 12 digits"): st.sampled_from(["640500", "640500101000"]),
    asked.MIXED: st.lists(st.builds(dict) | st.sampled_from(clause_ids()), max_size=2),
}
ODD = 60


class Drawn(Reader):
    """A reader of a table that is made up while it is read: what is asked for is drawn, mostly as it is needed."""

    def __init__(self, draw, table, place, faults):
        super().__init__(table, place, "drawn", faults)
        self.draw = draw

    def _take(self, key, types, expected, default):
        if key not in self.table and (default is asked.MISSING or self.draw(st.integers(0, 3)) == 1):
            said = expected.en.removeprefix("one of ").removeprefix("some of ").split(", ")
            fitting = BY_NEED.get(expected, st.sampled_from(said))
            if expected.en.startswith("some of"):
                fitting = st.lists(fitting, max_size=2)
            self.table[key] = self.draw(JUNK if self.draw(st.integers(0, 100)) == ODD else fitting)
        return super()._take(key, types, expected, default)

    def _inner(self, table, key):
        return Drawn(self.draw, table, f"{self.place}.{key}", self.faults)


@settings(max_examples=150)
@given(st.data())
def test_what_the_reader_accepts_the_schema_accepts_key_by_key(data):
    """Every key of the format, drawn as the reader asks for it; a refused table may still please the schema."""
    faults, instrument, rule = [], {}, {}
    held = read_instrument(Drawn(data.draw, instrument, "instrument", faults))
    read_norm(Drawn(data.draw, rule, "rules.a", faults), "x/a", held)
    document = {"instrument": plain(instrument), "rules": {"a": plain(rule)}}
    if not faults:
        assert list(VALIDATOR.iter_errors(document)) == []
        assert reader_accepts({"instrument": instrument, "rules": {"a": rule}})


def tables(said, path=()):
    """Every table of the schema with its place."""
    if said.get("properties") and set(said["properties"]) != {"zh", "en"}:
        yield path, said["properties"]
    for key, each in said.get("properties", {}).items():
        inner = each.get("items", each)
        for part in (inner, *inner.get("anyOf", ())):
            yield from tables(part, (*path, key))


RULES = SCHEMA["properties"]["rules"]["additionalProperties"]


def test_every_key_and_value_has_its_meaning_and_no_meaning_is_idle():
    meanings = tomllib.loads((DATA / "schema" / "meanings.toml").read_text(encoding="utf-8"))
    used = set()
    for top, said in (("instrument", SCHEMA["properties"]["instrument"]), ("rule", RULES)):
        for path, properties in tables(said):
            for key, each in properties.items():
                assert each["description"].count("\n") == 1
                name = path[-1] if path else top
                used.add((name, key) if key in meanings.get(name, {}) else ("everywhere", key))
                values = each.get("items", each).get("enum", ())
                used |= {("values", key, value) for value in values}
    held = {(name, key) for name, keys in meanings.items() if name not in {"values", "file"} for key in keys}
    held |= {("values", key, value) for key, values in meanings["values"].items() for value in values}
    assert held == used


def test_the_reference_names_every_key_and_every_value():
    page = Path("docs/reference/toml-format.md").read_text(encoding="utf-8")
    head, _, rest = page.partition("## `[rules.NAME]`")
    for said, text in ((SCHEMA["properties"]["instrument"], head.partition("## `[instrument]`")[2]), (RULES, rest)):
        rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
        named = {key.strip("`") for row in rows for key in row[0].removeprefix("| ").split(", ")}
        kinds = set(RULES["properties"]["kind"]["enum"])
        assert set(said["properties"]) <= named <= set(said["properties"]) | kinds
        for path, properties in tables(said):
            row = " ".join(line for line in page.splitlines() if path and line.startswith(f"| `{path[0]}`")) or text
            for key, each in properties.items():
                assert key in row, (path, key)
                if not path:
                    assert all(f"`{value}`" in text or f'"{value}"' in text for value in each.get("enum", ())), key


RULE = {"title": {"zh": "答复", "en": "reply"}, "kind": "within", "amount": 15, "unit": "day", "roll": "unclear"}
GOOD = {"instrument": {"id": "x", "title": "某"}, "rules": {"a": RULE}}


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("rules", "unit", "workday"),
        ("rules", "amount", "fifteen"),
        ("rules", "colour", "red"),
        ("rules", "kind", "sometimes"),
        ("rules", "inferred", ["colour"]),
        ("rules", "title", "答复"),
        ("rules", "title", {}),
        ("rules", "title", {"zh": 1, "en": "a"}),
        ("rules", "readings", [{"name": "x", "cause": {"zh": "因", "en": "why"}, "unit": "day"}]),
        ("rules", "region", "Zhongwei"),
        ("rules", "month", 3),
        ("rules", "excludes", [3]),
        ("rules", "extension", {"amount": "ten"}),
        ("rules", "extension", {"amount": 10}),
        ("rules", "extension", {"unit": "day"}),
        ("rules", "deemed", [{"kind": "received", "amount": 5}]),
        ("rules", "deemed", [{"silence": 5}]),
        ("rules", "published", [{"number": "x", "dates": [["2022-09-30"]]}]),
        ("rules", "force", {"first": "soon"}),
        ("rules", "usual", "yes"),
        ("rules", "trigger", "received"),
        ("rules", "clock", "next_hour"),
        ("rules", "lengthens", -1),
        ("rules", "term", "及时"),
        ("instrument", "level", "village"),
        ("instrument", "id", "My County"),
        ("instrument", "id", ""),
        ("instrument", "days", {"clause": "82", "amounts": ["five"]}),
        ("instrument", "from_memory", ["title"]),
        ("instrument", "checked", 2026),
    ],
)
def test_what_both_refuse(place, key, value):
    document = copy.deepcopy(GOOD)
    assert reader_accepts(document)
    assert VALIDATOR.is_valid(document)
    (document["rules"]["a"] if place == "rules" else document["instrument"])[key] = value
    assert not reader_accepts(document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "within", "amount": 0, "unit": "day"},
        {"kind": "within", "amount": 3, "unit": "day", "usual": True},
        {"kind": "by_date", "month": 13},
        {"kind": "by_date", "month": 1, "day": 45},
        {"kind": "by_date", "month": 1, "year": 22},
        {"kind": "by_date", "month": 1, "readings": []},
        {"kind": "quota", "at_least": 0},
        {"kind": "quota", "at_least": 1, "published": []},
        {"kind": "count_back", "amount": 3, "unit": "month", "roll": "yes"},
        {"kind": "count_back", "amount": 3, "unit": "month", "lengthens": 3},
        {"kind": "count_back", "amount": 3, "unit": "hour", "clock": "next_hour"},
        {"kind": "count_back", "amount": 3, "unit": "day", "excludes": ["听证"]},
    ],
)
def test_what_both_refuse_of_a_kind(rule):
    document = {**GOOD, "rules": {"a": {"title": RULE["title"], **rule}}}
    assert not reader_accepts(document)
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize(("key", "value"), [("roll", "yes"), ("start", "same_day"), ("lengthens", 3)])
def test_hours_leave_no_choice_in_both(key, value):
    hours = {**RULE, "unit": "hour", "roll": "no"}
    assert reader_accepts({**GOOD, "rules": {"a": dict(hours)}})
    assert VALIDATOR.is_valid({**GOOD, "rules": {"a": dict(hours)}})
    hours[key] = value
    assert not reader_accepts({**GOOD, "rules": {"a": dict(hours)}})
    assert not VALIDATOR.is_valid({**GOOD, "rules": {"a": hours}})


def test_the_name_of_a_rule_in_both():
    for name in ("Reply", "a b", "a/b", "", "条"):
        assert not reader_accepts({**GOOD, "rules": {name: RULE}})
        assert not VALIDATOR.is_valid({**GOOD, "rules": {name: RULE}})


def test_whose_a_key_is_agrees_with_what_is_read():
    common = set(RULES["properties"]) - {key for keys in OWN.values() for key in keys}
    for each in (part for part in RULES["allOf"] if "propertyNames" in part["then"]):
        for kind in each["if"]["properties"]["kind"]["enum"]:
            assert set(each["then"]["propertyNames"]["enum"]) == common | set(OWN.get(Kind(kind), ()))


def test_an_instrument_can_be_written_and_is_valid():
    for file in FILES[:6]:
        norms = list(read_document(tomllib.loads(file.read_text(encoding="utf-8")), file.name, []))
        table = {norm.id.partition("/")[2]: write_norm(norm) for norm in norms}
        document = json.loads(json.dumps({"instrument": write_instrument(norms[0].instrument), "rules": table}))
        assert list(VALIDATOR.iter_errors(document)) == []
        assert list(read_document(document, file.name, [])) == norms


class TestReader:
    """Faults of the newer tables, each with its place."""

    def faults(self, tmp_path, text):
        (tmp_path / "x.toml").write_text(text, encoding="utf-8")
        with pytest.raises(FaultGroup) as caught:
            rc.catalogue(tmp_path / "x.toml")
        return {each.place for each in caught.value.exceptions}

    def test_every_fault_at_once(self, tmp_path):
        found = self.faults(
            tmp_path,
            """
[instrument]
id = "x"
title = "某"
days = { clause = "82", all = true, up_to = 10 }
counting = ["nobody-201"]
force = { first = 2022-01-01, last = 2021-01-01 }
[rules.a]
title = { zh = "甲", en = "a" }
kind = "within"
amount = 15
unit = "day"
excludes = ["听证", { reasons = "检测" }]
extension = { amount = 0 }
deemed = [{ kind = "received", from_end = true, says = { zh = "视为", en = "deemed" } }]
readings = [{ name = "more", cause = { zh = "多", en = "more" }, amount = 0 }]
published = [{ number = "表", dates = [[2022-09-30], [2022-09-30, "soon"], 3] }]
counting = [{ title = 3 }]
trigger_on = "sunday"
days = 3
""",
        )
        assert found == {
            "instrument.days",
            "instrument.counting",
            "instrument.force.last",
            "rules.a.excludes[1].reasons",
            "rules.a.extension.amount",
            "rules.a.extension.unit",
            "rules.a.deemed[0].amount",
            "rules.a.readings[0].amount",
            "rules.a.published[0].dates",
            "rules.a.counting[0].title",
            "rules.a.trigger_on",
            "rules.a.days",
        }

    def test_two_texts_of_one_instrument_are_versions(self, tmp_path):
        rule = 'title = { zh = "甲", en = "a" }\nkind = "within"\nunit = "working_day"\n'
        for amount, first, last in ((10, "2020-01-01", "2021-12-31"), (5, "2022-01-01", "2030-12-31")):
            head = f'[instrument]\nid = "x"\ntitle = "某"\nforce = {{ first = {first}, last = {last} }}\n'
            text = f"{head}[rules.a]\n{rule}amount = {amount}\n"
            (tmp_path / f"x@{first[:4]}.toml").write_text(text, encoding="utf-8")
        rule = rc.catalogue(tmp_path)["x/a"]
        assert [version.limit.period.amount for version in rule.versions] == [10, 5]
        assert rule.deadline(date(2021, 12, 1)).rule.limit.period.amount == 10
        with pytest.raises(rc.RuleNotInForceError, match="2019"):
            rule.deadline(date(2019, 1, 1))

    def test_a_limit_that_cannot_be_hides_no_other_fault(self, tmp_path):
        found = self.faults(
            tmp_path,
            """
[instrument]
id = "x"
title = "某"
[rules.a]
title = { zh = "甲", en = "a" }
kind = "within"
amount = 0
unit = "month"
roll = "maybe"
start = "same_day"
[rules.b]
title = { zh = "乙", en = "b" }
kind = "within"
amount = 15
unit = "year"
readings = [{ name = "long", cause = { zh = "长", en = "long" }, amount = 1000 }]
[rules.c]
title = { zh = "丙", en = "c" }
kind = "by_date"
month = 3
day = 0
lead = "某局"
[rules.d]
title = { zh = "丁", en = "d" }
kind = "by_date"
readings = [{ name = "n", cause = { zh = "因", en = "why" }, amount = 3 }]
""",
        )
        assert found == {
            "rules.a.amount",
            "rules.a.roll",
            "rules.b.readings[0].amount",
            "rules.c.day",
            "rules.c.lead",
            "rules.d.month",
            "rules.d.readings",
        }

    def test_a_long_value_is_cut(self, tmp_path):
        (tmp_path / "x.toml").write_text(f'instrument = "{"长" * 200}"\nrules = {{}}\n', encoding="utf-8")
        with pytest.raises(FaultGroup) as caught:
            rc.catalogue(tmp_path / "x.toml")
        assert caught.value.exceptions[0].given.endswith("长…")

    def test_words_that_are_needed(self):
        faults = []
        assert Reader({"x": "y"}, "t", "f", faults).words("x", asked.MISSING) == ()
        assert Reader({}, "t", "f", faults).words("x", asked.MISSING) == ()
        assert [str(fault.expected) for fault in faults] == ["a list of texts"] * 2


def test_the_skeleton_says_what_to_fill_in():
    skeleton = tomllib.loads(Path("docs/how-to/skeleton.toml").read_text(encoding="utf-8"))
    faults = []
    list(read_document(skeleton, "skeleton.toml", faults))
    assert {fault.place for fault in faults} == {
        "rules.answer.amount",
        "rules.answer.unit",
        "rules.comment.amount",
        "rules.comment.unit",
        "rules.report.month",
        "rules.report.day",
    }
    for rule in skeleton["rules"].values():
        rule.update({"amount": 10, "unit": "working_day"} if "unit" in rule else {"month": 3, "day": 1})
    assert reader_accepts(skeleton)
    assert VALIDATOR.is_valid(plain(skeleton))
