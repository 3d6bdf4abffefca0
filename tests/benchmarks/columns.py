"""How fast columns are, beside what people use: `python tests/benchmarks/columns.py` (needs the extra `bench`).

Everything is measured in one run, side by side in each round: what is printed are medians of times and of ratios. The
answers of every contender are checked first on a sample, against `Rule.deadline`; one that cannot know make-up days,
against a count of weekdays less days off. The plot is saved as docs/figures/columns.png.
"""

from __future__ import annotations

import os

for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)  # not ours to set: numpy is measured as it comes

import statistics
import sys
import time
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import duckdb
import holidays
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import rulecal as rc

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
FEW = ROWS // 20
"""Rows for what is slow: their time is scaled up."""
ROUNDS = 9
FIGURE = Path(__file__).parents[2] / "docs" / "figures" / "columns.png"
RULE = rc.within(15, rc.Unit.WORKING_DAY)
CAL = rc.calendar()
OFF = [
    day.date for day in CAL.days(date(2004, 1, 1), date(2026, 12, 23)) if not day.working and day.date.weekday() <= 4
]


def once(ask):
    """Seconds that a call takes, its result being dropped after the clock has stopped."""
    start = time.perf_counter()
    found = ask()
    took = time.perf_counter() - start
    del found
    return took


def beside(copy, asks, rounds=ROUNDS):
    """For each call the median of its time and of its ratio to a copy, measured in the same rounds."""
    seen = {name: [] for name in asks}
    for ask in asks.values():
        once(ask)
    for _ in range(rounds):
        for name, ask in asks.items():
            floor = once(copy)
            seen[name].append((once(ask), floor))
    return {
        name: (statistics.median(a for a, _ in each), statistics.median(a / b for a, b in each))
        for name, each in seen.items()
    }


def against(ask, days, scale=1.0, *, out=None, rounds=ROUNDS):
    """The median time of a contender, scaled up to all rows, and of its ratio to ours in the same round."""
    both = [(once(ask) * scale, once(lambda: rc.due_dates(RULE, days, out=out))) for _ in range(rounds)]
    return statistics.median(a for a, _ in both), statistics.median(a / b for a, b in both)


def weekday_due(day):
    """15 weekdays on that are no days off: what tools without make-up days can count."""
    left = 15
    while left:
        day += timedelta(days=1)
        left -= day.weekday() <= 4 and day not in _OFF
    return day


_OFF = set(OFF)


def check(name, found, expected):
    """Stop where an answer is wrong."""
    if list(found) != expected:
        sys.exit(f"{name} gives other dates")


def line(name, took, ratio, bound=""):
    """One row of the table."""
    print(f"{name:<58}{took * 1e3:>10.1f} ms {ratio:>8.2f} × copy   {bound}")


def main():  # noqa: PLR0915
    """Print the table and save the plot."""
    rng = np.random.default_rng(2022)
    first, last = (np.datetime64(day).astype("i8") for day in ("2005-01-03", "2025-10-01"))
    days = rng.integers(first, last, ROWS).astype("M8[D]")
    few, out = days[:FEW].copy(), np.empty(ROWS, "M8[D]")
    sample = days[:300].tolist()
    ours = [RULE.deadline(day).due for day in sample]
    plain = [weekday_due(day) for day in sample]

    # who else there is
    busy = np.busdaycalendar(holidays=np.array(OFF, "M8[D]"))
    custom = pd.offsets.CustomBusinessDay(15, holidays=OFF)
    series, some = pl.Series(days), pl.Series(few)
    china = holidays.country_holidays("CN", years=range(2005, 2027))
    con = duckdb.connect()
    con.execute("SET threads = 2")
    table = rc.due_table(RULE, date(2005, 1, 1), date(2026, 1, 1)).to_arrow()
    items = pa.table({"received": days})
    con.register("items", items)
    con.register("due_table", table)
    con.execute("CREATE TABLE due AS SELECT trigger, due FROM due_table")
    join = "SELECT items.received, due.due FROM items LEFT JOIN due ON due.trigger = items.received"
    others = {
        "numpy busday_offset (no make-up days)": lambda: np.busday_offset(few, 15, "preceding", busdaycal=busy),
        "polars add_business_days (no make-up days)": lambda: pl.select(
            pl.lit(some).dt.add_business_days(15, holidays=OFF, roll="backward")
        ),
    }
    slow = {
        "pandas CustomBusinessDay (no make-up days)": (lambda: pd.Series(few[:2000]) + custom, 2000),
        "holidays get_nth_working_day": (lambda: [china.get_nth_working_day(d, 15) for d in sample], 300),
        "chinese-calendar, a loop over is_workday": (lambda: [loop(d) for d in sample], 300),
    }
    check("rulecal", rc.due_dates(RULE, days[:300]).tolist(), ours)
    check("numpy", np.busday_offset(few[:300], 15, "preceding", busdaycal=busy).tolist(), plain)
    check(
        "polars",
        pl.select(pl.lit(some[:300]).dt.add_business_days(15, holidays=OFF, roll="backward")).to_series(),
        plain,
    )
    with_warnings = pd.Series(days[:300].astype("M8[ns]")) + custom
    check("pandas", [each.date() for each in with_warnings], plain)
    check("chinese-calendar", [loop(day) for day in sample], ours)
    found = con.execute(f"SELECT DISTINCT received, due FROM ({join}) WHERE received IN (SELECT unnest(?))", [sample])
    check("DuckDB", _of(found, sample), ours)
    nth = [china.get_nth_working_day(day, 15) for day in sample]
    agree = sum(a == b for a, b in zip(nth, ours, strict=True)) / len(ours)
    print(f"holidays gives our date on {agree:.0%} of the sample; each of the others its expected one on all\n")

    print(f"{ROWS:,} rows; a copy is an allocating copy of the same bytes; medians of {ROUNDS} rounds\n")
    months = rc.within(6, rc.Unit.MONTH)
    rolls = rc.within(30, rc.Unit.CALENDAR_DAY, roll="unclear")
    fine = days.astype("M8[ns]")
    got = beside(
        days.copy,
        {
            "due_dates": lambda: rc.due_dates(RULE, days),
            "due_dates, errors='null'": lambda: rc.due_dates(RULE, days, errors="null"),
            "due_dates, out=": lambda: rc.due_dates(RULE, days, out=out),
            "due_dates, months": lambda: rc.due_dates(months, days),
            "due_dates, days with a roll in two readings": lambda: rc.due_dates(rolls, days),
            "due_dates, nanoseconds": lambda: rc.due_dates(RULE, fine),
            "take with clip, the bare look-up, one thread": bare(days),
        },
    )
    bounds = {"due_dates": "(at most 3)", "due_dates, out=": "(at most 2.2)"}
    for name, (took, ratio) in got.items():
        line(name, took, ratio, bounds.get(name, ""))
    checked = got["due_dates"][1] / got["take with clip, the bare look-up, one thread"][1]
    print(f"{'checked input against the bare look-up':<58}{checked:>31.2f} ×        (at most 1.5)")
    tenth = days[: ROWS // 10]
    small = beside(tenth.copy, {"": lambda: rc.due_dates(RULE, tenth, out=out[: ROWS // 10])})[""][0]
    base, long = got["due_dates"][0], got["due_dates, out="][0]
    print(f"{'flat in n: time a row, against a tenth of the rows (out=)':<58}{long / (small * 10):>31.2f} ×\n")

    n = rng.integers(1, 61, ROWS)
    through = days + n
    two = np.stack([days.view("i8"), n])
    pairs = beside(
        two.copy,
        {
            "shift_working_days, an n for each row": lambda: rc.shift_working_days(days, n),
            "count_working_days": lambda: rc.count_working_days(days, through),
        },
    )
    for name, (took, ratio) in pairs.items():
        line(name, took, ratio, "(at most 7, of both columns in)")
    del two

    print()
    scale = ROWS / FEW
    times = {"rulecal due_dates": base}
    for name, ask in others.items():
        times[name], ratio = against(ask, days, scale)
        _, into = against(ask, days, scale, out=out)
        print(f"{name:<58}{times[name] * 1e3:>10.0f} ms {ratio:>8.1f} × ours, {into:.1f} × with out= (at least 40)")
    name = "DuckDB, a join with the table"
    times[name], ratio = against(lambda: con.execute(join).to_arrow_table(), days)
    print(f"{name:<58}{times[name] * 1e3:>10.0f} ms {ratio:>8.1f} × ours (at least 2.5)")
    for name, (ask, rows) in slow.items():
        times[name], ratio = against(ask, days, ROWS / rows, rounds=3)
        print(f"{name:<58}{times[name] * 1e3:>10.0f} ms {ratio:>8.0f} × ours")

    print()
    frames(series, rng)
    cases(days[: ROWS // 10], rng)
    memory(days)
    plot(times)


def _of(found, sample):
    dates = dict(found.fetchall())
    return [dates[day] for day in sample]


def loop(day):
    """The 15th working day by chinese-calendar's own function."""
    left = 15
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return day


def bare(days):
    """The look-up alone: nothing checked."""
    from rulecal.columns.facts import due_column

    table = due_column(RULE, CAL, wide=True)
    return lambda: table.take(days.view("i8"), mode="clip", out=np.empty(len(days), "i8"))


def frames(series, rng):
    """`flag` on polars, beside a copy of the columns read and written."""
    as_of = date(2026, 1, 5)
    frame = pl.DataFrame({"received": series})
    ids = ["a", "b", "c", "d", "e"]
    rules = {key: rc.within(5 * (k + 1), rc.Unit.WORKING_DAY) for k, key in enumerate(ids)}
    many = frame.with_columns(rule=pl.Series(ids).gather(pl.Series(rng.integers(0, len(ids), len(series)))))
    done = frame.with_columns(done=pl.Series(series.to_numpy() + rng.integers(0, 60, len(series))))
    asks = {
        "flag, polars, one rule": (frame, {"rule": RULE}, "(at most 10)"),
        "flag, polars, one rule, all of them done": (done, {"rule": RULE, "completed": "done"}, ""),
        "flag, polars, a column of rules": (many, {"rule_column": "rule", "rules": rules}, "(at most 20)"),
    }
    for name, (given, which, bound) in asks.items():
        flagged = rc.flag(given, as_of=as_of, **which)
        room = [np.zeros(flagged[column].estimated_size(), "u1") for column in flagged.columns]
        del flagged

        def copy(room=room):
            return [each.copy() for each in room]

        took, ratio = beside(copy, {name: lambda g=given, w=which: rc.flag(g, as_of=as_of, **w)}, 5)[name]
        line(name, took, ratio, bound)


def cases(days, rng):
    """Up to three excluded intervals a row."""
    first = (days[:, None] + rng.integers(-5, 40, (len(days), 3))).astype("M8[D]")
    last = first + rng.integers(0, 15, (len(days), 3))
    none = rng.random(first.shape) < 0.3
    first[none] = last[none] = "NaT"
    took = statistics.median(once(lambda: rc.due_dates(RULE, days, exclusions=(first, last))) for _ in range(5))
    print(
        f"{'due_dates, up to three exclusions a row':<58}{took / len(days) * 1e6:>10.3f} µs a row         (at most 0.4)"
    )


def memory(days):
    """What a call needs above its input, in columns of the input's size."""
    tracemalloc.start()
    found = rc.due_dates(RULE, days)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{'peak memory of due_dates above its input':<58}{peak / found.nbytes:>10.2f} columns          (at most 2)")


def plot(times):
    """Bars of the times, on a scale of powers of ten."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 3.2), layout="constrained")
    names = list(times)[::-1]
    bars = axes.barh(names, [times[name] for name in names], color=["#888"] * (len(names) - 1) + ["#c0392b"])
    axes.bar_label(bars, [f"{times[name]:.3g} s" for name in names], padding=3)
    axes.set(
        xscale="log", xlabel=f"seconds for {ROWS:,} due dates, 15 working days", xlim=(None, max(times.values()) * 6)
    )
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(FIGURE, dpi=110)


if __name__ == "__main__":
    main()
