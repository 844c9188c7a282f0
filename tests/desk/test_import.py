from pathlib import Path

import pytest

from asterism.desk.import_ import Choices, import_files
from asterism.desk.read import Files, read_tables
from asterism.desk.stored import load_catalogue, open_catalogue
from asterism.errors import AsterismError, BadInput, MissingColumns, NotFound, OutsideFailure
from asterism.store.settings import settings

KIM = Path(__file__).resolve().parents[3] / "shared" / "data" / "kim_instagram"

CREATORS = "handle,platform,followers,niche\n@Ada,instagram,12000,food\n@Bo,instagram,many,art\n@Cy,tiktok,900,food\n"
POSTS = "post_id,creator_id,platform,likes,posted_at\np1,ada,instagram,10,2026-01-02\np2,cy,tiktok,5,2026-01-03\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "creators.csv").write_text(CREATORS)
    (tmp_path / "posts.csv").write_text(POSTS)
    return tmp_path


def imported(folder, *names, **choices):
    paths = [str(folder / name) for name in names]
    return import_files(paths, Choices(catalogue=folder / "catalogue", **choices))


def test_what_was_imported_can_be_planned_with(folder):
    done = imported(folder, "creators.csv", "posts.csv")
    assert [(d.kind, d.rows, d.accepted, d.rejected) for d in done] == [("creators", 3, 3, 0), ("posts", 2, 2, 0)]
    loaded = load_catalogue(folder / "catalogue")
    assert loaded.tables.creators["creator_id"].to_pylist() == ["ada", "bo", "cy"]
    assert loaded.tables.creators["followers"].to_pylist() == [12_000, None, 900]
    assert loaded.tables.posts["likes"].to_pylist() == [10, 5]
    assert loaded.tables.rates.num_rows == 0


HANDLES = "user_id,username,platform,followers\nU1,Ada,instagram,12000\nU2,Bo,instagram,700\n"
HANDLED = {
    "posts.csv": "post_id,username,platform,likes\np1,@ada,instagram,10\np2,U2,instagram,5\np3,zoe,instagram,7\n",
    "overlaps.csv": "a,b,shared\nada,BO,40\n",
    "rates.csv": "handle,package,price,currency\nADA,1 reel,300,USD\n",
}


def test_tables_that_name_handles_are_joined_by_id(folder):
    (folder / "creators.csv").write_text(HANDLES)
    for name, text in HANDLED.items():
        (folder / name).write_text(text)
    imported(folder, "creators.csv", *HANDLED)
    tables = load_catalogue(folder / "catalogue").tables
    assert sorted(tables.posts["creator_id"].to_pylist()) == ["U1", "U2", "zoe"]
    assert (tables.overlaps["a"].to_pylist(), tables.overlaps["b"].to_pylist()) == (["U1"], ["U2"])
    assert tables.rates["creator_id"].to_pylist() == ["U1"]
    assert [w for w in tables.warnings if "1 of 3 rows of posts" in w]


def test_the_catalogue_gives_the_tables_the_files_give(folder):
    (folder / "creators.csv").write_text(HANDLES)
    for name, text in HANDLED.items():
        (folder / name).write_text(text)
    imported(folder, "creators.csv", *HANDLED)
    named = {Path(name).stem: str(folder / name) for name in HANDLED}
    read = read_tables(Files(creators=str(folder / "creators.csv"), **named)).tables
    loaded = load_catalogue(folder / "catalogue").tables
    for kind in ("creators", "posts", "overlaps", "rates"):
        rows = sorted(getattr(loaded, kind).to_pylist(), key=str)
        assert rows == sorted(getattr(read, kind).to_pylist(), key=str), kind
    assert set(loaded.warnings) <= set(read.warnings)


def test_a_catalogue_of_other_tables_only_says_to_import_creators(folder):
    (folder / "rates.csv").write_text(HANDLED["rates.csv"])
    imported(folder, "rates.csv")
    with pytest.raises(NotFound, match=r"holds no creators.*asterism import"):
        load_catalogue(folder / "catalogue")


def test_the_versions_read_are_the_versions_written(folder):
    done = imported(folder, "creators.csv", "posts.csv")
    versions = {d.kind: f"delta:{d.version}" for d in done}
    rejects = open_catalogue(folder / "catalogue").versions()["rejects"]
    assert load_catalogue(folder / "catalogue").versions == {**versions, "rejects": f"delta:{rejects}"}


def test_what_an_import_warned_of_is_kept_until_the_file_is_imported_again(folder):
    (folder / "strange.csv").write_text(
        "creator_id,handle,platform,followers\nx1,@X,instagram,N/A\nx2,@Y,instagram,9\n"
    )
    (done,) = imported(folder, "strange.csv")
    assert "N/A read as not stated" in done.warnings[0]
    assert load_catalogue(folder / "catalogue").tables.warnings == done.warnings
    (folder / "strange.csv").write_text("creator_id,handle,platform,followers\nx1,@X,instagram,1234\n")
    imported(folder, "strange.csv")
    assert load_catalogue(folder / "catalogue").tables.warnings == ()


def test_the_tables_of_an_earlier_plan_can_be_had_again(folder):
    imported(folder, "creators.csv")
    before = load_catalogue(folder / "catalogue")
    (folder / "more.csv").write_text("handle,platform,followers\n@ada,instagram,99000\n@dee,instagram,5\n")
    imported(folder, "more.csv")
    assert load_catalogue(folder / "catalogue").tables.creators.num_rows == 4
    again = load_catalogue(folder / "catalogue", before.versions)
    assert again.tables.creators == before.tables.creators
    assert again.versions == before.versions


def test_every_reject_is_kept_with_its_place_and_reason(folder):
    imported(folder, "creators.csv")
    (reject,) = load_catalogue(folder / "catalogue").tables.rejects
    assert (reject.row, reject.column, reject.value) == (3, "followers", "many")
    assert reject.reason
    (row,) = open_catalogue(folder / "catalogue").read("rejects").to_pylist()
    assert row["source"] == str(folder / "creators.csv")
    assert row["kind"] == "creators"


def test_a_mended_file_takes_its_rejects_away_and_leaves_those_of_others(folder):
    (folder / "other.csv").write_text(CREATORS.replace("many", "-4"))
    imported(folder, "creators.csv", "other.csv")
    (folder / "creators.csv").write_text(CREATORS.replace("many", "700"))
    imported(folder, "creators.csv")
    assert [r.value for r in load_catalogue(folder / "catalogue").tables.rejects] == ["-4"]


def test_importing_a_file_twice_doubles_nothing(folder):
    imported(folder, "creators.csv", "posts.csv")
    once = load_catalogue(folder / "catalogue").tables
    imported(folder, "creators.csv", "posts.csv")
    twice = load_catalogue(folder / "catalogue").tables
    assert (twice.creators, twice.posts, twice.rejects) == (once.creators, once.posts, once.rejects)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        pytest.param(None, NotFound, "no file", id="missing"),
        pytest.param(b"", BadInput, "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", BadInput, "not a table", id="a picture"),
        pytest.param(b"colour,weight\nred,3\n", MissingColumns, "colour, weight", id="no creator"),
        pytest.param(b"handle,followers\n,5\n,6\n", MissingColumns, "names nobody", id="handles left empty"),
        pytest.param(b"handle,followers\n", BadInput, "holds no rows", id="a header alone"),
        pytest.param(b"creator_id,price,currency\nada,-5,USD\n", BadInput, "No row of", id="no usable row"),
    ],
)
def test_one_bad_file_stops_the_import_before_anything_is_written(folder, content, error, words):
    if content is not None:
        (folder / "bad").write_bytes(content)
    with pytest.raises(error, match=words) as caught:
        imported(folder, "creators.csv", "bad")
    assert "\n" not in str(caught.value)
    assert not (folder / "catalogue").exists()


def test_the_users_words_on_the_files_are_heeded(folder):
    (folder / "odd.csv").write_text("Wer,Wieviele\n@ada,5000\n")
    mapping = {"Wer": "handle", "Wieviele": "followers"}
    imported(folder, "odd.csv", kind="creators", platform="youtube", mapping=mapping)
    row = load_catalogue(folder / "catalogue").tables.creators.to_pylist()[0]
    assert (row["creator_id"], row["platform"], row["followers"]) == ("ada", "youtube", 5000)


def test_a_file_of_posts_that_tells_followers_is_both(folder):
    (folder / "videos.csv").write_text("post_id,creator_id,platform,likes,followers\nv1,ada,tiktok,10,1200\n")
    assert sorted(d.kind for d in imported(folder, "videos.csv")) == ["creators", "posts"]
    tables = load_catalogue(folder / "catalogue").tables
    assert tables.creators["followers"].to_pylist() == [1200]
    assert tables.posts["post_id"].to_pylist() == ["v1"]


def test_the_answer_is_plain_values(folder):
    (first,) = [d.to_dict() for d in imported(folder, "creators.csv")]
    assert set(first) == {"file", "kind", "rows", "accepted", "rejected", "version", "warnings"}
    assert isinstance(first["warnings"], list)


def test_progress_rises_to_the_end(folder):
    told = []
    paths = [str(folder / "creators.csv"), str(folder / "posts.csv")]
    import_files(paths, Choices(catalogue=folder / "catalogue"), lambda what, share: told.append((what, share)))
    assert [what for what, _ in told] == [
        f"{act} {n}.csv" for act in ("Reading", "Writing") for n in ("creators", "posts")
    ]
    assert [share for _, share in told] == [0.0, 0.25, 0.5, 0.75]


def test_an_empty_catalogue_says_what_to_do(tmp_path):
    with pytest.raises(NotFound, match=r"holds no creators.*asterism import"):
        load_catalogue(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("stamp", ["five", "sha256:00", "delta:", "delta:-1"])
def test_a_version_that_is_none_is_refused(tmp_path, stamp):
    with pytest.raises(BadInput, match="is no version of creators"):
        load_catalogue(tmp_path, {"creators": stamp})


def test_a_catalogue_that_is_a_file_is_one_clear_line(folder):
    (folder / "catalogue").write_text("")
    with pytest.raises(OutsideFailure, match="cannot be written"):
        imported(folder, "creators.csv")
    with pytest.raises(AsterismError, match="cannot be read"):
        load_catalogue(folder / "catalogue")


def test_without_a_folder_the_catalogue_lies_in_the_data_directory(tmp_path, monkeypatch):
    monkeypatch.setenv("ASTERISM_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    try:
        assert open_catalogue().path == tmp_path / "home" / "catalogue"
        assert not (tmp_path / "home").exists()
    finally:
        settings.cache_clear()


@pytest.mark.shared
@pytest.mark.skipif(not KIM.exists(), reason="needs shared/data/kim_instagram beside the repository")
def test_the_instagram_creators_and_posts_are_all_there(tmp_path):
    paths = [str(KIM / "influencers.txt"), str(KIM / "posts.parquet")]
    done = import_files(paths, Choices(catalogue=tmp_path / "catalogue"))
    assert [(d.kind, d.accepted) for d in done] == [("creators", 33_935), ("posts", 23_914)]
    lines = (KIM / "influencers.txt").read_text(encoding="utf-8").splitlines()
    handles = {line.split("\t")[0].lower() for line in lines[2:]}
    tables = load_catalogue(tmp_path / "catalogue").tables
    assert set(tables.creators["creator_id"].to_pylist()) == handles
    assert tables.posts.num_rows == 23_914
