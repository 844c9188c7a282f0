"""`ByCreator`: the same links seen from the creators, which is how a planner asks for them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.audience._kernels import transposed
from asterism.audience.incidence import Incidence


@dataclass(frozen=True, slots=True)
class ByCreator:
    """CSC: creator c reaches `person[i]` with chance `chance[i]` for `start[c] ≤ i < start[c + 1]`.

    Parameters
    ----------
    start
        int64 (n_creators + 1,).
    person
        Sampled people, int32 (n_links,), ascending within a creator.
    chance
        float64 (n_links,).
    """

    start: NDArray[np.int64]
    person: NDArray[np.int32]
    chance: NDArray[np.float64]


def transpose(samples: Incidence) -> ByCreator:
    """The links of `samples` by creator, in one counting sort: O(links)."""
    return ByCreator(*transposed(samples.start, samples.link, samples.chance, samples.n_creators))
