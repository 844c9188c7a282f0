"""Keyed hashes by which customers and visitors are known again, and by nobody without the server's secret."""

import hashlib
import hmac
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings

LENGTH: Final = 32
"""Hexadecimal digits kept of a hash."""
_PREFIX: Final = {4: 24, 6: 48}
"""Bits of an address that go into a hash, by its version: the network, not the machine."""


def customer_hash(workspace: int, email: str) -> str:
    """The hash of a customer's mail address within the workspace of that key; empty where there is no address.

    HMAC-SHA256 with a key made from the server's secret and the workspace. Case and blanks around do not matter, so
    a creator's own order is known by the address that the creator gave.
    """
    plain = email.strip().lower()
    return _hash(workspace, "customer", plain) if plain else ""


def visitor_hash(workspace: int, address: str, agent: str) -> str:
    """The hash of a visitor within the workspace of that key: network of the address and browser, neither kept.

    Empty where the address is none. IPv4 counts by its first 24 bits, IPv6 by its first 48.
    """
    network = network_of(address)
    return _hash(workspace, "visitor", f"{network}\n{agent.strip()}") if network else ""


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """The network of an address; empty where it is none.

    >>> network_of("192.0.2.77"), network_of("2001:db8:1:2::9"), network_of("::ffff:192.0.2.5"), network_of("?")
    ('192.0.2.0/24', '2001:db8:1::/48', '192.0.2.0/24', '')
    """
    try:
        ip = ip_address(address.strip())
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ip_network((ip, _PREFIX[ip.version]), strict=False))


def _hash(workspace: int, what: str, text: str) -> str:
    return hmac.new(_key(settings.SECRET_KEY, workspace, what), text.encode(), hashlib.sha256).hexdigest()[:LENGTH]


@lru_cache(maxsize=4096)
def _key(secret: str, workspace: int, what: str) -> bytes:
    return hmac.new(secret.encode(), f"asterism {what} {workspace}".encode(), hashlib.sha256).digest()
