"""The comments of a market: they belong to its posts, and the bond drives what it should."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from asterism.creators.tables import COMMENTS
from asterism.market import Market
from asterism.market.comments import SHOWN, Commented, draw_comments


@pytest.fixture(scope="module")
def drawn(market: Market) -> Commented:
    return draw_comments(np.random.default_rng(0), market.truth, market.tables.posts)


def test_comments_stand_under_posts_of_their_creator(market: Market, drawn: Commented) -> None:
    posts = {p["post_id"]: p for p in market.tables.posts.to_pylist()}
    assert drawn.table.schema.equals(COMMENTS.arrow)
    counts: dict[str, int] = {}
    for comment in drawn.table.to_pylist():
        assert comment["creator_id"] == posts[comment["post_id"]]["creator_id"]
        counts[comment["post_id"]] = counts.get(comment["post_id"], 0) + 1
    assert all(n == min(SHOWN, posts[post]["comments"]) for post, n in counts.items())


def test_an_answer_follows_a_comment_of_somebody_else_under_the_same_post(drawn: Commented) -> None:
    comments = {c["comment_id"]: c for c in drawn.table.to_pylist()}
    answers = [c for c in comments.values() if c["parent_id"]]
    assert answers
    assert all(c["by_creator"] and not comments[c["parent_id"]]["by_creator"] for c in answers)
    assert all(c["post_id"] == comments[c["parent_id"]]["post_id"] for c in answers)


def test_nobody_but_the_creator_writes_twice_under_a_post_as_a_regular(drawn: Commented) -> None:
    others = [(c["post_id"], c["person"]) for c in drawn.table.to_pylist() if not c["by_creator"]]
    assert len(set(others)) == len(others)


def test_the_bond_drives_returning_and_replies_only_where_it_has_strength(market: Market, drawn: Commented) -> None:
    none = draw_comments(np.random.default_rng(0), market.truth, market.tables.posts, strength=0.0)
    for name in ("returning", "replies"):
        assert spearmanr(getattr(drawn, name), drawn.bond).statistic > 0.8
        assert abs(spearmanr(getattr(none, name), none.bond).statistic) < 0.2


def test_the_same_seed_draws_the_same_comments(market: Market, drawn: Commented) -> None:
    assert draw_comments(np.random.default_rng(0), market.truth, market.tables.posts).table == drawn.table
