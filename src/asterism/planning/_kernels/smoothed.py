"""The linear cut smoothed: prices that fall as people are covered once, how they bend, and the step that follows."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.exposure import Floats, Ints
from asterism.planning._kernels.lagrangian import Shelf
from asterism.planning._kernels.relaxation import Contacts, Floats32, settled

SWEEPS = 6
"""Turns in which each of several limits finds its price beside the others'."""


class Sight(NamedTuple):
    """People → offers: person p is met by `offer[start[p]]` to `offer[start[p + 1] − 1]`, each with `chance`.

    `chance` is empty where every chance is 1.
    """

    start: Ints
    offer: NDArray[np.int32]
    chance: Floats32


@njit(cache=True)
def sighted(found: Contacts, n_people: int) -> Sight:
    """The contacts from the people's side."""
    start = np.zeros(n_people + 1, dtype=np.int64)
    for p in found.person:
        start[p + 1] += 1
    for p in range(n_people):
        start[p + 1] += start[p]
    at = start[:-1].copy()
    offer = np.empty(found.person.size, dtype=np.int32)
    chance = np.empty(found.chance.size, dtype=np.float32)
    for o in range(found.start.size - 1):
        for i in range(found.start[o], found.start[o + 1]):
            p = found.person[i]
            offer[at[p]] = o
            if chance.size:
                chance[at[p]] = found.chance[i]
            at[p] += 1
    return Sight(start, offer, chance)


@njit(cache=True)
def softened(cover: Floats32, width: float, price: Floats) -> None:
    """The price of each person, 1 where covered less than 1 − `width` times, 0 beyond 1 + `width`, linear between."""
    for p in range(cover.size):
        price[p] = min(max(0.5 + 0.5 * (1.0 - cover[p]) / width, 0.0), 1.0)


@njit(cache=True)
def bends(sight: Sight, worth: Floats, cover: Floats32, width: float, n_offers: int) -> Floats:
    """How gains fall as shares rise, (n_offers, n_offers): Σ worth × chance × chance / 2 `width` over whom it bends."""
    out = np.zeros((n_offers, n_offers))
    for p in range(cover.size):
        if abs(cover[p] - 1.0) >= width:
            continue
        bend = 0.5 * worth[p] / width
        for i in range(sight.start[p], sight.start[p + 1]):
            mine = bend * sight.chance[i] if sight.chance.size else bend
            for j in range(sight.start[p], sight.start[p + 1]):
                out[sight.offer[i], sight.offer[j]] += mine * sight.chance[j] if sight.chance.size else mine
    return out


@njit(cache=True)
def slope(worth: Floats, cover: Floats32, change: Floats32, width: float, part: float) -> float:
    """How fast the smoothed coverage rises when `part` of a `change` of cover is made, per whole change."""
    total, steep = 0.0, 0.5 / width
    for p in range(cover.size):
        if change[p] != 0.0:
            price = 0.5 + steep * (1.0 - cover[p] - part * change[p])
            total += worth[p] * min(max(price, 0.0), 1.0) * change[p]
    return total


@njit(cache=True)
def fallen(bend: Floats, gain: Floats, moved: Floats) -> Floats:
    """Gains after shares moved, (n_offers,): `gain` − `bend` @ `moved`, where most have not moved."""
    out = gain.copy()
    for o in range(moved.size):
        if moved[o] != 0.0:
            out -= moved[o] * bend[o]
    return out


@njit(cache=True)
def climbed(shelf: Shelf, gain: Floats, bend: Floats, pace: Floats, shares: Floats, rounds: int) -> Floats:
    """The shares within the limits that gain most when gains fall by `bend`, starting from `shares` (n_offers,).

    Projected gradient with momentum, given up whenever it points downhill; `pace` (n_offers,) is one over the largest
    bend of each offer together with all others.
    """
    prices = np.zeros(shelf.room.size)
    here, ahead, weight = shares.copy(), shares.copy(), 1.0
    new = np.empty(shares.size)
    for _ in range(rounds):
        wish = ahead + pace * fallen(bend, gain, ahead - shares)
        for _ in range(1 if prices.size == 1 else SWEEPS):
            settled(shelf, wish, pace, prices, new)
        if ((ahead - new) / pace * (new - here)).sum() > 0.0:
            weight = 1.0
            ahead[:] = new
        else:
            longer = 0.5 * (1.0 + np.sqrt(1.0 + 4.0 * weight * weight))
            ahead = new + (weight - 1.0) / longer * (new - here)
            weight = longer
        here[:] = new
    return here
