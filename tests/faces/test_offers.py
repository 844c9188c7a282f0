"""What people can do at the desk is offered by pages and by the API, or it is said why not."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "asterism"
DESK, FACES = SOURCE / "desk" / "studio", SOURCE / "faces"


def functions():
    """Every public function of the studio's desk that asks for a role first, by module."""
    for path in sorted(DESK.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            asked = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not node.decorator_list
            if asked and "insist" in words(node):  # what is decorated does a job: pages ask for it by its name
                yield path.stem, node


def words(tree):
    """Every name that some code uses."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.ImportFrom):
            found |= {name.name for name in node.names}
    return found


def words_of(folder):
    """Every name that the modules of a folder use."""
    return set().union(*(words(ast.parse(path.read_text(encoding="utf-8"))) for path in folder.rglob("*.py")))


USES = [
    (node.name, words(node))
    for path in DESK.glob("*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
]
PAGES, API = words_of(FACES / "web"), words_of(FACES / "api")
DEEDS = [(module, node.name) for module, node in functions() if words(node) & {"together", "enqueue"}]
SIGHTS = [(module, node.name) for module, node in functions() if not words(node) & {"together", "enqueue"}]
NOT_BY_API = {
    "work_again": "the index of creators is asked for anew by reading /creators",
    "make_feed": "an address for calendar programs; programs with a token read /calendar",
}
"""Deed → why the API does not offer it."""


def reached(name, face, depth=4):
    """Whether a face uses a function, or one of the desk that uses it."""
    if name in face:
        return True
    return depth > 0 and any(reached(user, face, depth - 1) for user, used in USES if name in used and user != name)


@pytest.mark.parametrize(("module", "name"), DEEDS)
def test_a_deed_is_offered_by_pages_and_by_the_api(module, name):
    assert reached(name, PAGES)
    assert reached(name, API) or NOT_BY_API[name]


@pytest.mark.parametrize(("module", "name"), SIGHTS)
def test_what_can_be_seen_is_shown_somewhere(module, name):
    assert reached(name, PAGES) or reached(name, API)
