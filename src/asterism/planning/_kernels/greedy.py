"""Lazy greedy over a crowd: which offer ranks best, fits, and is taken next."""

import heapq

import numpy as np
from numba import njit

from asterism.planning._kernels.crowd import Crowd, Links, Menu, Room, Rule, hold, pull_of
from asterism.planning._kernels.exposure import Floats, Ints, expose


@njit(cache=True)
def pay(room: Room, menu: Menu, before: int, offer: int) -> None:
    """Take the cost of an offer out of the room, and put back that of the one it replaces (`before`, or −1)."""
    if before >= 0:
        room.left[0] += menu.cost[before]
        room.left[1] += 1
        room.left[2] += menu.cost[before]
        room.tier[menu.tier[before]] += menu.cost[before]
        room.platform[menu.platform[before]] += menu.cost[before]
    room.left[0] -= menu.cost[offer]
    room.left[1] -= 1
    room.left[2] -= menu.cost[offer]
    room.tier[menu.tier[offer]] -= menu.cost[offer]
    room.platform[menu.platform[offer]] -= menu.cost[offer]


@njit(cache=True)
def fits(room: Room, menu: Menu, before: int, offer: int) -> bool:
    """Whether an offer, instead of none or of a cheaper one (`before`), stays within budget, slots and caps.

    That packages only ever give way to dearer ones is what makes greedy end.
    """
    if not menu.allowed[offer] or (before >= 0 and menu.cost[offer] <= menu.cost[before]):
        return False
    cost, tier, platform = menu.cost[offer], menu.tier[offer], menu.platform[offer]
    back = menu.cost[before] if before >= 0 else 0
    same_tier = before >= 0 and menu.tier[before] == tier
    same_platform = before >= 0 and menu.platform[before] == platform
    return bool(
        cost <= room.left[0] + back
        and (before >= 0 or room.left[1] > 0)
        and cost <= room.tier[tier] + (back if same_tier else 0)
        and cost <= room.platform[platform] + (back if same_platform else 0)
    )


@njit(cache=True)
def best_package(menu: Menu, room: Room, rule: Rule, creator: int, before: int, pull: Floats) -> tuple[float, int]:
    """The best rank of a creator's offers that fit, and that offer; −1 if none fits.

    A dearer package that adds no more than rounding adds nothing: nobody should pay for it.
    """
    rank, best = -np.inf, -1
    for o in range(menu.start[creator], menu.start[creator + 1]):
        if not fits(room, menu, before, o):
            continue
        people, cost = 0.0, float(menu.cost[o])
        for j in range(pull.size):
            people += menu.profile[o, j] * pull[j]
        if before >= 0:
            cost -= menu.cost[before]
            nothing = 1e-9 * people
            for j in range(pull.size):
                people -= menu.profile[before, j] * pull[j]
            if abs(people) <= nothing:
                people = 0.0
        gain = rule.per_result * people - rule.per_cent * cost
        price = cost if before >= 0 else cost + rule.slot_price
        key = gain if rule.by_gain or price <= 0.0 else gain / price
        if key > rank:
            rank, best = key, o
    return rank, best


@njit(cache=True)
def take(crowd: Crowd, links: Links, menu: Menu, room: Room, creator: int, offer: int) -> None:
    """Pay for an offer and hold it."""
    pay(room, menu, crowd.held[creator], offer)
    hold(crowd, links, menu, creator, offer)


@njit(cache=True)
def ranked(crowd: Crowd, menu: Menu, room: Room, rule: Rule, known: Floats) -> list[tuple[float, int]]:
    """A heap of (−rank, creator) of every creator with an offer that fits, by the pulls `known` (n_creators, k)."""
    heap = [(np.inf, -1)]
    for c in range(known.shape[0]):
        rank, offer = best_package(menu, room, rule, c, crowd.held[c], known[c])
        if offer >= 0:
            heap.append((-rank, c))
    heapq.heapify(heap)
    return heap


@njit(cache=True)
def refresh(crowd: Crowd, links: Links, menu: Menu, room: Room, known: Floats) -> None:
    """Bring the pulls `known` (n_creators, k) of all creators up to date who can still be bought something of."""
    for c in range(known.shape[0]):
        for o in range(menu.start[c], menu.start[c + 1]):
            if fits(room, menu, crowd.held[c], o):
                pull_of(crowd, links, menu, c, known[c])
                break


@njit(cache=True)
def fill(crowd: Crowd, links: Links, menu: Menu, room: Room, rule: Rule, known: Floats) -> Ints:
    """Lazy greedy, in place: take the offer that ranks best until none fits or none ranks above `rule.floor`.

    `known` (n_creators, k) are pulls no smaller than the present ones; it is used up. A rank from old pulls is an
    upper bound where gains only fall (Minoux 1978), so the top of the heap is taken as soon as it is up to date.
    Where they can rise, an `eager` rule brings all up to date after each step. Returns the creators in order taken.
    """
    if rule.eager:
        refresh(crowd, links, menu, room, known)
    heap = ranked(crowd, menu, room, rule, known)
    fresh = np.full(known.shape[0], -1)
    step = 0
    order = [0][:0]
    while heap[0][1] >= 0 and room.left[2] > 0:
        old, c = heapq.heappop(heap)
        rank, offer = best_package(menu, room, rule, c, crowd.held[c], known[c])
        if offer < 0:
            continue
        if -rank > old:
            heapq.heappush(heap, (-rank, c))
            continue
        if rank <= rule.floor:
            break
        if fresh[c] < step:
            pull_of(crowd, links, menu, c, known[c])
            fresh[c] = step
            rank, offer = best_package(menu, room, rule, c, crowd.held[c], known[c])
            heapq.heappush(heap, (-rank, c))
            continue
        take(crowd, links, menu, room, c, offer)
        order.append(c)
        step += 1
        if rule.eager:
            refresh(crowd, links, menu, room, known)
            fresh[:] = step
            heap = ranked(crowd, menu, room, rule, known)
            continue
        rank, offer = best_package(menu, room, rule, c, offer, known[c])
        if offer >= 0:
            heapq.heappush(heap, (-rank, c))
    return np.array(order, dtype=np.int64)


@njit(cache=True)
def take_all(crowd: Crowd, links: Links, menu: Menu, room: Room, offers: Ints) -> None:
    """Pay for and hold the rows `offers`, in that order."""
    for o in offers:
        take(crowd, links, menu, room, np.searchsorted(menu.start, o, side="right") - 1, o)


@njit(cache=True)
def gains_in_order(crowd: Crowd, links: Links, menu: Menu, offers: Ints) -> Floats:
    """People each of the rows `offers` adds to those before it, (n_chosen,); they are held afterwards."""
    out = np.empty(offers.size)
    pull = np.empty(crowd.open.shape[1])
    for at in range(offers.size):
        c = np.searchsorted(menu.start, offers[at], side="right") - 1
        pull_of(crowd, links, menu, c, pull)
        out[at] = (menu.profile[offers[at]] * pull).sum()
        hold(crowd, links, menu, c, offers[at])
    return out


@njit(cache=True)
def expose_people(exactly: Floats, links: Links, creator: int, profile: Floats) -> None:
    """One more offer of a creator, in place, to everybody it can reach: `exactly` (n_people, k)."""
    for i in range(links.start[creator], links.start[creator + 1]):
        expose(exactly[links.person[i]], links.chance[i], profile)
