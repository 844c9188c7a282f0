"""A program that speaks to the API with a token, and a router with operations of every kind to try the door with."""

import json

import pytest
from django.test import Client

from asterism.campaigns.roles import LEAST, may
from tests.studio import place


class Program:
    """A program with a token: `program.get("/tokens")`, `program.post("/tokens", {"name": …}, **headers)`."""

    def __init__(self, secret):
        self.client, self.secret = Client(), secret

    def ask(self, method, path, body=None, **headers):
        """The answer to a request under /api/v1; headers are written with underscores."""
        sent = {"data": body if isinstance(body, str) else json.dumps(body)} if body is not None else {}
        headers = {"Authorization": f"Bearer {self.secret}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.client.generic(method, f"/api/v1{path}", content_type="application/json", headers=headers, **sent)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, {} if body is None else body, **headers)

    def patch(self, path, body, **headers):
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path, **headers):
        return self.ask("DELETE", path, **headers)


def program(where, role="owner", scopes=None):
    """A program with the token of a role that may all that the role may, or only `scopes`."""
    return Program(where.token([s for s in LEAST if may(role, s)] if scopes is None else scopes, role))


@pytest.fixture
def ours():
    """A workspace with a member of each role."""
    return place("Aurora")


@pytest.fixture
def owner(ours):
    """A program of the owner's."""
    return program(ours)
