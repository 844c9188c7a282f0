"""Sending a document: its links put in, the message queued, and the step that goes with it taken."""

import re
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.documents.given import Link
from asterism.campaigns.documents.letters import Letter
from asterism.campaigns.documents.merging import Value, fields_named, merge, merge_line
from asterism.campaigns.lifecycle import COLLABORATION
from asterism.campaigns.steps import TEAM, allowed
from asterism.desk.studio.bulk import MOST, Outcome, Outcomes
from asterism.desk.studio.collaborations import carry, insist_on_step
from asterism.desk.studio.documents import WRITTEN, held_of, read
from asterism.desk.studio.messages import Outgoing, insist_on_mailable, queue
from asterism.desk.studio.standing import facts_for
from asterism.errors import AsterismError, BadInput, IllegalStep
from asterism.reports.papers import Part, parts
from asterism.store.ledger.models import Collaboration, Document, Message
from asterism.store.ledger.optouts import opt_out_link, studio_address
from asterism.store.ledger.portals import new_portal
from asterism.store.ledger.scope import find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import secret_hash
from asterism.store.ledger.trail import record

STEPS: Final = {"outreach": "invite", "brief": "brief", "thank_you": "thank"}
"""Kind of document → the step that sending it is, where the collaboration stands before that step."""
_LINK: Final = re.compile(r"/c/([A-Za-z0-9_-]{16,})")


@dataclass(frozen=True, slots=True)
class Sent:
    """A document on its way: the message that carries it, the collaboration, and the step taken with it, if any."""

    message: Message
    row: Collaboration
    step: str


def send(seat: Seat, key: int, collaboration: int | None = None) -> Sent:
    """Send a document to its creator, or one of a campaign to one of its creators.

    Raises
    ------
    NotAllowed, BadInput
        The creator may not, or cannot, be written to; a campaign's document names no creator.
    MissingValue
        A field has no value: a letter never goes out with a gap.
    """
    seat.insist("write")
    with together():
        document = find(seat, Document, key)
        row = lock(seat, Collaboration, _whom(document, collaboration), "creator", "campaign__brand")
        if row.campaign_id != document.campaign_id:
            raise BadInput("This creator is not on the document's campaign.", "Choose one who is.", "collaboration")
        insist_on_mailable(row.creator)
        name = _step(seat, document, row)
        letter = _letter(seat, document, row)
        if name:
            carry(seat, row, name, facts_for(seat, row, (name,)))
        message = queue(seat, row.creator, row, Outgoing(document.kind, letter.subject, letter.text))
        told = {"document": document.kind, "number": document.number, "hash": document.hash}
        record(seat, "document.sent", row, message=message.pk, **told)
    return Sent(message, row, name)


def send_to_all(seat: Seat, key: int) -> Outcomes:
    """Send a campaign's brief to everybody who agreed and has none; one that cannot go stops no other."""
    seat.insist("write")
    document = find(seat, Document, key)
    if document.kind != "brief" or document.collaboration_id is not None:
        raise BadInput("Only a campaign's brief goes to all.", "Send this document to one creator.")
    waiting = rows(seat, Collaboration).filter(campaign=document.campaign_id, state="agreed")
    found = list(waiting.select_related("creator")[:MOST])
    return Outcomes("Send the brief", document.campaign_id, tuple(_one(seat, key, row) for row in found))


def brief_parts(seat: Seat, row: Collaboration) -> tuple[Part, ...]:
    """The brief as a creator reads it on their own page: their own, else the campaign's, with their fields filled."""
    briefs = rows(seat, Document).filter(kind="brief", campaign=row.campaign_id)
    found = briefs.filter(collaboration=row).first() or briefs.filter(collaboration=None).first()
    if found is None:
        return ()
    here: dict[str, Value] = {"portal_link": "here on this page", "opt_out_link": "under Your data, below"}
    return parts(read(found, {**held_of(seat, row=found, work=row), **here}).blocks)


def _one(seat: Seat, key: int, row: Collaboration) -> Outcome:
    name = row.creator.name or row.creator.handle
    try:
        return Outcome(row.pk, name, True, send(seat, key, row.pk).row.state)
    except AsterismError as error:
        return Outcome(row.pk, name, False, what=error.what, fix=error.fix)


def _whom(document: Document, collaboration: int | None) -> int:
    if document.collaboration_id is not None:
        return int(document.collaboration_id)
    if collaboration is None:
        raise BadInput("This document is for all of a campaign.", "Choose whom to send it to.", "collaboration")
    return collaboration


def _step(seat: Seat, document: Document, row: Collaboration) -> str:
    """The step that sending is, where the collaboration stands before it; empty where it is just a letter."""
    name = STEPS.get(document.kind, "")
    if name and any(step.name == name for step in allowed(COLLABORATION, row.state, TEAM)):
        insist_on_step(seat, name)
        return name
    return ""


def _letter(seat: Seat, document: Document, row: Collaboration) -> Letter:
    """The document as it goes out, with its links; a gap is refused."""
    named = fields_named(f"{document.title}\n{document.body}")
    held = held_of(seat, document, row) if document.collaboration_id is None else {}
    held["opt_out_link"] = Link("", opt_out_link(row.creator))
    if "portal_link" in named:
        held["portal_link"] = Link("", _own_page(seat, row, opening=document.kind == "outreach"))
    subject, body = merge_line(document.title, held), merge(document.body, held)
    return Letter(subject, body, named, document.template, str(document.number), document.language)


def _own_page(seat: Seat, row: Collaboration, opening: bool) -> str:
    """The creator's own page: the link of an earlier letter where it still opens, else a new one."""
    if row.state == "shortlisted" and not opening:
        raise IllegalStep("This creator has no page of their own yet.", "Invite the creator first.")
    bodies = rows(seat, Message).filter(collaboration=row).values_list("body", flat=True)[:50]
    known = (secret for body in bodies for secret in _LINK.findall(body))
    secret = next((each for each in known if secret_hash(each) == row.secret_hash), "")
    if not secret or row.secret_expires_at is None or row.secret_expires_at <= seat.now:
        secret, opened = new_portal(seat.now)
        save(seat, row, **opened)
        record(seat, "portal.renewed", row)
    return f"{studio_address()}/c/{secret}/"


def kind_name(kind: str) -> str:
    """What a kind of document is called."""
    return WRITTEN.get(kind, kind.replace("_", " ").capitalize())
