"""One word each, for the importing system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rulecal.deadlines.rule import Rule

if TYPE_CHECKING:
    from datetime import date


def due_date(rule: str | Rule, trigger: date | None = None, *, region: str | None = None) -> date:
    """The safe due date (届满日) of a rule from a trigger.

    Args:
        rule: An id of the catalogue, or a rule.
        trigger: The trigger day; not counted itself.
        region: Whose calendar counts; the rule's own by default.

    Raises:
        RulecalError: As `Rule.deadline`, and `UnknownRuleError` for an id that is none.

    >>> from datetime import date
    >>> due_date("zhongwei-2022/farm-facility-filing", date(2022, 6, 27))
    datetime.date(2022, 7, 20)
    """
    return _rule(rule).deadline(trigger, region=region).due


def is_overdue(
    rule: str | Rule,
    trigger: date | None = None,
    *,
    as_of: date,
    completed: date | None = None,
    region: str | None = None,
) -> bool:
    """Whether an item is plainly late on a day: past its due date on every reading, and not done by then.

    Args:
        rule: An id of the catalogue, or a rule.
        trigger: The trigger day.
        as_of: The day asked about; on the due date itself nothing is overdue.
        completed: The day on which it was done, if it was.
        region: Whose calendar counts; the rule's own by default.

    Raises:
        RulecalError: As `Rule.deadline` and `Deadline.status`.

    >>> from datetime import date
    >>> is_overdue("zhongwei-2022/farm-facility-filing", date(2022, 6, 27), as_of=date(2022, 7, 21))
    True
    """
    return _rule(rule).deadline(trigger, region=region).status(as_of=as_of, completed=completed).is_overdue


def _rule(rule: str | Rule) -> Rule:
    if isinstance(rule, Rule):
        return rule
    from rulecal.deadlines.catalogue import catalogue  # noqa: PLC0415  (a rule of one's own needs no catalogue)

    return catalogue()[rule]
