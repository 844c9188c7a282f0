"""ARCHITECTURE.md says what the tree says, in the order the imports allow."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "asterism"
ROW = re.compile(r"^\| `(?P<chapter>\w+)` \| (?P<says>.+) \|$", re.MULTILINE)


def table():
    """Chapter → what the page says of it, in the page's order."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return {row["chapter"]: row["says"] for row in ROW.finditer(page)}


def chapters():
    """Chapter → the first line of its docstring."""
    packages = {path.parent.name: path for path in SOURCE.glob("*/__init__.py")}
    modules = {path.stem: path for path in SOURCE.glob("*.py") if path.stem != "__init__"}
    paths = {**packages, **modules}
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    return {name: (ast.get_docstring(tree) or "").split("\n")[0] for name, tree in trees.items()}


def layers():
    """Chapter → its layer as import-linter enforces it, 0 at the bottom."""
    contracts = ConfigParser()
    contracts.read(ROOT / "importlinter.ini")
    lines = contracts["importlinter:contract:story"]["layers"].split("\n")
    ordered = [re.findall(r"\w+", line) for line in reversed(lines) if line.strip()]
    return {chapter: level for level, together in enumerate(ordered) for chapter in together}


def test_every_chapter_stands_in_the_table_in_its_own_words():
    assert table() == chapters()


def test_the_table_runs_in_the_order_of_imports():
    levels = [layers()[chapter] for chapter in table()]
    assert levels == sorted(levels)


def test_every_decision_is_listed():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"docs/decisions/{path.name}" in page


def test_the_files_it_names_exist():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#:]+)\)", page)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
