"""The command line: what it prints, and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import rulecal
from rulecal.cli import app

ROOT = Path(__file__).parents[2]
LEDGER = str(ROOT / "docs" / "examples" / "zhongwei-2022.csv")
FAULTY = str(ROOT / "docs" / "examples" / "faulty.csv")


def run(*args):
    return CliRunner().invoke(app, args)


FILING, LICENCE = "zhongwei-2022/farm-facility-filing", "administrative-licensing/decision"
TAX, YEARLY = "tax-collection/monthly-filing", "zhongwei-2022/annual-report-government"


class TestDue:
    def test_the_date_and_why(self):
        found = run("due", "zhongwei-2022/farm-facility-filing", "--from", "2022-06-27")
        assert found.exit_code == 0
        assert found.output.startswith("届满日: 2022-07-20（周三）")
        assert "古尔邦节" in found.output

    def test_english_region_json(self):
        args = ("due", "zhongwei-2022/farm-facility-filing", "--from", "2022年6月27日", "--region", "110000")
        assert "Due: 2022-07-18 (Monday)" in run(*args, "--lang", "en").output
        assert json.loads(run(*args, "--json").output)["due"] == "2022-07-18"

    def test_a_moment_for_a_rule_in_days_is_its_day(self):
        found = run("due", "zhongwei-2022/farm-facility-filing", "--from", "2022-06-27 23:30", "--lang", "en")
        assert "Due: 2022-07-20" in found.output

    @pytest.mark.parametrize(
        ("args", "english", "chinese"),
        [
            (("x/y",), "rulecal rules", "没有编号为「x/y」的规则"),
            (("zhongwei-2022/farm-facility",), "did you mean zhongwei-2022/farm-", "是否为 zhongwei-2022/farm-"),
            ((FILING, "--from", "2022-6-27"), "is not read as a date", "「2022-6-27」不是能读的日期"),
            ((FILING, "--from", "2023-06-27"), "outside_force", "2022-01-01至2022-12-31；加 --outside-force"),
            ((FILING,), "the trigger is missing", "用 --from 给出"),
            ((FILING, "--from", "2022-06-27", "--region", "x"), "names no division", "「x」不是行政区划"),
            ((LICENCE, "--from", "2022-06-01", "--trigger-kind", "sent"), "accepted or received", "accepted或received"),
            ((LICENCE, "--from", "2031-06-01"), "lies outside the calendar", "超出日历范围（2004-01-01 至"),
            ((LICENCE, "--from", "2026-12-20", "--certificate"), "is not settled", "尚未确定，待国务院办公厅2027年"),
            ((LICENCE, "--from", "2002-06-01", "--outside-force"), "before 2004", "2004年以前的放假安排未收录"),
            (
                (LICENCE, "--from", "2022-01-01", "--known-on", "2015-01-01"),
                "nothing was known",
                "截至 2015-01-01 尚无",
            ),
            ((FILING, "--from", "2022-06-27", "--region", "朝阳区"), "may be", "有多个：110105, 220104"),
            ((FILING, "--from", "2022-06-27", "--region", "640599"), "nearest above", "其上最近的区划是 640500"),
            (("administrative-coercion/urgent-report", "--from", "2024-01-01"), "a moment", "须给出时刻"),
            ((TAX, "--from", "2022-06-20"), "the last day of a month", "自月末起算"),
            (("zhongwei-2022/court-appearance-rate", "--certificate"), "review item", "属「比例目标」"),
            (("zhongwei-2022/hearing-rights", "--certificate"), "ask those", "属「援引」，不产生日期\n提示：期限见 "),
            ((YEARLY, "--from", "2022-01-05"), "made (2022-03-29)", "早于成文日期 2022-03-29"),
        ],
    )
    def test_bad_input_is_exit_2_and_says_what_to_do(self, args, english, chinese):
        found = run("due", *args, "--lang", "en")
        assert (found.exit_code, english in found.stderr) == (2, True)
        found = run("due", *args)
        assert (found.exit_code, chinese in found.stderr) == (2, True)
        assert "Hint" not in found.stderr

    def test_what_has_no_words_in_chinese_is_said_in_english(self):
        found = run("due", FILING, "--from", "2022-06-27", "--notice", "nowhere.json")
        assert (found.exit_code, "nowhere.json" in found.stderr) == (2, True)

    def test_a_reference_leads_to_what_binds_and_to_its_dates(self):
        found = run("due", "zhongwei-2022/information-disclosure", "--from", "2022-06-20", "--lang", "en")
        assert found.exit_code == 0
        (line,) = (
            line for line in found.output.splitlines() if line.strip().startswith("information-disclosure/reply")
        )
        assert "2022-07-20" in line

    @pytest.mark.parametrize(("day", "said"), [("2022-09-25", False), ("2024-09-25", True)])
    def test_a_reference_out_of_its_year_says_so(self, day, said):
        found = run("due", "zhongwei-2022/reconsideration-cases", "--from", day)
        assert (found.exit_code, "起算日不在其施行期内" in found.output) == (0, said)
        assert "administrative-reconsideration/decision" in found.output

    def test_a_deemed_trigger(self):
        args = ("due", "administrative-licensing/decision", "--from", "2022-06-01", "--trigger-kind")
        assert "Due: 2022-06-30" in run(*args, "received", "--lang", "en").output

    def test_outside_its_force(self):
        args = (
            "due",
            "zhongwei-2022/annual-report-government",
            "--from",
            "2026-01-05",
            "--outside-force",
            "--lang",
            "en",
        )
        found = run(*args)
        assert found.exit_code == 0
        assert "Due: 2026-02-28" in found.output
        assert "2026-03-01 (Sunday)" in found.output
        assert "not in force" in found.output


class TestCheck:
    def test_the_main_job(self, tmp_path):
        found = run("check", LEDGER, "--as-of", "2022-07-21", "--out", str(tmp_path / "r.csv"))
        assert found.exit_code == 1
        assert "逾期 7 项" in found.output
        assert "汇总" in found.output
        assert "…" not in found.output.replace("汇总", "")
        assert (tmp_path / "r.csv").stat().st_size > 1000

    def test_the_region_of_the_acting_office(self, tmp_path):
        path = tmp_path / "l.csv"
        rows = ("1,information-disclosure/reply,2022-06-20,,中卫", "2,information-disclosure/reply,2022-06-20,,")
        path.write_text("\n".join(["编号,规则,起算日,办结日,地区", *rows]), encoding="utf-8")
        asked = ("check", str(path), "--as-of", "2022-07-19")
        found = run(*asked)
        assert (found.exit_code, "全国" in found.output, "中卫" in found.output) == (1, True, True)
        found = run(*asked, "--region", "640500", "--lang", "en")
        assert (found.exit_code, "region" in found.output, "640500" in found.output) == (0, True, True)
        assert "不是行政区划" in run(*asked, "--region", "x").stderr

    def test_both_files_are_read_in_the_encoding(self, tmp_path):
        path, events = tmp_path / "l.csv", tmp_path / "e.csv"
        path.write_text(
            "编号,规则,起算日,办结日\n一,zhongwei-2022/farm-facility-filing,2022-06-27,\n", encoding="gb18030"
        )
        events.write_text("编号,事件,起\n一,办结,2022-07-01\n", encoding="gb18030")
        asked = ("check", str(path), "--as-of", "2022-07-21", "--events", str(events))
        assert "已完成" in run(*asked, "--encoding", "gb18030").output
        assert "GB18030" in run(*asked).stderr

    def test_a_fault_of_an_event_is_said_in_the_language_asked_for(self, tmp_path):
        path, events = tmp_path / "l.csv", tmp_path / "e.csv"
        path.write_text("id,rule,trigger,completed\n1,administrative-licensing/decision,2026-06-01,\n")
        events.write_text("编号,事件,起,数量\n1,延长,2026-06-05,99\n", encoding="utf-8")
        found = run("check", str(path), "--as-of", "2026-07-01", "--events", str(events))
        assert "e.csv 第2行 event列：「延长」；需要：核对该决定（延长99" in found.stderr
        assert (found.exit_code, "汇总" in found.output) == (2, False)  # no table where no item is left
        found = run("check", str(path), "--as-of", "2026-07-01", "--events", str(events), "--lang", "en")
        assert "e.csv, row 2, column event: '延长'; needed: check the decision (extended by 99" in found.stderr

    def test_nothing_overdue_is_exit_0(self, tmp_path):
        path = tmp_path / "fine.csv"
        path.write_text("id,rule,trigger,completed\n1,zhongwei-2022/farm-facility-filing,2022-06-27,2022-07-20\n")
        assert run("check", str(path), "--as-of", "2022-07-21").exit_code == 0
        assert run("check", str(path)).exit_code == 0  # as of today

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_faults_are_exit_2_each_on_a_line_and_good_rows_are_shown(self, lang):
        found = run("check", FAULTY, "--as-of", "2022-07-21", "--lang", lang)
        assert found.exit_code == 2
        assert len(found.stderr.splitlines()) == 10
        assert "F-001" in found.output

    def test_a_file_fault_in_either_language(self, tmp_path):
        path = tmp_path / "gbk.csv"
        path.write_bytes("编号,规则\n".encode("gb18030"))
        for lang in ("zh", "en"):
            found = run("check", str(path), "--as-of", "2022-07-21", "--lang", lang)
            assert (found.exit_code, "GB18030" in found.stderr) == (2, True)
        assert run("check", str(tmp_path / "none.csv")).exit_code == 2

    def test_rules_of_ones_own(self, tmp_path):
        (tmp_path / "r.toml").write_text(
            '[instrument]\nid = "x"\ntitle = "某"\n[rules.a]\ntitle = { zh = "甲", en = "a" }\nkind = "within"\n'
            'amount = 1\nunit = "month"\nroll = "unclear"\n',
            encoding="utf-8",
        )
        path = tmp_path / "l.csv"
        path.write_text(
            "id,rule,trigger,completed\n1,x/a,2022-04-01,\n2,x/a,2022-05-25,\n3,x/a,2022-05-25,2022-06-26\n"
        )
        found = run("check", str(path), "--as-of", "2022-06-26", "--rules", str(tmp_path / "r.toml"), "--lang", "en")
        assert found.exit_code == 1
        assert "2022-06-25 or 2022-06-27 by the reading" in " ".join(found.output.split())

    def test_every_state_has_its_words(self):
        """The example on other days, in both languages: inferred dates, disputes, quotas missed."""
        for as_of, said in (
            ("2023-01-05", "the date is inferred"),
            ("2022-02-28", "not started"),
            ("2022-10-05", "at risk"),
        ):
            found = run("check", LEDGER, "--as-of", as_of, "--lang", "en")
            assert said in " ".join(found.output.split())

    def test_beyond_the_days_held_working_days_are_unknown(self):
        assert "(? working)" in " ".join(run("check", LEDGER, "--as-of", "2027-02-01", "--lang", "en").output.split())

    def test_a_terminal_gets_colours_in_its_width(self, monkeypatch):
        from rich.console import Console

        monkeypatch.setattr(Console, "is_terminal", property(lambda _: True))
        found = run("check", LEDGER, "--as-of", "2022-07-21")
        assert found.exit_code == 1

    def test_a_bad_place_for_the_report_is_bad_input(self, tmp_path):
        for place in (tmp_path / "r.xlsx", tmp_path / "nowhere" / "r.csv"):
            assert run("check", LEDGER, "--as-of", "2022-07-21", "--out", str(place)).exit_code == 2
        assert run("check", LEDGER, "--encoding", "foo").exit_code == 2

    def test_a_name_in_brackets_is_no_markup(self, tmp_path):
        path = tmp_path / "l.csv"
        path.write_text("id,rule,lead,trigger,completed\n1,zhongwei-2022/farm-facility-filing,[/x],2022-06-27,\n")
        found = run("check", str(path), "--as-of", "2022-07-21")
        assert (found.exit_code, found.output.count("[/x]")) == (1, 2)


class TestLists:
    def test_rules(self):
        assert "zhongwei-2022/rule-draft-comment" in run("rules", "征求意见").output
        assert json.loads(run("rules", "filing", "farm", "--json").output)[0]["amount"] == 15
        assert "within 15 working days" in run("rules", "farm", "--lang", "en").output

    def test_calendar(self):
        assert "2022-07-11   周一   地方节日" in run("calendar", "2022", "--region", "640500").output
        assert "249 working days" in run("calendar", "2022", "--lang", "en").output
        assert len(json.loads(run("calendar", "2022", "--json").output)) == 365
        assert "待定" in run("calendar", "2018", "--region", "640500").output
        assert "not settled" in run("calendar", "2018", "--region", "640500", "--lang", "en").output
        for year in ("2031", "0", "99999"):
            assert run("calendar", year).exit_code == 2

    def test_validate(self, tmp_path):
        assert run("validate", LEDGER).output.endswith("60 项，没有错误\n")
        assert run("validate", FAULTY).exit_code == 2
        path = tmp_path / "r.toml"
        path.write_text('[instrument]\nid = "x"\ntitle = "某"\n[rules.a]\nkind = "within"\n', encoding="utf-8")
        for lang, said in (("en", "rules.a.amount is missing; needed: a whole number"), ("zh", "[rules.a] amount：缺")):
            found = run("validate", str(path), "--lang", lang)
            assert (found.exit_code, said in found.stderr) == (2, True)
            assert len(found.stderr.splitlines()) == 4  # a count, and three keys
        data = Path(rulecal.__file__).parent / "data" / "notices"
        assert "67 条规则，没有错误" in run("validate", str(data)).output


def test_help_names_the_commands():
    found = run("--help")
    assert all(name in found.output for name in ("due", "check", "rules", "calendar", "validate"))


def test_as_a_module():
    args = [sys.executable, "-m", "rulecal", "due", "zhongwei-2022/farm-facility-filing", "--from", "2022-06-27"]
    assert "2022-07-20" in subprocess.run(args, capture_output=True, text=True, check=True, encoding="utf-8").stdout


class TestWithoutItsExtra:
    def test_it_says_how_to_install_it(self, monkeypatch):
        from rulecal import __main__

        monkeypatch.setitem(sys.modules, "click", None)
        monkeypatch.delitem(sys.modules, "rulecal.cli")
        with pytest.raises(SystemExit, match=r"pip install 'rulecal\[cli\]'"):
            __main__.main()

    def test_another_missing_module_is_not_hidden(self, monkeypatch):
        from rulecal import __main__

        monkeypatch.setitem(sys.modules, "chinese_calendar", None)
        monkeypatch.delitem(sys.modules, "rulecal.cli")
        monkeypatch.setitem(sys.modules, "rulecal.tables", None)
        with pytest.raises(ModuleNotFoundError):
            __main__.main()

    def test_it_runs_the_application(self, monkeypatch, capsys):
        from rulecal import __main__

        monkeypatch.setattr(
            sys, "argv", ["rulecal", "due", "zhongwei-2022/farm-facility-filing", "--from", "2022-06-27"]
        )
        with pytest.raises(SystemExit) as caught:
            __main__.main()
        assert caught.value.code == 0
        assert "2022-07-20" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有符合的规则"), ("en", "no rule has all of these words")])
def test_words_that_no_rule_has(lang, said):
    found = CliRunner().invoke(app, ["rules", "zzz", "--lang", lang])
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", f"{said}\n")


def test_a_year_without_such_a_duty():
    found = CliRunner().invoke(app, ["year", "2022", "--of", "火星"])
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "该年没有这样的固定日期、次数或任务\n")


def test_faults_of_own_rules_are_said_one_by_one(tmp_path):
    (tmp_path / "bad.toml").write_text('[rules.A]\nkind = "x"\n', encoding="utf-8")
    found = CliRunner().invoke(app, ["rules", "--rules", str(tmp_path / "bad.toml")])
    assert found.exit_code == 2
    assert "处错误：" in found.stderr
    assert "Hint" not in found.stderr


RULES_HEAD = '[instrument]\nid = "{}"\ntitle = "某"\n[rules.{}]\ntitle = {{ zh = "甲", en = "a" }}\nkind = "{}"\n'


def own_rules(tmp_path, instrument, rule, more="", kind="soft"):
    (tmp_path / "own.toml").write_text(RULES_HEAD.format(instrument, rule, kind) + more, encoding="utf-8")
    return str(tmp_path / "own.toml")


def test_an_id_of_the_package_is_a_fault_of_the_file(tmp_path):
    path = own_rules(tmp_path, "administrative-penalty", "hearing-request")
    for args in (("validate", path), ("rules", "甲", "--rules", path)):
        found = run(*args)
        assert found.exit_code == 2
        assert "own.toml [rules] hearing-request：" in found.stderr
        assert "此编号已有另一规则" in found.stderr
        assert "a rule that is held has this one" in run(*args, "--lang", "en").stderr


def test_the_same_rule_twice_is_no_fault_but_cannot_be_joined(tmp_path):
    shipped = str(Path(rulecal.__file__).parent / "data" / "statutes" / "case-transfer.toml")
    assert run("validate", shipped).exit_code == 0
    own = own_rules(tmp_path, "x", "a")
    assert run("validate", own, "--rules", own).exit_code == 0
    found = run("rules", "甲", "--rules", shipped)
    assert (found.exit_code, found.stderr.startswith("rulecal: 两处都有编号 case-transfer/")) == (2, True)
    assert "提示：为其一另取编号" in found.stderr


@pytest.mark.parametrize("more", ["", "force = { first = 2026-01-01, last = 2026-12-31 }\n"])
def test_a_task_of_the_plan_year_in_a_text_without_end(tmp_path, more):
    path = own_rules(tmp_path, "x", "a", more, "plan_task")
    (tmp_path / "done.csv").write_text("规则,日期\nx/a,2026-04-08\n", encoding="utf-8")
    asked = ("year", "2026", "--rules", path, "--of", "x", "--as-of", "2026-07-01", "--lang", "en")
    for args, state in ((asked, "review"), ((*asked, "--done", str(tmp_path / "done.csv")), "met")):
        found = run(*args)
        assert (found.exit_code, found.stderr) == (0, "")
        assert "2026-12-31" in found.output
        assert state in found.output


def test_an_item_in_hours_is_checked_at_the_present_moment(tmp_path):
    own = own_rules(tmp_path, "x", "a", "amount = 24\nunit = 'hour'\n", "within")
    path = tmp_path / "l.csv"
    path.write_text("id,rule,trigger,completed\n1,x/a,2022-06-27 09:00,\n", encoding="utf-8")
    found = run("check", str(path), "--rules", own, "--lang", "en")
    assert (found.exit_code, "2022-06-28" in found.output) == (1, True)
    assert run("validate", str(path), "--rules", own).exit_code == 0
    assert "(as of)" in run("check", str(path), "--rules", own, "--as-of", "2022-06-27", "--lang", "en").stderr


def test_a_folder_that_is_missing_is_no_missing_ledger(tmp_path):
    assert "没有规则文件" in run("validate", str(tmp_path / "none")).stderr
    (tmp_path / "ledger").write_text("编号,规则,起算日,办结日\n", encoding="utf-8")
    assert run("validate", str(tmp_path / "ledger")).output.endswith("0 项，没有错误\n")
    assert "写台账" in run("validate", str(tmp_path / "none.csv")).stderr
