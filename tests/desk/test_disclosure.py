"""`ast.disclosure`: the promise to callers, other names for countries, and where a text comes from."""

import io
import json
import sys
from pathlib import Path

import pytest

import asterism as ast
from asterism.desk.disclosure import disclosure, text_from
from asterism.errors import NotFound, UnreadableFile, WrongUsage


def test_the_front_door_keeps_its_promise() -> None:
    found = ast.disclosure(
        "#ad Tea at four", jurisdiction="US", platform="instagram", format="post", platform_label=False
    )
    assert (found.passes, found.verdict) == (True, "pass")
    assert ast.disclosure("Tea at four").verdict == "fail"
    assert ast.disclosure("#ad Tea", format="reel").verdict == "unclear"


def test_the_answer_is_plain_values_through_and_through() -> None:
    told = ast.disclosure("Anzeige | Tee um vier", "DE").to_dict()
    assert json.loads(json.dumps(told)) == told
    assert set(told) == {"passes", "verdict", "sentence", "jurisdiction", "platform", "format", "platform_label",
                         "language", "rules", "notice"}  # fmt: skip
    for rule in told["rules"]:
        assert set(rule) == {"id", "version", "date", "source", "jurisdiction", "asks", "binding", "met", "found",
                             "change"}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "jurisdiction"),
    [("us", "US"), ("USA", "US"), ("United States", "US"), ("gb", "UK"), (" united  kingdom ", "UK"), ("fr", "FR"),
     ("France", "FR"), ("de", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("eu", "EU"), ("European Union", "EU")],
)  # fmt: skip
def test_a_country_goes_by_several_names(word: str, jurisdiction: str) -> None:
    assert disclosure("x", word).jurisdiction == jurisdiction


@pytest.mark.parametrize(
    ("options", "words"),
    [({"jurisdiction": "Atlantis"}, "no rules for `Atlantis`"), ({"jurisdiction": "IT"}, "countries of the Union: EU"),
     ({"platform": "instagrm"}, "Did you mean `instagram`"), ({"format": "stori"}, "Did you mean `story`"),
     ({"language": "Klingonese"}, "no language code")],
    ids=["country", "country of the Union", "platform", "format", "language"],
)  # fmt: skip
def test_a_word_that_is_not_known_is_refused_in_one_line(options: dict[str, str], words: str) -> None:
    with pytest.raises(WrongUsage, match=words):
        disclosure("#ad", **options)


def test_words_of_the_trade_name_platform_and_format() -> None:
    found = disclosure("#ad", "us", "IG", "Stories")
    assert (found.platform, found.format) == ("instagram", "story")


@pytest.mark.parametrize(
    ("stated", "language"), [("es", "es"), ("es-MX", "es"), ("Spanish", "es"), ("nb", "no"), ("", "en"), (None, "en")]
)
def test_the_audiences_language_is_stated_or_the_countrys(stated: str | None, language: str) -> None:
    assert disclosure("#publicidad", language=stated).language == language


def test_what_is_said_of_the_content_settles_what_a_text_cannot_show() -> None:
    asked = {"jurisdiction": "FR", "format": "story"}
    verdicts = [disclosure("Publicité", **asked, whole_duration=lasts).verdict for lasts in (None, True, False)]
    assert verdicts == ["unclear", "pass", "fail"]


def test_a_text_is_itself_a_files_or_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "draft").write_text("Werbung für Tee", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Thé".encode())))
    assert text_from("draft") == "Werbung für Tee"
    assert text_from("-") == "Thé"
    assert text_from("#ad Tea") == "#ad Tea"
    assert text_from("tea " * 2_000) == "tea " * 2_000
    assert text_from("") == ""


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        text_from(str(tmp_path / "draft.txt"))
    (tmp_path / "picture").write_bytes(bytes(range(32)) * 50)
    with pytest.raises(UnreadableFile, match="binary"):
        text_from(str(tmp_path / "picture"))
