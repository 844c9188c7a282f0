"""The most one should pay, against planning anew at one price after another with every set of offers tried."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from asterism.audience.transpose import transpose
from asterism.brief import Brief
from asterism.planning.alternatives import Chosen, compare
from asterism.planning.compose import Given, make_plan
from asterism.planning.constraints import Constraints
from asterism.planning.draws import CommonDraws
from asterism.planning.objective import Objective
from asterism.planning.packages import make_offers
from asterism.planning.problem import Problem
from asterism.planning.question import Question
from asterism.planning.search import plan_set
from asterism.planning.verdict import judge
from asterism.planning.worth import Luck, Worth, most_cost, worth
from asterism.priors import Priors
from asterism.quantities import Interval
from tests.planning.making import Creator, samples_of, signals_of

PRIORS = Priors.default()
BUDGET = 300_000


def some_creators(seed: int, n: int = 10) -> list[Creator]:
    rng = np.random.default_rng(seed)
    sizes, fees = np.exp(rng.uniform(np.log(2e4), np.log(8e5), n)), np.exp(rng.uniform(np.log(100), np.log(800), n))
    return [
        Creator(f"c{i}", followers=float(s), fee=float(f), reach=0.3)
        for i, (s, f) in enumerate(zip(sizes, fees, strict=True))
    ]


def problem_of(seed: int, goal: str, places: int = 40) -> Problem:
    creators = some_creators(seed)
    asked = Brief(goal="awareness", budget="3000 USD", limits={"posts_per_creator": 1})
    samples, offers = samples_of(creators, n_people=200, seed=seed), make_offers(signals_of(creators), asked, PRIORS)
    return Problem(samples, transpose(samples), offers, Objective(goal, 3, 6000.0), Constraints(BUDGET, places)).ready()


class Everything:
    """Every set of offers with what it is worth, one price free."""

    def __init__(self, problem: Problem) -> None:
        offers, samples = problem.offers, problem.samples
        self.goal, self.places = problem.objective.goal, problem.constraints.max_creators
        rate = {"awareness": offers.reach, "engagement": offers.act}.get(self.goal, offers.buy)
        n = len(offers)
        self.held = np.array([h for h in product((False, True), repeat=n) if sum(h) <= self.places])
        missed = np.ones((len(self.held), samples.n_people))
        for person in range(samples.n_people):
            for link in range(samples.start[person], samples.start[person + 1]):
                column = samples.link[link]
                missed[self.held[:, column], person] *= 1 - samples.chance[link] * rate[column]
        self.people = (1 - missed) @ (samples.weight * samples.worth)
        self.cost, self.margin = offers.cost.astype(float), problem.objective.margin_cents

    def is_chosen(self, offer: int, price: float) -> bool:
        """Whether the best set of all holds the offer at that price."""
        cost = self.cost.copy()
        cost[offer] = price
        spent = self.held @ cost
        value = self.margin * self.people - spent if self.goal == "profit" else self.people
        value = np.where(spent <= BUDGET + 1e-6, value, -np.inf)
        own = self.held[:, offer]
        return bool(value[own].max() >= value[~own].max())

    def dropped_at(self, offer: int) -> float:
        """Raise the price until the best set drops the offer: the last cent at which it does not."""
        low, high = 0.0, float(BUDGET)
        for _ in range(30):
            middle = (low + high) / 2
            low, high = (middle, high) if self.is_chosen(offer, middle) else (low, middle)
        return low


@pytest.mark.parametrize("goal", ["awareness", "engagement", "conversions"])
def test_the_most_is_where_planning_anew_drops_the_creator(goal: str) -> None:
    """In units of a usual creator's price: at least three in four to a thousandth, all within three quarters."""
    off = []
    for seed, places in ((0, 40), (1, 40), (2, 4)):
        problem = problem_of(seed, goal, places)
        everything, plan = Everything(problem), plan_set(problem)
        lump = float(np.median(problem.offers.cost))
        found = [(most_cost(problem, plan.offers, o), everything.dropped_at(o)) for o in range(len(problem.offers))]
        off += [(ours - true) / lump for ours, true in found]
    assert np.quantile(np.abs(off), 0.75) <= 1e-3
    assert np.abs(off).max() <= 0.75


@pytest.mark.parametrize("places", [40, 3], ids=["money", "places"])
def test_for_profit_the_most_is_the_margin_of_its_buyers(places: int) -> None:
    problem = problem_of(1, "profit", places)
    everything, plan = Everything(problem), plan_set(problem)
    found = np.array(
        [(most_cost(problem, plan.offers, o), everything.dropped_at(o)) for o in range(len(problem.offers))]
    )
    assert np.median(np.abs(found[:, 0] - found[:, 1])) <= 1.0
    assert np.abs(found[:, 0] - found[:, 1]).max() <= np.median(problem.offers.cost)


def test_a_pick_is_worth_its_price_and_most_others_are_not() -> None:
    problem = problem_of(0, "awareness")
    plan, cost = plan_set(problem), problem.offers.cost
    most = np.array([most_cost(problem, plan.offers, o) for o in range(len(problem.offers))])
    inside = np.isin(np.arange(cost.size), plan.offers)
    assert (most[inside] >= cost[inside]).all()
    assert (most[~inside] < cost[~inside]).mean() >= 0.6


@pytest.mark.parametrize("times", [3, 100], ids=["dear", "beyond the budget"])
def test_the_most_does_not_depend_on_the_price_asked(times: int) -> None:
    for seed in range(4):
        problem = problem_of(seed, "awareness")
        plan = plan_set(problem)
        for outside in (o for o in range(len(problem.offers)) if o not in plan.offers):
            cost = problem.offers.cost.copy()
            cost[outside] *= times
            dearer = replace(problem, offers=replace(problem.offers, cost=cost))
            assert most_cost(dearer, plan.offers, outside) == most_cost(problem, plan.offers, outside)


def test_a_pick_that_was_forced_in_may_be_worth_less_than_it_costs() -> None:
    problem = problem_of(0, "awareness")
    plan = plan_set(problem)
    weakest = int(np.argmin(problem.offers.reach * problem.samples.sizes / problem.offers.cost))
    forced = problem.under(replace(problem.constraints, include=(int(problem.offers.creator[weakest]),)))
    with_it = plan_set(forced)
    assert weakest not in plan.offers
    assert weakest in with_it.offers
    assert most_cost(forced, with_it.offers, weakest) < problem.offers.cost[weakest]


def test_nothing_is_worth_more_than_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asterism.planning.worth._phased", lambda *_: 1e3)
    _, _, found = judged_worth("conversions")
    assert {one.most.mean for one in found} == {(BUDGET - 6_000) / 100}


def judged_worth(goal: str, *, alone: bool = False) -> tuple[Question, Chosen, tuple[Worth, ...]]:
    """What the picks are worth, where there is one model of the audience; `alone`, whatever the plan's own luck."""
    creators = some_creators(3)
    asked = Brief(goal=goal, budget="3000 USD", economics={"margin_per_sale": "60 USD"})
    signals = signals_of(creators)
    samples, offers = samples_of(creators, n_people=200, seed=3), make_offers(signals, asked, PRIORS)
    samples = replace(samples, variant=np.zeros(200, dtype=np.int16), n_variants=1)
    problem = Problem(samples, transpose(samples), offers, Objective(goal, 3, 6000.0), Constraints(BUDGET, 40))
    question = Question.of(problem, asked, PRIORS)
    chosen, luck = compare(question)["mixed"], CommonDraws(signals, PRIORS, asked)
    plan = np.ones(luck.n) if alone else judge(question, chosen, luck).value
    return question, chosen, worth(question, chosen, chosen.offers, Luck(luck, plan))


@pytest.mark.parametrize("goal", ["awareness", "conversions", "profit", "effective_reach"])
def test_the_most_has_a_range_and_covers_the_handling_too(goal: str) -> None:
    question, chosen, found = judged_worth(goal)
    assert len(found) == chosen.offers.size > 0
    for one in found:
        whole = most_cost(question.problem, chosen.offers, one.offer)
        assert one.most.mean == pytest.approx((whole - 6_000) / 100)
        assert 0 <= one.most.low <= one.most.mean <= one.most.high
        assert one.most.low < one.most.high
        assert one.fee == question.offers.fee[one.offer] / 100
        assert not one.too_dear


def test_what_is_less_sure_has_a_wider_range() -> None:
    reach, buy = (judged_worth(goal)[2] for goal in ("awareness", "conversions"))
    width = [np.mean([w.most.high / w.most.mean for w in found]) for found in (reach, buy)]
    assert width[1] > width[0]


def test_luck_that_the_whole_plan_shares_changes_little() -> None:
    shared, alone = (judged_worth("conversions", alone=alone)[2] for alone in (False, True))
    width = [np.mean([w.most.high - w.most.low for w in found]) for found in (shared, alone)]
    assert width[0] < 0.95 * width[1]


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (940.0, "@x quotes 1,200 USD; for this brief up to 940 USD is worth it"),
        (0.0, "@x quotes 1,200 USD; for this brief it is not worth a fee"),
    ],
    ids=["some", "nothing"],
)
def test_it_says_so_in_one_sentence(most: float, said: str) -> None:
    found = Worth(0, 1200.0, Interval.exactly(most), "USD")
    assert found.says("@x") == said
    assert found.too_dear


def test_every_pick_of_a_plan_says_what_it_is_worth_at_most() -> None:
    creators = some_creators(3)
    asked = Brief(goal="awareness", budget="3000 USD")
    signals = signals_of(creators, quotes=[(0, "1 reel", 150.0)])
    plan = make_plan(Given(signals, asked, PRIORS), samples_of(creators, n_people=200, seed=3), lambda *_: None)
    for pick in plan.picks:
        assert pick.price.most is not None
        assert pick.price.most.mean >= pick.price.interval.mean - 0.01 or plan.verdict.winner != "mixed"
        assert "is worth it" in pick.reasons[-1]
        assert ("quotes" in pick.reasons[-1]) is (pick.price.source == "quote")
    listed = plan.to_dict()["picks"]
    assert [set(p["price"]) for p in listed] == [{"mean", "low", "high", "source", "most"}] * len(listed)


def test_an_offer_nobody_can_use_is_worth_nothing() -> None:
    problem = problem_of(0, "awareness", places=1)
    plan = plan_set(problem)
    weakest = int(np.argmin(problem.offers.reach * problem.samples.sizes))
    assert most_cost(problem, plan.offers, weakest) == 0
