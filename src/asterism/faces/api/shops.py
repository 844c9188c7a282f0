"""`/shops`: who tells us of orders, and the log of what came."""

from datetime import datetime
from typing import Any, Literal

from ninja import Query, Router, Schema

from asterism.desk.studio import shops as desk
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Shops"])


class ShopOut(Schema):
    """A shop without its secret; it calls the address `/in/` and its key."""

    id: int
    name: str
    kind: str
    key: str
    currency: str
    timezone: str
    revoked_at: datetime | None
    made_at: datetime


class MadeShop(Schema):
    """A shop and the secret that signs its deliveries, which is shown this once; empty where the shop gave it out."""

    shop: ShopOut
    secret: str


class ArrivalOut(Schema):
    """Something a shop said; `state` is taken, waiting or refused, `times` how often it came."""

    id: int
    shop_id: int
    key: str
    topic: str
    order_key: str
    state: str
    why: str
    times: int
    made_at: datetime


class ReplayedOut(Schema):
    """How many words do not wait any more."""

    done: int


class ArrivalFilter(Schema):
    """Which of them: of a state."""

    state: Literal["", "taken", "waiting", "refused"] = ""


@router.get("", **asks("webhooks", Page[ShopOut]))
def list_shops(request: Any, at: Query[At]) -> Any:
    """The shops of the workspace."""
    return paged(request, at, desk.all_shops(seat_of(request)))


@router.post("", **asks("webhooks", MadeShop, 201))
def add_shop(request: Any, wish: desk.NewShop) -> Any:
    """Add a shop; it gets an address of its own."""
    shop, secret = desk.add_shop(seat_of(request), wish)
    return {"shop": shop, "secret": secret}


@router.post("/replay", **asks("webhooks", ReplayedOut))
def replay_waiting_arrivals(request: Any) -> Any:
    """Work out anew everything that waits."""
    return {"done": desk.replay_waiting(seat_of(request))}


@router.get("/{shop}", **asks("webhooks", ShopOut))
def read_shop(request: Any, shop: Key) -> Any:
    """One shop."""
    return desk.shop_of(seat_of(request), shop)


@router.patch("/{shop}", **asks("webhooks", ShopOut))
def change_shop(request: Any, shop: Key, change: desk.ShopChange) -> Any:
    """Change its name, or the currency and time zone of what names none."""
    return desk.change_shop(seat_of(request), shop, change)


@router.post("/{shop}/secret", **asks("webhooks", MadeShop))
def change_shop_secret(request: Any, shop: Key, wish: desk.NewSecret) -> Any:
    """Another secret; the old one ends at once."""
    changed, secret = desk.rotate_secret(seat_of(request), shop, wish)
    return {"shop": changed, "secret": secret}


@router.post("/{shop}/close", **asks("webhooks", ShopOut))
def close_shop(request: Any, shop: Key) -> Any:
    """End its address; its orders stay."""
    return desk.close_shop(seat_of(request), shop)


@router.get("/{shop}/arrivals", **asks("webhooks", Page[ArrivalOut]))
def list_arrivals(request: Any, shop: Key, at: Query[At], wanted: Query[ArrivalFilter]) -> Any:
    """What it said, the newest first."""
    return paged(request, at, desk.arrivals_of(seat_of(request), shop, wanted.state))


@router.post("/arrivals/{arrival}/replay", **asks("webhooks", ArrivalOut))
def replay_arrival(request: Any, arrival: Key) -> Any:
    """Work out anew what was said of an order."""
    return desk.replay(seat_of(request), arrival)
