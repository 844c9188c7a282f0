"""Reverse-reachable sets by number: in waves where they are small, else one by one."""

import numpy as np
from numba import config, njit

from asterism.audience._kernels.arcs import Nodes
from asterism.audience._kernels.hashing import Ints
from asterism.audience._kernels.reverse import FULL, STRUCK, WEIGHTED, Arcs, Flags, Marks, generator_of, spread_back
from asterism.audience._kernels.waves import CROWDED, TOGETHER, Wave, gather, new_wave, spread_together

PROCESSORS = int(config.NUMBA_NUM_THREADS)
"""Processors that this process may use."""
ALONE = 8
"""Fewer sets than this are drawn one by one."""


@njit(cache=True)
def only_eligible(found: Nodes, begin: int, end: Ints, eligible: Flags) -> None:
    """The sets from `found[begin]` with their eligible members alone, moved up in place."""
    at, i = begin, begin
    for s in range(end.size):
        while i < end[s]:
            if eligible[found[i]]:
                found[at] = found[i]
                at += 1
            i += 1
        end[s] = at


@njit(cache=True)
def begin_wave(wave: Wave, seed: np.uint64, first: int, n_sets: int) -> None:
    """The generators of `n_sets` sets from number `first`, in the wave."""
    for s in range(n_sets):
        wave.state[s] = generator_of(seed, first + s)


@njit(cache=True)
def draw_one(arcs: Arcs, marks: Marks, state: np.uint64, end: Ints, found: Nodes, begin: int) -> int:
    """Whether the set was struck; its end in `end[0]`, its members in `found[begin:]`; `FULL` without room."""
    stopped = spread_back(arcs, marks, state, found, begin)
    if stopped == FULL:
        return FULL
    end[0] = begin if stopped == STRUCK else stopped
    return int(stopped == STRUCK)


@njit(cache=True, nogil=True)
def draw_sets(
    arcs: Arcs, marks: Marks, seed: np.uint64, first: int, end: Ints, found: Nodes, begin: int
) -> tuple[int, int]:
    """Sets `first`, `first + 1`, …, the i-th ending at `end[i]` of `found`; how many there was room for, and struck.

    `found` is filled from `begin`; a set that is struck takes no room; only eligible members are kept.
    """
    struck, at, i = 0, begin, 0
    wave, together = new_wave(), TOGETHER if arcs.rule == WEIGHTED else 1
    while i < end.size:
        n = min(together, end.size - i)
        if n < ALONE:
            n = 1
            new = draw_one(arcs, marks, generator_of(seed, first + i), end[i : i + 1], found, at)
            if new == FULL:
                return i, struck
        else:
            if at + CROWDED > found.size:
                return i, struck
            begin_wave(wave, seed, first + i, n)
            size = spread_together(wave, arcs, marks, n)
            if size < 0:
                together //= 2
                continue
            new = gather(wave, size, end[i : i + n], found, at)
            if 2 * size < CROWDED:
                together = min(2 * together, TOGETHER)
        struck += new
        if arcs.eligible.size > 0:
            only_eligible(found, at, end[i : i + n], arcs.eligible)
        i += n
        at = end[i - 1]
    return end.size, struck
