"""The pages that bring creators: files are looked at, imported, listed where they wait, and hostile text is text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.store.ledger.models import Job, Upload
from asterism.store.ledger.scope import add
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]
HOSTILE = b"handle,platform,followers,niche\n<script>alert(1)</script>,instagram,{{ 7*7 }},beauty\n@bo,tiktok,9000,\n"


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place()


def sent(client, slug, content=HOSTILE, name="a&b.csv"):
    """The page after a file was sent."""
    file = SimpleUploadedFile(name, content)
    return client.post(f"/w/{slug}/creators/import/upload", {"files": [file]}, follow=True)


def test_a_file_is_shown_as_it_is_understood_then_imported(ours):
    client = ours.client("analyst")
    looked = sent(client, ours.slug)
    page = looked.content.decode()
    assert "2 rows can be used" in page
    assert "a&amp;b.csv" in page
    assert "{{ 7*7 }}" in page
    assert "49" not in page
    uploads = Upload.objects.values_list("pk", flat=True)
    done = client.post(f"/w/{ours.slug}/creators/import/start", {"uploads": list(uploads)}, follow=True)
    page = done.content.decode()
    assert "2 rows are imported" in page
    assert "<script>alert" not in page
    assert f"/w/{ours.slug}/campaigns/new" in page
    rejects = client.get(f"/w/{ours.slug}/creators/import/{Job.objects.first().pk}/rejects.csv")
    assert rejects.headers["Content-Disposition"].startswith("attachment;")
    assert b"followers" in rejects.content


def test_a_file_that_is_none_is_refused_with_what_to_bring(ours):
    answer = sent(ours.client(), ours.slug, b"%PDF-1.7 nothing", "plan.csv")
    assert answer.status_code == 422
    assert "it is a PDF" in answer.content.decode()
    assert not Upload.objects.exists()


def test_an_import_that_stopped_says_why_and_leads_back(ours):
    client = ours.client()
    sent(client, ours.slug, b"handle,platform,followers\n,,\n")
    answer = client.post(f"/w/{ours.slug}/creators/import/start", {"uploads": [Upload.objects.get().pk]}, follow=True)
    page = answer.content.decode()
    assert "stopped" in page
    assert f"/w/{ours.slug}/creators/import" in page
    waiting = client.get(f"/w/{ours.slug}/creators/import").content.decode()
    assert "Files that wait" in waiting
    assert "a&amp;b.csv" in waiting


@pytest.mark.parametrize("kind", ["look", "import", "sample", "plan", "other"])
@pytest.mark.parametrize("state", ["waiting", "running", "failed"])
def test_every_job_has_a_page_in_every_state(ours, kind, state):
    error = {"what": "It broke.", "fix": "Mend it."} if state == "failed" else {}
    job = add(ours.owner, Job, kind=kind, state=state, what="Reading", share=0.4, error=error)
    page = ours.client("viewer").get(f"/w/{ours.slug}/jobs/{job.pk}").content.decode()
    assert ("It broke." in page) == (state == "failed")
    assert ("every 1s" in page) == (state != "failed")
    assert ("40%" in page) == (state != "failed")


def test_the_state_of_a_job_is_asked_for_until_it_ends_then_the_page_moves_on(ours):
    client = ours.client("viewer")
    job = add(ours.owner, Job, kind="import", state="running", share=0.25, what="Writing creators.csv")
    first = client.get(f"/w/{ours.slug}/jobs/{job.pk}/state")
    assert "Writing creators.csv, 25%" in first.content.decode()
    assert "HX-Redirect" not in first.headers
    Job.objects.update(state="done", result={"tables": [], "accepted": 0, "rejected": 0, "rejects": []})
    last = client.get(f"/w/{ours.slug}/jobs/{job.pk}/state")
    assert last.headers["HX-Redirect"] == f"/w/{ours.slug}/jobs/{job.pk}"
    assert "every 1s" not in last.content.decode()


def test_pages_ask_few_questions_with_many_rows(ours, django_assert_max_num_queries):
    for n in range(60):
        add(ours.owner, Upload, name=f"{n}.csv", path="x", size=1, kind="csv", sha256="0")
        add(ours.owner, Job, kind="look", state="done")
    client = ours.client()
    with django_assert_max_num_queries(8):
        assert client.get(f"/w/{ours.slug}/creators/import").status_code == 200
    for most in (16, 12):  # what the rules imply is worked out once, and remembered
        with django_assert_max_num_queries(most):
            assert client.get(f"/w/{ours.slug}/").status_code == 200


def test_a_viewer_is_not_offered_what_they_may_not_do(ours):
    page = ours.client("viewer").get(f"/w/{ours.slug}/").content.decode()
    assert "Use sample creators" not in page
    assert "Bring creators" in page
