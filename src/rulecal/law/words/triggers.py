"""What starts a window (起算), out of the words before it: 自收到申请之日起, 受理后, 举行听证的."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rulecal.law.words.kinds import VERB, kinds_of
from rulecal.law.words.numerals import GLYPHS
from rulecal.law.words.reading import last_of

if TYPE_CHECKING:
    from rulecal.law.words.glyphs import Plain

_SINCE: Final = re.compile(
    r"(?:之日|之时|当日|当天|[的之]?次日)(?:\([^)]{0,8}\))?起(?:计?算)?的?(?!(?:正式|开始|即行?|同时|起)?(?:施行|实施|生效|执行|有效|试行|启用|失效|废止))"
)
_PLAIN_SINCE: Final = re.compile("(?<![一发引提兴])起$")
_AFTER: Final = re.compile("(?<![前今落先背最然事此其随尔嗣])(?:之后|以后|后)$")
_THEREAFTER: Final = re.compile("(?:[此其随尔嗣]后|(?:^|,)(?:之后|以后|后续)|再)$")
"""After what was said before, of which the words do not say how long it takes."""
_ANOTHER_STEP: Final = re.compile(
    "(?:期满|届满|通过|属实|结束|完毕|完成|终结|无异议|齐全|合格)[的后]?,|(?<!应当)决定[^,]*的,"
)
"""A step that ends between the words of a trigger and the figure, which may count from it."""
EVENTS: Final = (
    "举行|召开|届满|期满|到期|开庭|听证|实施|施行|开始|开工|审议|表决|拍卖|执行|履行|举办|会议|生效"
    "|考试|面试|投标|开标|截止|选举|活动"
)
"""Events that a window may count back from, each of two characters."""
_EVENT: Final = re.compile(EVENTS)

_BEFORE_FIGURE: Final = re.compile("(?:时间|日期)?(?:至少|不少于|的|前)*$")
_FILLER: Final = re.compile(
    "(?:应当|应该|应|须|必须|需要|需|要|当场或者?|可以|可|将|并|也|均|都|在|于|的|,|一般|原则上|其?期限|时限|时间|公告期|公示期)+$"
)
_FROM: Final = re.compile(
    "自(?!然|治|主(?!管)|行(?!政|为)|身|我|愿|查(?!获|明|封|处)|觉|动|由)|从(?!事(?!故)|而|业|严|快|重)"
)
_FROM_TO: Final = re.compile(
    rf"(?:{_FROM.pattern})(?P<first>(?:[收接]到)?[^,。;:()起到至]{{2,16}})(?<![收接])[到至][^,。;:()]{{2,10}}$"
)
"""从受理到办结: of the two steps the first starts the window."""
_AT: Final = re.compile("距离?|(?<![存现正所])在(?!线)|(?<![关对由属处等少低至])(?<!(?<!单)位)于|(?<![理自])由(?!于)")
_SAID_TWICE: Final = re.compile(rf"(?:{VERB.pattern})\([^()]{{1,8}}\)$")
"""Two verbs before one object: 收到（接到）通知后."""
_AT_AN_EVENT: Final = re.compile("[在于].+[^内中里时间]$")
_MODAL: Final = re.compile("(?:时限|期限|时间)[为是]|应当|应该|必须|须|可以|并(?!购)")
_FIGURE: Final = re.compile(f"[{GLYPHS}]+(?:个?工作日|个?自然日|个月|个?小时|[日天年])(?!起)")
_VERB_ALONE: Final = re.compile("(?:收到|接到|受理|送达|立案|作出|做出|交办|知道)(?!的)")


@dataclass(frozen=True, slots=True)
class Begin:
    """The words that start a window: `plain[first:last]`; the phrase with its preposition begins at `whole`."""

    whole: int
    first: int
    last: int
    kinds: tuple[str, ...]


def find_start(plain: Plain, end: int) -> Begin | None:
    """What starts the window whose figure, with its words of direction, begins at `end`; None where nothing does."""
    sentence = plain.sentence(end)
    before = plain.plain[sentence:end]
    filler = _FILLER.search(before)
    bare = before[: filler.start()] if filler else before
    if _THEREAFTER.search(bare):
        return None
    if mark := _AFTER.search(bare):
        return _phrase(plain, sentence + mark.start(), from_verb=True)
    if since := last_of(_SINCE, before):
        if _ANOTHER_STEP.search(before, since.end()):
            return None
        if not _FIGURE.search(before, since.end()):
            return _phrase(plain, sentence + since.start())
    elif mark := _PLAIN_SINCE.search(bare):
        start = _phrase(plain, sentence + mark.start())
        return start if start and start.whole < start.first else None
    if step := _FROM_TO.search(bare):
        return _from(plain, sentence + step.start("first"), sentence + step.end("first"), sentence + step.start())
    if not filler and (verb := last_of(_VERB_ALONE, before[plain.clause(end) - sentence :])):
        return _from(plain, plain.clause(end) + verb.start(), end)
    return _after_in_an_earlier_clause(plain, sentence, end)


def _after_in_an_earlier_clause(plain: Plain, sentence: int, end: int) -> Begin | None:
    """收到申请后, the office shall within …: no other figure stands between, nor a case without a sure verb."""
    comma = plain.plain.rfind("后,", sentence, end)
    if comma < 0 or _FIGURE.search(plain.plain, comma, end) or not _AFTER.search(plain.plain, sentence, comma + 1):
        return None
    if _ANOTHER_STEP.search(plain.plain, comma + 2, end):
        return None
    start = _phrase(plain, comma, from_verb=True)
    is_sure = start and VERB.search(plain.plain, start.first, start.last)
    return start if is_sure or "的," not in plain.plain[comma:end] else None


def find_event(plain: Plain, end: int) -> Begin | None:
    """The event from which a window whose figure begins at `end` counts back (举行听证的七个工作日前), if named."""
    clause = plain.clause(end)
    words = plain.plain[clause:end]
    bare = _BEFORE_FIGURE.sub("", words)
    start = _phrase(plain, clause + len(bare))
    if start is None:
        return None
    is_event = (
        _AT_AN_EVENT.match(plain.plain, start.whole, start.last)
        or words.endswith("前")
        or plain.plain.startswith("前", end)
        or _EVENT.search(plain.plain, start.first, start.last)
    )
    return start if is_event else None


def _phrase(plain: Plain, end: int, *, from_verb: bool = False) -> Begin | None:
    """The words of a trigger that end at `end`: from their preposition, else their verb, else after a modal."""
    bracket = plain.plain.rfind("(", 0, end) if plain.plain.endswith(")", 0, end) else -1
    clause = plain.clause(bracket if bracket > 0 else end)
    if bracket < 0 and (said_twice := _SAID_TWICE.search(plain.plain, 0, clause)):
        clause = plain.clause(said_twice.start())
    words = plain.plain[clause:end]
    if found := last_of(_FROM, words) or last_of(_AT, words):
        return _from(plain, clause + found.end(), end, clause + found.start())
    if from_verb and (found := VERB.search(words)) and found.end() < len(words):
        return _from(plain, clause + found.start(), end)
    found = last_of(_MODAL, words)
    return _from(plain, clause + (found.end() if found else 0), end)


def _from(plain: Plain, first: int, last: int, whole: int | None = None) -> Begin | None:
    if first >= last:
        return None
    return Begin(first if whole is None else whole, first, last, kinds_of(plain.plain[first:last]))
