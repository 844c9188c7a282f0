"""Settings of a workspace: options, members, invitations; and the link by which somebody joins."""

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from asterism.desk.studio.members import (
    Invite,
    Joining,
    People,
    change_role,
    invite,
    invited,
    join,
    people_of,
    remove,
    revoke,
)
from asterism.desk.studio.workspace import Options, change_options, options_of
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import does, open_to_all, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class Settings:
    """`settings.html.j2`: the options as they stand."""

    options: Options


@dataclass(frozen=True, slots=True)
class Join:
    """`join.html.j2`: who invites, as what, and whether the visitor is signed in with that address."""

    workspace: str
    role: str
    email: str
    signed_in: bool


@shows("see")
def settings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The options of the workspace."""
    return page(request, "settings.html.j2", Settings(options_of(seat.workspace)))


@does("workspace")
def set_options(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Change the options."""
    change_options(seat, read_form(request, Options))
    return go("settings", seat.workspace.slug)


@shows("see")
def members(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who works here."""
    return page(request, "members.html.j2", people_of(seat))


@does("members")
def invite_member(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Invite somebody; the link is shown this once."""
    _, secret = invite(seat, read_form(request, Invite))
    shown: People = people_of(seat, request.build_absolute_uri(f"/join/{secret}"))
    return page(request, "members.html.j2", shown)


@does("members")
def revoke_invitation(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Take an invitation back."""
    revoke(seat, key)
    return go("members", seat.workspace.slug)


@does("members")
def set_role(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Change a member's role."""
    change_role(seat, key, request.POST.get("role", ""))
    return go("members", seat.workspace.slug)


@does("members")
def remove_member(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """End a membership."""
    remove(seat, key)
    return go("members", seat.workspace.slug)


@open_to_all("an invitation carries its own secret")
def join_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Take an invitation: as the user who is signed in, or as a new one."""
    now = timezone.now()
    invitation = invited(secret, now)
    same = request.user.is_authenticated and request.user.email == invitation.email
    if request.method != "POST":
        shown = Join(invitation.workspace.name, invitation.role, invitation.email, same)
        return page(request, "join.html.j2", shown)
    seat = join(secret, request.user if same else read_form(request, Joining), now)
    login(request, seat.user, backend="django.contrib.auth.backends.ModelBackend")
    return go("home", seat.workspace.slug)


_AT = "w/<slug:slug>/settings"
urls = [
    path(f"{_AT}/", settings, name="settings"),
    path(f"{_AT}/change", set_options, name="set_options"),
    path(f"{_AT}/members", members, name="members"),
    path(f"{_AT}/members/invite", invite_member, name="invite_member"),
    path(f"{_AT}/members/<int:key>/role", set_role, name="set_role"),
    path(f"{_AT}/members/<int:key>/remove", remove_member, name="remove_member"),
    path(f"{_AT}/invitations/<int:key>/revoke", revoke_invitation, name="revoke_invitation"),
    path("join/<str:secret>", join_page, name="join"),
]
