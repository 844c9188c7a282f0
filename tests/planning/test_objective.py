from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import betabinom

from asterism.errors import WrongUsage
from asterism.planning.objective import (
    Draws,
    Objective,
    exposure_profile,
    frequency,
    impressions,
    value,
    values_on_draws,
)
from tests.naive import planning as naive
from tests.planning.making import doubt, some_set

SEEDS = range(12)


@pytest.mark.parametrize("goal", naive.GOALS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_set_is_worth_what_plain_loops_say(goal, seed):
    problem = naive.random_problem(seed, goal=goal)
    chosen = some_set(problem, seed)
    expected = naive.value(problem.samples, problem.offers, chosen, problem.objective)
    assert value(problem.samples, problem.offers, chosen, problem.objective) == pytest.approx(
        expected, rel=1e-10, abs=1e-9
    )


@pytest.mark.parametrize("goal", naive.GOALS)
def test_nobody_chosen_is_worth_nothing(goal):
    problem = naive.random_problem(1, goal=goal)
    assert value(problem.samples, problem.offers, [], problem.objective) == 0


def test_a_person_reached_twice_counts_once():
    problem = naive.random_problem(3, goal="awareness")
    everybody = [int(np.flatnonzero(problem.offers.creator == c)[0]) for c in np.unique(problem.offers.creator)]
    people = (problem.samples.weight * problem.samples.worth).sum()
    assert value(problem.samples, problem.offers, everybody, problem.objective) <= people


def test_two_packages_of_one_creator_are_refused():
    problem = naive.random_problem(0)
    twice = np.flatnonzero(np.diff(problem.offers.creator) == 0)[0]
    with pytest.raises(WrongUsage, match="at most one offer per creator"):
        value(problem.samples, problem.offers, [twice, twice + 1], problem.objective)


@pytest.mark.parametrize(
    ("wish", "says"),
    [({"goal": "awarness"}, "Did you mean `awareness`"), ({"goal": "effective_reach", "frequency": 0}, "at least 1")],
    ids=["unknown goal", "no exposure"],
)
def test_an_objective_that_makes_no_sense_is_refused(wish, says):
    with pytest.raises(WrongUsage, match=says):
        Objective(**wish)


@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_exposures_are_beta_binomial(depth):
    offers = naive.random_problem(7).offers
    mean = offers.exposures / offers.posts
    got = exposure_profile(offers, depth)
    for o in np.flatnonzero(mean < 1):
        chances = betabinom(int(offers.posts[o]), 1, (1 - mean[o]) / mean[o]).pmf(np.arange(40))
        assert got[o] == pytest.approx([*chances[1:depth], chances[depth:].sum()], abs=1e-12)


def test_a_post_that_everybody_sees_gives_exactly_its_posts():
    offers = naive.random_problem(5).offers
    sure = replace(offers, exposures=offers.posts.astype(float))
    profile = exposure_profile(sure, 4)
    assert (profile[np.arange(len(sure)), sure.posts - 1] == 1).all()
    assert (profile.sum(axis=1) == 1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_frequency_counts_the_last_as_or_more(seed):
    problem = naive.random_problem(seed)
    chosen = some_set(problem, seed)
    got = frequency(problem.samples, problem.offers, chosen, 4)
    assert got == pytest.approx(naive.frequency(problem.samples, problem.offers, chosen, 4), abs=1e-9)


def test_impressions_are_exposures_times_people():
    problem = naive.random_problem(2)
    chosen = some_set(problem, 2)
    everything = naive.frequency(problem.samples, problem.offers, chosen, 100)
    expected = sum((n + 1) * people for n, people in enumerate(everything))
    assert impressions(problem.samples, problem.offers, chosen) == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_draw_is_a_world_of_its_own(seed):
    problem = naive.random_problem(seed)
    chosen = some_set(problem, seed)
    draws = doubt(problem, chosen, seed)
    got = values_on_draws(problem.samples, problem.offers, chosen, problem.objective, draws)
    for r in range(draws.variant.size):
        world = naive.world_of_draw(problem, chosen, draws, r)
        for goal in naive.GOALS:
            wish = Objective(goal, problem.objective.frequency, problem.objective.margin_cents)
            expected = naive.value(*world, chosen, wish)
            if goal == "profit":
                expected += sum(int(problem.offers.cost[o]) for o in chosen) - naive.cost_of_draw(
                    problem, chosen, draws, r
                )
            assert got.of(goal)[r] == pytest.approx(expected, rel=1e-9, abs=1e-7), goal
        assert got.impressions[r] == pytest.approx(impressions(*world, chosen))
        assert got.cost[r] == pytest.approx(naive.cost_of_draw(problem, chosen, draws, r))


def test_a_draw_of_the_means_over_one_variant_is_the_value():
    problem = naive.random_problem(4, goal="awareness")
    chosen = some_set(problem, 4)
    ones = np.ones((2, len(chosen)))
    draws = Draws(ones, ones, ones, ones, ones, variant=np.array([0, 1], dtype=np.int16))
    got = values_on_draws(problem.samples, problem.offers, chosen, problem.objective, draws)
    assert got.reach.mean() == pytest.approx(value(problem.samples, problem.offers, chosen, problem.objective))
