"""Orders in our own words: what programs, files and shops without a format of their own send."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asterism.errors import BadInput, plainly
from asterism.measurement.shops import fields
from asterism.measurement.shops.said import CancelSaid, OrderSaid, Reader, RefundSaid, Said

MOST: Final = 1_000
"""Words of one delivery."""
_KEY: Final = Field(min_length=1, max_length=fields.LONGEST_KEY, pattern=r"^\S(.*\S)?$")
_Words = TypeVar("_Words", bound=BaseModel)


class RefundWords(BaseModel):
    """What was given back of an order."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: str = _KEY
    order: str = _KEY
    amount: Decimal = Field(gt=0, le=10**11, description="After discounts, without tax and shipping.")
    at: datetime
    currency: str = Field(default="", max_length=3, description="The order's where it is left out.")
    changed_at: datetime | None = Field(default=None, description="When this was last changed at the shop.")


class RefundOfOrder(RefundWords):
    """The same, told with its order."""

    order: str = ""


class OrderWords(BaseModel):
    """An order. Mail address, network address and browser are turned into keyed hashes and let go."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: str = _KEY
    at: datetime = Field(description="When it was made; without a zone, in the shop's.")
    amount: Decimal = Field(ge=0, le=10**11, description="After discounts, without tax and shipping.")
    currency: str = Field(default="", max_length=3, description="The shop's where it is left out.")
    codes: list[str] = Field(default_factory=list, max_length=20, description="Promo codes used.")
    clicks: list[str] = Field(default_factory=list, max_length=20, description="Keys of clicks that came along.")
    landing: str = Field(default="", max_length=4_000, description="The address people came to, for its `ac`.")
    referrer: str = Field(default="", max_length=4_000, description="Where they came from; its host is kept.")
    email: str = Field(default="", max_length=320)
    customer: str = Field(default="", max_length=fields.LONGEST_KEY, description="The shop's own name for them.")
    new_customer: bool | None = None
    ip: str = Field(default="", max_length=45)
    agent: str = Field(default="", max_length=1_000, description="The browser, as it names itself.")
    margin: Decimal | None = Field(default=None, ge=-(10**11), le=10**11, description="What is left after the goods.")
    cancelled_at: datetime | None = None
    changed_at: datetime | None = Field(default=None, description="When this was last changed at the shop.")
    refunds: list[RefundOfOrder] = Field(default_factory=list, max_length=100)


class CancelWords(BaseModel):
    """An order is off."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    order: str = _KEY
    at: datetime | None = None


Words = OrderWords | RefundWords | CancelWords


class Delivered(BaseModel):
    """The body of a signed delivery: one order, refund or cancelling, or up to 1,000 together."""

    model_config = ConfigDict(extra="forbid")

    order: OrderWords | None = None
    refund: RefundWords | None = None
    cancel: CancelWords | None = None
    orders: list[OrderWords] = Field(default_factory=list, max_length=MOST)
    refunds: list[RefundWords] = Field(default_factory=list, max_length=MOST)


def read(body: Mapping[str, Any], reader: Reader) -> tuple[Said, ...]:
    """Everything that the body of a delivery says.

    Raises
    ------
    BadInput
        It says nothing, or a field is missing, unknown or unsound; the error names it.
    """
    words = checked(Delivered, body)
    single = [one for one in (words.order, words.refund, words.cancel) if one is not None]
    said = tuple(said_of(one, reader) for one in (*single, *words.orders, *words.refunds))
    if not said:
        raise BadInput("The body names no order.", 'Send {"order": {…}}, {"refund": {…}} or {"cancel": {…}}.')
    return said


def said_of(words: Words, reader: Reader) -> Said:
    """Our own words as what was said; times and currencies that are left out are the reader's."""
    if isinstance(words, OrderWords):
        return order_of(words, reader)
    if isinstance(words, RefundWords):
        return _refund(words, words.order, reader)
    at = reader.now if words.at is None else fields.time_of(words.at, reader.zone, "at")
    return CancelSaid(fields.name_of(words.order, "order"), at)


def order_of(words: OrderWords, reader: Reader) -> OrderSaid:
    """An order in our own words as what was said."""
    order = fields.name_of(words.id, "id")
    who = words.email or (f"id:{words.customer}" if words.customer else "")
    off = words.cancelled_at
    return OrderSaid(
        order=order,
        at=fields.time_of(words.at, reader.zone, "at"),
        cents=fields.cents_of(words.amount, "amount"),
        currency=fields.currency_of(words.currency, reader.currency),
        changed_at=_changed(words.changed_at, reader),
        codes=fields.codes_of(words.codes),
        clicks=fields.clicks_of(*words.clicks, words.landing),
        customer=reader.customer(who) if who else "",
        new_customer=words.new_customer,
        visitor=reader.visitor(words.ip, words.agent) if words.ip else "",
        referrer=fields.host_of(words.referrer),
        margin_cents=None if words.margin is None else fields.signed_cents(words.margin, "margin"),
        cancelled_at=None if off is None else fields.time_of(off, reader.zone, "cancelled_at"),
        refunds=tuple(_refund(one, order, reader) for one in words.refunds),
    )


def checked(kind: type[_Words], given: Any) -> _Words:
    """Plain values as words, or one line that names the first field that is off."""
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        plain = plainly(first["type"], first.get("ctx"))
        if plain:
            raise BadInput(f"`{where or 'the body'}` {plain[0]}.", plain[1], where) from None
        message = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise BadInput(f"`{where or 'the body'}`: {message}.", "Change it, then send again.", where) from None


def _refund(words: RefundWords, order: str, reader: Reader) -> RefundSaid:
    cents = fields.cents_of(words.amount, "amount")
    if not cents:
        raise BadInput("`amount` of a refund is less than a cent.", "Leave such a refund out.", "amount")
    at = fields.time_of(words.at, reader.zone, "at")
    changed = at if words.changed_at is None else fields.time_of(words.changed_at, reader.zone, "changed_at")
    currency = fields.currency_of(words.currency, "") if words.currency else ""
    return RefundSaid(fields.name_of(order, "order"), fields.name_of(words.id, "id"), at, cents, changed, currency)


def _changed(said: datetime | None, reader: Reader) -> datetime:
    return reader.now if said is None else fields.time_of(said, reader.zone, "changed_at")
