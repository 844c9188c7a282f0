"""Weights that make a sample of people agree with what is known: every creator's audience size."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, cg

Floats = NDArray[np.float64]

BOUND: Final = 5.0
"""No weight moves by more than this factor: sizes that contradict the ids must not make anyone a crowd."""

STEPS: Final = 60
CLOSE: Final = 1e-9  # of the audience sizes: far below one person
CERTAIN: Final = 1 + 1e-12  # a weight up to here belongs to somebody whose presence was no accident


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The dual problem: people drawn one by one, each with chance 1 − exp(−(offset + links · λ))."""

    links: csr_array
    offset: Floats
    sizes: Floats

    def gap(self, level: Floats) -> Floats:
        """By how much the audiences exceed their sizes: the gradient of a concave function of λ."""
        return np.asarray(self.links.T @ self.weight(level) - self.sizes)

    def weight(self, level: Floats) -> Floats:
        return np.asarray(1.0 / -np.expm1(-level))

    def direction(self, level: Floats, gap: Floats) -> Floats:
        """Newton's direction by conjugate gradients: no matrix of creators × creators is ever built."""
        weight = self.weight(level)
        curve = weight * (weight - 1.0)
        tiny = 1e-9 * self.sizes  # creators with the same people have no single answer
        diagonal = self.links.T @ curve + tiny
        shape = (diagonal.size, diagonal.size)
        hessian = LinearOperator(shape, lambda v: self.links.T @ (curve * (self.links @ v)) + tiny * v, dtype=float)
        scale = LinearOperator(shape, lambda v: v / diagonal, dtype=float)
        return np.asarray(cg(hessian, gap, rtol=1e-4, maxiter=200, M=scale)[0])


def _solve(problem: _Drawn, dual: Floats) -> Floats:
    """The weights at the λ where the audiences have their sizes, or as near as damped Newton steps come."""
    level = np.asarray(problem.offset + problem.links @ dual)
    gap = problem.gap(level)
    for _ in range(STEPS):
        if np.all(np.abs(gap) <= CLOSE * problem.sizes):
            break
        direction = problem.direction(level, gap)
        level, length = _ascend(problem, level, direction, gap)
        gap = problem.gap(level)
        if not length:
            break
    return problem.weight(level)


def _ascend(problem: _Drawn, level: Floats, direction: Floats, gap: Floats) -> tuple[Floats, float]:
    """The first of ever shorter steps that stays in the domain and does not overshoot; its length, 0 if none.

    Judged by slopes: the values themselves are sums over so many people that they cannot tell the last steps apart.
    """
    climb, slope, length = problem.links @ direction, float(gap @ direction), 1.0
    while length > 1e-9:
        tried = level + length * climb
        if tried.min() > 0 and float(problem.gap(tried) @ direction) >= -0.5 * slope:
            return tried, length
        length /= 2
    return level, 0.0


def calibrate(links: csr_array, weight: Floats, sizes: Floats) -> Floats:
    """Weights near `weight` under which each creator's people add up to its size.

    People were drawn one by one with chances 1/weight; the chance is corrected to 1 − (1 − 1/weight) · exp(−Σ λ_c)
    over the creators c a person follows, with λ such that `linksᵀ · result = sizes`. To first order this is the
    regression estimator of least variance under Poisson sampling; weights stay ≥ 1 and people drawn for certain keep
    theirs. Sizes that contradict the ids are met as nearly as a change by `BOUND` allows.

    Parameters
    ----------
    links
        People × creators, ones, shape (n_people, n_creators).
    weight
        1 / chance of having been drawn, ≥ 1, shape (n_people,).
    sizes
        Known audience sizes in people, shape (n_creators,).

    References
    ----------
    Deville and Särndal (1992), Calibration estimators in survey sampling, doi:10.1080/01621459.1992.10475217.
    Montanari (1987), Post-sampling efficient QR-prediction in large-sample surveys, Zbl 0624.62016: the regression of
    least variance for a given way of drawing.
    """
    free = weight > CERTAIN
    if not free.any():
        return weight
    movable, start = links[free], weight[free]
    least = movable.sum(axis=0)
    loose = least > 0  # a creator all of whose people are certain has nothing left to calibrate
    rest = np.maximum(sizes - links[~free].T @ weight[~free], least)[loose]
    problem = _Drawn(movable[:, loose], -np.log1p(-1.0 / start), rest)
    found = weight.copy()
    found[free] = np.clip(_solve(problem, np.zeros(rest.size)), start / BOUND, start * BOUND)
    return np.maximum(found, 1.0)


def follower_weights(links: csr_array, sizes: Floats, complete: NDArray[np.bool_]) -> Floats:
    """How many people each sampled follower stands for, when only a part of the followers was sampled.

    Assumes that each follower of creator c was drawn with one chance f_c, independently, and that everything else a
    drawn person follows is known. Then a person was drawn with chance π_p = 1 − Π_c (1 − f_c), and the f_c are those
    under which Σ 1 / π_p adds up to every size: as many equations as unknowns, one concave problem. It is at once the
    Horvitz–Thompson estimate and its calibration: any other starting f_c would end in the same weights.

    Parameters
    ----------
    links
        People × creators, ones, shape (n_people, n_creators).
    sizes
        Audience sizes in people, shape (n_creators,).
    complete
        Creators all of whose people are given: their people weigh 1, shape (n_creators,).
    """
    weight = np.ones(links.shape[0])
    sampled = links @ complete.astype(float) == 0
    if not sampled.any():
        return weight
    partly = links[sampled][:, ~complete]
    given = partly.sum(axis=0)
    loose = given > 0
    known = links[~sampled].sum(axis=0)[~complete]
    target = np.maximum(sizes[~complete] - known, given)[loose]
    # inside the domain, and near: everybody's fraction as if creators shared nobody
    fraction = np.clip(given[loose] / target, 1e-12, 0.99)
    problem = _Drawn(partly[:, loose], np.zeros(partly.shape[0]), target)
    weight[sampled] = _solve(problem, fraction)
    return weight
