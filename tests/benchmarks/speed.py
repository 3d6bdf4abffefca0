"""How fast, as ratios within one run: `python tests/benchmarks/speed.py` (needs the extra `bench`).

Nothing here is asserted by the tests: machines are noisy, so each figure is the median of several rounds, and what is
compared is measured side by side in the same round.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import timeit
from datetime import date

import chinese_calendar
import holidays

import rulecal as rc

ROUNDS = 9
DAY = date(2022, 6, 27)


def per_call(ask, number):
    """Nanoseconds a call."""
    return timeit.timeit(ask, number=number) / number * 1e9


def pairs(one, other, number, other_number):
    """The medians of both, and of their ratio, round by round."""
    rounds = [(per_call(one, number), per_call(other, other_number)) for _ in range(ROUNDS)]
    return (
        statistics.median(a for a, _ in rounds),
        statistics.median(b for _, b in rounds),
        statistics.median(b / a for a, b in rounds),
    )


def bare_reads():
    """Two bare list reads, the floor of rank and select."""
    ranks, days, i, k = list(range(9000)), list(range(9000)), 6752, 4600
    return timeit.timeit("ranks[i]; days[k]", globals=locals(), number=1_000_000) * 1e3


def start_up(code):
    """Milliseconds that `code` takes in a fresh interpreter, after `import chinese_calendar`."""
    script = f"import time, chinese_calendar\nfrom datetime import date\nt = time.perf_counter()\n{code}"
    found = [
        float(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    return statistics.median(found)


def main():
    """Print the table."""
    cal, rule = rc.calendar("640500"), rc.catalogue()["zhongwei-2022/farm-facility-filing"]
    own, months = rc.within(15, rc.Unit.WORKING_DAY), rc.within(6, rc.Unit.MONTH)
    china = holidays.country_holidays("CN", years=range(2021, 2024))
    floor = statistics.median(bare_reads() for _ in range(ROUNDS))
    print(f"two bare list reads                     {floor:10.0f} ns")
    shift = statistics.median(per_call(lambda: cal.shift(DAY, 15), 200_000) for _ in range(ROUNDS))
    print(
        f"cal.shift(day, 15)                      {shift:10.0f} ns   {shift / floor:6.1f} × two list reads (at most 12)"
    )
    for name, each in (("catalogue", rule), ("own rule", own), ("6 months", months)):
        took = statistics.median(per_call(lambda each=each: each.deadline(DAY), 50_000) for _ in range(ROUNDS))
        print(f"rule.deadline ({name})".ljust(40) + f"{took:10.0f} ns   {took / 1000:6.2f} µs (at most 5)")
    steps = statistics.median(per_call(lambda: rule.deadline(DAY).steps, 2_000) for _ in range(ROUNDS))
    print(f"the same with its steps                 {steps:10.0f} ns")
    national = rc.calendar()
    _, theirs, ratio = pairs(
        lambda: national.shift(DAY, 15), lambda: chinese_calendar.find_workday(15, DAY), 100_000, 300
    )
    print(f"chinese_calendar.find_workday           {theirs:10.0f} ns   {ratio:6.0f} × cal.shift (at least 100)")
    _, theirs, ratio = pairs(lambda: national.shift(DAY, 15), lambda: china.get_nth_working_day(DAY, 15), 100_000, 300)
    print(f"holidays get_nth_working_day            {theirs:10.0f} ns   {ratio:6.0f} × cal.shift (at least 10)")
    stop = "print((time.perf_counter() - t) * 1000)"
    print(f"import rulecal                          {start_up('import rulecal; ' + stop):10.1f} ms   (at most 40)")
    first = "import rulecal as rc\nt = time.perf_counter()\n"
    first += "rc.within(15, rc.Unit.WORKING_DAY).deadline(date(2022, 6, 27)); "
    print(f"first national deadline                 {start_up(first + stop):10.1f} ms   (at most 80)")


if __name__ == "__main__":
    main()
