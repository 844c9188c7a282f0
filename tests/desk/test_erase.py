"""Erasing through the desk: who is meant, what comes back refused, what is told about somebody, what grows old."""

import json
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from asterism.desk.erase import Person, Who, erase, personal_data, unfinished, would_erase
from asterism.desk.import_ import Choices, import_files
from asterism.desk.retention import expire, older_than
from asterism.desk.scorecard import _kept
from asterism.desk.stored import load_catalogue
from asterism.errors import BadInput, NotFound, WrongUsage
from asterism.store.catalogue import Catalogue
from asterism.store.kinds import KINDS
from asterism.store.settings import settings
from asterism.store.tombstones import bury

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
REASON = "erased on request on 2026-11-25: request"
CREATORS = """id,handle,name,platform,followers,bio
U17,@AnaQx,Ana Quist,instagram,12000,bread | youtube.com/@anaqxtv
U18,@bo,Bo,instagram,700,with @anaqx
V17,@anaqxtv,Ana Quist TV,youtube,5000,IG: @anaqx
"""
TABLES = {
    "creators": CREATORS,
    "posts": "post_id,creator_id,platform,likes,caption\nq1,U17,instagram,10,hi\np2,U18,instagram,5,by @anaqx\n",
    "audiences": "creator_id,dimension,bucket,share\nanaqx,age,18-24,0.5\nU18,age,18-24,0.4\n",
    "rates": "handle,price,currency\n@AnaQx,500,USD\n@bo,90,USD\n",
    "followers": "creator_id,person\nU17,h1\nU18,h1\n",
    "comments": "post_id,creator_id,person,text\nq1,,h2,nice\np2,U18,h1,@anaqx look\n",
    "outcomes": "creator_id,campaign,orders\nU17,spring,4\nU18,spring,5\n",
    "overlaps": "a,b,shared\nU18,AnaQx,40\nU18,V17,7\n",
}
NAMES = ("U17", "anaqx", "Ana Quist", "q1")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ASTERISM_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    for kind, text in TABLES.items():
        (tmp_path / f"{kind}.csv").write_text(text)
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def catalogue(folder):
    for kind in TABLES:
        brought(folder, kind)
    return Catalogue(folder / "catalogue")


def brought(folder, kind, name=""):
    return import_files([str(folder / (name or f"{kind}.csv"))], Choices(kind, catalogue=folder / "catalogue"))


def texts(catalogue, kind):
    """Everything a table of a kind says, as one text in lower case."""
    return json.dumps(catalogue.read(kind).to_pylist(), default=str).lower()


# who is meant


@pytest.mark.parametrize("name", ["@anaqx@instagram", "instagram:U17", "AnaQx", "u17"])
def test_a_creator_is_erased_under_any_name_that_is_theirs_alone(catalogue, name):
    done = erase(name, catalogue.path, "request", NOW)
    assert done.who == ("instagram:U17",)
    assert done.rows == {
        "creators": 1, "posts": 1, "audiences": 1, "rates": 1, "followers": 1, "comments": 1, "outcomes": 1,
        "overlaps": 1,
    }  # fmt: skip
    assert done.mentions == {"creators": 2, "posts": 1, "comments": 1}
    assert load_catalogue(catalogue.path).tables.creators["creator_id"].to_pylist() == ["U18", "V17"]


def test_all_accounts_of_the_person_go_where_asked(catalogue):
    done = erase("instagram:U17", catalogue.path, "request", NOW, everywhere=True)
    assert done.who == ("instagram:U17", "youtube:V17")
    assert catalogue.read("creators")["creator_id"].to_pylist() == ["U18"]
    assert catalogue.read("overlaps").num_rows == 0


def test_an_account_that_only_the_ledger_knows_is_kept_out(catalogue):
    assert erase(Who("tiktok", "T9", "@dee"), catalogue.path, "objection", NOW).rows == {}
    (catalogue.path.parent / "late.csv").write_text("handle,platform,followers\n@Dee,tiktok,5\n")
    with pytest.raises(BadInput, match="erased on request on 2026-11-25: objection"):
        brought(catalogue.path.parent, "creators", "late.csv")


def test_a_person_is_erased_by_their_hash(catalogue):
    assert erase(Person("h1"), catalogue.path, "request", NOW).rows == {"followers": 2, "comments": 1}


def test_a_creator_whom_only_other_tables_know_is_erased(folder):
    brought(folder, "rates")
    assert erase("anaqx", folder / "catalogue", "request", NOW).rows == {"rates": 1}


def test_what_would_go_is_told_and_stays(catalogue):
    said = would_erase("instagram:U17", catalogue.path)
    assert (said.done, said.rows["posts"], said.lost) == (False, 1, {})
    assert catalogue.read("posts").num_rows == 2
    assert "erased" not in catalogue.versions()


@pytest.mark.parametrize(
    ("name", "reason", "error", "words"),
    [
        ("nobody", "request", NotFound, "no account `nobody`"),
        ("@zoe@youtube", "request", NotFound, "no account `@zoe@youtube`"),
        ("instagram:U17", " ", WrongUsage, "needs a reason"),
    ],
    ids=["nobody", "nobody there", "no reason"],
)
def test_an_erasure_that_means_nobody_is_refused_with_nothing_touched(catalogue, name, reason, error, words):
    before = catalogue.versions()
    with pytest.raises(error, match=words):
        erase(name, catalogue.path, reason, NOW)
    assert catalogue.versions() == before


def test_an_erasure_can_be_completed_when_the_creators_own_rows_are_gone(catalogue):
    bury(catalogue, [("account", "instagram", "U17"), ("account", "instagram", "anaqx")], NOW, "request")
    catalogue.rewrite(
        "creators", lambda rows: rows.filter(pa.array([i != "U17" for i in rows["creator_id"].to_pylist()]))
    )
    assert unfinished(catalogue.path) == 2
    assert erase("@AnaQx@instagram", catalogue.path, "request", NOW + timedelta(days=1)).done
    assert unfinished(catalogue.path) == 0


def test_who_was_erased_can_be_erased_again(catalogue):
    erase("instagram:U17", catalogue.path, "request", NOW)
    again = erase("@AnaQx@instagram", catalogue.path, "request", NOW + timedelta(days=1))
    assert (again.rows, again.mentions, again.done) == ({}, {}, True)


# nobody comes back


@pytest.mark.parametrize("kind", list(TABLES))
def test_a_row_of_any_kind_comes_back_as_a_reject_that_names_nobody(catalogue, folder, kind):
    erase("instagram:U17", catalogue.path, "request", NOW)
    before = catalogue.read(kind)
    done = brought(folder, kind)
    assert (done[0].kind, done[0].rejected) == (kind, 1)
    assert catalogue.read(kind).num_rows == before.num_rows
    (reject,) = [
        row for row in catalogue.read("rejects").to_pylist() if row["kind"] == kind and row["reason"] == REASON
    ]
    assert reject["value"] == "•••"
    assert reject["row"] == 2
    for table in (kind, "rejects", "remarks"):
        assert not [name for name in NAMES if f'"{name.lower()}"' in texts(catalogue, table)]
        assert "@anaqx " not in texts(catalogue, table)


def test_a_file_with_nobody_else_in_it_is_refused_with_the_reason(catalogue, folder):
    erase("instagram:U17", catalogue.path, "request", NOW)
    (folder / "late.csv").write_text("handle,platform,followers\n@ANAQX,instagram,99\n")
    before = catalogue.versions()
    with pytest.raises(BadInput, match=f"No row .* can be used: {REASON}"):
        brought(folder, "creators", "late.csv")
    assert catalogue.versions() == before


def test_a_file_called_after_somebody_erased_leaves_no_name(catalogue, folder):
    erase("instagram:U17", catalogue.path, "request", NOW)
    (folder / "anaqx.csv").write_text(
        "handle,platform,followers\n@anaqx,instagram,many\n@cy,instagram,lots\n@di,instagram,7\n@ed,instagram,8\n"
    )
    brought(folder, "creators", "anaqx.csv")
    assert "anaqx" not in texts(catalogue, "rejects").replace("anaqxtv", "")
    values = {row["value"] for row in catalogue.read("rejects").to_pylist() if row["source"].endswith("[erased]")}
    assert values == {"•••", "lots"}
    warned = "handle,platform,followers\n@anaqx,instagram,5\n@cy,instagram,0\n"
    (folder / "anaqx.csv").write_text(warned)
    (done,) = brought(folder, "creators", "anaqx.csv")
    assert done.warnings
    assert "anaqx" not in done.file
    assert "anaqx" not in texts(catalogue, "remarks").replace("anaqxtv", "")


def test_a_platforms_own_answer_is_held_against_tombstones_too(catalogue, folder):
    def channel(ident, handle):
        told = {"title": handle, "customUrl": f"@{handle}"}
        return {"id": ident, "snippet": told, "statistics": {"subscriberCount": "5", "viewCount": "9"}}

    answer = {"kind": "youtube#channelListResponse", "items": [channel("V17", "anaqxtv"), channel("V20", "new")]}
    (folder / "answer.json").write_text(json.dumps(answer))
    erase("youtube:V17", catalogue.path, "request", NOW)
    done = import_files([str(folder / "answer.json")], Choices(catalogue=catalogue.path))
    assert {(one.kind, one.accepted, one.rejected) for one in done} >= {("creators", 1, 1)}
    for kind in ("creators", "snapshots", "rejects", "remarks"):
        assert "v17" not in texts(catalogue, kind)
        assert "anaqxtv" not in texts(catalogue, kind)


def test_no_forecast_of_somebody_erased_is_kept(catalogue):
    erase("instagram:U17", catalogue.path, "request", NOW)
    rows = [{"made_at": NOW, "creator_id": c, "platform": "instagram", "what": "views", "low": 1.0, "high": 2.0}
            for c in ("U17", "U18")]  # fmt: skip
    assert _kept(pa.Table.from_pylist(rows, schema=KINDS["forecasts"].arrow), catalogue.path) == 1
    assert catalogue.read("forecasts")["creator_id"].to_pylist() == ["U18"]


def test_without_erasures_an_import_looks_at_no_name(catalogue, folder, monkeypatch):
    monkeypatch.setattr("asterism.store.tombstones.hashed", None)
    assert brought(folder, "creators")[0].accepted == 3


# everything about somebody


def test_personal_data_is_every_row_with_its_source_and_date(catalogue):
    told = personal_data("@anaqx@instagram", catalogue.path)
    kinds = [entry.kind for entry in told.entries]
    assert sorted(kinds) == sorted(TABLES)
    assert told.who == "instagram:U17"
    assert told.mentions == {"creators": 2, "posts": 1, "comments": 1}
    (own,) = [entry for entry in told.entries if entry.kind == "creators"]
    assert (own.source, own.values["name"], own.values["followers"]) == ("creators.csv", "Ana Quist", 12_000)
    assert own.date_is == "last change of the table"
    assert all(entry.date is not None and entry.source for entry in told.entries)
    plain = told.to_dict()
    assert json.loads(json.dumps(plain, default=str))["entries"][0]["date"][:4].isdigit()


def test_personal_data_dates_a_row_by_when_it_was_read(catalogue):
    row = {"creator_id": "U17", "platform": "instagram", "source": "phyllo", "followers": 3, "as_of": NOW}
    catalogue.upsert("creators", pa.Table.from_pylist([row], schema=KINDS["creators"].arrow))
    (entry,) = [each for each in personal_data("instagram:U17", catalogue.path).entries if each.source == "phyllo"
                and each.kind == "creators"]  # fmt: skip
    assert (entry.date, entry.date_is) == (NOW, "as_of")


def test_personal_data_of_nobody_is_not_found(catalogue):
    with pytest.raises(NotFound, match="no account `nobody`"):
        personal_data("nobody", catalogue.path)


# what grows old


def aged(path):
    catalogue = Catalogue(path)

    def put(kind, *rows):
        catalogue.upsert(kind, pa.Table.from_pylist(rows, schema=KINDS[kind].arrow))

    old, new = NOW - timedelta(days=800), NOW - timedelta(days=10)
    put("posts", *({"post_id": p, "platform": "x", "creator_id": "a", "posted_at": at}
                   for p, at in (("old", old), ("new", new), ("undated", None))))  # fmt: skip
    put("comments", *({"post_id": p, "person": h, "posted_at": at} for p, h, at in (
        ("new", "h1", old), ("new", "h2", new), ("old", "h3", None), ("new", "h4", None))))  # fmt: skip
    put("creators", *({"creator_id": "a", "platform": "x", "followers": 1, "as_of": at} for at in (old, new)))
    put("followers", {"creator_id": "a", "person": "h1"})
    return catalogue


def test_what_is_older_than_a_date_is_counted_first_and_then_goes(tmp_path):
    catalogue = aged(tmp_path)
    before = older_than("24m", NOW)
    said = expire(tmp_path, before, NOW)
    assert said.rows == {"posts": 1, "comments": 2, "snapshots": 1}
    assert said.kept_undated == {"posts": 1, "comments": 1}
    assert not said.done
    assert catalogue.read("posts").num_rows == 3
    done = expire(tmp_path, before, NOW, dry_run=False)
    assert (done.rows, done.kept_undated, done.done) == (said.rows, said.kept_undated, True)
    assert set(catalogue.read("posts")["post_id"].to_pylist()) == {"new", "undated"}
    assert set(catalogue.read("comments")["person"].to_pylist()) == {"h2", "h4"}
    assert catalogue.read("snapshots").num_rows == 1
    assert done.lost["posts"] >= 1
    with pytest.raises(NotFound, match="vacuumed since"):
        catalogue.read("posts", 1)
    assert expire(tmp_path, before, NOW).rows == {}


def test_followers_go_by_when_the_catalogue_first_held_them(tmp_path):
    catalogue = aged(tmp_path)
    first = catalogue.history("followers")[0].at + timedelta(milliseconds=1)
    later = datetime.now(UTC) + timedelta(days=900)
    rows = [{"creator_id": "a", "person": person} for person in ("h1", "h2")]
    assert expire(tmp_path, first, later).rows["followers"] == 1
    catalogue.upsert("followers", pa.Table.from_pylist(rows, schema=KINDS["followers"].arrow))
    assert expire(tmp_path, first, later).rows["followers"] == 1
    expire(tmp_path, first, later, dry_run=False)
    assert catalogue.read("followers")["person"].to_pylist() == ["h2"]
    assert expire(tmp_path, first, later).kept_undated["followers"] == 1


def test_a_date_in_the_future_would_take_everything_and_is_refused(tmp_path):
    with pytest.raises(WrongUsage, match="lies in the future"):
        expire(tmp_path, NOW + timedelta(days=1), NOW)


@pytest.mark.parametrize(
    ("age", "days"), [("90d", 90), ("12w", 84), ("24m", 730.5), ("2y", 730.5), ("1 month", 30.4375)]
)
def test_an_age_is_read_as_people_write_it(age, days):
    assert NOW - older_than(age, NOW) == timedelta(days=days)


@pytest.mark.parametrize("age", ["", "24", "m", "0d", "-3d", "9999y", "3 fortnights"])
def test_what_is_no_age_is_refused(age):
    with pytest.raises(WrongUsage, match="24m"):
        older_than(age, NOW)
