"""A small market in files, and the installed command to walk through it with."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

from asterism.faces.main import main
from asterism.market import simulate


class Demo(NamedTuple):
    """What a demo left behind: its folder, and the plan it printed, as bytes."""

    folder: Path
    printed: bytes


def installed(*words: str) -> subprocess.CompletedProcess[bytes]:
    """The installed command, run to its end."""
    program = str(Path(sys.executable).with_name("asterism"))
    return subprocess.run([program, *words], capture_output=True, check=False)


@pytest.fixture(scope="session")
def asterism_command() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The installed command as a function of its words."""
    return installed


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo with sixty creators and a seed of its own, run by the installed command."""
    folder = tmp_path_factory.mktemp("a demo")
    done = installed("demo", "--out", str(folder), "--creators", "60", "--seed", "1", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    return Demo(folder, done.stdout)


@pytest.fixture(scope="session")
def market() -> dict[str, pa.Table]:
    """The tables of a simulated market of sixty creators among five thousand people."""
    tables = simulate(60, 5_000, seed=3).tables
    return {name: getattr(tables, name) for name in ("creators", "posts", "audiences", "rates")}


@pytest.fixture(scope="session")
def files(market: dict[str, pa.Table], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The market's tables as CSV files, by kind."""
    folder = tmp_path_factory.mktemp("market")
    for name, table in market.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(table.column_names)
            writer.writerows(list(row.values()) for row in table.to_pylist())
    return {name: str(folder / f"{name}.csv") for name in market}


def strictly(text: str) -> Any:
    """The value of a JSON text, which must not hold the numbers JSON does not know."""

    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def answered(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """The JSON answer of a command line that must end well and say nothing else."""

    def run(*words: str) -> Any:
        capsys.readouterr()
        code = main([*words, "--json"])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        assert out.count("\n") == 1
        return strictly(out)

    return run


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people are shown by a command line that must end well."""

    def run(*words: str) -> str:
        capsys.readouterr()
        code = main([*words])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        return out

    return run


@pytest.fixture(scope="session")
def parsed() -> Callable[[bytes], Any]:
    """The value of a printed JSON document."""
    return lambda printed: strictly(printed.decode())
