"""Every operation of the API, found by itself, refuses strangers, other workspaces, lesser roles and lesser scopes."""

from collections import defaultdict
from typing import get_args

import pytest
from django.db import connection
from django.test import Client
from pydantic import BaseModel

from asterism.campaigns.roles import LEAST, ROLES
from asterism.faces.api import api, door
from asterism.faces.api.described import REFUSALS
from tests.faces.api.conftest import Program, program
from tests.faces.api.operations import operations
from tests.faces.web.test_isolation import rows_of
from tests.studio import place, world

OPERATIONS = list(operations())
WITH_KEYS = [one for one in OPERATIONS if "{" in one.path]


def every(of):
    return pytest.mark.parametrize("operation", of, ids=[one.name for one in of])


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """So many questions that pace would stop them."""
    monkeypatch.setattr(door, "MOST_PER_MINUTE", 10**6)


@pytest.fixture
def theirs(home, db):
    """A workspace with a row of every kind."""
    made = place("Borealis")
    world(made.owner)
    return made


def asked(one, who):
    """The answer of an operation to a program; whatever it would change is undone by the test."""
    return who.ask(one.method, one.at, one.body, If_Match="*")


def test_there_are_operations_and_their_names_are_their_own():
    assert OPERATIONS
    names = [one.name for one in OPERATIONS]
    assert sorted(set(names)) == sorted(names)


def models_of(kind, found):
    """Every model that a type is made of, by its name: two of one name would hide each other in the description."""
    for part in get_args(kind):
        models_of(part, found)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found[kind.__name__]:
        found[kind.__name__].add(kind)
        for each in kind.model_fields.values():
            models_of(each.annotation, found)


def test_no_two_shapes_bear_the_same_name():
    found = defaultdict(set)
    views = [view for router in api._get_bound_routers() for view in router.path_operations.values()]
    for one in (operation for view in views for operation in view.operations):
        bodies = [model for model in one.models if model.__ninja_param_source__ == "body"]
        for model in [*one.response_models.values(), *bodies]:
            for each in model.model_fields.values() if model else ():
                models_of(each.annotation, found)
    assert {name: kinds for name, kinds in found.items() if len(kinds) > 1} == {}


@every(OPERATIONS)
def test_every_operation_says_what_it_needs_and_how_it_refuses(operation):
    assert operation.scope in LEAST
    assert f"Needs the scope `{operation.scope}`." in operation.described["description"]
    assert operation.described["security"] == [{"Bearer": []}]
    for status in REFUSALS:
        assert list(operation.described["responses"][str(status)]["content"]) == ["application/problem+json"]
    headers = {part["name"] for part in operation.described["parameters"] if part["in"] == "header"}
    if operation.method == "POST":
        assert "Idempotency-Key" in headers
    if operation.method == "GET":
        assert "304" in operation.described["responses"]


@every(OPERATIONS)
def test_a_stranger_is_refused(operation, theirs):
    headers = {"If-Match": "*"}
    answer = Client().generic(operation.method, f"/api/v1{operation.at}", headers=headers)
    assert answer.status_code == 403
    assert asked(operation, Program("ast_nobodys")).status_code == 403


@every(OPERATIONS)
def test_a_token_without_scopes_is_refused(operation, theirs):
    assert asked(operation, program(theirs, scopes=[])).status_code == 403


@every(OPERATIONS)
def test_a_token_with_every_other_scope_is_refused(operation, theirs):
    others = [scope for scope in LEAST if scope != operation.scope]
    assert asked(operation, program(theirs, scopes=others)).status_code == 403


@every(OPERATIONS)
def test_a_lesser_role_is_refused(operation, theirs):
    for role in ROLES[: ROLES.index(LEAST[operation.scope])]:
        assert asked(operation, program(theirs, role)).status_code == 403, role


@every(WITH_KEYS)
def test_rows_of_another_workspace_are_not_found(operation, theirs):
    ours, before = place("Aurora"), rows_of(theirs)
    answer = asked(operation, program(ours))
    assert answer.status_code in (403, 404), answer.content
    assert rows_of(theirs) == before


@every([one for one in OPERATIONS if one.method == "GET" and "{" not in one.path])
def test_lists_hold_nothing_of_another_workspace(operation, theirs):
    answer = asked(operation, program(place("Aurora")))
    assert answer.status_code < 500
    assert b"c-ana" not in answer.content
    assert b"receiver.test" not in answer.content


@every(OPERATIONS)
def test_who_may_is_answered_as_described(operation, theirs):
    """The owner gets an answer that the description knows, and no defect."""
    answer = asked(operation, program(theirs))
    assert str(answer.status_code) in operation.described["responses"]
    if answer.status_code == 403:  # a rule of its own, such as two people for a payment, and neither role nor scope
        assert answer.json()["title"] == "Who proposed a payment may not approve it."


@every([one for one in OPERATIONS if one.method == "GET"])
def test_a_get_asks_a_bounded_number_of_questions_and_changes_nothing(operation, theirs):
    who = program(theirs)
    asked(operation, who)
    before = rows_of(theirs)
    with connection.execute_wrapper(counter := Counter()):
        asked(operation, who)
    assert counter.asked <= 20
    assert rows_of(theirs) == before


class Counter:
    """Counts the questions to the database."""

    def __init__(self):
        self.asked = 0

    def __call__(self, execute, *rest):
        self.asked += 1
        return execute(*rest)
