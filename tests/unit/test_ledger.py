"""Ledgers: what is read, every fault with its place, the report."""

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest

import rulecal as rc

D = date
FARM = "zhongwei-2022/farm-facility-filing"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
AS_OF = D(2022, 7, 21)


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    return rc.Ledger.read(path)


def check(tmp_path, *rows, header="id,rule,lead,trigger,completed,due,remarks", as_of=AS_OF, **how):
    return read(tmp_path, "\n".join([header, *rows])).check(as_of=as_of, **how)


class TestFaults:
    """Every fault in one report, with file, row, column, value and what is needed; good rows are still checked."""

    def test_one_of_each(self):
        report = rc.Ledger.read(EXAMPLES / "faulty.csv").check(as_of=AS_OF)
        found = [(f.row, f.column, f.value) for f in report.faults]

        assert found == [
            (3, "trigger", "7月8日"),
            (4, "rule", "zhongwei-2022/busines-startup"),
            (5, "completed", "2022-05-09"),
            (6, "id", "F-001"),
            (7, "id", ""),
            (8, "trigger", ""),
            (9, "all", "4 cells"),
            (10, "due", "2022-07-15"),
            (11, "trigger", "2023-01-05"),
        ]
        assert all(f.file == "faulty.csv" and f.hint.startswith("needed: ") and f.expected.zh for f in report.faults)
        assert len(report.results) == 3
        assert [r.item.id for r in report.overdue] == ["F-001"]

    def test_both_dates_of_a_row_are_named(self, tmp_path):
        report = check(tmp_path, f"1,{FARM},,soon,later,,")
        assert [f.column for f in report.faults] == ["trigger", "completed"]

    def test_an_id_like_no_other_says_how_to_look(self, tmp_path):
        (fault,) = check(tmp_path, "1,§,,,,,").faults
        assert "rulecal rules" in fault.hint

    def test_a_missing_column(self, tmp_path):
        report = check(tmp_path, "1,x", header="id,rules")
        assert [f.column for f in report.faults] == ["rule", "trigger", "completed"]
        assert "there are: id, rules" in report.faults[0].hint
        assert check(tmp_path, header="").faults[0].hint.endswith("there are: none")

    def test_a_column_twice(self, tmp_path):
        report = check(tmp_path, header="id,rule,rule,trigger,completed")
        assert [(f.row, f.column) for f in report.faults] == [(1, "rule")]

    def test_a_second_name_for_a_column_is_carried_along(self, tmp_path):
        row = f"一,{FARM},2022-06-27,,某局,12,,"
        report = check(tmp_path, row, header="编号,规则,起算日,办结日,责任单位,序号,,")
        assert report.faults == ()
        assert report.to_records()[0] | {"责任单位": "某局", "序号": "12"} == report.to_records()[0]

    def test_a_column_of_ours_is_not_overwritten_by_the_ledgers(self, tmp_path):
        report = check(tmp_path, f"1,{FARM},2022-06-27,,no", header="id,rule,trigger,completed,overdue")
        assert (report.to_records()[0]["overdue"], report.to_records()[0]["overdue (ledger)"]) == (True, "no")

    def test_a_year_mistyped_is_a_fault(self, tmp_path):
        rows = (
            "1,zhongwei-2022/commitment-list,,,2012-06-28,,",
            "2,zhongwei-2022/adjudication-list,,2022-05-01,2022-04-01,2022-07-15,",
        )
        assert [(f.row, f.column) for f in check(tmp_path, *rows).faults] == [(2, "completed"), (3, "completed")]

    def test_other_cells_of_a_bad_row_are_looked_at_too(self, tmp_path):
        report = check(tmp_path, "1,no-such-rule,,soon,,,", f",{FARM},,soon,,,")
        assert sorted((f.row, f.column) for f in report.faults) == [
            (2, "rule"),
            (2, "trigger"),
            (3, "id"),
            (3, "trigger"),
        ]

    def test_a_wrong_encoding_is_named(self, tmp_path):
        text = "编号,规则,起算日,办结日\n一,x,,\n"
        (fault,) = read(tmp_path, text, "gb18030").faults
        assert "GB18030" in fault.hint
        (tmp_path / "t.csv").write_bytes(b"id,\xff\xff\xff\n")
        (fault,) = rc.Ledger.read(tmp_path / "t.csv").faults
        assert fault.hint == "save it as CSV UTF-8"
        path = tmp_path / "g.csv"
        path.write_bytes(f"编号,规则,起算日,办结日,备注\n一,{FARM},2022-06-27,,某镇\n".encode("gb18030"))
        report = rc.Ledger.read(path, encoding="gb18030").check(as_of=AS_OF)
        assert (len(report.overdue), report.results[0].item.remarks) == (1, "某镇")

    def test_a_quote_never_closed_costs_one_row(self, tmp_path):
        report = check(
            tmp_path, f'1,{FARM},"open,2022-06-27,,,', f"2,{FARM},,2022-06-27,,,", f'3,{FARM},"{"x" * 140000}",,,,'
        )
        assert [r.item.id for r in report.overdue] == ["2"]
        assert [(f.row, f.column) for f in report.faults] == [(2, "all"), (4, "all")]
        with pytest.raises(rc.LedgerError, match="no encoding"):
            rc.Ledger.read(tmp_path / "t.csv", encoding="foo")
        with pytest.raises(rc.LedgerError, match="no ledger at"):
            rc.Ledger.read(tmp_path / "nothing.csv")

    def test_a_rule_in_hours_needs_moments(self, tmp_path):
        mine = {"m": rc.within(24, rc.Unit.HOUR, trigger="approved")}
        rows = ("1,m,,2022-09-30 17:20,,,", "2,m,,2022-09-30,,,", "3,m,,,,,")
        report = check(tmp_path, *rows, as_of=datetime(2022, 10, 2, 9), rules=mine)
        assert [r.item.id for r in report.overdue] == ["1"]
        assert [(f.row, f.column) for f in report.faults] == [(3, "trigger"), (4, "trigger")]
        assert "approved" in report.faults[1].hint
        (fault,) = check(tmp_path, rows[0], as_of=D(2022, 10, 2), rules=mine).faults
        assert (fault.row, fault.column) == (2, "(as of)")


class TestItems:
    def test_empty_rows_are_passed_over_and_further_columns_carried(self, tmp_path):
        report = check(tmp_path, ",,,", f"1,{FARM},2022-06-27,", header="id,rule,trigger,completed", as_of=AS_OF)
        assert len(report.results) == 1
        report = check(tmp_path, f"1,{FARM},2022-06-27,,某乡", header="id,rule,trigger,completed,乡镇")
        assert report.to_records()[0]["乡镇"] == "某乡"
        assert report.results[0].lead.startswith("各县（区）")

    def test_a_date_set_locally(self, tmp_path):
        task = "zhongwei-2022/adjudication-list"
        report = check(tmp_path, f"1,{task},,,,2022-07-15,", f"2,{task},,,2022-07-14,2022-07-15,", f"3,{task},,,,,")
        assert [r.status.state.name for r in report.results] == ["OVERDUE", "MET", "REVIEW"]

    def test_duties_without_dates_are_reviewed_or_done(self, tmp_path):
        rows = [
            "1,zhongwei-2022/information-disclosure,,2022-06-20,,,",
            "2,zhongwei-2022/soft-12-documents-review,,,,,",
            "3,zhongwei-2022/soft-12-documents-review,,,2022-05-05,,",
            "4,zhongwei-2022/soft-12-documents-review,,,2022-08-05,,",
            "5,zhongwei-2022/annual-report-government,,,,,",
        ]
        report = check(tmp_path, *rows)
        assert [r.status.state.name for r in report.results] == ["REVIEW", "REVIEW", "MET", "REVIEW", "REVIEW"]
        assert report.results[0].note.zh == "期限见 information-disclosure"
        assert "仅凭本文件" in report.results[4].note.zh
        assert report.faults == ()

    def test_days_that_do_not_count_for_a_quota_are_named(self, tmp_path):
        (result,) = check(tmp_path, "1,zhongwei-2022/leaders-lectures,,,2022-03-01；2021-12-30、2022-09-01,,").results
        assert (result.shortfall.counted, result.shortfall.missing) == (1, 1)
        assert result.note.en == "not counted: 2021-12-30、2022-09-01"

    def test_an_inferred_year_is_disputed_without_days_over(self, tmp_path):
        (result,) = check(tmp_path, "1,zhongwei-2022/enforcement-campaigns,,,,,", as_of=D(2023, 1, 5)).results
        assert (result.status.state.name, result.status.days_over, result.status.is_overdue) == ("DISPUTED", 0, False)


class TestRegions:
    """S7: a disclosure request of 2022-06-20 is due 07-20 in Zhongwei (古尔邦节), 07-18 where days are national."""

    HEADER = "编号,规则,起算日,办结日,地区"
    REPLY = "information-disclosure/reply"

    def dates(self, tmp_path, *rows, **how):
        report = check(tmp_path, *rows, header=self.HEADER, **how)
        assert report.faults == ()
        return [str(result.due)[5:] for result in report.results], [result.region for result in report.results]

    def test_the_rows_own_then_the_calls_then_the_rules(self, tmp_path):
        rows = [f"{n},{self.REPLY},2022-06-20,,{region}" for n, region in enumerate(("中卫", "CN-NX", "110000", ""))]
        rows.append(f"4,{FARM},2022-06-27,,")  # of a notice of Zhongwei: 07-20 there, 07-18 elsewhere
        own = ["07-20", "07-20", "07-18"]
        named = ["中卫", "CN-NX", "110000"]
        assert self.dates(tmp_path, *rows) == ([*own, "07-18", "07-20"], [*named, None, "640500"])
        assert self.dates(tmp_path, *rows, region="640500") == ([*own, "07-20", "07-20"], [*named, "640500", "640500"])
        assert self.dates(tmp_path, *rows, region="110000") == ([*own, "07-18", "07-18"], [*named, "110000", "110000"])
        assert self.dates(tmp_path, *rows, known_on=D(2026, 1, 1))[0] == [*own, "07-18", "07-20"]

    def test_a_case_its_promise_and_a_local_date_are_counted_there_too(self, tmp_path):
        rows = [
            f"1,{self.REPLY},2022-06-20,,中卫,20个工作日内,",
            f"2,{self.REPLY},2022-06-20,,110000,20个工作日内,",
            "3,zhongwei-2022/adjudication-list,,,,,2022-07-08",
            "4,zhongwei-2022/adjudication-list,,,110000,,2022-07-08",
        ]
        report = check(tmp_path, *rows, header=f"{self.HEADER},承诺,自定期限", as_of=D(2022, 7, 13))
        there, here, *local = report.results
        assert (str(there.due), str(there.promise.due)) == ("2022-07-20", "2022-07-20")
        assert (str(here.due), str(here.promise.due)) == ("2022-07-18", "2022-07-18")
        assert [result.status.working_days_over for result in local] == [1, 3]  # 11 and 12 July were off in Ningxia

    def test_a_region_that_is_none_is_a_fault_of_its_row(self, tmp_path):
        report = check(
            tmp_path,
            *(f"{n},{FARM},2022-06-27,,{region}" for n, region in enumerate(("朝阳区", "640599", "710000", "某镇"))),
            header=self.HEADER,
        )
        assert report.results == ()
        assert [(f.row, f.column, f.value) for f in report.faults] == [
            (2, "region", "朝阳区"),
            (3, "region", "640599"),
            (4, "region", "710000"),
            (5, "region", "某镇"),
        ]
        assert "110105" in report.faults[0].expected.zh
        assert report.faults[1].expected.zh.endswith("是否为 640500")
        assert "是否" not in report.faults[2].expected.zh
        with pytest.raises(rc.UnknownRegionError):
            check(tmp_path, region="某镇")

    def test_it_is_carried_to_the_report(self, tmp_path):
        rows = (f"1,{FARM},2022-06-27,,110000", f"2,{FARM},2022-06-27,,")
        report = check(tmp_path, *rows, header=self.HEADER)
        assert [record["region"] for record in report.to_records()] == ["110000", "640500"]

    def test_what_moved_is_asked_of_the_calendar_of_the_region(self, tmp_path):
        """The festival lies outside the national days: only an item counted there is moved by its notice."""
        rows = (f"1,{self.REPLY},2022-06-20,,640500", f"2,{self.REPLY},2022-06-20,,110000")
        report = check(tmp_path, *rows, header=self.HEADER)
        ((result, moved),) = report.moved(lambda _: rc.calendar(), rc.calendar)
        assert (result.item.id, str(moved.old), str(moved.new)) == ("1", "2022-07-18", "2022-07-20")

    def test_a_notice_file_with_faults_is_no_fault_of_the_items(self, tmp_path):
        (tmp_path / "n.json").write_text("{}")
        with pytest.raises(rc.RulecalError) as caught:
            check(tmp_path, f"1,{FARM},2022-06-27,,", header=self.HEADER, notices=tmp_path / "n.json")
        assert "n.json" in str(caught.value)


class TestReport:
    @pytest.fixture
    def report(self):
        return rc.Ledger.read(EXAMPLES / "zhongwei-2022.csv").check(as_of=AS_OF)

    def test_groups(self, report):
        assert sum(map(len, report.by("state").values())) == len(report.results)
        assert sum(map(len, report.by("rule").values())) == len(report.results)
        shared = [r for r in report.results if len(r.units) > 1]
        assert shared
        assert all(r in report.by("lead")[unit] for r in shared for unit in r.units)
        assert sum(report.counts().values()) == len(report.results)
        assert next(iter(report.counts())) == "overdue"

    def test_the_most_urgent_come_first(self, report):
        order = [r.status.days_over for r in report.by_urgency if r.status.is_overdue]
        assert order == sorted(order, reverse=True)
        assert all(r.status.is_overdue for r in report.by_urgency[: len(report.overdue)])

    def test_it_is_written_as_csv_and_json(self, report, tmp_path):
        report.write(tmp_path / "r.csv")
        report.write(tmp_path / "r.json")
        raw = (tmp_path / "r.csv").read_bytes()
        rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
        data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert raw.startswith(b"\xef\xbb\xbf")
        assert (
            [row["id"] for row in rows] == [item["id"] for item in data["items"]] == [r.item.id for r in report.results]
        )
        assert {row["id"] for row in rows if row["overdue"] == "True"} == {r.item.id for r in report.overdue}
        assert data["counts"] == report.counts()
        with pytest.raises(rc.LedgerError, match="xlsx"):
            report.write(tmp_path / "r.xlsx")
        with pytest.raises(rc.LedgerError, match="cannot be written"):
            report.write(tmp_path / "nowhere" / "r.csv")

    def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(self, tmp_path):
        report = check(tmp_path, f"=1+1,{FARM},,2022-06-27,,,@x")
        report.write(tmp_path / "r.csv")
        (row,) = csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines())
        assert (row["id"], row["remarks"]) == ("'=1+1", "'@x")

    def test_faults_stand_in_the_json(self, tmp_path):
        report = rc.Ledger.read(EXAMPLES / "faulty.csv").check(as_of=AS_OF)
        report.write(tmp_path / "r.json")
        data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert data["faults"][0]["row"] == 3

    def test_an_empty_ledger_gives_an_empty_report(self, tmp_path):
        report = check(tmp_path)
        report.write(tmp_path / "r.csv")
        assert (report.results, report.overdue, report.counts()) == ((), (), {})


def test_the_text_of_the_trigger_is_named(tmp_path):
    """行政处罚法 42 (old) and 64, 行政复议法 23 (old) and 48."""
    path = tmp_path / "l.csv"
    path.write_text(
        "id,rule,trigger,completed\n1,administrative-penalty/hearing-request,2015-01-05,\n"
        "2,administrative-penalty/hearing-request,2022-01-05,\n3,administrative-reconsideration/reply,2023-09-25,\n"
        "4,administrative-reconsideration/reply,2025-09-25,\n"
    )
    records = rc.Ledger.read(path).check(as_of=date(2025, 10, 1)).to_records()
    assert [(each["clause"], each["limit"]) for each in records] == [
        ("第42条第1款第1项", "3日内"),
        ("第64条第1项", "5个工作日内"),
        ("第23条第1款", "10日内"),
        ("第48条", "10个工作日内"),
    ]
