"""What holds of every rule in the catalogue: versions apart, words in both languages, sources, certainty, commands."""

import csv
import io
import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner

import rulecal as rc
from rulecal.cli import app
from rulecal.law.catalogue import instruments, shipped
from rulecal.law.clauses import _held as clauses
from rulecal.law.norm import TriggerOn
from rulecal.law.source import Certainty

D = date
RULES = rc.catalogue()
NORMS = [version for rule in RULES.values() for version in rule.versions]
COMPUTABLE = [version for version in NORMS if version.is_computable]
UNDATED = [rule for rule in RULES.values() if not rule.is_computable]
MEMORY = [version for version in NORMS if version.certainty is Certainty.MEMORY]
A_DAY = D(2022, 6, 20)


def version_id(version):
    return f"{version.id}@{version.force.first}" if len(version.norms) > 1 else version.id


def trigger_of(version):
    """A day, or for hours a moment, in the force of a version: 2022-06-20 where that will do."""
    force, limit = version.force, version.limit
    if version.id == "zhongwei-2022/annual-report-government":
        return D(2026, 1, 5)  # for 2022 the notice creates no such duty
    if isinstance(limit, rc.Window) and str(limit.period) == "20 years":
        return D(2008, 6, 20)  # twenty years on from a later day no calendar is held
    day = max(A_DAY, force.first) if force.first else A_DAY
    day = min(day, force.last) if force.last else day
    if isinstance(limit, rc.FixedDate) and not limit.named(day.year) >= (force.first or D.min):
        day = D(day.year + 1, 1, 5)
    if version.trigger.on is TriggerOn.MONTH_END:
        day = D(day.year, day.month, 1) - timedelta(days=1)
    in_hours = isinstance(limit, rc.Window) and limit.period.unit is rc.Unit.HOUR
    return datetime.combine(day, time(17, 20)) if in_hours else day


def compute(version, **how):
    return RULES[version.id].deadline(trigger_of(version), outside_force="flag", **how)


def run(*args):
    return CliRunner().invoke(app, args)


# versions ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [r for r in RULES.values() if len(r.norms) > 1], ids=lambda rule: rule.id)
def test_no_two_versions_are_in_force_on_one_day(rule):
    for earlier, later in pairwise(rule.norms):
        assert earlier.force.last < later.force.first


def test_a_day_in_the_year_is_asked_of_the_text_in_force_on_the_named_day():
    """The yearly list of 2024 was due on 31 January, under the text that ended on 31 October of that year."""
    yearly = RULES["filing-review/annual-list"]
    assert yearly.deadline(D(2024, 12, 15)).rule.norm.clause == "19"
    assert [d.due for d in yearly.occurrences(2024)] == [D(2024, 1, 31)]
    assert yearly.deadline(D(2025, 12, 15)).rule.norm.clause == "22"


@pytest.mark.parametrize("version", NORMS, ids=version_id)
def test_what_a_rule_refers_to_exists(version):
    assert all(each in RULES for each in version.refers_to)
    assert version.id not in version.refers_to


# in words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_explains_itself(rule, lang):
    text = rule.explain(lang)
    assert rule.id in text
    assert rule.title[lang] in text
    assert rule.title["zh"] != rule.title["en"]
    assert text.count(f"[{rule.id}]") == len(rule.norms)


@pytest.mark.parametrize("version", COMPUTABLE, ids=version_id)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_deadline_explains_itself(version, lang):
    deadline = compute(version)
    text = deadline.explain(lang)
    assert deadline.rule.norm == version.norm
    assert version.id in text
    assert version.title[lang] in text
    assert str(deadline.due) in text
    assert all(str(citation) in text for citation in deadline.citations)


@pytest.mark.parametrize("version", [v for v in COMPUTABLE if v.limit], ids=version_id)
def test_a_deadline_cites_the_article_of_its_window_and_that_of_its_counting(version):
    norm, deadline = version.norm, compute(version)
    own, *others = deadline.citations
    assert own.title == norm.instrument.title
    assert own.article == norm.clause
    assert own.article or norm.certainty is not Certainty.VERIFIED or norm.refers_to or norm.also
    counting = norm.counting_on(law_day(deadline))
    assert counting
    assert set(counting) <= set(others)
    known = {(each.title, each.article) for each in clauses().values()}
    if norm.instrument.days:
        known.add((norm.instrument.title, norm.instrument.days.clause))
    assert all((each.title, each.article) in known for each in norm.counted_by)


def law_day(deadline):
    """The day whose law counts: the trigger's, or the named date."""
    day = deadline.trigger if isinstance(deadline.rule.limit, rc.Window) else deadline.due
    return day.date() if isinstance(day, datetime) else day


@pytest.mark.parametrize("version", COMPUTABLE, ids=version_id)
def test_what_was_stored_says_the_same(version):
    deadline = compute(version)
    again = rc.Deadline.from_dict(json.loads(json.dumps(deadline.to_dict())))
    assert again.citations == deadline.citations
    assert again.explain("zh") == deadline.explain("zh")


@pytest.mark.parametrize("version", [v for v in COMPUTABLE if v.limit], ids=version_id)
def test_what_a_deadline_cites_was_in_force(version):
    """No article is cited for a day on which it did not stand there: no 民法典 before 2021, no 民诉 85 before 2022."""
    force = version.force
    years = range(max(2005, (force.first or D.min).year), min(2026, (force.last or D.max).year) + 1)
    for day in {force.first, force.last, *(D(year, 6, 30) for year in years)} - {None}:
        at = datetime.combine(day, time(9)) if "hour" in str(version.limit) else day
        try:
            found = version.deadline(at)
        except rc.RulecalError:
            continue
        lawful = law_day(found)
        assert all(lawful in each.force for each in found.citations), (lawful, found.citations)
        assert found.rule.norm.counting_on(lawful), lawful


CITED = [  # the first and last days are those of the texts: see data/clauses.toml for where each was read
    ("zhongwei-2022/farm-facility-filing", D(2022, 6, 27), ["民法典"], ["民法总则", "民法通则"]),
    ("information-disclosure/reply", D(2020, 6, 1), ["民法总则"], ["民法典", "民法通则"]),
    ("information-disclosure/reply", D(2017, 9, 29), ["民法通则"], ["民法典", "民法总则"]),
    ("administrative-litigation/direct-suit", D(2021, 12, 31), ["第82条", "第48条"], ["第85条"]),
    ("administrative-litigation/direct-suit", D(2022, 1, 1), ["第85条"], ["第82条"]),
    ("administrative-litigation/direct-suit", D(2018, 2, 7), ["第101条", "第82条"], ["法释〔2018〕1号"]),
    ("administrative-reconsideration/decision", D(2012, 12, 31), ["第40条", "第75条"], ["第82条", "第85条"]),
    (
        "tax-collection/monthly-filing",
        D(2025, 12, 31),
        ["增值税暂行条例", "税总办征科函〔2025〕64号"],
        ["《增值税法》"],
    ),
    ("tax-collection/monthly-filing", D(2026, 1, 31), ["《增值税法》"], ["增值税暂行条例"]),
]


@pytest.mark.parametrize(("rule_id", "day", "cited", "others"), CITED)
def test_articles_of_counting_are_those_of_the_day(rule_id, day, cited, others):
    found = "\n".join(map(str, RULES[rule_id].deadline(day).citations))
    assert all(each in found for each in cited)
    assert not any(each in found for each in others)


def test_what_deems_the_trigger_is_cited():
    """行政许可法 32: accepted as of receipt, where nothing is said for five days."""
    rule = RULES["administrative-licensing/decision"]
    plain, deemed = (rule.deadline(A_DAY, trigger_kind=kind) for kind in ("accepted", "received"))
    assert [each.article for each in deemed.citations] == [*(each.article for each in plain.citations), "32"]
    assert deemed.explain("en").count("第32条") >= 2
    assert any("第32条" in each for each in deemed.certificate()["source"])


def test_where_a_unit_clause_decides_it_is_cited_first_among_the_articles_of_counting():
    """行政复议法 88: the ten days of the reply are working days, the sixty of the application are not."""
    reply, application = (RULES[f"administrative-reconsideration/{name}"].norm for name in ("reply", "application"))
    assert [norm.counted_by[0].article for norm in (reply, application)] == ["88", "88"]
    assert reply.counted_by[0].says["en"] == "these days are working days"
    assert application.counted_by[0].says["en"].endswith("calendar days")


# what is only memory says so everywhere ------------------------------------------------------------------------------


@pytest.mark.parametrize("version", MEMORY, ids=version_id)
def test_memory_says_so_in_words(version):
    assert "凭记忆，未核实" in version.explain("zh")
    assert "from memory, not checked" in version.explain("en")
    if version.is_computable:
        deadline = compute(version)
        assert "凭记忆，未核对原文" in deadline.explain("zh")
        assert "from memory, not checked" in deadline.explain("en")
        assert "from memory" in deadline._repr_html_()
        assert deadline.to_dict()["rule"]["norm"]["certainty"] == "memory"
        if deadline.settled:
            paper = deadline.certificate()
            assert paper["certainty"] == "memory"
            assert paper["source"][0].endswith("[memory]")


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.certainty is Certainty.MEMORY], ids=lambda r: r.id)
def test_memory_says_so_in_lists(rule):
    assert "凭记忆" in run("rules", rule.id).output
    assert "from memory" in run("rules", rule.id, "--lang", "en").output
    records = json.loads(run("rules", rule.id, "--json").output)
    assert [each["certainty"] for each in records if each["id"] == rule.id] == ["memory"]


def test_memory_says_so_where_a_reference_leads_to_it():
    found = run("due", "zhongwei-2022/normative-document-legality-review", "--from", "2022-09-28", "--lang", "en")
    table = found.output[found.output.index("certainty") :]
    assert table.count("from memory, not checked") == 2


@pytest.fixture
def ledger(tmp_path):
    """An item by a rule from memory, one by an old text seen in one place, and one that is verified."""
    path = tmp_path / "ledger.csv"
    path.write_text(
        "id,rule,trigger,completed\nM,normative-documents/legality-review,2022-09-28,\n"
        "O,civil-procedure/service-by-notice,2020-06-20,\nV,civil-procedure/service-by-notice,2022-06-20,\n"
        "T,zhongwei-2022/adjudication-list,,\n"
    )
    return path


def test_memory_says_so_in_a_report(ledger, tmp_path):
    report = rc.Ledger.read(ledger).check(as_of=D(2022, 10, 1))
    expected = {"M": "memory", "O": "one-source", "V": "verified", "T": "verified"}
    assert {each["id"]: each["certainty"] for each in report.to_dict()["items"]} == expected
    report.write(tmp_path / "report.csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text(encoding="utf-8-sig")))
    assert {row["id"]: row["certainty"] for row in rows} == expected


@pytest.mark.parametrize(("lang", "marks"), [("zh", ("[凭记忆", "[单一来源")), ("en", ("[from memory", "[one source"))])
def test_memory_says_so_in_the_table_of_a_check(ledger, lang, marks):
    found = " ".join(run("check", str(ledger), "--as-of", "2022-10-01", "--lang", lang).output.split())
    assert [found.count(mark.split()[0]) for mark in marks] == [1, 1]


def test_memory_says_so_in_columns():
    """民事诉讼法 on service: the text before 2022 seen in one place, the text since then read."""
    import numpy as np

    days = np.array(["2020-06-20", "2022-06-20", "NaT"], "M8[D]")
    found = rc.flag({"received": days}, rule="civil-procedure/service-by-notice", as_of=D(2022, 7, 1))
    assert found["certainty"].tolist() == ["one-source", "verified", None]
    found = rc.flag({"received": days}, rule="normative-documents/legality-review", as_of=D(2022, 7, 1))
    assert found["certainty"].tolist() == ["memory", "memory", None]


# the commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", COMPUTABLE, ids=version_id)
def test_the_command_answers(version):
    day = str(trigger_of(version))[:16]
    found = run("due", version.id, "--from", day, "--outside-force")
    assert (found.exit_code, found.stderr) == (0, "")
    assert str(compute(version).due) in found.output


@pytest.mark.parametrize("rule", UNDATED, ids=lambda rule: rule.id)
@pytest.mark.parametrize("args", [(), ("--from", "2022-06-20")])
def test_a_rule_without_a_date_says_what_it_is(rule, args):
    found = run("due", rule.id, *args, "--lang", "en")
    assert found.exit_code == 0
    assert f"[{rule.id}]" in found.output
    assert "Kind: " in found.output
    assert all(each in found.output for each in RULES.behind(rule.id) if each in rule.refers_to)


def test_a_quota_needs_no_day():
    quotas = [rule for rule in RULES.values() if rule.kind is rc.Kind.QUOTA]
    assert quotas
    for rule in quotas:
        found = run("due", rule.id, "--lang", "en")
        assert found.exit_code == 0
        assert "a year" in found.output


def test_what_there_is_is_known_before_any_text_is_read():
    """The ids come from the headings of the files; the rules that are read have the same, in the same order."""
    ask = "import rulecal as rc; from rulecal.deadlines import catalogue as c; n = len(list(rc.catalogue()))"
    found = subprocess.run(
        [sys.executable, "-c", f"{ask}; print(n, c._instrument.cache_info().misses)"], capture_output=True, check=True
    )
    assert found.stdout.split() == [str(len(RULES)).encode(), b"0"]
    assert list(RULES) == [rule.id for rule in RULES.values()]
    read = [norm.id for instrument in instruments() for norm in shipped(instrument)]
    assert list(RULES) == list(dict.fromkeys(read))


def test_the_hearing_rules_that_a_clerk_expects():
    """许可法 47, 48; 处罚法 64; 复议法 51; 重大决策 16; 规章条例 16; and what the notice refers to."""
    found = {each["id"]: each["clause"] for each in json.loads(run("rules", "听证", "--json").output)}
    expected = {
        "administrative-licensing/hearing-request": "第47条第1款",
        "administrative-licensing/hearing-arrangement": "第47条第1款",
        "administrative-licensing/hearing-notice": "第48条第1款第1项",
        "administrative-penalty/hearing-request": "第64条第1项",
        "administrative-penalty/hearing-notice": "第64条第2项",
        "administrative-reconsideration/hearing-notice": "第51条第1款",
        "major-decisions/hearing-materials": "第16条第3款",
        "rule-making/hearing-notice": "第16条第2款第1项",
        "zhongwei-2022/hearing-rights": "（十八）",
    }
    assert expected.items() <= found.items()
    assert expected.keys() <= rc.catalogue().find("hearing").keys()


# from the notice to what binds ---------------------------------------------------------------------------------------


def test_a_reference_of_the_notice_leads_to_what_binds_in_ningxia():
    binding = RULES.behind("zhongwei-2022/information-disclosure")
    assert {rule.region for rule in binding.values()} == {"640500"}
    assert {rule.norm.instrument.id for rule in binding.values()} == {"information-disclosure"}
    assert binding["information-disclosure/reply"].deadline(A_DAY).due == D(2022, 7, 20)
    assert RULES["information-disclosure/reply"].deadline(A_DAY).due == D(2022, 7, 18)


@pytest.mark.parametrize(
    "rule", [r for r in UNDATED if r.kind is rc.Kind.REFERENCE and r.refers_to], ids=lambda rule: rule.id
)
def test_each_reference_leads_to_a_rule_with_a_date(rule):
    assert any(each.is_computable for each in RULES.behind(rule.id).values())


# references ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "limit", "due"),
    [("2022-06-01", "10日内", "2022-06-13"), ("2026-06-01", "10个工作日内", "2026-06-15")],
)
def test_a_reference_shows_the_limit_of_the_text_of_the_day(day, limit, due):
    """行政复议法 23 (2017) gives the respondent ten days, article 48 (2023) ten working days."""
    found = run("due", "zhongwei-2022/reconsideration-cases", "--from", day)
    row = next(line for line in found.output.splitlines() if "administrative-reconsideration/reply " in line)
    assert limit in row
    assert due in row


@pytest.mark.parametrize(
    ("rule_id", "day", "why"),
    [
        ("zhongwei-2022/reconsideration-cases", "1990-01-01", "当日无已收录的有效文本"),
        ("zhongwei-2022/reconsideration-cases", "2031-01-01", "超出日历范围"),
    ],
)
def test_a_reference_says_why_no_date_follows_from_a_day(rule_id, day, why):
    found = run("due", rule_id, "--from", day).output
    assert why in found
    assert not any(word in found for word in ("in force", "calendar"))


@pytest.mark.parametrize("rule", UNDATED, ids=lambda rule: rule.id)
def test_a_rule_without_a_date_answers_as_json_and_has_no_certificate(rule):
    found = json.loads(run("due", rule.id, "--from", "2022-06-20", "--json").output)
    assert found["rule"]["id"] == rule.id
    assert [each["id"] for each in found["binding"]] == list(RULES.behind(rule.id))
    assert all(
        (each["deadline"] is None) == (each["why"] is not None or not each["rule"]["computable"])
        for each in found["binding"]
    )
    refused = run("due", rule.id, "--certificate")
    assert refused.exit_code == 2
    assert rule.id in refused.stderr
