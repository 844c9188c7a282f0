"""Spares: who would come next, judged by planning with and without them."""

import pytest

from asterism.audience.ladder import climb
from asterism.brief import Brief
from asterism.desk.loading import signals_of
from asterism.desk.plan import Evidence, plan_with_spares
from asterism.planning.compose import Given, ask
from asterism.planning.objective import value
from asterism.planning.spares import spares
from asterism.priors import Priors
from tests.planned import DOCUMENT, market, planned


@pytest.fixture(scope="module")
def asked():
    """What the plan was made from, and the same question once more."""
    tables, brief, priors = market(), Brief(**DOCUMENT), Priors.default()
    given = Given(signals_of(tables, brief, priors), brief, priors)
    samples = climb(tables, given.signals, brief, priors).samples
    return given, samples, ask(given, samples)


def rows_of(question, given, things):
    """Rows of offers by creator and package, by plain search."""
    ids = given.signals.creators["creator_id"].to_pylist()
    offers = question.offers
    return [
        row
        for one in things
        for row in range(len(offers))
        if ids[offers.creator[row]] == one.creator_id and offers.package[row] == one.package
    ]


def test_no_spare_is_a_pick_and_each_costs_what_some_pick_leaves_free():
    plan, found = planned()
    assert found
    assert not {one.creator_id for one in found} & {pick.creator_id for pick in plan.picks}
    dearest = max(pick.price.interval.mean for pick in plan.picks)
    assert all(one.cost <= plan.budget - plan.spent + dearest + 61 for one in found)
    assert all(one.gain > 0 and one.cost > one.fee for one in found)


def test_a_spare_adds_to_the_whole_plan_what_it_says(asked):
    given, samples, question = asked
    plan, found = planned()
    chosen = sorted(set(rows_of(question, given, plan.picks)))
    by_creator = {int(question.offers.creator[row]): row for row in chosen}
    chosen = list(by_creator.values())
    before = value(samples, question.offers, chosen, question.objective)
    for one in found[:4]:
        (row,) = rows_of(question, given, [one])
        after = value(samples, question.offers, [*chosen, row], question.objective)
        assert one.gain == pytest.approx(after - before, rel=1e-6)


def test_those_who_add_most_come_first():
    gains = [one.gain for one in planned()[1]]
    assert gains == sorted(gains, reverse=True)


def test_whoever_the_brief_excludes_is_no_spare(asked):
    given, samples, _ = asked
    plan, found = planned()
    out = found[0].creator_id
    limits = {**DOCUMENT.get("limits", {}), "exclude": [out]}
    stricter = Brief(**{**DOCUMENT, "limits": limits})
    again = spares(Given(given.signals, stricter, given.priors), samples, plan)
    assert out not in {one.creator_id for one in again}


def test_a_plan_that_holds_everybody_has_no_spares():
    from tests.planned import simulate

    few = simulate(8, 2_000, seed=1).tables
    rich = Brief(**{**DOCUMENT, "budget": "500000 USD", "niche": [], "audience": {}, "goal": "awareness"})
    plan, found = plan_with_spares(Evidence(few), rich)
    picked = {pick.creator_id for pick in plan.picks}
    assert {one.creator_id for one in found} <= set(few.creators["creator_id"].to_pylist()) - picked
