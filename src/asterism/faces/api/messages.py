"""`/messages`: what was written to creators and by them; writing, noting answers, sending again, taking back."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router, Schema

from asterism.desk.studio import messages as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged
from asterism.store.ledger.portals import masked

router = Router(tags=["Messages"])


class MessageOut(Schema):
    """A message; the secret of a creator's own page is left out of its text.

    `state` is queued, sending, sent, failed, bounced, blocked or received; `error` says why it did not go or waits.
    """

    id: int
    creator_id: int
    collaboration_id: int | None
    kind: str
    channel: str
    address: str
    subject: str
    body: str
    state: str
    attempts: int
    error: str
    made_at: datetime
    next_at: datetime | None
    sent_at: datetime | None

    @staticmethod
    def resolve_body(row: Any) -> str:
        """The text without secrets."""
        return masked(row.body)


class MessageFilter(Schema):
    """In which state, with which creator."""

    state: Literal["queued", "sending", "sent", "failed", "bounced", "blocked", "received"] | None = None
    creator: Key | None = None


class Writing(desk.Composed):
    """A message, and whom it goes to."""

    creator: Key


class Noting(desk.Answered):
    """An answer that came by another way, and whose it is."""

    creator: Key


@router.get("", **asks("see", Page[MessageOut]))
def list_messages(request: Any, at: Query[At], wanted: Query[MessageFilter]) -> Any:
    """Messages, the newest first."""
    return paged(request, at, desk.messages_of(seat_of(request), wanted.state or "", wanted.creator))


@router.post("", **asks("write", MessageOut, 201))
def write_message(request: Any, wish: Writing) -> Any:
    """Write to a creator; the message waits until the workspace's limits let it go."""
    return desk.compose(seat_of(request), wish.creator, wish)


@router.post("/answers", **asks("write", MessageOut, 201))
def note_answer(request: Any, wish: Noting) -> Any:
    """Note an answer that came by another way than mail."""
    return desk.note_answer(seat_of(request), wish.creator, wish)


@router.get("/{message}", **asks("see", MessageOut))
def read_message(request: Any, message: Key) -> Any:
    """One message."""
    return desk.message_of(seat_of(request), message)


@router.post("/{message}/again", **asks("write", MessageOut))
def send_message_again(request: Any, message: Key) -> Any:
    """Let a message that did not go wait to be sent once more."""
    return desk.send_again(seat_of(request), message)


@router.post("/{message}/hold", **asks("write", MessageOut))
def hold_message_back(request: Any, message: Key) -> Any:
    """Take a message back that still waits."""
    return desk.hold_back(seat_of(request), message)
