"""Whether a delivery was signed with a shop's secret, in our own headers, Shopify's and WooCommerce's."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asterism.errors import NotAllowed

OLDEST: Final = 300
"""Seconds by which the sender's clock and ours may differ."""
_LONGEST: Final = 100
"""Letters of a delivery's name that are kept."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A delivery whose signature holds: its own name, its topic, and the time it bears, None where it bears none."""

    delivery: str
    topic: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Knock:
    """What came: headers with names in lower case, the raw body, and when."""

    headers: Mapping[str, str]
    body: bytes
    now: datetime

    def said(self, name: str) -> str:
        """A header, empty where it is missing."""
        return self.headers.get(name, "").strip()


def check(kind: str, secret: str, knock: Knock) -> Signed:
    """The delivery, if it was signed with the secret; `kind` is generic, shopify or woocommerce.

    Raises
    ------
    NotAllowed
        The signature is missing or wrong, or the delivery is too old or dated ahead; the error says which.
    """
    return _KINDS[kind](secret, knock)


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """The `X-Asterism-Signature` of a body sent at a time, in seconds since 1970.

    >>> sign("secret", 1795564800, b"{}")[:20]
    'sha256=08d29343c7b1a'
    """
    keyed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={keyed.hexdigest()}"


def _generic(secret: str, knock: Knock) -> Signed:
    stamp = knock.said("x-asterism-timestamp")
    if not (stamp.isascii() and stamp.isdecimal() and 0 < len(stamp) <= 11):
        what = "X-Asterism-Timestamp is missing or no number."
        raise NotAllowed(what, "Send the time of sending in seconds since 1970, and sign it with the body.")
    _insist(sign(secret, int(stamp), knock.body), knock.said("x-asterism-signature"), "X-Asterism-Signature")
    sent = datetime.fromtimestamp(int(stamp), UTC)
    if abs((knock.now - sent).total_seconds()) > OLDEST:
        what = f"The delivery is dated {_clock(sent)}, and here it is {_clock(knock.now)}: more than 5 minutes apart."
        raise NotAllowed(what, "Set the sender's clock, and sign each attempt anew.")
    topic = knock.said("x-asterism-topic")[:60]
    return Signed(knock.said("x-asterism-delivery")[:_LONGEST], topic, sent)


def _shopify(secret: str, knock: Knock) -> Signed:
    _insist(_base64(secret, knock.body), knock.said("x-shopify-hmac-sha256"), "X-Shopify-Hmac-Sha256")
    name = knock.said("x-shopify-webhook-id") or knock.said("x-shopify-event-id")
    return Signed(name[:_LONGEST], knock.said("x-shopify-topic")[:60])


def _woocommerce(secret: str, knock: Knock) -> Signed:
    _insist(_base64(secret, knock.body), knock.said("x-wc-webhook-signature"), "X-WC-Webhook-Signature")
    return Signed(knock.said("x-wc-webhook-delivery-id")[:_LONGEST], knock.said("x-wc-webhook-topic")[:60])


_KINDS: Final[Mapping[str, Callable[[str, Knock], Signed]]] = {
    "generic": _generic, "shopify": _shopify, "woocommerce": _woocommerce,
}  # fmt: skip


def is_ping(kind: str, knock: Knock) -> bool:
    """Whether it is the unsigned form by which WooCommerce asks if an address answers.

    >>> is_ping("woocommerce", Knock({}, b"webhook_id=7", datetime(2026, 12, 1, tzinfo=UTC)))
    True
    """
    name, _, number = knock.body.partition(b"=")
    return kind == "woocommerce" and name == b"webhook_id" and number.isdigit() and len(number) < 20


def _base64(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _insist(right: str, given: str, header: str) -> None:
    if not given:
        raise NotAllowed(f"{header} is missing.", "Sign the raw body with the shop's secret.")
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise NotAllowed(f"{header} does not fit.", "Sign the raw body, as it is sent, with this shop's secret.")


def _clock(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
