"""Rounds of online processing: choose seeds on one collection, judge them on another, until the proof suffices."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.confidence import at_least, at_most
from asterism.audience.rr_sets import Collection, Source, struck_by
from asterism.audience.seeding import Choice, Limits, choose

Rows = NDArray[np.uint32]

FIRST: Final = 512
"""Sets drawn before the first look."""
GROWTH: Final = 2**0.5
BEST: Final = 1 - 1 / math.e
SCANT, AMPLE, EFFORT = 24, 256, 4_000
"""A choice rests on `SCANT` sets per seed at least, on `AMPLE` if that takes fewer than `EFFORT` members per seed: with
few sets near-equals are told apart by chance."""
ENOUGH: Final = 1 << 22
"""Sets beyond which a choice need not rest on more than the proof does."""
MANY: Final = 1 << 18
"""Members of the first sets above which they are cut short at sentinels."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Rows chosen, the share of all weight they reach as seen on fresh sets, and the bounds proven of it."""

    rows: Rows
    share: float
    lower: float
    upper: float
    rr_sets: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What is to be proven: `wanted` times the best, on collections of these `sizes`, each bound failing by `risk`."""

    wanted: float
    sizes: tuple[int, ...]
    risk: float

    def suffices(self, covered: float, upper: float, at: int) -> bool:
        """Whether shares of sets covered, and coverable, would prove enough at the size `at`."""
        n = self.sizes[at]
        most = at_most(upper * n, n, self.risk)
        return at_least(covered * n, n, self.risk) >= self.wanted * most


def proof_of(source: Source, limits: Limits, epsilon: float, delta: float) -> Proof:
    """The sizes a collection can have, and the risk left to each of its two bounds.

    From `FIRST` to what suffices in any graph whose nodes weigh the same, Tang et al. (2018), equation 8.
    """
    n, k = source.n_nodes, min(limits.most, source.n_nodes)
    sets = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    root = BEST * math.sqrt(math.log(6 / delta)) + math.sqrt(BEST * (sets + math.log(6 / delta)))
    enough = 2 * n * root**2 / (epsilon**2 * k)
    rounds = max(1, math.ceil(math.log(max(enough / FIRST, 1.0), GROWTH)) + 1)
    sizes = tuple(math.ceil(FIRST * GROWTH**i) for i in range(rounds))
    return Proof(BEST - epsilon, sizes, delta / (2 * rounds))


def proven_seeds(source: Source, limits: Limits, proof: Proof) -> Proven:
    """Seeds whose spread is proven to be `wanted` of the best possible, or what the last round proves.

    Tang, Tang, Xiao and Yuan (2018), doi:10.1145/3183713.3183749, with exact binomial bounds in place of martingales:
    every round has one of a fixed list of sizes, and the sets of a size are independent of each other. A round's seeds
    are settled without the sets that judge them. Each of the two bounds of each size fails with chance `risk` at most,
    so all hold with chance 1 − 2 · risk · sizes, whichever round is last.
    """
    collection, at, judged = _first(source, limits, proof.sizes[0]), 0, 0
    while True:
        n_sets, last = proof.sizes[at], at + 1 == len(proof.sizes)
        collection.draw(n_sets)
        choice = choose(collection, limits)
        ahead = _ahead(choice, proof, at, _evidence(collection, choice))
        if ahead > at:
            at = ahead
            continue
        hits = struck_by(source, choice.rows, n_sets, collection.uncut)
        judged += n_sets
        lower, upper = at_least(hits, n_sets, proof.risk), at_most(choice.upper, n_sets, proof.risk)
        if lower >= proof.wanted * upper or last:
            return Proven(choice.rows, hits / n_sets, lower, upper, n_sets + judged)
        at += 1


def _first(source: Source, limits: Limits, n_sets: int) -> Collection:
    """A collection of the first sets, with sentinels where sets are large: seeds that most large sets meet.

    A set that meets a sentinel is covered and needs no members; Guo et al. (2020), doi:10.1145/3318464.3389740.
    """
    collection = Collection(source)
    while True:
        collection.draw(n_sets, MANY)
        if collection.n_sets >= n_sets:
            return collection
        stop = sentinels(collection, limits)
        if stop.size == collection.stop.size:
            return collection
        collection = Collection(source, stop, collection.uncut)


def sentinels(collection: Collection, limits: Limits) -> Rows:
    """The stops of a collection and the rows in most sets per cost, the larger out-degree among equals.

    They are a quarter of the seeds at first, half of them at most, and cost as large a part of the budget.
    """
    n = collection.n_spots
    part = 0.25 if collection.stop.size == 0 else 0.5
    row, times = collection.spots.row[:n], collection.spots.times[:n]
    price = np.ones(n) if limits.price is None else limits.price[row]
    best = np.lexsort((row, -times / price))[: int(part * limits.most) - collection.stop.size]
    paid = limits.cost(collection.stop) + np.cumsum(price[best])
    return np.concatenate([collection.stop, row[best[paid <= part * limits.budget]]])


def _ahead(choice: Choice, proof: Proof, at: int, needed: float) -> int:
    """The first size from `at` on that rests on the sets needed and could prove enough, if shares stayed."""
    n = proof.sizes[at]
    covered, upper = choice.covered / n, choice.upper / n
    for i in range(at, len(proof.sizes)):
        size = proof.sizes[i]
        if (covered * size >= needed or size > ENOUGH) and proof.suffices(covered, upper, i):
            return i
    return len(proof.sizes) - 1


def _evidence(collection: Collection, choice: Choice) -> float:
    """Sets that a choice should cover, given how many members a set takes."""
    members = max(collection.members.size, 1)
    affordable = EFFORT * choice.covered / members
    return choice.rows.size * min(AMPLE, max(SCANT, affordable))
