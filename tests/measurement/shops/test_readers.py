"""Shops' own words become what was said: amounts without tax and shipping, hashes instead of people."""

import json
from datetime import UTC, datetime

import pytest

from asterism.errors import BadInput
from asterism.measurement.shops import generic, shopify, woocommerce
from asterism.measurement.shops.said import CancelSaid, read_back, written
from tests.measurement.shops.words import NOW, READER, own, shopify_refund
from tests.measurement.shops.words import shopify as of_shopify
from tests.measurement.shops.words import woocommerce as of_woo

PERSONAL = ("Mia", "mia weiss", "Hof", "visa", "1001 ")


def read(kind, body, topic=""):
    """What is said first."""
    if kind == "shopify":
        return shopify.read(topic or "orders/updated", body, READER)[0]
    if kind == "woocommerce":
        return woocommerce.read(topic or "order.updated", body, READER)[0]
    return generic.read({"order": body}, READER)[0]


@pytest.mark.parametrize(("kind", "body"), [("shopify", of_shopify()), ("woocommerce", of_woo()), ("generic", own())])
def test_every_kind_of_shop_says_the_same_of_the_same_order(kind, body):
    said = read(kind, body)
    assert (said.cents, said.currency, said.codes, said.clicks) == (6000, "EUR", ("ANA15",), ("k3Xw9Zq",))
    assert said.customer == "customer mia@example.test"
    assert said.visitor == "visitor 192.0.2.7 Firefox"
    assert said.referrer == "instagram.com"
    assert said.cancelled_at is None
    assert said.refunds == ()
    assert read_back(json.loads(json.dumps(written(said)))) == said


@pytest.mark.parametrize(("kind", "body"), [("shopify", of_shopify()), ("woocommerce", of_woo()), ("generic", own())])
def test_nothing_personal_is_kept(kind, body):
    from dataclasses import replace

    hashed = replace(READER, customer=lambda _: "c" * 32, visitor=lambda *_: "v" * 32)
    readers = {"shopify": shopify.read, "woocommerce": woocommerce.read}
    topic = {"shopify": "orders/updated", "woocommerce": "order.updated"}.get(kind)
    said = readers[kind](topic, body, hashed)[0] if topic else generic.read({"order": body}, hashed)[0]
    kept = json.dumps(written(said)).lower()
    assert not [word for word in ("mia", "hof", "192.0.2", "firefox", "visa", "/ana", "utm") if word in kept]


SHOPIFY = {
    "as it is": ({}, 6000, None),
    "of old, without current": ({"current_subtotal_price": None}, 6000, None),
    "tax within": ({"taxes_included": True}, 5500, None),
    "of old, tax within": ({"taxes_included": True, "current_subtotal_price": None}, 5500, None),
    "an item given back": ({"current_subtotal_price": "40.00", "refunds": [shopify_refund()]}, 6000, 2000),
    "an item given back, tax within": (
        {"taxes_included": True, "current_subtotal_price": "40.00", "current_total_tax": "4.00",
         "refunds": [shopify_refund()]}, 5500, 1800,
    ),
    "money given back for no item": ({"refunds": [shopify_refund(refund_line_items=[])]}, 6000, 2200),
    "shipping given back": (
        {"refunds": [shopify_refund(refund_line_items=[], order_adjustments=[
            {"kind": "shipping_refund", "amount": "-20.00", "tax_amount": "-2.00"}])]}, 6000, None,
    ),
    "nothing given back yet": (
        {"refunds": [shopify_refund(refund_line_items=[], transactions=[
            {"kind": "refund", "status": "failure", "amount": "22.00"}])]}, 6000, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "cents", "back"), list(SHOPIFY.values()), ids=list(SHOPIFY))
def test_shopifys_amounts_are_goods_alone_and_refunds_stand_beside_them(changed, cents, back):
    said = read("shopify", of_shopify(**changed))
    assert said.cents == cents
    assert [one.cents for one in said.refunds] == ([] if back is None else [back])


@pytest.mark.parametrize(
    ("changed", "off"),
    [({}, False), ({"cancelled_at": "2026-12-01T11:00:00Z"}, True), ({"test": True}, True),
     ({"financial_status": "voided"}, True), ({"financial_status": "pending"}, False)],
    ids=["bought", "cancelled", "a trial", "voided", "paid later"],
)  # fmt: skip
def test_a_shopify_order_that_was_none_does_not_count(changed, off):
    assert (read("shopify", of_shopify(**changed)).cancelled_at is not None) == off


@pytest.mark.parametrize(("count", "new"), [(0, True), (1, True), (2, False), (None, None), ("3", None)])
def test_a_customer_is_new_with_the_first_order(count, new):
    body = of_shopify(customer={"id": 77, "orders_count": count})
    assert read("shopify", body).new_customer is new
    assert read("shopify", body).customer == "customer id:77"


def test_shopifys_refund_alone_names_its_order():
    (said,) = shopify.read("refunds/create", shopify_refund(), READER)
    assert (said.order, said.key, said.cents) == ("5001", "801", 2000)
    assert said.at == datetime(2026, 12, 2, 9, tzinfo=UTC)


def test_shopifys_refund_that_gives_nothing_back_says_nothing():
    assert shopify.read("refunds/create", shopify_refund(refund_line_items=[], transactions=[]), READER) == ()
    assert shopify.read("orders/edited", {"order_edit": {}}, READER) == ()


def test_a_click_in_the_carts_own_fields_counts():
    body = of_shopify(landing_site=None, note_attributes=[{"name": "ac", "value": "z8YbQw1"}])
    assert read("shopify", body).clicks == ("z8YbQw1",)


WOO = {
    "as it is": ({}, 6000, []),
    "all given back": ({"status": "refunded", "refunds": [{"id": 9, "total": "-70.00"}]}, 6000, [6000]),
    "a part given back": ({"refunds": [{"id": 9, "total": "-35.00"}]}, 6000, [3000]),
    "all given back in three": (
        {"refunds": [{"id": 10, "total": "-23.34"}, {"id": 9, "total": "-23.33"}, {"id": 8, "total": "-23.33"}]},
        6000,
        [1999, 2000, 2001],
    ),
    "more given back than there was": (
        {"refunds": [{"id": 8, "total": "-70.00"}, {"id": 9, "total": "-7.00"}]},
        6000,
        [6000, 600],
    ),
    "nothing to pay": ({"total": "0.00", "total_tax": "0.00", "shipping_total": "0.00"}, 0, []),
}


@pytest.mark.parametrize(("changed", "cents", "back"), list(WOO.values()), ids=list(WOO))
def test_woocommerces_amounts_are_goods_alone_and_refunds_lose_their_part_of_tax_and_shipping(changed, cents, back):
    said = read("woocommerce", of_woo(**changed))
    assert said.cents == cents
    assert [one.cents for one in said.refunds] == back


@pytest.mark.parametrize(
    ("status", "off"),
    [("processing", False), ("completed", False), ("on-hold", False), ("pending", True), ("failed", True),
     ("cancelled", True), ("trash", True), ("checkout-draft", True), ("refunded", True)],
)  # fmt: skip
def test_a_woocommerce_order_counts_once_it_is_bought(status, off):
    assert (read("woocommerce", of_woo(status=status)).cancelled_at is not None) == off


def test_a_deleted_order_is_off():
    assert woocommerce.read("order.deleted", {"id": 727}, READER) == (CancelSaid("727", NOW),)
    with pytest.raises(BadInput, match="this is an order"):
        woocommerce.read("order.deleted", of_woo(), READER)


def test_a_time_without_a_zone_is_the_shops():
    from dataclasses import replace
    from zoneinfo import ZoneInfo

    reader = replace(READER, zone=ZoneInfo("America/New_York"))
    (said,) = generic.read({"order": own(at="2026-12-01T09:00:00")}, reader)
    assert said.at == datetime(2026, 12, 1, 14, tzinfo=UTC)


def test_several_words_come_in_one_body():
    refund = {"id": "r1", "order": "1001", "amount": "5.00", "at": "2026-12-02T09:00:00Z"}
    said = generic.read({"orders": [own(), own(id="1002")], "refunds": [refund], "cancel": {"order": "1"}}, READER)
    assert [one.order for one in said] == ["1", "1001", "1002", "1001"]


WRONG = {
    "no id": ("generic", own(id=""), "", "order.id"),
    "an unknown field": ("generic", own(curency="EUR"), "", "`order.curency` is no field that is known here. Check"),
    "no time at all": ("generic", {"id": "1", "amount": "1"}, "", "`order.at` is missing. Add it."),
    "below zero": ("generic", own(amount="-1"), "", "`order.amount` is below 0. Give 0 or more."),
    "no number": ("generic", own(amount="NaN"), "", "`order.amount` is no finite number"),
    "a comma for a point": ("generic", own(amount="59,90"), "", "is no number. Write it with a point and without"),
    "a point for thousands": ("generic", own(amount="1.250,50"), "", "is no number. Write it with a point and without"),
    "no currency": ("generic", own(currency="E1"), "", "no code of a currency"),
    "a year of long ago": ("generic", own(at="0009-12-01T09:00:00Z"), "", "the year 9"),
    "a tiny refund": ("generic", own(refunds=[{"id": "r", "amount": "0.001", "at": "2026-12-02"}]), "", "less than"),
    "no topic of orders": ("shopify", {}, "products/update", "Nothing is done with `products/update`"),
    "no order": ("shopify", {"id": None}, "", "`id` is missing"),
    "half a name": ("shopify", {"id": "\ud800"}, "", "`id` is missing"),
    "an endless amount": ("shopify", of_shopify(current_subtotal_price="1e400"), "", "is no amount"),
    "an amount beyond counting": ("shopify", of_shopify(current_subtotal_price="9e999999"), "", "is no amount"),
    "true is no amount": ("shopify", of_shopify(current_subtotal_price=True), "", "is no amount"),
    "no time": ("woocommerce", of_woo(date_created_gmt="soon"), "", "`date_created_gmt` is no time"),
    "no topic of woocommerce": ("woocommerce", of_woo(), "product.updated", "Nothing is done"),
}


@pytest.mark.parametrize(("kind", "body", "topic", "says"), list(WRONG.values()), ids=list(WRONG))
def test_what_cannot_be_used_is_named(kind, body, topic, says):
    with pytest.raises(BadInput, match=says):
        read(kind, body, topic)


def test_a_body_without_an_order_is_told():
    with pytest.raises(BadInput, match="names no order"):
        generic.read({}, READER)
