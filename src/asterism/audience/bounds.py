"""What logic alone says of a union: no model can put it lower or higher."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree

Floats = NDArray[np.float64]


def de_caen(sizes: Floats, shared: Floats) -> float:
    """Least people in a union of audiences: Σ_i s_i² / (s_i + Σ_{j≠i} o_ij).

    `sizes` (n,) people; `shared` (n, n) people in both, its diagonal ignored. A pair known only to be at most some
    number enters with that number, which keeps the bound valid.

    References
    ----------
    de Caen (1997), A lower bound on the probability of a union, theorem 1, doi:10.1016/S0012-365X(96)00107-0.
    """
    there = sizes > 0
    beside = _off_diagonal(shared)[there].sum(axis=1)
    return float((sizes[there] ** 2 / (sizes[there] + beside)).sum())


def dawson_sankoff(sizes: Floats, shared: Floats) -> float:
    """Least people in a union of audiences, from the sums of sizes S₁ and of pairs S₂ alone.

    2 S₁ / (k + 1) − 2 S₂ / (k (k + 1)) with k = 1 + ⌊2 S₂ / S₁⌋; arguments as in `de_caen`.

    References
    ----------
    Dawson & Sankoff (1967), An inequality for probabilities, Proceedings of the AMS 18, 504–507.
    """
    singles, pairs = float(sizes.sum()), float(_off_diagonal(shared).sum()) / 2
    if singles <= 0:
        return 0.0
    k = 1 + int(2 * pairs // singles)
    return 2 * singles / (k + 1) - 2 * pairs / (k * (k + 1))


def lower(sizes: Floats, shared: Floats) -> float:
    """Least people in a union: the best of de Caen, Dawson–Sankoff and the largest audience.

    >>> lower(np.array([100.0, 100.0]), np.array([[0.0, 50.0], [50.0, 0.0]]))
    150.0
    """
    return max(de_caen(sizes, shared), dawson_sankoff(sizes, shared), float(sizes.max(initial=0.0)))


def upper(sizes: Floats, shared: Floats) -> float:
    """Most people in a union: the sum of sizes less the heaviest spanning tree of overlaps.

    A pair that is not known enters as 0, which keeps the bound valid.

    >>> upper(np.array([100.0, 100.0, 10.0]), np.array([[0.0, 50.0, 0.0], [50.0, 0.0, 4.0], [0.0, 4.0, 0.0]]))
    156.0

    References
    ----------
    Hunter (1976), doi:10.2307/3212481; Worsley (1982), doi:10.1093/biomet/69.2.297.
    """
    tree = minimum_spanning_tree(-_off_diagonal(np.maximum(shared, 0.0)))
    return float(sizes.sum() + tree.sum())


def _off_diagonal(shared: Floats) -> Floats:
    return np.where(np.eye(len(shared), dtype=bool), 0.0, shared)
