"""`seen`: everything tracking saw in a workspace, as attribution takes it."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from asterism.measurement.events import Click, Code, Order, Partner, Refund, Seen
from asterism.quantities import Money
from asterism.store.ledger import models as m
from asterism.store.ledger.hashes import customer_hash
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


def seen(seat: Seat) -> Seen:
    """The partners, clicks, codes and orders of the seat's workspace; who asks has been let in already.

    Collaborations and campaigns are named by their numbers as text; an order by its shop's number and its key there,
    as `7:1001`, for two shops may count alike. Revoked codes end when they were revoked.
    """
    return Seen(partners(seat), clicks(seat), codes(seat), orders(seat))


def partners(seat: Seat) -> tuple[Partner, ...]:
    """Every collaboration; `customer` is made as that of orders, from the creator's mail address."""
    place = seat.workspace.pk
    fields = ("pk", "campaign_id", "creator__creator_id", "creator__platform", "tier", "phase__name", "creator__email")
    return tuple(
        Partner(
            key=str(key), campaign=str(campaign), creator_id=creator, platform=platform, tier=tier,
            phase=phase or "", customer=customer_hash(place, email),
        )
        for key, campaign, creator, platform, tier, phase, email in
        rows(seat, m.Collaboration).order_by("pk").values_list(*fields)
    )  # fmt: skip


def clicks(seat: Seat) -> tuple[Click, ...]:
    """Every click, filtered ones with the name of their rule."""
    fields = ("key", "at", "link__collaboration_id", "link__campaign_id", "visitor", "referrer", "filtered")
    found = rows(seat, m.Click).order_by("pk").values_list(*fields).iterator(chunk_size=5_000)
    return tuple(
        Click(key, at, _text(partner), str(campaign), visitor, referrer, filtered)
        for key, at, partner, campaign, visitor, referrer, filtered in found
    )


def codes(seat: Seat) -> tuple[Code, ...]:
    """Every promo code; one for everybody has no partner."""
    return tuple(
        Code(
            word=one.word,
            partner="" if one.sitewide else _text(one.collaboration_id),
            campaign=str(one.campaign_id),
            starts=one.starts_at,
            ends=min((end for end in (one.ends_at, one.revoked_at) if end), default=None),
            limit=one.limit,
        )
        for one in rows(seat, m.PromoCode).order_by("pk")
    )


def orders(seat: Seat) -> tuple[Order, ...]:
    """Every order with what was given back of it."""
    refunds: defaultdict[int, list[Refund]] = defaultdict(list)
    fields = ("order_id", "key", "at", "cents", "order__currency")
    for order, key, at, cents, currency in rows(seat, m.Refund).order_by("pk").values_list(*fields):
        refunds[order].append(Refund(key, at, _money(cents, currency)))
    found = rows(seat, m.Order).order_by("pk").values_list(*_ORDER).iterator(chunk_size=5_000)
    return tuple(_order(one, refunds) for one in found)


_ORDER: Final = (
    "pk", "shop_id", "key", "at", "cents", "currency", "codes", "clicks", "visitor", "customer", "new_customer",
    "margin_cents", "referrer", "cancelled_at",
)  # fmt: skip


def _order(one: tuple[Any, ...], refunds: Mapping[int, list[Refund]]) -> Order:
    """An order from its fields: there are many, and rows of a model cost as much again."""
    pk, shop, key, at, cents, currency, codes, clicks, visitor, customer, new, margin, referrer, cancelled = one
    return Order(
        key=f"{shop}:{key}",
        at=at,
        amount=_money(cents, currency),
        codes=tuple(codes),
        clicks=tuple(clicks),
        visitor=visitor,
        customer=customer,
        new_customer=new,
        margin=None if margin is None else _money(margin, currency),
        referrer=referrer,
        cancelled=cancelled is not None,
        refunds=tuple(refunds.get(pk, ())),
    )


def _money(cents: int, currency: str) -> Money:
    return Money(Decimal(cents) / 100, currency)


def _text(key: Any) -> str:
    return "" if key is None else str(key)
