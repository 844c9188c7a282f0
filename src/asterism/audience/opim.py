"""Rounds of online processing: choose seeds on one collection, judge them on another, until the proof suffices."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience import _kernels
from asterism.audience.confidence import at_least, at_most
from asterism.audience.rr_sets import Collection, Source, struck_by

Floats = NDArray[np.float64]
Rows = NDArray[np.uint32]

FIRST: Final = 512
"""Sets drawn before the first look."""
GROWTH: Final = 2**0.5
CHECKS: Final = 8
"""Prefixes of the seeds that bounds are tried on."""
BEST: Final = 1 - 1 / math.e


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be chosen: at most `most` rows that cost at most `budget`; `price` (n_nodes,) by row, or 1 each."""

    most: int
    budget: float
    price: Floats | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows chosen on a collection, what they cover of it, and what no permitted set covers."""

    rows: Rows
    covered: int
    upper: float


@dataclass(frozen=True, slots=True)
class Proven:
    """Rows chosen, their share of all weight as seen on fresh sets, and the bounds proven of it."""

    rows: Rows
    share: float
    lower: float
    upper: float
    rr_sets: int


def proven_seeds(source: Source, limits: Limits, epsilon: float, delta: float) -> Proven:
    """Seeds whose spread is proven to be (1 − 1/e − epsilon) of the best, or what the last round proves.

    Tang, Tang, Xiao and Yuan (2018), doi:10.1145/3183713.3183749, with exact binomial bounds in place of martingales:
    every round is one of a fixed list of sizes, and within a size the sets are independent. Each of the two bounds of
    each size may fail with chance delta / (2 · sizes), so none fails with chance 1 − delta, whichever round is last.
    """
    sizes = _sizes(source, limits, epsilon, delta)
    risk = delta / (2 * len(sizes))
    collection = Collection(source)
    at, drawn = 0, 0
    while True:
        n_sets = sizes[at]
        collection.draw(n_sets)
        choice = choose(collection, limits)
        upper = at_most(choice.upper, n_sets, risk)
        ahead = _enough(choice, sizes, at, risk, BEST - epsilon)
        if ahead > at and at + 1 < len(sizes):
            at = ahead
            continue
        hits = struck_by(source, choice.rows, n_sets)
        drawn += n_sets
        lower = at_least(hits, n_sets, risk)
        if lower >= (BEST - epsilon) * upper or at + 1 == len(sizes):
            return Proven(choice.rows, hits / n_sets, lower, upper, n_sets + drawn)
        at += 1


def _sizes(source: Source, limits: Limits, epsilon: float, delta: float) -> list[int]:
    """The sizes a collection can have: from `FIRST` to what suffices whatever the graph, Tang et al. (2018), eq. 8."""
    n, k = source.n_nodes, min(limits.most, source.n_nodes)
    sets = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    root = BEST * math.sqrt(math.log(6 / delta)) + math.sqrt(BEST * (sets + math.log(6 / delta)))
    enough = 2 * n * root**2 / (epsilon**2 * k)
    rounds = max(1, math.ceil(math.log(max(enough / FIRST, 1.0), GROWTH)) + 1)
    return [math.ceil(FIRST * GROWTH**i) for i in range(rounds)]


def _enough(choice: Choice, sizes: list[int], at: int, risk: float, wanted: float) -> int:
    """The first size from `at` on at which the shares seen here would suffice: more sets only make them smaller."""
    covered, upper = choice.covered / sizes[at], choice.upper / sizes[at]
    for i in range(at, len(sizes)):
        n = sizes[i]
        if at_least(covered * n, n, risk) >= wanted * at_most(upper * n, n, risk):
            return i
    return len(sizes) - 1


def choose(collection: Collection, limits: Limits) -> Choice:
    """The rows greedy takes, with a bound on every other choice; rows counted too rarely to be taken are left out."""
    least = collection.least_count(16 * limits.most + 1024)
    while True:
        links = collection.candidates(least)
        price = np.zeros(0) if limits.price is None else limits.price[links.row]
        outside = (least - 1) / (1.0 if limits.price is None else float(limits.price.min()))
        terms = _kernels.Terms(price, limits.budget, limits.most, outside)
        step = max(1, limits.most // CHECKS)
        picks, gains, upper = _kernels.cover_greedily(links, terms, collection.n_sets, step)
        last = int(gains[-1]) if gains.size else 0
        if least == 1 or (picks.size == limits.most and last >= least):
            rows = _filled(collection.source, limits, links.row[picks])
            return Choice(rows, collection.struck + int(gains.sum()), collection.struck + upper)
        least = max(1, min(least - 1, last))


def _filled(source: Source, limits: Limits, rows: Rows) -> Rows:
    """The rows and, while seeds and money last, those of largest out-degree: no set tells the rest apart."""
    if rows.size >= limits.most:
        return rows
    free = np.ones(source.n_nodes, dtype=bool) if source.arcs.eligible.size == 0 else source.arcs.eligible.copy()
    free[rows] = False
    if limits.price is None:
        return np.concatenate([rows, np.flatnonzero(free)[: limits.most - rows.size].astype(np.uint32)])
    more, left = list[int](), limits.budget - float(limits.price[rows].sum())
    for row in np.flatnonzero(free & (limits.price <= left)):
        if limits.price[row] <= left and rows.size + len(more) < limits.most:
            more.append(int(row))
            left -= float(limits.price[row])
    return np.concatenate([rows, np.array(more, dtype=np.uint32)])
