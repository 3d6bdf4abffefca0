"""Norms out of plain tables: one strict format for TOML files, for JSON and for rules of one's own.

What is read here is the format: the JSON Schema for editors is recorded from these very functions (`schema.py`).
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Final

from rulecal.errors import InvalidPeriodError
from rulecal.law.limit import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_OFF,
    MOST_TIMES,
    Clock,
    FixedDate,
    Kind,
    Limit,
    Quota,
    Roll,
    Start,
    Unit,
    Window,
    Word,
)
from rulecal.law.norm import Norm, Trigger, TriggerOn
from rulecal.law.parts import (
    WrittenUnit,
    check_fixed,
    fixed_in,
    period_of,
    read_amount,
    read_citation,
    read_counting,
    read_deemed,
    read_excludes,
    read_extension,
    read_force,
    read_published,
    read_unit_clause,
    read_variation,
)
from rulecal.law.reader import ID, ID_FORM
from rulecal.law.source import Certainty, Citation, Force, Instrument, UnitClause
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from rulecal.law.reader import Reader

INFERRED: Final = frozenset({"year", "date", "trigger", "scope"})
"""What of a rule can be our inference."""

FROM_MEMORY: Final = frozenset({"number", "force"})
"""What of an instrument can be from memory."""

ONWARD: Final = (Kind.WITHIN, Kind.PROMISE, Kind.AT_LEAST)
"""The kinds that run on from a trigger: they can be stopped and extended, and an authority may publish their dates."""

WINDOWS: Final = (*ONWARD, Kind.COUNT_BACK)
"""The kinds that count a period from a trigger."""


class Level(Enum):
    """Whose text an instrument is."""

    NATIONAL = "national"
    LOCAL = "local"


def read_instrument(reader: Reader) -> Instrument:
    """An instrument from its table."""
    days = reader.table_at("days")
    instrument = Instrument(
        id=reader.text("id", form=ID_FORM, expected=ID),
        title=reader.text("title"),
        number=reader.text("number", ""),
        issuer=reader.text("issuer", ""),
        level=reader.choice("level", Level, Level.NATIONAL).value,
        region=_region(reader),
        adopted=reader.day("adopted"),
        force=read_force(reader) or Force(),
        source=reader.text("source", ""),
        checked=reader.day("checked"),
        text_of=reader.day("text_of"),
        from_memory=reader.words("from_memory", of=FROM_MEMORY),
        days=read_unit_clause(days) if days else None,
        counting=read_counting(reader),
    )
    reader.close()
    return instrument


def read_norm(reader: Reader, rule_id: str, instrument: Instrument | None) -> Norm:
    """A norm from its table; of an unknown kind, which has no keys of its own, those of all kinds are let be."""
    kind = _read_kind(reader)
    days = instrument.days if instrument else None
    limit, trigger = _read_limit(reader, kind, days), _read_trigger(reader)
    dues: dict[date, date] = {}
    norm = Norm(
        id=rule_id,
        title=reader.both("title"),
        kind=kind,
        limit=limit,
        trigger=trigger,
        instrument=instrument,
        clause=reader.text("clause", ""),
        written=reader.text("written", ""),
        actor=reader.both("actor", {}),
        lead=reader.words("lead"),
        support=reader.words("support"),
        certainty=reader.choice("certainty", Certainty, Certainty.VERIFIED),
        inferred=reader.words("inferred", of=INFERRED),
        subject=reader.both("subject", {}) if kind is Kind.QUOTA else Text(),
        refers_to=reader.words("refers_to"),
        order=reader.all_both("order") if kind is Kind.SEQUENCE else (),
        rate=reader.whole("rate", least=0, most=100) if kind is Kind.RATE else None,
        term=reader.text("term", "") if kind is Kind.SOFT else "",
        also=tuple(read_citation(each) for each in reader.tables("citations")),
        notes=reader.all_both("notes"),
        higher_basis=reader.flag("higher_basis"),
        excludes=read_excludes(reader) if kind in ONWARD else (),
        extension=read_extension(reader, days, limit) if kind in ONWARD else None,
        deemed=read_deemed(_tables(reader, "deemed", kind), days, limit, trigger.kinds),
        variations=tuple(read_variation(each, kind, limit) for each in _tables(reader, "readings", kind)),
        published=tuple(read_published(each, dues) for each in _tables(reader, "published", kind)),
        counting=read_counting(reader),
        region=_region(reader) or (instrument.region if instrument else None),
        own_force=read_force(reader),
        checked=reader.day("checked"),
    )
    norm = replace(norm, unsaid=tuple(_unsaid(reader, kind, limit, days)))
    reader.close(_elsewhere(kind))
    said_by = _unit_said_by(norm, instrument, reader)
    return replace(norm, counting=said_by) if said_by else norm


def _read_kind(reader: Reader) -> Kind:
    noted = len(reader.faults)
    kind: Kind = reader.choice("kind", Kind)
    if len(reader.faults) == noted:
        return kind
    reader.taken.update(_OF_KINDS)
    return Kind.REFERENCE


def _tables(reader: Reader, key: str, kind: Kind) -> list[Reader]:
    """The tables of a key that only some kinds have."""
    return reader.tables(key) if key in OWN.get(kind, ()) else []


_BACK: Final = ("amount", "unit", "roll", "start", "clock", "lengthens", "deemed", "readings")
_ONWARD: Final = (*_BACK, "excludes", "extension", "published")
OWN: Final[Mapping[Kind, tuple[str, ...]]] = {
    **dict.fromkeys(ONWARD, _ONWARD),
    Kind.AT_LEAST: (*_ONWARD, "usual"),
    Kind.COUNT_BACK: _BACK,
    Kind.BY_DATE: ("month", "day", "word", "year"),
    Kind.QUOTA: ("at_least", "at_most", "subject"),
    Kind.SEQUENCE: ("order",),
    Kind.RATE: ("rate",),
    Kind.SOFT: ("term",),
}
"""The keys that only rules of a kind have."""
_OF_KINDS: Final = tuple(dict.fromkeys(key for keys in OWN.values() for key in keys))


@cache
def _elsewhere(kind: Kind) -> Mapping[str, Text]:
    """The keys of other kinds, and what to say where a rule of this one has them."""
    return {key: _belongs(key, kind) for key in _OF_KINDS}


def _belongs(key: str, kind: Kind) -> Text:
    """Which kinds have a key that this one has not, and what this one has instead."""
    kinds, own = [each.value for each, keys in OWN.items() if key in keys], OWN.get(kind, ())
    zh = f"{kind.value} 没有此项，它属于 {'、'.join(kinds)}；{kind.value} 自有的项：{'、'.join(own) or '无'}"
    en = f"no such key of {kind.value}, it belongs to {', '.join(kinds)}; {kind.value} has {', '.join(own) or 'none'}"
    return Text(zh, f"{en} of its own")


_CODE: Final = Text("6 位或 12 位行政区划代码", "a division code of 6 or 12 digits")


def _region(reader: Reader) -> str | None:
    code = reader.text("region", "", form=r"\d{6}(\d{6})?", expected=_CODE) or None
    needed = reader.checks.region(code) if code else None
    if needed:
        reader.fault("region", code, needed)
    return code


def _read_trigger(reader: Reader) -> Trigger:
    on = reader.choice("trigger_on", TriggerOn, TriggerOn.ANY)
    return Trigger(reader.words("trigger"), reader.both("trigger_text", {}), on)


def _read_limit(reader: Reader, kind: Kind, days: UnitClause | None) -> Limit | None:
    if kind in WINDOWS:
        return _read_window(reader, kind, days)
    if kind is Kind.BY_DATE:
        return _read_fixed_date(reader)
    return _read_quota(reader) if kind is Kind.QUOTA else None


def _read_fixed_date(reader: Reader) -> FixedDate | None:
    word, year = reader.choice("word", Word, Word.BY), reader.whole("year", None, least=FIRST_YEAR, most=LAST_YEAR)
    month, day = reader.whole("month", least=1, most=12), reader.whole("day", None, least=1, most=31)
    if month is None:
        return None
    try:
        return FixedDate(month, day, word, year)
    except InvalidPeriodError:
        reader.fault("day", day, _LAST_DAY)
        return None


_LAST_DAY: Final = Text(
    "该月年年都有的日期；月末不写 day", "a day that the month has every year; for its last day leave day out"
)


def _read_quota(reader: Reader) -> Quota | None:
    least = reader.whole("at_least", least=1, most=MOST_TIMES)
    most = reader.whole("at_most", None, least=1, most=MOST_TIMES)
    if least is None:
        return None
    if most is not None and most < least:
        reader.fault("at_most", most, Text("不少于 at_least 的整数", "a whole number of at least at_least"))
        return None
    return Quota(least, most)


def _read_window(reader: Reader, kind: Kind, days: UnitClause | None) -> Window | None:
    roll = Roll.YES if kind in {Kind.WITHIN, Kind.PROMISE} else Roll.NO
    amount, unit = read_amount(reader, days)
    how = {
        "roll": reader.choice("roll", Roll, roll),
        "start": reader.choice("start", Start, Start.NEXT_DAY),
        "clock": reader.choice("clock", Clock, Clock.AT_ONCE),
        "usual": kind is Kind.AT_LEAST and reader.flag("usual"),
        "lengthens": reader.whole("lengthens", 0, least=0, most=MOST_OFF),
    }
    how |= check_fixed(reader, fixed_in(kind, unit), how)
    period = period_of(reader, amount, unit)
    return None if period is None else Window(period, **how)


def _unsaid(reader: Reader, kind: Kind, limit: Limit | None, days: UnitClause | None) -> Iterator[str]:
    """What the table leaves to our defaults, where it can matter."""
    if days is None and reader.table.get("unit") == WrittenUnit.DAY.value:
        yield "unit"
    yield from (key for key in _can_be_unsaid(kind, limit) if key in reader.left_out)


def _can_be_unsaid(kind: Kind, limit: Limit | None) -> tuple[str, ...]:
    """The keys without which a limit is not all said; those that change nothing for it are not among them."""
    if isinstance(limit, FixedDate):
        return () if replace(limit, word=Word.BEFORE).includes_named_day else ("word",)
    if not isinstance(limit, Window) or kind is Kind.COUNT_BACK:
        return ()
    if limit.period.unit is Unit.HOUR:
        return ("clock",)
    return ("start",) if limit.period.unit is Unit.WORKING_DAY else ("roll", "start")


def _unit_said_by(norm: Norm, instrument: Instrument | None, reader: Reader) -> tuple[Citation, ...]:
    """The clause that says what 日 is here, then the articles by which the instrument's periods are counted."""
    limit = norm.limit
    if instrument is None or instrument.days is None or not isinstance(limit, Window):
        return ()
    is_open = any(each.unit not in {None, limit.period.unit} for each in norm.variations)
    if not is_open and reader.table.get("unit") != WrittenUnit.DAY.value:
        return ()
    said = _OPEN if is_open else _WORKING if limit.period.unit is Unit.WORKING_DAY else _CALENDAR
    clause = Citation(instrument.title, instrument.number, instrument.days.clause, instrument.days.certainty, said)
    counting = norm.counting or instrument.counting
    return counting if clause in counting else (clause, *counting)


_WORKING: Final = Text("此处的日为工作日", "these days are working days")
_OPEN: Final = Text("此处的日是否为工作日，读法不一", "whether these days are working days is read in two ways")
_CALENDAR: Final = Text("不属于按工作日计算的期限", "not among the periods in working days: calendar days")
