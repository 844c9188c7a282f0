"""What collaborations cost in full and what their posts delivered, read from the ledger for the ledger of return."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from asterism.desk.studio.measured import Measured
from asterism.desk.studio.stages import COMMITTED, OPEN
from asterism.errors import UnknownCurrency
from asterism.measurement.costs import Costs
from asterism.measurement.delivered import Delivered
from asterism.measurement.events import Partner
from asterism.measurement.exchange import DatedRates
from asterism.measurement.ledger import Deal
from asterism.quantities import Money
from asterism.store.ledger.models import Campaign, Collaboration, Cost, Payment
from asterism.store.ledger.results import newest_figures
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

OUT: Final = ("sent", "confirmed")
"""States of a payment whose money has left."""
TALKING: Final = tuple(state for state in OPEN if state not in COMMITTED)
"""States in which no fee is agreed on yet."""
ENGAGING: Final = ("likes", "comments", "shares", "saves")
"""What counts as engagement."""


@dataclass(slots=True)
class Purse:
    """Amounts turned into cents of one currency at their day's rate; what cannot be is left out, and said."""

    currency: str
    rates: DatedRates
    lacking: dict[str, int] = field(default_factory=dict)

    def cents(self, cents: int, currency: str, on: date) -> int:
        """The amount in the purse's currency."""
        try:
            return self.rates.convert(Money(Decimal(cents) / 100, currency), self.currency, on).cents
        except UnknownCurrency as error:
            self.lacking[error.currency] = self.lacking.get(error.currency, 0) + 1
            return 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out."""
        return tuple(
            f"{n} cost{'s' if n != 1 else ''} in {currency} left out: no exchange rate is known for the day. "
            "The true cost is higher."
            for currency, n in self.lacking.items()
        )


@dataclass(frozen=True, slots=True)
class Dealt:
    """Collaborations as the ledger of return takes them, each campaign's own costs by its key, and what to mind."""

    deals: tuple[Deal, ...]
    own: Mapping[str, Costs]
    warnings: tuple[str, ...]


def deals_of(seat: Seat, campaigns: Sequence[Campaign], purse: Purse, known: Measured | None = None) -> Dealt:
    """The collaborations of campaigns that were agreed on, paid, cost or brought something; four questions in all.

    Where credits are `known`, those that are still talked to stand with the fee that is planned for them, as long as
    the campaign goes on; later only if they brought something.
    """
    of = {campaign.pk: campaign for campaign in campaigns}
    mine = rows(seat, Collaboration).filter(campaign__in=list(of)).order_by("pk").defer("pick")
    costs, paid = _costs(seat, list(of), purse), _paid(seat, list(of), purse)
    posts: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in newest_figures(seat, list(of)):
        posts[one["post__deliverable__collaboration_id"]].append(one)
    clicks = known.clicks if known else {}
    credited = {credit.partner for credit in known.attribution.credits} if known else set()
    leaky = known.leaky if known else frozenset()
    begun = {str(key) for key, _ in costs} | {credit.campaign for credit in known.attribution.credits} if known else ()
    going = {c.pk for c in of.values() if not over(c, seat.today) and (str(c.pk) in begun or _began(c, seat.today))}
    deals = []
    for work in mine.select_related("creator", "phase"):
        key, campaign = str(work.pk), of[work.campaign_id]
        beside = costs.get((campaign.pk, work.pk), Costs())
        came = bool(beside.total or paid.get(work.pk) or posts[work.pk] or key in credited)
        stage = work.paused_from if work.state == "paused" else work.state
        planned = known is not None and stage in TALKING and (came or campaign.pk in going)
        if came or planned or work.state in COMMITTED or _agreed(work, campaign, purse):
            fee = _fee(work, campaign, purse) if planned else _agreed(work, campaign, purse)
            whole = beside + Costs(fee=max(fee, paid.get(work.pk, 0)))
            seen = clicks.get((key, str(campaign.pk)), 0)
            came_of = delivered(posts[work.pk], work, seen)
            deals.append(Deal(_partner(work), _called(work), whole, came_of, planned, key in leaky))
    own = {str(campaign): spent for (campaign, work_), spent in costs.items() if work_ is None}
    said = (*purse.warnings, *_not_agreed(sum(deal.planned for deal in deals)))
    return Dealt(tuple(deals), {**{str(key): Costs() for key in of}, **own}, said)


def over(campaign: Campaign, today: date) -> bool:
    """Whether a campaign has ended, by its state or by its last day."""
    return campaign.state in ("done", "cancelled") or (campaign.end is not None and campaign.end < today)


def _began(campaign: Campaign, today: date) -> bool:
    return campaign.state == "running" or (campaign.start is not None and campaign.start <= today)


def _not_agreed(n: int) -> tuple[str, ...]:
    if not n:
        return ()
    whose = "The fee of 1 collaboration is a planned one" if n == 1 else f"The fees of {n:,} collaborations are planned"
    return (f"{whose}{'' if n == 1 else ' ones'}, not agreed yet: whether it pays cannot be told before.",)


def delivered(posts: Sequence[Mapping[str, Any]], work: Collaboration, clicks: int) -> Delivered:
    """The figures of a collaboration's posts together; `clicks` are those that tracking held to be persons'.

    Several posts meet one audience, so their reaches do not add up: each further one reaches its part of those
    followers who were not reached yet, or nobody new where followers are unknown.
    """
    values = [post["values"] for post in posts]
    engaged = [sum(each[name] for name in ENGAGING if name in each) for each in values if set(ENGAGING) & set(each)]
    return Delivered(
        impressions=_sum(values, "impressions"),
        views=_sum(values, "views"),
        reach=_reach([each["reach"] for each in values if "reach" in each], work.creator.followers),
        engagements=sum(engaged) if engaged else None,
        clicks=clicks,
        posts=len(posts),
        origin="creator" if any(post["source"] == "creator" for post in posts) else "measured",
    )


def _sum(values: Sequence[Mapping[str, int]], name: str) -> int | None:
    known = [each[name] for each in values if name in each]
    return sum(known) if known else None


def _reach(reaches: Sequence[int], followers: int | None) -> int | None:
    if not reaches:
        return None
    if not followers or max(reaches) >= followers:
        return max(reaches)
    missed = 1.0
    for each in reaches:
        missed *= 1 - each / followers
    return round(followers * (1 - missed))


def _agreed(work: Collaboration, campaign: Campaign, purse: Purse) -> int:
    """The fee that was agreed on; a pause does not undo it."""
    state = work.paused_from if work.state == "paused" else work.state
    return _fee(work, campaign, purse) if state in COMMITTED else 0


def _fee(work: Collaboration, campaign: Campaign, purse: Purse) -> int:
    """The fee as it stands: until one is agreed on, that of the signed plan."""
    if not work.fee_cents:
        return 0
    return purse.cents(work.fee_cents, work.currency, campaign.start or _day(work.state_since, "UTC"))


def _paid(seat: Seat, campaigns: Sequence[int], purse: Purse) -> dict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    sent = rows(seat, Payment).filter(collaboration__campaign__in=campaigns, state__in=OUT)
    for key, cents, currency, at in sent.values_list("collaboration_id", "cents", "currency", "sent_at"):
        found[key] += purse.cents(cents, currency, _day(at or seat.now, seat.workspace.timezone))
    return found


def _costs(seat: Seat, campaigns: Sequence[int], purse: Purse) -> dict[tuple[int, int | None], Costs]:
    """Costs beside fees, by campaign and collaboration; None is what is the campaign's own."""
    found: dict[tuple[int, int | None], Costs] = {}
    fields = ("campaign_id", "collaboration_id", "kind", "cents", "currency", "on")
    for *key, kind, cents, currency, on in rows(seat, Cost).filter(campaign__in=campaigns).values_list(*fields):
        whose = (key[0], key[1])
        found[whose] = found.get(whose, Costs()) + Costs(**{kind: purse.cents(cents, currency, on)})
    return found


def _partner(work: Collaboration) -> Partner:
    creator, phase = work.creator, work.phase.name if work.phase else ""
    return Partner(str(work.pk), str(work.campaign_id), creator.creator_id, creator.platform, work.tier, phase)


def _called(work: Collaboration) -> str:
    creator = work.creator
    if creator.erased_at:
        return "an erased creator"
    return f"@{creator.handle}" if creator.handle else creator.name or creator.creator_id


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
