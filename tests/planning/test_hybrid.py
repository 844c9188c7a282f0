"""Two phases as one optimisation, beside every division tried."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from asterism.planning._kernels import phases as kernels
from asterism.planning.bound import upper
from asterism.planning.constraints import Constraints, broken
from asterism.planning.hybrid import Hybrid, divide, plan_phases
from asterism.planning.phases import effects, primed_offers
from asterism.planning.search import plan_set
from tests.naive import phases as naive
from tests.naive.planning import Market, random_problem

SMALL = Market(creators=6, people=25, packages=2, candidates=9)


def hybrid_of(problem, priming: float, posts: tuple[int, int] = (99, 99), rule: str | None = None) -> Hybrid:
    offers = problem.offers
    fits = np.array([offers.posts <= most for most in posts])
    return Hybrid(problem.ready(), effects(offers, priming, rule), fits, offers.tier == 2)


@cache
def possible(goal: str, priming: float = 1.8):
    """(problem, best of all) of the random problems that leave a division."""
    problems = [random_problem(seed, SMALL, goal) for seed in range(20)]
    found = [(problem, naive.best_of_all(problem, priming)) for problem in problems]
    return [(problem, best) for problem, best in found if best is not None]


@pytest.mark.parametrize("goal", ["conversions", "profit"])
def test_the_search_comes_near_the_best_of_all_divisions_and_never_beyond(goal: str):
    gaps = []
    for problem, best in possible(goal):
        found = plan_phases(hybrid_of(problem, 1.8), plan_set(problem).offers)
        if found is None:
            assert best[0] <= 0
            continue
        told = naive.value(problem, found.opened, found.followed, 1.8)
        assert found.value == pytest.approx(told)
        assert told <= best[0] + 1e-9 * abs(best[0])
        gaps.append((best[0] - told) / abs(best[0]))
    assert len(gaps) >= 10
    assert np.mean(np.array(gaps) < 1e-9) >= 0.8
    assert goal == "profit" or max(gaps) < 0.05


@pytest.mark.parametrize("seed", range(30))
def test_every_limit_holds_for_the_whole_campaign(seed: int):
    problem = random_problem(seed, goal="conversions")
    found = plan_phases(hybrid_of(problem, 1.5, (2, 3)), plan_set(problem).offers)
    if found is not None:
        both = np.append(found.opened, found.followed)
        assert broken(problem.constraints, problem.offers, both) == ()
        assert problem.offers.posts[found.opened].max() <= 2
        assert problem.offers.posts[found.followed].max() <= 3


@pytest.mark.parametrize("priming", [1.0, 1.3, 1.8])
def test_two_phases_are_never_worse_than_the_campaign_they_start_from(priming: float):
    compared = 0
    for seed in range(20):
        problem = random_problem(seed, goal="conversions")
        start = plan_set(problem)
        found = plan_phases(hybrid_of(problem, priming), start.offers)
        if found is not None and start.offers.size > 1:
            compared += 1
            assert found.value >= start.value - 1e-9 * start.value
            assert divide(hybrid_of(problem, priming), start.offers).value >= start.value - 1e-9 * start.value
    assert compared >= 10


def test_thorough_search_finds_at_least_what_the_quick_one_does():
    for seed in range(20):
        problem = random_problem(seed, goal="conversions")
        start = plan_set(problem).offers
        quick, slow = (plan_phases(hybrid_of(problem, 1.8), start, thorough=t) for t in (False, True))
        assert (quick is None and slow is None) or slow.value >= quick.value


@pytest.mark.parametrize("goal", ["conversions", "profit"])
def test_with_everybody_primed_the_bound_is_above_every_division(goal: str):
    for problem, best in possible(goal):
        primed = replace(problem, offers=primed_offers(problem.offers, 1.8), prepared=None)
        proven = upper(primed, plan_set(primed)).upper
        assert proven >= best[0] - 1e-9 * abs(best[0])


def test_the_rules_pull_the_follow_up_towards_those_reached_or_those_not():
    primed_parts = {}
    for rule in ("retarget", "extend"):
        total = np.zeros(3)
        for seed in range(20):
            problem = random_problem(seed, goal="conversions")
            found = plan_phases(hybrid_of(problem, 1.5, rule=rule), plan_set(problem).offers)
            if found is not None:
                total += naive.outcome(problem.samples, problem.offers, found.opened, found.followed, 1.5)
        primed_parts[rule] = total[2] / (total[1] + total[2])
    assert primed_parts["retarget"] > primed_parts["extend"] + 0.05


def test_a_single_creator_makes_no_two_phases():
    problem = random_problem(0, Market(creators=1, people=20, packages=1, candidates=1), "conversions")
    assert plan_phases(hybrid_of(problem, 1.8), np.array([0])) is None


@pytest.mark.parametrize("seed", range(12))
def test_filling_never_spends_what_the_purse_does_not_hold(seed: int):
    problem = random_problem(seed, goal="conversions")
    offers, rng = problem.offers, np.random.default_rng(seed)
    hybrid = hybrid_of(replace(problem, constraints=Constraints(10**9, max_creators=99)), 1.5)
    total = int(offers.cost.sum())
    money, places = int(total * rng.uniform(0.1, 0.6)), int(rng.integers(1, 6))
    tier, platform = (rng.integers(0, total // 2, n) for n in (len(offers.tiers), len(offers.platforms)))
    purse = kernels.Purse(np.array([money, places]), tier.copy(), platform.copy())
    held = np.full(problem.samples.n_creators, -1, dtype=np.int64)
    left = kernels.leftover(hybrid.links, hybrid.worth, hybrid.effect, held)
    price = kernels.Price(1.0, 0.0, 0.0)
    order = kernels.fill_phases(hybrid.links, hybrid.options(hybrid.allowed), left, held, purse, price)
    rows = held[held >= 0] % len(offers)
    assert sorted(order.tolist()) == np.flatnonzero(held >= 0).tolist()
    assert offers.cost[rows].sum() == money - purse.left[0] <= money
    assert rows.size == places - purse.left[1] <= places
    for codes, caps in ((offers.tier, tier), (offers.platform, platform)):
        spent = np.bincount(codes[rows], offers.cost[rows], caps.size)
        assert (spent <= caps).all()
    assert left == pytest.approx(kernels.leftover(hybrid.links, hybrid.worth, hybrid.effect, held))


@pytest.mark.parametrize("seed", range(12))
def test_filling_one_phase_takes_the_best_per_cost_that_the_money_allows(seed: int):
    problem = random_problem(seed, Market(creators=10, people=40, packages=1, candidates=10), "conversions")
    problem = replace(problem, constraints=Constraints(10**9, max_creators=99), prepared=None)
    hybrid, cost = hybrid_of(problem, 1.5), problem.offers.cost
    only = np.zeros_like(hybrid.allowed)
    only[1] = True
    left, followed, won = int(0.4 * cost.sum()), [], 0.0
    while True:
        scores = {}
        for row in set(range(len(cost))) - set(followed):
            if cost[row] <= left:
                scores[row] = (naive.value(problem, [], [*followed, row], 1.5) - won) / cost[row]
        if not scores or max(scores.values()) <= 1e-12:
            break
        followed.append(max(scores, key=scores.get))
        left, won = left - int(cost[followed[-1]]), naive.value(problem, [], followed, 1.5)
    endless = [np.full(n, 10**12) for n in (len(problem.offers.tiers), len(problem.offers.platforms))]
    purse = kernels.Purse(np.array([int(0.4 * cost.sum()), 99]), *endless)
    held = np.full(problem.samples.n_creators, -1, dtype=np.int64)
    people = kernels.leftover(hybrid.links, hybrid.worth, hybrid.effect, held)
    order = kernels.fill_phases(hybrid.links, hybrid.options(only), people, held, purse, kernels.Price(1.0, 0.0, 0.0))
    assert order.tolist() == problem.offers.creator[followed].tolist()
