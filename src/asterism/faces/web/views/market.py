"""The market view: what each tier returned on each platform over all campaigns of the workspace."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio.market_view import MarketWish, market_file, market_page
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import read_query
from asterism.faces.web.seats import shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("see")
def market(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every tier on every platform, of one niche where that is asked for."""
    return page(request, "market.html.j2", market_page(seat, read_query(request, MarketWish)))


@shows("see")
def market_as(request: HttpRequest, seat: Seat, kind: str) -> HttpResponse:
    """The same as a file."""
    made = market_file(seat, read_query(request, MarketWish), kind)
    return download(made.content, made.name, made.type)


urls = [
    path("w/<slug:slug>/market/", market, name="market"),
    path("w/<slug:slug>/market/as/<slug:kind>", market_as, name="market_as"),
]
