"""Cells of a text, spans (n, 2) of its bytes, numbered by what they say in an open hash table."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Cells = NDArray[np.int64]
Numbers = NDArray[np.int64]


@njit(cache=True, nogil=True)
def hash_of(text: Bytes, begin: int, end: int) -> np.uint64:
    """FNV-1a over the bytes of a cell, its high bits folded into the low ones that find the place."""
    state = np.uint64(14695981039346656037)
    for at in range(begin, end):
        state = (state ^ np.uint64(text[at])) * np.uint64(1099511628211)
    return state ^ (state >> np.uint64(32))


@njit(cache=True, nogil=True)
def same_cell(text: Bytes, begin: int, end: int, other: int, other_end: int) -> bool:
    """Whether two cells hold the same bytes."""
    length, i = end - begin, 0
    if other_end - other != length:
        return False
    while i < length and text[begin + i] == text[other + i]:
        i += 1
    return i == length


@njit(cache=True, nogil=True)
def number_names(text: Bytes, cells: Cells, places: Numbers, names: Cells, n_names: int, out: Numbers) -> int:
    """How many names are known after these cells; `out` gets the number of each, by first appearance.

    `places` is an open hash table of numbers, −1 where free, a power of two and larger than all names can fill;
    `names` (room, 2) is where each name first stands.
    """
    mask = places.size - 1
    for i in range(cells.shape[0]):
        begin, end = cells[i, 0], cells[i, 1]
        at = np.int64(hash_of(text, begin, end) & np.uint64(mask))
        while places[at] >= 0:
            known = places[at]
            if same_cell(text, begin, end, names[known, 0], names[known, 1]):
                break
            at = (at + 1) & mask
        if places[at] < 0:
            places[at] = n_names
            names[n_names, 0] = begin
            names[n_names, 1] = end
            n_names += 1
        out[i] = places[at]
    return n_names


@njit(cache=True, nogil=True)
def place_names(text: Bytes, names: Cells, n_names: int, places: Numbers) -> None:
    """Put every known name into an empty, larger hash table."""
    mask = places.size - 1
    for known in range(n_names):
        at = np.int64(hash_of(text, names[known, 0], names[known, 1]) & np.uint64(mask))
        while places[at] >= 0:
            at = (at + 1) & mask
        places[at] = known
