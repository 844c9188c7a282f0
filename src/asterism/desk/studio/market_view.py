"""Across the campaigns of a workspace: prices and return per tier and platform, forecasts against what came, trend."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import BaseModel, Field

from asterism.desk.studio.deals import Purse, deals_of
from asterism.desk.studio.measured import economics_of, measured, rates_of
from asterism.desk.studio.remembered import newest
from asterism.desk.studio.result_files import CSV, ResultFile
from asterism.desk.studio.results import compared
from asterism.errors import BadInput
from asterism.measurement.ledger import Return
from asterism.measurement.returns import Terms, returns
from asterism.reports.results import Section
from asterism.reports.results_market import (
    Market,
    Ran,
    market_csv,
    market_document,
    market_sections,
    market_sentence,
    places_of,
)
from asterism.reports.words import Words
from asterism.store.ledger.models import Campaign, Collaboration
from asterism.store.ledger.results import freshness
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

WORDS: Final = Words(thin=True)
BEGUN: Final = ("signed", "running", "done")
"""States of campaigns that cost something."""
MOST: Final = 200
"""Campaigns that are looked at, the newest."""


class MarketWish(BaseModel):
    """Which creators are looked at: of one niche, or all."""

    niche: str = Field(default="", max_length=60)


@dataclass(frozen=True, slots=True)
class MarketPage:
    """`market.html.j2`: the answer in one sentence, then the parts; none while no campaign has cost anything."""

    sentence: str
    sections: tuple[Section, ...]
    niche: str
    niches: tuple[tuple[str, str], ...]


def market_page(seat: Seat, wish: MarketWish) -> MarketPage:
    """The market as the workspace's own campaigns show it."""
    seat.insist("see")
    market, niches = market_of(seat, wish)
    choices = (("", "All niches"), *((niche, niche) for niche in niches))
    if not market.places:
        return MarketPage("", (), wish.niche, choices)
    return MarketPage(market_sentence(market, WORDS), market_sections(market, WORDS), wish.niche, choices)


def market_seen(seat: Seat, wish: MarketWish) -> Market:
    """The market as figures, for programs."""
    seat.insist("see")
    return market_of(seat, wish)[0]


def market_file(seat: Seat, wish: MarketWish, kind: str) -> ResultFile:
    """The market view as CSV or JSON."""
    seat.insist("see")
    market, _ = market_of(seat, wish)
    if kind == "csv":
        return ResultFile("market.csv", CSV, market_csv(market))
    if kind == "json":
        return ResultFile("market.json", "application/json", json.dumps(market_document(market), indent=1).encode())
    raise BadInput(f"The market view cannot be taken away as `{kind}`.", "Known: csv, json.")


def market_of(seat: Seat, wish: MarketWish) -> tuple[Market, tuple[str, ...]]:
    """The market in the workspace's currency, and the niches of its creators; remembered while nothing new came in."""
    stand = freshness(seat)
    return newest(seat, ("market", wish.niche), stand, lambda: _market(seat, wish.niche, stand))


def _market(seat: Seat, niche: str, stand: tuple[object, ...]) -> tuple[Market, tuple[str, ...]]:
    currency = seat.workspace.currency
    campaigns = list(rows(seat, Campaign).filter(state__in=BEGUN).defer("brief", "versions")[:MOST])
    known = measured(seat, currency, stand)
    dealt = deals_of(seat, campaigns, Purse(currency, rates_of(seat)), known.clicks)
    made = returns(dealt.deals, known.attribution, Terms(economics_of(seat), dealt.own, as_of=seat.today))
    niches = dict(rows(seat, Collaboration).values_list("pk", "creator__niche"))
    found = tuple(sorted({name for name in niches.values() if name}))
    if niche:
        keep = tuple(line for line in made.lines if line.partner.key and niches.get(int(line.partner.key)) == niche)
        made = replace(made, lines=keep)
    market = Market(currency, made.rule, places_of(made), _ran(made, campaigns, not niche), dealt.warnings)
    return market, found


def _ran(made: Return, campaigns: Sequence[Campaign], whole: bool) -> tuple[Ran, ...]:
    """Each campaign; its forecasts only where everybody in it is looked at."""
    of = {str(campaign.pk): campaign for campaign in campaigns}
    lines = made.members("campaign")
    found = []
    for group in made.by("campaign"):
        campaign = of.get(group.names[0])
        if campaign is None or not group.costs.total:
            continue
        said = compared(campaign, replace(made, lines=lines[group.names])) if whole else ()
        same = campaign.currency == made.currency
        found.append(
            Ran(campaign.name, campaign.start, group, tuple(one for one in said if same or one.kind != "money"))
        )
    return tuple(found)
