"""Tracking of a campaign: links, promo codes, QR codes and the log of clicks; and what an unknown link says."""

import time
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import click_log, code_files, codes, links, qr_codes
from asterism.desk.studio.tracking import tracking_of
from asterism.errors import BadInput, NotFound
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form, read_query, standing_at
from asterism.faces.web.redirects import UNKNOWN
from asterism.faces.web.seats import does, open_to_all, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat

CSV = "text/csv; charset=utf-8"
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
LOGS = {"csv": CSV, "json": "application/json"}


@shows("see")
def tracking(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Links, codes, clicks, and what was no person's."""
    number = request.GET.get("page", "1")
    at = int(number) if number.isdecimal() and len(number) < 7 else 1
    return page(request, "tracking.html.j2", tracking_of(seat, key, at))


@does("run")
def make_links(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Links for everyone who is meant."""
    find(seat, Campaign, key)  # whether there is such a campaign comes before what is wrong with the form
    links.make_links(seat, key, read_form(request, links.LinkWish))
    return go("tracking", seat.workspace.slug, key)


@does("run")
def end_link(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Later clicks of a link are no longer counted."""
    return go("tracking", seat.workspace.slug, links.end_link(seat, key).campaign_id)


@shows("see")
def link_qr(_request: HttpRequest, seat: Seat, key: int, kind: Literal["svg", "png"]) -> HttpResponse:
    """A link as a QR code."""
    name, picture = qr_codes.qr_of(seat, key, kind)
    return download(picture, name, PICTURES[kind])


@shows("see")
def qr_sheet(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Every open link of a campaign as a QR code, to be printed."""
    return page(request, "tracking_qr.html.j2", qr_codes.qr_page(seat, key))


@shows("see")
def link_sheet(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Every link as a table."""
    name, table = qr_codes.link_sheet(seat, key)
    return download(table, name, CSV)


@does("run")
def make_codes(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Codes by a pattern."""
    find(seat, Campaign, key)
    codes.make_codes(seat, key, read_form(request, codes.CodesWish))
    return go("tracking", seat.workspace.slug, key)


@does("run")
def make_code(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One code."""
    find(seat, Campaign, key)
    codes.make_code(seat, key, read_form(request, codes.CodeWish))
    return go("tracking", seat.workspace.slug, key)


@does("run")
def revoke_code(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """End a code at once."""
    return go("tracking", seat.workspace.slug, codes.revoke_code(seat, key).campaign_id)


@does("run")
def bring_codes(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Codes from a table, each row answered."""
    find(seat, Campaign, key)
    file = request.FILES.get("file")
    if file is None:
        raise BadInput("No file was chosen.", "Choose a table with a code and a creator in each row.", "file")
    made = code_files.bring_codes(seat, key, (file.name, file.chunks(), settings.HOSTING.largest_upload))
    return standing_at(page(request, "tracking_brought.html.j2", made), "tracking", seat.workspace.slug, key)


@shows("see")
def code_sheet(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Every code as a table."""
    name, table = code_files.code_sheet(seat, key)
    return download(table, name, CSV)


@shows("see")
def clicks(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The log of clicks."""
    wish = read_query(request, click_log.ClickFilter)
    return page(request, "tracking_clicks.html.j2", click_log.click_page(seat, key, wish))


@shows("see")
def click_file(_request: HttpRequest, seat: Seat, key: int, kind: Literal["csv", "json"]) -> HttpResponse:
    """The log of clicks as a file."""
    name, table = click_log.click_file(seat, key, kind)
    return download(table, name, LOGS[kind])


@open_to_all("a short link is for everybody; one that is known never comes this far", ("GET", "HEAD"))
def unknown_link(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """404, politely."""
    UNKNOWN.note(request.path_info, time.monotonic())
    raise NotFound("This link leads nowhere.", "Check that it was copied whole, or ask whoever gave it to you.")


_AT = "w/<slug:slug>/campaigns/<int:key>/tracking"
urls = [
    path("r/<str:secret>", unknown_link, name="unknown_link"),
    path(f"{_AT}", tracking, name="tracking"),
    path(f"{_AT}/links/make", make_links, name="make_links"),
    path(f"{_AT}/links.csv", link_sheet, name="link_sheet"),
    path(f"{_AT}/qr", qr_sheet, name="qr_sheet"),
    path(f"{_AT}/codes/make", make_codes, name="make_codes"),
    path(f"{_AT}/codes/add", make_code, name="make_code"),
    path(f"{_AT}/codes/upload", bring_codes, name="bring_codes"),
    path(f"{_AT}/codes.csv", code_sheet, name="code_sheet"),
    path(f"{_AT}/clicks", clicks, name="clicks"),
    path(f"{_AT}/clicks.csv", click_file, {"kind": "csv"}, name="clicks_csv"),
    path(f"{_AT}/clicks.json", click_file, {"kind": "json"}, name="clicks_json"),
    path("w/<slug:slug>/links/<int:key>/end", end_link, name="end_link"),
    path("w/<slug:slug>/links/<int:key>/qr.svg", link_qr, {"kind": "svg"}, name="link_svg"),
    path("w/<slug:slug>/links/<int:key>/qr.png", link_qr, {"kind": "png"}, name="link_png"),
    path("w/<slug:slug>/codes/<int:key>/revoke", revoke_code, name="revoke_code"),
]
