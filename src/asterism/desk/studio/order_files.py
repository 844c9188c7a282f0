"""Orders from a file: a table of any shop, its columns known by their usual names, each row taken or told why not."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, Field

from asterism.creators.values import truth
from asterism.desk.studio.brought_tables import SHOWN, Brought, Line, Rejected, Sheet, read_sheet
from asterism.desk.studio.orders import delivery_of
from asterism.desk.studio.shops import reader_of, shop_for
from asterism.errors import BadInput
from asterism.measurement.shops.generic import MOST, OrderWords, checked
from asterism.measurement.shops.said import Reader
from asterism.store.ledger.arrivals import Delivery, keep
from asterism.store.ledger.models import Shop
from asterism.store.ledger.scope import together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("order", "order id", "order number", "order key", "id", "key", "name", "number"),
    "at": ("at", "created at", "order date", "date created", "date created gmt", "date", "time", "paid at"),
    "amount": ("amount", "net", "net amount", "net sales", "subtotal", "revenue", "order amount", "value"),
    "currency": ("currency", "currency code"),
    "codes": ("code", "codes", "discount code", "coupon", "coupon code", "coupons", "promo code", "voucher"),
    "clicks": ("click", "clicks", "click key", "ac"),
    "landing": ("landing site", "landing page", "landing", "landing url"),
    "referrer": ("referrer", "referring site", "referer"),
    "email": ("email", "customer email", "e mail", "billing email"),
    "customer": ("customer", "customer id"),
    "new_customer": ("new customer", "first order", "is new"),
    "refunded": ("refunded", "refunded amount", "refund", "refund amount", "amount refunded"),
    "margin": ("margin", "gross margin", "gross profit"),
    "cancelled_at": ("cancelled at", "canceled at", "cancelled", "canceled"),
    "changed_at": ("changed at", "updated at", "modified at", "date modified"),
}
"""Field → the names under which shops export it, without marks and capitals."""
NEEDED: Final = ("id", "at", "amount")
READ_AS: Final[Mapping[str, str]] = {
    "id": "the order", "at": "when it was made", "amount": "the amount for goods", "codes": "promo codes",
    "clicks": "clicks", "landing": "where people came to", "referrer": "where they came from",
    "email": "the customer, as a keyed hash", "customer": "the customer, as a keyed hash",
    "new_customer": "whether the customer is new", "refunded": "what was given back", "margin": "the margin",
    "cancelled_at": "when it was called off", "changed_at": "when it was last changed",
}  # fmt: skip
"""Field → in words."""
_TEXTS: Final = ("id", "currency", "landing", "referrer", "email", "customer")


class OfShop(BaseModel):
    """Which shop a file is of; the workspace's shop for files where none is named."""

    shop: int | None = Field(default=None, ge=1, lt=2**63)


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """`orders_file.html.j2`: what became of a file's rows; `items` are rows that tell of an order's single items."""

    name: str
    shop: str
    rows: int
    taken: int
    repeated: int
    waiting: int
    items: int
    rejected: int
    columns: tuple[tuple[str, str], ...]
    rejects: tuple[Rejected, ...]


@dataclass(slots=True)
class _Count:
    """What became of rows so far."""

    taken: int = 0
    repeated: int = 0
    waiting: int = 0
    items: int = 0
    rejects: list[Rejected] = field(default_factory=list)


def bring_file(seat: Seat, shop: int | None, brought: Brought) -> BroughtFile:
    """What became of a table of orders ; known rows change nothing.

    Rows are written a thousand at a time: what was taken stays if a later part fails, and the file may come again.

    Raises
    ------
    BadInput
        It is no table, holds what could do harm, or lacks the order's key, its day or its amount.
    """
    seat.insist("import")
    sheet = read_sheet(seat, brought, COLUMNS, NEEDED)
    with together():
        target = shop_for(seat, shop)
    count = _Count(rejects=list(sheet.spoiled))
    read = _read(sheet, reader_of(seat, target), count)
    for first in range(0, len(read), MOST):
        _keep(seat, target, sheet, read[first : first + MOST], count)
    counts = {"taken": count.taken, "repeated": count.repeated, "waiting": count.waiting, "items": count.items}
    with together():
        record(seat, "orders.brought", target, **counts, rejected=len(count.rejects))
    return BroughtFile(
        name=brought[0],
        shop=target.name,
        rows=len(sheet.lines) + len(sheet.spoiled),
        **counts,
        rejected=len(count.rejects),
        columns=tuple((column, READ_AS.get(known, known)) for known, column in sheet.source.items()),
        rejects=tuple(sorted(count.rejects, key=lambda one: one.row)[:SHOWN]),
    )


def _read(sheet: Sheet, reader: Reader, count: _Count) -> list[tuple[Line, Delivery]]:
    """The rows that can be read, as deliveries; the others are counted."""
    read, seen = [], set()
    taken: set[str] = set()
    for line in sheet.lines:
        if line.cells.get("id") in seen and "amount" not in line.cells:
            count.items += 1
            continue
        seen.add(line.cells.get("id"))
        try:
            _insist_once(line, taken)
            delivery = delivery_of(checked(OrderWords, _words(sheet, line)), reader, "file")
            if delivery.said is None:
                raise BadInput(delivery.why, "", "currency")
            read.append((line, delivery))
            taken.add(line.cells["id"])
        except BadInput as error:
            count.rejects.append(sheet.rejected(line, error))
    return read


def _insist_once(line: Line, taken: Collection[str]) -> None:
    """Refuse a row of an order that a row above tells: the later one would replace it unseen."""
    if line.cells.get("id") in taken:
        raise BadInput("An order with this key stands above.", "Keep one row per order.", "id")


def _keep(seat: Seat, shop: Shop, sheet: Sheet, read: Sequence[tuple[Line, Delivery]], count: _Count) -> None:
    outcomes = keep(seat, shop, [delivery for _, delivery in read])
    for (line, _), one in zip(read, outcomes, strict=True):
        if one.row.state == "refused":
            count.rejects.append(sheet.rejected(line, BadInput(one.row.why, "", "id")))
        elif one.repeated:
            count.repeated += 1
        elif one.row.state == "waiting":
            count.waiting += 1
        else:
            count.taken += 1


def _words(sheet: Sheet, line: Line) -> dict[str, Any]:
    """A row as our own words."""
    cells = line.cells
    for needed in NEEDED:
        if needed not in cells:
            raise BadInput("The cell is empty.", "Fill it in.", needed)
    words: dict[str, Any] = {name: cells[name] for name in _TEXTS if name in cells}
    words["amount"], beside = sheet.amount(line, "amount")
    words["currency"] = words.get("currency") or beside
    words["at"] = sheet.time(line, "at")
    words |= {name: re.split(r"[,;\s]+", cells[name]) for name in ("codes", "clicks") if name in cells}
    if "margin" in cells:
        words["margin"] = sheet.amount(line, "margin")[0]
    if "changed_at" in cells:
        words["changed_at"] = sheet.time(line, "changed_at")
    if "new_customer" in cells:
        words["new_customer"] = _truth(cells["new_customer"], "new_customer")
    words["cancelled_at"] = _cancelled(sheet, line, words["at"])
    return words | _refunded(sheet, line, words)


def _refunded(sheet: Sheet, line: Line, words: Mapping[str, Any]) -> dict[str, Any]:
    """The refund that a row tells, as one of its order."""
    if "refunded" not in line.cells:
        return {}
    back = sheet.amount(line, "refunded")[0].removeprefix("-")
    if not float(back):
        return {}
    return {"refunds": [{"id": "refunded", "amount": back, "at": words.get("changed_at", words["at"])}]}


def _cancelled(sheet: Sheet, line: Line, at: datetime) -> datetime | None:
    """When a row's order was called off: a time, or a yes."""
    said = line.cells.get("cancelled_at")
    if said is None:
        return None
    try:
        return at if truth(said) else None
    except ValueError:
        return sheet.time(line, "cancelled_at")


def _truth(said: str, name: str) -> bool:
    try:
        return truth(said)
    except ValueError as error:
        raise BadInput(f"This is {error}.", "Write yes or no.", name) from None
