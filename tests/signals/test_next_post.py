import numpy as np
import pyarrow as pa
import pytest

from asterism.desk.forecast import forecast
from asterism.errors import BadInput, MissingColumns
from asterism.signals.next_post import FORECAST


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
