"""Links to a campaign's report that need no login: made, revoked, opened by a client."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel, Field

from asterism.errors import NotFound
from asterism.store.ledger.client_links import (
    client_link_by,
    count_opening,
    new_client_link,
    opens,
    revoke_client_link,
)
from asterism.store.ledger.models import Campaign, ResultLink
from asterism.store.ledger.scope import find, rows, together
from asterism.store.ledger.seats import Seat
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
    fields = {"campaign": campaign, "label": wish.label.strip() or campaign.name[:120]}
    with together():
        made, secret = new_client_link(seat, ResultLink, wish.days, fields)
        record(seat, "results.shared", made, days=wish.days)
    return made, secret


def revoke_result_link(seat: Seat, key: int) -> ResultLink:
    """Close a link to a report at once."""
    seat.insist("share")
    with together():
        link, was_open = revoke_client_link(seat, ResultLink, key, "campaign")
        if was_open:
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
    link = client_link_by(secret, ResultLink, "campaign__brand")
    if link is None:
        raise NotFound("There is nothing at this address.", "Check it, or ask whoever sent it for a new one.")
    if not opens(link, now):
        return None
    count_opening(link, now)
    return link, Seat(link.workspace, None, "link", now)
