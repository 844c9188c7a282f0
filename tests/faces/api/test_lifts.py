"""Studies of lift and survey answers by the API: the same deeds as on the pages."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.desk.studio import handlers
from asterism.store.ledger import jobs
from asterism.store.ledger.models import Survey
from tests.faces.api.conftest import program
from tests.lifted import START, panel
from tests.measured import measured

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(ours, home):
    return measured(ours.owner)


def upload(owner, path, sent):
    """The answer to a form with a file."""
    return owner.client.post(f"/api/v1{path}", sent, headers={"Authorization": f"Bearer {owner.secret}"})


def test_a_study_is_made_told_estimated_and_removed(owner, of):
    assert "lift" in handlers.registered()
    at = f"/campaigns/{of.pk}/lift"
    sent = {"file": SimpleUploadedFile("panel.csv", panel()), "treated": "a", "start": START, "tier": "micro",
            "effect_percent": "20", "campaign": of.pk}  # fmt: skip
    made = upload(owner, "/lift-studies", sent).json()
    study = made["study"]["id"]
    assert owner.post(f"/lift-studies/{study}/estimate").status_code == 409
    jobs.run.call(made["job"]["id"])
    assert owner.get(f"/lift-studies/{study}").json()["result"]["power"]["enough"] is True
    jobs.run.call(owner.post(f"/lift-studies/{study}/estimate").json()["id"])
    (found,) = owner.get(at).json()["items"]
    assert found["result"]["verdict"] == "clear"
    table = base64.b64decode(owner.get(f"{at}/as/meridian_experiments").json()["content"])
    assert table.startswith(b'"channel_name"')
    assert owner.delete(f"/lift-studies/{study}").status_code == 204
    assert owner.get(at).json()["total"] == 0


def test_rows_that_cannot_be_read_are_answered(owner, of):
    sent = {"file": SimpleUploadedFile("panel.csv", panel() + b"\na,2026-09-01,x"), "start": START, "campaign": of.pk}
    made = upload(owner, "/lift-studies", sent).json()
    assert made["study"] is None
    assert made["rejects"][0]["value"] == "x"


def test_answers_are_sent_once_and_read(owner, of):
    at = f"/campaigns/{of.pk}/survey"
    sent = {"answers": [{"key": f"a{n}", "creator": "ana" if n % 2 else "", "channel": "search"} for n in range(1_000)]}
    assert owner.post(f"{at}/answers", sent).json() == {"taken": 1_000, "repeated": 0, "rejected": 0, "rejects": []}
    assert owner.post(f"{at}/answers", sent).json()["repeated"] == 1_000
    assert Survey.objects.count() == 1_000
    sent["answers"].append({"key": "one more", "channel": "search"})
    assert owner.post(f"{at}/answers", sent).status_code == 422
    read = owner.get(at).json()
    assert read["answers"] == 1_000
    assert read["taken_as"].startswith("Survey answers are taken as true")
    assert [one["tier"] for one in read["multipliers"]] == ["macro", "micro", "all"]
    first = owner.get(f"{at}/answers?size=1").json()["items"][0]
    assert owner.delete(f"/survey-answers/{first['id']}").status_code == 204


def test_one_answer_and_a_file(owner, of):
    at = f"/campaigns/{of.pk}/survey"
    assert owner.post(f"{at}/answer", {"channel": "search"}).json()["taken"] == 1
    refused = owner.post(f"{at}/answer", {"creator": "nobody"})
    assert (refused.status_code, refused.json()["title"]) == (422, "No creator of this campaign is called so.")
    file = SimpleUploadedFile("answers.csv", b"key,code\nx,ANA\ny,NOPE\n")
    told = upload(owner, "/survey-answers/files", {"file": file, "campaign": of.pk}).json()
    assert (told["taken"], told["rejects"][0]["value"]) == (1, "NOPE")


def test_scopes_are_asked_for(ours, of):
    reader = program(ours, scopes=["see"])
    assert reader.get(f"/campaigns/{of.pk}/survey").status_code == 200
    assert reader.post(f"/campaigns/{of.pk}/survey/answer", {"channel": "x"}).status_code == 403
    assert reader.post("/lift-studies/1/estimate").status_code == 403
