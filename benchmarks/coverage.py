"""Value, proof and speed of the planner on budgeted coverage, beside peers: `python -m benchmarks.coverage A B …`.

E is 5,000 creators × 1 million sampled people; F is B with chances of .05 to .4 in place of sure links. A smaller
instance loads the kernels first. Seconds are the processor's. Peers are run where they are installed, and where their
model holds it: all but F.
"""

import importlib.util
import sys
import time
from dataclasses import dataclass, replace

import numpy as np

from asterism.audience.samples import Samples
from asterism.audience.transpose import transpose
from asterism.planning.bound import upper
from asterism.planning.branch import branch
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective
from asterism.planning.offers import Offers
from asterism.planning.problem import Problem
from asterism.planning.search import plan_set
from benchmarks import peers

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
SECONDS = 30.0
"""How long branching may go on."""


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


def less_sure(problem, seed=0):
    """The same people, reached with chances of .05 to .4."""
    chance = np.random.default_rng(seed).uniform(0.05, 0.4, problem.samples.link.size)
    samples = replace(problem.samples, chance=chance)
    return replace(problem, samples=samples, by_creator=transpose(samples))


def timed(work, *arguments):
    """The result, and the processor's seconds."""
    before = time.process_time()
    result = work(*arguments)
    return result, time.process_time() - before


def ours(name):
    """One row: what the search finds and the relaxation proves, then what branching for `SECONDS` makes of it."""
    problem = problem_of(SIZES["B" if name == "F" else name])
    problem = less_sure(problem) if name == "F" else problem
    chosen, search = timed(plan_set, problem)
    bound, proof = timed(upper, problem, chosen)
    until = time.process_time() + SECONDS
    work = np.iinfo(np.int64).max // 4
    found, branched = timed(branch, problem, chosen.offers, work, chosen.guide, lambda: until - time.process_time())
    print(
        f"| {name} | {problem.samples.link.size:,} | {chosen.value:,.0f} | {search:.2f} | {bound.upper:,.0f} | "
        f"{bound.gap:.2%} | {proof:.2f} | {found.value:,.0f} | {(found.upper - found.value) / found.upper:.2%} | "
        f"{branched:.1f} |",
        flush=True,
    )


def theirs(name):
    """One row: what the peers choose, judged by our own count of the people, and how long they take."""
    people, creators, weight, cost = market(SIZES[name])
    cover = peers.Cover.of(people, creators, weight, cost, int(SIZES[name].share * cost.sum()))
    shown = []
    for peer, largest in PEERS.items():
        if name > largest:
            shown.append("not run")
            continue
        found = peer(cover)
        gap = "" if found.gap is None else f", gap {found.gap:.2%}"
        shown.append(f"{found.value:,} in {found.seconds:.2f} s{gap}")
    print(f"| {name} | {' | '.join(shown)} |", flush=True)


def highs(cover):
    """HiGHS with a minute."""
    return peers.highs(cover, 60.0)


PEERS = {peers.submodlib: "D", peers.apricot: "D", highs: "B"}
"""Each peer with the largest instance it is given; the larger ones take minutes, or more memory than there is."""


def main(names):
    """Both tables."""
    ours_first = problem_of(SIZES["B"])
    for problem in (ours_first, less_sure(ours_first)):
        branch(problem, plan_set(problem).offers, 10**6)
    print("| instance | links | value | plan s | bound | gap | bound s | branched value | gap | s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in names:
        ours(name)
    if importlib.util.find_spec("submodlib") is None:
        print("\nPeers are not installed.")
        return
    print("\n| instance | submodlib | apricot | HiGHS |\n|---|---|---|---|")
    for name in names:
        if name != "F":
            theirs(name)


if __name__ == "__main__":
    main(sys.argv[1:] or [*SIZES, "F"])
