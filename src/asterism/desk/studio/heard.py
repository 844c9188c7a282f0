"""What a campaign's answers to «how did you hear of us?» make of its tracked orders."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from asterism.desk.studio.measured import Measured
from asterism.desk.studio.workspace import recall_of
from asterism.measurement.crediting import Attribution
from asterism.measurement.events import WINDOW
from asterism.measurement.multiplier import EVERY, Multiplier, Trust
from asterism.measurement.recall import Recall
from asterism.measurement.survey import SurveyAnswer, multipliers
from asterism.store.ledger.models import Campaign, Survey
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class Heard:
    """What the answers of a campaign make of its tracked orders, per tier and last for all; how they are taken.

    `orders` counts those of the shop in the campaign's time.
    """

    multipliers: tuple[Multiplier, ...]
    recall: Recall
    answers: int
    orders: int

    @property
    def says(self) -> tuple[str, ...]:
        """Why survey and tracking differ, tier by tier, and how answers are taken; nothing where nobody answered."""
        if not self.answers:
            return ()
        found = (f"{each.tier}: {each.says}" for each in self.multipliers if each.tier != EVERY and each.differs)
        return (*found, self.recall.says)


def heard_of(seat: Seat, campaign: Campaign, known: Measured) -> Heard:
    """What the answers of a campaign make of its tracked orders; who asks has been let in already."""
    recall = recall_of(seat.workspace)
    fields = ("key", "at", "channel", "collaboration_id", "tier", "order_key")
    found = [
        SurveyAnswer(key, at, channel, "" if work is None else str(work), tier, known.shop_keys.get(order, order))
        for key, at, channel, work, tier, order in rows(seat, Survey).filter(campaign=campaign).values_list(*fields)
    ]
    partners = [partner for partner in known.partners.values() if partner.campaign == str(campaign.pk)]
    orders = _customers(seat, campaign, known.attribution)
    told = multipliers(found, known.attribution, partners, max(orders, len(found)), Trust(recall=recall))
    return Heard(told, recall, len(found), orders)


def _customers(seat: Seat, campaign: Campaign, attribution: Attribution) -> int:
    """Orders of the shop while the campaign ran and as long after it as a click counts, credited or not."""
    zone = ZoneInfo(seat.workspace.timezone)
    first = campaign.start and datetime.combine(campaign.start, time.min, zone)
    last = campaign.end and datetime.combine(campaign.end, time.max, zone) + WINDOW
    times = {c.order: c.at for c in attribution.credits} | {u.order: u.at for u in attribution.unattributed}
    return sum((first is None or at >= first) and (last is None or at <= last) for at in times.values())
