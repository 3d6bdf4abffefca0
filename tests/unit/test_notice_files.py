"""Notice files (S12): a year out of a file; a bad one refused, every fault named. All notices in here are invented."""

import json
import pickle
from datetime import date

import pytest

import rulecal as rc
from rulecal.calendars.statutory import statutory_days

D = date

INVENTED_OFF = {
    "元旦": ("01-01", "01-02", "01-03"),
    "春节": ("02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "02-11", "02-12"),
    "清明节": ("04-05",),
    "劳动节": ("05-01", "05-02", "05-03", "05-04", "05-05"),
    "端午节": ("06-09",),
    "中秋节": ("09-15",),
    "国庆节": ("10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"),
}
INVENTED_WORKED = {"春节": ("01-31", "02-20"), "劳动节": ("05-08",), "国庆节": ("09-26", "10-09")}
"""An invented arrangement of 2027; the real one is not published as this is written."""


def row(day, name="某节", *, off=True):
    return {"name": name, "date": day, "isOffDay": off}


def invented_2027(**changed):
    """An invented notice of 2027 in the form of holiday-cn."""
    days = [row(f"2027-{at}", name) for name, ats in INVENTED_OFF.items() for at in ats]
    days += [row(f"2027-{at}", name, off=False) for name, ats in INVENTED_WORKED.items() for at in ats]
    return {"year": 2027, "papers": ["an invented paper"], "days": days, **changed}


def as_toml(data):
    """The same as rulecal's own TOML; dates bare, as TOML has them."""
    head = [
        f"{key} = {value if key in {'signed', 'published'} else json.dumps(value, ensure_ascii=False)}"
        for key, value in data.items()
        if key not in {"days", "papers"}
    ]
    rows = [
        f'[[days]]\nname = "{each["name"]}"\ndate = {each["date"]}\nisOffDay = {json.dumps(each["isOffDay"])}'
        for each in data["days"]
    ]
    return "\n".join([*head, *rows])


@pytest.fixture
def write(tmp_path):
    """Writes a file: text as it is, bytes as they are, data as JSON or TOML by the name's ending."""

    def written(data, name="2027.json"):
        path = tmp_path / name
        if not isinstance(data, str | bytes):
            data = as_toml(data) if name.endswith(".toml") else json.dumps(data, ensure_ascii=False)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return written


@pytest.fixture
def faults():
    """The faults for which a file is refused, as text; the calendars asked before and after are the same."""

    def found(path, region=None):
        before = rc.calendar(region)
        digest, coverage = before.provenance.digest, before.coverage
        with pytest.raises(rc.FaultGroup) as caught:
            rc.calendar(region, notices=[path])
        after = rc.calendar(region)
        assert (after, after.provenance.digest, after.coverage) == (before, digest, coverage)
        assert all(isinstance(fault, rc.CatalogueError) and fault.hint for fault in caught.value.exceptions)
        assert str(len(caught.value.exceptions)) in caught.value.message
        return [fault.message for fault in caught.value.exceptions]

    return found


NINGXIA_2027 = """
year = 2027
region = "640000"
number = "invented regional notice"
signed = 2027-01-04
published = 2027-01-05
[[days]]
name = "开斋节"
date = 2027-03-10
isOffDay = true
[[days]]
name = "开斋节"
date = 2027-03-11
off = true
[[days]]
name = "开斋节"
date = 2027-03-13
isOffDay = false
"""


class TestAGoodFile:
    """It settles its year, in either form, and is named as the source."""

    @pytest.mark.parametrize("name", ["2027.json", "2027.toml"])
    def test_it_settles_its_year(self, write, national, name):
        calendar = rc.calendar(notices=[write(invented_2027(), name)])

        assert calendar.coverage == rc.Coverage(D(2004, 1, 1), D(2027, 12, 23), D(2030, 12, 31))
        assert national.coverage.settled_through == D(2026, 12, 23)
        assert "?" not in calendar.states(D(2004, 1, 1), D(2027, 12, 23))
        assert set(calendar.states(D(2027, 12, 24), D(2027, 12, 31))) == {"?"}
        off = {D.fromisoformat(f"2027-{at}") for ats in INVENTED_OFF.values() for at in ats}
        worked = {D.fromisoformat(f"2027-{at}") for ats in INVENTED_WORKED.values() for at in ats}
        for day in calendar.days(D(2027, 1, 1), D(2027, 12, 23)):
            expected = day.date in worked or (day.date.weekday() < 5 and day.date not in off)
            assert calendar.is_working_day(day.date) == day.working == expected

    def test_counting_goes_through_it(self, write, national):
        calendar = rc.calendar(notices=[write(invented_2027())])

        assert calendar.shift(D(2027, 2, 4), 1) == D(2027, 2, 15)
        assert calendar.shift(D(2027, 2, 4), 6) == D(2027, 2, 20)  # a make-up Saturday
        assert calendar.working_days(D(2027, 9, 24), D(2027, 10, 9)) == 7
        with pytest.raises(rc.UnsettledDayError):
            national.shift(D(2027, 2, 4), 1)
        before, after = (
            rc.within(6, rc.Unit.WORKING_DAY).deadline(D(2027, 2, 4), calendar=c) for c in (None, calendar)
        )
        assert (before.settled, after.settled, after.due) == (False, True, D(2027, 2, 20))
        assert before.earliest <= after.due <= before.latest

    def test_days_have_their_kinds_and_their_source(self, write):
        calendar = rc.calendar(notices=[write(invented_2027())])
        kinds = {
            D(2027, 2, 6): "HOLIDAY",
            D(2027, 2, 10): "ADJUSTED",
            D(2027, 2, 20): "MAKE_UP",
            D(2027, 3, 1): "WORKDAY",
        }

        for day, kind in kinds.items():
            found = calendar.day(day)
            assert found.kind.name == kind
            assert str(found.source).startswith("2027.json#")
            assert found.source.certainty == "one-source"
        assert any(name.startswith("2027.json#") for name in calendar.provenance.notices)

    def test_toml_says_number_and_dates(self, write):
        data = invented_2027(number="an invented number", signed="2026-12-01", published="2026-12-02")
        calendar = rc.calendar(notices=[write(data, "2027.toml")])
        source = calendar.day(D(2027, 2, 6)).source

        assert (source.number, source.signed, source.published) == (
            "an invented number",
            D(2026, 12, 1),
            D(2026, 12, 2),
        )
        assert "an invented number" in calendar.provenance.notices
        for known_on, settled in ((D(2026, 12, 1), False), (D(2026, 12, 2), True)):
            asked = rc.calendar(known_on=known_on, notices=[write(data, "2027.toml")])
            assert asked.day(D(2027, 3, 1)).settled is settled

    def test_it_may_reach_back_into_december(self, write, national):
        days = [*invented_2027()["days"], row("2026-12-26", "元旦", off=False), row("2026-12-31", "元旦")]
        calendar = rc.calendar(notices=[write(invented_2027(days=days))])

        assert national.day(D(2026, 12, 26)).working is None
        assert calendar.states(D(2026, 12, 24), D(2026, 12, 31)) == "11101110"

    def test_a_mark_of_spreadsheets_does_not_matter(self, write):
        data = json.dumps(invented_2027(), ensure_ascii=False)

        assert rc.calendar(notices=[write(data.encode("utf-8-sig"))]) == rc.calendar(notices=[write(data)])

    def test_any_iterable_of_paths_and_texts_will_do(self, write):
        path = write(invented_2027())

        assert rc.calendar(notices=iter([str(path)])) == rc.calendar(notices=[path])
        assert rc.calendar(notices=[]) == rc.calendar()

    def test_regions_without_days_of_their_own_take_it(self, write):
        path = write(invented_2027())

        assert rc.calendar("110000", notices=[path]) == rc.calendar(notices=[path])
        assert rc.calendar("150000", notices=[path]).coverage.settled_through == D(2027, 12, 23)
        assert rc.calendar("150000", notices=[path]).caveats == rc.calendar("150000").caveats

    @pytest.mark.parametrize("region", [None, "640500", "450000", "150000"])
    @pytest.mark.parametrize("known_on", [None, D(2027, 6, 1)])
    def test_it_can_be_pickled(self, write, region, known_on):
        paths = [write(invented_2027()), write(NINGXIA_2027, "nx.toml")]
        calendar = rc.calendar(region, known_on=known_on, notices=paths)
        data = pickle.dumps(calendar)
        for path in paths:
            path.unlink()  # what was read travels along
        again = pickle.loads(data)

        assert again == calendar
        assert again.provenance == calendar.provenance
        assert again.day(D(2027, 3, 10)) == calendar.day(D(2027, 3, 10))
        assert again.shift(D(2027, 2, 4), 6) == D(2027, 2, 20)


class TestNingxia:
    """A region's own file settles what waits for it, and nothing else."""

    def test_it_settles_an_eid(self, write, ningxia):
        paths = [write(invented_2027()), write(NINGXIA_2027, "nx.toml")]
        without, calendar = (rc.calendar("640500", notices=some) for some in (paths[:1], paths))

        assert ningxia.day(D(2027, 3, 10)).working is None
        assert without.day(D(2027, 3, 10)).working is None
        assert calendar.states(D(2027, 3, 8), D(2027, 3, 14)) == "1100110"
        found = calendar.day(D(2027, 3, 10))
        assert (found.kind, found.name) == (rc.DayKind.REGIONAL, "开斋节")
        assert (found.source.number, found.source.published) == ("invented regional notice", D(2027, 1, 5))
        assert calendar.day(D(2027, 3, 13)).kind is rc.DayKind.MAKE_UP
        assert "invented regional notice" in calendar.provenance.notices
        assert calendar.shift(D(2027, 3, 9), 1) == D(2027, 3, 12)
        assert calendar.shift(D(2027, 3, 9), 2) == D(2027, 3, 13)

    def test_the_order_of_the_files_does_not_matter(self, write):
        paths = [write(invented_2027()), write(NINGXIA_2027, "nx.toml")]

        assert rc.calendar("640500", notices=paths) == rc.calendar("640500", notices=paths[::-1])

    @pytest.mark.parametrize("region", ["宁夏", "宁夏回族自治区", "CN-NX", "640000000000"])
    def test_its_region_may_be_named_otherwise(self, write, region):
        first = write(NINGXIA_2027, "nx.toml")
        second = write(NINGXIA_2027.replace('"640000"', f'"{region}"'), "other.toml")

        assert rc.calendar("640000", notices=[first]) == rc.calendar("640000", notices=[second])

    def test_elsewhere_it_changes_nothing(self, write, national):
        path = write(NINGXIA_2027, "nx.toml")

        assert rc.calendar(notices=[path]) == national
        assert rc.calendar("450000", notices=[path]) == rc.calendar("450000")

    def test_as_known_before_it_the_eid_is_open(self, write):
        paths = [write(invented_2027(published="2026-12-01")), write(NINGXIA_2027, "nx.toml")]
        for known_on, working in ((D(2027, 1, 4), None), (D(2027, 1, 5), False)):
            assert rc.calendar("640500", known_on=known_on, notices=paths).day(D(2027, 3, 10)).working is working

    @pytest.mark.parametrize("region", ["640500", "中卫", "150000"])
    def test_a_file_for_a_region_without_a_calendar_of_its_own_is_refused(self, write, faults, region):
        path = write(NINGXIA_2027.replace('"640000"', f'"{region}"'), "zw.toml")

        assert any("no local days are held" in str(fault) for fault in faults(path, "640500"))

    def test_a_file_that_names_one_eid_leaves_the_other_open(self, write):
        paths = [write(invented_2027()), write(NINGXIA_2027, "nx.toml")]

        assert "?" in rc.calendar("640500", notices=paths).states(D(2027, 5, 14), D(2027, 5, 24))

    def test_a_settled_local_day_is_changed_by_a_later_notice_only(self, write, ningxia, faults):
        assert ningxia.day(D(2022, 7, 9)).settled
        text = 'year = 2022\nregion = "640000"\n[[days]]\nname = "x"\ndate = 2022-07-09\nisOffDay = false\n'

        assert len(faults(write(text, "nx.toml"), "640000")) == 1

    def test_what_it_settles_holds_in_every_calendar_of_the_family(self, write):
        text = NINGXIA_2027.replace("2027-03-10", "2027-05-06").replace("2027-03-11", "2027-05-07")
        calendar = rc.calendar("640000", notices=[write(text.replace("2027-03-13", "2027-03-14"), "nx.toml")])

        assert calendar.states(D(2027, 5, 6), D(2027, 5, 7)) == "00"
        for group in calendar.groups:
            for pattern in group.patterns:
                turned_out = dict(group.spread(pattern))
                assert not turned_out.get(D(2027, 5, 6))
                assert not turned_out.get(D(2027, 5, 7))


def added(*rows, **changed):
    data = invented_2027(**changed)
    return {**data, "days": [*data["days"], *rows]}


def without(*days):
    data = invented_2027()
    return {**data, "days": [each for each in data["days"] if each["date"] not in days]}


NESTED = 100_000


class TestABadFile:
    """Refused, each fault with its place, and nothing half loaded."""

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (added(row("2027-03-03", off=False)), "days[31].date: 2027-03-03 is made a working day, and is a weekday"),
            (added(row("2028-01-01")), "days[31].date: 2028-01-01 lies outside 2027"),
            (added(row("2026-12-23")), "days[31].date: 2026-12-23 lies outside 2027"),
            (added(row("2027-01-01")), "days[31]: 2027-01-01 a second time"),
            (added(row("2027-01-31")), "days[31]: 2027-01-31 a second time"),  # and the other way round
            (added({"name": "x", "date": "2027-03-03"}), "days[31].isOffDay: is None"),
            (added(row("2027-03-03", off="true")), "days[31].isOffDay: is 'true'"),
            (added(row("2027-03-03", off=1)), "days[31].isOffDay: is 1"),
            (added({"name": "x", "isOffDay": True}), "days[31].date: is None"),
            (added(row("2027-02-29")), "days[31].date: is '2027-02-29'"),
            (added(row("3 March 2027")), "days[31].date: is '3 March 2027'"),
            (added(row(20270303)), "days[31].date: is 20270303"),
            (added(5), "days[31]: is 5"),
            (added(None), "days[31]: is None"),
            (added("2027-03-03"), "days[31]: is '2027-03-03'"),
            (added(["2027-03-03", True]), "days[31]: is ['2027-03-03', True]"),
            (without("2027-05-01"), "days: 劳动节 2027-05-01 is not off"),
            (without("2027-02-05"), "days: 春节 2027-02-05 is not off"),
            (invented_2027(region="narnia"), "region: 'narnia' names no division"),
            (invented_2027(region="649999"), "region: '649999' is no division"),
            (invented_2027(region=640000), "region: a division is named by text, not by int"),
            (invented_2027(published="soon"), "published: is 'soon'"),
            (invented_2027(published=""), "published: is ''"),
            (invented_2027(signed=20261201), "signed: is 20261201"),
            ({"days": invented_2027()["days"]}, "year: is None"),
            (invented_2027(year="2027"), "year: is '2027'"),
            (invented_2027(year=True), "year: is True"),
            (invented_2027(year=2027.0), "year: is 2027.0"),
            (invented_2027(year=2003), "year: is 2003"),
            (invented_2027(year=9999), "year: is 9999"),
            ({"year": 2027}, "days: hold nothing"),
            (invented_2027(days=None), "days: hold nothing"),
            (invented_2027(days={"a": 1}), "days: hold nothing"),
            (invented_2027(days="2027-01-01"), "days: hold nothing"),
            ({"year": 2027, "papers": [], "days": []}, "days: hold nothing"),  # holiday-cn, before the notice is out
            ({}, "year: is None"),
            ([invented_2027()], "file: holds a list"),
            ("null", "file: holds a NoneType"),
            ("5", "file: holds a int"),
            ('"2027"', "file: holds a str"),
            ("", "file: cannot be read: JSONDecodeError"),
            ('{"year": 2027', "file: cannot be read: JSONDecodeError"),
            ('{"year": ' + "9" * 5000 + "}", "file: cannot be read: ValueError"),
            ("<html></html>", "file: cannot be read: JSONDecodeError"),
            ('{"name": "元旦"}'.encode("gb18030"), "file: cannot be read: UnicodeDecodeError"),
            (b"\x00\xff\xfe", "file: cannot be read: UnicodeDecodeError"),
            ("[" * NESTED, "file: cannot be read: RecursionError"),
            ("[" * NESTED + "]" * NESTED, "file: cannot be read: RecursionError"),
            ('{"a":' * NESTED, "file: cannot be read: RecursionError"),
            ('{"year": 2027, "days": ' + "[" * NESTED + "]" * NESTED + "}", "file: cannot be read: RecursionError"),
            (" " * 2_000_000 + "{}", "file: 2000002 bytes"),
        ],
        ids=lambda value: value if isinstance(value, str) and len(value) < 80 else "",
    )
    def test_it_is_refused_with_its_one_fault(self, write, faults, data, said):
        found = faults(write(data))

        assert len(found) == 1
        assert found[0].startswith(f"2027.json: {said}")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("year = ", "file: cannot be read: TOMLDecodeError"),
            ("year = 2027\nyear = 2027", "file: cannot be read: TOMLDecodeError"),
            ("a = " + "[" * NESTED, "file: cannot be read: RecursionError"),
            ("a.b.c.d.e = 1", "year: is None"),
            ("[2027]", "year: is None"),
            (as_toml(invented_2027(published="2026-12-01T09:00:00")), "published: is datetime.datetime(2026, 12, 1"),
            (as_toml(invented_2027(signed="09:00:00")), "signed: is datetime.time(9, 0)"),
        ],
        ids=lambda value: value if len(value) < 80 else "",
    )
    def test_so_is_toml(self, write, faults, text, said):
        found = faults(write(text, "2027.toml"))

        assert len(found) == 1
        assert found[0].startswith(f"2027.toml: {said}")

    def test_every_fault_is_named_at_once(self, write, faults):
        days = without("2027-04-05", "2027-10-03")["days"]
        bad = [
            5,
            {"date": "2027-03-04"},
            {"date": "2027-13-03", "isOffDay": True},
            row("2028-01-01"),
            row("2027-01-01"),
            row("2027-03-05", off=False),
            row("2027-10-03", off=False),
            {},
        ]
        found = faults(write(invented_2027(days=[*days, *bad], published="soon", signed=[1])))
        n = len(days)

        assert [fault.removeprefix("2027.json: ") for fault in found] == [
            "signed: is [1]",
            "published: is 'soon'",
            f"days[{n}]: is 5",
            f"days[{n + 1}].isOffDay: is None",
            f"days[{n + 2}].date: is '2027-13-03'",
            f"days[{n + 3}].date: 2028-01-01 lies outside 2027",
            f"days[{n + 4}]: 2027-01-01 a second time",
            f"days[{n + 5}].date: 2027-03-05 is made a working day, and is a weekday",
            f"days[{n + 7}].date: is None",
            f"days[{n + 7}].isOffDay: is None",
            "days: 国庆节 2027-10-03 is not off",
            "days: 清明节 2027-04-05 is not off",
        ]

    def test_a_bad_region_does_not_hide_bad_days(self, write, faults):
        text = NINGXIA_2027.replace('"640000"', '"narnia"').replace("2027-03-13", "2027-03-12")
        found = faults(write(text, "nx.toml"), "640000")

        assert any("region" in fault for fault in found)
        assert any("2027-03-12 is made a working day" in fault for fault in found)

    def test_what_cannot_be_read_is_a_fault(self, tmp_path, faults):
        assert "No such file" in faults(tmp_path / "none.json")[0]
        assert "cannot be read" in faults(tmp_path)[0]
        (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")
        assert "cannot be read" in faults(tmp_path / "loop.json")[0]

    def test_a_path_that_no_system_has_is_a_fault_too(self):
        with pytest.raises(rc.FaultGroup):
            rc.calendar(notices=["2027\0.json"])

    def test_one_path_is_taken_for_a_list_of_one_or_said_to_be_none(self, write):
        path = str(write(invented_2027()))
        try:
            calendar = rc.calendar(notices=path)
        except (TypeError, rc.RulecalError) as err:
            assert "list" in str(err)
        else:
            assert calendar == rc.calendar(notices=[path])

    def test_a_bad_file_after_a_good_one_leaves_nothing_of_either(self, write, national):
        good, bad = write(invented_2027()), write("{", "bad.json")
        with pytest.raises(rc.FaultGroup, match=r"bad\.json"):
            rc.calendar(notices=[good, bad])

        assert rc.calendar() == national
        assert rc.calendar().coverage.settled_through == D(2026, 12, 23)


class TestAContradiction:
    """A settled day is changed by a later notice only."""

    def amendment(self, day="2026-10-08", *, off=True, **changed):
        return {"year": 2026, "number": "invented amendment", "amends": True, "days": [row(day, off=off)], **changed}

    @pytest.mark.parametrize("dates", [{}, {"published": "2025-11-04"}, {"published": "2020-01-01"}])
    def test_without_a_later_date_it_is_refused(self, write, faults, dates):
        (fault,) = faults(write(self.amendment(**dates), "a.toml"))

        assert fault == "invented amendment: 2026-10-08 is settled as worked by 国办发明电〔2025〕7号"

    @pytest.mark.parametrize("key", ["published", "signed"])
    def test_a_later_notice_wins_and_is_named(self, write, national, key):
        calendar = rc.calendar(notices=[write(self.amendment(**{key: "2026-09-04"}), "a.toml")])

        assert national.day(D(2026, 10, 8)).working is True
        found = calendar.day(D(2026, 10, 8))
        assert (found.working, found.source.number) == (False, "invented amendment")
        assert "invented amendment" in calendar.provenance.notices
        assert calendar.shift(D(2026, 9, 30), 1) == D(2026, 10, 9)
        differing = [
            a.date
            for a, b in zip(
                national.days(D(2004, 1, 1), D(2030, 12, 31)),
                calendar.days(D(2004, 1, 1), D(2030, 12, 31)),
                strict=True,
            )
            if a != b
        ]
        assert differing == [D(2026, 10, 8)]

    def test_as_known_before_it_nothing_has_changed(self, write):
        path = write(self.amendment(published="2026-09-04"), "a.toml")
        for known_on, working in ((D(2026, 9, 3), True), (D(2026, 9, 4), False)):
            assert rc.calendar(known_on=known_on, notices=[path]).day(D(2026, 10, 8)).working is working

    def test_each_day_contradicted_is_a_fault(self, write, faults):
        data = self.amendment()
        data["days"] = [row("2026-10-08"), row("2026-10-09"), row("2026-10-10", off=False), row("2026-10-11")]

        found = faults(write(data, "a.toml"))  # 10-10 is worked anyhow, 10-11 a Sunday at rest
        assert [fault.split()[2] for fault in found] == ["2026-10-08", "2026-10-09"]

    def test_what_agrees_with_settled_days_needs_no_date(self, write, national):
        path = write(self.amendment("2026-10-01"), "a.toml")

        assert rc.calendar(notices=[path]) == national

    def test_of_two_files_for_a_year_the_later_wins(self, write):
        first = write(invented_2027(number="first", published="2026-12-01"), "1.toml")
        days = [*without("2027-02-20")["days"], row("2027-02-20")]
        second = write(invented_2027(number="second", published="2026-12-20", days=days), "2.toml")
        calendar = rc.calendar(notices=[first, second])

        assert (calendar.day(D(2027, 2, 20)).working, calendar.day(D(2027, 2, 20)).source.number) == (False, "second")
        with pytest.raises(rc.FaultGroup) as caught:
            rc.calendar(notices=[second, first])
        assert "2027-02-20 is settled as off by second" in str(caught.value)

    def test_a_day_that_the_law_fixes_stays_off(self, write, faults):
        assert faults(write(self.amendment("2026-10-03", off=False, published="2026-09-04"), "a.toml"))


class TestNeverRemembered:
    """A path is read afresh each time: what it held before does not matter."""

    def test_a_path_rewritten_gives_another_calendar(self, write):
        path = write(invented_2027())
        first = rc.calendar(notices=[path])
        days = [*without("2027-02-20")["days"], row("2027-02-21", "春节", off=False)]
        assert write(invented_2027(days=days)) == path
        second = rc.calendar(notices=[path])

        assert first != second
        assert first.states(D(2027, 2, 20), D(2027, 2, 21)) == "10"
        assert second.states(D(2027, 2, 20), D(2027, 2, 21)) == "01"
        assert first.day(D(2027, 2, 20)).source != second.day(D(2027, 2, 20)).source
        write(invented_2027())
        assert rc.calendar(notices=[path]) == first

    def test_a_path_gone_is_an_error(self, write):
        path = write(invented_2027())
        rc.calendar(notices=[path])
        path.unlink()

        with pytest.raises(rc.FaultGroup):
            rc.calendar(notices=[path])

    def test_a_bad_path_mended_is_read(self, write):
        path = write("{")
        with pytest.raises(rc.FaultGroup):
            rc.calendar(notices=[path])
        write(invented_2027())

        assert rc.calendar(notices=[path]).coverage.settled_through == D(2027, 12, 23)


def only_the_law(year):
    """An invented notice that gives off what the law fixes, and nothing more."""
    return {
        "year": year,
        "papers": ["invented"],
        "days": [row(str(d), name) for d, name in statutory_days(year).items()],
    }


class TestYearsBetween:
    """A year is settled by its own notice, never by a later year's."""

    @pytest.mark.parametrize("year", [2028, 2029, 2030])
    def test_a_year_without_a_notice_stays_open_before_one_with(self, write, year):
        try:
            calendar = rc.calendar(notices=[write(only_the_law(year), "later.json")])
        except rc.FaultGroup:
            return  # refused is right too
        assert calendar.day(D(2027, 3, 3)).working is None
        assert calendar.day(D(2026, 12, 30)).working is None

    def test_a_year_beyond_the_horizon_is_refused(self, write, faults):
        assert faults(write(only_the_law(2031), "2031.json"))

    def test_an_amendment_of_nothing_is_refused_or_settles_its_days(self, write):
        data = {"year": 2027, "amends": True, "published": "2026-12-01", "days": [row("2027-03-03")]}
        try:
            calendar = rc.calendar(notices=[write(data, "a.toml")])
        except rc.FaultGroup:
            return
        assert calendar.day(D(2027, 3, 3)).working is False

    def test_two_years_come_with_two_files(self, write):
        calendar = rc.calendar(notices=[write(invented_2027()), write(only_the_law(2028), "2028.json")])

        assert calendar.coverage.settled_through == D(2028, 12, 23)
        assert calendar.day(D(2027, 12, 31)).settled
