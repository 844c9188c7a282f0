"""Finding creators through the API: search, one creator, shortlists, links and answers, as the pages do them."""

import json

import pytest

from asterism.desk.studio.sharing import Answers, answer, known_link
from asterism.store.ledger.models import Creator, Listed
from asterism.store.ledger.scope import rows
from tests.faces.api.conftest import program
from tests.finding import with_index, with_profile
from tests.studio import campaign, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def studio():
    made = place()
    with_index(made.owner)
    return made


@pytest.fixture
def who(studio):
    return program(studio)


def body(answer, status=200):
    assert answer.status_code == status, answer.content
    return json.loads(answer.content) if answer.content else None


def test_a_search_gives_rows_with_ranges_and_facets(who):
    found = body(who.ask("GET", "/creators?country=DE&sort=engagement"))
    assert [each["creator_id"] for each in found["items"]] == ["c-cyd", "c-ana"]
    assert found["items"][1]["engagement"] == {"mean": 0.031, "low": 0.027, "high": 0.036}
    assert (found["total"], found["searched"], found["pages"], found["current"]) == (2, 4, 1, True)
    country = next(each for each in found["facets"] if each["field"] == "country")
    assert country["choices"][0] == {"value": "DE", "label": "Germany", "count": 2, "chosen": True}


@pytest.mark.parametrize("query", ["sort=luck", "page=0", "most=-1", "most=nan"])
def test_a_search_that_cannot_be_read_is_refused(who, query):
    body(who.ask("GET", f"/creators?{query}"), 422)


def test_a_creator_comes_with_every_signal_once_it_was_read(studio, who):
    first = body(who.ask("GET", "/creators/instagram/c-ana"))
    assert (first["profile"], first["profile_current"], first["record"]) == (None, False, None)
    with_profile(studio.owner)
    read = body(who.ask("GET", "/creators/instagram/c-ana"))
    assert read["profile"]["readings"][0]["parts"][0]["evidence"] == "12 of 30 comments"
    assert read["profile_current"]
    body(who.ask("GET", "/creators/instagram/nobody"), 404)


def test_notes_contact_and_objections_are_written(studio, who):
    ana = {"platform": "instagram", "creator_id": "c-ana"}
    assert body(who.ask("POST", "/creators/notes", {**ana, "text": "Fast."}), 201)["text"] == "Fast."
    contact = {**ana, "email": "ana@example.org", "source": "her media kit"}
    assert body(who.ask("PUT", "/creators/contact", contact))["email"] == "ana@example.org"
    body(who.ask("PUT", "/creators/contact", {**contact, "email": "ana"}), 422)
    assert body(who.ask("POST", "/creators/opt-out", {**ana, "how": "by letter"}))["opted_out_at"]
    assert body(who.ask("POST", "/creators/opt-in", {**ana, "how": "by letter"}))["opted_out_at"] is None
    assert rows(studio.owner, Creator).count() == 1
    assert [note["text"] for note in body(who.ask("GET", "/creators/instagram/c-ana"))["notes"]] == ["Fast."]


def test_a_shortlist_is_made_changed_shared_and_answered(studio, who):
    of = campaign(studio.owner)
    made = body(who.ask("POST", "/shortlists", {"name": "First", "creator": ["instagram:c-ana"]}), 201)
    at = f"/shortlists/{made['id']}"
    put = body(who.ask("POST", "/shortlists/creators", {"shortlist": made["id"], "creator": ["tiktok:c-ben"]}))
    assert (put["added"], put["shortlist"]["id"]) == (1, made["id"])
    changed = body(who.ask("PATCH", at, {"name": "Spring", "campaign": of.pk}, If_Match="*"))
    assert (changed["name"], changed["campaign_id"]) == ("Spring", of.pk)
    second = rows(studio.owner, Listed).last().pk
    body(who.ask("POST", f"/shortlists/entries/{second}/move", {"to": 1}), 204)
    body(who.ask("PATCH", f"/shortlists/entries/{second}", {"remark": "Big"}), 204)
    entries = body(who.ask("GET", f"{at}/creators"))["items"]
    assert [(each["handle"], each["remark"], each["answer"]) for each in entries] == [
        ("ben", "Big", ""),
        ("ana", "", ""),
    ]
    link = body(who.ask("POST", f"{at}/links", {"label": "For Eve", "fields": ["tier"]}), 201)
    secret = link["secret"].rsplit("/s/", 1)[1]
    said = [{"entry": second, "approved": False, "reason": "Too large"}]
    answer(known_link(secret), Answers(name="Eve", answers=said), studio.owner.now)
    (told,) = body(who.ask("GET", f"{at}/answers"))["items"]
    assert (told["entry_id"], told["approved"], told["reason"], told["name"]) == (second, False, "Too large", "Eve")
    (listed,) = body(who.ask("GET", f"{at}/links"))["items"]
    assert link["secret"] not in str(listed)
    assert body(who.ask("POST", f"/shortlists/links/{listed['id']}/revoke"))["revoked_at"]
    body(who.ask("POST", f"{at}/together"), 202)
    body(who.ask("DELETE", f"/shortlists/entries/{second}"), 204)
    assert body(who.ask("GET", "/shortlists"))["items"][0]["creators"] == 1
    body(who.ask("DELETE", at), 204)
    body(who.ask("GET", at), 404)
