"""A deadline as a small table, for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rulecal.present.card import sure
from rulecal.present.explain import step_lines, when
from rulecal.present.terms import limit_words

if TYPE_CHECKING:
    from rulecal.law.source import Citation
    from rulecal.present.view import View


def to_html(view: View) -> str:
    """The due date, the limit, the source, the readings and the steps, as one HTML table; all text is escaped."""
    rule = view.rule
    rows = [
        ("届满日 due", f"<b>{escape(when(view.due, 'en'))}</b>"),
        ("事项 rule", _both(rule.title.zh, rule.title.en) if rule.title else ""),
        ("期限 limit", _both(limit_words(rule.kind, rule.limit, "zh"), limit_words(rule.kind, rule.limit, "en"))),
        ("依据 source", "<br>".join(_cited(citation) for citation in view.citations)),
    ]
    if len(view.readings) > 1:
        said = (f"{escape(when(first, 'en'))} {_both(cause.zh, cause.en)}" for cause, first, _ in view.readings)
        rows.append(("读法 readings", "<br>".join(said)))
    rows.append(("步骤 steps", f"<pre style='margin:0'>{escape(chr(10).join(step_lines(view, 'en')))}</pre>"))
    rows += [("注意 note", _both(caveat.zh, caveat.en)) for caveat in view.caveats]
    cells = (f"<tr><th style='text-align:left'>{head}</th><td>{cell}</td></tr>" for head, cell in rows if cell)
    return f"<table>{''.join(cells)}</table>"


def _cited(citation: Citation) -> str:
    return escape(f"{citation}{sure(citation.certainty, 'zh')}{sure(citation.certainty, 'en')}")


def _both(zh: str, en: str) -> str:
    return escape(f"{zh} {en}".strip())
