"""What shops send is kept first, understood after, done once, and answered in words."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asterism.desk.studio import shops as desk
from asterism.desk.studio.arrivals import LARGEST, receive
from asterism.desk.studio.orders import BroughtOrders, OrderFilter, bring_orders, orders_page
from asterism.desk.studio.rates import NewRate, NewRates, set_rates
from asterism.desk.studio.shops import NewShop, replay, replay_waiting
from asterism.errors import BadInput, NotAllowed
from asterism.measurement.shops.signatures import Knock, sign
from asterism.store.ledger import arrivals as ledger
from asterism.store.ledger.forgetting import forget_creator
from asterism.store.ledger.hashes import customer_hash, visitor_hash
from asterism.store.ledger.models import Arrival, Order, PromoCode, Refund, Shop
from asterism.store.ledger.scope import add
from asterism.store.ledger.secrets import new_secret
from tests.measurement.shops.words import own, shopify, shopify_refund, woocommerce
from tests.studio import NOW, campaign, collaboration, place

pytestmark = pytest.mark.django_db
PASTED = "a secret that the shop gave out"


@pytest.fixture
def here():
    return place()


@pytest.fixture
def shop(here):
    """A shop that signs as we describe, and its secret."""
    return desk.add_shop(here.owner, NewShop(name="Web shop", kind="generic", currency="EUR"))[0]


def send(shop, body, delivery="", now=NOW, **changed):
    """The answer to a delivery of a shop that signs as we describe."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = int(changed.pop("sent", now).timestamp())
    headers = {"x-asterism-timestamp": str(stamp), "x-asterism-signature": sign(shop.secret, stamp, raw),
               "x-asterism-delivery": delivery, **changed}  # fmt: skip
    return receive(shop.key, Knock(headers, raw, now))


def vendor(here, kind):
    return desk.add_shop(here.owner, NewShop(name=kind, kind=kind, secret=PASTED))[0]


def keyed(raw):
    return base64.b64encode(hmac.new(PASTED.encode(), raw, hashlib.sha256).digest()).decode()


def of_shopify(shop, topic, body, delivery="", now=NOW):
    raw = json.dumps(body).encode()
    headers = {"x-shopify-hmac-sha256": keyed(raw), "x-shopify-topic": topic, "x-shopify-webhook-id": delivery}
    return receive(shop.key, Knock(headers, raw, now))


def refund(key="r1", amount="10.00", **more):
    return {"refund": {"id": key, "order": "1001", "amount": amount, "at": "2026-12-02T09:00:00Z", **more}}


def standing(shop):
    """The tables of a shop as they are, without keys and times of writing."""
    orders = Order.objects.filter(shop=shop).order_by("key")
    refunds = Refund.objects.filter(order__shop=shop).order_by("order__key", "key")
    columns = ("key", "cents", "cancelled_at")
    return list(orders.values(*columns)), list(refunds.values("key", "cents"))


def test_an_order_is_taken_with_hashes_and_without_people(here, shop):
    answer = send(shop, {"order": own()}, "d-1")
    assert (answer.status, answer.body["state"], answer.body["order"]) == (200, "taken", "1001")
    row, place_of = Order.objects.get(), here.owner.workspace.pk
    assert (row.cents, row.currency, row.codes, row.clicks) == (6000, "EUR", ["ANA15"], ["k3Xw9Zq"])
    assert row.customer == customer_hash(place_of, "mia@example.test")
    assert row.visitor == visitor_hash(place_of, "192.0.2.7", "Firefox")
    kept = json.dumps(Arrival.objects.get().said).lower()
    assert not [word for word in ("mia", "192.0.2", "firefox", "/ana") if word in kept]


def test_a_delivery_that_comes_twice_is_counted_and_done_once(shop):
    first = send(shop, {"order": own()}, "d-1")
    again = send(shop, {"order": own()}, "d-1", now=NOW + timedelta(hours=3))
    assert (first.status, again.status, again.body["repeated"], again.body["times"]) == (200, 200, True, 2)
    assert Order.objects.count() == 1
    assert Arrival.objects.get().times == 2


def test_a_delivery_without_a_name_is_known_by_its_body(shop):
    assert [send(shop, {"order": own()}).body["times"] for _ in range(3)] == [1, 2, 3]


def test_a_name_that_is_used_for_another_body_loses_nothing(shop):
    send(shop, {"order": own()}, "always")
    assert send(shop, {"order": own(id="1002")}, "always").body["state"] == "taken"
    assert send(shop, {"order": own(id="1002")}, "always").body["repeated"]
    assert {row.key for row in Order.objects.all()} == {"1001", "1002"}


def test_a_refund_before_its_order_waits_and_is_done_when_that_comes(shop):
    early = send(shop, refund(), "d-1")
    assert (early.status, early.body["state"]) == (202, "waiting")
    assert early.body["why"] == "The order `1001` has not come yet."
    assert not Refund.objects.exists()
    send(shop, {"order": own()}, "d-2")
    assert Refund.objects.get().cents == 1000
    assert Arrival.objects.get(key="d-1").state == "taken"


def test_refunds_larger_than_their_order_are_refused_kept_and_done_once_they_fit(shop):
    send(shop, {"order": own()}, "d-1")
    send(shop, refund("r1", "50.00"), "d-2")
    answer = send(shop, refund("r2", "20.00"), "d-3")
    assert answer.status == 422
    assert answer.body["why"] == "The refund `r2` is 20.00 EUR, and 10.00 of its order are left."
    assert Refund.objects.count() == 1
    grown = own(amount="80.00", changed_at="2026-12-03T09:00:00Z")
    send(shop, {"order": grown}, "d-4")
    assert Refund.objects.count() == 2
    assert Arrival.objects.get(key="d-3").state == "taken"


def test_an_older_word_changes_nothing_and_a_newer_one_with_fewer_items_does(shop):
    send(shop, {"order": own(amount="40.00", changed_at="2026-12-03T09:00:00Z")}, "d-1")
    older = send(shop, {"order": own(changed_at="2026-12-02T09:00:00Z")}, "d-2")
    assert (older.status, Order.objects.get().cents) == (200, 4000)
    assert "newer stands" in older.body["why"]
    send(shop, {"order": own(amount="30.00", changed_at="2026-12-04T09:00:00Z")}, "d-3")
    assert Order.objects.get().cents == 3000


def test_a_cancelled_order_comes_to_nothing(here, shop):
    send(shop, {"order": own()}, "d-1")
    send(shop, {"cancel": {"order": "1001"}}, "d-2", now=NOW + timedelta(hours=1))
    page = orders_page(here.owner, OrderFilter())
    assert page.orders[0].kept == 0
    assert page.counted.cancelled == 1
    assert page.revenues == ()


def test_an_unknown_currency_waits_until_there_is_a_rate_for_it(here, shop):
    answer = send(shop, {"order": own(currency="XQQ")}, "d-1")
    assert (answer.status, answer.body["state"]) == (202, "waiting")
    assert answer.body["why"].startswith("XQQ is no currency we know")
    assert not Order.objects.exists()
    set_rates(here.owner, NewRates(rates=[NewRate(currency="XQQ", on=NOW.date(), usd="0.5")]))
    assert Order.objects.get().currency == "XQQ"


def test_several_orders_in_one_body_are_told_one_by_one(shop):
    answer = send(shop, {"orders": [own(), own(id="1002", currency="XQQ")]}, "d-1")
    assert answer.status == 202
    assert [one["state"] for one in answer.body["outcomes"]] == ["taken", "waiting"]
    assert send(shop, {"orders": [own(), own(id="1002", currency="XQQ")]}, "d-1").body["outcomes"][0]["repeated"]


UNSOUND = {
    "no json": b"{",
    "a list": b"[]",
    "not a number": b'{"order": NaN}',
    "half a letter": json.dumps({"order": own(email="\ud800")}).encode(),
    "no utf-8": b'{"order": "\xff"}',
    "too deep": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "no order": b"{}",
}


@pytest.mark.parametrize("body", list(UNSOUND.values()), ids=list(UNSOUND))
def test_what_cannot_be_understood_is_answered_in_one_line_and_logged_without_its_words(shop, body):
    answer = send(shop, body, "d-1")
    assert answer.status == 422
    row = Arrival.objects.get()
    assert (row.state, row.said) == ("refused", {})
    assert row.digest == hashlib.sha256(body).hexdigest()
    assert answer.body["why"] == row.why


@pytest.mark.parametrize("currency", ["\ud800", "\x00", "E\n"], ids=["half a letter", "nothing", "a line"])
def test_a_reason_that_quotes_what_cannot_be_kept_is_kept_without_it(here, currency):
    shop = vendor(here, "shopify")
    assert of_shopify(shop, "orders/create", shopify(currency=currency)).status == 200
    why = Arrival.objects.get().why
    assert why.isprintable()
    assert "is no code of a currency" in why


def test_what_is_too_large_is_not_read(shop):
    assert send(shop, b" " * (LARGEST + 1)).status == 413
    assert not Arrival.objects.exists()


def test_a_wrong_signature_is_counted_without_a_word_of_what_was_said(shop):
    for _ in range(3):
        answer = send(shop, {"order": own()}, "d-1", **{"x-asterism-signature": "sha256=00"})
    assert answer.status == 401
    assert "does not fit" in answer.body["why"]
    row = Arrival.objects.get()
    assert (row.topic, row.times, row.said, row.state) == ("unsigned", 3, {}, "refused")
    assert not Order.objects.exists()


def test_a_clock_that_is_off_is_told_with_both_times(shop):
    answer = send(shop, {"order": own()}, sent=NOW - timedelta(minutes=6))
    assert answer.status == 401
    assert "dated 2026-11-25 11:54:00 UTC, and here it is 2026-11-25 12:00:00 UTC" in answer.body["why"]
    assert not Order.objects.exists()


@pytest.mark.parametrize("key", ["nothing", "", "x" * 41, "a\nb"])
def test_an_address_that_is_none_is_not_found(key, db):
    assert receive(key, Knock({}, b"{}", NOW)).status == 404


def test_a_closed_shop_and_one_for_files_have_no_address(here, shop):
    desk.close_shop(here.owner, shop.pk)
    files = desk.add_shop(here.owner, NewShop(name="Files", kind="file"))[0]
    assert send(shop, {"order": own()}).status == 404
    assert send(files, {"order": own()}).status == 404


def test_a_new_secret_ends_the_old_one(here, shop):
    changed, secret = desk.rotate_secret(here.owner, shop.pk, desk.NewSecret())
    assert send(shop, {"order": own()}).status == 401
    assert changed.secret == secret
    assert send(changed, {"order": own()}).status == 200


def test_shopifys_deliveries_are_taken_in_any_order(here):
    shop = vendor(here, "shopify")
    given_back = shopify(current_subtotal_price="40.00", refunds=[shopify_refund()], updated_at="2026-12-02T10:00:01Z")
    said = [("refunds/create", shopify_refund()), ("orders/updated", given_back), ("orders/create", shopify())]
    for at, (topic, body) in enumerate(said):
        assert of_shopify(shop, topic, body, f"w-{at}").status == 200
    assert [(row.cents, row.codes) for row in Order.objects.all()] == [(6000, ["ANA15"])]
    assert [row.cents for row in Refund.objects.all()] == [2000]


def test_a_shop_that_would_switch_off_is_told_of_a_refusal_with_200(here):
    shop = vendor(here, "shopify")
    of_shopify(shop, "orders/create", shopify(current_subtotal_price="10.00"), "w-1")
    answer = of_shopify(shop, "refunds/create", shopify_refund(), "w-2")
    assert (answer.status, answer.body["state"]) == (200, "refused")
    assert "10.00 of its order are left" in answer.body["why"]


def test_woocommerces_ping_and_orders_are_answered(here):
    shop = vendor(here, "woocommerce")
    assert receive(shop.key, Knock({}, b"webhook_id=4", NOW)).body == {"state": "ready"}
    raw = json.dumps(woocommerce()).encode()
    headers = {"x-wc-webhook-signature": keyed(raw), "x-wc-webhook-topic": "order.created"}
    assert receive(shop.key, Knock(headers, raw, NOW)).status == 200
    assert Order.objects.get().cents == 6000


def test_codes_nobody_knows_are_listed_and_their_orders_taken(here, shop):
    add(here.owner, PromoCode, campaign=campaign(here.owner), word="ANA15")
    send(shop, {"order": own(codes=["ana15", "FRIENDS"])}, "d-1")
    send(shop, {"order": own(id="1002", codes=["friends"])}, "d-2")
    assert orders_page(here.owner, OrderFilter()).unknown == (("FRIENDS", 2),)


def test_what_waits_can_be_worked_out_anew(here, shop):
    send(shop, refund(), "d-1")
    waiting = Arrival.objects.get()
    assert replay(here.owner, waiting.pk).state == "waiting"
    send(shop, {"order": own()}, "d-2")
    assert replay_waiting(here.owner) == 0
    assert replay(here.owner, waiting.pk).state == "taken"


def test_what_was_not_understood_cannot_be_done_again(here, shop):
    send(shop, b"{", "d-1")
    with pytest.raises(BadInput, match="Let the shop send it once more"):
        replay(here.owner, Arrival.objects.get().pk)


def test_only_owners_see_shops(here, shop):
    with pytest.raises(NotAllowed, match="webhooks"):
        desk.log_of(here.seat("manager"), shop.pk)


@pytest.mark.parametrize(
    ("wish", "says"),
    [({"kind": "shopify", "secret": "short"}, "shorter than 16"), ({"currency": "EU"}, "no code of a currency"),
     ({"timezone": "Mars/Base"}, "no time zone")],
)  # fmt: skip
def test_a_shop_that_cannot_be_is_told_why(here, wish, says):
    with pytest.raises(BadInput, match=says):
        desk.add_shop(here.owner, NewShop(**{"name": "x", "kind": "generic", **wish}))
    assert not Shop.objects.exists()


def test_forgotten_visitors_do_not_come_back_and_what_they_joined_stays(here, shop):
    send(shop, {"order": own()}, "d-1")
    assert ledger.forget_visitors(here.owner.workspace, NOW) == 0
    assert ledger.forget_visitors(here.owner.workspace, NOW + timedelta(days=1)) == 1
    Order.objects.update(visitor="", clicks=["k3Xw9Zq", "joined"])
    send(shop, {"order": own(amount="50.00", ip="", changed_at="2026-12-03T09:00:00Z")}, "d-2")
    row = Order.objects.get()
    assert (row.visitor, row.clicks, row.cents) == ("", ["k3Xw9Zq", "joined"], 5000)


def test_a_code_of_somebody_who_was_erased_does_not_come_back_with_a_replay(here, shop):
    of = collaboration(here.owner)
    code = add(here.owner, PromoCode, campaign=of.campaign, collaboration=of, word="ANA15")
    send(shop, {"order": own(codes=["ana15", "SITE"])}, "d-1")
    forget_creator(here.owner, of.creator)
    replay(here.owner, Arrival.objects.get().pk)
    assert Order.objects.get().codes == [f"ERASED-{code.pk}", "SITE"]


def test_programs_with_a_token_are_told_one_by_one_and_nothing_is_done_twice(here):
    wish = BroughtOrders(orders=[own(), own(id="1002", currency="E1E"), own(id="1003")],
                         refunds=[{"id": "r", "order": "1003", "amount": "70", "at": NOW}])  # fmt: skip
    first = bring_orders(here.seat("analyst"), wish)
    assert [one["state"] for one in first] == ["taken", "refused", "taken", "refused"]
    again = bring_orders(here.seat("analyst", NOW + timedelta(days=1)), wish)
    assert [one["repeated"] for one in again] == [True] * 4
    assert Order.objects.count() == 2
    assert Shop.objects.get().kind == "file"


def test_programs_may_correct_an_order(here):
    bring_orders(here.owner, BroughtOrders(orders=[own()]))
    bring_orders(here.seat(now=NOW + timedelta(hours=1)), BroughtOrders(orders=[own(amount="10.00")]))
    assert Order.objects.get().cents == 1000


@pytest.mark.parametrize("wish", [{}, {"orders": [own()] * 1000, "refunds": [refund()["refund"]]}])
def test_nothing_and_too_much_are_refused(here, wish):
    with pytest.raises(BadInput, match=r"No order was sent|More than 1,000"):
        bring_orders(here.owner, BroughtOrders(**wish))


CHANGED = ("2026-12-03T09:00:00Z", "2026-12-04T09:00:00Z")
SAID = (
    {"order": own(changed_at="2026-12-01T09:00:00Z")},
    {"order": own(amount="40.00", changed_at=CHANGED[0], clicks=["z8YbQw1"])},
    {"order": own(amount="45.00", changed_at=CHANGED[1], cancelled_at=CHANGED[1])},
    refund("r1", "30.00"),
    refund("r2", "20.00", at="2026-12-01T10:00:00Z"),
    refund("r3", "5.00", order="1002"),
    {"order": own(id="1002", amount="9.00", currency="XQQ", changed_at="2026-12-01T09:00:00Z")},
    {"order": own(id="1002", amount="9.00", changed_at=CHANGED[0])},
    {"cancel": {"order": "1002", "at": CHANGED[1]}},
)
"""Orders, updates, refunds and cancellings of two orders."""
AT_LAST = [("1001", 4500, True), ("1002", 900, True)]
REFUNDED = [("r2", 2000), ("r3", 500)]
"""What they come to: of 45.00 the earlier refund of 20.00 leaves too little for the later one of 30.00."""


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([*range(len(SAID)), 0, 3, 8]))
def test_any_order_of_arrival_and_any_repetition_ends_in_the_same_tables(shop, arrivals):
    def tables(wanted):
        made = Shop.objects.create(workspace=shop.workspace, made_at=NOW, name=new_secret(), kind="generic",
                                   key=new_secret(18), secret="s", currency="EUR")  # fmt: skip
        for each in wanted:
            send(made, SAID[each], f"d-{each}")
        return standing(made)

    orders, refunds = tables(arrivals)
    assert [(row["key"], row["cents"], bool(row["cancelled_at"])) for row in orders] == AT_LAST
    assert [(row["key"], row["cents"]) for row in refunds] == REFUNDED
