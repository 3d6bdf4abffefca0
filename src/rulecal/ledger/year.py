"""The recurring duties of a year (fixed dates, quotas, plan tasks) as a ledger, checked from dated events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rulecal.civil import parse_day
from rulecal.law.limit import Kind, Quota, Window
from rulecal.ledger.read import Item, fault, read_rows
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from rulecal.deadlines.rule import Rule
    from rulecal.errors import LedgerError

COLUMNS: Final = {"rule": ("规则",), "date": ("日期",), "lead": ("牵头单位", "单位")}
"""The columns of a file of dated events: which duty was done, when, and by whom."""

Done = dict[tuple[str, str], list[str]]


def yearly(year: int, rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that set a duty for the year by themselves: fixed dates, quotas, plan tasks."""
    found = {key: rule for key, rule in rules.items() if rule.is_computable and not isinstance(rule.limit, Window)}
    return {key: rule for key, rule in found.items() if rule.occurrences(year)}


def duties(year: int, owed: Mapping[str, Rule], done: Done) -> Iterable[Item]:
    """An item for each duty of the year, and where units have done something one for each of them."""
    row = 1
    for rule_id, rule in owed.items():
        leads = [lead for each, lead in done if each == rule_id] or [""]
        for lead in leads:
            row += 1
            days = sorted(done.get((rule_id, lead), ()))
            days = days if isinstance(rule.limit, Quota) else days[:1]  # the first time is when it was done
            name = f"{rule_id}{f' {lead}' if lead else ''}"
            first = rule.kind is Kind.PLAN_TASK  # which, unlike the others, is done after its day
            yield Item(row, name, rule_id, lead, f"{year}-01-01" if first else f"{year}-12-31", "；".join(days))


def read_done(
    path: Path,
    encoding: str,
    year: int,
    owed: Mapping[str, Rule],
    rules: Mapping[str, Rule],
    note: Callable[[LedgerError], None],
) -> Done:
    """The dated events of a CSV file, by rule and unit; what cannot be read, or is none of the year's, is noted.

    Raises:
        LedgerError: If there is no such file or encoding.
    """
    found = Done()
    for number, row in read_rows(path, encoding, COLUMNS, ("rule", "date"), note):
        if row["rule"] not in owed:
            needed = _no_duty(year) if row["rule"] in rules else _NO_RULE
            note(fault(path.name, number, "rule", row["rule"], needed))
            continue
        try:
            day = parse_day(row["date"])
        except ValueError:
            note(fault(path.name, number, "date", row["date"], _NO_DAY))
            continue
        if day.year != year:
            needed = Text(f"{year}年的日期，别的年份不计", f"a day of {year}: one of another year does not count")
            note(fault(path.name, number, "date", row["date"], needed))
            continue
        found.setdefault((row["rule"], row.get("lead", "")), []).append(day.isoformat())
    return found


_NO_RULE: Final = Text(
    "所查规则的编号，用 rulecal rules 查找", "the id of a rule asked for: `rulecal rules` lists them"
)
_NO_DAY: Final = Text("日期，如 2022-04-08", "a date such as 2022-04-08")


def _no_duty(year: int) -> Text:
    return Text(f"{year}年有年度义务的规则；该规则没有", f"a rule with a duty of {year}: no yearly duty of this rule")
