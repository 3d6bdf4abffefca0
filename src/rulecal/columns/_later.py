"""Packages that only columns need: loaded when first used, and where one is missing, what to install."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from rulecal.errors import MissingExtraError


def needed(package: str, extra: str) -> ModuleType:
    """A package, or an error that says which extra brings it.

    Raises:
        MissingExtraError: If it is not installed (also an `ImportError`).

    >>> needed("json", "none").dumps([1])
    '[1]'
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as err:
        if err.name != package.partition(".")[0]:
            raise
        raise MissingExtraError(
            f"this needs {err.name}, which is not installed",
            hint=f"pip install 'rulecal[{extra}]'",
            package=err.name,
            extra=extra,
        ) from None


class Later(ModuleType):
    """A package that is imported when one of its names is first asked for; the name is kept, so it costs once.

    >>> Later("json", "none").loads("[1]")
    [1]
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(package)
        self._extra = extra

    def __getattr__(self, name: str) -> object:
        found = getattr(needed(self.__name__, self._extra), name)
        setattr(self, name, found)
        return found
