"""Ending all letters: by the link in each of them, or by a word in an answer; what waits is held back at once."""

from dataclasses import dataclass, replace

from asterism.desk.studio.collaborations import carry
from asterism.desk.studio.standing import facts_for
from asterism.store.ledger.models import Collaboration, Consent, Creator, Message
from asterism.store.ledger.scope import add, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

_BY_LINK = "by the link in a letter"


@dataclass(frozen=True, slots=True)
class OptOut:
    """`optout.html.j2`: who writes, and whether all letters have ended."""

    sender: str
    ended: bool


def opt_out_page(seat: Seat, creator: Creator) -> OptOut:
    """What the reader of a letter sees behind its link; the page names nobody but the sender."""
    sender = str(seat.workspace.options.get("agency") or seat.workspace.name)
    return OptOut(sender, creator.opted_out_at is not None)


def opt_out_by_link(seat: Seat, creator: Creator) -> None:
    """End all letters to the reader of one."""
    with together():
        end_letters(seat, lock(seat, Creator, creator.pk), _BY_LINK, "link")


def end_letters(seat: Seat, creator: Creator, how: str, way: str) -> None:
    """No more messages on any channel: what waits is held back, open invitations are declined; once is enough.

    Call it inside `together`, on a row from `lock`. It is the creator's own deed, whoever reads it out.
    """
    seat = replace(seat, via="portal")
    if creator.opted_out_at is None:
        save(seat, creator, opted_out_at=seat.now)
        add(seat, Consent, creator=creator, what="contact", given=False, how=how)
        record(seat, "creator.opted_out", creator, how=way)
    for letter in rows(seat, Message).filter(creator=creator, state="queued"):
        move(seat, letter, "queued", "blocked", error="The creator opted out.", next_at=None)
    for row in rows(seat, Collaboration).filter(creator=creator, state__in=("invited", "negotiating")):
        held = lock(seat, Collaboration, row.pk, "creator", "campaign")
        carry(seat, held, "decline", facts_for(seat, held, (), f"Opted out of all messages {how}."))
