"""The survey of a campaign: what answers make of its orders; answers typed, brought as a file, and taken back."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import surveys as desk
from asterism.desk.studio.survey_page import survey_page
from asterism.faces.web.forms import go, read_form, standing_at
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.faces.web.views.orders import brought
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.scope import find
from asterism.store.ledger.seats import Seat


@shows("see")
def survey(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """What the answers make of tracked orders."""
    return page(request, "surveys.html.j2", survey_page(seat, key))


@does("import")
def add_answer(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Write down one answer."""
    find(seat, Campaign, key)
    desk.add_answer(seat, key, read_form(request, desk.SaidAnswer))
    return go("survey", seat.workspace.slug, key, anchor="newest")


@does("import")
def bring_answers(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Take in a table of answers; the page says what became of each row."""
    find(seat, Campaign, key)
    told = desk.bring_answer_file(seat, key, brought(request))
    shown = page(request, "surveys.html.j2", survey_page(seat, key, told))
    return standing_at(shown, "survey", seat.workspace.slug, key)


@does("import")
def remove_answer(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Forget an answer."""
    return go("survey", seat.workspace.slug, desk.remove_answer(seat, key), anchor="newest")


_AT = "w/<slug:slug>/campaigns/<int:key>/survey"
urls = [
    path(_AT, survey, name="survey"),
    path(f"{_AT}/add", add_answer, name="add_answer"),
    path(f"{_AT}/upload", bring_answers, name="bring_answers"),
    path("w/<slug:slug>/survey-answers/<int:key>/remove", remove_answer, name="remove_answer"),
]
