"""Histories of simulated creators: smooth growth, jumps that people can explain, and steps that were bought."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asterism.creators.tables import ANNOTATIONS, SNAPSHOTS
from asterism.market.posts import TODAY
from asterism.market.truth import Truth

Floats = NDArray[np.float64]

WEEKS: Final = 52
JUMP_CHANCE: Final = 0.15
"""Part of the creators who once became known overnight."""
STEPPED: Final = 0.5
"""Part of the creators with many fake followers who bought them in steps; the rest bought them slowly, or never."""
MANY: Final = 0.25
"""Share of fake followers from which one may have bought in steps."""
WORDS: Final = ("A television appearance", "A giveaway", "A post that went viral", "A report in the newspaper")


@dataclass(frozen=True, slots=True)
class Histories:
    """What a user would see, and the truth behind it, (n_creators,) each.

    `bought` is the share of today's followers bought in steps, `jumped` who won followers overnight and honestly; every
    other one of those has no annotation, but then engagement rose with the followers.
    """

    snapshots: pa.Table
    annotations: pa.Table
    bought: Floats
    jumped: NDArray[np.bool_]


def draw_histories(rng: np.random.Generator, truth: Truth) -> Histories:
    """Weekly snapshots of every creator over a year up to `TODAY`, and annotations of half the honest jumps.

    Real followers grow smoothly and engage; those bought come within a week and do not. An annotated jump brings people
    who do not engage much either, as after a giveaway: only the annotation clears it.
    """
    n = truth.roster.size
    jumped = rng.random(n) < JUMP_CHANCE
    stepped = ~jumped & (truth.fake_share > MANY) & (rng.random(n) < STEPPED)
    noted = jumped & (np.cumsum(jumped) % 2 == 0)
    at = rng.integers(12, WEEKS - 8, n)
    came = np.arange(WEEKS + 1) > at[:, None]
    size = np.where(jumped, rng.uniform(0.15, 0.6, n), 0.0)
    smooth = _smooth(rng, n)
    people = smooth * np.where(came, 1.0, np.exp(-size)[:, None])
    nobody = np.where(stepped[:, None], came, smooth)
    followers = np.rint(truth.audience[:, None] * people + truth.fakes[:, None] * nobody).astype(np.int64)
    engaged = truth.audience[:, None] * np.where(noted[:, None], smooth, people)
    rate = rng.lognormal(np.log(0.02), 0.5, n)[:, None] * np.exp(rng.normal(0, 0.06, followers.shape))
    bought = np.where(stepped, truth.fakes / np.maximum(followers[:, -1], 1), 0.0)
    return Histories(_snapshots(truth, followers, engaged * rate), _annotations(truth, noted, at), bought, jumped)


def _smooth(rng: np.random.Generator, n: int) -> Floats:
    """Growth up to 1 today, some per cent a month with a little weather, (n, WEEKS + 1)."""
    pace = rng.gamma(1.5, 0.002, n)[:, None] + rng.normal(0, 0.001, (n, WEEKS))
    backwards = np.cumsum(pace[:, ::-1], axis=1)[:, ::-1]
    return np.exp(-np.concatenate((backwards, np.zeros((n, 1))), axis=1))


def _snapshots(truth: Truth, followers: NDArray[np.int64], acts: Floats) -> pa.Table:
    n, weeks = followers.shape
    days = TODAY - np.arange(weeks - 1, -1, -1) * np.timedelta64(7, "D")
    columns: dict[str, object] = {
        "creator_id": np.repeat(np.array(truth.roster.ids, dtype=object), weeks),
        "platform": np.repeat(np.array(truth.roster.platforms, dtype=object), weeks),
        "as_of": np.tile(days, n),
        "followers": followers.ravel(),
        "avg_engagements": acts.ravel(),
    }
    arrays = [
        pa.array(columns[f.name]).cast(f.type) if f.name in columns else pa.nulls(n * weeks, f.type)
        for f in SNAPSHOTS.fields
    ]
    return pa.table(arrays, SNAPSHOTS.arrow)


def _annotations(truth: Truth, noted: NDArray[np.bool_], at: NDArray[np.int64]) -> pa.Table:
    rows = np.flatnonzero(noted).tolist()
    day = [TODAY - np.timedelta64(7 * int(WEEKS - at[row]) - 3, "D") for row in rows]
    columns = [
        [truth.roster.ids[row] for row in rows],
        [truth.roster.platforms[row] for row in rows],
        np.array(day, dtype="datetime64[us]"),
        np.array(day, dtype="datetime64[us]"),
        [WORDS[row % len(WORDS)] for row in rows],
    ]
    return pa.table(
        [pa.array(c).cast(f.type) for c, f in zip(columns, ANNOTATIONS.fields, strict=True)], ANNOTATIONS.arrow
    )
