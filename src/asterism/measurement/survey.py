"""Survey: «how did you hear of us?» as a multiplier on tracked orders, per tier, with its interval and a cap."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from asterism.errors import BadInput
from asterism.measurement.crediting import Attribution, Credit
from asterism.measurement.events import Partner
from asterism.measurement.multiplier import BELIEVED, EVERY, Multiplier, Trust, judged

CREATOR: Final = "creator"
"""The channel of an answer that names a creator; every other word is another way."""
CREATORS: Final = ("creator", "influencer", "blogger", "youtuber", "instagrammer", "tiktoker", "createur", "streamer")
"""Beginnings of words by which an answer means a creator."""
_PRICED: Final = 10
"""Orders of a tier from which their own mean value counts; below, that of all orders."""


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """An answer to «how did you hear of us?»; `channel` is `creator` or the name of another way.

    `partner` is the key of the partner whom the person named, `tier` is given where only the kind of creator is known,
    `order` is the order's key where the answer came with one.
    """

    key: str
    at: datetime
    channel: str
    partner: str = ""
    tier: str = ""
    order: str = ""


def channel_of(said: str, names_creator: bool) -> str:
    """The channel of what somebody said in their own words; who names a creator means one.

    >>> channel_of("Influencer on Instagram", False), channel_of(" Search ", False)
    ('creator', 'search')
    """
    bare = " ".join(said.split()).lower()
    return CREATOR if names_creator or bare.startswith(CREATORS) else bare


def multipliers(
    answers: Iterable[SurveyAnswer],
    attribution: Attribution,
    partners: Iterable[Partner],
    customers: int,
    trust: Trust = BELIEVED,
) -> tuple[Multiplier, ...]:
    """The multiplier of each tier of the partners, and last of all tiers together.

    `customers` counts the orders that the answers speak for: those of the period, asked or not, without those that
    attribution sets aside. An answer counts once by its key, and one per order. An answer that names a creator of none
    of the partners names another way; one that names a creator without saying which is spread over the tiers as the
    others fell; one in error is held to name every partner alike.

    Raises
    ------
    BadInput
        There are more answers than orders.
    """
    tiers = {partner.key: partner.tier for partner in partners}
    said = Counter(_said(a, tiers) for a in _once(answers, {aside.order for aside in attribution.set_aside}))
    if said.total() > customers:
        what = f"{said.total()} answers speak for {customers} orders."
        raise BadInput(what, "Count every order of the period, also of those who were not asked.")
    asked = _Asked(said, customers, trust, Counter(tiers.values()), _Worth.of(_values(attribution)))
    mine = attribution.of(tiers)
    each = {tier: [c for c in mine if tiers[c.partner] == tier] for tier in sorted(set(tiers.values()) - {""})}
    return (*(asked.told_of(tier, credited) for tier, credited in each.items()), asked.told_of(EVERY, mine))


def _once(answers: Iterable[SurveyAnswer], aside: set[str]) -> list[SurveyAnswer]:
    """The answers that count: the first of each key, then of each order; none of an order that is set aside."""
    timely = sorted(answers, key=lambda a: (a.at, a.key, a.channel, a.partner, a.tier))
    by_key: dict[str, SurveyAnswer] = {}
    for answer in timely:
        by_key.setdefault(answer.key, answer)
    by_order: dict[tuple[str, str], SurveyAnswer] = {}
    for answer in by_key.values():
        by_order.setdefault(("order", answer.order) if answer.order else ("key", answer.key), answer)
    return [answer for answer in by_order.values() if answer.order not in aside]


def _said(answer: SurveyAnswer, tiers: Mapping[str, str]) -> str | None:
    """The tier that an answer names, empty for a creator of no known tier, None for another way."""
    if answer.channel != CREATOR:
        return None
    if answer.partner:
        return tiers.get(answer.partner)
    return answer.tier if not answer.tier or answer.tier in tiers.values() else None


@dataclass(frozen=True, slots=True)
class _Worth:
    """Mean and standard deviation of the value of some orders, in cents."""

    mean: float
    spread: float
    orders: int

    @classmethod
    def of(cls, cents: Sequence[float]) -> "_Worth":
        """Of the orders' values."""
        if not cents:
            return cls(0.0, 0.0, 0)
        return cls(float(np.mean(cents)), float(np.std(cents, ddof=1)) if len(cents) > 1 else 0.0, len(cents))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What everybody said, of how many orders, and what orders are worth on the whole."""

    said: Counter[str | None]
    customers: int
    trust: Trust
    partners: Counter[str]
    worth: _Worth

    def told_of(self, tier: str, credited: Sequence[Credit]) -> Multiplier:
        """The multiplier of one tier, or of all together; with one tier alone every creator named is of it."""
        creators = sum(count for label, count in self.said.items() if label is not None)
        apart = tier != EVERY and len(self.partners) > 1
        own = _Worth.of([float(c.revenue_cents / c.share) for c in credited])
        worth = own if own.orders >= _PRICED else self.worth
        bare = Multiplier(
            tier=tier,
            tracked=float(sum(c.share for c in credited)),
            tracked_cents=sum(c.revenue_cents for c in credited),
            customers=self.customers,
            answers=self.said.total(),
            naming=self.said[tier] if apart else creators,
            untiered=self.said[""] if apart else 0,
            tiered=creators - self.said[""] if apart else creators,
            worth_cents=worth.mean,
            spread_cents=worth.spread,
            priced=worth.orders,
            cap=self.trust.cap,
            capped=False,
            told=False,
            says="",
            kinds=len(self.partners),
            recall=self.trust.recall,
            astray=self.partners[tier] / self.partners.total() if apart else 1.0,
        )
        return judged(bare)


def _values(attribution: Attribution) -> list[float]:
    """What every order is worth in cents, whoever is credited with it."""
    whole = {credit.order: float(credit.revenue_cents / credit.share) for credit in attribution.credits}
    return [*whole.values(), *(float(order.revenue_cents) for order in attribution.unattributed)]
