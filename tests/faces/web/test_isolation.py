"""Every address of the studio, found by itself, refuses strangers, other workspaces and lesser roles."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from asterism.campaigns.roles import LEAST, ROLES
from asterism.store.ledger.models.owned import Owned
from tests.studio import KEY, place, world

REFUSED = (403, 404)
PUBLIC = {"front"}
"""The only page that a stranger may get; the API's description is the other public address."""
WITH_A_SECRET = "<str:secret>"


@dataclass(frozen=True)
class Address:
    """One address: its route, its view's action and methods."""

    route: str
    name: str
    action: str
    methods: tuple[str, ...]

    def at(self, slug, key=KEY):
        """The address filled in."""
        route = self.route.replace("<slug:slug>", slug)
        for part in ("<int:key>", "<int:number>", "<int:other>", "<int:draft>", "<int:entry>"):
            route = route.replace(part, str(key))
        while "<" in route:
            before, _, rest = route.partition("<")
            kind, _, after = rest.partition(">")
            route = before + (str(key) if kind.startswith("int:") else "c-ana" if "id" in kind else "instagram") + after
        return f"/{route}"


def addresses(resolver=None, before=""):
    """Every address of the pages."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if not route.startswith("api/"):
                yield from addresses(one, route)
        elif isinstance(one, URLPattern):
            view = one.callback
            yield Address(route, one.name or "", getattr(view, "action", ""), getattr(view, "methods", ("GET", "POST")))


ADDRESSES = list(addresses())
OF_WORKSPACES = [one for one in ADDRESSES if "<slug:slug>" in one.route]
ids = [one.route for one in OF_WORKSPACES]


def asked(client, address, where):
    """The statuses an address answers with, by method."""
    return {
        method: getattr(client, method.lower())(where).status_code for method in address.methods if method != "HEAD"
    }


def kinds():
    """Every kind of row that a workspace owns."""
    return [kind for kind in apps.get_app_config("ledger").get_models() if issubclass(kind, Owned)]


def rows_of(here):
    """Every row of a workspace as it stands, but for its trail and tokens' last use."""
    return {
        kind.__name__: list(kind.objects.filter(workspace=here.owner.workspace).order_by("pk").values())
        for kind in kinds()
        if kind.__name__ not in ("Event", "Once")
    }


@pytest.fixture
def theirs(home, db):
    """A workspace with a row of every kind."""
    made = place("Borealis")
    world(made.owner)
    return made


def test_the_sample_world_has_a_row_of_every_kind(theirs):
    missing = [kind.__name__ for kind in kinds() if not kind.objects.filter(pk=KEY, workspace=theirs.owner.workspace)]
    assert set(missing) <= {"Member", "Event"}


@pytest.mark.parametrize("address", ADDRESSES, ids=[one.route or "/" for one in ADDRESSES])
def test_every_view_says_who_may_ask(address):
    assert address.action in (*LEAST, "open", "signed_in")
    if address.action == "open":
        assert address.name in PUBLIC or WITH_A_SECRET in address.route or address.methods == ("POST",)


@pytest.mark.parametrize("address", ADDRESSES, ids=[one.route or "/" for one in ADDRESSES])
def test_a_stranger_is_refused(address, theirs):
    if address.name in PUBLIC:
        return
    got = asked(Client(), address, address.at(theirs.slug))
    assert set(got.values()) <= {*REFUSED, *((422,) if address.name == "sign_up" else ())}, got


@pytest.mark.parametrize("address", OF_WORKSPACES, ids=ids)
def test_a_member_of_another_workspace_finds_nothing(address, theirs):
    ours = place("Aurora")
    assert set(asked(ours.client(), address, address.at(theirs.slug)).values()) == {404}


@pytest.mark.parametrize(
    "address", [one for one in OF_WORKSPACES if "<int:" in one.route], ids=[i for i in ids if "<int:" in i]
)
def test_a_row_of_another_workspace_is_not_found_from_ones_own(address, theirs):
    ours = place("Aurora")
    before = rows_of(theirs)
    assert set(asked(ours.client(), address, address.at(ours.slug)).values()) <= {404, 422}
    assert rows_of(theirs) == before


@pytest.mark.parametrize("address", OF_WORKSPACES, ids=ids)
def test_a_lesser_role_is_refused(address, theirs):
    least = ROLES.index(LEAST[address.action])
    for role in ROLES[:least]:
        got = asked(theirs.client(role), address, address.at(theirs.slug))
        assert set(got.values()) == {403}, (role, got)


@pytest.mark.parametrize("address", OF_WORKSPACES, ids=ids)
def test_the_least_role_that_may_is_answered(address, theirs):
    client = theirs.client(LEAST[address.action])
    client.raise_request_exception = True
    got = asked(client, address, address.at(theirs.slug))
    assert not {status for status in got.values() if status == 403 or status >= 500}, got
