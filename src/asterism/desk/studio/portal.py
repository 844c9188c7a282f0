"""A creator's own page, without a login: what is asked, on which terms, what is paid, and what is kept about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.documents.markup import parse
from asterism.desk.studio.collaborations import carry
from asterism.desk.studio.document_sending import brief_parts
from asterism.desk.studio.opting import end_letters
from asterism.desk.studio.privacy_requests import take_down
from asterism.desk.studio.stages import COMMITTED
from asterism.desk.studio.standing import facts_for
from asterism.desk.studio.tracking import CodeLine, tracked_for
from asterism.desk.studio.work import Work, work_of
from asterism.errors import IllegalStep
from asterism.reports.papers import Part, parts
from asterism.store.ledger.models import (
    Agreement,
    Collaboration,
    Creator,
    Deliverable,
    Message,
    Note,
    Payment,
    PrivacyRequest,
)
from asterism.store.ledger.scope import add, lock, rows, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

SAYS: Final = {
    "shortlisted": "Nothing is asked of you yet.",
    "invited": "You are invited. Read what is planned, then tell us what you think.",
    "negotiating": "We are talking about the terms.",
    "agreed": "You agreed. The brief comes next.",
    "briefed": "The brief is with you. Next: hand in your draft.",
    "draft": "Your draft is with us. We answer soon.",
    "approved": "Your draft is approved. It may go out on its day.",
    "scheduled": "The day is set. Add the link once the post is out.",
    "live": "Your post is out. Thank you. Next: its figures.",
    "measured": "The figures are in. Your payment comes next.",
    "paid": "You are paid.",
    "thanked": "All is done. Thank you for working with us.",
    "paused": "This rests for now. We will write when it goes on.",
    "declined": "You said no, and that is fine. Nothing more is asked of you.",
    "cancelled": "This was called off. Nothing more is asked of you.",
}
"""State → what a creator reads first."""
OWED: Final = {
    "proposed": "being prepared", "approved": "approved, will be sent", "sent": "sent", "confirmed": "received",
}  # fmt: skip
"""State of a payment → as a creator reads it; what was rejected is not theirs to see."""
POSTS: Final = {
    "planned": "to be made", "handed_in": "draft with us", "changes_asked": "changes asked for", "approved": "approved",
    "scheduled": "day set", "live": "out", "measured": "out, figures in", "missed": "missed", "cancelled": "called off",
}  # fmt: skip
"""State of a deliverable → as a creator reads it."""


class Ask(BaseModel):
    """A question, or another wish for the terms."""

    text: str = Field(max_length=5000, min_length=3)


class No(BaseModel):
    """Why a creator declines; saying so is up to them."""

    reason: str = Field(default="", max_length=500)


@dataclass(frozen=True, slots=True)
class Portal:
    """`portal.html.j2`: what one creator sees of one campaign; nothing of others, nor of what the client pays.

    `offered` is the version to answer, `accepted` the one that holds, each with its text as parts; `posts`, `payments`
    are pairs of row and words; `work` is what drafts, links and figures need, once terms are agreed; `links` and
    `codes` are the short links and promo codes to give to the audience.
    """

    row: Collaboration
    says: str
    offered: Agreement | None
    offered_parts: tuple[Part, ...]
    accepted: Agreement | None
    brief: tuple[Part, ...]
    posts: tuple[tuple[Deliverable, str], ...]
    payments: tuple[tuple[Payment, str], ...]
    may_answer: bool
    may_decline: bool
    contact: str
    work: Work | None
    links: tuple[str, ...]
    codes: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """`portal_data.html.j2`: what is kept about a creator, where it came from, why, and what they have asked for."""

    row: Collaboration
    facts: tuple[tuple[str, str], ...]
    source: str
    purpose: str
    kept_months: int
    contact: str
    opted_out: datetime | None
    asked: tuple[PrivacyRequest, ...]


PURPOSES: Final = {
    "legitimate_interests": "to decide whether to work with you, and to write to you about it (legitimate interests)",
    "contract": "to carry out what we agreed on with you (contract)",
    "consent": "because you agreed to it, which you can take back at any time (consent)",
}
"""Lawful basis → the purpose in words."""


def portal_page(seat: Seat, row: Collaboration) -> Portal:
    """What the creator of a collaboration sees."""
    versions = {a.state: a for a in rows(seat, Agreement).filter(collaboration=row, state__in=("offered", "accepted"))}
    offered = versions.get("offered")
    links, codes = tracked_for(seat, row)
    paid = [p for p in rows(seat, Payment).filter(collaboration=row).order_by("id") if p.state in OWED]
    return Portal(
        row=row,
        says=SAYS[row.state],
        offered=offered,
        offered_parts=parts(parse(offered.text)) if offered else (),
        accepted=versions.get("accepted"),
        brief=brief_parts(seat, row),
        posts=tuple((post, POSTS[post.state]) for post in rows(seat, Deliverable).filter(collaboration=row)),
        payments=tuple((each, OWED[each.state]) for each in paid),
        may_answer=row.state in ("invited", "negotiating", "agreed", "briefed", "draft", "approved", "scheduled"),
        may_decline=row.state in ("invited", "negotiating"),
        contact=contact_of(seat, row),
        work=work_of(seat, row) if row.state in COMMITTED else None,
        links=links,
        codes=codes,
    )


def contact_of(seat: Seat, row: Collaboration) -> str:
    """Whom the creator may write to: who looks after them, else the workspace's address for answers."""
    member = row.looked_after_by
    return str(seat.workspace.options.get("reply_to") or (member.user.email if member else ""))


def decline_all(seat: Seat, row: Collaboration, wish: No) -> None:
    """The creator's no to the whole collaboration; where no reason is given, that is what is noted."""
    reason = wish.reason.strip() or "Declined on their own page, without a reason."
    with together():
        row = lock(seat, Collaboration, row.pk, "creator", "campaign")
        carry(seat, row, "decline", facts_for(seat, row, (), reason))


def ask(seat: Seat, row: Collaboration, wish: Ask) -> None:
    """A creator's question or wish: kept as a message; an invitation becomes a talk about terms."""
    with together():
        row = lock(seat, Collaboration, row.pk, "creator", "campaign")
        if row.state in ("cancelled", "declined", "thanked"):
            raise IllegalStep("This collaboration is over.", "Write to the address in our letters.")
        said = {"kind": "reply", "channel": "portal", "subject": "Asked on their own page", "body": wish.text}
        made = add(seat, Message, creator=row.creator, collaboration=row, state="received", sent_at=seat.now, **said)
        record(seat, "portal.asked", row, message=made.pk)
        if row.state == "invited":
            carry(seat, row, "negotiate", facts_for(seat, row, ("negotiate",)))


def held(seat: Seat, row: Collaboration) -> Held:
    """What is kept about the creator of a collaboration."""
    creator = row.creator
    asked = rows(seat, PrivacyRequest).filter(creator=creator).order_by("-id")[:20]
    source = creator.source or f"your public profile on {creator.platform}"
    return Held(
        row=row,
        facts=_facts(seat, creator),
        source=f"{source}, {creator.source_at:%d %B %Y}" if creator.source_at else source,
        purpose=PURPOSES.get(creator.lawful_basis, creator.lawful_basis),
        kept_months=int(seat.workspace.options.get("retention_months", 24)),
        contact=contact_of(seat, row),
        opted_out=creator.opted_out_at,
        asked=tuple(asked),
    )


def _facts(seat: Seat, creator: Creator) -> tuple[tuple[str, str], ...]:
    counts = {
        "Messages between us": rows(seat, Message).filter(creator=creator).count(),
        "Notes about working together": rows(seat, Note).filter(creator=creator).count(),
        "Campaigns together": rows(seat, Collaboration).filter(creator=creator).count(),
    }
    known = {
        "Name": creator.name, "Account": f"{creator.handle} on {creator.platform}", "E-mail address": creator.email,
        "Phone": creator.phone, "Topic": creator.niche, "Country": creator.country, "Language": creator.language,
        "Followers, as read": "" if creator.followers is None else f"{creator.followers:,}",
        "Size": creator.tier,
    }  # fmt: skip
    said = {**known, **{name: str(n) for name, n in counts.items()}}
    return tuple((name, value) for name, value in said.items() if value)


def opt_out(seat: Seat, row: Collaboration) -> None:
    """No more messages on any channel: what waits is held back, and open invitations are declined."""
    with together():
        end_letters(seat, lock(seat, Creator, row.creator_id), "on their own page", "portal")


def request_privacy(seat: Seat, row: Collaboration, kind: str) -> PrivacyRequest:
    """Ask for what is kept (access), for its erasure, or object to it."""
    with together():
        row = lock(seat, Collaboration, row.pk, "creator", "campaign")
        return take_down(seat, row.creator, kind, row.pk)
