"""What was seen of people buying: clicks, promo codes, orders and refunds, as tracking hands them on."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from asterism.errors import BadInput
from asterism.quantities import Money


@dataclass(frozen=True, slots=True)
class Partner:
    """One collaboration that may be credited: who, where, of which tier, in which phase of which campaign.

    `customer` is the keyed hash of the creator as a customer, to know orders of their own.
    """

    key: str
    campaign: str
    creator_id: str
    platform: str = ""
    tier: str = ""
    phase: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Click:
    """One opening of a collaboration's link; `partner` is empty for a link of the campaign itself.

    `filtered` names the rule by which it is no person's; `visitor` is a keyed hash, empty once it was dropped.
    """

    key: str
    at: datetime
    partner: str
    campaign: str = ""
    visitor: str = ""
    referrer: str = ""
    filtered: str = ""

    @property
    def counted(self) -> bool:
        """Whether it is held to be a person's."""
        return not self.filtered


@dataclass(frozen=True, slots=True)
class Code:
    """A promo code, upper case; `partner` is empty where it is for everybody.

    It counts from `starts` (included) until `ends` (not included), for the first `limit` orders.
    """

    word: str
    partner: str = ""
    campaign: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    limit: int | None = None

    @property
    def sitewide(self) -> bool:
        """Whether it is nobody's own."""
        return not self.partner

    def holds(self, at: datetime) -> bool:
        """Whether it counts at a time."""
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)


@dataclass(frozen=True, slots=True)
class Refund:
    """What was given back of an order."""

    key: str
    at: datetime
    amount: Money


@dataclass(frozen=True, slots=True)
class Order:
    """An order: its amount after discounts, without tax and shipping, and what came along with it.

    Parameters
    ----------
    codes
        Promo codes used, upper case, in the shop's order.
    clicks
        Keys of clicks that the shop handed back.
    visitor, customer
        Keyed hashes, empty where unknown: of address and browser, and of the customer.
    new_customer
        Whether it is the customer's first order; None where the shop does not say.
    margin
        What is left of the amount after the goods, where the shop says so.
    """

    key: str
    at: datetime
    amount: Money
    codes: tuple[str, ...] = ()
    clicks: tuple[str, ...] = ()
    visitor: str = ""
    customer: str = ""
    new_customer: bool | None = None
    margin: Money | None = None
    referrer: str = ""
    cancelled: bool = False
    refunds: tuple[Refund, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.amount.amount < 0:
            raise BadInput(f"The order `{self.key}` is below zero.", "Send what was given back as a refund.")
        if any(refund.amount.currency != self.amount.currency for refund in self.refunds):
            raise BadInput(f"A refund of the order `{self.key}` is in another currency.", "Give it in the order's.")
        if sum(refund.amount.cents for refund in self.refunds) > self.amount.cents:
            what = f"The refunds of the order `{self.key}` come to more than the order."
            raise BadInput(what, "Check their amounts, and whether one was sent twice.")

    @property
    def kept(self) -> Money:
        """What is left of the amount after refunds; nothing of a cancelled order."""
        if self.cancelled:
            return Money(0 * self.amount.amount, self.amount.currency)
        return Money(self.amount.amount - sum(r.amount.amount for r in self.refunds), self.amount.currency)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything tracking saw, in any order: attribution sorts it itself."""

    partners: tuple[Partner, ...] = ()
    clicks: tuple[Click, ...] = ()
    codes: tuple[Code, ...] = ()
    orders: tuple[Order, ...] = ()


WINDOW: Final = timedelta(days=30)
"""How long after a click an order may still be credited to it, unless a rule says otherwise."""
