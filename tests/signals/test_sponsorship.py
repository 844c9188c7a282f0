"""How selective creators are: few sponsors, the same ones again, and where it is going."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from asterism.creators.tables import POSTS, Tables
from asterism.signals.lineup import line_up
from asterism.signals.reading import Signal
from asterism.signals.sponsorship import WEIGHTS, sponsorship
from tests.signals.given import PRIORS, brief, creators, rows
from tests.signals.test_content import NEWEST, Row, executed, halves


def read(posts: list[Row], who: int) -> Signal:
    names = [{"creator_id": f"c{i:02}", "platform": "instagram", "followers": 20_000} for i in range(who)]
    tables = Tables(creators(*names), posts=rows(POSTS, *posts))
    return sponsorship(line_up(tables, brief()), tables, executed(tables.posts), PRIORS)


def post(who: int, day: int, **fields: Any) -> Row:
    return {"post_id": f"{who}-{day}", "creator_id": f"c{who:02}", "platform": "instagram", "likes": 50,
            "posted_at": NEWEST - timedelta(days=day), **fields}  # fmt: skip


def gap(found: Signal, name: str) -> float:
    score = found.part(name).score
    return float(score[: score.size // 2].min() - score[score.size // 2 :].max())


def test_few_sponsored_posts_stand_above_many() -> None:
    found = read(halves(lambda i: [post(i, d, sponsored=d == 3) for d in range(20)],
                        lambda i: [post(i, d, sponsored=d % 2 == 0) for d in range(20)]), 40)  # fmt: skip
    assert gap(found, "paid lately") > 0.2
    assert np.all(found.value[:20].min() > found.value[20:].max())
    assert found.part("paid lately").evidence[0] == "1 of the 20 posts seen"


def test_enough_posts_lately_make_older_ones_irrelevant() -> None:
    new = [post(0, 2 * d, sponsored=d % 3 == 0) for d in range(36)]
    old = [post(0, 200 + d, sponsored=True) for d in range(50)]
    part = read(new + old, 1).part("paid lately")
    assert part.evidence[0] == "12 of 36 posts in 13 weeks"


def test_a_caption_tells_where_the_source_does_not() -> None:
    part = read([post(0, d, caption="#ad" if d < 2 else "mine") for d in range(8)], 1).part("paid lately")
    assert part.evidence[0] == "2 of the 8 posts seen"


def test_the_same_brand_again_stands_above_ten_different_ones() -> None:
    found = read(halves(lambda i: [post(i, d, sponsor="Norrvik ") for d in range(10)],
                        lambda i: [post(i, d, sponsor=f"brand {d}") for d in range(10)]), 40)  # fmt: skip
    assert gap(found, "repeat partnerships") > 0.2
    assert found.part("repeat partnerships").evidence[-1] == "10 brands in 10 paid posts"


@pytest.mark.parametrize("n", [4, 40])
def test_two_brands_by_turns_measure_the_same_for_few_posts_and_many(n: int) -> None:
    rng = np.random.default_rng(0)
    found = read([post(i, d, sponsor="ab"[rng.integers(2)]) for i in range(60) for d in range(n)], 60)
    assert np.mean(found.part("repeat partnerships").measured) == pytest.approx(0.5, abs=0.08)  # few lean on the prior


def test_less_sponsoring_than_before_stands_above_more() -> None:
    found = read(halves(*(
        lambda i, late=late: [post(i, d, sponsored=d % 10 < late) for d in range(0, 90, 3)]
        + [post(i, d, sponsored=d % 10 < 10 - late) for d in range(100, 190, 3)] for late in (2, 8)
    )), 40)  # fmt: skip
    assert gap(found, "trend") > 0.2
    assert found.part("trend").evidence[0].endswith("before")


def test_without_posts_nothing_is_known_and_nothing_zeroed() -> None:
    found = read([], 3)
    assert np.all(found.known == 0.0)
    assert np.all(found.value == 0.5)
    assert found.name == "selectivity"
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert set(found.part("paid lately").evidence) == {"no posts were given"}
