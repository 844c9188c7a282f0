"""Hybrid campaigns on markets whose truth is known: two phases must truly sell more where priming is real.

The planner sees the tables and is told the true priming factor. Its best plan of one phase, whichever alternative that
is, and its two-phase plan cost the same budget; the market's truth says what each really sells.
"""

from dataclasses import dataclass

import pytest

from asterism.audience.ladder import climb
from asterism.brief import Brief
from asterism.desk.loading import signals_of
from asterism.market import Booking, Market, MarketOptions, simulate
from asterism.planning.alternatives import TWO_PHASE, Chosen, compare
from asterism.planning.compose import Given, ask
from asterism.planning.draws import CommonDraws
from asterism.planning.question import Question
from asterism.planning.verdict import judge, simplest_good
from asterism.priors import Priors
from asterism.signals.pricing.price import parse_package

BRIEF = Brief(goal="conversions", budget="100000 USD")


@dataclass(frozen=True)
class Met:
    """Who wins by the verdict, and what two phases truly sell per sale of the best campaign of one phase."""

    winner: str
    ratio: float


def bookings(question: Question, chosen: Chosen) -> list[Booking]:
    offers, names = question.offers, question.samples.creators
    rows = [(row, 0) for row in chosen.opened] + [(row, int(chosen.opened.size > 0)) for row in chosen.followed]
    return [
        Booking(names[offers.creator[row]], name, posts, phase)
        for row, phase in rows
        for name, posts in parse_package(offers.package[row])
    ]


def meet(seed: int, priming: float) -> Met:
    market: Market = simulate(200, 20_000, seed=seed, options=MarketOptions(priming=priming))
    priors = Priors.read({"priming": {"median": priming, "low": priming, "high": priming}})
    signals = signals_of(market.tables, BRIEF, priors)
    question = ask(Given(signals, BRIEF, priors), climb(market.tables, signals, BRIEF, priors).samples)
    found = {name: chosen for name, chosen in compare(question).items() if chosen.why_empty is None}
    assert all(chosen.cost <= BRIEF.budget.cents for chosen in found.values())
    luck = CommonDraws(signals, priors, BRIEF)
    winner = simplest_good({name: judge(question, chosen, luck).mean for name, chosen in found.items()})
    sold = {name: market.truth.expected(bookings(question, chosen)).buyers for name, chosen in found.items()}
    return Met(winner, sold[TWO_PHASE] / max(s for name, s in sold.items() if name != TWO_PHASE))


@pytest.mark.parametrize("seed", [1, 2])
def test_where_priming_is_real_two_phases_truly_sell_more_and_the_verdict_says_so(seed: int):
    met = meet(seed, 1.8)
    assert met.winner == TWO_PHASE
    assert met.ratio > 1.03


def test_where_there_is_no_priming_two_phases_claim_nothing():
    met = meet(1, 1.0)
    assert met.winner != TWO_PHASE
    assert met.ratio == pytest.approx(1.0, abs=0.01)


@pytest.mark.campaign
@pytest.mark.parametrize("priming", [1.35, 1.5, 1.8])
def test_two_phases_sell_more_in_four_of_five_markets(priming: float):
    found = [meet(seed, priming) for seed in range(1, 9)]
    assert sum(met.ratio > 1 and met.winner == TWO_PHASE for met in found) >= 0.8 * len(found)


@pytest.mark.campaign
def test_no_market_without_priming_sees_an_advantage():
    assert all(meet(seed, 1.0).winner != TWO_PHASE for seed in range(1, 9))
