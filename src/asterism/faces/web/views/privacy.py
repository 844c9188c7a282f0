"""Privacy under the settings: requests, notices, what is kept of one creator, erasure, retention."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from asterism.desk.studio import privacy as desk
from asterism.faces.web.forms import go
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("privacy")
def privacy(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What privacy law asks of the workspace now."""
    return page(request, "privacy.html.j2", desk.privacy_of(seat))


@does("privacy")
def settle_request(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Mark a request as answered."""
    desk.settle(seat, key)
    return go("privacy", seat.workspace.slug)


@does("privacy")
def ask_privacy(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Write down a request that came by letter."""
    desk.ask(seat, key, request.POST.get("kind", ""))
    return go("privacy", seat.workspace.slug)


@does("privacy")
def notify_creator(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Note that the notice went out."""
    desk.notified(seat, key)
    return go("privacy", seat.workspace.slug)


@does("privacy")
def personal_data(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Everything kept of one creator, as a file."""
    answer = JsonResponse(desk.held(seat, key), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer.headers["Content-Disposition"] = f'attachment; filename="personal-data-{key}.json"'
    return answer


@shows("privacy")
def erase(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """What an erasure would take."""
    return page(request, "erase.html.j2", desk.erasing(seat, key))


@does("privacy")
def erase_creator(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Begin an erasure."""
    job = desk.begin_erasure(seat, key, request.POST.get("reason", ""))
    return go("job", seat.workspace.slug, job.pk)


@does("privacy")
def expire_rows(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 — Django passes it
    """Begin to let old rows go."""
    return go("job", seat.workspace.slug, desk.begin_expiry(seat).pk)


_AT = "w/<slug:slug>/privacy"
urls = [
    path(f"{_AT}/", privacy, name="privacy"),
    path(f"{_AT}/requests/<int:key>/settle", settle_request, name="settle_request"),
    path(f"{_AT}/creators/<int:key>/ask", ask_privacy, name="ask_privacy"),
    path(f"{_AT}/creators/<int:key>/notified", notify_creator, name="notify_creator"),
    path(f"{_AT}/creators/<int:key>/data", personal_data, name="personal_data"),
    path(f"{_AT}/creators/<int:key>/erase", erase, name="erase"),
    path(f"{_AT}/creators/<int:key>/erase/now", erase_creator, name="erase_creator"),
    path(f"{_AT}/expire", expire_rows, name="expire_rows"),
]
