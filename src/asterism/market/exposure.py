"""How many of a creator's posts one follower sees: beta-binomial, so that reach and frequency agree."""

from math import comb, lgamma

import numpy as np
from numpy.typing import NDArray


def times_seen(posts: int, exposures: float) -> NDArray[np.float64]:
    """Chance of seeing exactly 0, 1 … `posts` posts, (posts + 1,), when `exposures` are seen on average.

    Beta-binomial(posts, 1, (1 − r) / r) with r = exposures / posts, the assumption of docs/decisions/001.

    >>> times_seen(1, 0.2).round(3).tolist()
    [0.8, 0.2]
    >>> float((1 - times_seen(3, 0.6)[0]).round(3))
    0.429
    """
    rate = min(max(exposures / posts, 1e-12), 1 - 1e-12)
    beta = (1 - rate) / rate
    whole = lgamma(1 + beta + posts) - lgamma(1 + beta) + lgamma(beta)
    logs = [lgamma(k + 1) + lgamma(posts - k + beta) - whole for k in range(posts + 1)]
    return np.array([comb(posts, k) for k in range(posts + 1)]) * np.exp(logs)
