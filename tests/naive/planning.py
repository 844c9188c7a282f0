"""The planner's specification: plain loops anyone can read, every set tried, and random problems to try them on."""

import math
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from asterism.audience.samples import Samples
from asterism.audience.transpose import transpose
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective
from asterism.planning.offers import Offers, seen_at_least_once
from asterism.planning.problem import Problem

GOALS = ("awareness", "effective_reach", "engagement", "conversions", "profit")


def links_of(samples):
    """[(person, creator, chance)] of every link."""
    return [
        (p, int(samples.link[i]), float(samples.chance[i]))
        for p in range(samples.n_people)
        for i in range(samples.start[p], samples.start[p + 1])
    ]


def exposure_chances(posts, share):
    """P(0) … P(posts) of a beta-binomial(posts, 1, b), b = 1 / share − 1: C(n, j) B(1 + j, n − j + b) / B(1, b)."""
    if share <= 0:
        return [1.0] + [0.0] * posts
    if share >= 1:
        return [0.0] * posts + [1.0]
    b = (1 - share) / share

    def log_beta(x, y):
        return math.lgamma(x) + math.lgamma(y) - math.lgamma(x + y)

    return [math.comb(posts, j) * math.exp(log_beta(1 + j, posts - j + b) - log_beta(1, b)) for j in range(posts + 1)]


def seen_chances(offer_links, offers, exposures, posts):
    """P(0 exposures), P(1) … of one person with links [(offer, chance)], by convolution."""
    total = [1.0]
    for o, chance in offer_links:
        single = exposure_chances(int(posts[o]), exposures[o] / posts[o])
        single = [1 - chance + chance * single[0], *(chance * x for x in single[1:])]
        longer = [0.0] * (len(total) + len(single) - 1)
        for i, x in enumerate(total):
            for j, y in enumerate(single):
                longer[i + j] += x * y
        total = longer
    return total


def links_per_person(samples, offers, chosen):
    """For each person, [(offer, chance)] of the chosen offers that can reach it."""
    offer_of = {int(offers.creator[o]): int(o) for o in chosen}
    found = [[] for _ in range(samples.n_people)]
    for p, c, chance in links_of(samples):
        if c in offer_of:
            found[p].append((offer_of[c], chance))
    return found


def value(samples, offers, chosen, objective):
    """The value of a set, person by person."""
    rate = {"awareness": offers.reach, "engagement": offers.act}.get(objective.goal, offers.buy)
    total = 0.0
    for p, mine in enumerate(links_per_person(samples, offers, chosen)):
        wanted = samples.weight[p] * samples.worth[p]
        if objective.goal == "effective_reach":
            total += wanted * sum(seen_chances(mine, offers, offers.exposures, offers.posts)[objective.frequency :])
        else:
            miss = 1.0
            for o, chance in mine:
                miss *= 1 - chance * rate[o]
            total += wanted * (1 - miss)
    if objective.goal == "profit":
        return objective.margin_cents * total - sum(int(offers.cost[o]) for o in chosen)
    return total


def frequency(samples, offers, chosen, top):
    """People reached exactly 1 … top times, the last «or more»."""
    out = [0.0] * top
    for p, mine in enumerate(links_per_person(samples, offers, chosen)):
        for n, chance in enumerate(seen_chances(mine, offers, offers.exposures, offers.posts)):
            if n:
                out[min(n, top) - 1] += samples.weight[p] * samples.worth[p] * chance
    return out


def keeps_limits(limits, offers, chosen):
    """Whether a set keeps every limit, said as plainly as possible."""
    creators = [int(offers.creator[o]) for o in chosen]
    cost = sum(int(offers.cost[o]) for o in chosen)
    if cost > limits.budget_cents or len(chosen) > limits.max_creators or len(set(creators)) < len(creators):
        return False
    if any(c in limits.exclude for c in creators) or any(c not in creators for c in limits.include):
        return False
    tiers = [offers.tiers[offers.tier[o]] for o in chosen]
    if limits.allowed_tiers is not None and any(t not in limits.allowed_tiers for t in tiers):
        return False
    platforms = [offers.platforms[offers.platform[o]] for o in chosen]
    for shares, kinds in ((limits.tier_share, tiers), (limits.platform_share, platforms)):
        for name, (least, most) in shares.items():
            there = sum(int(offers.cost[o]) for o, kind in zip(chosen, kinds, strict=True) if kind == name)
            if there < least * limits.budget_cents - 1e-6 or there > most * limits.budget_cents + 1e-6:
                return False
    return True


def best_of_all(samples, offers, objective, limits):
    """(value, rows) of the best set that keeps the limits, by trying every set; None if no set does."""
    k = objective.frequency if objective.goal == "effective_reach" else 1
    rate = {"awareness": offers.reach, "engagement": offers.act}.get(objective.goal, offers.buy)
    dense = np.zeros((samples.n_creators, samples.n_people))
    for p, c, chance in links_of(samples):
        dense[c, p] = chance
    start = np.zeros((1, samples.n_people, k))
    start[:, :, 0] = 1.0
    sets, costs, states = [()], np.zeros(1), start
    for c in range(samples.n_creators):
        parts = [(sets, costs, states)]
        for o in np.flatnonzero(offers.creator == c):
            if k == 1:
                single = [1 - rate[o], rate[o]]
            else:
                single = exposure_chances(int(offers.posts[o]), offers.exposures[o] / offers.posts[o])
            fits = costs + offers.cost[o] <= limits.budget_cents
            fits &= np.array([len(s) < limits.max_creators for s in sets])
            old = states[fits]
            new = np.zeros_like(old)
            for n in range(k):
                for j in range(min(n, len(single) - 1) + 1):
                    chance = (1 - dense[c]) + dense[c] * single[0] if j == 0 else dense[c] * single[j]
                    new[:, :, n] += old[:, :, n - j] * chance
            grown = [(*s, int(o)) for s, good in zip(sets, fits, strict=True) if good]
            parts.append((grown, costs[fits] + offers.cost[o], new))
        sets = list(chain.from_iterable(part[0] for part in parts))
        costs, states = np.concatenate([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
    people = (1 - states.sum(axis=2)) @ (samples.weight * samples.worth)
    values = objective.margin_cents * people - costs if objective.goal == "profit" else people
    for at in np.argsort(-values, kind="stable"):
        if keeps_limits(limits, offers, sets[at]):
            return float(values[at]), sets[at]
    return None


@dataclass(frozen=True)
class Market:
    """How large a random problem is."""

    creators: int = 9
    people: int = 30
    packages: int = 3
    candidates: int = 15


def random_samples(rng, market):
    """Few people with random links; chances of one, or anything."""
    n, m = market.creators, market.people
    popularity = rng.uniform(0.08, 0.6, n)
    linked = rng.random((m, n)) < popularity
    chance = np.ones((m, n)) if rng.random() < 0.4 else rng.uniform(0.1, 1.0, (m, n))
    people, creators = np.nonzero(linked)
    return Samples(
        creators=tuple(f"c{i:02d}" for i in range(n)),
        weight=rng.uniform(1, 100, m).round(2),
        start=np.concatenate([[0], np.cumsum(linked.sum(axis=1))]).astype(np.int64),
        link=creators.astype(np.int32),
        chance=chance[people, creators],
        rung=np.full(n, 3, dtype=np.int8),
        sizes=linked.sum(axis=0).astype(float),
        variant=(np.arange(m) % 2).astype(np.int16),
        n_variants=2,
        worth=rng.uniform(0, 1, m) if rng.random() < 0.5 else np.ones(m),
    )


def random_offers(rng, samples, market):
    """One to a few packages per creator, dearer the more they reach, with much noise."""
    rows = [c for c in range(samples.n_creators) for _ in range(rng.integers(1, market.packages + 1))]
    creator = np.array(rows[: market.candidates], dtype=np.int32)
    n = creator.size
    posts = rng.integers(1, 5, n).astype(np.int16)
    per_post = rng.uniform(0.1, 1.0, samples.n_creators)[creator]
    per_post[rng.random(n) < 0.1] = 1.0
    exposures = per_post * posts
    reach = seen_at_least_once(posts.astype(float), exposures)
    fee = (1_000 * (1 + samples.sizes[creator]) * posts**0.8 * rng.lognormal(0, 0.6, n)).astype(np.int64)
    tiers, platforms = ("nano", "micro", "macro"), ("instagram", "tiktok")
    return Offers(
        creator=creator,
        package=tuple(f"{p} reel" for p in posts),
        posts=posts,
        cost=fee + 500,
        fee=fee,
        fee_log_sd=np.full(n, 0.3),
        fee_source=("prior",) * n,
        reach=reach,
        act=reach * rng.uniform(0.05, 0.9, n),
        buy=reach * rng.uniform(0.01, 0.5, n),
        exposures=exposures,
        tier=rng.integers(0, 3, samples.n_creators)[creator].astype(np.int16),
        platform=rng.integers(0, 2, samples.n_creators)[creator].astype(np.int16),
        tiers=tiers,
        platforms=platforms,
    )


def random_limits(rng, samples, offers):
    """A budget that binds, and now and then every other kind of limit."""
    shares = {}
    if rng.random() < 0.35:
        shares["macro"] = (0.0, float(rng.choice([0.3, 0.5])))
    if rng.random() < 0.2:
        shares["micro"] = (float(rng.choice([0.1, 0.3])), 1.0)
    bought = np.unique(offers.creator)
    picks = [int(c) for c in rng.permutation(bought)[:3]]
    return Constraints(
        budget_cents=int(offers.cost.sum() * rng.uniform(0.1, 0.6)),
        max_creators=int(rng.integers(2, 10)),
        tier_share=shares,
        platform_share={"tiktok": (0.0, 0.6)} if rng.random() < 0.15 else {},
        include=tuple(picks[:1]) if rng.random() < 0.15 else (),
        exclude=tuple(picks[1:2]) if rng.random() < 0.15 else (),
        allowed_tiers=("nano", "micro") if rng.random() < 0.1 else None,
    )


def random_problem(seed, market=None, goal=None):
    """A problem small enough to try every set; goals take turns with the seed."""
    rng = np.random.default_rng(seed)
    market = market or Market(creators=int(rng.integers(5, 16)), people=int(rng.integers(10, 40)))
    samples = random_samples(rng, market)
    offers = random_offers(rng, samples, market)
    goal = goal or GOALS[seed % len(GOALS)]
    objective = Objective(goal, frequency=int(rng.integers(2, 4)), margin_cents=float(rng.uniform(20, 400)))
    return Problem(samples, transpose(samples), offers, objective, random_limits(rng, samples, offers))


def world_of_draw(problem, chosen, draws, r):
    """(samples, offers) as draw r believes them: only its variant's people, its own rates."""
    samples, offers = problem.samples, problem.offers
    own = samples.variant == draws.variant[r]
    rates = {}
    for name, ceiling in (("reach", 1.0), ("act", 1.0), ("buy", 1.0), ("exposures", None)):
        rates[name] = getattr(offers, name).copy()
        for i, o in enumerate(chosen):
            most = ceiling if ceiling is not None else float(offers.posts[o])
            rates[name][o] = min(rates[name][o] * getattr(draws, name)[r, i], most)
    return replace(samples, weight=samples.weight * own * samples.n_variants), replace(offers, **rates)


def cost_of_draw(problem, chosen, draws, r):
    """Σ (fee × its factor + handling), cents."""
    offers = problem.offers
    return sum(offers.fee[o] * draws.fee[r, i] + (offers.cost[o] - offers.fee[o]) for i, o in enumerate(chosen))


def cut(v, chances):
    """(κ, Σ ψ): what the relaxation's cut that touches at strength v gives for offers with these chances."""
    price = (1 + v) * math.exp(-v)
    total = 0.0
    for q in chances:
        strength = math.inf if q >= 1 else -math.log(1 - q)
        total += math.exp(-v) * strength if strength <= v else price - (1 - q)
    return price, total


def least_linear_program(problem):
    """The least bound of the maximum coverage program with fractional choices, all chances 0 or 1, by HiGHS."""
    from scipy.optimize import linprog

    samples, offers = problem.samples, problem.offers
    n, m = len(offers), samples.n_people
    rows, right = [], []
    for p in range(m):
        row = np.zeros(n + m)
        row[n + p] = 1.0
        for i in range(samples.start[p], samples.start[p + 1]):
            row[:n] -= (offers.creator == samples.link[i]) * samples.chance[i]
        rows, right = [*rows, row], [*right, 0.0]
    rows, right = [*rows, np.append(offers.cost, np.zeros(m))], [*right, problem.constraints.budget_cents]
    for c in np.unique(offers.creator):
        rows, right = [*rows, np.append(offers.creator == c, np.zeros(m))], [*right, 1.0]
    rows, right = [*rows, np.append(np.ones(n), np.zeros(m))], [*right, problem.constraints.max_creators]
    worth = np.append(np.zeros(n), samples.weight * samples.worth)
    most = np.append(offers.cost <= problem.constraints.budget_cents, np.ones(m))
    return -linprog(-worth, A_ub=np.array(rows), b_ub=np.array(right), bounds=[(0, x) for x in most]).fun


def exact_coverage(problem):
    """The best value where every chance is 0 or 1, as a 0/1 program by HiGHS; None if no set keeps the limits."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    samples, offers, limits = problem.samples, problem.offers, problem.constraints
    n, m, cost = len(offers), samples.n_people, offers.cost.astype(float)
    cover = np.hstack([np.zeros((m, n)), np.eye(m)])
    for p, c, chance in links_of(samples):
        cover[p, :n] -= (offers.creator == c) * chance * offers.reach
    rows, low, high = [*cover], [-np.inf] * m, [0.0] * m
    tiers = [offers.tiers[t] for t in offers.tier]
    platforms = [offers.platforms[t] for t in offers.platform]
    wanted = [(np.ones(n) * cost, 0.0, limits.budget_cents), (np.ones(n), 0.0, limits.max_creators)]
    for shares, kinds in ((limits.tier_share, tiers), (limits.platform_share, platforms)):
        for name, (least, most) in shares.items():
            inside = cost * np.array([kind == name for kind in kinds])
            wanted.append((inside, least * limits.budget_cents - 1e-6, most * limits.budget_cents + 1e-6))
    creators = np.unique(offers.creator)
    wanted += [((offers.creator == c).astype(float), float(c in limits.include), 1.0) for c in creators]
    for row, least, most in wanted:
        rows, low, high = [*rows, np.append(row, np.zeros(m))], [*low, least], [*high, most]
    may = ~np.isin(offers.creator, limits.exclude)
    if limits.allowed_tiers is not None:
        may &= np.isin(tiers, limits.allowed_tiers)
    found = milp(
        -np.append(np.zeros(n), samples.weight * samples.worth),
        integrality=np.append(np.ones(n), np.zeros(m)),
        bounds=Bounds(0, np.append(may.astype(float), np.ones(m))),
        constraints=LinearConstraint(np.array(rows), low, high),
        options={"mip_rel_gap": 0.0},
    )
    return None if found.x is None else -float(found.fun)
