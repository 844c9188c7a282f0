"""Orders and refunds as they stand: written from what shops said, and counted for pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, Sum

from asterism.measurement.shops.said import OrderSaid, RefundSaid
from asterism.measurement.shops.standing import Standing
from asterism.store.ledger.models import Click, Order, PromoCode, Refund, Shop
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat

FIELDS: Final = (
    "at", "currency", "cents", "margin_cents", "customer", "new_customer", "visitor", "referrer", "codes", "clicks",
    "cancelled_at", "changed_at",
)  # fmt: skip
"""What an order's row holds of what was said."""
AT_ONCE: Final = 500
ASKED: Final = 10_000
"""Orders that are asked for by their keys at once: databases take only so many."""
LOOKED_AT: Final = 5_000
"""Orders with codes, or with clicks, that are looked through for those nobody knows."""
AHEAD: Final = timedelta(days=1)
"""By which an order may lie ahead of the clock, as that of a shop may be off or in another zone."""


@dataclass(frozen=True, slots=True)
class Revenue:
    """Orders in one currency: how many count, what they came to after refunds, in cents, and what was given back."""

    currency: str
    orders: int
    cents: int
    refunded_cents: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many orders there are and are off, how many of the others carried a code or a click of ours, and their days.

    `ahead` counts those dated in the future.
    """

    orders: int
    cancelled: int
    with_code: int
    with_click: int
    ahead: int
    first: datetime | None
    last: datetime | None


def put(seat: Seat, shop: Shop, standing: Mapping[str, Standing]) -> None:
    """Make the rows of orders and their refunds what they stand at; an order that does not stand has no row."""
    there = {row.key: row for row in rows(seat, Order).filter(shop=shop, key__in=list(standing))}
    stands = {key: one.order for key, one in standing.items() if one.order is not None}
    new = [_row(seat, shop, one) for key, one in stands.items() if key not in there]
    changed = [there[key] for key, one in stands.items() if key in there and _fill(there[key], one)]
    Order.objects.bulk_create(new, batch_size=AT_ONCE)
    Order.objects.bulk_update(changed, FIELDS, batch_size=AT_ONCE)
    there.update({row.key: row for row in new})
    _put_refunds(seat, {there[key].pk: standing[key].refunds for key in stands})


def _row(seat: Seat, shop: Shop, said: OrderSaid) -> Order:
    row = Order(workspace=seat.workspace, made_at=seat.now, shop=shop, key=said.order)
    _fill(row, said)
    return row


def _fill(row: Order, said: OrderSaid) -> bool:
    """Whether anything of the row is another value now."""
    before = [getattr(row, name) for name in FIELDS]
    joined = [key for key in row.clicks if key not in said.clicks]  # by a visitor who may be forgotten since
    for name in FIELDS:
        value = getattr(said, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.clicks = [*row.clicks, *joined]
    return before != [getattr(row, name) for name in FIELDS]


def _put_refunds(seat: Seat, wanted: Mapping[int, Sequence[RefundSaid]]) -> None:
    there = {(row.order_id, row.key): row for row in rows(seat, Refund).filter(order__in=list(wanted))}
    new, changed = [], []
    for order, refunds in wanted.items():
        for one in refunds:
            row = there.pop((order, one.key), None)
            if row is None:
                new.append(_refund(seat, order, one))
            elif (row.at, row.cents) != (one.at, one.cents):
                row.at, row.cents = one.at, one.cents
                changed.append(row)
    gone = [row.pk for row in there.values()]
    if gone:
        rows(seat, Refund).filter(pk__in=gone).delete()
    Refund.objects.bulk_update(changed, ["at", "cents"], batch_size=AT_ONCE)
    Refund.objects.bulk_create(new, batch_size=AT_ONCE)


def _refund(seat: Seat, order: int, one: RefundSaid) -> Refund:
    return Refund(workspace=seat.workspace, made_at=seat.now, order_id=order, key=one.key, at=one.at, cents=one.cents)


def counted(seat: Seat) -> Counted:
    """How many orders a workspace has, and what came along with them."""
    counts = Q(cancelled_at=None)
    found: dict[str, Any] = rows(seat, Order).aggregate(
        orders=Count("pk"),
        cancelled=Count("pk", filter=Q(cancelled_at__isnull=False)),
        with_code=Count("pk", filter=counts & ~Q(codes=[])),
        with_click=Count("pk", filter=counts & ~Q(clicks=[])),
        ahead=Count("pk", filter=Q(at__gt=seat.now + AHEAD)),
        first=Min("at"),
        last=Max("at"),
    )
    return Counted(**{**found, "with_click": found["with_click"] - (_strange(seat) if found["with_click"] else 0)})


def _strange(seat: Seat) -> int:
    """How many of the newest `LOOKED_AT` orders with clicks came with none of ours."""
    newest = rows(seat, Order).filter(cancelled_at=None).exclude(clicks=[]).order_by("-id")
    came = list(newest.values_list("clicks", flat=True)[:LOOKED_AT])
    ours = known_clicks(seat, (key for keys in came for key in keys))
    return sum(ours.isdisjoint(keys) for keys in came)


def known_clicks(seat: Seat, keys: Iterable[str]) -> set[str]:
    """Those of some keys that are clicks of the workspace."""
    asked, found = list(dict.fromkeys(keys)), set[str]()
    for first in range(0, len(asked), ASKED):
        some = rows(seat, Click).filter(key__in=asked[first : first + ASKED])
        found.update(some.order_by().values_list("key", flat=True))
    return found


def revenues(seat: Seat) -> tuple[Revenue, ...]:
    """What orders came to after refunds, by currency, the largest first; cancelled orders come to nothing."""
    kept = rows(seat, Order).filter(cancelled_at=None).order_by().values("currency")
    back = rows(seat, Refund).filter(order__cancelled_at=None).order_by().values("order__currency")
    refunded = {one["order__currency"]: one["back"] for one in back.annotate(back=Sum("cents"))}
    found = [
        Revenue(
            one["currency"], one["n"], one["gross"] - refunded.get(one["currency"], 0), refunded.get(one["currency"], 0)
        )
        for one in kept.annotate(n=Count("pk"), gross=Sum("cents"))
    ]
    return tuple(sorted(found, key=lambda one: (-one.cents, one.currency)))


def unknown_codes(seat: Seat, most: int = 30) -> tuple[tuple[str, int], ...]:
    """Codes of the newest `LOOKED_AT` orders with one that are no promo code here, with how many orders bore each."""
    ours = {word.upper() for word in rows(seat, PromoCode).values_list("word", flat=True)}
    used: dict[str, int] = {}
    for codes in rows(seat, Order).exclude(codes=[]).order_by("-id").values_list("codes", flat=True)[:LOOKED_AT]:
        for word in codes:
            if word not in ours:
                used[word] = used.get(word, 0) + 1
    return tuple(sorted(used.items(), key=lambda one: (-one[1], one[0]))[:most])


def refunded(seat: Seat, orders: Sequence[Order]) -> dict[int, int]:
    """What was given back of some orders, in cents, by their keys."""
    found: dict[int, int] = {}
    for first in range(0, len(orders), ASKED):
        some = rows(seat, Refund).filter(order__in=[one.pk for one in orders[first : first + ASKED]])
        found |= some.order_by().values_list("order").annotate(back=Sum("cents"))
    return found
