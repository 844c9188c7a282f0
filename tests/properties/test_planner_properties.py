"""What must hold of every market, however odd."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from asterism.planning.bound import upper
from asterism.planning.constraints import Constraints
from asterism.planning.objective import value
from asterism.planning.search import plan_set
from tests.naive import planning as naive

seeds = st.integers(0, 100_000)
few = settings(max_examples=40, deadline=None, derandomize=True)


@few
@given(seed=seeds, goal=st.sampled_from(naive.GOALS[:4]))
def test_one_more_creator_never_lowers_the_number_of_people(seed, goal):
    problem = naive.random_problem(seed, goal=goal)
    first = np.flatnonzero(np.diff(problem.offers.creator, prepend=-1))
    values = [value(problem.samples, problem.offers, first[:n], problem.objective) for n in range(first.size + 1)]
    assert (np.diff(values) >= -1e-9).all()
    assert values[-1] <= (problem.samples.weight * problem.samples.worth).sum() * (1 + 1e-12)


@few
@given(seed=seeds, goal=st.sampled_from(("awareness", "engagement", "conversions")))
def test_the_later_a_creator_comes_the_less_it_adds(seed, goal):
    problem = naive.random_problem(seed, goal=goal)
    first = np.flatnonzero(np.diff(problem.offers.creator, prepend=-1))
    newcomer, others = first[0], first[1:]
    gains = [
        value(problem.samples, problem.offers, [*others[:n], newcomer], problem.objective)
        - value(problem.samples, problem.offers, others[:n], problem.objective)
        for n in range(others.size + 1)
    ]
    assert (np.diff(gains) <= 1e-8).all()


@few
@given(seed=seeds, share=st.floats(0.01, 1.0))
def test_a_plan_is_within_its_limits_and_its_bound(seed, share):
    problem = naive.random_problem(seed)
    limits = replace(problem.constraints, budget_cents=int(problem.offers.cost.sum() * share) + 1)
    problem = problem.under(replace(limits, include=(), tier_share={}))
    chosen = plan_set(problem)
    assert naive.keeps_limits(problem.constraints, problem.offers, chosen.offers)
    assert chosen.value <= upper(problem, chosen).upper + 1e-6


@few
@given(seed=seeds)
def test_no_money_buys_nobody(seed):
    problem = naive.random_problem(seed).under(Constraints(1))
    assert plan_set(problem).offers.size == 0
