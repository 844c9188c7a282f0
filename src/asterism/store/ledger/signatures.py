"""How a webhook's receiver knows that a call is ours and new: an HMAC over its time and its body."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

HEADER: Final = "Asterism-Signature"
OLDEST: Final = 300
"""Seconds after which a receiver should refuse a call, so that a copy of it is of no use."""


def body_of(payload: Mapping[str, Any]) -> bytes:
    """The body of a call, the same bytes at every attempt."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signature(secret: str, body: bytes, at: datetime) -> str:
    """`t=<unix time>,v1=<hex HMAC-SHA256 of "t.body">`, keyed with the webhook's secret.

    >>> from datetime import UTC
    >>> signature("whsec_x", b"{}", datetime(2026, 11, 25, tzinfo=UTC))[:24]
    't=1795564800,v1=2bfdb23a'
    """
    moment = int(at.timestamp())
    return f"t={moment},v1={_hmac(secret, moment, body)}"


def verify(secret: str, header: str, body: bytes, now: datetime) -> bool:
    """Whether a call carries our signature and is at most `OLDEST` seconds old."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    moment = parts.get("t", "")
    if not moment.isdecimal() or len(moment) > 12 or abs(now.timestamp() - int(moment)) > OLDEST:
        return False
    return hmac.compare_digest(_hmac(secret, int(moment), body).encode(), parts.get("v1", "").encode())


def _hmac(secret: str, moment: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
