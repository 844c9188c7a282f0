"""A creator's page, and what members write on it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import creators as desk
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("see")
def creator(request: HttpRequest, seat: Seat, platform: str, creator_id: str) -> HttpResponse:
    """Everything known of a creator."""
    return page(request, "creator.html.j2", desk.creator_page(seat, platform, creator_id))


@does("search")
def read_creator(request: HttpRequest, seat: Seat, platform: str, creator_id: str) -> HttpResponse:  # noqa: ARG001
    """Read the creator in full once more, after reading failed."""
    desk.read_again(seat, platform, creator_id)
    return _back(seat, platform, creator_id)


@does("plan")
def note_creator(request: HttpRequest, seat: Seat, platform: str, creator_id: str) -> HttpResponse:
    """Write a note."""
    desk.add_note(seat, platform, creator_id, read_form(request, desk.NewNote))
    return _back(seat, platform, creator_id, "notes")


@does("write")
def contact_creator(request: HttpRequest, seat: Seat, platform: str, creator_id: str) -> HttpResponse:
    """Change how the creator is reached."""
    desk.set_contact(seat, platform, creator_id, read_form(request, desk.Contact))
    return _back(seat, platform, creator_id, "contact")


@does("write")
def opt_out_creator(request: HttpRequest, seat: Seat, platform: str, creator_id: str) -> HttpResponse:
    """Close every channel."""
    desk.opt_out(seat, platform, creator_id, read_form(request, desk.Objection))
    return _back(seat, platform, creator_id, "contact")


@does("write")
def opt_in_creator(request: HttpRequest, seat: Seat, platform: str, creator_id: str) -> HttpResponse:
    """Open the channels again."""
    desk.opt_in(seat, platform, creator_id, read_form(request, desk.Objection))
    return _back(seat, platform, creator_id, "contact")


def _back(seat: Seat, platform: str, creator_id: str, anchor: str = "") -> HttpResponse:
    return go("creator", seat.workspace.slug, platform, creator_id, anchor=anchor)


# What is done stands before the account: an id may hold slashes, and no id may be taken for a deed.
_AT, _WHO = "w/<slug:slug>/creator", "<str:platform>/<path:creator_id>"
urls = [
    path(f"w/<slug:slug>/creators/{_WHO}", creator, name="creator"),
    path(f"{_AT}-read/{_WHO}", read_creator, name="read_creator"),
    path(f"{_AT}-note/{_WHO}", note_creator, name="note_creator"),
    path(f"{_AT}-contact/{_WHO}", contact_creator, name="contact_creator"),
    path(f"{_AT}-opt-out/{_WHO}", opt_out_creator, name="opt_out_creator"),
    path(f"{_AT}-opt-in/{_WHO}", opt_in_creator, name="opt_in_creator"),
]
