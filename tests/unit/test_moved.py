"""What a notice moves: replay of deadlines, stored ones too, and of whole reports (S4)."""

import json
import random
from datetime import date, timedelta

import rulecal as rc
from rulecal.ledger.read import Item
from rulecal.testing import with_day

D, U = date, rc.Unit


def known(day):
    return rc.calendar(known_on=day)


def test_the_decree_of_2020_moved_three_working_days():
    rule = rc.within(3, U.WORKING_DAY)
    before, after = (rule.deadline(D(2020, 1, 23), known_on=D(2020, 1, day)) for day in (25, 28))
    assert (before.due, after.due) == (D(2020, 2, 3), D(2020, 2, 5))
    moved = before.replay(known(D(2020, 1, 28)))
    assert isinstance(moved, rc.Moved)
    assert (moved.old, moved.new) == (D(2020, 2, 3), D(2020, 2, 5))
    assert [(day.date, day.before, day.after, day.source) for day in moved.days] == [
        (D(2020, 1, 31), True, False, "国办发明电〔2020〕1号"),
        (D(2020, 2, 1), True, False, "国办发明电〔2020〕1号"),
    ]


def test_the_notice_of_22_march_2019_moved_thirty_working_days():
    rule = rc.within(30, U.WORKING_DAY)
    assert rule.deadline(D(2019, 3, 18), known_on=D(2019, 3, 21)).due == D(2019, 4, 30)
    assert rule.deadline(D(2019, 3, 18), known_on=D(2019, 3, 22)).due == D(2019, 4, 29)
    assert rule.deadline(D(2019, 3, 18), known_on=D(2019, 3, 22)).replay(rc.calendar()) == rc.Same(D(2019, 4, 29))


def test_a_deadline_stored_before_a_year_was_added_loads_and_is_the_same():
    old = rc.within(15, U.WORKING_DAY).deadline(D(2025, 3, 3), known_on=D(2025, 6, 1))
    loaded = rc.Deadline.from_dict(json.loads(json.dumps(old.to_dict())))
    assert loaded == old
    assert loaded.calendar.known_on == D(2025, 6, 1)
    assert loaded.replay(rc.calendar()) == rc.Same(old.due)
    assert loaded.replay(with_day(rc.calendar(), D(2025, 3, 5), working=False)).new == old.due + timedelta(days=1)
    again = rc.within(15, U.WORKING_DAY).deadline(D(2025, 3, 3))
    assert again.calendar.digest == old.calendar.digest


def test_an_open_deadline_is_moved_or_kept_when_its_notice_comes():
    open_one = rc.within(20, U.WORKING_DAY).deadline(D(2025, 12, 15), known_on=D(2025, 10, 1))
    assert not open_one.settled
    answer = open_one.replay(rc.calendar())
    assert open_one.due <= answer.new if isinstance(answer, rc.Moved) else answer.due == open_one.due
    fixed = rc.by(6, 30).deadline(D(2022, 1, 1))
    assert fixed.replay(rc.calendar()) == rc.Same(D(2022, 6, 30))


def test_the_items_that_the_2019_change_moves_against_brute_force():
    draw = random.Random(2019)  # noqa: S311
    rules = {f"n{n}": rc.within(n, U.WORKING_DAY) for n in range(1, 61)}
    items = tuple(
        Item(k, f"i{k}", f"n{draw.randrange(1, 61)}", trigger=str(D(2019, 1, 1) + timedelta(days=draw.randrange(120))))
        for k in range(1000)
    )
    report = rc.Ledger("random", items).check(as_of=D(2019, 7, 1), rules=rules)
    old, new = known(D(2019, 3, 21)), known(D(2019, 3, 22))
    found = {result.item.id: (moved.old, moved.new) for result, moved in report.moved_by(old, new)}
    brute = {}
    for item in items:
        n, trigger = int(item.rule[1:]), D.fromisoformat(item.trigger)
        pair = old.shift(trigger, n), new.shift(trigger, n)
        if pair[0] != pair[1]:
            brute[item.id] = pair
    assert len(report.results) == 1000
    assert found == brute
    assert 50 < len(found) < 900
