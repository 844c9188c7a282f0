"""Fees found again: the simulated market's true fees, of creators whose prices are known and of those whose are not.

The market rounds its asks to five US dollars at least, so a true fee under seven cannot be told from what is asked;
creators with such a format are left out of the coverage, and counted.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.schema import FORMATS
from asterism.desk.loading import statistics_of
from asterism.market import MarketOptions, simulate
from asterism.market.rates import FORMATS as MADE
from asterism.priors import Priors
from asterism.signals.assessment import assess
from asterism.signals.pricing.fees import percentile_of
from asterism.signals.pricing.quotes import usual_fees

pytestmark = pytest.mark.xdist_group("prices")
"""What its tests share is made once."""

PRIORS, BRIEF = Priors.default(), Brief(goal="awareness", budget="10000 USD")
SEEDS = range(8)
COLUMNS = [FORMATS.index(name) for name in MADE]
MOVED = {"macro": 2.0, "nano": 0.5}
"""A market whose large creators ask twice what the benchmarks say, and whose smallest ask half."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """Creators of several markets, one entry each: parts of the true fees inside, log errors, and who they are."""

    inside: Floats
    prior_inside: Floats
    off: Floats
    prior_off: Floats
    known: NDArray[np.str_]
    tier: NDArray[np.int64]
    told: NDArray[np.bool_]
    percentile: Floats


@cache
def seen(moved: bool) -> Seen:
    parts = [_market(seed, moved) for seed in SEEDS]
    return Seen(*(np.concatenate([getattr(part, name) for part in parts]) for name in Seen.__dataclass_fields__))


def _market(seed: int, moved: bool) -> Seen:
    market = simulate(seed=seed, options=MarketOptions(fees=MOVED if moved else {}))
    found, n = assess(market.tables, BRIEF, PRIORS, statistics_of(market.tables)), market.truth.roster.size
    usual, _ = usual_fees(found.lineup, found.size.followers, PRIORS)
    true, quotes = market.truth.rates.fee, found.quotes
    asked, paid = (np.bincount(quotes.creator[quotes.paid == kind], minlength=n) > 0 for kind in (False, True))

    def mean(values: Floats) -> Floats:
        return np.asarray(np.nanmean(np.where(np.isnan(true), np.nan, values), axis=1))

    return Seen(
        *(mean((b.low[:, COLUMNS] <= true) & (true <= b.high[:, COLUMNS])) for b in (found.fees.belief, usual)),
        *(mean(np.abs(np.log(b.median[:, COLUMNS] / true))) for b in (found.fees.belief, usual)),
        known=np.where(asked, "quote", np.where(paid, "paid", "none")),
        tier=np.digitize(market.truth.followers, [1e4, 1e5, 1e6]),
        told=np.nanmin(true, axis=1) >= 7,
        percentile=percentile_of(quotes, found.fees)[~quotes.paid],
    )


@pytest.mark.parametrize("moved", [False, True], ids=["as the benchmarks", "moved"])
@pytest.mark.parametrize("known", ["none", "quote", "paid"])
def test_four_of_five_fees_lie_inside(known: str, moved: bool) -> None:
    found = seen(moved)
    inside = found.inside[found.told & (found.known == known)]
    assert inside.size > 250
    assert inside.mean() == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("known", ["none", "quote", "paid"])
@pytest.mark.parametrize("tier", range(4), ids=["nano", "micro", "macro", "mega"])
def test_they_do_in_every_tier(tier: int, known: str) -> None:
    """Within what chance leaves: three standard errors of as many creators, and two points."""
    found = seen(False)
    inside = found.inside[found.told & (found.known == known) & (found.tier == tier)]
    assert inside.mean() == pytest.approx(0.8, abs=0.02 + 3 * 0.4 / np.sqrt(inside.size))


def test_a_creator_in_eleven_asks_too_little_to_tell() -> None:
    assert (~seen(False).told).mean() < 0.1


@pytest.mark.parametrize(("known", "times"), [("quote", 8.0), ("paid", 4.0)])
def test_own_prices_make_the_error_several_times_smaller(known: str, times: float) -> None:
    found = seen(False)
    mine = found.told & (found.known == known)
    assert found.off[mine].mean() * times < found.prior_off[mine].mean()


def test_a_market_that_is_not_the_benchmarks_is_learned_by_those_without_prices() -> None:
    found = seen(True)
    mine = found.told & (found.known == "none")
    tiers = mine & np.isin(found.tier, [0, 2])
    assert found.off[tiers].mean() < 0.93 * found.prior_off[tiers].mean()
    assert abs(found.inside[mine].mean() - 0.8) <= 0.03


def test_where_prices_are_the_benchmarks_nothing_is_lost_by_learning() -> None:
    found = seen(False)
    mine = found.told & (found.known == "none")
    assert found.off[mine].mean() < 1.05 * found.prior_off[mine].mean()


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_percentiles_are_even(share: float) -> None:
    assert (seen(False).percentile < share).mean() == pytest.approx(share, abs=0.05)
