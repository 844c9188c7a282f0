"""The command line as a person meets it: a folder to stand in, and a way to ask."""

from pathlib import Path

import pytest

from asterism.faces.main import main
from tests.faces.asking import BRIEF, CREATORS, Answer, Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound brief and a sound table of creators, where the command line is run."""
    (tmp_path / "brief.toml").write_text(BRIEF)
    (tmp_path / "creators.csv").write_text(CREATORS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASTERISM_DEBUG", raising=False)
    return tmp_path


@pytest.fixture
def asterism(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, run in this process."""

    def run(command: str) -> Answer:
        capsys.readouterr()
        code = main(command.split())
        return (code, *capsys.readouterr())

    return run
