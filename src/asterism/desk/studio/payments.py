"""Payments that two people make, and what a collaboration costs besides its fee."""

from decimal import Decimal
from typing import Final, Literal

from pydantic import BaseModel, Field

from asterism.campaigns.deliverables import PAYMENT, check_four_eyes
from asterism.campaigns.steps import TEAM, take
from asterism.desk.studio.dates import GivenDate
from asterism.desk.studio.following import follow_payment
from asterism.errors import BadInput, NotFound
from asterism.store.ledger.models import Collaboration, Cost, Payment
from asterism.store.ledger.scope import add, lock, move, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

KINDS: Final = ("product", "shipping", "usage_rights", "boost", "hours", "platform_fee", "other")


class Amount(BaseModel):
    """An amount of money, as `1250.50` and its currency."""

    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    currency: str = Field(default="", pattern="^([A-Z]{3})?$")

    @property
    def cents(self) -> int:
        """The amount in hundredths."""
        return int(self.amount * 100)


class Proposal(Amount):
    """A payment to be approved by somebody else."""

    due: GivenDate | None = None


class Sent(BaseModel):
    """How a payment went out."""

    reference: str = Field(default="", max_length=120)


class Spent(Amount):
    """A cost besides the fee."""

    kind: Literal["product", "shipping", "usage_rights", "boost", "hours", "platform_fee", "other"] = "other"
    on: GivenDate | None = None
    remark: str = Field(default="", max_length=300)


def propose(seat: Seat, key: int, wish: Proposal) -> Payment:
    """A payment for a collaboration, which somebody else has to approve."""
    seat.insist("pay")
    with together():
        row = lock(seat, Collaboration, key)
        if row.state in ("shortlisted", "invited", "negotiating", "declined"):
            raise BadInput("Nothing is agreed on with this creator, so nothing is owed.", "Agree on terms first.")
        made = add(
            seat, Payment, collaboration=row, cents=wish.cents, currency=wish.currency or row.currency, due=wish.due,
            proposed_by=seat.user,
        )  # fmt: skip
        record(seat, "payment.proposed", made, cents=made.cents, currency=made.currency)
    return made


def approve(seat: Seat, key: int) -> Payment:
    """Approve a payment that somebody else proposed.

    Raises
    ------
    NotAllowed
        The same person proposed it.
    Conflict
        Somebody else was quicker.
    """
    seat.insist("approve_payment")
    with together():
        payment = lock(seat, Payment, key)
        state = take(PAYMENT, payment.state, "approve", TEAM)
        check_four_eyes(payment.proposed_by_id, seat.user.pk if seat.user else "")
        move(seat, payment, payment.state, state, approved_by=seat.user, approved_at=seat.now)
        record(seat, "payment.approved", payment, cents=payment.cents)
    return payment


def reject(seat: Seat, key: int, reason: str) -> Payment:
    """Reject a payment, with the reason."""
    seat.insist("approve_payment")
    if not reason.strip():
        raise BadInput("A rejection without a reason helps nobody.", "Say why, in a few words.")
    return _step(seat, key, "reject", "payment.rejected", reason=reason.strip()[:300])


def send(seat: Seat, key: int, wish: Sent) -> Payment:
    """Record that an approved payment went out; once the fee is covered the collaboration is paid."""
    seat.insist("pay")
    return _step(seat, key, "send", "payment.sent", reference=wish.reference.strip(), sent_at=seat.now)


def come_back(seat: Seat, key: int) -> Payment:
    """Record that a payment came back: it is to be proposed and approved anew."""
    seat.insist("pay")
    return _step(seat, key, "come_back", "payment.come_back", sent_at=None, approved_by=None, approved_at=None,
                 proposed_by=seat.user)  # fmt: skip


def confirm(seat: Seat, key: int, of: Collaboration | None = None) -> Payment:
    """Confirm that a payment arrived: a member, or the creator it is for."""
    if seat.party == TEAM:
        seat.insist("pay")
    return _step(seat, key, "confirm", "payment.confirmed", of)


def _step(seat: Seat, key: int, name: str, action: str, of: Collaboration | None = None, **changed: object) -> Payment:
    with together():
        payment = lock(seat, Payment, key)
        if of is not None and payment.collaboration_id != of.pk:
            raise NotFound("There is no such payment here.", "Go back to your page.")
        move(seat, payment, payment.state, take(PAYMENT, payment.state, name, seat.party), **changed)
        record(seat, action, payment, cents=payment.cents, currency=payment.currency)
        if name == "send":
            follow_payment(seat, lock(seat, Collaboration, payment.collaboration_id, "creator", "campaign"))
    return payment


def add_cost(seat: Seat, key: int, wish: Spent) -> Cost:
    """A cost of a collaboration besides its fee."""
    seat.insist("pay")
    with together():
        row = lock(seat, Collaboration, key, "campaign")
        made = add(
            seat, Cost, campaign=row.campaign, collaboration=row, kind=wish.kind, cents=wish.cents,
            currency=wish.currency or row.currency, on=wish.on or seat.today, remark=wish.remark, by=seat.user,
        )  # fmt: skip
        record(seat, "cost.added", made, kind=made.kind, cents=made.cents, currency=made.currency)
    return made
