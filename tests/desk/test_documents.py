"""Documents people write by hand: told apart by content, and one clear line where they cannot be read."""

import json
import tomllib
from pathlib import Path

import pytest

import asterism
from asterism.desk.documents import document_from, parse, read_brief
from asterism.errors import BadBrief, NotFound, OutsideFailure, UnreadableFile


def _file(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


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
    ("", "holds no fields"),
    ("weeks = 4\n", "lacks `goal`"),
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


def test_a_brief_that_is_no_text_is_told_to_be_written(tmp_path: Path) -> None:
    with pytest.raises(BadBrief, match=r"is not text.*TOML or JSON"):
        read_brief(_file(tmp_path, "brief.toml", bytes(range(256)) * 4))


def test_a_folder_is_no_brief(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_brief(tmp_path)


def test_a_brief_that_may_not_be_read_is_no_fault_of_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, "brief.toml", "weeks = 4\n")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(OutsideFailure, match="may not be read"):
        read_brief(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_brief_is_read_in_the_encoding_it_was_saved_in(tmp_path: Path, encoding: str) -> None:
    text = 'name = "Frühling"\ngoal = "awareness"\nbudget = "20000 USD"\n'
    assert read_brief(_file(tmp_path, "brief.toml", text.encode(encoding))).name == "Frühling"


def test_a_document_is_what_toml_says(tmp_path: Path) -> None:
    text = 'weeks = 4\n[limits]\ninclude = ["@ana"]\n'
    assert document_from(_file(tmp_path, "d", text)) == tomllib.loads(text) == parse(text, "d")


def test_the_trouble_is_shown_with_its_line() -> None:
    with pytest.raises(BadBrief, match=r"^b\.toml, line 3: .*`weeks = four`"):
        parse('goal = "awareness"\n\nweeks = four\n', "b.toml")


def test_trouble_at_the_end_of_a_document_is_at_its_last_line() -> None:
    with pytest.raises(BadBrief, match=r"^b\.toml, line 2: .*`\[limits`"):
        parse('goal = "awareness"\n[limits', "b.toml")


def test_the_front_door_reads_briefs_the_same_way(tmp_path: Path) -> None:
    path = _file(tmp_path, "b.toml", 'goal = "awareness"\nbudget = "20000 USD"\n')
    assert asterism.read_brief(path) == asterism.Brief(goal="awareness", budget="20000 USD")
