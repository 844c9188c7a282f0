"""Log prices as a sum of learned effects: Bayesian linear regression with a random effect of every seller.

yᵢ = xᵢ'β + u + eᵢ with β ~ N(0, 1), u ~ N(0, (κ·τ)²) the seller's own, eᵢ ~ N(0, σ²) with one σ for asks and one for
fees paid. Given κ and the σ the posterior is exact (ridge); these three are set where the evidence is largest.
Rosen 1974, doi:10.1086/260169 (hedonic prices); Lindley and Smith 1972, doi:10.1111/j.2517-6161.1972.tb00885.x.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DOUBT_OF_SCALES: Final = np.array([0.5, 0.7, 0.7])
"""How far κ and the two σ may lie from their priors, as log-sd (assumptions)."""
MOST_SCALED: Final = 4000
"""Sellers from whom κ and σ are learned, at most."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Known prices in rows, and who asked them.

    Parameters
    ----------
    seller
        Position of the seller, 0 … m − 1, (n,).
    y
        Log price against the usual one, (n,).
    x
        What it depends on, each column scaled to a coefficient of standard deviation 1, (n, p).
    paid
        Which prices were paid, (n,).
    more
        Variance of a price besides that of asks, as of add-ons taken out, (n,).
    spread
        Usual log-sd τ between sellers alike in x, (m,).
    """

    seller: Ints
    y: Floats
    x: Floats
    paid: NDArray[np.bool_]
    more: Floats
    spread: Floats

    def of(self, sellers: NDArray[np.bool_]) -> "Observed":
        """The prices of some sellers, (m,)."""
        rows = sellers[self.seller]
        place = np.cumsum(sellers) - 1
        return Observed(
            place[self.seller[rows]], self.y[rows], self.x[rows], self.paid[rows], self.more[rows],
            self.spread[sellers],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scales:
    """κ, how many times wider sellers spread than is usual, and the log-sd σ of asks and of fees paid."""

    between: float
    asked: float
    paid: float


@dataclass(frozen=True, slots=True)
class Sellers:
    """What the prices of each seller say besides x'β: û = weight · (total − sums·β), doubt `sd`; (m,), `sums` (m, p).

    `weight` is τ² / (1 + τ²·Σ 1/σ²), `sums` are Σ x/σ², `total` Σ y/σ².
    """

    weight: Floats
    sums: Floats
    total: Floats
    sd: Floats


@dataclass(frozen=True, slots=True)
class Learned:
    """The posterior of β, mean (p,) and covariance (p, p), with the scales it holds at and the sellers' sums."""

    mean: Floats
    covariance: Floats
    scales: Scales
    sellers: Sellers
    evidence: float


def posterior(seen: Observed, scales: Scales) -> Learned:
    """The exact posterior of β at given scales, u integrated out."""
    noise = noise_of(seen, scales)
    m, width = seen.spread.size, (scales.between * seen.spread) ** 2
    count, total = (np.bincount(seen.seller, w / noise, m).astype(float) for w in (np.ones(noise.size), seen.y))
    scaled = seen.x / noise[:, None]
    sums = np.stack([np.bincount(seen.seller, column, m).astype(float) for column in scaled.T], axis=1)
    weight = width / (1.0 + width * count)
    precision = np.eye(seen.x.shape[1]) + seen.x.T @ scaled - (sums * weight[:, None]).T @ sums
    pull = scaled.T @ seen.y - sums.T @ (weight * total)
    covariance = np.asarray(np.linalg.inv(precision), dtype=float)
    mean = covariance @ pull
    fit = seen.y @ (seen.y / noise) - weight @ total**2 - pull @ mean
    spread = np.log(noise).sum() + np.log1p(width * count).sum() + np.linalg.slogdet(precision)[1]
    return Learned(mean, covariance, scales, Sellers(weight, sums, total, np.sqrt(weight)), -0.5 * float(fit + spread))


def noise_of(seen: Observed, scales: Scales) -> Floats:
    """Variance of the scatter of each price, (n,)."""
    return np.asarray(np.where(seen.paid, scales.paid, scales.asked) ** 2 + seen.more)


def learn(seen: Observed, usual: Scales) -> Learned:
    """The posterior of β at the likeliest scales, of which `usual` is the prior's middle."""
    from scipy.optimize import minimize

    middle, step = np.log([usual.between, usual.asked, usual.paid]), -(-seen.spread.size // MOST_SCALED)
    some = seen if step <= 1 else seen.of(np.arange(seen.spread.size) % step == 0)

    def against(log_scales: Floats) -> float:
        away = (log_scales - middle) / DOUBT_OF_SCALES
        return 0.5 * float(away @ away) - posterior(some, _scales(log_scales)).evidence

    found = minimize(against, middle, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 0.01})
    return posterior(seen, _scales(found.x))


def _scales(logs: Floats) -> Scales:
    between, asked, paid = np.exp(np.clip(logs, -6.0, 3.0)).tolist()
    return Scales(between, asked, paid)
