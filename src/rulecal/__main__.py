"""The command `rulecal`: it needs the extra `cli`, and says so where that is missing."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from rulecal.cli import app  # noqa: PLC0415  (click and rich are optional)
    except ModuleNotFoundError as err:
        if err.name not in {"click", "rich"}:
            raise
        sys.exit(f"rulecal: the command line needs {err.name}. Install it with: pip install 'rulecal[cli]'")
    app(prog_name="rulecal")


if __name__ == "__main__":
    main()
