"""From deals and credits to the ledger of return: every cent and every order stands in one line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from asterism.errors import BadInput
from asterism.measurement.costs import Costs, shared_out
from asterism.measurement.crediting import Attribution, Credit
from asterism.measurement.economics import Economics
from asterism.measurement.events import Partner
from asterism.measurement.ledger import Deal, Line, Return
from asterism.measurement.roi_of import Beside
from asterism.measurement.tracked import Tracked

REPORTED: Final = "as reported"
"""Stands where a rule of attribution would, where somebody else reckoned the orders."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a ledger is reckoned by.

    Parameters
    ----------
    economics
        The margin of orders that do not say theirs.
    campaign_costs
        Costs of a campaign that belong to no collaboration, by the campaign's key.
    share_costs
        Whether those are dealt out over the collaborations by fee; else they stand in a line of their own.
    beside
        Survey and lift, per tier.
    as_of
        The day the figures were read.
    """

    economics: Economics = field(default_factory=Economics)
    campaign_costs: Mapping[str, Costs] = field(default_factory=dict)
    share_costs: bool = False
    beside: Beside = field(default_factory=Beside)
    as_of: date | None = None


def returns(deals: Sequence[Deal], attribution: Attribution, terms: Terms) -> Return:
    """The ledger of these collaborations' campaigns; credits of other campaigns are left to theirs.

    Costs are cents of the attribution's currency. Who is credited in one of the campaigns without being among the
    deals gets a line without cost, and a warning.

    Raises
    ------
    BadInput
        Two deals have one key, or costs are to be shared out in a campaign without collaborations.
    """
    _check(deals)
    campaigns = {deal.partner.campaign for deal in deals} | set(terms.campaign_costs)
    tracked = _tracked(attribution, campaigns, terms.economics)
    deals = _with_shares(deals, terms)
    own = {} if terms.share_costs else terms.campaign_costs
    known = {(deal.partner.campaign, deal.partner.key) for deal in deals}
    strangers = sorted(key for key in tracked if key[1] and key not in known)
    lines = [
        *(_line(deal, tracked) for deal in deals),
        *(_line(Deal(Partner(key, campaign, "")), tracked) for campaign, key in strangers),
        *_own_lines(campaigns, own, tracked),
    ]
    return Return(
        currency=attribution.currency,
        rule=attribution.rule.label,
        as_of=terms.as_of,
        lines=tuple(lines),
        beside=replace(terms.beside, margin_share=_share(terms)),
        unattributed=len(attribution.unattributed),
        set_aside=len(attribution.set_aside),
        warnings=(*_strange(strangers), *_costless(deals)),
    )


def _share(terms: Terms) -> float | None:
    share = terms.economics.share
    return terms.beside.margin_share if share is None else float(share)


def _check(deals: Sequence[Deal]) -> None:
    seen: set[str] = set()
    for deal in deals:
        if not deal.partner.key:
            raise BadInput("A collaboration has no key.", "Give each a key of its own.")
        if deal.partner.key in seen:
            raise BadInput(f"Two collaborations have the key `{deal.partner.key}`.", "Give each a key of its own.")
        seen.add(deal.partner.key)


def _tracked(attribution: Attribution, campaigns: set[str], economics: Economics) -> dict[tuple[str, str], Tracked]:
    """What is credited per campaign and partner; margins are settled per order, so that they come to the order's."""
    orders: defaultdict[str, list[Credit]] = defaultdict(list)
    for credit in attribution.credits:
        orders[credit.order].append(credit)
    found: defaultdict[tuple[str, str], list[Tracked]] = defaultdict(list)
    for parts in orders.values():
        if not any(credit.campaign in campaigns for credit in parts):
            continue
        for credit, margin in zip(parts, economics.margins(parts, attribution.currency), strict=True):
            if credit.campaign in campaigns:
                found[credit.campaign, credit.partner].append(Tracked.of(credit, margin))
    return {key: Tracked.summed(parts) for key, parts in found.items()}


def _with_shares(deals: Sequence[Deal], terms: Terms) -> list[Deal]:
    """The deals, with the campaigns' costs dealt out over them by fee where that is asked."""
    out = list(deals)
    if not terms.share_costs:
        return out
    for campaign, costs in terms.campaign_costs.items():
        at = [i for i, deal in enumerate(out) if deal.partner.campaign == campaign]
        for i, share in zip(at, shared_out(costs, [out[i].costs.fee for i in at]), strict=True):
            out[i] = replace(out[i], costs=out[i].costs + share)
    return out


def _line(deal: Deal, tracked: Mapping[tuple[str, str], Tracked]) -> Line:
    found = tracked.get((deal.partner.campaign, deal.partner.key), Tracked())
    called = deal.handle or deal.partner.creator_id
    return Line(deal.partner, called, deal.costs, found, deal.delivered, deal.planned, deal.leaked)


def _own_lines(
    campaigns: Iterable[str], costs: Mapping[str, Costs], tracked: Mapping[tuple[str, str], Tracked]
) -> list[Line]:
    """A line per campaign that has costs or orders of its own."""
    found = []
    for campaign in sorted(campaigns):
        own = Deal(Partner("", campaign, ""), costs=costs.get(campaign, Costs()))
        line = _line(own, tracked)
        if line.costs.total or line.tracked != Tracked():
            found.append(line)
    return found


def _strange(strangers: Sequence[tuple[str, str]]) -> list[str]:
    if not strangers:
        return []
    named = ", ".join(key for _, key in strangers[:5]) + (", …" if len(strangers) > 5 else "")
    n = len(strangers)
    return [f"{n} credited partner{'s' if n != 1 else ''} without a deal, so without cost: {named}."]


def _costless(deals: Sequence[Deal]) -> list[str]:
    n = sum(deal.costs.total == 0 for deal in deals)
    if not n:
        return []
    said = f"{n} collaboration{'s have' if n != 1 else ' has'} no cost at all"
    return [f"{said}: they have no return on cost, and make the whole look cheaper if a cost is missing."]


def reported(lines: Sequence[Line], currency: str, terms: Terms) -> Return:
    """The ledger of lines that somebody else reckoned: nothing is known of how their orders were credited."""
    own = _own_lines(set(terms.campaign_costs), terms.campaign_costs, {})
    return Return(
        currency=currency,
        rule=REPORTED,
        as_of=terms.as_of,
        lines=(*lines, *own),
        beside=replace(terms.beside, margin_share=_share(terms)),
        warnings=tuple(_costless([Deal(line.partner, line.handle, line.costs) for line in lines])),
    )
