"""Results in the ledger: how fresh the evidence is, the newest figures of each post, the last closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Max, OuterRef, Subquery

from asterism.store.ledger import models as m
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

_ARRIVING: Final = (m.Order, m.Refund, m.Arrival, m.Survey, m.Rate, m.Figures, m.LiftStudy, m.Closing)
"""Kinds whose rows may come without an event of the trail."""

_MANY: Final = (m.Order, m.Click)
ORDERS: Final = 2_000
CLICKS: Final = 20_000
"""Orders and clicks up to which a page works its results out itself; of more than that the worker does."""
CLICKS_AGE: Final = 900
"""Seconds for which counts of clicks may be old: an order that one leads to always comes after it, and is seen."""


def freshness(seat: Seat) -> tuple[Any, ...]:
    """The newest row of each kind that comes without an event, when an order last changed, and the quarter of an hour:
    one question."""
    newest = {
        kind.__name__.lower(): Subquery(kind.objects.filter(workspace=OuterRef("pk")).order_by("-pk").values("pk")[:1])
        for kind in _ARRIVING
    }
    changed = m.Order.objects.filter(workspace=OuterRef("pk")).order_by().values("workspace")
    newest["changed"] = Subquery(changed.annotate(last=Max("changed_at")).values("last"))
    found = m.Workspace.objects.filter(pk=seat.workspace.pk).values_list(*newest.values()).get()
    return (*found, int(seat.now.timestamp()) // CLICKS_AGE)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much there is to work results out from.

    Parameters
    ----------
    heavy
        Whether there are more than `ORDERS` orders or `CLICKS` clicks.
    newest
        The key of the newest order.
    erased
        How many creators were erased: what was worked out before the last of them may name somebody.
    """

    heavy: bool
    newest: int
    erased: int


def weight_of(seat: Seat) -> Weight:
    """The weight of the evidence in a workspace: one question, whatever there is."""
    orders, clicks = (kind.objects.filter(workspace=OuterRef("pk")).order_by("-pk").values("pk") for kind in _MANY)
    gone = m.Creator.objects.filter(workspace=OuterRef("pk"), erased_at__isnull=False).order_by().values("workspace")
    asked = {
        "orders": Subquery(orders[ORDERS : ORDERS + 1]), "clicks": Subquery(clicks[CLICKS : CLICKS + 1]),
        "newest": Subquery(orders[:1]), "erased": Subquery(gone.annotate(n=Count("pk")).values("n")),
    }  # fmt: skip
    found = m.Workspace.objects.filter(pk=seat.workspace.pk).values(**asked).get()
    heavy = found["orders"] is not None or found["clicks"] is not None
    return Weight(heavy, found["newest"] or 0, found["erased"] or 0)


def orders_since(seat: Seat, newest: int) -> int:
    """How many orders came after the one of a key."""
    return int(rows(seat, m.Order).filter(pk__gt=newest).count())


def newest_figures(seat: Seat, campaigns: Sequence[int]) -> list[dict[str, Any]]:
    """The figures of each post of campaigns that hold: of what a member read or brought, else of the creator's own,
    the newest; each with its collaboration, and the post's address."""
    fields = ("post_id", "source", "as_of", "values", "post__posted_at", "post__deliverable__collaboration_id")
    found = rows(seat, m.Figures).filter(post__deliverable__collaboration__campaign__in=campaigns)
    held: dict[int, dict[str, Any]] = {}
    for one in found.order_by("as_of", "pk").values(*fields):
        before = held.get(one["post_id"])
        if before is None or before["source"] == "creator" or one["source"] != "creator":
            held[one["post_id"]] = one
    return list(held.values())


def last_closing(seat: Seat, campaign: m.Campaign) -> m.Closing | None:
    """The newest closing of a campaign's books."""
    found: m.Closing | None = rows(seat, m.Closing).filter(campaign=campaign).select_related("by").first()
    return found
