"""What the tests of the command line ask with, and what every refusal must look like."""

from collections.abc import Callable
from pathlib import Path

ROWS = "".join(f"c{i},@Name{i},instagram,{5_000 * (i + 1)},food,US\n" for i in range(30))
CREATORS = f"creator_id,handle,platform,followers,niche,country\n{ROWS}"
BRIEF = 'goal = "awareness"\nbudget = "3000 USD"\n'
POOR = 'goal = "awareness"\nbudget = "1 USD"\n'
PLAN = "plan brief.toml --creators creators.csv"

Answer = tuple[int, str, str]
"""Exit code, standard output, standard error."""
Run = Callable[..., Answer]
"""Runs a command line, given as one text."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(answer: Answer, code: int, *words: str) -> None:
    """One line on standard error with these words, nothing on standard output, and the code."""
    got, out, err = answer
    assert (got, out) == (code, ""), err
    assert err.count("\n") == 1, err
    assert err.endswith("\n")
    assert "Traceback" not in err
    assert "defect" not in err
    for word in words:
        assert word in err, err


def forbidden(*_: object, **__: object) -> bytes:
    """What a system does that lets nobody at its files; a test's own user may be root, whom nothing is forbidden."""
    raise PermissionError(13, "Permission denied")
