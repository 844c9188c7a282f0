"""Inviting: the letter, the creator's own page behind a link that is shown once, and a new link where one was lost."""

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.documents.letters import Letter, letter
from asterism.desk.studio.collaborations import carry, insist_on_step
from asterism.desk.studio.given import Told, given_of
from asterism.desk.studio.messages import Outgoing, queue
from asterism.desk.studio.standing import facts_for
from asterism.errors import IllegalStep, NotAllowed
from asterism.store.ledger.models import Collaboration, Creator
from asterism.store.ledger.portals import new_portal
from asterism.store.ledger.scope import lock, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

UNSEEN: Final = "made-when-sent"
"""Stands for the link's secret in a letter that is only looked at."""
_RELATED: Final = ("creator", "campaign__brand")
_CLOSED: Final = ("shortlisted", "thanked", "declined", "cancelled")


class Invitation(BaseModel):
    """What the sender adds to a first letter; all of it may be left out."""

    message: str = Field(default="", max_length=2000, description="Why this creator, in the sender's own words.")
    product: str = Field(default="", max_length=300, description="What the campaign is about.")
    point: str = Field(default="", max_length=500, description="The one thing people should take away.")
    action: str = Field(default="", max_length=300, description="What people should do next.")


@dataclass(frozen=True, slots=True)
class Invited:
    """`invited.html.j2`: the collaboration, the creator's link, which is shown once, and whether a letter waits."""

    row: Collaboration
    link: str
    queued: bool
    renewed: bool = False


def invite(seat: Seat, key: int, wish: Invitation, address: str) -> Invited:
    """Invite a creator: their own page at `address`, the first letter, and the step of the collaboration.

    Raises
    ------
    NotAllowed
        The creator wants no messages, or was erased.
    IllegalStep
        The state does not allow it, or the client refused the creator.
    """
    insist_on_step(seat, "invite")
    with together():
        row = lock(seat, Collaboration, key, *_RELATED)
        insist_on_reachable(row.creator)
        carry(seat, row, "invite", facts_for(seat, row, ("invite",)))
        secret, opened = new_portal(seat.now)
        save(seat, row, **opened)
        link = f"{address}/c/{secret}/"
        queued = _queue(seat, row, first_letter(seat, row, wish, link))
    return Invited(row, link, queued)


def new_link(seat: Seat, key: int, address: str) -> Invited:
    """A new link to the creator's own page; the old one stops at once.

    Raises
    ------
    IllegalStep
        The creator was not invited yet, or it is over.
    """
    seat.insist("write")
    with together():
        row = lock(seat, Collaboration, key, *_RELATED)
        insist_on_reachable(row.creator)
        if row.state in _CLOSED:
            raise IllegalStep(f"A collaboration that is {row.state} has no open page.", "Invite the creator first.")
        secret, opened = new_portal(seat.now)
        save(seat, row, **opened)
        record(seat, "portal.renewed", row)
    return Invited(row, f"{address}/c/{secret}/", queued=False, renewed=True)


def close_link(seat: Seat, key: int) -> Collaboration:
    """Close the creator's own page at once."""
    seat.insist("write")
    with together():
        row = lock(seat, Collaboration, key)
        save(seat, row, secret_hash="", secret_expires_at=None)
        record(seat, "portal.closed", row)
    return row


def insist_on_reachable(creator: Creator) -> None:
    """Raise `NotAllowed` unless the creator may be written to."""
    if creator.erased_at:
        raise NotAllowed("This creator's data was erased: there is nobody to write to.", "Leave the creator out.")
    if creator.opted_out_at:
        raise NotAllowed("This creator does not want to be written to.", "Leave the creator out.")


def first_letter(seat: Seat, row: Collaboration, wish: Invitation, link: str) -> Letter:
    """The first letter to a creator, with their link in it."""
    told = Told(wish.message, wish.product, wish.point, wish.action, portal=link, opt_out=f"{link}data")
    return letter("outreach", given_of(seat, row, told), row.creator.language or "en")


def _queue(seat: Seat, row: Collaboration, made: Letter) -> bool:
    """Whether a letter waits to be sent; without an address the link goes out by hand."""
    if row.creator.email:
        queue(seat, row.creator, row, Outgoing("outreach", made.subject, made.text))
    return bool(row.creator.email)
