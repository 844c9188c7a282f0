"""Shops and orders on their pages, and the address at which shops speak, from outside."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from asterism.campaigns.roles import ROLES
from asterism.desk.studio.orders import BroughtOrders, bring_orders
from asterism.measurement.shops.signatures import sign
from asterism.store.ledger.models import Arrival, Event, Figures, Order, Rate, Shop
from asterism.store.ledger.scope import add
from tests.measurement.shops.words import own
from tests.studio import NOW, place, world

pytestmark = pytest.mark.django_db
AT = "/w/aurora"
HOSTILE = "<script>alert('x')</script>{{ 7*7 }}\""


@pytest.fixture
def here(home):
    return place()


@pytest.fixture
def client(here):
    return here.client()


def made_shop(client, **fields):
    """The page after a shop was added, and the secret it shows."""
    page = client.post(f"{AT}/shops/add", {"name": "Web shop", "kind": "generic", "currency": "EUR", **fields})
    found = re.search(r'id="secret">([^<]+)<', page.content.decode())
    return page, found and found[1]


def knock(shop, secret, raw, **headers):
    """The answer to a delivery, from a client without a login and without a cookie."""
    stamp = int(timezone.now().timestamp())
    sent = {"X-Asterism-Timestamp": str(stamp), "X-Asterism-Signature": sign(secret, stamp, raw),
            "X-Asterism-Delivery": "d-1", **headers}  # fmt: skip
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/in/{shop.key}", raw, content_type="application/json", headers=sent)


def test_a_shop_is_added_speaks_and_is_seen(client):
    page, secret = made_shop(client)
    shop = Shop.objects.get()
    assert f"/in/{shop.key}" in page.content.decode()
    assert page.headers["HX-Push-Url"] == f"{AT}/shops/"
    assert secret not in client.get(f"{AT}/shops/").content.decode()
    raw = json.dumps({"order": own(codes=[HOSTILE[:40]], id="a<b>&1")}).encode()
    answer = knock(shop, secret, raw)
    assert (answer.status_code, answer.json()["state"]) == (200, "taken")
    for where in (f"{AT}/orders/", f"{AT}/shops/{shop.pk}/"):
        text = client.get(where).content.decode()
        assert "a&lt;b&gt;&amp;1" in text
        assert "a<b>" not in text
        assert "<SCRIPT>" not in text
        assert "49" not in re.findall(r"\{\{.*?\}\}", text)


@pytest.mark.parametrize(
    ("headers", "status", "says"),
    [({"X-Asterism-Signature": "sha256=0"}, 401, "does not fit"), ({"X-Asterism-Timestamp": "1"}, 401, "does not fit"),
     ({"X-Asterism-Timestamp": ""}, 401, "missing or no number")],
    ids=["signature", "timestamp", "no timestamp"],
)  # fmt: skip
def test_what_is_not_signed_is_refused_in_json(client, headers, status, says, caplog):
    _, secret = made_shop(client)
    answer = knock(Shop.objects.get(), secret, json.dumps({"order": own()}).encode(), **headers)
    assert answer.status_code == status
    assert says in answer.json()["why"]
    assert says in caplog.text
    assert "mia" not in caplog.text.lower()
    assert not Order.objects.exists()


def test_the_receiver_takes_posts_of_a_size_at_addresses_that_are(client):
    _, secret = made_shop(client)
    shop = Shop.objects.get()
    assert Client().get(f"/in/{shop.key}").status_code == 405
    assert Client().post("/in/nothing", b"{}", content_type="application/json").status_code == 404
    assert knock(shop, secret, b" " * 1_000_001).status_code == 413
    assert not Arrival.objects.exists()


def test_woocommerces_form_is_answered(client):
    made_shop(client, kind="woocommerce", secret="a secret that the shop gave out")
    answer = Client(enforce_csrf_checks=True).post(f"/in/{Shop.objects.get().key}", {"webhook_id": "3"})
    form = Client().post(f"/in/{Shop.objects.get().key}", b"webhook_id=3", "application/x-www-form-urlencoded")
    assert (answer.status_code, form.status_code) == (401, 200)  # a form of several parts is no ping


def test_a_shop_is_changed_gets_another_secret_and_is_closed(client):
    _, first = made_shop(client)
    shop = Shop.objects.get()
    at = f"{AT}/shops/{shop.pk}"
    client.post(f"{at}/change", {"name": "Laden", "currency": "CHF", "timezone": "Europe/Zurich"})
    second = re.search(r'id="secret">([^<]+)<', client.post(f"{at}/secret").content.decode())[1]
    assert first != second
    client.post(f"{at}/close")
    shop.refresh_from_db()
    assert (shop.name, shop.currency, shop.revoked_at is not None) == ("Laden", "CHF", True)
    assert knock(shop, second, b"{}").status_code == 404
    assert [*Event.objects.filter(kind="shop").order_by("id").values_list("action", flat=True)] == [
        "shop.added", "shop.changed", "shop.secret_changed", "shop.closed",
    ]  # fmt: skip


def test_what_waits_is_tried_again_from_the_page(client, here):
    bring_orders(here.owner, BroughtOrders(refunds=[{"id": "r", "order": "9", "amount": "1", "at": NOW}]))
    row = Arrival.objects.get()
    page = client.get(f"{AT}/shops/{row.shop_id}/?state=waiting").content.decode()
    assert "The order `9` has not come yet." in page
    assert client.post(f"{AT}/shops/arrivals/{row.pk}/replay").status_code == 303
    assert client.post(f"{AT}/shops/replay").status_code == 303
    assert "What waits is done as soon as it can be" in client.get(f"{AT}/orders/").content.decode()


def file(text, name="orders.csv"):
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def test_a_table_of_orders_is_brought_and_each_reject_is_shown(client):
    rows = f'order,date,amount,currency\n1001,2026-11-02,60.00,EUR\n1002,2026-11-02,"{HOSTILE[:25]}",EUR\n'
    page = client.post(f"{AT}/orders/upload", {"file": file(rows)}).content.decode()
    assert "1 of 2 rows were taken" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert client.get(f"{AT}/orders/orders.csv?q=1001").content.decode().count("\n") == 2
    assert client.post(f"{AT}/orders/upload", {}).status_code == 422


def test_rates_are_set_and_brought(client):
    assert (
        client.post(f"{AT}/orders/rates/set", {"currency": "EUR", "on": "2026-11-01", "usd": "1.1"}).status_code == 303
    )
    page = client.post(f"{AT}/orders/rates/upload", {"file": file("currency,date,usd\nGBP,2026-11-01,1.3\nX,y,z\n")})
    assert "1 rate was written down" in page.content.decode()
    assert "1 row was not taken" in page.content.decode()
    assert Rate.objects.count() == 2
    client.post(f"{AT}/orders/rates/set", {"currency": "XAU", "on": "2026-11-01", "usd": "4000"})
    assert ">4000<" in client.get(f"{AT}/orders/rates/").content.decode()


def test_figures_are_brought_to_their_campaign(here, client):
    spring = world(here.owner)
    at = f"{AT}/campaigns/{spring.pk}/figures"
    page = client.post(f"{at}/upload", {"file": file("url,as of,likes\nhttps://social.test/p/1,2026-11-24,80\n")})
    assert "1 rows of figures were written down" in page.content.decode()
    assert client.post(f"{at}/catalogue").status_code == 200
    assert Figures.objects.filter(source="import").count() == 1


@pytest.mark.parametrize(
    ("where", "least"),
    [("orders/", "viewer"), ("orders/orders.csv", "viewer"), ("orders/rates/", "viewer"), ("shops/", "owner"),
     ("shops/700/", "owner"), ("campaigns/700/figures/", "viewer")],
)  # fmt: skip
def test_each_page_is_for_its_least_role_and_asks_few_questions(here, where, least, django_assert_max_num_queries):
    world(here.owner)
    many = [own(id=str(n), codes=[f"C{n}"], currency=("EUR", "USD", "XQQ")[n % 3]) for n in range(120)]
    bring_orders(here.owner, BroughtOrders(orders=many))
    for role in ROLES:
        allowed = ROLES.index(role) >= ROLES.index(least)
        client = here.client(role)
        with django_assert_max_num_queries(18):
            assert client.get(f"{AT}/{where}").status_code == (200 if allowed else 403)


@pytest.mark.parametrize("asked", ["since=0001-01-01", "until=9999-12-31", "shop=0", "state=lost", "page=0"])
def test_orders_that_cannot_be_asked_for_are_refused_in_words(here, client, asked):
    here.owner.workspace.timezone = "Europe/Berlin"
    here.owner.workspace.save()
    assert client.get(f"{AT}/orders/?{asked}").status_code == 422
    assert client.get(f"{AT}/orders/orders.csv?{asked}").status_code == 422


def test_a_shop_without_a_name_is_none(client):
    assert client.post(f"{AT}/shops/add", {"name": "   ", "kind": "generic"}).status_code == 422
    assert not Shop.objects.exists()


def test_hostile_names_are_shown_as_text(here, client):
    shop = add(here.owner, Shop, name=HOSTILE, kind="generic", key="k", secret="s")
    for where in (f"{AT}/shops/", f"{AT}/shops/{shop.pk}/", f"{AT}/orders/"):
        text = client.get(where).content.decode()
        assert "<script>alert" not in text
    assert "{{ 7*7 }}" in client.get(f"{AT}/shops/").content.decode()


def test_a_field_that_cannot_be_used_is_told_in_plain_words(client):
    answer = client.post(f"{AT}/orders/rates/set", {"currency": "EUR", "on": "soon", "usd": "1,1"})
    text = answer.content.decode()
    assert "is no date" in text
    assert "Write it as in 2026-12-01." in text
    assert "Input should" not in text
