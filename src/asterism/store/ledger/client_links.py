"""Links that clients open without a login: made with a secret that is not kept, found by it, counted, closed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F

from asterism.store.ledger.models.sharing import ClientLink
from asterism.store.ledger.scope import add, lock, save
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret, secret_hash

Link = TypeVar("Link", bound=ClientLink)


def new_client_link(seat: Seat, kind: type[Link], days: int, fields: Mapping[str, Any]) -> tuple[Link, str]:
    """A new link that opens for so many days, and its secret, which cannot be shown again."""
    secret = new_secret()
    ends = seat.now + timedelta(days=days)
    return add(seat, kind, secret_hash=secret_hash(secret), expires_at=ends, by=seat.user, **fields), secret


def revoke_client_link(seat: Seat, kind: type[Link], key: int, *related: str) -> tuple[Link, bool]:
    """The link, closed, and whether it was open until now; call it inside `together`."""
    link = lock(seat, kind, key, *related)
    was_open = link.revoked_at is None
    if was_open:
        save(seat, link, revoked_at=seat.now)
    return link, was_open


def client_link_by(secret: str, kind: type[Link], *related: str) -> Link | None:
    """The link that a secret opens, or once opened; None where there is no such secret."""
    found: Link | None = (
        kind.objects.select_related("workspace", *related).filter(secret_hash=secret_hash(secret)).first()
    )
    return found


def opens(link: ClientLink, now: datetime) -> bool:
    """Whether a link has neither expired nor been revoked."""
    return link.revoked_at is None and link.expires_at > now


def count_opening(link: ClientLink, now: datetime) -> None:
    """Count one opening of a link."""
    type(link).objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=now)
