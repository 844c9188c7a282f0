"""Connection: the bond of a simulated market found again, and real comments read in two halves.

Real posts stand in `shared/data` beside the repository; without them those tests are skipped.
"""

from dataclasses import replace
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from asterism.brief import Brief
from asterism.creators.schema import Schema
from asterism.creators.tables import COMMENTS, CREATORS, POSTS, Tables
from asterism.market import MarketOptions, simulate
from asterism.market.comments import draw_comments
from asterism.priors import Priors
from asterism.signals.connection import connection
from asterism.signals.lineup import line_up
from asterism.signals.profile_statistics import ProfileStatistics
from asterism.signals.reading import Signal
from asterism.signals.statistics import SufficientStatistics

KIM = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "kim_instagram"
ABSENT = "the real data (shared/data beside the repository) is not here"
BRIEF = Brief(goal="awareness", budget="10000 USD")


def read(tables: Tables) -> Signal:
    duck = ibis.duckdb.connect(threads=1)
    posts, comments = duck.create_table("p", tables.posts), duck.create_table("m", tables.comments)
    stats = ProfileStatistics.of(duck.to_pyarrow, posts, comments)
    duck.disconnect()
    return connection(line_up(tables, BRIEF), tables, stats, Priors.default())


@pytest.fixture(scope="module")
def simulated() -> tuple[Signal, Signal, NDArray[np.float64], NDArray[np.float64]]:
    """The signal where the bond drives comments and where it does not, the bond, and the true chance of returning."""
    market = simulate(400, 15_000, seed=3, options=MarketOptions(posts=8))
    drawn = [draw_comments(np.random.default_rng(1), market.truth, market.tables.posts, s) for s in (1.0, 0.0)]
    found = [read(replace(market.tables, comments=one.table)) for one in drawn]
    return found[0], found[1], drawn[0].bond, drawn[0].returning


def test_the_bond_of_a_simulated_market_is_found_again(simulated: tuple) -> None:
    found, without, bond, _ = simulated
    assert spearmanr(found.value, bond).statistic > 0.7
    assert abs(spearmanr(without.value, bond).statistic) < 0.3
    for name in ("replies", "returning commenters", "conversations", "questions"):
        part = found.part(name)
        assert spearmanr(part.score[part.known], bond[part.known]).statistic > 0.5, name


def test_the_true_chance_of_returning_is_found_again(simulated: tuple) -> None:
    found, _, _, returning = simulated
    part = found.part("returning commenters")
    assert spearmanr(part.measured[part.known], returning[part.known]).statistic > 0.7
    # a little below: few posts lean on the prior of 0.06, and posts with fewer comments have fewer regulars
    assert np.mean(part.measured[part.known]) == pytest.approx(np.mean(returning), rel=0.2)


def _shaped(table: pa.Table, schema: Schema) -> pa.Table:
    columns = [table[f.name].cast(f.type) if f.name in table.column_names else pa.nulls(table.num_rows, f.type)
               for f in schema.fields]  # fmt: skip
    return pa.table(columns, schema=schema.arrow)


@pytest.fixture(scope="module")
def kim() -> Tables:
    lines = f"read_csv('{KIM}/influencers.txt', delim='\t', skip=2, header=false, all_varchar=true, quote='')"
    with duckdb.connect(config={"threads": 1}) as duck:
        duck.sql("set TimeZone = 'UTC'")
        creators = (
            "select column0 creator_id, column1 niche, 'instagram' platform, column2::bigint followers "  # noqa: S608
            f"from {lines}"
        )
        posts = (
            "select post_id, influencer_username creator_id, 'instagram' platform, 'post' as format, likes, caption, "  # noqa: S608
            f"taken_at::timestamptz posted_at, comments from '{KIM}/posts.parquet'"
        )
        comments = (
            "select post_id, influencer_username creator_id, commenter person, text_len as length, "  # noqa: S608
            f"commenter_is_creator_self by_creator from '{KIM}/commenters.parquet'"
        )
        found = [duck.sql(one).to_arrow_table() for one in (creators, posts, comments)]
    made = [_shaped(*pair) for pair in zip(found, (CREATORS, POSTS, COMMENTS), strict=True)]
    return Tables(made[0], posts=made[1], comments=made[2])


@pytest.mark.shared
@pytest.mark.skipif(not KIM.is_dir(), reason=ABSENT)
def test_every_real_creator_with_comments_has_its_replies_and_returns_where_two_posts_have_comments(
    kim: Tables,
) -> None:
    found = read(kim)
    seen = kim.comments.filter(pc.invert(kim.comments["by_creator"])).group_by(["creator_id", "post_id"]).aggregate([])
    posts = dict(
        zip(*(c.to_pylist() for c in seen.group_by("creator_id").aggregate([("post_id", "count")])), strict=True)
    )
    names = kim.creators["creator_id"].to_pylist()
    commented = set(kim.comments["creator_id"].to_pylist())
    assert found.part("replies").known.tolist() == [name in commented for name in names]
    assert found.part("returning commenters").known.tolist() == [posts.get(name, 0) > 1 for name in names]
    print({part.name: int(part.known.sum()) for part in found.parts})


@pytest.mark.shared
@pytest.mark.skipif(not KIM.is_dir(), reason=ABSENT)
def test_two_halves_of_real_posts_agree_and_the_more_the_more_posts(kim: Tables) -> None:
    posts = kim.posts
    owner = np.array(posts["creator_id"].to_pylist())
    order = np.random.default_rng(0).permutation(owner.size)
    order = order[np.argsort(owner[order], kind="stable")]
    half = np.empty(owner.size, dtype=int)
    half[order] = np.arange(owner.size) % 2  # neighbours of one creator fall into different halves
    found = []
    for side in (0, 1):
        part = posts.filter(pa.array(half == side))
        found.append(read(replace(kim, posts=part, comments=kim.comments.filter(
            pc.is_in(kim.comments["post_id"], part["post_id"])))))  # fmt: skip
    count = dict(zip(*np.unique(owner, return_counts=True), strict=True))
    n = np.array([count.get(name, 0) for name in kim.creators["creator_id"].to_pylist()])
    agreed = {}
    for low, high in ((2, 3), (4, 8)):
        use = (n >= low) & (n <= high)
        agreed[low] = spearmanr(found[0].value[use], found[1].value[use]).statistic
        each = {}
        for one, other in zip(found[0].parts, found[1].parts, strict=True):
            both = use & one.known & other.known
            if both.sum() > 30:
                each[one.name] = round(float(spearmanr(one.score[both], other.score[both]).statistic), 2)
        print(f"{low}–{high} posts, {use.sum():,} creators: signal {agreed[low]:.2f}, parts {each}")
    assert agreed[2] > 0.3
    assert agreed[4] > agreed[2]


@pytest.mark.shared
@pytest.mark.skipif(not KIM.is_dir(), reason=ABSENT)
def test_real_engagement_by_tier_is_what_the_data_are_known_to_show(kim: Tables) -> None:
    duck = ibis.duckdb.connect(threads=1)
    one_each = kim.posts.set_column(1, "creator_id", kim.posts["post_id"])  # a row per post: the medians are of posts
    followers = dict(zip(*(kim.creators[c].to_pylist() for c in ("creator_id", "followers")), strict=True))
    sizes = [followers.get(name) for name in kim.posts["creator_id"].to_pylist()]
    owners = _shaped(pa.table({"creator_id": kim.posts["post_id"], "platform": kim.posts["platform"],
                               "followers": pa.array(sizes, pa.int64())}), CREATORS)  # fmt: skip
    stats = SufficientStatistics.of(duck.to_pyarrow, duck.create_table("p", one_each), duck.create_table("c", owners))
    duck.disconnect()
    size = dict(zip(owners["creator_id"].to_pylist(), sizes, strict=True))
    tier = np.searchsorted(
        [1e4, 1e5, 1e6], [size[post] for post in stats.by_followers["creator_id"].to_pylist()], "right"
    )
    rate = np.exp(stats.by_followers["mean_log"].to_numpy())
    medians = [float(np.median(rate[tier == t])) for t in range(4)]
    print([f"{m:.2%}" for m in medians])
    assert medians == pytest.approx([0.0397, 0.0280, 0.0242, 0.0229], abs=0.0004)
