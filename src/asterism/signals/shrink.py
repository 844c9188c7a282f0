"""Rates from few posts: each creator's own figures weighed against peers by empirical Bayes.

A random-effects log-normal: log rate of post j of creator i = peers(i) + uᵢ + eᵢⱼ, uᵢ ~ N(0, τ²), eᵢⱼ ~ N(0, σ²). The
peers' level, τ² and σ² are smooth in log followers, with an effect per niche; each starts at the prior and moves with
the data. Morris 1983, doi:10.1080/01621459.1983.10477920.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from asterism.priors.curves import LogNormal, Z
from asterism.quantities import LEVEL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KNOTS: Final = np.log([1e3, 4e3, 32e3, 224e3, 707e3, 3e6, 1e7])
"""Sizes between which the peers' level and variances are interpolated."""
BENCHMARK_LOG_SD: Final = 0.5
"""How far a whole population may lie from its published benchmark (an assumption)."""
BEND_LOG_SD: Final = 0.3
"""How much that distance may change from one size to the next (an assumption)."""
NICHE_LOG_SD: Final = 0.25
"""How far a niche may lie from all others (an assumption)."""
PRIOR_CREATORS: Final = 5.0
"""How many well-known creators the prior's variances weigh as much as, at each size."""
PRIOR_RANKS: Final = 100.0
"""How many creators the normal curve weighs as much as, against the widths actually seen."""
PRIOR_ERRORS: Final = 30.0
"""How many held-back posts the intervals' own width weighs as much as, at each size."""
PRIOR_POSTS: Final = 10.0
"""How many posts the peers' scatter weighs as much as in a creator's own."""
FEWEST_IN_NICHE: Final = 5
ROUNDS: Final = 6
_LEAST_VARIANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sufficient statistics of log rates per creator: posts, mean and variance (NaN under two), shape (n,) each.

    `stale` is the variance between what the posts speak of and what is asked for; more posts do not lessen it.
    """

    n: Floats
    mean: Floats
    var: Floats
    stale: Floats | float = 0.0

    @classmethod
    def none(cls, n_creators: int) -> "Evidence":
        """No posts at all."""
        return cls(np.zeros(n_creators), np.full(n_creators, np.nan), np.full(n_creators, np.nan))

    def or_average(self, average: Floats, posts: float, post_log_sd: float) -> "Evidence":
        """The evidence, with a stated average rate counted as `posts` posts where there are no posts.

        An average lies above the middle of the log rates by half their variance, which is taken off.
        """
        use = (self.n == 0) & np.isfinite(average) & (average > 0)
        middle = np.log(np.where(use, average, 1.0)) - 0.5 * post_log_sd**2
        return replace(self, n=np.where(use, posts, self.n), mean=np.where(use, middle, self.mean))

    def noise(self, post_variance: Floats) -> Floats:
        """The variance of `mean` around the level asked for; infinite without posts."""
        return np.where(self.n > 0, post_variance / np.where(self.n > 0, self.n, 1.0) + self.stale, np.inf)

    @property
    def freedom(self) -> Floats:
        """n − 1 where the posts' variance is known, else 0: an average has no scatter to learn from."""
        return np.where((self.n > 1) & np.isfinite(self.var), self.n - 1, 0.0)

    @property
    def squares(self) -> Floats:
        """(n − 1) · variance, 0 where there is none."""
        return self.freedom * np.nan_to_num(self.var)


@dataclass(frozen=True, slots=True)
class Peers:
    """What is believed of each creator before its own posts, shape (n,) each.

    `size` in followers, `niche` small integers (−1 unknown), `belief` about the creator's mean rate, `post_log_sd` the
    usual scatter of one creator's posts.
    """

    size: Floats
    niche: Ints
    belief: LogNormal
    post_log_sd: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is believed of each creator after its own posts, shape (n,) each.

    Parameters
    ----------
    log_rate, log_sd
        Mean and standard deviation of the logarithm of the creator's median post.
    post_log_sd
        Scatter of the creator's posts around it.
    peers, peers_log_sd
        The same mean and deviation for a peer of this size and niche without posts.
    """

    log_rate: Floats
    log_sd: Floats
    post_log_sd: Floats
    peers: Floats
    peers_log_sd: Floats

    @property
    def mean(self) -> Floats:
        """The expected rate of one post: above the median by all variance, of posts and of doubt."""
        return np.asarray(np.exp(self.log_rate + 0.5 * (self.log_sd**2 + self.post_log_sd**2)))

    @property
    def typical(self) -> LogNormal:
        """The belief about the creator's median post."""
        return LogNormal(np.exp(self.log_rate), self.log_sd)

    @property
    def next_post(self) -> LogNormal:
        """The belief about the next post: doubt of the creator's level and scatter of its posts."""
        return LogNormal(np.exp(self.log_rate), np.hypot(self.log_sd, self.post_log_sd))

    @property
    def relative(self) -> Floats:
        """How many times the peers' rate the creator's is."""
        return np.asarray(np.exp(self.log_rate - self.peers))

    def seen_through(self, other: "Posterior", correlation: float) -> "Posterior":
        """The belief where nothing is known but how the creator does against peers in another format.

        The distance from peers carries over with the correlation; what it does not explain stays as doubt.
        """
        ratio = correlation * self.peers_log_sd / other.peers_log_sd
        shift = ratio * (other.log_rate - other.peers)
        variance = (1 - correlation**2) * self.peers_log_sd**2 + (ratio * other.log_sd) ** 2
        return replace(self, log_rate=self.peers + shift, log_sd=np.sqrt(variance))

    def where(self, use: NDArray[np.bool_], other: "Posterior") -> "Posterior":
        """This belief where `use`, else the other."""
        return Posterior(*(np.where(use, getattr(self, f), getattr(other, f)) for f in Posterior.__slots__))


def shrink(evidence: Evidence, peers: Peers) -> Posterior:
    """The posterior of every creator of one platform and format, shape (n,).

    With s² = σ²/n + stale and v = 1 / (1/τ² + 1/s²): mean v · (peers/τ² + own/s²), variance v. Own posts outweigh the
    peers from σ²/τ² posts on.
    """
    return population(evidence, peers).posterior(evidence)


def population(evidence: Evidence, peers: Peers) -> "Population":
    """What the posts of all creators say of peers of every size and niche."""
    hats = hats_at(peers.size)
    scatter = hats @ _scatter(evidence, hats, peers.post_log_sd)
    return Population(*_level(evidence, hats, peers, scatter), scatter)


@dataclass(frozen=True, slots=True)
class Population:
    """The peers of each creator, (n,): level of the log rate, τ² between creators, σ² between a creator's posts."""

    level: Floats
    between: Floats
    scatter: Floats

    def posterior(self, evidence: Evidence) -> Posterior:
        """The creators' posterior from their own posts and these peers."""
        own = (PRIOR_POSTS * self.scatter + evidence.squares) / (PRIOR_POSTS + evidence.freedom)
        told = 1.0 / evidence.noise(own)
        precision = 1.0 / self.between + told
        log_rate = (self.level / self.between + told * np.nan_to_num(evidence.mean)) / precision
        return Posterior(log_rate, np.sqrt(1.0 / precision), np.sqrt(own), self.level, np.sqrt(self.between))


def hats_at(size: Floats) -> Floats:
    """Weights of linear interpolation in log size between the knots, (n, n_knots); rows sum to 1."""
    x = np.log(np.maximum(size, 1.0))
    at = np.clip(np.searchsorted(KNOTS, x) - 1, 0, KNOTS.size - 2)
    part = np.clip((x - KNOTS[at]) / np.diff(KNOTS)[at], 0.0, 1.0)
    hats = np.zeros((x.size, KNOTS.size))
    rows = np.arange(x.size)
    hats[rows, at], hats[rows, at + 1] = 1.0 - part, part
    return hats


def _scatter(evidence: Evidence, hats: Floats, post_log_sd: float) -> Floats:
    """σ² at each knot: pooled variance within creators, with the prior's as if from PRIOR_CREATORS."""
    freedom = evidence.freedom
    pooled = PRIOR_CREATORS * post_log_sd**2 + hats.T @ evidence.squares
    variance = np.asarray(pooled / (PRIOR_CREATORS + hats.T @ freedom))
    several = freedom > 0
    usual = (hats @ variance * 2 * gammaincinv(np.maximum(freedom, 1.0) / 2, LEVEL))[several]
    return variance * _width(evidence.squares[several] / usual)


def _width(squared: Floats) -> float:
    """By how much the variance of a normal curve must be multiplied so that LEVEL of the squares stay below 1.

    Real rates have heavier tails than the normal curve: its variance would make 80% intervals that hold more.
    """
    if not squared.size:
        return 1.0
    weight = squared.size / (squared.size + PRIOR_RANKS)
    return float(1.0 + weight * (np.quantile(squared, LEVEL) - 1.0))


def _level(evidence: Evidence, hats: Floats, peers: Peers, scatter: Floats) -> tuple[Floats, Floats]:
    """The peers' level and τ², (n,) each, by turns: weighted ridge for the level, moments for the variance."""
    base = np.log(peers.belief.median) - 0.5 * scatter
    between = peers.belief.log_sd**2
    has = evidence.n > 0
    if not has.any():
        return base, between
    noise, gap, seen = evidence.noise(scatter)[has], (evidence.mean - base)[has], hats[has]
    niche = _counted(peers.niche, has)
    fitted, tau2 = np.zeros(base.size), between
    for _ in range(ROUNDS):
        fitted = _ridge(gap, 1.0 / (tau2[has] + noise), seen, niche[has], hats, niche)
        tau2 = hats @ _moments(
            (gap - fitted[has]) ** 2, noise, tau2[has], seen, hats.T @ between / hats.sum(axis=0).clip(1e-9)
        )
    total = tau2[has] + noise
    width = _width((gap - fitted[has]) ** 2 / (Z**2 * total))
    spare = np.average(noise / total)
    return base + fitted, np.maximum(tau2 * (width - spare) / (1.0 - spare), _LEAST_VARIANCE)


def _counted(niche: Ints, has: NDArray[np.bool_]) -> Ints:
    """The niches with enough creators that have posts, renumbered from 0; −1 for the rest."""
    counts = np.bincount(niche[has & (niche >= 0)], minlength=int(niche.max(initial=-1)) + 1)
    number = np.where(counts >= FEWEST_IN_NICHE, np.cumsum(counts >= FEWEST_IN_NICHE) - 1, -1)
    return np.where(niche >= 0, number[niche], -1) if number.size else niche


def _ridge(gap: Floats, weight: Floats, seen: Floats, niche: Ints, hats: Floats, all_niches: Ints) -> Floats:
    """The distance of every creator's peers from the prior: smooth in size, plus the niche's effect; (n_all,)."""
    n_knots, n_niches = KNOTS.size, int(all_niches.max(initial=-1)) + 1
    weighted = seen * weight[:, None]
    inside = niche >= 0
    cross = np.stack([np.bincount(niche[inside], w[inside], n_niches) for w in weighted.T])
    bend = np.diff(np.eye(n_knots), axis=0) / BEND_LOG_SD
    top = weighted.T @ seen + bend.T @ bend + np.eye(n_knots) / BENCHMARK_LOG_SD**2 / n_knots
    corner = np.diag(np.bincount(niche[inside], weight[inside], n_niches) + 1 / NICHE_LOG_SD**2)
    right = np.concatenate([weighted.T @ gap, np.bincount(niche[inside], (weight * gap)[inside], n_niches)])
    solved = np.linalg.solve(np.block([[top, cross], [cross.T, corner]]), right)
    effects = np.append(solved[n_knots:], 0.0)
    return np.asarray(hats @ solved[:n_knots] + effects[all_niches])


def _moments(squared: Floats, noise: Floats, tau2: Floats, seen: Floats, prior: Floats) -> Floats:
    """τ² at each knot: mean squared distance less its noise, precise creators first, the prior as PRIOR_CREATORS."""
    trust = (tau2 / (tau2 + noise)) ** 2
    total = PRIOR_CREATORS * prior + seen.T @ (trust * (squared - noise))
    return np.maximum(total / (PRIOR_CREATORS + seen.T @ trust), _LEAST_VARIANCE)


def widths(errors: Floats, size: Floats) -> Floats:
    """By how much intervals at each knot must be widened so that LEVEL of errors stay inside, (n_knots,).

    `errors` are of known outcomes, in standard deviations, NaN where there is none, at creators of these sizes: the
    weighted quantile LEVEL · (n + 1) / n of the n |errors| near the knot over `Z`, with PRIOR_ERRORS at 1. Lei et al.
    2018, doi:10.1080/01621459.2017.1307116, for intervals from held-back residuals.
    """
    known = np.isfinite(errors)
    order = np.argsort(np.abs(errors[known]), kind="stable")
    ranked, near = np.abs(errors[known])[order] / Z, hats_at(size)[known][order]
    found = np.ones(KNOTS.size)
    for knot, weight in enumerate(near.T):
        total = float(weight.sum())
        if total > 0:
            reached = np.searchsorted(np.cumsum(weight), LEVEL * (total + 1.0))
            seen = float(ranked[min(int(reached), ranked.size - 1)])
            found[knot] = 1.0 + total / (total + PRIOR_ERRORS) * (seen - 1.0)
    return found


def interval(belief: LogNormal) -> tuple[Floats, Floats]:
    """The 80% interval of a belief, low and high."""
    spread = np.exp(Z * belief.log_sd)
    return np.asarray(belief.median / spread), np.asarray(belief.median * spread)
