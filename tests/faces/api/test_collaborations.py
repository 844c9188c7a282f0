"""Collaborations, terms and creators' links through the API: the same rules as on the pages."""

import base64

import pytest
from django.test import Client

from asterism.desk.studio.collaborations import step
from asterism.store.ledger.models import Agreement, Message
from asterism.store.ledger.scope import rows
from tests.faces.api.conftest import program
from tests.studio import campaign, collaboration, creator

pytestmark = pytest.mark.django_db


def test_from_an_invitation_to_the_creators_yes(ours, owner):
    row = collaboration(ours.owner)
    at = f"/collaborations/{row.pk}"
    letter = owner.post(f"{at}/letter", {"message": "Your films are calm"}).json()
    assert "Your films are calm" in letter["text"]
    assert not rows(ours.owner, Message).exists()
    made = owner.post(f"{at}/invite", {}).json()
    assert (made["state"], made["queued"]) == ("invited", True)
    assert owner.post(f"{at}/invite", {}).status_code == 409
    drafted = owner.post(f"{at}/agreements", {"fee": "650.00", "payment_days": 14})
    assert (drafted.status_code, drafted.json()["fee_cents"], drafted.json()["number"]) == (201, 65_000, 1)
    key = drafted.json()["id"]
    assert owner.post(f"/agreements/{key}/change", {"fee": "700"}).json()["fee_cents"] == 70_000
    worded = owner.post(f"/agreements/{key}/reword", {"text": "# Ours\n\nPay {fee}."}).json()
    assert "700.00" in worded["text"]
    assert owner.post(f"/agreements/{key}/offer").json()["state"] == "offered"
    portal = made["secret"].removeprefix("http://testserver")
    Client().post(f"{portal}accept", {"number": 1, "hash": worded["hash"], "name": "Ana Ruiz"})
    now = owner.get(at).json()
    assert (now["state"], now["fee_cents"], now["due"], now["due_from"]) == ("agreed", 70_000, "brief", "your team")
    assert set(now["steps"]) == {"brief", "pause", "cancel"}
    read = owner.get(f"/agreements/{key}").json()
    assert (read["state"], read["answered_name"]) == ("accepted", "Ana Ruiz")
    assert base64.b64decode(owner.get(f"/agreements/{key}/as/pdf").json()["content"])[:4] == b"%PDF"
    told = [moment["text"] for moment in owner.get(f"{at}/timeline").json()["items"]]
    assert "The creator accepted version 1 of the terms." in told


def test_a_signed_paper_and_a_no_are_recorded_and_a_version_taken_back(ours, owner):
    row = collaboration(ours.owner, state="negotiating")
    deeds = (("decline", {"reason": "Too little"}, "declined"), ("withdraw", {}, "withdrawn"),
             ("record", {"name": "Ana Ruiz", "how": "signed paper"}, "accepted"))  # fmt: skip
    for deed, body, state in deeds:
        key = owner.post(f"/collaborations/{row.pk}/agreements", {}).json()["id"]
        owner.post(f"/agreements/{key}/offer")
        assert owner.post(f"/agreements/{key}/{deed}", body).json()["state"] == state
    listed = owner.get(f"/collaborations/{row.pk}/agreements").json()
    assert [each["state"] for each in listed["items"]] == ["accepted", "withdrawn", "declined"]


def test_the_list_is_narrowed_and_comes_in_pages(ours, owner):
    seat, of = ours.owner, campaign(ours.owner)
    for n, state in enumerate(("agreed", "agreed", "invited")):
        collaboration(seat, of, creator(seat, f"c{n}", tier="macro" if n else "micro"), state)
    collaboration(seat, campaign(seat, "Other"), creator(seat, "z"), "agreed")
    counts = {query: owner.get(f"/collaborations?{query}").json()["total"] for query in
              ("", f"campaign={of.pk}", "state=agreed", f"campaign={of.pk}&tier=macro", "creator=999999")}  # fmt: skip
    assert list(counts.values()) == [4, 3, 3, 2, 0]
    first = owner.get("/collaborations?size=3").json()
    assert (len(first["items"]), first["total"]) == (3, 4)
    assert len(owner.get(first["next"].removeprefix("/api/v1")).json()["items"]) == 1


def test_the_late_ones_are_told_apart(ours, owner):
    seat, of = ours.owner, campaign(ours.owner)
    early = collaboration(seat, of, creator(seat, "a"), "agreed")
    late = collaboration(seat, of, creator(seat, "b"), "agreed")
    type(late).objects.filter(pk=late.pk).update(state_since="2020-01-01T00:00:00Z")
    type(late).objects.filter(pk=early.pk).update(state_since="2999-01-01T00:00:00Z")
    assert [each["id"] for each in owner.get("/collaborations?late=true").json()["items"]] == [late.pk]


def test_steps_notes_and_who_looks_after_it(ours, owner):
    row = collaboration(ours.owner, state="agreed")
    at = f"/collaborations/{row.pk}"
    refused = owner.post(f"{at}/step", {"step": "pause"})
    assert (refused.status_code, refused.json()["title"]) == (409, "A pause without a reason is forgotten.")
    assert owner.post(f"{at}/step", {"step": "pause", "reason": "Storm"}).json()["state"] == "paused"
    assert owner.post(f"{at}/step", {"step": "resume"}).json()["state"] == "agreed"
    member = ours.members["manager"].pk
    assert owner.post(f"{at}/assign", {"member": member}).json()["looked_after_by_id"] == member
    assert owner.post(f"{at}/notes", {"text": "Answers quickly"}).status_code == 201
    assert [n["text"] for n in owner.get(f"{at}/notes").json()["items"]] == ["Answers quickly", "Storm"]


def test_several_at_once_are_each_answered(ours, owner):
    seat, of = ours.owner, campaign(ours.owner)
    good, bad = (collaboration(seat, of, creator(seat, n), s) for n, s in (("a", "agreed"), ("b", "live")))
    said = owner.post("/collaborations/step", {"step": "brief", "keys": [good.pk, bad.pk]}).json()
    assert said["went"] == 1
    assert [(each["id"], each["went"], each["state"]) for each in said["outcomes"]] == [
        (good.pk, True, "briefed"),
        (bad.pk, False, ""),
    ]


def test_a_link_is_renewed_and_closed(ours, owner):
    row = collaboration(ours.owner)
    at = f"/collaborations/{row.pk}"
    first = owner.post(f"{at}/invite", {}).json()["secret"]
    second = owner.post(f"{at}/link").json()["secret"]
    paths = [link.removeprefix("http://testserver") for link in (first, second)]
    assert [Client().get(path).status_code for path in paths] == [404, 200]
    assert owner.post(f"{at}/link/close").status_code == 204
    assert Client().get(paths[1]).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_lesser_roles_and_scopes_read_and_change_nothing(ours, role):
    row = collaboration(ours.owner, state="agreed")
    lesser = program(ours, role)
    assert lesser.get(f"/collaborations/{row.pk}").json()["steps"] == []
    narrow = program(ours, "owner", ["see", "run"])
    assert lesser.post(f"/collaborations/{row.pk}/step", {"step": "brief"}).status_code == 403
    assert narrow.post(f"/collaborations/{row.pk}/agreements", {}).status_code == 403
    assert narrow.post("/collaborations/step", {"step": "invite", "keys": [row.pk]}).status_code == 403
    assert not rows(ours.owner, Agreement).exists()


def test_a_step_by_a_person_in_between_is_told_to_the_program(ours, owner):
    row = collaboration(ours.owner, state="agreed")
    step(ours.owner, row.pk, "brief")
    said = owner.post(f"/collaborations/{row.pk}/step", {"step": "brief"})
    assert (said.status_code, "does not follow «briefed»" in said.json()["title"]) == (409, True)
