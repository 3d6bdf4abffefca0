"""Rules out of the words of a text: `parse_limit` for one time limit, `parse_limits` for all of a whole text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rulecal.deadlines.rule import Rule
from rulecal.errors import InvalidPeriodError, UnreadableLimitError
from rulecal.law.limit import Unit
from rulecal.law.words.glyphs import Part
from rulecal.law.words.parse import SOFT, read_limits

if TYPE_CHECKING:
    from rulecal.law.words.reading import Found, Refused


@dataclass(frozen=True, slots=True)
class Parsed:
    """A time limit (期限) read from a text.

    Attributes:
        rule: The rule that the words make.
        trigger_words: The words of the trigger as written (收到申请 of 自收到申请之日起); empty if there are none.
        spans: The parts of the text it was read from, each with `name`, `start` and `end` in code points of the text as
            given: `whole` first, then those of `trigger`, `amount`, `most`, `unit`, `direction`, `date`, `year` and
            `period` that there are, in their order.
        unsaid: What the words leave open, so that somebody must look it up: `unit` (日, and no instrument says of which
            kind), `start` (no trigger), `roll` (whether the last day moves off a day off), `year` (a date or a number
            without one), `named_day` (whether 前 includes the day), `date` (年底: the day is our inference).

    >>> parsed = parse_limit("自收到申请之日起15个工作日内")
    >>> parsed.rule, parsed.trigger_words, parsed.unsaid
    (<Rule within 15 working days>, '收到申请', ())
    """

    rule: Rule
    trigger_words: str
    spans: tuple[Part, ...]
    unsaid: tuple[str, ...] = ()


def parse_limit(text: str, *, days_as: Unit | None = None) -> Parsed:
    """The one time limit that a text writes; nothing is guessed.

    Args:
        text: A phrase or a sentence with one limit; numerals may be Chinese, Arabic or full-width.
        days_as: What the word 日 means in the instrument (S14): working or calendar days. Without it 日 is a
            calendar day, and `unsaid` has `unit`.

    Raises:
        UnreadableLimitError: If the text holds no limit, one that cannot be counted (及时, 每季度, 3至5日), or more
            than one (also a `ValueError`).
        InvalidPeriodError: If `days_as` is neither `Unit.WORKING_DAY` nor `Unit.CALENDAR_DAY`.

    >>> parse_limit("举行听证的七个工作日前通知").rule
    <Rule count_back 7 working days>
    >>> parse_limit("每年3月1日前报告").unsaid
    ('named_day',)
    """
    found, refused = _read(text, days_as)
    if len(found) == 1 and not refused:
        return _parsed(found[0], text)
    if len(found) > 1:
        raise UnreadableLimitError(
            f"the text holds {len(found)} limits, not one",
            hint="read them all with rulecal.parse_limits(...), or pass the words of one",
            text=text,
            count=len(found),
        )
    raise _unreadable(text, refused)


def parse_limits(text: str, *, days_as: Unit | None = None) -> tuple[Parsed, ...]:
    """Every time limit of a whole text that can be counted, in order; what cannot is left out.

    Args:
        text: Any text, such as that of a notice.
        days_as: As for `parse_limit`, for the whole text.

    Raises:
        UnreadableLimitError: If `text` is no text.
        InvalidPeriodError: If `days_as` is neither `Unit.WORKING_DAY` nor `Unit.CALENDAR_DAY`.

    >>> [parsed.rule for parsed in parse_limits("6月底前建立清单，每年至少培训两次，及时更新。")]
    [<Rule by_date by 06-end>, <Rule quota at least 2 a year>]
    """
    return tuple(_parsed(found, text) for found in _read(text, days_as)[0])


def _parsed(found: Found, text: str) -> Parsed:
    trigger = next((text[part.start : part.end] for part in found.parts if part.name == "trigger"), "")
    return Parsed(Rule(found.norm), trigger, found.parts, found.unsaid)


def _read(text: str, days_as: Unit | None) -> tuple[list[Found], list[Refused]]:
    if not isinstance(text, str):
        raise UnreadableLimitError(f"a text is needed, not {text!r}", hint="pass the words of the limit")
    if days_as not in (None, Unit.WORKING_DAY, Unit.CALENDAR_DAY):
        raise InvalidPeriodError(
            f"日 is a working day or a calendar day, not {days_as!r}",
            hint="pass days_as=rulecal.Unit.WORKING_DAY, CALENDAR_DAY or None",
            unit=days_as,
        )
    return read_limits(text, days_as)


def _unreadable(text: str, refused: list[Refused]) -> UnreadableLimitError:
    if refused:
        said = "; ".join(f"{each.words}: {each.why}" for each in refused)
        return UnreadableLimitError(
            f"a limit that cannot be counted: {said}",
            hint="write the rule by hand, with rulecal.within(...) and its like",
            text=text,
        )
    if soft := SOFT.search(text):
        return UnreadableLimitError(
            f"{soft[0]} gives no date",
            hint="a soft word has no figure: treat it as a review item; it can never be overdue",
            text=text,
            word=soft[0],
        )
    return UnreadableLimitError(
        f"no limit is read in {text[:40]!r}",
        hint="a limit is a figure with a word such as 内, 前, 不超过, 不少于, 以上: 15个工作日内, 6月底前, 每年至少2次",
        text=text,
    )
