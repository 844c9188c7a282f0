"""`asterism identity`: list, why, merge, split, history."""

import json
from pathlib import Path

import pytest

from tests.faces.asking import Run, refused

CREATORS = """handle,name,platform,followers,bio
@AnaBakes,Ana Bakes,instagram,12000,bread | youtube.com/@anabakestv
@anabakestv,Ana Bakes TV,youtube,5000,IG: @anabakes
@travel,Travel,instagram,900,
@travel,Travel,tiktok,800,
"""
PAIR = "@anabakes@instagram youtube:anabakestv --catalogue home"


@pytest.fixture
def ask(folder: Path, asterism: Run) -> Run:
    """The command line beside a catalogue of three persons."""
    (folder / "people.csv").write_text(CREATORS)
    assert asterism("import people.csv --catalogue home")[0] == 0
    return asterism


def test_list_shows_persons_and_their_accounts(ask: Run) -> None:
    code, out, err = ask("identity list --catalogue home")
    assert (code, err) == (0, "")
    assert "Persons with several of the 4 accounts: 1" in out
    assert "instagram:anabakes (12,000), youtube:anabakestv (5,000)" in out
    told = json.loads(ask("identity list --catalogue home --json")[1])
    assert [person["person"] for person in told["persons"]] == ["instagram:anabakes"]
    assert told["questions"] == []


def test_why_shows_each_piece_of_evidence_with_its_weight(ask: Run) -> None:
    code, out, _ = ask(f"identity why {PAIR}")
    assert code == 0
    assert "count as one person's" in out
    assert "+9.0  each profile points to the other" in out
    told = json.loads(ask(f"identity why {PAIR} --json")[1])
    assert told["one_person"] is True
    assert told["reasons"][0] == {"text": "each profile points to the other", "bits": 9.0}


def test_split_and_merge_are_kept_and_listed(ask: Run) -> None:
    code, out, _ = ask(f"identity split {PAIR} --why sisters --by ada")
    assert code == 0
    assert "are two persons': decided by ada on" in " ".join(out.split())
    assert json.loads(ask("identity list --catalogue home --json")[1])["persons"] == []
    merged = json.loads(ask("identity merge instagram:travel tiktok:travel --catalogue home --json")[1])
    assert (merged["verdict"], merged["a"], merged["b"]) == ("merge", "instagram:travel", "tiktok:travel")
    told = json.loads(ask("identity history --catalogue home --json")[1])
    assert [(each["verdict"], each["why"]) for each in told] == [("split", "sisters"), ("merge", "")]
    assert "decided by ada" in " ".join(ask("identity history --catalogue home")[1].split())
    assert "decided by ada" in " ".join(ask(f"identity why {PAIR}")[1].split())


def test_an_empty_history_says_what_to_do(ask: Run) -> None:
    assert "Nothing was decided yet" in ask("identity history --catalogue home")[1]
    assert ask("identity history --catalogue home --json")[1] == "[]\n"


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        pytest.param(
            "identity why travel @anabakes --catalogue home", 2, ["any of 2 accounts", "tiktok:travel"], id="two"
        ),
        pytest.param("identity merge zoe travel --catalogue home", 3, ["no account `zoe`"], id="nobody"),
        pytest.param("identity split anabakes anabakes --catalogue home", 2, ["one account"], id="itself"),
        pytest.param("identity list --catalogue nowhere", 3, ["holds no creators", "asterism import"], id="empty"),
        pytest.param("identity why anabakes", 2, ["Missing argument", "asterism identity why --help"], id="one name"),
    ],
)
def test_what_cannot_be_done_is_one_line(ask: Run, command: str, code: int, words: list[str]) -> None:
    refused(ask(command), code, *words)
