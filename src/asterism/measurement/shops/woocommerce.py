"""WooCommerce's orders, as its webhooks send them (topics order.…)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from asterism.errors import BadInput
from asterism.measurement.addresses import CLICK
from asterism.measurement.shops import fields
from asterism.measurement.shops.said import CancelSaid, OrderSaid, Reader, RefundSaid, Said

ORDERS: Final = ("order.created", "order.updated", "order.restored")
DELETED: Final = "order.deleted"
NOT_BOUGHT: Final = ("cancelled", "failed", "pending", "checkout-draft", "auto-draft", "trash")
"""States in which nothing was bought, or not yet."""
_ENTRY: Final = "_wc_order_attribution_session_entry"
"""The address at which the visit began."""
_REFERRER: Final = "_wc_order_attribution_referrer"


def read(topic: str, body: Mapping[str, Any], reader: Reader) -> tuple[Said, ...]:
    """What a delivery says.

    Raises
    ------
    BadInput
        The topic is none of orders, or a field that is needed is missing or unsound.
    """
    if topic == DELETED:
        if "total" in body:  # the topic is not signed: an earlier order, sent again as a deletion, deletes nothing
            raise BadInput("A deletion names the order's id alone; this is an order.", "Send it as WooCommerce does.")
        return (CancelSaid(fields.name_of(body.get("id"), "id"), reader.now),)
    if topic not in ORDERS:
        raise BadInput(f"Nothing is done with `{topic[:60]}`.", "Send the topics order.created and order.updated.")
    return (_order(body, reader),)


def _order(body: Mapping[str, Any], reader: Reader) -> OrderSaid:
    order = fields.name_of(body.get("id"), "id")
    at = _time(body, "date_created", reader)
    changed = _time(body, "date_modified", reader) if _has(body, "date_modified") else at
    total = fields.cents_of(body.get("total"), "total")
    net = max(total - _cents(body.get("total_tax")) - _cents(body.get("shipping_total")), 0)
    refunds = _refunds(body, order, total, net, changed)
    meta = {one.get("key"): one.get("value") for one in fields.parts(body, "meta_data")}
    return OrderSaid(
        order=order,
        at=at,
        cents=net,
        currency=fields.currency_of(body.get("currency"), reader.currency),
        changed_at=changed,
        codes=fields.codes_of(one.get("code") for one in fields.parts(body, "coupon_lines")),
        clicks=fields.clicks_of(meta.get(_ENTRY), meta.get(CLICK), meta.get(f"_{CLICK}")),
        customer=_customer(body, reader),
        visitor=_visitor(body, reader),
        referrer=fields.host_of(meta.get(_REFERRER)),
        cancelled_at=changed if _is_off(body, refunds) else None,
        refunds=refunds,
    )


def _refunds(body: Mapping[str, Any], order: str, total: int, net: int, changed: datetime) -> tuple[RefundSaid, ...]:
    """What was given back. WooCommerce tells it with tax and shipping: their part is that of the whole order.

    From the first refund on each takes the sum so far to its part, so that an order given back by and by leaves no
    cent; one beyond the order stands by itself, to be refused. WooCommerce tells no time of a refund either, so each is
    dated by the order's last change.
    """
    found, back, taken = [], 0, 0
    for one in sorted(fields.parts(body, "refunds"), key=_made):
        own = abs(_cents(one.get("total")))
        back += own
        fits = back <= total
        cents = _part(back, total, net) - taken if fits else _part(own, total, net)
        taken += cents * fits
        if cents:
            found.append(RefundSaid(order, fields.name_of(one.get("id"), "refunds.id"), changed, cents, changed))
    return tuple(found)


def _part(back: int, total: int, net: int) -> int:
    """What of an amount with tax and shipping was for goods."""
    return min(back * net // total, net) if total else 0


def _made(refund: Mapping[str, Any]) -> tuple[int, str]:
    """Refunds are numbered as they are made."""
    number = str(refund.get("id"))
    return len(number), number


def _is_off(body: Mapping[str, Any], refunds: tuple[RefundSaid, ...]) -> bool:
    status = body.get("status")
    return status in NOT_BOUGHT or (status == "refunded" and not refunds)


def _customer(body: Mapping[str, Any], reader: Reader) -> str:
    email, number = fields.part(body, "billing").get("email"), body.get("customer_id")
    if isinstance(email, str) and email:
        return reader.customer(email)
    return reader.customer(f"id:{number}") if number else ""


def _visitor(body: Mapping[str, Any], reader: Reader) -> str:
    address, agent = body.get("customer_ip_address"), body.get("customer_user_agent")
    return reader.visitor(str(address), str(agent)) if address and agent else ""


def _time(body: Mapping[str, Any], name: str, reader: Reader) -> datetime:
    """A time: the one in GMT, which bears no zone, else that of the shop's own clock."""
    if body.get(f"{name}_gmt"):
        return fields.time_of(body[f"{name}_gmt"], UTC, f"{name}_gmt")
    return fields.time_of(body.get(name), reader.zone, name)


def _has(body: Mapping[str, Any], name: str) -> bool:
    return bool(body.get(f"{name}_gmt") or body.get(name))


def _cents(value: Any) -> int:
    return 0 if value in (None, "") else fields.signed_cents(value, "total")
