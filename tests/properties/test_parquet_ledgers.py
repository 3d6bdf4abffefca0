"""A ledger in Parquet is the same ledger in CSV, whatever stands in its rows: answers, faults and exit code."""

import csv
from collections import Counter
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import rulecal as rc
from rulecal.civil import parse_day
from rulecal.cli import app
from rulecal.ledger.bulk import check_parquet

COLUMNS = (
    *("id", "rule", "lead", "trigger", "completed", "due"),
    *("excluded", "suspended", "extended", "restarted", "promised", "region", "remarks"),
)
EVENTS = ("id", "event", "from", "to", "amount", "reason", "basis", "clock", "region", "notified")
AS_OF = date(2026, 7, 21)
DAYS = st.dates(date(2025, 11, 1), date(2026, 9, 30))
FAR = st.sampled_from([date(1969, 3, 1), date(2003, 5, 5), date(2022, 6, 27), date(2041, 2, 1), date(9999, 12, 31)])
BLANKS = st.sampled_from(["", "", " ", "\t"])
JUNK = st.sampled_from(["soon", "6月27日", "2026-02-30", "2026-13-01", "46000"])


def by_kind():
    kinds = {}
    for key, rule in rc.catalogue().items():
        unit = getattr(getattr(rule.limit, "period", None), "unit", None)
        kinds.setdefault((rule.kind, unit), []).append(key)
    return kinds


HOURS = {key for (_, unit), keys in by_kind().items() if unit is rc.Unit.HOUR for key in keys}
RULES = st.sampled_from(list(by_kind().values())).flatmap(st.sampled_from)
WRITTEN = st.one_of(*[DAYS] * 6, FAR).flatmap(
    lambda d: st.sampled_from([str(d), f"{d.year:04}{d:%m%d}", f"{d.year}年{d.month}月{d.day}日", f" {d} "])
)
MOMENTS = st.datetimes(datetime(2026, 6, 1), datetime(2026, 7, 30)).map(lambda at: f"{at:%Y-%m-%d %H:%M}")
SEVERAL = st.lists(WRITTEN, min_size=2, max_size=3).map("；".join)
REASONS = st.sampled_from(["听证", "检测", "征求第三方意见", "中止", "开会", ""])
SPANS = st.tuples(WRITTEN.map(str.strip), st.none() | BLANKS.map(str.strip) | WRITTEN.map(str.strip), REASONS).map(
    lambda of: f"{of[0]}{'' if of[1] is None else '/' + of[1]} {of[2]}"
)


REGIONS = st.sampled_from(["640500", "中卫", " CN-NX ", "110000", "450000", "150000", "542300"])
"""Of Ningxia; plain; with local days of some years only; with none that are held."""


def seldom(cells):
    """A cell that is mostly empty."""
    return st.integers(0, 19).flatmap(lambda n: cells if n == 13 else BLANKS)  # hypothesis likes the ends


ROWS = st.fixed_dictionaries(
    {
        "id": st.sampled_from([*map(str, range(12)), *map(str, range(12)), " 3 ", "", " "]),
        "rule": RULES | RULES | RULES.map(" {} ".format) | st.sampled_from(["", "no/such"]),
        "lead": st.sampled_from(["", " ", "甲", "甲、乙"]),
        "trigger": WRITTEN | WRITTEN | MOMENTS | BLANKS | JUNK,
        "completed": WRITTEN | BLANKS | BLANKS | MOMENTS | SEVERAL | JUNK,
        "due": seldom(WRITTEN | JUNK),
        "excluded": seldom(SPANS | JUNK),
        "suspended": seldom(SPANS),
        "extended": seldom(st.tuples(WRITTEN.map(str.strip), st.integers(0, 20)).map("{0[0]} {0[1]}".format) | JUNK),
        "restarted": seldom(WRITTEN),
        "promised": seldom(st.sampled_from(["5个工作日内", "zhongwei-2022/business-startup", "尽快"])),
        "region": REGIONS | REGIONS | BLANKS | BLANKS | st.sampled_from(["某镇", "640599"]),
        "remarks": BLANKS,
    }
)
EMPTY = dict.fromkeys(COLUMNS, "")
HAPPENED = st.fixed_dictionaries(
    {
        "id": st.sampled_from([*map(str, range(12)), "99"]),
        "event": st.sampled_from(["exclusion", "中止", "延长", "restart", "移送", "completion", "办结", "晚了"]),
        "from": WRITTEN | WRITTEN | BLANKS | JUNK,
        "to": BLANKS | WRITTEN,
        "amount": st.sampled_from(["10", "1", "", "ten"]),
        "reason": REASONS,
        "basis": st.sampled_from(["", "some decree"]),
        "clock": st.sampled_from(["", "", "both", "承诺", "甲"]),
        "region": st.sampled_from(["110000", "", "某镇"]),
        "notified": st.sampled_from(["", "yes", "perhaps"]),
    }
)
LEDGERS = st.lists(ROWS | ROWS | ROWS | ROWS | st.just(EMPTY), min_size=1, max_size=12)


def write_csv(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def typed(cells):
    """A column as days, where every cell of it is one or nothing; else None."""
    try:
        return pa.array([parse_day(cell) if cell.strip() else None for cell in cells], pa.date32())
    except rc.UnreadableDateError:
        return None


def write_parquet(path, rows, kind, nulls):
    table = {}
    if any(row["rule"].strip() in HOURS for row in rows):  # a day without a clock is no moment: only text can say that
        kind = "text"
    for name in COLUMNS:
        cells = [row[name] for row in rows]
        days = (
            typed(cells)
            if kind not in {"text", "coded"} and name in {"trigger", "completed", "due", "restarted"}
            else None
        )
        if days is None:
            days = pa.array([None if nulls and not cell.strip() else cell for cell in cells], pa.string())
            table[name] = days.dictionary_encode() if kind == "coded" else days
        elif kind == "aware":  # 23:00 in Beijing is 15:00 in UTC
            moments = [None if d is None else datetime(d.year, d.month, d.day, 15, tzinfo=UTC) for d in naive(days)]
            table[name] = pa.array(moments, pa.timestamp("s", "UTC"))
        else:
            table[name] = days.cast(pa.timestamp("s")) if kind == "naive" else days
    pq.write_table(pa.table(table), path, row_group_size=5)
    return path


def naive(days):
    """The days of a column; the last is left a day in which an hour of UTC still fits."""
    return [None if d is None else min(d, date(9999, 12, 30)) for d in days.to_pylist()]


def answer_of(result):
    deadline, status = result.deadline, result.status
    dates = (result.due, deadline and deadline.earliest, deadline and deadline.latest)
    return *dates, status.state.value, status.days_over, status.working_days_over, result.certainty.value


def said(faults, above, kind):
    """What is said of a file: each cell and what it needs; rows of CSV have one above them, the header."""
    found = Counter()
    for fault in faults:
        facts = fault.facts
        mine = facts["file"].startswith("led.")
        words = (facts["value"], fault.hint) if kind in {"text", "coded"} and facts["column"] != "id" else ()
        found[mine, facts["row"] - above * mine, facts["column"], words] += 1
    return found


def compare(folder, rows, happened, kind="text", nulls=False, as_of=AS_OF, region=None):
    one, other = write_csv(folder / "led.csv", COLUMNS, rows), write_parquet(folder / "led.parquet", rows, kind, nulls)
    events = None if happened is None else write_csv(folder / "events.csv", EVENTS, happened)
    plain = rc.Ledger.read(one).check(as_of=as_of, events=events, region=region)
    bulk = check_parquet(other, as_of=as_of, events=events, region=region)
    expected = {result.item.row - 2: answer_of(result) for result in plain.results}
    names = ("due", "earliest", "latest", "state", "days_over", "working_days_over", "certainty")
    judged, regions, faulty = {}, {}, set()
    for n, row in enumerate(bulk.table.to_pylist()):
        if row["fault"] is not None:
            faulty.add(n)
            assert [row[name] for name in names] == [None] * len(names)
        elif row["state"] is not None:
            judged[n] = tuple(row[name] for name in names)
            regions[n] = row["region"] or None
    assert judged == expected
    assert regions == {result.item.row - 2: result.region for result in plain.results}
    assert faulty == {n for n, row in enumerate(rows) if any(map(str.strip, row.values()))} - set(expected)
    assert bulk.overdue == len(plain.overdue)
    late = [result.item.id for result in plain.by_urgency if result.status.is_overdue]
    assert [row["id"].strip() for row in bulk.latest(99)] == late
    assert dict(bulk.states) == plain.counts()
    assert said(bulk.first_faults(10**6), 0, kind) == said(plain.faults, 1, kind)
    assert bool(bulk.faults) == bool(plain.faults)
    assert {unit: sum(found.values()) for unit, found in bulk.counts.items()} == {
        unit: len(found) for unit, found in plain.by("lead").items()
    }
    return one, other, events, len(faulty)


KINDS = st.sampled_from(["text", "coded", "days", "naive", "aware"])
WHEN = st.sampled_from([AS_OF, datetime(2026, 7, 21, 17), date(2027, 1, 4), date(2026, 1, 2)])


@settings(max_examples=60)
@given(
    rows=LEDGERS,
    happened=st.none() | st.lists(HAPPENED, max_size=4),
    kind=KINDS,
    nulls=st.booleans(),
    as_of=WHEN,
    region=st.none() | REGIONS.map(str.strip),
)
def test_the_answers_are_those_of_the_csv(tmp_path_factory, rows, happened, kind, nulls, as_of, region):
    folder = tmp_path_factory.mktemp("ledger")
    one, other, events, _ = compare(folder, rows, happened, kind, nulls, as_of, region)
    more = [] if events is None else ["--events", str(events)]
    more += [] if region is None else ["--region", region]
    codes = [
        CliRunner().invoke(app, ["check", str(each), "--as-of", str(AS_OF), *more]).exit_code for each in (one, other)
    ]
    assert codes[0] == codes[1]


FESTIVALS = st.dates(date(2022, 4, 18), date(2022, 5, 6)) | st.dates(date(2022, 6, 20), date(2022, 7, 12))
"""Days from which working days lead over an Eid of Ningxia, or over 三月三 of Guangxi."""
SOUND = st.fixed_dictionaries(
    {
        "rule": st.sampled_from(by_kind()[rc.Kind.WITHIN, rc.Unit.WORKING_DAY]),
        "trigger": FESTIVALS.map(str),
        "completed": st.just("") | FESTIVALS.map(str),
        "region": REGIONS | REGIONS | REGIONS | st.sampled_from(["", "某镇"]),
    }
)


@settings(max_examples=40)
@given(rows=st.lists(SOUND, min_size=4, max_size=12), kind=KINDS, region=st.none() | REGIONS.map(str.strip))
def test_each_row_is_counted_where_it_belongs(tmp_path_factory, rows, kind, region):
    rows = [EMPTY | row | {"id": str(n)} for n, row in enumerate(rows)]
    compare(tmp_path_factory.mktemp("ledger"), rows, None, kind, as_of=date(2022, 7, 15), region=region)
