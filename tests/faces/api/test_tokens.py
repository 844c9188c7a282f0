"""Tokens through the API: no more than the one that asks, shown once, revoked for good."""

import pytest

from asterism.campaigns.roles import LEAST
from asterism.desk.studio.tokens import SCOPES
from asterism.store.ledger.models import Token
from tests.faces.api.conftest import Program, program

pytestmark = pytest.mark.django_db


def test_every_scope_is_put_in_words():
    assert tuple(SCOPES) == tuple(LEAST)


def test_a_token_is_made_used_and_revoked(owner):
    made = owner.post("/tokens", {"name": "Reporting", "scopes": ["see", "tokens"], "days": 30})
    assert made.status_code == 201
    secret, token = made.json()["secret"], made.json()["token"]
    assert secret.startswith(token["prefix"])
    assert secret not in owner.get(f"/tokens/{token['id']}").content.decode()
    assert not Token.objects.filter(secret_hash=secret).exists()
    assert Program(secret).get("/tokens").json()["total"] == 2
    first = owner.post(f"/tokens/{token['id']}/revoke").json()["revoked_at"]
    assert Program(secret).get("/tokens").status_code == 403
    assert owner.post(f"/tokens/{token['id']}/revoke").json()["revoked_at"] == first


def test_a_token_makes_none_that_may_more_than_itself(ours):
    one = program(ours, scopes=["tokens", "see"])
    refused = one.post("/tokens", {"name": "x", "scopes": ["see", "pay"]})
    assert refused.status_code == 403
    assert "no scope `pay`" in refused.json()["title"]
    assert one.post("/tokens", {"name": "x", "scopes": ["see"]}).status_code == 201


def test_a_token_without_an_end_is_asked_for_by_name(owner):
    forever = owner.post("/tokens", {"name": "x", "scopes": ["see"], "days": 0}).json()["token"]
    usual = owner.post("/tokens", {"name": "x", "scopes": ["see"]}).json()["token"]
    assert forever["expires_at"] is None
    assert usual["expires_at"] > usual["made_at"]
