"""Messages through the API: written, noted, sent again, taken back; without the secrets of creators' pages."""

import pytest

from asterism.desk.studio.messages import Outgoing, queue
from asterism.store.ledger.models import Message
from asterism.store.ledger.scope import save
from tests.faces.api.conftest import program
from tests.studio import NOW, creator, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(ours):
    return creator(ours.owner)


def test_a_message_is_written_taken_back_and_sent_again(owner, ana):
    made = owner.post("/messages", {"creator": ana.pk, "subject": "Hello", "text": "A word."})
    assert (made.status_code, made.json()["state"]) == (201, "queued")
    path = f"/messages/{made.json()['id']}"
    assert owner.get(path).json() == made.json()
    assert owner.post(f"{path}/hold").json()["state"] == "blocked"
    assert owner.post(f"{path}/hold").status_code == 409
    assert owner.post(f"{path}/again").json()["state"] == "queued"
    listed = owner.get(f"/messages?state=queued&creator={ana.pk}").json()
    assert [one["subject"] for one in listed["items"]] == ["Hello"]
    assert owner.get("/messages?state=sent").json()["items"] == []


def test_an_answer_is_noted(owner, ana):
    made = owner.post("/messages/answers", {"creator": ana.pk, "channel": "phone", "text": "Yes", "on": "2026-11-20"})
    assert (made.status_code, made.json()["state"], made.json()["channel"]) == (201, "received", "phone")


def test_no_secret_of_a_creators_page_is_told(owner, ours, ana):
    made = queue(ours.owner, ana, None, Outgoing("outreach", "x", "https://s.test/c/abcdefghijklmnopqrstuvwx/"))
    for answer in (owner.get("/messages"), owner.get(f"/messages/{made.pk}")):
        assert b"abcdefghijklmnop" not in answer.content


@pytest.mark.parametrize(
    ("marks", "status"), [({"opted_out_at": NOW}, 403), ({"erased_at": NOW}, 403), ({"email": ""}, 422)]
)
def test_who_may_not_be_written_to_is_refused(owner, ours, ana, marks, status):
    save(ours.owner, ana, **marks)
    assert owner.post("/messages", {"creator": ana.pk, "subject": "x", "text": "A word."}).status_code == status
    assert not Message.objects.exists()


@pytest.mark.parametrize("wish", [{"subject": ""}, {"text": ""}, {"subject": "x" * 201}, {"creator": 0}])
def test_what_is_no_message_is_refused(owner, ana, wish):
    assert owner.post("/messages", {"creator": ana.pk, "subject": "x", "text": "A word.", **wish}).status_code == 422


def test_another_workspaces_post_is_not_found(owner, ana):
    made = owner.post("/messages", {"creator": ana.pk, "subject": "Hello", "text": "A word."}).json()
    other = program(place("Borealis"))
    assert other.get(f"/messages/{made['id']}").status_code == 404
    assert other.get(f"/messages?creator={ana.pk}").status_code == 404
    assert other.post("/messages", {"creator": ana.pk, "subject": "x", "text": "A word."}).status_code == 404
