"""A user's own page: name, password, second factor."""

from dataclasses import dataclass
from typing import Any

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from markupsafe import Markup

from asterism.desk.studio.account import (
    NewPassword,
    begin_factor,
    change_name,
    change_password,
    confirm_factor,
    end_factor,
)
from asterism.errors import BadInput
from asterism.faces.web.forms import go, read_form
from asterism.faces.web.seats import signed_in
from asterism.faces.web.templating import page

PENDING = "factor"
"""Where a session keeps a second factor that waits for its first code."""


@dataclass(frozen=True, slots=True)
class Account:
    """`account.html.j2`: who the user is; a picture and secret while a factor is set up; recovery codes once."""

    name: str
    email: str
    has_factor: bool
    picture: str = ""
    secret: str = ""
    codes: tuple[str, ...] = ()


def _account(user: Any, **more: Any) -> Account:
    return Account(user.name, user.email, bool(user.totp_secret), **more)


@signed_in("GET", "HEAD")
def account(request: HttpRequest, user: Any) -> HttpResponse:
    """The user's own page."""
    return page(request, "account.html.j2", _account(user))


@signed_in("POST")
def set_name(request: HttpRequest, user: Any) -> HttpResponse:
    """Change the name."""
    change_name(user, request.POST.get("name", ""))
    return go("account")


@signed_in("POST")
def set_password(request: HttpRequest, user: Any) -> HttpResponse:
    """Change the password; this session goes on, all others end."""
    change_password(user, read_form(request, NewPassword))
    update_session_auth_hash(request, user)
    return go("account")


@signed_in("POST")
def set_up_factor(request: HttpRequest, user: Any) -> HttpResponse:
    """Begin a second factor: a picture for the app, and a field for its first code."""
    factor = begin_factor(user)
    request.session[PENDING] = factor.secret
    svg = segno.make(factor.address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False)
    return page(request, "account.html.j2", _account(user, picture=Markup(svg), secret=factor.secret))  # noqa: S704 — drawn from our own address


@signed_in("POST")
def confirm(request: HttpRequest, user: Any) -> HttpResponse:
    """Confirm the second factor by its first code; the recovery codes are shown this once."""
    secret = request.session.get(PENDING)
    if not secret:
        raise BadInput("There is no second factor to confirm.", "Set one up first.")
    codes = confirm_factor(user, secret, request.POST.get("code", ""), timezone.now())
    del request.session[PENDING]
    return page(request, "account.html.j2", _account(user, codes=tuple(codes)))


@signed_in("POST")
def drop(request: HttpRequest, user: Any) -> HttpResponse:
    """End the second factor."""
    end_factor(user, request.POST.get("password", ""))
    return go("account")


urls = [
    path("account", account, name="account"),
    path("account/name", set_name, name="set_name"),
    path("account/password", set_password, name="set_password"),
    path("account/factor", set_up_factor, name="set_up_factor"),
    path("account/factor/confirm", confirm, name="confirm_factor"),
    path("account/factor/drop", drop, name="drop_factor"),
]
