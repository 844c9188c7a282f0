"""Scoring from tables in memory: what is not there is left out, and nobody is refused for it."""

from asterism.creators.tables import POSTS, Tables
from asterism.desk.score import ANYTHING, gallery_of
from tests.signals.given import PRIORS, creators, post, rows


def test_posts_with_nothing_but_captions_are_read_for_what_they_say() -> None:
    said = [post("ann", number, platform="instagram", caption=f"Bread number {number}") for number in range(1, 5)]
    who = creators({"creator_id": "ann", "platform": "instagram", "followers": 9_000})
    gallery = gallery_of(Tables(who, posts=rows(POSTS, *said)), ANYTHING, PRIORS)
    (ann,) = gallery.profiles([0])
    assert next(each for each in ann.readings if each.name == "content").known > 0
    assert [each.next_engagements for each in ann.formats] == [None]


def test_engagement_above_the_followers_is_kept_and_explained() -> None:
    stated = {"platform": "instagram", "followers": 80_080, "engagement_denominator": "followers"}
    who = creators(
        {"creator_id": "ann", "engagement_rate": 1.913955, **stated},
        {"creator_id": "bob", "engagement_rate": 0.9, **stated},
    )
    ann, bob = gallery_of(Tables(who), ANYTHING, PRIORS).profiles([0, 1])
    assert any("191% of followers is kept as it stands" in remark for remark in ann.remarks)
    assert bob.remarks == ()
