"""税收征管法实施细则 109: fifteen days, longer by the days off in a row inside; published tables prevail (trap 10).

The notices of 2020, 2022 and 2026 are in the catalogue. The rule is tried against those of other years.
"""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import rulecal as rc
from rulecal.testing import naive_due

D = date
FILING = rc.catalogue()["tax-collection/monthly-filing"]
RULE_ALONE = rc.Rule(replace(FILING.norm, published=()))
GOLDEN = Path(__file__).parents[1] / "golden" / "worked_examples.csv"
TABLES = [
    row for row in csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()) if row["convention"] == "TAX109"
]

NOTICES = {
    # 税总办函〔2020〕242号, on neimenggu.chinatax.gov.cn (t20210104_742814) and three mirrors
    2021: [20, 23, 15, 20, 21, 18, 15, 16, 15, 26, 15, 15],
    # 税总办征科函〔2022〕245号, on acfic.org.cn (t20221230_186518, from the administration's site) and four mirrors
    2023: [16, 15, 15, 17, 18, 15, 17, 15, 15, 23, 15, 15],
    # the number of the notice was not seen; one page, crsrw.com/dianzishuiwu/1586.html
    2024: [15, 23, 15, 18, 22, 19, 15, 15, 18, 24, 15, 16],
    # Guangdong's calendar by 税总办征科函〔2024〕71号, one page, cjtax.cn/a/202501/15wujby1fnit4.shtml
    2025: [15, 20, 17, 18, 22, 16, 15, 15, 15, 27, 17, 15],
}
"""The last day to file, January to December, as the notices name it. All were seen; none is from memory."""


def before_month(year, month):
    """The end of the tax period whose return falls in a month."""
    return D(year, month, 1) - rc.civil.DAY


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row["trigger_date"][:7])
class TestPublishedTables:
    def test_the_shipped_table_speaks(self, row):
        day = D.fromisoformat(row["trigger_date"])
        deadline = FILING.deadline(before_month(day.year, day.month))
        assert deadline.due == D.fromisoformat(row["expected_due"])
        assert "by the published table" in deadline.explain("en")
        assert "按公布的期限表" in deadline.explain("zh")

    def test_the_rule_alone_gives_the_same_but_once(self, row):
        """October 2020 was published as the 23rd; seven days off in a row make it the 27th."""
        day, published = D.fromisoformat(row["trigger_date"]), D.fromisoformat(row["expected_due"])
        due = RULE_ALONE.deadline(before_month(day.year, day.month)).due
        assert due == (D(2020, 10, 27) if published == D(2020, 10, 23) else published)


def test_where_the_two_differ_the_explanation_says_so():
    deadline = FILING.deadline(D(2020, 9, 30))
    assert deadline.due == D(2020, 10, 23)
    assert "the rule itself would give 2020-10-27" in deadline.explain("en")
    assert "the rule itself" not in FILING.deadline(D(2022, 9, 30)).explain("en")


@pytest.mark.parametrize(("year", "month"), [(year, month) for year in NOTICES for month in range(1, 13)])
def test_the_rule_gives_what_notices_say_that_the_catalogue_does_not_hold(year, month):
    deadline = FILING.deadline(before_month(year, month))
    assert deadline.due == D(year, month, NOTICES[year][month - 1])
    assert "by the rule: no published table" in deadline.explain("en")
    assert "按规则计算" in deadline.explain("zh")


@pytest.mark.parametrize("year", NOTICES)
def test_the_naive_oracle_of_the_laws_agrees_with_the_notices(year):
    """What `check_rule_laws` counts against is itself held to dates that others published."""
    found = [naive_due(RULE_ALONE, before_month(year, month), rc.calendar()) for month in range(1, 13)]
    assert found == [D(year, month, day) for month, day in enumerate(NOTICES[year], 1)]


def test_october_2022_as_it_is_commonly_got_wrong():
    """The 15th moved off the weekend is the 17th, seven calendar days more the 24th; the notice says the 25th."""
    assert FILING.deadline(D(2022, 9, 30)).due == RULE_ALONE.deadline(D(2022, 9, 30)).due == D(2022, 10, 25)
    assert rc.within(15, rc.Unit.CALENDAR_DAY).deadline(D(2022, 9, 30)).due == D(2022, 10, 17)


def test_the_tables_in_the_data_are_those_of_the_golden_file():
    held = {due for table in FILING.norm.published for _, due in table.dates}
    assert held == {D.fromisoformat(row["expected_due"]) for row in TABLES}


def test_what_became_of_february_2020_is_said_of_2020_only():
    """税总办函〔2019〕449号 named 17 February 2020; for the epidemic the day was moved on later."""
    rule = rc.catalogue()["tax-collection/monthly-filing"]
    said = [rule.deadline(day).explain("en") for day in (date(2020, 1, 31), date(2022, 1, 31), date(2025, 1, 31))]
    assert ["epidemic" in each for each in said] == [True, False, False]


def test_a_day_that_ends_no_month_is_refused():
    with pytest.raises(rc.InvalidCaseError, match="last day of a month"):
        FILING.deadline(D(2022, 9, 29))


def test_before_2009_it_had_other_days():
    with pytest.raises(rc.RuleNotInForceError, match="2009-01-01 to …"):
        FILING.deadline(D(2008, 9, 30))
