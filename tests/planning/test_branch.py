"""Branch and bound finds what trying every set finds, and certifies wherever it is stopped."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.audience.transpose import transpose
from asterism.errors import WrongUsage
from asterism.planning.branch import bettered, branch
from asterism.planning.constraints import Constraints
from asterism.planning.relaxation import relax
from asterism.planning.search import plan_set
from tests.naive import planning as naive

ENDLESS = 10**12
NOBODY = np.zeros(0, dtype=np.int64)
GOALS = tuple(goal for goal in naive.GOALS if goal != "effective_reach")
SMALL = naive.Market(creators=8, people=25, packages=3, candidates=12)


def worth(problem, rows):
    return naive.value(problem.samples, problem.offers, rows, problem.objective)


@pytest.mark.parametrize("goal", GOALS)
def test_the_best_of_all_sets_is_found_from_nothing_under_every_kind_of_limit(goal):
    tried = 0
    for seed in range(60):
        problem = naive.random_problem(seed, SMALL, goal=goal)
        best = naive.best_of_all(problem.samples, problem.offers, problem.objective, problem.constraints)
        found = branch(problem, NOBODY, ENDLESS)
        assert found.closed
        if best is None:
            assert found.value == -np.inf
            continue
        tried += 1
        assert naive.keeps_limits(problem.constraints, problem.offers, found.offers)
        assert worth(problem, found.offers) == pytest.approx(best[0], rel=1e-8, abs=1e-6)
        assert best[0] - 1e-6 <= found.upper <= best[0] + 1e-6 * max(abs(best[0]), 1.0)
    assert tried >= 40


@pytest.mark.parametrize("work", [0, 10**3, 10**4, 3 * 10**4])
def test_stopped_anywhere_the_bound_is_not_below_the_best_of_all(work):
    for seed in range(40):
        problem = naive.random_problem(seed, SMALL, goal=GOALS[seed % len(GOALS)])
        best = naive.best_of_all(problem.samples, problem.offers, problem.objective, problem.constraints)
        found = branch(problem, NOBODY, work)
        if best is not None:
            assert found.upper >= best[0] - 1e-6
            assert found.value <= best[0] + 1e-6


def test_effective_reach_is_refused():
    problem = naive.random_problem(1, SMALL, goal="effective_reach")
    with pytest.raises(WrongUsage, match="counts people once"):
        branch(problem, NOBODY, ENDLESS)


def test_the_same_work_gives_the_same_answer():
    problem = replace(naive.random_problem(3, goal="awareness"), constraints=Constraints(60_000))
    one, other = (branch(problem, plan_set(problem).offers, 10**4) for _ in range(2))
    assert one.offers.tolist() == other.offers.tolist()
    assert (one.value, one.upper, one.parts) == (other.value, other.upper, other.parts)


def test_a_clock_that_has_run_out_leaves_the_set_given_and_the_relaxations_bound():
    problem = naive.random_problem(3, SMALL, goal="awareness")
    chosen = plan_set(problem).offers
    found = branch(problem, chosen, ENDLESS, clock=lambda: 0.0)
    assert found.offers.tolist() == sorted(chosen.tolist())
    assert (found.closed, found.parts) == (False, 0)
    assert found.value < found.upper <= relax(problem, chosen, problem.proof_work).priced.upper


def crowded(seed):
    """A problem of sure links too large to try every set, with packages, shares, places and a must."""
    market = naive.Market(creators=40, people=90, packages=2, candidates=60)
    problem = naive.random_problem(seed, market, goal="awareness")
    offers = replace(problem.offers, reach=(np.arange(len(problem.offers)) % 9 > 0).astype(float))
    samples = replace(problem.samples, chance=np.ones(problem.samples.link.size))
    limits = Constraints(
        int(offers.cost.sum() * 0.03),
        max_creators=4 + seed % 5,
        tier_share={"macro": (0.0, 0.4), "micro": (0.1, 1.0)} if seed % 2 else {},
        platform_share={"tiktok": (0.0, 0.6)} if seed % 3 == 0 else {},
        include=(int(offers.creator[0]),) if seed % 4 == 0 else (),
    )
    return replace(problem, samples=samples, by_creator=transpose(samples), offers=offers, constraints=limits)


def test_on_larger_problems_the_optimum_is_that_of_highs():
    closed = 0
    for seed in range(12):
        problem = crowded(seed)
        best = naive.exact_coverage(problem)
        if best is None:
            continue
        found = branch(problem, plan_set(replace(problem, swap_work=0)).offers, ENDLESS)
        assert found.closed
        assert naive.keeps_limits(problem.constraints, problem.offers, found.offers)
        assert worth(problem, found.offers) == pytest.approx(best, rel=1e-7)
        closed += 1
    assert closed >= 8


def test_a_selection_is_bettered_in_the_order_of_what_each_adds_and_bounded():
    better = 0
    for seed in range(12):
        problem = replace(crowded(seed), branch_work=10**9)
        few = np.arange(len(problem.offers)) % 3 > 0
        first = plan_set(replace(problem, swap_work=0, offered=few))
        if not first.offers.size:
            continue
        found, upper = bettered(problem, first)
        assert found.value >= first.value
        assert upper == pytest.approx(found.value, rel=1e-6)
        assert found.gains.sum() == pytest.approx(worth(problem, found.offers))
        better += found.value > first.value
    assert better >= 3


def test_effective_reach_and_no_work_leave_the_selection_as_it_is():
    often = naive.random_problem(1, SMALL, goal="effective_reach")
    idle = replace(naive.random_problem(1, SMALL, goal="awareness"), branch_work=0)
    for problem in (often, idle):
        chosen = plan_set(problem)
        assert bettered(problem, chosen) == (chosen, np.inf)


def test_with_a_clock_time_ends_the_search_and_not_work():
    problem = replace(crowded(3), branch_work=0, clock=lambda: 1.0)
    found, upper = bettered(problem, plan_set(problem))
    assert upper == pytest.approx(found.value, rel=1e-6)
