"""Commands that cannot be run, places that are not there, and errors for programs to read."""

import json
from pathlib import Path

import pytest

from tests.faces.asking import PLAN, POOR, Run, refused, tree

USAGE = {
    "command": ("plam brief.toml", "Did you mean 'plan'?"),
    "option": ("plan brief.toml --creator creators.csv", "--creators"),
    "no brief": ("plan", "Missing argument 'BRIEF'"),
    "no files": ("check", "Missing argument"),
    "option without its value": ("plan brief.toml --creators", "--creators"),
    "no number": ("demo --creators many", "--creators"),
    "too few": ("demo --creators 3", "20"),
    "negative seed": (f"{PLAN} --seed -1", "--seed"),
    "universe": ("reach c1 --creators creators.csv --universe nan", "universe"),
    "tables without creators": ("plan brief.toml --posts creators.csv", "Add --creators FILE"),
    "standard input twice": ("plan - --creators -", "Standard input"),
    "standard input for two tables": ("plan brief.toml --creators - --rates -", "Standard input"),
    "platform": (f"{PLAN} --platform instagran", "Did you mean `instagram`?"),
    "kind": ("import creators.csv --as creator --catalogue c", "Did you mean `creators`?"),
    "files beside a catalogue": (f"{PLAN} --catalogue kept", "Leave out --catalogue, or --creators"),
    "files as they were": (f"{PLAN} --at 2026-01-01", "Only the catalogue remembers"),
    "a catalogue for reach": ("reach c1 --creators creators.csv --catalogue kept", "Leave out --catalogue"),
    "ending": (f"{PLAN} --report plan.doc", ".html (a page"),
    "no ending": (f"{PLAN} --report plan", ".xlsx (a workbook)"),
}


@pytest.mark.parametrize(("command", "words"), USAGE.values(), ids=list(USAGE))
def test_wrong_usage_is_told_in_one_line(folder: Path, asterism: Run, command: str, words: str) -> None:
    before = tree(folder)
    refused(asterism(command), 2, words)
    assert tree(folder) == before


def test_wrong_usage_points_to_the_help_of_its_command(folder: Path, asterism: Run) -> None:
    assert asterism("demo --creators many")[2].endswith("as an integer. See `asterism demo --help`.\n")


def test_a_bad_ending_is_refused_before_any_work(folder: Path, asterism: Run) -> None:
    refused(asterism("plan missing.toml --creators missing.csv --report plan.doc"), 2, "plan.doc")


PLACES = {
    "a folder for creators": ("plan brief.toml --creators .", 3, "is a folder"),
    "a folder for the brief": ("plan . --creators creators.csv", 3, "is a folder"),
    "no such creators": ("plan brief.toml --creators none.csv", 3, "There is no file none.csv"),
    "no such brief": ("plan none.toml --creators creators.csv", 3, "There is no file none.toml"),
    "a file as folder": ("plan brief.toml --creators creators.csv/x", 3, "There is no file"),
    "no such mapping": (f"{PLAN} --mapping none", 3, "There is no file none"),
    "no such priors": (f"{PLAN} --priors none", 3, "There is no file none"),
    "an empty catalogue": ("plan brief.toml --catalogue none", 3, "asterism import FILE"),
    "rates without prices": (f"{PLAN} --rates creators.csv", 3, "`price`"),
    "no such creator": ("reach zoe --creators creators.csv", 3, "There is no creator `zoe`"),
    "a creator nearly": ("reach @nane7 --creators creators.csv", 3, "Did you mean `name7`?"),
    "a report under a file": (f"{PLAN} --report brief.toml/x.html", 4, "another folder"),
    "a demo in a file": ("demo --creators 20 --out brief.toml", 4, "another folder"),
    "a catalogue in a file": ("import creators.csv --catalogue brief.toml", 4, "another folder"),
}  # fmt: skip


@pytest.mark.parametrize(("command", "code", "words"), PLACES.values(), ids=list(PLACES))
def test_what_is_not_there_or_cannot_be_written_is_named(
    folder: Path, asterism: Run, command: str, code: int, words: str
) -> None:
    before = tree(folder)
    refused(asterism(command), code, words)
    assert tree(folder) == before


def test_an_unknown_creator_is_not_answered_with_the_whole_table(folder: Path, asterism: Run) -> None:
    assert len(asterism("reach zoe --creators creators.csv")[2]) < 120


ERRORS = {
    "WrongUsage": ("plam", 2),
    "BadBrief": ("plan bad.toml --creators creators.csv", 3),
    "UnreadableFile": ("plan brief.toml --creators .", 3),
    "NotFound": ("plan brief.toml --creators none.csv", 3),
    "MissingColumns": (f"{PLAN} --rates creators.csv", 3),
    "Infeasible": ("plan poor.toml --creators creators.csv", 1),
    "OutsideFailure": ("import creators.csv --catalogue brief.toml", 4),
}


@pytest.mark.parametrize(
    ("name", "command", "code"), [(name, *rest) for name, rest in ERRORS.items()], ids=list(ERRORS)
)
def test_with_json_an_error_is_one_object_on_standard_error(
    folder: Path, asterism: Run, name: str, command: str, code: int
) -> None:
    (folder / "bad.toml").write_text("goal = 3\n")
    (folder / "poor.toml").write_text(POOR)
    answer = asterism(f"{command} --json")
    refused(answer, code)
    told = json.loads(answer[2])
    assert list(told) == ["error", "what", "fix", "code"]
    assert (told["error"], told["code"]) == (name, code)
    assert told["what"].endswith((".", "?"))
    assert asterism(command)[2] == f"{told['what']} {told['fix']}".strip() + "\n"
