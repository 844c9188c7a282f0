"""Discover: search the workspace's creators, narrow them down, put some on a shortlist."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import discover as desk
from asterism.desk.studio.shortlists import Adding, add_creators
from asterism.faces.web.forms import go, read_form, read_query
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("search")
def discover(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The creators that the address asks for; the browser shows the address without what is usual."""
    found = desk.discover(seat, read_query(request, desk.Search))
    answer = page(request, "discover.html.j2", found)
    answer.headers["HX-Push-Url"] = f"{request.path}?{found.query}" if found.query else request.path
    return answer


@does("search")
def index_again(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Make the index once more, after making it failed."""
    desk.make_again(seat)
    return go("discover", seat.workspace.slug)


@does("plan")
def add_to_shortlist(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Put creators on a shortlist, or on a new one."""
    put = add_creators(seat, read_form(request, Adding))
    return go("shortlist", seat.workspace.slug, put.shortlist.pk)


_AT = "w/<slug:slug>/discover"
urls = [
    path(f"{_AT}/", discover, name="discover"),
    path(f"{_AT}/index", index_again, name="index_again"),
    path(f"{_AT}/add", add_to_shortlist, name="add_to_shortlist"),
]
