"""Orders: brought by programs with a token, listed, and told in one sentence."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from asterism.desk.studio.arrivals import told
from asterism.desk.studio.dates import GivenDate
from asterism.desk.studio.shops import reader_of, shop_for
from asterism.errors import BadInput
from asterism.measurement.shops.generic import MOST, CancelWords, OrderWords, RefundWords, Words, said_of
from asterism.measurement.shops.said import Reader, Said, written
from asterism.reports.spreadsheet_safety import inert
from asterism.store.ledger import orders as ledger
from asterism.store.ledger.arrivals import Delivery, keep, states
from asterism.store.ledger.models import Arrival, Campaign, Order, Shop
from asterism.store.ledger.orders import Counted, Revenue
from asterism.store.ledger.scope import find, rows, together
from asterism.store.ledger.seats import Seat

PER_PAGE: Final = 50
EXPORTED: Final = 100_000
"""Orders of an export, the newest first."""
WAITING_SHOWN: Final = 20
COLUMNS: Final = (
    "shop", "order", "at", "currency", "amount", "refunded", "kept", "codes", "clicks", "new_customer", "referrer",
    "cancelled_at", "changed_at",
)  # fmt: skip
"""Columns of an export; hashes of customers and visitors are left out."""


class BroughtOrders(BaseModel):
    """Orders, refunds and cancellings, up to 1,000 together; each is told apart by its shop and its key there."""

    shop: int | None = Field(default=None, ge=1, lt=2**63, description="Else the workspace's shop for files.")
    orders: list[OrderWords] = Field(default_factory=list, max_length=MOST)
    refunds: list[RefundWords] = Field(default_factory=list, max_length=MOST)
    cancels: list[CancelWords] = Field(default_factory=list, max_length=MOST)


class OrderChoice(BaseModel):
    """Which orders: whose key begins with `q`, of a shop, of days in the workspace's zone, in a state."""

    q: str = Field(default="", max_length=120)
    shop: int | None = Field(default=None, ge=1, lt=2**63)
    since: GivenDate | None = None
    until: GivenDate | None = None
    state: Literal["", "counted", "refunded", "cancelled"] = ""


class OrderFilter(OrderChoice):
    """The same, and which page of them."""

    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in the list: its row, what was given back and what is left, in cents.

    `click` is whether it came with a click of ours, `ahead` whether it is dated in the future.
    """

    row: Order
    refunded: int
    kept: int
    click: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """`orders.html.j2`: what orders came to in a sentence, what waits and why, codes nobody knows, one page of them."""

    sentence: str
    counted: Counted
    revenues: tuple[Revenue, ...]
    waiting: tuple[Arrival, ...]
    n_waiting: int
    n_refused: int
    unknown: tuple[tuple[str, int], ...]
    orders: tuple[OrderRow, ...]
    found: int
    wanted: OrderFilter
    address: str
    number: int
    of: int
    shops: tuple[Shop, ...]
    campaigns: tuple[Campaign, ...]


def bring_orders(seat: Seat, wish: BroughtOrders) -> list[dict[str, Any]]:
    """What became of each word: taken, waiting or refused, why, and whether it had come before.

    The same words again change nothing; other words on an order hold if they are newer. What is refused is kept in the
    log, so this raises nothing for it.
    """
    seat.insist("import")
    words: list[Words] = [*wish.orders, *wish.refunds, *wish.cancels]
    if not words:
        raise BadInput("No order was sent.", "Send `orders`, `refunds` or `cancels`.", "orders")
    if len(words) > MOST:
        raise BadInput(f"More than {MOST:,} words came at once.", "Send them in parts.", "orders")
    with together():
        shop = shop_for(seat, wish.shop)
        reader = reader_of(seat, shop)
        return [told(one) for one in keep(seat, shop, [delivery_of(one, reader) for one in words])]


def delivery_of(words: Words, reader: Reader, topic: str = "api") -> Delivery:
    """Words without a delivery's name, named by what they say; a time that was not said is no part of it."""
    try:
        said = said_of(words, reader)
    except BadInput as error:
        digest = _digest(words.model_dump(mode="json", include={"id", "order", "amount", "currency"}))
        return Delivery(f"said:{digest[:40]}", topic, digest, None, str(error))
    digest = _digest(_as_said(said, words))
    return Delivery(f"said:{digest[:40]}", topic, digest, said)


def _as_said(said: Said, words: Any) -> dict[str, Any]:
    kept = written(said)
    ((kind, values),) = kept.items()
    unsaid = [name for name in ("changed_at", "at") if getattr(words, name, True) is None]
    return {kind: {name: value for name, value in values.items() if name not in unsaid}}


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def orders_page(seat: Seat, wanted: OrderFilter) -> OrdersPage:
    """The orders of a workspace, and what is to be known of them."""
    seat.insist("see")
    query = all_orders(seat, wanted)
    counted, revenues, found = ledger.counted(seat), ledger.revenues(seat), query.count()
    came = states(seat)
    n_waiting, n_refused = came.get("waiting", 0), came.get("refused", 0)
    waiting = rows(seat, Arrival).exclude(state="taken").select_related("shop").order_by("-id")[:WAITING_SHOWN]
    of = max(1, -(-found // PER_PAGE))
    number = min(wanted.page, of)
    return OrdersPage(
        sentence=_sentence(counted, revenues, n_waiting, n_refused),
        counted=counted,
        revenues=revenues,
        waiting=tuple(waiting) if n_waiting or n_refused else (),
        n_waiting=n_waiting,
        n_refused=n_refused,
        unknown=ledger.unknown_codes(seat) if counted.with_code else (),
        orders=_rows(seat, query[(number - 1) * PER_PAGE : number * PER_PAGE]),
        found=found,
        wanted=wanted,
        address=urlencode(wanted.model_dump(mode="json", exclude={"page"}, exclude_defaults=True)),
        number=number,
        of=of,
        shops=tuple(rows(seat, Shop).order_by("id")),
        campaigns=tuple(rows(seat, Campaign).order_by("-id")[:50]),
    )


def all_orders(seat: Seat, wanted: OrderChoice) -> Any:
    """Orders as a query, the newest first."""
    seat.insist("see")
    query = rows(seat, Order).select_related("shop").order_by("-at", "-id")
    zone = ZoneInfo(seat.workspace.timezone)
    narrow: dict[str, Any] = {}
    if wanted.q:
        narrow["key__istartswith"] = wanted.q.strip()
    if wanted.shop is not None:
        narrow["shop"] = find(seat, Shop, wanted.shop)
    if wanted.since:
        narrow["at__gte"] = datetime.combine(wanted.since, time(), zone)
    if wanted.until:
        narrow["at__lt"] = datetime.combine(wanted.until, time(), zone) + timedelta(days=1)
    if wanted.state:
        narrow |= _STATES[wanted.state]
    found = query.filter(**narrow)
    return found.distinct() if wanted.state == "refunded" else found


_STATES: Final[dict[str, dict[str, bool]]] = {
    "counted": {"cancelled_at__isnull": True},
    "cancelled": {"cancelled_at__isnull": False},
    "refunded": {"refunds__isnull": False},
}


def order_of(seat: Seat, key: int) -> OrderRow:
    """One order with what was given back."""
    seat.insist("see")
    return _rows(seat, [find(seat, Order, key, "shop")])[0]


def order_rows(seat: Seat, found: Sequence[Order]) -> tuple[OrderRow, ...]:
    """Orders with what was given back of each."""
    seat.insist("see")
    return _rows(seat, found)


def _rows(seat: Seat, found: Sequence[Order]) -> tuple[OrderRow, ...]:
    orders = list(found)
    back, ours = ledger.refunded(seat, orders), ledger.known_clicks(seat, (key for one in orders for key in one.clicks))
    return tuple(_row(seat, one, back.get(one.pk, 0), ours) for one in orders)


def _row(seat: Seat, one: Order, back: int, ours: set[str]) -> OrderRow:
    kept = 0 if one.cancelled_at else one.cents - back
    return OrderRow(one, back, kept, not ours.isdisjoint(one.clicks), one.at > seat.now + ledger.AHEAD)


def orders_csv(seat: Seat, wanted: OrderChoice) -> bytes:
    """Orders as a table that a spreadsheet opens safely."""
    written = io.StringIO()
    rows_of = csv.writer(written, lineterminator="\n")
    rows_of.writerow(COLUMNS)
    for row in _exported(seat, all_orders(seat, wanted)[:EXPORTED]):
        rows_of.writerow(["" if cell is None else inert(str(cell)) for cell in row])
    return written.getvalue().encode()


def _exported(seat: Seat, found: Any) -> Iterator[tuple[Any, ...]]:
    for one in _rows(seat, found):
        row = one.row
        amounts = (f"{cents / 100:.2f}" for cents in (row.cents, one.refunded, one.kept))
        came = (" ".join(row.codes), " ".join(row.clicks), row.new_customer, row.referrer)
        off = row.cancelled_at.isoformat() if row.cancelled_at else None
        yield (
            row.shop.name,
            row.key,
            row.at.isoformat(),
            row.currency,
            *amounts,
            *came,
            off,
            row.changed_at.isoformat(),
        )


def _sentence(counted: Counted, revenues: Sequence[Revenue], waiting: int, refused: int) -> str:
    """What orders came to, how they are recognised, and what needs a look, in one breath."""
    if not counted.orders:
        return "No order has come yet."
    counts = counted.orders - counted.cancelled
    money = _and([f"{one.cents / 100:,.2f} {one.currency}" for one in revenues]) or "nothing"
    said = f"{_n(counts, 'order')} came to {money} after refunds."
    carried = f"{counted.with_code:,} carried a code, {counted.with_click:,} a click of ours."
    off = f" {counted.cancelled:,} cancelled or never paid do not count." if counted.cancelled else ""
    words = ((waiting, ("waits", "wait")), (refused, ("was refused", "were refused")))
    needs = _and([f"{n:,} {word[n != 1]}" for n, word in words if n])
    looks = f" Of what shops said, {needs}: see why below." if needs else ""
    when = "lies" if counted.ahead == 1 else "lie"
    future = f" {_n(counted.ahead, 'order')} {when} in the future: check the dates." if counted.ahead else ""
    return f"{said} {carried}{off}{future}{looks}"


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _and(parts: Sequence[str]) -> str:
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
