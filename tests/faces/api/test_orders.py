"""Orders, shops, rates and figures by the API: the same deeds as on the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.store.ledger.models import Arrival, Order
from tests.faces.api.conftest import program
from tests.measurement.shops.words import own
from tests.studio import world

pytestmark = pytest.mark.django_db


def test_orders_are_sent_listed_and_summed_up(owner):
    sent = {"orders": [own(), own(id="1002", amount="40")],
            "refunds": [{"id": "r1", "order": "1002", "amount": "15.00", "at": "2026-12-02T09:00:00Z"}]}  # fmt: skip
    told = owner.post("/orders", sent)
    assert told.status_code == 200
    assert [one["state"] for one in told.json()] == ["taken"] * 3
    assert [one["repeated"] for one in owner.post("/orders", sent).json()] == [True] * 3
    listed = owner.get("/orders?q=1002").json()["items"]
    assert [(one["key"], one["cents"], one["refunded_cents"], one["kept_cents"]) for one in listed] == [
        ("1002", 4000, 1500, 2500)
    ]
    assert owner.get(f"/orders/{listed[0]['id']}").json() == listed[0]
    summed = owner.get("/orders/summary").json()
    assert summed["revenues"] == [{"currency": "EUR", "orders": 2, "cents": 8500, "refunded_cents": 1500}]
    assert summed["unknown_codes"] == {"ANA15": 2}
    assert "customer" not in listed[0]


def test_a_thousand_orders_go_in_one_request(owner):
    told = owner.post("/orders", {"orders": [own(id=str(n)) for n in range(1_000)]})
    assert {one["state"] for one in told.json()} == {"taken"}
    assert Order.objects.count() == 1_000
    assert owner.post("/orders", {"orders": [own(id=str(n)) for n in range(1_001)]}).status_code == 422


def test_a_refused_refund_is_told_and_stays_in_the_log_with_an_idempotency_key_too(owner):
    owner.post("/orders", {"orders": [own()]})
    refund = {"id": "r", "order": "1001", "amount": "61", "at": "2026-12-02T09:00:00Z"}
    told = owner.post("/orders", {"refunds": [refund]}, Idempotency_Key="once")
    assert told.json()[0]["state"] == "refused"
    assert "60.00 of its order are left" in told.json()[0]["why"]
    shop = owner.get("/shops").json()["items"][0]["id"]
    logged = owner.get(f"/shops/{shop}/arrivals?state=refused").json()["items"]
    assert logged[0]["why"] == told.json()[0]["why"]
    assert owner.post(f"/shops/arrivals/{logged[0]['id']}/replay").json()["state"] == "refused"


def test_a_field_that_is_off_is_named(owner):
    answer = owner.post("/orders", {"orders": [own(), own(curency="EUR")]})
    assert answer.status_code == 422
    assert "orders.1.curency" in answer.json()["title"]
    assert not Arrival.objects.exists()


def test_a_shop_is_made_changed_and_closed(owner):
    made = owner.post("/shops", {"name": "Web", "kind": "generic"})
    assert made.status_code == 201
    key, secret = made.json()["shop"]["id"], made.json()["secret"]
    assert "secret" not in owner.get(f"/shops/{key}").json()
    other = owner.post(f"/shops/{key}/secret", {}).json()["secret"]
    assert other != secret
    tag = owner.get(f"/shops/{key}").headers["ETag"]
    assert owner.patch(f"/shops/{key}", {"name": "Laden"}, If_Match=tag).json()["name"] == "Laden"
    assert owner.post(f"/shops/{key}/close").json()["revoked_at"]
    assert owner.post("/shops/replay").json() == {"done": 0}


def test_rates_are_written_down(owner):
    assert owner.post("/rates", {"rates": [{"currency": "EUR", "on": "2026-11-01", "usd": "1.1"}]}).status_code == 200
    assert [one["currency"] for one in owner.get("/rates").json()["items"]] == ["EUR"]
    wrong = owner.post("/rates", {"rates": [{"currency": "USD", "on": "2026-11-01", "usd": "1.1"}]})
    assert "always worth one" in wrong.json()["title"]


def upload(who, path, text, **fields):
    """The answer to a file."""
    sent = {"file": SimpleUploadedFile("table.csv", text.encode(), "text/csv"), **fields}
    return who.client.post(f"/api/v1{path}", sent, headers={"Authorization": f"Bearer {who.secret}"})


def test_files_of_orders_rates_and_figures_are_brought(ours, owner, home):
    spring = world(ours.owner)
    orders = upload(owner, "/orders/files", "order,date,amount,currency\n1,2026-11-02,5,EUR\n2,x,5,EUR\n").json()
    assert (orders["taken"], orders["rejects"][0]["column"]) == (1, "date")
    assert (
        upload(owner, "/orders/files", "order,date,amount\n1,2026-11-02,5\n", shop="700").json()["shop"] == "Web shop"
    )
    assert upload(owner, "/rates/files", "currency,date,usd\nGBP,2026-11-02,1.3\n").json()["taken"] == 1
    rows = "url,as of,likes\nhttps://social.test/p/1,2026-11-24,80\n"
    figures = upload(owner, "/figures/files", rows, campaign=str(spring.pk)).json()
    assert (figures["taken"], figures["posts"]) == (1, 1)
    assert owner.post(f"/figures/{spring.pk}/catalogue").json()["taken"] == 0
    assert upload(owner, "/figures/files", rows, campaign="999").status_code == 404


def test_who_only_sees_brings_nothing(ours):
    viewer = program(ours, "viewer")
    assert viewer.get("/orders").status_code == 200
    assert viewer.post("/orders", {"orders": [own()]}).status_code == 403
    assert viewer.get("/shops").status_code == 403
