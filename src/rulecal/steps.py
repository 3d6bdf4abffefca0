"""The proof as data: each step of a count, and the fold that turns the steps into the date again (S31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from rulecal.civil import DAY, add_months, parse_day, to_instant
from rulecal.errors import InvalidCaseError
from rulecal.needs import each_of, need_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class StepKind(Enum):
    """What a step does."""

    START = "start"
    """The trigger day, not counted."""
    START_COUNTED = "start_counted"
    """The trigger day, to be counted itself."""
    COUNTED = "counted"
    """Days counted, from `first` to `last`, `amount` of them."""
    SKIPPED = "skipped"
    """Days passed over, from `first` to `last`, because of `why`."""
    EXCLUDED = "excluded"
    """Days of a case that are not counted (不计入), from `first` to `last`, because of `why`."""
    EXTENDED = "extended"
    """The period is extended (延长) by `amount`, as decided on `why`."""
    MOVED = "moved"
    """The end moved on by `amount` days that were not counted."""
    MONTHS = "months"
    """`amount` months, to the corresponding day or the month's end."""
    HOURS = "hours"
    """`amount` hours."""
    DAY_BEFORE = "day_before"
    """One day back: because the start was counted, the day named is not included, or clear days are asked for."""
    NAMED = "named"
    """The day that the rule names."""
    DEEMED = "deemed"
    """The day on which the law deems the trigger to have happened, because of `why`."""
    LENGTHENED = "lengthened"
    """`amount` working days more, for days off in a row inside the period."""
    PUBLISHED = "published"
    """The day that a published table names, whatever the rule gives; `source` is the table."""
    ROLLED = "rolled"
    """The end moved off days off, from `first` to the working day `last`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `first` and `last` are days (moments for hours); counting back, `last` is the earlier one.

    Attributes:
        why: For skipped and rolled days what they are; for others a word on the manner.
        source: The notice or article behind it.

    Raises:
        InvalidArgumentError: If a part is not of its kind.
    """

    kind: StepKind
    first: date
    last: date
    amount: int = 0
    why: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        need_parts(self, _PARTS, "a step")

    def to_dict(self) -> dict[str, object]:
        """The step as plain values."""
        said = {"amount": self.amount, "why": self.why, "source": self.source}
        ends = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return {"kind": self.kind.value, **ends, **{key: value for key, value in said.items() if value}}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Step:
        """The step that `to_dict` wrote.

        Raises:
            InvalidCaseError: If it is none.
        """
        try:
            said: tuple[Any, ...] = (data.get("amount", 0), data.get("why", ""), data.get("source", ""))
            return cls(StepKind(data["kind"]), _read(data["first"]), _read(data["last"]), *said)
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            raise InvalidCaseError(
                f"no step: {type(err).__name__}: {err}", hint="pass what Step.to_dict wrote"
            ) from err


_PARTS: Final = {"kind": StepKind, "first": date, "last": date, "amount": int, "why": str, "source": str}


def _read(text: object) -> date:
    return to_instant(datetime.fromisoformat(text)) if isinstance(text, str) and "T" in text else parse_day(text)


def replay(steps: Iterable[Step]) -> date:
    """The date that the steps lead to; each step must begin where the one before it ended.

    Raises:
        InvalidCaseError: If the steps do not join, or an amount does not fit its days.
        InvalidArgumentError: If they are no steps.

    >>> from datetime import date
    >>> start = date(2022, 9, 30)
    >>> replay([
    ...     Step(StepKind.START, start, start),
    ...     Step(StepKind.SKIPPED, date(2022, 10, 1), date(2022, 10, 7), why="国庆节"),
    ...     Step(StepKind.COUNTED, date(2022, 10, 8), date(2022, 10, 10), 3),
    ... ])
    datetime.date(2022, 10, 10)
    """
    at: date | None = None
    before = StepKind.DEEMED
    for step in each_of(steps, Step, "a step", "pass the steps of a deadline"):
        try:
            at = _led(step, at, before)
        except (TypeError, OverflowError):  # a day after a moment, or one that no date can be
            at = None
        before = step.kind
        if at is None:
            raise InvalidCaseError(f"the steps do not join at {step.first}", hint="a proof was altered", step=step.kind)
    if at is None:
        raise InvalidCaseError("no steps, so no date", hint="a proof needs at least one step")
    return at


def _led(step: Step, at: date | None, before: StepKind) -> date | None:
    """Where a step leads from the day that those before it led to; None where it does not join them."""
    if step.kind not in _OPENING:
        return step.last if at is not None and _joins(step, at) else None
    if step.first != step.last or at not in {None, step.first} or StepKind.DEEMED not in {before, step.kind}:
        return None  # a window may begin anew only where the law deems something to have happened
    return step.last - DAY if step.kind is StepKind.START_COUNTED else step.last


_OPENING = frozenset({StepKind.START, StepKind.START_COUNTED, StepKind.NAMED, StepKind.PUBLISHED, StepKind.DEEMED})


def _joins(step: Step, at: date) -> bool:
    match step.kind:
        case StepKind.COUNTED | StepKind.SKIPPED | StepKind.EXCLUDED:
            way = 1 if step.first > at else -1
            length = (step.last - step.first).days * way + 1
            fits = step.amount == length if step.kind is StepKind.COUNTED else length > 0
            return step.first == at + way * DAY and fits
        case StepKind.MONTHS:
            return step.first == at and step.last == add_months(at, step.amount)
        case StepKind.HOURS:
            return step.first == at and step.last == at + timedelta(hours=step.amount)
        case StepKind.LENGTHENED | StepKind.EXTENDED:
            return step.first == step.last == at
        case StepKind.MOVED:
            return step.first == at and step.last == at + timedelta(days=step.amount)
        case StepKind.DAY_BEFORE:
            return step.first == at and step.last == at - DAY
        case _:
            return step.first == at and step.last > at
