"""Compiled loops over CSR links; each has its plain twin in `tests/naive/audience.py`."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Columns = NDArray[np.int32]
Floats = NDArray[np.float64]


@njit(cache=True)
def transposed(start: Ints, link: Columns, chance: Floats, n_creators: int) -> tuple[Ints, Columns, Floats]:
    """The links by creator instead of by person: a counting sort, people ascending within a creator."""
    begin = np.zeros(n_creators + 1, np.int64)
    for i in range(link.size):
        begin[link[i] + 1] += 1
    for c in range(n_creators):
        begin[c + 1] += begin[c]
    free = begin[:-1].copy()
    person = np.empty(link.size, np.int32)
    by_creator = np.empty(link.size, np.float64)
    for p in range(start.size - 1):
        for i in range(start[p], start[p + 1]):
            slot = free[link[i]]
            person[slot] = p
            by_creator[slot] = chance[i]
            free[link[i]] = slot + 1
    return begin, person, by_creator
