"""Questions about campaigns and drafts that fetch no more than a page shows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q

from asterism.store.ledger.models import Campaign, Collaboration, Creator, PlanDraft
from asterism.store.ledger.scope import lock, rows
from asterism.store.ledger.seats import Seat

HEAVY = ("brief", "plan", "versions")
"""Fields of a campaign that a list does not need."""


def listed(seat: Seat, state: str = "", query: str = "") -> Any:
    """The campaigns of a state whose name or brand holds some words, with the number of creators in each."""
    found = rows(seat, Campaign).select_related("brand").defer(*HEAVY)
    if state:
        found = found.filter(state=state)
    if query:
        found = found.filter(Q(name__icontains=query) | Q(brand__name__icontains=query))
    return found.annotate(creators=Count("collaborations")).order_by("-id")


def per_state(seat: Seat) -> dict[str, int]:
    """How many campaigns are in each state."""
    counted = rows(seat, Campaign).order_by().values("state").annotate(n=Count("id"))
    return {row["state"]: row["n"] for row in counted}


def drafts(seat: Seat, campaign: Campaign) -> list[PlanDraft]:
    """The drafts of a campaign without what makes them heavy, the newest first."""
    light = rows(seat, PlanDraft).filter(campaign=campaign).select_related("by").defer("plan", "page", "brief")
    return list(light[:50])


def draft(seat: Seat, campaign: Campaign, number: int) -> PlanDraft | None:
    """The draft of a number, with everything."""
    found: PlanDraft | None = rows(seat, PlanDraft).filter(campaign=campaign, number=number).first()
    return found


def next_number(seat: Seat, campaign: Campaign) -> int:
    """The number of the next draft; the campaign is locked, so that two drafts made at once get two numbers."""
    lock(seat, Campaign, campaign.pk)
    last = rows(seat, PlanDraft).filter(campaign=campaign).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def creators_of(seat: Seat, accounts: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Creator]:
    """The creators known by (platform, creator id)."""
    ids = [creator_id for _, creator_id in accounts]
    found = rows(seat, Creator).filter(creator_id__in=ids)
    return {(one.platform, one.creator_id): one for one in found}


def drop(seat: Seat, collaborations: Sequence[int]) -> int:
    """How many collaborations that are only shortlisted were taken out of their campaign."""
    gone = rows(seat, Collaboration).filter(pk__in=list(collaborations), state="shortlisted").delete()
    return int(gone[1].get("ledger.Collaboration", 0))
