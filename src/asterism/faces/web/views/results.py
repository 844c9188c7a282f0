"""What a campaign came to: the page, its files, closing the books, and the report that a client reads over a link."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path, reverse
from django.utils import timezone

from asterism.desk.studio.closings import Closure, close
from asterism.desk.studio.result_files import result_file
from asterism.desk.studio.result_links import NewResultLink, revoke_result_link, share_results
from asterism.desk.studio.results_room import client_report, results_room
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_form, standing_at
from asterism.faces.web.seats import does, open_to_all, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat

GONE = 410


@shows("see")
def results(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The results; with `?emv=1` also what the exposure would have cost as advertising."""
    return page(request, "results_room.html.j2", results_room(seat, key, media_value=request.GET.get("emv") == "1"))


@shows("see")
def results_as(request: HttpRequest, seat: Seat, key: int, kind: str) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """The results as a file."""
    made = result_file(seat, key, kind)
    return download(made.content, made.name, made.type)


@does("run")
def close_books(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Close the books."""
    close(seat, key, read_form(request, Closure))
    return go("results", seat.workspace.slug, key, anchor="books")


@does("share")
def share_report(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A new link for a client; its address is shown this once, so the answer is the page itself."""
    _, secret = share_results(seat, key, read_form(request, NewResultLink))
    address = request.build_absolute_uri(reverse("client_report", args=[secret]))
    answer = page(request, "results_room.html.j2", results_room(seat, key, secret=address))
    return standing_at(answer, "results", seat.workspace.slug, key)


@does("share")
def revoke_report(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Close a link to a report."""
    return go("results", seat.workspace.slug, revoke_result_link(seat, key).campaign_id, anchor="links")


@open_to_all("the address carries the client's own secret", ("GET", "HEAD"))
def report(request: HttpRequest, secret: str) -> HttpResponse:
    """The report as the link shows it."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    shown = client_report(secret, timezone.now())
    made = page(request, "results_client.html.j2", shown, 200 if shown.until else GONE)
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["X-Robots-Tag"] = "noindex"
    return made


_AT = "w/<slug:slug>/campaigns/<int:key>/results"
urls = [
    path(_AT, results, name="results"),
    path(f"{_AT}/as/<slug:kind>", results_as, name="results_as"),
    path(f"{_AT}/close", close_books, name="close_books"),
    path(f"{_AT}/share", share_report, name="share_report"),
    path("w/<slug:slug>/result-links/<int:key>/revoke", revoke_report, name="revoke_report"),
    path("report/<str:secret>", report, name="client_report"),
]
