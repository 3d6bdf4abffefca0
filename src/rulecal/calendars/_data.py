"""The calendar data that comes with the package, read once."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """One TOML file of the package's data; readers do not change what they get."""
    import tomllib  # noqa: PLC0415  (20 ms, with the next, that `import rulecal` can do without)
    from importlib.resources import files  # noqa: PLC0415

    return tomllib.loads((files("rulecal") / "data" / name).read_text(encoding="utf-8"))


@cache
def names(folder: str) -> frozenset[str]:
    """The names, without their ending, of the TOML files in a folder of the package's data."""
    from importlib.resources import files  # noqa: PLC0415

    found = (files("rulecal") / "data" / folder).iterdir()
    return frozenset(file.name.removesuffix(".toml") for file in found if file.name.endswith(".toml"))
