"""What rules leave unsaid, or say in two ways, on which no date hangs: for the linter."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Final

from rulecal.deadlines.catalogue import catalogue
from rulecal.deadlines.lint_written import is_written
from rulecal.law.limit import Kind, Window
from rulecal.law.norm import Norm
from rulecal.law.source import Certainty
from rulecal.present.terms import limit_words
from rulecal.text import LANGUAGES, Text


def undated(norm: Norm, known: set[str]) -> Iterator[tuple[str, Text]]:
    """What it leaves unsaid, or says in two ways, on which no date hangs: what that is called, and the words."""
    unsaid = {
        "title": norm.instrument is not None and not (norm.title.zh.strip() and norm.instrument.title.strip()),
        "trigger": isinstance(norm.limit, Window) and not any(map(str.strip, norm.trigger.kinds)),
        "clause": norm.instrument is not None and not norm.clause,
        "region": norm.instrument is not None and norm.instrument.level == "local" and norm.region is None,
        "level": norm.instrument is not None
        and norm.instrument.level == "national"
        and norm.instrument.region is not None,
        "certainty": norm.certainty is Certainty.MEMORY,
        "order": norm.kind is Kind.SEQUENCE and len(norm.order) < _TWO,
        "term": norm.kind is Kind.SOFT and not norm.term.strip(),
        "refers_to": norm.kind is Kind.REFERENCE and not {*norm.refers_to} - {norm.id},
    }
    yield from ((what, _SAYS[what]) for what, is_so in unsaid.items() if is_so)
    unheld = "、".join(each for each in norm.refers_to if each not in known)
    if unheld:
        yield "refers_to", Text(f"所引规则不在目录中：{unheld}", f"refers to what nobody holds: {unheld}")
    if any(not each.clause for each in norm.deemed):
        yield "deemed", _SAYS["deemed"]
    yield from (("trigger", says) for kind in norm.trigger.kinds for says in _like_another(kind))
    if norm.limit is not None and not is_written(norm.limit, norm.written):
        zh, en = (limit_words(norm.kind, norm.limit, lang) for lang in LANGUAGES)
        yield "written", Text(f"written 写“{norm.written}”，与“{zh}”不符", f"written says {norm.written}, not: {en}")


def _like_another(kind: str) -> Iterator[Text]:
    """A kind of trigger that no rule of the package has, and that looks like one that some have."""
    kinds = _kinds()
    near = difflib.get_close_matches(kind, kinds, n=1, cutoff=0.8) if kind not in kinds else []
    for each in near:
        yield Text(
            f"起算事由 {kind} 未见于目录；是否为 {each}", f"no rule of the package starts from {kind}; is it {each}?"
        )


@cache
def _kinds() -> frozenset[str]:
    """The kinds of trigger of the rules of the package."""
    return frozenset(kind for rule in catalogue().values() for norm in rule.norms for kind in norm.trigger.kinds)


_TWO: Final = 2
"""The steps of a sequence, at least."""
_SAYS: Final = {
    "level": Text(
        '写了地区而未写地方文件，按全国性文件计算；请写 level = "local"',
        'a text with a region counts as a national one; write level = "local"',
    ),
    "order": Text("先后顺序不足两步；请写 order", "fewer than two steps in a sequence; write order"),
    "term": Text("未写弹性用语；请写 term", "no soft word is given; write term"),
    "refers_to": Text("未写所引规则；请写 refers_to", "nothing else is referred to; write refers_to"),
    "deemed": Text("视为起算未写条款；请写 clause", "what is deemed names no clause; write clause"),
    "title": Text("规则或文件没有名称；请写 title", "the rule or its text has no title; write title"),
    "clause": Text("未写条款；请写 clause", "no clause or article is given; write clause"),
    "trigger": Text("未写起算事由；请写 trigger", "no kind of trigger is given; write trigger"),
    "region": Text("地方文件未写地区，按全国日历计算；请写 region", "a local text counts nationally; write region"),
    "certainty": Text("凭记忆，未核对原文", "from memory, not checked against the text"),
}
