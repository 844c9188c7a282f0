"""`/collaborations` and `/agreements`: work with creators, its steps, the terms, and the creators' own pages."""

import base64
from datetime import date, datetime
from typing import Any

from ninja import Query, Router, Schema

from asterism.desk.studio import agreements, bulk, invitations, roll
from asterism.desk.studio import collaborations as desk
from asterism.desk.studio.drafting import TermsWish
from asterism.desk.studio.inviting import letter_as_text
from asterism.desk.studio.terms_page import printed
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, page_of, paged

router = Router(tags=["Collaborations"])
terms = Router(tags=["Agreements"])


class CollaborationOut(Schema):
    """One creator in one campaign: where it stands, what is due next and from whom, and the steps open to you."""

    id: int
    campaign_id: int
    creator_id: int
    creator: str
    handle: str
    platform: str
    phase_id: int | None
    tier: str
    package: str
    fee_cents: int
    currency: str
    state: str
    state_since: datetime
    paused_from: str
    answer_due: date | None
    looked_after_by_id: int | None
    due: str | None
    due_from: str | None
    due_on: date | None
    steps: list[str]


class CollaborationMore(CollaborationOut):
    """The same, with the plan's reasons and until when the creator's own page is open."""

    reasons: list[str]
    link_until: datetime | None


class OutcomeOut(Schema):
    """What came of one of several; `secret` is the link to the creator's own page, shown this once."""

    id: int
    went: bool
    state: str
    secret: str
    what: str
    fix: str


class OutcomesOut(Schema):
    """What came of each."""

    went: int
    outcomes: list[OutcomeOut]


class PortalLinkOut(Schema):
    """The link to a creator's own page, shown this once, and whether a letter with it waits to be sent."""

    id: int
    state: str
    secret: str
    queued: bool


class LetterOut(Schema):
    """A letter as it would be sent."""

    subject: str
    text: str


class CollaborationNoteOut(Schema):
    """A note on a collaboration."""

    id: int
    text: str
    by_id: int | None
    made_at: datetime


class MomentOut(Schema):
    """One event in words, through which face it came, and the reason that was noted."""

    at: datetime
    text: str
    via: str
    note: str


class AgreementOut(Schema):
    """One version of the terms; `hash` is the SHA-256 of exactly its text, `terms` the same as values."""

    id: int
    collaboration_id: int
    number: int
    state: str
    fee_cents: int
    currency: str
    text: str
    hash: str
    terms: dict[str, Any]
    offered_at: datetime | None
    answered_at: datetime | None
    answered_name: str


class FileOut(Schema):
    """A file: its name, its kind, and its bytes in base64."""

    name: str
    type: str
    content: str


class Reason(Schema):
    """A reason, where there is one."""

    reason: str = ""


def _site(request: Any) -> str:
    return str(request.build_absolute_uri("/"))[:-1]


def _told(listed: roll.Listed) -> dict[str, Any]:
    row = listed.row
    names = [name for name in CollaborationOut.model_fields if hasattr(row, name) and name != "creator"]
    due = {"due": listed.due, "due_from": listed.due_from, "due_on": listed.due_on, "steps": listed.steps}
    who = {"creator": row.creator.name, "handle": row.creator.handle, "platform": row.creator.platform}
    return {**{name: getattr(row, name) for name in names}, **who, **due}


def _one(request: Any, key: int) -> dict[str, Any]:
    found = roll.one(seat_of(request), key)
    return {**_told(found.listed), "reasons": found.reasons, "link_until": found.link_until}


def _link(made: invitations.Invited) -> dict[str, Any]:
    return {"id": made.row.pk, "state": made.row.state, "secret": made.link, "queued": made.queued}


@router.get("", **asks("see", Page[CollaborationOut]))
def list_collaborations(request: Any, at: Query[At], wanted: Query[roll.Wanted]) -> Any:
    """Collaborations by their number, narrowed by campaign, creator, phase, state, tier or lateness."""
    found, total = roll.roll(seat_of(request), wanted, (at.page - 1) * at.size, at.size)
    return page_of(request, at, [_told(each) for each in found], total)


@router.post("/step", **asks("run", OutcomesOut))
def step_collaborations(request: Any, wish: bulk.Several) -> Any:
    """Take a step for several collaborations: each is answered by itself, and one that cannot go stops no other."""
    made = bulk.several(seat_of(request), wish, _site(request))
    each = [{"id": one.key, "went": one.went, "state": one.state, "secret": one.link, "what": one.what, "fix": one.fix}
            for one in made.each]  # fmt: skip
    return {"went": made.went, "outcomes": each}


@router.get("/{collaboration}", **asks("see", CollaborationMore))
def read_collaboration(request: Any, collaboration: Key) -> Any:
    """One collaboration."""
    return _one(request, collaboration)


@router.post("/{collaboration}/step", **asks("run", CollaborationMore))
def step_collaboration(request: Any, collaboration: Key, wish: desk.Stepping) -> Any:
    """Take a step; of two at once one goes and the other is told."""
    desk.step(seat_of(request), collaboration, wish.step, wish.reason)
    return _one(request, collaboration)


@router.post("/{collaboration}/assign", **asks("run", CollaborationMore))
def assign_collaboration(request: Any, collaboration: Key, wish: desk.Assigning) -> Any:
    """Say which member looks after it."""
    desk.assign(seat_of(request), collaboration, wish.member)
    return _one(request, collaboration)


@router.post("/{collaboration}/letter", **asks("write", LetterOut))
def read_invitation(request: Any, collaboration: Key, wish: invitations.Invitation) -> Any:
    """The first letter as it would be sent; nothing is sent."""
    return letter_as_text(seat_of(request), collaboration, wish, _site(request))


@router.post("/{collaboration}/invite", **asks("write", PortalLinkOut))
def invite_creator(request: Any, collaboration: Key, wish: invitations.Invitation) -> Any:
    """Invite the creator; `secret` is the link to their own page, shown this once."""
    return _link(invitations.invite(seat_of(request), collaboration, wish, _site(request)))


@router.post("/{collaboration}/link", **asks("write", PortalLinkOut))
def renew_link(request: Any, collaboration: Key) -> Any:
    """A new link to the creator's own page; the old one stops."""
    return _link(invitations.new_link(seat_of(request), collaboration, _site(request)))


@router.post("/{collaboration}/link/close", **asks("write"))
def close_link(request: Any, collaboration: Key) -> Any:
    """Close the creator's own page."""
    invitations.close_link(seat_of(request), collaboration)


@router.get("/{collaboration}/notes", **asks("see", Page[CollaborationNoteOut]))
def list_notes(request: Any, at: Query[At], collaboration: Key) -> Any:
    """Notes, the newest first."""
    return paged(request, at, roll.notes(seat_of(request), collaboration))


@router.post("/{collaboration}/notes", **asks("run", CollaborationNoteOut, 201))
def write_note(request: Any, collaboration: Key, wish: desk.Noted) -> Any:
    """Write a note."""
    return desk.note(seat_of(request), collaboration, wish)


@router.get("/{collaboration}/timeline", **asks("see", Page[MomentOut]))
def read_timeline(request: Any, at: Query[At], collaboration: Key) -> Any:
    """What happened, the newest first."""
    return paged(request, at, roll.history(seat_of(request), collaboration))


@router.get("/{collaboration}/agreements", **asks("see", Page[AgreementOut]))
def list_agreements(request: Any, at: Query[At], collaboration: Key) -> Any:
    """The versions of the terms, the newest first."""
    return paged(request, at, roll.versions(seat_of(request), collaboration))


@router.post("/{collaboration}/agreements", **asks("agree", AgreementOut, 201))
def draft_agreement(request: Any, collaboration: Key, wish: TermsWish) -> Any:
    """Draft a version; what is left out is as the plan and the workspace have it."""
    return agreements.draft(seat_of(request), collaboration, wish)


@terms.get("/{agreement}", **asks("see", AgreementOut))
def read_agreement(request: Any, agreement: Key) -> Any:
    """One version of the terms."""
    return roll.version(seat_of(request), agreement)


@terms.get("/{agreement}/as/pdf", **asks("see", FileOut))
def print_agreement(request: Any, agreement: Key) -> Any:
    """One version as a PDF, with the signature where it was accepted."""
    name, made = printed(seat_of(request), agreement)
    return {"name": name, "type": "application/pdf", "content": base64.b64encode(made).decode()}


@terms.post("/{agreement}/change", **asks("agree", AgreementOut))
def change_agreement(request: Any, agreement: Key, wish: TermsWish) -> Any:
    """Other terms for a version that was not offered yet; its text is written anew."""
    return agreements.change(seat_of(request), agreement, wish)


@terms.post("/{agreement}/reword", **asks("agree", AgreementOut))
def reword_agreement(request: Any, agreement: Key, wish: agreements.Wording) -> Any:
    """The text of a version that was not offered yet, in one's own words."""
    return agreements.reword(seat_of(request), agreement, wish)


@terms.post("/{agreement}/offer", **asks("agree", AgreementOut))
def offer_agreement(request: Any, agreement: Key) -> Any:
    """Offer it to the creator; an older offer ends with it."""
    return agreements.offer(seat_of(request), agreement)


@terms.post("/{agreement}/withdraw", **asks("agree", AgreementOut))
def withdraw_agreement(request: Any, agreement: Key, wish: Reason) -> Any:
    """Take it back."""
    return agreements.withdraw(seat_of(request), agreement, wish.reason[:500])


@terms.post("/{agreement}/decline", **asks("agree", AgreementOut))
def decline_agreement(request: Any, agreement: Key, wish: agreements.Refusal) -> Any:
    """Record that the creator declined it."""
    return agreements.decline(seat_of(request), agreement, wish.reason)


@terms.post("/{agreement}/record", **asks("agree", AgreementOut))
def record_agreement(request: Any, agreement: Key, wish: agreements.Recorded) -> Any:
    """Record a yes that came another way."""
    return agreements.record_acceptance(seat_of(request), agreement, wish)
