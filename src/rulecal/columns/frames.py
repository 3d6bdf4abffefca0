"""Frames: `flag` adds to the items of a frame their dates, their state and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rulecal.calendars import chosen
from rulecal.civil import to_day
from rulecal.columns._later import Later
from rulecal.columns.cases import Pauses
from rulecal.columns.doors import Ticks, read
from rulecal.columns.events import pauses_of
from rulecal.columns.items import Found, Held, judge
from rulecal.columns.made import encoded, made
from rulecal.columns.tables import check_has_table
from rulecal.deadlines.catalogue import catalogue
from rulecal.deadlines.rule import Rule
from rulecal.deadlines.short import _rule as rule_of
from rulecal.errors import InvalidCaseError, NotADateError
from rulecal.needs import maybe, need, refused

if TYPE_CHECKING:
    import narwhals as nw
    import numpy as np

    from rulecal.calendars.working import WorkingCalendar
else:
    np, nw = Later("numpy", "numpy"), Later("narwhals", "frames")

ADDED: Final = ("due", "earliest", "latest", "state", "days_over", "working_days_over", "fault", "certainty")
"""The columns that `flag` adds."""
_EAGER: Final = frozenset({"pandas", "polars", "pyarrow"})


_BY_ID: Final = "a catalogue, or rules by id: {'…': rc.within(…)}"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a frame: see `flag`."""

    rule: Rule | None
    rule_column: str | None
    rules: Mapping[str, Rule] | None
    trigger: str
    completed: str | None
    as_of: date
    region: str | None
    calendar: WorkingCalendar | None
    prefix: str

    def held(self, rule: Rule) -> Held:
        """A rule with the calendar that it is counted in."""
        need(rule, Rule, "each of rules", _BY_ID)
        return rule, chosen(self.calendar, self.region or rule.region)

    @property
    def names(self) -> dict[str, str]:
        """The added columns and what they are called."""
        return {name: self.prefix + name for name in ADDED}

    def check(self, columns: Sequence[str]) -> None:
        """Refuse a frame without a column that is needed, or with one that would be added.

        Raises:
            InvalidArgumentError: If what is asked is not of its kind.
            InvalidCaseError: Naming the columns.
        """
        need(self.trigger, str, "trigger", "the name of a column")
        maybe(self.completed, str, "completed", "the name of a column, or None")
        maybe(self.rule_column, str, "rule_column", "the name of a column, or None")
        need(self.prefix, str, "prefix", "a text")
        if not isinstance(self.rules, Mapping | None):
            raise refused(self.rules, "rules", _BY_ID)
        needed = (self.trigger, self.completed, self.rule_column)
        missing = [name for name in needed if name is not None and name not in columns]
        if missing:
            raise InvalidCaseError(
                f"the frame has no column {', '.join(missing)}",
                hint=f"there are: {', '.join(map(str, columns))}; name yours, e.g. trigger='received'",
            )
        both = [name for name in self.names.values() if name in columns]
        if both:
            raise InvalidCaseError(
                f"the frame already has {', '.join(both)}", hint="pass a prefix, or drop the columns", columns=both
            )


def flag(
    frame: Any,
    *,
    rule: str | Rule | None = None,
    rule_column: str | None = None,
    rules: Mapping[str, Rule] | None = None,
    trigger: str = "received",
    completed: str | None = None,
    as_of: date,
    exclusions: Any = None,
    region: str | None = None,
    calendar: WorkingCalendar | None = None,
    prefix: str = "",
) -> Any:
    """The same frame with each item's dates and state on a day; no row is dropped, eager frames keep order and index.

    Added are `due`, `earliest`, `latest`; `state` (the value of a `State`), `days_over`, `working_days_over`;
    `fault`, the code of the error that keeps a row from having a state (`not-a-date`, `calendar-coverage`,
    `rule-not-in-force`, `invalid-case`, `unknown-rule` …), else null; and `certainty`, how sure the figure of the
    rule is in the text of the trigger (`verified`, `one-source`, `inference`, `memory`), null where there is none.

    Args:
        frame: Of pandas, polars (eager or lazy), pyarrow, DuckDB or PySpark; or a dict of numpy arrays.
        rule: The rule of all rows, or its id.
        rule_column: The column with each row's rule id, instead of one rule.
        rules: The rules by id; those of the package by default. Lazy frames need them: ask for those that occur.
        trigger: The column of trigger days.
        completed: The column of days on which items were done, null if not.
        as_of: The day asked about.
        exclusions: Whole days that are not counted (S26), as known on `as_of`, on eager frames: the names of a column
            of first days and one of last days (a pair, or a list of pairs); or a frame of events with the columns
            `first`, `last` and one more that names the item in both frames.
        region: Whose calendar counts; each rule's own by default.
        calendar: A calendar to count in, instead of a region.
        prefix: What the names of the added columns begin with.

    Raises:
        InvalidCaseError: For columns that are missing or already there, and what an engine cannot do.
        NotADateError: If a column holds no days (also a `TypeError`).
        InvalidPeriodError: If the one rule is counted in hours.
        UnknownRuleError: If the one rule is no id of the catalogue.
        MissingExtraError: Without narwhals (the extra `frames`).

    >>> import numpy as np
    >>> items = {"received": np.array(["2022-06-27", "2022-07-20"], "datetime64[D]")}
    >>> found = flag(items, rule="zhongwei-2022/farm-facility-filing", as_of=date(2022, 7, 21))
    >>> found["state"].tolist(), found["days_over"].tolist()
    (['overdue', 'open'], [1, 0])
    """
    if (rule is None) == (rule_column is None):
        raise InvalidCaseError("one of rule and rule_column is needed", hint="rule='…' if all rows have the same")
    one = None if rule is None else rule_of(rule)
    if one is not None and one.is_computable:
        check_has_table(one)
    ask = Ask(one, rule_column, rules, trigger, completed, to_day(as_of, "as_of"), region, calendar, prefix)
    if isinstance(frame, dict):
        return _flag_dict(frame, ask, exclusions)
    try:
        held = nw.from_native(frame, pass_through=True)
    except nw.exceptions.DuplicateError as err:
        raise InvalidCaseError(f"columns of one name: {err}", hint="give each column a name of its own") from None
    if isinstance(held, nw.LazyFrame):
        from rulecal.columns.lazy import flag_lazy  # noqa: PLC0415  (engines that join)

        return flag_lazy(held, ask, exclusions)
    if not isinstance(held, nw.DataFrame) or held.implementation.value not in _EAGER:
        raise NotADateError(
            f"a frame is needed, not {type(frame).__name__}",
            hint="pass a frame of pandas, polars, pyarrow, DuckDB or PySpark, or a dict of numpy arrays",
        )
    return _flag_eager(held, ask, exclusions)


def _flag_dict(frame: dict[str, Any], ask: Ask, exclusions: Any) -> dict[str, Any]:
    ask.check(list(frame))
    lengths = {name: len(frame[name]) for name in (ask.trigger, ask.completed, ask.rule_column) if name is not None}
    if len(set(lengths.values())) > 1:
        raise InvalidCaseError(f"columns of different lengths: {lengths}", hint="pass columns of one length")
    pauses = pauses_of(exclusions, len(frame[ask.trigger]), _column_of(frame.__getitem__, frame), None)
    codes = None if ask.rule_column is None else _codes(np.asarray(frame[ask.rule_column]), ask)
    completed = None if ask.completed is None else frame[ask.completed]
    found = _judged(ask, read(frame[ask.trigger]), completed, codes, pauses)
    return frame | made(found, ask.names, None)


def _flag_eager(frame: nw.DataFrame[Any], ask: Ask, exclusions: Any) -> Any:
    ask.check(frame.columns)
    column = _column_of(lambda name: frame[name].to_native(), frame.columns)
    pauses = pauses_of(exclusions, len(frame), column, frame)
    codes = None if ask.rule_column is None else _codes(frame[ask.rule_column].to_native(), ask)
    completed = None if ask.completed is None else frame[ask.completed].to_native()
    found = _judged(ask, read(frame[ask.trigger].to_native()), completed, codes, pauses)
    return made(found, ask.names, frame.to_native())


def _column_of(give: Callable[[str], Any], names: Container[str]) -> Callable[[str], Any]:
    """The columns of a frame by name; one that it does not have is a typed error."""

    def column(name: str) -> Any:
        if name not in names:
            raise InvalidCaseError(f"the frame has no column {name}", hint="name a column that it has", column=name)
        return give(name)

    return column


Codes = tuple["np.ndarray", list["Rule"]]


def _judged(ask: Ask, trigger: Ticks, completed: Any, codes: Codes | None, pauses: Pauses | None) -> Found:
    done = None if completed is None else read(completed, "a column of completions")
    if ask.rule is not None:
        return judge([ask.held(ask.rule)], None, trigger, done, ask.as_of, pauses)
    assert codes is not None  # noqa: S101  (there is a rule or a column of them)
    return judge([ask.held(rule) for rule in codes[1]], codes[0], trigger, done, ask.as_of, pauses)


def _codes(texts: Any, ask: Ask) -> Codes:
    """For each row the place of its rule, one past the last if it has none; and the rules that occur."""
    distinct, places = encoded(texts)
    held = catalogue() if ask.rules is None else ask.rules
    known = {text: place for place, text in enumerate(text for text in distinct if text in held)}
    rank = np.array([*(known.get(text, len(known)) for text in distinct), len(known)], "i4")
    return rank.take(places), [held[text] for text in known]
