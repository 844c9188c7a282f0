"""The audit trail: who did what, written beside the change it tells of."""

from typing import Any

from asterism.store.ledger.hooks import ring
from asterism.store.ledger.models.owned import Owned
from asterism.store.ledger.models.trail import Event
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


def record(seat: Seat, action: str, row: Owned | None = None, /, **facts: Any) -> Event:
    """Write one event; call it inside the transaction of the change.

    `facts` are states, figures and choices before and after. They must name no creator: the trail outlives erasures,
    and webhooks that listen for the action are told of it.
    """
    event = Event(
        workspace=seat.workspace,
        made_at=seat.now,
        by=seat.user,
        via=seat.via,
        action=action,
        kind="" if row is None else type(row)._meta.model_name or "",
        row=None if row is None else row.pk,
        collaboration=_of(row, "collaboration"),
        campaign=_of(row, "campaign"),
        facts=facts,
    )
    event.save(force_insert=True)
    ring(event)
    return event


def _of(row: Owned | None, kind: str) -> int | None:
    """The collaboration or campaign that a row is, or belongs to."""
    if row is None:
        return None
    if type(row)._meta.model_name == kind:
        return int(row.pk)
    key = getattr(row, f"{kind}_id", None)
    if key is None and (deliverable := getattr(row, "deliverable", None)) is not None:
        return _of(deliverable, kind)
    if key is None and kind == "campaign" and (work := getattr(row, "collaboration", None)) is not None:
        return _of(work, kind)
    return key


def events(
    seat: Seat, *, collaboration: int | None = None, campaign: int | None = None, most: int = 100
) -> list[Event]:
    """The newest events of a collaboration, a campaign or the whole workspace."""
    query = rows(seat, Event).select_related("by")
    if collaboration is not None:
        query = query.filter(collaboration=collaboration)
    if campaign is not None:
        query = query.filter(campaign=campaign)
    return list(query[:most])
