"""The audit trail as people read it: each event as a sentence, with who, when, and the reason that was noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any, Final

from asterism.store.ledger.models import Event

WORDS: Final = {
    "agreement.accepted": "accepted version {number} of the terms",
    "agreement.changed": "changed version {number} of the terms",
    "agreement.declined": "noted that version {number} of the terms was declined",
    "agreement.drafted": "drafted version {number} of the terms",
    "agreement.offered": "offered version {number} of the terms",
    "agreement.recorded": "recorded the signature under version {number} of the terms",
    "agreement.reworded": "reworded version {number} of the terms",
    "agreement.withdrawn": "took back version {number} of the terms",
    "campaign.cancelled": "cancelled the campaign",
    "campaign.made": "started the campaign",
    "campaign.signed": "signed the plan",
    "collaboration.agreed": "agreed",
    "collaboration.approved": "approved the draft",
    "collaboration.assigned": "changed who looks after the creator",
    "collaboration.briefed": "sent the brief",
    "collaboration.cancelled": "cancelled the collaboration",
    "collaboration.changes_asked": "asked for changes",
    "collaboration.declined": "declined",
    "collaboration.handed_in": "handed in a draft",
    "collaboration.invited": "invited the creator",
    "collaboration.made": "put the creator on the campaign",
    "collaboration.measured": "closed the figures",
    "collaboration.negotiating": "began to talk about terms",
    "collaboration.paid": "closed the payments",
    "collaboration.paused": "paused the collaboration, which was {source}",
    "collaboration.reopened": "asked for changes after the approval",
    "collaboration.resumed": "went on, at {target}",
    "collaboration.scheduled": "set the day of the post",
    "collaboration.thanked": "said thank you",
    "collaboration.went_live": "recorded that the post is out",
    "cost.added": "wrote down a cost",
    "creator.opted_out": "noted that the creator wants no more messages",
    "document.made": "wrote a document",
    "document.changed": "changed a document",
    "document.sent": "sent a document",
    "draft.approved": "approved a draft",
    "draft.changes_asked": "asked for changes to a draft",
    "draft.handed_in": "handed in a draft",
    "figures.supplied": "supplied figures",
    "message.blocked": "held back a letter",
    "message.failed": "could not send a letter",
    "message.queued": "wrote a letter",
    "message.received": "noted an answer",
    "message.sent": "sent a letter",
    "note.added": "wrote a note",
    "payment.approved": "approved a payment",
    "payment.come_back": "recorded that a payment came back",
    "payment.confirmed": "confirmed that a payment arrived",
    "payment.proposed": "proposed a payment",
    "payment.rejected": "rejected a payment",
    "payment.sent": "sent a payment",
    "portal.asked": "wrote to the team",
    "portal.closed": "closed the creator's own page",
    "portal.renewed": "made a new link to the creator's own page",
    "post.live": "recorded a post",
    "privacy.requested": "asked for {kind} under privacy law",
    "task.done": "ticked off a task",
    "token.made": "made a token",
    "workspace.changed": "changed the workspace's settings",
    "workspace.made": "made the workspace",
}
"""Action → what was done; a field in braces is one of the event's facts."""
ACTORS: Final = {"portal": "The creator", "link": "The client", "job": "The studio", "cli": "The command line"}
"""Who acts where nobody is signed in."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One event: when, who did what, through which face, and the reason that was noted with it."""

    at: datetime
    text: str
    via: str
    note: str


def timeline(events: Sequence[Event], notes: Mapping[int, str]) -> tuple[Moment, ...]:
    """Events as sentences, in the order given; `notes` are the reasons that still stand, by their key."""
    return tuple(
        Moment(event.made_at, sentence_of(event), event.via, notes.get(event.facts.get("note", 0), ""))
        for event in events
    )


def sentence_of(event: Event) -> str:
    """What an event says; an action without words of its own is told by its name."""
    who = str(event.by) if event.by else ACTORS.get(event.via, "Somebody")
    words = WORDS.get(event.action)
    if words is None:
        return f"{who}: {event.action.replace('.', ' ').replace('_', ' ')}."
    return f"{who} {_filled(words, event.facts)}."


def _filled(words: str, facts: Mapping[str, Any]) -> str:
    """The words with facts in their fields; in one pass, and a fact that is missing is said to be."""
    pieces = Formatter().parse(words)
    return "".join(text + (str(facts.get(name, "unknown")) if name else "") for text, name, _, _ in pieces)
