"""How the documentation is built: `sphinx-build -W -b html docs docs/_build`."""

from functools import partial
from importlib.metadata import version as _version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "rulecal"
author = "the rulecal authors"
project_copyright = author
version = release = _version("rulecal")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["examples", "notebooks", "_build", "figures"]

myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "rulecal"


def _swap(old: str, new: str, _app: object, what: str, *rest: object) -> None:
    lines = rest[-1]
    if what in {"attribute", "property"} and isinstance(lines, list):
        lines[:] = [line.replace(old, new) for line in lines]


def setup(app: "Sphinx") -> None:
    """Hide the colons of attributes from napoleon, which takes what stands before one for a type."""
    app.connect("autodoc-process-docstring", partial(_swap, ": ", "\0 "), priority=400)
    app.connect("autodoc-process-docstring", partial(_swap, "\0 ", ": "), priority=600)
