from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from asterism.desk.forecast import forecast, forecasts
from asterism.errors import BadInput, MissingColumns
from asterism.signals.forecasting.next_post import FORECAST, Asked
from tests.signals.given import PRIORS


def by_creator(table: pa.Table) -> dict[str, dict[str, float]]:
    return {row["creator_id"]: row for row in table.to_pylist()}


POSTS = {"creator_id": ["a"] * 30 + ["b"], "likes": [100] * 30 + [5], "comments": [None] * 30 + [1]}
CREATORS = {"creator_id": ["a", "b", "c"], "followers": [4000, 4000, 4000]}


def test_a_forecast_has_the_promised_columns() -> None:
    found = forecast(POSTS, CREATORS)
    assert found.schema.equals(FORECAST)
    assert by_creator(found)["a"]["n_posts"] == 30


def test_a_steady_creator_is_expected_to_go_on() -> None:
    row = by_creator(forecast(POSTS, CREATORS))["a"]
    assert row["engagement_low"] < 100 < row["engagement_high"]
    assert row["engagement_mean"] == pytest.approx(100, rel=0.2)


def test_creators_without_posts_are_forecast_from_their_peers() -> None:
    rows = by_creator(forecast(POSTS, CREATORS))
    assert (rows["c"]["n_posts"], rows["c"]["format"]) == (0, "post")
    width = {who: np.log(row["engagement_high"] / row["engagement_low"]) for who, row in rows.items()}
    assert width["a"] < width["b"] < width["c"]


def test_without_creators_those_at_hand_are_each_others_peers() -> None:
    rows = by_creator(forecast(POSTS))
    assert set(rows) == {"a", "b"}
    assert rows["a"]["engagement_low"] < 100 < rows["a"]["engagement_high"]
    assert rows["b"]["engagement_high"] < rows["a"]["engagement_low"] * 2


def test_whole_number_ids_and_views_alone_will_do() -> None:
    (row,) = forecast({"creator_id": [7, 7], "views": [1000, 1200], "platform": ["tiktok"] * 2}).to_pylist()
    assert (row["creator_id"], row["platform"], row["format"], row["n_posts"]) == ("7", "tiktok", "video", 2)
    assert row["views_low"] < 1100 < row["views_high"]
    assert row["engagement_mean"] is None


def test_any_table_that_speaks_arrow_is_read() -> None:
    class Foreign:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pa.table(POSTS).__arrow_c_stream__(requested_schema)

    assert forecast(Foreign()) == forecast(pa.table(POSTS))


@pytest.mark.parametrize(
    ("posts", "error", "message"),
    [
        ({"likes": [1]}, MissingColumns, "posts have no column `creator_id`"),
        ({"creator_id": ["a"]}, MissingColumns, "neither likes nor views"),
        ({"creator_id": ["a"], "likes": ["many"]}, BadInput, "column `likes` does not hold int64"),
    ],
    ids=["no creator", "no figures", "text"],
)
def test_unusable_posts_say_what_is_missing(
    posts: dict[str, list[object]], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        forecast(posts)


def test_the_order_of_the_posts_does_not_matter() -> None:
    backwards = {name: values[::-1] for name, values in POSTS.items()}
    for one, two in zip(forecast(POSTS).to_pylist(), forecast(backwards).to_pylist(), strict=True):
        assert one == pytest.approx(two)


def row(
    posts: dict[str, list[object]], creators: dict[str, list[object]] | None = None, **asked: bool
) -> dict[str, float]:
    return forecast(posts, creators, **asked).to_pylist()[0]


@pytest.mark.parametrize(
    ("posts", "creators"),
    [
        ({"creator_id": ["a"] * 3, "likes": [1, 2, 3]}, {"creator_id": ["a"], "followers": [0]}),
        ({"creator_id": ["a"] * 3, "likes": [0, 0, 0]}, {"creator_id": ["a"], "followers": [500]}),
        ({"creator_id": ["a"], "likes": [7]}, None),
        ({"creator_id": ["a"] * 2, "likes": [7, 9], "comments": [None, None]}, None),
        ({"creator_id": ["a"] * 2, "likes": [7, 9], "posted_at": [datetime(2999, 1, 1, tzinfo=UTC), None]}, None),
        ({"creator_id": ["a"] * 2, "likes": [2**62, 1], "shares": [2**62, 3]}, {"creator_id": ["a"], "followers": [1]}),
        ({"creator_id": ["a"] * 2, "likes": [-5, 9]}, {"creator_id": ["a"], "followers": [-3]}),
    ],
    ids=["no followers", "all zero", "one post", "no comments", "the future", "absurd counts", "negative counts"],
)  # fmt: skip
def test_hard_input_gives_finite_answers(
    posts: dict[str, list[object]], creators: dict[str, list[object]] | None
) -> None:
    found = row(posts, creators)
    low, mean, high = (found[f"engagement_{end}"] for end in ("low", "mean", "high"))
    assert np.isfinite([low, mean, high]).all()
    assert 0 <= low <= high
    assert found["views_mean"] is None
    assert found["reach_mean"] is None


def test_reach_counted_is_forecast_from_itself() -> None:
    found = row({"creator_id": ["a"] * 20, "likes": [10] * 20, "reach": [4000] * 20})
    assert found["reach_low"] < 4000 < found["reach_high"]


def test_reach_not_counted_follows_from_views() -> None:
    found = row({"creator_id": ["a"] * 20, "views": [1000] * 20, "platform": ["tiktok"] * 20})
    assert found["reach_mean"] == pytest.approx(0.68 * found["views_mean"], rel=0.1)
    assert found["reach_high"] / found["reach_low"] > found["views_high"] / found["views_low"]


def test_paid_posts_are_forecast_below_own_ones_where_they_did_worse() -> None:
    posts = {"creator_id": ["a"] * 40, "likes": [1000] * 20 + [300] * 20, "sponsored": [False] * 20 + [True] * 20}
    own, mix, paid = (row(posts, None, sponsored=asked)["engagement_mean"] for asked in (False, None, True))
    assert own > mix > paid
    assert 0.25 < paid / own < 0.7


def test_a_young_post_is_forecast_as_grown() -> None:
    seen = datetime(2026, 5, 2, tzinfo=UTC)
    posts = {"creator_id": ["a"] * 5, "platform": ["youtube"] * 5, "views": [1000] * 5, "seen_at": [seen] * 5}
    young = row({**posts, "posted_at": [seen - timedelta(days=8.8)] * 5})
    old = row({**posts, "posted_at": [seen - timedelta(days=8800)] * 5})
    assert young["views_mean"] > 1.5 * old["views_mean"]


def test_of_two_creators_the_one_who_rose_is_expected_to_get_more() -> None:
    days = [datetime(2020 + year, 1, 1, tzinfo=UTC) for year in range(6)]
    posts = {"creator_id": ["a"] * 6 + ["b"] * 6, "likes": [2**k for k in (*range(5, 11), *range(10, 4, -1))],
             "posted_at": days * 2}  # fmt: skip
    found = by_creator(forecast(posts))
    assert found["a"]["engagement_mean"] > 2 * found["b"]["engagement_mean"]


def test_tables_of_hits_are_called_out() -> None:
    rng = np.random.default_rng(1)
    size = np.exp(rng.uniform(np.log(1e3), np.log(1e6), 80)).astype(int)
    who = {"creator_id": [str(i) for i in range(80)], "followers": size.tolist(), "platform": ["tiktok"] * 80}
    hits = {"creator_id": who["creator_id"], "views": rng.lognormal(14, 0.5, 80).astype(int).tolist()}
    found = forecasts(hits, who, Asked(PRIORS))
    assert "selected for success" in found.warnings[0]
    assert found.table["views_low"].null_count == 0
