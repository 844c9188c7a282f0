import json
import os
from datetime import timedelta

import pytest

from asterism.errors import OutsideFailure
from asterism.store.sources.asking import Answer, Ask
from asterism.store.sources.journal import GOOD_FOR, KEPT_FOR, begun_at, folder_of, is_good, open_journal, tidy
from tests.store.sources.waiting import START

ASK = Ask("the videos", "videos", (("id", "a,b"),), stage="videos")
FOUND = Answer({"items": [1, 2]})
MINUTE = timedelta(minutes=1)


def test_what_is_kept_is_there_the_next_time(tmp_path):
    kept = open_journal(tmp_path, START).keep(ASK, FOUND, START + MINUTE)
    again = open_journal(tmp_path, START + 2 * MINUTE)
    assert again.begun == START
    assert again.page(ASK) == kept
    assert (kept.document, kept.read, kept.stage) == ({"items": [1, 2]}, START + MINUTE, "videos")


def test_a_refusal_is_kept_with_its_reason(tmp_path):
    journal = open_journal(tmp_path, START)
    journal.keep(ASK, Answer(None, "comments are switched off"), START)
    page = journal.page(ASK)
    assert (page.document, page.why) == (None, "comments are switched off")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Ask("the videos", "video", (("id", "a,b"),)), id="path"),
        pytest.param(Ask("the videos", "videos", (("id", "a"),)), id="query"),
        pytest.param(Ask("the videos", "videos", (("id", "a,b"),), {"x": 1}), id="body"),
    ],
)
def test_another_request_has_another_page(tmp_path, other):
    journal = open_journal(tmp_path, START)
    journal.keep(ASK, FOUND, START)
    assert journal.page(other) is None


def test_the_same_request_in_other_words_has_the_same_page(tmp_path):
    journal = open_journal(tmp_path, START)
    journal.keep(ASK, FOUND, START)
    assert journal.page(Ask("videos again", "videos", (("id", "a,b"),), stage="other", share=0.9)) is not None


@pytest.mark.parametrize(
    ("age", "good"),
    [(timedelta(0), True), (GOOD_FOR - MINUTE, True), (GOOD_FOR, False), (GOOD_FOR + MINUTE, False), (-MINUTE, False)],
    ids=["now", "a day less a minute", "a day", "more", "from the future"],
)
def test_pages_are_good_for_a_day_from_the_first_one(tmp_path, age, good):
    open_journal(tmp_path, START).keep(ASK, FOUND, START)
    assert is_good(START, START + age) is good
    journal = open_journal(tmp_path, START + age)
    assert (journal.page(ASK) is not None) is good
    assert journal.begun == (START if good else START + age)


def test_starting_afresh_forgets_every_page(tmp_path):
    open_journal(tmp_path, START).keep(ASK, FOUND, START)
    assert open_journal(tmp_path, START + MINUTE, again=True).page(ASK) is None
    assert [path.name for path in tmp_path.iterdir()] == ["journal.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"document": {"a": 1}', b"[]", b'{"document": 5, "read": "2026-11-25T12:00:00+00:00"}',
                b'{"document": {}, "read": "yesterday"}', b"\xff\xfe", b'{"document": {}}'],
)  # fmt: skip
def test_a_damaged_page_is_asked_for_again(tmp_path, content):
    journal = open_journal(tmp_path, START)
    journal.keep(ASK, FOUND, START)
    (tmp_path / f"{ASK.key}.json").write_bytes(content)
    assert journal.page(ASK) is None


def test_a_damaged_journal_is_begun_anew(tmp_path):
    open_journal(tmp_path, START).keep(ASK, FOUND, START)
    (tmp_path / "journal.json").write_text("{")
    assert open_journal(tmp_path, START + MINUTE).page(ASK) is None


def test_a_page_from_before_the_beginning_does_not_count(tmp_path):
    journal = open_journal(tmp_path, START)
    journal.keep(ASK, FOUND, START)
    written = json.loads((tmp_path / f"{ASK.key}.json").read_text())
    (tmp_path / f"{ASK.key}.json").write_text(json.dumps(written | {"read": "2026-11-24T12:00:00+00:00"}))
    assert journal.page(ASK) is None


@pytest.mark.parametrize("account", ["@ada", "@ünal", "@..", "@a/b", "UC" + "x" * 22])
def test_every_account_has_a_folder_of_its_own_under_home(tmp_path, account):
    folder = folder_of(tmp_path, "youtube", account)
    assert folder.parent == tmp_path / "fetched" / "youtube"
    assert folder.resolve().parent == folder.parent.resolve()


def test_pages_older_than_a_month_are_removed_and_newer_ones_stay(tmp_path):
    for name, age in (("@old", KEPT_FOR + MINUTE), ("@new", KEPT_FOR - MINUTE)):
        open_journal(folder_of(tmp_path, "youtube", name), START - age).keep(ASK, FOUND, START - age)
    tidy(tmp_path, "youtube", START)
    tidy(tmp_path, "tiktok", START)
    assert [path.name for path in (tmp_path / "fetched" / "youtube").iterdir()] == ["@new"]
    assert begun_at(folder_of(tmp_path, "youtube", "@old")) is None


def test_pages_of_a_run_that_was_killed_before_it_began_are_removed_after_a_month_too(tmp_path):
    for name, age in (("@old", KEPT_FOR + MINUTE), ("@new", KEPT_FOR - MINUTE)):
        folder = folder_of(tmp_path, "youtube", name)
        open_journal(folder, START - age).keep(ASK, FOUND, START - age)
        (folder / "journal.json").unlink()
        os.utime(folder, times=((START - age).timestamp(),) * 2)
    tidy(tmp_path, "youtube", START)
    assert [path.name for path in (tmp_path / "fetched" / "youtube").iterdir()] == ["@new"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "fetched").write_text("a file")
    with pytest.raises(OutsideFailure, match="cannot be"):
        open_journal(folder_of(tmp_path, "youtube", "@ada"), START)
