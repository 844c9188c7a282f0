"""Changes: the one thing asked for changes, and nothing else."""

from dataclasses import replace

import pytest

from asterism.creators.tables import SCHEMAS
from asterism.creators.tiers import scheme
from asterism.errors import BadInput, NotFound
from asterism.market import with_audience_moved, with_fakes, with_fees, with_twins


def rows(table, creator_id):
    return [row for row in table.to_pylist() if row["creator_id"] == creator_id]


def untouched(before, after, *changed):
    for name, schema in SCHEMAS.items():
        assert getattr(after, name).schema == schema.arrow
        if name not in changed:
            assert getattr(after, name).equals(getattr(before, name))


def test_fees_of_the_tiers_named_are_multiplied_and_no_others(small):
    tables = small.tables
    after = with_fees(tables, ["macro", "mega"], 2.0)
    untouched(tables, after, "rates")
    followers = {row["creator_id"]: row["followers"] for row in tables.creators.to_pylist()}
    factors = set()
    for old, new in zip(tables.rates.to_pylist(), after.rates.to_pylist(), strict=True):
        factor = 2 if scheme("industry").of([followers[old["creator_id"]]])[0] in ("macro", "mega") else 1
        assert new == {**old, "price": old["price"] * factor}
        factors.add(factor)
    assert factors == {1, 2}


def test_a_moved_audience_lives_elsewhere_and_is_otherwise_the_same(small):
    tables, one = small.tables, small.tables.audiences["creator_id"][0].as_py()
    after = with_audience_moved(tables, one, "BR")
    untouched(tables, after, "creators", "audiences")
    shares = {r["bucket"]: r["share"] for r in rows(after.audiences, one) if r["dimension"] == "country"}
    assert shares["BR"] == pytest.approx(0.95)
    assert sum(shares.values()) == pytest.approx(1)
    kept = ("age", "gender", "interest")
    assert [r for r in rows(after.audiences, one) if r["dimension"] in kept] == [
        r for r in rows(tables.audiences, one) if r["dimension"] in kept
    ]
    assert "city" not in {r["dimension"] for r in rows(after.audiences, one)}
    for old, new in zip(tables.creators.to_pylist(), after.creators.to_pylist(), strict=True):
        assert new == ({**old, "country": "BR", "city": None} if old["creator_id"] == one else old)
    others = [r for r in after.audiences.to_pylist() if r["creator_id"] != one]
    assert others == [r for r in tables.audiences.to_pylist() if r["creator_id"] != one]


def test_an_audience_without_a_profile_moves_as_a_whole(small):
    bare = replace(small.tables, audiences=small.tables.audiences.slice(0, 0))
    found = with_audience_moved(bare, "c0001", "BR").audiences.to_pylist()
    assert found == [{"creator_id": "c0001", "dimension": "country", "bucket": "BR", "share": 1.0}]


def test_fakes_shrink_what_people_do_and_not_the_followers(small):
    tables = replace(small.tables, followers=small.followers())
    one = tables.posts["creator_id"][0].as_py()
    after = with_fakes(tables, one, 0.5)
    untouched(tables, after, "creators", "posts", "followers")
    for old, new in zip(tables.posts.to_pylist(), after.posts.to_pylist(), strict=True):
        factor = 0.5 if old["creator_id"] == one else 1.0
        for part in ("likes", "comments", "shares", "saves", "views", "reach"):
            assert old[part] is new[part] is None or new[part] == pytest.approx(old[part] * factor, abs=0.51)
    (old,), (new,) = rows(tables.creators, one), rows(after.creators, one)
    assert new["followers"] == old["followers"]
    assert new["avg_likes"] == pytest.approx(old["avg_likes"] / 2)
    assert new["avg_engagements"] == pytest.approx(old["avg_engagements"] / 2)
    assert len(rows(after.followers, one)) == round(len(rows(tables.followers, one)) / 2)


@pytest.mark.parametrize(("platform", "factor"), [("instagram", 0.5), ("tiktok", 1.0)])
def test_fakes_halve_a_rate_per_follower_and_leave_one_per_view(small, platform, factor):
    one = small.truth.roster.ids[small.truth.roster.platforms.index(platform)]
    (old,), (new,) = rows(small.tables.creators, one), rows(with_fakes(small.tables, one, 0.5).creators, one)
    assert new["engagement_rate"] == pytest.approx(factor * old["engagement_rate"])


def largest(market, count):
    order = sorted(market.truth.roster.ids, key=lambda one: -market.truth.follows.counts[market.truth.column(one)])
    return order[:count]


def test_twins_share_what_was_asked_in_ids_overlaps_and_profile(small):
    a, _, b = largest(small, 3)
    tables = replace(small.tables, followers=small.followers(), overlaps=small.overlaps())
    after = with_twins(tables, a, b)
    untouched(tables, after, "followers", "overlaps", "audiences")
    lists = {one: {r["person"] for r in rows(after.followers, one)} for one in (a, b)}
    before = {one: rows(tables.followers, one) for one in (a, b)}
    smaller = min(len(before[a]), len(before[b]))
    assert {one: len(lists[one]) for one in (a, b)} == {one: len(before[one]) for one in (a, b)}
    assert len(lists[a] & lists[b]) == round(0.95 * smaller)
    sizes = [rows(tables.creators, one)[0]["followers"] for one in (a, b)]
    stated = [r for r in after.overlaps.to_pylist() if {r["a"], r["b"]} == {a, b}]
    assert [r["shared"] for r in stated] == [round(0.95 * min(sizes))]
    assert after.overlaps.num_rows == tables.overlaps.num_rows
    profile = [{**r, "creator_id": b} for r in rows(after.audiences, a)]
    assert rows(after.audiences, b) == profile
    others = [r for r in after.followers.to_pylist() if r["creator_id"] != b]
    assert others == [r for r in tables.followers.to_pylist() if r["creator_id"] != b]


def test_twins_who_share_more_already_keep_what_they_share(small):
    a, _, b = largest(small, 3)
    twins = with_twins(replace(small.tables, followers=small.followers()), a, b)
    assert sorted(map(str, rows(with_twins(twins, a, b, 0.5).followers, b))) == sorted(
        map(str, rows(twins.followers, b))
    )


def test_twins_without_ids_are_stated_as_an_overlap(small):
    a, b = largest(small, 2)
    after = with_twins(small.tables, a, b)
    untouched(small.tables, after, "overlaps", "audiences")
    assert after.overlaps.num_rows == 1


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda t: with_fees(t, ["macro"], 0), BadInput, "Give a factor above 0"),
        (lambda t: with_fees(t, ["makro"], 2), BadInput, "Did you mean `macro`"),
        (lambda t: with_fakes(t, "c0001", 1.0), BadInput, "Give a share from 0 to below 1"),
        (lambda t: with_audience_moved(t, "c0", "BR"), NotFound, "no creator `c0`"),
        (lambda t: with_twins(t, "c0001", "nobody"), NotFound, "no creator `nobody`"),
    ],
    ids=["factor", "tier", "share", "moved", "twins"],
)
def test_an_unsound_change_is_refused(small, change, error, said):
    with pytest.raises(error, match=said):
        change(small.tables)
