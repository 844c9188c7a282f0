"""Shopify's orders and refunds, as its webhooks send them (topics orders/… and refunds/create)."""

from collections.abc import Mapping
from typing import Any, Final

from asterism.errors import BadInput
from asterism.measurement.addresses import CLICK
from asterism.measurement.shops import fields
from asterism.measurement.shops.said import OrderSaid, Reader, RefundSaid, Said

REFUND: Final = "refunds/create"
ORDERS: Final = (
    "orders/create", "orders/updated", "orders/paid", "orders/edited", "orders/cancelled", "orders/fulfilled",
    "orders/partially_fulfilled",
)  # fmt: skip
"""Topics whose body is an order; `orders/edited` alone is not, and always followed by `orders/updated`."""
_WITHOUT_ORDER: Final = ("orders/edited",)
_VOID: Final = ("voided",)
"""Financial states in which nothing was bought."""


def read(topic: str, body: Mapping[str, Any], reader: Reader) -> tuple[Said, ...]:
    """What a delivery says; nothing where it gives no money back and changes no order.

    Raises
    ------
    BadInput
        The topic is none of orders, or a field that is needed is missing or unsound.
    """
    if topic == REFUND:
        order = fields.name_of(body.get("order_id"), "order_id")
        at = fields.time_of(body.get("created_at"), reader.zone, "created_at")
        refund = _refund(body, order, reader, taxed=False)
        return () if refund is None else (_at(refund, at),)
    if topic in _WITHOUT_ORDER:
        return ()
    if topic not in ORDERS:
        raise BadInput(f"Nothing is done with `{topic[:60]}`.", "Send topics of orders and refunds/create.")
    return (_order(body, reader),)


def _order(body: Mapping[str, Any], reader: Reader) -> OrderSaid:
    """The order: what its items cost once, also those given back since, which are refunds beside it."""
    order = fields.name_of(body.get("id"), "id")
    at = fields.time_of(body.get("created_at"), reader.zone, "created_at")
    changed = fields.time_of(body.get("updated_at") or body.get("created_at"), reader.zone, "updated_at")
    taxed = body.get("taxes_included") is True
    refunds = [_refund(one, order, reader, taxed) for one in fields.parts(body, "refunds")]
    told = tuple(_at(one, changed) for one in refunds if one is not None)
    customer, client = fields.part(body, "customer"), fields.part(body, "client_details")
    return OrderSaid(
        order=order,
        at=at,
        cents=_gross(body, taxed),
        currency=fields.currency_of(body.get("currency"), reader.currency),
        changed_at=changed,
        codes=fields.codes_of(one.get("code") for one in fields.parts(body, "discount_codes")),
        clicks=fields.clicks_of(body.get("landing_site"), *_notes(body)),
        customer=_customer(body, customer, reader),
        new_customer=_is_new(customer.get("orders_count")),
        visitor=_visitor(body, client, reader),
        referrer=fields.host_of(body.get("referring_site")),
        cancelled_at=_cancelled(body, reader),
        refunds=told,
    )


def _gross(body: Mapping[str, Any], taxed: bool) -> int:
    """Items after discounts without tax: what stands now, and on top what was taken back of it.

    `current_subtotal_price` falls with each item that is given back or taken off, `subtotal_price` is of old.
    """
    if body.get("current_subtotal_price") is None:
        kept, tax = body.get("subtotal_price"), body.get("total_tax")
        return max(fields.cents_of(kept, "subtotal_price") - (_item_tax(tax, body) if taxed else 0), 0)
    kept, tax = body["current_subtotal_price"], body.get("current_total_tax")
    net = fields.cents_of(kept, "current_subtotal_price") - (_item_tax(tax, body) if taxed else 0)
    back = sum(_lines(one, taxed) for one in fields.parts(body, "refunds"))
    return max(net, 0) + back


def _item_tax(tax: Any, body: Mapping[str, Any]) -> int:
    """The tax on items: all tax but that on shipping."""
    shipping = (line for one in fields.parts(body, "shipping_lines") for line in fields.parts(one, "tax_lines"))
    return max(_cents(tax) - sum(_cents(line.get("price")) for line in shipping), 0)


def _refund(body: Mapping[str, Any], order: str, reader: Reader, taxed: bool) -> RefundSaid | None:
    """What was given back for items; where none are named, the money that went back without the shipping's part."""
    cents = _lines(body, taxed)
    if not fields.parts(body, "refund_line_items"):
        cents = max(_money_back(body) - _shipping_back(body), 0)
    if not cents:
        return None
    at = fields.time_of(body.get("created_at"), reader.zone, "created_at")
    return RefundSaid(order, fields.name_of(body.get("id"), "id"), at, cents, at)


def _lines(body: Mapping[str, Any], taxed: bool) -> int:
    found = fields.parts(body, "refund_line_items")
    return sum(max(_cents(one.get("subtotal")) - (_cents(one.get("total_tax")) if taxed else 0), 0) for one in found)


def _money_back(body: Mapping[str, Any]) -> int:
    return sum(
        _cents(one.get("amount"))
        for one in fields.parts(body, "transactions")
        if one.get("kind") == "refund" and one.get("status") == "success"
    )


def _shipping_back(body: Mapping[str, Any]) -> int:
    """What of a refund was for shipping, which is written down below zero."""
    found = [one for one in fields.parts(body, "order_adjustments") if one.get("kind") == "shipping_refund"]
    return sum(abs(_cents(one.get("amount"))) + abs(_cents(one.get("tax_amount"))) for one in found)


def _at(refund: RefundSaid, changed: Any) -> RefundSaid:
    """A refund as it was told at a time."""
    return RefundSaid(refund.order, refund.key, refund.at, refund.cents, changed, refund.currency)


def _customer(body: Mapping[str, Any], customer: Mapping[str, Any], reader: Reader) -> str:
    email = customer.get("email") or body.get("email") or body.get("contact_email")
    if isinstance(email, str) and email:
        return reader.customer(email)
    return reader.customer(f"id:{customer['id']}") if customer.get("id") else ""


def _visitor(body: Mapping[str, Any], client: Mapping[str, Any], reader: Reader) -> str:
    address, agent = body.get("browser_ip") or client.get("browser_ip"), client.get("user_agent")
    return reader.visitor(str(address), str(agent)) if address and agent else ""


def _cancelled(body: Mapping[str, Any], reader: Reader) -> Any:
    """When it was called off; a trial order, or one whose payment was voided, was never one."""
    if body.get("cancelled_at"):
        return fields.time_of(body["cancelled_at"], reader.zone, "cancelled_at")
    if body.get("test") is True or body.get("financial_status") in _VOID:
        return fields.time_of(body.get("created_at"), reader.zone, "created_at")
    return None


def _notes(body: Mapping[str, Any]) -> list[Any]:
    """Values of the cart's own fields that may hold a click: `ac`, or an address."""
    names = (CLICK, "landing_site", "landing")
    return [one.get("value") for one in fields.parts(body, "note_attributes") if one.get("name") in names]


def _is_new(orders: Any) -> bool | None:
    return orders <= 1 if isinstance(orders, int) and not isinstance(orders, bool) else None


def _cents(value: Any) -> int:
    return 0 if value in (None, "") else fields.signed_cents(value, "amount")
