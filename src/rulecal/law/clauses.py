"""The articles that rule how periods are counted, by id, so that each stands in the data once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from rulecal.law.limit import Limit, Unit, Window
from rulecal.law.source import Certainty, Citation, Force
from rulecal.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def clause(clause_id: str) -> Citation | None:
    """An article of the package's list, or None.

    >>> str(clause("civil-code-201")), str(clause("civil-code-201").force)
    ('《民法典》（主席令第45号）第201条', '2021-01-01 to …')
    """
    return _held().get(clause_id)


def clause_ids() -> tuple[str, ...]:
    """The ids of the package's list.

    >>> "civil-code-201" in clause_ids()
    True
    """
    return tuple(_held())


def by_analogy(limit: Limit | None) -> tuple[Citation, ...]:
    """The articles of civil law, each with its days, by which a limit is counted where its own law is silent.

    That they apply is our inference.
    """
    if limit is None:
        return ()
    subject = _SUBJECTS[limit.period.unit] if isinstance(limit, Window) else "calendar"
    return tuple(_inferred(_held()[name]) for name in _BY_SUBJECT[subject])


def _inferred(found: Citation) -> Citation:
    says = Text(f"比照：{found.says.zh}", f"by analogy: {found.says.en}")
    return replace(found, certainty=Certainty.INFERENCE, says=says)


_SUBJECTS: Final = {
    Unit.WORKING_DAY: "days",
    Unit.CALENDAR_DAY: "days",
    Unit.MONTH: "months",
    Unit.YEAR: "months",
    Unit.HOUR: "hours",
}
_BY_SUBJECT: Final = {
    "calendar": ("civil-code-200", "civil-general-200", "civil-principles-154"),
    "days": ("civil-code-201", "civil-general-201", "civil-principles-154-2"),
    "months": ("civil-code-202", "civil-general-202", "civil-principles-154-2"),
    "hours": ("civil-code-201-2", "civil-general-201-2", "civil-principles-154-2-hours"),
}
"""The Civil Code (from 2021), the General Provisions (from October 2017), the General Principles (before that)."""


@cache
def _held() -> Mapping[str, Citation]:
    import tomllib  # noqa: PLC0415  (a rule of one's own needs no file)
    from importlib.resources import files  # noqa: PLC0415

    tables = tomllib.loads((files("rulecal") / "data" / "clauses.toml").read_text(encoding="utf-8"))
    return {name: _read(table) for name, table in tables.items()}


def _read(table: Mapping[str, Any]) -> Citation:
    certainty, says, force = Certainty(table["certainty"]), Text(**table["says"]), Force(**table.get("force", {}))
    return Citation(table["title"], table.get("number", ""), table["article"], certainty, says, force)
