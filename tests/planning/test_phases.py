from datetime import date

import numpy as np
import pytest

from asterism.brief import Brief
from asterism.creators.tiers import scheme
from asterism.planning.objective import Objective, value
from asterism.planning.offers import Offers
from asterism.planning.packages import make_offers
from asterism.planning.phases import one_phase, opening_tiers, two_phases, without_buyers, without_reached
from asterism.priors import Priors
from tests.planning.making import Creator, samples_of, signals_of

CREATORS = [Creator("big", followers=3e6), Creator("small", followers=60_000), Creator("other", followers=40_000)]
BRIEF = Brief(goal="conversions", budget="50000 USD", weeks=1)
SAMPLES = samples_of(CREATORS)
OFFERS: Offers = make_offers(signals_of(CREATORS), BRIEF, Priors.default())
BIG, SMALL, OTHER = (np.array([i]) for i in range(3))


def naive_buyers(priming: float) -> float:
    """Person by person: reached by the opening or not, bought then or not, buys in the follow-up or not."""
    total = 0.0
    for p in range(SAMPLES.n_people):
        chance = {int(SAMPLES.link[i]): SAMPLES.chance[i] for i in range(SAMPLES.start[p], SAMPLES.start[p + 1])}
        reached, bought = chance[0] * OFFERS.reach[0], chance[0] * OFFERS.buy[0]
        later = chance[1] * OFFERS.buy[1]
        total += SAMPLES.weight[p] * (bought + (1 - reached) * later + (reached - bought) * min(priming * later, 1.0))
    return total


@pytest.mark.parametrize("priming", [1.0, 1.3, 1.8])
def test_a_follow_up_finds_the_unreached_and_the_primed(priming: float):
    objective = Objective("conversions")
    after = without_buyers(SAMPLES, OFFERS, BIG, priming)
    found = value(SAMPLES, OFFERS, BIG, objective) + value(after, OFFERS, SMALL, objective)
    assert found == pytest.approx(naive_buyers(priming), rel=1e-9)


def test_without_priming_two_phases_are_one_campaign():
    objective = Objective("conversions")
    after = without_buyers(SAMPLES, OFFERS, BIG, 1.0)
    apart = value(SAMPLES, OFFERS, BIG, objective) + value(after, OFFERS, SMALL, objective)
    together = value(SAMPLES, OFFERS, np.concatenate([BIG, SMALL]), objective)
    assert apart == pytest.approx(together, rel=1e-3)


def test_nobody_is_lost_or_doubled_by_the_split():
    after = without_buyers(SAMPLES, OFFERS, BIG, 1.3)
    buyers = value(SAMPLES, OFFERS, BIG, Objective("conversions"))
    assert after.weight.sum() + buyers == pytest.approx(SAMPLES.weight.sum())


@pytest.mark.parametrize("goal", ["awareness", "engagement"])
def test_what_the_opening_left_adds_up_to_the_whole(goal: str):
    objective = Objective(goal)
    chance = OFFERS.reach if goal == "awareness" else OFFERS.act
    after = without_reached(SAMPLES, OFFERS, BIG, chance)
    apart = value(SAMPLES, OFFERS, BIG, objective) + value(after, OFFERS, SMALL, objective)
    assert apart == pytest.approx(value(SAMPLES, OFFERS, np.concatenate([BIG, SMALL]), objective))


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
def test_macro_and_above_open(choice: str | dict[str, float], opens: tuple[str, ...]):
    assert opening_tiers(scheme(choice)) == opens


def test_two_phases_share_the_weeks_without_a_gap():
    brief = Brief(goal="awareness", budget="5 USD", start=date(2026, 12, 1), weeks=3)
    first, second = two_phases(brief, (100.0, 50.0))
    assert (first.start, second.end) == (date(2026, 12, 1), date(2026, 12, 21))
    assert (second.start - first.end).days == 1
    assert (first.tiers, second.tiers) == (("macro", "mega"), ("nano", "micro"))


def test_a_brief_without_a_start_has_phases_without_dates():
    (only,) = one_phase(Brief(goal="awareness", budget="5 USD"), 10.0, ["micro"])
    assert (only.start, only.end) == (None, None)
