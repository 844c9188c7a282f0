"""What every request of the API passes: token, size, pace, one answer per key, nothing overwritten unseen."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from asterism.desk.studio import webhooks
from asterism.faces.api import door
from asterism.store.ledger.access import new_token
from asterism.store.ledger.models import Event, Hook, Once, Token
from tests.faces.api.conftest import Program, program
from tests.studio import place

pytestmark = pytest.mark.django_db
HOOK = {"url": "https://receiver.example/hooks", "events": ["payment.sent"]}
PROBLEM = "application/problem+json"


def hook(owner, **headers):
    """A webhook of the owner's, as the API answers it."""
    answer = owner.post("/webhooks", HOOK, **headers)
    assert answer.status_code == 201, answer.content
    return answer.json()["webhook"]


def is_problem(answer, status):
    """Whether an answer is a refusal of a status, in the form that is promised."""
    body = answer.json()
    assert answer.headers["Content-Type"] == PROBLEM
    assert (answer.status_code, body["status"]) == (status, status)
    assert set(body) == {"type", "title", "detail", "status", "fix"}
    return True


# -- who comes in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer nobody's", "Basic YTpi", "Token x"])
@pytest.mark.parametrize("path", ["/tokens", "/tokens/1", "/nowhere", "", "/"])
def test_a_stranger_is_refused_without_a_popup(header, path):
    headers = {} if header is None else {"Authorization": header}
    answer = Client().get(f"/api/v1{path}", headers=headers)
    assert is_problem(answer, 403)
    assert "WWW-Authenticate" not in answer.headers


def test_a_signed_in_browser_is_a_stranger_to_the_api(ours):
    assert is_problem(ours.client().get("/api/v1/tokens"), 403)


def test_a_secret_under_another_scheme_opens_nothing(owner):
    for scheme in ("Basic", "Token", ""):
        headers = {"Authorization": f"{scheme} {owner.secret}".strip()}
        assert is_problem(Client().get("/api/v1/tokens", headers=headers), 403)


def test_the_description_is_for_everybody_and_only_to_be_read(owner):
    assert Client().get("/api/v1/openapi.json").status_code == 200
    answer = owner.post("/openapi.json")
    assert is_problem(answer, 405)
    assert answer.headers["Allow"] == "GET"


def test_a_token_opens_until_it_is_revoked_or_has_ended(ours):
    now = timezone.now()
    token, secret = new_token(ours.seat(now=now), "x", ["tokens"], now + timedelta(minutes=1))
    one = Program(secret)
    assert one.get("/tokens").status_code == 200
    Token.objects.filter(pk=token.pk).update(expires_at=now - timedelta(seconds=1))
    assert is_problem(one.get("/tokens"), 403)
    Token.objects.filter(pk=token.pk).update(expires_at=None)
    assert one.get("/tokens").status_code == 200
    Token.objects.filter(pk=token.pk).update(revoked_at=now)
    assert is_problem(one.get("/tokens"), 403)


def test_a_token_falls_with_the_membership_and_with_the_role_of_its_maker(ours):
    one = program(ours, scopes=["tokens"])
    ours.members["owner"].role = "analyst"
    ours.members["owner"].save()
    assert is_problem(one.get("/tokens"), 403)
    ours.members["owner"].delete()
    assert one.get("/tokens").json()["title"] == "No valid token came with this request."


def test_when_a_token_was_last_used_is_known(ours, owner):
    assert Token.objects.get().used_at is None
    owner.get("/tokens")
    assert (timezone.now() - Token.objects.get().used_at).total_seconds() < 60


def test_a_scope_is_asked_for_before_the_body_is_read(ours):
    one = program(ours, scopes=["see"])
    answer = one.post("/webhooks", "not json")
    assert is_problem(answer, 403)
    assert "no scope `webhooks`" in answer.json()["title"]


# -- what is refused, and how ---------------------------------------------------------------------------------------


def test_what_is_not_there_and_what_cannot_be_done_there(owner):
    assert is_problem(owner.get("/nowhere"), 404)
    assert is_problem(owner.get("/tokens/999"), 404)
    answer = owner.ask("PUT", "/tokens", {})
    assert is_problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("{", 400, "cannot be read"),
        ("", 422, "body"),
        ('{"name": NaN}', 400, "cannot be read"),
        ('{"name": "a\\u0000b", "scopes": ["see"]}', 400, "cannot be read"),
        ('{"name": "a\\ud800b", "scopes": ["see"]}', 400, "cannot be read"),
        ("[" * 100_000, 400, "cannot be read"),
        ("9" * 5_000, 400, "cannot be read"),
        ("[]", 422, "body"),
        ('{"scopes": ["see"]}', 422, "`body.name`"),
        ('{"name": 5, "scopes": ["see"]}', 422, "`body.name`"),
        ('{"name": "x", "scopes": ["fly"]}', 422, "`fly` is no scope"),
        ('{"name": "x", "scopes": ["see"], "days": -1}', 422, "`body.days`"),
    ],
    ids=[
        "torn",
        "empty",
        "nan",
        "nul",
        "half a pair",
        "deep",
        "long number",
        "list",
        "missing",
        "type",
        "scope",
        "low",
    ],
)
def test_a_body_that_cannot_be_used_is_refused_with_the_place(owner, body, status, says):
    answer = owner.post("/tokens", body)
    assert is_problem(answer, status)
    assert says in answer.json()["title"]
    assert Token.objects.count() == 1


def test_a_number_larger_than_any_database_keeps_is_refused(owner, monkeypatch):
    def keep(*_):
        raise OverflowError

    monkeypatch.setattr(webhooks, "hook_of", keep)
    assert is_problem(owner.get("/webhooks/1"), 422)


@pytest.mark.parametrize("key", ["0", "-1", "x", str(2**63), "9" * 400, "1%00", "..%2f1"])
def test_a_key_that_is_none_is_refused(owner, key):
    assert owner.get(f"/tokens/{key}").status_code in (404, 422)


def test_a_body_that_is_too_large_is_not_read(owner):
    answer = owner.post("/tokens", "x" * (door.LARGEST + 1))
    assert is_problem(answer, 413)
    assert "1,000,000 bytes" in answer.json()["title"]


def test_a_defect_of_ours_is_a_problem_that_shows_nothing_of_it(owner, monkeypatch):
    def fail(*_):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(webhooks, "hook_of", fail)
    owner.client.raise_request_exception = False
    answer = owner.get("/webhooks/1")
    assert is_problem(answer, 500)
    assert "secret" not in answer.content.decode()


def test_a_token_that_asks_too_often_waits_and_others_do_not(ours, owner, monkeypatch):
    monkeypatch.setattr(door, "MOST_PER_MINUTE", 3)
    answers = [owner.get("/tokens") for _ in range(9)]
    assert [a.status_code for a in answers[:3]] == [200] * 3
    refused = next(a for a in answers if a.status_code == 429)
    assert is_problem(refused, 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert program(ours).get("/tokens").status_code == 200


# -- pages of a list ------------------------------------------------------------------------------------------------


def test_a_long_list_comes_in_pages_that_name_the_next(owner):
    made = [hook(owner)["id"] for _ in range(5)]
    seen, path = [], "/webhooks?size=2"
    while path:
        page = owner.get(path.removeprefix("/api/v1")).json()
        assert (page["total"], page["size"]) == (5, 2)
        seen += [one["id"] for one in page["items"]]
        path = page["next"]
    assert seen == made[::-1]
    assert owner.get("/webhooks?page=9").json()["items"] == []
    assert owner.get("/webhooks?size=5").json()["next"] is None


@pytest.mark.parametrize("asked", ["size=201", "size=0", "page=0", "page=x", "size=1e9", "page=%00", "page=100001"])
def test_a_page_that_is_none_is_refused(owner, asked):
    assert is_problem(owner.get(f"/webhooks?{asked}"), 422)


# -- tags -----------------------------------------------------------------------------------------------------------


def test_an_answer_that_is_known_is_not_sent_again(owner):
    one = hook(owner)
    first = owner.get(f"/webhooks/{one['id']}")
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = owner.get(f"/webhooks/{one['id']}", If_None_Match=f'"other", {tag}')
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert owner.get(f"/webhooks/{one['id']}", If_None_Match='"other"').status_code == 200


def test_a_change_needs_the_tag_of_what_was_read(owner):
    path = f"/webhooks/{hook(owner)['id']}"
    old = owner.get(path).headers["ETag"]
    assert is_problem(owner.patch(path, {"active": False}), 428)
    changed = owner.patch(path, {"active": False}, If_Match=old)
    assert changed.status_code == 200
    assert changed.headers["ETag"] == owner.get(path).headers["ETag"] != old
    late = owner.patch(path, {"events": ["job.done"]}, If_Match=old)
    assert is_problem(late, 412)
    assert Hook.objects.get().events == ["payment.sent"]
    assert owner.patch(path, {"active": True}, If_Match="*").status_code == 200
    assert is_problem(owner.patch(path, {"active": True}, If_Match=f"W/{changed.headers['ETag']}"), 412)


def test_a_removal_heeds_a_tag_but_needs_none(owner):
    path = f"/webhooks/{hook(owner)['id']}"
    assert is_problem(owner.delete(path, If_Match='"other"'), 412)
    assert owner.delete(path).status_code == 204
    assert is_problem(owner.delete(path), 404)


def test_a_change_that_is_refused_leaves_nothing(owner, monkeypatch):
    path = f"/webhooks/{hook(owner)['id']}"
    before = Event.objects.count()
    real = webhooks.change_hook

    def half(*asked):
        real(*asked)
        raise webhooks.Conflict("Too late.")

    monkeypatch.setattr(webhooks, "change_hook", half)
    assert is_problem(owner.patch(path, {"active": False}, If_Match="*"), 409)
    assert Hook.objects.get().active
    assert Event.objects.count() == before


# -- one answer per key ---------------------------------------------------------------------------------------------


def test_the_same_request_with_the_same_key_is_done_once(owner):
    first = owner.post("/webhooks", HOOK, Idempotency_Key="k-1")
    again = owner.post("/webhooks", HOOK, Idempotency_Key="k-1")
    assert Hook.objects.count() == 1
    assert (again.status_code, again.headers["Idempotent-Replay"]) == (201, "true")
    assert "Idempotent-Replay" not in first.headers
    assert again.json() == {**first.json(), "secret": ""}
    assert first.json()["secret"].startswith("whsec_")


def test_what_is_shown_once_is_not_kept(owner):
    secret = owner.post("/webhooks", HOOK, Idempotency_Key="k-1").json()["secret"]
    assert secret not in json.dumps(list(Once.objects.values("answer", "key", "asked")))


def test_another_request_with_the_same_key_is_refused(owner):
    hook(owner, Idempotency_Key="k-1")
    for path, body in (("/webhooks", {**HOOK, "events": ["job.done"]}), ("/tokens", HOOK)):
        assert is_problem(owner.post(path, body, Idempotency_Key="k-1"), 409)
    assert Hook.objects.count() == 1


def test_a_refusal_leaves_the_key_free(owner):
    assert owner.post("/webhooks", {**HOOK, "events": ["x"]}, Idempotency_Key="k-1").status_code == 422
    assert owner.post("/webhooks", "{", Idempotency_Key="k-1").status_code == 400
    assert not Once.objects.exists()
    hook(owner, Idempotency_Key="k-1")


def test_a_key_is_its_tokens_own(ours, owner):
    hook(owner, Idempotency_Key="k-1")
    hook(program(ours), Idempotency_Key="k-1")
    hook(program(place("Borealis")), Idempotency_Key="k-1")
    assert Hook.objects.count() == 3


def test_without_a_key_every_request_is_done(owner):
    assert hook(owner)["id"] != hook(owner)["id"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 129, "ü"])
def test_a_key_that_is_none_of_ours_is_refused(owner, key):
    assert is_problem(owner.post("/webhooks", HOOK, Idempotency_Key=key), 422)
