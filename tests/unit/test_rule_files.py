"""Files of rules: strict, and all faults at once."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

import rulecal as rc
from rulecal.cli import app
from rulecal.errors import FaultGroup
from rulecal.law.provision import Variation
from rulecal.law.reader import Reader
from rulecal.law.table import read_instrument, read_norm
from rulecal.law.write import write_instrument, write_norm
from rulecal.text import Text

HEAD = '[instrument]\nid = "x-2022"\ntitle = "某县通知"\nlevel = "local"\nregion = "640521"\n'


def load(tmp_path, text, name="x.toml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return rc.catalogue(tmp_path / name)


def faults(tmp_path, text):
    with pytest.raises(FaultGroup) as caught:
        load(tmp_path, text)
    return {each.place: each.hint for each in caught.value.exceptions}


def test_a_county_s_own_rules(tmp_path):
    mine = load(
        tmp_path,
        HEAD
        + """
[rules.reply]
title = { zh = "答复", en = "reply" }
kind = "within"
amount = 15
unit = "working_day"
trigger = ["received"]

[rules.plan]
title = { zh = "方案", en = "plan" }
kind = "by_date"
month = 3
day = 1
word = "before"
""",
    )

    assert list(mine) == ["x-2022/reply", "x-2022/plan"]
    assert mine["x-2022/reply"].deadline(date(2022, 6, 27)).due == date(2022, 7, 20)
    assert len(rc.catalogue() | mine) == len(rc.catalogue()) + 2
    with pytest.raises(rc.CatalogueError, match="x-2022/reply"):
        _ = mine | rc.catalogue() | mine


def test_a_rule_in_two_files_on_one_day_is_a_fault_beside_the_others(tmp_path):
    rule = '[rules.a]\ntitle = { zh = "甲", en = "a" }\nkind = "soft"\nterm = "及时"\n'
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbf" + (HEAD + rule).encode())
    (tmp_path / "b.toml").write_text(HEAD + rule + "force = { first = 2023-01-01 }\nx = 1\n", encoding="utf-8")
    with pytest.raises(FaultGroup) as caught:
        rc.catalogue(tmp_path)
    unknown, overlap = caught.value.exceptions
    assert (unknown.place, overlap.file, overlap.table, overlap.key) == ("rules.a.x", "b.toml", "rules.a", "force")
    assert "2023-01-01" in overlap.given
    assert "同一规则（…至…）不同日施行" in overlap.expected.zh
    assert "the same rule in a.toml (… to …)" in overlap.expected.en


def test_versions_are_apart_on_every_day(tmp_path):
    """Also those that do not follow each other; one whose days are at fault says nothing of them."""
    rule = '[rules.a]\ntitle = { zh = "甲", en = "a" }\nkind = "soft"\nterm = "及时"\nforce = '
    for name, force in (
        ("a", "{ first = 2020-01-01 }"),
        ("b", "{ first = 2021-01-01, last = 2021-12-31 }"),
        ("c", "{ last = 2020-01-01 }"),
        ("d", "3"),
    ):
        (tmp_path / f"{name}.toml").write_text(f"{HEAD}{rule}{force}\n", encoding="utf-8")
    with pytest.raises(FaultGroup) as caught:
        rc.catalogue(tmp_path)
    assert [(each.file, each.place) for each in caught.value.exceptions] == [
        ("d.toml", "rules.a.force"),
        ("a.toml", "rules.a.force"),
        ("b.toml", "rules.a.force"),
    ]
    with pytest.raises(TypeError):
        _ = rc.catalogue() | {}


def test_a_region_that_there_is_not(tmp_path):
    """Beside all other faults; the rooms of the law know no regions."""
    rule = '[rules.a]\ntitle = { zh = "甲", en = "a" }\nkind = "soft"\nregion = "123456"\nx = 1\n'
    found = faults(tmp_path, HEAD.replace("640521", "999999") + rule)
    assert set(found) == {"instrument.region", "rules.a.region", "rules.a.x"}
    assert "120000" in found["rules.a.region"]


def test_more_that_is_refused(tmp_path):
    found = faults(
        tmp_path,
        """
[instrument]
id = "x"
title = "某"
region = "64050"
adopted = 2022-01-01T10:00:00
force = { first = 2022-12-31, last = 2022-01-01 }

[rules.a]
title = { zh = "甲", en = "a" }
kind = "count_back"
amount = 3
unit = "hour"
clock = "next_hour"
inferred = ["yaer"]

[rules.b]
title = { zh = "乙", en = "b" }
kind = "by_date"
month = 6
day = 30
year = 99999
""",
    )
    assert set(found) == {
        "instrument.region",
        "instrument.adopted",
        "instrument.force.last",
        "rules.a.clock",
        "rules.a.inferred",
        "rules.b.year",
    }


def test_a_folder_of_files_and_its_absence(tmp_path):
    load(tmp_path, HEAD + '[rules.a]\ntitle = { zh = "甲", en = "a" }\nkind = "soft"\nterm = "及时"\n', "a.toml")
    assert list(rc.catalogue(tmp_path)) == ["x-2022/a"]
    with pytest.raises(rc.CatalogueError, match="no rules at"):
        rc.catalogue(tmp_path / "nothing.toml")


def test_every_fault_is_named_with_its_place_and_what_is_needed(tmp_path):
    found = faults(
        tmp_path,
        """
[instrument]
id = "x"
title = 3
level = "county"
adopted = "soon"
force = { first = 2022-01-01, until = 2022-12-31 }

[rules.a]
title = "only one"
kind = "whithin"
amont = 15

[rules.b]
title = { zh = "乙", en = "b" }
kind = "within"
amount = "15"
unit = "workday"
lead = ["ok", 3]
usual = "yes"
notes = [ { zh = "只有一半" } ]
citations = [ { number = "1" } ]

[rules.c]
title = { zh = "丙", en = "c" }
kind = "within"
amount = 0
unit = "month"

[rules.d]
title = { zh = "丁", en = "d" }
kind = "by_date"
month = 2
day = 30

[rules.e]
title = { zh = "戊", en = "e" }
kind = "quota"
at_least = 3
at_most = 1

[rules.f]
kind = "rate"
rate = true
""",
    )

    assert set(found) == {
        "instrument.title",
        "instrument.level",
        "instrument.adopted",
        "instrument.force.until",
        "rules.a.title",
        "rules.a.kind",
        "rules.a.amont",
        "rules.b.amount",
        "rules.b.unit",
        "rules.b.lead",
        "rules.b.usual",
        "rules.b.notes",
        "rules.b.citations[0].title",
        "rules.c.amount",
        "rules.d.day",
        "rules.e.at_most",
        "rules.f.title",
        "rules.f.rate",
    }
    assert "did you mean amount" in found["rules.a.amont"]
    assert "one of working_day" in found["rules.b.unit"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = 1", "x"),
        ("instrument = 3\nrules = 4", "instrument"),
        ("", "file"),
        ("[instrument]\nid='a'\ntitle='b'\n[rules]\na=1", "rules.a"),
    ],
)
def test_what_is_no_document_of_rules(tmp_path, text, place):
    assert place in faults(tmp_path, text)


def test_what_is_no_toml(tmp_path):
    (tmp_path / "gbk.toml").write_bytes("title = '县'".encode("gb18030"))
    (tmp_path / "open.toml").write_text("[rules", encoding="utf-8")
    with pytest.raises(FaultGroup) as caught:
        rc.catalogue(tmp_path)

    assert [each.file for each in caught.value.exceptions] == ["gbk.toml", "open.toml"]
    assert "no TOML" in str(caught.value)


@pytest.mark.parametrize("rule", rc.catalogue().values(), ids=lambda rule: rule.id)
def test_a_norm_is_read_back_from_its_own_table(rule):
    """Through JSON, where a date is text."""
    noted = []
    instrument, norm = (
        json.loads(json.dumps(t)) for t in (write_instrument(rule.norm.instrument), write_norm(rule.norm))
    )
    held = read_instrument(Reader(instrument, "instrument", "json", noted))
    again = read_norm(Reader(norm, "norm", "json", noted), rule.id, held)

    assert noted == []
    assert again == rule.norm


def test_the_catalogue_is_a_mapping():
    rules = rc.catalogue()

    assert rules is rc.catalogue()
    assert "zhongwei-2022/farm-facility-filing" in rules
    assert "nothing" not in rules
    assert repr(rules) == f"<Catalogue of {len(rules)} rules>"
    with pytest.raises(KeyError, match="did you mean zhongwei-2022/farm-facility-filing"):
        _ = rules["zhongwei-2022/farm-facility-filling"]
    with pytest.raises(rc.UnknownRuleError, match="rulecal rules"):
        _ = rules["§§§"]


def test_the_catalogue_can_be_searched():
    rules = rc.catalogue()

    assert set(rules.find("征求意见 卫政办发")) == {
        f"zhongwei-2022/{name}"
        for name in ("rule-draft-comment", "normative-document-comment", "normative-document-comment-business")
    }
    assert list(rules.find("FARM filing")) == ["zhongwei-2022/farm-facility-filing"]
    notice = rules.of("中卫市")
    assert len(notice) == len(rules.of("zhongwei-2022")) >= 46
    assert len(notice.on(date(2022, 6, 1))) == len(notice)
    assert len(notice.on(date(2023, 6, 1))) == 0
    assert len(rules.on(date(2031, 1, 1))) < len(rules)
    record = notice.to_records()[1]
    assert (record["id"], record["amount"], record["unit"]) == ("zhongwei-2022/farm-facility-filing", 15, "working_day")


def test_a_rule_of_ones_own_has_no_source():
    norm = rc.within(3, rc.Unit.MONTH, title="对账").norm
    assert (norm.citations, write_norm(norm)["title"]) == ((), {"zh": "对账", "en": "对账"})
    own = rc.Rule(norm)
    assert (own.force.first, own.citations, own.certainty.value, own.trigger.kinds) == (None, (), "verified", ())
    assert rc.catalogue().of("nothing") == {}
    assert rc.Catalogue({"": own}).to_records()[0]["number"] is None
    assert not rc.Catalogue({"": own}).of("x")
    assert rc.Catalogue({"": own}).find("对账")


RULE = '[rules.a]\ntitle = { zh = "甲", en = "a" }\n'


@pytest.mark.parametrize(
    ("instrument", "key", "places"),
    [
        ("My County/2022", "a", {"instrument.id"}),
        ("", "a", {"instrument.id"}),
        ("县", "a", {"instrument.id"}),
        ("x--y", "a", {"instrument.id"}),
        ("x-2022", "Reply", {"rules.Reply"}),
        ("x-2022", '"a/b"', {"rules.a/b"}),
        ("x-", "a_b", {"instrument.id", "rules.a_b"}),
    ],
)
def test_the_form_of_an_id(tmp_path, instrument, key, places):
    rule = RULE.replace("rules.a", f"rules.{key}") + 'kind = "soft"\n'
    found = faults(tmp_path, f'[instrument]\nid = "{instrument}"\ntitle = "某"\n{rule}')
    assert set(found) == places
    assert all("lower-case letters, digits and hyphens" in needed for needed in found.values())


HOURS = 'kind = "within"\namount = 24\nunit = "hour"\n'
CAUSE = 'cause = { zh = "因", en = "why" }'


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (HOURS + 'roll = "yes"', "roll"),
        (HOURS + 'roll = "unclear"', "roll"),
        (HOURS + 'start = "same_day"', "start"),
        (HOURS + "lengthens = 3", "lengthens"),
        (HOURS.replace("hour", "month") + 'clock = "next_hour"', "clock"),
        (HOURS.replace("hour", "working_day") + "lengthens = 3", "lengthens"),
        (HOURS.replace("hour", "month") + "lengthens = -3", "lengthens"),
        (HOURS + f'readings = [{{ name = "n", {CAUSE}, roll = "yes" }}]', "readings[0].roll"),
        (HOURS + f'readings = [{{ name = "n", {CAUSE}, unit = "month" }}]', "readings[0].unit"),
        (HOURS.replace("hour", "day") + f'readings = [{{ name = "n", {CAUSE}, unit = "hour" }}]', "readings[0].unit"),
        (HOURS + 'deemed = [{ kind = "sent", amount = 5, unit = "day", from_end = true }]', "deemed[0].unit"),
        (HOURS.replace("hour", "day") + 'deemed = [{ kind = "sent", amount = 5, unit = "hour" }]', "deemed[0].unit"),
        (HOURS.replace("hour", "day") + "extension = { times = 0 }", "extension.times"),
        (HOURS.replace("hour", "day") + "extension = { amount = 10 }", "extension.unit"),
        (HOURS.replace("hour", "day") + 'extension = { unit = "day" }', "extension.amount"),
        (HOURS.replace("hour", "year") + 'extension = { amount = 6, unit = "month" }', "extension.unit"),
        (HOURS.replace("hour", "day") + 'deemed = [{ kind = "sent", amount = 5 }]', "deemed[0].unit"),
        (
            HOURS.replace("hour", "day") + 'deemed = [{ kind = "sent", unit = "day", from_end = true }]',
            "deemed[0].amount",
        ),
        (HOURS.replace("hour", "day") + 'deemed = [{ kind = "sent", from_end = true }]', "deemed[0].amount"),
        (HOURS.replace("hour", "day") + 'deemed = [{ kind = "sent", amount = 0, unit = "day" }]', "deemed[0].amount"),
        ('kind = "rate"\nrate = -1', "rate"),
        ('kind = "rate"\nrate = 101', "rate"),
        (HOURS + 'excludes = [{ clause = "9" }]', "excludes[0].reasons"),
        (HOURS + 'excludes = [{ reasons = [], clause = "9" }]', "excludes[0].reasons"),
        (HOURS + f'readings = [{{ name = "n", {CAUSE} }}]', "readings[0]"),
        (
            HOURS.replace("hour", "day") + f'readings = [{{ name = "n", {CAUSE}, amount = 24, roll = "yes" }}]',
            "readings[0]",
        ),
        (HOURS.replace("hour", "working_day") + f'readings = [{{ name = "n", {CAUSE}, roll = "no" }}]', "readings[0]"),
        (HOURS + 'deemed = [{ kind = "sent" }, { kind = "sent" }]', "deemed[1].kind"),
        (HOURS + 'trigger = ["sent"]\ndeemed = [{ kind = "sent" }]', "deemed[0].kind"),
        (
            HOURS.replace("hour", "day") + 'published = [{ number = "n", dates = [[2026-10-25, 2026-09-30]] }]',
            "published[0].dates",
        ),
        (
            HOURS.replace("hour", "day") + 'published = [{ number = "n", dates = [[2026-09-30, 2026-10-25]] }, '
            '{ number = "m", dates = [[2026-09-30, 2026-10-26]] }]',
            "published[1].dates",
        ),
    ],
)
def test_what_the_unit_leaves_no_choice_in(tmp_path, text, key):
    """Hours run through days off and count no day (S18); a moment and a day are never read as each other."""
    assert set(faults(tmp_path, HEAD + RULE + text)) == {f"rules.a.{key}"}


def test_hours_that_say_what_holds_anyway(tmp_path):
    rule = load(tmp_path, HEAD + RULE + HOURS + 'roll = "no"\nstart = "next_day"\nlengthens = 0\nclock = "next_hour"')
    assert rule["x-2022/a"].limit == rc.within(24, rc.Unit.HOUR, clock="next_hour").limit


def test_the_same_of_rules_of_ones_own():
    for wrong in ({"roll": "yes"}, {"roll": "unclear"}, {"start": "same_day"}):
        with pytest.raises(rc.InvalidPeriodError, match=f"hours has no {next(iter(wrong))}"):
            rc.within(24, rc.Unit.HOUR, **wrong)
    with pytest.raises(rc.InvalidPeriodError, match="months has no clock"):
        rc.within(1, rc.Unit.MONTH, clock="next_hour")
    assert rc.within(24, rc.Unit.HOUR, roll="no") == rc.within(24, rc.Unit.HOUR)
    hours, month = rc.within(24, rc.Unit.HOUR).limit, rc.within(1, rc.Unit.MONTH).limit
    for unit, window in ((rc.Unit.MONTH, hours), (rc.Unit.HOUR, month)):
        with pytest.raises(rc.InvalidPeriodError, match="hours run from a moment"):
            Variation("n", Text(), unit=unit).of(window)


@pytest.mark.parametrize(
    ("kind", "key", "belongs"),
    [
        (
            "within",
            "month = 3",
            "it belongs to by_date; within has amount, unit, roll, start, clock, lengthens, deemed",
        ),
        ("soft", "rate = 3", "it belongs to rate; soft has term of its own"),
        ("reference", 'term = "及时"', "it belongs to soft; reference has none of its own"),
        (
            "quota",
            "amount = 3",
            "it belongs to within, promise, at_least, count_back; quota has at_least, at_most, subject",
        ),
    ],
)
def test_a_key_of_another_kind_says_whose_it_is(tmp_path, kind, key, belongs):
    needed = {"within": 'amount = 3\nunit = "day"\n', "quota": "at_least = 1\n"}.get(kind, "")
    found = faults(tmp_path, f'{HEAD}{RULE}kind = "{kind}"\n{needed}{key}\n')
    assert list(found) == [f"rules.a.{key.partition(' ')[0]}"]
    assert belongs in "".join(found.values())


@pytest.mark.parametrize(
    ("kind", "text", "places"),
    [
        ("count_back", 'amount = 3\nunit = "month"\nroll = "yes"\nlengthens = 3', {"roll", "lengthens"}),
        ("count_back", 'amount = 3\nunit = "hour"\nclock = "next_hour"\nstart = "unclear"', {"clock", "start"}),
        (
            "count_back",
            f'amount = 3\nunit = "day"\nreadings = [{{ name = "n", {CAUSE}, roll = "yes" }}]',
            {"readings[0].roll"},
        ),
        ("count_back", 'amount = 3\nunit = "day"\nexcludes = ["听证"]\npublished = []', {"excludes", "published"}),
        ("within", 'amount = 3\nunit = "day"\nusual = true', {"usual"}),
        ("by_date", "month = 13\nday = 45", {"month", "day"}),
        ("by_date", "month = 4\nday = 31\nyear = 22", {"day", "year"}),
        ("by_date", "month = 6\nreadings = []\nextension = {}\ndeemed = []", {"readings", "extension", "deemed"}),
        ("quota", "", {"at_least"}),
        ("quota", "at_least = 0\nat_most = 0\npublished = []", {"at_least", "at_most", "published"}),
        ("within", f'amount = 1{"0" * 19}\nunit = "day"', {"amount"}),
        ("within", 'amount = 101\nunit = "year"', {"amount"}),
        ("within", f'amount = 0\nunit = "day"\nreadings = [{{ name = "n", {CAUSE} }}]', {"amount"}),
    ],
)
def test_each_fault_of_a_kind_names_its_key_once(tmp_path, kind, text, places):
    (tmp_path / "x.toml").write_text(f'{HEAD}{RULE}kind = "{kind}"\n{text}\n', encoding="utf-8")
    with pytest.raises(FaultGroup) as caught:
        rc.catalogue(tmp_path / "x.toml")
    assert sorted(each.place for each in caught.value.exceptions) == sorted(f"rules.a.{place}" for place in places)


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        (RULE + 'kind = "by-date"\nmonth = 6\nday = 45\nterm = 3\nx = 1', {"rules.a.kind", "rules.a.x"}),
        (RULE + "month = 6\n", {"rules.a.kind"}),
        (RULE.replace("[rules.a]", "[[rules.a]]"), {"rules.a"}),
        (RULE.replace("[rules.a]", "[rules.a.b]"), {"rules.a.kind", "rules.a.title", "rules.a.b"}),
    ],
)
def test_of_an_unknown_kind_no_key_of_a_kind_is_judged(tmp_path, rule, places):
    assert set(faults(tmp_path, HEAD + rule)) == places


@pytest.mark.parametrize("head", ["", HEAD.replace("[instrument]", "[[instrument]]")])
def test_rules_are_read_without_a_head(tmp_path, head):
    found = faults(tmp_path, f'{head}{RULE}kind = "within"\namount = "x"\nunit = "day"\n')
    assert set(found) == {"instrument" if head else "file", "rules.a.amount"}


def test_a_value_is_said_as_the_file_has_it(tmp_path):
    text = "usual = 08:00:00\nroll = true\nnotes = [{ zh = [[[[3]]]] }, 1.5]\nlengthens = 0x" + "f" * 5000
    (tmp_path / "x.toml").write_text(f'{HEAD}{RULE}kind = "at_least"\namount = -3\nunit = "day"\n{text}', "utf-8")
    with pytest.raises(FaultGroup) as caught:
        rc.catalogue(tmp_path / "x.toml")
    given = [each.given for each in caught.value.exceptions]
    assert given == ["-3", "true", "08:00:00", "0x" + "f" * 78 + "…", "{ zh = [[[…]]] }", "1.5"]


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"[instrument\n", 1, 12),
        (b"\xef\xbb\xbfa = 1\r\nb = = 2\n", 2, 5),
        (b"a = 1\nb = [1,\n", 3, 1),
        ("a = '县'\nb = '".encode() + b"\xcf\xd8'", 2, 6),
        (b"a = " + b"[" * 100_000, 1, 100_005),
    ],
)
def test_where_a_file_is_no_toml_in_both_languages(tmp_path, raw, line, column):
    (tmp_path / "x.toml").write_bytes(raw)
    with pytest.raises(FaultGroup) as caught:
        rc.catalogue(tmp_path / "x.toml")
    (fault,) = caught.value.exceptions
    assert fault.place == f"line {line}, column {column}"
    zh, en = (CliRunner().invoke(app, ["validate", str(tmp_path / "x.toml"), "--lang", lang]) for lang in ("zh", "en"))
    assert f"x.toml 第{line}行第{column}列：" in zh.output
    assert not {"Expected", "Invalid", "codec"} & set(zh.output.split())
    assert f"x.toml: line {line}, column {column}: no TOML" in en.output


def test_a_fault_at_the_top_of_a_file_in_chinese(tmp_path):
    (tmp_path / "x.toml").write_text("y = 1\n", encoding="utf-8")
    said = CliRunner().invoke(app, ["validate", str(tmp_path / "x.toml")]).output
    assert "x.toml y：1；需要：此处无此项，可用：instrument、rules" in said
    assert 'x.toml：["y"]；需要：[instrument] 和 [rules.…] 两表' in said


def test_what_no_file_can_be_called_and_a_folder_called_like_a_file(tmp_path):
    with pytest.raises(rc.CatalogueError, match="no rules at"):
        rc.catalogue("x" * 5000)
    (tmp_path / "x.toml").mkdir()
    with pytest.raises(FaultGroup, match="1 fault"):
        rc.catalogue(tmp_path)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (HEAD + HEAD, "同一张表出现两次", "the same table twice"),
        (HEAD + "title = 3", "同一项写了两次", "the same key twice"),
        (HEAD + "adopted = 2022-02-30", "没有这一天", "no such day"),
        (HEAD + "number = “x”", "全角符号", "a full-width sign"),
        (HEAD + "number ＝ 3", "全角符号", "a full-width sign"),
        (HEAD + "number = 某", "未加引号", "without quotes"),
        (HEAD + "number = some", "未加引号", "without quotes"),
        (HEAD + 'number = "x\n', "引号未闭合", "a quote not closed"),
        (HEAD + "number", "项后没有等号", "no = after a key"),
        (HEAD + "number = 05", "数字不以 0 开头", "begins with 0"),
        (HEAD + "x = [1\n", "方括号未闭合", "not closed"),
        (HEAD + "\0", "从此处起读不出", "Invalid statement"),
        (HEAD + "x = " + "[" * 100_000, "嵌套过深", "nested too deeply"),
        (HEAD + "x = 1" + "0" * 5000, "第6行第5列：数字过长", "line 6, column 5: no TOML: a number with too many"),
        (HEAD.encode("gbk"), "似为 GBK 编码；需要：另存为 UTF-8", "looks like GBK; needed: save it as UTF-8"),
        (HEAD.encode("utf-16"), "似为 UTF-16 编码", "looks like UTF-16"),
        (b"\xff", "不是 UTF-8", "not UTF-8"),
    ],
)
def test_why_a_file_is_no_toml(tmp_path, text, zh, en):
    (tmp_path / "x.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    for lang, said in (("zh", zh), ("en", en)):
        found = CliRunner().invoke(app, ["validate", str(tmp_path / "x.toml"), "--lang", lang])
        assert (found.exit_code, said in found.output) == (2, True)


def test_a_file_that_is_none_or_cannot_be_opened(tmp_path, monkeypatch):
    (tmp_path / "x.toml").mkdir()
    assert "是文件夹" in CliRunner().invoke(app, ["validate", str(tmp_path)]).output
    (tmp_path / "x.toml").rmdir()
    (tmp_path / "x.toml").write_text(HEAD, encoding="utf-8")

    def refuse(_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert "文件打不开" in CliRunner().invoke(app, ["validate", str(tmp_path)]).output


def test_tables_within_tables_without_end(tmp_path):
    deep = RULE + 'kind = "soft"\nx' + ".b" * 3000 + " = 1\n"
    assert set(faults(tmp_path, HEAD + deep)) == {"rules.a.x"}


def test_a_folder_is_read_whatever_the_case_of_its_endings(tmp_path):
    (tmp_path / "a.TOML").write_text(HEAD + RULE + 'kind = "soft"\nterm = "及时"\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text("no rules", encoding="utf-8")
    assert list(rc.catalogue(tmp_path)) == ["x-2022/a"]


def test_a_table_without_a_title_and_a_deemed_trigger_without_words(tmp_path):
    text = 'kind = "within"\namount = 5\nunit = "day"\ntrigger = ["accepted"]\ndeemed = [{ kind = "received" }]\n'
    table = 'published = [{ number = "某公告〔2022〕3号", dates = [[2022-06-01, 2022-06-09]] }]\n'
    rule = load(tmp_path, HEAD + RULE + text + table)["x-2022/a"]
    for lang in ("zh", "en"):
        deemed = rule.deadline(date(2022, 6, 2), trigger_kind="received").explain(lang)
        assert all(line.strip() != "-" for line in deemed.splitlines())
        assert "《某公告〔2022〕3号》" in rule.deadline(date(2022, 6, 1)).explain(lang)
        assert "《》" not in rule.deadline(date(2022, 6, 1)).explain(lang)
        assert all(line == line.rstrip(": ") for line in rule.explain(lang).splitlines())
