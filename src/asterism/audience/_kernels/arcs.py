"""Edge lists into rows of in-neighbours; twins in `tests/naive/cascade.py`."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Nodes = NDArray[np.uint32]
Shares = NDArray[np.float32]


@njit(cache=True)
def arcs_by_target(source: Nodes, target: Nodes, probability: Shares, n: int) -> tuple[Nodes, Nodes, Shares, int]:
    """Rows (start, source, probability) of distinct in-neighbours, sources ascending, and how many loops were dropped.

    Two counting sorts, by source and then by target, leave every row in order without a comparison. A repeated arc
    keeps its largest probability; `probability` is empty where there is none.
    """
    weighted = probability.size > 0
    begin = np.zeros(n + 1, np.int64)
    loops = 0
    for i in range(source.size):
        if source[i] == target[i]:
            loops += 1
        else:
            begin[source[i] + 1] += 1
    for v in range(n):
        begin[v + 1] += begin[v]
    free = begin[:-1].copy()
    to = np.empty(begin[n], np.uint32)
    of = np.empty(begin[n] if weighted else 0, np.float32)
    for i in range(source.size):
        if source[i] != target[i]:
            to[free[source[i]]] = target[i]
            if weighted:
                of[free[source[i]]] = probability[i]
            free[source[i]] += 1
    row = np.zeros(n + 1, np.int64)
    for i in range(to.size):
        row[to[i] + 1] += 1
    for v in range(n):
        row[v + 1] += row[v]
    free[:] = row[:-1]
    first = np.empty(to.size, np.uint32)
    chance = np.empty(of.size, np.float32)
    for u in range(n):
        for i in range(begin[u], begin[u + 1]):
            slot = free[to[i]]
            if slot > row[to[i]] and first[slot - 1] == u:
                if weighted:
                    chance[slot - 1] = max(chance[slot - 1], of[i])
                continue
            first[slot] = u
            if weighted:
                chance[slot] = of[i]
            free[to[i]] = slot + 1
    start = np.zeros(n + 1, np.uint32)
    kept = 0
    for v in range(n):
        for i in range(row[v], free[v]):
            first[kept] = first[i]
            if weighted:
                chance[kept] = chance[i]
            kept += 1
        start[v + 1] = kept
    return start, first[:kept].copy(), chance[: kept if weighted else 0].copy(), loops


@njit(cache=True)
def sort_rows(start: Nodes, source: Nodes, probability: Shares) -> None:
    """Each row by falling probability, in place; equal ones stay in order."""
    for v in range(start.size - 1):
        begin, end = np.int64(start[v]), np.int64(start[v + 1])
        order = np.argsort(-probability[begin:end], kind="mergesort")
        source[begin:end] = source[begin:end][order]
        probability[begin:end] = probability[begin:end][order]
