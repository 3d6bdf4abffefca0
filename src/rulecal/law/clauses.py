"""The articles that rule how periods are counted, by id, so that each stands in the data once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from rulecal.law.limit import Limit, Unit, Window
from rulecal.law.source import Certainty, Citation
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def clause(clause_id: str) -> Citation | None:
    """An article of the package's list, or None.

    >>> str(clause("civil-code-201"))
    '《民法典》（主席令第45号）第201条'
    """
    return _held().get(clause_id)


def by_analogy(limit: Limit | None) -> tuple[Citation, ...]:
    """The article of the Civil Code by which a limit is counted where its own law is silent: our inference."""
    if limit is None:
        return ()
    name = _BY_UNIT[limit.period.unit] if isinstance(limit, Window) else "civil-code-200"
    found = _held()[name]
    says = Text(f"比照：{found.says.zh}", f"by analogy: {found.says.en}")
    return (replace(found, certainty=Certainty.INFERENCE, says=says),)


_BY_UNIT: Final = {
    Unit.WORKING_DAY: "civil-code-201",
    Unit.CALENDAR_DAY: "civil-code-201",
    Unit.MONTH: "civil-code-202",
    Unit.YEAR: "civil-code-202",
    Unit.HOUR: "civil-code-201-2",
}


@cache
def _held() -> Mapping[str, Citation]:
    import tomllib  # noqa: PLC0415  (a rule of one's own needs no file)
    from importlib.resources import files  # noqa: PLC0415

    tables = tomllib.loads((files("rulecal") / "data" / "clauses.toml").read_text(encoding="utf-8"))
    return {name: _read(table) for name, table in tables.items()}


def _read(table: Mapping[str, Any]) -> Citation:
    certainty, says = Certainty(table["certainty"]), Text(**table["says"])
    return Citation(table["title"], table.get("number", ""), table["article"], certainty, says)
