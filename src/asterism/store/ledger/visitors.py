"""What is counted of clicks, and visitors who are forgotten once nothing can be credited to them any more."""

from collections import defaultdict
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
    clicks = Click.objects.filter(workspace=place).exclude(visitor="")

    def write_down(visitors: set[str]) -> None:
        _join(known.filter(visitor__in=visitors), clicks.filter(visitor__in=visitors), window)

    dropped = sum(_empty(old, write_down) for old in (clicks.filter(at__lt=before), known.filter(at__lt=before)))
    return dropped + forget_visitors(place, before)


def _empty(old: Any, write_down: Callable[[set[str]], None]) -> int:
    """Forget the visitors of some rows, once what they join is written down."""
    dropped = 0
    while batch := dict(old.order_by("pk").values_list("pk", "visitor")[:AT_ONCE]):
        with transaction.atomic():
            write_down(set(batch.values()))
            dropped += old.model.objects.filter(pk__in=batch).update(visitor="")
    return dropped


def window_of(place: Workspace) -> timedelta:
    """How long after a click an order of a workspace may still be credited to it."""
    return timedelta(days=int(place.options.get("window_days", WINDOW.days)))


def join_clicks_of(seat: Seat, creator: Creator) -> None:
    """Write down which orders the clicks on a creator's links led to, before their visitors are emptied."""
    theirs = rows(seat, Click).filter(link__collaboration__creator=creator)
    if theirs.exists():
        _join(rows(seat, Order), theirs, window_of(seat.workspace))


def join(order: Order) -> list[str]:
    """The clicks of an order with those that its visitor had made within the window, written down with it."""
    _join(
        [order], Click.objects.filter(workspace=order.workspace_id, visitor=order.visitor), window_of(order.workspace)
    )
    return list(order.clicks)


def _join(orders: Iterable[Order], clicks: Any, window: timedelta) -> None:
    """Write down with orders which of some clicks their visitors had made within the window."""
    made: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    counted = clicks.filter(filtered="").exclude(visitor="").order_by("pk")
    for visitor, at, key in counted.values_list("visitor", "at", "key").iterator(chunk_size=5_000):
        made[visitor].append((at, key))
    changed = []
    for order in orders if made else ():
        mine = made.get(order.visitor, ())
        new = [key for at, key in mine if order.at - window <= at <= order.at and key not in order.clicks]
        if new:
            order.clicks = [*order.clicks, *new]
            changed.append(order)
    Order.objects.bulk_update(changed, ["clicks"], batch_size=500)
