"""Rates from few posts: a simulated truth found again, and the next post of real creators forecast."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from asterism.desk.forecast import forecast
from asterism.priors import LogNormal, Priors
from asterism.signals.shrink import Evidence, Peers, interval, shrink

KIM = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "kim_instagram"
TIERS = (1e4, 1e5, 1e6)
Floats = NDArray[np.float64]


def statistics_of(owner: NDArray[np.int64], y: Floats, n: int) -> Evidence:
    """n, mean and variance per owner, by plain counting."""
    count = np.bincount(owner, minlength=n).astype(float)
    mean = np.bincount(owner, y, minlength=n) / np.where(count > 0, count, np.nan)
    squares = np.bincount(owner, (y - mean[owner]) ** 2, minlength=n)
    return Evidence(count, mean, np.where(count > 1, squares / np.where(count > 1, count - 1, 1), np.nan))


@pytest.mark.parametrize(
    ("between", "within", "shift"),
    [(0.6, 0.5, 0.0), (0.3, 0.8, 0.5), (0.9, 0.3, -0.5)],
    ids=["usual", "noisy", "clear"],
)
def test_simulated_rates_are_found_again_with_true_intervals(between: float, within: float, shift: float) -> None:
    rng = np.random.default_rng(11)
    n = 6000
    followers = np.exp(rng.uniform(np.log(1e3), np.log(5e6), n))
    belief = LogNormal(0.025 * (followers / 4e3) ** -0.15, np.full(n, 0.65))
    truth = np.log(belief.median) + shift + 0.1 * (np.log(followers) - 11) + rng.normal(0, between, n)
    owner = np.repeat(np.arange(n), rng.poisson(2.0, n))
    y = truth[owner] + rng.normal(0, within, owner.size)
    found = shrink(statistics_of(owner, y, n), Peers(followers, np.full(n, -1), belief, 0.55))
    low, high = interval(found.typical)
    assert ((np.log(low) < truth) & (truth < np.log(high))).mean() == pytest.approx(0.8, abs=0.02)
    following = truth + rng.normal(0, within, n)
    low, high = interval(found.next_post)
    assert ((np.log(low) < following) & (following < np.log(high))).mean() == pytest.approx(0.8, abs=0.02)
    assert found.peers_log_sd.mean() == pytest.approx(between, rel=0.1)
    assert found.post_log_sd.mean() == pytest.approx(within, rel=0.1)


def kim() -> tuple[pa.Table, pa.Table]:
    if not KIM.is_dir():
        pytest.skip("shared/data/kim_instagram does not stand beside the repository")
    lines = f"read_csv('{KIM}/influencers.txt', delim='\t', skip=2, header=false, all_varchar=true, quote='')"
    with duckdb.connect(config={"threads": 1}) as duck:
        creators = duck.sql(
            f"select column0 creator_id, column1 niche, 'instagram' platform, column2::bigint followers "  # noqa: S608
            f"from {lines}"
        ).to_arrow_table()
        posts = duck.sql(
            f"select post_id, influencer_username creator_id, 'instagram' platform, 'post' as format, likes, comments "  # noqa: S608
            f"from '{KIM}/posts.parquet' order by hash(post_id)"
        ).to_arrow_table()
    return creators, posts


@pytest.fixture(scope="module")
def held_out() -> dict[str, Floats]:
    """One random post of every creator left out, and the forecast made from all others."""
    creators, posts = kim()
    followers = dict(zip(creators["creator_id"].to_pylist(), creators["followers"].to_pylist(), strict=True))
    owners = posts["creator_id"].to_pylist()
    first: dict[str, int] = {}
    for i, owner in enumerate(owners):
        if owner in followers:
            first.setdefault(owner, i)
    rest = np.setdiff1d(np.arange(len(owners)), list(first.values()))
    rows = {r["creator_id"]: r for r in forecast(posts.take(rest), creators).to_pylist()}
    acts = np.array(posts["likes"].to_pylist()) + np.array(posts["comments"].to_pylist()) + 0.5
    owned = {i: owner for i, owner in enumerate(owners) if owner in followers}
    mine: dict[str, list[float]] = {}
    for i in rest.tolist():
        if i in owned:
            mine.setdefault(owned[i], []).append(float(np.log(acts[i] / followers[owned[i]])))
    names = list(first)
    row = [rows[name] for name in names]
    middle = [np.sqrt((r["engagement_low"] + 0.5) * (r["engagement_high"] + 0.5)) for r in row]
    return {
        "followers": np.array([followers[name] for name in names], dtype=float),
        "actual": np.array([acts[first[name]] for name in names]),
        "low": np.array([r["engagement_low"] for r in row]) + 0.5,
        "high": np.array([r["engagement_high"] for r in row]) + 0.5,
        "middle": np.array(middle),
        "own_mean": np.array([np.mean(mine[name]) if name in mine else np.nan for name in names]),
    }


def covered(held: dict[str, Floats]) -> NDArray[np.bool_]:
    return np.asarray((held["low"] <= held["actual"]) & (held["actual"] <= held["high"]))


def test_intervals_cover_four_of_five_unseen_posts(held_out: dict[str, Floats]) -> None:
    assert held_out["actual"].size > 13_000
    assert 0.77 <= covered(held_out).mean() <= 0.83


@pytest.mark.parametrize("tier", range(4), ids=["nano", "micro", "macro", "mega"])
def test_intervals_cover_in_every_tier(held_out: dict[str, Floats], tier: int) -> None:
    inside = np.digitize(held_out["followers"], TIERS) == tier
    assert 0.74 <= covered(held_out)[inside].mean() <= 0.86


@pytest.mark.parametrize("own", [True, False], ids=["with own posts", "without"])
def test_intervals_cover_with_and_without_own_posts(held_out: dict[str, Floats], own: bool) -> None:
    inside = np.isfinite(held_out["own_mean"]) == own
    assert 0.77 <= covered(held_out)[inside].mean() <= 0.83


def rmse(held: dict[str, Floats], guess: Callable[[dict[str, Floats]], Floats]) -> float:
    actual = np.log(held["actual"] / held["followers"])
    use = np.isfinite(held["own_mean"])
    return float(np.sqrt(np.mean((actual - guess(held))[use] ** 2)))


def tier_mean(held: dict[str, Floats]) -> Floats:
    tier = np.digitize(held["followers"], TIERS)
    return np.array([np.nanmean(held["own_mean"][tier == k]) for k in range(4)])[tier]


def test_shrunk_rates_beat_raw_means_and_tier_means(held_out: dict[str, Floats]) -> None:
    shrunk = rmse(held_out, lambda h: np.log(h["middle"] / h["followers"]))
    raw = rmse(held_out, lambda h: h["own_mean"])
    tier = rmse(held_out, tier_mean)
    assert shrunk < 0.75
    assert shrunk < 0.95 * raw < raw < 0.85 * tier


def test_without_the_creators_table_intervals_still_cover() -> None:
    _, posts = kim()
    owners = np.array(posts["creator_id"].to_pylist())
    _, first, count = np.unique(owners, return_index=True, return_counts=True)
    held = first[count > 1]
    rows = {r["creator_id"]: r for r in forecast(posts.take(np.setdiff1d(np.arange(owners.size), held))).to_pylist()}
    acts = np.array(posts["likes"].to_pylist()) + np.array(posts["comments"].to_pylist())
    inside = [rows[owners[i]]["engagement_low"] <= acts[i] <= rows[owners[i]]["engagement_high"] for i in held]
    assert 0.74 <= np.mean(inside) <= 0.86


def test_a_benchmark_that_is_far_off_is_overruled_by_the_posts() -> None:
    rng = np.random.default_rng(2)
    owner = np.repeat(np.arange(2000), 3)
    truth = np.log(0.08) + rng.normal(0, 0.4, 2000)
    y = truth[owner] + rng.normal(0, 0.5, owner.size)
    size = np.full(2000, 3e4)
    belief = Priors.default().engagement_rate("instagram", "post", size).belief
    found = shrink(statistics_of(owner, y, 2000), Peers(size, np.full(2000, -1), belief, 0.55))
    assert np.exp(found.peers.mean()) == pytest.approx(0.08, rel=0.05)
