"""Who asks: views of members are told their seat, and refused before they run where the role does not reach."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from asterism.errors import NotAllowed
from asterism.faces.web.once import once_only
from asterism.store.ledger.seats import seat_of

View = Callable[..., HttpResponse]

SIGNED_OUT = NotAllowed("You are signed out.", "Sign in first, then open this page again.")


def shows(action: str) -> Callable[[View], View]:
    """A page (GET) of a workspace for members whose role allows `action`; the view gets `(request, seat, …)`."""
    return _seated(action, ("GET", "HEAD"))


def does(action: str) -> Callable[[View], View]:
    """A deed (POST) in a workspace for members whose role allows `action`; the view gets `(request, seat, …)`.

    It is one transaction and done once per form sent: what a refusal should leave behind must be saved without raising.
    """
    return _seated(action, ("POST",))


def _seated(action: str, methods: tuple[str, ...]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def seated(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                raise SIGNED_OUT
            seat = seat_of(request.user, slug, timezone.now())
            seat.insist(action)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            request.seat = seat
            return once_only(request, seat, lambda: view(request, seat, **parts))

        seated.action, seated.methods = action, methods  # type: ignore[attr-defined]
        return seated

    return decorate


def signed_in(*methods: str) -> Callable[[View], View]:
    """A page (GET, HEAD) or deed (POST) of a user outside any workspace; the view gets `(request, user, …)`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def personal(request: HttpRequest, **parts: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                raise SIGNED_OUT
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, request.user, **parts)

        personal.action, personal.methods = "signed_in", methods  # type: ignore[attr-defined]
        return personal

    return decorate


def open_to_all(why: str, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Mark a view that needs no login, and say why: the isolation test insists on the reason."""

    def decorate(view: View) -> View:
        view.action, view.why, view.methods = "open", why, methods  # type: ignore[attr-defined]
        return view

    return decorate
