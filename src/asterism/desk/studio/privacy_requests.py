"""Requests under privacy law: taken down once, whoever asks, and due within a month."""

from datetime import timedelta
from typing import Final

from asterism.errors import BadInput
from asterism.store.ledger.models import Creator, PrivacyRequest
from asterism.store.ledger.scope import add, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

KINDS: Final = ("access", "erasure", "objection")
ANSWER_DAYS: Final = 30
"""Days within which a request is answered."""


def take_down(seat: Seat, creator: Creator, kind: str, collaboration: int | None = None) -> PrivacyRequest:
    """A creator's request; asking twice for the same is asking once. Call it inside `together`, on a held row.

    `collaboration` is the one whose page it was asked on.

    Raises
    ------
    BadInput
        The law knows no such request.
    """
    if kind not in KINDS:
        raise BadInput("There is no such request.", "Choose access, erasure or objection.")
    standing = rows(seat, PrivacyRequest).filter(creator=creator, kind=kind, done_at=None).first()
    if standing is not None:
        return standing  # type: ignore[no-any-return]
    due = seat.today + timedelta(days=ANSWER_DAYS)
    made = add(seat, PrivacyRequest, creator=creator, kind=kind, due=due, by=seat.user)
    where = {} if collaboration is None else {"collaboration": collaboration}
    record(seat, "privacy.requested", made, kind=kind, due=due.isoformat(), **where)
    return made
