"""Webhooks through the API: added with a secret shown once, changed, tried, their calls listed and made again."""

import pytest

from asterism.store.ledger.models import Hook
from tests.faces.api.conftest import program
from tests.studio import place

pytestmark = pytest.mark.django_db
WISH = {"url": "https://receiver.example/hooks", "events": ["payment.sent", "job.done"]}


def test_a_webhook_from_its_adding_to_its_end(owner):
    made = owner.post("/webhooks", WISH).json()
    hook, path = made["webhook"], f"/webhooks/{made['webhook']['id']}"
    assert made["secret"] == Hook.objects.get().secret
    assert owner.get(path).json() == hook
    assert made["secret"] not in owner.get("/webhooks").content.decode()
    changed = owner.patch(path, {"active": False}, If_Match="*").json()
    assert changed == {**hook, "active": False}
    tried = owner.post(f"{path}/try")
    assert (tried.status_code, tried.json()["state"]) == (201, "waiting")
    again = owner.post(f"/webhooks/calls/{tried.json()['id']}/replay").json()
    assert again["replay_of_id"] == tried.json()["id"]
    assert again["payload"] == tried.json()["payload"]
    assert owner.get(f"{path}/calls").json()["total"] == 2
    assert owner.delete(path).status_code == 204
    assert owner.get(f"{path}/calls").status_code == 404


@pytest.mark.parametrize("wish", [{**WISH, "events": []}, {**WISH, "events": ["x"]}, {**WISH, "url": "javascript:x"}])
def test_what_cannot_be_called_is_refused(owner, wish):
    assert owner.post("/webhooks", wish).status_code == 422


def test_another_workspaces_calls_are_not_found(owner):
    hook = owner.post("/webhooks", WISH).json()["webhook"]
    call = owner.post(f"/webhooks/{hook['id']}/try").json()
    other = program(place("Borealis"))
    assert other.get(f"/webhooks/{hook['id']}/calls").status_code == 404
    assert other.post(f"/webhooks/calls/{call['id']}/replay").status_code == 404
    assert other.get("/webhooks").json()["items"] == []
