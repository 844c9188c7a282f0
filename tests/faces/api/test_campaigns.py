"""From files to a signed plan over the API."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.store.ledger.models import Campaign, Job, Upload
from asterism.store.ledger.scope import add
from tests.faces.api.conftest import program
from tests.planned import DOCUMENT, drafted, planned, planning
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]
GOOD = b"handle,platform,followers,niche\n@ana,instagram,12000,beauty\n@bo,tiktok,abc,fashion\n"


def sent(owner, *contents):
    """The answer to files that are brought."""
    files = [SimpleUploadedFile("creators.csv", content) for content in contents]
    return owner.client.post(
        "/api/v1/imports/files", {"files": files}, headers={"Authorization": f"Bearer {owner.secret}"}
    )


def test_files_are_brought_looked_at_imported_and_their_rejects_listed(owner, ours):
    answer = sent(owner, GOOD)
    assert answer.status_code == 201, answer.content
    looked = owner.get(f"/jobs/{answer.json()['id']}").json()
    assert looked["state"] == "done"
    assert looked["result"]["files"][0]["accepted"] == 2
    assert owner.get("/imports/files").json()["total"] == 1
    started = owner.post("/imports", {"uploads": looked["result"]["uploads"]})
    assert started.status_code == 201
    done = owner.get(f"/jobs/{started.json()['id']}").json()
    assert (done["state"], done["result"]["accepted"]) == ("done", 2)
    assert "sources" not in done["result"]
    rejects = owner.get(f"/imports/{done['id']}/rejects").json()
    assert (rejects["total"], rejects["items"][0]["column"]) == (1, "followers")


def test_what_is_no_table_is_refused(owner):
    answer = sent(owner, b"MZ" + bytes(50))
    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert not Upload.objects.exists()


def test_a_file_is_removed(owner):
    sent(owner, GOOD)
    key = Upload.objects.get().pk
    assert owner.delete(f"/imports/files/{key}").status_code == 204
    assert owner.delete(f"/imports/files/{key}").status_code == 404


def test_a_campaign_is_made_read_changed_and_listed(owner):
    made = owner.post("/campaigns", {"brief": DOCUMENT, "new_brand": "Lumen"})
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    brief = owner.get(f"/campaigns/{key}/brief")
    assert brief.json()["brief"] == DOCUMENT
    assert 'goal = "conversions"' in brief.json()["toml"]
    changed = {"brief": {**DOCUMENT, "budget": "9000 USD"}}
    unseen = owner.ask("PUT", f"/campaigns/{key}/brief", changed)
    assert unseen.status_code == 428
    put = owner.ask("PUT", f"/campaigns/{key}/brief", changed, If_Match=brief.headers["ETag"])
    assert put.status_code == 200, put.content
    listed = owner.get("/campaigns?q=lumen&state=planning").json()
    assert (listed["total"], listed["items"][0]["budget_cents"]) == (1, 900_000)
    assert owner.get("/campaigns?state=done").json()["total"] == 0


@pytest.mark.parametrize(
    "brief", [{}, {"goal": "fame", "budget": "1 USD"}, {"goal": "awareness", "budget": "1 USD", "self": 1}], ids=str
)
def test_an_unsound_brief_is_a_problem(owner, brief):
    answer = owner.post("/campaigns", {"brief": brief})
    assert answer.status_code == 422
    assert answer.json()["title"]


def test_drafts_are_listed_read_compared_taken_away_and_signed(owner, ours):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    drafted(ours.owner, campaign, 2)
    at = f"/campaigns/{campaign.pk}/drafts"
    assert [one["number"] for one in owner.get(at).json()["items"]] == [2, 1]
    assert owner.get(f"{at}/1").json()["plan"]["picks"]
    assert owner.get(f"{at}/1/against/2").json()["only_first"] == []
    file = owner.get(f"{at}/1/as/ics").json()
    assert base64.b64decode(file["content"]).startswith(b"BEGIN:VCALENDAR")
    assert owner.get(f"{at}/1/as/exe").status_code == 422
    signed = owner.post(f"{at}/1/sign")
    assert signed.status_code == 200, signed.content
    assert signed.json()["added"] == len({pick.creator_id for pick in planned()[0].picks})
    assert owner.post(f"{at}/2/sign").status_code == 409
    assert owner.post(f"{at}/2/amend").status_code == 409
    started = owner.post(f"/campaigns/{campaign.pk}/steps", {"step": "start"})
    assert started.json()["state"] == "running"


def test_a_draft_needs_creators(owner, ours):
    campaign = planning(ours.owner)
    answer = owner.post(f"/campaigns/{campaign.pk}/drafts", {})
    assert answer.status_code == 404
    assert "no creators" in answer.json()["title"]


def test_another_workspaces_rows_are_not_found(owner):
    theirs = place("Borealis").owner
    campaign = planning(theirs)
    drafted(theirs, campaign)
    job = add(theirs, Job, kind="import", state="done")
    for path in ("", "/brief", "/drafts", "/drafts/1", "/drafts/1/against/1", "/drafts/1/as/json"):
        assert owner.get(f"/campaigns/{campaign.pk}{path}").status_code == 404, path
    for path in ("/drafts", "/drafts/1/sign", "/drafts/1/amend"):
        assert owner.post(f"/campaigns/{campaign.pk}{path}", {}).status_code == 404, path
    assert owner.get(f"/jobs/{job.pk}").status_code == 404
    assert owner.get(f"/imports/{job.pk}/rejects").status_code == 404
    assert owner.get("/campaigns").json()["total"] == owner.get("/jobs").json()["total"] == 0


def test_a_scope_is_needed_for_each(ours):
    campaign = planning(ours.owner)
    drafted(ours.owner, campaign)
    sees = program(ours, scopes=["see"])
    assert sees.get(f"/campaigns/{campaign.pk}").status_code == 200
    assert sees.post("/campaigns", {"brief": DOCUMENT}).status_code == 403
    assert sees.post(f"/campaigns/{campaign.pk}/drafts/1/sign").status_code == 403
    assert sees.post("/imports/sample").status_code == 403
    assert Campaign.objects.get().state == "planning"
