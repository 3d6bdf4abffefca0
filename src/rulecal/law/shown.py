"""A value of a file as the file would have it: faults are read by people who write TOML, not Python."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

_DEEP: Final = 4
"""How many tables and lists within each other are shown."""
_DIGITS: Final = 10**80


def shown(value: object, deep: int = _DEEP) -> str:
    """A value in the words of TOML, on one line; what lies too deep in it is left out.

    >>> from datetime import date
    >>> print(shown({"first": date(2022, 1, 1), "usual": True, "lead": ["某局", 3]}))
    { first = 2022-01-01, usual = true, lead = ["某局", 3] }
    """
    match value:
        case bool() | None:
            return json.dumps(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case int() if abs(value) >= _DIGITS:  # too many digits to be written out
            return f"{value:#x}"
        case Mapping() | list() if value and not deep:
            return "…"
        case Mapping() if value:
            return f"{{ {', '.join(f'{key} = {shown(each, deep - 1)}' for key, each in value.items())} }}"
        case list():
            return f"[{', '.join(shown(each, deep - 1) for each in value)}]"
        case _:
            return str(value)
