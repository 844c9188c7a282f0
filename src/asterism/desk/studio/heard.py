"""What a campaign's answers to «how did you hear of us?» make of its tracked orders."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from asterism.desk.studio.measured import Measured
from asterism.desk.studio.workspace import recall_of
from asterism.measurement.crediting import Attribution
from asterism.measurement.events import WINDOW
from asterism.measurement.multiplier import EVERY, Multiplier, Trust, untold
from asterism.measurement.recall import Recall
from asterism.measurement.survey import SurveyAnswer, multipliers
from asterism.store.ledger.models import Campaign, Survey
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class Heard:
    """What the answers of a campaign make of its tracked orders, per tier and last for all; how they are taken.

    `orders` counts those of the shop in the campaign's time; `crowded` says that there are fewer than answers.
    """

    multipliers: tuple[Multiplier, ...]
    recall: Recall
    answers: int
    orders: int
    crowded: str = ""

    @property
    def says(self) -> tuple[str, ...]:
        """Why survey and tracking differ, tier by tier, and how answers are taken; nothing where nobody answered."""
        if not self.answers:
            return ()
        found = (f"{each.tier}: {each.says}" for each in self.multipliers if each.tier != EVERY and each.differs)
        return (*([self.crowded] if self.crowded else found), self.recall.says)


def heard_of(seat: Seat, campaign: Campaign, known: Measured) -> Heard:
    """What the answers of a campaign make of its tracked orders; who asks has been let in already."""
    recall = recall_of(seat.workspace)
    fields = ("key", "at", "channel", "collaboration_id", "tier", "order_key")
    found = [
        SurveyAnswer(key, at, channel, "" if work is None else str(work), tier, known.shop_keys.get(order, order))
        for key, at, channel, work, tier, order in rows(seat, Survey).filter(campaign=campaign).values_list(*fields)
    ]
    partners = [partner for partner in known.partners.values() if partner.campaign == str(campaign.pk)]
    first, last = _days(seat, campaign)
    orders = _customers(known.attribution, first, last)
    told = multipliers(found, known.attribution, partners, max(orders, len(found)), Trust(recall=recall))
    answers = told[-1].answers
    if answers <= orders:
        return Heard(told, recall, len(found), orders)
    had = "1 order" if orders == 1 else f"{orders:,} orders"
    when = f"in the campaign's time{_span(first, last)}"
    asked = "1 answer" if answers == 1 else f"{answers:,} answers"
    why = f"Cannot tell yet: {asked} but only {had} {when}: bring the orders, or check the days."
    return Heard(tuple(replace(untold(each, why), customers=orders) for each in told), recall, len(found), orders, why)


def _days(seat: Seat, campaign: Campaign) -> tuple[datetime | None, datetime | None]:
    """When the campaign ran, and as long after it as a click counts."""
    zone = ZoneInfo(seat.workspace.timezone)
    first = datetime.combine(campaign.start, time.min, zone) if campaign.start else None
    last = datetime.combine(campaign.end, time.max, zone) + WINDOW if campaign.end else None
    return first, last


def _span(first: datetime | None, last: datetime | None) -> str:
    ends = (("from", first), ("to", last))
    said = " ".join(f"{word} {at.day} {at:%b %Y}" for word, at in ends if at is not None)
    return f" ({said})" if said else ""


def _customers(attribution: Attribution, first: datetime | None, last: datetime | None) -> int:
    """Orders of the shop in a time, credited or not."""
    times = {c.order: c.at for c in attribution.credits} | {u.order: u.at for u in attribution.unattributed}
    return sum((first is None or at >= first) and (last is None or at <= last) for at in times.values())
