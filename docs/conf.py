"""How the documentation is built: `sphinx-build -W -b html docs site`."""

from importlib.metadata import version as _version

project = "rulecal"
author = "the rulecal authors"
project_copyright = author
version = release = _version("rulecal")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["examples", "notebooks", "_build"]
suppress_warnings = ["toc.empty_glob"]

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "rulecal"
