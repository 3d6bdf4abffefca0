"""First use by eight threads at once, the interpreter switching as often as it can: no wrong answer."""

import subprocess
import sys

ROUND = """
import sys, threading
sys.setswitchinterval(1e-6)
from datetime import date
import rulecal as rc
from rulecal.calendars import _plain
from rulecal.calendars import assemble, national, regional, statutory, divisions, _data
from rulecal.deadlines import catalogue
from rulecal.law import catalogue as law, clauses

CACHED = [_plain, assemble._calendar, assemble._made, assemble.unsure_calendar, national.national_calendar,
          national.arrangements, regional.regional_calendar, regional.regional_arrangements, statutory.laws,
          _data.read, _data.names, catalogue._instrument, law.instruments, law.shipped_ids,
          clauses._held]
RIGHT = (date(2022, 7, 20), date(2022, 7, 18), date(2027, 1, 29), date(2027, 2, 1), "640500")

def ask(found, gate):
    gate.wait()
    open_days = rc.calendar().span(date(2027, 1, 11), 15)
    found.append((
        rc.due_date("zhongwei-2022/farm-facility-filing", date(2022, 6, 27)),
        rc.calendar().shift(date(2022, 6, 27), 15),
        open_days.earliest,
        open_days.latest,
        divisions.find("中卫").code,
    ))

wrong = 0
for _ in range(ROUNDS):
    for each in CACHED:
        each.cache_clear()
    found, gate = [], threading.Barrier(8)
    threads = [threading.Thread(target=ask, args=(found, gate)) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    wrong += len(found) != 8 or set(found) != {RIGHT}
print(wrong)
"""


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_first_use_in_a_fresh_interpreter():
    assert [run(ROUND.replace("ROUNDS", "1")) for _ in range(4)] == ["0"] * 4


def test_first_use_again_and_again():
    """Twenty rounds here; `python tests/benchmarks/threads.py` runs two hundred."""
    assert run(ROUND.replace("ROUNDS", "20")) == "0"
