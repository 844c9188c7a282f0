"""Webhooks under the settings: added, changed, tried; their log, with calls made again."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import path

from asterism.desk.studio import webhooks as desk
from asterism.errors import BadInput
from asterism.faces.web.forms import go, read_form, standing_at
from asterism.faces.web.seats import does, shows
from asterism.faces.web.templating import page
from asterism.store.ledger.seats import Seat


@shows("webhooks")
def webhooks(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The webhooks of the workspace."""
    return page(request, "webhooks.html.j2", desk.hooks_of(seat))


@does("webhooks")
def add_webhook(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Add a webhook; the secret that signs its calls is shown this once."""
    hook, secret = desk.add_hook(seat, read_form(request, desk.NewHook))
    shown = replace(desk.hooks_of(seat), made=hook, secret=secret)
    return standing_at(page(request, "webhooks.html.j2", shown), "webhooks", seat.workspace.slug)


@shows("webhooks")
def webhook(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One webhook and its calls."""
    number = request.GET.get("page", "1")
    if not number.isdecimal() or len(number) > 6:
        raise BadInput("That is no page.", "Pages are counted from 1.")
    return page(request, "webhook.html.j2", desk.log_of(seat, key, int(number)))


@does("webhooks")
def change_webhook(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Change the address or the events, stop it or start it again."""
    desk.change_hook(seat, key, read_form(request, desk.HookForm).change())
    return go("webhook", seat.workspace.slug, key)


@does("webhooks")
def remove_webhook(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Remove a webhook with its log."""
    desk.remove_hook(seat, key)
    return go("webhooks", seat.workspace.slug)


@does("webhooks")
def try_webhook(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Make a call that says nothing."""
    desk.try_hook(seat, key)
    return go("webhook", seat.workspace.slug, key, anchor="calls")


@does("webhooks")
def replay_call(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Make a call again."""
    again = desk.replay(seat, key)
    return go("webhook", seat.workspace.slug, again.hook_id, anchor="calls")


_AT = "w/<slug:slug>/settings/webhooks"
urls = [
    path(f"{_AT}/", webhooks, name="webhooks"),
    path(f"{_AT}/add", add_webhook, name="add_webhook"),
    path(f"{_AT}/<int:key>/", webhook, name="webhook"),
    path(f"{_AT}/<int:key>/change", change_webhook, name="change_webhook"),
    path(f"{_AT}/<int:key>/remove", remove_webhook, name="remove_webhook"),
    path(f"{_AT}/<int:key>/try", try_webhook, name="try_webhook"),
    path(f"{_AT}/calls/<int:key>/replay", replay_call, name="replay_call"),
]
