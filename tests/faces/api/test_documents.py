"""Documents through the API: made, reworded, checked, read for a creator, printed, sent."""

import base64

import pytest

from asterism.store.ledger.models import Collaboration, Message
from tests.faces.api.conftest import program
from tests.studio import campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
FILLED = {"message": "Bread takes time.", "call_to_action": "Order by Friday."}


@pytest.fixture
def row(ours):
    return collaboration(ours.owner, state="agreed")


def made(owner, row, **wish):
    return owner.post("/documents", {"kind": "brief", "collaboration": row.pk, "filled": FILLED, **wish})


def test_a_document_from_its_template_to_the_creator(owner, row):
    answer = made(owner, row)
    assert answer.status_code == 201
    first = answer.json()
    path = f"/documents/{first['id']}"
    assert owner.get(path).json() == first
    assert "{portal_link}" in first["body"]
    worded = owner.post(f"{path}/reword", {"title": "Yours", "text": "Dear {creator_name}: {portal_link}"}).json()
    assert (worded["number"], worded["body"]) == (2, "Dear Ana: {portal_link}")
    listed = owner.get(f"/documents?collaboration={row.pk}&kind=brief").json()
    assert [one["number"] for one in listed["items"]] == [2, 1]
    assert "body" not in listed["items"][0]
    sent = owner.post(f"/documents/{worded['id']}/send").json()
    assert (sent["step"], sent["state"]) == ("brief", "briefed")
    assert Message.objects.get(pk=sent["message"]).body.startswith("Dear Ana: http")


def test_a_text_is_checked_and_nothing_is_kept(owner, row):
    path = f"/documents/{made(owner, row).json()['id']}"
    found = owner.post(f"{path}/check", {"title": "x", "text": "Hello\n{creator_nam}"}).json()
    assert found["faults"][0]["line"] == 2
    assert "Did you mean `creator_name`" in found["faults"][0]["fix"]
    assert owner.post(f"{path}/reword", {"title": "x", "text": "{creator_nam}"}).status_code == 422
    assert owner.get("/documents").json()["total"] == 1


def test_a_campaigns_document_reads_for_each_creator_and_goes_to_all_who_agreed(owner, ours):
    of = campaign(ours.owner)
    rows = [collaboration(ours.owner, of, creator(ours.owner, name), "agreed") for name in ("ana", "ben")]
    one = owner.post("/documents", {"kind": "brief", "campaign": of.pk, "filled": FILLED}).json()
    for row, name in zip(rows, ("Ana", "Ben"), strict=True):
        read = owner.get(f"/documents/{one['id']}/reading?collaboration={row.pk}").json()
        assert f"Brief for {name}" in read["text"]
    came = owner.post(f"/documents/{one['id']}/send-all").json()
    assert [each["went"] for each in came] == [True, True]
    assert set(Collaboration.objects.values_list("state", flat=True)) == {"briefed"}


def test_a_document_is_printed(owner, row):
    printed = owner.get(f"/documents/{made(owner, row).json()['id']}/as/pdf").json()
    assert base64.b64decode(printed["content"]).startswith(b"%PDF")
    assert printed["name"].endswith(".pdf")


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "agreement"},
        {"language": "xx"},
        {"filled": {"fee": "1"}},
        {"collaboration": None},
        {"filled": {"x": "y" * 5000}},
    ],
)
def test_what_cannot_be_made_is_refused(owner, row, wish):
    assert made(owner, row, **wish).status_code == 422


def test_fields_are_listed(owner):
    fields = {one["name"]: one for one in owner.get("/documents/fields").json()}
    assert fields["results"] == {"name": "results", "holds": "what the posts achieved", "typed": True, "many": True}


def test_another_workspaces_documents_are_not_found(owner, row):
    path = f"/documents/{made(owner, row).json()['id']}"
    other = program(place("Borealis"))
    for answer in (other.get(path), other.get(f"{path}/as/pdf"), other.post(f"{path}/send"), made(other, row)):
        assert answer.status_code == 404
