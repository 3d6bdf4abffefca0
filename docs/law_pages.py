"""Pages of the law as the catalogue holds it, written from the data when the site is built: one page an instrument."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import rulecal as rc
from rulecal.law.limit import Kind, Roll, Start, Unit, Window
from rulecal.law.norm import Norm
from rulecal.law.source import Certainty, Citation, Force, Instrument, UnitClause
from rulecal.present.terms import CERTAINTIES, KINDS, amount, limit_words

TITLE = "The law as held"
ROLLS = {
    Roll.YES: "moves off a day off",
    Roll.NO: "does not move",
    Roll.UNCLEAR: "whether it moves is open: two readings",
}
STARTS = {Start.SAME_DAY: "the trigger day is counted", Start.UNCLEAR: "whether the trigger day is counted is open"}


def write(folder: Path) -> None:
    """Write all pages into a folder, and remove those of instruments that are no longer held."""
    pages = {f"{name}.md": _page(name, rules) for name, rules in _instruments().items()}
    pages["index.md"] = _index()
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:  # an unchanged page is not built again
            path.write_text(text, encoding="utf-8")


def _instruments() -> dict[str, list[rc.Rule]]:
    found: dict[str, list[rc.Rule]] = {}
    for rule in rc.catalogue().values():
        found.setdefault(rule.id.partition("/")[0], []).append(rule)
    return found


def _texts(rules: Iterable[rc.Rule]) -> list[Instrument]:
    """The texts of an instrument that are held, the latest first."""
    texts = {norm.instrument for rule in rules for norm in rule.norms if norm.instrument}
    return sorted(texts, key=lambda text: str(text.force), reverse=True)


# one page ------------------------------------------------------------------------------------------------------------


def _page(name: str, rules: list[rc.Rule]) -> str:
    texts = _texts(rules)
    blocks = [f"# {escape(texts[0].title)}", f"Rules of this instrument have ids of the form `{name}/…`."]
    if len(texts) > 1:
        blocks += ["## Versions side by side", _side_by_side(rules, texts)]
    for text in texts:
        norms = [norm for rule in rules for norm in rule.norms if norm.instrument == text]
        heading = f"## In force {text.force}" if len(texts) > 1 else "## The text"
        blocks += [heading, _facts(text), _table(_HEADS, map(_row, norms))]
    return "\n\n".join(blocks) + "\n"


_HEADS = ("rule", "article", "limit", "runs from", "last day", "who", "stops, extends", "certainty, notes")


def _facts(text: Instrument) -> str:
    lines = [f"{text.title}（{text.number}）" if text.number else text.title]
    if text.issuer:
        lines.append(f"issued by {text.issuer}")
    if text.region:
        lines.append(f"counted in the calendar of {text.region}")
    lines.append(f"in force: {text.force}")
    lines += [f"text of {text.text_of}"] if text.text_of else []
    lines += [f"days: {_unit_clause(text.days)}"] if text.days else ["days: no unit clause; 日 are calendar days"]
    facts = [escape(line) for line in lines]
    facts += [f"source: <{text.source}>"] if text.source else []
    facts += [f"checked on {text.checked}"] if text.checked else []
    facts += [f"counting: {_cited(each)}" for each in text.counting]
    by_analogy = "counting: no clause of its own; by analogy with civil law, today 民法典 200–202 (our inference)"
    facts += [] if text.counting else [by_analogy]
    facts += [unsure(f"from memory, not checked: {', '.join(text.from_memory)}")] if text.from_memory else []
    return "\n".join(f"- {fact}" for fact in facts)


def _unit_clause(clause: UnitClause) -> str:
    if clause.all:
        words = "working days, whatever the length"
    elif clause.up_to:
        words = f"up to {clause.up_to} are working days, more are calendar days"
    else:
        words = f"{', '.join(map(str, clause.amounts))} are working days, all others calendar days"
    return f"{words} (article {clause.clause})"


def _side_by_side(rules: list[rc.Rule], texts: list[Instrument]) -> str:
    """A row a rule, a column a text: what it has there, and under which article."""
    oldest_first = texts[::-1]

    def cell(rule: rc.Rule, text: Instrument) -> list[str]:
        norm = next((norm for norm in rule.norms if norm.instrument == text), None)
        return (
            ["—"] if norm is None else [escape(limit_words(norm.kind, norm.limit, "en")), _article(norm), _mark(norm)]
        )

    heads = ("rule", *(str(text.force) for text in oldest_first))
    rows = (
        [[_anchor(rule.id), escape(rule.title["en"])], *(cell(rule, text) for text in oldest_first)] for rule in rules
    )
    return _table(heads, rows)


def _row(norm: Norm) -> list[list[str]]:
    return [
        [_anchor(norm.id), f"**{escape(norm.title['en'])}**", escape(norm.title["zh"])],
        [_article(norm), escape(norm.written), _mark(norm)],
        [escape(line) for line in _limit(norm)],
        [
            escape(norm.trigger.text["en"]),
            escape(norm.trigger.text["zh"]),
            *(f"`{kind}`" for kind in norm.trigger.kinds),
        ],
        [escape(line) for line in _last_day(norm)],
        [escape(line) for line in (norm.actor["en"], norm.actor["zh"], "、".join(norm.lead))],
        [escape(line) for line in _beside(norm)],
        list(_certainty(norm)),
    ]


def _anchor(rule_id: str) -> str:
    return f"`{rule_id.partition('/')[2]}`"


def _article(norm: Norm) -> str:
    clause = norm.clause
    return escape(f"第{clause}条" if clause.isdecimal() else clause or "article not seen")


def _mark(norm: Norm) -> str:
    """How sure the figure is, beside the figure, where it is not verified."""
    return "" if norm.certainty is Certainty.VERIFIED else unsure(CERTAINTIES[norm.certainty]["en"])


def _limit(norm: Norm) -> Iterator[str]:
    yield limit_words(norm.kind, norm.limit, "en")
    if norm.limit:
        yield limit_words(norm.kind, norm.limit, "zh")
        yield f"({KINDS[norm.kind]['en']})"
    yield from (f"{step['en']} {'→' if step is not norm.order[-1] else ''}" for step in norm.order)
    if norm.rate is not None:
        yield f"{norm.rate} %"
    yield norm.term
    for each in norm.variations:
        yield f"other reading: {each.name.replace('-', ' ')}, {each.cause['en']}"


def _last_day(norm: Norm) -> Iterator[str]:
    limit = norm.limit
    if not isinstance(limit, Window):
        return
    if norm.kind is not Kind.COUNT_BACK and limit.period.unit not in {Unit.WORKING_DAY, Unit.HOUR}:
        yield ROLLS[limit.roll]
    if norm.kind is Kind.COUNT_BACK and limit.period.unit is not Unit.HOUR:
        yield "clear days between, or not: two readings"
    yield STARTS.get(limit.start, "")
    if limit.usual:
        yield "一般: stated reasons may shorten it"
    if limit.lengthens:
        yield f"{limit.lengthens} or more days off in a row inside make it longer"


def _beside(norm: Norm) -> Iterator[str]:
    for excluded in norm.excludes:
        where = f"《{excluded.title}》{excluded.clause}" if excluded.title else excluded.clause
        writing = ", told in writing" if excluded.in_writing else ""
        yield f"not counted: {'、'.join(excluded.reasons)} ({where}{writing}){_sure(excluded.certainty)}"
    if norm.extension:
        extension = norm.extension
        length = amount(extension.period.amount, extension.period.unit, "en") if extension.period else "no figure"
        times = f" up to {extension.times} times" if extension.times > 1 else ""
        yield f"extension: {length}{times}, {extension.by['en']} ({extension.clause}){_sure(extension.certainty)}"
    for deemed in norm.deemed:
        says, on = deemed.says["en"], _days(deemed.force)
        yield f"deemed from {deemed.kind}: {says} ({deemed.clause}){on}{_sure(deemed.certainty)}"
    for table in norm.published:
        yield f"table: {table.number}{_sure(table.certainty)}"


def _days(force: Force) -> str:
    return f" ({force})" if force != Force() else ""


def _sure(certainty: Certainty) -> str:
    return "" if certainty is Certainty.VERIFIED else f" [{CERTAINTIES[certainty]['en']}]"


def _certainty(norm: Norm) -> Iterator[str]:
    yield _mark(norm) or escape(CERTAINTIES[norm.certainty]["en"])
    if norm.inferred:
        yield escape(f"inferred: {', '.join(norm.inferred)}")
    if norm.own_force:
        yield escape(f"in force: {norm.own_force}")
    yield from (f"→ `{each}`" for each in norm.refers_to)
    yield from (_cited(each) for each in norm.also)
    yield from (f"counting: {_cited(each)}" for each in _own_counting(norm))
    yield from (escape(note["en"]) for note in norm.notes)


def _own_counting(norm: Norm) -> Iterator[Citation]:
    """The articles of counting that are the rule's alone: neither its text's nor the clause that gives the unit."""
    text = norm.instrument
    if text is not None:
        clause = text.title, text.days.clause if text.days else None
        yield from (
            each for each in norm.counting if each not in text.counting and (each.title, each.article) != clause
        )


def _cited(citation: Citation) -> str:
    says = f": {citation.says['en']}" if citation.says else ""
    return escape(f"{citation}{says}{_days(citation.force)}{_sure(citation.certainty)}")


# the overview --------------------------------------------------------------------------------------------------------


def _index() -> str:
    held = _instruments()
    rows = []
    for name, rules in held.items():
        texts = _texts(rules)
        sure = [norm.certainty for rule in rules for norm in rule.norms]
        counts = [f"{sure.count(each)} {CERTAINTIES[each]['en']}" for each in Certainty if each in sure]
        shown = [unsure(count) if "memory" in count else escape(count) for count in counts]
        forces = [escape(str(text.force)) for text in texts]
        rows.append([[f"[{escape(texts[0].title)}]({name}.md)", f"`{name}`"], forces, [str(len(rules))], shown])
    n = sum(map(len, held.values()))
    intro = (
        f"{n} rules of {len(held)} instruments, written from the data when this site was built: facts and figures, "
        "in our own words: the text of the law is at the source that each page names. What is not verified says so."
    )
    return f"# {TITLE}\n\n{intro}\n\n{_table(('instrument', 'in force', 'rules', 'how sure'), rows)}\n"


# Markdown ------------------------------------------------------------------------------------------------------------


def escape(text: str) -> str:
    """Text in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>|#$~{}])", r"\\\1", text)


def unsure(text: str) -> str:
    """Text marked as not verified."""
    return f'<span class="unsure">{escape(text)}</span>'


def _table(heads: Iterable[str], rows: Iterable[list[list[str]]]) -> str:
    """A table whose cells are lists of lines; empty lines are left out."""
    lines = ["```{list-table}", ":header-rows: 1", ":class: law", ""]
    for row in ([[head] for head in heads], *rows):
        for i, cell in enumerate(row):
            said = [line for line in cell if line.strip()] or ["·"]
            lines.append(f"{'* -' if i == 0 else '  -'} " + "\\\n    ".join(said))
    return "\n".join([*lines, "```"])
