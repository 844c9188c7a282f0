"""Pooling: effects, and spreads between creators, campaigns and posts, from few results of each.

A log ratio of what came to what was believed is y = x·β + u(creator) + v(campaign) + e, with β ~ N(0, S),
u ~ N(0, t²·between), v ~ N(0, w²), e ~ N(0, noise + f²·scatter). Given the three scales everything is linear; they are
found where the likelihood, β, u and v integrated out, times their own prior is highest. Counts are Poisson around such
a line and made normal around their fit, again and again. Morris 1983, doi:10.1080/01621459.1983.10477920; Breslow &
Clayton 1993, doi:10.1080/01621459.1993.10594284.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CAMPAIGN_LOG_SD: Final = 0.1
"""Usual spread of what all of one campaign share, as a log-sd (an assumption)."""
SCALES_LOG_SD: Final = (1.0, 1.0, 1.5)
"""How far the log variances between creators, of scatter and between campaigns may lie from the usual."""
FARTHEST: Final = 4.0
"""Usual deviations from the line beyond which a result teaches no more than one at this distance."""
ROUNDS: Final = 6
"""Times that counts are made normal around their fit, and the scales sought anew."""
MOST_ROUNDS: Final = 40
SETTLED: Final = 0.01
"""Largest move of a row, in logs, at which counts have settled."""
FURTHEST: Final = 12.0
"""How far the search for scales goes from the usual, in log variance."""
SMALL: Final = 30_000
"""Size of the columns up to which writing all of them down costs less than to keep account of which are not 0."""
_MOST_LOG: Final = 6.0
_LEAST: Final = 1e-6
_SOME: Final = 3.0
_NOTHING: Final = 1e9
"""Variance of what is not to be heard."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Results of one measure, (n,) each, sorted in any way.

    Parameters
    ----------
    y
        Log of what came over what was believed.
    x
        What each effect sought does to the row, (n, p).
    noise
        Variance of y known from counting.
    scatter
        Usual variance of y from one post or collaboration to the next; a scale is found for it.
    between
        Usual variance between creators; a scale is found for it.
    creator, campaign
        Numbers from 0; −1 for no campaign.
    squares, freedom
        Squared distances of a creator's single posts from their mean over their usual variance, and how many are free.
    """

    y: Floats
    x: Floats
    noise: Floats
    scatter: Floats
    between: Floats
    creator: Ints
    campaign: Ints
    squares: float = 0.0
    freedom: float = 0.0

    @property
    def n_creators(self) -> int:
        """How many creators the rows speak of."""
        return int(self.creator.max(initial=-1)) + 1

    @property
    def n_campaigns(self) -> int:
        """How many campaigns the rows speak of."""
        return int(self.campaign.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True)
class Scales:
    """Factors on the usual variances between creators and of scatter; the variance between campaigns."""

    between: float = 1.0
    scatter: float = 1.0
    campaign: float = CAMPAIGN_LOG_SD**2


@dataclass(frozen=True, slots=True)
class Pooled:
    """What the rows say: effects with their covariance, the scales, and each creator's level in a campaign to come.

    `mean` (p,), `covariance` (p, p); `level`, `level_sd` (n_creators,); `fitted` (n,) each row's line.
    """

    mean: Floats
    covariance: Floats
    scales: Scales
    level: Floats
    level_sd: Floats
    fitted: Floats


@dataclass
class _Sums:
    """The rows' sums under given scales: everything the likelihood and the effects need.

    A row names few effects, a creator few campaigns: columns are sparse where they are many, and creators' own levels
    drop out one by one.
    """

    rows: Rows
    prior: Floats
    scales: Scales
    columns: Any = None
    """Effects sought and campaigns side by side, (n, p + n_campaigns); they do not depend on scales."""

    def __post_init__(self) -> None:
        if self.columns is None:
            self.columns = _columns(self.rows)

    @cached_property
    def spread(self) -> Floats:
        """Variance of each row around its creator's line, (n,)."""
        return self.rows.noise + self.scales.scatter * self.rows.scatter + _LEAST

    @cached_property
    def variance(self) -> Floats:
        """Variance between creators, of each creator, (n_creators,)."""
        usual = np.zeros(self.rows.n_creators)
        usual[self.rows.creator] = self.rows.between
        return self.scales.between * usual

    def by_creator(self, values: Floats) -> Floats:
        """Sums of rows per creator, (n_creators,)."""
        return np.bincount(self.rows.creator, values, minlength=self.rows.n_creators).astype(np.float64)

    @cached_property
    def weight(self) -> Floats:
        """Precision of each creator's rows together, (n_creators,)."""
        return self.by_creator(1.0 / self.spread)

    @cached_property
    def drawn(self) -> Floats:
        """Variance left of each creator's own level once all effects are known, (n_creators,)."""
        return np.asarray(self.variance / (1.0 + self.variance * self.weight))

    @cached_property
    def sums(self) -> Any:
        """Columns over their spread, summed per creator, (n_creators, p + n_campaigns)."""
        n = self.rows.y.size
        whose = sparse.csr_array(
            (1.0 / self.spread, (self.rows.creator, np.arange(n))), shape=(self.rows.n_creators, n)
        )
        return whose @ self.columns

    @cached_property
    def factor(self) -> tuple[Floats, Floats, float]:
        """Cholesky factor of the effects' precision, their mean, and log likelihood without the scales' own prior."""
        weighted = self.rows.y / self.spread
        level = self.by_creator(weighted)
        precision = self._inverse + _full(self.columns.T @ (self.columns / self.spread[:, None]))
        precision -= _full(self.sums.T @ (self.sums * self.drawn[:, None]))
        told = self.columns.T @ weighted - self.sums.T @ (self.drawn * level)
        lower = np.asarray(cho_factor(precision, lower=True)[0])
        mean = np.asarray(cho_solve((lower, True), told))
        quadratic = self.rows.y @ weighted - level @ (self.drawn * level) - told @ mean
        volume = np.log(self.spread).sum() + np.log1p(self.variance * self.weight).sum()
        volume += 2.0 * np.log(np.diagonal(lower)).sum() + np.linalg.slogdet(self.prior)[1]
        volume += self.rows.n_campaigns * np.log(self.scales.campaign)
        return lower, mean, -0.5 * float(volume + quadratic)

    @cached_property
    def solved(self) -> tuple[Floats, Floats, float]:
        """Mean and covariance of all effects, and log likelihood without the scales' own prior."""
        lower, mean, likelihood = self.factor
        return mean, np.asarray(cho_solve((lower, True), np.eye(mean.size))), likelihood

    @property
    def _inverse(self) -> Floats:
        """What is believed of effects and campaigns before, as precision."""
        p, k = self.rows.x.shape[1], self.rows.n_campaigns
        whole = np.zeros((p + k, p + k))
        whole[:p, :p] = np.linalg.inv(self.prior)
        whole[range(p, p + k), range(p, p + k)] = 1.0 / self.scales.campaign
        return whole


def _columns(rows: Rows) -> Any:
    inside = np.flatnonzero(rows.campaign >= 0)
    there = (np.ones(inside.size), (inside, rows.campaign[inside]))
    campaigns = sparse.csr_array(there, shape=(rows.y.size, rows.n_campaigns))
    if rows.y.size * (rows.x.shape[1] + rows.n_campaigns) <= SMALL:
        return np.hstack([rows.x, campaigns.toarray()])
    return sparse.hstack([sparse.csr_array(rows.x), campaigns], format="csr")


def _full(matrix: Any) -> Floats:
    return np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix)


def pool(rows: Rows, prior: Floats, start: Scales = Scales()) -> Pooled:
    """The effects and spreads behind the rows; `prior` (p, p) is what the effects are believed to vary by."""
    return _told(_Sums(rows, prior, _scales(rows, prior, start)))


def pool_counts(counts: Floats, expected: Floats, rows: Rows, prior: Floats, *, leaks: bool = False) -> Pooled:
    """The same of counts, (n,), of which so many were expected; the rows' own y and noise are not looked at.

    The scatter of rows stays in their noise: a line that followed each count would take its luck for scatter. With
    `leaks` a count more than `FARTHEST` usual deviations above its line is not heard; else it only bounds a step.
    """
    line = _start(counts, expected, rows)
    scales, found = Scales(), None
    for turn in range(MOST_ROUNDS):
        mean = np.maximum(expected * np.exp(np.clip(line, -_MOST_LOG, _MOST_LOG)), _LEAST)
        limit = FARTHEST * np.sqrt(1.0 / mean + rows.between + rows.scatter)
        off = (counts - mean) / mean
        noise = np.where(leaks & (off > limit), _NOTHING, 1.0 / mean)
        working = replace(rows, y=line + np.minimum(off, limit), noise=noise)
        found = pool(working, prior, scales) if turn < ROUNDS else _told(_Sums(working, prior, scales))
        moved, line, scales = float(np.abs(found.fitted - line).max()), found.fitted, found.scales
        if moved < SETTLED:
            break
    assert found is not None  # noqa: S101
    return found


def _start(counts: Floats, expected: Floats, rows: Rows) -> Floats:
    """Each creator's line by a gamma law of the usual spread: near where it will end, as Newton's steps overshoot."""
    most, spread = counts, np.exp(FARTHEST * np.sqrt(rows.between + rows.scatter))
    for _ in range(ROUNDS):
        level = (most.sum() + 0.5) / (expected.sum() + 0.5)
        most = np.minimum(counts, level * expected * spread + _SOME)
    came, due = (np.bincount(rows.creator, x)[rows.creator] for x in (most, level * expected))
    shape = 1.0 / np.expm1(np.maximum(rows.between, _LEAST))
    return np.asarray(np.log(level * (came + shape) / (due + shape)))


def _scales(rows: Rows, prior: Floats, start: Scales) -> Scales:
    usual = np.array([1.0, 1.0, CAMPAIGN_LOG_SD**2])
    free = np.array([True, True, rows.n_campaigns > 1])
    columns = _columns(rows)

    def scales(moved: Floats) -> Scales:
        log = np.zeros(3)
        log[free] = moved
        return Scales(*(usual * np.exp(log)).tolist())

    def cost(moved: Floats) -> float:
        unusual = float(((moved / np.array(SCALES_LOG_SD)[free]) ** 2).sum())
        return 0.5 * unusual - _likelihood(rows, _Sums(rows, prior, scales(moved), columns))

    first = np.log(np.array([start.between, start.scatter, start.campaign]) / usual)[free]
    options = {"ftol": 1e-6, "gtol": 0.01, "eps": 1e-4, "maxiter": 40}
    found = minimize(cost, first, method="L-BFGS-B", bounds=[(-FURTHEST, FURTHEST)] * first.size, options=options)
    return scales(found.x)


def _likelihood(rows: Rows, sums: _Sums) -> float:
    scatter = sums.scales.scatter
    return sums.factor[2] - 0.5 * float(rows.freedom * np.log(scatter) + rows.squares / scatter)


def _told(sums: _Sums) -> Pooled:
    mean, covariance, _ = sums.solved
    rows, p, drawn = sums.rows, sums.rows.x.shape[1], sums.drawn
    line = sums.columns @ mean
    own = drawn * sums.by_creator((rows.y - line) / sums.spread)
    usual = np.zeros((rows.n_creators, mean.size))
    usual[:, :p] = np.stack([sums.by_creator(column) for column in rows.x.T], axis=1)
    usual /= sums.by_creator(np.ones(rows.y.size))[:, None]
    open_ = usual - drawn[:, None] * _full(sums.sums)
    doubt = drawn + ((open_ @ covariance) * open_).sum(axis=1)
    return Pooled(
        mean[:p], covariance[:p, :p], sums.scales, usual @ mean + own, np.sqrt(doubt), line + own[rows.creator]
    )
