"""Creators who bought themselves: such orders speak for nobody, and go on doing so once the creator is erased."""

from collections.abc import Collection

from asterism.store.ledger.codes import words_of
from asterism.store.ledger.hashes import customer_hash
from asterism.store.ledger.models import Arrival, Click, Creator, Order
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.visitors import join


def disown(seat: Seat, creator: Creator) -> int:
    """How many orders of a creator lost what says who ordered, with the creator's own codes and clicks.

    Without the hash nobody could tell any more that those codes and clicks were the customer's own. What speaks for
    others stays.
    """
    who = customer_hash(seat.workspace.pk, creator.email)
    orders = list(rows(seat, Order).filter(customer=who).select_related("workspace")) if who else []
    words = words_of(seat, creator)
    for order in orders:
        clicks = join(order)
        own = rows(seat, Click).filter(link__collaboration__creator=creator, key__in=clicks)
        gone = {*words, *own.values_list("key", flat=True)}
        kept = {"codes": _without(gone, order.codes), "clicks": _without(gone, clicks)}
        rows(seat, Order).filter(pk=order.pk).update(**kept, customer="", visitor="")
        _unsay(seat, order, gone)
    return len(orders)


def _unsay(seat: Seat, order: Order, gone: Collection[str]) -> None:
    """The same in what the shop said of the order, so that no later word brings it back."""
    for row in rows(seat, Arrival).filter(shop=order.shop_id, order_key=order.key):
        said = row.said.get("order")
        if said:
            lists = {name: _without(gone, said.get(name, ())) for name in ("codes", "clicks")}
            row.said["order"] = {**said, **lists, "customer": "", "visitor": ""}
            rows(seat, Arrival).filter(pk=row.pk).update(said=row.said)


def _without(gone: Collection[str], words: Collection[str]) -> list[str]:
    return [word for word in words if word not in gone]
