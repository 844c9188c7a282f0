"""A workspace's first page: what needs doing, what is running, and the one next step."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio.home import home_of
from asterism.faces.web.seats import shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("see")
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What needs doing, what is running."""
    return page(request, "home.html.j2", home_of(seat))


urls = [path("w/<slug:slug>/", home, name="home")]
