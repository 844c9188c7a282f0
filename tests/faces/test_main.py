"""The entry point: standard input and output, the installed command, and what nobody foresaw."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from asterism.errors import BadInput
from tests.faces.asking import CREATORS, PLAN, POOR, Run, refused

PROGRAM = str(Path(sys.executable).with_name("asterism"))


def test_creators_may_come_from_standard_input(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CREATORS.encode())))
    piped = json.loads(asterism("plan brief.toml --creators - --json")[1])
    assert piped == json.loads(asterism(f"{PLAN} --json")[1])


def test_an_empty_standard_input_is_said_to_be_empty(
    folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    refused(asterism("plan brief.toml --creators -"), 3, "standard input is empty")


def test_a_brief_from_standard_input_is_named_so(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"goal = ")))
    refused(asterism("plan - --creators creators.csv"), 3, "standard input, line 1")


PROCESSES = {
    "unknown option": ("plan brief.toml --bogus", 2),
    "empty file": ("plan brief.toml --creators empty.csv --json", 3),
    "infeasible": ("plan poor.toml --creators creators.csv", 1),
    "unwritable": ("import creators.csv --catalogue brief.toml", 4),
}


@pytest.mark.parametrize(("command", "code"), PROCESSES.values(), ids=list(PROCESSES))
def test_the_installed_command_ends_with_the_same_line_and_code(
    folder: Path, asterism: Run, command: str, code: int
) -> None:
    (folder / "empty.csv").write_text("")
    (folder / "poor.toml").write_text(POOR)
    done = subprocess.run([PROGRAM, *command.split()], capture_output=True, text=True, check=False)
    refused((done.returncode, done.stdout, done.stderr), code)
    assert (done.returncode, done.stdout, done.stderr) == asterism(command)


def test_an_answer_that_nobody_reads_to_its_end_is_no_error(folder: Path) -> None:
    (folder / "creators.csv").write_text(
        CREATORS + "".join(f"x{i},x{i},nowhere{i},many,food,US\n" for i in range(4_000))
    )
    for words in ("check creators.csv --json", "check creators.csv"):
        running = subprocess.Popen([PROGRAM, *words.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        running.stdout.close()
        assert (running.wait(60), running.stderr.read()) == (0, b""), words
        running.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["check creators.csv", "--help"])
def test_an_answer_that_cannot_be_written_is_told_in_one_line(folder: Path, command: str) -> None:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, *command.split()], stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=buffered
        )
    refused((done.returncode, "", done.stderr), 4, "No space left", "Free some space")


def test_a_terminal_without_our_letters_still_shows_the_answer(folder: Path) -> None:
    (folder / "creators.csv").write_text(CREATORS.replace("niche,country", "niche,größe–"), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for words in ("check creators.csv", "check creators.csv --json"):
        done = subprocess.run([PROGRAM, *words.split()], capture_output=True, env=environment, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.isascii()
    assert json.loads(done.stdout)["files"][0]["unmapped"][0]["source"] == "größe–"


UNFORESEEN = {
    "a defect": (RuntimeError("first\nsecond"), "RuntimeError: first second", "report it"),
    "a defect in a library": (KeyError("x"), "KeyError: 'x'", "report it"),
    "a very long one": (ValueError("x" * 10_000), "ValueError: xxx", "report it"),
    "memory": (MemoryError(), "ran out of memory", "fewer creators"),
    "the system": (OSError(28, "No space left on device"), "No space left on device", "Free some space"),
}


@pytest.mark.parametrize("flag", ["", " --json"], ids=["for people", "for programs"])
@pytest.mark.parametrize(("error", "what", "fix"), UNFORESEEN.values(), ids=list(UNFORESEEN))
def test_what_nobody_foresaw_never_shows_a_traceback(
    folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, what: str, fix: str, flag: str
) -> None:
    monkeypatch.setattr("asterism.desk.plan.plan_files", _raising(error))
    code, out, err = asterism(PLAN + flag)
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert "Traceback" not in err
    assert len(err) < 500
    assert what in err
    assert fix in err
    assert not flag or json.loads(err)["error"] == "OutsideFailure"


def test_an_error_told_in_several_lines_is_shown_in_one(
    folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asterism.desk.plan.plan_files", _raising(BadInput("first\n  second", "third")))
    assert asterism(PLAN) == (3, "", "first second third\n")


def test_whoever_asks_for_the_traceback_gets_it(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asterism.desk.plan.plan_files", _raising(RuntimeError("first")))
    monkeypatch.setenv("ASTERISM_DEBUG", "1")
    with pytest.raises(RuntimeError, match="first"):
        asterism(PLAN)


def test_stopping_it_is_not_a_failure_of_anything(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asterism.desk.plan.plan_files", _raising(KeyboardInterrupt()))
    code, out, err = asterism(PLAN)
    assert (code, out, err.strip()) == (130, "", "Stopped; nothing was left half done.")


def _raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_without_a_command_it_helps(asterism: Run) -> None:
    assert asterism("") == asterism("--help")
    assert asterism("")[0] == 0


COMMANDS = ("demo", "check", "import", "plan", "compare", "reach")


def test_help_names_every_command_and_each_explains_itself(asterism: Run) -> None:
    code, out, err = asterism("--help")
    assert (code, err) == (0, "")
    for command in COMMANDS:
        assert f"  {command} " in out
        code, told, err = asterism(f"{command} --help")
        assert (code, err) == (0, "")
        assert f"Usage: asterism {command}" in told
        assert "--json" in told


def test_it_knows_its_version(asterism: Run) -> None:
    assert asterism("--version") == (0, "0.1.0\n", "")
