"""`/deliverables`, `/drafts`, `/posts`, `/payments`, `/costs`: what is made and owed in collaborations."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from asterism.desk.studio import drafts, payments, posts, worklists
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

deliverables = Router(tags=["Deliverables"])
all_drafts = Router(tags=["Drafts"])
all_posts = Router(tags=["Posts"])
all_payments = Router(tags=["Payments"])
all_costs = Router(tags=["Costs"])


class DeliverableOut(Schema):
    """One post to be made, and how far it is."""

    id: int
    collaboration_id: int
    position: int
    platform: str
    format: str
    state: str
    draft_due: date | None
    live_on: date | None


class DraftOut(Schema):
    """What was handed in, and the verdict of the disclosure check on it."""

    id: int
    deliverable_id: int
    number: int
    caption: str
    link: str
    platform_label: bool
    remark: str
    state: str
    passes: bool
    disclosure: dict[str, Any]
    from_creator: bool
    made_at: datetime


class ReviewOut(Schema):
    """An answer to a draft."""

    id: int
    draft_id: int
    decision: str
    text: str
    override: str
    made_at: datetime


class PostOut(Schema):
    """A post that is out."""

    id: int
    deliverable_id: int
    url: str
    posted_at: datetime
    from_creator: bool


class FiguresOut(Schema):
    """Figures of a post; `source` says who told them: creator, member or import."""

    id: int
    post_id: int
    source: str
    as_of: datetime
    values: dict[str, int]


class PaymentOut(Schema):
    """A payment and the two people behind it."""

    id: int
    collaboration_id: int
    cents: int
    currency: str
    state: str
    due: date | None
    reference: str
    reason: str
    proposed_by_id: int
    approved_by_id: int | None
    approved_at: datetime | None
    sent_at: datetime | None


class CostOut(Schema):
    """A cost besides the fee."""

    id: int
    campaign_id: int
    collaboration_id: int | None
    kind: str
    cents: int
    currency: str
    on: date
    remark: str


class DeliverableFilter(Schema):
    """Which deliverables: of a collaboration, a campaign, a state."""

    collaboration: Key | None = None
    campaign: Key | None = None
    state: Literal["planned", "handed_in", "changes_asked", "approved", "scheduled", "live", "measured", "missed",
                   "cancelled"] | None = None  # fmt: skip


class PaymentFilter(Schema):
    """Which payments: of a collaboration, a state."""

    collaboration: Key | None = None
    state: Literal["proposed", "approved", "sent", "confirmed", "rejected"] | None = None


class Of(Schema):
    """Of which collaboration."""

    collaboration: Key | None = None


class Why(Schema):
    """The reason."""

    reason: str = Field(min_length=1, max_length=300)


@deliverables.get("", **asks("see", Page[DeliverableOut]))
def list_deliverables(request: Any, at: Query[At], wanted: Query[DeliverableFilter]) -> Any:
    """Deliverables by their day."""
    return paged(request, at, worklists.deliverables(seat_of(request), wanted.model_dump()))


@deliverables.get("/{deliverable}", **asks("see", DeliverableOut))
def read_deliverable(request: Any, deliverable: Key) -> Any:
    """One deliverable."""
    return worklists.deliverable(seat_of(request), deliverable)


@deliverables.post("/{deliverable}/draft", **asks("run", DraftOut, 201))
def hand_in_draft(request: Any, deliverable: Key, wish: drafts.HandIn) -> Any:
    """Hand in a draft for a creator; its disclosure is checked at once."""
    return drafts.hand_in(seat_of(request), deliverable, wish)


@deliverables.post("/{deliverable}/day", **asks("run", DeliverableOut))
def set_post_day(request: Any, deliverable: Key, wish: posts.Day) -> Any:
    """Set the day of the post."""
    return posts.set_day(seat_of(request), deliverable, wish)


@deliverables.post("/{deliverable}/post", **asks("run", PostOut, 201))
def record_live_post(request: Any, deliverable: Key, wish: posts.Published) -> Any:
    """Record that it is out."""
    return posts.go_live(seat_of(request), deliverable, wish)


@deliverables.post("/{deliverable}/miss", **asks("run", DeliverableOut))
def miss_deliverable(request: Any, deliverable: Key) -> Any:
    """Mark it as missed."""
    return posts.miss(seat_of(request), deliverable)


@all_drafts.get("", **asks("see", Page[DraftOut]))
def list_drafts(request: Any, at: Query[At], wanted: Query[Of]) -> Any:
    """Drafts, the newest first."""
    return paged(request, at, worklists.drafts(seat_of(request), wanted.collaboration))


@all_drafts.get("/{draft}", **asks("see", DraftOut))
def read_draft(request: Any, draft: Key) -> Any:
    """One draft."""
    return drafts.draft_of(seat_of(request), draft)


@all_drafts.post("/{draft}/review", **asks("review", ReviewOut, 201))
def review_draft(request: Any, draft: Key, wish: drafts.Answered) -> Any:
    """Approve a draft, or ask for changes; of two at once one is told that the other was quicker."""
    return drafts.answer(seat_of(request), draft, wish)


@all_posts.get("", **asks("see", Page[PostOut]))
def list_posts(request: Any, at: Query[At], wanted: Query[Of]) -> Any:
    """Posts that are out, the newest first."""
    return paged(request, at, worklists.posts(seat_of(request), wanted.collaboration))


@all_posts.get("/{post}/figures", **asks("see", Page[FiguresOut]))
def list_figures(request: Any, at: Query[At], post: Key) -> Any:
    """Figures of a post over time, the newest first."""
    return paged(request, at, worklists.figures(seat_of(request), post))


@all_posts.post("/{post}/figures", **asks("run", FiguresOut, 201))
def supply_figures(request: Any, post: Key, wish: posts.Told) -> Any:
    """Write down figures of a post."""
    return posts.supply(seat_of(request), post, wish)


@all_payments.get("", **asks("see", Page[PaymentOut]))
def list_payments(request: Any, at: Query[At], wanted: Query[PaymentFilter]) -> Any:
    """Payments, the newest first."""
    return paged(request, at, worklists.payments(seat_of(request), wanted.model_dump()))


@all_payments.get("/{payment}", **asks("see", PaymentOut))
def read_payment(request: Any, payment: Key) -> Any:
    """One payment."""
    return worklists.payment(seat_of(request), payment)


class NewPayment(payments.Proposal):
    """A payment to propose, and for which collaboration."""

    collaboration: Key


@all_payments.post("", **asks("pay", PaymentOut, 201))
def propose_payment(request: Any, wish: NewPayment) -> Any:
    """Propose a payment, which somebody else has to approve."""
    return payments.propose(seat_of(request), wish.collaboration, wish)


@all_payments.post("/{payment}/approve", **asks("approve_payment", PaymentOut))
def approve_payment(request: Any, payment: Key) -> Any:
    """Approve a payment that somebody else proposed."""
    return payments.approve(seat_of(request), payment)


@all_payments.post("/{payment}/reject", **asks("approve_payment", PaymentOut))
def reject_payment(request: Any, payment: Key, wish: Why) -> Any:
    """Reject a payment."""
    return payments.reject(seat_of(request), payment, wish.reason)


@all_payments.post("/{payment}/send", **asks("pay", PaymentOut))
def send_payment(request: Any, payment: Key, wish: payments.Sent) -> Any:
    """Record that an approved payment went out."""
    return payments.send(seat_of(request), payment, wish)


@all_payments.post("/{payment}/confirm", **asks("pay", PaymentOut))
def confirm_payment(request: Any, payment: Key) -> Any:
    """Confirm that a payment arrived."""
    return payments.confirm(seat_of(request), payment)


@all_payments.post("/{payment}/come-back", **asks("pay", PaymentOut))
def return_payment(request: Any, payment: Key) -> Any:
    """Record that a payment came back."""
    return payments.come_back(seat_of(request), payment)


@all_costs.get("", **asks("see", Page[CostOut]))
def list_costs(request: Any, at: Query[At], wanted: Query[Of]) -> Any:
    """Costs besides fees, the newest first."""
    return paged(request, at, worklists.costs(seat_of(request), wanted.collaboration))


class NewCost(payments.Spent):
    """A cost, and of which collaboration."""

    collaboration: Key


@all_costs.post("", **asks("pay", CostOut, 201))
def add_cost(request: Any, wish: NewCost) -> Any:
    """Write down a cost."""
    return payments.add_cost(seat_of(request), wish.collaboration, wish)
