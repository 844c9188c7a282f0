"""Pooling: effects, and spreads between creators, campaigns and posts, from few results of each.

A log ratio of what came to what was believed is y = x·β + u(creator) + v(campaign) + e, with β ~ N(0, S),
u ~ N(0, t²·between), v ~ N(0, w²), e ~ N(0, noise + f²·scatter). Given the three scales everything is linear; they are
found where the likelihood, β, u and v integrated out, times their own prior is highest. Counts are Poisson around such
a line and made normal around their fit, again and again. Morris 1983, doi:10.1080/01621459.1983.10477920; Breslow &
Clayton 1993, doi:10.1080/01621459.1993.10594284.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
STEP: Final = -0.7
"""First step of the search for scales, in log variance."""
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
    """The rows' sums under given scales: everything the likelihood and the effects need."""

    rows: Rows
    prior: Floats
    scales: Scales

    @cached_property
    def spread(self) -> Floats:
        """Variance of each row around its creator's line, (n,)."""
        return self.rows.noise + self.scales.scatter * self.rows.scatter + _LEAST

    @cached_property
    def columns(self) -> Floats:
        """Effects sought and campaigns side by side, (n, p + n_campaigns)."""
        rows = self.rows
        inside = (rows.campaign[:, None] == np.arange(rows.n_campaigns)).astype(float)
        return np.concatenate([rows.x, inside], axis=1)

    @cached_property
    def variance(self) -> Floats:
        """Variance between creators, of each creator, (n_creators,)."""
        usual = np.zeros(self.rows.n_creators)
        usual[self.rows.creator] = self.rows.between
        return self.scales.between * usual

    def by_creator(self, values: Floats) -> Floats:
        """Sums of rows per creator, (n_creators, …)."""
        n, flat = self.rows.n_creators, values.reshape(values.shape[0], -1)
        sums = [np.bincount(self.rows.creator, column, minlength=n) for column in flat.T]
        return np.asarray(np.stack(sums, axis=1).reshape(n, *values.shape[1:]), dtype=np.float64)

    @cached_property
    def weight(self) -> Floats:
        """Precision of each creator's rows together, (n_creators,)."""
        return self.by_creator(1.0 / self.spread)

    @cached_property
    def solved(self) -> tuple[Floats, Floats, float]:
        """Mean and covariance of all effects, and log likelihood without the scales' own prior."""
        z = np.column_stack([self.columns, self.rows.y])
        weighted = z / self.spread[:, None]
        sums, drawn = self.by_creator(weighted), self.variance / (1.0 + self.variance * self.weight)
        cross = z.T @ weighted - (sums * drawn[:, None]).T @ sums
        inverse = self._precision
        precision = cross[:-1, :-1] + inverse
        covariance = np.asarray(np.linalg.inv(precision), dtype=np.float64)
        mean = np.asarray(covariance @ cross[:-1, -1])
        quadratic = cross[-1, -1] - cross[:-1, -1] @ mean
        volume = np.log(self.spread).sum() + np.log1p(self.variance * self.weight).sum()
        volume += np.linalg.slogdet(precision)[1] - np.linalg.slogdet(inverse)[1]
        return mean, covariance, -0.5 * float(volume + quadratic)

    @property
    def _precision(self) -> Floats:
        p, k = self.rows.x.shape[1], self.rows.n_campaigns
        whole = np.zeros((p + k, p + k))
        whole[:p, :p] = np.linalg.inv(self.prior)
        whole[range(p, p + k), range(p, p + k)] = 1.0 / self.scales.campaign
        return whole


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
    from scipy.optimize import minimize

    usual = np.array([1.0, 1.0, CAMPAIGN_LOG_SD**2])
    free = np.array([True, True, rows.n_campaigns > 1])

    def cost(moved: Floats) -> float:
        log = np.zeros(3)
        log[free] = moved
        unusual = float(((log / SCALES_LOG_SD)[free] ** 2).sum())
        return 0.5 * unusual - _likelihood(rows, prior, Scales(*(usual * np.exp(log)).tolist()))

    first = np.log(np.array([start.between, start.scatter, start.campaign]) / usual)[free]
    simplex = np.vstack([first, first + np.diag(np.full(first.size, STEP))])
    options = {"initial_simplex": simplex, "xatol": 0.05, "fatol": 0.02, "maxfev": 120}
    found = minimize(cost, first, method="Nelder-Mead", options=options)
    log = np.zeros(3)
    log[free] = found.x
    return Scales(*(usual * np.exp(log)).tolist())


def _likelihood(rows: Rows, prior: Floats, scales: Scales) -> float:
    within = rows.freedom * np.log(scales.scatter) + rows.squares / scales.scatter
    return _Sums(rows, prior, scales).solved[2] - 0.5 * float(within)


def _told(sums: _Sums) -> Pooled:
    mean, covariance, _ = sums.solved
    rows, p = sums.rows, sums.rows.x.shape[1]
    rest = rows.y - sums.columns @ mean
    drawn = sums.variance / (1.0 + sums.variance * sums.weight)
    own = drawn * sums.by_creator(rest / sums.spread)
    fitted = sums.columns @ mean + own[rows.creator]
    usual = sums.by_creator(np.pad(rows.x, ((0, 0), (0, rows.n_campaigns))))
    usual /= np.bincount(rows.creator, minlength=rows.n_creators)[:, None]
    open_ = usual - drawn[:, None] * sums.by_creator(sums.columns / sums.spread[:, None])
    doubt = drawn + np.einsum("ij,jk,ik->i", open_, covariance, open_)
    return Pooled(mean[:p], covariance[:p, :p], sums.scales, usual @ mean + own, np.sqrt(doubt), fitted)
