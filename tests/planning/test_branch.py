"""Branch and bound finds what trying every set finds, and certifies wherever it is stopped."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.errors import WrongUsage
from asterism.planning.branch import branch
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
