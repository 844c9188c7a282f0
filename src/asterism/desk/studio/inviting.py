"""The page before an invitation: the letter as it would be sent, and what stands in its way."""

from dataclasses import dataclass

from asterism.campaigns.lifecycle import COLLABORATION, unmet
from asterism.campaigns.steps import TEAM, allowed
from asterism.desk.studio.invitations import UNSEEN, Invitation, first_letter
from asterism.desk.studio.standing import facts_for
from asterism.reports.papers import Part, parts
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """`invitation.html.j2`: the letter's subject and parts, what the sender adds, and what stands in the way."""

    row: Collaboration
    name: str
    wish: Invitation
    subject: str
    parts: tuple[Part, ...]
    barred: str
    fix: str


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as a mail carries it."""

    subject: str
    text: str


def invitation_page(seat: Seat, key: int, wish: Invitation, address: str) -> InvitationPage:
    """The first letter to a creator as it would be sent, with a link that leads nowhere yet."""
    seat.insist("write")
    row = find(seat, Collaboration, key, "creator", "campaign__brand")
    letter = first_letter(seat, row, wish, f"{address}/c/{UNSEEN}/")
    what, fix = _barred(seat, row)
    name = row.creator.name or row.creator.handle
    return InvitationPage(row, name, wish, letter.subject, parts(letter.blocks), what, fix)


def letter_as_text(seat: Seat, key: int, wish: Invitation, address: str) -> LetterText:
    """The first letter to a creator as plain text."""
    seat.insist("write")
    row = find(seat, Collaboration, key, "creator", "campaign__brand")
    letter = first_letter(seat, row, wish, f"{address}/c/{UNSEEN}/")
    return LetterText(letter.subject, letter.text)


def _barred(seat: Seat, row: Collaboration) -> tuple[str, str]:
    """What stands in the way of inviting, and what to do about it."""
    if row.creator.erased_at:
        return "This creator's data was erased: there is nobody to write to.", "Leave the creator out."
    if not any(step.name == "invite" for step in allowed(COLLABORATION, row.state, TEAM)):
        return f"This collaboration is {row.state}.", "Nobody is invited twice."
    needs = unmet("invite", facts_for(seat, row, ("invite",)))
    return (needs[0].what, needs[0].fix) if needs else ("", "")
