"""Reverse-reachable sets: who would activate a node, in one outcome of the cascade; twins in `tests/naive/cascade.py`.

Each set has its own generator, counted from the seed and the set's number, so no set depends on which thread drew it,
or when.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.audience._kernels.arcs import Nodes, Shares
from asterism.audience._kernels.hashing import S11, STEP, mixed

Bits = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

WEIGHTED, CONSTANT, EACH, CHAIN, CHAIN_EACH = 0, 1, 2, 3, 4
"""How arcs are live: cascade by 1 / in-degree, one chance, each arc's own; threshold by 1 / in-degree, each its own."""
MOST_LIVE = 64
"""Live arcs a node can have under 1 / in-degree: one more has a chance below 1e-89."""
FULL, STRUCK = -1, -2
UNIT = 1.0 / 9007199254740992.0


class Arcs(NamedTuple):
    """Rows of in-neighbours, and how they pass things on.

    `mass` (n,) is the running sum of weights by row, (0,) if all weigh the same; `eligible` (n,) marks the rows that
    can be seeds, (0,) if all can; `idle[d]` is the chance that none of d arcs is live under 1 / in-degree.
    """

    start: Nodes
    source: Nodes
    probability: Shares
    mass: Floats
    eligible: Flags
    idle: Floats
    rule: int


class Marks(NamedTuple):
    """One bit per row: `seen` by the set at hand, all 0 between sets; `stop`, where a set ends; (0,) if nowhere."""

    seen: Bits
    stop: Bits


@njit(cache=True)
def bit_at(bits: Bits, row: int) -> bool:
    """Whether a row's bit is set."""
    return bool((bits[row >> 3] >> (row & 7)) & 1)


@njit(cache=True)
def uniform(state: np.uint64) -> float:
    """A number in [0, 1) from a state of splitmix64."""
    return np.float64(mixed(state) >> S11) * UNIT


@njit(cache=True)
def root_of(arcs: Arcs, u: float) -> int:
    """The row at which the share `u` of all weight is passed."""
    n = arcs.start.size - 1
    if arcs.mass.size == 0:
        return int(u * n)
    wanted = u * arcs.mass[n - 1]
    low, high = 0, n - 1
    while low < high:
        middle = (low + high) >> 1
        if arcs.mass[middle] > wanted:
            high = middle
        else:
            low = middle + 1
    return low


@njit(cache=True)
def live_arcs(arcs: Arcs, degree: int, u: float) -> int:
    """How many of a node's arcs are live: Binomial(degree, 1 / degree) at the share `u`, by inversion; degree ≥ 2."""
    chance = arcs.idle[degree] if degree < arcs.idle.size else np.exp(degree * np.log1p(-1.0 / degree))
    live, odds = 0, 1.0 / (degree - 1)
    while u >= chance and live < degree and live < MOST_LIVE:
        u -= chance
        chance *= odds * (degree - live) / (live + 1)
        live += 1
    return live


@njit(cache=True)
def live_by_degree(arcs: Arcs, v: int, state: np.uint64, found: Nodes, at: int) -> tuple[int, np.uint64]:
    """Live in-neighbours written to `found[at:]`, each live with chance 1 / in-degree; their end, and the state.

    How many is `live_arcs`; which ones by Floyd's sampling without replacement.
    """
    first = np.int64(arcs.start[v])
    degree = np.int64(arcs.start[v + 1]) - first
    if degree == 1:
        found[at] = arcs.source[first]
        return at + 1, state
    state += STEP
    live = live_arcs(arcs, degree, uniform(state))
    end = at
    for last in range(degree - live, degree):
        state += STEP
        node = arcs.source[first + int(uniform(state) * (last + 1))]
        for i in range(at, end):
            if found[i] == node:
                node = arcs.source[first + last]
                break
        found[end] = node
        end += 1
    return end, state


@njit(cache=True)
def live_by_arc(arcs: Arcs, v: int, state: np.uint64, found: Nodes, at: int) -> tuple[int, np.uint64]:
    """Live in-neighbours written to `found[at:]`, each with its own chance; their end, and the state.

    Geometric skips at the largest chance left in the row, taken with the ratio to it: a row falls, so few are
    refused; Guo et al. (2020), doi:10.1145/3318464.3389740.
    """
    i, last = np.int64(arcs.start[v]), np.int64(arcs.start[v + 1])
    constant = arcs.rule == CONSTANT
    largest, slope, end = -1.0, 0.0, at
    while i < last:
        chance = np.float64(arcs.probability[0 if constant else i])
        if chance <= 0.0:
            break
        if chance != largest:
            largest = chance
            slope = 1.0 / np.log1p(-chance) if chance < 1.0 else 0.0
        state += STEP
        skip = np.log(1.0 - uniform(state)) * slope
        if skip >= last - i:
            break
        i += int(skip)
        taken = True
        if not constant and arcs.probability[i] < largest:
            state += STEP
            taken = uniform(state) * largest < arcs.probability[i]
        if taken:
            found[end] = arcs.source[i]
            end += 1
        i += 1
    return end, state


@njit(cache=True)
def live_in_chain(arcs: Arcs, v: int, state: np.uint64, found: Nodes, at: int) -> tuple[int, np.uint64]:
    """The one live in-neighbour of the threshold model, if any, written to `found[at]`; the end, and the state."""
    first, last = np.int64(arcs.start[v]), np.int64(arcs.start[v + 1])
    state += STEP
    u = uniform(state)
    if arcs.rule == CHAIN:
        i = first + int(u * (last - first))
    elif arcs.probability.size == 1:
        i = min(first + int(u / max(arcs.probability[0], 1e-30)), last)
    else:
        i, passed = first, np.float64(arcs.probability[first])
        while i < last and u >= passed:
            i += 1
            if i < last:
                passed += arcs.probability[i]
    if i < last:
        found[at] = arcs.source[i]
        return at + 1, state
    return at, state


@njit(cache=True)
def spread_back(arcs: Arcs, marks: Marks, state: np.uint64, found: Nodes, begin: int) -> int:
    """The end of one set written to `found[begin:]` breadth first; `STRUCK` at a stop, `FULL` without room."""
    seen, stop = marks.seen, marks.stop
    state += STEP
    root = root_of(arcs, uniform(state))
    if stop.size > 0 and bit_at(stop, root):
        return STRUCK
    if begin >= found.size:
        return FULL
    found[begin] = root
    seen[root >> 3] |= np.uint8(1 << (root & 7))
    at, head, outcome = begin + 1, begin, 0
    while head < at and outcome == 0:
        v = np.int64(found[head])
        head += 1
        degree = np.int64(arcs.start[v + 1]) - np.int64(arcs.start[v])
        if degree == 0:
            continue
        most = MOST_LIVE if arcs.rule == WEIGHTED and degree > MOST_LIVE else degree
        if at + most > found.size:
            outcome = FULL
            break
        if arcs.rule == WEIGHTED:
            end, state = live_by_degree(arcs, v, state, found, at)
        elif arcs.rule <= EACH:
            end, state = live_by_arc(arcs, v, state, found, at)
        else:
            end, state = live_in_chain(arcs, v, state, found, at)
        for i in range(at, end):
            u = np.int64(found[i])
            if bit_at(seen, u):
                continue
            if stop.size > 0 and bit_at(stop, u):
                outcome = STRUCK
                break
            seen[u >> 3] |= np.uint8(1 << (u & 7))
            found[at] = u
            at += 1
    for i in range(begin, at):
        seen[found[i] >> 3] = 0
    return outcome if outcome != 0 else at


@njit(cache=True)
def generator_of(seed: np.uint64, number: int) -> np.uint64:
    """The first state of the generator of set `number`."""
    return np.uint64(mixed(mixed(seed + STEP) ^ (np.uint64(number) * STEP + STEP)))
