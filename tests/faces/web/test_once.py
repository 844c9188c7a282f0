"""A form that is sent twice does its deed once, and leads to where the first one led."""

import re

import pytest

from asterism.store.ledger.models import Hook, Token
from tests.studio import place

pytestmark = pytest.mark.django_db
ADDED = {"url": "https://receiver.example/hooks", "events": "payment.sent"}


@pytest.fixture
def here():
    return place("Aurora")


@pytest.fixture
def client(here):
    return here.client()


def mark(client, path="/w/aurora/settings/webhooks/"):
    """The hidden field of a page's forms."""
    return re.search(r'name="once" value="([\w-]{12,})"', client.get(path).content.decode())[1]


def add(client, **fields):
    return client.post("/w/aurora/settings/webhooks/add", {**ADDED, **fields})


def test_each_rendering_has_a_mark_of_its_own(client):
    assert mark(client) != mark(client)


def test_a_form_that_is_sent_again_leads_to_where_the_first_one_led(client):
    add(client)
    key = Hook.objects.get().pk
    once = mark(client)
    answers = [client.post(f"/w/aurora/settings/webhooks/{key}/try", {"once": once}) for _ in range(3)]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {
        (303, f"/w/aurora/settings/webhooks/{key}/#calls")
    }
    assert Hook.objects.get().deliveries.count() == 1


def test_a_form_whose_answer_was_a_page_leads_back(client):
    once = mark(client)
    assert add(client, once=once).status_code == 200
    again = add(client, once=once)
    assert (again.status_code, again.headers["Location"]) == (303, "/w/aurora/")
    assert Hook.objects.count() == 1


def test_the_same_form_with_other_words_is_another_deed(client):
    once = mark(client)
    add(client, once=once)
    assert add(client, once=once, events="job.done").status_code == 200
    assert Hook.objects.count() == 2


def test_the_next_rendering_of_a_form_is_another_deed(client):
    for _ in range(2):
        add(client, once=mark(client))
    assert Hook.objects.count() == 2


def test_a_refused_form_may_be_sent_again(client, here):
    once = mark(client)
    wish = {"name": "x", "scopes": "see", "days": "30", "once": once}
    make = "/w/aurora/settings/tokens/make"
    assert client.post(make, {**wish, "days": "-1"}).status_code == 422
    Token.objects.all().delete()
    assert client.post(make, wish).status_code == 200
    assert Token.objects.count() == 1


def test_a_deed_that_fails_half_way_leaves_nothing(client, monkeypatch):
    from asterism.desk.studio import webhooks

    def stop(*_, **__):
        raise webhooks.Conflict("Too late.")

    monkeypatch.setattr(webhooks, "hooks_of", stop)
    assert add(client, once="abcdefghijkl").status_code == 409
    assert not Hook.objects.exists()
    monkeypatch.undo()
    assert add(client, once="abcdefghijkl").status_code == 200


def test_two_people_do_not_share_a_mark(here):
    one, other = here.client("owner"), here.client("owner")
    member = here.members["manager"]
    member.role = "owner"
    member.save()
    other = here.client("manager")
    for client in (one, other):
        assert add(client, once="abcdefghijkl").status_code == 200
    assert Hook.objects.count() == 2


def test_a_mark_of_any_length_does_no_harm(client):
    assert add(client, once="x" * 5_000).status_code == 200
    assert add(client, once="x" * 5_000).status_code == 303
