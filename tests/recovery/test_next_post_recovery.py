"""The next post of real creators: each one's latest post held back, and forecast from those before it."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from asterism.desk.forecast import forecast
from tests.recovery.test_rates_recovery import KIM, TIERS, Floats, kim


@dataclass(frozen=True)
class Held:
    """Per creator of two posts or more: log rates of what came, of the forecast, and of plain means."""

    tier: np.ndarray
    came: Floats
    low: Floats
    high: Floats
    shrunk: Floats
    raw: Floats

    def error(self, guess: Floats, tier: int) -> float:
        mine = self.tier == tier
        return float(np.sqrt(np.mean((self.came - guess)[mine] ** 2)))


@pytest.fixture(scope="module")
def held() -> Held:
    creators, _ = kim()
    with duckdb.connect(config={"threads": 1}) as duck:
        posts = duck.sql(
            f"select influencer_username creator_id, 'instagram' platform, 'post' as format, likes, comments,"  # noqa: S608
            f" taken_at::timestamp at time zone 'UTC' posted_at from '{KIM}/posts.parquet' order by taken_at, post_id"
        ).to_arrow_table()
    return held_back(creators, posts)


def held_back(creators: pa.Table, posts: pa.Table) -> Held:
    size = dict(zip(*(creators[c].to_pylist() for c in ("creator_id", "followers")), strict=True))
    mine: dict[str, list[int]] = {}
    for i, owner in enumerate(posts["creator_id"].to_pylist()):
        if owner in size:
            mine.setdefault(owner, []).append(i)
    mine = {owner: rows for owner, rows in mine.items() if len(rows) > 1}
    last = np.array([rows[-1] for rows in mine.values()])
    rest = np.setdiff1d(np.arange(posts.num_rows), last)
    found = {row["creator_id"]: row for row in forecast(posts.take(rest), creators).to_pylist()}
    acts = np.log(np.array(posts["likes"].to_pylist()) + np.array(posts["comments"].to_pylist()) + 0.5)
    followers = np.log([size[owner] for owner in mine])
    low, high = (np.log([found[o][f"engagement_{end}"] + 0.5 for o in mine]) - followers for end in ("low", "high"))
    raw = np.array([np.mean(acts[rows[:-1]]) for rows in mine.values()]) - followers
    return Held(np.digitize(np.exp(followers), TIERS), acts[last] - followers, low, high, (low + high) / 2, raw)


def test_ranges_hold_four_of_five_latest_posts(held: Held) -> None:
    inside = (held.low <= held.came) & (held.came <= held.high)
    assert held.came.size > 6_500
    assert 0.77 <= inside.mean() <= 0.83
    for tier in range(4):
        assert 0.74 <= inside[held.tier == tier].mean() <= 0.86, tier


@pytest.mark.parametrize("tier", range(4), ids=["nano", "micro", "macro", "mega"])
def test_shrunk_rates_beat_own_means_and_tier_means_in_every_tier(held: Held, tier: int) -> None:
    usual = np.full(held.came.size, held.raw[held.tier == tier].mean())
    assert held.error(held.shrunk, tier) < min(held.error(held.raw, tier), held.error(usual, tier))
