"""How often people see a plan, beside plain loops over every person and draw."""

from dataclasses import replace

import numpy as np
import pytest

from asterism.audience.transpose import transpose
from asterism.brief import Brief
from asterism.planning.alternatives import NOBODY, Chosen
from asterism.planning.constraints import Constraints
from asterism.planning.draws import CommonDraws
from asterism.planning.frequency import TOP, cap_of, reach_frequency, too_often
from asterism.planning.objective import Objective, frequency_on_draws, values_on_draws
from asterism.planning.packages import make_offers
from asterism.planning.picks import added, picks
from asterism.planning.plan import Duplication
from asterism.planning.problem import Problem
from asterism.planning.question import Question
from asterism.priors import Priors
from tests.naive import planning as naive
from tests.planning.making import Creator, doubt, samples_of, signals_of, some_set


@pytest.mark.parametrize("top", [1, 2, 5, 10])
@pytest.mark.parametrize("seed", range(6))
def test_people_reached_at_least_k_times_are_those_plain_loops_count(seed, top):
    problem = naive.random_problem(seed)
    chosen = some_set(problem, seed)
    draws = doubt(problem, chosen, seed)
    found = frequency_on_draws(problem.samples, problem.offers, chosen, draws, top)
    for r in range(4):
        exactly = naive.frequency(*naive.world_of_draw(problem, chosen, draws, r), chosen, top)
        assert found[r] == pytest.approx(np.cumsum(exactly[::-1])[::-1], rel=1e-9, abs=1e-9)


@pytest.fixture(scope="module")
def planned():
    """A question about six creators whom everybody may follow, all of them chosen, and its common draws."""
    creators = [Creator(f"c{i}", followers=2e6, reach=0.6) for i in range(6)]
    signals, samples, priors = signals_of(creators), samples_of(creators), Priors.default()
    brief = Brief(goal="awareness", budget="100000 USD")
    offers = make_offers(signals, brief, priors)
    limits = Constraints(10_000_000, 40)
    question = Question.of(Problem(samples, transpose(samples), offers, Objective("awareness"), limits), brief, priors)
    rows = np.array([np.flatnonzero(offers.creator == c)[-1] for c in range(6)])
    chosen = Chosen("mixed", NOBODY, rows, 0.0, int(offers.cost[rows].sum()))
    luck = CommonDraws(signals, priors, brief)
    return question, chosen, luck, picks(question, signals, chosen, added(question, chosen))


def with_cap(question, cap):
    return replace(question, brief=Brief(goal="awareness", budget="1 USD", limits={"frequency_cap": cap}))


def test_reached_at_least_once_is_the_reach(planned):
    question, chosen, luck, _ = planned
    draws = luck.of(question.offers, chosen.offers, question.samples.n_variants)
    reach = values_on_draws(question.samples, question.offers, chosen.offers, question.objective, draws).reach
    assert reach_frequency(question, chosen, luck)[0].mean == pytest.approx(reach.mean())


def test_the_curve_falls_and_its_ranges_hold_it(planned):
    curve = reach_frequency(*planned[:3])
    assert len(curve) == TOP
    assert all(point.low <= point.mean <= point.high for point in curve)
    means = [point.mean for point in curve]
    assert means == sorted(means, reverse=True)


def test_the_cap_is_the_briefs_else_the_priors(planned):
    question, *_ = planned
    assert cap_of(question) == 6
    assert cap_of(with_cap(question, 2)) == 2


def test_too_many_posts_for_one_person_are_counted_and_what_to_change_is_said(planned):
    question, chosen, _, listed = planned
    shared = Duplication(((9.0, 1.0, 4.0), (1.0, 5.0, 0.1), (4.0, 0.1, 8.0)))
    (warning,) = too_often(with_cap(question, 2), listed, chosen, shared)
    exactly = naive.frequency(question.samples, question.offers, chosen.offers.tolist(), 3)
    assert f"{100 * exactly[2] / sum(exactly):.2g}% of those reached, would see it more than 2 times" in warning
    assert "lower `limits.posts_per_creator`" in warning
    assert "choose between @c0 and @c2, who share 50% of the smaller audience" in warning


@pytest.mark.parametrize("shared", [(), ((9.0, 0.4), (0.4, 9.0))], ids=["unknown", "under a twentieth"])
def test_picks_who_share_next_to_nobody_are_not_blamed(planned, shared):
    question, chosen, _, listed = planned
    (warning,) = too_often(with_cap(question, 2), listed, chosen, Duplication(shared))
    assert warning.endswith("lower `limits.posts_per_creator`.")


def test_nobody_is_warned_below_the_cap(planned):
    question, chosen, _, listed = planned
    assert too_often(with_cap(question, 18), listed, chosen, Duplication()) == ()


@pytest.mark.parametrize(("factor", "warned"), [(0.99, True), (1.01, False)], ids=["above", "below"])
def test_how_many_are_too_many_stands_in_the_priors(planned, factor, warned):
    question, chosen, _, listed = planned
    times = naive.frequency(question.samples, question.offers, chosen.offers.tolist(), 3)
    share = factor * times[2] / sum(times)
    own = Priors.read({"frequency_cap_share": {"median": share, "low": share / 2, "high": share * 1.1}})
    asked = replace(with_cap(question, 2), priors=own)
    assert bool(too_often(asked, listed, chosen, Duplication())) is warned
