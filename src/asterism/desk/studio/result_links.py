"""Links to a campaign's report that need no login: made, revoked, opened by a client."""

from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel, Field

from asterism.errors import NotFound
from asterism.store.ledger.models import Campaign, ResultLink
from asterism.store.ledger.results import count_reading, result_link_of
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret, secret_hash
from asterism.store.ledger.trail import record

DAYS: Final = 30
"""Days for which a link opens unless its maker says otherwise."""


class NewResultLink(BaseModel):
    """A link to make: for whom, and how many days it opens."""

    label: str = Field(default="", max_length=120, description="For whom it is; only members read this.")
    days: int = Field(default=DAYS, ge=1, le=365)


def share_results(seat: Seat, key: int, wish: NewResultLink) -> tuple[ResultLink, str]:
    """A new link to a campaign's report and its secret, which is not kept and cannot be shown again."""
    seat.insist("share")
    campaign = find(seat, Campaign, key)
    secret = new_secret()
    fields = {"label": wish.label.strip() or campaign.name[:120], "secret_hash": secret_hash(secret), "by": seat.user}
    with together():
        made = add(seat, ResultLink, campaign=campaign, expires_at=seat.now + timedelta(days=wish.days), **fields)
        record(seat, "results.shared", made, days=wish.days)
    return made, secret


def revoke_result_link(seat: Seat, key: int) -> ResultLink:
    """Close a link to a report at once."""
    seat.insist("share")
    with together():
        link = lock(seat, ResultLink, key, "campaign")
        if link.revoked_at is None:
            save(seat, link, revoked_at=seat.now)
            record(seat, "results.link_revoked", link)
    return link


def result_links(seat: Seat, key: int) -> list[ResultLink]:
    """The links to a campaign's report, the newest first."""
    seat.insist("see")
    return list(rows(seat, ResultLink).filter(campaign=find(seat, Campaign, key)).select_related("by"))


def opened_report(secret: str, now: datetime) -> tuple[ResultLink, Seat] | None:
    """The link that a secret opens and the seat of who reads over it, counted; None once it is closed.

    Raises
    ------
    NotFound
        No link has, or had, this secret.
    """
    link = result_link_of(secret)
    if link is None:
        raise NotFound("There is nothing at this address.", "Check it, or ask whoever sent it for a new one.")
    if link.revoked_at is not None or link.expires_at <= now:
        return None
    count_reading(link, now)
    return link, Seat(link.workspace, None, "link", now)
