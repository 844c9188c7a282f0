"""The parts of authenticity: what each measures, what score that is, and what it rests on."""

import math

import numpy as np
import pytest

from asterism.signals.authenticity import parts
from asterism.signals.authenticity.geography import understood
from asterism.signals.authenticity.growth import growth
from asterism.signals.authenticity.sampled import sampled
from asterism.signals.reading import Part
from tests.signals.authenticity.making import PRIORS, Row, creator, lineup, statistics, tables, weekly

NAN = math.nan
CROWD = [creator(f"p{i}", followers=10_000 + i) for i in range(40)]
"""Peers of one size."""


def posts(likes: list[int], comments: list[int] | None = None, each: int = 5) -> list[Row]:
    """Posts of creators p0, p1, …, each with these likes and comments."""
    return [
        {"post_id": f"{who}-{k}", "creator_id": f"p{who}", "platform": "instagram", "likes": likes[who],
         "comments": comments[who] if comments else None}
        for who in range(len(likes)) for k in range(each)
    ]  # fmt: skip


USUAL = [300 + i for i in range(40)]


@pytest.mark.parametrize(
    ("likes", "low"), [(3, True), (9_000, True), (320, False)], ids=["too low", "too high", "in the middle"]
)
def test_engagement_is_odd_at_either_end(likes: int, low: bool) -> None:
    given = tables(creators=CROWD, posts=posts([likes, *USUAL[1:]]))
    part, percentile = parts.engagement(lineup(given), statistics(given))
    assert part.measured[0] == pytest.approx((likes + 0.5) / 10_000)
    assert part.unit == "of followers"
    assert (part.score[0] < 0.1) == low
    assert part.score[20] == 1.0
    assert part.evidence[0] == f"5 posts: above {percentile[0]:.0%} of up to 200 peers of its size"


def test_engagement_by_stated_averages_stands_in_for_posts() -> None:
    stated = [creator(f"p{i}", followers=10_000, avg_likes=300.0 + i) for i in range(40)]
    given = tables(creators=stated)
    part, _ = parts.engagement(lineup(given), statistics(given))
    assert part.evidence[0].startswith("stated averages: above")
    assert part.sd[0] > 0.2


def test_averages_by_views_are_not_engagement_of_followers() -> None:
    given = tables(creators=[creator(f"p{i}", platform="tiktok", avg_likes=9.0, avg_views=100.0) for i in range(40)])
    part, percentile = parts.engagement(lineup(given), statistics(given))
    assert np.isnan(part.score).all()
    assert np.isnan(percentile).all()


def test_few_peers_are_no_peers() -> None:
    given = tables(creators=CROWD[:8], posts=posts(USUAL[:8]))
    part, _ = parts.engagement(lineup(given), statistics(given))
    assert np.isnan(part.score).all()
    assert part.evidence[0] == "5 posts: too few peers to compare with"


def test_few_posts_mean_more_doubt() -> None:
    given = tables(creators=CROWD, posts=[*posts(USUAL), *posts([300], each=40)])
    part, _ = parts.engagement(lineup(given), statistics(given))
    assert part.sd[0] < part.sd[1]


@pytest.mark.parametrize(
    ("comments", "low"), [(0, True), (200, True), (11, False)], ids=["likes alone", "comments alone", "usual"]
)
def test_comments_per_like_are_odd_at_either_end(comments: int, low: bool) -> None:
    given = tables(creators=CROWD, posts=posts([300] * 40, [comments, *(6 + i // 4 for i in range(1, 40))]))
    part = parts.comments_per_like(lineup(given), statistics(given))
    assert part.measured[0] == pytest.approx((comments + 0.5) / 300.5)
    assert part.unit == "per like"
    assert (part.score[0] < 0.2) == low


@pytest.mark.parametrize(
    ("later", "score"), [(0, 1.0), (2_500, 0.6), (20_000, 0.0)], ids=["no step", "a fifth", "two thirds"]
)
def test_half_the_followers_gained_in_steps_make_growth_0(later: int, score: float) -> None:
    given = tables(snapshots=weekly([10_000 + later * (week >= 6) for week in range(12)]))
    part = parts.growth(growth(lineup(given), given.snapshots, given.annotations))
    assert part.score[0] == pytest.approx(score, abs=0.01)
    assert part.evidence[0] == f"12 snapshots, {int(later > 0)} step{'s' if not later else ''}"


def test_growth_says_what_explained_a_step() -> None:
    note = [{"creator_id": "a", "date": weekly([1] * 7)[6]["as_of"], "text": "A giveaway"}]
    given = tables(snapshots=weekly([10_000 + 4_000 * (week >= 6) for week in range(12)]), annotations=note)
    part = parts.growth(growth(lineup(given), given.snapshots, given.annotations))
    assert (part.score[0], part.evidence[0]) == (1.0, "12 snapshots, 1 step, 1 explained by annotations")
    assert parts.growth(growth(lineup(tables()), given.snapshots[:2], given.annotations)).evidence[0] == (
        "2 snapshots: too few"
    )


def comments(who: str, people: list[str], texts: list[str | None]) -> list[Row]:
    return [{"post_id": f"of {who}", "creator_id": who, "person": p, "text": t}
            for p, t in zip(people, texts, strict=True)]  # fmt: skip


def commented(odd: list[Row]) -> Part:
    """Forty creators with thirty comments each by people of their own, and some odd ones."""
    usual = [row for i in range(1, 40) for row in comments(f"p{i}", [f"{i}-{k}" for k in range(30)], [None] * 30)]
    given = tables(creators=CROWD, comments=usual + odd)
    return parts.commenters(lineup(given), statistics(given))


def test_a_circle_beyond_what_peers_have_is_odd() -> None:
    pod = [f"{i}-0" for i in range(1, 30)]
    elsewhere = [row for k, p in enumerate(pod) for row in comments(f"p{1 + (k + 5) % 39}", [p], [None])]
    part = commented(comments("p0", pod, [None] * 29) + elsewhere)
    assert part.measured[0] == 1.0
    assert part.score[0] < 0.1
    assert part.evidence[0] == "29 comments, 100% by a circle"
    assert part.score[35] == pytest.approx(1.0, abs=0.15)


def test_a_circle_that_all_peers_have_is_usual() -> None:
    everywhere = [
        row
        for i in range(40)
        for row in comments(
            f"p{i}", [f"pod{k}" for k in range(8 + i // 8)] + [f"{i}-{k}" for k in range(24)], [None] * (32 + i // 8)
        )
    ]
    given = tables(creators=CROWD, comments=everywhere)
    part = parts.commenters(lineup(given), statistics(given))
    assert part.measured[0] == pytest.approx(8 / 32)
    assert part.score[:32].tolist() == [1.0] * 32
    assert 0.8 < part.score[-1] < 1.0


def test_the_same_words_again_and_again_are_odd() -> None:
    people = [f"p{k}-own" for k in range(30)]
    part = commented(
        comments("p0", people, ["Great content my friend"] * 15 + [f"a question about {k}" for k in range(15)])
    )
    assert part.measured[0] == 0.5
    assert part.score[0] == pytest.approx(0.5)
    assert part.evidence[0] == "30 comments, 0% by a circle, 50% with the same words"


def test_few_comments_say_nothing() -> None:
    part = commented(comments("p0", ["x", "y"], ["Great content my friend"] * 2))
    assert np.isnan(part.score[0])
    assert part.evidence[0] == "2 comments: too few"


@pytest.mark.parametrize(("many", "score"), [(0, 1.0), (15, 1.0), (50, 0.176), (90, 0.0)])
def test_mass_followers_are_odd_above_the_usual_share(many: int, score: float) -> None:
    rows = [{"creator_id": "a", "person": str(k), "followers": 9, "following": 3_000 if k < many else 200}
            for k in range(100)]  # fmt: skip
    given = tables(accounts=rows)
    part = parts.mass_followers(sampled(lineup(given), given.accounts), PRIORS)
    assert part.measured[0] == many / 100
    assert part.score[0] == pytest.approx(score, abs=0.01)


@pytest.mark.parametrize(("home", "least", "most"), [(0.95, 0.99, 1.0), (0.6, 0.1, 0.6), (0.1, 0.0, 0.01)])
def test_an_audience_that_hardly_understands_is_odd(home: float, least: float, most: float) -> None:
    told = [{"creator_id": "a", "dimension": "country", "bucket": b, "share": s} for b, s in
            (("KR", home), ("BR", 1 - home))]  # fmt: skip
    given = tables(creators=[creator(country="KR", language="ko")], audiences=told)
    part = parts.geography(lineup(given), understood(lineup(given), given.audiences), PRIORS)
    assert least <= part.score[0] <= most


def test_vendor_and_account_sample_say_their_share() -> None:
    part = parts.vendors_figure(np.array([0.7, NAN]), PRIORS, 0.76)
    assert part.score == pytest.approx([0.7, NAN], nan_ok=True)
    assert part.evidence.tolist() == ["as the vendor reckons", "no vendor's figure"]
    given = tables()
    empty = parts.account_sample(sampled(lineup(given), given.accounts), 0.76)
    assert (empty.usual, empty.evidence[0]) == (0.76, "no sampled accounts")


def test_the_weights_add_up_to_one() -> None:
    assert sum(parts.WEIGHTS.values()) == pytest.approx(1.0)
