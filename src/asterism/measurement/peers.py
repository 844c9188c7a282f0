"""Peers: how unlikely a code's share of something is, given how the other codes of the workspace differ."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST_PEERS: Final = 5
"""Other codes below which nothing is compared."""
UNLIKE: Final = 0.04
"""The least overdispersion that is assumed between honest codes: they are never quite alike."""
_OUT: Final = 0.01


def chances(hits: Floats, of: Floats, least: float = 0.0, unlike: float = UNLIKE, most: float = 1.0) -> Floats:
    """The chance of a share as high or higher on an honest code, for each code; arrays of shape (n_codes,).

    Shares of honest codes follow a beta-binomial law, whose mean and overdispersion come from the other codes. Codes
    that stand out at first sight, by the median and its deviation, are no measure for others. `least` is the smallest
    mean that is assumed, `unlike` the least overdispersion. Where the others' mean is above `most`, most of them are
    no measure: `most` is taken, as it is where there are too few others. Without it the chance is 1 there.
    """
    known = of > 0
    plain = ~(_first_look(hits, of, least, unlike) < _OUT) & known
    found = np.ones(len(of))
    for i in np.flatnonzero(known):
        others = plain & (np.arange(len(of)) != i)
        enough = others.sum() >= FEWEST_PEERS
        mean, rho = _moments(hits[others], of[others], least, unlike) if enough else (most, unlike)
        if mean > most:
            mean, rho = most, unlike
        if mean < 1:
            found[i] = _tail(hits[i], of[i], mean, rho)
    return found


def _first_look(hits: Floats, of: Floats, least: float, unlike: float) -> Floats:
    known = of > 0
    if known.sum() <= FEWEST_PEERS:
        return np.ones(len(of))
    shares = hits[known] / of[known]
    mean = float(np.clip(np.median(shares), max(least, 0.01), 0.99))
    spread = (1.4826 * float(np.median(np.abs(shares - mean)))) ** 2 - float(np.mean(mean * (1 - mean) / of[known]))
    rho = float(np.clip(spread / (mean * (1 - mean)), unlike, 0.5))
    return np.array([_tail(hit, n, mean, rho) for hit, n in zip(hits, of, strict=True)])


def _moments(hits: Floats, of: Floats, least: float, unlike: float) -> tuple[float, float]:
    """Mean and overdispersion of the others' shares, the latter widened by the doubt in the mean itself."""
    total, k = float(of.sum()), len(of)
    mean = float(np.clip((hits.sum() + 0.5) / (total + 1), max(least, 0.005), 0.995))
    binomial = mean * (1 - mean)
    apart = float((of * (hits / of - mean) ** 2).sum()) / binomial - (k - 1)
    room = max(total - float((of**2).sum()) / total - (k - 1), 1.0)
    rho = float(np.clip(apart / room, unlike, 0.5))
    return mean, min(rho * (1 + 1 / k) + 1 / total, 0.6)


def _tail(hits: float, of: float, mean: float, rho: float) -> float:
    """The chance of as many hits or more under a beta-binomial law."""
    from scipy.special import betaln, gammaln

    a, b = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
    k = np.arange(hits, of + 1)
    ways = gammaln(of + 1) - gammaln(k + 1) - gammaln(of - k + 1)
    return min(float(np.exp(ways + betaln(k + a, of - k + b) - betaln(a, b)).sum()), 1.0)
