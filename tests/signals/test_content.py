"""How carefully creators post: the counts against plain loops, and what the signal makes of them."""

import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from asterism.creators.tables import COMMENTS, POSTS, Tables
from asterism.signals.content import WEIGHTS, content
from asterism.signals.lineup import line_up
from asterism.signals.posting import RHYTHM, SOMETHING
from asterism.signals.profile_statistics import ProfileStatistics
from asterism.signals.reading import Signal
from tests.signals.given import PRIORS, brief, creators, rows

Row = dict[str, Any]
NEWEST = datetime(2026, 10, 5, 12, tzinfo=UTC)


def executed(posts: pa.Table, read_at: datetime | None = None) -> ProfileStatistics:
    duck = ibis.duckdb.connect(threads=1)
    found = ProfileStatistics.of(
        duck.to_pyarrow, duck.create_table("p", posts), duck.create_table("m", COMMENTS.empty()), read_at
    )
    duck.disconnect()
    return found


def read(posts: list[Row], who: int, platform: str = "instagram") -> Signal:
    names = [{"creator_id": f"c{i:02}", "platform": platform, "followers": 20_000} for i in range(who)]
    tables = Tables(creators(*names), posts=rows(POSTS, *posts))
    return content(line_up(tables, brief()), tables, executed(tables.posts), PRIORS)


def some_posts(n: int, seed: int) -> list[Row]:
    rng = np.random.default_rng(seed)

    def maybe(value: object, chance: float) -> Any:
        return None if rng.random() < chance else value

    words = ["#a #b", "a long and careful caption #tag", "", "short", "another caption of some length\nand a line"]
    return [
        {
            "post_id": str(i), "creator_id": f"c{rng.integers(4)}", "platform": "instagram",
            "format": maybe(["reel", "post"][rng.integers(2)], 0.1),
            "posted_at": maybe(NEWEST - timedelta(hours=int(rng.integers(0, 24 * 400))), 0.1) if i else NEWEST,
            "likes": maybe(int(rng.integers(0, 900)), 0.1), "comments": maybe(int(rng.integers(0, 40)), 0.2),
            "saves": maybe(int(rng.integers(0, 40)), 0.6), "shares": maybe(int(rng.integers(0, 40)), 0.6),
            "caption": maybe(words[rng.integers(5)], 0.1), "sponsored": maybe(bool(rng.random() < 0.3), 0.3),
        }
        for i in range(n)
    ]  # fmt: skip


def naive(posts: list[Row]) -> dict[tuple[str, str | None], Row]:
    found: dict[tuple[str, str | None], Row] = {}
    groups = defaultdict(list)
    for post in posts:
        groups[post["creator_id"], post["format"]].append(post)
    for key, group in groups.items():
        ages = [(p, (NEWEST - p["posted_at"]) // timedelta(weeks=1)) for p in group if p["posted_at"]]
        shown = [p["caption"] for p in group if p["caption"] is not None]
        before = [len(c.split("#", maxsplit=1)[0]) for c in shown]
        found[key] = {
            "posts": len(group), "captions": len(shown), "said": sum(b >= SOMETHING for b in before),
            "recent": sum(age < RHYTHM for _, age in ages),
            "weeks": sum(1 << age for age in {age for _, age in ages if age < RHYTHM}),
            "judged_13": sum(age < 13 and is_paid(p) is not None for p, age in ages),
            "paid_13": sum(age < 13 and bool(is_paid(p)) for p, age in ages),
            "judged": sum(is_paid(p) is not None for p in group), "paid": sum(bool(is_paid(p)) for p in group),
            "text": [math.log(1 + b) for b in before],
            "comments_per_like": per_like(group, "comments"), "saves_per_like": per_like(group, "saves"),
            "shares_per_like": per_like(group, "shares"),
            "own_acts": acts(group, False), "paid_acts": acts(group, True),
        }  # fmt: skip
    return found


def is_paid(post: Row) -> bool | None:
    if post["sponsored"] is not None:
        return bool(post["sponsored"])
    return None if post["caption"] is None else False


def per_like(group: list[Row], name: str) -> list[float]:
    known = [p for p in group if p["likes"] is not None and p[name] is not None]
    return [math.log((p[name] + 0.5) / (p["likes"] + 0.5)) for p in known]


def acts(group: list[Row], kind: bool) -> list[float]:
    known = [p for p in group if p["likes"] is not None and bool(is_paid(p)) is kind]
    return [math.log(p["likes"] + (p["comments"] or 0) + (p["shares"] or 0) + 0.5) for p in known]


@pytest.mark.parametrize("seed", range(3))
def test_habits_are_counted_as_plain_loops_count_them(seed: int) -> None:
    posts = some_posts(250, seed)
    found = {(r["creator_id"], r["format"]): r for r in executed(rows(POSTS, *posts)).habits.to_pylist()}
    expected = naive(posts)
    assert found.keys() == expected.keys()
    for key, one in expected.items():
        for name, value in one.items():
            if isinstance(value, list):
                assert found[key][f"n_{name}"] == len(value)
                assert found[key][f"mean_{name}"] == (pytest.approx(np.mean(value)) if value else None)
                assert len(value) < 2 or found[key][f"var_{name}"] == pytest.approx(np.var(value, ddof=1))
            else:
                assert (found[key][name] or 0) == value, (key, name)


def post(who: int, day: int, **fields: Any) -> Row:
    return {"post_id": f"{who}-{day}", "creator_id": f"c{who:02}", "platform": "instagram", "format": "post",
            "likes": 50, "posted_at": NEWEST - timedelta(days=day), **fields}  # fmt: skip


def halves(one: Any, other: Any, n: int = 40) -> list[Row]:
    """The posts of `n` creators, the first half made by `one`, the rest by `other`."""
    return [row for i in range(n) for row in (one if i < n // 2 else other)(i)]


def gap(found: Signal, name: str) -> float:
    """The least score of the first half above the largest of the second."""
    score = found.part(name).score
    return float(score[: score.size // 2].min() - score[score.size // 2 :].max())


def test_a_rhythm_without_gaps_stands_above_one_with_gaps() -> None:
    found = read(
        halves(lambda i: [post(i, 7 * w) for w in range(20)], lambda i: [post(i, 7 * w) for w in (0, 9, 19)]), 40
    )
    assert gap(found, "weeks with a post") > 0.2
    assert gap(found, "posts per week") > 0.2
    assert found.part("weeks with a post").evidence[0] == "18 of the 18 weeks between first and last post"
    assert found.part("posts per week").evidence[-1] == "3 posts in 20 weeks"


def test_engagement_that_does_not_swing_stands_above_one_that_does() -> None:
    likes = {True: (90, 100, 110, 105, 95, 99), False: (3, 900, 20, 5000, 70, 10)}
    made = [lambda i, k=k: [post(i, d, likes=x) for d, x in enumerate(likes[k])] for k in (True, False)]
    assert gap(read(halves(*made), 40), "steady engagement") > 0.2


def test_captions_that_say_something_stand_above_tags() -> None:
    words = "What I learned in twenty years of baking bread, part "
    found = read(halves(lambda i: [post(i, d, caption=f"{words}{d}") for d in range(12)],
                        lambda i: [post(i, d, caption="#bread #love") for d in range(12)]), 40)  # fmt: skip
    for name in ("captions that say something", "caption length", "caption variety"):
        assert gap(found, name) > 0.2, name
    assert found.part("caption variety").evidence[-1] == "about 1 of 12 captions differ"
    assert found.part("caption length").measured[0] == pytest.approx(len(words) + 1, rel=0.2)


def test_several_formats_stand_above_one_whatever_the_number_of_posts() -> None:
    kinds = ("post", "reel", "carousel")
    found = read(halves(lambda i: [post(i, d, format=kinds[d % 3]) for d in range(9)],
                        lambda i: [post(i, d) for d in range(9)]), 40)  # fmt: skip
    assert gap(found, "range of formats") > 0.2
    assert not read([post(0, 0), post(0, 1)], 1).part("range of formats").known.any()


def test_sponsored_posts_that_do_as_well_stand_above_those_that_fail() -> None:
    found = read(halves(*(
        lambda i, part=part: [post(i, d, likes=100 + d if d > 5 else int(100 * part), sponsored=d < 6)
                            for d in range(14)]
        for part in (1.0, 0.3)
    )), 40)  # fmt: skip
    assert gap(found, "sponsored against own") > 0.2
    part = found.part("sponsored against own")
    assert part.evidence[0].endswith("6 paid and 8 own posts")
    assert part.measured[0] > 0.8 > 0.5 > part.measured[-1]


def test_nobody_without_posts_is_zeroed() -> None:
    found = read([], 3)
    assert np.all(found.known == 0.0)
    assert np.all(found.value == 0.5)
    assert [part.name for part in found.parts] == list(WEIGHTS)
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)


def test_a_date_after_the_post_was_seen_does_not_make_everybody_idle() -> None:
    future = post(1, -4000, seen_at=NEWEST)
    found = read([post(0, d, seen_at=NEWEST) for d in (0, 9, 20)] + [future], 2)
    assert found.part("posts per week").known.tolist() == [True, False]


@pytest.mark.parametrize(
    ("seen_at", "read_at", "known"),
    [
        (NEWEST, None, True),
        (None, NEWEST, True),
        (None, NEWEST - timedelta(hours=12), True),
        (NEWEST, NEWEST - timedelta(days=90), True),
        (None, None, False),
    ],
    ids=["other posts were seen", "creators were read", "a day without an hour", "both, the later", "nothing is known"],
)
def test_a_post_nobody_says_when_it_was_seen_was_seen_before_the_last_reading(
    seen_at: datetime | None, read_at: datetime | None, known: bool
) -> None:
    posts = rows(POSTS, *(post(0, d, seen_at=seen_at) for d in (0, 9, 20)), post(1, -4000))
    lately = {row["creator_id"]: row["recent"] or 0 for row in executed(posts, read_at).habits.to_pylist()}
    assert lately == ({"c00": 3, "c01": 0} if known else {"c00": 0, "c01": 1})


def test_creators_read_long_before_their_posts_do_not_undate_them() -> None:
    unseen = [post(0, d) for d in (0, 9, 20)]
    read_before = executed(rows(POSTS, *unseen, post(1, 0, seen_at=NEWEST)), NEWEST - timedelta(days=90))
    assert {row["creator_id"]: row["recent"] for row in read_before.habits.to_pylist()} == {"c00": 3, "c01": 1}
