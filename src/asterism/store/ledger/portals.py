"""A creator's own page: its secret, who sits there, and for how long."""

import re
from datetime import datetime, timedelta
from typing import Final

from asterism.errors import NotFound
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret, secret_hash

OPEN_DAYS: Final = 180
"""Days for which a new link opens."""
_LINK: Final = re.compile(r"/c/[A-Za-z0-9_-]{16,}")


def new_portal(now: datetime) -> tuple[str, dict[str, object]]:
    """A new secret, and the fields of the collaboration that let it in; any earlier secret stops with them."""
    secret = new_secret()
    return secret, {"secret_hash": secret_hash(secret), "secret_expires_at": now + timedelta(days=OPEN_DAYS)}


def portal_of(secret: str, now: datetime) -> tuple[Seat, Collaboration]:
    """The seat of a creator with a link, and the one collaboration it is for.

    Raises
    ------
    NotFound
        There is no such link; or there was, and it has ended.
    """
    related = ("workspace", "campaign__brand", "creator", "phase", "looked_after_by__user")
    found = Collaboration.objects.select_related(*related).filter(secret_hash=secret_hash(secret)).first()
    if found is None:
        raise NotFound("There is nothing at this address.", "Check that the whole link was copied.")
    if found.secret_expires_at is None or found.secret_expires_at <= now or found.creator.erased_at:
        raise NotFound("This link is no longer open.", "Ask the people who sent it for a new one.")
    return Seat(found.workspace, None, "portal", now), found


def masked(text: str) -> str:
    """A text without the secrets of creators' links: whoever reads a letter must not be able to sign as the creator.

    >>> masked("Yours: https://studio.example/c/abcdefghijklmnopqrstuvwx/")
    'Yours: https://studio.example/c/…/'
    """
    return _LINK.sub("/c/…", text)
