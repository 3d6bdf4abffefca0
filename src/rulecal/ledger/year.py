"""The recurring duties of a year (fixed dates, quotas, plan tasks) as a ledger, checked from dated events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rulecal.civil import parse_day
from rulecal.law.limit import Kind, Quota, Window
from rulecal.ledger.read import Item, fault, read_rows
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rulecal.deadlines.rule import Rule
    from rulecal.errors import LedgerError

COLUMNS: Final = {"rule": ("规则",), "date": ("日期",), "lead": ("牵头单位", "单位")}
"""The columns of a file of dated events: which duty was done, when, and by whom."""

Done = dict[tuple[str, str], list[str]]


def duties(year: int, rules: Mapping[str, Rule], done: Done) -> Iterable[Item]:
    """An item for each recurring duty of the year, and where units have done something one for each of them."""
    row = 1
    for rule_id, rule in rules.items():
        if not rule.is_computable or isinstance(rule.limit, Window) or not rule.occurrences(year):
            continue
        leads = [lead for each, lead in done if each == rule_id] or [""]
        for lead in leads:
            row += 1
            days = sorted(done.get((rule_id, lead), ()))
            days = days if isinstance(rule.limit, Quota) else days[:1]  # the first time is when it was done
            name = f"{rule_id}{f' {lead}' if lead else ''}"
            day = "" if rule.kind is Kind.PLAN_TASK else f"{year}-12-31"
            yield Item(row, name, rule_id, lead, day, "；".join(days))


def read_done(path: str | Path, encoding: str, rules: Mapping[str, Rule], note: Callable[[LedgerError], None]) -> Done:
    """The dated events of a CSV file, by rule and unit; what cannot be read is noted.

    Raises:
        LedgerError: If there is no such file or encoding.
    """
    path, found = Path(path), Done()
    for number, row in read_rows(path, encoding, COLUMNS, ("rule", "date"), note):
        if row["rule"] not in rules:
            needed = Text("规则编号，用 rulecal rules 查找", "the id of a rule: `rulecal rules` lists them")
            note(fault(path.name, number, "rule", row["rule"], needed))
            continue
        try:
            day = parse_day(row["date"])
        except ValueError:
            note(
                fault(path.name, number, "date", row["date"], Text("日期，如 2022-04-08", "a date such as 2022-04-08"))
            )
            continue
        found.setdefault((row["rule"], row.get("lead", "")), []).append(day.isoformat())
    return found
