"""`asterism erase`, `personal-data` and `retention` as a person meets them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from asterism.store.settings import settings
from tests.faces.asking import Run, refused

PEOPLE = "handle,name,platform,followers,bio\n@AnaQx,Ana Quist,instagram,900,bread\n@bo,Bo,instagram,70,for @anaqx\n"
POSTS = "post_id,creator_id,platform,likes,posted_at\np1,anaqx,instagram,10,2019-01-02\np2,bo,instagram,5,2026-01-03\n"


@pytest.fixture
def ask(folder: Path, asterism: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command line beside a catalogue of two creators."""
    monkeypatch.setenv("ASTERISM_HOME", str(folder / "data"))
    settings.cache_clear()
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "posts.csv").write_text(POSTS)
    assert asterism("import people.csv posts.csv --catalogue home")[0] == 0
    yield asterism
    settings.cache_clear()


def test_without_yes_the_answer_says_what_would_go_and_nothing_does(ask: Run, folder: Path) -> None:
    code, out, err = ask("erase @anaqx --catalogue home")
    assert (code, err) == (1, "")
    assert "instagram:anaqx would be erased: 2 rows, and mentions in 1 rows of others." in " ".join(out.split())
    assert "Nothing was touched" in out
    assert "--yes" in out
    assert not (folder / "home" / "erased").exists()


def test_an_erasure_says_what_went_and_keeps_them_out(ask: Run) -> None:
    code, out, err = ask("erase @anaqx --reason objection --yes --catalogue home --json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told == {
        "who": ["instagram:anaqx"], "rows": {"creators": 1, "posts": 1}, "mentions": {"creators": 1}, "pages": 0,
        "lost": told["lost"], "reason": "objection", "done": True,
    }  # fmt: skip
    assert set(told["lost"]) >= {"creators", "posts"}
    code, out, _ = ask("import people.csv --catalogue home --json")
    assert (code, json.loads(out)[0]["accepted"], json.loads(out)[0]["rejected"]) == (0, 1, 1)
    shown = json.loads(ask("creators --catalogue home --json")[1])
    assert "anaqx" not in json.dumps(shown).lower()


def test_the_terminal_names_what_is_not_ours_to_erase(ask: Run) -> None:
    out = " ".join(ask("erase @anaqx --yes --catalogue home")[1].split())
    assert "instagram:anaqx was erased" in out
    assert "No longer readable up to version" in out
    assert "Backups" in out


def test_a_person_is_erased_by_their_hash(ask: Run, folder: Path) -> None:
    (folder / "followers.csv").write_text("creator_id,person\nbo,h1\nbo,h2\n")
    ask("import followers.csv --as followers --catalogue home")
    told = json.loads(ask("erase --person h1 --yes --catalogue home --json")[1])
    assert told["rows"] == {"followers": 1}


def test_personal_data_is_told_for_people_and_for_programs(ask: Run) -> None:
    code, out, err = ask("personal-data @anaqx --catalogue home --json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert {(each["kind"], each["source"]) for each in told["entries"]} >= {("creators", "people.csv")}
    assert told["mentions"] == {"creators": 1}
    shown = " ".join(ask("personal-data @anaqx --catalogue home")[1].split())
    assert "instagram:anaqx: 2 rows; mentioned in 1 rows of others." in shown


def test_retention_counts_first_and_then_lets_go(ask: Run) -> None:
    code, out, _ = ask("retention --older-than 24m --catalogue home --json")
    told = json.loads(out)
    assert (code, told["rows"], told["done"]) == (1, {"posts": 1}, False)
    code, out, _ = ask("retention --older-than 24m --yes --catalogue home")
    assert code == 0
    assert "that went: 1." in " ".join(out.split())
    assert json.loads(ask("retention --older-than 24m --catalogue home --json")[1])["rows"] == {}


REFUSED = {
    "nobody named": ("erase --yes --catalogue home", 2, ["Name one to erase"]),
    "two named": ("erase @bo --person h1 --catalogue home", 2, ["Name one to erase"]),
    "nobody of that name": ("erase @zoe --yes --catalogue home", 3, ["no account `@zoe`"]),
    "no data of that name": ("personal-data @zoe --catalogue home", 3, ["no account `@zoe`"]),
    "no age": ("retention --older-than soon --catalogue home", 2, ["`soon` is no age", "24m"]),
    "an empty reason": ("erase @bo --reason= --yes --catalogue home", 2, ["needs a reason"]),
}


@pytest.mark.parametrize(("command", "code", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_means_nobody_is_refused_in_one_line(ask: Run, command: str, code: int, words: list[str]) -> None:
    refused(ask(command), code, *words)
