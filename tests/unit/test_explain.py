"""What a person reads: every deadline in two languages, and as HTML."""

from datetime import date, datetime

import pytest

import rulecal as rc

D, U = date, rc.Unit
Z = rc.catalogue()


@pytest.mark.parametrize(
    ("deadline", "english", "chinese"),
    [
        (Z["zhongwei-2022/farm-facility-filing"].deadline(D(2022, 6, 27)), "Eid al-Adha", "古尔邦节"),
        (Z["zhongwei-2022/business-startup"].deadline(D(2022, 9, 30)), "make-up working day", "调休上班"),
        (
            Z["zhongwei-2022/normative-document-comment"].deadline(D(2022, 9, 28)),
            "Must stay open, or wait, through",
            "须开放或等待至",
        ),
        (rc.within(15, U.CALENDAR_DAY).deadline(D(2026, 9, 18)), "moved on to here", "顺延至此"),
        (rc.within(6, U.MONTH).deadline(D(2022, 8, 31)), "no such day", "取月末"),
        (rc.within(1, U.MONTH).deadline(D(2022, 3, 7)), "1 month on: same day", "经1个月，对应日"),
        (rc.count_back(1, U.MONTH).deadline(D(2022, 10, 12)), "1 month back", "前推1个月"),
        (rc.within(2, U.MONTH, start="same_day", roll="no").deadline(D(2014, 5, 29)), "the day before", "前一日"),
        (
            rc.within(3, U.CALENDAR_DAY, start="same_day", roll="no").deadline(D(2022, 3, 7)),
            "counted itself",
            "自当日起计入",
        ),
        (
            rc.within(24, U.HOUR, clock="next_hour").deadline(datetime(2022, 9, 30, 17, 20)),
            "next full hour",
            "下一整点",
        ),
        (rc.count_back(24, U.HOUR).deadline(datetime(2022, 9, 30, 17, 20)), "24 hours back", "经24小时"),
        (rc.before(3, 1).deadline(D(2026, 1, 1)), "before 1 March", "3月1日前"),
        (rc.by(6, 29, year=2024).deadline(), "by 29 June 2024", "2024年6月29日（含）前"),
        (rc.by_end_of(6).deadline(D(2024, 1, 1)), "the last working day before it: 2024-06-28", "2024-06-28（周五）"),
        (rc.times_a_year(2).deadline(D(2024, 1, 1)), "at least 2 times a year", "每年不少于2次"),
        (rc.times_a_year(1, at_most=2).deadline(D(2024, 1, 1)), "1 to 2 times a year", "每年1至2次"),
        (rc.times_a_year(1).deadline(D(2024, 1, 1)), "at least once a year", "每年不少于1次"),
        (Z["zhongwei-2022/adjudication-list"].deadline(), "Review on", "复核"),
        (
            rc.within(1, U.WORKING_DAY, region="450000").deadline(D(2022, 4, 1)),
            "held for some years only",
            "数据不完整",
        ),
        (Z["zhongwei-2022/annual-report-departments"].deadline(), "one source only", "单一来源"),
        (rc.within(24, U.HOUR).deadline(datetime(2022, 6, 2, 17, 20)), "the moment of the trigger", "起算时刻"),
        (Z["public-order/limitation"].deadline(D(2022, 2, 6)), "does not move (our inference)", "不顺延（推定）"),
    ],
)
def test_the_words(deadline, english, chinese):
    assert english in deadline.explain("en")
    assert chinese in deadline.explain("zh")
    html = deadline._repr_html_()
    assert html.startswith("<table>")
    assert str(deadline.due) in html


def test_what_is_written_into_html_is_escaped():
    html = rc.within(1, U.MONTH, title="<script>").deadline(D(2022, 1, 1))._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_explanation_is_a_function_of_what_is_stored():
    """Loaded from JSON it reads the same."""
    for rule in Z.of("zhongwei").values():
        if rule.is_computable and isinstance(rule.limit, rc.Window):
            deadline = rule.deadline(D(2022, 9, 28))
            again = rc.Deadline.from_dict(deadline.to_dict())
            assert [again.explain(lang) for lang in ("zh", "en")] == [deadline.explain(lang) for lang in ("zh", "en")]


def test_a_local_rule_counted_nationally_is_stored_as_that():
    deadline = Z["zhongwei-2022/farm-facility-filing"].in_region(None).deadline(D(2022, 6, 27))
    assert deadline.due == D(2022, 7, 18)
    assert rc.Deadline.from_dict(deadline.to_dict()) == deadline


def test_a_due_date_beyond_the_calendar_has_no_last_working_day_to_show():
    text = rc.within(2, U.MONTH, roll="no").deadline(D(2026, 12, 1)).explain("en")
    assert text.startswith("Due: 2027-02-01")


def test_other_kinds_in_words():
    from rulecal.present.terms import amount, limit_words

    assert limit_words(rc.Kind.REFERENCE, None, "en") == "figure stands elsewhere"
    assert limit_words(rc.Kind.COUNT_BACK, rc.count_back(1, U.WORKING_DAY).limit, "zh") == "1个工作日前"
    assert (
        limit_words(rc.Kind.COUNT_BACK, rc.count_back(1, U.WORKING_DAY).limit, "en") == "at least 1 working day before"
    )
    assert amount(2, U.HOUR, "en") == "2 hours"
