"""The Lagrangian of the limits: its value at given prices, and the prices at which it is least."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.exposure import Floats, Ints

GOLDEN = (5**0.5 - 1) / 2
STEPS = 40
SWEEPS = 2


class Shelf(NamedTuple):
    """Offers of creator c are rows `first[c]` to `first[c + 1]`; `use` (n_limits, n_offers) ≤ `room` (n_limits,).

    Creators that are `forced` have exactly one offer in every plan, the others at most one.
    """

    first: Ints
    forced: NDArray[np.bool_]
    use: Floats
    room: Floats


@njit(cache=True)
def best_of_each(shelf: Shelf, net: Floats) -> Floats:
    """The largest `net` (n_offers,) among each creator's offers, (n_creators,)."""
    out = np.empty(shelf.first.size - 1)
    for c in range(out.size):
        best = net[shelf.first[c]]
        for o in range(shelf.first[c] + 1, shelf.first[c + 1]):
            best = max(best, net[o])
        out[c] = best
    return out


@njit(cache=True)
def dual(shelf: Shelf, places: int, net: Floats) -> float:
    """The largest Σ `net` (n_offers,) with one offer per creator and so many places; forced creators come first."""
    best = best_of_each(shelf, net)
    total, free = 0.0, 0
    for c in range(best.size):
        if shelf.forced[c]:
            total += best[c]
            places -= 1
        elif best[c] > 0.0:
            best[free] = best[c]
            free += 1
    kept = best[:free]
    if places < free:
        kept = np.partition(kept, free - places)[free - places :] if places > 0 else kept[:0]
    return float(total + kept.sum())


@njit(cache=True)
def along(shelf: Shelf, places: int, rest: Floats, limit: int, price: float) -> float:
    """The Lagrangian's part that depends on the price of one limit; `rest` (n_offers,) has paid for the others."""
    return float(price * shelf.room[limit] + dual(shelf, places, rest - price * shelf.use[limit]))


@njit(cache=True)
def least_dual(shelf: Shelf, places: int, gain: Floats, prices: Floats) -> float:
    """The least Lagrangian by golden section along one price after the other; `prices` (n_limits,) are moved there.

    A price above the largest gain per unit of use, plus all other prices, buys nothing, so the search ends there.
    """
    rest = gain - prices @ shelf.use
    found = float(prices @ shelf.room) + dual(shelf, places, rest)
    for _ in range(1 if prices.size == 1 else SWEEPS):
        for limit in range(prices.size):
            rest = rest + prices[limit] * shelf.use[limit]
            others = found - along(shelf, places, rest, limit, prices[limit])
            low, high = 0.0, float(prices.sum())
            for o in range(gain.size):
                if shelf.use[0, o] > 0.0:
                    high = max(high, prices.sum() + abs(gain[o]) / shelf.use[0, o])
            best, price = along(shelf, places, rest, limit, prices[limit]), prices[limit]
            left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
            at_left, at_right = along(shelf, places, rest, limit, left), along(shelf, places, rest, limit, right)
            for _ in range(STEPS):
                if at_left < best:
                    best, price = at_left, left
                if at_right < best:
                    best, price = at_right, right
                if at_left < at_right:
                    high, right, at_right = right, left, at_left
                    left = high - GOLDEN * (high - low)
                    at_left = along(shelf, places, rest, limit, left)
                else:
                    low, left, at_left = left, right, at_right
                    right = low + GOLDEN * (high - low)
                    at_right = along(shelf, places, rest, limit, right)
            prices[limit], found = price, others + best
            rest = rest - price * shelf.use[limit]
    return float(found)
