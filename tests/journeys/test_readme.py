"""What the README shows, run as it stands."""

import re
import shlex
from pathlib import Path

import pytest

from asterism.faces.main import main

pytestmark = pytest.mark.xdist_group("readme")
"""What its tests share is made once."""

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.S)
COMMANDS = [line.split("#")[0].strip() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("readme")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert main(["demo"]) == 0
    return place


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("asterism")])
def test_a_command_of_the_readme_runs(folder, command, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out


def test_the_python_of_the_readme_runs(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    assert "people reached" in capsys.readouterr().out


def test_the_output_in_the_readme_is_the_demos(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    main(["demo"])
    said = " ".join(capsys.readouterr().out.split())
    (shown,) = [text for kind, text in BLOCKS if kind == "text"]
    for line in shown.strip().splitlines():
        assert line in said


def test_every_make_target_of_the_readme_exists():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert {c.split()[1] for c in COMMANDS if c.startswith("make")} <= set(targets)


def test_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
