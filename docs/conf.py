"""How the documentation is built: `sphinx-build -W -b html docs docs/_build`."""

import sys
from functools import partial
from importlib.metadata import version as _version
from pathlib import Path
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
html_static_path = ["_static"]
html_css_files = ["law.css"]


def _swap(old: str, new: str, _app: object, what: str, *rest: object) -> None:
    lines = rest[-1]
    if what in {"attribute", "property"} and isinstance(lines, list):
        lines[:] = [line.replace(old, new) for line in lines]


def _write_law(app: "Sphinx") -> None:
    sys.path.insert(0, str(app.srcdir))
    from law_pages import write  # noqa: PLC0415  (it stands beside this file)

    write(Path(app.srcdir) / "law")


def setup(app: "Sphinx") -> None:
    """Write the pages of the law; hide colons of attributes from napoleon, which takes the word before for a type."""
    app.connect("builder-inited", _write_law)
    app.connect("autodoc-process-docstring", partial(_swap, ": ", "\0 "), priority=400)
    app.connect("autodoc-process-docstring", partial(_swap, "\0 ", ": "), priority=600)
