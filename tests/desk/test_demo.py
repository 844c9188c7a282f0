"""The demo: a plan on a simulated market, the files it was made from, and the command that makes it again."""

import shlex
from pathlib import Path

import pytest

from asterism.desk.demo import BRIEF, Demo, run_demo
from asterism.desk.documents import read_brief
from asterism.desk.read import read_creators
from asterism.errors import OutsideFailure

Told = list[tuple[str, float]]


@pytest.fixture(scope="module")
def told() -> Told:
    """What the demo told of its progress."""
    return []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, told: Told) -> Demo:
    """A demo with twenty creators."""
    out = tmp_path_factory.mktemp("demo") / "new" / "one; two"
    return run_demo(out, creators=20, seed=4, tell=lambda what, share: told.append((what, share)))


def test_its_brief_is_read_back_as_it_was_meant(demo: Demo) -> None:
    path = demo.report.with_name("brief.toml")
    assert path.read_text(encoding="utf-8") == BRIEF
    brief = read_brief(path)
    assert (brief.name, brief.goal, brief.budget.cents / 100) == (demo.plan.name, demo.plan.goal, demo.plan.budget)


def test_its_creators_are_all_in_the_file(demo: Demo) -> None:
    creators = read_creators(demo.report.with_name("creators.csv"))
    assert (len(creators), creators.rejects) == (20, ())
    assert {pick.creator_id for pick in demo.plan.picks} <= set(creators.table["creator_id"].to_pylist())


def test_its_command_survives_a_shell_and_keeps_the_seed(demo: Demo) -> None:
    program, verb, brief, *options = shlex.split(demo.command)
    assert (program, verb, Path(brief).name) == ("asterism", "plan", "brief.toml")
    named = dict(zip(options[::2], options[1::2], strict=True))
    assert named.pop("--seed") == "4"
    assert set(named) == {"--creators", "--posts", "--audiences", "--rates", "--with"}
    assert Path(named.pop("--with").removeprefix("outcomes=")).is_file()
    assert all(Path(path).is_file() for path in named.values())


def test_it_tells_how_far_it_is(demo: Demo, told: Told) -> None:
    shares = [share for _, share in told]
    assert told[0] == ("Simulating a market", 0.0)
    assert shares == sorted(shares)
    assert 0 <= min(shares) <= max(shares) <= 1
    assert all(what for what, _ in told)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutsideFailure, match=r"cannot be written.*another folder"):
        run_demo(tmp_path / "file", creators=20, seed=0, tell=lambda _what, _share: None)
