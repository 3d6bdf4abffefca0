"""The back-test of intervals: forget a year's notice, and see whether the true due dates lie where they were said to.

`python tests/benchmarks/backtest.py` prints the tables; with a folder as argument it also writes them as Markdown, and
a picture, for the documentation. For each year Y: every trigger from 1 October of Y-1 to 31 December of Y, n = 1 … 60
working days; true dates from the notices. The family as shipped, and one learned only from the years before Y; beside
them the two guesses that one makes without a family: weekends only, and weekends and the fixed days.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import rulecal as rc
from rulecal.calendars.national import arrangements, without_notice
from rulecal.calendars.projection import Practice
from rulecal.calendars.statutory import statutory_days

YEARS = range(2014, 2027)
AMOUNTS = range(1, 61)
DAY = timedelta(days=1)
KNOWN = {
    2014: "Spring Festival from 初一, the eve worked (令644号, published with the notice)",
    2015: "2015-09-03 by decree in May; 中秋's day off put into National Day",
    2019: "Labour Day lengthened on 22 March 2019 (国办发明电〔2019〕3号)",
    2020: "Spring Festival lengthened on 27 January 2020 (国办发明电〔2020〕1号)",
    2024: "Spring Festival 初一 to 初八, the eve (除夕) worked",
}


def habits(year):
    """Practice as the years before `year` show it: reach of make-up days, length of spans, Labour Day."""
    reach, labour, spring = {}, False, None
    for each in (each for each in arrangements() if not each.amends and 2008 <= each.notice.year < year):
        for name in ("春节", "劳动节", "国庆节"):
            off = [change.day for change in each.changes if not change.worked and change.name == name]
            worked = [change.day for change in each.changes if change.worked and change.name == name]
            first, last = min(off), max(off)
            before, after = reach.get(name, (0, 0))
            before = max([before, *((first - day).days for day in worked if day < first)])
            after = max([after, *((day - last).days for day in worked if day > last)])
            reach[name] = (before, after)
            if name == "劳动节":
                labour = (last - first).days == 4
            if name == "春节":
                new_year = next(day for day, held in statutory_days(each.notice.year).items() if held == name)
                new_year += DAY if -1 in _offsets(each.notice.year) else 0 * DAY
                spring = ((first - new_year).days, (last - new_year).days)
    return Practice(reach, labour, spring)


def _offsets(year):
    from rulecal.calendars.statutory import law_of

    return law_of(year).spring_festival


def naive(first, last, off):
    """The working days of a calendar of weekends and a set of days off."""
    span = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return [day for day in span if day.weekday() < 5 and day not in off]


def score(year, calendar):
    """The figures of a year for one family."""
    true = rc.calendar()
    first, last = date(year - 1, 10, 1), date(year, 12, 31)
    fixed = {day for y in (year - 1, year, year + 1) for day in statutory_days(y)}
    guesses = {
        "weekends": naive(first, date(year + 1, 6, 30), set()),
        "fixed": naive(first, date(year + 1, 6, 30), fixed),
    }
    found, misses = Counter(), []
    for k in range((last - first).days + 1):
        trigger = first + timedelta(days=k)
        at = {name: bisect_left(days, trigger + DAY) for name, days in guesses.items()}
        for n in AMOUNTS:
            try:
                due = true.shift(trigger, n)
            except rc.UnsettledDayError:
                break
            span = calendar.span(trigger, n)
            width = (span.latest - span.earliest).days
            found["pairs"] += 1
            found["hit"] += span.earliest <= due <= span.latest
            found["exact"] += not width
            found["width"] += width
            found["widest"] = max(found["widest"], width)
            found["expected"] += span.expected == due
            for name, days in guesses.items():
                found[name] += days[at[name] + n - 1] == due
            if not span.earliest <= due <= span.latest:
                misses.append((trigger, n, due, span))
    return found, misses


HEAD = (
    "year",
    "pairs",
    "within",
    "one date",
    "mean width",
    "widest",
    "guess right",
    "weekends only",
    "fixed days only",
    "why missed",
)


def table(which):
    """The rows of the table for a family."""
    for year in YEARS:
        calendar = without_notice(year, habits(year) if which == "learned" else None)
        found, misses = score(year, calendar)
        share = {key: f"{found[key] / found['pairs']:.1%}" for key in ("hit", "exact", "expected", "weekends", "fixed")}
        if misses:
            share["hit"] = f"{100 * found['hit'] / found['pairs']:.2f}%"
        why = (KNOWN.get(year, "") if which == "shipped" else "habits of earlier years") if misses else ""
        yield (
            year,
            found["pairs"],
            share["hit"],
            share["exact"],
            f"{found['width'] / found['pairs']:.2f} d",
            f"{found['widest']} d",
            share["expected"],
            share["weekends"],
            share["fixed"],
            why,
        )


def markdown(rows):
    """A table in Markdown."""
    lines = [" | ".join(HEAD), " | ".join("---" for _ in HEAD), *(" | ".join(map(str, row)) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def picture(rows, path):
    """Within, one date and the two naive guesses, by year."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    years = [row[0] for row in rows]
    figure, axes = plt.subplots(figsize=(9, 4.2))
    series = (
        ("true date within the interval", 2, "o-"),
        ("interval is one date", 3, "s-"),
        ("best guess right", 6, "^-"),
    )
    for label, column, style in (*series, ("weekends only right", 7, "x--"), ("fixed days only right", 8, "+--")):
        axes.plot(years, [float(str(row[column]).rstrip("%")) for row in rows], style, label=label)
    axes.set_xticks(years)
    axes.set_ylim(0, 103)
    axes.set_ylabel("% of triggers and amounts")
    axes.set_title("A year without its notice: 1 October before to 31 December, 1 to 60 working days")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main():
    """Print, and write where a folder is named."""
    tables = {which: list(table(which)) for which in ("shipped", "learned")}
    for which, rows in tables.items():
        print(f"\nFamily as {which}:\n")
        print(markdown(rows))
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        for which, rows in tables.items():
            (folder / f"backtest-{which}.md").write_text(markdown(rows) + "\n", encoding="utf-8")
        picture(tables["shipped"], folder / "backtest.png")


if __name__ == "__main__":
    main()
