"""Commenters: the circle and repeated words, against plain loops."""

import re
from collections import Counter, defaultdict
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from asterism.creators.tables import COMMENTS, CREATORS, POSTS
from asterism.signals.commenters import sufficient
from asterism.signals.statistics import COMMENTERS
from tests.signals.given import rows

Row = dict[str, Any]
WHO = [{"creator_id": f"c{i}", "platform": p} for i in range(6) for p in ("instagram", "tiktok")]


def run(comments: list[Row], posts: list[Row] | None = None) -> dict[str, Row]:
    duck = ibis.duckdb.connect(threads=1)
    given = (rows(COMMENTS, *comments), rows(POSTS, *(posts or [])), rows(CREATORS, *WHO))
    found: pa.Table = duck.to_pyarrow(sufficient(*map(ibis.memtable, given)))
    duck.disconnect()
    assert found.schema.names == COMMENTERS.names
    return {row["creator_id"]: row for row in found.to_pylist()}


def said(person: str, creator: str, text: str | None = None, **fields: Any) -> Row:
    return {"post_id": f"of {creator}", "creator_id": creator, "person": person, "text": text, **fields}


def test_it_equals_plain_loops() -> None:
    rng = np.random.default_rng(8)
    texts = ["So lovely!!", "so  LOVELY", "🔥🔥", "nice", "Where did you buy that?", None]
    comments = [
        said(
            f"p{rng.integers(40)}", f"c{rng.integers(6)}", texts[rng.integers(6)], by_creator=[None, False, True][k % 3]
        )
        for k in range(200)
    ]
    comments += [said("c1", "c2"), said("c2", "c2", "thank you so much"), said("p1", "c2", "only said once")]
    counted = [c for c in comments if not c.get("by_creator") and c["person"] != c["creator_id"]]
    under = defaultdict(set)
    for c in counted:
        under[c["person"]].add(c["creator_id"])
    found = run(comments)
    for name in {c["creator_id"] for c in counted}:
        own = [c for c in counted if c["creator_id"] == name]
        words = [re.sub(r"[^\w]+", " ", (c["text"] or "").lower()).strip() for c in own]
        times = Counter(w for w in words if len(w) >= 8)
        circle = sum(len(under[c["person"]]) >= 3 or c["person"].startswith("c") for c in own)
        expected = [len(own), circle, sum(times.values()), sum(n for n in times.values() if n > 1)]
        assert [found[name][key] for key in ("n", "circle", "texts", "alike")] == expected


def test_faithful_followers_of_one_creator_are_no_circle() -> None:
    assert run([said("fan", "c0") for _ in range(30)])["c0"]["circle"] == 0


def test_people_under_three_creators_are_a_circle() -> None:
    found = run([said("p", f"c{i}") for i in range(3)] + [said("q", f"c{i}") for i in range(2)])
    assert [found[f"c{i}"]["circle"] for i in range(3)] == [1, 1, 1]
    assert found["c0"]["n"] == 2


def test_a_creator_under_another_is_of_the_circle_once() -> None:
    found = run([said("c1", "c0")])
    assert (found["c0"]["n"], found["c0"]["circle"]) == (1, 1)


def test_a_comment_without_a_creator_belongs_to_its_posts() -> None:
    post = {"post_id": "x", "creator_id": "c4"}
    found = run([{"post_id": "x", "person": "p"}, {"post_id": "unknown", "person": "p"}], [post, post])
    assert {name: row["n"] for name, row in found.items()} == {"c4": 1}
