"""The campaign board, and steps for several collaborations at once."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio.board import Filter, board_of
from asterism.desk.studio.bulk import Several, several
from asterism.faces.web.forms import read_fields, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("see")
def board(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """How far everybody is, in columns or as a table."""
    asked = {name: value for name, value in request.GET.items() if value and name in Filter.model_fields}
    return page(request, "board.html.j2", board_of(seat, key, read_fields(Filter, asked)))


@does("run")
def step_several(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A step for all that were ticked; each is answered by itself."""
    made = several(seat, read_form(request, Several), request.build_absolute_uri("/")[:-1])
    return page(request, "outcomes.html.j2", made)


urls = [
    path("w/<slug:slug>/campaigns/<int:key>/", board, name="board"),
    path("w/<slug:slug>/collaborations/step", step_several, name="step_several"),
]
