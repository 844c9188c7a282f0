"""Greedy cover of reverse-reachable sets under a budget, and what no choice could exceed; twins in `tests/naive/`."""

from typing import NamedTuple

import numpy as np
from numba import njit

from asterism.audience._kernels.arcs import Nodes
from asterism.audience._kernels.hashing import Ints
from asterism.audience._kernels.reverse import Flags, Floats


class Spots(NamedTuple):
    """Rows seen in sets, in order of first sight: a row's spot + 1 or 0, (n,); a spot's row; its sets; how many rows
    are in c sets or more."""

    of_row: Nodes
    row: Nodes
    times: Nodes
    at_least: Ints


class Links(NamedTuple):
    """Candidates' rows, ascending, and the sets each is in: candidate c in `inside[first[c]:first[c + 1]]`."""

    row: Nodes
    first: Ints
    inside: Nodes


class Terms(NamedTuple):
    """What candidates cost, (n_candidates,), (0,) if 1 each; what any set may cost and hold; what is left of both for
    picks, after those made already; and the best gain per cost of any row that is no candidate."""

    price: Floats
    budget: float
    most: int
    left: float
    places: int
    outside: float


READ_AHEAD = 512
"""Members whose spots are looked up ahead of being counted."""


@njit(cache=True)
def tally(found: Nodes, spots: Spots, n_spots: int) -> int:
    """How many rows were seen so far; members become spots, in place, and are counted."""
    ahead, known = 0, 0
    for i in range(found.size):
        if i == ahead:  # a loop of reads alone waits for many at once; the one that branches then finds them near
            ahead = min(i + READ_AHEAD, found.size)
            for j in range(i, ahead):
                known += spots.of_row[found[j]]
        v = found[i]
        spot = spots.of_row[v]
        if spot == 0:
            spots.row[n_spots] = v
            n_spots += 1
            spot = n_spots
            spots.of_row[v] = spot
            spots.times[spot - 1] = 0
        found[i] = spot - 1
        count = spots.times[spot - 1] + 1
        spots.times[spot - 1] = count
        spots.at_least[count] += 1
    spots.at_least[0] = known  # of no use, but without one the reads ahead would be left out
    return n_spots


@njit(cache=True)
def linked(found: Nodes, end: Ints, spots: Spots, n_spots: int, least: int) -> Links:
    """The sets of each row counted `least` times or more."""
    slot = np.zeros(n_spots, np.uint32)
    n = 0
    for spot in range(n_spots):
        n += spots.times[spot] >= least
    row, chosen = np.empty(n, np.uint32), np.empty(n, np.uint32)
    n = 0
    for spot in range(n_spots):
        if spots.times[spot] >= least:
            row[n], chosen[n] = spots.row[spot], spot
            n += 1
    order = np.argsort(row)
    first = np.zeros(n + 1, np.int64)
    for c in range(n):
        spot = chosen[order[c]]
        slot[spot] = c + 1
        first[c + 1] = first[c] + spots.times[spot]
    free = first[:-1].copy()
    inside = np.empty(first[n], np.uint32)
    i = 0
    for s in range(end.size):
        while i < end[s]:
            c = slot[found[i]]
            if c > 0:
                inside[free[c - 1]] = s
                free[c - 1] += 1
            i += 1
    return Links(row[order], first, inside)


@njit(cache=True)
def gain_of(links: Links, covered: Flags, c: int) -> int:
    """Sets that candidate c would cover more."""
    gain = 0
    for i in range(links.first[c], links.first[c + 1]):
        gain += not covered[links.inside[i]]
    return gain


@njit(cache=True)
def best_to_come(gain: Ints, terms: Terms) -> float:
    """What no permitted set could cover beyond the sets covered, given each candidate's gain over them.

    The gains of a set add up to at least what it covers more, so the fractional knapsack of the gains, and the sum of
    the `most` largest, are both bounds.
    """
    if terms.price.size == 0:
        return float(largest(gain, terms.most, int(terms.outside)))
    ratio = gain / terms.price
    left, total = terms.budget, 0.0
    for c in np.argsort(-ratio):
        if ratio[c] <= terms.outside or left <= 0.0:
            break
        part = min(1.0, left / terms.price[c])
        total += part * gain[c]
        left -= part * terms.price[c]
    total += max(left, 0.0) * terms.outside
    return float(min(total, largest(gain, terms.most, 0)) if terms.outside == 0.0 else total)


@njit(cache=True)
def largest(gain: Ints, most: int, outside: int) -> float:
    """The sum of the `most` largest gains, none below `outside`."""
    top = 0
    for c in range(gain.size):
        top = max(top, gain[c])
    times = np.zeros(top + 1, np.int64)
    for c in range(gain.size):
        times[gain[c]] += 1
    left, total = most, 0
    for value in range(top, outside, -1):
        part = min(left, times[value])
        total += part * value
        left -= part
    return float(total + left * outside)


@njit(cache=True)
def sink(heap: Ints, size: int, ratio: Floats, at: int) -> None:
    """The heap in order again after the entry at `at` fell: best ratio first, the lower slot among equals."""
    c = heap[at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size:
            a, b = heap[child], heap[child + 1]
            if ratio[b] > ratio[a] or (ratio[b] == ratio[a] and b < a):
                child += 1
        d = heap[child]
        if ratio[c] > ratio[d] or (ratio[c] == ratio[d] and c < d):
            break
        heap[at] = d
        at = child
    heap[at] = c


@njit(cache=True)
def gains_over(links: Links, covered: Flags) -> Ints:
    """Sets that each candidate would cover more."""
    n = links.row.size
    gain = np.empty(n, np.int64)
    for c in range(n):
        gain[c] = gain_of(links, covered, c)
    return gain


@njit(cache=True)
def cover_greedily(links: Links, terms: Terms, n_sets: int, step: int) -> tuple[Ints, Ints, float]:
    """Candidates by gain per cost, what each covered more, and what no permitted set could cover.

    Lazy: a gain only falls, so the first candidate whose gain is known to be fresh is the best; Minoux (1978),
    doi:10.1007/BFb0006528. The bound is the least of «covered so far + best to come» over every `step`-th prefix; Tang
    et al. (2018), doi:10.1145/3183713.3183749. Ties fall to the lower slot. It ends where a row left out might be
    better.
    """
    n = links.row.size
    priced = terms.price.size > 0
    covered = np.zeros(n_sets, np.bool_)
    gain = gains_over(links, covered)
    ratio = gain / terms.price if priced else gain.astype(np.float64)
    fresh, heap = np.zeros(n, np.int64), np.arange(n)
    for at in range(n // 2 - 1, -1, -1):
        sink(heap, n, ratio, at)
    picks, gains = np.empty(n, np.int64), np.empty(n, np.int64)
    left, total, size, waiting = terms.left, 0, 0, n
    upper = best_to_come(gain, terms)
    while size < terms.places and waiting > 0:
        c = heap[0]
        price = terms.price[c] if priced else 1.0
        if gain[c] == 0 or ratio[c] <= terms.outside:
            break
        if fresh[c] < size and price <= left:
            gain[c] = gain_of(links, covered, c)
            ratio[c] = gain[c] / price
            fresh[c] = size
        else:
            waiting -= 1
            heap[0] = heap[waiting]
            if price <= left:
                for i in range(links.first[c], links.first[c + 1]):
                    covered[links.inside[i]] = True
                picks[size], gains[size] = c, gain[c]
                total += gain[c]
                left -= price
                size += 1
                if size % step == 0:
                    upper = min(upper, total + best_to_come(gains_over(links, covered), terms))
        sink(heap, waiting, ratio, 0)
    upper = min(upper, total + best_to_come(gains_over(links, covered), terms))
    return picks[:size].copy(), gains[:size].copy(), upper
