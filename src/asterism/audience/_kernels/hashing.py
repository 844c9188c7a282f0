"""Ids as hashes, grouped by creator and matched with a panel; twins in `tests/naive/audience.py`."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Columns = NDArray[np.int32]

# The constants of splitmix64, whose output passes the usual batteries of tests; see Steele, Lea and Flood (2014),
# doi:10.1145/2660193.2660195.
STEP = np.uint64(0x9E3779B97F4A7C15)
MIX_A = np.uint64(0xBF58476D1CE4E5B9)
MIX_B = np.uint64(0x94D049BB133111EB)
S11, S27, S30, S31 = np.uint64(11), np.uint64(27), np.uint64(30), np.uint64(31)


@njit(cache=True)
def mixed(x: np.uint64) -> np.uint64:
    """The number stirred by splitmix64's finaliser: one to one, and every bit depends on all."""
    x = (x ^ (x >> S30)) * MIX_A
    x = (x ^ (x >> S27)) * MIX_B
    return x ^ (x >> S31)


@njit(cache=True)
def hashed_numbers(ids: Hashes, seed: np.uint64) -> Hashes:
    """One hash per id: splitmix64 of the id and the seed, one to one, so two ids never meet."""
    salt = mixed(seed + STEP)
    found = np.empty(ids.size, np.uint64)
    for i in range(ids.size):
        found[i] = mixed((ids[i] ^ salt) + STEP)
    return found


@njit(cache=True)
def hashed_text(offset: Ints, letters: Bytes, seed: np.uint64) -> Hashes:
    """One hash per text `letters[offset[i]:offset[i + 1]]`, folded in eight bytes at a time, and its length."""
    salt = mixed(seed + STEP)
    found = np.empty(offset.size - 1, np.uint64)
    for i in range(offset.size - 1):
        folded = salt ^ np.uint64(offset[i + 1] - offset[i])
        for at in range(offset[i], offset[i + 1], 8):
            word = np.uint64(0)
            for j in range(min(8, offset[i + 1] - at)):
                word |= np.uint64(letters[at + j]) << np.uint64(8 * j)
            folded = mixed((folded ^ word) + STEP)
        found[i] = mixed(folded + STEP)
    return found


@njit(cache=True)
def grouped(hashes: Hashes, creator: Columns, n_creators: int) -> tuple[Ints, Hashes]:
    """The hashes by creator, in the order given: a counting sort."""
    begin = np.zeros(n_creators + 1, np.int64)
    for i in range(creator.size):
        begin[creator[i] + 1] += 1
    for c in range(n_creators):
        begin[c + 1] += begin[c]
    free = begin[:-1].copy()
    by_creator = np.empty(hashes.size, np.uint64)
    for i in range(hashes.size):
        by_creator[free[creator[i]]] = hashes[i]
        free[creator[i]] += 1
    return begin, by_creator


@njit(cache=True)
def distinct(begin: Ints, hashes: Hashes) -> tuple[Ints, Hashes]:
    """The sorted hashes of each creator without repetitions, moved up in place."""
    kept = np.zeros(begin.size, np.int64)
    free = 0
    for c in range(begin.size - 1):
        for i in range(begin[c], begin[c + 1]):
            if i == begin[c] or hashes[i] != hashes[i - 1]:
                # a write never overtakes the read of hashes[i - 1]: free ≤ i, and equal only while nothing repeated
                hashes[free] = hashes[i]
                free += 1
        kept[c + 1] = free
    return kept, hashes[:free]


@njit(cache=True)
def links_to(panel: Hashes, begin: Ints, hashes: Hashes) -> tuple[Ints, Columns]:
    """By creator, the positions in the sorted `panel` of those of its people who are in it.

    Hashes are uniform, so the leading bits say where in the panel to look: about one comparison a link.
    """
    bits = 1
    while bits < 30 and (1 << bits) < panel.size:
        bits += 1
    shift = np.uint64(64 - bits)
    first = np.zeros((1 << bits) + 1, np.int64)
    for p in range(panel.size):
        first[np.int64(panel[p] >> shift) + 1] += 1
    for b in range(1 << bits):
        first[b + 1] += first[b]
    start = np.zeros(begin.size, np.int64)
    person = np.empty(hashes.size, np.int32)
    free = 0
    for c in range(begin.size - 1):
        for i in range(begin[c], begin[c + 1]):
            at = first[np.int64(hashes[i] >> shift)]
            while at < panel.size and panel[at] < hashes[i]:
                at += 1
            if at < panel.size and panel[at] == hashes[i]:
                person[free] = at
                free += 1
        start[c + 1] = free
    return start, person[:free].copy()
