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
    "belief.adopted": "put version {number} of what was learnt to use",
    "belief.learnt": "learnt version {number} from past results",
    "belief.put_aside": "went back to the shipped benchmarks",
    "books.closed": "closed the books, closing {number}",
    "arrival.replayed": "worked out anew what shops had said",
    "brief.changed": "changed the brief",
    "campaign.amended": "amended the signed plan",
    "campaign.cancelled": "cancelled the campaign",
    "campaign.made": "started the campaign",
    "campaign.signed": "signed the plan",
    "collaboration.agreed": "agreed",
    "collaboration.approved": "approved the draft",
    "collaboration.assigned": "changed who looks after the creator",
    "collaboration.briefed": "sent the brief",
    "collaboration.cancelled": "cancelled the collaboration",
    "collaboration.changes_asked": "asked for changes",
    "collaboration.client_approved": "noted the client's yes",
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
    "code.revoked": "revoked a promo code",
    "codes.made": "made promo codes: {count}",
    "cost.added": "wrote down a cost",
    "creator.contact_changed": "changed how to reach the creator",
    "creator.kept": "kept the creator in the workspace",
    "creator.noted": "wrote a note on the creator",
    "creator.opted_in": "noted that the creator may be written to again",
    "creator.opted_out": "noted that the creator wants no more messages",
    "creators.imported": "imported creators",
    "deliverable.day_set": "set the day of a post",
    "deliverable.missed": "marked a post as missed",
    "document.changed": "changed a document",
    "document.made": "wrote a document",
    "document.sent": "sent a document",
    "draft.approved": "approved a draft",
    "draft.changes_asked": "asked for changes to a draft",
    "draft.handed_in": "handed in a draft",
    "feed.made": "made a calendar feed",
    "figures.brought": "brought figures of posts",
    "figures.supplied": "supplied figures",
    "file.brought": "brought a file",
    "file.removed": "removed a file",
    "lift.estimated": "had a lift estimated",
    "lift.made": "made a study of lift",
    "lift.power_told": "had the power of a test told",
    "lift.removed": "removed a study of lift",
    "link.ended": "ended a link",
    "links.made": "made short links: {count}",
    "member.invitation_revoked": "took an invitation back",
    "member.invited": "invited somebody to the workspace",
    "member.joined": "joined the workspace",
    "member.removed": "ended a membership",
    "member.role_changed": "changed a member's role",
    "message.blocked": "held back a letter",
    "message.failed": "could not send a letter",
    "message.queued": "wrote a letter",
    "message.received": "noted an answer",
    "message.sent": "sent a letter",
    "note.added": "wrote a note",
    "orders.brought": "brought a table of orders",
    "payment.approved": "approved a payment",
    "payment.come_back": "recorded that a payment came back",
    "payment.confirmed": "confirmed that a payment arrived",
    "payment.proposed": "proposed a payment",
    "payment.rejected": "rejected a payment",
    "payment.sent": "sent a payment",
    "plan.drafted": "drafted a plan",
    "portal.asked": "wrote to the team",
    "portal.closed": "closed the creator's own page",
    "portal.renewed": "made a new link to the creator's own page",
    "post.live": "recorded a post",
    "privacy.erased": "finished an erasure",
    "privacy.erasure_begun": "began an erasure",
    "privacy.expiry_begun": "began to drop what is past its time",
    "privacy.notified": "sent the notice that privacy law asks for",
    "privacy.requested": "asked for {kind} under privacy law",
    "privacy.settled": "settled a request under privacy law",
    "privacy.told": "gave out what is kept",
    "results.link_revoked": "closed a client's link to the report",
    "results.shared": "made a link to the report for a client",
    "rates.set": "wrote down exchange rates",
    "share.made": "made a link for a client",
    "share.revoked": "closed a client's link",
    "shop.added": "added a shop",
    "shop.changed": "changed a shop",
    "shop.closed": "closed a shop's address",
    "shop.secret_changed": "changed a shop's secret",
    "shortlist.answered": "answered a shortlist",
    "shortlist.approved": "approved a shortlist",
    "shortlist.changed": "changed a shortlist",
    "shortlist.dropped": "took a creator off a shortlist",
    "shortlist.extended": "put creators on a shortlist",
    "shortlist.made": "began a shortlist",
    "shortlist.moved": "moved a shortlist to a campaign",
    "shortlist.remarked": "remarked on a shortlist",
    "shortlist.removed": "removed a shortlist",
    "survey.brought": "brought answers on how people heard of it: {taken}",
    "survey.removed": "removed an answer on how somebody heard of it",
    "task.done": "ticked off a task",
    "task.made": "wrote down a task",
    "token.made": "made a token",
    "token.revoked": "ended a token",
    "webhook.added": "added a webhook",
    "webhook.changed": "changed a webhook",
    "webhook.removed": "removed a webhook",
    "webhook.replayed": "sent a webhook's call again",
    "webhook.tried": "tried a webhook",
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
