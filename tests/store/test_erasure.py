"""Erasing somebody: no byte of them is left, nothing comes back, and a killed erasure is completed by the next."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from asterism.errors import NotFound, OutsideFailure
from asterism.store.catalogue import Catalogue
from asterism.store.erasure import Subject, count, erase, rows_of, subject_of
from asterism.store.forgetting import FORGETFUL, forget
from asterism.store.kinds import KINDS
from asterism.store.naming import NAMED, RECORDS, WORDS
from asterism.store.tombstones import KEY, bury, hashed, tombstones

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ID, HANDLE, NAME, BIO, POST = "UCzz91qx", "Zuzanaqx", "Zuzana Quist", "quilting in Brno", "postqx7"
TRACES = (ID, HANDLE, NAME, BIO, POST, "zuzanaqx")

ROWS = {
    "creators": [
        {"creator_id": ID, "handle": HANDLE, "name": NAME, "bio": BIO, "platform": "youtube", "followers": 5,
         "source": "YouTube Data API", "as_of": NOW},
        {"creator_id": HANDLE.lower(), "handle": HANDLE, "platform": "youtube", "source": "list.csv"},
        {"creator_id": HANDLE.lower(), "handle": HANDLE, "source": "nowhere said"},
        {"creator_id": "bo", "handle": "Bo", "platform": "youtube", "bio": f"friend of @{HANDLE}.", "as_of": NOW,
         "links": f"https://youtube.com/@{HANDLE} https://youtube.com/channel/{ID}"},
        {"creator_id": "cy", "handle": "cy", "platform": "tiktok", "as_of": NOW},
    ],
    "posts": [
        {"post_id": POST, "creator_id": ID, "platform": "youtube", "caption": BIO},
        {"post_id": "p2", "creator_id": "bo", "platform": "youtube", "caption": f"thanks @{HANDLE}, @{HANDLE}x too"},
        {"post_id": "p3", "creator_id": "cy", "platform": "tiktok", "caption": "of another"},
    ],
    "audiences": [{"creator_id": c, "dimension": "age", "bucket": "18-24", "share": 0.5} for c in (ID, "bo")],
    "followers": [{"creator_id": c, "person": "h1"} for c in (ID, "bo")],
    "overlaps": [{"a": "bo", "b": ID, "shared": 3}, {"a": HANDLE, "b": "cy", "shared": 3},
                 {"a": "bo", "b": "cy", "shared": 4}],
    "rates": [{"creator_id": c, "price": 5.0, "currency": "USD"} for c in (ID, "bo")],
    "outcomes": [{"creator_id": c, "campaign": "spring"} for c in (ID, "bo")],
    "comments": [
        {"post_id": POST, "person": "h1", "text": "lovely"},
        {"post_id": "p9", "creator_id": ID, "person": "h2"},
        {"post_id": "p2", "creator_id": "bo", "person": "h1", "text": f"@{HANDLE} look"},
    ],
    "snapshots": [],
    "annotations": [{"creator_id": ID, "platform": "youtube", "date": NOW, "text": "on television"},
                    {"creator_id": "bo", "platform": "youtube", "date": NOW, "text": f"a giveaway with @{HANDLE}"}],
    "accounts": [{"creator_id": c, "person": "h1", "followers": 1} for c in (ID, "bo")],
    "links": [
        {"creator_id": ID, "platform": "youtube", "other_platform": "tiktok", "other_handle": "cy"},
        {"creator_id": "cy", "platform": "tiktok", "other_platform": "youtube", "other_handle": HANDLE},
        {"creator_id": "bo", "platform": "youtube", "other_platform": "tiktok", "other_handle": "cy"},
    ],
    "identities": [
        {"verdict": "merge", "a": "tiktok:cy", "b": f"youtube:{ID}", "at": NOW},
        {"verdict": "split", "a": "tiktok:cy", "b": "youtube:bo", "at": NOW, "why": f"asked @{HANDLE}"},
    ],
    "forecasts": [{"made_at": NOW, "creator_id": c, "platform": "youtube", "what": "views", "low": 1.0, "high": 2.0}
                  for c in (ID, "bo")],
    "rejects": [
        {"source": "/home/me/list.csv", "row": 2, "column": "handle", "value": f"@{HANDLE}", "reason": "twice"},
        {"source": "/home/me/list.csv", "row": 3, "column": "name", "value": NAME, "reason": "no"},
        {"source": f"youtube @{HANDLE}", "row": 3, "column": "likes", "value": "many", "reason": "no number"},
        {"source": "/home/me/list.csv", "row": 4, "column": "likes", "value": "few", "reason": "no number"},
    ],
    "remarks": [
        {"source": "/home/me/list.csv", "text": f"`{HANDLE}` stands there twice."},
        {"source": f"/home/me/{HANDLE}.csv", "text": "Read as Latin-1."},
        {"source": "/home/me/list.csv", "text": "Read as Latin-1."},
    ],
}  # fmt: skip
LEFT = {"creators": 2, "posts": 2, "audiences": 1, "followers": 1, "overlaps": 1, "rates": 1, "outcomes": 1,
        "comments": 1, "snapshots": 2, "annotations": 1, "accounts": 1, "links": 1, "identities": 1, "forecasts": 1,
        "rejects": 1, "remarks": 1}  # fmt: skip


def filled(path, turns=2):
    """A catalogue of every kind of table, written in several versions."""
    catalogue = Catalogue(path)
    for turn in range(turns):
        for kind, rows in ROWS.items():
            table = pa.Table.from_pylist(rows, schema=KINDS[kind].arrow)
            if kind in RECORDS:
                for source in {row["source"] for row in rows}:
                    own = table.filter(pa.array([row["source"] == source for row in rows]))
                    catalogue.replace(kind, "source", source, own)
            elif rows:
                catalogue.upsert(kind, table.slice(0, table.num_rows if turn else max(1, table.num_rows - 1)))
    return catalogue


@pytest.fixture
def catalogue(tmp_path):
    return filled(tmp_path / "a home, 100%" / "catalogue")


@pytest.fixture
def zuzana(catalogue):
    return subject_of(catalogue, "youtube", [HANDLE])


def traces(folder, words=TRACES):
    """Every file that still holds one of the words: as bytes, or in a value of a Parquet file or checkpoint."""
    found = set()
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        content = file.read_bytes()
        if file.suffix == ".parquet":
            content += json.dumps(pq.read_table(file).to_pylist(), default=str, ensure_ascii=False).encode()
            content += str(pq.ParquetFile(file).metadata.to_dict()).encode()
        found |= {(str(file.relative_to(folder)), word) for word in words if word.lower().encode() in content.lower()}
    return found


def without_neighbours(found):
    """A handle that merely begins like the erased one is somebody else's."""
    return {(file, word) for file, word in found if not (file.startswith("posts/") and word.lower() == HANDLE.lower())}


# nothing is left


def test_every_kind_of_table_says_whom_it_names():
    assert set(NAMED) == set(KINDS)
    for kind, named in NAMED.items():
        columns = {name for each in named for name in (each.column, each.platform) if name}
        assert columns | set(WORDS.get(kind, ())) | set(RECORDS.get(kind, ())) <= set(KINDS[kind].names)
    assert {kind for kind in KINDS if kind not in FORGETFUL} == {"fx", "erased"}
    naming = {"creator_id", "handle", "person", "a", "b", "post_id", "other_handle"}
    for kind, schema in KINDS.items():
        assert naming & set(schema.names) <= {each.column for each in NAMED[kind]}, kind


def test_a_subject_has_the_ids_and_handles_that_rows_put_beside_each_other(zuzana):
    assert zuzana.names == {ID, HANDLE, HANDLE.lower()}
    assert zuzana.called == {NAME}
    assert zuzana.posts == {POST}


def test_a_second_id_that_a_source_has_for_the_same_handle_goes_too_and_no_further(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    rows = [("1", "ana", "a"), ("2", "Ana", "b"), ("2", "anna", "c"), ("3", "anna", "d")]
    told = [{"creator_id": i, "handle": h, "platform": "x", "source": s} for i, h, s in rows]
    catalogue.upsert("creators", pa.Table.from_pylist(told, schema=KINDS["creators"].arrow))
    assert subject_of(catalogue, "x", ["1"]).names == {"1", "2", "ana"}


def test_every_row_of_a_creator_goes_and_no_other_row(catalogue, zuzana):
    said = count(catalogue, zuzana)
    done = erase(catalogue, zuzana, NOW, "request")
    assert {kind: catalogue.read(kind).num_rows for kind in LEFT} == LEFT
    assert (said.rows, said.mentions) == (done.rows, done.mentions)
    assert done.rows == {
        "creators": 3, "posts": 1, "audiences": 1, "followers": 1, "overlaps": 2, "rates": 1, "outcomes": 1,
        "comments": 2, "snapshots": 1, "annotations": 1, "accounts": 1, "links": 2, "identities": 1, "forecasts": 1,
        "rejects": 3, "remarks": 2,
    }  # fmt: skip
    assert done.mentions == {"creators": 1, "posts": 1, "comments": 1, "annotations": 1, "identities": 1}
    assert count(catalogue, zuzana).rows == {}


def test_the_words_of_others_lose_the_mention_alone(catalogue, zuzana):
    erase(catalogue, zuzana, NOW, "request")
    bo = catalogue.read("creators").to_pylist()[0]
    assert bo["bio"] == "friend of @[erased]."
    assert bo["links"] == "https://youtube.com/@[erased] https://youtube.com/channel/[erased]"
    captions = catalogue.read("posts")["caption"].to_pylist()
    assert captions == [f"thanks @[erased], @{HANDLE}x too", "of another"]


def test_the_count_touches_nothing(catalogue, zuzana):
    before = catalogue.versions()
    count(catalogue, zuzana)
    assert catalogue.versions() == before
    assert not (catalogue.path / "erased").exists()


@pytest.mark.parametrize("checkpoints", [False, True], ids=["no checkpoint", "checkpoints"])
def test_no_file_of_the_folder_holds_a_trace_of_them(catalogue, zuzana, checkpoints):
    for kind in catalogue.versions() if checkpoints else ():
        DeltaTable(catalogue.path / kind).create_checkpoint()
    catalogue.upsert("rates", pa.Table.from_pylist(ROWS["rates"], schema=KINDS["rates"].arrow))
    pq.write_table(pa.table({"caption": [BIO]}), catalogue.path / "posts" / "part-99999-killed.snappy.parquet")
    (catalogue.path / "posts" / "_delta_log" / "_commit_7.json.tmp").write_text(NAME)
    kinds = {file.split("/")[0] for file, _ in traces(catalogue.path)}
    assert kinds >= {"creators", "posts", "rejects", "remarks", "overlaps", "identities", "forecasts"}
    erase(catalogue, zuzana, NOW, "request")
    assert without_neighbours(traces(catalogue.path)) == set()
    logs = "".join(file.read_text() for file in catalogue.path.glob("creators/_delta_log/*.json"))
    assert '"minValues' in logs.replace("\\", ""), "what stands keeps its own statistics"


def test_old_versions_are_named_and_dated_and_say_that_they_are_gone(catalogue, zuzana):
    before = {kind: [(each.number, each.at) for each in catalogue.history(kind)] for kind in LEFT}
    done = erase(catalogue, zuzana, NOW, "request")
    for kind, versions in before.items():
        assert [(each.number, each.at) for each in catalogue.history(kind)][-len(versions) :] == versions
        assert done.lost[kind] >= versions[0][0]
    with pytest.raises(NotFound, match="gone: the table was vacuumed since"):
        catalogue.read("creators", before["creators"][0][0])


def test_tables_can_be_written_and_travelled_after_an_erasure(catalogue, zuzana):
    DeltaTable(catalogue.path / "creators").create_checkpoint()
    erase(catalogue, zuzana, NOW, "request")
    stood = catalogue.versions()["creators"]
    row = {"creator_id": "new", "platform": "youtube", "followers": 1}
    catalogue.upsert("creators", pa.Table.from_pylist([row], schema=KINDS["creators"].arrow))
    assert catalogue.read("creators")["creator_id"].to_pylist() == ["bo", "cy", "new"]
    assert catalogue.read("creators", stood)["creator_id"].to_pylist() == ["bo", "cy"]


def test_an_account_of_the_same_name_elsewhere_stays(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    rows = [{"creator_id": "travel", "handle": "travel", "platform": p, "followers": 1} for p in ("x", "tiktok")]
    catalogue.upsert("creators", pa.Table.from_pylist(rows, schema=KINDS["creators"].arrow))
    erase(catalogue, subject_of(catalogue, "x", ["travel"]), NOW, "request")
    assert catalogue.read("creators")["platform"].to_pylist() == ["tiktok"]
    assert tombstones(catalogue).on("account", "@Travel", "x")
    assert tombstones(catalogue).on("account", "travel", "tiktok") is None
    assert tombstones(catalogue).on("account", "travel"), "a row that names no platform may mean the erased one"


def test_a_common_word_as_a_handle_takes_no_sentence_of_ours(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    said = [{"source": "a.csv", "text": text} for text in ("3 posts have 0 likes.", "see `posts`", "of @posts")]
    catalogue.replace("remarks", "source", "a.csv", pa.Table.from_pylist(said, schema=KINDS["remarks"].arrow))
    gone = rows_of(catalogue, "remarks", Subject("x", frozenset({"posts"})))
    assert gone["text"].to_pylist() == ["of @posts", "see `posts`"]


def test_a_person_among_followers_and_commenters_can_be_erased(catalogue):
    done = erase(catalogue, Subject(people=frozenset({"h1"})), NOW, "request")
    assert done.rows == {"followers": 2, "comments": 2, "accounts": 2}
    assert catalogue.read("comments")["person"].to_pylist() == ["h2"]
    assert tombstones(catalogue).on("person", "h1")
    assert tombstones(catalogue).on("account", "h1") is None


def test_fetched_pages_that_speak_of_them_go(catalogue, zuzana, tmp_path):
    pages = {
        f"youtube/@{HANDLE}": "{}",
        "youtube/@other": f'{{"author": "{HANDLE}"}}',
        "tiktok/cy": '{"a": "Zuzanaqxy"}',
    }
    for name, content in pages.items():
        folder = tmp_path / "home" / "fetched" / name
        folder.mkdir(parents=True)
        (folder / "journal.json").write_text(content)
    assert erase(catalogue, zuzana, NOW, "request", tmp_path / "home").pages == 2
    assert [file.parent.name for file in (tmp_path / "home").rglob("*.json")] == ["cy"]


# tombstones


def test_tombstones_say_when_and_why_and_not_who(catalogue, zuzana):
    erase(catalogue, zuzana, NOW, "request")
    rows = catalogue.read("erased").to_pylist()
    assert {(row["what"], row["platform"], row["at"], row["reason"]) for row in rows} == {
        ("account", "youtube", NOW, "request"), ("post", "youtube", NOW, "request"),
    }  # fmt: skip
    assert len(rows) == 3, "the handle in both its spellings is one name"
    assert all(row["finished"] == NOW for row in rows)
    assert all(len(row["hash"]) == 64 for row in rows)
    key = (catalogue.path / KEY).read_bytes()
    assert hashed(key, "account", f"@{HANDLE}") in {row["hash"] for row in rows}
    assert (catalogue.path / KEY).stat().st_mode & 0o777 == 0o600


def test_two_catalogues_hash_one_name_differently(tmp_path):
    kept = []
    for name in "ab":
        catalogue = Catalogue(tmp_path / name)
        bury(catalogue, [("account", "x", "ana")], NOW, "request")
        kept.append(catalogue.read("erased")["hash"].to_pylist())
    assert kept[0] != kept[1]


def test_who_is_erased_twice_keeps_the_first_date(catalogue, zuzana):
    erase(catalogue, zuzana, NOW, "request")
    erase(catalogue, zuzana, NOW.replace(year=2030), "again")
    stone = tombstones(catalogue).on("account", HANDLE, "youtube")
    assert stone.sentence == "erased on request on 2026-11-25: request"


def test_tombstones_without_their_key_let_nothing_in(catalogue, zuzana):
    erase(catalogue, zuzana, NOW, "request")
    (catalogue.path / KEY).unlink()
    with pytest.raises(OutsideFailure, match=r"nobody can tell who was erased.*backup"):
        tombstones(catalogue)
    with pytest.raises(OutsideFailure, match="nobody can tell who was erased"):
        bury(catalogue, [("account", "x", "ana")], NOW, "request")


# killed at any moment, and at once with others

ERASE = """
    import os, signal, sys
    from datetime import datetime, timezone
    from pathlib import Path
    from asterism.store import erasure, forgetting
    from asterism.store.catalogue import Catalogue

    catalogue, step, at = Catalogue(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    calls = 0

    def dying(work):
        def call(*given, **named):
            global calls
            calls += 1
            if calls > at:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*given, **named)
        return call

    if step == "commit":
        Catalogue.rewrite = dying(Catalogue.rewrite)
    elif step == "forget":
        erasure.forget = dying(erasure.forget)
    elif step == "file":
        Path.unlink = dying(Path.unlink)
    else:
        forgetting._scrub = dying(forgetting._scrub)
    subject = erasure.subject_of(catalogue, "youtube", ["Zuzanaqx"])
    erasure.erase(catalogue, subject, datetime(2026, 11, 25, 12, tzinfo=timezone.utc), "request")
"""


@pytest.mark.parametrize(
    ("step", "at"),
    [
        pytest.param("commit", 0, id="before any row is gone"),
        pytest.param("commit", 7, id="between two tables"),
        pytest.param("forget", 0, id="between the last commit and the first file"),
        pytest.param("file", 5, id="between two files"),
        pytest.param("log", 9, id="between two entries of a log"),
    ],
)
def test_a_killed_erasure_is_completed_by_the_next(catalogue, step, at):
    command = [sys.executable, "-c", textwrap.dedent(ERASE), str(catalogue.path), step, str(at)]
    died = subprocess.run(command, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    stone = tombstones(catalogue).on("account", HANDLE, "youtube")
    assert stone is not None
    assert not stone.finished
    for kind in LEFT:
        catalogue.read(kind)
    assert traces(catalogue.path)
    erase(catalogue, subject_of(catalogue, "youtube", [HANDLE]), NOW.replace(day=26), "request")
    assert without_neighbours(traces(catalogue.path)) == set()
    assert {kind: catalogue.read(kind).num_rows for kind in LEFT} == LEFT
    assert all(stone.finished for stones in tombstones(catalogue).stones.values() for stone in stones)


WRITE = """
    import sys
    from pathlib import Path
    import pyarrow as pa
    from asterism.creators.tables import POSTS
    from asterism.store.catalogue import Catalogue

    catalogue = Catalogue(Path(sys.argv[1]))
    print("ready", flush=True)
    for turn in range(12):
        rows = [{"post_id": f"new {turn} {n}", "platform": "youtube", "creator_id": "bo"} for n in range(200)]
        catalogue.upsert("posts", pa.Table.from_pylist(rows, schema=POSTS.arrow))
"""


def test_an_import_at_the_same_time_loses_no_row(catalogue, zuzana):
    command = [sys.executable, "-c", textwrap.dedent(WRITE), str(catalogue.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as writer:
        writer.stdout.readline()
        erase(catalogue, zuzana, NOW, "request")
        while writer.poll() is None:
            forget(catalogue)
        assert writer.returncode == 0, writer.stderr.read()
    assert catalogue.read("posts").num_rows == LEFT["posts"] + 12 * 200


@pytest.mark.skipif(os.name != "posix", reason="no such locks on this system")
def test_whoever_writes_keeps_others_from_removing_files(catalogue):
    import fcntl

    def busy(rows):
        door = os.open(catalogue.path, os.O_RDONLY)
        try:
            fcntl.flock(door, fcntl.LOCK_SH | fcntl.LOCK_NB)
            with pytest.raises(BlockingIOError):
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(door)
        return rows

    catalogue.rewrite("rates", busy)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to every folder: permissions do not bind it")
def test_a_folder_one_may_not_write_is_one_clear_line(catalogue, zuzana):
    catalogue.path.chmod(0o500)
    try:
        with pytest.raises(OutsideFailure, match="cannot be written"):
            erase(catalogue, zuzana, NOW, "request")
    finally:
        catalogue.path.chmod(0o755)


def test_an_erasure_before_anything_was_imported_keeps_somebody_out(tmp_path):
    catalogue = Catalogue(tmp_path / "catalogue")
    done = erase(catalogue, Subject("x", frozenset({"ana"})), NOW, "objection")
    assert (done.rows, done.lost) == ({}, {})
    table = pa.Table.from_pylist([{"creator_id": "Ana", "platform": "x"}], schema=KINDS["creators"].arrow)
    assert tombstones(catalogue).marked("creators", table)[0].stone.reason == "objection"
    assert isinstance(catalogue.path, Path)
