"""Requests made up from the API's description, fit and unfit: no defect, and no answer that it does not know."""

import os

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis import checks

from asterism.campaigns.roles import ROLES
from asterism.faces.api import door
from asterism.faces.server import application
from asterism.store.ledger import calls
from tests.faces.api.conftest import program
from tests.studio import KEY, place, world

DESCRIBED = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
PROMISED = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance, checks.unsupported_method,
    checks.ignored_auth,
]  # fmt: skip
FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
MANY = settings(FEW, max_examples=int(os.environ.get("ASTERISM_EXAMPLES", "200")), derandomize=False)

pytestmark = [
    pytest.mark.django_db,
    # a call made up in this process does not close its answer, as a server does, so uploads are closed late
    pytest.mark.filterwarnings("ignore:unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def here(home, monkeypatch):
    """A workspace with a row of every kind, no limit of pace, and no name looked up."""
    monkeypatch.setattr(door, "MOST_PER_MINUTE", 10**9)
    monkeypatch.setattr(calls, "_numbers", lambda *_: [])
    made = place()
    world(made.owner)
    return made


def ask(case, here, role):
    """Call an operation as somebody of a role, and hold the answer against the description; then undo what it did.

    Keys that could be anybody's become those of the sample rows: made up at random they would find nothing.
    """
    for name, key in (case.path_parameters or {}).items():
        if isinstance(key, int) and 0 < key < 10**15:
            case.path_parameters[name] = KEY
    with transaction.atomic():
        headers = {"Authorization": f"Bearer {program(here, role).secret}"}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=PROMISED, headers=headers)
        transaction.set_rollback(True)


@DESCRIBED.parametrize()
@FEW
def test_the_owner_is_answered_as_described(case, here):
    ask(case, here, "owner")


@pytest.mark.campaign
@pytest.mark.parametrize("role", ROLES)
@DESCRIBED.parametrize()
@MANY
def test_every_role_is_answered_as_described(case, here, role):
    ask(case, here, role)
