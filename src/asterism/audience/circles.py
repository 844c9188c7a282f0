"""Circles of creators who share their audiences: where a fit of many creators starts."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.latent import Evidence

Floats = NDArray[np.float64]

_ROUNDS: Final = 400
_UNSEEN: Final = 0.05
"""Weight of a censored pair beside a known one."""
_SPREAD: Final = 1.6
"""Heavy users make people share more than their number explains: 1 + the believed variance of activity, about."""
_MOST: Final = 0.9


def circles(evidence: Evidence, universe: float, n_circles: int, rng: np.random.Generator) -> Floats:
    """Log intensities (n_creators, n_circles) near which overlaps are as measured.

    The overlaps scaled by √(size · size) are split into B Bᵀ, B ≥ 0, by multiplicative updates: a column is a circle.
    Censored pairs count little, and only above half their cap.

    References
    ----------
    He, Xie, Zdunek, Zhou & Cichocki (2011), Symmetric nonnegative matrix factorization, doi:10.1109/TNN.2011.2172457.
    """
    belongs = _factors(evidence, n_circles, rng) * np.sqrt(evidence.sizes)[:, None]
    chance = np.minimum(_MOST * belongs / np.sqrt(universe * _SPREAD / n_circles), _MOST)
    outside = np.maximum(evidence.sizes / universe - chance.mean(axis=1), 0.0)
    chance = np.clip(chance + outside[:, None] / 2, 1e-6, _MOST)
    return np.asarray(np.log(-np.log1p(-chance)))


def _factors(evidence: Evidence, n_circles: int, rng: np.random.Generator) -> Floats:
    scale = np.sqrt(evidence.sizes[:, None] * evidence.sizes)
    shared = evidence.shared / scale
    weight = np.where(evidence.known, 1.0, np.where(evidence.censored, _UNSEEN, 0.0)) / np.maximum(shared, 1e-4)
    factors = 0.2 * rng.random((len(shared), n_circles))
    for _ in range(_ROUNDS):
        now = factors @ factors.T
        target = np.where(evidence.known, shared, np.minimum(now, shared / 2))
        step = ((weight * target) @ factors) / np.maximum((weight * now) @ factors, 1e-12)
        factors *= 0.5 + 0.5 * step
    return factors
