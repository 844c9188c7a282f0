"""Posts: the engagement of the benchmarks by tier, heavy tails, and only what each platform shows."""

import numpy as np
import pyarrow.compute as pc
import pytest

from asterism.creators.tables import POSTS
from asterism.creators.tiers import scheme
from asterism.market import MarketOptions, simulate
from asterism.market.rates import FORMATS

INSTAGRAM = {"nano": 2.5, "micro": 1.5, "macro": 1.1, "mega": 0.7}
TIKTOK = {"nano": 9.0, "micro": 7.0, "macro": 4.7, "mega": 3.5}
YOUTUBE = {"nano": 3.2, "micro": 2.1, "macro": 1.4, "mega": 0.9}
MEDIANS = [
    (p, t, m) for p, of in (("instagram", INSTAGRAM), ("tiktok", TIKTOK), ("youtube", YOUTUBE)) for t, m in of.items()
]


@pytest.fixture(scope="module")
def many():
    """Enough creators for medians by platform and tier."""
    return simulate(2_400, 8_000, seed=1, options=MarketOptions(universe=8_000_000, tier_mix=(0.3, 0.3, 0.3, 0.1)))


def column(table, name):
    return np.array(table[name].to_pylist())


def rates_by_hand(market):
    """Engagement rate per creator: median per follower on Instagram, total per view elsewhere, from the posts alone."""
    creators = {row["creator_id"]: row for row in market.tables.creators.to_pylist()}
    acts, views = {}, {}
    for post in market.tables.posts.to_pylist():
        if post["likes"] is not None:
            total = sum(post[part] or 0 for part in ("likes", "comments", "shares", "saves"))
            acts.setdefault(post["creator_id"], []).append(total)
            views.setdefault(post["creator_id"], []).append(post["views"] or 0)
    return {
        one: np.median(counts) / creators[one]["followers"]
        if creators[one]["platform"] == "instagram"
        else sum(counts) / sum(views[one])
        for one, counts in acts.items()
    }


def test_posts_obey_the_schema(market):
    posts = market.tables.posts
    assert posts.schema == POSTS.arrow
    for field in POSTS.fields:
        if field.low is not None:
            assert (pc.min(posts[field.name]).as_py() or 0) >= field.low
        if field.choices:
            assert set(column(posts, field.name)) <= set(field.choices)
    assert len(set(column(posts, "post_id"))) == posts.num_rows


@pytest.mark.parametrize(("platform", "tier", "percent"), MEDIANS)
def test_engagement_medians_are_those_of_the_benchmarks(many, platform, tier, percent):
    """Within a quarter: a tier's median size is not its anchor's, and a cell holds 50 creators at the least."""
    creators = many.tables.creators
    rates = rates_by_hand(many)
    tiers = scheme("industry").of(creators["followers"].to_numpy())
    inside = (column(creators, "platform") == platform) & (tiers == tier)
    found = 100 * np.median([rates[one] for one in column(creators, "creator_id")[inside] if one in rates])
    assert found == pytest.approx(percent, rel=0.25)


def test_engagement_has_a_heavy_tail(many):
    rates = np.log(np.array([rate for rate in rates_by_hand(many).values() if rate > 0]))
    assert np.exp(rates).mean() > 1.2 * np.exp(np.median(rates))


def test_the_creators_table_agrees_with_the_posts(market):
    rates = rates_by_hand(market)
    for row in market.tables.creators.to_pylist():
        if row["creator_id"] in rates:
            assert row["engagement_rate"] == pytest.approx(rates[row["creator_id"]])


def test_about_twelve_posts_each_and_at_least_one_but_for_a_few(market):
    counts = np.bincount([int(one[1:]) for one in column(market.tables.posts, "creator_id")], minlength=401)[1:]
    assert counts.mean() == pytest.approx(12, abs=1)
    assert (counts == 0).sum() <= 2


def test_only_formats_of_the_platform(market):
    pairs = set(zip(column(market.tables.posts, "platform"), column(market.tables.posts, "format"), strict=True))
    assert {made for where, made in pairs if where == "tiktok"} == {"video"}
    assert {made for where, made in pairs if where == "youtube"} == {"video", "short"}
    assert {made for where, made in pairs if where == "instagram"} == {"post", "carousel", "reel", "story"}


def test_reach_and_stories_are_shared_by_the_connected_only(market):
    connected = {post["creator_id"] for post in market.tables.posts.to_pylist() if post["reach"] is not None}
    for post in market.tables.posts.to_pylist():
        assert (post["reach"] is not None) == (post["creator_id"] in connected)
        assert post["format"] != "story" or post["creator_id"] in connected
        assert (post["views"] is not None) == (post["format"] in ("reel", "short", "video", "story"))
    assert len(connected) / 400 == pytest.approx(0.35, abs=0.08)


def test_no_fake_acts(market):
    real = dict(zip(market.truth.roster.ids, market.truth.audience, strict=True))
    for post in market.tables.posts.to_pylist():
        acted = sum(post[part] or 0 for part in ("likes", "comments", "shares", "saves"))
        assert acted <= real[post["creator_id"]]
        assert (post["reach"] or 0) <= real[post["creator_id"]]


def test_reach_is_the_true_rate_of_the_real_audience_on_average(many):
    truth, found, wanted = many.truth, 0.0, 0.0
    for post in many.tables.posts.to_pylist():
        if post["reach"] is not None and post["platform"] == "instagram":
            creator = truth.column(post["creator_id"])
            share = truth.rates.reach[creator, FORMATS.index(post["format"])]
            found, wanted = found + post["reach"] / truth.audience[creator], wanted + share
    assert found == pytest.approx(wanted, rel=0.02)


def test_sponsored_posts_engage_by_the_sponsored_effect(many):
    """The ratio of engagement to its organic expectation, sponsored over not, is near its mean of 0.95."""
    truth, ratio = many.truth, {True: [], False: []}
    for post in many.tables.posts.to_pylist():
        if post["platform"] == "tiktok":
            creator = truth.column(post["creator_id"])
            acted = sum(post[part] for part in ("likes", "comments", "shares", "saves"))
            organic = truth.rates.act[creator, FORMATS.index("video")] * post["views"] * 0.68
            if organic > 200:
                ratio[post["sponsored"]].append(acted / organic)
    assert np.mean(ratio[False]) == pytest.approx(1, abs=0.03)
    assert np.mean(ratio[True]) == pytest.approx(0.97, abs=0.06)
    assert np.mean(ratio[True]) < np.mean(ratio[False])


def test_captions_speak_of_the_niche_and_most_sponsored_ones_say_so(market):
    niche = {row["creator_id"]: row["niche"] for row in market.tables.creators.to_pylist()}
    posts = market.tables.posts.to_pylist()
    assert all(f"#{niche[post['creator_id']]}" in post["caption"] for post in posts)
    assert all((post["sponsor"] is not None) == post["sponsored"] for post in posts)
    said = [("#ad" in post["caption"]) for post in posts if post["sponsored"]]
    assert np.mean(said) == pytest.approx(0.9, abs=0.05)
    assert not any("#ad" in post["caption"].split() for post in posts if not post["sponsored"])


def test_posts_are_seen_days_after_they_were_published(market):
    posts = market.tables.posts
    days = (posts["seen_at"].to_numpy() - posts["posted_at"].to_numpy()) / np.timedelta64(1, "D")
    assert days.min() >= 3
    assert days.max() <= 90
