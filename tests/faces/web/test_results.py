"""Pages of results: who sees and closes them, what a client reads over a link, and that they stay quick and safe."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from asterism.desk.studio.handlers import registered
from asterism.desk.studio.result_links import NewResultLink, revoke_result_link, share_results
from asterism.store.ledger import jobs
from asterism.store.ledger import models as m
from asterism.store.ledger import results as ledger
from asterism.store.ledger.scope import save
from tests.measured import measured, told, worked
from tests.studio import NOW, campaign, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'"


@pytest.fixture
def studio():
    return place()


@pytest.fixture
def of(studio):
    return measured(studio.owner)


def at(studio, of, more=""):
    return f"/w/{studio.slug}/campaigns/{of.pk}/results{more}"


def test_a_viewer_reads_the_answer_first(studio, of):
    page = studio.client("viewer").get(at(studio, of)).content.decode()
    assert page.index("Micro returned") < page.index("Return by tier") < page.index("Collaborations")
    assert "Close the books</button>" not in page
    assert "Make a link</button>" not in page


def test_an_empty_page_teaches_what_belongs_there(studio):
    page = studio.client("viewer").get(at(studio, campaign(studio.owner))).content.decode()
    assert "has no results yet" in page
    assert "Make links and codes" in page


@pytest.mark.parametrize(
    ("role", "deed", "status"),
    [
        ("viewer", "share", 403), ("analyst", "share", 200), ("viewer", "close", 403), ("analyst", "close", 403),
        ("manager", "close", 303),
    ],
    ids=str,
)  # fmt: skip
def test_each_deed_has_its_least_role(studio, of, role, deed, status):
    assert studio.client(role).post(at(studio, of, f"/{deed}"), {"days": "7"}).status_code == status


def test_closing_is_shown_with_its_number(studio, of):
    client = studio.client("manager")
    assert client.post(at(studio, of, "/close")).headers["Location"].endswith("/results#books")
    assert "closing 1. Nothing has changed since." in client.get(at(studio, of)).content.decode()


def test_earned_media_value_is_told_only_where_it_is_asked_for(studio, of):
    told(studio.owner, of.collaborations.first(), impressions=1_000)
    client = studio.client("viewer")
    assert 'id="media_value"' not in client.get(at(studio, of)).content.decode()
    assert "version 1" in client.get(at(studio, of, "?emv=1")).content.decode()


@pytest.mark.parametrize("kind", ["html", "tiers"])
def test_files_are_saved_and_never_shown_in_place(studio, of, kind):
    answer = studio.client("viewer").get(at(studio, of, f"/as/{kind}"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Spring launch results.')


def test_an_unknown_kind_of_file_is_refused(studio, of):
    assert studio.client("viewer").get(at(studio, of, "/as/docx")).status_code == 422


def test_hostile_names_are_text(studio, of):
    save(studio.owner, of, name=HOSTILE)
    save(studio.owner, of.collaborations.first().creator, handle=HOSTILE[:60])
    page = studio.client("viewer").get(at(studio, of)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_the_page_asks_few_questions_however_many_orders_there_are(studio, of, django_assert_max_num_queries):
    for n in range(8):
        worked(studio.owner, of, f"extra{n}", orders=2)
    client = studio.client("viewer")
    with django_assert_max_num_queries(30):
        client.get(at(studio, of))
    with django_assert_max_num_queries(12):
        client.get(at(studio, of))


@pytest.fixture
def much(monkeypatch):
    """Every workspace holds too much for a page to work results out."""
    monkeypatch.setattr(ledger, "ORDERS", 0)


def worker():
    assert "reckon" in registered()
    for job in m.Job.objects.filter(kind="reckon", state="waiting"):
        jobs.run.call(job.pk)


def test_of_much_the_worker_is_watched_and_what_it_left_is_shown(studio, of, much, django_assert_max_num_queries):
    client = studio.client("viewer")
    page = client.get(at(studio, of)).content.decode()
    assert "What Spring launch came to is being worked out" in page
    job = m.Job.objects.get(kind="reckon")
    assert f"/w/{studio.slug}/jobs/{job.pk}/state" in page
    worker()
    moved = client.get(f"/w/{studio.slug}/jobs/{job.pk}/state").headers["HX-Redirect"]
    assert moved == at(studio, of)
    for n in range(8):
        worked(studio.owner, of, f"extra{n}", orders=2)
    client.get(at(studio, of))  # asks the worker for the next
    with django_assert_max_num_queries(14):
        page = client.get(at(studio, of)).content.decode()
    assert "Micro returned" in page
    assert "16 newer orders are not in it yet. Newer figures are being worked out" in page
    assert m.Job.objects.filter(kind="reckon", state="waiting").count() == 1


def test_work_that_failed_is_said_on_the_page(studio, of, much):
    client = studio.client("viewer")
    client.get(at(studio, of))
    said = {"what": "The disk is <full>.", "fix": "Make room."}
    m.Job.objects.update(state="failed", error=said, ended_at=timezone.now())
    page = client.get(at(studio, of)).content.decode()
    assert "The disk is &lt;full&gt;." in page
    assert "is being worked out" in page


def test_the_market_of_much_is_watched_too(studio, of, much, django_assert_max_num_queries):
    client, where = studio.client("viewer"), f"/w/{studio.slug}/market/"
    assert "Your own market is being worked out" in client.get(where).content.decode()
    job = m.Job.objects.get(kind="reckon")
    worker()
    assert client.get(f"/w/{studio.slug}/jobs/{job.pk}/state").headers["HX-Redirect"] == where
    with django_assert_max_num_queries(14):
        page = client.get(where).content.decode()
    assert "returned most over 1 campaign" in page
    assert "As of " in page


def test_a_client_is_asked_to_look_again_until_the_worker_is_done(much, link):
    answer = Client().get(f"/report/{link[1]}")
    assert answer.status_code == 200
    assert "The results are being worked out" in answer.content.decode()
    worker()
    page = Client().get(f"/report/{link[1]}").content.decode()
    assert "Micro returned" in page
    assert "As of " in page


def test_the_market_asks_few_questions_however_many_campaigns_there_are(studio, of, django_assert_max_num_queries):
    for n in range(5):
        worked(studio.owner, campaign(studio.owner, f"c{n}"), f"extra{n}", orders=2)
    client, where = studio.client("viewer"), f"/w/{studio.slug}/market/"
    with django_assert_max_num_queries(24):
        page = client.get(where).content.decode()
    assert "Does it get better from campaign to campaign?" in page
    with django_assert_max_num_queries(8):
        client.get(where)


def test_the_market_without_campaigns_teaches(studio):
    page = studio.client("viewer").get(f"/w/{studio.slug}/market/").content.decode()
    assert "begins with the first campaign" in page


def test_a_niche_without_anything_says_so_and_leads_back(studio, of):
    page = studio.client("viewer").get(f"/w/{studio.slug}/market/?niche=<b>").content.decode()
    assert "No campaign has spent anything on &lt;b&gt; yet" in page


def test_the_market_leads_from_every_page(studio, of):
    assert f"/w/{studio.slug}/market/" in studio.client("viewer").get(at(studio, of)).content.decode()


@pytest.fixture
def link(studio, of):
    return share_results(studio.seat("analyst", now=timezone.now()), of.pk, NewResultLink(label="Eve", days=7))


def test_a_link_is_shown_once_and_opens_without_a_login(studio, of):
    page = studio.client("analyst").post(at(studio, of, "/share"), {"label": "Eve", "days": "7"}).content.decode()
    secret = page.split("testserver/report/")[1].split("<")[0]
    answer = Client().get(f"/report/{secret}")
    assert answer.status_code == 200
    assert "Micro returned" in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert secret not in studio.client("analyst").get(at(studio, of)).content.decode()
    assert m.ResultLink.objects.get().opened == 1


def test_a_client_sees_no_files_no_links_and_no_other_pages(studio, of, link):
    page = Client().get(f"/report/{link[1]}").content.decode()
    assert f"/w/{studio.slug}" not in page
    assert "Close the books" not in page
    assert 'id="links"' not in page


def test_a_link_that_was_closed_or_expired_says_so_and_nothing_else(studio, link):
    made, secret = link
    revoke_result_link(studio.seat("analyst"), made.pk)
    answer = Client().get(f"/report/{secret}")
    assert answer.status_code == 410
    assert "This link is closed" in answer.content.decode()
    assert "Micro" not in answer.content.decode()
    m.ResultLink.objects.update(revoked_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(f"/report/{secret}").status_code == 410
    assert m.ResultLink.objects.get().opened == 0


@pytest.mark.parametrize("secret", ["x" * 32, "result", "a"])
def test_an_unknown_secret_finds_nothing(link, secret):
    assert Client().get(f"/report/{secret}").status_code == 404


def test_nothing_can_be_sent_over_a_link(link):
    assert Client().post(f"/report/{link[1]}").status_code in (403, 405)


def test_closing_a_link_twice_changes_nothing_more(studio, link):
    for _ in range(2):
        revoke_result_link(studio.seat("analyst", now=NOW), link[0].pk)
    assert m.Event.objects.filter(action="results.link_revoked").count() == 1
