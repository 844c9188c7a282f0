"""`check`: the contract's shape, nothing written, and bad input as one clear line."""

import json
from pathlib import Path

import pytest

from asterism.desk.check import check, usable

ENTRY = {"file", "kind", "rows", "accepted", "rejected", "columns", "unmapped", "rejects", "warnings"}


def _file(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def test_the_answer_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    path = _file(tmp_path, "instagram.csv", "Handle,Followers,Rank\n@ana,48.5M,1\nben,-3,2\nana,5K,3\n")
    result = check([path])
    assert json.loads(json.dumps(result)) == result
    (entry,) = result["files"]
    assert set(entry) == ENTRY
    assert (entry["file"], entry["kind"], entry["rows"], entry["accepted"], entry["rejected"]) == (
        path,
        "creators",
        3,
        2,
        1,
    )
    assert entry["columns"][1] == {
        "source": "Followers",
        "field": "followers",
        "unit": "people",
        "how": "by its header",
    }
    assert entry["unmapped"] == [{"source": "Rank", "why": "a running number or rank, not a figure of the creator"}]
    assert entry["rejects"] == [
        {"row": 2, "column": "creator_id", "value": "ana", "reason": "duplicate of row 4, older"},
        {"row": 3, "column": "Followers", "value": "-3", "reason": "below 0"},
    ]
    assert usable(result)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Influencer,Campaign,Fee,Product cost,Promo code", "deals"),
        ("Bestell-Nr,Bestelldatum,Umsatz,Rabattcode", "orders"),
        ("Code,Influencer,Valid from", "codes"),
        ("click id,timestamp,creator,visitor", "clicks"),
        ("answered at,how did you hear of us,creator,order id", "survey"),
        ("tier,revenue,low,high", "lifts"),
    ],
)
def test_a_table_of_results_is_known_and_says_where_it_goes(tmp_path: Path, header: str, kind: str) -> None:
    path = _file(tmp_path, "some.csv", f"{header}\n{','.join('1' for _ in header.split(','))}\n")
    (entry,) = check([path])["files"]
    assert entry["warnings"][0].startswith("This looks like ")
    assert f"`asterism measure return --{kind} {path}`" in entry["warnings"][0]


@pytest.mark.parametrize("header", ["handle,followers,platform", "creator,tier,country", "date,order,amount,a,b,c,d"])
def test_other_tables_do_not_look_like_results(tmp_path: Path, header: str) -> None:
    path = _file(tmp_path, "some.csv", f"{header}\n{','.join('5' for _ in header.split(','))}\n")
    (entry,) = check([path])["files"]
    assert not any("looks like" in warning for warning in entry["warnings"])


BAD = [
    ("empty.csv", b"", "is empty"),
    ("binary.csv", bytes(range(256)) * 9, "binary data"),
    ("nobody.csv", b"date,impressions\n2025-01-01,5\n", "no column that names a creator"),
    ("header.csv", b"handle,followers\n", "holds no rows"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[b[0] for b in BAD])
def test_a_file_that_cannot_be_used_is_an_entry_with_the_reason(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    result = check([_file(tmp_path, name, content)])
    (entry,) = result["files"]
    assert set(entry) == ENTRY
    assert (entry["kind"], entry["accepted"]) == (None, 0)
    assert message in entry["warnings"][0]
    assert "\n" not in entry["warnings"][0]
    assert not usable(result)


@pytest.mark.parametrize("name", ["", "none.csv"], ids=["folder", "missing"])
def test_a_folder_or_a_missing_file_does_not_stop_the_others(tmp_path: Path, name: str) -> None:
    good = _file(tmp_path, "good.csv", "handle\nana\n")
    result = check([str(tmp_path / name), good])
    assert [entry["kind"] for entry in result["files"]] == [None, "creators"]
    assert usable(result)


def test_posts_with_followers_are_one_entry_that_lists_both(tmp_path: Path) -> None:
    text = "user_name,user_nfollower,vid_id,vid_nlike,note\nana,304.9K,1,5,x\nana,305K,2,6,y\n"
    (entry,) = check([_file(tmp_path, "tiktok.csv", text)])["files"]
    assert (entry["kind"], entry["accepted"]) == ("posts", 2)
    assert {c["field"] for c in entry["columns"]} >= {"post_id", "likes", "creator_id", "followers"}
    assert [u["source"] for u in entry["unmapped"]] == ["note"]
    assert "1 creators" in entry["warnings"][0]


def test_nothing_is_written(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.csv", "handle\nana\n")
    check([path])
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_an_empty_column_of_handles_is_said_to_name_nobody(tmp_path: Path) -> None:
    (entry,) = check([_file(tmp_path, "a.csv", "handle,followers\n,5\n,6\n")])["files"]
    assert (entry["kind"], entry["rows"], entry["rejected"]) == (None, 2, 2)
    assert "names nobody: `handle` is empty in every row" in entry["warnings"][0]
