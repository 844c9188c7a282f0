"""A delivery is a shop's if its signature holds, and ours only while it is new."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from asterism.errors import NotAllowed
from asterism.measurement.shops.signatures import Knock, check, is_ping, sign
from tests.measurement.shops.words import NOW

BODY, SECRET = b'{"id": 1}', "a secret of the shop"


def keyed(body=BODY, secret=SECRET):
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def ours(at=NOW, body=BODY, secret=SECRET, **changed):
    """Our own headers, as a sender writes them."""
    stamp = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-asterism-timestamp": str(stamp), "x-asterism-signature": f"sha256={mac}",
            "x-asterism-delivery": "d-1", **changed}  # fmt: skip


SOUND = {
    "generic": ours(),
    "shopify": {"x-shopify-hmac-sha256": keyed(), "x-shopify-topic": "orders/paid", "x-shopify-webhook-id": "d-1"},
    "woocommerce": {"x-wc-webhook-signature": keyed(), "x-wc-webhook-topic": "order.updated",
                    "x-wc-webhook-delivery-id": "d-1"},
}  # fmt: skip


@pytest.mark.parametrize("kind", list(SOUND))
def test_a_signed_delivery_is_taken_by_its_name(kind):
    assert check(kind, SECRET, Knock(SOUND[kind], BODY, NOW)).delivery == "d-1"


@pytest.mark.parametrize("kind", list(SOUND))
@pytest.mark.parametrize(
    ("body", "secret"), [(BODY + b" ", SECRET), (BODY, SECRET + "!"), (b"", SECRET)], ids=["body", "secret", "empty"]
)
def test_another_body_or_another_secret_does_not_fit(kind, body, secret):
    with pytest.raises(NotAllowed, match="does not fit"):
        check(kind, secret, Knock(SOUND[kind], body, NOW))


@pytest.mark.parametrize("kind", list(SOUND))
def test_a_delivery_without_signature_is_refused(kind):
    with pytest.raises(NotAllowed, match="is missing"):
        check(kind, SECRET, Knock({}, BODY, NOW))


@pytest.mark.parametrize(
    ("late", "taken"), [(0, True), (299, True), (300, True), (301, False), (-300, True), (-301, False)]
)
def test_a_clock_may_differ_by_five_minutes_either_way(late, taken):
    knock = Knock(ours(NOW - timedelta(seconds=late)), BODY, NOW)
    if taken:
        assert check("generic", SECRET, knock).at == NOW - timedelta(seconds=late)
        return
    with pytest.raises(NotAllowed, match=r"dated 2026-12-01 1\d:\d\d:\d\d UTC, and here it is 2026-12-01 12:00:00 UTC"):
        check("generic", SECRET, knock)


@pytest.mark.parametrize("stamp", ["", "soon", "-5", "1" * 12, "٣"])
def test_a_timestamp_is_seconds(stamp):
    with pytest.raises(NotAllowed, match="missing or no number"):
        check("generic", SECRET, Knock(ours(**{"x-asterism-timestamp": stamp}), BODY, NOW))


def test_the_timestamp_is_signed_with_the_body():
    later = {**ours(NOW - timedelta(hours=1)), "x-asterism-timestamp": str(int(NOW.timestamp()))}
    with pytest.raises(NotAllowed, match="does not fit"):
        check("generic", SECRET, Knock(later, BODY, NOW))


def test_signing_is_what_is_checked():
    stamp = int(NOW.timestamp())
    headers = ours(**{"x-asterism-signature": sign(SECRET, stamp, BODY)})
    assert check("generic", SECRET, Knock(headers, BODY, NOW)).delivery == "d-1"


@pytest.mark.parametrize(
    ("kind", "body", "ping"),
    [("woocommerce", b"webhook_id=17", True), ("woocommerce", b"webhook_id=x", False), ("woocommerce", BODY, False),
     ("shopify", b"webhook_id=17", False)],
)  # fmt: skip
def test_woocommerce_asks_first_whether_somebody_is_there(kind, body, ping):
    assert is_ping(kind, Knock({}, body, NOW)) is ping
