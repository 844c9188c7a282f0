"""Across the campaigns of a workspace: prices and return per tier and platform, forecasts against what came, trend."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.desk.studio.deals import Purse, deals_of, over
from asterism.desk.studio.kept_answers import OF_NOW, Newness, edition_at, kept_answer, newness_of
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
    market_read,
    market_sections,
    market_sentence,
    places_of,
)
from asterism.reports.words import Words
from asterism.store.ledger.models import Campaign, Collaboration
from asterism.store.ledger.results import freshness, weight_of
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

WORDS: Final = Words(thin=True)
KEPT: Final = "market"
"""The name under which the worker keeps the market."""
BEGUN: Final = ("signed", "running", "done")
"""States of campaigns that cost something."""
MOST: Final = 200
"""Campaigns that are looked at, the newest."""


class MarketWish(BaseModel):
    """Which creators are looked at: of one niche, or all."""

    niche: str = Field(default="", max_length=60)


@dataclass(frozen=True, slots=True)
class MarketPage:
    """`market.html.j2`: the answer in one sentence, then the parts, and how new they are.

    There are no parts while no campaign has cost anything, or the first answer is being worked out.
    """

    sentence: str
    sections: tuple[Section, ...]
    niche: str
    niches: tuple[tuple[str, str], ...]
    newness: Newness = OF_NOW


def market_page(seat: Seat, wish: MarketWish) -> MarketPage:
    """The market as the workspace's own campaigns show it."""
    seat.insist("see")
    market, niches, newness = _shown(seat, wish)
    choices = (("", "All niches"), *((niche, niche) for niche in niches))
    if market is None or not market.places:
        return MarketPage("", (), wish.niche, choices, newness)
    return MarketPage(market_sentence(market, WORDS), market_sections(market, WORDS), wish.niche, choices, newness)


def market_seen(seat: Seat, wish: MarketWish) -> Market:
    """The market as figures, for programs: the newest that was worked out."""
    seat.insist("see")
    return _shown(seat, wish)[0] or market_of(seat, wish)[0]


def market_file(seat: Seat, wish: MarketWish, kind: str) -> ResultFile:
    """The market view as CSV or JSON."""
    seat.insist("see")
    market, _ = market_of(seat, wish)
    if kind == "csv":
        return ResultFile("market.csv", CSV, market_csv(market))
    if kind == "json":
        return ResultFile("market.json", "application/json", json.dumps(market_document(market), indent=1).encode())
    raise BadInput(f"The market view cannot be taken away as `{kind}`.", "Known: csv, json.")


def market_of(seat: Seat, wish: MarketWish, stand: tuple[object, ...] = ()) -> tuple[Market, tuple[str, ...]]:
    """The market in the workspace's currency, and the niches of its creators; remembered while nothing new came in."""
    stand = stand or freshness(seat)
    return newest(seat, ("market", wish.niche), stand, lambda: _market(seat, wish.niche, stand))


def market_document_of(seat: Seat, stand: tuple[object, ...]) -> dict[str, Any]:
    """The market of every niche as plain values, that of all under no name."""
    _, niches = market_of(seat, MarketWish())
    return {niche: market_document(_market(seat, niche, stand)[0]) for niche in ("", *niches)}


def _shown(seat: Seat, wish: MarketWish) -> tuple[Market | None, tuple[str, ...], Newness]:
    """The market as a page shows it: worked out at once where that is quick, else as the worker left it."""
    weight, stand = weight_of(seat), freshness(seat)
    if not weight.heavy:
        return (*market_of(seat, wish, stand), OF_NOW)
    answer = kept_answer(seat, KEPT, weight)
    newness = newness_of(seat, answer, edition_at(seat, stand))
    if answer is None:
        return None, (), newness
    niches = tuple(niche for niche in answer.document if niche)
    kept = answer.document.get(wish.niche)
    whole = market_read(answer.document[""])
    return (replace(whole, places=(), ran=()) if kept is None else market_read(kept)), niches, newness


def _market(seat: Seat, niche: str, stand: tuple[object, ...]) -> tuple[Market, tuple[str, ...]]:
    currency = seat.workspace.currency
    campaigns = list(rows(seat, Campaign).filter(state__in=BEGUN).defer("brief", "versions")[:MOST])
    known = measured(seat, currency, stand)
    dealt = deals_of(seat, campaigns, Purse(currency, rates_of(seat)), known)
    made = returns(dealt.deals, known.attribution, Terms(economics_of(seat), dealt.own, as_of=seat.today))
    niches = dict(rows(seat, Collaboration).values_list("pk", "creator__niche"))
    found = tuple(sorted({name for name in niches.values() if name}))
    if niche:
        keep = tuple(line for line in made.lines if line.partner.key and niches.get(int(line.partner.key)) == niche)
        made = replace(made, lines=keep)
    market = Market(currency, made.rule, places_of(made), _ran(made, campaigns, not niche), dealt.warnings)
    return market, found


def _ran(made: Return, campaigns: Sequence[Campaign], whole: bool) -> tuple[Ran, ...]:
    """Each campaign; its forecasts only once it is over, and everybody in it is looked at."""
    of = {str(campaign.pk): campaign for campaign in campaigns}
    lines = made.members("campaign")
    found = []
    for group in made.by("campaign"):
        campaign = of.get(group.names[0])
        if campaign is None or not group.costs.total:
            continue
        judged = whole and over(campaign, made.as_of or date.max)
        said = compared(campaign, replace(made, lines=lines[group.names])) if judged else ()
        same = campaign.currency == made.currency
        found.append(
            Ran(campaign.name, campaign.start, group, tuple(one for one in said if same or one.kind != "money"))
        )
    return tuple(found)
