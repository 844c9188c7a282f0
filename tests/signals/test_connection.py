"""Who writes, who answers and who returns: the counts against plain loops, and what the signal makes of them."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import permutations
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from asterism.creators.tables import COMMENTS, POSTS, Tables
from asterism.signals.connection import WEIGHTS, connection
from asterism.signals.lineup import line_up
from asterism.signals.profile_statistics import PROFILE_EXPRESSIONS, ProfileStatistics
from asterism.signals.reading import UNKNOWN_SD, Signal
from tests.signals.given import PRIORS, brief, creators, rows

Row = dict[str, Any]


def executed(posts: pa.Table, comments: pa.Table) -> ProfileStatistics:
    duck = ibis.duckdb.connect(threads=1)
    found = ProfileStatistics.of(duck.to_pyarrow, duck.create_table("p", posts), duck.create_table("m", comments))
    duck.disconnect()
    return found


def read(tables: Tables) -> Signal:
    return connection(line_up(tables, brief()), tables, executed(tables.posts, tables.comments), PRIORS)


def by_creator(table: pa.Table) -> dict[str, Row]:
    return {row["creator_id"]: row for row in table.to_pylist()}


def some_comments(seed: int, n: int = 400) -> tuple[list[Row], list[Row]]:
    """Posts of four creators, and comments by few people, some in threads, some without text, some by the creator."""
    rng = np.random.default_rng(seed)
    posts: list[Row] = [
        {"post_id": f"p{i}", "creator_id": f"c{i % 4}", "platform": "youtube", "likes": 10,
         "comments": None if i % 7 == 0 else 60} for i in range(16)
    ]  # fmt: skip
    comments: list[Row] = []
    for i in range(n):
        post = posts[int(rng.integers(15))]  # the last post has no comments
        own = rng.random() < 0.15
        under = [c["comment_id"] for c in comments if c["post_id"] == post["post_id"]]
        text = ["so good", "why?", "🔥", None][rng.integers(4)]
        comments.append({
            "post_id": post["post_id"], "creator_id": None if i % 5 == 0 else post["creator_id"],
            "person": "the creator" if own else f"q{rng.integers(25)}", "comment_id": f"m{i}",
            "parent_id": str(rng.choice(under)) if under and rng.random() < 0.4 else None,
            "by_creator": None if i % 11 == 0 and not own else own, "text": text,
            "length": int(rng.integers(1, 40)) if text is None else len(text),
        })  # fmt: skip
    return posts, comments


def naive_conversations(posts: list[Row], comments: list[Row]) -> dict[str, Counter[str]]:
    owner = {p["post_id"]: p["creator_id"] for p in posts}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for comment in comments:
        seen = found[owner[comment["post_id"]]]
        seen["comments"] += 1
        seen["flagged"] += comment["by_creator"] is not None
        if comment["by_creator"]:
            seen["own"] += 1
            continue
        seen["others"] += 1
        text = comment["text"]
        seen["worded"] += any(c.isalnum() for c in text) if text is not None else comment["length"] >= 4
        seen["texts"] += text is not None
        seen["questions"] += text is not None and "?" in text
        if comment["parent_id"] is None:
            answers = [c for c in comments if c["parent_id"] == comment["comment_id"]]
            seen["threads"] += 1
            seen["discussed"] += bool(answers)
            seen["answered"] += any(c["by_creator"] for c in answers)
    return found


def naive_returning(posts: list[Row], comments: list[Row]) -> dict[str, tuple[int, float]]:
    """Meetings and possible meetings over ordered pairs of posts, one pair at a time."""
    total = {p["post_id"]: p["comments"] for p in posts}
    people: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    said = Counter(c["post_id"] for c in comments)
    owner = {p["post_id"]: p["creator_id"] for p in posts}
    for comment in comments:
        if not comment["by_creator"]:
            people[owner[comment["post_id"]]][comment["post_id"]].add(comment["person"])
    found = {}
    for who, under in people.items():
        pairs = list(permutations(under, 2))
        seen = {p: min(1.0, said[p] / total[p]) if total[p] else 1.0 for p in under}
        met = sum(len(under[a] & under[b]) for a, b in pairs)
        found[who] = met, sum(len(under[a]) * seen[b] for a, b in pairs)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_conversations_are_counted_as_plain_loops_count_them(seed: int) -> None:
    posts, comments = some_comments(seed)
    found = by_creator(executed(rows(POSTS, *posts), rows(COMMENTS, *comments)).conversations)
    naive = naive_conversations(posts, comments)
    assert found.keys() == naive.keys()
    for who, counts in naive.items():
        assert {name: found[who][name] for name in counts} == dict(counts)


def test_a_post_that_two_sources_tell_of_has_its_comments_once() -> None:
    posts, comments = some_comments(3)
    twice = [*posts, *({**post, "platform": None} for post in posts)]
    once, again = (executed(rows(POSTS, *p), rows(COMMENTS, *comments)) for p in (posts, twice))
    for name in ("conversations", "returning"):
        before, after = (sorted(getattr(s, name).to_pylist(), key=str) for s in (once, again))
        assert [row["creator_id"] for row in after] == [f"c{i}" for i in range(4)]
        assert after == [pytest.approx(row) for row in before]


def test_shares_know_how_far_posts_of_one_creator_differ() -> None:
    posts, comments = some_comments(1)
    found = by_creator(executed(rows(POSTS, *posts), rows(COMMENTS, *comments)).conversations)
    owner = {p["post_id"]: p["creator_id"] for p in posts}
    squares: dict[str, float] = defaultdict(float)
    for post in {c["post_id"] for c in comments}:
        under = [c for c in comments if c["post_id"] == post and c["by_creator"] is not None]
        squares[owner[post]] += sum(c["by_creator"] for c in under) ** 2 / len(under)
    assert {who: row["own_squares"] for who, row in found.items()} == pytest.approx(dict(squares))


@pytest.mark.parametrize("seed", range(3))
def test_returning_commenters_are_counted_as_plain_loops_count_them(seed: int) -> None:
    posts, comments = some_comments(seed)
    found = by_creator(executed(rows(POSTS, *posts), rows(COMMENTS, *comments)).returning)
    for who, (met, possible) in naive_returning(posts, comments).items():
        assert found[who]["pairs"] == met
        assert found[who]["possible"] == pytest.approx(possible)


def crowd(who: str, n_posts: int, rng: np.random.Generator, chance: float = 0.3) -> tuple[list[Row], list[Row]]:
    """Posts on which each of sixty regulars comments with the same chance, and as many passers-by."""
    posts, comments = [], []
    for i in range(n_posts):
        people = [f"{who}-{q}" for q in np.flatnonzero(rng.random(60) < chance)]
        people += [f"{who}-{i}-{q}" for q in range(len(people))]
        post = {
            "post_id": f"{who}{i}",
            "creator_id": who,
            "platform": "instagram",
            "comments": len(people),
            "likes": 99,
        }
        posts.append(post)
        comments += [{"post_id": f"{who}{i}", "creator_id": who, "person": q, "by_creator": False, "length": 20}
                     for q in people]  # fmt: skip
    return posts, comments


@pytest.mark.parametrize("shown", [1.0, 0.4], ids=["all comments seen", "two fifths of the comments seen"])
@pytest.mark.parametrize("n_posts", [2, 8])
def test_two_posts_and_eight_tell_the_same_of_returning_on_average(n_posts: int, shown: float) -> None:
    rng = np.random.default_rng(5)
    made = [crowd(f"c{i}", n_posts, rng) for i in range(60)]
    posts, comments = (
        rows(kind, *(row for one in made for row in one[at])) for at, kind in ((0, POSTS), (1, COMMENTS))
    )
    kept = comments.filter(pa.array(rng.random(comments.num_rows) < shown))
    found = executed(posts, kept).returning
    chance = np.sum(found["pairs"].to_numpy()) / np.sum(found["possible"].to_numpy())
    assert chance == pytest.approx(0.3 * 0.5, abs=0.012)  # half of the commenters are regulars


def two_kinds(**more: Any) -> Tables:
    """Forty creators of one size: the first twenty answer and are returned to, the others are not."""
    rng = np.random.default_rng(2)
    posts: list[Row] = []
    comments: list[Row] = []
    for i in range(40):
        own_posts, own_comments = crowd(f"c{i:02}", 4, rng, chance=0.6 if i < 20 else 0.05)
        posts += own_posts
        comments += own_comments
        if i < 20:
            comments += [{**c, "person": "self", "by_creator": True} for c in own_comments[::4]]
    who = creators(*({"creator_id": f"c{i:02}", "platform": "instagram", "followers": 20_000} for i in range(40)))
    return Tables(who, posts=rows(POSTS, *posts), comments=rows(COMMENTS, *comments), **more)


def test_who_answers_and_is_returned_to_stands_above_who_does_not() -> None:
    found = read(two_kinds())
    for name in ("replies", "returning commenters"):
        score = found.part(name).score
        assert score[:20].min() > score[20:].max()
    assert found.value[:20].min() > found.value[20:].max()
    assert found.part("returning commenters").evidence[0].endswith("possible")
    assert found.part("replies").evidence[0].startswith("the creator's own are")


def test_without_comments_nothing_is_zeroed_and_the_range_is_wide() -> None:
    full = two_kinds()
    bare = read(replace(full, comments=COMMENTS.empty()))
    measured = read(full)
    assert np.all(bare.part("replies").evidence == "no comments were given")
    assert not bare.part("returning commenters").known.any()
    assert np.all((bare.value > 0.3) & (bare.value < 0.7))
    assert np.all(bare.high - bare.low > measured.high - measured.low)
    assert np.all(bare.known < measured.known)


def test_one_post_cannot_show_anybody_returning() -> None:
    tables = two_kinds()
    first = tables.posts.filter(pa.compute.match_substring_regex(tables.posts["post_id"], "0$"))
    seen = tables.comments.filter(pa.compute.is_in(tables.comments["post_id"], first["post_id"]))
    part = read(replace(tables, posts=first, comments=seen)).part("returning commenters")
    assert not part.known.any()
    assert set(part.evidence) == {"comments on one post only: nobody could return"}


def test_disabled_comments_leave_comments_per_like_unmeasured() -> None:
    tables = two_kinds()
    at = tables.posts.schema.get_field_index("comments")
    disabled = tables.posts.set_column(at, "comments", pa.nulls(tables.posts.num_rows, pa.int64()))
    part = read(replace(tables, posts=disabled)).part("comments per like")
    assert not part.known.any()
    assert part.evidence[0] == "no post with likes and comments"


def test_threads_count_only_where_the_platform_tells_answers_apart() -> None:
    plain = read(two_kinds()).part("conversations")
    assert not plain.known.any()
    posts, comments = some_comments(0)
    who = creators(*({"creator_id": f"c{i}", "platform": "youtube", "followers": 5_000} for i in range(4)))
    threaded = read(Tables(who, posts=rows(POSTS, *posts), comments=rows(COMMENTS, *comments)))
    assert threaded.part("conversations").known.all()
    assert threaded.part("replies").evidence[0].startswith("the creator answered")
    assert threaded.part("questions").known.all()


def test_few_comments_leave_more_doubt_than_many() -> None:
    rng = np.random.default_rng(3)
    sizes = [4, 400]
    comments = [
        {"post_id": f"p{i}", "creator_id": f"c{i}", "person": f"q{j}", "by_creator": bool(rng.random() < 0.2)}
        for i in range(40) for j in range(sizes[i % 2])
    ]  # fmt: skip
    posts = [{"post_id": f"p{i}", "creator_id": f"c{i}", "platform": "instagram"} for i in range(40)]
    who = creators(*({"creator_id": f"c{i}", "platform": "instagram", "followers": 20_000} for i in range(40)))
    part = read(Tables(who, posts=rows(POSTS, *posts), comments=rows(COMMENTS, *comments))).part("replies")
    assert part.sd[::2].min() > part.sd[1::2].max()
    assert part.sd.max() < UNKNOWN_SD


def test_an_id_on_two_platforms_keeps_its_comments_apart() -> None:
    who = creators(*({"creator_id": "a", "platform": p, "followers": 1_000} for p in ("instagram", "youtube")))
    posts = rows(POSTS, {"post_id": "1", "creator_id": "a", "platform": "youtube", "comments": 2})
    comments = rows(COMMENTS, *({"post_id": "1", "creator_id": "a", "person": q, "by_creator": False, "length": 8}
                                for q in "xy"))  # fmt: skip
    found = read(Tables(who, posts=posts, comments=comments)).part("comments in words")
    assert found.known.tolist() == [False, True]


def test_the_formula_lists_every_part_with_its_weight() -> None:
    found = read(two_kinds())
    assert found.name == "connection"
    assert [part.name for part in found.parts] == list(WEIGHTS)
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert "0.25 × returning commenters" in found.formula


@pytest.mark.parametrize("name", PROFILE_EXPRESSIONS)
def test_statistics_of_nothing_have_the_columns_of_statistics(name: str) -> None:
    none, some = ProfileStatistics.none(), executed(POSTS.empty(), COMMENTS.empty())
    assert getattr(none, name).schema.names == getattr(some, name).schema.names
    assert getattr(none, name).num_rows == getattr(some, name).num_rows == 0
