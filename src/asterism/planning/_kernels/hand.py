"""What is held, and everybody's exposures and gains kept up to date as offers come and go."""

from typing import NamedTuple

import numpy as np
from numba import njit

from asterism.planning._kernels.crowd import Links, Menu, worth_of_more
from asterism.planning._kernels.exposure import Floats, Ints, expose


class Scene(NamedTuple):
    """People seen from both sides, and what they are worth: `who` lists each person's creators, `whom` the reverse.

    `who.chance` is empty where every link of every offer always works.
    """

    who: Links
    whom: Links
    menu: Menu
    worth: Floats
    shape: Floats


class Hand(NamedTuple):
    """What is held: the offer of each creator or −1, everybody's exposures and open worth, all creators' pulls.

    `tally` = (people at full depth, link visits, cents, creators); `tier` and `platform` are cents spent there.
    """

    held: Ints
    exactly: Floats
    open: Floats
    pull: Floats
    tally: Floats
    tier: Ints
    platform: Ints


@njit(cache=True)
def exchange_one(scene: Scene, hand: Hand, creator: int, before: int) -> int:
    """Bring a creator's people up to date where one exposure is all that counts; the link visits it took."""
    rate = scene.menu.profile[:, 0]
    now, visits, step = hand.held[creator], 0, scene.shape[1] - scene.shape[0]
    for i in range(scene.whom.start[creator], scene.whom.start[creator + 1]):
        p = scene.whom.person[i]
        old = hand.exactly[p, 0]
        begin, end = scene.who.start[p], scene.who.start[p + 1]
        if before < 0:
            if old == 0.0:
                continue
            missed = old * (1.0 - scene.whom.chance[i] * rate[now])
        else:
            missed = 1.0
            for j in range(begin, end):
                o = hand.held[scene.who.person[j]]
                if o >= 0:
                    missed *= 1.0 - scene.who.chance[j] * rate[o]
                    if missed == 0.0:
                        break
            visits += end - begin
        missed = max(missed, 0.0)
        if missed == old:
            continue
        hand.exactly[p, 0] = missed
        change = scene.worth[p] * (missed - old)
        hand.tally[0] -= change
        change *= step
        hand.open[p, 0] += change
        for j in range(begin, end):
            hand.pull[scene.who.person[j], 0] += scene.who.chance[j] * change
        visits += end - begin
    return visits


@njit(cache=True)
def exchange_sure(scene: Scene, hand: Hand, creator: int, sign: int) -> int:
    """`exchange_one` where links are sure: `hand.exactly` counts offers per person; `sign` 1 takes, −1 gives up."""
    visits = 0
    for i in range(scene.whom.start[creator], scene.whom.start[creator + 1]):
        p = scene.whom.person[i]
        before = hand.exactly[p, 0]
        hand.exactly[p, 0] = before + sign
        if before + min(sign, 0) != 0.0:
            continue
        hand.tally[0] += sign * scene.worth[p]
        for j in range(scene.who.start[p], scene.who.start[p + 1]):
            hand.pull[scene.who.person[j], 0] -= sign * scene.worth[p]
        visits += scene.who.start[p + 1] - scene.who.start[p]
    return visits


@njit(cache=True)
def exchange_many(scene: Scene, hand: Hand, creator: int, before: int) -> int:
    """`exchange_one` where exposures are counted up to a depth."""
    menu, k = scene.menu, hand.open.shape[1]
    more, visits = np.empty(k), 0
    for i in range(scene.whom.start[creator], scene.whom.start[creator + 1]):
        p = scene.whom.person[i]
        begin, end = scene.who.start[p], scene.who.start[p + 1]
        now = hand.exactly[p]
        old = now.sum()
        if before < 0:
            expose(now, scene.whom.chance[i], menu.profile[hand.held[creator]])
        else:
            now[:] = 0.0
            now[0] = 1.0
            for j in range(begin, end):
                o = hand.held[scene.who.person[j]]
                if o >= 0:
                    expose(now, scene.who.chance[j], menu.profile[o])
            visits += end - begin
        hand.tally[0] += scene.worth[p] * (old - now.sum())
        worth_of_more(now, scene.worth[p], scene.shape, more)
        for n in range(k):
            change = more[n] - hand.open[p, n]
            if change != 0.0:
                for j in range(begin, end):
                    hand.pull[scene.who.person[j], n] += scene.who.chance[j] * change
                visits += end - begin
                hand.open[p, n] = more[n]
    return visits


@njit(cache=True)
def exchange(scene: Scene, hand: Hand, creator: int, offer: int) -> None:
    """Hold `offer` of a creator instead of what is held (−1: nothing), and bring everybody's figures up to date."""
    menu, k, before = scene.menu, hand.open.shape[1], hand.held[creator]
    hand.held[creator] = offer
    for sign, o in ((-1, before), (1, offer)):
        if o >= 0:
            hand.tally[2] += sign * menu.cost[o]
            hand.tally[3] += sign
            hand.tier[menu.tier[o]] += sign * menu.cost[o]
            hand.platform[menu.platform[o]] += sign * menu.cost[o]
    if scene.who.chance.size == 0:
        taken = int(offer >= 0) - int(before >= 0)
        visits = exchange_sure(scene, hand, creator, taken) if taken else 0
    elif k == 1:
        visits = exchange_one(scene, hand, creator, before)
    else:
        visits = exchange_many(scene, hand, creator, before)
    hand.tally[1] += visits + scene.whom.start[creator + 1] - scene.whom.start[creator]


@njit(cache=True)
def move_to(scene: Scene, hand: Hand, target: Ints) -> None:
    """Hold exactly the offers of `target` (n_creators,), giving up before taking."""
    for c in range(target.size):
        if hand.held[c] >= 0 and target[c] != hand.held[c]:
            exchange(scene, hand, c, -1)
    for c in range(target.size):
        if target[c] != hand.held[c]:
            exchange(scene, hand, c, target[c])
