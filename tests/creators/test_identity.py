"""Who is one person: what ties accounts, what keeps strangers apart, and that decisions have the last word."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations
from typing import Any

import pyarrow as pa
import pytest

from asterism.creators.identity import (
    MERGE,
    PERSONS,
    SPLIT,
    SURE,
    Decision,
    Match,
    as_rows,
    compare,
    history,
    latest,
    matches,
    persons,
    presence,
)
from asterism.creators.tables import CREATORS, LINKS
from asterism.errors import BadInput, NotFound
from tests.creators.crowds import HANDLED, PLATFORMS, crowd

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
Row = dict[str, Any]


def accounts(*rows: Row) -> pa.Table:
    """Creators of dictionaries; the id is the handle in lower case unless given."""
    named = [{"creator_id": str(row.get("handle", "")).lower().lstrip("@"), **row} for row in rows]
    return pa.Table.from_pylist(named, schema=CREATORS.arrow)


def on(platform: str, handle: str, name: str | None = None, **more: Any) -> Row:
    return {"platform": platform, "handle": handle, "name": name, **more}


def links(*rows: tuple[str, str, str, str]) -> pa.Table:
    names = ("creator_id", "platform", "other_platform", "other_handle")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=LINKS.arrow)


def only(*rows: Row, rows_of_links: pa.Table | None = None) -> Match:
    """The one comparison of two accounts, whether or not it is worth a question."""
    table = accounts(*rows)
    first, second = (f"{row['platform']}:{row['creator_id']}" for row in table.to_pylist())
    return compare(table, LINKS.empty() if rows_of_links is None else rows_of_links, first, second)


# what ties two accounts

RARE = "Zygmuntowiczka"
YOUTUBE = on("youtube", "@AnaBakesTV", "Ana Bakes", creator_id="UCabc-_1")


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        pytest.param(
            on("instagram", "ana", "Ana", links="https://tiktok.com/@bread.lab"),
            on("tiktok", "bread.lab", "The Lab", bio="insta: @ana"),
            "each profile points to the other", id="each points to the other, whatever they are called",
        ),
        pytest.param(
            on("instagram", "ana", "Ana", links="https://linktr.ee/anab"),
            on("tiktok", "bread.lab", "Ana", bio="linktr.ee/anab"),
            "both point to linktr.ee/anab", id="one page of links",
        ),
        pytest.param(
            on("instagram", "anabakes", "Ana Bakes", links="https://www.youtube.com/channel/UCabc-_1"), YOUTUBE,
            "the links of instagram:anabakes points to youtube:UCabc-_1", id="an address with a channel's id",
        ),
        pytest.param(
            on("instagram", "anabakes", "Ana Bakes", bio="more: youtube.com/@anabakestv"), YOUTUBE,
            "the biography of instagram:anabakes points to youtube:UCabc-_1", id="an address in the biography",
        ),
        pytest.param(
            on("instagram", RARE, RARE), on("tiktok", RARE, RARE),
            "hardly anybody else", id="one rare handle and name",
        ),
        pytest.param(
            on("instagram", "Zygmunt.Owiczka", "Zygmunt Owiczka"), on("tiktok", "zygmuntowiczka", "ZYGMUNT ÓWICZKA"),
            "same handle", id="accents, case and points aside",
        ),
        pytest.param(
            on("youtube", "qx7", "Wilhelmina Zygmuntowicz"), on("tiktok", "wilhelminazygmuntowicz_3", None),
            "both go by `wilhelminazygmuntowicz`", id="the handle of one is the name of the other",
        ),
    ],
)  # fmt: skip
def test_two_accounts_are_surely_one_persons(one: Row, other: Row, because: str) -> None:
    for pair in permutations((one, other)):
        match = only(*pair)
        assert match.sure
        assert match.score >= SURE
        assert any(because in reason.text for reason in match.reasons)
        assert matches(accounts(*pair)) == (match,)


def test_a_row_of_links_makes_two_accounts_one_persons() -> None:
    one, other = on("instagram", "ana", "Ana"), on("youtube", "lab", "The Lab", creator_id="UC1")
    for row in [("ana", "instagram", "youtube", "LAB"), ("UC1", "youtube", "instagram", "@ana")]:
        match = only(one, other, rows_of_links=links(row))
        assert match.sure
        assert match.reasons[0].text == "listed as one person's by a table of links"
    assert not only(one, other, rows_of_links=links(("ana", "tiktok", "youtube", "lab"))).sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(on("instagram", "travel", "Travel"), on("tiktok", "travel", "Travel"), id="a word of the trade"),
        pytest.param(on("instagram", "food.lover", "Food Lover"), on("tiktok", "foodlover", "Food Lover"), id="two"),
        pytest.param(on("instagram", "anna", "Anna"), on("tiktok", "anna", "Anna"), id="a famous first name"),
        pytest.param(on("instagram", "cristiano"), on("tiktok", "cristiano", "Cristiano"), id="a very famous one"),
        pytest.param(
            on("instagram", "maria.garcia", "Maria Garcia"), on("tiktok", "mariagarcia", "Maria García"), id="namesakes"
        ),
        pytest.param(
            on("instagram", "ada.zygmuntowicz", "Ada Zygmuntowicz"),
            on("tiktok", "eva.zygmuntowicz", "Eva Zygmuntowicz"), id="sisters",
        ),
        pytest.param(
            on("instagram", RARE, RARE), on("tiktok", f"{RARE}.fans", f"{RARE} Fans", bio=f"IG: @{RARE}"), id="a fan",
        ),
        pytest.param(on("instagram", RARE, RARE), on("instagram", f"{RARE}2", RARE), id="one platform"),
        pytest.param(
            on("instagram", "ana", "Ana", links="instagram.com/bea"),
            on("instagram", "bea", "Bea", links="instagram.com/ana"),
            id="a couple that point to each other",
        ),
        pytest.param(
            on("instagram", RARE, RARE, links="instagram.com/zygmuntowiczka.two https://zyg.com"),
            on("instagram", f"{RARE}.two", RARE, links=f"instagram.com/{RARE} https://zyg.com"),
            id="one platform, whatever ties them",
        ),
        pytest.param(
            on("instagram", "ana", "Ana", bio="wife of tiktok.com/@bob.the.great"),
            on("tiktok", "bob.the.great", "Bob"),
            id="a husband",
        ),
        pytest.param(
            on("instagram", RARE, RARE, country="PL", language="pl"),
            on("tiktok", RARE, RARE, country="BR", language="pt"),
            id="however rare a name, in another country and language",
        ),
        pytest.param(on("instagram", "valeriya", "Valeriya"), on("tiktok", "vv.k", "Valeriya"), id="an unlisted name"),
    ],
)  # fmt: skip
def test_strangers_are_never_sure(one: Row, other: Row) -> None:
    assert not only(one, other).sure


def test_two_who_point_to_each_other_on_one_platform_are_hardly_even_a_question() -> None:
    pair = [
        on("instagram", one, one.title(), links=f"instagram.com/{other}") for one, other in permutations(("ana", "bea"))
    ]
    assert only(*pair).score < 0.2
    elsewhere = [pair[0] | {"links": "tiktok.com/@bea"}, pair[1] | {"platform": "tiktok"}]
    assert only(*elsewhere).sure


def test_many_who_point_to_one_star_are_its_fans() -> None:
    star = on("tiktok", "zendra.q", "Zendra Q")
    fan = on("instagram", "zendra.love", "Zendra Love", links="tiktok.com/@zendra.q")
    alone = only(star, fan).score
    crowded = accounts(star, fan, *(on("instagram", f"w{i}", f"W {i}", links="tiktok.com/@zendra.q") for i in range(3)))
    assert compare(crowded, LINKS.empty(), "instagram:zendra.love", "tiktok:zendra.q").score < alone - 0.2


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param({"country": "DE"}, {"country": "US"}, id="country"),
        pytest.param({"language": "de"}, {"language": "en"}, id="language"),
    ],
)
def test_surroundings_speak_for_and_against(more: Row, less: Row) -> None:
    one = on("instagram", "ana.bakes", "Ana Bakes")
    scores = [
        only(one | mine, on("tiktok", "anabakes", "Ana Bakes") | theirs).score
        for mine, theirs in ((more, more), (more, {}), (more, less))
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_a_page_that_many_point_to_ties_nobody() -> None:
    rows = [on(p, f"{p}{i}", "Ana", links="https://linktr.ee/agency") for p in PLATFORMS for i in range(3)]
    assert matches(accounts(*rows)) == ()
    assert matches(accounts(rows[0], rows[3]))[0].sure


def test_the_same_site_makes_one_rare_name_sure() -> None:
    two = [
        on("instagram", "qana", "Ana Qq", links="https://qana.com"),
        on("tiktok", "q.ana", "Ana Q", bio="www.qana.com"),
    ]
    assert matches(accounts(*two))[0].sure


def test_an_account_without_handle_name_or_platform_is_alone_and_no_error() -> None:
    table = accounts({"creator_id": "1"}, {"creator_id": "2"}, {"creator_id": "1", "platform": "x"})
    assert matches(table) == ()
    assert persons(table, ())["person"].to_pylist() == [":1", ":2", "x:1"]
    assert matches(CREATORS.empty()) == ()
    assert persons(CREATORS.empty(), ()).schema == PERSONS


def test_an_unknown_account_cannot_be_compared() -> None:
    with pytest.raises(NotFound, match=r"`x:a` and `x:b` are not both among the accounts"):
        compare(accounts(on("x", "a")), LINKS.empty(), "x:a", "x:b")


# persons


def sure(a: str, b: str, score: float = 0.97) -> Match:
    return Match(*sorted((a, b)), score, (), score >= SURE)


def decided(verdict: str, a: str, b: str, minutes: int = 0) -> Decision:
    return Decision(verdict, a, b, "ada", NOON + timedelta(minutes=minutes))


I, T, Y, I2 = "instagram:a", "tiktok:a", "youtube:a", "instagram:b"  # noqa: E741
TABLE = accounts(on("instagram", "a"), on("tiktok", "a"), on("youtube", "a"), on("instagram", "b"))


def groups(found: Iterable[Match], decisions: Iterable[Decision] = ()) -> set[frozenset[str]]:
    whose = persons(TABLE, found, decisions).to_pylist()
    out: defaultdict[str, set[str]] = defaultdict(set)
    for row in whose:
        out[row["person"]].add(f"{row['platform']}:{row['creator_id']}")
    assert all(who == min(members) for who, members in out.items())
    assert all(row["platforms"] == len({m.split(":")[0] for m in out[row["person"]]}) for row in whose)
    return {frozenset(members) for members in out.values() if len(members) > 1}


def one(*members: str) -> set[frozenset[str]]:
    return {frozenset(members)}


@pytest.mark.parametrize(
    ("found", "decisions", "expected"),
    [
        pytest.param([], [], set(), id="everybody alone"),
        pytest.param([sure(I, T), sure(T, Y)], [], one(I, T, Y), id="connected by a third"),
        pytest.param([sure(I, T, 0.9)], [], set(), id="not sure is not enough"),
        pytest.param([], [decided(MERGE, I, T)], one(I, T), id="merged by hand"),
        pytest.param([], [decided(MERGE, I, I2)], one(I, I2), id="by hand even on one platform"),
        pytest.param([sure(I, T)], [decided(SPLIT, T, I)], set(), id="a split wins over a match"),
        pytest.param([sure(I, T), sure(T, Y)], [decided(SPLIT, I, Y)], one(I, T), id="also through a third"),
        pytest.param([sure(I, T), sure(T, Y, 0.99)], [decided(SPLIT, I, Y)], one(T, Y), id="the likelier remains"),
        pytest.param([], [decided(SPLIT, I, T), decided(MERGE, I, T, 1)], one(I, T), id="the latest decision wins"),
        pytest.param([sure(I, T)], [decided(MERGE, I, T, 1), decided(SPLIT, I, T, 2)], set(), id="whichever it is"),
        pytest.param([sure(I, T)], [decided(SPLIT, I, T, 2), decided(MERGE, T, I, 1)], set(), id="whatever the order"),
        pytest.param(
            [], [decided(MERGE, I, T), decided(MERGE, T, Y, 1), decided(SPLIT, I, Y, -9)], one(T, Y),
            id="of merges that a split contradicts the newest",
        ),
        pytest.param([sure(I, T, 0.99), sure(T, I2)], [], one(I, T), id="nobody has two accounts on one platform"),
        pytest.param([sure(I, T), sure(T, I2, 0.99)], [], one(I2, T), id="the likelier takes it"),
        pytest.param([sure(T, Y), sure(I, T)], [decided(MERGE, I, I2)], one(I, I2, T, Y), id="unless merged by hand"),
        pytest.param([], [decided(MERGE, I, "x:gone"), decided(MERGE, "x:gone", T)], one(I, T), id="through one gone"),
    ],
)  # fmt: skip
def test_persons_are_what_is_connected_and_never_what_was_split(
    found: list[Match], decisions: list[Decision], expected: set[frozenset[str]]
) -> None:
    for order in permutations(found):
        assert groups(order, decisions) == expected


@pytest.mark.parametrize("seed", range(5))
def test_a_simulated_crowd_splits_into_its_persons_as_a_plain_search_finds_them(seed: int) -> None:
    made = crowd(600, seed)
    found = [m for m in matches(made.creators, made.links) if m.sure]
    whose = persons(made.creators, found).to_pylist()
    person = {f"{row['platform']}:{row['creator_id']}": row["person"] for row in whose}
    groups: list[set[str]] = [{account} for account in made.owner]
    for match in sorted(found, key=lambda m: (-m.score, m.a, m.b)):
        (a,), (b,) = ([g for g in groups if account in g] for account in (match.a, match.b))
        if a is not b and not {x.split(":")[0] for x in a} & {x.split(":")[0] for x in b}:
            groups = [g for g in groups if g is not a and g is not b] + [a | b]
    assert {account: min(group) for group in groups for account in group} == person


def test_presence_is_the_number_of_platforms_a_person_is_known_on() -> None:
    whose = persons(TABLE, [sure(I, T), sure(T, Y)], [decided(MERGE, I, I2)])
    assert presence(TABLE, whose).tolist() == [3, 3, 3, 3]
    assert presence(accounts(on("x", "new"), on("tiktok", "a")), whose).tolist() == [1, 3]


# decisions


def test_decisions_are_kept_in_order_and_come_back_as_they_were() -> None:
    said = [decided(SPLIT, T, I, 2), decided(MERGE, I, T, 1), decided(MERGE, T, Y, 3)]
    assert history(as_rows(said)) == tuple(sorted(said, key=lambda d: d.at))
    assert latest(said)[I, T].verdict == SPLIT


@pytest.mark.parametrize(
    ("verdict", "a", "b", "words"),
    [("join", "a", "b", r"`join` is no decision.*Merge or split"), (MERGE, "a", "a", r"`a` is one account.*Name two")],
)
def test_a_decision_is_about_two_accounts(verdict: str, a: str, b: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        Decision(verdict, a, b, "ada", NOON)


# ten thousand accounts whose owners are known


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.campaign)])
def test_strangers_are_not_merged_and_half_of_the_pairs_are_found(seed: int) -> None:
    made = crowd(10_000, seed)
    found = matches(made.creators, made.links)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row in persons(made.creators, found).to_pylist():
        members[row["person"]].append(f"{row['platform']}:{row['creator_id']}")
    owned: defaultdict[int, list[str]] = defaultdict(list)
    for account, owner in made.owner.items():
        owned[owner].append(account)
    merged = {pair for group in members.values() for pair in combinations(sorted(group), 2)}
    true = {pair for group in owned.values() for pair in combinations(sorted(group), 2)}
    asked = {(m.a, m.b) for m in found} | merged
    precision, recall = len(merged & true) / len(merged), len(merged & true) / len(true)
    known = len(asked & true) / len(true)
    print(f"seed {seed}: precision {precision:.4f}, recall {recall:.3f}, with questions {known:.3f}")
    assert precision >= 0.99
    assert recall >= 0.5
    assert known >= 0.75
    common = [f"{platform}:{handle}" for platform in PLATFORMS for handle in HANDLED]
    assert not any(set(pair) <= set(common) for pair in merged)
