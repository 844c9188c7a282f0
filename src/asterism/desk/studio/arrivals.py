"""What shops send to their address: proved, kept, understood, and answered once all of that is written down."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from asterism.desk.studio.shops import reader_of
from asterism.errors import AsterismError, BadInput, NotAllowed
from asterism.measurement.shops import generic, shopify, woocommerce
from asterism.measurement.shops.said import Reader, Said
from asterism.measurement.shops.signatures import Knock, Signed, check, is_ping
from asterism.store.ledger.arrivals import Delivery, Outcome, keep, note_stranger, shop_at
from asterism.store.ledger.models import Shop
from asterism.store.ledger.seats import Seat, machine_seat

LARGEST: Final = 1_000_000
"""Bytes of a delivery."""
SWITCHES_OFF: Final = ("shopify", "woocommerce")
"""Shops that stop sending after a few refusals: what was kept is answered with 200, and says in words what is off."""
_STATUS: Final = {"taken": 200, "waiting": 202, "refused": 422}
_SIGN_HINT: Final = "See docs/howto/receive-orders.md."
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a delivery is answered: the status, and the body as plain values."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)


def receive(key: str, knock: Knock) -> Answer:
    """The answer to a delivery at a shop's address; whatever it says is written down before it is given."""
    shop = shop_at(key)
    if shop is None:
        return refusal(404, "There is nothing at this address.", "Check it under Settings, Shops.")
    seat = machine_seat(shop.workspace, knock.now)
    if len(knock.body) > LARGEST:
        return refusal(413, f"The body is larger than {LARGEST:,} bytes.", "Send fewer orders at once.")
    if is_ping(shop.kind, knock):
        return Answer(200, {"state": "ready"})
    try:
        signed = check(shop.kind, shop.secret, knock)
    except NotAllowed as error:
        return _stranger(seat, shop, error)
    return _answer(shop, keep(seat, shop, _deliveries(seat, shop, signed, knock)))


def refusal(status: int, what: str, fix: str) -> Answer:
    """The answer to what was not taken: what is wrong, and what to change."""
    return Answer(status, {"state": "refused", "why": what, "fix": fix})


def _stranger(seat: Seat, shop: Shop, error: NotAllowed) -> Answer:
    """401, logged without a word of what was said, and counted in the shop's log."""
    _LOG.warning("a delivery to shop %s was refused: %s", shop.pk, error.what)
    name = "stale" if "apart" in error.what else "signature"
    note_stranger(seat, shop, name, error.what)
    return refusal(401, error.what, error.fix or _SIGN_HINT)


def _deliveries(seat: Seat, shop: Shop, signed: Signed, knock: Knock) -> list[Delivery]:
    """What came as words to be kept; what cannot be understood is kept as having come, and why it was not taken."""
    digest = hashlib.sha256(knock.body).hexdigest()
    name, topic = signed.delivery or f"body:{digest[:32]}", signed.topic or "orders"
    try:
        said = _understood(shop.kind, topic, knock.body, _dated(reader_of(seat, shop), signed.at))
    except AsterismError as error:
        _LOG.warning("a delivery of shop %s was not understood; the log of the shop says why", shop.pk)
        return [Delivery(name, topic, digest, None, str(error))]
    if len(said) == 1:
        return [Delivery(name, topic, digest, said[0])]
    return [Delivery(f"{name}/{at}", topic, digest, one) for at, one in enumerate(said, start=1)]


def _dated(reader: Reader, sent: datetime | None) -> Reader:
    """A reader to whom «now» is when the delivery was sent, where that was signed."""
    return reader if sent is None else Reader(reader.currency, reader.zone, sent, reader.customer, reader.visitor)


def _understood(kind: str, topic: str, body: bytes, reader: Reader) -> tuple[Said, ...]:
    unreadable = BadInput("The body is no JSON object in UTF-8.", "Send it as it was signed.")
    try:
        words = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise unreadable from None
    if not isinstance(words, dict):
        raise unreadable
    try:
        return _READERS[kind](topic, words, reader)
    except UnicodeError:  # half a letter, which JSON can write and no text can hold
        raise unreadable from None


_READERS: Final[dict[str, Callable[[str, dict[str, Any], Reader], tuple[Said, ...]]]] = {
    "generic": lambda _topic, words, reader: generic.read(words, reader),
    "shopify": shopify.read,
    "woocommerce": woocommerce.read,
}


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _answer(shop: Shop, outcomes: Sequence[Outcome]) -> Answer:
    """200 where all was taken, 202 where something waits, 422 where all was refused; the rest is told in words."""
    states = {one.row.state for one in outcomes}
    worst = "refused" if states == {"refused"} else "waiting" if "waiting" in states else "taken"
    status = 200 if shop.kind in SWITCHES_OFF else _STATUS[worst]
    said = [told(one) for one in outcomes]
    if len(said) == 1:
        return Answer(status, said[0])
    return Answer(status, {"state": worst, "outcomes": said})


def told(one: Outcome) -> dict[str, Any]:
    """What became of one word, for whoever sent it."""
    row = one.row
    return {"order": row.order_key, "state": row.state, "why": row.why, "repeated": one.repeated, "times": row.times}
