"""Many reverse-reachable sets at once, wave by wave: the same sets as one by one, with the waits for memory shared.

A set alone waits for memory at every node. Here each step runs over a whole wave: where the rows lie, which arcs are
live, who is at their other end, who is new. Each is a loop whose reads do not depend on each other.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from asterism.audience._kernels.arcs import Nodes
from asterism.audience._kernels.hashing import STEP, Hashes, Ints
from asterism.audience._kernels.reverse import MOST_LIVE, Arcs, Flags, Marks, bit_at, live_arcs, root_of, uniform

TOGETHER = 512
"""Sets in a wave at most: their members stay in the processor's cache."""
TABLE_BITS = 15
CROWDED = 1 << (TABLE_BITS - 1)
SHIFT = np.uint64(64 - TABLE_BITS)
S32 = np.uint64(32)


class Wave(NamedTuple):
    """Room for the sets under way: each set's generator, whether it was struck and how many members it has; members'
    rows and sets; where the row of each starts and how long it is; arcs picked and whose; the table of members known.
    """

    state: Hashes
    struck: Flags
    size: Ints
    node: Nodes
    owner: Nodes
    first: Ints
    degree: Ints
    arc: Ints
    picker: Nodes
    known: Hashes


@njit(cache=True)
def new_wave() -> Wave:
    """Room for `TOGETHER` sets of `CROWDED` members in all."""
    return Wave(
        np.empty(TOGETHER, np.uint64),
        np.empty(TOGETHER, np.bool_),
        np.empty(TOGETHER, np.int64),
        np.empty(CROWDED, np.uint32),
        np.empty(CROWDED, np.uint32),
        np.empty(CROWDED, np.int64),
        np.empty(CROWDED, np.int64),
        np.empty(4 * CROWDED, np.int64),
        np.empty(4 * CROWDED, np.uint32),
        np.empty(1 << TABLE_BITS, np.uint64),
    )


@njit(cache=True)
def is_new(known: Hashes, owner: int, node: int) -> bool:
    """Whether a row is new to a set; from now on it is not."""
    key = (np.uint64(owner + 1) << S32) | np.uint64(node)
    at = np.int64((key * STEP) >> SHIFT)
    while known[at] != 0:
        if known[at] == key:
            return False
        at = (at + 1) & ((1 << TABLE_BITS) - 1)
    known[at] = key
    return True


@njit(cache=True)
def pick_live(wave: Wave, arcs: Arcs, begin: int, end: int) -> int:
    """How many arcs are live into members `begin` to `end`, each with chance 1 / in-degree; −1 without room.

    Draws as `reverse.live_by_degree` does, arc for arc.
    """
    n = 0
    for i in range(begin, end):
        s, degree, first = wave.owner[i], wave.degree[i], wave.first[i]
        if degree == 0 or wave.struck[s]:
            continue
        if n + MOST_LIVE > wave.arc.size:
            return -1
        if degree == 1:
            wave.arc[n], wave.picker[n] = first, s
            n += 1
            continue
        state = wave.state[s] + STEP
        live = live_arcs(arcs, degree, uniform(state))
        mine = n
        for last in range(degree - live, degree):
            state += STEP
            arc = first + int(uniform(state) * (last + 1))
            for j in range(mine, n):
                if wave.arc[j] == arc:
                    arc = first + last
                    break
            wave.arc[n], wave.picker[n] = arc, s
            n += 1
        wave.state[s] = state
    return n


@njit(cache=True)
def spread_together(wave: Wave, arcs: Arcs, marks: Marks, n_sets: int) -> int:
    """Members of all sets whose generators stand in `wave.state`; −1 if there are too many to be drawn together."""
    wave.known[:] = 0
    size = 0
    for s in range(n_sets):
        wave.state[s] += STEP
        wave.node[s] = root_of(arcs, uniform(wave.state[s]))
        wave.size[s] = 0
    for s in range(n_sets):
        wave.struck[s] = marks.stop.size > 0 and bit_at(marks.stop, wave.node[s])
        if not wave.struck[s]:
            wave.node[size], wave.owner[size] = wave.node[s], s
            wave.size[s] = 1
            is_new(wave.known, s, wave.node[size])
            size += 1
    begin = 0
    while begin < size:
        for i in range(begin, size):
            wave.first[i] = arcs.start[wave.node[i]]
            wave.degree[i] = np.int64(arcs.start[wave.node[i] + 1]) - wave.first[i]
        n = pick_live(wave, arcs, begin, size)
        if n < 0 or size + n > CROWDED:
            return -1
        for j in range(n):
            wave.arc[j] = arcs.source[wave.arc[j]]
        begin = size
        for j in range(n):
            s, node = int(wave.picker[j]), int(wave.arc[j])
            if wave.struck[s]:
                continue
            if marks.stop.size > 0 and bit_at(marks.stop, node):
                wave.struck[s] = True
            elif is_new(wave.known, s, node):
                wave.node[size], wave.owner[size] = node, s
                wave.size[s] += 1
                size += 1
    return size


@njit(cache=True)
def gather(wave: Wave, size: int, end: Ints, found: Nodes, begin: int) -> int:
    """How many sets were struck; the members of the others written to `found[begin:]` set by set, ending at `end`."""
    at, struck = np.int64(begin), 0
    for s in range(end.size):
        members = np.int64(0) if wave.struck[s] else wave.size[s]
        struck += wave.struck[s]
        wave.size[s] = at
        at += members
        end[s] = at
    for i in range(size):
        s = wave.owner[i]
        if not wave.struck[s]:
            found[wave.size[s]] = wave.node[i]
            wave.size[s] += 1
    return struck
