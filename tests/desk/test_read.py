"""Reading what the user brings: creators, the tables beside them, and mappings."""

import hashlib
from pathlib import Path

import pyarrow as pa
import pytest

from asterism.desk.read import Files, joined, read_creators, read_tables
from asterism.errors import AsterismError, BadInput, MissingColumns, NotFound, UnreadableFile


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


def test_a_handle_counts_whatever_its_case_and_an_id_before_a_handle() -> None:
    creators = pa.table({"creator_id": ["U1", "U2", "ana"], "handle": ["ana", "Ben", None]})
    named = pa.table({"creator_id": ["ana", "ANA", "BEN", "u1", "Zoe", None], "person": list("abcdef")})
    table, said = joined(named, "followers", creators)
    assert table["creator_id"].to_pylist() == ["ana", "ana", "U2", "U1", "Zoe", None]
    assert said == ("2 of 6 rows of followers name a creator (`creator_id`) unknown to the creators.",)


def test_a_table_that_names_no_creators_is_left_alone() -> None:
    creators = pa.table({"creator_id": ["U1"], "handle": ["eur"]})
    rates = pa.table({"currency": ["EUR"], "usd": [1.08]})
    assert joined(rates, "fx", creators) == (rates, ())


def test_one_table_can_be_creators_and_posts(tmp_path: Path) -> None:
    text = "user_name,user_nfollower,vid_id,vid_nlike\nana,304.9K,1,5\nana,305K,2,6\n"
    path = _file(tmp_path, "tiktok.csv", text)
    tables = read_tables(Files(creators=path, posts=path)).tables
    assert tables.creators.select(["creator_id", "followers", "platform"]).to_pylist() == [
        {"creator_id": "ana", "followers": 305_000, "platform": "tiktok"}
    ]
    assert tables.posts["likes"].to_pylist() == [5, 6]


NOBODY = {
    "empty handles": "handle,followers\n,5\n,6\n",
    "words for nothing": "creator_id,followers\nnull,5\n-,6\n",
    "empty names beside a platform": "Influencer name,platform,followers\n,instagram,5\n",
}


@pytest.mark.parametrize("text", NOBODY.values(), ids=list(NOBODY))
def test_a_column_of_creators_without_a_name_in_it_is_named(tmp_path: Path, text: str) -> None:
    column = text.split(",", 1)[0]
    with pytest.raises(MissingColumns, match=f"names nobody: `{column}` is empty in every row"):
        read_creators(_file(tmp_path, "c.csv", text))


def test_posts_that_name_nobody_say_so_too(tmp_path: Path) -> None:
    creators = _file(tmp_path, "creators.csv", "handle,followers\nana,10\n")
    posts = _file(tmp_path, "posts.csv", "post_id,username,likes\n1,,5\n2,,6\n")
    with pytest.raises(MissingColumns, match="names nobody: `username` is empty"):
        read_tables(Files(creators=creators, posts=posts))


def test_a_header_without_rows_holds_no_rows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no rows"):
        read_creators(_file(tmp_path, "c.csv", "handle,followers\n"))


def test_a_column_that_lacks_is_not_mended_by_an_empty_one_that_is_there(tmp_path: Path) -> None:
    creators = _file(tmp_path, "creators.csv", "handle,followers\nana,10\n")
    rates = _file(tmp_path, "rates.csv", "handle,package,note\nana,1 reel,x\n")
    with pytest.raises(MissingColumns, match="no column for `price`"):
        read_tables(Files(creators=creators, rates=rates))
