"""The JSON Schema for editors: what the reader accepts it accepts, and it cannot fall behind the reader."""

import copy
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from jsonschema import Draft7Validator

import rulecal as rc
from rulecal.cli import app
from rulecal.errors import FaultGroup
from rulecal.law.catalogue import instruments, read_document
from rulecal.law.schema import schema
from rulecal.law.write import write_instrument, write_norm
from rulecal.testing import rules

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
        ("rules", "region", "Zhongwei"),
        ("rules", "month", 3),
        ("rules", "excludes", [3]),
        ("rules", "extension", {"amount": "ten"}),
        ("rules", "deemed", [{"silence": 5}]),
        ("rules", "published", [{"number": "x", "dates": [["2022-09-30"]]}]),
        ("rules", "force", {"first": "soon"}),
        ("rules", "usual", "yes"),
        ("rules", "trigger", "received"),
        ("instrument", "level", "village"),
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
