"""Persons in the catalogue: who has several accounts, why, and what people decide."""

from pathlib import Path

import pyarrow as pa
import pytest

from asterism.creators.tables import CREATORS, LINKS
from asterism.desk import identity
from asterism.desk.identity import find_account
from asterism.errors import NotFound, WrongUsage
from asterism.store.catalogue import Catalogue

INSTAGRAM, TIKTOK, YOUTUBE = "instagram:ana", "tiktok:qx.lab", "youtube:UCx"
ROWS = [
    {"creator_id": "ana", "platform": "instagram", "handle": "Ana", "name": "Ana", "links": "tiktok.com/@qx.lab"},
    {"creator_id": "qx.lab", "platform": "tiktok", "handle": "QX.lab", "name": "The Lab", "bio": "IG: @ana"},
    {"creator_id": "UCx", "platform": "youtube", "handle": "@ana", "name": "Ana"},
    {"creator_id": "travel", "platform": "instagram", "handle": "travel", "name": "Travel", "followers": 9},
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A catalogue of three persons, one of them with two accounts; two sources say the same of one."""
    twice = [{**ROWS[0], "source": source} for source in ("phyllo", "list.csv")]
    Catalogue(tmp_path).upsert("creators", pa.Table.from_pylist([*twice, *ROWS[1:]], schema=CREATORS.arrow))
    return tmp_path


def several(home: Path) -> list[tuple[str, ...]]:
    return [tuple(account.account for account in each.accounts) for each in identity.people(home).persons]


def test_persons_with_several_accounts_are_listed_once(home: Path) -> None:
    found = identity.people(home)
    assert several(home) == [(INSTAGRAM, TIKTOK)]
    assert (found.accounts, found.persons[0].person, found.persons[0].accounts[0].handle) == (4, INSTAGRAM, "Ana")


def test_a_decision_has_the_last_word_and_the_history_keeps_both(home: Path) -> None:
    identity.split("qx.lab@tiktok", "@ana@instagram", "two sisters", home, "ada")
    assert several(home) == []
    identity.merge(INSTAGRAM, "UCX", catalogue=home, by="bo")
    assert several(home) == [(INSTAGRAM, YOUTUBE)]
    identity.merge(INSTAGRAM, TIKTOK, catalogue=home)
    assert several(home) == [(INSTAGRAM, TIKTOK, YOUTUBE)]
    told = [(d.verdict, d.a, d.b, d.why) for d in identity.decisions(home)]
    assert told == [
        ("split", INSTAGRAM, TIKTOK, "two sisters"),
        ("merge", INSTAGRAM, YOUTUBE, ""),
        ("merge", INSTAGRAM, TIKTOK, ""),
    ]  # fmt: skip
    assert [d.by for d in identity.decisions(home)][:2] == ["ada", "bo"]


def test_what_was_decided_is_no_question_any_more(home: Path) -> None:
    links = [{"creator_id": "travel", "platform": "instagram", "other_platform": "youtube", "other_handle": "ucx"}]
    rows = pa.Table.from_pylist([{**row, "source": "modash"} for row in links], schema=LINKS.arrow)
    pair = ("instagram:travel", YOUTUBE)
    Catalogue(home).upsert("links", rows)
    assert pair in several(home)
    identity.split(*pair, catalogue=home)
    assert pair not in several(home)
    assert pair not in [(m.a, m.b) for m in identity.people(home).questions]


def test_why_tells_evidence_and_decision_whichever_is_named_first(home: Path) -> None:
    grounds = identity.why("qx.lab", "@ana@instagram", home)
    assert grounds == identity.why("@ana@instagram", "qx.lab", home)
    assert (grounds.one_person, grounds.decision) == (True, None)
    assert grounds.match.reasons[0].text == "each profile points to the other"
    identity.split(INSTAGRAM, TIKTOK, "a pair of friends", home)
    grounds = identity.why(TIKTOK, INSTAGRAM, home)
    assert not grounds.one_person
    assert grounds.match.sure
    assert grounds.decision is not None
    assert grounds.to_dict()["decision"]["why"] == "a pair of friends"
    assert not identity.why("travel", "qx.lab", home).one_person


CREATORS_THERE = pa.Table.from_pylist(ROWS, schema=CREATORS.arrow)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("@ana@instagram", INSTAGRAM), ("ANA@youtube", YOUTUBE), ("instagram:@Ana", INSTAGRAM),
        ("youtube:ana", YOUTUBE), ("youtube:ucX", YOUTUBE), ("UCx", YOUTUBE), (" qx.lab ", TIKTOK),
        ("@Travel", "instagram:travel"),
    ],
)  # fmt: skip
def test_an_account_has_several_names(name: str, account: str) -> None:
    assert find_account(CREATORS_THERE, name) == account


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        pytest.param("ana", WrongUsage, r"any of 2 accounts. Name one of: instagram:ana, youtube:UCx", id="several"),
        pytest.param("travl", NotFound, r"no account `travl`.*Did you mean `travel`", id="misspelt"),
        pytest.param("@ana@tiktok", NotFound, r"no account `@ana@tiktok`", id="elsewhere"),
        pytest.param("", NotFound, r"no account ``", id="nothing"),
    ],
)
def test_a_name_that_is_nobodys_or_several_is_said_so(name: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        find_account(CREATORS_THERE, name)


def test_one_account_named_twice_is_wrong_usage(home: Path) -> None:
    with pytest.raises(WrongUsage, match=r"are one account, youtube:UCx"):
        identity.merge("youtube:ana", "UCx", catalogue=home)
    assert identity.decisions(home) == ()


def test_an_empty_catalogue_has_no_persons(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"holds no creators.*asterism import"):
        identity.people(tmp_path)
    assert identity.decisions(tmp_path) == ()
