"""`OrderSaid`, `RefundSaid`, `CancelSaid`: one word of a shop on one of its orders, free of personal data."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class RefundSaid:
    """Something was given back of an order; an empty currency is the order's own."""

    order: str
    key: str
    at: datetime
    cents: int
    changed_at: datetime
    currency: str = ""


@dataclass(frozen=True, slots=True)
class CancelSaid:
    """An order is off; nothing else is said of it."""

    order: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderSaid:
    """An order as it stood at `changed_at`: cents after discounts, without tax and shipping.

    Parameters
    ----------
    customer, visitor
        Keyed hashes, empty where unknown.
    refunds
        What had been given back by then, where the shop tells it with the order.
    """

    order: str
    at: datetime
    cents: int
    currency: str
    changed_at: datetime
    codes: tuple[str, ...] = ()
    clicks: tuple[str, ...] = ()
    customer: str = ""
    new_customer: bool | None = None
    visitor: str = ""
    referrer: str = ""
    margin_cents: int | None = None
    cancelled_at: datetime | None = None
    refunds: tuple[RefundSaid, ...] = field(default=())


Said = OrderSaid | RefundSaid | CancelSaid


@dataclass(frozen=True, slots=True)
class Reader:
    """What a shop's words are read with.

    Parameters
    ----------
    currency, zone
        Those of figures and times that name none.
    now
        When the words came, for those that say no time themselves.
    customer
        The keyed hash of a mail address, or of the shop's own name for a customer.
    visitor
        The keyed hash of an address and a browser.
    """

    currency: str
    zone: tzinfo
    now: datetime
    customer: Callable[[str], str]
    visitor: Callable[[str, str], str]


_KINDS: Final[Mapping[str, type[Said]]] = {"order": OrderSaid, "refund": RefundSaid, "cancel": CancelSaid}
_TIMES: Final = frozenset({"at", "changed_at", "cancelled_at"})


def written(said: Said) -> dict[str, Any]:
    """A word as plain values, to be kept: `{"order": {…}}`.

    >>> from datetime import UTC
    >>> written(CancelSaid("1001", datetime(2026, 12, 1, tzinfo=UTC)))
    {'cancel': {'order': '1001', 'at': '2026-12-01T00:00:00+00:00'}}
    """
    kind = next(name for name, known in _KINDS.items() if isinstance(said, known))
    return {kind: _plain(asdict(said))}


def read_back(kept: Mapping[str, Any]) -> Said:
    """The word that was kept as plain values."""
    ((kind, values),) = kept.items()
    known = {name: _time(name, value) for name, value in values.items()}
    if kind != "order":
        return _KINDS[kind](**known)
    refunds = tuple(RefundSaid(**{name: _time(name, v) for name, v in one.items()}) for one in values["refunds"])
    lists = {name: tuple(known[name]) for name in ("codes", "clicks")}
    return OrderSaid(**{**known, **lists, "refunds": refunds})


def rank(said: OrderSaid | RefundSaid) -> tuple[datetime, str]:
    """What the newer of two words has more of; of two at one time the same one always wins."""
    return said.changed_at, json.dumps(written(said), sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def _time(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _TIMES and value is not None else value
