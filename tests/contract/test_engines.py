"""One table on every engine: pandas, polars eager and lazy, pyarrow, DuckDB, PySpark, and a dict of numpy arrays."""

import os
import shutil
import sys
from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rulecal as rc

AS_OF = date(2022, 7, 25)
RULES = {
    "filing": rc.within(15, rc.Unit.WORKING_DAY, region="640500"),
    "days": rc.within(10, rc.Unit.CALENDAR_DAY, roll="unclear"),
    "floor": rc.at_least(7, rc.Unit.WORKING_DAY, start="unclear"),
    "back": rc.count_back(7, rc.Unit.WORKING_DAY),
    "by": rc.by(6, 30),
    "once": rc.times_a_year(1),
    "twice": rc.times_a_year(2),
    "soft": rc.catalogue()["zhongwei-2022/information-disclosure"],
    "lectures": rc.catalogue()["zhongwei-2022/leaders-lectures"],
    "plan": next(r for r in rc.catalogue().values() if r.kind is rc.Kind.PLAN_TASK),
    "hours": rc.within(24, rc.Unit.HOUR),
}
ADDED = ["due", "earliest", "latest", "state", "days_over", "working_days_over", "fault", "certainty"]
pytestmark = pytest.mark.filterwarnings("ignore")


def rows():
    rng = np.random.default_rng(3)
    n = 600
    trigger = np.datetime64("2022-05-01") + rng.integers(0, 120, n)
    trigger[:40] = np.datetime64("2014-05-20") + rng.integers(0, 90, 40)  # Ningxia's open days
    trigger[40:60] = np.datetime64("1960-05-20") + rng.integers(0, 40_000, 20)
    done = trigger + rng.integers(-4, 60, n)
    done[rng.random(n) < 0.4] = "NaT"
    trigger[rng.random(n) < 0.05] = "NaT"
    rule = rng.choice([*RULES, "unknown"], n).tolist()
    rule[100] = None
    return {"id": list(range(n)), "rule": rule, "received": trigger.tolist(), "done": done.tolist()}


ITEMS = rows()


@pytest.fixture(scope="module")
def spark():
    if not shutil.which("java"):
        pytest.skip("PySpark needs a Java runtime, e.g. openjdk-17-jre-headless; the whole run installs one")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    build = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = build.config("spark.sql.session.timeZone", "America/New_York").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def as_numpy(_, items):
    days = {name: np.array(items[name], "M8[D]") for name in ("received", "done")}
    return items | days | {"rule": np.array(items["rule"], object), "id": np.array(items["id"])}


def as_duckdb(_, items):
    table = pa.table(items)
    assert table
    return duckdb.connect().from_arrow(table)


def as_spark(session, items):
    names = "id int, rule string, received date, done date"
    return session.createDataFrame(list(zip(*items.values(), strict=True)), names)


ENGINES = {
    "numpy": as_numpy,
    "pandas": lambda _, items: pd.DataFrame(items).astype({"received": "M8[s]", "done": "M8[s]"}),
    "pandas of dates": lambda _, items: pd.DataFrame(items),
    "pandas of arrow": lambda _, items: pa.table(items).to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda _, items: pl.DataFrame(items),
    "polars lazy": lambda _, items: pl.LazyFrame(items),
    "pyarrow": lambda _, items: pa.table(items),
    "duckdb": as_duckdb,
    "spark": as_spark,
}


def day(value):
    if isinstance(value, datetime):
        return value.date()
    return value


def value_of(value):
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124
        return None
    value = day(value)
    return int(value) if isinstance(value, float) else value


def listed(frame):
    """The rows of any frame, by id: plain values."""
    if isinstance(frame, dict):
        columns = {name: np.asarray(frame[name]).tolist() for name in ["id", *ADDED]}
    elif isinstance(frame, pd.DataFrame):
        columns = {name: frame[name].tolist() for name in ["id", *ADDED]}
    elif isinstance(frame, pl.DataFrame):
        columns = frame.select("id", *ADDED).to_dict(as_series=False)
    elif isinstance(frame, pl.LazyFrame):
        return listed(frame.collect())
    elif isinstance(frame, pa.Table):
        columns = frame.select(["id", *ADDED]).to_pydict()
    elif isinstance(frame, duckdb.DuckDBPyRelation):
        found = frame.project(", ".join(["id", *ADDED])).fetchall()
        return sorted(tuple(map(value_of, row)) for row in found)
    else:
        return sorted(tuple(row[name] for name in ["id", *ADDED]) for row in frame.collect())
    return sorted(tuple(map(value_of, row)) for row in zip(*columns.values(), strict=True))


EXPECTED = {}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("completed", [None, "done"])
@pytest.mark.parametrize("rule", ["filing", "once", "soft", None])
def test_one_and_the_same_table(engine, completed, rule, request):
    session = request.getfixturevalue("spark") if engine == "spark" else None
    frame = ENGINES[engine](session, ITEMS)
    which = {"rule": RULES[rule]} if rule else {"rule_column": "rule", "rules": RULES}
    found = rc.flag(frame, **which, completed=completed, as_of=AS_OF)

    assert type(found) is type(frame)
    table = listed(found)
    assert [row[0] for row in table] == ITEMS["id"]
    assert table == EXPECTED.setdefault((completed, rule), table)


def moments(zone):
    """Moments around midnight in Beijing."""
    start = datetime(2022, 6, 27, 15, 59, 59, tzinfo=UTC)
    found = [start + timedelta(seconds=k) for k in (0, 1, 2, 86400)]
    return [each if zone else each.replace(tzinfo=None) for each in found] + [None]


MOMENTS = ["pandas", "polars", "polars lazy", "pyarrow", "duckdb", "spark"]


@pytest.mark.parametrize(
    ("engine", "zone"), [("numpy", False), *((each, zone) for each in MOMENTS for zone in (True, False))]
)
def test_moments_are_read_in_beijing(engine, zone, request):
    given = moments(zone)
    if engine == "spark":
        session = request.getfixturevalue("spark")
        kind = "timestamp" if zone else "timestamp_ntz"
        frame = session.createDataFrame(list(enumerate(given)), f"id int, received {kind}")
    else:
        table = pa.table(
            {"id": pa.array(range(5)), "received": pa.array(given, pa.timestamp("us", "UTC" if zone else None))}
        )
        frame = {
            "numpy": lambda: {"id": np.arange(5), "received": np.array(given, "M8[us]")},
            "pandas": table.to_pandas,
            "polars": lambda: pl.from_arrow(table),
            "polars lazy": lambda: pl.from_arrow(table).lazy(),
            "pyarrow": lambda: table,
            "duckdb": lambda: duckdb.connect().from_arrow(table),
        }[engine]()
    found = listed(rc.flag(frame, rule=rc.within(1, rc.Unit.CALENDAR_DAY, roll="no"), as_of=AS_OF))
    days = [28, 29, 29, 29, None] if zone else [28, 28, 28, 29, None]
    assert [row[1] and row[1].day for row in found] == days


def test_a_duckdb_relation_larger_than_its_memory(tmp_path):
    n = 3_000_000
    path = tmp_path / "items.parquet"
    days = (np.datetime64("2022-01-01") + np.arange(n) % 365).astype("M8[D]")
    words = pa.array([f"an office of some length, number {k}" for k in range(1000)]).take(pa.array(np.arange(n) % 1000))
    table = pa.table({"received": days, "office": words, "n": np.arange(n), "m": np.random.default_rng(1).random(n)})
    pq.write_table(table, path, compression="none", use_dictionary=False)
    limit = 96 * 2**20
    assert path.stat().st_size > limit
    con = duckdb.connect(config={"memory_limit": f"{limit}B", "threads": 1, "temp_directory": str(tmp_path / "spill")})
    con.execute("SET preserve_insertion_order = false")
    found = rc.flag(con.read_parquet(str(path)), rule=RULES["filing"], as_of=AS_OF)
    out = tmp_path / "flagged.parquet"
    found.write_parquet(str(out))
    late = pq.read_table(out, columns=["state"])["state"].to_pylist().count("overdue")
    eager = rc.flag({"received": days}, rule=RULES["filing"], as_of=AS_OF)
    assert late == int((eager["state"] == "overdue").sum())
    assert pq.read_metadata(out).num_rows == n
