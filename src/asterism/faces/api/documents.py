"""`/documents`: made from templates, reworded in versions, checked, printed, sent."""

import base64
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from asterism.campaigns.documents.whitelist import FIELDS
from asterism.desk.studio import document_pages as shown
from asterism.desk.studio import document_sending as sending
from asterism.desk.studio import documents as desk
from asterism.desk.studio.filling import MANY, TYPED
from asterism.faces.api.collaborations import FileOut
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Documents"])
Kind = Literal[
    "outreach", "follow_up", "brief", "feedback", "thank_you", "renewal", "expectation_review", "privacy_notice"
]


class DocumentOut(Schema):
    """A version of a document without its text; `hash` is the SHA-256 that names exactly these words."""

    id: int
    kind: str
    title: str
    number: int
    hash: str
    language: str
    template: str
    campaign_id: int | None
    collaboration_id: int | None
    made_at: datetime


class WholeDocument(DocumentOut):
    """The same with its text: markup, with the fields that stay open in braces."""

    body: str


class FieldOut(Schema):
    """A field that a document may name; `typed` is filled in by whoever writes, `many` has a line per item."""

    name: str
    holds: str
    typed: bool
    many: bool


class NewDocument(Schema):
    """A document to make, of a collaboration or for all of a campaign."""

    kind: Kind
    campaign: Key | None = None
    collaboration: Key | None = None
    language: Literal["", "en", "de", "fr"] = ""
    tier: str = Field(default="", max_length=20)
    filled: dict[str, Annotated[str, Field(max_length=4_000)]] = Field(default_factory=dict, max_length=60)


class FaultOut(Schema):
    """What of a text cannot be kept: on which line, what, and what to write instead."""

    line: int
    what: str
    fix: str


class CheckOut(Schema):
    """How a text reads, and what stands in its way: faults stop its keeping, missing fields its sending."""

    faults: list[FaultOut]
    missing: list[str]
    subject: str
    text: str


class Whom(Schema):
    """The creator to send a campaign's document to, by their collaboration; one creator's own needs none."""

    collaboration: Key | None = None


class SentOut(Schema):
    """A document on its way: the message that carries it, and the step that was taken with it, if any."""

    message: int
    collaboration: int
    state: str
    step: str


class BriefOutcome(Schema):
    """What came of one creator: it went, or what was wrong and the fix."""

    key: int
    name: str
    went: bool
    state: str
    what: str
    fix: str


class DocumentFilter(Schema):
    """Of which campaign, collaboration and kind."""

    campaign: Key | None = None
    collaboration: Key | None = None
    kind: Kind | None = None


@router.get("", **asks("see", Page[DocumentOut]))
def list_documents(request: Any, at: Query[At], wanted: Query[DocumentFilter]) -> Any:
    """Documents, the newest first."""
    found = shown.listed(seat_of(request), wanted.campaign, wanted.collaboration, wanted.kind or "")
    return paged(request, at, found)


@router.post("", **asks("write", WholeDocument, 201))
def make_document(request: Any, wish: NewDocument) -> Any:
    """Make a document from its template; what its fields lack is said by name."""
    seat = seat_of(request)
    place = desk.place_of(seat, wish.collaboration, wish.campaign)
    return desk.make(seat, place, desk.Making(**wish.dict(include={"kind", "language", "tier", "filled"})))


@router.get("/fields", **asks("see", list[FieldOut]))
def list_document_fields(request: Any) -> Any:
    """The fields that documents may name."""
    shown.listed(seat_of(request))
    return [{"name": n, "holds": what, "typed": n in TYPED, "many": n in MANY} for n, what in FIELDS.items()]


@router.get("/{document}", **asks("see", WholeDocument))
def read_document(request: Any, document: Key) -> Any:
    """One version with its text."""
    return shown.document_page(seat_of(request), document).row


@router.post("/{document}/reword", **asks("write", WholeDocument, 201))
def reword_document(request: Any, document: Key, wish: desk.Rewording) -> Any:
    """Keep a text in one's own words as a new version; the same words make none."""
    return desk.reword(seat_of(request), document, wish)


@router.post("/{document}/check", **asks("write", CheckOut))
def check_document(request: Any, document: Key, wish: desk.Rewording) -> Any:
    """See what of a text could not be kept, and how it reads; nothing is kept."""
    found = shown.check(seat_of(request), document, wish)
    return _check(found)


@router.get("/{document}/reading", **asks("see", CheckOut))
def read_document_as_sent(request: Any, document: Key, collaboration: Key | None = None) -> Any:
    """How a version reads for a creator, its fields filled; links are put in only as it is sent."""
    return _check(shown.document_page(seat_of(request), document, collaboration).checked)


@router.get("/{document}/as/pdf", **asks("see", FileOut))
def print_document(request: Any, document: Key, collaboration: Key | None = None) -> Any:
    """A version as a PDF with its checksum, in base64."""
    name, made = shown.printed(seat_of(request), document, collaboration)
    return {"name": name, "type": "application/pdf", "content": base64.b64encode(made).decode()}


@router.post("/{document}/send", **asks("write", SentOut))
def send_document(request: Any, document: Key, whom: Whom) -> Any:
    """Send it as a message; a brief and a note of thanks take their steps with it."""
    made = sending.send(seat_of(request), document, whom.collaboration)
    return {"message": made.message.pk, "collaboration": made.row.pk, "state": made.row.state, "step": made.step}


@router.post("/{document}/send-all", **asks("write", list[BriefOutcome]))
def send_brief_to_all(request: Any, document: Key) -> Any:
    """Send a campaign's brief to everybody who agreed; one that cannot go stops no other."""
    return list(sending.send_to_all(seat_of(request), document).each)


def _check(found: shown.Checked) -> dict[str, Any]:
    lines = ("\n".join("".join(span.text for span in line) for line in part.lines) for part in found.parts)
    missing = [name for name, _ in found.missing]
    return {"faults": list(found.faults), "missing": missing, "subject": found.subject, "text": "\n\n".join(lines)}
