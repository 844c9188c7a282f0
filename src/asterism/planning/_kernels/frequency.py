"""How many people a set of offers exposes at least once, twice and so on, draw by draw."""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from asterism.planning._kernels.exposure import expose, exposure_profile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, parallel=True)
def drawn_frequency(
    begin: Ints, where: Ints, chance: Floats, worth: Floats, variant: Ints, exposures: Floats, posts: Ints, top: int
) -> Floats:
    """Worth of people with at least 1, 2 … `top` exposures in each draw, shape (n_draws, top).

    `worth` (n_variants, n_people) is what a person counts in each variant, `variant` (n_draws,) the variant a draw
    believes, `exposures` (n_draws, n_chosen) the mean number of an offer's `posts` that a member sees.
    """
    out = np.zeros((variant.size, top))
    for r in prange(variant.size):
        profile = np.empty((posts.size, top))
        for o in range(posts.size):
            exposure_profile(posts[o], exposures[r, o] / posts[o], profile[o])
        exactly = np.empty(top)
        for p in range(begin.size - 1):
            counts = worth[variant[r], p]
            if counts == 0.0:
                continue
            exactly[:] = 0.0
            exactly[0] = 1.0
            most = 1  # how many exposures, 0 among them, are possible so far: the rest stays 0 and is left alone
            for i in range(begin[p], begin[p + 1]):
                most = min(most + posts[where[i]], top)
                expose(exactly[:most], chance[i], profile[where[i], :most])
            more = 1.0
            for n in range(top):
                more -= exactly[n]
                out[r, n] += counts * max(more, 0.0)
    return out
