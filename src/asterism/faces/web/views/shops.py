"""Shops: made, changed, closed; what they said; and the address at which they say it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from asterism.desk.studio import arrivals
from asterism.desk.studio import shops as desk
from asterism.errors import BadInput
from asterism.faces.web.forms import go, read_form, standing_at
from asterism.faces.web.seats import does, open_to_all, shows
from asterism.faces.web.templating import page
from asterism.measurement.shops.signatures import Knock
from asterism.store.ledger.seats import Seat


@shows("webhooks")
def shops(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The shops of the workspace."""
    return page(request, "shops.html.j2", desk.shops_of(seat, request.build_absolute_uri("/")))


@does("webhooks")
def add_shop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Add a shop; a secret that is made here is shown this once."""
    shop, secret = desk.add_shop(seat, read_form(request, desk.NewShop))
    shown = replace(desk.shops_of(seat, request.build_absolute_uri("/")), made=shop, secret=secret)
    return standing_at(page(request, "shops.html.j2", shown), "shops", seat.workspace.slug)


@shows("webhooks")
def shop(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """One shop and what it said."""
    number = request.GET.get("page", "1")
    if not number.isdecimal() or len(number) > 6:
        raise BadInput("That is no page.", "Pages are counted from 1.")
    site = request.build_absolute_uri("/")
    return page(request, "shops_one.html.j2", desk.log_of(seat, key, request.GET.get("state", ""), int(number), site))


@does("webhooks")
def change_shop(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Change its name, currency or time zone."""
    desk.change_shop(seat, key, read_form(request, desk.ShopChange))
    return go("shop", seat.workspace.slug, key)


@does("webhooks")
def rotate_shop(request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Another secret; one that is made here is shown this once."""
    _, secret = desk.rotate_secret(seat, key, read_form(request, desk.NewSecret))
    shown = replace(desk.log_of(seat, key, site=request.build_absolute_uri("/")), secret=secret)
    return standing_at(page(request, "shops_one.html.j2", shown), "shop", seat.workspace.slug, key)


@does("webhooks")
def close_shop(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """End its address."""
    desk.close_shop(seat, key)
    return go("shops", seat.workspace.slug)


@does("webhooks")
def replay_arrival(_request: HttpRequest, seat: Seat, key: int) -> HttpResponse:
    """Work out anew what was said."""
    return go("shop", seat.workspace.slug, desk.replay(seat, key).shop_id, anchor="came")


@does("webhooks")
def replay_waiting(_request: HttpRequest, seat: Seat) -> HttpResponse:
    """Work out anew everything that waits."""
    desk.replay_waiting(seat)
    return go("orders", seat.workspace.slug)


@csrf_exempt
@open_to_all("shops have no login: the address carries the shop's key, and each delivery is signed", ("POST",))
def receiver(request: HttpRequest, secret: str) -> HttpResponse:
    """What a shop says; always answered in JSON."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > arrivals.LARGEST:
        answer = arrivals.refusal(413, f"A delivery holds at most {arrivals.LARGEST:,} bytes.", "Send fewer orders.")
    else:
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = arrivals.receive(secret, Knock(headers, request.body, timezone.now()))
    return JsonResponse(answer.body, status=answer.status)


_AT = "w/<slug:slug>/shops"
urls = [
    path(f"{_AT}/", shops, name="shops"),
    path(f"{_AT}/add", add_shop, name="add_shop"),
    path(f"{_AT}/replay", replay_waiting, name="replay_waiting"),
    path(f"{_AT}/<int:key>/", shop, name="shop"),
    path(f"{_AT}/<int:key>/change", change_shop, name="change_shop"),
    path(f"{_AT}/<int:key>/secret", rotate_shop, name="rotate_shop"),
    path(f"{_AT}/<int:key>/close", close_shop, name="close_shop"),
    path(f"{_AT}/arrivals/<int:key>/replay", replay_arrival, name="replay_arrival"),
    path("in/<str:secret>", receiver, name="receiver"),
]
