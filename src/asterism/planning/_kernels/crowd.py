"""People with the offers held so far: what each further exposure is worth, and to whom."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from asterism.planning._kernels.exposure import Floats, Ints, expose


class Links(NamedTuple):
    """Creators → people: `start` (n_creators + 1,), `person` and `chance` (n_links,)."""

    start: Ints
    person: NDArray[np.int32]
    chance: Floats


class Menu(NamedTuple):
    """Offers of creator c are rows `start[c]` to `start[c + 1]`; `profile[o, j − 1]` = P(j seen), last «or more»."""

    start: Ints
    profile: Floats
    cost: Ints
    tier: NDArray[np.int16]
    platform: NDArray[np.int16]
    allowed: NDArray[np.bool_]


class Room(NamedTuple):
    """What may still be spent: `left` = (cents, creators, cents before we stop), cents per tier, cents per platform."""

    left: Ints
    tier: Ints
    platform: Ints


class Rule(NamedTuple):
    """How gains are ranked: (`per_result` × people − `per_cent` × cost) / (cost + `slot_price`), or undivided."""

    per_result: float
    per_cent: float
    slot_price: float
    by_gain: bool
    floor: float
    eager: bool


class Crowd(NamedTuple):
    """How often each person is reached by the offers held, and what more exposures would be worth.

    `exactly[p, n]` = P(n exposures), n < k; `open[p, j − 1]` = worth of j more; `head`, `behind` and `owner` chain the
    links of held creators per person; `held[c]` is the offer held of creator c, or −1.
    """

    worth: Floats
    shape: Floats
    exactly: Floats
    open: Floats
    head: Ints
    behind: Ints
    owner: NDArray[np.int32]
    held: Ints


@njit(cache=True)
def pulls(links: Links, open_: Floats) -> Floats:
    """Σ over each creator's people of chance × `open_` (n_people, k), shape (n_creators, k)."""
    n, k = links.start.size - 1, open_.shape[1]
    out = np.zeros((n, k))
    for c in range(n):
        for i in range(links.start[c], links.start[c + 1]):
            for j in range(k):
                out[c, j] += links.chance[i] * open_[links.person[i], j]
    return out


@njit(cache=True)
def worth_of_more(exactly: Floats, worth: float, shape: Floats, out: Floats) -> None:
    """Worth of j = 1 … k more exposures to a person, into `out` (k,): Σ_n P(n) (shape(n + j) − shape(n))."""
    k = out.size
    for j in range(1, k + 1):
        total = 0.0
        for n in range(k):
            total += exactly[n] * (shape[min(n + j, k)] - shape[n])
        out[j - 1] = worth * total


@njit(cache=True)
def recount(crowd: Crowd, links: Links, menu: Menu, person: int, but: int, out: Floats) -> None:
    """P(n exposures) of a person to all held creators but one, into `out` (k,)."""
    out[:] = 0.0
    out[0] = 1.0
    i = crowd.head[person]
    while i >= 0:
        c = crowd.owner[i]
        if c != but:
            expose(out, links.chance[i], menu.profile[crowd.held[c]])
        i = crowd.behind[i]


@njit(cache=True)
def pull_of_one(crowd: Crowd, links: Links, menu: Menu, creator: int) -> float:
    """`pulls` of one creator where one exposure is all that counts.

    What the creator's own offer already took from a person is divided out again; where that is nearly all, the
    others are counted from the start.
    """
    total = 0.0
    held = crowd.held[creator]
    if held < 0:
        for i in range(links.start[creator], links.start[creator + 1]):
            total += links.chance[i] * crowd.open[links.person[i], 0]
        return total
    took = menu.profile[held, 0]
    alone = np.empty(1)
    for i in range(links.start[creator], links.start[creator + 1]):
        p = links.person[i]
        missed = 1.0 - links.chance[i] * took
        if missed > 1e-6:
            total += links.chance[i] * crowd.open[p, 0] / missed
        else:
            recount(crowd, links, menu, p, creator, alone)
            total += links.chance[i] * crowd.worth[p] * alone[0] * (crowd.shape[1] - crowd.shape[0])
    return total


@njit(cache=True)
def pull_of(crowd: Crowd, links: Links, menu: Menu, creator: int, out: Floats) -> None:
    """`pulls` of one creator beside all the others held, into `out` (k,)."""
    k = out.size
    if k == 1:
        out[0] = pull_of_one(crowd, links, menu, creator)
        return
    out[:] = 0.0
    exactly, more = np.empty(k), np.empty(k)
    for i in range(links.start[creator], links.start[creator + 1]):
        p = links.person[i]
        if crowd.held[creator] < 0:
            for j in range(k):
                out[j] += links.chance[i] * crowd.open[p, j]
        else:
            recount(crowd, links, menu, p, creator, exactly)
            worth_of_more(exactly, crowd.worth[p], crowd.shape, more)
            for j in range(k):
                out[j] += links.chance[i] * more[j]


@njit(cache=True)
def hold_one(crowd: Crowd, links: Links, menu: Menu, creator: int, before: int) -> None:
    """Bring the people of a creator up to date whose offer was `before` (or −1), where one exposure is all."""
    now, took = menu.profile[crowd.held[creator], 0], menu.profile[before, 0] if before >= 0 else 0.0
    for i in range(links.start[creator], links.start[creator + 1]):
        p = links.person[i]
        missed = 1.0 - links.chance[i] * took
        if missed > 1e-6:
            crowd.exactly[p, 0] *= (1.0 - links.chance[i] * now) / missed
        else:
            recount(crowd, links, menu, p, -1, crowd.exactly[p])
        crowd.open[p, 0] = crowd.worth[p] * crowd.exactly[p, 0] * (crowd.shape[1] - crowd.shape[0])


@njit(cache=True)
def hold(crowd: Crowd, links: Links, menu: Menu, creator: int, offer: int) -> None:
    """Hold an offer of a creator, instead of the one held so far if any."""
    before = crowd.held[creator]
    crowd.held[creator] = offer
    for i in range(links.start[creator], links.start[creator + 1]):
        if before < 0:
            crowd.behind[i] = crowd.head[links.person[i]]
            crowd.owner[i] = creator
            crowd.head[links.person[i]] = i
    if crowd.shape.size == 2:
        hold_one(crowd, links, menu, creator, before)
        return
    for i in range(links.start[creator], links.start[creator + 1]):
        p = links.person[i]
        if before < 0:
            expose(crowd.exactly[p], links.chance[i], menu.profile[offer])
        else:
            recount(crowd, links, menu, p, -1, crowd.exactly[p])
        worth_of_more(crowd.exactly[p], crowd.worth[p], crowd.shape, crowd.open[p])
