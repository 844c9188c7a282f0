"""Addresses that people type: of the web, and of nothing else."""

from urllib.parse import urlsplit


def web_address(text: str) -> str:
    """An address that starts with http or https and names a host.

    >>> web_address(" https://social.example/p/1 ")
    'https://social.example/p/1'

    Raises
    ------
    ValueError
        It is no such address: a link that could run something is never kept.
    """
    address = text.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        sound = False
    if not sound or any(letter.isspace() or not letter.isprintable() for letter in address):
        raise ValueError("write it as in https://example.org/post")
    return address
