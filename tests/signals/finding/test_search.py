"""Search: who passes, in which order, and what is said of those left out."""

import pyarrow as pa
import pytest

from asterism.creators.tables import Tables
from asterism.creators.tiers import scheme
from asterism.errors import WrongUsage
from asterism.signals.finding.index import INDEX, index_of, main_formats, with_column
from asterism.signals.finding.search import UNSTATED, Filters, search
from tests.signals.given import POSTS, creators, post, rows, signals

ROWS = (
    {"creator_id": "ann", "platform": "instagram", "tier": "micro", "followers": 20e3, "country": "US",
     "engagement": 0.05, "engagement_low": 0.01, "real": 0.8, "fee": 300.0, "niche": "food"},
    {"creator_id": "bob", "platform": "tiktok", "tier": "macro", "followers": 400e3, "country": "DE",
     "engagement": 0.03, "engagement_low": 0.02, "real": 0.6, "fee": 900.0, "niche": "Food"},
    {"creator_id": "cyd", "platform": "instagram", "tier": "nano", "followers": None, "country": None,
     "engagement": 0.01, "engagement_low": 0.005, "real": None, "fee": 300.0, "name": "Cyd Travels"},
)  # fmt: skip
TABLE = pa.Table.from_pylist([{name: row.get(name) for name in INDEX.names} for row in ROWS], INDEX)


def found(sort="", limit=20, **filters):
    return search(TABLE, Filters(**filters), sort, limit)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, ["bob", "ann", "cyd"]),
        ({"platforms": ("instagram",)}, ["ann", "cyd"]),
        ({"tiers": ("micro", "macro")}, ["bob", "ann"]),
        ({"countries": ("us",)}, ["ann"]),
        ({"niches": ("food",)}, ["bob", "ann"]),
        ({"words": "@TRAV"}, ["cyd"]),
        ({"words": "nn"}, ["ann"]),
        ({"min_followers": 20e3, "max_followers": 20e3}, ["ann"]),
        ({"min_engagement": 0.03}, ["bob", "ann"]),
        ({"min_authenticity": 0.7}, ["ann"]),
        ({"max_price": 300.0}, ["ann", "cyd"]),
        ({"platforms": ("youtube",)}, []),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_creators_pass_who_meet_every_filter(filters, ids):
    result = found(**filters)
    assert result.rows["creator_id"].to_pylist() == ids
    assert (result.total, result.searched) == (len(ids), 3)


def test_what_is_not_known_is_left_out_and_counted_apart_from_what_fails():
    (left,) = found(countries=("US",)).left
    assert (left.filter, left.failed, left.unknown) == ("countries", 1, 1)
    first, second = found(countries=("US",), min_authenticity=0.9).left
    assert (first.unknown, second.failed, second.unknown) == (1, 1, 0)


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("engagement", ["bob", "ann", "cyd"]),
        ("-engagement", ["cyd", "ann", "bob"]),
        ("price", ["ann", "cyd", "bob"]),
        ("-price", ["bob", "ann", "cyd"]),
        ("followers", ["bob", "ann", "cyd"]),
        ("-followers", ["ann", "bob", "cyd"]),
    ],
)
def test_the_lower_end_decides_ties_go_by_id_and_the_unknown_come_last(sort, ids):
    assert found(sort).rows["creator_id"].to_pylist() == ids


def test_a_limit_shortens_the_list_and_not_the_count():
    result = found(limit=1)
    assert (result.rows.num_rows, result.total) == (1, 3)
    assert found(limit=None).rows.num_rows == 3


def test_facets_count_those_found_and_name_what_is_not_stated():
    facets = {facet.name: facet.counts for facet in found(platforms=("instagram",)).facets}
    assert facets["country"] == (("US", 1), (UNSTATED, 1))
    assert facets["platform"] == (("instagram", 2),)


def test_an_order_that_is_not_there_or_stands_on_nothing_is_refused():
    with pytest.raises(WrongUsage, match="Did you mean `engagement`"):
        found("engagment")
    with pytest.raises(WrongUsage, match="--similar-to"):
        found("similar")


def test_likeness_leads_where_it_was_asked_for():
    index = with_column(TABLE, "similar", TABLE["engagement"].to_numpy())
    assert search(index, Filters()).sort == "similar"
    assert search(index, Filters()).rows["creator_id"].to_pylist() == ["ann", "bob", "cyd"]


def test_a_creator_is_spoken_for_by_the_format_it_posts_most():
    who = creators(
        {"creator_id": "a", "platform": "instagram", "followers": 5_000},
        {"creator_id": "b", "platform": "instagram", "followers": 9_000},
    )
    made = [post("a", i, platform="instagram", format="reel", likes=50) for i in (1, 2)]
    made.append(post("a", 3, platform="instagram", format="post", likes=50))
    known = signals(Tables(who, posts=rows(POSTS, *made)))
    index = index_of(known, scheme("industry"))
    assert len(main_formats(known)) == 2
    assert index.select(["format", "posts", "tier"]).to_pylist() == [
        {"format": "reel", "posts": 2, "tier": "nano"}, {"format": "post", "posts": 0, "tier": "nano"},
    ]  # fmt: skip
    ends = [index[f"fee{end}"].to_pylist() for end in ("_low", "", "_high")]
    assert all(low < fee < high for low, fee, high in zip(*ends, strict=True))
    assert all((low * high) ** 0.5 < fee for low, fee, high in zip(*ends, strict=True))  # a mean lies above the middle
