"""Likeness: how like one creator all others are, by what they speak of, whom they reach, and their size."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.tables import Tables
from asterism.signals.lineup import Lineup

Floats = NDArray[np.float64]

WEIGHTS: Final = {"words": 0.5, "audience": 0.3, "size": 0.2}
"""Weights of the parts; a part unknown of either creator leaves its weight to the others (an assumption)."""
SPAN: Final = np.log(10.0)
"""Distance in log followers at which size alone makes two creators 1/e alike."""


def likeness(lineup: Lineup, tables: Tables, row: int, topics: Floats) -> Floats:
    """How like the creator in `row` each creator of the line-up is, 0 to 1, itself 1, (n,).

    likeness = 0.5 · words + 0.3 · audience + 0.2 · size: the cosine of topic shares; the share of the two audiences in
    the same buckets, Σ min(pᵢ, pⱼ), averaged over dimensions both profiles have; exp(−|Δ log followers| / log 10).

    Parameters
    ----------
    topics
        What each creator's words are about, rows of shares, NaN without words, (n, n_topics).
    """
    parts = {
        "words": _cosine(topics, topics[row]),
        "audience": _shared(lineup, tables.audiences, row),
        "size": np.exp(-np.abs(np.log(lineup.followers) - np.log(lineup.followers[row])) / SPAN),
    }
    weight = np.stack([np.where(np.isfinite(part), WEIGHTS[name], 0.0) for name, part in parts.items()])
    total = (weight * np.nan_to_num(np.stack(list(parts.values())))).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return np.asarray(total / weight.sum(axis=0))


def _cosine(rows: Floats, one: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.clip(rows @ one / (np.linalg.norm(rows, axis=1) * np.linalg.norm(one)), 0.0, 1.0))


def _shared(lineup: Lineup, audiences: pa.Table, row: int) -> Floats:
    """Mean over dimensions of the audience's share in the same buckets; NaN without a profile of both, (n,)."""
    own = audiences.filter(pc.equal(audiences["creator_id"], lineup.creators["creator_id"][row]))
    total, count = np.zeros(len(lineup)), np.zeros(len(lineup))
    for dimension in sorted(set(own["dimension"].to_pylist())):
        mine = own.filter(pc.equal(own["dimension"], dimension))
        theirs = audiences.filter(pc.equal(audiences["dimension"], dimension))
        place = lineup.positions(theirs["creator_id"])
        known = dict(zip(mine["bucket"].to_pylist(), mine["share"].to_pylist(), strict=True))
        alike = np.array([known.get(bucket, 0.0) for bucket in theirs["bucket"].to_pylist()])
        use = place >= 0
        lower = np.minimum(alike, np.nan_to_num(theirs["share"].to_numpy().astype(float)))
        shared = np.bincount(place[use], lower[use], minlength=len(lineup.ids))
        there = np.bincount(place[use], minlength=len(lineup.ids)) > 0
        total += np.where(there, shared, 0.0)[lineup.id_of]
        count += there[lineup.id_of]
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(count > 0, np.minimum(total / count, 1.0), np.nan))
