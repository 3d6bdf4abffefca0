"""What can go wrong, said so that it can be mended: what was given, what is needed, what to do.

Every error is a `RulecalError` and also the nearest builtin, carries its facts as attributes, and can be pickled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    from collections.abc import Sequence


class RulecalError(Exception):
    """The base of all errors of this library.

    Attributes:
        code: A stable machine name of the kind of error.
        message: One sentence: what was given and what is wrong with it.
        hint: What to do about it.
        facts: Further facts by name; each can also be read as an attribute.

    >>> err = NoDeadlineError("no date can be computed", hint="treat it as a review item", rule="x/y")
    >>> err.code, err.rule
    ('no-deadline', 'x/y')
    >>> err.to_dict()
    {'code': 'no-deadline', 'message': 'no date can be computed', 'hint': 'treat it as a review item', 'rule': 'x/y'}
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message

    def __getattr__(self, name: str) -> object:
        """Facts read as attributes."""
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __eq__(self, other: object) -> bool:
        """Errors that say the same are equal, so that reports with faults can be compared."""
        return type(self) is type(other) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash((type(self), str(self)))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.hint, self.facts)

    def to_dict(self) -> dict[str, object]:
        """The error as plain values that JSON can hold; dates become ISO text."""
        facts = {k: v if isinstance(v, str | int | float | None) else str(v) for k, v in self.facts.items()}
        return {"code": self.code, "message": self.message, "hint": self.hint, **facts}


def _rebuild(cls: type[RulecalError], message: str, hint: str, facts: dict[str, object]) -> RulecalError:
    return cls(message, hint=hint, **facts)


class InvalidArgumentError(RulecalError, TypeError, ValueError):
    """An argument that is not of the kind, or not within the bounds, that a call takes: no calendar, the year 0."""

    code = "invalid-argument"


class NotADateError(RulecalError, TypeError):
    """A value of a type that is no date (an int, a text, a bool, a missing value)."""

    code = "not-a-date"


class UnreadableDateError(RulecalError, ValueError):
    """A text that is none of the four ways in which rulecal reads a date."""

    code = "unreadable-date"


class UnreadableLimitError(RulecalError, ValueError):
    """A text that holds no time limit that can be read, or more than one; nothing is guessed."""

    code = "unreadable-limit"


class CalendarCoverageError(RulecalError, LookupError):
    """A question about days that the calendar does not hold."""

    code = "calendar-coverage"


class UnsettledDayError(CalendarCoverageError):
    """A question with one answer, asked about a day that no published notice has settled."""

    code = "unsettled-day"


class UnknownRegionError(RulecalError, ValueError):
    """A region code that is no administrative division code, or one without a calendar."""

    code = "unknown-region"


class UnknownRuleError(RulecalError, KeyError):
    """A rule id that is not in the catalogue."""

    code = "unknown-rule"


class RuleNotInForceError(RulecalError, ValueError):
    """A step on a day on which the rule asked for is not in force."""

    code = "rule-not-in-force"


class NoDeadlineError(RulecalError, ValueError):
    """A duty from which no date follows: a reference, a soft word, a sequence, a rate."""

    code = "no-deadline"


class InvalidPeriodError(RulecalError, ValueError):
    """An amount, a unit or a day of the year that no time limit can have."""

    code = "invalid-period"


class InvalidCaseError(RulecalError, ValueError):
    """Facts of a case that contradict each other."""

    code = "invalid-case"


class CatalogueError(RulecalError, ValueError):
    """A fault in a file of rules."""

    code = "catalogue"


class LedgerError(RulecalError, ValueError):
    """A fault in a ledger (任务台账): file, row, column, value and what is expected."""

    code = "ledger"


class MissingExtraError(RulecalError, ImportError):
    """A part of the library whose optional package is not installed; the hint says how to install it."""

    code = "missing-extra"


class FaultGroup(ExceptionGroup[RulecalError], RulecalError):  # type: ignore[override]  # noqa: N818
    """Many faults at once; it keeps its type when `except*` or `split` divides it.

    >>> group = FaultGroup("2 faults", [LedgerError("row 3"), CatalogueError("rules.x")])
    >>> some, rest = group.split(LedgerError)
    >>> type(some).__name__, [str(e) for e in some.exceptions]
    ('FaultGroup', ['row 3'])
    """

    code = "faults"

    def __new__(cls, message: str, faults: Sequence[RulecalError]) -> Self:
        """Made like any exception group: a message and at least one fault."""
        return super().__new__(cls, message, faults)

    def __init__(self, message: str, faults: Sequence[RulecalError]) -> None:
        BaseException.__init__(self, message, faults)
        self.hint, self.facts = "", {}  # the group itself keeps `message` and `exceptions`

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {fault}".replace("\n", "\n    ") for fault in self.exceptions)])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, list(self.exceptions))

    def derive(self, excs: Sequence[RulecalError], /) -> FaultGroup:  # type: ignore[override]
        """The same kind of group for a part of the faults."""
        return FaultGroup(self.message, list(excs))

    def to_dict(self) -> dict[str, object]:
        """The group as plain values: its message and its faults, each by its own `to_dict`."""
        faults = [fault.to_dict() for fault in self.exceptions if isinstance(fault, RulecalError)]
        return {"code": self.code, "message": self.message, "faults": faults}


class CaseFaults(FaultGroup, InvalidCaseError):  # type: ignore[override]  # noqa: N818
    """Every fault of a case at once; also an `InvalidCaseError`, for whoever asks no more."""

    code = "case-faults"
