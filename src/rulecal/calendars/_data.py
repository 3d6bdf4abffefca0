"""The calendar data that comes with the package, read once."""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Final

_FOLDER: Final = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")  # noqa: PTH118, PTH120  (see below)
"""A plain path: `importlib.resources` and `pathlib` would double what `import rulecal` costs."""


@cache
def read(name: str) -> dict[str, Any]:
    """One TOML file of the package's data; readers do not change what they get."""
    import tomllib  # noqa: PLC0415  (who needs no calendar needs no parser)

    with open(os.path.join(_FOLDER, name), "rb") as file:  # noqa: PTH118, PTH123
        return tomllib.load(file)


@cache
def names(folder: str) -> frozenset[str]:
    """The names, without their ending, of the TOML files in a folder of the package's data."""
    found = os.listdir(os.path.join(_FOLDER, folder))  # noqa: PTH118, PTH208
    return frozenset(name.removesuffix(".toml") for name in found if name.endswith(".toml"))
