"""Words of direction beside a period: 内 and a ceiling (within), 不少于 and 以上 (at least), 前 and 提前 (back)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rulecal.law.limit import Kind
from rulecal.law.words.lasting import STEP
from rulecal.law.words.numerals import GLYPHS
from rulecal.law.words.reading import NOT_EARLIER, NOT_INSIDE
from rulecal.law.words.triggers import EVENTS

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_IN: Final = re.compile(
    r"(?:\((?:包?含|不含|包括)(?:[^)]{0,4}[日天])?\)|\((?:不包?含|不包括|不计|扣除)[^)]*\))?[之以]?内" + NOT_INSIDE
)
_BEFORE: Final = re.compile(rf"[之以]?前(?![{GLYPHS}]){NOT_EARLIER}")
_OVER: Final = re.compile("以上")
_CEILING: Final = re.compile(
    "(?:不(?:得|能|可|应|准)?(?:超过|超出|多于|长于|高于|迟于|晚于)|[至最]多|最[长迟晚]|控制在|(?:压缩|压减|缩短|缩减)[到至为])(?:不超过)?[为在于]?$"
)
_FLOOR: Final = re.compile(
    "(?:不(?:得|能|可|应)?(?:少于|低于|短于|小于)|至少|最少)[为在是要]?(?:公示|公告|公布|公开|征求意见|保存|保留|留存|保管)?$"
)
_AHEAD: Final = re.compile(
    f"(?:(?:至少|应当|应)?提前|(?:(?<=会)|(?<={EVENTS}))[之以]?前)(?:至少|不少于|不得少于)?$|(?<![目之以此日])前(?:至少|不少于|不得少于)$"
)
_TIME_SET: Final = re.compile(
    rf"(?:(?:{STEP})*(?<!公示)(?<!公告)时限|(?:{STEP})+(?:期限|时间))[:为是]{{0,2}}(?:法定|承诺)?[:为是]?(?P<since>(?:[自从][^,:()]{{1,20}}|[^,:()]{{1,16}}之日)起)?$"
)
"""办理时限: the time set for a step, whose figure stands alone or with its trigger (期限：自受理之日起7日)."""
_LABELLED: Final = re.compile("(?<=[,、])(?:法定|承诺)[:为是]?$")
"""办理时限：法定20日，承诺5日: the second time set for one step."""
_BOXED: Final = re.compile(r"(?:受理|审[查核批]|[初复]审|核准|决定|办结|[制发]证)\($")
"""审核（3个工作日）: a step with its figure in brackets."""


@dataclass(frozen=True, slots=True)
class Direction:
    """The words of direction, `plain[start:end]`, and what they ask for.

    Attributes:
        shape: What they ask for.
        start: Where they begin.
        end: Where they end.
        words: The words.
        follows: Whether they stand after the figure.
        since: Where the words of a trigger that stand within them end, if any do.
    """

    shape: Kind
    start: int
    end: int
    words: str
    follows: bool
    since: int | None = None

    @property
    def is_box(self) -> bool:
        """Whether they are a step before a figure in brackets."""
        return self.words.endswith("(")


def find_direction(plain: Plain, figure: re.Match[str]) -> Direction | None:
    """The words of direction by a figure, the stronger first."""
    start, end = figure.span()
    clause, sentence = plain.clause(start), plain.sentence(start)
    left = plain.plain[clause:start]
    inside, before = _IN.match(plain.plain, end), _BEFORE.match(plain.plain, end)
    looks = (
        (Kind.COUNT_BACK, None if inside else _AHEAD.search(left), clause),
        (Kind.COUNT_BACK, before, None),
        (Kind.AT_LEAST, _FLOOR.search(left), clause),
        (Kind.WITHIN, inside, None),
        (Kind.WITHIN, _CEILING.search(left), clause),
        (Kind.AT_LEAST, _OVER.match(plain.plain, end), None),
        (Kind.WITHIN, _time_set(plain, sentence, start, end), sentence),
    )
    for shape, match, shift in looks:
        if match is not None:
            at = shift or 0
            since = start if match.groupdict().get("since") else None
            return Direction(shape, match.start() + at, match.end() + at, match[0], shift is None, since)
    return None


def _time_set(plain: Plain, sentence: int, start: int, end: int) -> re.Match[str] | None:
    """The step, in its sentence, for which a figure with no word of direction is set."""
    before = plain.plain[sentence:start]
    boxed = _BOXED.search(before) if plain.plain.startswith(")", end) else None
    if boxed or not plain.is_last(end):
        return boxed
    return _TIME_SET.search(before) or (_LABELLED.search(before) if "时限" in before else None)
