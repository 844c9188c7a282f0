"""The creator's own page: read, accept, decline, ask; what is kept about them, and how to end it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from asterism.desk.studio import portal as desk
from asterism.desk.studio.agreements import Acceptance, accept
from asterism.desk.studio.portal import Ask, No
from asterism.desk.studio.terms_page import printed_for
from asterism.faces.web.forms import read_form
from asterism.faces.web.portals import DATA, HERE, for_creators
from asterism.faces.web.templating import page
from asterism.faces.web.views.agreements import as_pdf
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.seats import Seat


def back(to: str = HERE) -> HttpResponse:
    """On to a page of the same creator."""
    answer = HttpResponseRedirect(to)
    answer.status_code = 303
    return answer


@for_creators("GET", "HEAD")
def portal(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:
    """What is asked, on which terms, and what comes next."""
    return page(request, "portal.html.j2", desk.portal_page(seat, row))


@for_creators("POST")
def portal_accept(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:
    """Accept exactly the terms that were shown."""
    accept(seat, row, read_form(request, Acceptance))
    return back()


@for_creators("POST")
def portal_decline(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:
    """Say no."""
    desk.decline_all(seat, row, read_form(request, No))
    return back()


@for_creators("POST")
def portal_ask(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:
    """Ask a question, or for other terms."""
    desk.ask(seat, row, read_form(request, Ask))
    return back(f"{HERE}#ask")


@for_creators("GET", "HEAD")
def portal_terms(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """The terms as a PDF."""
    return as_pdf(*printed_for(seat, row))


@for_creators("GET", "HEAD")
def portal_data(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:
    """What is kept about the creator."""
    return page(request, "portal_data.html.j2", desk.held(seat, row))


@for_creators("POST")
def portal_opt_out(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """End all messages."""
    desk.opt_out(seat, row)
    return back(DATA)


@for_creators("POST")
def portal_request(request: HttpRequest, seat: Seat, row: Collaboration) -> HttpResponse:
    """Ask for what is kept, for its erasure, or object."""
    desk.request_privacy(seat, row, request.POST.get("kind", ""))
    return back(DATA)


_AT = "c/<str:secret>"
urls = [
    path(f"{_AT}/", portal, name="portal"),
    path(f"{_AT}/accept", portal_accept, name="portal_accept"),
    path(f"{_AT}/decline", portal_decline, name="portal_decline"),
    path(f"{_AT}/ask", portal_ask, name="portal_ask"),
    path(f"{_AT}/terms.pdf", portal_terms, name="portal_terms"),
    path(f"{_AT}/data", portal_data, name="portal_data"),
    path(f"{_AT}/opt-out", portal_opt_out, name="portal_opt_out"),
    path(f"{_AT}/request", portal_request, name="portal_request"),
]
