"""A ledger in which things happen: events in its columns, in a second file; duties of a year from dated events."""

from datetime import date

import pytest
from click.testing import CliRunner

import rulecal as rc
from rulecal.cli import app

D = date
LICENCE, FARM = "administrative-licensing/decision", "zhongwei-2022/farm-facility-filing"
JULY = D(2026, 7, 1)
HEAD = "编号,规则,起算日,办结日,不计入,中止,延长,重新计算,承诺\n"


def check(tmp_path, rows, as_of=JULY, events=None):
    path = tmp_path / "ledger.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    if events is not None:
        (tmp_path / "events.csv").write_text(events, encoding="utf-8")
        return rc.Ledger.read(path).check(as_of=as_of, events=tmp_path / "events.csv")
    return rc.Ledger.read(path).check(as_of=as_of)


class TestColumns:
    def test_without_events_a_row_is_no_case(self, tmp_path):
        (found,) = check(tmp_path, f"1,{LICENCE},2026-06-01,,,,,,\n").results
        assert (found.deadline.due, found.promise, found.status.state) == (D(2026, 6, 30), None, rc.State.OVERDUE)

    def test_an_extension_in_time_and_one_too_late(self, tmp_path):
        rows = f"1,{LICENCE},2026-06-01,,,,2026-06-29 10,,\n2,{LICENCE},2026-06-01,,,,2026-07-01 10,,\n"
        one, two = check(tmp_path, rows).results
        assert (one.deadline.due, one.status.state) == (D(2026, 7, 14), rc.State.OPEN)
        assert (two.deadline.due, two.status.state) == (D(2026, 6, 30), rc.State.OVERDUE)

    def test_an_exclusion_not_told_in_writing_is_a_reading(self, tmp_path):
        (found,) = check(tmp_path, f"1,{LICENCE},2026-06-01,,2026-06-08/2026-06-12 检测,,,,\n").results
        assert [str(r.latest) for r in found.deadline.readings] == ["2026-06-30", "2026-07-07"]
        assert found.status.state is rc.State.DISPUTED

    def test_one_day_and_an_open_one(self, tmp_path):
        rows = "1,information-disclosure/reply,2026-06-01,,2026-06-08 征求第三方意见；2026-06-22/ 征求第三方意见,,,,\n"
        (found,) = check(tmp_path, rows, as_of=D(2026, 6, 26)).results
        assert found.status.state is rc.State.SUSPENDED

    def test_a_suspension(self, tmp_path):
        rule = "administrative-reconsideration/decision"
        rows = f"1,{rule},2026-03-02,,,2026-03-10/2026-03-20 中止,,,\n2,{rule},2026-03-02,,,2026-03-10 中止,,,\n"
        closed, opened = check(tmp_path, rows, as_of=D(2026, 4, 1)).results
        plain = rc.catalogue()[rule].deadline(D(2026, 3, 2)).nominal
        assert (closed.deadline.nominal - plain).days == 9  # the days between, 11 to 19 March
        assert opened.status.state is rc.State.SUSPENDED

    def test_a_restart(self, tmp_path):
        (found,) = check(tmp_path, "1,information-disclosure/reply,2026-06-01,,,,,2026-06-15,\n").results
        assert found.deadline.due == rc.due_date("information-disclosure/reply", D(2026, 6, 15))

    @pytest.mark.parametrize("promise", ["5个工作日内", "zhongwei-2022/business-startup"])
    def test_a_promise(self, tmp_path, promise):
        rows = f"1,{FARM},2022-06-27,2022-07-20,,,,,{promise}\n"
        (found,) = check(tmp_path, rows, as_of=D(2022, 7, 25)).results
        assert (found.status.state, found.status.is_overdue) == (rc.State.PAST_PROMISE, False)
        assert found.promise.due < found.deadline.due

    def test_every_fault_of_the_columns(self, tmp_path):
        bad = f"1,{LICENCE},2026-06-01,,yesterday 检测,2026/06-08/ x,ten,soon,尽快\n"
        rows = bad + f"2,{LICENCE},,,2026-06-08 检测,,,,\n3,{LICENCE},2026-06-01,,2026-06-08 开会,,2026-06-02 99,,\n"
        report = check(tmp_path, rows)
        assert report.results == ()
        assert {f.facts["column"] for f in report.faults if f.facts["row"] == 2} == {
            "excluded",
            "suspended",
            "extended",
            "restarted",
            "promised",
        }
        assert [f.facts["column"] for f in report.faults if f.facts["row"] == 3] == ["trigger"]
        assert [f.facts["column"] for f in report.faults if f.facts["row"] == 4] == ["excluded", "extended"]

    def test_what_moved_counts_the_events_too(self, tmp_path):
        report = check(tmp_path, f"1,{LICENCE},2020-01-10,,,,2020-01-16 10,,\n", as_of=D(2020, 3, 1))
        old, new = rc.calendar(known_on=D(2020, 1, 25)), rc.calendar()
        ((_, moved),) = report.moved_by(old, new)
        assert (moved.new - moved.old).days > 0


class TestSecondFile:
    EVENTS = "编号,事件,起,止,数量,事由,依据,地区,已书面告知\n"

    def test_each_kind(self, tmp_path):
        rows = "".join(f"{n},{LICENCE},2026-06-01,,,,,,\n" for n in range(1, 7))
        events = self.EVENTS + (
            "1,不计入,2026-06-08,2026-06-12,,检测,,,是\n2,suspension,2026-06-08,2026-06-12,,不可抗力,某办法,,\n"
            "3,延长,2026-06-29,,10,,,,\n4,重新计算,2026-06-10,,,补正,,,\n5,移送,2026-06-03,,,,,640500,\n6,办结,2026-06-20,,,,,,\n"
        )
        report = check(tmp_path, rows, events=events)
        assert report.faults == ()
        found = [str(result.deadline.due) for result in report.results]
        plain, again = D(2026, 6, 30), rc.due_date(LICENCE, D(2026, 6, 10))
        assert found[:4] == ["2026-07-07", "2026-07-03", "2026-07-14", str(again)]
        assert found[4:] == [str(rc.due_date(LICENCE, D(2026, 6, 1), region="640500")), str(plain)]
        assert report.results[5].status.state is rc.State.MET

    def test_every_fault(self, tmp_path):
        events = self.EVENTS + (
            "9,办结,2026-06-08,,,,,,\n1,睡觉,2026-06-08,,,,,,\n1,办结,soon,,,,,,\n1,办结,,,,,,,\n1,延长,2026-06-08,,ten,,,,\n1,移送,2026-06-08,,,,,,\n"
        )
        report = check(tmp_path, f"1,{LICENCE},2026-06-01,,,,,,\n2,soft,,,,,,,\n", events=events)
        assert [(f.facts["file"], f.facts["column"]) for f in report.faults if f.facts["file"] == "events.csv"] == [
            ("events.csv", column) for column in ("id", "event", "from", "from", "amount", "region")
        ]

    def test_completions_of_dates_and_quotas(self, tmp_path):
        rows = (
            "1,zhongwei-2022/commitment-list,2022-12-31,,,,,,\n2,zhongwei-2022/leaders-lectures,2022-12-31,2022-03-01,,,,,\n"
            f"3,{LICENCE},2026-06-01,2026-06-02,,,,,\n"
        )
        events = (
            self.EVENTS.splitlines()[0]
            + "\n"
            + ("1,办结,2022-06-20,,,,,,\n2,办结,2022-04-08,,,,,,\n3,办结,2026-06-03,,,,,,\n")
        )
        report = check(tmp_path, rows, as_of=D(2026, 6, 10), events=events)
        assert {r.item.id: r.status.state.name for r in report.results} == {"1": "MET", "2": "MET"}
        (fault,) = report.faults
        assert (fault.file, fault.row, fault.column, fault.value) == ("events.csv", 4, "event", "办结")
        assert fault.expected.zh == "只有一个办结日；现有 2026-06-02, 2026-06-03"

    def test_an_item_with_an_event_that_cannot_be_read_is_not_judged(self, tmp_path):
        rows = "".join(f"{n},{LICENCE},2026-06-01,,,,,,\n" for n in (1, 2, 3))
        head = self.EVENTS.splitlines()[0]
        line = {
            "编号": "2",
            "事件": "不计入",
            "起": "2026-06-08",
            "止": "2026-06-12",
            "事由": "检测",
            "已书面告知": "√",
        }
        told = ",".join(line.get(name, "") for name in head.split(","))
        report = check(tmp_path, rows, events=f"{head}\n1,睡觉,2026-06-08{',' * (head.count(',') - 2)}\n{told}\n")
        assert [result.item.id for result in report.results] == ["3"]
        assert [fault.facts["column"] for fault in report.faults] == ["event", "notified"]

    def test_a_file_that_cannot_be_read(self, tmp_path):
        report = check(tmp_path, f"1,{LICENCE},2026-06-01,,,,,,\n", events="编号,事件\n1,办结\n")
        assert [f.facts["column"] for f in report.faults] == ["from"]
        (tmp_path / "events.csv").write_bytes("编号,事件,起\n".encode("gb18030"))
        again = rc.Ledger.read(tmp_path / "ledger.csv").check(as_of=D(2026, 7, 1), events=tmp_path / "events.csv")
        assert "not text in utf-8-sig" in str(again.faults[0])
        told = rc.Ledger.read(tmp_path / "ledger.csv").check(
            as_of=D(2026, 7, 1), events=tmp_path / "events.csv", encoding="gb18030"
        )
        assert told.faults == ()

    def test_on_the_command_line(self, tmp_path):
        check(tmp_path, f"1,{LICENCE},2026-06-01,,,,,,\n", events=self.EVENTS + "1,延长,2026-06-29,,10,,,,\n")
        args = [
            "check",
            str(tmp_path / "ledger.csv"),
            "--as-of",
            "2026-07-01",
            "--events",
            str(tmp_path / "events.csv"),
        ]
        result = CliRunner().invoke(app, args)
        assert result.exit_code == 0, result.output
        assert "2026-07-14" in result.output

    def test_what_contradicts_the_case_is_said_of_its_row_in_both_languages(self, tmp_path):
        """Art. 42 of the licensing law: 10 working days at the most."""
        rows = "".join(f"{n},{LICENCE},2026-06-01,,,,,,\n" for n in (1, 2, 3)) + f"3,{LICENCE},2026-06-01,,,,,,\n"
        events = self.EVENTS + (
            "1,延长,2026-06-29,,10,,,,\n2,延长,2026-06-29,,11,,,,\n"
            "2,不计入,2026-06-12,2026-06-08,,听证,,,\n3,办结,2026-05-29,,,,,,\n"
        )
        report = check(tmp_path, rows, events=events)
        assert [result.item.id for result in report.results] == ["1"]
        assert [(f.file, f.row, f.column, f.value) for f in report.faults] == [
            ("ledger.csv", 5, "id", "3"),
            ("events.csv", 3, "event", "延长"),
            ("events.csv", 4, "event", "不计入"),
            ("events.csv", 5, "event", "办结"),
        ]
        said = [f.expected for f in report.faults]
        assert "第42条第1款至多10个工作日" in said[1].zh
        assert "allows 10 working days" in said[1].en
        assert "止于2026-06-08，早于起日2026-06-12" in said[2].zh
        assert report.faults[2].hint == f"needed: {said[2].en}"

    def test_a_fault_of_no_event_is_one_of_the_trigger(self, tmp_path):
        """A tax period is over at the end of a month."""
        row = "1,tax-collection/monthly-filing,2026-06-05,,,,,,5个工作日内\n"
        assert [fault.column for fault in check(tmp_path, row).faults] == ["trigger"]


class TestClocks:
    """The statutory clock and the promised one have events of their own (S28)."""

    HEAD = "编号,事件,起,止,数量,事由,依据,适用期限\n"

    def dates(self, tmp_path, event, promised="10个工作日内"):
        report = check(tmp_path, f"1,{LICENCE},2026-06-01,,,,,,{promised}\n", events=f"{self.HEAD}{event}\n")
        assert report.faults == ()
        (result,) = report.results
        return result.deadline.due, result.promise.due

    @pytest.mark.parametrize(
        ("clock", "moved"),
        [("", (True, True)), ("both", (True, True)), ("法定", (True, False)), ("promised", (False, True))],
    )
    def test_an_exclusion(self, tmp_path, clock, moved):
        plain = self.dates(tmp_path, "1,办结,2026-06-30,,,,,")
        found = self.dates(tmp_path, f"1,suspension,2026-06-07,2026-06-13,,,某办法,{clock}")
        assert tuple(one != other for one, other in zip(plain, found, strict=True)) == moved

    def test_an_extension_is_in_the_unit_of_its_clock(self, tmp_path):
        """15 days from 1 June, and 2 more of them; the 20 working days of the law stay."""
        plain = self.dates(tmp_path, "1,办结,2026-06-30,,,,,", "15日内")
        found = self.dates(tmp_path, "1,延长,2026-06-05,,2,,某办法,承诺", "15日内")
        assert (plain, found) == ((D(2026, 6, 30), D(2026, 6, 16)), (D(2026, 6, 30), D(2026, 6, 18)))

    def test_words_that_will_not_do(self, tmp_path):
        events = self.HEAD + "1,延长,2026-06-05,,3,,,甲\n1,办结,2026-06-05,,,,,法定\n2,延长,2026-06-05,,3,,,承诺\n"
        rows = f"1,{LICENCE},2026-06-01,,,,,,\n2,{LICENCE},2026-06-01,,,,,,\n"
        report = check(tmp_path, rows, events=events)
        assert [(f.row, f.column, f.value) for f in report.faults] == [
            (2, "clock", "甲"),
            (3, "clock", "法定"),
            (4, "event", "延长"),
        ]
        assert [f.expected.zh for f in report.faults][::2] == ["两者、法定、承诺", "法定、承诺（本案没有承诺期限）"]

    def test_a_promise_has_to_be_a_limit_to_act_within_from_the_same_day(self, tmp_path):
        rules = ("zhongwei-2022/leaders-lectures", "24小时内", "administrative-coercion/urgent-report")
        rows = "".join(f"{n},{LICENCE},2026-06-01,,,,,,{rule}\n" for n, rule in enumerate(rules))
        assert [(f.row, f.column) for f in check(tmp_path, rows).faults] == [(n, "promised") for n in (2, 3, 4)]

    def test_a_promise_by_a_rule_of_ones_own(self, tmp_path):
        (tmp_path / "l.csv").write_text(HEAD + f"1,{LICENCE},2026-06-01,,,,,,mine\n", encoding="utf-8")
        rules = {"mine": rc.within(3, rc.Unit.WORKING_DAY), LICENCE: rc.catalogue()[LICENCE]}
        (result,) = rc.Ledger.read(tmp_path / "l.csv").check(as_of=JULY, rules=rules).results
        assert result.promise.due == D(2026, 6, 4)


class TestYear:
    def test_duties_of_the_notice(self, tmp_path):
        rules = rc.catalogue().of("卫政办发〔2022〕24号")
        done = tmp_path / "done.csv"
        lectures = "zhongwei-2022/leaders-lectures"
        done.write_text(
            "规则,日期,单位\n"
            f"{lectures},2022-04-08,中宁县\n{lectures},2022-09-08,中宁县\n{lectures},2022-04-09,海原县\n"
            "zhongwei-2022/commitment-list,2022-06-20,\nzhongwei-2022/commitment-list,2022-08-20,\n"
            f"x/y,2022-01-01,\nzhongwei-2022/leaders-training,soon,\n{FARM},2022-06-27,\n"
            f"{lectures},2021-12-30,海原县\nzhongwei-2022/reconsideration-body,2023-01-05,\n",
            encoding="utf-8",
        )
        ledger = rc.Ledger.of_year(2022, rules=rules, done=done)
        assert [(fault.row, fault.column, fault.value) for fault in ledger.faults] == [
            (7, "rule", "x/y"),
            (8, "date", "soon"),
            (9, "rule", FARM),
            (10, "date", "2021-12-30"),
            (11, "date", "2023-01-05"),
        ]
        assert "a duty of 2022: no yearly duty of this rule" in ledger.faults[2].hint
        assert ledger.faults[3].expected.zh == "2022年的日期，别的年份不计"
        report = ledger.check(as_of=D(2022, 11, 1))
        found = {result.item.id: result.status.state.name for result in report.results}
        assert found[f"{lectures} 中宁县"] == "MET"
        assert found[f"{lectures} 海原县"] == "AT_RISK"
        assert found["zhongwei-2022/commitment-list"] == "MET"
        assert found["zhongwei-2022/reconsideration-body"] == "OVERDUE"
        assert found["zhongwei-2022/party-committee-meeting"] == "AT_RISK"
        late = {result.item.id: result.status.state.name for result in ledger.check(as_of=D(2023, 1, 1)).results}
        assert (late[f"{lectures} 海原县"], late[f"{lectures} 中宁县"]) == ("MISSED", "MET")
        early = ledger.check(as_of=D(2022, 5, 1)).results
        assert {r.status.state.name for r in early if r.item.id == f"{lectures} 海原县"} == {"ON_TRACK"}

    def test_a_plan_task_is_done(self, tmp_path):
        (tmp_path / "done.csv").write_text("规则,日期,单位\nzhongwei-2022/task-plans,2022-04-08,\n", encoding="utf-8")
        ledger = rc.Ledger.of_year(2022, done=tmp_path / "done.csv")
        report = ledger.check(as_of=D(2022, 12, 1))
        assert not [fault for fault in report.faults if "task-plans" in str(fault)]
        found = {result.item.id: result.status.state.name for result in report.results}
        assert found["zhongwei-2022/task-plans"] == "MET"

    @pytest.mark.parametrize("year", [0, 9999, 99999, "2022", None])
    def test_what_is_no_year(self, year):
        with pytest.raises(rc.LedgerError, match="a civil year is needed"):
            rc.Ledger.of_year(year)

    def test_windows_are_no_duties_of_a_year(self):
        items = rc.Ledger.of_year(2026).items
        rules = rc.catalogue()
        assert items
        assert not any(isinstance(rules[item.rule].limit, rc.Window) for item in items)

    def test_on_the_command_line(self, tmp_path):
        run = CliRunner().invoke
        result = run(app, ["year", "2022", "--of", "卫政办发", "--as-of", "2022-05-01", "--lang", "en"])
        assert (result.exit_code, "As of 2022-05-01: 20 items" in result.output) == (1, True)
        (tmp_path / "done.csv").write_text("rule,date\nx,2022-01-01\n", encoding="utf-8")
        result = run(app, ["year", "2022", "--done", str(tmp_path / "done.csv"), "--as-of", "2022-05-01"])
        assert result.exit_code == 2
        result = run(app, ["year", "2022", "--of", "政府信息公开", "--as-of", "2022-01-01"])
        assert result.exit_code == 0
