"""Large neighbourhoods: give up a few offers, fill up again, keep what is better; everybody's gains kept up to date."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.crowd import Menu
from asterism.planning._kernels.exposure import Floats, Ints
from asterism.planning._kernels.hand import Hand, Scene, exchange, move_to

SHAKE = 2e-4  # a set this much worse than the present one is still walked on from
POWERS = (1.0, 1.0, 0.9, 1.1, 0.7, 0.4)
"""Offers are ranked by gain / cost^power, each of these in turn by chance."""
PATIENCE = 150
VISITS_PER_STEP = 20_000
"""The walk ends after so many steps in vain, and one more per so many link visits it is allowed."""
CALM = 0.3  # the part of fillings up without noise
NOISE = 0.5  # the most by which chance changes the price of an offer in one filling up
LEAN = 0.7  # how much the walk follows the relaxation: 0 not at all, 1 strictly
MOST = 25.0  # offers given up at once
FEW = 0.35
"""Of the sets tried, the part in which the first offer is a newcomer for whom others must go."""


class Fence(NamedTuple):
    """What a set must keep: (cents, creators) at most; cents per tier and platform, at least and at most; musts.

    `lean` (n_creators,), 0 to 1, is how much of a creator the relaxation holds: the walk leans that way.
    """

    most: Ints
    tier: Ints
    platform: Ints
    forced: NDArray[np.bool_]
    lean: Floats


@njit(cache=True)
def drawn(state: NDArray[np.uint64]) -> float:
    """The next number of a splitmix64 stream, 0 ≤ u < 1; `state` (1,) moves on."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return float((z ^ (z >> np.uint64(31))) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True)
def room_for(scene: Scene, hand: Hand, fence: Fence, offer: int) -> bool:
    """Whether an offer of a creator not held fits beside what is held."""
    menu = scene.menu
    cost, tier, platform = menu.cost[offer], menu.tier[offer], menu.platform[offer]
    return bool(
        menu.allowed[offer]
        and hand.tally[2] + cost <= fence.most[0]
        and hand.tally[3] < fence.most[1]
        and hand.tier[tier] + cost <= fence.tier[1, tier]
        and hand.platform[platform] + cost <= fence.platform[1, platform]
    )


@njit(cache=True)
def gain_of(scene: Scene, hand: Hand, creator: int, offer: int, money: Floats) -> float:
    """What an offer of a creator not held would add; `money` = (per result, per cent)."""
    people = 0.0
    for j in range(hand.pull.shape[1]):
        people += scene.menu.profile[offer, j] * hand.pull[creator, j]
    return float(money[0] * people - money[1] * scene.menu.cost[offer])


@njit(cache=True)
def needed(scene: Scene, hand: Hand, fence: Fence, offer: int) -> bool:
    """Whether an offer belongs to a tier or platform that has not had its least share yet."""
    tier, platform = scene.menu.tier[offer], scene.menu.platform[offer]
    return bool(hand.tier[tier] < fence.tier[0, tier] or hand.platform[platform] < fence.platform[0, platform])


@njit(cache=True)
def refill(scene: Scene, hand: Hand, fence: Fence, money: Floats, price: Floats, barred: int) -> None:
    """Greedy from what is held, by gain / `price` (n_offers,); musts first, then least shares; `barred` stays out."""
    menu = scene.menu
    while True:
        best, taker, taken, first = 0.0, -1, -1, 0
        for c in range(hand.held.size):
            if hand.held[c] >= 0 or c == barred:
                continue
            for o in range(menu.start[c], menu.start[c + 1]):
                if not room_for(scene, hand, fence, o):
                    continue
                gain = gain_of(scene, hand, c, o, money)
                rank = gain / price[o]
                urgent = 2 if fence.forced[c] else 1 if needed(scene, hand, fence, o) else 0
                if urgent > first or (urgent == first and rank > best):
                    if urgent == 0 and gain <= 0.0:
                        continue
                    best, taker, taken, first = rank, c, o, urgent
        if taker < 0:
            return
        exchange(scene, hand, taker, taken)
        hand.tally[1] += menu.cost.size


@njit(cache=True)
def keeps(hand: Hand, fence: Fence) -> bool:
    """Whether every must is held and every least share is spent; greatest limits are kept all along."""
    for c in range(hand.held.size):
        if fence.forced[c] and hand.held[c] < 0:
            return False
    return bool((hand.tier >= fence.tier[0]).all() and (hand.platform >= fence.platform[0]).all())


@njit(cache=True)
def a_held(hand: Hand, fence: Fence, state: NDArray[np.uint64]) -> int:
    """A creator held, drawn at random, rarely one the relaxation holds too; −1 if none is."""
    total = 0.0
    for c in range(hand.held.size):
        if hand.held[c] >= 0:
            total += 1.0 - LEAN * fence.lean[c]
    left, last = drawn(state) * total, -1
    for c in range(hand.held.size):
        if hand.held[c] >= 0:
            left -= 1.0 - LEAN * fence.lean[c]
            last = c
            if left <= 0.0:
                break
    return last


@njit(cache=True)
def a_newcomer(scene: Scene, hand: Hand, fence: Fence, money: Floats, state: NDArray[np.uint64]) -> int:
    """The best per cent of a few offers drawn among those not held; −1 if none gains."""
    best, found = 0.0, -1
    for _ in range(4):
        c = int(drawn(state) * hand.held.size)
        o = scene.menu.start[c] + int(drawn(state) * (scene.menu.start[c + 1] - scene.menu.start[c]))
        if hand.held[c] >= 0 or o >= scene.menu.start[c + 1] or not scene.menu.allowed[o]:
            continue
        rank = (1.0 - LEAN + fence.lean[c]) * gain_of(scene, hand, c, o, money) / scene.menu.cost[o]
        if rank > best and scene.menu.cost[o] <= fence.most[0]:
            best, found = rank, o
    return found


@njit(cache=True)
def disturb(scene: Scene, hand: Hand, fence: Fence, money: Floats, state: NDArray[np.uint64]) -> int:
    """Give up a few offers, for a newcomer or for nothing; a creator to keep out of the filling up, or −1."""
    newcomer = a_newcomer(scene, hand, fence, money, state) if drawn(state) < FEW else -1
    if newcomer >= 0:
        while hand.tally[3] > 0 and not room_for(scene, hand, fence, newcomer):
            exchange(scene, hand, a_held(hand, fence, state), -1)
        if room_for(scene, hand, fence, newcomer):
            exchange(scene, hand, np.searchsorted(scene.menu.start, newcomer, side="right") - 1, newcomer)
        return -1
    barred = -1
    for turn in range(1 + int(drawn(state) ** 2 * min(MOST, 1.0 + 0.3 * hand.tally[3]))):
        c = a_held(hand, fence, state)
        if c < 0:
            break
        exchange(scene, hand, c, -1)
        if turn == 0 and drawn(state) < 0.5 and not fence.forced[c]:
            barred = c
    return barred


@njit(cache=True)
def powered(menu: Menu) -> Floats:
    """Cost^power of every offer for each of the powers, (n_powers, n_offers)."""
    out = np.empty((len(POWERS), menu.cost.size))
    for at, power in enumerate(POWERS):
        out[at] = menu.cost.astype(np.float64) ** power
    return out


@njit(cache=True)
def blur(prices: Floats, state: NDArray[np.uint64], price: Floats) -> None:
    """One of the rows of `prices` by chance, each offer's a little dearer by chance, into `price` (n_offers,)."""
    row, noise = int(drawn(state) * prices.shape[0]), NOISE * max(drawn(state) - CALM, 0.0)
    for o in range(price.size):
        price[o] = prices[row, o] * (1.0 + noise * drawn(state))


@njit(cache=True)
def wander(scene: Scene, hand: Hand, fence: Fence, money: Floats, work: float, state: NDArray[np.uint64]) -> Ints:
    """The best set met on a walk of so many link visits: the offer held of each creator, or −1."""
    best_held, here = hand.held.copy(), hand.held.copy()
    value = money[0] * hand.tally[0] - money[1] * hand.tally[2]
    best = value if keeps(hand, fence) else -np.inf
    value = best
    limit, idle, patience = hand.tally[1] + work, 0, PATIENCE + int(work / VISITS_PER_STEP)
    prices = powered(scene.menu)
    price = prices[0].copy()
    while hand.tally[1] < limit and idle < patience:
        idle += 1
        barred = disturb(scene, hand, fence, money, state)
        blur(prices, state, price)
        refill(scene, hand, fence, money, price, barred)
        found = money[0] * hand.tally[0] - money[1] * hand.tally[2] if keeps(hand, fence) else -np.inf
        if found > value - SHAKE * abs(best) * drawn(state) or found == value:
            value = found
            here[:] = hand.held
            if found > best + 1e-9 * abs(best):
                best, idle = found, 0
                best_held[:] = hand.held
        else:
            move_to(scene, hand, here)
    return best_held
