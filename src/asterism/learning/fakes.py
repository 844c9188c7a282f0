"""Fakes: what audits of followers say of the two clusters in which shares of fake followers lie."""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import betaln

from asterism.learning.columns import Z95
from asterism.priors import Benchmark, Priors

Floats = NDArray[np.float64]

PRIOR_ACCOUNTS: Final = 30.0
"""Audited accounts that the shipped clusters weigh as much as (an assumption)."""
ROUNDS: Final = 50
_NAMES: Final = ("fake.weight", "fake.low_cluster", "fake.high_cluster")


def fake_clusters(
    audits: pa.Table, priors: Priors
) -> tuple[dict[str, Benchmark], tuple[tuple[Benchmark, Benchmark, int, float], ...]]:
    """The entries of the clusters after the audits; and of each what it was, on how many accounts, with what weight.

    Expectation–maximisation of a mixture of two beta laws with means and weight drawn to the shipped ones, each cluster
    as if from its part of `PRIOR_ACCOUNTS`.
    """
    shares = audits["share"].to_numpy().astype(float)
    shares = np.clip(shares[np.isfinite(shares)], 0.005, 0.995)
    if not shares.size:
        return {}, ()
    before = [priors.entry(name) for name in _NAMES]
    found = _fitted(shares, np.array([e.value for e in before]), priors.entry("fake.concentration").value)
    sizes = np.array([shares.size, *found[3:]])
    weights = sizes / (sizes + PRIOR_ACCOUNTS)
    after = [_entry(e, v, w, shares.size) for e, v, w in zip(before, found[:3].tolist(), weights.tolist(), strict=True)]
    told = tuple((a, b, int(shares.size), w) for a, b, w in zip(after, before, weights.tolist(), strict=True))
    return {entry.name: entry for entry in after}, told


def _fitted(shares: Floats, start: Floats, concentration: float) -> Floats:
    """Weight and means of the clusters, and how many accounts are in each."""
    weight, low, high = start.tolist()
    prior = PRIOR_ACCOUNTS * np.array([start[0], 1 - start[0]])
    counts = np.zeros(2)
    for _ in range(ROUNDS):
        each = np.stack([_log_beta(shares, mean, concentration) for mean in (low, high)]) + np.log(
            [[weight], [1 - weight]]
        )
        part = np.exp(each - each.max(axis=0))
        part /= part.sum(axis=0)
        counts = part.sum(axis=1)
        weight = float((prior[0] + counts[0]) / (PRIOR_ACCOUNTS + shares.size))
        low, high = ((prior * start[1:] + part @ shares) / (prior + counts)).tolist()
    return np.array([weight, low, high, *counts])


def _log_beta(x: Floats, mean: float, n: float) -> Floats:
    a, b = n * mean, n * (1 - mean)
    return np.asarray((a - 1) * np.log(x) + (b - 1) * np.log1p(-x) - betaln(a, b))


def _entry(entry: Benchmark, value: float, weight: float, n: int) -> Benchmark:
    spread = float(np.exp(Z95 * entry.sd * np.sqrt(1 - weight)))
    high = min(value * spread, 0.99)
    return Benchmark(
        entry.name, entry.unit, (value,), (value / spread,), (max(high, value),), f"learnt: {n} audited accounts", "",
        "own", shape=entry.shape,
    )  # fmt: skip
