"""The README, its Chinese twin, the notebook: true to the code, and to each other."""

import re
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient

from rulecal.cli import app
from rulecal.ledger import events, read, year

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def commands(readme):
    return re.findall(r"<!-- (\w+) command -->\n```sh\n(.+)\n```", readme.read_text(encoding="utf-8"))


def test_each_readme_has_the_two_commands_one_line_each():
    english, chinese = map(commands, READMES)

    assert [name for name, _ in english] == [name for name, _ in chinese] == ["main", "test"]
    assert all("venv" in line and "pip install" in line for _, line in english)
    assert english[1] == chinese[1]
    assert english[0][1].replace(" --lang en", "") == chinese[0][1]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_what_a_readme_shows_is_what_is_printed(readme, monkeypatch):
    """Each line of a shown output, but for those that stand for others (…), is a line of the real one."""
    monkeypatch.chdir(ROOT)
    shown = re.findall(r"```text\n\$ rulecal (.+)\n([^`]+)```", readme.read_text(encoding="utf-8"))
    assert len(shown) == 2
    for words, output in shown:
        real = {line.rstrip() for line in CliRunner().invoke(app, words.split()).output.splitlines()}
        missing = [line for line in output.splitlines() if line.strip() != "…" and line.rstrip() not in real]
        assert missing == []


def test_both_readmes_have_the_same_parts():
    parts = [re.findall(r"^(#+) ", path.read_text(encoding="utf-8"), re.MULTILINE) for path in READMES]
    fences = [re.findall(r"^```(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE) for path in READMES]
    assert parts[0] == parts[1]
    assert fences[0] == fences[1]


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_notebook_runs_and_is_stored_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert cells
    assert not any(cell.outputs for cell in cells)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    ).execute()
    assert all(cell.outputs for cell in cells[1:])


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("# The format of a ledger", read.COLUMNS),
        ("## A file of events", events.COLUMNS),
        ("## A file of what was done", year.COLUMNS),
    ],
)
def test_the_columns_of_a_file_are_those_that_are_read(title, columns):
    text = (ROOT / "docs" / "reference" / "ledger-format.md").read_text(encoding="utf-8")
    section = text.partition(f"{title}\n")[2].partition("\n## ")[0]
    assert dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.MULTILINE)) == {
        name: ", ".join(aliases) for name, aliases in columns.items()
    }
