"""The expressions over posts, against plain loops."""

import math
import statistics as plain
from collections import defaultdict
from datetime import UTC, datetime
from functools import partial

import ibis
import numpy as np
import pyarrow as pa
import pytest

from asterism.creators.schema import Schema
from asterism.creators.tables import CREATORS, POSTS
from asterism.errors import WrongUsage
from asterism.signals import engagement, reach_rate, views
from asterism.signals.statistics import EXPRESSIONS, ROW

Row = dict[str, object]
EXPECTED = ["creator_id", "platform", "format", "n", "mean_log", "var_log", "latest"]


def table(rows: list[Row], schema: Schema) -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema=schema.arrow)


def run(expression: object, posts: list[Row], creators: list[Row]) -> dict[tuple[str, str, str], Row]:
    duck = ibis.duckdb.connect(threads=1)
    built = expression(ibis.memtable(table(posts, POSTS)), ibis.memtable(table(creators, CREATORS)))  # type: ignore[operator]
    rows = duck.to_pyarrow(built).to_pylist()
    duck.disconnect()
    return {(r["creator_id"], r["platform"], r["format"]): r for r in rows}


def some_posts(n: int, seed: int) -> list[Row]:
    rng = np.random.default_rng(seed)

    def maybe(value: int, chance: float) -> int | None:
        return None if rng.random() < chance else int(value)

    return [
        {
            "post_id": str(i), "creator_id": f"c{rng.integers(5)}", "platform": [None, "instagram"][rng.integers(2)],
            "format": [None, "reel", "post"][rng.integers(3)], "likes": maybe(rng.integers(0, 500), 0.1),
            "comments": maybe(rng.integers(0, 30), 0.3), "shares": maybe(rng.integers(0, 9), 0.7),
            "views": maybe(rng.integers(0, 3) * 1000, 0.2), "reach": maybe(rng.integers(0, 3) * 400, 0.2),
            "posted_at": datetime(2026, 1, 1 + int(rng.integers(28)), tzinfo=UTC),
        }
        for i in range(n)
    ]  # fmt: skip


CREATOR_ROWS: list[Row] = [
    {"creator_id": f"c{i}", "platform": "instagram", "followers": f} for i, f in enumerate([100, 5000, None, 0])
]


def naive_engagement(posts: list[Row], by: str) -> dict[tuple[str, str, str], list[float]]:
    followers = {str(c["creator_id"]): c["followers"] for c in CREATOR_ROWS}
    found = defaultdict(list)
    for post in posts:
        who = str(post["creator_id"])
        if who not in followers:
            continue
        under = followers[who] if by == "followers" else post[by]
        if post["likes"] is None or not under:
            continue
        acts = post["likes"] + (post["comments"] or 0) + (post["shares"] or 0) + 0.5  # type: ignore[operator]
        found[who, "instagram", post["format"] or "post"].append(math.log(acts / under))  # type: ignore[operator]
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("by", ["followers", "views", "reach"])
def test_engagement_statistics_equal_plain_loops(by: str) -> None:
    posts = some_posts(300, seed=7)
    rows = run(partial(engagement.sufficient, denominator=by), posts, CREATOR_ROWS)
    naive = naive_engagement(posts, by)
    assert rows.keys() == naive.keys()
    for key, values in naive.items():
        assert rows[key]["denominator"] == by
        assert rows[key]["n"] == len(values)
        assert rows[key]["mean_log"] == pytest.approx(plain.mean(values))
        if len(values) > 1:
            assert rows[key]["var_log"] == pytest.approx(plain.variance(values))


def test_one_post_has_no_variance() -> None:
    (row,) = run(engagement.sufficient, [{"post_id": "1", "creator_id": "c0", "likes": 0}], CREATOR_ROWS).values()
    assert (row["n"], row["var_log"]) == (1, None)
    assert row["mean_log"] == pytest.approx(math.log(0.5 / 100))


def test_the_latest_date_is_the_newest_counted_post() -> None:
    days = [
        {
            "post_id": str(d),
            "creator_id": "c0",
            "likes": None if d == 9 else 4,
            "posted_at": datetime(2026, 1, d, tzinfo=UTC),
        }
        for d in (3, 8, 9)
    ]
    (row,) = run(engagement.sufficient, days, CREATOR_ROWS).values()
    assert row["latest"] == datetime(2026, 1, 8, tzinfo=UTC)


def test_saves_do_not_count_as_engagement() -> None:
    one, two = (
        run(engagement.sufficient, [{"post_id": "1", "creator_id": "c0", "likes": 9, "saves": s}], CREATOR_ROWS)
        for s in (None, 90)
    )
    assert one == two


def test_a_post_on_another_platform_is_another_creator() -> None:
    creators = [{"creator_id": "a", "platform": p, "followers": f} for p, f in (("instagram", 100), ("tiktok", 1000))]
    posts = [{"post_id": "1", "creator_id": "a", "platform": "tiktok", "likes": 10}]
    assert list(run(engagement.sufficient, posts, creators)) == [("a", "tiktok", "video")]


def test_a_creator_without_a_platform_is_where_the_post_is() -> None:
    posts = [{"post_id": "1", "creator_id": "a", "platform": "youtube", "likes": 10, "views": 50}]
    by_views = partial(engagement.sufficient, denominator="views")
    assert list(run(by_views, posts, [{"creator_id": "a"}])) == [("a", "youtube", "video")]


def test_reach_per_follower_ignores_posts_without_insights() -> None:
    posts = [{"post_id": str(i), "creator_id": "c0", "reach": r} for i, r in enumerate([0, None, 20, 40])]
    (row,) = run(reach_rate.sufficient, posts, CREATOR_ROWS).values()
    assert row["n"] == 2
    assert row["mean_log"] == pytest.approx((math.log(0.2) + math.log(0.4)) / 2)


def test_views_count_without_followers() -> None:
    posts = [{"post_id": "1", "creator_id": "c2", "views": 0}, {"post_id": "2", "creator_id": "c2", "views": 99}]
    (row,) = run(views.sufficient, posts, CREATOR_ROWS).values()
    assert row["mean_log"] == pytest.approx((math.log(0.5) + math.log(99.5)) / 2)


def test_an_unknown_denominator_names_the_nearest() -> None:
    posts, creators = ibis.memtable(POSTS.empty()), ibis.memtable(CREATORS.empty())
    with pytest.raises(WrongUsage, match="Did you mean `followers`"):
        engagement.sufficient(posts, creators, "follower")


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_every_expression_has_the_promised_columns(name: str) -> None:
    built = EXPRESSIONS[name](ibis.memtable(POSTS.empty()), ibis.memtable(CREATORS.empty()))
    assert [c for c in built.columns if c != "denominator"] == EXPECTED == ROW.names
