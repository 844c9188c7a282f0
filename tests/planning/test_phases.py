from dataclasses import replace

import numpy as np
import pytest

from asterism.creators.tiers import scheme
from asterism.planning._kernels import phases as kernels
from asterism.planning.objective import Objective, value
from asterism.planning.phases import buyers, effects, hand_over, left_by, opening_tiers
from tests.naive import phases as naive
from tests.naive.planning import random_problem


def divided(seed: int):
    """A random problem, and a random division of some of its creators."""
    problem = random_problem(seed, goal="conversions")
    rng = np.random.default_rng(seed)
    offers = problem.offers
    rows = [int(rng.choice(np.flatnonzero(offers.creator == c))) for c in np.unique(offers.creator)]
    rows = [row for row in rows if rng.random() < 0.8]
    opens = [rng.random() < 0.5 for _ in rows]
    opened = np.array([r for r, o in zip(rows, opens, strict=True) if o], dtype=np.int64)
    followed = np.array([r for r, o in zip(rows, opens, strict=True) if not o], dtype=np.int64)
    return problem, opened, followed


@pytest.mark.parametrize("priming", [1.0, 1.3, 1.8, 50.0])
@pytest.mark.parametrize("seed", range(6))
def test_buyers_are_those_of_the_story_person_by_person(seed: int, priming: float):
    problem, opened, followed = divided(seed)
    found = buyers(problem.samples, problem.offers, opened, followed, priming)
    assert found == pytest.approx(naive.outcome(problem.samples, problem.offers, opened, followed, priming))


@pytest.mark.parametrize("rule", [None, "retarget", "extend"])
@pytest.mark.parametrize("seed", range(6))
def test_three_products_per_person_hold_the_whole_story(seed: int, rule: str | None):
    problem, opened, followed = divided(seed)
    offers, samples = problem.offers, problem.samples
    held = np.full(samples.n_creators, -1, dtype=np.int64)
    held[offers.creator[opened]], held[offers.creator[followed]] = opened, followed + len(offers)
    worth = samples.weight * samples.worth
    links = problem.ready().prepared.links
    x, y, z = kernels.leftover(links, worth, effects(offers, 1.8, rule), held).sum(axis=0)
    told = naive.counted(naive.outcome(samples, offers, opened, followed, 1.8), rule)
    assert worth.sum() - x - y + z == pytest.approx(told)


def test_without_priming_two_phases_are_one_campaign():
    for seed in range(6):
        problem, opened, followed = divided(seed)
        apart = buyers(problem.samples, problem.offers, opened, followed, 1.0).sum()
        both = np.append(opened, followed)
        together = value(problem.samples, problem.offers, both, Objective("conversions"))
        assert apart == pytest.approx(together)


def test_with_priming_no_division_of_a_campaign_sells_less_than_the_campaign_at_once():
    for seed in range(12):
        problem, opened, followed = divided(seed)
        apart = buyers(problem.samples, problem.offers, opened, followed, 1.4).sum()
        both = np.append(opened, followed)
        assert apart >= value(problem.samples, problem.offers, both, Objective("conversions")) - 1e-9


def test_nobody_is_lost_or_doubled_between_the_phases():
    for seed in range(6):
        problem, opened, _ = divided(seed)
        fresh, met = left_by(problem.samples, problem.offers, opened)
        sold = value(replace_worth(problem.samples), problem.offers, opened, Objective("conversions"))
        assert fresh.weight.sum() + met.weight.sum() + sold == pytest.approx(problem.samples.weight.sum())


def replace_worth(samples):
    return replace(samples, worth=np.ones(samples.n_people))


def test_priming_never_sells_to_people_who_are_not_reached():
    problem, opened, followed = divided(3)
    reached = value(problem.samples, problem.offers, np.append(opened, followed), Objective("awareness"))
    assert buyers(problem.samples, problem.offers, opened, followed, 1e6).sum() <= reached


@pytest.mark.parametrize(
    ("found", "stated", "rule"),
    [((5.0, 2.0, 3.0), None, "retarget"), ((5.0, 3.0, 2.0), None, "extend"), ((5.0, 3.0, 2.0), "retarget", "retarget")],
    ids=["more primed", "more fresh", "the brief says"],
)
def test_the_rule_is_what_gives_more_unless_the_brief_says(found, stated, rule):
    told = hand_over(np.array(found), 4.0, stated)
    assert (told.rule, told.stated) == (rule, stated is not None)
    assert (told.after, told.alone) == (5.0, 4.0)


@pytest.mark.parametrize(
    ("choice", "opens"),
    [
        ("industry", ("macro", "mega")),
        ("industry5", ("macro", "mega")),
        ("b", ("macro",)),
        ({"s": 0, "m": 9, "l": 99}, ("l",)),
    ],
    ids=str,
)
def test_macro_and_above_open_by_the_trades_rule(choice: str | dict[str, float], opens: tuple[str, ...]):
    assert opening_tiers(scheme(choice)) == opens
