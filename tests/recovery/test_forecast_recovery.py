"""Campaign forecasts against a market whose truth is known: 80% ranges hold what comes in 80% of campaigns.

What comes is what the true rates would bring on average, times the luck of the posts bought: a campaign of three posts
is not the average of all posts. The dice of single buyers are left out: ranges speak of expected people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from asterism.audience.ladder import climb
from asterism.brief import Brief
from asterism.creators.tables import Tables
from asterism.desk.loading import signals_of
from asterism.market import Market, MarketOptions, simulate
from asterism.market.bookings import Booking
from asterism.market.rates import ACT_SPREAD, FORMATS, POST_SPREAD
from asterism.market.truth import Truth
from asterism.planning.draws import CommonDraws
from asterism.planning.objective import Objective, values_on_draws
from asterism.planning.packages import make_offers
from asterism.priors import Priors
from asterism.quantities import Interval
from asterism.signals.pricing.price import parse_package

PRIORS = Priors.default()
MARKETS = (
    MarketOptions(),
    MarketOptions(focus=0.4, dispersion=0.3),
    MarketOptions(focus=0.85, dispersion=1.5),
    MarketOptions(tier_mix=(0.7, 0.2, 0.08, 0.02)),
    MarketOptions(tier_mix=(0.2, 0.3, 0.4, 0.1), focus=0.6),
    MarketOptions(posts=5, dispersion=0.5),
    MarketOptions(posts=30, platforms={"instagram": 1.0, "tiktok": 0.0, "youtube": 0.0}),
    MarketOptions(platforms={"instagram": 0.2, "tiktok": 0.5, "youtube": 0.3}),
    MarketOptions(universe=60_000_000),
    MarketOptions(with_reach=0.0),
)
WHAT = ("reach", "engagements", "conversions")


@dataclass(frozen=True)
class Came:
    """One thing forecast of one campaign, and what came."""

    what: str
    rung: int
    said: Interval
    truth: float

    @property
    def inside(self) -> bool:
        return self.said.low <= self.truth <= self.said.high


def with_luck(truth: Truth, bookings: list[Booking], rng: np.random.Generator) -> Truth:
    """The truth about these posts: rates times the luck of as many posts as were booked."""
    reach, act = truth.rates.reach.copy(), truth.rates.act.copy()
    for booking in bookings:
        c, f = truth.column(booking.creator_id), FORMATS.index(booking.format)
        spread = POST_SPREAD[truth.roster.platforms[c]]
        seen = reach[c, f] * np.exp(spread * rng.normal(size=booking.posts) - spread**2 / 2)
        seen = np.minimum(seen, 1.0)
        moved = np.exp(ACT_SPREAD * rng.normal(size=booking.posts) - ACT_SPREAD**2 / 2)
        act[c, f] = min(act[c, f] * float((seen * moved).sum() / seen.sum()), 0.9)
        reach[c, f] = seen.mean()
    return replace(truth, rates=replace(truth.rates, reach=reach, act=act))


def campaigns(market: Market, tables: Tables, n: int, rng: np.random.Generator) -> Iterator[Came]:
    """Random campaigns of 1 to 15 creators, forecast as a plan would, and what came of each."""
    brief = Brief(goal="awareness", budget="100000000 USD")
    signals = signals_of(tables, brief, PRIORS)
    samples, offers = climb(tables, signals, brief, PRIORS).samples, make_offers(signals, brief, PRIORS)
    ids = signals.creators["creator_id"].to_pylist()
    luck = CommonDraws(signals, PRIORS, brief)
    for _ in range(n):
        chosen = rng.choice(np.unique(offers.creator), rng.integers(1, 16), replace=False)
        rows = np.array([rng.choice(np.flatnonzero(offers.creator == c)) for c in chosen])
        drawn = luck.of(offers, rows, samples.n_variants)
        said = values_on_draws(samples, offers, rows, Objective("awareness"), drawn)
        bookings = [
            Booking(ids[offers.creator[row]], kind, posts)
            for row in rows
            for kind, posts in parse_package(offers.package[row])
        ]
        came = with_luck(market.truth, bookings, rng).expected(bookings, most=1)
        rung = int(samples.rung[offers.creator[rows]].max())
        pairs = ((said.reach, came.reach), (said.engagement, came.engagers), (said.conversions, came.buyers))
        for what, (draws, truth) in zip(WHAT, pairs, strict=True):
            yield Came(what, rung, Interval.of_draws(draws), truth)


def evidences(market: Market) -> Iterator[Tables]:
    """The tables a user might have: follower ids, overlaps of a few creators, profiles, niches alone."""
    tables = market.tables
    few = pa.array(market.truth.roster.ids[:40])
    yield replace(tables, followers=market.followers())
    yield replace(
        tables,
        creators=tables.creators.filter(pc.is_in(tables.creators["creator_id"], few)),
        posts=tables.posts.filter(pc.is_in(tables.posts["creator_id"], few)),
        overlaps=market.overlaps(few.to_pylist()),
    )
    yield tables
    yield replace(tables, audiences=tables.audiences.slice(0, 0))


def covered(came: list[Came], what: str) -> float:
    return float(np.mean([one.inside for one in came if one.what == what]))


@pytest.fixture(scope="module")
def two_thousand() -> list[Came]:
    """What was said of two thousand campaigns on ten markets and four rungs of evidence, and what came."""
    rng = np.random.default_rng(5)
    came: list[Came] = []
    for seed, options in enumerate(MARKETS, start=31):
        market = simulate(200, 12_000, seed=seed, options=options)
        for tables in evidences(market):
            came.extend(campaigns(market, tables, 50, rng))
    assert len(came) == 3 * 2_000
    return came


TOO_WIDE = pytest.mark.xfail(strict=True, reason="ranges of engagements hold 85%: too wide, see decision 011")


@pytest.mark.campaign
@pytest.mark.parametrize("what", ["reach", pytest.param("engagements", marks=TOO_WIDE), "conversions"])
def test_ranges_of_two_thousand_campaigns_hold_four_of_five(two_thousand: list[Came], what: str) -> None:
    assert 0.78 <= covered(two_thousand, what) <= 0.82


def test_ranges_of_campaigns_hold_what_comes_where_followers_are_the_audience() -> None:
    rng = np.random.default_rng(7)
    market = simulate(120, 6_000, seed=21, options=MARKETS[6])
    came = list(campaigns(market, replace(market.tables, followers=market.followers()), 60, rng))
    for what in WHAT:
        assert 0.68 <= covered(came, what) <= 0.95, what


def test_a_campaign_of_one_post_is_less_sure_than_the_rates_behind_it() -> None:
    market = simulate(40, 3_000, seed=5)
    brief = Brief(goal="awareness", budget="100000 USD")
    signals = signals_of(market.tables, brief, PRIORS)
    offers = make_offers(signals, brief, PRIORS)
    rows = np.flatnonzero(np.array(offers.posts) == 1)[:1]
    drawn = CommonDraws(signals, PRIORS, brief).of(offers, rows, 1)
    kind = parse_package(offers.package[rows[0]])[0][0]
    own = [r for r in signals.formats.to_pylist() if r["creator"] == offers.creator[rows[0]] and r["format"] == kind]
    assert np.log(drawn.exposures[:, 0]).std() > 1.1 * own[0]["reach_log_sd"]
