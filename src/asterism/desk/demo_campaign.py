"""What became of the demo's plan: the campaign as the simulated market lets it run, in files a brand would have."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from asterism.market import Booking, CampaignOptions, Market, Ran, run_campaign
from asterism.measurement.events import Order
from asterism.measurement.ledger import Deal
from asterism.planning.plan import Plan
from asterism.signals.pricing.price import parse_package

MARGIN: Final = 0.3
"""What is left of an order after the goods, as a share: the demo's product is a cheap one."""
PULL: Final = 2.0
"""How good the demo's offer is: without one that is better than usual hardly anybody earns a fee back."""
_CENTS: Final = 100


def campaign_files(market: Market, plan: Plan, seed: int) -> dict[str, pa.Table]:
    """Deals, orders, codes, clicks, answers and exchange rates of the plan's campaign, by the name of their file."""
    start = plan.phases[0].start or CampaignOptions().start
    options = CampaignOptions(name=plan.name, currency=plan.currency, start=start, margin=MARGIN, pull=PULL)
    return files_of(run_campaign(market, _bookings(plan), np.random.default_rng(seed), options))


def files_of(ran: Ran) -> dict[str, pa.Table]:
    """A campaign that ran, as the tables `asterism measure return` reads."""
    partners = {deal.partner.key: deal.handle or deal.partner.creator_id for deal in ran.deals}
    return {
        "deals": _table(_deal(deal, ran.options.currency) for deal in ran.deals),
        "orders": _table(map(_order, ran.seen.orders)),
        "codes": _table(
            {"word": c.word, "partner": c.partner, "starts": c.starts, "ends": c.ends} for c in ran.seen.codes
        ),
        "clicks": _table(
            {"key": c.key, "at": c.at, "partner": c.partner, "campaign": c.campaign, "visitor": c.visitor,
             "referrer": c.referrer, "filtered": c.filtered}
            for c in ran.seen.clicks
        ),
        "survey": _table(
            {"key": a.key, "at": a.at, "channel": a.channel, "partner": a.partner, "tier": a.tier, "order": a.order}
            for a in ran.answers if not a.partner or a.partner in partners
        ),
        "fx": _table(
            {"currency": currency, "date": day, "usd": float(usd)}
            for currency, days in ran.rates.days.items()
            for day, usd in zip(days, ran.rates.usd[currency], strict=True)
        ),
    }  # fmt: skip


def _bookings(plan: Plan) -> list[Booking]:
    opening = plan.phases[0].name if len(plan.phases) > 1 else ""
    return [
        Booking(pick.creator_id, made, posts, int(bool(opening) and pick.phase != opening))
        for pick in plan.picks
        for made, posts in parse_package(pick.package)
    ]


def _deal(deal: Deal, currency: str) -> dict[str, Any]:
    who, made = deal.partner, deal.delivered
    return {
        "key": who.key, "creator_id": who.creator_id, "handle": deal.handle, "campaign": who.campaign,
        "platform": who.platform, "tier": who.tier, "phase": who.phase, "currency": currency,
        **{("hours_cost" if kind == "hours" else kind): cents / _CENTS for kind, cents in deal.costs.by_kind.items()},
        "impressions": made.impressions, "reach": made.reach, "engagements": made.engagements,
    }  # fmt: skip


def _order(order: Order) -> dict[str, Any]:
    given_back = sum(refund.amount.cents for refund in order.refunds)
    return {
        "key": order.key, "at": order.at, "amount": float(order.amount.amount), "currency": order.amount.currency,
        "codes": " ".join(order.codes), "clicks": " ".join(order.clicks), "visitor": order.visitor,
        "customer": order.customer, "new_customer": order.new_customer,
        "margin": float(order.margin.amount) if order.margin else None,
        "refunded": given_back / _CENTS or None,
        "refunded_at": max((refund.at for refund in order.refunds), default=None),
        "referrer": order.referrer, "cancelled": order.cancelled or None,
    }  # fmt: skip


def _table(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The rows with their empty cells left empty."""
    return pa.Table.from_pylist([{name: None if cell == "" else cell for name, cell in row.items()} for row in rows])
