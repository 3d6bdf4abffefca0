"""The calendar data that comes with the package, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """One TOML file of the package's data; readers do not change what they get."""
    return tomllib.loads((files("rulecal") / "data" / name).read_text(encoding="utf-8"))
