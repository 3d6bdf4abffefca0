"""Notice files: a year's holidays out of a file, for an office without network (S12).

Two formats: the JSON of holiday-cn (`year`, `papers`, `days` with `name`, `date`, `isOffDay`), and rulecal's own TOML,
which can also say number, dates and region. A file is checked whole, and refused with every fault named.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from rulecal.calendars._data import names
from rulecal.calendars.day import DayKind, Notice
from rulecal.calendars.divisions import find
from rulecal.calendars.national import Arrangement, Change
from rulecal.calendars.statutory import law_of, statutory_days
from rulecal.calendars.working import WorkingCalendar
from rulecal.civil import parse_day
from rulecal.errors import CatalogueError, FaultGroup, RulecalError, UnknownRegionError
from rulecal.needs import need_parts

LARGEST: Final = 1_000_000
"""Bytes: a year of holidays has some thousand."""
_SATURDAY: Final = 5
_TAIL: Final = (12, 24)
_FIRST_YEAR: Final = 2004
_LAST_YEAR: Final = 2030
_EIDS: Final = {"eid_al_fitr": "开斋节", "eid_al_adha": "古尔邦节"}


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that two calendars see differently; None is a day that is not settled."""

    date: date
    before: bool | None
    after: bool | None
    source: str

    def __post_init__(self) -> None:
        need_parts(self, {"date": date, "before": bool | None, "after": bool | None}, "a changed day")

    @property
    def is_ordinary(self) -> bool:
        """Whether an open day merely turns out as the week has it."""
        return self.before is None and self.after == (self.date.weekday() < _SATURDAY)

    def __str__(self) -> str:
        words = {True: "worked", False: "off", None: "not settled"}
        return f"{self.date}: {words[self.before]} → {words[self.after]} ({self.source})"


def changes(old: WorkingCalendar, new: WorkingCalendar, first: date, last: date) -> tuple[DayChange, ...]:
    """The days from `first` through `last` on which two calendars differ, and by which notice the new one does."""
    pairs = zip(old.days(first, last), new.days(first, last), strict=True)
    return tuple(DayChange(a.date, a.working, b.working, str(b.source)) for a, b in pairs if a.working != b.working)


def read_notice(path: str | Path) -> Arrangement:
    """The arrangement that a file carries, read afresh.

    Raises:
        FaultGroup: With every fault of the file, each a `CatalogueError`.
    """
    path = Path(path)
    faults: list[RulecalError] = []
    found = _parse(path, faults)
    if faults or found is None:
        raise FaultGroup(f"{len(faults)} fault(s) in the notice file {path.name}", faults)
    return found


def _parse(path: Path, faults: list[RulecalError]) -> Arrangement | None:
    def fault(place: str, message: str, needed: str) -> None:
        faults.append(CatalogueError(f"{path.name}: {place}: {message}", hint=needed, file=path.name, place=place))

    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except (OSError, ValueError) as err:
        fault("file", f"cannot be read: {err}", "name a .json or .toml file")
        return None
    if size > LARGEST:
        fault("file", f"{size} bytes", f"at most {LARGEST}: a year of holidays is small")
        return None
    try:
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as err:
        fault("file", f"cannot be read: {type(err).__name__}: {str(err)[:80]}", "UTF-8, JSON or TOML")
        return None
    if not isinstance(data, Mapping):
        fault("file", f"holds a {type(data).__name__}", "an object with year and days")
        return None
    return _arrangement(data, f"{path.name}#{hashlib.sha256(raw).hexdigest()[:8]}", fault)


def _arrangement(data: Mapping[str, Any], name: str, fault: Any) -> Arrangement | None:
    year, rows = data.get("year"), data.get("days")
    if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
        fault("year", f"is {year!r}", f"a whole number from {_FIRST_YEAR} to {_LAST_YEAR}")
        return None
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        fault("days", "hold nothing", "the days of the notice; an empty file means that the year is not published")
        return None
    dates = {
        key: _day(data.get(key), key, fault) if data.get(key) is not None else None for key in ("signed", "published")
    }
    region = _region(data.get("region"), fault)
    changes_found: dict[date, Change] = {}
    for i, row in enumerate(rows):
        found = _change(row, i, year, fault, local=bool(region))
        if found is None:
            continue
        if found.day in changes_found:
            fault(f"days[{i}]", f"{found.day} a second time", "each day once")
        changes_found[found.day] = found
    amends = data.get("amends") is True
    _check_fixed(year, changes_found, fault, whole=not (region or amends))
    number = data.get("number")
    notice = Notice(
        year,
        number if isinstance(number, str) and number else name,
        signed=dates["signed"],
        published=dates["published"],
        region=region,
        certainty="one-source",
    )
    named = {change.name for change in changes_found.values()}
    missing = tuple(key for key, festival in _EIDS.items() if region and festival not in named)
    return Arrangement(
        notice, tuple(changes_found[day] for day in sorted(changes_found)), amends=amends, missing=missing
    )


def _check_fixed(year: int, found: Mapping[date, Change], fault: Any, *, whole: bool) -> None:
    """The days that the holiday law fixes are off: all of them in a whole year's notice, none worked in any."""
    for day, festival in statutory_days(year, law_of(year)).items():
        if (whole and day not in found) or (day in found and found[day].worked):
            fault("days", f"{festival} {day} is not off", "every day that the holiday law fixes is off")


def _region(value: object, fault: Any) -> str:
    if value is None:
        return ""
    try:
        division = find(value)
    except UnknownRegionError as err:
        fault("region", err.message, err.hint)
        return ""
    held = names("regions")
    if division.code not in held:
        needed = f"the region whose calendar it joins: {', '.join(sorted(held))}"
        fault("region", f"no local days are held for {division.name}", needed)
    return division.name


def _day(value: object, place: str, fault: Any) -> date | None:
    if type(value) is date:
        return value
    try:
        return parse_day(value)
    except (TypeError, ValueError):
        fault(place, f"is {value!r}", "a date such as 2027-01-01")
        return None


def _change(row: object, i: int, year: int, fault: Any, *, local: bool) -> Change | None:
    place = f"days[{i}]"
    if not isinstance(row, Mapping):
        fault(place, f"is {row!r}", "an object with name, date and isOffDay")
        return None
    day = _day(row.get("date"), f"{place}.date", fault)
    off = row.get("isOffDay", row.get("off"))
    if not isinstance(off, bool):
        fault(f"{place}.isOffDay", f"is {off!r}", "true or false")
        return None
    if day is None:
        return None
    if day.year != year and not (day.year == year - 1 and (day.month, day.day) >= _TAIL):
        fault(f"{place}.date", f"{day} lies outside {year}", f"a day of {year}, or the end of December before it")
        return None
    if not off and day.weekday() < _SATURDAY:
        fault(
            f"{place}.date", f"{day} is made a working day, and is a weekday", "make-up days are Saturdays or Sundays"
        )
        return None
    kind = (DayKind.MAKE_UP if not off else DayKind.REGIONAL) if local else None
    return Change(day, not off, str(row.get("name") or ""), kind)


def check_against(found: Arrangement, calendar: WorkingCalendar) -> tuple[Arrangement, list[RulecalError]]:
    """The arrangement as it joins a calendar, and the settled days that it contradicts without being a later notice.

    A file for a year that already has its notice amends it.
    """
    held = calendar.yearly.get(found.notice.year)
    amends = found.amends or (held is not None and not found.notice.region)
    faults: list[RulecalError] = []
    if found.amends and held is None:
        message = f"{found.notice}: amends {found.notice.year}, which has no notice yet"
        faults.append(CatalogueError(message, hint="add the notice of the year first"))
    sources = (fact.source for fact in calendar.facts.values() if fact.source and fact.source.region)
    local = next((source for source in sources if source.year == found.notice.year), None)
    ours = found.notice.published or found.notice.signed
    joined = []
    for change in found.changes:
        now = calendar.day(change.day) if calendar.coverage.first <= change.day <= calendar.coverage.last else None
        if now is None or not now.settled or now.working == change.worked:
            joined.append(change)
            continue
        rival = local if found.notice.region else now.source
        theirs = rival and (rival.published or rival.signed or date(rival.year, 1, 1))
        if rival and not (ours and theirs and ours > theirs):
            faults.append(
                CatalogueError(
                    f"{found.notice}: {change.day} is settled as {'worked' if now.working else 'off'} by {now.source}",
                    hint="only a later notice can change it: give its `published` date, in TOML",
                    day=change.day,
                )
            )
        joined.append(Change(change.day, change.worked, change.name, change.kind, before=now.working))
    return replace(found, changes=tuple(joined), amends=amends), faults
