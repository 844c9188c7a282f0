"""Tokens and webhooks on their pages: secrets shown once, hostile words shown as words, owners alone."""

import re

import pytest

from asterism.desk.studio.webhooks import deliver_due
from asterism.store.ledger.models import Hook, HookDelivery, Token
from tests.faces.api.conftest import Program
from tests.receiver import Receiver
from tests.studio import NOW, place

pytestmark = pytest.mark.django_db
AT = "/w/aurora/settings"


@pytest.fixture
def here():
    return place()


@pytest.fixture
def client(here):
    return here.client()


def shown_secret(answer):
    return re.search(r'id="secret">([^<]+)<', answer.content.decode())[1]


def test_a_token_is_shown_once_and_opens_the_api_until_it_is_revoked(client):
    made = client.post(f"{AT}/tokens/make", {"name": "Reporting", "scopes": ["see", "tokens"], "days": "30"})
    secret = shown_secret(made)
    assert b"data-copy" in made.content
    assert made.headers["HX-Push-Url"] == f"{AT}/tokens/"
    assert Program(secret).get("/tokens").status_code == 200
    listed = client.get(f"{AT}/tokens/").content.decode()
    assert secret not in listed
    assert secret[:10] in listed
    client.post(f"{AT}/tokens/{Token.objects.get().pk}/revoke")
    assert Program(secret).get("/tokens").status_code == 403
    assert "revoked" in client.get(f"{AT}/tokens/").content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"scopes": ["see"]}, "`name`"), ({"name": "x"}, "`scopes`"), ({"name": "x", "scopes": ["fly"]}, "no scope")],
)
def test_what_is_missing_for_a_token_is_said(client, fields, says):
    answer = client.post(f"{AT}/tokens/make", {"days": "30", **fields})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Token.objects.exists()


def test_a_webhook_is_added_tried_changed_and_removed(client):
    receiver = Receiver()
    try:
        added = client.post(f"{AT}/webhooks/add", {"url": receiver.url("/failing"), "events": ["payment.sent"]})
        assert shown_secret(added) == Hook.objects.get().secret
        page = f"{AT}/webhooks/{Hook.objects.get().pk}/"
        client.post(f"{page}try")
        deliver_due(HookDelivery.objects.get().next_at)
    finally:
        receiver.close()
    log = client.get(page).content.decode()
    assert Hook.objects.get().secret not in log
    assert "&lt;b&gt;Out of order&lt;/b&gt; {{ 7*7 }}" in log
    assert "1 of 8" in log
    assert "waits to be tried again" in log
    client.post(f"{AT}/webhooks/calls/{HookDelivery.objects.get().pk}/replay")
    assert "test, again" in client.get(page).content.decode()
    client.post(f"{page}change", {"url": "http://127.0.0.1/x", "events": ["job.done", "job.failed"]})
    hook = Hook.objects.get()
    assert (hook.url, hook.events, hook.active) == ("http://127.0.0.1/x", ["job.done", "job.failed"], False)
    client.post(f"{page}remove")
    assert client.get(page).status_code == 404


def test_hostile_words_are_shown_as_words(client, here):
    hostile = "<script>alert(1)</script>{{ 7*7 }}'\""
    client.post(f"{AT}/tokens/make", {"name": hostile, "scopes": ["see"], "days": "0"})
    url = "http://127.0.0.1/?<script>{{7*7}}'"
    client.post(f"{AT}/webhooks/add", {"url": url, "events": ["job.done"]})
    key = Hook.objects.get().pk
    for path in ("tokens/", "webhooks/", f"webhooks/{key}/"):
        words = client.get(f"{AT}/{path}").content.decode()
        assert "<script>" not in words.replace('<script src="', "")
        assert "&lt;script&gt;" in words
        assert "7*7" in words


@pytest.mark.parametrize("page", ["x", "-1", "9" * 30, ""])
def test_a_page_of_the_log_that_is_none_is_refused(client, page):
    client.post(f"{AT}/webhooks/add", {"url": "http://127.0.0.1/", "events": ["job.done"]})
    assert client.get(f"{AT}/webhooks/{Hook.objects.get().pk}/?page={page}").status_code == 422


@pytest.mark.parametrize("part", ["tokens", "webhooks"])
def test_the_pages_are_the_owners_and_others_are_shown_no_way_there(here, part):
    assert here.client("manager").get(f"{AT}/{part}/").status_code == 403
    assert f"{AT}/{part}/" not in here.client("manager").get(f"{AT}/").content.decode()
    assert f"{AT}/{part}/" in here.client().get(f"{AT}/").content.decode()


def test_a_long_log_costs_no_more_questions(here, client, django_assert_max_num_queries):
    client.post(f"{AT}/webhooks/add", {"url": "http://127.0.0.1/", "events": ["job.done"]})
    hook = Hook.objects.get()
    fields = {"workspace": here.owner.workspace, "made_at": NOW, "hook": hook, "event": "test", "payload": {"a": 1}}
    HookDelivery.objects.bulk_create(HookDelivery(**fields) for _ in range(500))
    with django_assert_max_num_queries(8):
        client.get(f"{AT}/webhooks/{hook.pk}/")
    with django_assert_max_num_queries(8):
        client.get(f"{AT}/tokens/")
