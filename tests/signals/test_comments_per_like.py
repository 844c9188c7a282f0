"""Comments per like: the expression over posts, against plain loops."""

import math
from collections import defaultdict

import ibis
import numpy as np
import pytest

from asterism.creators.tables import CREATORS, POSTS
from asterism.signals.comments_per_like import sufficient
from asterism.signals.statistics import PER_LIKE
from tests.signals.given import rows


def test_it_equals_plain_loops() -> None:
    rng = np.random.default_rng(3)
    posts = [
        {"post_id": str(i), "creator_id": f"c{rng.integers(4)}", "platform": [None, "instagram"][rng.integers(2)],
         "likes": None if rng.random() < 0.1 else int(rng.integers(0, 90)),
         "comments": None if rng.random() < 0.1 else int(rng.integers(0, 9))}
        for i in range(200)
    ]  # fmt: skip
    posts += [{"post_id": "z", "creator_id": "c0", "likes": 0, "comments": 0}]
    creators = [{"creator_id": f"c{i}", "platform": "instagram"} for i in range(3)]
    naive = defaultdict(list)
    for post in posts:
        likes, comments = post["likes"], post["comments"]
        if post["creator_id"] != "c3" and likes is not None and comments is not None and likes + comments > 0:
            naive[post["creator_id"]].append(math.log((comments + 0.5) / (likes + 0.5)))
    duck = ibis.duckdb.connect(threads=1)
    built = sufficient(ibis.memtable(rows(POSTS, *posts)), ibis.memtable(rows(CREATORS, *creators)))
    found = duck.to_pyarrow(built)
    duck.disconnect()
    assert found.schema.names == PER_LIKE.names
    assert {row["creator_id"] for row in found.to_pylist()} == set(naive)
    for row in found.to_pylist():
        assert (row["platform"], row["n"]) == ("instagram", len(naive[row["creator_id"]]))
        assert row["mean_log"] == pytest.approx(np.mean(naive[row["creator_id"]]))
