"""Shops: who tells us of orders, under which address and secret, and the log of what came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from asterism.errors import BadInput, Conflict
from asterism.measurement.shops.fields import currency_of
from asterism.measurement.shops.said import Reader
from asterism.store.ledger.arrivals import settle, settle_waiting, states
from asterism.store.ledger.hashes import customer_hash, visitor_hash
from asterism.store.ledger.models import Arrival, Shop
from asterism.store.ledger.scope import add, find, lock, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.secrets import new_secret
from asterism.store.ledger.trail import record

MOST: Final = 50
"""Shops of a workspace."""
PER_PAGE: Final = 50
SHORTEST: Final = 16
"""Letters of a secret that is pasted, at least."""
KINDS: Final = (
    ("generic", "A shop or program that signs as we describe"),
    ("shopify", "Shopify"),
    ("woocommerce", "WooCommerce"),
    ("file", "Files and programs with a token only"),
)
"""Kind → in words."""
FILES: Final = "Files and programs"
"""The shop that is made where somebody brings orders and names none."""
STATES: Final = ("taken", "waiting", "refused")
TONES: Final = {"taken": "good", "waiting": "warn", "refused": "bad"}

Kind = Literal["generic", "shopify", "woocommerce", "file"]


class NewShop(BaseModel):
    """A shop; Shopify and WooCommerce give out their secret themselves, for the others it is made here."""

    name: str = Field(min_length=1, max_length=120, pattern=r"\S")
    kind: Kind
    secret: str = Field(default="", max_length=120, description="Shopify's and WooCommerce's own; empty otherwise.")
    currency: str = Field(default="", max_length=3, description="Of amounts that name none.")
    timezone: str = Field(default="", max_length=60, description="Of times that name none; else the workspace's.")


class ShopChange(BaseModel):
    """What to change of a shop; what is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=120, pattern=r"\S")
    currency: str | None = Field(default=None, max_length=3)
    timezone: str | None = Field(default=None, max_length=60)


class NewSecret(BaseModel):
    """The secret that Shopify or WooCommerce gave out; empty where it is made here."""

    secret: str = Field(default="", max_length=120)


@dataclass(frozen=True, slots=True)
class Shops:
    """`shops.html.j2`: the shops with their addresses; `secret` is shown once, after `made` was added."""

    shops: tuple[Shop, ...]
    site: str
    kinds: dict[str, str]
    made: Shop | None = None
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A row of the log, its name cut to what tells it apart, its state with a tone, and whether to try it again."""

    row: Arrival
    name: str
    tone: str
    again: bool


@dataclass(frozen=True, slots=True)
class ShopLog:
    """`shops_one.html.j2`: a shop and what it said, the newest first; `secret` is shown once, after a change."""

    sentence: str
    shop: Shop
    site: str
    kind: str
    says: str
    arrivals: tuple[Came, ...]
    counts: tuple[tuple[str, int], ...]
    state: str
    number: int
    of: int
    secret: str = ""


def shops_of(seat: Seat, site: str = "") -> Shops:
    """The shops of a workspace; `site` stands before their addresses."""
    return Shops(tuple(all_shops(seat)), site.rstrip("/"), dict(KINDS))


def all_shops(seat: Seat) -> Any:
    """The shops as a query."""
    seat.insist("webhooks")
    return rows(seat, Shop).order_by("id")


def shop_of(seat: Seat, key: int) -> Shop:
    """One shop."""
    seat.insist("webhooks")
    return find(seat, Shop, key)


def add_shop(seat: Seat, wish: NewShop) -> tuple[Shop, str]:
    """A new shop and, where it was made here, the secret that signs its deliveries, which is shown this once.

    Raises
    ------
    BadInput
        The secret, the currency or the time zone cannot be used.
    Conflict
        A shop of that name stands already, or there are too many.
    """
    seat.insist("webhooks")
    secret = _secret(wish.kind, wish.secret)
    if rows(seat, Shop).count() >= MOST:
        raise Conflict(f"There are {MOST} shops already.", "Use one of them.")
    with together():
        shop = add(
            seat, Shop, name=wish.name.strip(), kind=wish.kind, key=new_secret(18), secret=secret,
            currency=_currency(wish.currency), timezone=_timezone(wish.timezone), by=seat.user,
        )  # fmt: skip
        record(seat, "shop.added", shop, kind=shop.kind)
    return shop, secret if wish.kind == "generic" else ""


def change_shop(seat: Seat, key: int, change: ShopChange) -> Shop:
    """Change a shop's name, or the currency and time zone of what names none; earlier orders stay as they are."""
    seat.insist("webhooks")
    checks: dict[str, Callable[[str], str]] = {"name": str.strip, "currency": _currency, "timezone": _timezone}
    fields = {name: checks[name](value) for name, value in change.model_dump(exclude_none=True).items()}
    with together():
        shop = lock(seat, Shop, key)
        if fields:
            save(seat, shop, **fields)
            record(seat, "shop.changed", shop, what=sorted(fields))
    return shop


def rotate_secret(seat: Seat, key: int, wish: NewSecret) -> tuple[Shop, str]:
    """Another secret; the old one ends at once. Where it was made here it is answered, this once."""
    seat.insist("webhooks")
    with together():
        shop = lock(seat, Shop, key)
        if shop.kind == "file":
            raise BadInput("Nothing is signed for this shop.", "Its orders come by file, or by a token.")
        secret = _secret(shop.kind, wish.secret)
        save(seat, shop, secret=secret)
        record(seat, "shop.secret_changed", shop)
    return shop, secret if shop.kind == "generic" else ""


def close_shop(seat: Seat, key: int) -> Shop:
    """End a shop's address; its orders stay."""
    seat.insist("webhooks")
    with together():
        shop = lock(seat, Shop, key)
        if shop.revoked_at is None:
            save(seat, shop, revoked_at=seat.now)
            record(seat, "shop.closed", shop)
    return shop


def log_of(seat: Seat, key: int, state: str = "", number: int = 1, site: str = "") -> ShopLog:
    """One page of what a shop said, of one state where one is given."""
    query = arrivals_of(seat, key, state)
    shop = shop_of(seat, key)
    of = max(1, -(-query.count() // PER_PAGE))
    number = min(max(number, 1), of)
    came = query[(number - 1) * PER_PAGE : number * PER_PAGE]
    found = states(seat, shop)
    counts = tuple((name, found.get(name, 0)) for name in STATES)
    shown = tuple(
        Came(row, _short(row.key), TONES.get(row.state, ""), bool(row.said) and row.state != "taken") for row in came
    )
    says = dict(KINDS).get(shop.kind, shop.kind)
    return ShopLog(_sentence(counts), shop, site.rstrip("/"), shop.kind, says, shown, counts, state, number, of)


def _short(name: str) -> str:
    """A delivery's name; one that we made of what it says is as good with fewer digits."""
    return name[:17] if name.startswith(("said:", "body:")) else name[:60]


def _sentence(counts: Sequence[tuple[str, int]]) -> str:
    """What came of everything a shop said, in one line."""
    taken, waiting, refused = (n for _, n in counts)
    if not taken + waiting + refused:
        return "Nothing came so far."
    rest = [f"{n:,} {words}" for n, words in ((waiting, "waiting"), (refused, "refused")) if n]
    return f"{taken:,} taken, {', '.join(rest)}." if rest else f"{taken:,} taken, nothing waits, nothing was refused."


def arrivals_of(seat: Seat, key: int, state: str = "") -> Any:
    """What a shop said as a query, the newest first."""
    seat.insist("webhooks")
    if state and state not in STATES:
        raise BadInput(f"`{state[:20]}` is no state.", f"Known: {', '.join(STATES)}.", "state")
    query = rows(seat, Arrival).filter(shop=find(seat, Shop, key)).order_by("-id")
    return query.filter(state=state) if state else query


def replay(seat: Seat, key: int) -> Arrival:
    """Work out anew what was said of an order, as after something was mended.

    Raises
    ------
    BadInput
        It was not understood when it came, so nothing was kept that could be done again.
    """
    seat.insist("webhooks")
    row = find(seat, Arrival, key, "shop")
    if not row.said:
        raise BadInput("Nothing of this delivery was kept to be done again.", "Let the shop send it once more.")
    with together():
        settle(seat, row.shop, [row.order_key])
        record(seat, "arrival.replayed", row.shop, delivery=row.pk)
    return find(seat, Arrival, key, "shop")


def replay_waiting(seat: Seat) -> int:
    """Work out anew everything that waits; how many words do not wait any more."""
    seat.insist("webhooks")
    done = settle_waiting(seat)
    with together():
        record(seat, "arrival.replayed", done=done)
    return done


def shop_for(seat: Seat, key: int | None) -> Shop:
    """The shop that orders of a file or a program belong to; `FILES`, which is made at need, where none is named."""
    if key is not None:
        return find(seat, Shop, key)
    found: Shop | None = rows(seat, Shop).filter(kind="file").order_by("id").first()
    if found is None:
        found = add(seat, Shop, name=FILES, kind="file", key=new_secret(18), by=seat.user)
        record(seat, "shop.added", found, kind="file")
    return found


def reader_of(seat: Seat, shop: Shop) -> Reader:
    """What a shop's words are read with: its currency and zone, and the workspace's keyed hashes."""
    place = seat.workspace.pk

    def customer(who: str) -> str:
        return customer_hash(place, f"{shop.pk}:{who}" if who.startswith("id:") else who)

    def visitor(address: str, agent: str) -> str:
        return visitor_hash(place, address, agent)

    return Reader(shop.currency, zone_of(seat, shop), seat.now, customer, visitor)


def zone_of(seat: Seat, shop: Shop) -> tzinfo:
    """The time zone of a shop's times that name none."""
    return ZoneInfo(shop.timezone or seat.workspace.timezone)


def _secret(kind: str, pasted: str) -> str:
    pasted = pasted.strip()
    if kind == "file":
        return ""
    if kind == "generic":
        return f"shsec_{new_secret()}"
    if len(pasted) < SHORTEST or not pasted.isprintable():
        name = "Shopify's webhooks page" if kind == "shopify" else "the webhook's own page in WooCommerce"
        raise BadInput(f"The secret is missing, or shorter than {SHORTEST} letters.", f"Copy it from {name}.", "secret")
    return pasted


def _currency(code: str) -> str:
    return currency_of(code, "") if code.strip() else ""


def _timezone(name: str) -> str:
    try:
        return ZoneInfo(name.strip()).key if name.strip() else ""
    except (KeyError, OSError, ValueError):  # zoneinfo says no in each of these ways
        raise BadInput(f"`{name[:40]}` is no time zone.", "Write it as in Europe/Berlin.", "timezone") from None
