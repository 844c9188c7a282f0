"""Standing: the share of peers below a creator, as far as few observations can tell.

A percentile of what was seen makes the barely seen look extreme. Here the creator's true figure has a posterior, peers
have a distribution, and the standing is the chance that a peer is below: with no observations exactly one half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, ndtr

from asterism.priors import Benchmark
from asterism.quantities import LEVEL
from asterism.signals.lineup import Lineup
from asterism.signals.peers import NEIGHBOURS
from asterism.signals.rates import UNKNOWN_SIZE
from asterism.signals.reading import Part
from asterism.signals.shrink import PRIOR_CREATORS, Evidence, shrink
from asterism.signals.shrink import Peers as RatePeers

Floats = NDArray[np.float64]

QUANTILES: Final = (np.arange(15) + 0.5) / 15
"""Quantiles at which a beta posterior is looked at."""
_Z, _W = np.polynomial.hermite_e.hermegauss(9)
NODES, NODE_WEIGHTS = _Z, _W / _W.sum()
"""Gauss–Hermite nodes and weights, for a normal posterior."""
PRIOR_TRIALS: Final = 50.0
"""How many trials the published level weighs as much as against what peers show."""
_CORRELATION: Final = (0.003, 0.8)
_LEAST: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Standing:
    """Per creator, (n,) each, NaN where nothing was observed: the figure shrunk toward peers, its 80% range, its score.

    `score` is the chance that a peer's true figure is below, `sd` its doubt.
    """

    figure: Floats
    low: Floats
    high: Floats
    score: Floats
    sd: Floats

    @classmethod
    def unknown(cls, n: int) -> "Standing":
        """Nothing observed of `n` creators."""
        return cls(*(np.full(n, np.nan) for _ in cls.__slots__))

    def turned(self) -> "Standing":
        """The standing where the smaller figure is the better one."""
        return Standing(self.figure, self.low, self.high, 1.0 - self.score, self.sd)

    def where(self, use: NDArray[np.bool_], other: "Standing") -> "Standing":
        """This standing where `use`, else the other."""
        return Standing(*(np.where(use, getattr(self, f), getattr(other, f)) for f in Standing.__slots__))

    def part(self, name: str, weight: float, unit: str, evidence: NDArray[np.object_]) -> Part:
        """The standing as a part of a signal; `evidence` says what each creator's rests on."""
        return Part(name, weight, self.figure, unit, np.clip(self.score, 0.0, 1.0), self.sd, evidence)


def say(form: str, counts: Sequence[Floats], known: NDArray[np.bool_], why: str) -> NDArray[np.object_]:
    """Evidence in words, (n,): `form` filled with each creator's counts where known, else why it is not.

    >>> say("{:,.0f} of {:,.0f} posts", (np.array([1.0, 2.0]), np.array([3.0, 4.0])), np.array([True, False]), "none")
    array(['1 of 3 posts', 'none'], dtype=object)
    """
    said = np.full(known.size, why, dtype=object)
    rows = np.flatnonzero(known)
    said[rows] = [form.format(*values) for values in zip(*(count[rows].tolist() for count in counts), strict=True)]
    return said


def by_share(lineup: Lineup, hits: Floats, trials: Floats, belief: Benchmark) -> Standing:
    """Standings by a share, from how often something happened in how many trials, (n,) each; need not be whole numbers.

    Beta-binomial: trueᵢ ~ Beta(mᵢ/ρ', (1 − mᵢ)/ρ'), ρ' = ρ / (1 − ρ). The level mᵢ is that of the `NEIGHBOURS` nearest
    in size on the platform, ρ the correlation of two trials of one creator, by moments; both start at the belief.
    Kleinman 1973, doi:10.1080/01621459.1973.10481332.
    """
    found = Standing.unknown(len(lineup))
    for platform in sorted(set(lineup.platform)):
        rows = np.flatnonzero((lineup.platform == platform) & (trials > 0))
        if rows.size:
            _write(found, rows, _shares(lineup.followers[rows], hits[rows], trials[rows], belief))
    return found


def by_rate(lineup: Lineup, evidence: Evidence, belief: Benchmark, post_log_sd: float) -> Standing:
    """Standings by a positive figure whose logarithm was observed, shrunk as rates are; the figure is the median."""
    found = Standing.unknown(len(lineup))
    for platform in sorted(set(lineup.platform)):
        rows = np.flatnonzero(lineup.platform == platform)
        if (evidence.n[rows] > 0).any():
            _write(found, rows, _rates(lineup.followers[rows], _of(evidence, rows), belief, post_log_sd))
    return found


def overdispersion(hits: Floats, trials: Floats, squares: Floats, groups: Floats) -> float:
    """How many times more a share varies between a creator's posts than chance alone would make it, 1 or more.

    Pearson's χ² over its degrees of freedom, pooled over creators: Σ(Σ hits²/trials − hits²ᵢ/trialsᵢ) over
    Σ (groupsᵢ − 1) pᵢ(1 − pᵢ). Trials divided by it count as if they were independent. `squares` is Σ hits²/trials over
    the `groups` of each creator.
    """
    several = (trials > 1) & (groups > 1)
    n, x = trials[several], hits[several]
    chance = (x / n * (1 - x / n) * n / (n - 1) * (groups[several] - 1)).sum()
    seen = (squares[several] - x * x / n).sum()
    return float(max(1.0, (seen + 1.0) / (chance + 1.0)))


def _of(evidence: Evidence, rows: NDArray[np.int64]) -> Evidence:
    return Evidence(evidence.n[rows], evidence.mean[rows], evidence.var[rows])


def _write(found: Standing, rows: NDArray[np.int64], part: Standing) -> None:
    for name in Standing.__slots__:
        getattr(found, name)[rows] = getattr(part, name)


def _shares(size: Floats, hits: Floats, trials: Floats, belief: Benchmark) -> Standing:
    level = _level(size, hits / trials, trials, belief)
    precision = 1.0 / _correlation(hits, trials, level, belief) - 1.0
    prior = level * precision, (1.0 - level) * precision
    after = prior[0] + hits, prior[1] + trials - hits
    nodes = betaincinv(after[0][:, None], after[1][:, None], QUANTILES)
    below = betainc(prior[0][:, None], prior[1][:, None], nodes)
    low, high = (betaincinv(*after, (1 + sign * LEVEL) / 2) for sign in (-1, 1))
    return Standing(after[0] / (after[0] + after[1]), low, high, below.mean(axis=1), below.std(axis=1))


def _level(size: Floats, share: Floats, trials: Floats, belief: Benchmark) -> Floats:
    """The usual share at each size: peers' shares, none of whom counts for more than `PRIOR_TRIALS` trials."""
    order = np.argsort(np.nan_to_num(size, nan=UNKNOWN_SIZE), kind="stable")
    weight = np.minimum(trials, PRIOR_TRIALS)[order]
    heard = _around(weight * share[order]) + PRIOR_TRIALS * belief.value
    level = np.empty(size.size)
    level[order] = heard / (_around(weight) + PRIOR_TRIALS)
    return np.clip(level, _LEAST, 1.0 - _LEAST)


def _around(values: Floats) -> Floats:
    """The sum over those nearest in the order given, itself among them."""
    n, width = values.size, min(NEIGHBOURS + 1, values.size)
    first = np.clip(np.arange(n) - width // 2, 0, n - width)
    upto = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray(upto[first + width] - upto[first])


def _correlation(hits: Floats, trials: Floats, level: Floats, belief: Benchmark) -> float:
    """ρ from E(pᵢ − mᵢ)² = mᵢ(1 − mᵢ)(1/nᵢ + ρ(1 − 1/nᵢ)), with the belief's as if from PRIOR_CREATORS creators."""
    n = np.maximum(trials, 1.0)
    alone = level * (1.0 - level)
    weight = 1.0 - 1.0 / n
    excess = ((hits / trials - level) ** 2 - alone / n) * weight
    prior = PRIOR_CREATORS * belief.value * (1.0 - belief.value)
    rho = (prior * believed_correlation(belief) + excess.sum()) / (prior + (alone * weight**2).sum())
    return float(np.clip(rho, *_CORRELATION))


def believed_correlation(belief: Benchmark) -> float:
    """ρ of a beta law with the belief's median as mean and its log-normal variance."""
    mean = belief.value
    variance = mean**2 * np.expm1(belief.sd**2)
    return float(np.clip(variance / (mean * (1.0 - mean)), *_CORRELATION))


def _rates(size: Floats, evidence: Evidence, belief: Benchmark, post_log_sd: float) -> Standing:
    """Both laws normal in the logarithm: E Φ(z) over z ~ N(z₀, s²), in units of the peers' deviation."""
    sized = np.nan_to_num(size, nan=UNKNOWN_SIZE)
    after = shrink(evidence, RatePeers(sized, np.full(size.size, -1), belief.at(sized), post_log_sd))
    middle, spread = (after.log_rate - after.peers) / after.peers_log_sd, after.log_sd / after.peers_log_sd
    below = ndtr(middle[:, None] + spread[:, None] * NODES)
    score = below @ NODE_WEIGHTS
    sd = np.sqrt(np.maximum((below - score[:, None]) ** 2 @ NODE_WEIGHTS, 0.0))
    figure, seen = after.typical, evidence.n > 0
    made = (figure.median, figure.low, figure.high, score, sd)
    return Standing(*(np.where(seen, column, np.nan) for column in made))
