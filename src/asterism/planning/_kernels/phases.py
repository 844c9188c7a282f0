"""Two phases at once: what every option leaves of each person, and greedy over options.

An option is an offer in one of two phases. What it does to a person it reaches with chance a is three factors
1 − a · effect; the products of the factors over the options held, X, Y and Z, make the person's result 1 − X − Y + Z.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.crowd import Links
from asterism.planning._kernels.exposure import Floats, Ints

SURE = 1.0 - 1e-9  # the largest chance, so that every factor can be divided out again

ROUNDING = 1e-12  # a gain below this part of what it is the difference of is none: moves must not go round in circles
MOVES = 50  # moves per creator at most, for the same reason


class Options(NamedTuple):
    """Offers of creator c are rows `start[c]` to `start[c + 1]`; `effect` (2, n_offers, 3), `allowed` (2, n_offers)."""

    start: Ints
    effect: Floats
    allowed: NDArray[np.bool_]
    cost: Ints
    tier: NDArray[np.int16]
    platform: NDArray[np.int16]


class Purse(NamedTuple):
    """What may still be spent: `left` = (cents, creators), cents per tier, cents per platform."""

    left: Ints
    tier: Ints
    platform: Ints


class Price(NamedTuple):
    """How gains are ranked: (`per_result` × people − `per_cent` × cost) / (cost + `place`)."""

    per_result: float
    per_cent: float
    place: float


@njit(cache=True)
def turn(links: Links, left: Floats, creator: int, out: Floats, into: Floats) -> None:
    """Replace the effect `out` of a creator by `into`, each (3,), for all its people; zeros stand for nothing held."""
    for i in range(links.start[creator], links.start[creator + 1]):
        p, a = links.person[i], links.chance[i]
        for k in range(3):
            left[p, k] *= (1.0 - min(a * into[k], SURE)) / (1.0 - min(a * out[k], SURE))


@njit(cache=True)
def leftover(links: Links, worth: Floats, effect: Floats, held: Ints) -> Floats:
    """`worth` × (X, Y, Z) per person for the options held, (n_people, 3); held[c] = phase · n_offers + row, or −1."""
    left = np.empty((worth.size, 3))
    for k in range(3):
        left[:, k] = worth
    nothing = np.zeros(3)
    n = effect.shape[1]
    for c in range(held.size):
        if held[c] >= 0:
            turn(links, left, c, nothing, effect[held[c] // n, held[c] % n])
    return left


@njit(cache=True)
def pull_beside(links: Links, left: Floats, creator: int, own: Floats, out: Floats) -> None:
    """Σ chance × what the other creators leave of its people, into `out` (3,); `own` is the effect it holds itself."""
    out[:] = 0.0
    alone = own[0] == 0.0 and own[1] == 0.0 and own[2] == 0.0
    for i in range(links.start[creator], links.start[creator + 1]):
        p, a = links.person[i], links.chance[i]
        for k in range(3):
            out[k] += a * left[p, k] if alone else a * left[p, k] / (1.0 - min(a * own[k], SURE))


@njit(cache=True)
def room_for(options: Options, purse: Purse, row: int, before: int) -> bool:
    """Whether the money and the places left allow `row`, in place of the row `before` of the creator, or −1."""
    more = options.cost[row]
    if before < 0:
        if purse.left[1] < 1:
            return False
    else:
        more -= options.cost[before]
    tier, platform = purse.tier[options.tier[row]], purse.platform[options.platform[row]]
    return bool(more <= 0 or (more <= purse.left[0] and more <= tier and more <= platform))


@njit(cache=True)
def settle(options: Options, purse: Purse, row: int, before: int) -> None:
    """Pay for `row`, in place of the row `before` of the creator, or −1."""
    more = options.cost[row] - (options.cost[before] if before >= 0 else 0)
    purse.left[0] -= more
    purse.left[1] -= 1 if before < 0 else 0
    purse.tier[options.tier[row]] -= more
    purse.platform[options.platform[row]] -= more


@njit(cache=True)
def best_of(
    links: Links, options: Options, left: Floats, held: Ints, purse: Purse, price: Price, creator: int
) -> tuple[int, float]:
    """The option of a creator with the best gain per cost, and that score; (−1, 0) where none fits and gains.

    For a creator held already it is a change of offer or phase, at the difference in cost; one that costs nothing
    more scores above all that do.
    """
    n, first, last = options.cost.size, options.start[creator], options.start[creator + 1]
    best, best_score = -1, 0.0
    before = held[creator] % n if held[creator] >= 0 else -1
    own, pull = np.zeros(3), np.empty(3)
    if before >= 0:
        own[:] = options.effect[held[creator] // n, before]
    pull_beside(links, left, creator, own, pull)
    least = price.per_result * (1e-9 + ROUNDING * (pull[0] + pull[1] + pull[2]))
    for phase in range(2):
        for row in range(first, last):
            if not options.allowed[phase, row] or phase * n + row == held[creator]:
                continue
            if not room_for(options, purse, row, before):
                continue
            effect = options.effect[phase, row]
            more = options.cost[row] - (options.cost[before] if before >= 0 else 0)
            people = (effect[0] - own[0]) * pull[0] + (effect[1] - own[1]) * pull[1] - (effect[2] - own[2]) * pull[2]
            gain = price.per_result * people - price.per_cent * more
            paid = max(more, 0) + (price.place if before < 0 else 0.0)
            score = gain / paid if paid > 0 else gain * 1e15
            if gain > least and score > best_score:
                best, best_score = phase * n + row, score
    return best, best_score


@njit(cache=True)
def has_option(options: Options, creator: int) -> bool:
    """Whether anything of a creator may be held."""
    for row in range(options.start[creator], options.start[creator + 1]):
        if options.allowed[0, row] or options.allowed[1, row]:
            return True
    return False


@njit(cache=True)
def fill_phases(links: Links, options: Options, left: Floats, held: Ints, purse: Purse, price: Price) -> Ints:
    """Take the best option again and again, in place; the creators in the order in which they came in.

    Lazily: a creator's score is worked out again only when it comes first. Within one phase gains only fall, so that
    is exact; a score that rises because the other phase grew is seen at the next call.
    """
    n, many, round_ = options.cost.size, 0, 0
    order, option = np.empty(held.size, dtype=np.int64), np.full(held.size, -1, dtype=np.int64)
    score, seen = np.zeros(held.size), np.zeros(held.size, dtype=np.int64)
    for c in range(held.size):
        if has_option(options, c):
            option[c], score[c] = best_of(links, options, left, held, purse, price, c)
    while round_ < MOVES * held.size:
        c = int(np.argmax(score))
        if score[c] <= 0.0:
            break
        if seen[c] < round_:
            seen[c] = round_
            option[c], score[c] = best_of(links, options, left, held, purse, price, c)
            continue
        before = held[c] % n if held[c] >= 0 else -1
        out = np.zeros(3)
        if before >= 0:
            out[:] = options.effect[held[c] // n, before]
        else:
            order[many] = c
            many += 1
        turn(links, left, c, out, options.effect[option[c] // n, option[c] % n])
        settle(options, purse, option[c] % n, before)
        held[c] = option[c]
        round_ += 1
    return order[:many]
