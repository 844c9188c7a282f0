"""What a document is made from: who writes, to whom, about which campaign, on what terms, and at which moment."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from asterism.creators.schema import FORMATS
from asterism.errors import BadInput, did_you_mean
from asterism.quantities import Money

BASES: Final = ("legitimate_interests", "contract", "consent")
"""Lawful bases on which a creator's data may be kept."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address with what it leads to."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the brand, the person, and the company that answers for both."""

    brand: str
    name: str
    role: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """The creator written to; `note` is the sender's own reason to ask this one."""

    name: str
    handle: str
    platform: str
    tier: str
    niche: str = ""
    style: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The campaign as a creator needs to know it; `jurisdictions` are those whose audience is addressed."""

    name: str
    goal: str
    start: date | None = None
    end: date | None = None
    product: str = ""
    message: str = ""
    action: str = ""
    hashtags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Posts of one format, with the day they are due; the creator's own platform unless another is named."""

    count: int
    format: str
    due: date | None = None
    platform: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.count < 1:
            raise BadInput(f"A deliverable of {self.count} posts is none.", "Ask for one or more.")
        if self.format not in FORMATS:
            raise BadInput(f"There is no format `{self.format}`.", did_you_mean(self.format, list(FORMATS)))


@dataclass(frozen=True, slots=True)
class Terms:
    """What both sides give: fee, product, posts, rights, exclusivity, dates of payment and ways out."""

    fee: Money | None = None
    gift: str = ""
    deliverables: tuple[Deliverable, ...] = ()
    usage_months: int = 0
    usage_channels: tuple[str, ...] = ()
    exclusivity_months: int = 0
    competitors: tuple[str, ...] = ()
    payment_days: int = 30
    approval_rounds: int = 2
    answer_days: int = 3
    notice_days: int = 14

    def __post_init__(self) -> None:
        counts = ("usage_months", "exclusivity_months", "payment_days", "approval_rounds", "answer_days", "notice_days")
        below = [name for name in counts if getattr(self, name) < 0]
        if below:
            raise BadInput(f"`{below[0]}` cannot be below 0.", "Write a whole number of 0 or more.")
        if self.usage_months and not self.usage_channels:
            raise BadInput("Usage rights name no channels.", "Say where the content may be used, as in `own website`.")
        if self.exclusivity_months and not self.competitors:
            raise BadInput("Exclusivity names no competitors.", "List the brands meant, or set its months to 0.")


@dataclass(frozen=True, slots=True)
class Moment:
    """What only this document speaks of: its day, its links, and what came before it."""

    today: date
    reply_by: date | None = None
    portal: str = ""
    opt_out: str = ""
    draft: str = ""
    feedback: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    token: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a creator must be told about personal data: nothing here has a default, as none would be true for all."""

    contact: str = ""
    source: str = ""
    held: tuple[str, ...] = ()
    basis: str = "legitimate_interests"
    recipients: str = ""
    transfers: str = ""
    kept_months: int = 0

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise BadInput(f"There is no lawful basis `{self.basis}`.", did_you_mean(self.basis, list(BASES)))


@dataclass(frozen=True, slots=True)
class Merge:
    """Everything a document may speak of."""

    sender: Sender
    creator: Addressee
    campaign: Outline
    moment: Moment
    terms: Terms = field(default_factory=Terms)
    privacy: Privacy = field(default_factory=Privacy)
