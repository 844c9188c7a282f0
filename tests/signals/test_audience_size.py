import numpy as np
import pytest

from asterism.signals.audience_size import sizes
from asterism.signals.lineup import line_up
from asterism.signals.rates import Seen
from asterism.signals.statistics import SufficientStatistics
from tests.signals.given import POSTS, PRIORS, Tables, brief, creators, post, rows, statistics

PART = float(PRIORS.reach_rate("tiktok", "video", 1.0).mean)


def sized(tables: Tables):  # type: ignore[no-untyped-def]
    lineup = line_up(tables, brief())
    stats = statistics(tables) if tables.posts.num_rows else SufficientStatistics.none()
    return sizes(lineup, Seen.of(lineup, stats.views), PRIORS)


def test_followers_are_the_audience_where_people_see_what_they_follow() -> None:
    found = sized(
        Tables(
            creators({"creator_id": "a", "followers": 5000}, {"creator_id": "b"}, {"creator_id": "c", "followers": 0})
        )
    )
    assert found.audience.tolist()[0] == 5000
    assert np.isnan(found.audience[1:]).all()
    assert found.source.tolist() == ["followers", None, None]


@pytest.mark.parametrize(
    ("platform", "unique"), [("tiktok", 0.68), ("youtube", 0.75), ("twitch", 0.75), ("snapchat", 0.68)], ids=str
)
def test_many_videos_make_the_audience_their_unique_viewers_over_the_part_one_reaches(
    platform: str, unique: float
) -> None:
    rng = np.random.default_rng(5)
    seen = np.exp(rng.normal(np.log(40_000), 0.5, 28)).astype(int)
    posts = rows(POSTS, *(post("a", i + 1, views=int(v), likes=1) for i, v in enumerate(seen)))
    found = sized(Tables(creators({"creator_id": "a", "platform": platform, "followers": 90_000}), posts))
    assert found.audience[0] == pytest.approx(unique * seen.mean() / PART, rel=0.3)
    assert found.source[0] == f"views × {unique} ÷ 0.31"
    assert found.viewers_per_view[0] == pytest.approx(unique / PART)


def test_views_alone_size_a_creator_without_followers() -> None:
    found = sized(Tables(creators({"creator_id": "a", "platform": "youtube", "avg_views": 10_000})))
    assert found.audience[0] == pytest.approx(7_500 / PART, rel=0.6)
    assert found.followers[0] > 10_000


def test_followers_alone_size_a_creator_without_views() -> None:
    found = sized(Tables(creators({"creator_id": "a", "platform": "tiktok", "followers": 32_000})))
    belief = PRIORS.entry("views_rate.tiktok").at(32_000)
    assert found.audience[0] == pytest.approx(0.68 * 32_000 * float(belief.mean) / PART)
    assert found.source[0] == "followers × usual views × 0.68 ÷ 0.31"


def test_neither_followers_nor_views_leaves_the_size_unknown() -> None:
    found = sized(Tables(creators({"creator_id": "a", "platform": "tiktok"})))
    assert np.isnan(found.audience[0])
    assert found.source[0] is None


def test_more_usual_views_are_a_larger_audience() -> None:
    many = [
        {"creator_id": str(v), "platform": "youtube", "followers": 50_000, "avg_views": v} for v in (500, 5_000, 50_000)
    ]
    assert (np.diff(sized(Tables(creators(*many))).audience) > 0).all()
