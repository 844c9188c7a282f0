"""Calendar feeds: an address with a secret of its own, as calendar programs send no other proof."""

from datetime import datetime

from asterism.errors import NotFound
from asterism.store.ledger.models import Member
from asterism.store.ledger.scope import save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret, secret_hash
from asterism.store.ledger.trail import record


def new_feed(seat: Seat) -> str:
    """The secret of a member's new feed; an earlier one stops at once."""
    secret = new_secret()
    if seat.member is None:
        raise NotFound("Feeds are for members.", "Sign in first.")
    with together():
        save(seat, seat.member, feed_hash=secret_hash(secret))
        record(seat, "feed.made", seat.member)
    return secret


def seat_of_feed(secret: str, now: datetime) -> Seat:
    """The seat of the member whose feed it is.

    Raises
    ------
    NotFound
        There is no such feed, or its member left.
    """
    member = (
        Member.objects.select_related("workspace", "user")
        .filter(feed_hash=secret_hash(secret), user__is_active=True)
        .first()
    )
    if member is None:
        raise NotFound("There is nothing at this address.", "Make a new feed on the calendar's page.")
    return Seat(member.workspace, member, "link", now)
