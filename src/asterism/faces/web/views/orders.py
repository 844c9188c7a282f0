"""Orders, exchange rates and figures of posts: looked at, brought as files, taken away."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import figure_files, order_files, rates
from asterism.desk.studio import orders as desk
from asterism.desk.studio.brought_tables import Brought
from asterism.desk.studio.orders import OrderFilter
from asterism.errors import BadInput
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form, read_query, standing_at
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


def brought(request: HttpRequest) -> Brought:
    """The one file of a form: its name, its bytes, and how many it may have."""
    file = request.FILES.get("file")
    if file is None:
        raise BadInput("No file was chosen.", "Choose a table first.", "file")
    return file.name or "", file.chunks(), settings.HOSTING.largest_upload


@shows("see")
def orders(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What orders came to, what waits, and the orders themselves."""
    return page(request, "orders.html.j2", desk.orders_page(seat, read_query(request, OrderFilter)))


@shows("see")
def orders_table(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The orders as a table."""
    content = desk.orders_csv(seat, read_query(request, OrderFilter))
    return download(content, "orders.csv", "text/csv; charset=utf-8")


@does("import")
def bring_orders(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take in a table of orders."""
    wanted = read_form(request, order_files.OfShop)
    shown = order_files.bring_file(seat, wanted.shop, brought(request))
    return standing_at(page(request, "orders_file.html.j2", shown), "orders", seat.workspace.slug)


@shows("see")
def rate_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Exchange rates with their days."""
    number = request.GET.get("page", "1")
    if not number.isdecimal() or len(number) > 6:
        raise BadInput("That is no page.", "Pages are counted from 1.")
    return page(request, "orders_rates.html.j2", rates.rates_page(seat, int(number)))


@does("import")
def set_rate(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down a rate."""
    rates.set_rates(seat, rates.NewRates(rates=[read_form(request, rates.NewRate)]))
    return go("rates", seat.workspace.slug)


@does("import")
def bring_rates(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take in a table of rates."""
    told = rates.bring_rates(seat, brought(request))
    shown = rates.rates_page(seat, brought=told)
    return standing_at(page(request, "orders_rates.html.j2", shown), "rates", seat.workspace.slug)


@shows("see")
def figures(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The posts of a campaign with their newest figures."""
    return page(request, "orders_figures.html.j2", figure_files.figures_page(seat, key))


@does("import")
def bring_figures(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Take in a table of figures."""
    told = figure_files.bring_figures(seat, key, brought(request))
    shown = figure_files.figures_page(seat, key, told)
    return standing_at(page(request, "orders_figures.html.j2", shown), "figures", seat.workspace.slug, key)


@does("import")
def read_figures(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Take over what the catalogue knows of the posts."""
    shown = figure_files.figures_page(seat, key, figure_files.read_from_catalogue(seat, key))
    return standing_at(page(request, "orders_figures.html.j2", shown), "figures", seat.workspace.slug, key)


_AT = "w/<slug:slug>/orders"
_OF = "w/<slug:slug>/campaigns/<int:key>/figures"
urls = [
    path(f"{_AT}/", orders, name="orders"),
    path(f"{_AT}/orders.csv", orders_table, name="orders_table"),
    path(f"{_AT}/upload", bring_orders, name="bring_orders"),
    path(f"{_AT}/rates/", rate_list, name="rates"),
    path(f"{_AT}/rates/set", set_rate, name="set_rate"),
    path(f"{_AT}/rates/upload", bring_rates, name="bring_rates"),
    path(f"{_OF}/", figures, name="figures"),
    path(f"{_OF}/upload", bring_figures, name="bring_figures"),
    path(f"{_OF}/catalogue", read_figures, name="read_figures"),
]
