"""Agreements: drafted, changed, reworded, offered, taken back, recorded, printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import agreements as desk
from asterism.desk.studio.agreements import Recorded, Refusal, Wording
from asterism.desk.studio.drafting import TermsWish
from asterism.desk.studio.terms_page import draft_page, printed, terms_page
from asterism.faces.web.forms import go, read_fields, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat

_DAY = "day-"


def read_terms(request: HttpRequest) -> TermsWish:
    """The terms of a form: a field left empty is a wish for nothing, one that is not there is as usual."""
    posted = request.POST
    given: dict[str, Any] = {name: posted[name].strip() for name in TermsWish.model_fields if name in posted}
    numbers = {name: value or "0" for name, value in given.items() if name.endswith(("fee", "days", "months"))}
    days = {name.removeprefix(_DAY): value for name, value in posted.items() if name.startswith(_DAY) and value}
    return read_fields(TermsWish, {**given, **numbers, "days": days})


@shows("agree")
def new_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The form for a new version, filled with what is usual."""
    return page(request, "agreement_new.html.j2", draft_page(seat, key))


@does("agree")
def draft_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Draft a new version."""
    return go("agreement", seat.workspace.slug, desk.draft(seat, key, read_terms(request)).pk)


@shows("see")
def agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One version of the terms."""
    return page(request, "agreement.html.j2", terms_page(seat, key))


@does("agree")
def change_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Other terms; the text is written anew."""
    desk.change(seat, key, read_terms(request))
    return go("agreement", seat.workspace.slug, key)


@does("agree")
def reword_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The text in one's own words."""
    desk.reword(seat, key, read_form(request, Wording))
    return go("agreement", seat.workspace.slug, key)


@does("agree")
def offer_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Offer it to the creator."""
    made = desk.offer(seat, key)
    return go("collaboration", seat.workspace.slug, made.collaboration_id, anchor="terms")


@does("agree")
def withdraw_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Take it back."""
    made = desk.withdraw(seat, key, request.POST.get("reason", ""))
    return go("collaboration", seat.workspace.slug, made.collaboration_id, anchor="terms")


@does("agree")
def decline_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Record that the creator declined it."""
    made = desk.decline(seat, key, read_form(request, Refusal).reason)
    return go("collaboration", seat.workspace.slug, made.collaboration_id, anchor="terms")


@does("agree")
def record_agreement(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Record a yes that came another way."""
    desk.record_acceptance(seat, key, read_form(request, Recorded))
    return go("agreement", seat.workspace.slug, key)


@shows("see")
def agreement_pdf(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """The version as a PDF."""
    return as_pdf(*printed(seat, key))


def as_pdf(name: str, made: bytes) -> HttpResponse:
    """A PDF to keep."""
    return HttpResponse(made, "application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


_AT = "w/<slug:slug>/agreements/<int:key>"
urls = [
    path("w/<slug:slug>/collaborations/<int:key>/terms", new_agreement, name="new_agreement"),
    path("w/<slug:slug>/collaborations/<int:key>/terms/draft", draft_agreement, name="draft_agreement"),
    path(f"{_AT}/", agreement, name="agreement"),
    path(f"{_AT}/change", change_agreement, name="change_agreement"),
    path(f"{_AT}/reword", reword_agreement, name="reword_agreement"),
    path(f"{_AT}/offer", offer_agreement, name="offer_agreement"),
    path(f"{_AT}/withdraw", withdraw_agreement, name="withdraw_agreement"),
    path(f"{_AT}/decline", decline_agreement, name="decline_agreement"),
    path(f"{_AT}/record", record_agreement, name="record_agreement"),
    path(f"{_AT}/terms.pdf", agreement_pdf, name="agreement_pdf"),
]
