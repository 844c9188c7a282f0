"""Learning by the API: versions are made, read and adopted; advice, waves, scorecard and experiments are read."""

import pytest

from asterism.store.ledger.models import Belief
from tests.faces.api.conftest import program
from tests.learnt import taught, version
from tests.planned import planning
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def here():
    return place()


def test_a_version_is_learnt_read_and_adopted(here, at_once):
    taught(here.owner)
    who = program(here, "analyst")
    asked = who.post("/learning/beliefs")
    assert (asked.status_code, asked.json()["kind"]) == (201, "learn")
    (listed,) = who.get("/learning/beliefs").json()["items"]
    assert (listed["number"], listed["in_use"]) == (1, False)
    whole = who.get(f"/learning/beliefs/{listed['id']}").json()
    assert whole["entries"] == Belief.objects.get().entries
    assert whole["evidence"]["creators"] == 24
    assert who.post(f"/learning/beliefs/{listed['id']}/adopt").json()["in_use"] is True
    assert who.post("/learning/shipped").status_code == 204
    assert not Belief.objects.get().in_use


def test_advice_waves_and_scorecard_are_read(here, at_once):
    taught(here.owner)
    who = program(here, "analyst")
    assert who.get("/learning/rebooking").status_code == 409
    page = who.get("/learning/rebooking?size=5").json()
    assert (len(page["items"]), page["total"]) == (5, 24)
    assert page["items"][0]["verdict"] == "keep"
    job = who.post("/learning/waves", {"budget": 900}).json()
    wave = who.get(f"/learning/waves/{job['id']}").json()
    assert 0 < wave["spent"] <= 900
    assert wave["allocations"][0]["reason"]
    assert who.get("/learning/scorecard").json()["scores"] == []


def test_a_viewer_reads_and_does_not_adopt(here):
    made = version(here.owner)
    who = program(here, "viewer")
    assert who.get("/learning/beliefs").json()["total"] == 1
    assert who.post(f"/learning/beliefs/{made.pk}/adopt").status_code == 403


def test_without_a_plan_there_is_nothing_to_rank(here):
    answer = program(here).get(f"/campaigns/{planning(here.owner).pk}/experiments")
    assert answer.status_code == 404
    assert "no plan yet" in answer.json()["title"]
