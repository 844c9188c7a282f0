"""Plans and bounds beside the optimum that HiGHS proves, on small problems with every kind of limit."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from asterism.audience.transpose import transpose
from asterism.planning.bound import upper
from asterism.planning.constraints import Constraints
from asterism.planning.search import plan_set
from tests.naive import planning as naive

INSTANCES = 200
MARKET = naive.Market(creators=18, people=50, packages=3, candidates=40)


def limited(seed):
    """A problem of sure links whose packages reach all or nobody, under shares, caps, musts and places."""
    problem = naive.random_problem(seed, MARKET, goal="awareness")
    rng = np.random.default_rng(seed + 10_000)
    offers, n = problem.offers, len(problem.offers)
    samples = replace(problem.samples, chance=np.ones(problem.samples.link.size))
    offers = replace(offers, reach=(rng.random(n) < 0.9).astype(float))
    names = [int(c) for c in rng.permutation(np.unique(offers.creator))[:3]]
    limits = Constraints(
        int(offers.cost.sum() * rng.uniform(0.08, 0.4)),
        max_creators=int(rng.integers(2, 9)),
        tier_share={"macro": (0.0, float(rng.choice([0.2, 0.5, 1.0]))), "micro": (float(rng.choice([0, 0.1, 0.3])), 1)},
        platform_share={"tiktok": (0.0, 0.6)} if rng.random() < 0.5 else {},
        include=tuple(names[:1]) if rng.random() < 0.3 else (),
        exclude=tuple(names[1:]) if rng.random() < 0.3 else (),
    )
    return replace(problem, samples=samples, by_creator=transpose(samples), offers=offers, constraints=limits)


@cache
def solved(seed):
    problem = limited(seed)
    return problem, naive.exact_coverage(problem)


def feasible():
    return [(problem, best) for problem, best in map(solved, range(INSTANCES)) if best is not None]


def test_under_every_kind_of_limit_the_plan_is_feasible_and_the_optimum_lies_within_its_certificate():
    found = [(problem, best, plan_set(problem)) for problem, best in feasible()]
    optimal = 0
    for problem, best, chosen in found:
        assert naive.keeps_limits(problem.constraints, problem.offers, chosen.offers)
        value = naive.value(problem.samples, problem.offers, chosen.offers, problem.objective)
        assert value <= best + 1e-6
        assert upper(problem, chosen).upper >= best - 1e-6
        optimal += value >= best - 1e-6
    print(f"{optimal} of {len(found)} plans are optimal")
    assert len(found) >= 120
    assert optimal >= 0.97 * len(found)


@pytest.mark.parametrize("seed", range(5))
def test_highs_and_every_set_tried_agree(seed):
    problem = naive.random_problem(seed, naive.Market(creators=8, people=20, packages=2), goal="awareness")
    samples = replace(problem.samples, chance=np.ones(problem.samples.link.size))
    sure = replace(problem, samples=samples, offers=replace(problem.offers, reach=np.ones(len(problem.offers))))
    best = naive.best_of_all(sure.samples, sure.offers, sure.objective, sure.constraints)
    found = naive.exact_coverage(sure)
    assert (best is None) == (found is None)
    assert best is None or found == pytest.approx(best[0])
