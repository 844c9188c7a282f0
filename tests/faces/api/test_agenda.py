"""Tasks and the calendar through the API."""

import pytest
from django.utils import timezone

from asterism.store.ledger.models import Deliverable
from tests.studio import collaboration

pytestmark = pytest.mark.django_db


def test_tasks_are_listed_written_down_and_ticked_off(ours, owner):
    row = collaboration(ours.seat(now=timezone.now()), state="draft")
    found = owner.get("/tasks").json()["items"]
    assert [one["text"] for one in found] == ["Answer @ana's draft", "Send @ana the notice under Art. 14"][: len(found)]
    assert owner.post("/tasks/done", {"task": found[0]["id"]}).status_code == 200
    assert owner.post("/tasks/done", {"task": found[0]["id"]}).status_code == 409
    made = owner.post("/tasks", {"title": "Call Ana", "collaboration": row.pk}).json()
    assert owner.post(f"/tasks/{made['id']}/done").status_code == 200
    assert "Call Ana" not in owner.get("/tasks").content.decode()


def test_the_calendar_of_a_span(ours, owner):
    seat = ours.seat(now=timezone.now())
    row = collaboration(seat, state="scheduled")
    Deliverable.objects.filter(collaboration=row).update(live_on="2031-05-03", state="scheduled")
    found = owner.get("/calendar?start=2031-05-01&end=2031-05-31").json()
    assert [(one["day"], one["kind"], one["about"]) for one in found["items"]] == [("2031-05-03", "post", str(row.pk))]
    assert owner.get("/calendar?start=2031-05-01&end=2031-04-01").status_code == 422
    assert owner.get("/calendar?start=2031-05-01&end=2035-05-01").status_code == 422
