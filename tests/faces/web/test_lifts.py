"""Studies of lift and the survey on their pages: forms, refusals, hostile text, and few questions to the ledger."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.desk.studio import handlers
from asterism.desk.studio.remembered import forget
from asterism.store.ledger import jobs
from asterism.store.ledger.models import Job, LiftStudy, Survey
from asterism.store.ledger.scope import add
from tests.lifted import START, panel
from tests.measured import measured
from tests.studio import campaign, collaboration, creator, place

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>{{ 7*7 }}\""
ESCAPED = "&lt;script&gt;alert("


@pytest.fixture
def here(home):
    return place()


@pytest.fixture
def of(here):
    return measured(here.owner)


@pytest.fixture
def client(here):
    return here.client("analyst")


def at(of, part=""):
    return f"/w/aurora/campaigns/{of.pk}/{part}"


def csv(content, name="panel.csv"):
    return SimpleUploadedFile(name, content)


def work():
    """Do what waits; the page that it leads to."""
    assert "lift" in handlers.registered()
    job = Job.objects.latest("pk")
    jobs.run.call(job.pk)
    return job


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_study_goes_from_its_file_to_its_answer(client, of):
    asked = {"treated": "a", "start": START, "tier": "micro", "effect_percent": "20", "name": HOSTILE[:100]}
    sent = client.post(at(of, "lift/make"), {**asked, "file": csv(panel())})
    assert sent.status_code == 303
    job, study = work(), LiftStudy.objects.get()
    shown = f"/w/aurora/lift-studies/{study.pk}"
    assert sent.url == f"/w/aurora/jobs/{job.pk}"
    assert client.get(f"/w/aurora/jobs/{job.pk}/state").headers["HX-Redirect"] == shown
    assert "Estimate the lift" in text(client.get(shown))
    assert client.post(f"{shown}/estimate").status_code == 303
    work()
    page = text(client.get(shown))
    assert "<h1>Clear: it came to +" in page
    assert "placebos in time" in page
    assert ESCAPED in page
    assert "<script>alert" not in page
    assert ESCAPED in text(client.get(at(of, "lift")))
    assert client.post(f"{shown}/remove").url == at(of, "lift")


def test_rows_that_cannot_be_read_are_shown_as_text(client, of):
    spoiled = panel() + f"\n{HOSTILE.replace(',', '')},2026-09-01,<b>x</b>".encode()
    page = text(client.post(at(of, "lift/make"), {"start": START, "file": csv(spoiled)}))
    assert "No study was made" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert not LiftStudy.objects.exists()


def test_a_panel_without_a_column_is_refused_in_one_line(client, of):
    answer = client.post(at(of, "lift/make"), {"start": START, "file": csv(b"place,date\na,2026-01-01\n")})
    assert answer.status_code == 422
    assert "has no column for: y" in answer.content.decode()


def test_tables_for_other_models_are_downloads(client, of):
    answer = client.get(at(of, "lift/as/pymc_channels"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(at(of, "lift/as/nothing")).status_code == 404
    assert client.get(at(of, "lift/as/pymc_lift_tests")).status_code == 409


def test_answers_are_typed_brought_and_taken_back(client, of):
    assert client.post(at(of, "survey/add"), {"channel": HOSTILE}).url == at(of, "survey") + "#newest"
    assert client.post(at(of, "survey/add"), {"creator": "ana", "order": "17"}).status_code == 303
    page = text(client.get(at(of, "survey")))
    assert ESCAPED in page
    assert "<script>alert" not in page
    assert "order 17" in page
    table = f"key,channel,creator\nk1,{HOSTILE.replace(',', '')},\nk2,,<i>x</i>\n".encode()
    told = text(client.post(at(of, "survey/upload"), {"file": csv(table, "answers.csv")}))
    assert "1 answer was written down." in told
    assert "&lt;i&gt;x&lt;/i&gt;" in told
    key = Survey.objects.first().pk
    assert client.post(f"/w/aurora/survey-answers/{key}/remove").status_code == 303
    assert Survey.objects.count() == 2


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_a_viewer_looks_and_an_analyst_does(here, of, role):
    client, may = here.client(role), role == "analyst"
    for part, button in (("lift", "Tell the power"), ("survey", "Bring answers")):
        assert (button in text(client.get(at(of, part)))) is may
    assert client.post(at(of, "lift/make"), {"file": csv(panel())}).status_code == (422 if may else 403)
    assert client.post(at(of, "survey/add"), {"channel": "search"}).status_code == (303 if may else 403)


def test_pages_ask_few_questions_however_much_there_is(here, of, client, django_assert_max_num_queries):
    for n in range(60):
        who = creator(here.owner, f"many{n}")
        work = collaboration(here.owner, of, who)
        add(here.owner, Survey, campaign=of, collaboration=work, channel="creator", tier="micro", at=here.owner.now,
            key=f"k{n}")  # fmt: skip
        add(here.owner, LiftStudy, campaign=of, name=f"s{n}", start=of.start)
    for address in (at(of, "survey"), at(of, "lift"), f"/w/aurora/lift-studies/{LiftStudy.objects.first().pk}"):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
    forget()
    with django_assert_max_num_queries(20):  # the first look works out who is credited with what
        client.get(at(of, "survey"))


def test_both_pages_are_found_from_results_and_board(client, of):
    for part in ("results", ""):
        page = text(client.get(at(of, part)))
        assert at(of, "survey") in page
        assert at(of, "lift") in page


def test_a_campaign_without_anything_teaches(client, here):
    empty = campaign(here.owner, "Autumn")
    assert "Run the campaign in some places and not in others" in text(client.get(at(empty, "lift")))
    assert "Ask buyers how they heard of you" in text(client.get(at(empty, "survey")))
