"""The house rules that a machine can check: small modules, small functions, honest names."""

import ast
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
WRITTEN_BY_DJANGO = ROOT / "src" / "asterism" / "store" / "ledger" / "migrations"
MODULES = sorted(p for p in (ROOT / "src" / "asterism").rglob("*.py") if p.parent != WRITTEN_BY_DJANGO)
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
NAMES = {path: path.relative_to(ROOT / "src" / "asterism").as_posix() for path in MODULES}
FUNCTIONS = [(path, f) for path, tree in TREES.items() for f in ast.walk(tree) if isinstance(f, ast.FunctionDef)]

CATCH_ALL = {"utils", "util", "helpers", "common", "core", "manager", "constants", "misc", "base"}
CONTRACT = {"plan", "compare", "ripple", "lift", "authenticity", "disclosure", "from_followers", "from_cascade"}
"""Functions whose parameters users were promised."""
LITERALS = {"priors/entries.py: curve", "priors/entries.py: number"}
"""Ways to write a benchmark down as a literal."""
NAMED_TABLES = {"run", "add", "save", "move", "record", "add_workspace", "environment"}
"""Public functions whose keywords are the caller's own names: of tables, of a row's fields, of an event's facts."""


def body_lines(function):
    """Lines of a function without its docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return lines(function) - (lines(first) if documented and len(function.body) > 1 else 0)


def lines(node):
    return node.end_lineno - node.lineno + 1


def parameters(function):
    """The names of what a function takes, without the object it belongs to."""
    taken = function.args
    return [a.arg for a in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs) if a.arg not in ("self", "cls")]


def is_public(path, function):
    return not function.name.startswith("_") and not NAMES[path].startswith("faces/") and "_kernels" not in NAMES[path]


def test_a_module_is_one_idea():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {NAMES[path]: n for path, n in sizes.items() if n > 300} == {}


def test_a_module_says_what_it_knows():
    first = {NAMES[path]: (ast.get_docstring(tree) or "").split("\n")[0] for path, tree in TREES.items()}
    assert [name for name, line in first.items() if not 0 < len(line) <= 120] == []


def test_no_module_is_a_catch_all():
    assert [name for name in NAMES.values() if CATCH_ALL & set(Path(name).with_suffix("").parts)] == []


def test_functions_are_short():
    assert {f"{NAMES[path]}: {f.name}" for path, f in FUNCTIONS if body_lines(f) > 50} == set()


def test_the_usual_function_has_at_most_eight_lines():
    assert median(body_lines(f) for _, f in FUNCTIONS) <= 8


def test_public_functions_take_at_most_five_things():
    own = [(path, f) for path, f in FUNCTIONS if is_public(path, f) and f.name not in CONTRACT]
    assert {f"{NAMES[path]}: {f.name}" for path, f in own if len(parameters(f)) > 5} <= LITERALS


def test_public_functions_name_their_keywords():
    open_ended = {f.name for path, f in FUNCTIONS if is_public(path, f) and f.args.kwarg}
    assert open_ended <= NAMED_TABLES


def test_classes_stay_small():
    classes = [(path, c) for path, tree in TREES.items() for c in ast.walk(tree) if isinstance(c, ast.ClassDef)]
    assert {f"{NAMES[path]}: {c.name}" for path, c in classes if lines(c) > 250} == set()


def test_pandas_stands_nowhere_in_the_source():
    nodes = [(path, n) for path, tree in TREES.items() for n in ast.walk(tree)]
    named = [(path, a.name) for path, n in nodes if isinstance(n, ast.Import) for a in n.names]
    named += [(path, n.module or "") for path, n in nodes if isinstance(n, ast.ImportFrom)]
    assert [NAMES[path] for path, name in named if name.split(".")[0] == "pandas"] == []
