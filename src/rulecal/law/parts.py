"""The tables inside a table of rules: periods, citations, clauses, and what a text provides beside its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, Final

from rulecal.errors import InvalidPeriodError
from rulecal.law.clauses import clause, clause_ids
from rulecal.law.limit import Clock, Kind, Limit, Period, Roll, Start, Unit, Window, fixed_by
from rulecal.law.provision import Deeming, Excluding, Extending, Published, Variation
from rulecal.law.reader import MISSING, WHOLE, Reader, one_of
from rulecal.law.source import Certainty, Citation, Force, UnitClause
from rulecal.text import Text


class WrittenUnit(Enum):
    """A unit as a text writes it."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    DAY = "day"
    """日 and no more: the unit clause of the instrument says which day; without one it is the calendar day (S14)."""


def read_force(reader: Reader) -> Force | None:
    """When something is in force, where its table says so."""
    table = reader.table_at("force")
    if table is None:
        return None
    first, last = table.day("first"), table.day("last")
    if first and last and first > last:
        table.fault("last", last, Text(f"不早于 {first} 的日期", f"a day not before {first}"))
    table.close()
    return Force(first, last)


def read_unit_clause(reader: Reader) -> UnitClause:
    """The clause that says what 日 means."""
    found = UnitClause(
        reader.text("clause"),
        reader.flag("all"),
        reader.wholes("amounts"),
        reader.whole("up_to", 0, least=0),
        reader.choice("certainty", Certainty, Certainty.VERIFIED),
    )
    if [found.all, bool(found.amounts), bool(found.up_to)].count(True) != 1:
        reader.fault("", dict(reader.table), _ONE_CLAUSE)
    reader.close()
    return found


_ONE_CLAUSE: Final = Text(
    "all = true、amounts = [2, 3, 5]、up_to = 10 三者之一", "just one of all = true, amounts = [2, 3, 5], up_to = 10"
)


def read_amount(reader: Reader, days: UnitClause | None) -> tuple[int | None, Unit]:
    """An amount, and the unit that the text means."""
    amount, written = reader.whole("amount", least=1), reader.choice("unit", WrittenUnit)
    return amount, _unit(written, amount or 0, days)


def period_of(reader: Reader, amount: int | None, unit: Unit) -> Period | None:
    """The period of an amount, unless it is longer than any."""
    if amount is None:
        return None
    try:
        return Period(amount, unit)
    except InvalidPeriodError:
        reader.fault("amount", amount, _TOO_LONG)
        return None


_TOO_LONG: Final = Text("不超过百年的数额", "an amount of no more than a hundred years")


def fixed_in(kind: Kind, unit: Unit) -> Mapping[str, tuple[object, Text]]:
    """What the kind or the unit of a window leaves no choice in: what it then is, and what to say of anything else."""
    said = _OF_HOURS if unit is Unit.HOUR else _OF_DAYS
    fixed = {key: (value, said) for key, value in fixed_by(unit).items()}
    return fixed | {key: (value, _OF_BACK) for key, value in (BACK.items() if kind is Kind.COUNT_BACK else ())}


BACK: Final = {"roll": Roll.NO, "start": Start.NEXT_DAY, "clock": Clock.AT_ONCE, "lengthens": 0}
"""What a window that is counted back always has."""


def check_fixed(reader: Reader, fixed: Mapping[str, tuple[object, Text]], how: Mapping[str, object]) -> dict[str, Any]:
    """Note what a table says of what it has no choice in; what that then is."""
    found = {key: each for key, each in fixed.items() if how.get(key) is not None}
    for key, (value, said) in found.items():
        if key in reader.table and how[key] != value:
            reader.fault(key, reader.table[key], said)
    return {key: value for key, (value, _) in found.items()}


_OF_HOURS: Final = Text(
    "不写：以小时计的期限不顺延、不计首日、不加长", "none: hours neither roll nor count a day nor are lengthened"
)
_OF_DAYS: Final = Text(
    "不写：clock 只用于小时，lengthens 只用于日、月、年",
    "none: clock is for hours, lengthens for days, months and years",
)
_OF_BACK: Final = Text(
    "不写：倒数期限不顺延、不计首日、无 clock、不加长",
    "none: what is counted back neither rolls nor counts its day, and has no clock nor days added",
)


def _read_silence(reader: Reader, days: UnitClause | None) -> Period | None:
    """A period that may be left out, with both its keys."""
    amount, written = reader.whole("amount", None, least=1), reader.choice("unit", WrittenUnit, None)
    reader.together({"amount": WHOLE, "unit": one_of(WrittenUnit)})
    return None if written is None else period_of(reader, amount, _unit(written, amount or 0, days))


def _unit(written: WrittenUnit, amount: int, days: UnitClause | None) -> Unit:
    if written is not WrittenUnit.DAY:
        return Unit(written.value)
    return days.unit_of(amount) if days else Unit.CALENDAR_DAY


def read_citation(reader: Reader) -> Citation:
    """Where something stands."""
    citation = Citation(
        reader.text("title"),
        reader.text("number", ""),
        reader.text("article", ""),
        reader.choice("certainty", Certainty, Certainty.VERIFIED),
        reader.both("says", {}),
        read_force(reader) or Force(),
    )
    reader.close()
    return citation


def read_counting(reader: Reader) -> tuple[Citation, ...]:
    """Articles that rule how periods are counted: by their id in the package's list, or written out."""
    found = reader.words_or_tables("counting", of=clause_ids())
    cited = (clause(each) if isinstance(each, str) else read_citation(each) for each in found)
    return tuple(each for each in cited if each is not None)


def read_excludes(reader: Reader) -> tuple[Excluding, ...]:
    """What is not counted: bare reasons together, and tables of reasons with their articles."""
    plain, found = [], []
    for each in reader.words_or_tables("excludes"):
        if isinstance(each, str):
            plain.append(each)
            continue
        found.append(
            Excluding(
                each.words("reasons", MISSING),
                each.text("clause", ""),
                each.text("title", ""),
                each.flag("in_writing"),
                each.choice("certainty", Certainty, Certainty.VERIFIED),
            )
        )
        if each.table.get("reasons") == []:
            each.fault("reasons", [], _A_REASON)
        each.close()
    return (*([Excluding(tuple(plain))] if plain else []), *found)


_A_REASON: Final = Text("至少一个事由", "at least one reason")


def read_extension(reader: Reader, days: UnitClause | None, limit: Limit | None) -> Extending | None:
    """How a period may be extended, where the table says so: in its own unit."""
    table = reader.table_at("extension")
    if table is None:
        return None
    found = Extending(
        _read_silence(table, days),
        table.whole("times", 1, least=1),
        table.text("clause", ""),
        table.both("by", {}),
        table.flag("in_writing"),
        table.choice("certainty", Certainty, Certainty.VERIFIED),
    )
    if isinstance(limit, Window) and found.period is not None and found.period.unit is not limit.period.unit:
        table.fault("unit", found.period.unit.value, _own_unit(limit.period.unit))
    table.close()
    return found


def _own_unit(unit: Unit) -> Text:
    return Text(f"期限自身的单位 {unit.value}", f"the unit of the period itself, {unit.value}")


def read_deemed(
    tables: Iterable[Reader], days: UnitClause | None, limit: Limit | None, kinds: Iterable[str]
) -> tuple[Deeming, ...]:
    """From which kinds of day a trigger is deemed to have happened: each once on a day, and none of its own."""
    found: list[Deeming] = []
    for reader in tables:
        one = _read_deeming(reader, days, limit)
        twice = any(each.kind == one.kind and each.force.meets(one.force) for each in found)
        if one.kind and (twice or one.kind in kinds):
            reader.fault("kind", one.kind, _ANOTHER_KIND)
        found.append(one)
    return tuple(found)


_ANOTHER_KIND: Final = Text(
    "另一种日期：同日每种一次，且非本规则的起算事由", "another kind: each once on a day, and none of the trigger's own"
)


def _read_deeming(reader: Reader, days: UnitClause | None, limit: Limit | None) -> Deeming:
    """How a trigger is deemed to have happened."""
    found = Deeming(
        reader.text("kind"),
        _read_silence(reader, days),
        reader.flag("from_end"),
        reader.text("clause", ""),
        reader.both("says", {}),
        reader.choice("certainty", Certainty, Certainty.VERIFIED),
        reader.choice("roll", Roll, Roll.NO),
        read_force(reader) or Force(),
    )
    if found.from_end and not {"amount", "unit"} & reader.table.keys():
        reader.fault("amount", MISSING, _SILENCE)
    if isinstance(limit, Window) and found.silence is not None and not _both_run(found.silence.unit, limit):
        reader.fault("unit", found.silence.unit.value, _MOMENTS)
    reader.close()
    return found


def _both_run(unit: Unit, limit: Window) -> bool:
    """Whether both run from a moment, or both from a day."""
    return (unit is Unit.HOUR) == (limit.period.unit is Unit.HOUR)


_MOMENTS: Final = Text("同为小时，或同为日、月、年", "hours where the rule is in hours, else days, months or years")


_SILENCE: Final = Text("沉默多久，于其届满时起算", "how long the silence lasts at whose end it begins")


def read_variation(reader: Reader, kind: Kind, limit: Limit | None) -> Variation:
    """Another way to read a window: another amount, unit, roll or start."""
    noted = len(reader.faults)
    found = Variation(
        reader.text("name"),
        reader.both("cause"),
        reader.whole("amount", None, least=1),
        reader.choice("unit", Unit, None),
        reader.choice("roll", Roll, None),
        reader.choice("start", Start, None),
    )
    if isinstance(limit, Window):
        if found.unit is not None and not _both_run(found.unit, limit):
            reader.fault("unit", found.unit.value, _MOMENTS)
            found = replace(found, unit=None)
        how = {"roll": found.roll, "start": found.start}
        unit = found.unit or limit.period.unit
        found = replace(found, **check_fixed(reader, fixed_in(kind, unit), how))
        if period_of(reader, found.amount or limit.period.amount, unit) is None:
            found = replace(found, amount=None, unit=None)
        if len(reader.faults) == noted and _is_idle(found, limit):
            reader.fault("", dict(reader.table), _DIFFERENT)
    reader.close()
    return found


def _is_idle(variation: Variation, limit: Window) -> bool:
    """Whether it leaves a window as it is; a working day is never moved."""
    found = variation.of(limit)
    return found == (replace(limit, roll=found.roll) if found.period.unit is Unit.WORKING_DAY else limit)


_DIFFERENT: Final = Text(
    "与规则不同的 amount、unit、roll 或 start", "an amount, unit, roll or start that is not the rule's"
)


def read_published(reader: Reader, dues: dict[date, date]) -> Published:
    """A published table of due dates, beside those of other tables."""
    found = Published(
        reader.text("number"),
        reader.both("title", {}),
        reader.text("source", ""),
        reader.choice("certainty", Certainty, Certainty.VERIFIED),
        reader.day_pairs("dates"),
        reader.all_both("notes"),
    )
    for trigger, due in found.dates:
        if due < trigger:
            reader.fault("dates", [trigger, due], _NOT_BEFORE)
        if dues.setdefault(trigger, due) != due:
            reader.fault("dates", [trigger, due], _ONE_DUE)
    reader.close()
    return found


_NOT_BEFORE: Final = Text("届满日不早于起算日", "a due day not before its trigger")
_ONE_DUE: Final = Text("一个起算日只有一个届满日", "one due day for a trigger")
