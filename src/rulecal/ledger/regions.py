"""Whose days count for the rows of a Parquet ledger: regions that have the same local days are judged as one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rulecal.calendars.regional import resolve
from rulecal.columns._later import needed
from rulecal.errors import UnknownRegionError
from rulecal.ledger.cells import text

if TYPE_CHECKING:
    from rulecal.deadlines.rule import Rule

_BETWEEN: Final = "\n"
"""Parts a rule from its region; no region has one."""
_NATIONAL: Final = "-"


def named(table: Any, default: str | None) -> Any:
    """The region that each row names, else the default; empty for that of its rule."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    if "region" not in table.column_names:
        return pa.chunked_array([pa.repeat(default or "", len(table))])
    given = text(table["region"])
    return pc.if_else(pc.equal(given, ""), default or "", given)


def in_regions(rules: Any, regions: Any, held: Mapping[str, Rule]) -> tuple[Any, dict[str, Rule], Any]:
    """Each row's rule in its region under one name, the rules by these names, and which regions are none."""
    pa, pc = needed("pyarrow", "parquet"), needed("pyarrow.compute", "parquet")
    coded = regions.combine_chunks().dictionary_encode()
    days = [_days(each) for each in coded.dictionary.to_pylist()]
    nowhere = pa.array([each is None for each in days], pa.bool_()).take(coded.indices)
    whose = pa.array([each or "" for each in days], pa.string()).take(coded.indices)
    names = pc.binary_join_element_wise(rules, pa.chunked_array([whose]), _BETWEEN)
    found = {}
    for name in pc.unique(names).to_pylist():
        key, _, place = name.rpartition(_BETWEEN)
        if key in held:
            found[name] = held[key].in_region(None if place == _NATIONAL else place) if place else held[key]
    return names, found, pa.chunked_array([nowhere])


@lru_cache(maxsize=8192)
def _days(region: str) -> str | None:
    """Whose local days a region has: an overlay's, or none but the national; empty for the rule's own, None for none.

    >>> [_days(each) for each in ("640500", "中卫", "110000", "", "999999")]
    ['640000', '640000', '-', '', None]
    """
    try:
        return (resolve(region)[0] or _NATIONAL) if region else ""
    except UnknownRegionError:
        return None
