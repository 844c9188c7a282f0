"""`asterism report` and `asterism measure return --report`: files written, and refusals in one line."""

import json
from pathlib import Path

import pytest

from tests.faces.asking import Run, refused, tree
from tests.returned import returned


@pytest.fixture
def saved(folder: Path) -> Path:
    """A ledger of return as `asterism measure return --json` prints it."""
    path = folder / "spring.json"
    path.write_text(json.dumps(returned().to_dict()), encoding="utf-8")
    return path


def test_a_saved_ledger_becomes_a_report(folder: Path, saved: Path, asterism: Run) -> None:
    code, out, _ = asterism("report spring.json spring.html --title Autumn")
    assert (code, out) == (0, "Report: spring.html\n")
    page = (folder / "spring.html").read_text()
    assert "<title>Autumn: results</title>" in page
    assert "Micro returned $1.38" in page


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("report spring.json spring.docx", 2, "cannot be written as `spring.docx`"),
        ("report other.json out.html", 3, "other.json"),
        ("report brief.toml out.html", 3, "is no JSON"),
        ("report spring out.html --workspace north", 2, "is no campaign's number"),
        ("measure return --deals creators.csv --report out.doc", 2, "cannot be written as `out.doc`"),
    ],
    ids=["ending", "no file", "no JSON", "no number", "ending beside measure"],
)
def test_what_cannot_be_reported_is_told_in_one_line(
    folder: Path, saved: Path, asterism: Run, command: str, code: int, words: str
) -> None:
    before = tree(folder)
    refused(asterism(command), code, words)
    assert tree(folder) == before
