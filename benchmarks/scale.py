"""Planning cost against population: `python -m benchmarks.scale`.

500 creators, the same shares of the population, fees and reach rates each time, before 1, 10 and 100 million people who
follow 2.6 of them on average. Audiences are generated one creator at a time and never held together; the panel keeps
k = 1024 people per creator at most. The truth is exact: every person's own chance to be reached, over everybody.
"""

import resource
import sys
import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from asterism.audience.samples import Samples
from asterism.audience.streams import from_audiences
from asterism.audience.transpose import transpose
from asterism.planning.bound import upper
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective, value
from asterism.planning.offers import Offers
from asterism.planning.problem import Problem
from asterism.planning.search import plan_set

CREATORS = 500
NICHES = 24
CLASSES = ((0.5, 0.35), (0.3, 1.0), (0.15, 2.0), (0.05, 4.5))
"""Part of the people in each activity class, and how many creators they follow, relative to the mean."""
FOCUS = 8.0
"""How much more likely a creator's own niche is to follow."""
POPULATIONS = (1_000_000, 10_000_000, 100_000_000)
K = 1024
RUNS = 3


@dataclass(frozen=True)
class Market:
    """People in cells of one niche and activity, each a range of ids, and each creator's chance in each cell."""

    begin: np.ndarray
    chance: np.ndarray
    reach: np.ndarray
    cost: np.ndarray


def market(population, seed=0):
    """The same creators before any number of people."""
    rng = np.random.default_rng(seed)
    niche_part = rng.dirichlet(np.full(NICHES, 3.0))
    part = np.outer(niche_part, [share for share, _ in CLASSES]).ravel()
    share = np.clip(np.exp(rng.normal(np.log(0.0022), 1.3, CREATORS)), 0.0003, 0.06)
    home = rng.integers(0, NICHES, CREATORS)
    liking = np.where(home[:, None] == np.repeat(np.arange(NICHES), len(CLASSES)), FOCUS, 1.0)
    liking = liking * np.tile([often for _, often in CLASSES], NICHES)
    chance = np.minimum(liking * (share / (liking @ part))[:, None], 0.9)
    begin = np.rint(population * np.concatenate([[0.0], np.cumsum(part)])).astype(np.int64)
    reach = np.clip(0.3 * (share / 0.002) ** -0.12 * rng.uniform(0.7, 1.3, CREATORS), 0.05, 0.6)
    cost = np.round(40_000 * (share / 0.002) ** 0.8 * rng.lognormal(0, 0.5, CREATORS)).astype(np.int64) + 2_000
    return Market(begin, chance, reach, cost)


def audience(people, creator):
    """Ids of everybody who follows a creator, ascending: each of a cell with the same chance, independently."""
    rng = np.random.default_rng([1, creator])
    found = []
    for low, high, chance in zip(people.begin[:-1], people.begin[1:], people.chance[creator], strict=True):
        expected = (high - low) * chance
        at = np.cumsum(rng.geometric(chance, int(expected + 8 * np.sqrt(expected) + 20))) + (low - 1)
        assert at[-1] >= high - 1, "the gaps drawn must pass the end of the cell"
        found.append(at[at < high])
    return np.concatenate(found)


def audiences(people):
    """Every creator's id and ids, one after the other."""
    return ((f"c{creator:03d}", audience(people, creator)) for creator in range(CREATORS))


def problem_of(people, samples):
    """Awareness for a twentieth of all fees, one package per creator, forty creators at most."""
    rows, zeros = np.arange(CREATORS, dtype=np.int32), np.zeros(CREATORS)
    small = np.zeros(CREATORS, np.int16)
    offers = Offers(
        creator=rows, package=("1 reel",) * CREATORS, posts=np.ones(CREATORS, np.int16), cost=people.cost,
        fee=people.cost, fee_log_sd=zeros, fee_source=("quote",) * CREATORS, reach=people.reach, act=zeros, buy=zeros,
        exposures=people.reach, tier=small, platform=small, tiers=("any",), platforms=("any",),
    )  # fmt: skip
    limits = Constraints(int(0.05 * people.cost.sum()), 40)
    return Problem(samples, transpose(samples), offers, Objective("awareness"), limits)


def truth(people, chosen):
    """People reached by a set, exactly: Σ over everybody of 1 − Π (1 − reach rate)."""
    missed = np.ones(people.begin[-1])
    for creator in chosen:
        missed[audience(people, creator)] *= 1.0 - people.reach[creator]
    return float(people.begin[-1] - missed.sum())


def quickest(work):
    """(result, least seconds of processor of a few runs)."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return result, min(taken)


def errors(people, problem, chosen):
    """Relative error of reach of the plan and of twelve sets of 3 to 50 creators drawn at random."""
    rng = np.random.default_rng(2)
    sets = [chosen, *(rng.choice(CREATORS, size, replace=False) for size in (3, 12, 25, 50) for _ in range(3))]
    true = np.array([truth(people, each) for each in sets])
    found = np.array([value(problem.samples, problem.offers, each, problem.objective) for each in sets])
    return found / true - 1.0


def row(population):
    """One line of the table."""
    people = market(population)
    links = int((np.diff(people.begin) * people.chance).sum())
    start = time.process_time()
    samples = Samples.of(from_audiences(partial(audiences, people), k=K, seed=0))
    build = time.process_time() - start
    problem = problem_of(people, samples)
    plan_set(replace(problem, prepared=None))
    plan, search = quickest(lambda: plan_set(replace(problem, prepared=None)))
    bound, proof = quickest(lambda: upper(problem, plan))
    off = errors(people, problem, np.asarray(plan.offers))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return (
        f"| {population:,} | {links:,} | {samples.n_people:,} | {samples.link.size:,} | {build:.1f} | {search:.2f} | "
        f"{proof:.2f} | {len(plan.offers)} | {bound.gap:.2%} | {off[0]:+.2%} | {np.abs(off[1:]).mean():.2%} "
        f"({np.abs(off[1:]).max():.2%}) | {peak:.2f} |"
    )


def main(populations):
    print(
        "| people | follower links | panel people | panel links | panel s | search s | bound s | picks | gap | "
        "plan's reach, error | 12 random sets, mean (worst) | peak GB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for population in populations:
        print(row(population), flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or POPULATIONS)
