"""Small signals and samples for the planner's tests."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from asterism.audience.samples import Samples
from asterism.planning.objective import Draws
from asterism.planning.problem import Problem
from asterism.signals.table import CREATOR_SIGNALS, FORMAT_SIGNALS, QUOTE_SIGNALS, Signals

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Creator:
    id: str
    followers: float | None = 20_000.0
    platform: str = "instagram"
    formats: tuple[str, ...] = ("reel",)
    reach: float = 0.2
    engagement: float = 0.02
    fee: float = 300.0
    niche: str = "food"
    fee_source: str = "prior"
    target_source: str = "everybody"
    target: tuple[float, float, float] = (1.0, 1.0, 1.0)


def signals_of(creators: list[Creator], quotes: list[tuple[int, str, float]] | None = None) -> Signals:
    people = [_creator(c) for c in creators]
    rates = [_format(i, c, f) for i, c in enumerate(creators) for f in c.formats]
    priced = [{"creator": i, "package": p, "fee": fee, "source": "quote", "as_of": NOW} for i, p, fee in quotes or []]
    return Signals(
        pa.Table.from_pylist(people, schema=CREATOR_SIGNALS),
        pa.Table.from_pylist(rates, schema=FORMAT_SIGNALS),
        pa.Table.from_pylist(priced, schema=QUOTE_SIGNALS),
    )


def _creator(c: Creator) -> dict[str, object]:
    target = dict(zip(("on_target", "on_target_low", "on_target_high"), c.target, strict=True))
    return {
        "creator_id": c.id, "handle": c.id, "name": c.id, "platform": c.platform, "niche": c.niche,
        "country": "US", "language": "en", "followers": c.followers, "audience": c.followers,
        "audience_source": "followers", **target, "on_target_source": c.target_source,
        "authentic": 0.75, "authentic_low": 0.5, "authentic_high": 0.95, "record": True,
        "record_evidence": "3 posts", "as_of": NOW,
    }  # fmt: skip


def _format(row: int, c: Creator, name: str) -> dict[str, object]:
    return {
        "creator": row, "format": name, "posts": 3, "reach": c.reach, "reach_log_sd": 0.3, "reach_source": "prior",
        "engagement": c.engagement, "engagement_log_sd": 0.4, "engagement_source": "own posts",
        "engagement_rate": c.engagement, "engagement_rate_low": c.engagement / 2,
        "engagement_rate_high": c.engagement * 2, "engagement_denominator": "followers", "click": 0.02,
        "convert": 0.02, "buy_log_sd": 0.5, "fee": c.fee, "fee_log_sd": 0.8 if c.fee_source == "prior" else 0.0,
        "fee_source": c.fee_source,
    }  # fmt: skip


def samples_of(creators: list[Creator], n_people: int = 400, seed: int = 0) -> Samples:
    """Everybody follows each creator with one chance: audiences as large as stated, in one crowd of 10 million."""
    rng = np.random.default_rng(seed)
    share = np.array([(c.followers or 0.0) / 1e7 for c in creators])
    chance = np.minimum(np.outer(rng.gamma(1.0, 1.0, n_people), share), 1.0)
    has = np.flatnonzero(share > 0)
    return Samples(
        creators=tuple(c.id for c in creators),
        weight=np.full(n_people, 1e7 / n_people),
        start=np.arange(n_people + 1, dtype=np.int64) * has.size,
        link=np.tile(has, n_people).astype(np.int32),
        chance=chance[:, has].ravel(),
        rung=np.full(len(creators), 4, dtype=np.int8),
        sizes=np.array([c.followers or 0.0 for c in creators]),
        variant=(np.arange(n_people) % 2).astype(np.int16),
        n_variants=2,
        worth=np.ones(n_people),
    )


def some_set(problem: Problem, seed: int) -> list[int]:
    """One offer each of five creators, drawn."""
    rng = np.random.default_rng(seed)
    creators = rng.permutation(np.unique(problem.offers.creator))[:5]
    return [int(rng.choice(np.flatnonzero(problem.offers.creator == c))) for c in creators]


def doubt(problem: Problem, chosen: list[int], seed: int, n_draws: int = 4) -> Draws:
    """Draws of every rate of the chosen offers, far from 1."""
    rng = np.random.default_rng(seed)
    shape = (n_draws, len(chosen))
    variant = (np.arange(n_draws) % problem.samples.n_variants).astype(np.int16)
    return Draws(*(rng.lognormal(0, 0.5, shape) for _ in range(5)), variant=variant)
