"""Browsing the kept index: who passes, in which order, and what each further choice would give."""

import random
from dataclasses import replace

import pytest

from asterism.errors import WrongUsage
from asterism.signals.finding.browse import FACETED, OFFERED, browse
from asterism.signals.finding.search import UNSTATED, Filters
from asterism.signals.finding.shelf import BANDS, SOUGHT
from tests.finding import FOUR, kept

TABLE = kept()


def ids(sort="followers", first=0, size=25, **filters):
    return browse(TABLE, Filters(**filters), sort, first, size).rows["creator_id"].to_pylist()


def counts(name, **filters):
    facets = {facet.name: facet for facet in browse(TABLE, Filters(**filters), "", 0, 25).facets}
    return dict(facets[name].counts)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["c-ben", "c-ana", "c-cyd", "c-dee"]),
        ({"words": "@ANA"}, ["c-ana"]),
        ({"words": "berlin skin"}, ["c-ana"]),
        ({"words": "berlin cook"}, []),
        ({"words": "food"}, ["c-ben", "c-dee"]),
        ({"niches": ("FOOD",)}, ["c-ben", "c-dee"]),
        ({"followers_bands": ("10,000–50,000", "under 5,000")}, ["c-ana", "c-cyd"]),
        ({"engagement_bands": ("8% and more",)}, ["c-ben"]),
        ({"real_bands": ("80–90%",)}, ["c-ana"]),
        ({"countries": ("DE",), "tiers": ("nano",)}, ["c-cyd"]),
        ({"max_price": 512.0}, ["c-ana", "c-cyd"]),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_creators_pass_who_meet_every_filter(filters, found):
    assert ids(**filters) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("engagement", ["c-cyd", "c-ana", "c-ben", "c-dee"]),
        ("real", ["c-ana", "c-cyd", "c-ben", "c-dee"]),
        ("price", ["c-cyd", "c-ana", "c-ben", "c-dee"]),
        ("-followers", ["c-cyd", "c-ana", "c-ben", "c-dee"]),
    ],
)
def test_the_lower_end_decides_and_the_unknown_come_last(sort, found):
    assert ids(sort) == found


def test_ties_go_by_creator_id_whatever_the_order_of_the_table():
    rows = [{**FOUR[0], "creator_id": name} for name in ("c", "a", "b")]
    assert browse(kept(rows), Filters(), "followers", 0, 25).rows["creator_id"].to_pylist() == ["a", "b", "c"]


def test_a_page_is_cut_and_the_count_is_not():
    found = browse(TABLE, Filters(), "followers", 2, 1)
    assert (found.rows["creator_id"].to_pylist(), found.total, found.searched) == (["c-cyd"], 4, 4)


def test_an_order_that_is_not_there_is_refused():
    with pytest.raises(WrongUsage, match="Did you mean `followers`"):
        browse(TABLE, Filters(), "follower", 0, 25)


def test_what_is_chosen_in_a_facet_does_not_narrow_its_own_counts_but_the_others():
    assert counts("platform", platforms=("tiktok",)) == {"instagram": 2, "tiktok": 1, "youtube": 1}
    assert counts("country", platforms=("tiktok",)) == {"US": 1}


def test_bands_stand_in_their_order_and_what_is_not_stated_is_named():
    assert list(counts("followers_band")) == ["under 5,000", "10,000–50,000", "100,000–500,000"]
    assert counts("country") == {"DE": 2, "US": 1, UNSTATED: 1}


def test_a_bound_belongs_to_the_band_above_it():
    edges = kept([{**FOUR[0], "followers": 5_000, "engagement": 0.01, "real": 0.9}])
    assert [edges[name][0].as_py() for name in BANDS] == ["5,000–10,000", "1–2%", "90% and more"]


def test_many_values_are_cut_to_the_largest_the_rest_is_counted_and_a_chosen_one_is_kept():
    many = [{**FOUR[0], "creator_id": f"c{i}-{j}", "niche": f"niche {i:02}"} for i in range(20) for j in range(20 - i)]
    niche = {f.name: f for f in browse(kept(many), Filters(niches=("niche 19",)), "", 0, 1).facets}["niche"]
    names = [name for name, _ in niche.counts]
    assert names[:2] == ["niche 00", "niche 01"]
    assert "niche 19" in names
    assert len(names) == OFFERED + 1
    assert sum(n for _, n in niche.counts) + niche.others == len(many)


def test_the_bio_of_a_creator_whose_platform_nobody_stated_is_sought_in():
    from asterism.signals.finding.shelf import shelved
    from tests.finding import tables

    index, _ = tables(FOUR[:1])
    _, creators = tables([{**FOUR[0], "platform": None}])
    assert "berlin" in shelved(index, creators)[SOUGHT][0].as_py()


def test_counts_are_those_of_asking_for_each_value_one_by_one():
    luck = random.Random(5)
    people = [
        {**FOUR[luck.randrange(4)], "creator_id": f"c{i:03}", "country": luck.choice(["DE", "US", "FR", None]),
         "tier": luck.choice(["nano", "micro"]), "platform": luck.choice(["instagram", "tiktok"])}
        for i in range(200)
    ]  # fmt: skip
    table = kept(people)
    for _ in range(10):
        filters = Filters(
            countries=luck.choice([(), ("DE",), ("DE", "FR")]), tiers=luck.choice([(), ("nano",)]),
            words=luck.choice(["", "food"]),
        )  # fmt: skip
        for facet in browse(table, filters, "", 0, 1).facets:
            for value, n in facet.counts:
                if value != UNSTATED:
                    alone = replace(filters, **{FACETED[facet.name]: (value,)})
                    assert browse(table, alone, "", 0, 1).total == n
