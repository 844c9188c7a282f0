"""What kind of campaign is simulated: how it sells, how much of that tracking sees, and what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from asterism.errors import BadInput

PHASES: Final = ("open", "follow")
"""Names of phase 0 and phase 1."""
_SHARES: Final = (
    "opening", "margin", "by_code", "by_link", "habits", "keys_kept", "detours", "leaked", "answering", "recall",
    "error", "named", "tiered", "refunded", "cancelled", "self_orders", "sitewide", "own_links", "bots",
    "strangers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CampaignOptions:
    """Everything about a simulated campaign except who is booked and chance.

    Parameters
    ----------
    name, currency, start, weeks
        Its name, the currency it is accounted in, its first day and how long it lasts.
    opening
        Part of its days that the first phase takes, where anybody is booked for the second.
    product
        The niche of what is sold; None for something that everybody buys alike.
    pull
        Factor on everybody's chance of buying: how good the offer is.
    order_value, margin
        Mean amount of an order in the campaign's currency, and what is left of it after the goods, as a share.
    spread
        Log standard deviation of a collaboration's reach around the creator's usual.
    dark
        Share per tier of the orders it causes that neither code nor link shows.
    by_code, by_link
        Of the others, the shares seen by code alone and by link alone; the rest by both.
    habits
        How much collaborations differ in by code, by link and new customers: their overdispersion, 0 for not at all.
    keys_kept
        Share of the orders by link with which the shop hands back the click's key; the rest are known by visitor.
    detours
        Share of buyers by link who also opened another collaboration's link.
    baseline
        Orders per day that would come anyway.
    sitewide, own_links
        Of those, the shares with a code for everybody and by a link of the campaign itself.
    leaked, leak
        Share of codes that leak to a coupon site, and the orders per day that then come with such a code at first.
    strangers
        Share of the orders with a leaked code whose referrer is the coupon site.
    answering
        Share of buyers who answer the survey.
    recall, error
        Chance that a buyer who was moved says so, and that one who was not says that he was.
    named, tiered
        Of those who say so, the shares that name the creator and only the kind of creator; the rest name neither.
    refunded, cancelled
        Shares of orders given back, a third of them in full, and of orders called off.
    self_orders
        Share of creators who order with their own code.
    bots
        Clicks of programs per click of a person.
    currencies
        Shares of the currencies people pay in.
    """

    name: str = "Tidewater"
    currency: str = "USD"
    start: date = date(2026, 6, 1)
    weeks: int = 8
    opening: float = 0.3
    product: str | None = None
    pull: float = 1.0
    order_value: float = 60.0
    margin: float = 0.5
    spread: float = 0.2
    dark: Mapping[str, float] = field(default_factory=lambda: {"nano": 0.3, "micro": 0.35, "macro": 0.5, "mega": 0.6})
    by_code: float = 0.35
    by_link: float = 0.4
    habits: float = 0.1
    keys_kept: float = 0.7
    detours: float = 0.1
    baseline: float = 30.0
    sitewide: float = 0.1
    own_links: float = 0.05
    leaked: float = 0.1
    leak: float = 3.0
    strangers: float = 0.5
    answering: float = 0.2
    recall: float = 1.0
    error: float = 0.0
    named: float = 0.6
    tiered: float = 0.3
    refunded: float = 0.08
    cancelled: float = 0.01
    self_orders: float = 0.05
    bots: float = 0.15
    currencies: Mapping[str, float] = field(default_factory=lambda: {"USD": 0.8, "EUR": 0.12, "GBP": 0.08})

    def __post_init__(self) -> None:
        shares = {name: getattr(self, name) for name in _SHARES}
        shares |= {f"dark[{tier}]": share for tier, share in self.dark.items()}
        for name, share in shares.items():
            if not 0 <= share <= 1:
                raise BadInput(f"`{name}` is {share}.", "Give a share from 0 to 1.")
        for name in ("pull", "order_value", "weeks"):
            if not getattr(self, name) > 0:
                raise BadInput(f"`{name}` is {getattr(self, name)}.", "Give a number above 0.")
        for name in ("spread", "baseline", "leak"):
            if not getattr(self, name) >= 0:
                raise BadInput(f"`{name}` is {getattr(self, name)}.", "Give a number of 0 or more.")
        for one, other in (("by_code", "by_link"), ("named", "tiered"), ("sitewide", "own_links")):
            if shares[one] + shares[other] > 1:
                raise BadInput(f"`{one}` and `{other}` come to more than 1.", "They are shares of one whole.")
        if not self.currencies or min(self.currencies.values()) < 0 or not sum(self.currencies.values()) > 0:
            raise BadInput("Nobody pays in any currency.", "Give shares of 0 or more, one above 0.")

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return 7 * self.weeks

    @property
    def slug(self) -> str:
        """Its name without blanks, as keys of orders and clicks begin."""
        return "-".join(self.name.split())
