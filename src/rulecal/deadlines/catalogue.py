"""The catalogue: rules by id, those that come with the package and one's own."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rulecal.calendars.divisions import wrong_region
from rulecal.civil import to_day
from rulecal.deadlines.rule import Rule
from rulecal.errors import CatalogueError, UnknownRuleError
from rulecal.law.catalogue import load, shipped, shipped_ids
from rulecal.law.reader import Checks
from rulecal.law.write import write_norm
from rulecal.needs import each_of, need
from rulecal.present.terms import limit_words
from rulecal.text import LANGUAGES, Text

if TYPE_CHECKING:
    from rulecal.law.norm import Norm


_RULES: Final = "a mapping of ids to rules"


class Catalogue(Mapping[str, Rule]):
    """Rules by id, read-only. `rules | mine` joins two; an id in both is an error."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        need(rules, Mapping, "rules", _RULES)  # type: ignore[type-abstract]
        if not isinstance(rules, _Shipped):  # which is read piece by piece
            each_of(rules, str, "the id of a rule", _RULES)
            each_of(rules.values(), Rule, "a rule", _RULES)
        self._rules = rules

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule with an id.

        Raises:
            UnknownRuleError: If there is none (also a `KeyError`); the hint names near ones.
        """
        found = self._held(rule_id)
        if found is None:
            near = difflib.get_close_matches(str(rule_id), list(self._rules), n=1)
            hint = f"did you mean {near[0]}?" if near else "list the ids with `rulecal rules`"
            raise UnknownRuleError(f"no rule has the id {rule_id!r}", hint=hint, rule=rule_id, near="".join(near))
        return found

    def _held(self, rule_id: object) -> Rule | None:
        return self._rules.get(rule_id) if isinstance(rule_id, str) else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: object) -> bool:
        return isinstance(rule_id, str) and rule_id in self._rules

    def __or__(self, other: object) -> Catalogue:
        """Both together.

        Raises:
            CatalogueError: If an id is in both.
        """
        if not isinstance(other, Catalogue):
            return NotImplemented
        both = sorted(self._rules.keys() & other._rules.keys())
        if both:
            raise CatalogueError(f"in both catalogues: {', '.join(both)}", hint="give one of them another id", ids=both)
        return Catalogue({**self._rules, **other._rules})

    def behind(self, rule_id: str, *, region: str | None = None) -> Catalogue:
        """The rules that bind where one refers to others (援引), each in the region of the one that refers.

        References of references are followed; ids that the catalogue does not hold are left out.

        >>> import rulecal as rc
        >>> binding = rc.catalogue().behind("zhongwei-2022/information-disclosure")
        >>> binding["information-disclosure/reply"].deadline(date(2022, 6, 20)).due
        datetime.date(2022, 7, 20)
        """
        start = self[rule_id]
        region, found, waiting = region or start.region, dict[str, Rule](), list(start.refers_to)
        while waiting:
            each = waiting.pop(0)
            if each not in found and each != rule_id and each in self:
                found[each] = self[each].in_region(region)
                waiting += found[each].refers_to
        return Catalogue(found)

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self)} rules>"

    def find(self, words: str) -> Catalogue:
        """The rules in which each word occurs: in the id, the titles, clause, units, limit or the text's words.

        >>> import rulecal as rc
        >>> list(rc.catalogue().find("设施农业"))
        ['zhongwei-2022/farm-facility-filing']
        """
        wanted = need(words, str, "words", "a text such as '备案'").casefold().split()
        return Catalogue({k: rule for k, rule in self._rules.items() if all(w in _haystack(rule.norm) for w in wanted)})

    def of(self, instrument: str) -> Catalogue:
        """The rules of the instruments whose id, number or title contains a text.

        >>> import rulecal as rc
        >>> len(rc.catalogue().of("卫政办发〔2022〕24号")) >= 46
        True
        """
        need(instrument, str, "an instrument", "a part of its id, number or title")
        return Catalogue({key: rule for key, rule in self._rules.items() if _is_of(rule.norm, instrument)})

    def on(self, day: date) -> Catalogue:
        """The rules in force on a day, each in the version of that day."""
        day = to_day(day)
        inforce = {key: rule for key, rule in self._rules.items() if any(day in norm.force for norm in rule.norms)}
        return Catalogue({key: rule.at(day) for key, rule in inforce.items()})

    def to_records(self) -> list[dict[str, object]]:
        """One flat record a rule, for a data frame."""
        return [record(rule) for rule in self._rules.values()]


def _haystack(norm: Norm) -> str:
    instrument = (norm.instrument.title, norm.instrument.number) if norm.instrument else ()
    words = (norm.id, norm.title.zh, norm.title.en, norm.clause, norm.written, norm.term, *norm.lead, *norm.support)
    limits = (limit_words(norm.kind, norm.limit, lang) for lang in LANGUAGES)
    return "\n".join((*words, *limits, *norm.trigger.text_words, *instrument)).casefold()


def _is_of(norm: Norm, name: str) -> bool:
    return norm.instrument is not None and any(
        name in text for text in (norm.instrument.id, norm.instrument.number, norm.instrument.title)
    )


def record(rule: Rule) -> dict[str, object]:
    """A rule as one flat record, for a data frame."""
    norm, instrument = rule.norm, rule.norm.instrument
    table = write_norm(norm)
    keys = ("amount", "unit", "roll", "start", "month", "day", "word", "year", "at_least", "at_most", "written")
    return {
        "id": rule.id,
        "title_zh": norm.title.zh,
        "title_en": norm.title.en,
        "kind": norm.kind.value,
        **{key: table.get(key) for key in keys},
        "trigger": "、".join(norm.trigger.kinds),
        "instrument": instrument.title if instrument else None,
        "number": instrument.number if instrument else None,
        "clause": norm.clause,
        "region": norm.region,
        "lead": "、".join(norm.lead),
        "support": "、".join(norm.support),
        "certainty": norm.certainty.value,
        "refers_to": "、".join(norm.refers_to),
        "computable": rule.is_computable,
    }


def catalogue(path: str | Path | None = None) -> Catalogue:
    """The rules that come with the package, or those of a TOML file or folder of one's own.

    Raises:
        FaultGroup: With every fault of every file, each a `CatalogueError`; also where two versions of a rule are in
            force on one day.
        CatalogueError: If there is no such file.
        InvalidArgumentError: If `path` is no path.

    >>> rules = catalogue()
    >>> rules["zhongwei-2022/leaders-lectures"].limit.at_least
    2
    """
    return _SHIPPED if path is None else _of_norms(load(path, Checks(wrong_region)))


def beside(path: str | Path, held: Catalogue) -> Catalogue:
    """The rules of a file or folder of one's own that are to stand beside others: an id of theirs is a fault too.

    A rule that the others hold just so is none.

    Raises:
        FaultGroup: With every fault of every file, each a `CatalogueError`.
        CatalogueError: If there is no such file.
    """

    def needed(norm: Norm) -> Text | None:
        other = held.get(norm.id)
        return None if other is None or norm in other.norms else _TAKEN

    return _of_norms(load(path, Checks(wrong_region, needed)))


_TAKEN: Final = Text("别的编号：此编号已有另一规则", "another id: a rule that is held has this one")


def _of_norms(norms: list[Norm]) -> Catalogue:
    """Rules of norms: those of one id are its versions, each in force on days of its own; the last is shown."""
    found: dict[str, list[Norm]] = {}
    for norm in norms:
        found.setdefault(norm.id, []).append(norm)
    versions = {rule_id: sorted(held, key=lambda norm: norm.force.first or date.min) for rule_id, held in found.items()}
    return Catalogue({rule_id: Rule(held[-1], tuple(held)) for rule_id, held in versions.items()})


class _Shipped(Mapping[str, Rule]):
    """The rules of the package; the texts of an instrument are read when one of its rules is first asked for."""

    def __getitem__(self, rule_id: str) -> Rule:
        return _instrument(str(rule_id).partition("/")[0])[rule_id]

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in shipped_ids()

    def __iter__(self) -> Iterator[str]:
        return iter(shipped_ids())

    def __len__(self) -> int:
        return len(shipped_ids())


@cache
def _instrument(instrument: str) -> Mapping[str, Rule]:
    return _of_norms(shipped(instrument))._rules  # noqa: SLF001


_SHIPPED = Catalogue(_Shipped())
