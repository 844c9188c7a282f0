"""What the kernels of a ripple must compute, as plain loops and whole enumerations anyone can read."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

import numpy as np

Arcs = Mapping[tuple[int, int], float]
"""Chance of each arc (source, target)."""


def arcs_of(edges: Iterable[tuple[int, int]], probabilities: Sequence[float] | None = None, undirected: bool = False):
    """Distinct arcs with their chances: the largest given, or 1 / in-degree; loops dropped."""
    found: dict[tuple[int, int], float] = {}
    for i, (a, b) in enumerate(edges):
        for arc in [(a, b), (b, a)] if undirected else [(a, b)]:
            if a != b:
                found[arc] = max(found.get(arc, 0.0), 1.0 if probabilities is None else probabilities[i])
    if probabilities is None:
        into = [target for _, target in found]
        return {arc: 1.0 / into.count(arc[1]) for arc in found}
    return found


def reached(seeds: Iterable[int], live: Iterable[tuple[int, int]]) -> set[int]:
    """Everybody reached from the seeds along live arcs."""
    found, live = set(seeds), list(live)
    while True:
        more = {b for a, b in live if a in found} - found
        if not more:
            return found
        found |= more


def worlds(arcs: Arcs, n: int, model: str):
    """Every outcome of the cascade with its chance: which arcs are live."""
    if model == "ic":
        for flips in product((False, True), repeat=len(arcs)):
            chance = float(np.prod([p if on else 1 - p for p, on in zip(arcs.values(), flips, strict=True)]))
            if chance > 0:
                yield chance, [arc for arc, on in zip(arcs, flips, strict=True) if on]
        return
    into = [[(arc, p) for arc, p in arcs.items() if arc[1] == v] for v in range(n)]
    options = [[*row, (None, max(0.0, 1 - sum(p for _, p in row)))] for row in into]
    for taken in product(*options):
        chance = float(np.prod([p for _, p in taken]))
        if chance > 0:
            yield chance, [arc for arc, _ in taken if arc is not None]


def reach_table(arcs: Arcs, n: int, model: str = "ic"):
    """(chance, reach) of every outcome; `reach[u, v]` says whether u alone would reach v."""
    table = []
    for chance, live in worlds(arcs, n, model):
        reach = np.zeros((n, n), dtype=bool)
        for u in range(n):
            reach[u, list(reached([u], live))] = True
        table.append((chance, reach))
    return table


def spread(table, seeds: Sequence[int], weights=None) -> float:
    """Expected weight reached by the seeds, by going through every outcome."""
    n = table[0][1].shape[0]
    weights = np.ones(n) if weights is None else weights
    return float(sum(chance * weights[reach[list(seeds)].any(axis=0)].sum() for chance, reach in table))


def best_spread(table, *, k=None, costs=None, budget=None, weights=None, eligible=None) -> float:
    """The largest spread of any permitted set, by trying them all."""
    n = table[0][1].shape[0]
    can = [v for v in range(n) if eligible is None or eligible[v]]
    best = 0.0
    for size in range(1, (n if k is None else k) + 1):
        for seeds in combinations(can, size):
            if costs is None or sum(costs[v] for v in seeds) <= budget:
                best = max(best, spread(table, seeds, weights))
    return best


def simulated_spread(graph, seeds, runs, seed=0, model="ic", weights=None):
    """(mean, standard error) of the weight reached by node codes, by simulating forwards along a `Graph`'s arcs."""
    rng = np.random.default_rng(seed)
    n = graph.n_nodes
    degree = np.diff(graph.start.astype(np.int64))
    target = np.repeat(np.arange(n), degree)
    row = np.argsort(graph.node)
    weight = np.ones(n) if weights is None else weights[graph.node]
    if graph.probability is None:
        chance = 1.0 / np.maximum(degree, 1)[target]
    else:
        chance = np.broadcast_to(graph.probability.astype(float), target.shape)
    totals = []
    for _ in range(runs):
        if model == "ic":
            live = rng.random(target.size) < chance
        else:
            passed = np.cumsum(chance)
            before = np.concatenate([[0.0], passed])[graph.start[:-1]]
            drawn = rng.random(n)[target]
            live = (passed - chance - before[target] <= drawn) & (drawn < passed - before[target])
        totals.append(weight[_flooded(row[list(seeds)], graph.source[live], target[live], n)].sum())
    return float(np.mean(totals)), float(np.std(totals, ddof=1) / np.sqrt(runs))


def _flooded(seeds, source, target, n):
    active = np.zeros(n, dtype=bool)
    active[seeds] = True
    while True:
        new = target[active[source] & ~active[target]]
        if new.size == 0:
            return active
        active[new] = True


def covered(sets, rows) -> int:
    """How many sets hold one of the rows."""
    return sum(bool(set(members) & set(rows)) for members in sets)


def greedy_cover(sets, n, most, price=None, budget=None):
    """(picks, gains): the row with most sets not yet covered per cost that can be paid, lower rows first."""
    picks, gains, left = [], [], float(most) if budget is None else budget
    price = np.ones(n) if price is None else price
    while len(picks) < most:
        gain = [covered(sets, [*picks, v]) - covered(sets, picks) for v in range(n)]
        can = [v for v in range(n) if v not in picks and price[v] <= left and gain[v] > 0]
        if not can:
            break
        best = max(can, key=lambda v: (gain[v] / price[v], -v))
        picks.append(best)
        gains.append(gain[best])
        left -= price[best]
    return picks, gains


def best_cover(sets, n, most, price=None, budget=None) -> int:
    """The most sets that any permitted rows cover, by trying them all."""
    best = 0
    for size in range(min(most, n) + 1):
        for rows in combinations(range(n), size):
            if price is None or sum(price[list(rows)]) <= budget:
                best = max(best, covered(sets, rows))
    return best
