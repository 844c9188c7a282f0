"""Loops over people for the planner: how often each is reached, what an offer would add, lazy greedy."""

import heapq
from typing import NamedTuple

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
def exposure_profile(posts: int, share: float, out: Floats) -> None:
    """P(j exposures), j = 1 … k, last «or more», of a beta-binomial(posts, 1, (1 − share) / share), into `out` (k,)."""
    k = out.size
    out[:] = 0.0
    share = min(max(share, 0.0), 1.0)
    at = (1.0 - share) / (posts * share + 1.0 - share)
    rest = 1.0 - at
    for j in range(1, min(k, posts)):
        at *= (posts - j + 1) * share / ((posts - j) * share + 1.0 - share)
        out[j - 1] = at
        rest -= at
    out[min(k, posts) - 1] = max(rest, 0.0)


@njit(cache=True)
def exposure_profiles(posts: NDArray[np.int16], exposures: Floats, k: int) -> Floats:
    """`exposure_profile` of each offer, shape (n_offers, k)."""
    out = np.empty((posts.size, k))
    for o in range(posts.size):
        exposure_profile(int(posts[o]), exposures[o] / posts[o], out[o])
    return out


@njit(cache=True)
def expose(exactly: Floats, chance: float, profile: Floats) -> None:
    """One more offer, in place: `exactly` (k,) convolved with 0 at 1 − chance, else `profile` (k,)."""
    k = exactly.size
    seen = 0.0
    for j in range(k):
        seen += profile[j]
    for n in range(k - 1, -1, -1):
        total = exactly[n] * max(1.0 - chance * seen, 0.0)
        for j in range(1, n + 1):
            total += chance * profile[j - 1] * exactly[n - j]
        exactly[n] = total


@njit(cache=True)
def selected(start: Ints, link: NDArray[np.int32], chance: Floats, place: Ints) -> tuple[Ints, Ints, Floats]:
    """CSR of the links whose creator has a `place` ≥ 0, with the place instead of the creator."""
    n_people = start.size - 1
    begin = np.zeros(n_people + 1, dtype=np.int64)
    for p in range(n_people):
        kept = 0
        for i in range(start[p], start[p + 1]):
            kept += place[link[i]] >= 0
        begin[p + 1] = begin[p] + kept
    where = np.empty(begin[n_people], dtype=np.int64)
    what = np.empty(begin[n_people])
    at = 0
    for p in range(n_people):
        for i in range(start[p], start[p + 1]):
            if place[link[i]] >= 0:
                where[at] = place[link[i]]
                what[at] = chance[i]
                at += 1
    return begin, where, what


@njit(cache=True)
def times_seen(begin: Ints, where: Ints, chance: Floats, worth: Floats, profile: Floats) -> Floats:
    """Worth of people with exactly 0, 1 … k − 1, and k or more exposures to the offers of `profile`, (k + 1,)."""
    k = profile.shape[1]
    out = np.zeros(k + 1)
    exactly = np.empty(k)
    for p in range(worth.size):
        exactly[:] = 0.0
        exactly[0] = 1.0
        for i in range(begin[p], begin[p + 1]):
            expose(exactly, chance[i], profile[where[i]])
        more = 1.0
        for n in range(k):
            out[n] += worth[p] * exactly[n]
            more -= exactly[n]
        out[k] += worth[p] * max(more, 0.0)
    return out


@njit(cache=True, parallel=True)
def drawn_outcomes(
    begin: Ints, where: Ints, chance: Floats, worth: Floats, variant: Ints, rates: Floats, posts: Ints, frequency: int
) -> Floats:
    """Reach, effective reach, actors, buyers and impressions per draw, shape (n_draws, 5).

    `worth` (n_variants, n_people) is what a person counts in each variant, `variant` (n_draws,) the variant a draw
    believes; `rates` (n_draws, 4, n_chosen) holds the draw's reach, act, buy and exposures.
    """
    n_draws = variant.size
    out = np.zeros((n_draws, 5))
    for r in prange(n_draws):
        profile = np.empty((posts.size, frequency))
        for o in range(posts.size):
            exposure_profile(posts[o], rates[r, 3, o] / posts[o], profile[o])
        exactly = np.empty(frequency)
        total = np.zeros(5)
        for p in range(begin.size - 1):
            counts = worth[variant[r], p]
            if counts == 0.0 or begin[p] == begin[p + 1]:
                continue
            exactly[:] = 0.0
            exactly[0] = 1.0
            unreached, idle, unsold, seen = 1.0, 1.0, 1.0, 0.0
            for i in range(begin[p], begin[p + 1]):
                o = where[i]
                unreached *= 1.0 - chance[i] * rates[r, 0, o]
                idle *= 1.0 - chance[i] * rates[r, 1, o]
                unsold *= 1.0 - chance[i] * rates[r, 2, o]
                seen += chance[i] * rates[r, 3, o]
                expose(exactly, chance[i], profile[o])
            total[0] += counts * (1.0 - unreached)
            total[1] += counts * max(1.0 - exactly.sum(), 0.0)
            total[2] += counts * (1.0 - idle)
            total[3] += counts * (1.0 - unsold)
            total[4] += counts * seen
        out[r] = total
    return out


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
def without(crowd: Crowd, links: Links, menu: Menu, link: int, creator: int, out: Floats) -> None:
    """P(n exposures) of a link's person to all held creators but this one, into `out` (k,).

    Where one exposure is all that counts, the creator's own factor is divided out again; a factor near 0, or more
    exposures, need the count from the start.
    """
    person = links.person[link]
    missed = 1.0 - links.chance[link] * menu.profile[crowd.held[creator], 0]
    if out.size == 1 and missed > 1e-6:
        out[0] = min(crowd.exactly[person, 0] / missed, 1.0)
    else:
        recount(crowd, links, menu, person, creator, out)


@njit(cache=True)
def pull_of(crowd: Crowd, links: Links, menu: Menu, creator: int, out: Floats) -> None:
    """`pulls` of one creator beside all the others held, into `out` (k,)."""
    k = out.size
    out[:] = 0.0
    exactly, more = np.empty(k), np.empty(k)
    for i in range(links.start[creator], links.start[creator + 1]):
        p = links.person[i]
        if crowd.held[creator] < 0:
            for j in range(k):
                out[j] += links.chance[i] * crowd.open[p, j]
        else:
            without(crowd, links, menu, i, creator, exactly)
            worth_of_more(exactly, crowd.worth[p], crowd.shape, more)
            for j in range(k):
                out[j] += links.chance[i] * more[j]


@njit(cache=True)
def hold(crowd: Crowd, links: Links, menu: Menu, creator: int, offer: int) -> None:
    """Hold an offer of a creator, instead of the one held so far if any."""
    new = crowd.held[creator] < 0
    crowd.held[creator] = offer
    for i in range(links.start[creator], links.start[creator + 1]):
        p = links.person[i]
        if new:
            crowd.behind[i] = crowd.head[p]
            crowd.owner[i] = creator
            crowd.head[p] = i
            expose(crowd.exactly[p], links.chance[i], menu.profile[offer])
        else:
            recount(crowd, links, menu, p, -1, crowd.exactly[p])
        worth_of_more(crowd.exactly[p], crowd.worth[p], crowd.shape, crowd.open[p])


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
