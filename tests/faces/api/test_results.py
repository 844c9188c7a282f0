"""Results and the market by the API: figures, files, closing, links."""

import base64

import pytest

from tests.faces.api.conftest import program
from tests.measured import measured
from tests.studio import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def studio():
    return place()


@pytest.fixture
def of(studio):
    return measured(studio.owner)


def test_results_hold_the_answer_and_every_line(studio, of):
    found = program(studio, "viewer").get(f"/campaigns/{of.pk}/results").json()
    assert found["answer"].startswith("Micro returned $3.00")
    assert found["returned"]["total"]["costs"]["total"] == 105_000
    assert {line["handle"] for line in found["returned"]["lines"]} == {"@ana", "@max", ""}
    assert found["earned_media"] is None
    assert (found["worked_out_at"], found["newer_orders"]) == (None, 0)


def test_a_file_comes_in_base64(studio, of):
    made = program(studio, "viewer").get(f"/campaigns/{of.pk}/results/as/tiers").json()
    assert made["name"] == "Spring launch results.tiers.csv"
    assert b"micro" in base64.b64decode(made["content"])


def test_books_are_closed_and_listed(studio, of):
    who = program(studio, "manager")
    made = who.post(f"/campaigns/{of.pk}/results/close")
    assert made.status_code == 201
    assert made.json()["rule"] == "last_click 1"
    assert who.get(f"/campaigns/{of.pk}/results/closings").json()["total"] == 1


def test_a_link_is_made_and_closed(studio, of):
    who = program(studio, "analyst")
    made = who.post(f"/campaigns/{of.pk}/results/links", {"label": "Eve"}).json()
    assert "/report/" in made["secret"]
    assert "secret" not in who.get(f"/campaigns/{of.pk}/results/links").json()["items"][0]
    assert who.post(f"/result-links/{made['link']['id']}/revoke").json()["revoked_at"]


def test_the_market_is_told_as_figures(studio, of):
    found = program(studio, "viewer").get("/market").json()
    assert {tuple(place["names"]) for place in found["places"]} == {("micro", "instagram"), ("macro", "instagram")}
    made = program(studio, "viewer").get("/market/file?kind=json").json()
    assert made["type"] == "application/json"


def test_books_of_a_campaign_that_goes_on_are_closed_only_where_a_program_says_so(studio, of):
    of.end = None
    of.state = "running"
    of.save()
    who = program(studio, "manager")
    refused = who.post(f"/campaigns/{of.pk}/results/close")
    assert refused.status_code in (400, 422)
    assert "still open" in refused.content.decode()
    assert who.post(f"/campaigns/{of.pk}/results/close", {"anyway": True}).status_code == 201
