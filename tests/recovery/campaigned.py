"""A market that is not what the benchmarks say, its past campaigns, and campaigns still to come."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from asterism.creators.tables import OUTCOMES, POSTS, RATES
from asterism.learning.collaborations import Booked
from asterism.learning.evidence import Evidence, known
from asterism.market.bookings import Booking
from asterism.market.options import MarketOptions
from asterism.market.rates import CRAFTS, FORMATS
from asterism.market.simulation import Market, simulate
from asterism.market.truth import Truth

START = datetime(2025, 1, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Shift:
    """How a market differs from the benchmarks: factors at the middle, and by how much more per e-fold of followers."""

    reach: float = 1.0
    act: float = 1.0
    fee: float = 1.0
    click: float = 1.0
    convert: float = 1.0
    slope: float = 0.0


def shifted(market: Market, shift: Shift) -> Truth:
    """The market's truth with its rates moved away from what the benchmarks say."""
    truth = market.truth
    tilt = np.exp(shift.slope * (np.log(truth.followers) - np.log(50_000)))
    rates = truth.rates
    moved = replace(
        rates,
        reach=np.clip(rates.reach * shift.reach, 0, 0.9),
        act=np.clip(rates.act * shift.act, 0, 0.6),
        fee=rates.fee * shift.fee * tilt[:, None],
        click=np.clip(rates.click * shift.click, 0, 0.3),
        convert=np.clip(rates.convert * shift.convert * tilt, 0, 0.4),
    )
    return replace(truth, rates=moved)


@dataclass(frozen=True)
class Ran:
    """Campaigns that ran: their tables, and what was booked."""

    outcomes: pa.Table
    rates: pa.Table
    booked: tuple[Booked, ...]


def run(truth: Truth, market: Market, n: int, rng: np.random.Generator, first: int = 0) -> Ran:
    """So many campaigns of 5 to 10 creators each, a week apart, drawn from the truth."""
    people = known(market.tables.creators)
    outcomes, rates, booked = [], [], []
    for number in range(first, first + n):
        name, at = f"campaign {number:03}", START + timedelta(days=7 * number)
        hired = rng.choice(truth.roster.size, rng.integers(5, 11), replace=False).tolist()
        common = np.exp(rng.normal(0, [0.1, 0.1, 0.15, 0.2]))
        for creator in hired:
            one = people[truth.roster.ids[creator]]
            crafts = CRAFTS[one.platform]
            usual = np.array([c.usual for c in crafts.values()])
            made = str(rng.choice(list(crafts), p=usual / usual.sum()))
            posts = int(rng.integers(1, 4))
            outcomes.append(_outcome(truth, creator, (made, posts), rng, common) | {"campaign": name, "date": at})
            rates.append({"creator_id": one.creator_id, "package": f"{posts} {made}", "price": outcomes[-1]["cost"],
                          "currency": "USD", "date": at - timedelta(days=20), "kind": "paid"})  # fmt: skip
            booked.append(Booked(one, name, made, posts))
    return Ran(pa.Table.from_pylist(outcomes, OUTCOMES.arrow), pa.Table.from_pylist(rates, RATES.arrow), tuple(booked))


def _outcome(truth, creator, bought, rng, common):
    made, posts = bought
    package = truth.package([Booking(truth.roster.ids[creator], made, posts)])
    audience = int(truth.audience[creator])
    luck = rng.lognormal(0, [0.2, 0.2, 0.15, 0.15]) * common
    reach = int(rng.binomial(audience, min(package.reach * luck[0], 0.99)))
    engagements = int(rng.binomial(audience, min(package.act * luck[0] * luck[1], 0.99)))
    clicks = int(rng.binomial(reach, min(truth.rates.click[creator] * luck[2], 1)))
    orders = int(rng.binomial(clicks, min(truth.rates.convert[creator] * luck[3], 1)))
    fee = posts * truth.rates.fee[creator, FORMATS.index(made)] * 0.93 * rng.lognormal(0, 0.15)
    return {"creator_id": truth.roster.ids[creator], "cost": round(float(fee), 2), "reach": reach,
            "engagements": engagements, "clicks": clicks, "orders": orders, "revenue": 60.0 * orders,
            "currency": "USD"}  # fmt: skip


def market_of(seed: int, n_creators: int = 400) -> Market:
    """A small market; posts are left out, so that campaigns alone teach."""
    return simulate(n_creators, 20_000, seed=seed, options=MarketOptions(posts=1))


def evidence_of(market: Market, ran: Ran, posts: pa.Table | None = None) -> Evidence:
    """What the campaigns leave to learn from."""
    return Evidence(market.tables.creators, ran.outcomes, ran.rates, posts if posts is not None else POSTS.empty())
