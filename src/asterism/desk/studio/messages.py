"""Messages to creators: queued here, sent by a job."""

from dataclasses import dataclass

from asterism.store.ledger.models import Collaboration, Creator, Message
from asterism.store.ledger.scope import add
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be sent: the kind of message, its subject and its body."""

    kind: str
    subject: str
    body: str


def queue(seat: Seat, creator: Creator, collaboration: Collaboration | None, what: Outgoing) -> Message:
    """A message that waits to be sent."""
    words = {"kind": what.kind, "subject": what.subject[:200], "body": what.body}
    return add(seat, Message, creator=creator, collaboration=collaboration, state="queued", by=seat.user, **words)
