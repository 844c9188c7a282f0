from dataclasses import replace

import numpy as np
import pytest

from asterism.planning.bound import REFERENCES, upper
from asterism.planning.constraints import Constraints, check_possible
from asterism.planning.search import plan_set
from tests.naive import planning as naive


@pytest.mark.parametrize("goal", naive.GOALS)
@pytest.mark.parametrize("seed", range(100, 106))
def test_the_bound_holds_whatever_set_it_is_measured_from(goal, seed):
    problem = naive.random_problem(seed, goal=goal).under(Constraints(120_000, max_creators=4))
    best, _ = naive.best_of_all(problem.samples, problem.offers, problem.objective, problem.constraints)
    found = plan_set(problem)
    rng = np.random.default_rng(seed)
    creators = rng.permutation(np.unique(problem.offers.creator))[:4]
    strange = np.array([rng.choice(np.flatnonzero(problem.offers.creator == c)) for c in creators])
    for rows in (found.offers, strange, strange[:0]):
        assert upper(problem, replace(found, offers=rows)).upper >= best - 1e-9 * abs(best)


@pytest.mark.parametrize("goal", naive.GOALS)
@pytest.mark.parametrize("seed", range(200, 206))
def test_the_bound_holds_under_caps_that_bind(goal, seed):
    problem = naive.random_problem(seed, goal=goal)
    caps = dict.fromkeys(problem.offers.tiers, (0.0, 0.3))
    problem = problem.under(Constraints(int(problem.offers.cost.sum() * 0.4), tier_share=caps))
    best, _ = naive.best_of_all(problem.samples, problem.offers, problem.objective, problem.constraints)
    assert upper(problem, plan_set(problem)).upper >= best - 1e-9 * abs(best)


def test_without_limits_that_bind_the_bound_is_the_value():
    problem = naive.random_problem(6, goal="awareness").under(Constraints(10**9, max_creators=99))
    one_each = np.flatnonzero(np.diff(problem.offers.creator, append=-1))
    offered = np.isin(np.arange(len(problem.offers)), one_each)
    found = upper(problem.under(problem.constraints, offered), plan_set(problem.under(problem.constraints, offered)))
    assert found.upper == pytest.approx(found.value)


def test_a_bound_of_nothing_to_gain_is_exactly_zero():
    problem = naive.random_problem(4)
    poor = replace(problem, objective=replace(problem.objective, margin_cents=1e-6)).under(Constraints(10**9))
    found = upper(poor, plan_set(poor))
    assert (found.value, found.upper, found.gap) == (0.0, 0.0, 0.0)


def test_the_bound_says_how_it_was_proven():
    problem = naive.random_problem(0, goal="awareness").under(Constraints(60_000))
    quick = replace(problem, proof_work=0)
    assert "marginal gains after" in upper(quick, plan_set(problem)).method
    assert "concave relaxation" in upper(problem, plan_set(problem)).method


def test_the_relaxation_only_ever_lowers_the_bound():
    for seed in range(30):
        problem = naive.random_problem(seed)
        chosen = plan_set(problem)
        assert upper(problem, chosen).upper <= upper(replace(problem, proof_work=0), chosen).upper


def test_a_tighter_cap_lowers_the_bound():
    problem = naive.random_problem(15, goal="awareness")
    bounds = []
    for most in (1.0, 0.2, 0.0):
        limited = problem.under(Constraints(150_000, tier_share=dict.fromkeys(problem.offers.tiers, (0.0, most))))
        bounds.append(upper(limited, plan_set(limited)).upper)
    assert bounds[0] > bounds[1] > bounds[2] >= 0


def test_forced_creators_count_in_the_bound_even_at_a_loss():
    problem = naive.random_problem(4)
    poor = replace(problem, objective=replace(problem.objective, margin_cents=1e-6))
    forced = poor.under(Constraints(10**9, include=(0, 1)))
    best, _ = naive.best_of_all(forced.samples, forced.offers, forced.objective, forced.constraints)
    found = upper(forced, plan_set(forced))
    assert best < 0
    assert found.upper == pytest.approx(best, rel=1e-6)
    check_possible(forced.constraints, forced.offers, forced.samples.creators)


def test_references_start_from_nothing_and_end_with_everything():
    assert (REFERENCES[0], REFERENCES[-1]) == (0.0, 1.0)
