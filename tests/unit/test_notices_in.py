"""Notice files (S12): good ones settle a year, bad ones are refused whole with every fault named."""

import json
import pickle
import sys
from datetime import date
from pathlib import Path

import pytest

import rulecal as rc

sys.path.insert(0, str(Path(__file__).parent))
from notice_2027 import invented

D = date


def write(tmp_path, data, name="2027.json"):
    path = tmp_path / name
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def faults(path, **how):
    with pytest.raises(rc.FaultGroup) as caught:
        rc.calendar(notices=[path], **how)
    return [str(fault) for fault in caught.value.exceptions]


class TestGoodFiles:
    def test_a_year_is_settled(self, tmp_path):
        cal = rc.calendar(notices=[write(tmp_path, invented())])
        assert cal.is_working_day(D(2027, 1, 31))
        assert cal.shift(D(2027, 1, 11), 15) == D(2027, 1, 31)
        assert cal.coverage.settled_through == D(2027, 12, 23)
        assert any(name.startswith("2027.json#") for name in cal.provenance.notices)
        assert cal.day(D(2027, 2, 9)).source.number.startswith("2027.json#")
        assert cal.day(D(2026, 12, 31)).settled
        assert pickle.loads(pickle.dumps(cal)) == cal
        assert not cal.stale_on(D(2027, 1, 4))

    def test_a_file_is_told_apart_by_its_content_never_by_its_path(self, tmp_path):
        data = invented()
        first = rc.calendar(notices=[write(tmp_path, data)])
        data["days"] = [day for day in data["days"] if day["date"] != "2027-01-31"]
        data["days"].append({"name": "春节", "date": "2027-01-30", "isOffDay": False})
        second = rc.calendar(notices=[write(tmp_path, data)])
        assert first != second
        assert (first.is_working_day(D(2027, 1, 31)), second.is_working_day(D(2027, 1, 31))) == (True, False)

    def test_a_region_s_own_notice_in_toml(self, tmp_path):
        national = write(tmp_path, invented())
        local = write(
            tmp_path,
            'year = 2027\nnumber = "某号（虚构）"\npublished = 2026-12-10\nregion = "640000"\n'
            'days = [\n  { name = "开斋节", date = 2027-03-10, off = true },\n'
            '  { name = "开斋节", date = 2027-03-11, off = true },\n'
            '  { name = "古尔邦节", date = 2027-05-16, off = true },\n'
            '  { name = "古尔邦节", date = 2027-05-17, off = true },\n]\n',
            "nx.toml",
        )
        cal = rc.calendar("640500", notices=[national, local])
        assert cal.day(D(2027, 3, 10)).kind is rc.DayKind.REGIONAL
        assert cal.day(D(2027, 3, 10)).source.number == "某号（虚构）"
        assert "?" not in cal.states(D(2027, 1, 1), D(2027, 12, 23))
        assert cal.national == rc.calendar(notices=[national])
        unsure = rc.calendar("150000", notices=[national])
        assert unsure.is_working_day(D(2027, 1, 31))
        assert unsure.caveats

    def test_a_later_notice_changes_a_settled_day_and_is_named(self, tmp_path):
        def later(published):
            return (
                f'year = 2026\namends = true\nnumber = "虚构"\npublished = {published}\n'
                'days = [{ name = "某日", date = 2026-12-10, off = true }]\n'
            )

        cal = rc.calendar(notices=[write(tmp_path, later("2026-11-30"), "a.toml")])
        assert (cal.is_working_day(D(2026, 12, 10)), cal.day(D(2026, 12, 10)).source.number) == (False, "虚构")
        early = write(tmp_path, later("2025-01-01"), "b.toml")
        assert "is settled as worked by 国办发明电〔2025〕7号" in faults(early)[0]


class TestBadFiles:
    def test_every_fault_at_once_and_nothing_half_loaded(self, tmp_path):
        data = invented()
        data["days"] = [day for day in data["days"] if day["date"] != "2027-06-09"]
        data["days"] += [
            {"name": "春节", "date": "2027-02-22", "isOffDay": False},
            {"name": "春节", "date": "2028-02-22", "isOffDay": True},
            {"name": "春节", "date": "2027-02-05", "isOffDay": True},
            {"name": "春节", "date": "2027-13-05", "isOffDay": True},
            {"name": "春节", "date": "2027-03-05"},
            "2027-03-06",
        ]
        before = rc.calendar()
        found = faults(write(tmp_path, data))
        for said in (
            "weekday",
            "outside 2027",
            "second time",
            "2027-13-05",
            "isOffDay",
            "2027-03-06",
            "端午节 2027-06-09 is not off",
        ):
            assert any(said in fault for fault in found)
        assert len(found) == 7
        assert rc.calendar() is before
        assert before.day(D(2027, 1, 31)).working is None

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("not json", "cannot be read"),
            ("[1, 2]", "holds a list"),
            ("[" * 100_000, "cannot be read"),
            ('{"year": 2027, "papers": [], "days": []}', "hold nothing"),
            ('{"year": 2027}', "hold nothing"),
            ('{"days": []}', "a whole number from 2004"),
            ('{"year": true, "days": [1]}', "a whole number"),
            ('{"year": 3027, "days": [1]}', "a whole number"),
            ("x" * 2_000_000, "at most"),
        ],
    )
    def test_what_is_no_notice(self, tmp_path, text, said):
        assert said in faults(write(tmp_path, text))[0]

    def test_more_that_is_refused(self, tmp_path):
        assert "cannot be read" in faults(tmp_path / "none.json")[0]
        assert "cannot be read" in faults(tmp_path)[0]
        text = 'year = 2027\nsigned = "soon"\nregion = "xx"\ndays = [{ name = "某", date = 2027-03-10, off = true }]\n'
        found = faults(write(tmp_path, text, "r.toml"))
        assert any("signed" in fault for fault in found)
        assert any("region" in fault for fault in found)

    def test_a_settled_day_is_not_contradicted_by_a_file_without_a_date(self, tmp_path):
        days = [{"name": "某", "date": "2026-03-11", "isOffDay": True}]
        found = faults(write(tmp_path, {"year": 2026, "days": [*days, *fixed(2026)]}))
        assert len(found) == 1
        assert "2026-03-11 is settled as worked" in found[0]


def fixed(year):
    from rulecal.calendars.statutory import statutory_days

    return [{"name": name, "date": day.isoformat(), "isOffDay": True} for day, name in statutory_days(year).items()]
