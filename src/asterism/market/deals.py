"""Business already done: quoted prices, fees paid, and the outcomes of past campaigns."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from asterism.creators.tables import OUTCOMES, RATES
from asterism.market.bookings import Booking
from asterism.market.options import MarketOptions
from asterism.market.posts import TODAY
from asterism.market.rates import CRAFTS, FORMATS
from asterism.market.truth import Truth

CAMPAIGNS: Final = (
    ("Norrvik autumn drop", 40),
    ("Pelmora glow", 75),
    ("Okuri summer", 130),
    ("Halden launch", 200),
    ("Tamsin Foods kitchen", 260),
    ("Brightloam spring", 330),
)
"""Past campaigns, and how many days ago each ended."""
ORDER_VALUE: Final = 60.0
"""Mean revenue of one order in US dollars."""
DAY: Final = np.timedelta64(86_400_000_000, "us")


@dataclass(frozen=True, slots=True)
class Deals:
    """Rates and outcomes in the schemas `RATES` and `OUTCOMES`."""

    rates: pa.Table
    outcomes: pa.Table


def draw_deals(rng: np.random.Generator, truth: Truth, options: MarketOptions) -> Deals:
    """Quotes of some creators, and what others were paid and brought in past campaigns."""
    quoted = np.flatnonzero(rng.random(truth.roster.size) < options.with_quotes)
    hired = np.flatnonzero(rng.random(truth.roster.size) < options.with_campaigns)
    quotes = [row for creator in quoted.tolist() for row in _quotes(rng, truth, creator)]
    work = [_work(rng, truth, c, at) for c in hired.tolist() for at in _campaigns_of(rng)]
    rates = [*quotes, *(paid for paid, _ in work)]
    return Deals(pa.Table.from_pylist(rates, RATES.arrow), pa.Table.from_pylist([o for _, o in work], OUTCOMES.arrow))


def _campaigns_of(rng: np.random.Generator) -> list[int]:
    return sorted(rng.choice(len(CAMPAIGNS), rng.integers(1, 4), replace=False).tolist())


def _main_formats(truth: Truth, creator: int) -> list[str]:
    crafts = CRAFTS[truth.roster.platforms[creator]]
    return sorted(crafts, key=lambda name: -crafts[name].usual)


def _round_price(price: float) -> float:
    """People ask for round numbers: two significant digits, at least 5 dollars."""
    step = 10.0 ** np.floor(np.log10(max(price, 10.0)) - 1)
    return float(max(5.0, np.rint(price / step) * step))


def _rate(creator_id: str, package: str, price: float, kind: str, days_ago: int) -> dict[str, object]:
    return {
        "creator_id": creator_id,
        "package": package,
        "price": price,
        "currency": "USD",
        "date": (TODAY - days_ago * DAY).item(),
        "kind": kind,
    }


def _quotes(rng: np.random.Generator, truth: Truth, creator: int) -> list[dict[str, object]]:
    """One quote per format of the creator's platform, of the same day."""
    days_ago = int(rng.integers(2, 60))
    formats = _main_formats(truth, creator)
    fees = truth.rates.fee[creator, [FORMATS.index(name) for name in formats]] * rng.lognormal(0, 0.08, len(formats))
    return [
        _rate(truth.roster.ids[creator], f"1 {name}", _round_price(float(fee)), "quote", days_ago)
        for name, fee in zip(formats, fees, strict=True)
    ]


def _work(rng: np.random.Generator, truth: Truth, creator: int, at: int) -> tuple[dict[str, object], dict[str, object]]:
    """One past collaboration: the fee paid and the outcome, drawn from the truth: reach → clicks → orders."""
    campaign, days_ago = CAMPAIGNS[at]
    made, posts = _main_formats(truth, creator)[0], int(rng.integers(1, 4))
    paid = _round_price(float(posts * truth.rates.fee[creator, FORMATS.index(made)]) * 0.93 * rng.lognormal(0, 0.15))
    package = truth.package([Booking(truth.roster.ids[creator], made, posts)])
    audience = int(truth.audience[creator])
    reach = int(rng.binomial(audience, min(package.reach * rng.lognormal(0, 0.2), 0.99)))
    engagements = int(rng.binomial(audience, min(package.act * rng.lognormal(0, 0.2), 0.99)))
    clicks = int(rng.binomial(reach, truth.rates.click[creator]))
    orders = int(rng.binomial(clicks, truth.rates.convert[creator]))
    outcome: dict[str, object] = {
        "creator_id": truth.roster.ids[creator],
        "campaign": campaign,
        "cost": paid,
        "reach": reach,
        "engagements": engagements,
        "clicks": clicks,
        "orders": orders,
        "revenue": round(float(rng.gamma(4 * orders, ORDER_VALUE / 4)), 2) if orders else 0.0,
        "currency": "USD",
        "date": (TODAY - days_ago * DAY).item(),
    }
    return _rate(truth.roster.ids[creator], f"{posts} {made}", paid, "paid", days_ago), outcome
