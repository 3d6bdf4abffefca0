"""Calendars: what a day is, who said so, what is not held, regions."""

import pickle
from datetime import date, datetime, timedelta

import pytest

import rulecal as rc
from rulecal.calendars.statutory import statutory_days
from rulecal.testing import toy_calendar, with_day

D, K = date, rc.DayKind


@pytest.mark.parametrize(
    ("day", "kind", "name", "number"),
    [
        (D(2022, 9, 30), K.WORKDAY, "", "国办发明电〔2021〕11号"),
        (D(2022, 10, 8), K.MAKE_UP, "国庆节", "国办发明电〔2021〕11号"),
        (D(2022, 10, 1), K.HOLIDAY, "国庆节", "国办发明电〔2021〕11号"),
        (D(2022, 10, 2), K.HOLIDAY, "国庆节", "国办发明电〔2021〕11号"),  # a Sunday, and statutory
        (D(2022, 10, 5), K.ADJUSTED, "国庆节", "国办发明电〔2021〕11号"),
        (D(2022, 10, 15), K.WEEKEND, "", "国办发明电〔2021〕11号"),
        (D(2022, 2, 3), K.HOLIDAY, "春节", "国办发明电〔2021〕11号"),  # the package flags it as swapped
        (D(2012, 6, 23), K.HOLIDAY, "端午节", "国办发明电〔2011〕45号"),  # the package has no name for it
        (D(2005, 12, 31), K.MAKE_UP, "元旦", "国办发明电〔2005〕35号"),  # the package has it at rest
        (D(2018, 12, 29), K.MAKE_UP, "元旦", "国办发明电〔2018〕15号"),  # next year's notice
        (D(2015, 9, 3), K.EXTRAORDINARY, "抗战胜利70周年纪念日", "国发明电〔2015〕1号"),
        (D(2020, 1, 31), K.EXTRAORDINARY, "春节", "国办发明电〔2020〕1号"),
        (D(2020, 2, 1), K.WEEKEND, "春节", "国办发明电〔2020〕1号"),
        (D(2024, 2, 9), K.WORKDAY, "", "国办发明电〔2023〕7号"),  # 除夕, statutory from 2025 only
        (D(2025, 1, 28), K.HOLIDAY, "春节", "国办发明电〔2024〕12号"),
    ],
)
def test_what_a_day_is_and_by_which_notice(national, day, kind, name, number):
    found = national.day(day)

    assert (found.kind, found.name, found.source.number, found.settled) == (kind, name, number, True)
    assert found.source.signed < day


@pytest.mark.parametrize("year", range(2004, 2027))
def test_the_law_gives_so_many_days_and_all_are_off(national, year):
    days = statutory_days(year)
    merged = year in {2009, 2020}  # National Day and Mid-Autumn on one day

    assert len(days) == (10 if year < 2008 else 11 if year < 2025 else 13) - merged
    assert not any(national.is_working_day(day) for day in days)


def test_coverage_and_provenance_say_what_is_held(national, ningxia):
    assert national.coverage == rc.Coverage(D(2004, 1, 1), D(2026, 12, 23), D(2030, 12, 31))
    assert national.provenance.packages[0][0] == "chinese-calendar"
    assert (national.provenance.region, ningxia.provenance.region) == (None, "640000")
    assert national.provenance.digest != ningxia.provenance.digest
    assert "国办发明电〔2021〕11号" in national.provenance.notices


class TestNotHeld:
    """Beyond the data there is an error that says what is held, never a guess."""

    @pytest.mark.parametrize("day", [D(2003, 12, 30), D(2031, 1, 1), D(2100, 1, 1)])
    def test_a_day_outside_is_an_error(self, national, day):
        for ask in (national.is_working_day, national.day, lambda d: national.shift(d, 1), national.on_or_before):
            with pytest.raises(rc.CalendarCoverageError, match="2004-01-01 to 2030-12-31") as caught:
                ask(day)
            assert caught.value.hint

    @pytest.mark.parametrize(("day", "n"), [(D(2004, 1, 10), -20), (D(2005, 1, 1), -9999)])
    def test_a_count_that_leaves_the_days_is_an_error(self, national, day, n):
        with pytest.raises(rc.CalendarCoverageError, match="working days before"):
            national.shift(day, n)

    @pytest.mark.parametrize(("day", "n"), [(D(2030, 12, 20), 20), (D(2026, 1, 1), 9999), (D(2027, 1, 4), -9999)])
    def test_beyond_the_horizon_even_an_interval_is_an_error(self, national, day, n):
        with pytest.raises(rc.CalendarCoverageError, match="working days"):
            national.span(day, n)

    def test_the_edges_themselves_are_held(self, national):
        assert national.shift(D(2003, 12, 31), 1) == D(2004, 1, 2)
        assert national.shift(D(2026, 12, 24), -1) == D(2026, 12, 23)
        weeks = rc.testing.toy_calendar(D(2022, 7, 4), D(2022, 7, 17))
        assert weeks.shift(D(2022, 7, 18), -1) == D(2022, 7, 15)
        assert weeks.working_days(D(2022, 7, 3), D(2022, 7, 17)) == 10
        with pytest.raises(rc.CalendarCoverageError):
            national.working_days(D(2003, 12, 30), D(2004, 1, 5))

    def test_zero_gives_the_day_itself(self, national):
        assert national.shift(D(2022, 10, 1), 0) == D(2022, 10, 1)
        assert national.span(D(2022, 9, 30), 1) == rc.Span(*[D(2022, 10, 8)] * 3)


class TestNingxia:
    """Eid days from the regional notices; what a missing notice may touch is open, never silently national."""

    @pytest.mark.parametrize(
        ("start", "n", "nationally", "locally"),  # counted in ningxia_vs_national.md
        [
            (D(2022, 7, 1), 15, D(2022, 7, 22), D(2022, 7, 26)),
            (D(2022, 6, 24), 15, D(2022, 7, 15), D(2022, 7, 19)),
            (D(2024, 6, 3), 15, D(2024, 6, 25), D(2024, 6, 27)),
            (D(2025, 3, 28), 15, D(2025, 4, 21), D(2025, 4, 23)),
            (D(2026, 5, 22), 15, D(2026, 6, 12), D(2026, 6, 16)),
            (D(2017, 6, 23), 3, D(2017, 6, 28), D(2017, 7, 1)),
            (D(2015, 7, 17), 5, D(2015, 7, 24), D(2015, 7, 28)),
            (D(2022, 6, 20), 20, D(2022, 7, 18), D(2022, 7, 20)),
        ],
    )
    def test_deadlines_that_differ(self, national, ningxia, start, n, nationally, locally):
        assert (national.shift(start, n), ningxia.shift(start, n)) == (nationally, locally)

    @pytest.mark.parametrize(
        ("day", "kind", "name"),
        [
            (D(2022, 7, 11), K.REGIONAL, "古尔邦节"),
            (D(2022, 5, 3), K.ADJUSTED, "劳动节、开斋节"),
            (D(2023, 4, 22), K.WEEKEND, "开斋节"),
            (D(2023, 4, 23), K.MAKE_UP, "劳动节"),
            (D(2017, 7, 1), K.MAKE_UP, "开斋节"),
            (D(2017, 6, 28), K.ADJUSTED, "开斋节"),
        ],
    )
    def test_local_days_over_national_ones(self, ningxia, day, kind, name):
        found = ningxia.day(day)
        assert (found.kind, found.name) == (kind, name)

    def test_every_working_day_that_differs_is_a_day_of_a_notice(self, national, ningxia):
        """ningxia_vs_national.md: the net of each year."""
        net = {
            year: ningxia.working_days(D(year - 1, 12, 31), D(year, 12, 23))
            - national.working_days(D(year - 1, 12, 31), D(year, 12, 23))
            for year in (2015, 2017, *range(2019, 2027))
        }
        expected = {2015: -4, 2017: -4, 2019: -4, 2020: -4, 2021: -4, 2022: -2, 2023: -2, 2024: -4, 2025: -3, 2026: -2}
        assert net == expected

    @pytest.mark.parametrize("eid", [D(2018, 6, 15), D(2018, 8, 21), D(2016, 7, 6), D(2010, 9, 10)])
    def test_around_an_eid_without_a_notice_the_days_are_open(self, ningxia, eid):
        assert ningxia.day(eid).working is None
        with pytest.raises(rc.UnsettledDayError, match="not settled") as caught:
            ningxia.is_working_day(eid)
        assert str(eid.year) in caught.value.awaits
        for ask in (
            lambda: ningxia.shift(eid - timedelta(days=9), 20),
            lambda: ningxia.shift(eid + timedelta(days=12), -20),
            lambda: ningxia.working_days(eid - timedelta(days=20), eid + timedelta(days=20)),
        ):
            with pytest.raises(rc.UnsettledDayError):
                ask()

    def test_away_from_them_days_are_settled(self, ningxia):
        assert ningxia.shift(D(2018, 3, 1), 20) == rc.calendar().shift(D(2018, 3, 1), 20)
        assert "?" in ningxia.states(D(2018, 6, 1), D(2018, 6, 30))

    def test_a_statutory_day_is_off_in_every_case(self, ningxia):
        """端午节 2018-06-18 lies within reach of Eid 2018-06-15, and is off by law."""
        assert ningxia.is_working_day(D(2018, 6, 18)) is False


class TestRegions:
    """Division codes resolve to the most specific local days that are held."""

    def test_codes(self):
        assert rc.calendar("640500") is rc.calendar("640000") or rc.calendar("640500") == rc.calendar("640000")
        assert rc.calendar("640500000000") == rc.calendar("640000")
        assert rc.calendar("110000") == rc.calendar()
        assert rc.calendar("450100").is_working_day(D(2022, 4, 2)) is False  # Guangxi overrides a make-up Saturday
        assert rc.calendar("450000").caveats[0].en
        assert rc.calendar("宁夏") == rc.calendar("CN-NX") == rc.calendar("中卫市") == rc.calendar("640500")

    @pytest.mark.parametrize("code", ["513300", "433100", "632200", "522300", "130321", "422800"])
    def test_autonomous_places_in_other_provinces_may_have_days_of_their_own(self, code):
        assert rc.calendar(code).caveats

    @pytest.mark.parametrize("code", ["110000", "420000", "420100", "640500"])
    def test_others_need_no_caveat(self, code):
        assert rc.calendar(code).caveats == ()

    def test_a_region_that_may_have_days_we_do_not_hold_says_so(self):
        assert rc.calendar("150000").caveats[0].zh
        assert rc.calendar("150000").shift(D(2022, 7, 1), 15) == rc.calendar().shift(D(2022, 7, 1), 15)
        deadline = rc.within(5, rc.Unit.WORKING_DAY).deadline(D(2022, 7, 1), region="150000")
        assert rc.calendar("150000").caveats[0] in deadline.caveats

    @pytest.mark.parametrize("code", ["64", "64050", "990000", "", 640500, "朝阳区", "710000"])
    def test_what_is_no_code_is_an_error(self, code):
        with pytest.raises(rc.UnknownRegionError):
            rc.calendar(code)


class TestValues:
    """Calendars are values: equal by their days, hashable, pickled without a table."""

    def test_equal_and_cached(self):
        assert rc.calendar() is rc.calendar()
        assert rc.calendar() != rc.calendar("640500")
        assert rc.calendar() != "a calendar"
        assert len({rc.calendar(), rc.calendar("640500"), rc.calendar("640000")}) == 2
        assert rc.calendar().national is rc.calendar()
        assert rc.calendar("640500").national is rc.calendar()

    @pytest.mark.parametrize("region", [None, "640500", "450000", "150000"])
    def test_a_pickle_carries_no_table(self, region):
        data = pickle.dumps(rc.calendar(region))
        assert len(data) < 700
        assert pickle.loads(data) == rc.calendar(region)

    def test_a_small_calendar_travels_whole(self):
        toy = toy_calendar(D(2022, 1, 1), D(2022, 1, 31), off=[D(2022, 1, 3)])
        again = pickle.loads(pickle.dumps(toy))
        assert (again, again.shift(D(2022, 1, 2), 1)) == (toy, D(2022, 1, 4))

    def test_it_cannot_be_changed(self, national):
        with pytest.raises(AttributeError):
            national.coverage = None

    def test_moments_are_days(self, national):
        assert national.shift(datetime(2022, 9, 30, 18), 1) == D(2022, 10, 8)
        assert national.is_working_day(datetime(2022, 10, 8, 9))
        with pytest.raises(TypeError):
            national.shift("2022-09-30", 1)

    def test_days_come_in_order(self, national):
        days = list(national.days(D(2022, 9, 30), D(2022, 10, 9)))
        assert [day.date.day for day in days] == [30, *range(1, 10)]
        assert [day.working for day in days] == [True] + [False] * 7 + [True] * 2

    def test_a_notice_without_a_number_says_whose_it_is(self):
        assert str(rc.calendar("640500").day(D(2022, 7, 11)).source) == "宁夏回族自治区2022年放假通知（文号未见）"

    def test_a_day_off_more(self, national):
        assert with_day(national, D(2022, 10, 8), working=False).shift(D(2022, 9, 30), 1) == D(2022, 10, 9)
