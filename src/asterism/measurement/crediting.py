"""What attribution hands on: the rule, credits in cents, and everything that was left out, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from asterism.errors import BadInput, did_you_mean
from asterism.measurement.events import WINDOW

LAST_CLICK: Final = "last_click"
FIRST_CLICK: Final = "first_click"
LINEAR: Final = "linear"
VERSIONS: Final = {LAST_CLICK: 1, FIRST_CLICK: 1, LINEAR: 1}
"""The rules that are known, each with its version: a rule that decides otherwise gets another."""
SKEW: Final = timedelta(minutes=5)
"""How far clocks may differ: a click that the shop handed back counts as before the order up to this much after it."""

SET_ASIDE: Final = "set_aside"
COUNTED: Final = "counted"

BY_CODE: Final = "code"
BY_LINK: Final = "link"
BY_VISITOR: Final = "visitor"

CANCELLED: Final = "cancelled"
NO_RATE: Final = "no_rate"
SELF_ORDER: Final = "self_order"
RETURNING: Final = "returning"


@dataclass(frozen=True, slots=True)
class Rule:
    """How orders are credited: by which clicks, from how long ago, and what is done with two kinds of orders.

    Parameters
    ----------
    name
        last_click, first_click or linear: which clicks count where no code does.
    version
        Of the rule; it stands on every figure.
    window
        How long after a click an order may be credited to it; the last moment is included.
    self_orders, returning
        `set_aside` or `counted`: what creators order through their own links and codes, and what customers order who
        bought before.

    >>> Rule("linear").label
    'linear 1'
    """

    name: str = LAST_CLICK
    version: int = 1
    window: timedelta = WINDOW
    self_orders: str = SET_ASIDE
    returning: str = COUNTED

    def __post_init__(self) -> None:
        if self.name not in VERSIONS:
            raise BadInput(f"No rule of attribution is called `{self.name}`.", did_you_mean(self.name, list(VERSIONS)))
        if self.version != VERSIONS[self.name]:
            what = f"The rule `{self.name}` has no version {self.version}."
            raise BadInput(what, f"Use version {VERSIONS[self.name]}.")
        if self.window < timedelta(0):
            raise BadInput("A window of attribution cannot be below zero.", "Give it in days, as 30.")
        for given in (self.self_orders, self.returning):
            if given not in (SET_ASIDE, COUNTED):
                raise BadInput(f"`{given}` is no way to treat orders.", f"Write `{SET_ASIDE}` or `{COUNTED}`.")

    @property
    def label(self) -> str:
        """Name and version, as they stand on figures."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Credit:
    """What one order is worth to one partner, or to a campaign alone where `partner` is empty.

    Parameters
    ----------
    why, evidence
        `code` and its word, `link` and the key of the click that the shop handed back, or `visitor` and the key of a
        click of the same visitor.
    share
        Part of the order, above 0 and at most 1; the shares of an order come to 1.
    gross_cents, refunded_cents, revenue_cents
        Its part of the amount, of what was given back, and of what is left: gross − refunded = revenue.
    margin_cents
        Its part of the margin of what is left; None where the shop does not say.
    """

    order: str
    partner: str
    campaign: str
    at: datetime
    why: str
    evidence: str
    share: Fraction
    gross_cents: int
    refunded_cents: int
    revenue_cents: int
    margin_cents: int | None = None
    new_customer: bool | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """An order that counts for nobody, and why: cancelled, no_rate, self_order or returning.

    `partner` and `campaign` say where it would have gone, empty where nowhere. `revenue_cents` is None without a rate.
    """

    order: str
    at: datetime
    why: str
    says: str
    partner: str = ""
    campaign: str = ""
    revenue_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Unattributed:
    """An order that nothing leads to: no code of a partner that counts, no click inside the window."""

    order: str
    at: datetime
    revenue_cents: int
    new_customer: bool | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A code or a click that came with an order and did not count, and why, in one sentence.

    `why` is unknown_code, not_started, expired, over_limit, unknown_click, filtered, after_order or outside_window;
    `evidence` is the code's word or the click's key.
    """

    order: str
    evidence: str
    why: str
    says: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is credited with what, in order of time; every order stands in exactly one of the three lists.

    `credits` may hold several of one order (`linear`); money is in cents of `currency`.
    """

    rule: Rule
    currency: str
    credits: tuple[Credit, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def revenue_cents(self) -> int:
        """What all credits come to."""
        return sum(credit.revenue_cents for credit in self.credits)

    @property
    def orders(self) -> int:
        """How many orders are credited or nobody's; those set aside are not among them."""
        return len({credit.order for credit in self.credits}) + len(self.unattributed)

    def of(self, partners: Iterable[str]) -> tuple[Credit, ...]:
        """The credits of some partners."""
        wanted = frozenset(partners)
        return tuple(credit for credit in self.credits if credit.partner in wanted)

    def of_campaign(self, campaign: str) -> tuple[Credit, ...]:
        """The credits of a campaign, of its partners and its own."""
        return tuple(credit for credit in self.credits if credit.campaign == campaign)
