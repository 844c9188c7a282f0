"""Files that are no table, and rows that cannot be used: said in one line, nothing half written."""

import json
import os
from pathlib import Path

import pytest

from tests.faces.asking import BRIEF, CREATORS, PLAN, Run, forbidden, refused, tree

FILES = {
    "empty": (b"", "is empty"),
    "blank lines only": (b"\n\n  \n", "is empty"),
    "binary": (bytes(range(256)) * 9, "binary data"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not a table: it is an image"),
    "a broken workbook": (b"PK\x03\x04nothing", "not a workbook that can be read"),
    "broken JSON": (b'[{"handle": "ana",', "JSON"),
    "JSON nested too deep": (b"[" * 100_000, "nested too deep"),
    "no creator column": (b"date,impressions\n2026-01-01,5\n", "creator_id"),
    "a header alone": (b"handle,followers\n", "holds no rows"),
    "nobody named": (b"handle,followers\n,5\n,6\n", "names nobody: `handle`"),
}


@pytest.mark.parametrize(
    "command", ["plan brief.toml --creators bad", "import bad --catalogue c", "reach c1 --creators bad"]
)
@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=list(FILES))
def test_a_file_that_is_no_table_is_refused(
    folder: Path, asterism: Run, content: bytes, words: str, command: str
) -> None:
    (folder / "bad").write_bytes(content)
    before = tree(folder)
    refused(asterism(command), 3, "bad", words)
    assert tree(folder) == before


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=list(FILES))
def test_check_answers_what_is_wrong_with_such_a_file(folder: Path, asterism: Run, content: bytes, words: str) -> None:
    (folder / "bad").write_bytes(content)
    code, out, err = asterism("check bad --json")
    (entry,) = json.loads(out)["files"]
    assert (code, err, entry["accepted"]) == (3, "", 0)
    assert any(word in entry["warnings"][0] for word in (words, "names a creator")), entry["warnings"]


def test_a_negative_count_is_listed_and_the_other_rows_are_used(folder: Path, asterism: Run) -> None:
    (folder / "creators.csv").write_text(CREATORS.replace(",20000,", ",-20000,"))
    _, out, _ = asterism("check creators.csv --json")
    assert {"row": 5, "column": "followers", "value": "-20000", "reason": "below 0"} in json.loads(out)["files"][0][
        "rejects"
    ]
    code, out, err = asterism(f"{PLAN} --json")
    plan = json.loads(out)
    assert (code, err, plan["rejects"]) == (0, "", 1)
    assert plan["picks"]
    assert "c3" not in {pick["creator_id"] for pick in plan["picks"]}


def test_rows_that_are_all_bad_leave_nobody_to_plan_with(folder: Path, asterism: Run) -> None:
    (folder / "creators.csv").write_text("handle,platform,followers\nana,instagram,-5\nben,instagram,-6\n")
    refused(asterism(PLAN), 1, "No creator can be planned with", "followers")


@pytest.mark.parametrize("followers", ["nan", "inf", "1e400", "=1+1", "9" * 400], ids=lambda text: text[:6])
def test_a_count_that_is_no_number_is_a_reject_and_no_crash(folder: Path, asterism: Run, followers: str) -> None:
    (folder / "creators.csv").write_text(CREATORS.replace(",20000,", f",{followers},"))
    code, out, err = asterism(f"{PLAN} --json")
    assert (code, err) == (0, "")
    assert "c3" not in {pick["creator_id"] for pick in json.loads(out)["picks"]}


@pytest.mark.parametrize("command", [PLAN, "import creators.csv --catalogue c"])
def test_what_may_not_be_read_is_somebody_elses_fault(
    folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    refused(asterism(command), 4, "may not be read", "permission")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_entered_is_named(folder: Path, asterism: Run) -> None:
    (folder / "closed").mkdir()
    (folder / "closed" / "creators.csv").write_text(CREATORS)
    (folder / "closed").chmod(0)
    try:
        refused(asterism("plan brief.toml --creators closed/creators.csv"), 4, "may not be read")
    finally:
        (folder / "closed").chmod(0o700)


def test_a_report_that_cannot_be_finished_leaves_the_old_one(
    folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "report.html").write_text("the last one")
    monkeypatch.setattr(Path, "replace", forbidden)
    refused(asterism(f"{PLAN} --report report.html"), 4, "report.html cannot be written")
    assert tree(folder) == {
        "brief.toml": BRIEF.encode(),
        "creators.csv": CREATORS.encode(),
        "report.html": b"the last one",
    }
