"""The concave relaxation: its cuts hold, dominate the two they replace, and reach the linear program's bound."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from asterism.audience.transpose import transpose
from asterism.planning._kernels.relaxation import strength
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective
from asterism.planning.relaxation import relax
from asterism.planning.search import plan_set
from tests.naive import planning as naive

CHANCES = (0.0, 0.01, 0.3, 0.62, 0.95, 1.0)
TOUCHES = (0.0, 0.01, 0.2, 0.9, 2.0, 6.0)


@pytest.mark.parametrize("v", TOUCHES)
def test_a_cut_is_never_below_the_chance_to_be_reached(v):
    for chances in product(CHANCES, repeat=3):
        price, gain = naive.cut(v, chances)
        assert 1 - price + gain >= 1 - math.prod(1 - q for q in chances) - 1e-12


@pytest.mark.parametrize("v", TOUCHES)
def test_a_cut_is_never_above_the_linear_one_of_its_price_or_the_exponential_one_of_its_slope(v):
    for q in CHANCES:
        price, gain = naive.cut(v, [q])
        assert gain <= price * q + 1e-12
        if q < 1:
            assert gain <= -math.exp(-v) * math.log(1 - q) + 1e-12


def sure(seed, limits):
    """A random problem in which every link and every offer always works."""
    problem = naive.random_problem(seed, naive.Market(creators=14, people=60, packages=1), goal="awareness")
    samples = replace(problem.samples, chance=np.ones(problem.samples.link.size))
    offers = replace(problem.offers, reach=np.ones(len(problem.offers)))
    return replace(problem, samples=samples, by_creator=transpose(samples), offers=offers, constraints=limits)


@pytest.mark.parametrize("places", [99, 3], ids=["money binds", "places bind"])
@pytest.mark.parametrize("seed", range(6))
def test_where_chances_are_sure_the_bound_is_the_linear_programs(seed, places):
    problem = sure(seed, Constraints(100_000, max_creators=places))
    found = relax(problem, plan_set(problem).offers, 10**8).priced.upper
    least = naive.least_linear_program(problem)
    assert least * (1 - 1e-9) <= found <= least * 1.005


@pytest.mark.parametrize("goal", naive.GOALS)
@pytest.mark.parametrize("seed", range(400, 408))
def test_the_majorant_is_never_below_the_value_of_any_set(seed, goal):
    problem = naive.random_problem(seed, goal=goal)
    chosen = plan_set(problem).offers
    modular = relax(problem, chosen, 10**6).modular
    rng = np.random.default_rng(seed)
    for _ in range(30):
        creators = rng.permutation(np.unique(problem.offers.creator))[: rng.integers(0, 9)]
        rows = [int(rng.choice(np.flatnonzero(problem.offers.creator == c))) for c in creators]
        worth = naive.value(problem.samples, problem.offers, rows, problem.objective)
        assert modular.base + modular.gain[rows].sum() >= worth - 1e-6 * max(abs(worth), 1.0)


def test_more_work_never_gives_a_worse_bound():
    problem = naive.random_problem(5, goal="awareness")
    chosen = plan_set(problem).offers
    bounds = [relax(problem, chosen, work).priced.upper for work in (0, 10**4, 10**6)]
    assert bounds == sorted(bounds, reverse=True)


def test_people_worth_nothing_make_a_bound_of_nothing():
    problem = naive.random_problem(5)
    nobody = replace(problem.samples, worth=np.zeros(problem.samples.n_people))
    empty = replace(problem, samples=nobody, objective=Objective("awareness"), constraints=Constraints(10**6))
    assert relax(empty, np.zeros(0, dtype=np.int64), 10**6).priced.upper == 0.0


def test_the_strength_of_a_chance_is_never_too_small_and_hardly_too_large() -> None:
    for q in (0.0, 1e-9, 1e-4, 0.0199999, 0.02, 0.3, 0.99):
        true = -np.log1p(-q)
        assert true <= strength(q) * (1 + 1e-15) <= true * (1 + 3e-6) + 1e-18
