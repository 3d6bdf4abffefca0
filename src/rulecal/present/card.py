"""A rule in words, without a date: what it asks for, where it stands, by what it is counted, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rulecal.law.norm import ARTICLE_NOT_SEEN
from rulecal.law.source import Certainty, article
from rulecal.present.terms import CERTAINTIES, KINDS, amount, limit_words
from rulecal.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rulecal.law.norm import Norm
    from rulecal.law.provision import Deeming, Excluding, Extending
    from rulecal.law.source import Citation, Force


def card(norm: Norm, lang: Language) -> str:
    """What a rule says, a line each: title, kind, limit, sources, what stops and extends it, what to know."""
    kind = Text("类型", "Kind")[lang]
    lines = [title_line(norm, lang), f"{kind}: {KINDS[norm.kind][lang]}"]
    if norm.limit or norm.written:
        lines.append(limit_line(norm, lang))
    lines += source_lines(norm.citations, norm.counted_by, lang, norm.force)
    lines += _beside(norm, lang)
    notes = (ARTICLE_NOT_SEEN, *norm.notes) if norm.is_article_unseen else norm.notes
    lines += [f"  - {note[lang]}" for note in notes]
    return "\n".join(lines)


def title_line(norm: Norm, lang: Language) -> str:
    """What it is about, and its id."""
    title = norm.title[lang] or limit_words(norm.kind, norm.limit, lang)
    return f"{Text('事项', 'Rule')[lang]}: {title}{f' [{norm.id}]' if norm.id else ''}"


def limit_line(norm: Norm, lang: Language) -> str:
    """The limit, as the text writes it, and from when it runs."""
    words = f"{limit_words(norm.kind, norm.limit, lang)}{f'（{norm.written}）' if norm.written else ''}"
    if norm.trigger.text:
        words += f"; {Text('起算', 'from')[lang]}: {norm.trigger.text[lang]}"
    return f"{Text('期限', 'Limit')[lang]}: {words}"


def source_lines(
    citations: Sequence[Citation], counted_by: Sequence[Citation], lang: Language, days: Force | None = None
) -> list[str]:
    """Where it stands and by what it is counted, and how sure each is; of `days`, on which of them, if not on all."""
    heads = {True: Text("计算", "Counting"), False: Text("依据", "Source")}
    return [f"{heads[each in counted_by][lang]}: {_cited(each, lang, days)}" for each in citations]


def _cited(citation: Citation, lang: Language, days: Force | None) -> str:
    says = f": {citation.says[lang]}" if citation.says else ""
    return f"{citation}{says}{_only(citation.force, days, lang)}{sure(citation.certainty, lang)}"


def _only(force: Force, days: Force | None, lang: Language) -> str:
    """On which of some days something holds, where not on all of them."""
    return f" ({_days(force, lang)})" if days and not force.covers(days) else ""


def _days(force: Force, lang: Language) -> str:
    first, last = (str(day or "…") for day in (force.first, force.last))
    return Text(f"{first}至{last}", f"{first} to {last}")[lang]


def sure(certainty: Certainty, lang: Language) -> str:
    """How sure something is, where it is not verified."""
    return "" if certainty is Certainty.VERIFIED else f" [{CERTAINTIES[certainty][lang]}]"


def _beside(norm: Norm, lang: Language) -> Iterator[str]:
    if norm.actor:
        yield f"{Text('承办', 'Actor')[lang]}: {norm.actor[lang]}"
    for each in norm.excludes:
        yield f"{Text('不计入', 'Not counted')[lang]}: {_excluding(each, lang)}{sure(each.certainty, lang)}"
    if norm.extension:
        extension = norm.extension
        yield f"{Text('延长', 'Extension')[lang]}: {_extending(extension, lang)}{sure(extension.certainty, lang)}"
    for deemed in norm.deemed:
        on = _only(deemed.force, norm.force, lang)
        yield f"{Text('视为起算', 'Deemed')[lang]}: {_deeming(deemed, lang)}{on}{sure(deemed.certainty, lang)}"
    for table in norm.published:
        yield f"{Text('公布的期限表', 'Published table')[lang]}: {table.number}{sure(table.certainty, lang)}"
    if norm.force.first or norm.force.last:
        yield f"{Text('施行', 'In force')[lang]}: {_days(norm.force, lang)}"
    if norm.refers_to:
        yield f"{Text('期限见', 'The figure stands in')[lang]}: {', '.join(norm.refers_to)}"


def _article(clause: str, lang: Language) -> str:
    if not clause:
        return ""
    shown = article(clause)
    return f"（{shown}）" if lang == "zh" else f" ({shown})"


def _excluding(excluding: Excluding, lang: Language) -> str:
    writing = Text("；须书面告知当事人", "; the party must be told in writing")[lang] if excluding.in_writing else ""
    title = f"《{excluding.title}》" if excluding.title else ""
    return f"{'、'.join(excluding.reasons)}{title}{_article(excluding.clause, lang)}{writing}"


def _extending(extending: Extending, lang: Language) -> str:
    parts = [amount(extending.period.amount, extending.period.unit, lang)] if extending.period else []
    if extending.times > 1:
        parts.append(Text(f"至多{extending.times}次", f"up to {extending.times} times")[lang])
    if extending.by:
        parts.append(Text(f"由{extending.by.zh}批准", f"decided by {extending.by.en}")[lang])
    if extending.in_writing:
        parts.append(Text("须书面告知", "the party is told in writing")[lang])
    return f"{Text('，', ', ')[lang].join(parts)}{_article(extending.clause, lang)}"


def _deeming(deeming: Deeming, lang: Language) -> str:
    says = f": {deeming.says[lang]}" if deeming.says else ""
    return f"{deeming.kind}{says}{_article(deeming.clause, lang)}"
