"""Speed and value of the planner on budgeted coverage: `python -m benchmarks.coverage A B C D E`.

E is 5,000 creators × 1 million sampled people. Each instance is run once to load the kernels, then timed.
"""

import sys
import time
from dataclasses import dataclass

import numpy as np

from asterism.audience.samples import Samples
from asterism.audience.transpose import transpose
from asterism.planning.bound import upper
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective
from asterism.planning.offers import Offers
from asterism.planning.problem import Problem
from asterism.planning.search import plan_set

NICHES = 24
POPULATION = 50e6


@dataclass(frozen=True)
class Size:
    """How large a market is, how much its audiences overlap, and the part of all fees that is the budget."""

    creators: int
    people: int
    boost: float
    share: float


SIZES = {
    "A": Size(500, 100_000, 2, 0.05),
    "B": Size(500, 20_000, 16, 0.05),
    "C": Size(500, 100_000, 16, 0.05),
    "D": Size(2_000, 300_000, 8, 0.03),
    "E": Size(5_000, 1_000_000, 4, 0.02),
}
NO_SLOT_LIMIT = 10**6


def followers_of(rng, n):
    """Follower counts with a heavy tail, some spread evenly on the log scale."""
    low, high, tail = 1e3, 5e6, 1.9
    u = rng.random(n)
    heavy = (low ** (1 - tail) + u * (high ** (1 - tail) - low ** (1 - tail))) ** (1 / (1 - tail))
    return np.where(rng.random(n) < 0.4, np.exp(rng.uniform(np.log(5e3), np.log(5e6), n)), heavy)


def market(size, seed=0):
    """(people, creators) of each link, weight per person, cost per creator."""
    rng = np.random.default_rng(seed)
    n, m = size.creators, size.people
    followers = followers_of(rng, n)
    niche = rng.integers(0, NICHES, n)
    home = rng.choice(NICHES, m, p=rng.dirichlet(np.full(NICHES, 3.0)))
    activity = rng.lognormal(0, 1.0, m)
    weight = rng.integers(1, 11, m)
    members = [np.flatnonzero(home == x) for x in range(NICHES)]
    by_niche = [np.cumsum(activity[x]) / activity[x].sum() for x in members]
    everybody = np.cumsum(activity) / activity.sum()
    reach = np.clip(0.45 * (followers / 1e3) ** -0.12, 0.05, 0.6) * rng.uniform(0.7, 1.3, n)
    people, creators = [], []
    for j in range(n):
        drawn = max(rng.poisson(m * min(0.6, followers[j] * size.boost / POPULATION) * reach[j]), 1)
        inside = rng.binomial(drawn, 0.65)
        own = members[niche[j]][np.searchsorted(by_niche[niche[j]], rng.random(inside))]
        found = np.unique(np.concatenate([own, np.searchsorted(everybody, rng.random(drawn - inside))]))
        people.append(found)
        creators.append(np.full(found.size, j))
    cost = np.round(40 * (followers / 1e3) ** 0.8 * rng.lognormal(0, 0.5, n)).astype(np.int64) + 20
    return np.concatenate(people), np.concatenate(creators), weight, cost


def problem_of(size):
    """The market as a planner's problem: one sure package per creator, a budget and no other limit."""
    people, creators, weight, cost = market(size)
    order = np.lexsort((creators, people))
    n, ones = size.creators, np.ones(size.creators)
    samples = Samples(
        creators=tuple(f"c{i:05d}" for i in range(n)),
        weight=weight.astype(float),
        start=np.searchsorted(people[order], np.arange(size.people + 1)).astype(np.int64),
        link=creators[order].astype(np.int32),
        chance=np.ones(people.size),
        rung=np.ones(n, dtype=np.int8),
        sizes=np.bincount(creators, minlength=n).astype(float),
        variant=np.zeros(size.people, dtype=np.int16),
        worth=np.ones(size.people),
    )
    offers = Offers(
        creator=np.arange(n, dtype=np.int32),
        package=("1 reel",) * n,
        posts=np.ones(n, dtype=np.int16),
        cost=cost,
        fee=cost,
        fee_log_sd=np.zeros(n),
        fee_source=("quote",) * n,
        reach=ones,
        act=ones,
        buy=ones,
        exposures=ones,
        tier=np.zeros(n, dtype=np.int16),
        platform=np.zeros(n, dtype=np.int16),
        tiers=("any",),
        platforms=("any",),
    )
    limits = Constraints(int(size.share * cost.sum()), NO_SLOT_LIMIT)
    return Problem(samples, transpose(samples), offers, Objective("awareness"), limits)


def timed(work, *arguments):
    """(result, seconds on the clock, seconds of processor)."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work(*arguments)
    return result, time.perf_counter() - clock, time.process_time() - processor


def main(names):
    """One line per instance."""
    print("           links      value  clock  processor      bound    gap  clock  processor  (seconds)")
    for name in names:
        problem = problem_of(SIZES[name])
        upper(problem, plan_set(problem))
        chosen, *search = timed(plan_set, problem)
        bound, *proof = timed(upper, problem, chosen)
        print(
            f"{name}  {problem.samples.link.size:13,}  {chosen.value:9,.0f}  {search[0]:5.2f}  {search[1]:9.2f}"
            f"  {bound.upper:9,.0f}  {bound.gap:5.1%}  {proof[0]:5.2f}  {proof[1]:9.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:] or list(SIZES))
