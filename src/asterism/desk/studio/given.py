"""What letters and agreements of a collaboration are made from, read from its rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from asterism.campaigns.documents.given import (
    Addressee,
    Deliverable,
    Merge,
    Moment,
    Outline,
    Privacy,
    Sender,
    Terms,
)
from asterism.desk.studio.standing import cents
from asterism.desk.studio.usual import usual_times
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.models import Deliverable as Post
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

IN_THE_BRIEF: Final = "as set out in the brief"
"""What a letter says of a field that nobody has written down yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever writes adds to what the ledger knows; `terms` replaces the usual ones where given."""

    note: str = ""
    product: str = ""
    message: str = ""
    action: str = ""
    portal: str = ""
    opt_out: str = ""
    terms: Terms | None = field(default=None)


def given_of(seat: Seat, row: Collaboration, told: Told = Told()) -> Merge:
    """Everything a document of a collaboration may speak of; fetch `creator` and `campaign__brand` with the row."""
    posts = list(rows(seat, Post).filter(collaboration=row).exclude(state="cancelled"))
    return Merge(
        _sender(seat, row),
        _addressee(row, told),
        _outline(seat, row, told, posts),
        _moment(seat, told),
        told.terms or terms_of(seat, row, posts),
        _privacy(seat, row),
    )


def terms_of(seat: Seat, row: Collaboration, posts: Iterable[Post]) -> Terms:
    """The terms that the plan and the workspace's defaults come to."""
    usual, named = seat.workspace.options, tuple(row.campaign.brand.competitors)
    usage, exclusive = int(usual.get("usage_months", 0)), int(usual.get("exclusivity_months", 0))
    return Terms(
        fee=cents(row.fee_cents, row.currency) if row.fee_cents else None,
        # without a fee the template asks what the creator gets instead
        gift="" if row.fee_cents else "the product itself",
        deliverables=promised(posts),
        usage_months=usage,
        usage_channels=("the brand's own channels",) if usage else (),
        exclusivity_months=exclusive if named else 0,
        competitors=named if exclusive else (),
        payment_days=int(usual.get("payment_days", 30)),
    )


def promised(posts: Iterable[Post]) -> tuple[Deliverable, ...]:
    """Posts of one platform, format and day as one line of an agreement."""
    counted = Counter((post.platform, post.format, post.live_on) for post in posts)
    return tuple(Deliverable(n, made, day, platform) for (platform, made, day), n in counted.items())


def _sender(seat: Seat, row: Collaboration) -> Sender:
    brand, agency = row.campaign.brand.name, str(seat.workspace.options.get("agency", ""))
    return Sender(brand, str(seat.user or brand), "Partnerships", agency)


def _addressee(row: Collaboration, told: Told) -> Addressee:
    creator = row.creator
    style = tuple(row.campaign.brief.get("style") or ())
    niche = creator.niche or next(iter(row.campaign.brief.get("niche") or ()), "") or "what you make"
    tier = row.tier or creator.tier
    return Addressee(creator.name, creator.handle, creator.platform, tier, niche, style, told.note)


def _outline(seat: Seat, row: Collaboration, told: Told, posts: list[Post]) -> Outline:
    campaign, days = row.campaign, [post.live_on for post in posts if post.live_on]
    start = campaign.start or min(days, default=seat.today)
    return Outline(
        name=campaign.name,
        goal=campaign.goal,
        start=start,
        end=campaign.end or max(start, *days, start),
        product=told.product or campaign.brand.name,
        message=told.message or IN_THE_BRIEF,
        action=told.action or IN_THE_BRIEF,
        jurisdictions=(campaign.jurisdiction,),
    )


def _moment(seat: Seat, told: Told) -> Moment:
    times = usual_times(seat.workspace)
    return Moment(seat.today, times.after(seat.today, times.answer), told.portal, told.opt_out)


def _privacy(seat: Seat, row: Collaboration) -> Privacy:
    options: dict[str, Any] = seat.workspace.options
    contact = options.get("reply_to") or (seat.user.email if seat.user else "") or row.campaign.brand.name
    creator = row.creator
    return Privacy(
        contact=str(contact),
        source=creator.source or f"Your public profile on {creator.platform}",
        held=("name and handle", "public figures of your account", "what we write to each other"),
        basis=creator.lawful_basis,
        kept_months=int(options.get("retention_months", 24)),
    )
