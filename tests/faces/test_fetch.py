"""`asterism fetch` as a person meets it, and a run that is killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from asterism.desk.stored import open_catalogue
from asterism.store.settings import settings
from tests.faces.asking import Run, refused
from tests.store.sources.platforms import KEY, Channel, YouTube, google_error
from tests.store.sources.server import Asked, Reply, Server, served

ADA, BO = Channel("@ada", videos=6, comments=2), Channel("@bo", videos=3, comments=0)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory and a key of the test's own."""
    for name, value in {"HOME": str(tmp_path / "home"), "YOUTUBE_KEY": KEY}.items():
        monkeypatch.setenv(f"ASTERISM_{name}", value)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def world() -> YouTube:
    return YouTube([ADA, BO])


@pytest.fixture
def server(world: YouTube, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served(world) as running:
        monkeypatch.setenv("ASTERISM_YOUTUBE_URL", running.url)
        yield running


def test_json_says_what_became_of_each_table_and_what_it_cost(asterism: Run, server: Server) -> None:
    code, out, err = asterism("fetch youtube @ada @gone --json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    tables = [(table["file"], table["kind"], table["accepted"], table["rejected"]) for table in told.pop("tables")]
    assert tables == [
        ("youtube @ada", "creators", 1, 0), ("youtube @ada", "posts", 6, 0), ("youtube @ada", "comments", 12, 0),
    ]  # fmt: skip
    why = "there is no channel @gone: deleted, closed, or written differently"
    assert told == {
        "source": "youtube", "skipped": [{"what": "@gone", "why": why}], "missing": [], "left": [],
        "units": 10, "quota": 10_000, "pages": 10, "stopped": None, "complete": True,
    }  # fmt: skip


def test_people_read_the_tables_and_then_what_to_know(asterism: Run, server: Server) -> None:
    code, out, err = asterism("fetch youtube @ada @bo --quota 4")
    assert (code, err) == (0, "")
    assert "youtube @ada" in out
    assert "Used 4 of 4 units; 4 pages came.\n" in out
    assert "Stopped at 4 of 4 units, as asked. What was fetched is kept" in out
    assert "Not looked at yet: @bo.\n" in out


def test_options_reach_the_source(asterism: Run, server: Server, tmp_path: Path) -> None:
    assert asterism(f"fetch youtube @ada --posts 2 --comments 0 --catalogue {tmp_path / 'other'}")[0] == 0
    assert [asked.path for asked in server.asked] == ["/channels", "/playlistItems", "/videos"]
    assert open_catalogue(tmp_path / "other").read("posts").num_rows == 2
    assert asterism("fetch youtube @ada --posts 2 --comments 0 --again")[0] == 0
    assert len(server.asked) == 6


def test_what_is_left_undone_by_others_ends_with_4_and_still_answers(
    asterism: Run, server: Server, world: YouTube
) -> None:
    world.faults.on("/commentThreads", google_error(403, "quotaExceeded"))
    code, out, err = asterism("fetch youtube @ada --json")
    told = json.loads(out)
    assert (code, err) == (4, "")
    assert (told["complete"], [table["kind"] for table in told["tables"]]) == (False, ["creators", "posts"])
    assert "quota is used up" in told["stopped"]


REFUSED = {
    "no key": ({"ASTERISM_YOUTUBE_KEY": ""}, None, "youtube @ada", 4, "ASTERISM_YOUTUBE_KEY is not set"),
    "wrong key": ({"ASTERISM_YOUTUBE_KEY": "AIza-Another"}, None, "youtube @ada", 4, "Set ASTERISM_YOUTUBE_KEY"),
    "quota": ({}, google_error(403, "quotaExceeded"), "youtube @ada", 4, "after midnight Pacific"),
    "too fast": ({}, Reply({}, 429, {"Retry-After": "4000"}), "youtube @ada", 4, "asks us to wait 67 minutes"),
    "not enabled": ({}, google_error(403, "accessNotConfigured"), "youtube @ada", 4, "Enable it"),
    "deleted": ({}, None, "youtube @gone", 3, "there is no channel @gone"),
    "another source": ({}, None, "myspace @ada", 2, "fetch --help"),
    "no account": ({}, None, "youtube", 2, "fetch --help"),
    "no name": ({}, None, "youtube @ada a/b/c", 2, "names no YouTube channel"),
    "fewer than no posts": ({}, None, "youtube @ada --posts -1", 2, "--posts"),
    "a key with a blank": ({"ASTERISM_YOUTUBE_KEY": "AIza Another"}, None, "youtube @ada", 2, "Copy it again"),
    "an open line": ({"ASTERISM_YOUTUBE_URL": "http://x.example"}, None, "youtube @ada", 2, "unencrypted"),
    "no address": ({"ASTERISM_YOUTUBE_URL": "youtube"}, None, "youtube @ada", 2, "is no address"),
}


@pytest.mark.parametrize(("named", "reply", "words", "code", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_had_is_one_line(
    asterism: Run, server: Server, world: YouTube, monkeypatch: pytest.MonkeyPatch, named: dict[str, str],
    reply: Reply | None, words: str, code: int, said: str,
) -> None:  # fmt: skip
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    if reply:
        world.faults.on("", reply)
    answer = asterism(f"fetch {words}")
    refused(answer, code, said)
    assert "AIza" not in answer[2]


def test_a_run_killed_in_the_middle_is_completed_by_the_next(home: Path, asterism: Run, server: Server) -> None:
    """The server falls silent in the middle of a page, the run is killed there, and everything is asked once."""
    kept = 6

    def silent(asked: Asked) -> bool:
        return len(server.asked) == kept + 1 and asked.path == "/commentThreads"

    faults: YouTube = server.answering  # type: ignore[assignment]
    faults.faults.add(silent, Reply({"items": ["x" * 9_000]}, silent=True), times=1)
    command = [sys.executable, "-m", "asterism.faces.main", "fetch", "youtube", "@ada", "@bo"]
    killed = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while len(server.asked) <= kept and time.monotonic() < until:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    first = [(asked.path, tuple(asked.query.items())) for asked in server.asked]
    assert len(first) == kept + 1
    assert len(list((home / "fetched" / "youtube" / "@ada").glob("*.json"))) == kept + 1  # the journal among them

    code, out, _ = asterism("fetch youtube @ada @bo --json")
    second = [(asked.path, tuple(asked.query.items())) for asked in server.asked][kept + 1 :]
    assert (code, json.loads(out)["complete"]) == (0, True)
    assert second[0] == first[-1]
    assert set(second) & set(first[:-1]) == set()
    rows = open_catalogue().read("posts").to_pylist()
    assert sorted(row["post_id"] for row in rows) == sorted(ADA.ids() + BO.ids())
    comments = open_catalogue().read("comments")["comment_id"].to_pylist()
    assert sorted(comments) == sorted(f"{video}-c{n}" for video in ADA.ids() for n in range(2))


def test_every_option_is_explained_in_the_how_to(asterism: Run) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "howto" / "fetch-live-figures.md").read_text(
        encoding="utf-8"
    )
    options = set(re.findall(r"--[a-z-]+", asterism("fetch --help")[1])) - {"--json", "--help"}
    assert {"--posts", "--comments", "--quota", "--again", "--catalogue"} == options
    assert {option for option in options if option not in page} == set()
    for name in ("YOUTUBE_KEY", "INSTAGRAM_TOKEN", "INSTAGRAM_USER", "TIKTOK_KEY", "TIKTOK_SECRET", "YOUTUBE_URL"):
        assert f"ASTERISM_{name}" in page
