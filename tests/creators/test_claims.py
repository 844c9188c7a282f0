"""Several sources on one creator: who speaks for each field, what is disputed, and what a plain loop says of it."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from asterism.creators.claims import DISAGREEMENTS, RANKS, disagreements, provenance, rank, resolve
from asterism.creators.tables import CREATORS, SNAPSHOTS
from asterism.errors import NotFound

DAY = datetime(2026, 1, 1, tzinfo=UTC)
OWN, API, VENDOR, FILE = "creator supplied", "youtube data api", "phyllo", "list.csv"

Row = dict[str, Any]


def claims(*rows: Row) -> pa.Table:
    """Creators of dictionaries; `day` counts the days after 1 January 2026, creator `a` on Instagram unless said."""
    return pa.Table.from_pylist([claim(row) for row in rows], schema=CREATORS.arrow)


def claim(row: Row) -> Row:
    dated = {"as_of": None if row.get("day") is None else DAY + timedelta(days=row["day"])}
    return {"creator_id": "a", "platform": "instagram", **{k: v for k, v in row.items() if k != "day"}, **dated}


def spoken(table: pa.Table, name: str) -> Any:
    (value,) = resolve(table)[name].to_pylist()
    return value


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("creator supplied", 0), ("Instagram Graph API, own insights", 0), ("phyllo (creator-supplied)", 0),
        ("YouTube Data API", 1), ("instagram_graph_api", 1), ("tiktok research api", 1),
        ("phyllo", 2), ("InsightIQ", 2), ("modash", 2), ("HypeAuditor discovery", 2),
        ("creators.csv", 3), ("", 3), (None, 3), ("insights.xlsx", 3),
    ],
)  # fmt: skip
def test_a_source_is_ranked_by_its_name(source: str | None, place: int) -> None:
    assert rank(source) == place
    assert RANKS[place]


@pytest.mark.parametrize(
    ("first", "second", "speaks"),
    [
        pytest.param((API, 0), (VENDOR, 0), API, id="a platform before a vendor"),
        pytest.param((OWN, 0), (API, 0), OWN, id="the creator's own before a platform"),
        pytest.param((VENDOR, 0), (FILE, 0), VENDOR, id="a vendor before a file"),
        pytest.param((API, 0), (VENDOR, 89), API, id="a platform's figure of 89 days ago still counts more"),
        pytest.param((API, 0), (VENDOR, 90), VENDOR, id="after 90 days they are equal, and the newer counts"),
        pytest.param((API, 0), (FILE, 90), API, id="one rank lost is not two"),
        pytest.param((API, 0), (FILE, 180), FILE, id="two ranks lost are"),
        pytest.param((OWN, 0), (FILE, 269), OWN, id="three ranks take 270 days"),
        pytest.param((VENDOR, 5), ("modash", 6), "modash", id="of equal ranks the newer"),
        pytest.param((API, None), (FILE, -9999), FILE, id="undated stands behind every dated one"),
        pytest.param((API, None), (VENDOR, None), API, id="of undated ones the better ranked"),
        pytest.param(("list-2025.csv", None), ("list-2026.csv", None), "list-2026.csv", id="then the later name"),
        pytest.param((None, None), ("a.csv", None), "a.csv", id="a source without a name comes last"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the other way round"])
def test_the_newer_better_ranked_claim_speaks(
    first: tuple[str | None, int | None], second: tuple[str | None, int | None], speaks: str, turned: bool
) -> None:
    rows = [{"source": source, "day": day, "followers": i} for i, (source, day) in enumerate((first, second), 1)]
    found = resolve(claims(*(rows[::-1] if turned else rows)))
    assert found["source"].to_pylist() == [speaks]
    assert found["followers"].to_pylist() == [1 if speaks == first[0] else 2]


def test_a_blank_never_speaks() -> None:
    table = claims(
        {"source": API, "day": 9, "followers": 10},
        {"source": FILE, "day": 1, "followers": 99, "niche": "food", "verified": False},
    )
    assert (spoken(table, "followers"), spoken(table, "niche"), spoken(table, "verified")) == (10, "food", False)
    assert spoken(table, "country") is None


def test_a_rate_keeps_the_denominator_of_its_own_source() -> None:
    table = claims(
        {"source": API, "engagement_rate": 0.02},
        {"source": FILE, "engagement_rate": 0.5, "engagement_denominator": "views"},
    )
    assert (spoken(table, "engagement_rate"), spoken(table, "engagement_denominator")) == (0.02, None)


def test_date_and_source_are_those_of_the_followers_or_else_of_the_first_claim() -> None:
    rows = [{"source": API, "day": 3, "bio": "bread"}, {"source": FILE, "day": 1, "followers": 7}]
    assert (spoken(claims(*rows), "source"), spoken(claims(*rows), "as_of")) == (FILE, DAY + timedelta(days=1))
    del rows[1]["followers"]
    assert spoken(claims(*rows), "source") == API


def test_the_age_of_a_claim_is_against_the_newest_on_the_same_account() -> None:
    table = claims(
        {"source": API, "day": 0, "followers": 1},
        {"source": VENDOR, "day": 10, "followers": 2},
        {"platform": "tiktok", "source": VENDOR, "day": 999, "followers": 3},
        {"creator_id": "b", "source": VENDOR, "day": 999, "followers": 4},
    )
    found = resolve(table)
    assert found["followers"].to_pylist() == [1, 3, 4]


def test_a_table_with_one_source_each_comes_back_as_it_is() -> None:
    table = claims({"followers": 1}, {"platform": None, "followers": 2}, {"creator_id": "b", "followers": 3})
    assert resolve(table) is table
    assert resolve(CREATORS.empty()) == CREATORS.empty()
    assert disagreements(table) == DISAGREEMENTS.empty_table()


# what a plain loop says


def drawn(seed: int) -> pa.Table:
    draw = random.Random(seed)
    sources = [OWN, API, VENDOR, "modash", FILE, "b.csv", None]
    rows = [
        {"creator_id": who, "platform": draw.choice(["x", "tiktok", None]), "source": source,
         "day": draw.choice([None, 0, 50, 90, 91, 200, 400]), "followers": draw.choice([None, 100, 105, 200]),
         "niche": draw.choice([None, "food", "Food ", "art"]), "verified": draw.choice([None, True, False]),
         "engagement_rate": (rate := draw.choice([None, 0.1, 0.2])),
         "engagement_denominator": draw.choice(["views", "followers", None]) if rate else None,
         "bio": draw.choice([None, "one", "two"])}
        for who in "cadb" for source in draw.sample(sources, draw.randrange(1, 6))
    ]  # fmt: skip
    draw.shuffle(rows)
    return claims(*rows)


def in_order(table: pa.Table) -> dict[tuple[str, str | None], list[Row]]:
    """The claims on each account, the first in place before the others, as the rule is told in words."""
    accounts: dict[tuple[str, str | None], list[Row]] = {}
    for row in table.to_pylist():
        accounts.setdefault((row["creator_id"], row["platform"]), []).append(row)
    for rows in accounts.values():
        dates = [row["as_of"] for row in rows if row["as_of"]]
        for row in rows:
            row["age"] = (max(dates) - row["as_of"]).days if row["as_of"] else 10**9
        rows.sort(key=lambda row: row["source"] or "", reverse=True)
        rows.sort(key=lambda row: (rank(row["source"]) + row["age"] // 90, row["age"]))
    return accounts


@pytest.mark.parametrize("seed", range(20))
def test_resolving_gives_what_a_plain_loop_gives(seed: int) -> None:
    expected = []
    for rows in in_order(table := drawn(seed)).values():
        one = {name: next((row[name] for row in rows if row[name] is not None), None) for name in CREATORS.names}
        rated = next((row for row in rows if row["engagement_rate"] is not None), None)
        one["engagement_denominator"] = rated and rated["engagement_denominator"]
        sized = next((row for row in rows if row["followers"] is not None), rows[0])
        expected.append(one | {"as_of": sized["as_of"], "source": sized["source"]})
    assert resolve(table).to_pylist() == expected


def torn(rows: list[Row], name: str) -> bool:
    """Whether comparable claims on a field differ too much."""
    said = [row for row in rows if row[name] is not None]
    if name in SNAPSHOTS.names:
        said = [row for row in said if row["age"] < 90 or row["as_of"] is None]
    if name == "engagement_rate":
        said = [row for row in said if row["engagement_denominator"] == said[0]["engagement_denominator"]]
    values = [row[name].strip().lower() if isinstance(row[name], str) else row[name] for row in said]
    if name in ("niche", "verified"):
        return len(set(values)) > 1
    return bool(values) and max(values) - min(values) > 0.1 * max(values)


@pytest.mark.parametrize("seed", range(20))
def test_disagreements_are_those_a_plain_loop_finds(seed: int) -> None:
    table = drawn(seed)
    names = ("followers", "niche", "verified", "engagement_rate")
    expected = {(*who, name) for who, rows in in_order(table).items() for name in names if torn(rows, name)}
    found = disagreements(table).to_pylist()
    assert {(row["creator_id"], row["platform"], row["field"]) for row in found} == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        pytest.param(100, 90, [], id="ten per cent agree"),
        pytest.param(100, 89, [0.11], id="eleven do not"),
        pytest.param(0, 5, [1.0], id="nought and five do not"),
        pytest.param(0, 0, [], id="nought and nought agree"),
        pytest.param(None, 5, [], id="silence contradicts nobody"),
    ],
)
def test_how_far_apart_figures_are(one: int | None, other: int | None, apart: list[float]) -> None:
    table = claims({"source": API, "followers": one}, {"source": FILE, "followers": other})
    found = disagreements(table)
    assert found["apart"].to_pylist() == pytest.approx(apart)
    assert found["figures"].to_pylist() == [True] * len(apart)


def test_an_old_figure_is_the_past_and_an_old_word_is_a_contradiction() -> None:
    table = claims(
        {"source": API, "day": 365, "followers": 100, "country": "US"},
        {"source": VENDOR, "day": 0, "followers": 10, "country": "DE"},
    )
    assert disagreements(table)["field"].to_pylist() == ["country"]


# where a value comes from


def test_every_word_on_a_field_is_told_with_its_reason() -> None:
    table = claims(
        {"source": VENDOR, "day": 100, "followers": 100, "name": "Ana"},
        {"source": API, "day": 0, "followers": 300, "name": "ana"},
        {"source": FILE, "followers": 50},
        {"creator_id": "b", "followers": 9},
    )
    told = {(claim.field, claim.source): claim for claim in provenance(table, "a", "instagram")}
    assert len(told) == 5
    followers = [claim for claim in told.values() if claim.field == "followers"]
    assert [(c.source, c.value, c.speaks, c.disagrees) for c in followers] == [
        (VENDOR, 100, True, True), (API, 300, False, True), (FILE, 50, False, True),
    ]  # fmt: skip
    assert followers[0].why == "a vendor, within 90 days of the newest"
    assert followers[1].why == "a platform's interface, 90 days or more older than the newest: 1 rank lost"
    assert followers[2].why == "a file, undated: behind every dated one"
    assert not told["name", API].disagrees
    assert told["name", VENDOR].speaks


def test_what_speaks_is_what_resolving_gives() -> None:
    table = drawn(99)
    for row in resolve(table).to_pylist():
        spoken = {c.field: c.value for c in provenance(table, row["creator_id"], row["platform"]) if c.speaks}
        assert spoken == {
            name: row[name]
            for name in spoken.keys() | {n for n in row if row[n] is not None}
            if name not in ("creator_id", "platform", "as_of", "source")
        }


def test_a_creator_nobody_speaks_of_is_not_there() -> None:
    with pytest.raises(NotFound, match=r"No source speaks of `zoe` on tiktok"):
        provenance(claims({"followers": 1}), "zoe", "tiktok")
