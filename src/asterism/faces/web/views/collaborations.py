"""One collaboration: its page, its steps, who looks after it, notes, the invitation and the creator's link."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import collaborations as desk
from asterism.desk.studio.collaboration import collaboration_page
from asterism.desk.studio.collaborations import Assigning, Noted, Stepping
from asterism.desk.studio.invitations import Invitation, close_link, invite, new_link
from asterism.desk.studio.inviting import invitation_page
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


def site(request: HttpRequest) -> str:
    """The studio's own address, without a slash at the end."""
    return request.build_absolute_uri("/")[:-1]


@shows("see")
def collaboration(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One creator in one campaign."""
    return page(request, "collaboration.html.j2", collaboration_page(seat, key))


@does("run")
def step_collaboration(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Take a step; from the board one goes back to the board."""
    wish = read_form(request, Stepping)
    row = desk.step(seat, key, wish.step, wish.reason)
    back = ("board", row.campaign_id) if request.POST.get("from") == "board" else ("collaboration", key)
    return go(back[0], seat.workspace.slug, back[1])


@does("run")
def assign_collaboration(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Say who looks after it."""
    desk.assign(seat, key, read_form(request, Assigning).member)
    return go("collaboration", seat.workspace.slug, key)


@does("run")
def note_collaboration(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Write a note."""
    desk.note(seat, key, read_form(request, Noted))
    return go("collaboration", seat.workspace.slug, key, anchor="notes")


@shows("write")
def invitation(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """The first letter as it would be sent."""
    return page(request, "invitation.html.j2", invitation_page(seat, key, Invitation(), site(request)))


@does("write")
def invite_creator(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Invite, and show the link to the creator's own page this once; or see the letter with what was typed."""
    wish = read_form(request, Invitation)
    if request.POST.get("see"):
        return page(request, "invitation.html.j2", invitation_page(seat, key, wish, site(request)))
    return page(request, "invited.html.j2", invite(seat, key, wish, site(request)))


@does("write")
def renew_link(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """A new link to the creator's own page, shown this once."""
    return page(request, "invited.html.j2", new_link(seat, key, site(request)))


@does("write")
def end_link(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Close the creator's own page."""
    close_link(seat, key)
    return go("collaboration", seat.workspace.slug, key)


_AT = "w/<slug:slug>/collaborations/<int:key>"
urls = [
    path(f"{_AT}/", collaboration, name="collaboration"),
    path(f"{_AT}/step", step_collaboration, name="step_collaboration"),
    path(f"{_AT}/assign", assign_collaboration, name="assign_collaboration"),
    path(f"{_AT}/note", note_collaboration, name="note_collaboration"),
    path(f"{_AT}/invitation", invitation, name="invitation"),
    path(f"{_AT}/invite", invite_creator, name="invite_creator"),
    path(f"{_AT}/link", renew_link, name="renew_link"),
    path(f"{_AT}/link/close", end_link, name="end_link"),
]
