"""The concave relaxation's loops: what an offer is worth at the people's prices, who is covered, which shares fit."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.crowd import Links
from asterism.planning._kernels.exposure import Floats, Ints
from asterism.planning._kernels.lagrangian import Shelf

Floats32 = NDArray[np.float32]

SURE, LINEAR, MIXED = 0, 1, 2
"""How one offer counts for one person: always, by its chance, or by its chance and the logarithm of missing."""


class Contacts(NamedTuple):
    """Offers → people: offer o meets `person[i]` with `chance[i]`, `strength[i]` = −log(1 − chance).

    Both are empty where every chance is 1 (`kind` SURE); `strength` is empty where gains are LINEAR in the chance.
    """

    start: Ints
    person: NDArray[np.int32]
    chance: Floats32
    strength: Floats32
    kind: int


class Cuts(NamedTuple):
    """Per person the price of being missed, κ = (1 + v) e^−v, and the strength v at which the cut touches."""

    worth: Floats
    price: Floats
    touch: Floats


@njit(cache=True)
def contacts(links: Links, creator: NDArray[np.int32], rate: Floats, kind: int) -> Contacts:
    """The links of the offers of `creator` (n_offers,) with `rate` (n_offers,) multiplied into each chance."""
    start = np.zeros(creator.size + 1, dtype=np.int64)
    for o in range(creator.size):
        start[o + 1] = start[o] + links.start[creator[o] + 1] - links.start[creator[o]]
    person = np.empty(start[-1], dtype=np.int32)
    chance = np.empty(start[-1] if kind != SURE else 0, dtype=np.float32)
    strength = np.empty(start[-1] if kind == MIXED else 0, dtype=np.float32)
    for o in range(creator.size):
        begin = links.start[creator[o]]
        for i in range(start[o], start[o + 1]):
            at = begin + i - start[o]
            person[i] = links.person[at]
            if kind != SURE:
                q = min(links.chance[at] * rate[o], 1.0)
                chance[i] = q
                if kind == MIXED:
                    strength[i] = -np.log1p(-q) if q < 1.0 else np.inf
    return Contacts(start, person, chance, strength, kind)


@njit(cache=True)
def touched(price: float, table: Floats) -> float:
    """The strength v at which the cut with this price touches, from a table of v over √(1 − price)."""
    t = np.sqrt(max(1.0 - price, 0.0)) * (table.size - 1)
    low = min(int(t), table.size - 2)
    return float(table[low] + (t - low) * (table[low + 1] - table[low]))


@njit(cache=True)
def priced(found: Contacts, cuts: Cuts) -> Floats:
    """Σ over each offer's people of worth × what the cut gives for it, (n_offers,)."""
    out = np.empty(found.start.size - 1)
    paid = (cuts.worth * cuts.price).astype(np.float32)
    for o in range(out.size):
        total = 0.0
        if found.kind == SURE:
            for i in range(found.start[o], found.start[o + 1]):
                total += paid[found.person[i]]
        elif found.kind == LINEAR:
            for i in range(found.start[o], found.start[o + 1]):
                total += paid[found.person[i]] * found.chance[i]
        else:
            for i in range(found.start[o], found.start[o + 1]):
                p = found.person[i]
                if found.strength[i] <= cuts.touch[p]:
                    total += cuts.worth[p] * np.exp(-cuts.touch[p]) * found.strength[i]
                else:
                    total += cuts.worth[p] * (cuts.price[p] - 1.0 + found.chance[i])
        out[o] = total
    return out


@njit(cache=True)
def covered(found: Contacts, touch: Floats, shares: Floats, cover: Floats, bent: Floats) -> None:
    """How much of each person's cut the `shares` (n_offers,) of offers fill, into `cover` (n_people,).

    The part that comes from offers weaker than the cut's touching point goes into `bent` (n_people,) besides.
    """
    cover[:] = 0.0
    bent[:] = 0.0
    for o in range(shares.size):
        if shares[o] == 0.0:
            continue
        for i in range(found.start[o], found.start[o + 1]):
            p = found.person[i]
            if found.kind == SURE:
                cover[p] += shares[o]
            elif found.kind == LINEAR:
                cover[p] += shares[o] * found.chance[i]
            elif found.strength[i] < touch[p]:
                part = shares[o] * found.strength[i] / touch[p]
                cover[p] += part
                bent[p] += part
            else:
                cover[p] += shares[o]


@njit(cache=True)
def repriced(cuts: Cuts, cover: Floats, bent: Floats, step: Floats, table: Floats) -> None:
    """Raise the price of people covered less than once and lower it of those covered more, in place.

    The step is `step` (n_people,), shortened where the cut's curve bends: 1 / (1 / step + bent · e^v / v²).
    """
    for p in range(cover.size):
        miss = 1.0 - cover[p]
        if (miss >= 0.0 and cuts.price[p] >= 1.0) or (miss <= 0.0 and cuts.price[p] <= 0.0):
            continue
        length = step[p]
        v = cuts.touch[p]
        if bent[p] > 0.0:
            length = 1.0 / (1.0 / length + min(max(bent[p], 0.0), 1.0) * np.exp(v) / max(v * v, 1e-12))
        cuts.price[p] = min(max(cuts.price[p] + length * miss, 0.0), 1.0)
        if table.size:
            v = touched(cuts.price[p], table)
            cuts.touch[p] = v
            cuts.price[p] = (1.0 + v) * np.exp(-v)


@njit(cache=True)
def simplex(wish: Floats, low: int, high: int, forced: bool, shares: Floats) -> None:
    """The point nearest to `wish[low:high]` with shares ≥ 0 that sum to at most 1 (exactly 1 if forced)."""
    total = 0.0
    for o in range(low, high):
        shares[o] = max(wish[o], 0.0)
        total += shares[o]
    if total <= 1.0 and not forced:
        return
    level = -np.inf
    for _ in range(high - low):  # each pass leaves out at least one offer, or nothing changes any more
        total, left = 0.0, 0
        for o in range(low, high):
            if wish[o] > level:
                total += wish[o]
                left += 1
        level = (total - 1.0) / max(left, 1)
    for o in range(low, high):
        shares[o] = min(max(wish[o] - level, 0.0), 1.0)


@njit(cache=True)
def used(shelf: Shelf, wish: Floats, pace: Floats, limit: int, price: float, shares: Floats) -> float:
    """How much of one limit the shares nearest to `wish` use at its `price`; `shares` (n_offers,) are set."""
    bid = wish - price * pace * shelf.use[limit]
    total = 0.0
    for c in range(shelf.first.size - 1):
        simplex(bid, shelf.first[c], shelf.first[c + 1], shelf.forced[c], shares)
        for o in range(shelf.first[c], shelf.first[c + 1]):
            total += shelf.use[limit, o] * shares[o]
    return total


@njit(cache=True)
def settled(shelf: Shelf, wish: Floats, pace: Floats, prices: Floats, shares: Floats) -> None:
    """The shares near to `wish` that keep the limits, one limit after the other; `prices` (n_limits,) move along.

    `pace` (n_offers,) is how far an offer's share moves per unit of its gain.
    """
    for limit in range(prices.size):
        rest = wish.copy()
        for other in range(prices.size):
            if other != limit:
                rest -= prices[other] * pace * shelf.use[other]
        low, high = 0.0, max(2.0 * prices[limit], 1e-12)
        if used(shelf, rest, pace, limit, 0.0, shares) <= shelf.room[limit]:
            prices[limit] = 0.0
            continue
        for _ in range(40):  # limits that contradict each other have no such price
            if used(shelf, rest, pace, limit, high, shares) <= shelf.room[limit]:
                break
            low, high = high, 4.0 * high
        for _ in range(30):
            middle = 0.5 * (low + high)
            if used(shelf, rest, pace, limit, middle, shares) > shelf.room[limit]:
                low = middle
            else:
                high = middle
        prices[limit] = high
        used(shelf, rest, pace, limit, high, shares)


@njit(cache=True)
def strength(q: float) -> float:
    """−log(1 − q), or less than 3e-6 above where q is small: a promise may be too large, never too small."""
    return float(q + q * q * (0.5 + 0.34 * q)) if q < 0.02 else float(-np.log1p(-q))


@njit(cache=True)
def promised(links: Links, first: Ints, rate: Floats, cuts: Cuts, kind: int) -> Floats:
    """`priced` for every offer of a `rate` above 0, in double precision and from the links: what a bound rests on."""
    out = np.zeros(rate.size)
    if kind == SURE:
        paid = cuts.worth * cuts.price
        for c in range(links.start.size - 1):
            total = 0.0
            for i in range(links.start[c], links.start[c + 1]):
                total += paid[links.person[i]]
            for o in range(first[c], first[c + 1]):
                out[o] = total if rate[o] > 0.0 else 0.0
        return out
    missed = np.exp(-cuts.touch)
    for c in range(links.start.size - 1):
        for o in range(first[c], first[c + 1]):
            if rate[o] <= 0.0:
                continue
            total = 0.0
            for i in range(links.start[c], links.start[c + 1]):
                p = links.person[i]
                q = min(links.chance[i] * rate[o], 1.0)
                if kind != MIXED:
                    total += cuts.worth[p] * cuts.price[p] * q
                elif 1.0 - q < missed[p]:
                    total += cuts.worth[p] * (cuts.price[p] - 1.0 + q)
                else:
                    total += cuts.worth[p] * missed[p] * strength(q)
            out[o] = total
    return out
