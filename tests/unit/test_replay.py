"""Asked again of another calendar (S4, S11): the same date, or moved, and by which days. Its 2027 is invented."""

import json
import random
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner

import rulecal as rc
from rulecal.calendars.notices import DayChange, changes
from rulecal.calendars.statutory import statutory_days
from rulecal.cli import app
from rulecal.deadlines.replay import Moved, Same
from rulecal.ledger import Ledger
from rulecal.ledger.read import Item

D = date
DAY = timedelta(days=1)
LABOUR_DAY = D(2019, 3, 22)
"""The day on which Labour Day 2019 was made four days long."""
CHANGED_2019 = {D(2019, 4, 28): True, D(2019, 5, 2): False, D(2019, 5, 3): False, D(2019, 5, 5): True}
"""The days whose work that notice changed, and what they became; 4 May 2019 was a Saturday at rest before."""


def working(n, **more):
    return rc.within(n, rc.Unit.WORKING_DAY, **more)


def stored(deadline):
    """A deadline after a trip through a file."""
    return rc.Deadline.from_dict(json.loads(json.dumps(deadline.to_dict())))


@pytest.fixture
def with_2027(tmp_path):
    """The national calendar with an invented notice of 2027: what the law fixes is off, and nothing more."""
    days = [{"name": name, "date": str(day), "isOffDay": True} for day, name in statutory_days(2027).items()]
    path = tmp_path / "2027.json"
    path.write_text(json.dumps({"year": 2027, "papers": ["invented"], "days": days}), encoding="utf-8")
    return rc.calendar(notices=[path])


class TestKnownOn:
    """What could be known on a day, and what a later notice made of it."""

    @pytest.mark.parametrize(
        ("n", "trigger", "known_on", "due"),
        [
            (3, D(2020, 1, 23), D(2020, 1, 25), D(2020, 2, 3)),
            (3, D(2020, 1, 23), D(2020, 1, 26), D(2020, 2, 3)),  # signed on that day, published on the next
            (3, D(2020, 1, 23), D(2020, 1, 27), D(2020, 2, 5)),
            (3, D(2020, 1, 23), D(2020, 1, 28), D(2020, 2, 5)),
            (30, D(2019, 3, 18), D(2019, 3, 18), D(2019, 4, 30)),
            (30, D(2019, 3, 18), D(2019, 3, 21), D(2019, 4, 30)),
            (30, D(2019, 3, 18), D(2019, 3, 22), D(2019, 4, 29)),
            (30, D(2019, 3, 18), D(2026, 1, 1), D(2019, 4, 29)),
            (3, D(2015, 9, 1), D(2015, 5, 12), D(2015, 9, 4)),
            (3, D(2015, 9, 1), D(2015, 5, 13), D(2015, 9, 7)),
        ],
    )
    def test_dates_as_they_could_be_known(self, n, trigger, known_on, due):
        found = working(n).deadline(trigger, known_on=known_on)

        assert (found.due, found.settled, found.calendar.known_on) == (due, True, known_on)
        assert rc.calendar(known_on=known_on).shift(trigger, n) == due

    @pytest.mark.parametrize(
        ("known_on", "day"),
        [(D(2019, 3, 21), D(2019, 5, 2)), (D(2020, 1, 25), D(2020, 1, 31)), (D(2015, 5, 1), D(2015, 9, 3))],
    )
    def test_no_source_is_later_than_what_is_known(self, known_on, day):
        source = rc.calendar(known_on=known_on).day(day).source

        assert (source.published or source.signed) <= known_on

    def test_before_the_first_notice_there_is_no_calendar(self):
        with pytest.raises(rc.RulecalError):
            rc.calendar(known_on=D(2003, 12, 17))


class TestReplay:
    """`Same` where the date stays, `Moved` with old, new and the days where it does not."""

    def test_moved_by_the_extension_of_2020(self):
        answer = working(3).deadline(D(2020, 1, 23), known_on=D(2020, 1, 25)).replay(rc.calendar())

        assert isinstance(answer, Moved)
        assert (answer.old, answer.new) == (D(2020, 2, 3), D(2020, 2, 5))
        assert [str(day) for day in answer.days] == [
            "2020-01-31: worked → off (国办发明电〔2020〕1号)",
            "2020-02-01: worked → off (国办发明电〔2020〕1号)",
        ]

    def test_moved_by_labour_day_2019(self):
        answer = working(30).deadline(D(2019, 3, 18), known_on=LABOUR_DAY - DAY).replay(rc.calendar())

        assert (answer.old, answer.new) == (D(2019, 4, 30), D(2019, 4, 29))
        assert [str(day) for day in answer.days] == ["2019-04-28: off → worked (国办发明电〔2019〕3号)"]

    def test_and_back_again(self):
        answer = working(30).deadline(D(2019, 3, 18)).replay(rc.calendar(known_on=LABOUR_DAY - DAY))

        assert (answer.old, answer.new) == (D(2019, 4, 29), D(2019, 4, 30))
        assert [(day.date, day.before, day.after) for day in answer.days] == [(D(2019, 4, 28), True, False)]

    @pytest.mark.parametrize("known_on", [D(2019, 3, 22), D(2019, 12, 31), D(2026, 1, 1)])
    def test_the_same_since(self, known_on):
        assert working(30).deadline(D(2019, 3, 18), known_on=known_on).replay(rc.calendar()) == Same(D(2019, 4, 29))

    def test_the_same_where_changed_days_make_up_for_one_another(self):
        """Of 35 working days from 2019-03-20 two came and two went."""
        before = working(35).deadline(D(2019, 3, 20), known_on=LABOUR_DAY - DAY)

        assert before.replay(rc.calendar()) == Same(D(2019, 5, 10))
        assert before.calendar.digest != working(35).deadline(D(2019, 3, 20)).calendar.digest

    def test_another_region_moves_it_by_its_own_days(self, ningxia):
        answer = working(15).deadline(D(2022, 6, 27)).replay(ningxia)

        assert (answer.old, answer.new) == (D(2022, 7, 18), D(2022, 7, 20))
        assert {day.date for day in answer.days} == {D(2022, 7, 11), D(2022, 7, 12)}

    def test_rules_that_ask_no_calendar_stay(self):
        old = rc.calendar(known_on=D(2019, 1, 1))
        hours = rc.within(24, rc.Unit.HOUR).deadline(datetime(2019, 5, 2, 9), calendar=old)
        for deadline in (rc.by(5, 2).deadline(D(2019, 1, 1), calendar=old), hours):
            assert deadline.replay(rc.calendar()) == Same(deadline.due)

    def test_a_rolled_end_moves(self):
        old = rc.calendar(known_on=D(2019, 3, 1))
        answer = rc.within(1, rc.Unit.MONTH).deadline(D(2019, 4, 2), calendar=old).replay(rc.calendar())

        assert (answer.old, answer.new) == (D(2019, 5, 2), D(2019, 5, 5))
        assert [day.date for day in answer.days] == [D(2019, 5, 2), D(2019, 5, 3), D(2019, 5, 5)]

    def test_an_open_date_that_is_settled_moves_or_stays(self, with_2027):
        found = {}
        for k in range(60):
            deadline = working(20).deadline(D(2026, 12, 1) + k * DAY)
            answer, true = deadline.replay(with_2027), with_2027.shift(deadline.trigger, 20)
            expected = Same(true) if true == deadline.due else (deadline.due, true)
            assert (answer if isinstance(answer, Same) else (answer.old, answer.new)) == expected
            if isinstance(answer, Moved):
                assert all(day.before != day.after for day in answer.days)
                assert any(day.before is None for day in answer.days)
            found[type(answer)] = True

        assert set(found) == {Same, Moved}


class TestTheWordsOfAChange:
    """A day that two calendars see differently, in words."""

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            (True, False, "worked → off"),
            (False, True, "off → worked"),
            (None, True, "not settled → worked"),
            (None, False, "not settled → off"),
            (True, None, "worked → not settled"),
        ],
    )
    def test_words(self, before, after, words):
        assert str(DayChange(D(2019, 5, 2), before, after, "某号")) == f"2019-05-02: {words} (某号)"

    @pytest.mark.parametrize(
        ("day", "before", "after", "ordinary"),
        [
            (D(2027, 3, 3), None, True, True),
            (D(2027, 3, 6), None, False, True),
            (D(2027, 3, 3), None, False, False),
            (D(2027, 3, 6), None, True, False),
            (D(2027, 3, 3), False, True, False),
            (D(2027, 3, 6), True, False, False),
        ],
    )
    def test_an_open_day_that_follows_the_week_is_ordinary(self, day, before, after, ordinary):
        assert DayChange(day, before, after, "").is_ordinary is ordinary

    def test_changes_lists_the_days_between_two_calendars(self):
        old = rc.calendar(known_on=LABOUR_DAY - DAY)
        found = changes(old, rc.calendar(), D(2019, 1, 1), D(2019, 12, 23))

        assert {change.date: change.after for change in found} == CHANGED_2019
        assert {change.source for change in found} == {"国办发明电〔2019〕3号"}
        assert changes(old, old, D(2019, 1, 1), D(2019, 12, 31)) == ()


class TestStored:
    """A deadline stored before a year was added loads after it, and says whether the date stands."""

    KNOWN_ON = D(2025, 6, 1)

    @pytest.mark.parametrize("region", [None, "640500", "450000"])
    def test_what_was_settled_then_is_the_same_today(self, region):
        old = rc.calendar(region, known_on=self.KNOWN_ON)
        for k in range(0, 150, 7):
            for rule in (working(15), rc.within(1, rc.Unit.MONTH), rc.at_least(30, rc.Unit.CALENDAR_DAY)):
                made = rule.deadline(D(2025, 5, 1) + k * DAY, calendar=old)
                again = stored(made)
                assert made.settled
                assert (again, again.steps, again.calendar) == (made, made.steps, made.calendar)
                assert again.replay(rc.calendar(region)) == Same(made.due)

    def test_what_was_open_then_is_the_same_or_moved(self, national):
        old = rc.calendar(known_on=self.KNOWN_ON)
        found = set()
        for k in range(0, 90, 3):
            trigger = D(2025, 12, 1) + k * DAY
            again = stored(working(30).deadline(trigger, calendar=old))
            assert not again.settled
            assert again.settled_by == ("国务院办公厅2026年放假通知",)
            answer, true = again.replay(national), national.shift(trigger, 30)
            assert again.earliest <= true <= again.latest
            if true == again.due:
                assert answer == Same(true)
            else:
                assert (answer.old, answer.new) == (again.due, true)
                assert all(day.date.year == 2026 or day.date >= D(2025, 12, 24) for day in answer.days)
                assert [day.date for day in answer.days] == sorted(day.date for day in answer.days)
            found.add(type(answer))

        assert found == {Same, Moved}

    def test_the_facts_of_2020_and_2019_from_a_file(self, national):
        spring = stored(working(3).deadline(D(2020, 1, 23), known_on=D(2020, 1, 25)))
        labour = stored(working(30).deadline(D(2019, 3, 18), known_on=D(2019, 3, 21)))

        assert spring.calendar.known_on == D(2020, 1, 25)
        assert (spring.due, spring.replay(national).new) == (D(2020, 2, 3), D(2020, 2, 5))
        assert (labour.due, labour.replay(national).new) == (D(2019, 4, 30), D(2019, 4, 29))

    def test_the_digest_does_not_change_when_later_years_are_added(self, national, with_2027):
        asked = [
            (rule, D(2025, 2, 3) + k * DAY)
            for k in range(0, 120, 11)
            for rule in (working(20), rc.within(2, rc.Unit.MONTH), rc.count_back(5, rc.Unit.WORKING_DAY))
        ]
        calendars = [rc.calendar(known_on=D(2025, 6, 1)), national, with_2027]
        assert len({calendar.provenance.digest for calendar in calendars}) == 3

        for rule, trigger in asked:
            digests = {rule.deadline(trigger, calendar=calendar).calendar.digest for calendar in calendars}
            assert len(digests) == 1

    def test_a_file_from_before_2027_replays_with_it(self, with_2027):
        for k in range(0, 300, 13):
            made = stored(working(10).deadline(D(2026, 1, 5) + k * DAY))
            answer = made.replay(with_2027)
            assert answer == Same(made.due) or not made.settled


def a_thousand_items():
    """A thousand random items of January to April 2019, with their rules."""
    draw = random.Random(20190322)  # noqa: S311  (a seed, no secret)
    rules = {f"own/{n}": working(n) for n in range(1, 61)}
    items = tuple(
        Item(i, f"I-{i}", f"own/{draw.randint(1, 60)}", trigger=str(D(2019, 1, 1) + draw.randrange(120) * DAY))
        for i in range(2, 1002)
    )
    return rules, items


def counted(day, n, worked):
    """The n-th working day after a day, one day at a time."""
    while n:
        day += DAY
        n -= worked(day)
    return day


def worked_after(national):
    return national.is_working_day


def worked_before(national):
    """As known before 22 March 2019: the days of that notice turned back by hand."""
    return lambda day: (not CHANGED_2019[day]) if day in CHANGED_2019 else national.is_working_day(day)


class TestMovedBy:
    """Which items of a ledger a notice moves: against brute force."""

    def test_a_thousand_items_and_labour_day_2019(self, national):
        rules, items = a_thousand_items()
        report = Ledger("own.csv", items, ()).check(as_of=D(2019, 12, 31), rules=rules)
        assert (len(report.results), report.faults) == (1000, ())
        old, new = (rc.calendar(known_on=day) for day in (LABOUR_DAY - DAY, LABOUR_DAY))

        found = {result.item.id: (moved.old, moved.new) for result, moved in report.moved_by(old, new)}
        expected = {}
        for item in items:
            trigger, n = D.fromisoformat(item.trigger), int(item.rule.removeprefix("own/"))
            dues = tuple(counted(trigger, n, look(national)) for look in (worked_before, worked_after))
            if dues[0] != dues[1]:
                expected[item.id] = dues

        assert found == expected
        assert 50 < len(found) < 950

    def test_each_names_the_days_that_moved_it(self):
        rules, items = a_thousand_items()
        report = Ledger("own.csv", items[:300], ()).check(as_of=D(2019, 12, 31), rules=rules)
        old, new = (rc.calendar(known_on=day) for day in (LABOUR_DAY - DAY, LABOUR_DAY))

        for result, moved in report.moved_by(old, new):
            first, last = D.fromisoformat(result.item.trigger), max(moved.old, moved.new)
            between = {day: is_worked for day, is_worked in CHANGED_2019.items() if first < day <= last}
            assert {day.date: day.after for day in moved.days} == between
            assert all(day.before is not day.after for day in moved.days)

    def test_the_same_calendar_moves_nothing(self, national):
        rules, items = a_thousand_items()
        report = Ledger("own.csv", items[:200], ()).check(as_of=D(2019, 12, 31), rules=rules)

        assert report.moved_by(national, national) == ()

    def test_duties_without_a_date_are_left_out(self, tmp_path):
        path = tmp_path / "l.csv"
        path.write_text("id,rule,trigger,completed\n1,zhongwei-2022/sports-facility-filing,,\n", encoding="utf-8")
        report = Ledger.read(path).check(as_of=D(2022, 7, 21))

        assert report.moved_by(rc.calendar(known_on=D(2021, 1, 1)), rc.calendar()) == ()


OWN = """
[instrument]
id = "own"
title = "某办法"
[rules.thirty]
title = { zh = "三十日", en = "thirty days" }
kind = "within"
amount = 30
unit = "working_day"
[rules.hours]
title = { zh = "二十四小时", en = "a day" }
kind = "within"
amount = 24
unit = "hour"
"""


class TestTheCommand:
    """`rulecal check … --known-on A --against B`: exactly the items that move."""

    @pytest.fixture
    def check(self, tmp_path):
        (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")

        def run(ledger, *args):
            path = tmp_path / "l.csv"
            path.write_text(f"id,rule,trigger,completed\n{ledger}", encoding="utf-8")
            rules = ("--rules", str(tmp_path / "own.toml"), "--lang", "en")
            return CliRunner().invoke(app, ["check", str(path), *rules, *args])

        return run

    def test_it_lists_what_moves_and_why(self, check):
        ledger = "A-1,own/thirty,2019-03-18,2019-04-01\nA-2,own/thirty,2019-01-10,2019-02-01\n"
        found = check(ledger, "--as-of", "2019-04-01", "--known-on", "2019-03-21", "--against", "2019-03-22")
        tail = found.output[found.output.index("1 item moves") :]

        assert found.exit_code == 0
        assert "A-1" in tail
        assert "A-2" not in tail
        assert "2019-04-30" in tail
        assert "2019-04-29" in tail
        assert "2019-04-28: off → worked (国办发明电〔2019〕3号)" in tail

    def test_the_status_is_that_of_what_was_known(self, check):
        ledger = "A-1,own/thirty,2019-03-18,\n"
        codes = {
            known_on: check(ledger, "--as-of", "2019-04-30", "--known-on", known_on).exit_code
            for known_on in ("2019-03-21", "2019-03-22")
        }

        assert codes == {"2019-03-21": 0, "2019-03-22": 1}

    def test_nothing_moves(self, check):
        ledger = "A-1,own/thirty,2019-03-18,2019-04-01\n"
        found = check(ledger, "--as-of", "2019-04-01", "--known-on", "2019-03-22", "--against", "2019-12-01")

        assert "0 items move" in found.output
        assert found.exit_code == 0

    def test_against_alone_compares_with_today(self, check):
        ledger = "A-1,own/thirty,2019-03-18,2019-04-01\n"
        found = check(ledger, "--as-of", "2019-04-01", "--against", "2019-03-21")

        assert "1 item moves" in found.output
        assert "2019-04-28: worked → off" in found.output

    def test_an_item_beyond_the_other_calendar_does_not_lose_the_rest(self, check, tmp_path):
        ledger = "A-1,own/thirty,2019-03-18,2019-04-01\nA-2,own/thirty,2022-01-10,2022-02-01\n"
        found = check(ledger, "--as-of", "2022-04-01", "--against", "2016-01-01", "--out", str(tmp_path / "r.json"))

        assert "A-1" in found.output
        assert (tmp_path / "r.json").exists()
