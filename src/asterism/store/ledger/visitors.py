"""What is counted of clicks, and visitors who are forgotten once nothing can be credited to them any more."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count

from asterism.measurement.events import WINDOW
from asterism.store.ledger.arrivals import forget_visitors
from asterism.store.ledger.models import Click, Creator, Order, Workspace
from asterism.store.ledger.models.campaigns import Campaign
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

AT_ONCE: Final = 1_000
"""Rows that are emptied in one transaction, so that nobody waits long for the table."""


def tally(seat: Seat, campaign: Campaign) -> dict[int, dict[str, int]]:
    """Link → rule → how many clicks; the empty rule is that of clicks that count."""
    found: dict[int, dict[str, int]] = {}
    query = rows(seat, Click).filter(link__campaign=campaign).order_by().values_list("link", "filtered")
    for link, rule, n in query.annotate(n=Count("pk")):
        found.setdefault(link, {})[rule] = n
    return found


def drop_visitors(now: datetime) -> int:
    """Empty the visitors of clicks, orders and arrivals whose window of attribution is over, everywhere; how many.

    What a visitor joined stays joined: the keys of the clicks are first written down with the order, so that figures of
    a past month do not change when its visitors are forgotten.
    """
    return sum(_drop_of(place, now - window_of(place), window_of(place)) for place in Workspace.objects.all())


def _drop_of(place: Workspace, before: datetime, window: timedelta) -> int:
    known = Order.objects.filter(workspace=place).exclude(visitor="")
    clicks = Click.objects.filter(workspace=place, at__lt=before).exclude(visitor="")

    def joined_by(batch: list[Click]) -> Iterable[Order]:
        return known.filter(visitor__in={click.visitor for click in batch}).iterator()

    dropped = _empty(clicks, joined_by, window)
    dropped += _empty(known.filter(at__lt=before), lambda batch: batch, window)
    return dropped + forget_visitors(place, before)


def _empty(old: Any, joined_by: Callable[[Any], Iterable[Order]], window: timedelta) -> int:
    """Forget the visitors of some rows, once the orders that they join are joined."""
    dropped = 0
    while batch := list(old.order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            for order in joined_by(batch):
                join(order, window)
            dropped += old.model.objects.filter(pk__in=[row.pk for row in batch]).update(visitor="")
    return dropped


def window_of(place: Workspace) -> timedelta:
    """How long after a click an order of a workspace may still be credited to it."""
    return timedelta(days=int(place.options.get("window_days", WINDOW.days)))


def join_clicks_of(seat: Seat, creator: Creator) -> None:
    """Write down which orders the clicks on a creator's links led to, before their visitors are emptied."""
    theirs = rows(seat, Click).filter(link__collaboration__creator=creator).exclude(visitor="")
    visitors = set(theirs.order_by().values_list("visitor", flat=True).distinct())
    for order in rows(seat, Order).exclude(visitor="").iterator(chunk_size=2_000) if visitors else ():
        if order.visitor in visitors:
            join(order, window_of(seat.workspace))


def join(order: Order, window: timedelta) -> list[str]:
    """The clicks of an order with those that its visitor had made within the window, written down with it."""
    if not order.visitor:
        return list(order.clicks)
    mine = Click.objects.filter(workspace_id=order.workspace_id, visitor=order.visitor, filtered="")
    keys: Iterable[str] = mine.filter(at__lte=order.at, at__gte=order.at - window).values_list("key", flat=True)
    after = [*order.clicks, *(key for key in keys if key not in order.clicks)]
    if after != order.clicks:
        Order.objects.filter(pk=order.pk).update(clicks=after)
    return after
