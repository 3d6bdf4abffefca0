"""Every example in the documentation runs as a test: the README's and the pages' as well as the docstrings'."""

from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import SkipParser
from sybil.parsers.rest import DocTestParser  # the same `>>>` in any text

ROOT = Path(__file__).parent

pytest_collect_file = Sybil(
    parsers=[DocTestParser(), SkipParser()],
    patterns=["README*.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
).pytest()
