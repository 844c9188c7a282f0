"""The front door: the first user signs up, strangers see nothing, and a member lands in the workspace."""

import pytest

from asterism.store.ledger.models import User
from tests.studio import place

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana", "email": "Ana@example.org", "password": "a long and quiet night", "workspace": "Aurora"}


def test_the_first_user_signs_up_and_lands_in_the_workspace(client):
    assert b"Set up this studio" in client.get("/").content
    answer = client.post("/sign-up", ANA, follow=True)
    assert answer.redirect_chain == [("/w/aurora/", 303)]
    assert User.objects.get().email == "ana@example.org"
    assert User.objects.get().password.startswith("argon2")


def test_the_second_user_needs_an_invitation(client):
    place()
    answer = client.post("/sign-up", ANA)
    assert answer.status_code == 403
    assert b"Ask the owner of a workspace" in answer.content
    assert b"Sign up" not in client.get("/").content


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "ana"}, "no e-mail address"),
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"workspace": ""}, "`workspace` is empty"),
        ({"email": ""}, "`email` is empty"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_and_nothing_is_half_done(client, change, says):
    answer = client.post("/sign-up", {**ANA, **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not User.objects.exists()


def test_a_form_sent_by_htmx_gets_a_notice_so_that_nothing_typed_is_lost(client):
    answer = client.post("/sign-up", {**ANA, "password": "short"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#notice"
    assert b"<html" not in answer.content


def test_signing_in_and_out(client):
    client.post("/sign-up", ANA)
    client.post("/sign-out")
    assert client.get("/w/aurora/").status_code == 403
    wrong = client.post("/sign-in", {"email": "ana@example.org", "password": "a loud day, not long"})
    assert wrong.status_code == 403
    right = client.post("/sign-in", {"email": "ana@example.org", "password": ANA["password"]}, follow=True)
    assert right.redirect_chain[-1][0] == "/w/aurora/"


def test_a_stranger_and_a_member_of_another_workspace_see_nothing(client):
    ours, theirs = place("Aurora"), place("Borealis")
    assert client.get("/w/aurora/").status_code == 403
    assert ours.client().get("/w/aurora/").status_code == 200
    assert theirs.client().get("/w/aurora/").status_code == 404


def test_many_wrong_passwords_lock_the_door_for_a_while(client):
    client.post("/sign-up", ANA)
    client.post("/sign-out")
    for _ in range(8):
        client.post("/sign-in", {"email": "ana@example.org", "password": "wrong"})
    answer = client.post("/sign-in", {"email": "ana@example.org", "password": ANA["password"]})
    assert answer.status_code in (403, 429)
    assert client.get("/w/aurora/").status_code == 403
