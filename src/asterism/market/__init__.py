"""A simulated creator market whose truth is known: the demo and every recovery test stand on it.

It hands out the tables a user would have, and beside them the truth no user ever has.
"""

from asterism.market.bookings import Booking, Expected
from asterism.market.campaign_options import CampaignOptions
from asterism.market.campaigns import Ran, run_campaign
from asterism.market.casting import draw_bookings
from asterism.market.changes import with_audience_moved, with_fakes, with_fees, with_twins
from asterism.market.niches import NICHES, Niche
from asterism.market.options import COUNTRIES, Country, MarketOptions
from asterism.market.simulation import Market, simulate
from asterism.market.true_return import Sold, TrueLine, TrueReturn
from asterism.market.truth import Truth

__all__ = [
    "COUNTRIES",
    "NICHES",
    "Booking",
    "CampaignOptions",
    "Country",
    "Expected",
    "Market",
    "MarketOptions",
    "Niche",
    "Ran",
    "Sold",
    "TrueLine",
    "TrueReturn",
    "Truth",
    "draw_bookings",
    "run_campaign",
    "simulate",
    "with_audience_moved",
    "with_fakes",
    "with_fees",
    "with_twins",
]
