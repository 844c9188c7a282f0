"""How single values of a shop's words are read: keys, amounts, times, codes, and what an address tells of a click."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException, InvalidOperation
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from asterism.errors import BadInput
from asterism.measurement.addresses import CLICK

MOST_CENTS: Final = 10**13
"""More than any order comes to."""
LONGEST_KEY: Final = 120
_CLICK_KEY: Final = re.compile(r"[A-Za-z0-9_-]{4,24}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_MOST: Final = 20
"""Codes or clicks of an order that are kept."""
_LONGEST_ADDRESS: Final = 4_000


def name_of(value: Any, what: str) -> str:
    """A shop's own name for an order, a refund or a customer, as text."""
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not text or len(text) > LONGEST_KEY or not text.isprintable():
        raise BadInput(f"`{what}` is missing or no name.", f"Send 1 to {LONGEST_KEY} letters or digits.", what)
    return text


def cents_of(value: Any, what: str) -> int:
    """An amount as written, in cents; below zero is refused.

    >>> cents_of("12.345", "amount"), cents_of(7, "amount")
    (1234, 700)
    """
    cents = signed_cents(value, what)
    if cents < 0:
        raise BadInput(f"`{what}` is below zero.", "Send what was given back as a refund.", what)
    return cents


def signed_cents(value: Any, what: str) -> int:
    """An amount as written, in cents, below zero too."""
    try:
        amount = Decimal("no" if isinstance(value, bool) else str(value).strip())
        if not amount.is_finite() or abs(amount) * 100 > MOST_CENTS:
            raise InvalidOperation
    except DecimalException:
        raise BadInput(f"`{what}` is no amount.", "Write it as in 49.90, without a currency.", what) from None
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_EVEN))


def currency_of(value: Any, default: str) -> str:
    """The code of a currency, upper case; `default` where none is said."""
    code = str(value or default or "").strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise BadInput(f"`{code[:10]}` is no code of a currency.", "Send three letters, as in EUR.", "currency")
    return code


def time_of(value: Any, zone: tzinfo, what: str) -> datetime:
    """A time in UTC; one without a zone is the shop's.

    >>> time_of("2026-12-01T09:30:00+01:00", UTC, "at").isoformat()
    '2026-12-01T08:30:00+00:00'
    """
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        aware = read if read.tzinfo else read.replace(tzinfo=zone)
        at = aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"`{what}` is no time.", "Write it as in 2026-12-01T09:30:00+01:00.", what) from None
    if not 2000 <= at.year <= 2200:
        raise BadInput(f"`{what}` lies in the year {at.year}.", "Check the time.", what)
    return at


def codes_of(words: Iterable[Any]) -> tuple[str, ...]:
    """Promo codes, upper case, each once."""
    read = (str(word).strip().upper() for word in words if isinstance(word, (str, int)))
    return tuple(dict.fromkeys(word for word in read if word and len(word) <= 40 and word.isprintable()))[:_MOST]


def clicks_of(*sources: Any) -> tuple[str, ...]:
    """Keys of clicks, each once, from addresses that carry one and from keys themselves.

    >>> clicks_of("/products/serum?utm_source=ana&ac=k3Xw9", "z8Yb2", None)
    ('k3Xw9', 'z8Yb2')
    """
    found = (key for source in sources for key in _clicks_in(source))
    return tuple(dict.fromkeys(found))[:_MOST]


def host_of(address: Any) -> str:
    """The host that an address names; the rest of it is let go.

    >>> host_of("https://www.instagram.com/ana/"), host_of("?")
    ('instagram.com', '')
    """
    try:
        host = urlsplit(str(address or "")[:_LONGEST_ADDRESS]).hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if host.isprintable() and len(host) <= LONGEST_KEY else ""


def part(words: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A group of fields within words; empty where it is missing."""
    inner = words.get(name)
    return inner if isinstance(inner, Mapping) else {}


def parts(words: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of groups of fields within words; empty where it is missing."""
    inner = words.get(name)
    return [one for one in inner if isinstance(one, Mapping)] if isinstance(inner, list) else []


def _clicks_in(source: Any) -> list[str]:
    if not isinstance(source, str) or not source:
        return []
    if _CLICK_KEY.fullmatch(source):
        return [source]
    try:
        asked = parse_qs(urlsplit(source[:_LONGEST_ADDRESS]).query, max_num_fields=100)
    except ValueError:
        return []
    return [key for key in asked.get(CLICK, []) if _CLICK_KEY.fullmatch(key)]
