"""The belief about a share of fake followers: the priors' two clusters, moved by each piece of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, ndtr, ndtri

from asterism.priors import Priors
from asterism.quantities import LEVEL
from asterism.signals.authenticity.share import SHARES, around

Floats = NDArray[np.float64]

_STEP: Final = SHARES[1]
_EDGES: Final = np.clip(np.append(SHARES - _STEP / 2, 1.0), 0.0, 1.0)
_FEWEST_REAL: Final = 0.005
_AT_ONCE: Final = 8192
"""Creators whose shares are weighed at once: all of a large catalogue would not fit in memory."""
TOO_HIGH: Final = 0.95
"""Peers below which engagement speaks of followers; above, it may have been bought itself."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one thing measured says of every share of fake followers.

    Parameters
    ----------
    curves
        log P(measured | share), up to a constant, of each thing that can be measured, (n_curves, n_shares); the first
        is 0 throughout: nothing was measured.
    at
        Which curve holds of each creator, (n,).
    words
        What it rests on, "" where nothing was measured, (n,).
    """

    curves: Floats
    at: NDArray[np.int64]
    words: NDArray[np.object_]

    @classmethod
    def of_share(cls, curves: Floats, seen: Floats, words: NDArray[np.object_]) -> "Evidence":
        """The evidence of a share seen, NaN where it was not; a curve for each of `SHARES` as seen."""
        at = np.where(np.isfinite(seen), 1 + np.rint(np.nan_to_num(seen) * (SHARES.size - 1)), 0).astype(np.int64)
        return cls(np.vstack((np.zeros(SHARES.size), curves)), at, np.where(at > 0, words, "").astype(object))


@dataclass(frozen=True, slots=True)
class Real:
    """The share of followers that are real: mean and 80% interval, and what moved it, (n,) each."""

    mean: Floats
    low: Floats
    high: Floats
    source: NDArray[np.object_]


def before(priors: Priors) -> Floats:
    """The chance of each of `SHARES` before any evidence: two Beta clusters, alike for creators of every size."""
    weight, n = priors.entry("fake.weight").value, priors.entry("fake.concentration").value
    low, high = (priors.entry(f"fake.{name}_cluster").value for name in ("low", "high"))
    below = weight * betainc(n * low, n * (1 - low), _EDGES) + (1 - weight) * betainc(n * high, n * (1 - high), _EDGES)
    return np.asarray(np.diff(below))


def after(priors: Priors, evidence: Sequence[Evidence]) -> Real:
    """The posterior of every creator: prior × Π P(measured | share), each piece erring independently.

    Without evidence it is the prior's own mean and interval. Creators of whom the same is known are weighed once.
    """
    prior = np.log(before(priors) + 1e-300)
    known, of = np.unique(np.stack([e.at for e in evidence], axis=1), axis=0, return_inverse=True)
    found = np.empty((3, len(known)))
    for start in range(0, len(known), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        pieces = (e.curves[at] for e, at in zip(evidence, known[rows].T, strict=True))
        found[:, rows] = _summed_up(sum(pieces, prior))
    mean, low, high = found[:, of.reshape(-1)]
    return Real(1 - mean, 1 - high, 1 - low, _source(evidence))


def _summed_up(logs: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean and both ends of the share of fake followers, from the log chance of each of `SHARES`, (n, n_shares)."""
    chance = np.exp(logs - logs.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    below = np.concatenate((np.zeros((len(chance), 1)), np.cumsum(chance, axis=1)), axis=1)
    return chance @ SHARES, _quantile(below, (1 - LEVEL) / 2), _quantile(below, (1 + LEVEL) / 2)


def _quantile(below: Floats, level: float) -> Floats:
    """The share under which lies `level` of each row's chance, between the edges of the shares, (n,)."""
    at = np.minimum((below[:, 1:] < level).sum(axis=1), SHARES.size - 1)
    rows = np.arange(len(below))
    inside = np.maximum(below[rows, at + 1] - below[rows, at], 1e-12)
    return np.asarray(_EDGES[at] + (level - below[rows, at]) / inside * (_EDGES[at + 1] - _EDGES[at]))


def _source(evidence: Sequence[Evidence]) -> NDArray[np.object_]:
    told = ("; ".join(filter(None, row)) for row in zip(*(e.words.tolist() for e in evidence), strict=True))
    return np.array([words or "prior: nothing is known of the followers" for words in told], dtype=object)


def vendor(credible: Floats, priors: Priors) -> Evidence:
    """A vendor's share of credible followers, taken as seen with a normal error."""
    curves = np.log(np.maximum(around(np.full(SHARES.size, priors.entry("fake.vendor_sd").value)).T, 1e-300))
    words = np.array([f"a vendor's figure of {share:.0%}" for share in credible.tolist()], dtype=object)
    return Evidence.of_share(curves, 1.0 - credible, words)


def engagement(percentile: Floats, priors: Priors) -> Evidence:
    """Engagement per follower among peers: who does not exist does not like.

    Engagement is real followers' own rate times their share, so Φ⁻¹(percentile) ~ N((log(1 − p) − m) / s, 1): m the
    mean of log(1 − p) among peers, s the spread of their log rates. Above `TOO_HIGH` it says nothing of followers.
    """
    spread = priors.entry("fake.engagement_log_sd").value
    level = np.log(np.maximum(1.0 - SHARES, _FEWEST_REAL))
    z = ndtri(np.clip(SHARES, 0.01, 0.99))
    curves = -0.5 * (z[:, None] - (level - before(priors) @ level) / spread) ** 2
    words = np.full(percentile.size, "engagement among peers", dtype=object)
    return Evidence.of_share(curves, np.where(percentile <= TOO_HIGH, percentile, np.nan), words)


def steps(share: Floats, priors: Priors) -> Evidence:
    """Growth steps that nobody explained, as a share of today's followers.

    A part b of them was bought, however large; then at least so many followers are fake. The rest says nothing:
    P(step | p) = 1 − b + b·Φ((p − step) / sd) / E Φ, the mean E over the prior. A history without steps says nothing
    either: one can buy slowly.
    """
    bought, sd = priors.entry("fake.step_bought").value, priors.entry("fake.vendor_sd").value
    at_least = ndtr((SHARES - SHARES[:, None]) / sd)
    curves = np.log(1 - bought + bought * at_least / (at_least @ before(priors))[:, None])
    words = np.full(share.size, "growth nobody explained", dtype=object)
    return Evidence.of_share(curves, np.where(share > 0, share, np.nan), words)
