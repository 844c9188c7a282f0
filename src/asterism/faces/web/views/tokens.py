"""Tokens of the API under the settings: made, shown once, revoked."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio.tokens import NewToken, make_token, revoke_token, tokens_of
from asterism.faces.web.forms import go, read_form, standing_at
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("tokens")
def tokens(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The tokens of the workspace."""
    return page(request, "tokens.html.j2", tokens_of(seat))


@does("tokens")
def add_token(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make a token; its secret is shown this once."""
    _, secret = make_token(seat, read_form(request, NewToken))
    return standing_at(page(request, "tokens.html.j2", tokens_of(seat, secret)), "tokens", seat.workspace.slug)


@does("tokens")
def end_token(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Revoke a token."""
    revoke_token(seat, key)
    return go("tokens", seat.workspace.slug)


_AT = "w/<slug:slug>/settings/tokens"
urls = [
    path(f"{_AT}/", tokens, name="tokens"),
    path(f"{_AT}/make", add_token, name="add_token"),
    path(f"{_AT}/<int:key>/revoke", end_token, name="end_token"),
]
