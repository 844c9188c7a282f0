"""What a client's answers lead to in a campaign: approved creators stand on its board, and the team invites them."""

from collections.abc import Sequence
from typing import Final

from asterism.store.ledger.models import Collaboration, Listed, ShareLink
from asterism.store.ledger.scope import add, rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.shortlists import standing_answers
from asterism.store.ledger.trail import record

AT_WORK: Final = ("signed", "running")
"""States of a campaign whose board takes new creators."""


def carry_answers(seat: Seat, link: ShareLink, answered: Sequence[tuple[Listed, bool]]) -> None:
    """Record each answer on the collaboration in the list's campaign; an approved creator without one gets one.

    Nobody is invited by it: that stays with the team. Call it inside `together`.
    """
    campaign = link.shortlist.campaign
    if campaign is not None and campaign.state in AT_WORK:
        standing = {row.creator_id: row for row in rows(seat, Collaboration).filter(campaign=campaign)}
        for entry, approved in answered:
            row = standing.get(entry.creator_id) or (_shortlisted(seat, link, entry) if approved else None)
            if row is not None:
                record(seat, "collaboration.client_approved" if approved else "collaboration.client_refused", row)
    if all_approved(seat, link):
        record(seat, "shortlist.approved", link.shortlist, link=link.pk)


def all_approved(seat: Seat, link: ShareLink) -> bool:
    """Whether every creator on the list has a yes over this link."""
    there = rows(seat, Listed).filter(shortlist_id=link.shortlist_id, creator__erased_at=None)
    yes = {a.entry_id for a in standing_answers(seat, link.shortlist) if a.link_id == link.pk and a.approved}
    return yes >= set(there.values_list("pk", flat=True))


def _shortlisted(seat: Seat, link: ShareLink, entry: Listed) -> Collaboration:
    """A collaboration at its start; the fee is agreed on later, and stands at 0 till then."""
    campaign, creator = link.shortlist.campaign, entry.creator
    fields = {"tier": creator.tier, "package": str(entry.shown.get("package") or "")[:120]}
    return add(
        seat,
        Collaboration,
        campaign=campaign,
        creator=creator,
        state_since=seat.now,
        currency=campaign.currency,
        **fields,
    )
