"""Branch and bound's loops: people who look alike, what a node leaves to gain, and its prices."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.crowd import Links
from asterism.planning._kernels.exposure import Floats, Ints
from asterism.planning._kernels.lagrangian import Shelf, least_dual
from asterism.planning._kernels.relaxation import MIXED, SURE, Cuts, repriced, settled, touched

Short = NDArray[np.int32]

EVERY = 10
"""Steps between two looks at the bound."""
FRESH = 3
"""Looks after which the mean of the prices starts anew."""
STALE = 3
"""Looks without progress after which a node is left as it is."""
PROGRESS = 0.02
"""Part of the way down to the target that counts as progress."""


class Meets(NamedTuple):
    """Offers → people met by several creators: `person[i]` with `chance[i]`, `strength[i]` = −log(1 − chance).

    Both are empty where every chance is 1 (`kind` SURE).
    """

    start: Ints
    person: Short
    chance: Floats
    strength: Floats
    kind: int


class Walk(NamedTuple):
    """Where a node's search stands: shares of offers, prices of limits, and what no price of a person changes.

    `alone` (n_offers,) is what each offer gains whoever else is chosen.
    """

    shares: Floats
    prices: Floats
    alone: Floats


class Until(NamedTuple):
    """How long to go on: so many steps, or until the bound is no more than `target`."""

    steps: int
    target: float


@njit(cache=True)
def alike(links: Links, creator: Short, n_people: int) -> Ints:
    """A class per person, (n_people,): equal where the same of the creators have a link, 0 where none has.

    Each creator in turn splits every class it meets into those it reaches and those it does not.
    """
    label = np.zeros(n_people, dtype=np.int64)
    total = 1
    for c in creator:
        total += links.start[c + 1] - links.start[c]
    split_by = np.full(total, -1, dtype=np.int64)
    into = np.zeros(total, dtype=np.int64)
    classes = 1
    for turn in range(creator.size):
        for i in range(links.start[creator[turn]], links.start[creator[turn] + 1]):
            old = label[links.person[i]]
            if split_by[old] != turn:
                split_by[old] = turn
                into[old] = classes
                classes += 1
            label[links.person[i]] = into[old]
    return label


@njit(cache=True)
def left_over(links: Links, creator: Short, rate: Floats, worth: Floats) -> Floats:
    """What of each person's `worth` the offers of `creator` with `rate` (n_taken,) leave unreached, (n_people,)."""
    left = worth.copy()
    for o in range(creator.size):
        for i in range(links.start[creator[o]], links.start[creator[o] + 1]):
            left[links.person[i]] *= 1.0 - min(links.chance[i] * rate[o], 1.0)
    return left


@njit(cache=True)
def shared_people(links: Links, creator: Short, worth: Floats) -> Short:
    """How many of the creators of `creator` (ascending, repeats allowed) meet each person worth something."""
    count = np.zeros(worth.size, dtype=np.int32)
    for o in range(creator.size):
        if o == 0 or creator[o] != creator[o - 1]:
            for i in range(links.start[creator[o]], links.start[creator[o] + 1]):
                count[links.person[i]] += worth[links.person[i]] > 0.0
    return count


@njit(cache=True)
def meetings(
    links: Links, creator: Short, rate: Floats, worth: Floats, count: Short, kind: int
) -> tuple[Meets, Floats]:
    """The offers' links to people several creators meet, renumbered, and what each gains from all others.

    A person whom one creator alone can still reach needs no price: the gain is that creator's."""
    place = np.cumsum(count > 1) - 1
    start = np.zeros(creator.size + 1, dtype=np.int64)
    end = np.where(rate > 0.0, links.start[creator + 1], links.start[creator])
    alone = np.zeros(creator.size)
    for o in range(creator.size):
        start[o + 1] = start[o]
        for i in range(links.start[creator[o]], end[o]):
            p = links.person[i]
            if count[p] > 1:
                start[o + 1] += 1
            elif count[p] == 1:
                alone[o] += worth[p] * min(links.chance[i] * rate[o], 1.0)
    person = np.empty(start[-1], dtype=np.int32)
    chance = np.empty(start[-1] if kind == MIXED else 0)
    strength = np.empty(start[-1] if kind == MIXED else 0)
    at = 0
    for o in range(creator.size):
        for i in range(links.start[creator[o]], end[o]):
            if count[links.person[i]] > 1:
                person[at] = place[links.person[i]]
                if kind == MIXED:
                    q = min(links.chance[i] * rate[o], 1.0)
                    chance[at] = q
                    strength[at] = -np.log1p(-q) if q < 1.0 else np.inf
                at += 1
    return Meets(start, person, chance, strength, kind), alone


@njit(cache=True)
def gained(meets: Meets, cuts: Cuts, alone: Floats) -> Floats:
    """What each offer gains at the people's prices, (n_offers,), in double precision: what a bound rests on."""
    out = alone.copy()
    paid = cuts.worth * cuts.price
    flat = cuts.worth * np.exp(-cuts.touch) if meets.kind == MIXED else paid
    for o in range(out.size):
        total = 0.0
        if meets.kind == SURE:
            for i in range(meets.start[o], meets.start[o + 1]):
                total += paid[meets.person[i]]
        else:
            for i in range(meets.start[o], meets.start[o + 1]):
                p = meets.person[i]
                if meets.strength[i] <= cuts.touch[p]:
                    total += flat[p] * meets.strength[i]
                else:
                    total += paid[p] - cuts.worth[p] * (1.0 - meets.chance[i])
        out[o] += total
    return out


@njit(cache=True)
def filled(meets: Meets, touch: Floats, shares: Floats, cover: Floats, bent: Floats) -> None:
    """How much of each person's cut the `shares` (n_offers,) fill, into `cover` (n_people,).

    The part of offers weaker than the cut's touching point goes into `bent` (n_people,) besides.
    """
    cover[:] = 0.0
    bent[:] = 0.0
    for o in range(shares.size):
        if shares[o] == 0.0:
            continue
        for i in range(meets.start[o], meets.start[o + 1]):
            p = meets.person[i]
            if meets.kind == SURE or meets.strength[i] >= touch[p]:
                cover[p] += shares[o]
            else:
                part = shares[o] * meets.strength[i] / touch[p]
                cover[p] += part
                bent[p] += part


@njit(cache=True)
def bound_of(meets: Meets, cuts: Cuts, shelf: Shelf, walk: Walk, prices: Floats) -> float:
    """The Lagrangian of the cuts at the best `prices` (n_limits,) of the limits, which are moved there."""
    gain = gained(meets, cuts, walk.alone)
    missed = (cuts.worth * (1.0 - cuts.price)).sum()
    return float(missed + least_dual(shelf, shelf.first.size, gain, prices))


@njit(cache=True)
def recut(cuts: Cuts, price: Floats, table: Floats) -> None:
    """Give every person the cut of `price` (n_people,), in place; `table` is empty where chances are sure."""
    for p in range(price.size):
        cuts.price[p] = price[p]
        if table.size:
            v = touched(price[p], table)
            cuts.touch[p] = v
            cuts.price[p] = (1.0 + v) * np.exp(-v)


@njit(cache=True)
def paces(meets: Meets, shelf: Shelf, worth: Floats, alone: Floats) -> Floats:
    """How far an offer's share moves per unit of gain: one over the most its creator could gain from shared people."""
    out = np.empty(alone.size)
    for c in range(shelf.first.size - 1):
        most = 1e-12
        for o in range(shelf.first[c], shelf.first[c + 1]):
            total = 0.05 * abs(alone[o])
            for i in range(meets.start[o], meets.start[o + 1]):
                total += worth[meets.person[i]]
            most = max(most, total)
        out[shelf.first[c] : shelf.first[c + 1]] = 1.0 / most
    return out


@njit(cache=True)
def descend(meets: Meets, cuts: Cuts, shelf: Shelf, walk: Walk, table: Floats, until: Until) -> None:
    """Move people's cuts and the limits' prices, in place, to where primal-dual steps met the least bound.

    As in `relaxation.relax`, on the people whom several creators may still reach.
    """
    n = cuts.price.size
    step = 1.0 / np.maximum(np.bincount(meets.person, minlength=n), 1).astype(np.float64)
    pace = paces(meets, shelf, cuts.worth, walk.alone)
    cover, bent, mean, at_best = np.zeros(n), np.zeros(n), np.zeros(n), cuts.price.copy()
    prices, best_prices = walk.prices.copy(), walk.prices.copy()
    best = bound_of(meets, cuts, shelf, walk, best_prices)
    count, stale = 0, 0
    for at in range(1, until.steps + 1):
        if best <= until.target or stale >= STALE or n == 0:
            break
        before = walk.shares.copy()
        settled(shelf, before + pace * gained(meets, cuts, walk.alone), pace, prices, walk.shares)
        filled(meets, cuts.touch, 2.0 * walk.shares - before, cover, bent)
        repriced(cuts, cover, bent, step, table)
        mean += cuts.price
        count += 1
        if at % EVERY == 0 or at == until.steps:
            aim = best - PROGRESS * (best - until.target)
            now, tried = cuts.price.copy(), best_prices.copy()
            for price in (mean / count, now):
                recut(cuts, price, table)
                found = bound_of(meets, cuts, shelf, walk, tried)
                if found < best:
                    best = found
                    at_best[:] = price
                    best_prices[:] = tried
            recut(cuts, now, table)
            stale = 0 if best <= aim else stale + 1
            if count >= FRESH * EVERY:
                mean[:] = 0.0
                count = 0
    recut(cuts, at_best, table)
    walk.prices[:] = best_prices
