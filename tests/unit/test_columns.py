"""Columns: the doors, the errors, the tables and what they are written to."""

import csv
import pickle
import subprocess
import sys
import threading
from datetime import date, datetime

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rulecal as rc
from rulecal.columns import facts
from rulecal.columns._later import needed
from rulecal.deadlines.rule import Rule
from rulecal.errors import MissingExtraError
from rulecal.law.limit import Kind, Period, Unit, Window
from rulecal.law.norm import Force, Instrument, Norm
from rulecal.testing import toy_calendar
from rulecal.text import Text

WD = rc.within(15, rc.Unit.WORKING_DAY)
DAYS = np.array(["2022-06-27", "NaT", "2022-07-01"], "M8[D]")
DUE = [date(2022, 7, 18), None, date(2022, 7, 22)]
AS_OF = date(2022, 7, 21)


class TestTable:
    def test_its_rows_are_the_scalar_deadlines(self):
        rule = rc.catalogue()["zhongwei-2022/normative-document-comment"]
        table = rc.due_table(rule, date(2021, 12, 30), date(2022, 1, 5))
        assert (len(table), repr(table)) == (7, "<DueTable of 7 trigger days>")
        assert table.due[:2] == table.settled[:2] == (None, None)
        for n in range(2, 7):
            deadline = rule.deadline(table.trigger[n])
            assert (table.due[n], table.earliest[n], table.latest[n]) == (
                deadline.due,
                deadline.earliest,
                deadline.latest,
            )
        assert pickle.loads(pickle.dumps(table)) == table
        assert hash(table) == hash(pickle.loads(pickle.dumps(table)))

    def test_as_arrow_parquet_csv(self, tmp_path):
        table = rc.due_table(WD, date(2003, 12, 30), date(2004, 1, 4))
        arrow = table.to_arrow()
        assert arrow.schema.names == ["trigger", "due", "earliest", "latest", "settled"]
        assert arrow.to_pydict() == table.to_dict()
        table.write(tmp_path / "t.parquet")
        assert pq.read_table(tmp_path / "t.parquet").equals(arrow)
        table.write(tmp_path / "t.csv")
        rows = list(csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))
        assert rows[1] == ["2003-12-30", "", "", "", ""]
        assert rows[-1][::4] == ["2004-01-04", "true"]

    def test_other_endings_and_places_are_errors(self, tmp_path):
        table = rc.due_table(WD, date(2022, 1, 4), date(2022, 1, 4))
        with pytest.raises(rc.LedgerError, match=r"\.csv or \.parquet"):
            table.write(tmp_path / "t.xls")
        with pytest.raises(rc.LedgerError, match="cannot be written"):
            table.write(tmp_path / "no" / "t.csv")

    def test_a_rule_without_days_has_none(self):
        with pytest.raises(rc.NoDeadlineError):
            rc.due_table("zhongwei-2022/information-disclosure", AS_OF, AS_OF)
        with pytest.raises(rc.InvalidPeriodError, match="hours"):
            rc.due_table(rc.within(24, rc.Unit.HOUR), AS_OF, AS_OF)

    def test_region_and_calendar(self):
        day = date(2022, 6, 27)
        assert rc.due_table(WD, day, day, region="640500").due == (date(2022, 7, 20),)
        assert rc.due_table(WD, day, day, calendar=rc.calendar("640500")).due == (date(2022, 7, 20),)


class TestVersions:
    @staticmethod
    def rule():
        def norm(amount, first, last):
            text = Instrument("i", "t", force=Force(first, last))
            return Norm("i/r", Text(), Kind.WITHIN, Window(Period(amount, Unit.WORKING_DAY)), instrument=text)

        norms = (norm(5, date(2020, 1, 1), date(2021, 12, 31)), norm(10, date(2022, 1, 1), date(2022, 12, 31)))
        return Rule(norms[1], norms)

    def test_each_row_has_the_version_of_its_day(self):
        rule = self.rule()
        days = np.array(["2021-06-01", "2022-06-01", "2019-06-01", "2023-06-01"], "M8[D]")
        found = rc.due_dates(rule, days, errors="null").tolist()
        assert found == [rule.deadline(days[0].item()).due, rule.deadline(days[1].item()).due, None, None]
        ends = np.array(["2021-06-03", "2022-06-06", "NaT", "NaT"], "M8[D]")
        moved = rc.due_dates(rule, days, errors="null", exclusions=(ends, ends)).tolist()
        assert moved == [rc.calendar().shift(found[0], 1), rc.calendar().shift(found[1], 1), None, None]
        with pytest.raises(rc.RuleNotInForceError, match=r"row 2 \(and 1 more rows\)") as err:
            rc.due_dates(rule, days)
        assert (err.value.row, err.value.count) == (2, 2)
        assert pickle.loads(pickle.dumps(err.value)) == err.value

    def test_equal_rules_with_other_versions_are_told_apart(self):
        rule = self.rule()
        alone = Rule(rule.norm)
        assert alone == rule
        days = np.array(["2021-06-01"], "M8[D]")
        assert rc.due_dates(rule, days).tolist() == [date(2021, 6, 8)]
        with pytest.raises(rc.RuleNotInForceError):
            rc.due_dates(alone, days)
        assert rc.due_dates(rule, days).tolist() == [date(2021, 6, 8)]


class TestDoors:
    @pytest.mark.parametrize("unit", ["D", "h", "m", "s", "ms", "us", "ns"])
    def test_numpy(self, unit):
        found = rc.due_dates(WD, DAYS.astype(f"M8[{unit}]"))
        assert found.dtype == "M8[D]"
        assert found.tolist() == DUE

    @pytest.mark.parametrize(
        "column",
        [
            pd.Series(DAYS, index=[5, 6, 7], name="x"),
            pd.Series(DAYS.astype("M8[ns]")),
            pd.Series(DAYS.tolist(), dtype=object),
            pd.Series(DAYS.tolist(), dtype=pd.ArrowDtype(pa.date32())),
            pd.Series(DAYS.astype("M8[s]")).dt.tz_localize("Asia/Shanghai"),
            pl.Series("x", DAYS),
            pl.Series("x", DAYS.astype("M8[ms]")),
            pl.Series("x", DAYS.astype("M8[us]")).dt.replace_time_zone("Asia/Shanghai"),
            pa.array(DAYS.tolist()),
            pa.array(DAYS.tolist(), pa.date64()),
            pa.array(DAYS.astype("M8[s]").tolist(), pa.timestamp("s")),
            pa.chunked_array([pa.array(DAYS.tolist()[:1]), pa.array(DAYS.tolist()[1:])]),
        ],
        ids=lambda column: (
            f"{type(column).__module__.partition('.')[0]} {getattr(column, 'dtype', None) or column.type}"
        ),
    )
    def test_the_same_kind_comes_out(self, column):
        found = rc.due_dates(WD, column)
        assert type(found) in {type(column), pa.Date32Array}
        assert getattr(found, "name", None) == getattr(column, "name", None)
        if isinstance(column, pd.Series):
            assert found.index.equals(column.index)
        listed = found.to_pylist() if hasattr(found, "to_pylist") else found.to_list()
        held = [None if each is pd.NaT else each for each in listed]
        assert [each.date() if isinstance(each, datetime) else each for each in held] == DUE
        counted = rc.count_working_days(column, found)
        assert type(counted) in {type(column), pa.Int32Array}
        assert rc.due_dates(WD, column[:0]) is not None
        assert type(rc.shift_working_days(column, 15)) is type(found)

    def test_an_empty_chunked_array(self):
        assert len(rc.due_dates(WD, pa.chunked_array([], pa.date32()))) == 0

    @pytest.mark.parametrize(
        "column",
        [
            ["2022-06-27"],
            np.array(["2022-06-27"]),
            np.array([1, 2]),
            DAYS[:, None],
            DAYS.astype("M8[W]"),
            np.array([5], "M8[7D]"),
            pd.Series(["2022-06-27"]),
            pd.Series([1.0]),
            pd.Index(DAYS),
            pd.Series(pa.array([1]), dtype=pd.ArrowDtype(pa.int64())),
            pl.Series(["2022-06-27"]),
            pa.array(["2022-06-27"]),
            pa.scalar(1),
        ],
        ids=lambda column: type(column).__name__,
    )
    def test_other_columns_are_refused(self, column):
        with pytest.raises(rc.NotADateError, match="is needed"):
            rc.due_dates(WD, column)

    def test_any_byte_order_and_stride(self):
        swapped = DAYS.astype(DAYS.dtype.newbyteorder(">"))
        assert rc.due_dates(WD, swapped).tolist() == DUE
        assert rc.due_dates(WD, np.repeat(DAYS, 3)[::3]).tolist() == DUE

    def test_before_1970_in_every_unit(self):
        for unit in ("D", "s", "ns"):
            far = np.array(["1950-06-27", "1969-12-31T23:59"], "M8[s]").astype(f"M8[{unit}]")
            assert np.isnat(rc.due_dates(WD, far, errors="null")).all()
            with pytest.raises(rc.CalendarCoverageError, match="row 0"):
                rc.due_dates(WD, far)

    def test_out(self):
        out = np.empty(3, "M8[D]")
        found = rc.due_dates(WD, DAYS, out=out)
        assert np.shares_memory(found, out)
        assert out.tolist() == DUE
        for wrong in (np.empty(2, "M8[D]"), np.empty(3, "M8[s]"), [1, 2, 3]):
            with pytest.raises(rc.NotADateError, match="out must be"):
                rc.due_dates(WD, DAYS, out=wrong)

    def test_long_columns_are_shared_among_threads(self, monkeypatch):
        monkeypatch.setattr("rulecal.columns.doors._MANY", 2)
        monkeypatch.setattr("os.cpu_count", lambda: 3)
        days = np.repeat(DAYS, 5)
        assert rc.due_dates(WD, days).tolist() == [day for day in DUE for _ in range(5)]
        days[[7, 14]] = np.datetime64("2000-01-01")
        with pytest.raises(rc.CalendarCoverageError, match=r"row 7 \(and 1 more rows\)"):
            rc.due_dates(WD, days)
        monkeypatch.setattr("os.cpu_count", lambda: None)
        assert rc.due_dates(WD, DAYS).tolist() == DUE

    def test_out_may_overlap_the_input(self):
        days = np.array(["2022-06-27", "2022-06-28", "2022-06-29"], "M8[D]")
        expected = rc.due_dates(WD, days[:2]).tolist()
        assert rc.due_dates(WD, days[:2], out=days[1:]).tolist() == expected
        one, span = DAYS[:1].copy(), (DAYS[2:] + 3, DAYS[2:] + 4)
        moved = rc.due_dates(WD, one, exclusions=span).tolist()
        assert rc.due_dates(WD, one, exclusions=span, out=one) is one
        assert one.tolist() == moved == [date(2022, 7, 20)]
        with pytest.raises(rc.NotADateError, match="for a numpy column"):
            rc.due_dates(WD, pl.Series(DAYS), out=DAYS.copy())

    def test_masked_rows_are_null(self):
        assert rc.due_dates(WD, np.ma.array(DAYS, mask=[1, 0, 0])).tolist() == [None, None, DUE[2]]

    def test_exclusions_are_read_in_beijing(self):
        moment = pl.Series(["2022-07-03T17:00:00Z"]).str.to_datetime(time_zone="UTC")  # 4 July, a Monday
        for each in (moment, moment.to_arrow(), moment.to_pandas()):
            assert rc.due_dates(WD, DAYS[:1], exclusions=(each, each)).tolist() == [date(2022, 7, 19)]
        none = pl.Series([None], dtype=pl.Date)
        assert rc.due_dates(WD, DAYS[:1], exclusions=(none, none)).tolist() == DUE[:1]


class TestErrors:
    def test_a_day_that_stands_for_none(self):
        """9999-12-31 in a column is named as any other bad row; so it is alone."""
        days = np.array(["2022-01-01", "9999-12-31"], "M8[D]")
        for rule in (rc.within(15, rc.Unit.CALENDAR_DAY), rc.within(6, rc.Unit.MONTH, roll="no")):
            with pytest.raises(rc.CalendarCoverageError, match=r"row 1: from 9999-12-31 the count leaves"):
                rc.due_dates(rule, days)
            with pytest.raises(rc.CalendarCoverageError, match="leaves the years"):
                rule.deadline(date(9999, 12, 31))

    def test_what_is_asked_wrongly(self):
        with pytest.raises(rc.InvalidCaseError, match="errors='ignore'"):
            rc.due_dates(WD, DAYS, errors="ignore")
        with pytest.raises(rc.InvalidCaseError, match="a pair of arrays, not int"):
            rc.due_dates(WD, DAYS, exclusions=5)
        with pytest.raises(rc.InvalidPeriodError, match="a table from 2022-02-01 to 2022-01-01"):
            rc.due_table(WD, date(2022, 2, 1), date(2022, 1, 1))

    def test_tax_dates_are_not_moved_by_exclusions(self):
        with pytest.raises(rc.InvalidCaseError, match="exclusions move a window"):
            rc.due_dates(
                "tax-collection/monthly-filing", np.array(["2020-03-31"], "M8[D]"), exclusions=(DAYS[:1], DAYS[:1])
            )

    def test_lateness_is_not_washed_away_over_open_days(self):
        """Due 2026-12-28; what begins a month later does nothing, though no notice settles the days in between."""
        rule, day = rc.within(5, rc.Unit.WORKING_DAY), np.array(["2026-12-21"], "M8[D]")
        span = (np.array(["2027-01-28"], "M8[D]"), np.array(["NaT"], "M8[D]"))
        assert rc.due_dates(rule, day, exclusions=span).tolist() == [date(2026, 12, 28)]
        items = {"received": day, "p": span[0], "q": span[1]}
        found = rc.flag(items, rule=rule, as_of=date(2027, 4, 23), exclusions=("p", "q"))
        assert (found["state"].tolist(), found["days_over"].tolist()) == (["overdue"], [116])
        inside = (day + 1, np.array(["NaT"], "M8[D]"))
        long = rc.within(30, rc.Unit.WORKING_DAY)
        assert np.isnat(rc.due_dates(long, day, exclusions=inside)).all()  # waits; whatever the open days will be
        far = (np.array(["2027-02-02"], "M8[D]"), np.array(["NaT"], "M8[D]"))
        with pytest.raises(rc.CalendarCoverageError, match="with its exclusions"):
            rc.due_dates(long, day, exclusions=far)  # whether it still ran then hangs on open days

    def test_years_beyond_a_date(self):
        with pytest.raises(rc.CalendarCoverageError, match="row 0: a day before the year 1"):
            rc.due_dates(WD, np.array([10**7], "i8").astype("M8[D]"))

    def test_what_only_a_single_question_reaches(self):
        with pytest.raises(rc.CalendarCoverageError, match="a column holds fewer triggers"):
            rc.due_dates(rc.by(6, 30), np.array(["1960-01-01"], "M8[D]"))

    def test_lengths_and_amounts(self):
        with pytest.raises(rc.InvalidCaseError, match="3 rows and 2 rows"):
            rc.count_working_days(DAYS, DAYS[:2])
        for n in (1.5, np.array([1, 2]), "3"):
            with pytest.raises(rc.InvalidPeriodError, match="a whole number is needed"):
                rc.shift_working_days(DAYS, n)
        with pytest.raises(rc.UnsettledDayError, match="row 2"):
            rc.count_working_days(DAYS, np.array(["2022-07-01", "NaT", "2027-03-01"], "M8[D]"))
        with pytest.raises(rc.UnsettledDayError, match="row 0"):
            rc.shift_working_days(np.array(["2026-12-30"], "M8[D]"), -3 + 6)

    def test_exclusions(self):
        ok = DAYS.copy()
        for wrong, said in (
            ((ok[:2], ok[:2]), "for 3 rows"),
            ((np.stack([ok, ok], 1), ok), "2 first days a row and 1 last days"),
            ((ok, ok - 1), "ends before it begins"),
            ((DAYS, np.array(["2022-07-01"] * 3, "M8[D]")), "has no first day"),
        ):
            with pytest.raises(rc.InvalidCaseError, match=said):
                rc.due_dates(WD, DAYS, exclusions=wrong)
        with pytest.raises(rc.InvalidCaseError, match="kind by_date"):
            rc.due_dates(rc.by(6, 30), DAYS, exclusions=(ok, ok))
        with pytest.raises(rc.NotADateError, match="a column of exclusions"):
            rc.due_dates(WD, DAYS, exclusions=(np.zeros(3), np.zeros(3)))

    def test_exclusions_that_meet_open_days_or_the_end(self):
        days = np.array(["2026-12-10", "2022-06-27", "2030-12-01"], "M8[D]")
        first = days + 2
        with pytest.raises(rc.CalendarCoverageError, match=r"row 0.*with its exclusions"):
            rc.due_dates(WD, days[:2], exclusions=(first[:2], first[:2]))
        found = rc.due_dates(WD, days, exclusions=(first, first), errors="null").tolist()
        assert found == [None, date(2022, 7, 19), None]
        rolled = rc.within(20, rc.Unit.CALENDAR_DAY)
        assert rc.due_dates(rolled, days, exclusions=(first, first), errors="null").tolist()[0] is None

    def test_an_open_exclusion_has_no_due_date_yet(self):
        first = np.array(["2022-07-05", "NaT", "2022-09-01"], "M8[D]")
        never = np.full(3, "NaT", "M8[D]")
        assert rc.due_dates(WD, DAYS, exclusions=(first, never)).tolist() == [None, None, DUE[2]]

    def test_a_missing_extra_says_what_to_install(self):
        with pytest.raises(MissingExtraError, match=r"rulecal\[frames\]") as err:
            needed("no_such_package.inside", "frames")
        assert (err.value.code, err.value.package) == ("missing-extra", "no_such_package")
        with pytest.raises(ModuleNotFoundError):
            needed("json.no_such_part", "frames")

    def test_without_numpy_the_rest_works(self):
        code = (
            "import sys; sys.modules['numpy'] = sys.modules['narwhals'] = sys.modules['pyarrow'] = None\n"
            "import rulecal as rc; from datetime import date; import rulecal.cli\n"
            "assert rc.due_table(rc.by(6, 30), date(2022, 1, 1), date(2022, 1, 2)).due[0] == date(2022, 6, 30)\n"
            "try: rc.due_dates(rc.by(6, 30), [])\n"
            "except rc.MissingExtraError as err: print(err.extra)\n"
            "try: rc.flag(None, rule=rc.by(6, 30), as_of=date(2022, 1, 1))\n"
            "except rc.MissingExtraError as err: print(err.extra)\n"
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stdout.split() == ["numpy", "frames"]


def test_threads_that_come_first_agree():
    facts._due_columns.cache_clear()
    facts._year.cache_clear()
    found = []
    threads = [threading.Thread(target=lambda: found.append(rc.due_dates(WD, DAYS).tolist())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [DUE] * 6


def test_tables_cannot_be_written_to():
    table = facts.due_column(WD, rc.calendar(), wide=True)
    with pytest.raises(ValueError, match="read-only"):
        table[0] = 1


def test_calendars_that_differ_in_one_day_are_told_apart():
    first, last = date(2022, 1, 1), date(2022, 12, 31)
    days = np.array(["2022-06-27"], "M8[D]")
    rule = rc.within(1, rc.Unit.WORKING_DAY)
    for off, due in (((), 28), ((date(2022, 6, 28),), 29), ((), 28)):
        assert rc.due_dates(rule, days, calendar=toy_calendar(first, last, off=off))[0].item().day == due


class TestFlag:
    ITEMS = pl.DataFrame({"id": ["a", "b", "c"], "received": DAYS})

    def test_pandas_keeps_its_index(self):
        frame = self.ITEMS.to_pandas().set_index("id")
        found = rc.flag(frame, rule=WD, as_of=AS_OF, prefix="x_")
        assert found.index.equals(frame.index)
        assert found["x_state"].tolist()[::2] == ["overdue", "due_soon"]
        assert list(found.columns) == [
            "received",
            *(
                f"x_{name}"
                for name in (
                    "due",
                    "earliest",
                    "latest",
                    "state",
                    "days_over",
                    "working_days_over",
                    "fault",
                    "certainty",
                )
            ),
        ]

    def test_narwhals_frames_go_through(self):
        assert isinstance(rc.flag(nw.from_native(self.ITEMS), rule=WD, as_of=AS_OF), pl.DataFrame)

    def test_triggers_none_of_which_is_held(self):
        far = {"received": np.array(["1950-01-01", "2100-01-01"], "M8[D]")}
        assert rc.flag(far, rule=WD, as_of=AS_OF)["fault"].tolist() == ["calendar-coverage"] * 2

    def test_an_empty_frame(self):
        assert rc.flag(self.ITEMS[:0], rule=WD, as_of=AS_OF).height == 0
        empty = pa.table({"received": pa.array([], pa.date32()), "rule": pa.array([], pa.string())})
        assert rc.flag(empty, rule_column="rule", as_of=AS_OF).num_rows == 0

    def test_the_package_rules_are_the_default(self):
        items = {"received": DAYS, "rule": np.array(["zhongwei-2022/farm-facility-filing"] * 3)}
        assert rc.flag(items, rule_column="rule", as_of=AS_OF)["state"].tolist() == ["overdue", None, "open"]

    @pytest.mark.parametrize(
        "texts", [pd.Series(["w", None, "w"]), pd.Categorical(["w", None, "w"])], ids=["text", "category"]
    )
    def test_rule_columns_of_pandas(self, texts):
        frame = pd.DataFrame({"received": DAYS, "rule": texts})
        found = rc.flag(frame, rule_column="rule", rules={"w": WD}, as_of=AS_OF)
        assert found["fault"].tolist()[1] == "unknown-rule"

    def test_rule_columns_of_categories(self):
        frame = self.ITEMS.with_columns(rule=pl.Series(["w", "w", None], dtype=pl.Categorical))
        for each in (frame, frame.to_arrow()):
            found = rc.flag(each, rule_column="rule", rules={"w": WD}, as_of=AS_OF)
            assert pl.DataFrame(found)["due"].to_list() == [DUE[0], None, None]

    @pytest.mark.parametrize(
        ("kwargs", "error", "said"),
        [
            ({}, rc.InvalidCaseError, "one of rule and rule_column"),
            ({"rule": WD, "rule_column": "id"}, rc.InvalidCaseError, "one of rule and rule_column"),
            ({"rule": "no/such"}, rc.UnknownRuleError, "no/such"),
            ({"rule": rc.within(1, rc.Unit.HOUR)}, rc.InvalidPeriodError, "hours"),
            ({"rule": WD, "trigger": "begun"}, rc.InvalidCaseError, "no column begun"),
            ({"rule": WD, "trigger": "id"}, rc.NotADateError, "is needed"),
            ({"rule": WD, "exclusions": ()}, rc.InvalidCaseError, "pair of column names"),
            ({"rule": WD, "exclusions": "id"}, rc.InvalidCaseError, "names of columns"),
            ({"rule": WD, "exclusions": pl.DataFrame({"first": DAYS})}, rc.InvalidCaseError, "both frames"),
            ({"rule_column": "received"}, rc.InvalidCaseError, "no column of texts"),
        ],
    )
    def test_what_it_refuses(self, kwargs, error, said):
        with pytest.raises(error, match=said):
            rc.flag(self.ITEMS, as_of=AS_OF, **kwargs)

    def test_names_that_are_there_already(self):
        flagged = rc.flag(self.ITEMS, rule=WD, as_of=AS_OF)
        with pytest.raises(rc.InvalidCaseError, match="already has due, earliest"):
            rc.flag(flagged, rule=WD, as_of=AS_OF)
        again = rc.flag(flagged, rule=WD, as_of=AS_OF, prefix="again_")
        assert again["again_due"].equals(flagged["due"].alias("again_due"))

    def test_other_rule_columns(self):
        for column in (np.array([1, 2, 3], object), np.array([1, "a", None], object)):
            with pytest.raises(rc.InvalidCaseError, match="no column of texts"):
                rc.flag({"received": DAYS, "rule": column}, rule_column="rule", as_of=AS_OF)

    def test_columns_of_nulls_without_a_type(self):
        items = {"received": DAYS[:1], "done": [None], "rule": [None]}
        frames = [pl.DataFrame(items), pa.table({**items, "done": pa.nulls(1), "rule": pa.nulls(1)})]
        frames += [pd.DataFrame(items | {"received": DAYS[:1].astype("M8[s]"), "done": [np.nan]})]
        for frame in frames:
            found = pl.DataFrame(rc.flag(frame, rule=WD, completed="done", as_of=date(2022, 7, 21)))
            assert found["state"].cast(pl.String).to_list() == ["overdue"]
        for frame in frames[:2]:
            found = pl.DataFrame(rc.flag(frame, rule_column="rule", as_of=AS_OF))
            assert found["fault"].cast(pl.String).to_list() == ["unknown-rule"]

    def test_a_frame_class_of_ones_own(self):
        class Mine(pd.DataFrame):
            pass

        found = rc.flag(Mine({"received": DAYS.astype("M8[s]")}), rule=WD, as_of=AS_OF)
        assert found["state"].tolist()[::2] == ["overdue", "due_soon"]

    def test_frames_that_do_not_fit(self):
        frame, day = pl.DataFrame({"id": ["a"], "received": DAYS[:1]}), DAYS[:1]
        events = pl.DataFrame({"id": [1], "first": day, "last": day})
        for wrong in (events, events.with_columns(id=pl.lit("a")).to_pandas()):
            with pytest.raises(rc.InvalidCaseError, match="cannot be matched"):
                rc.flag(frame, rule=WD, as_of=AS_OF, exclusions=wrong)
        with pytest.raises(rc.InvalidCaseError, match="no column nope"):
            rc.flag(frame, rule=WD, as_of=AS_OF, exclusions=("received", "nope"))
        with pytest.raises(rc.InvalidCaseError, match="of different lengths"):
            rc.flag({"received": day, "done": DAYS}, rule=WD, completed="done", as_of=AS_OF)
        with pytest.raises(rc.InvalidCaseError, match="exclusions of another length"):
            rc.flag({"received": day, "p": DAYS}, rule=WD, as_of=AS_OF, exclusions=("p", "p"))
        with pytest.raises(rc.InvalidCaseError, match="columns of one name"):
            rc.flag(pd.DataFrame([[1, 2]], columns=["received"] * 2), rule=WD, as_of=AS_OF)

    def test_a_rule_that_occurs_late_in_a_long_column(self):
        rules = {"a": WD, "b": rc.within(3, rc.Unit.WORKING_DAY)}
        names = ["a", None] * 40_000 + ["b", "c"]
        frame = pl.DataFrame({"received": [date(2022, 6, 27)] * len(names), "rule": names})
        found = rc.flag(frame, rule_column="rule", rules=rules, as_of=AS_OF)
        due, fault = found["due"].to_list(), found["fault"].to_list()
        assert due[:3] + due[-2:] == [date(2022, 7, 18), None, date(2022, 7, 18), date(2022, 6, 30), None]
        assert fault[:3] + fault[-2:] == [None, "unknown-rule", None, None, "unknown-rule"]

    def test_many_items_with_rules_and_completions_are_shared_among_threads(self, monkeypatch):
        """Shares of two rows give what one share gives: other days, rules, completions and calendars in each."""
        names = ["a", "b", "c", None, "a", "b"]
        done = [date(2022, 7, 20), None, date(2022, 6, 1), date(2022, 7, 1), date(2022, 6, 26), date(2022, 7, 20)]
        frame = pl.DataFrame({"received": [*DUE, *DUE], "done": done, "rule": names})
        rules = {"a": WD, "b": rc.within(3, rc.Unit.WORKING_DAY).in_region("640000")}
        whole = rc.flag(frame, rule_column="rule", rules=rules, completed="done", as_of=AS_OF)
        monkeypatch.setattr("rulecal.columns.doors._MANY", 2)
        assert rc.flag(frame, rule_column="rule", rules=rules, completed="done", as_of=AS_OF).equals(whole)

    @pytest.mark.parametrize("frame", [None, 3, [1], "text", pl.Series(DAYS)], ids=repr)
    def test_what_is_no_frame(self, frame):
        with pytest.raises(rc.NotADateError, match="a frame is needed"):
            rc.flag(frame, rule=WD, as_of=AS_OF)

    def test_lazy_frames(self, monkeypatch):
        lazy = self.ITEMS.lazy()
        with pytest.raises(rc.InvalidCaseError, match="need an eager frame"):
            rc.flag(lazy, rule=WD, as_of=AS_OF, exclusions=("a", "b"))
        with pytest.raises(rc.InvalidCaseError, match="rules="):
            rc.flag(lazy, rule_column="id", as_of=AS_OF)
        with pytest.raises(rc.NotADateError, match="id of String"):
            rc.flag(lazy, rule=WD, trigger="id", as_of=AS_OF)
        with monkeypatch.context() as patch:
            patch.setattr("rulecal.columns.lazy._ENGINES", {})
            with pytest.raises(rc.InvalidCaseError, match="no engine that rulecal joins in"):
                rc.flag(lazy, rule=WD, as_of=AS_OF)
        with pytest.raises(rc.InvalidCaseError, match="n of Int32 is no column of texts"):
            rc.flag(lazy.with_columns(n=1), rule_column="n", rules={}, as_of=AS_OF)
        with pytest.raises(rc.InvalidCaseError, match="cannot tell from others here: rulecal_day"):
            rc.flag(lazy.with_columns(rulecal_day=1), rule=WD, as_of=AS_OF)
        with pytest.raises(rc.InvalidCaseError, match="duckdb cannot tell from others here: State"):
            rc.flag(duckdb.sql("SELECT DATE '2022-06-27' received, 1 AS State"), rule=WD, as_of=AS_OF)
        texts = lazy.with_columns(pl.col("id").cast(pl.Categorical))
        assert rc.flag(texts, rule_column="id", rules={"a": WD}, as_of=AS_OF).collect()["due"][0] == DUE[0]
        none = rc.flag(lazy, rule_column="id", rules={}, as_of=AS_OF).collect()
        assert none["fault"].to_list() == ["unknown-rule"] * 3

    def test_exclusions_and_states(self):
        items = {
            "received": np.array(["2022-06-27"] * 7, "M8[D]"),
            "off": np.array(
                ["2022-07-05", "2022-07-05", "2022-07-09", "NaT", "2022-08-01", "2022-07-06", "2022-07-05"], "M8[D]"
            ),
            "on": np.array(["2022-07-07", "NaT", "2022-07-10", "NaT", "NaT", "2022-07-05", "NaT"], "M8[D]"),
            "done": np.array(["NaT", "NaT", "NaT", "NaT", "NaT", "NaT", "2022-07-20"], "M8[D]"),
        }
        found = rc.flag(items, rule=WD, completed="done", as_of=AS_OF, exclusions=("off", "on"))
        assert found["state"].tolist() == ["due_today", "suspended", "overdue", "overdue", "overdue", None, "met"]
        assert found["fault"].tolist() == [None] * 5 + ["invalid-case", None]
        assert found["due"].tolist() == [date(2022, 7, 21), date(2022, 8, 4), *DUE[:1] * 4, date(2022, 8, 4)]
        early = rc.flag(items, rule=WD, as_of=date(2022, 7, 1), exclusions=("off", "on"))
        assert (early["state"].tolist()[1], early["due"][1].item()) == ("open", DUE[0])  # not known yet (S28)
        before = rc.flag(items, rule=WD, as_of=date(2022, 6, 20), exclusions=("off", "on"))
        assert set(before["state"].tolist()[:5]) == {"not_started"}
        late = rc.flag(items, rule=WD, completed="done", as_of=AS_OF, exclusions=[("off", "on")])
        assert late["days_over"].tolist()[2] == 3
        done = items | {"done": np.array(["2022-07-20"] * 7, "M8[D]")}
        judged = rc.flag(done, rule=WD, completed="done", as_of=AS_OF, exclusions=("off", "on"))["state"]
        assert judged.tolist() == ["met", "met", "met_late", "met_late", "met_late", None, "met"]

    def test_exclusions_on_what_they_cannot_move(self):
        day = np.array(["2022-07-05", "2022-07-05", "2026-12-10"], "M8[D]")
        items = {"received": day, "off": day + 1, "on": day + 1, "rule": np.array(["by", "w", "w"])}
        rules = {"by": rc.by(6, 30), "w": WD}
        found = rc.flag(items, rule_column="rule", rules=rules, as_of=AS_OF, exclusions=("off", "on"))
        assert found["fault"].tolist() == ["invalid-case", None, None]  # what is not known by then does nothing
        assert found["due"].tolist()[1:] == [date(2022, 7, 27), date(2026, 12, 31)]
        late = rc.flag(items, rule_column="rule", rules=rules, as_of=date(2026, 12, 20), exclusions=("off", "on"))
        assert late["fault"].tolist() == ["invalid-case", None, "calendar-coverage"]
        assert late["due"].tolist()[1:] == [date(2022, 7, 27), None]

    @pytest.mark.parametrize("kind", [pl.DataFrame.to_pandas, pl.DataFrame.to_arrow, pl.DataFrame.clone])
    def test_a_frame_of_events(self, kind):
        days = [date(2022, 6, 27)] * 2 + [None]
        frame = pl.DataFrame({"id": ["a", "b", "c"], "received": days})
        first = [date(2022, 7, 5), date(2022, 7, 8), date(2022, 7, 6), date(2022, 7, 1)]
        events = pl.DataFrame({"id": ["b", "b", "b", "c"], "first": first, "last": first})
        found = rc.flag(kind(frame), rule=WD, as_of=AS_OF, exclusions=kind(events))
        assert pl.DataFrame(found)["due"].cast(pl.Date).to_list() == [DUE[0], date(2022, 7, 21), None]
        none = rc.flag(kind(frame), rule=WD, as_of=AS_OF, exclusions=kind(events[:0]))
        assert pl.DataFrame(none)["due"].cast(pl.Date).to_list() == [DUE[0], DUE[0], None]
        with pytest.raises(rc.InvalidCaseError, match="1 events belong to no row"):
            rc.flag(kind(frame[:2]), rule=WD, as_of=AS_OF, exclusions=kind(events))
        with pytest.raises(rc.InvalidCaseError, match="names of columns"):
            rc.flag({"received": DAYS}, rule=WD, as_of=AS_OF, exclusions=kind(events))
