"""Reading what the user brings: creators, the tables beside them, mappings and briefs."""

import hashlib
import json
from pathlib import Path

import pytest

from asterism.desk.read import Files, read_brief, read_creators, read_tables
from asterism.errors import AsterismError, BadBrief, BadInput, MissingColumns, NotFound, UnreadableFile


def _file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_creators_come_with_their_rejects(tmp_path: Path) -> None:
    path = _file(tmp_path, "instagram.csv", "handle,followers\nana,1.2K\nben,-5\n")
    creators = read_creators(path)
    assert len(creators) == 2
    assert creators.table["followers"].to_pylist() == [1_200, None]
    assert [(r.file, r.row, r.value, r.reason) for r in creators.rejects] == [(path, 3, "-5", "below 0")]
    assert creators.version == f"sha256:{hashlib.sha256(Path(path).read_bytes()).hexdigest()}"


MAPPINGS = {
    "toml": '"Wer genau" = "handle"\nReichw = "followers"\n',
    "toml table": '[columns]\n"Wer genau" = "handle"\nReichw = "followers"\n',
    "json": '{"Wer genau": "handle", "Reichw": "followers"}',
    "csv": "column,field\nWer genau,handle\nReichw,followers\n",
}


@pytest.mark.parametrize("text", MAPPINGS.values(), ids=list(MAPPINGS))
def test_a_mapping_file_names_columns_in_toml_json_or_csv(tmp_path: Path, text: str) -> None:
    path = _file(tmp_path, "c.csv", "Wer genau,Reichw\nana,1.2K\n")
    creators = read_creators(path, mapping=_file(tmp_path, "mapping", text), platform="tiktok")
    assert creators.table.select(["creator_id", "platform", "followers"]).to_pylist() == [
        {"creator_id": "ana", "platform": "tiktok", "followers": 1_200}
    ]


def test_a_mapping_that_is_none_says_what_to_write(tmp_path: Path) -> None:
    path = _file(tmp_path, "c.csv", "handle\nana\n")
    with pytest.raises(BadInput, match="is no mapping"):
        read_creators(path, mapping=_file(tmp_path, "mapping", "[1, 2]"))


BAD = [
    ("a,b\n1,2\n", MissingColumns, "no table of creators"),
    ("", UnreadableFile, "is empty"),
    (None, NotFound, "no file"),
]


@pytest.mark.parametrize(("text", "error", "message"), BAD, ids=["no creator column", "empty", "missing"])
def test_creators_that_cannot_be_read_say_why(
    tmp_path: Path, text: str | None, error: type[AsterismError], message: str
) -> None:
    path = str(tmp_path / "none.csv") if text is None else _file(tmp_path, "c.csv", text)
    with pytest.raises(error, match=message):
        read_creators(path)


def test_tables_are_joined_by_id_and_versioned(tmp_path: Path) -> None:
    files = Files(
        creators=_file(tmp_path, "creators.csv", "user_id,username,followers\nU1,Ana,10\nU2,ben,20\n"),
        posts=_file(tmp_path, "posts.csv", "post_id,username,likes\n1,@ana,5\n2,U2,6\n3,zoe,7\n"),
        overlaps=_file(tmp_path, "overlaps.csv", "a,b,shared\nana,ben,4\n"),
        rates=_file(tmp_path, "rates.csv", "handle,package,price,currency\nANA,1 reel,300,EUR\n"),
        fx=_file(tmp_path, "fx.csv", "currency,usd\nEUR,1.08\n"),
    )
    loaded = read_tables(files, platform="instagram")
    tables = loaded.tables
    assert tables.posts["creator_id"].to_pylist() == ["U1", "U2", "zoe"]
    assert (tables.overlaps["a"].to_pylist(), tables.overlaps["b"].to_pylist()) == (["U1"], ["U2"])
    assert tables.rates["creator_id"].to_pylist() == ["U1"]
    assert tables.fx["usd"].to_pylist() == [1.08]
    assert tables.audiences.num_rows == 0
    assert any("1 of 3 rows of posts" in warning for warning in tables.warnings)
    assert set(loaded.versions) == {"creators", "posts", "overlaps", "rates", "fx"}
    assert all(version.startswith("sha256:") for version in loaded.versions.values())


def test_one_table_can_be_creators_and_posts(tmp_path: Path) -> None:
    text = "user_name,user_nfollower,vid_id,vid_nlike\nana,304.9K,1,5\nana,305K,2,6\n"
    path = _file(tmp_path, "tiktok.csv", text)
    tables = read_tables(Files(creators=path, posts=path)).tables
    assert tables.creators.select(["creator_id", "followers", "platform"]).to_pylist() == [
        {"creator_id": "ana", "followers": 305_000, "platform": "tiktok"}
    ]
    assert tables.posts["likes"].to_pylist() == [5, 6]


def test_a_brief_is_toml_or_json_by_its_content(tmp_path: Path) -> None:
    toml = read_brief(_file(tmp_path, "a.json", 'goal = "awareness"\nbudget = "20000 USD"\n'))
    read_json = read_brief(_file(tmp_path, "b.toml", json.dumps({"goal": "awareness", "budget": "20000 USD"})))
    assert toml == read_json


BRIEFS = [
    ('goal = "awareness"\nbudget = 20000 USD\n', "line 2"),
    ('{"goal": "awareness",\n "budget": }', "line 2, column 12"),
    ('goal = "awareness"\nbuget = "20000 USD"\n', "Did you mean `budget`"),
    ('goal = "awareness"\nbudget = nan\n', "budget"),
    ('goal = "awareness"\n', "lacks `budget`"),
    ("", "lacks `goal`"),
    ("handle,followers\nana,5\n", "line 1"),
]


@pytest.mark.parametrize(("text", "message"), BRIEFS, ids=[b[1] + str(len(b[0])) for b in BRIEFS])
def test_a_bad_brief_says_where_and_what(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadBrief, match=message) as caught:
        read_brief(_file(tmp_path, "brief.toml", text))
    assert "\n" not in str(caught.value)


def test_a_missing_brief_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        read_brief(tmp_path / "none.toml")
