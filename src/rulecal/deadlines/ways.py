"""In which ways a norm is counted (S22): the text's own first, then what practice or doubt allows, each with its cause.

A way is a small table of what to do with the trigger; `count.py` does it, `walk.py` writes down every step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from rulecal.law.limit import Clock, FixedDate, Kind, Period, Roll, Start, Unit, Window
from rulecal.text import Text

if TYPE_CHECKING:
    from rulecal.deadlines.events import Pause
    from rulecal.law.norm import Norm
    from rulecal.law.provision import Deeming, Published, Variation


@dataclass(frozen=True, slots=True)
class Way:
    """One way of counting, with the cause for it.

    Attributes:
        name: A stable machine name.
        cause: Why one may count like this.
        unit: The unit, or None for a date in the year.
        amount: Signed: negative counts back.
        same_day: The trigger day is counted itself.
        days_after: Days to add once the units are counted (-1: the day before).
        roll: The end moves off days off.
        nationally: It moves off national days off only.
        clock: When hours begin.
        lengthens: From how many days off in a row on the window is longer by them; 0 where it is not.
        date_in_year: The day of the year, where that is the limit.
        named: The day that a published table names, and the table.
        lead: The way that leads from the day known to the deemed trigger, where that is another day.
        deemed: Why the trigger is deemed to have happened.
        pauses: Days of a case that are not counted (不计入), in order, without overlap.
        extended: How much of `amount` each extension (延长) of a case added, when it was decided, by what.
    """

    name: str
    cause: Text
    unit: Unit | None = None
    amount: int = 0
    same_day: bool = False
    days_after: int = 0
    roll: bool = False
    nationally: bool = False
    clock: Clock = Clock.AT_ONCE
    lengthens: int = 0
    date_in_year: FixedDate | None = None
    named: tuple[date, str] | None = None
    lead: Way | None = None
    deemed: Deeming | None = None
    pauses: tuple[Pause, ...] = ()
    extended: tuple[tuple[int, date, str], ...] = ()


AS_WRITTEN: Final = Text("按条文计算", "as the text is written")
_ROLLED: Final = Text(
    "末日为休息日，比照民法顺延（今民法典203条）",
    "the last day is a day off: moved on as in civil law (today 民法典 203)",
)
_NOT_ROLLED: Final = Text(
    "该文件无顺延条款，末日不顺延", "the instrument has no clause that moves the last day: not moved"
)
_NOT_REACHED: Final = Text(
    "所依期间条文的顺延是否及于此期限不明：不顺延",
    "whether the articles on periods move this last day is open: not moved",
)
_REACHED: Final = Text("所依期间条文的顺延及于此期限", "the articles on periods are taken to move this last day")
_PUBLICATION: Final = Text("实务中有将公布当日计入的做法", "in practice some count the day of publication itself")
_FROM_NEXT_DAY: Final = Text(
    "公布当日不计入（今民法典201条）", "the day of publication is not counted (today 民法典 201)"
)
_CLEAR: Final = Text("两端均不计入，中间足数", "neither the act's day nor the event's counts: clear days between")
_NOT_CLEAR: Final = Text("自事件日前倒数，办理当日计入", "counted back from the event, the day of the act included")
_DAY_BEFORE: Final = Text("“日前”不含当日（稳妥读法）", "前 taken not to include the named day: the safe reading")
_NAMED_DAY: Final = Text("“日前”含当日", "前 taken to include the named day")
_NATIONAL_ROLL: Final = Text(
    "全国性法律的末日遇地方节日，是否顺延不明",
    "a national law: whether its last day moves off a regional holiday is open",
)


def ways(norm: Norm) -> tuple[Way, ...]:
    """The ways in which a norm is counted, the text's own first; none where no date follows from it."""
    limit = norm.limit
    if isinstance(limit, Window):
        found = _of_window(norm, limit)
        for variation in norm.variations:
            found += [_varied(way, variation) for way in _of_window(norm, variation.of(limit))]
        return tuple(found)
    if isinstance(limit, FixedDate):
        named = Way("named-day", AS_WRITTEN, date_in_year=limit)
        if limit.includes_named_day:
            return (named,)
        return (
            Way("day-before", _DAY_BEFORE, date_in_year=limit, days_after=-1),
            replace(named, cause=_NAMED_DAY),
        )
    if norm.kind in {Kind.QUOTA, Kind.PLAN_TASK}:
        return (Way("year-end", AS_WRITTEN, date_in_year=_YEAR_END),)
    return ()


_YEAR_END: Final = FixedDate(12)


def from_deemed(found: tuple[Way, ...], deeming: Deeming) -> tuple[Way, ...]:
    """The same ways from a trigger that the law deems to have happened (S24)."""
    if deeming.silence is None or not deeming.from_end:
        return tuple(replace(way, deemed=deeming) for way in found)
    unit = deeming.silence.unit
    silence = Way("silence", deeming.says, Unit.MONTH if unit is Unit.YEAR else unit, _units(deeming.silence))
    if deeming.roll is not Roll.UNCLEAR:
        lead = replace(silence, roll=deeming.roll is Roll.YES)
        return tuple(replace(way, lead=lead, deemed=deeming) for way in found)
    return tuple(
        replace(_varied_by(way, f"start-{name}", cause), lead=replace(silence, roll=rolls), deemed=deeming)
        for name, cause, rolls in _STARTED
        for way in found
    )


_STARTED: Final = (
    (
        "not-rolled",
        Text("起算点所依期限的末日不顺延", "the last day of the period that it starts from is not moved"),
        False,
    ),
    ("rolled", Text("起算点所依期限的末日顺延", "the last day of the period that it starts from is moved on"), True),
)


def by_table(table: Published, due: date) -> Way:
    """The way of a published table: the day that it names, whatever the rule gives."""
    cause = Text(f"按公布的期限表：{table.number}", f"by the published table {table.number}")
    return Way("published", cause, named=(due, table.number))


def _units(period: Period) -> int:
    """How many of the units that are counted: years are counted as months."""
    return period.months if period.unit is Unit.YEAR else period.amount


def _of_window(norm: Norm, limit: Window) -> list[Way]:
    found = _back(limit) if norm.kind is Kind.COUNT_BACK else _onward(limit, _DOUBTED if _has_articles(norm) else _OPEN)
    national = norm.instrument is not None and norm.instrument.level == "national"
    if national and found[-1].roll:
        found.append(replace(found[-1], name="not-off-regional-holiday", cause=_NATIONAL_ROLL, nationally=True))
    return found


def _varied(way: Way, how: Variation) -> Way:
    """A way of a window that is read differently, under the name and cause of that reading."""
    return _varied_by(way, how.name, how.cause)


def _varied_by(way: Way, name: str, cause: Text) -> Way:
    if way.cause == AS_WRITTEN:
        return replace(way, name=name, cause=cause)
    return replace(way, name=f"{name}+{way.name}", cause=_both(cause, way.cause))


def _has_articles(norm: Norm) -> bool:
    """Whether its text has or names articles on periods, beside the clause that gives the unit."""
    instrument = norm.instrument
    if instrument is None:
        return False
    clause = instrument.title, instrument.days.clause if instrument.days else None
    return any((each.title, each.article) != clause for each in norm.counting or instrument.counting)


def _onward(limit: Window, open_rolls: _Rolls) -> list[Way]:
    unit = limit.period.unit
    can_roll = unit in {Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR}
    rolls = {**_ROLLS, Roll.UNCLEAR: open_rolls}[limit.roll if can_roll else Roll.NO]
    return [
        Way(
            "+".join(filter(None, (start, end))) or "text",
            _both(start_cause, end_cause) or AS_WRITTEN,
            unit,
            _units(limit.period),
            same_day=same_day,
            roll=roll,
            clock=limit.clock,
            lengthens=limit.lengthens,
        )
        for end, end_cause, roll in rolls
        for start, start_cause, same_day in _STARTS[limit.start]
    ]


_NONE: Final = Text()
_STARTS: Final = {
    Start.NEXT_DAY: (("", _NONE, False),),
    Start.SAME_DAY: (("", _NONE, True),),
    Start.UNCLEAR: (("from-next-day", _FROM_NEXT_DAY, False), ("publication-day-counted", _PUBLICATION, True)),
}
_Rolls = tuple[tuple[str, Text, bool], ...]
_ROLLS: Final[dict[Roll, _Rolls]] = {Roll.YES: (("", _NONE, True),), Roll.NO: (("", _NONE, False),)}
_OPEN: Final[_Rolls] = (("not-rolled", _NOT_ROLLED, False), ("rolled", _ROLLED, True))
_DOUBTED: Final[_Rolls] = (("not-rolled", _NOT_REACHED, False), ("rolled", _REACHED, True))
"""Two readings: where the text has no article on periods, and where it is open whether those that it has reach it."""


def _both(one: Text, other: Text) -> Text:
    if not (one and other):
        return one or other
    return Text(f"{one.zh}；{other.zh}", f"{one.en}; {other.en}")


def _back(limit: Window) -> list[Way]:
    unit = limit.period.unit
    amount = -_units(limit.period)
    nth = Way("nth-day-back", _NOT_CLEAR, unit, amount, clock=limit.clock)
    if unit is Unit.HOUR:
        return [replace(nth, name="text", cause=AS_WRITTEN)]
    if unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}:
        return [replace(nth, name="clear-days", cause=_CLEAR, amount=amount - 1), nth]
    return [replace(nth, name="clear-days", cause=_CLEAR, days_after=-1), nth]
