"""Lazy engines: one join with the rule's table on whole numbers of days; one more where completions are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rulecal.columns._later import Later, needed
from rulecal.columns.doors import arrow_array
from rulecal.columns.facts import FAULTS, FIRST_YEAR, LAST_YEAR, NEVER, NULL, Sort, number
from rulecal.columns.items import Shelf
from rulecal.columns.judge import _AFTER, _BEFORE, _LATE, BEGUN, EARLY
from rulecal.columns.made import CERTAINTIES, VALUES
from rulecal.deadlines.status import State
from rulecal.errors import InvalidCaseError, NotADateError

if TYPE_CHECKING:
    import narwhals as nw
    import numpy as np

    from rulecal.columns.frames import Ask
else:
    np, nw = Later("numpy", "numpy"), Later("narwhals", "frames")

_MARK: Final = "rulecal_"
"""What the names of columns begin with that are dropped again."""
_A_DAY: Final = 86_400_000_000
_AHEAD: Final = _A_DAY // 3
_MISSING: Final = -1
_OUTSIDE: Final = 0


def flag_lazy(frame: nw.LazyFrame[Any], ask: Ask, exclusions: Any) -> Any:
    """The same frame with the columns of `flag`, as one plan of the engine's own.

    Raises:
        InvalidCaseError: For what an engine cannot do.
    """
    schema = frame.collect_schema()
    ask.check(list(schema))
    _check_names(frame.implementation.value, list(schema), ask)
    if exclusions is not None:
        raise InvalidCaseError("exclusions need an eager frame", hint="collect the rows that have any, and flag these")
    if ask.rule is None and ask.rules is None:
        raise InvalidCaseError(
            "a rule column of a lazy frame needs rules=", hint="rules=: the rules that occur in it, by id"
        )
    rules = {"": ask.rule} if ask.rule is not None else dict(ask.rules or {})
    held = [ask.held(rule) for rule in rules.values()]
    done = ask.completed is not None
    engine = _ENGINES.get(frame.implementation.value)
    if engine is None:
        raise InvalidCaseError(
            f"{frame.implementation.value} is no engine that rulecal joins in", hint="polars, DuckDB or PySpark"
        )
    keyed = engine(frame.to_native(), ask, schema)
    days = {f"{_MARK}day": ask.trigger} | ({f"{_MARK}done": ask.completed} if ask.completed else {})
    native = keyed.with_days(days)
    if ask.rule_column is not None and schema[ask.rule_column] not in {nw.String, nw.Categorical, nw.Enum}:
        raise InvalidCaseError(
            f"the column {ask.rule_column} of {schema[ask.rule_column]} is no column of texts",
            hint="it holds the id of each row's rule",
        )
    shelf = Shelf.of(held, number(date(FIRST_YEAR, 1, 1)), number(date(LAST_YEAR, 12, 31)), number(ask.as_of))
    table = keyed.table(_table(shelf, list(rules), done=done))
    found = _joined(nw.from_native(native), nw.from_native(table), ask, shelf)
    if done:
        found = _done(found, nw.from_native(keyed.table(_day_table(shelf))), number(ask.as_of))
    found = found.select(
        *(nw.col(name) for name in schema),
        *(nw.col(_MARK + "x_" + name).alias(given) for name, given in ask.names.items()),
    )
    return keyed.finish(found.to_native())


def _check_names(engine: str, columns: list[str], ask: Ask) -> None:
    """Refuse names that an engine would take for others: most tell none apart that differ in capitals only."""
    added = {name.casefold() for name in ask.names.values()} if engine != "polars" else set()
    taken = [name for name in columns if name.casefold() in added or name.startswith(_MARK)]
    dotted = [name for name in columns if "." in name and engine == "pyspark"]
    if taken or dotted:
        raise InvalidCaseError(
            f"columns that {engine} cannot tell from others here: {', '.join([*taken, *dotted])}",
            hint="rename them, or pass a prefix",
            columns=[*taken, *dotted],
        )


def _joined(frame: nw.LazyFrame[Any], table: nw.LazyFrame[Any], ask: Ask, shelf: Shelf) -> nw.LazyFrame[Any]:
    day = nw.col(f"{_MARK}day")
    first, last = shelf.origin, shelf.origin + shelf.length - 3
    key = nw.when((day < first) | (day > last)).then(nw.lit(_OUTSIDE)).otherwise(day)
    key = nw.when(day.is_null()).then(nw.lit(_MISSING)).otherwise(key)
    frame = frame.with_columns(key.cast(nw.Int64).alias(f"{_MARK}key"))
    left, right = [f"{_MARK}key"], [f"{_MARK}at"]
    if ask.rule_column is not None:
        frame = frame.with_columns(nw.col(ask.rule_column).cast(nw.String).alias(f"{_MARK}id"))
        left, right = [*left, f"{_MARK}id"], [*right, f"{_MARK}rule"]
    frame = frame.join(table, left_on=left, right_on=right, how="left")
    fault = nw.col(f"{_MARK}x_fault")
    unknown = nw.when(nw.col(f"{_MARK}there").is_null()).then(nw.lit("unknown-rule")).otherwise(fault)
    return frame.with_columns(unknown.alias(f"{_MARK}x_fault"))


def _done(frame: nw.LazyFrame[Any], days: nw.LazyFrame[Any], now: int) -> nw.LazyFrame[Any]:
    """The verdicts on rows that are done: the same judgement as in `judge`, as expressions."""

    def col(name: str) -> nw.Expr:
        return nw.col(_MARK + name)

    frame = frame.join(
        days, left_on=[f"{_MARK}cal", f"{_MARK}done"], right_on=[f"{_MARK}calendar", f"{_MARK}d"], how="left"
    )
    given = ~col("done").is_null() & col("x_fault").is_null()
    early = given & col("begun") & (col("done") < col("day"))
    counts = given & (col("done") <= now) & (col("done") >= col("from")) & (col("done") <= col("to"))
    at = col("done") + col("floor")
    disputed = (col("last_min") < at) & (at <= col("first_max"))
    state = nw.when(disputed).then(nw.lit(State.MET_DISPUTED.value)).otherwise(nw.lit(State.UNDETERMINED.value))
    state = nw.when(at > col("high")).then(col("after")).otherwise(state)
    state = nw.when(at <= col("low")).then(col("before")).otherwise(state)
    late = col("late") & (at > col("high"))
    over = nw.when(late).then(col("done") - col("high")).otherwise(nw.lit(0))
    known = col("opened") == col("high_opened")
    count = nw.when(known).then(col("worked") - col("high_worked"))
    working = nw.when(late).then(count).otherwise(nw.lit(0))
    named = {"x_state": state, "x_days_over": over, "x_working_days_over": working}
    columns = []
    for name, value in named.items():
        kind = nw.String if name == "x_state" else nw.Int32
        held = nw.when(counts).then(value.cast(kind)).otherwise(col(name))
        columns.append(nw.when(~early | early.is_null()).then(held).alias(_MARK + name))
    fault = nw.when(early).then(nw.lit(FAULTS[EARLY])).otherwise(col("x_fault")).alias(f"{_MARK}x_fault")
    return frame.with_columns(*columns, fault)


# the tables ----------------------------------------------------------------------------------------------------------


def _words(codes: np.ndarray, values: Sequence[str]) -> Any:
    return needed("pyarrow", "parquet").array(np.array([*values, None], object).take(codes).tolist(), "string")


def _table(shelf: Shelf, ids: list[str], *, done: bool) -> Any:
    """The tables of all rules end to end, as an arrow table."""
    pa = needed("pyarrow", "parquet")
    facts, verdict = shelf.judged.facts, shelf.judged.verdict
    rules = max(len(ids), 1)
    keys = np.concatenate([[_MISSING, _OUTSIDE], np.arange(shelf.length - 2) + shelf.origin])
    numbers = {"x_days_over": verdict.days_over, "x_working_days_over": verdict.working_days_over}
    columns: dict[str, Any] = {
        "at": pa.array(np.tile(keys, rules)),
        "rule": pa.array(np.repeat(np.array(ids or [""], object), shelf.length).tolist(), "string"),
        "there": pa.array(np.ones(len(facts), "i4")),
        **{f"x_{name}": arrow_array(getattr(facts, name), True) for name in ("due", "earliest", "latest")},
        **{name: arrow_array(each, False) for name, each in numbers.items()},
        "x_state": _words(verdict.state, VALUES),
        "x_fault": _words(verdict.fault, FAULTS),
        "x_certainty": _words(facts.certainty, CERTAINTIES),
    }
    if done:
        columns |= _ends(shelf)
    return pa.table({_MARK + name: column for name, column in columns.items()})


def _ends(shelf: Shelf) -> dict[str, Any]:
    """What rows that are done are judged by."""
    pa = needed("pyarrow", "parquet")
    facts, judged = shelf.judged.facts, shelf.judged
    sort, calendar = facts.sort, np.repeat(np.arange(max(len(shelf.rules), 1)), shelf.length)
    worked, opened = np.full((2, len(facts)), NULL, "i4")
    for n, days in enumerate(shelf.days):
        mine = (calendar == n) & (facts.latest >= days.start) & (facts.latest <= days.last)
        place = facts.latest[mine] - days.start
        worked[mine], opened[mine] = days.worked[place], days.opened[place]
    met = State.MET.value
    before = [_BEFORE.get(each, State.MET).value for each in Sort]
    after = [_AFTER[each].value if each in _AFTER else met for each in Sort]
    low = np.where(facts.earliest == NULL, NEVER, facts.earliest)
    low = np.where(np.isin(sort, (Sort.TASK, Sort.QUOTA)), NEVER, low)
    wide = {
        "low": low,
        "high": np.where(facts.latest == NULL, NEVER, facts.latest),
        "first_max": facts.first_max,
        "last_min": facts.last_min,
        "from": judged.done_from,
        "to": judged.done_to,
        "floor": (sort == Sort.FLOOR).astype("i8"),
        "cal": calendar,
    }
    ranks = {"high_worked": worked, "high_opened": opened}
    return {
        **{name: pa.array(each.astype("i8")) for name, each in wide.items()},
        **{name: arrow_array(each, False) for name, each in ranks.items()},
        "begun": pa.array(np.isin(sort, BEGUN)),
        "late": pa.array(np.isin(sort, _LATE)),
        "before": _words(sort, before),
        "after": _words(sort, after),
    }


def _day_table(shelf: Shelf) -> Any:
    """The ranks of the days of each rule's calendar, as an arrow table."""
    pa = needed("pyarrow", "parquet")
    parts = shelf.days
    columns = {
        "calendar": [np.full(len(days.worked), n) for n, days in enumerate(parts)],
        "d": [np.arange(len(days.worked)) + days.start for days in parts],
        "worked": [days.worked for days in parts],
        "opened": [days.opened for days in parts],
    }
    return pa.table(
        {_MARK + name: pa.array(np.concatenate([[], *each]).astype("i8")) for name, each in columns.items()}
    )


# the engines ---------------------------------------------------------------------------------------------------------


class _Engine:
    """What has to be said in an engine's own words: the days of a column as numbers, and a table of ours."""

    def __init__(self, frame: Any, ask: Ask, schema: Any) -> None:
        self.frame, self.ask, self.schema = frame, ask, schema

    def kind(self, name: str) -> str:
        """Whether a column holds days, moments of the wall clock, or moments in time.

        Raises:
            NotADateError: If it holds neither (also a `TypeError`).
        """
        dtype = self.schema[name]
        if dtype == nw.Date:
            return "day"
        if dtype == nw.Datetime:
            return "wall" if dtype.time_zone is None else "instant"
        raise NotADateError(f"a column of days is needed, not {name} of {dtype}", hint="cast it to a date")

    def with_days(self, names: dict[str, str]) -> Any:
        """The frame with columns of days as numbers, each under a name for the column that it is made of."""
        raise NotImplementedError

    def table(self, table: Any) -> Any:
        """A table of ours as a frame of the engine."""
        raise NotImplementedError

    def finish(self, frame: Any) -> Any:
        """The frame that is given back."""
        return frame


class _Polars(_Engine):
    def with_days(self, names: dict[str, str]) -> Any:
        pl = needed("polars", "frames")

        def days(name: str) -> Any:
            kind, column = self.kind(name), pl.col(name)
            if kind == "day":
                return column.to_physical().cast(pl.Int64)
            return (column.dt.epoch("us") + (_AHEAD if kind == "instant" else 0)) // _A_DAY

        return self.frame.with_columns(**{given: days(name) for given, name in names.items()})

    def table(self, table: Any) -> Any:
        return needed("polars", "frames").from_arrow(table).lazy()

    def finish(self, frame: Any) -> Any:
        pl = needed("polars", "frames")
        names = self.ask.names
        words = {"state": VALUES, "fault": FAULTS, "certainty": CERTAINTIES}
        return frame.with_columns(pl.col(names[name]).cast(pl.Enum(values)) for name, values in words.items())


class _DuckDB(_Engine):
    def with_days(self, names: dict[str, str]) -> Any:
        def days(name: str) -> str:
            ahead = _AHEAD if self.kind(name) == "instant" else 0
            quoted = '"' + name.replace('"', '""') + '"'
            return f"CAST(floor((epoch_us({quoted}) + {ahead}) / {_A_DAY}.0) AS BIGINT)"

        added = ", ".join(f"{days(name)} AS {given}" for given, name in names.items())
        return self.frame.project(f"*, {added}")

    def table(self, table: Any) -> Any:
        rulecal_table = table  # noqa: F841  (the query finds it by its name, on the connection of the relation)
        return self.frame.limit(0).query("rulecal_frame", "SELECT * FROM rulecal_table")


class _Spark(_Engine):
    def with_days(self, names: dict[str, str]) -> Any:
        fn = needed("pyspark.sql.functions", "spark")
        kinds = dict(self.frame.dtypes)

        def days(name: str) -> Any:
            self.kind(name)
            if kinds[name] == "timestamp":  # an instant; Spark shows it in the zone of the session
                return fn.floor((fn.unix_micros(fn.col(name)) + _AHEAD) / _A_DAY).cast("bigint")
            return fn.unix_date(fn.col(name).cast("date")).cast("bigint")

        return self.frame.withColumns({given: days(name) for given, name in names.items()})

    def table(self, table: Any) -> Any:
        functions = needed("pyspark.sql.functions", "spark")
        return functions.broadcast(self.frame.sparkSession.createDataFrame(table))


_ENGINES: Final = {"polars": _Polars, "duckdb": _DuckDB, "pyspark": _Spark}
