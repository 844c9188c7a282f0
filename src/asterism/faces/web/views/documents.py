"""Documents: listed, made from a template, read, checked as one types, kept in versions, printed, sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import document_pages as shown
from asterism.desk.studio.document_sending import send, send_to_all
from asterism.desk.studio.documents import Making, Rewording, make, place_of, reword
from asterism.errors import BadInput
from asterism.faces.web.downloads import download
from asterism.faces.web.forms import go, read_fields, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.models import Document
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat

_FILLED = "fill-"


def read_making(sent: Any) -> Making:
    """The wish of a form: fields to fill in bear a mark before their names."""
    filled = {name.removeprefix(_FILLED): value for name, value in sent.items() if name.startswith(_FILLED) and value}
    plain = {name: sent.get(name, "").strip() for name in ("kind", "language", "tier")}
    return read_fields(Making, {**plain, "kind": plain["kind"] or "brief", "filled": filled})


def read_key(text: str) -> int | None:
    """The key of a row as an address or form has it; None where it names none."""
    if not text.strip():
        return None
    if not text.isdecimal() or len(text) > 18:
        raise BadInput("That is no creator of this campaign.", "Choose one from the list.", "reads_as")
    return int(text)


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isdecimal() and len(number) < 7 else 1


@shows("see")
def documents(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The newest documents of all campaigns."""
    return page(request, "documents.html.j2", shown.documents_page(seat, number=_page_number(request)))


@shows("see")
def campaign_documents(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The documents of a campaign."""
    return page(request, "documents.html.j2", shown.documents_page(seat, campaign=key, number=_page_number(request)))


@shows("see")
def collaboration_documents(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The documents of a collaboration."""
    listed = shown.documents_page(seat, collaboration=key, number=_page_number(request))
    return page(request, "documents.html.j2", listed)


@shows("write")
def new_campaign_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A document for all of a campaign as it will read."""
    made = shown.new_page(seat, place_of(seat, None, key), read_making(request.GET))
    return page(request, "document_new.html.j2", made)


@shows("write")
def new_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A document for one creator as it will read."""
    made = shown.new_page(seat, place_of(seat, key, None), read_making(request.GET))
    return page(request, "document_new.html.j2", made)


@does("write")
def make_campaign_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Keep it."""
    return go("document", seat.workspace.slug, make(seat, place_of(seat, None, key), read_making(request.POST)).pk)


@does("write")
def make_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Keep it."""
    return go("document", seat.workspace.slug, make(seat, place_of(seat, key, None), read_making(request.POST)).pk)


@shows("see")
def document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One version."""
    made = shown.document_page(seat, key, read_key(request.GET.get("reads_as", "")))
    return page(request, "document.html.j2", made)


@does("write")
def check_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """What of a text being typed cannot be kept, and how it reads."""
    find(seat, Document, key)
    wish = read_form(request, Rewording)
    found = shown.check(seat, key, wish, read_key(request.POST.get("reads_as", "")))
    return page(request, "document_check.html.j2", found)


@does("write")
def save_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Keep one's own words as a new version."""
    find(seat, Document, key)
    return go("document", seat.workspace.slug, reword(seat, key, read_form(request, Rewording)).pk)


@shows("see")
def document_pdf(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The version as a PDF."""
    name, made = shown.printed(seat, key, read_key(request.GET.get("reads_as", "")))
    return download(made, name, "application/pdf")


@does("write")
def send_document(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Send it to its creator, or to the one chosen."""
    made = send(seat, key, read_key(request.POST.get("collaboration", "")))
    return go("collaboration", seat.workspace.slug, made.row.pk, anchor="messages")


@does("write")
def send_brief_to_all(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Send a campaign's brief to everybody who agreed."""
    return page(request, "outcomes.html.j2", send_to_all(seat, key))


_AT = "w/<slug:slug>/documents/<int:key>"
_CAMPAIGN = "w/<slug:slug>/campaigns/<int:key>/documents"
_WORK = "w/<slug:slug>/collaborations/<int:key>/documents"
urls = [
    path("w/<slug:slug>/documents", documents, name="documents"),
    path(_CAMPAIGN, campaign_documents, name="campaign_documents"),
    path(f"{_CAMPAIGN}/new", new_campaign_document, name="new_campaign_document"),
    path(f"{_CAMPAIGN}/make", make_campaign_document, name="make_campaign_document"),
    path(_WORK, collaboration_documents, name="collaboration_documents"),
    path(f"{_WORK}/new", new_document, name="new_document"),
    path(f"{_WORK}/make", make_document, name="make_document"),
    path(f"{_AT}/", document, name="document"),
    path(f"{_AT}/check", check_document, name="check_document"),
    path(f"{_AT}/save", save_document, name="save_document"),
    path(f"{_AT}/document.pdf", document_pdf, name="document_pdf"),
    path(f"{_AT}/send", send_document, name="send_document"),
    path(f"{_AT}/send-all", send_brief_to_all, name="send_brief_to_all"),
]
