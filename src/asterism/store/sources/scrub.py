"""Documents without the keys they were fetched with."""

import re
from collections.abc import Collection
from typing import Any, Final

HIDDEN: Final = "***"
_IN_ADDRESSES: Final = re.compile(r"(?i)\b((?:access_|client_|page_)?(?:token|secret|key)=)[^&\s\"'<>]+")
_SHORTEST: Final = 4
"""A secret shorter than this would hide letters of ordinary words."""


def scrub(part: Any, secrets: Collection[str] = ()) -> Any:
    """The document, or part of one, with every secret and every key in an address replaced by `***`.

    Sources repeat the key in the addresses of further pages. Letters that no file can hold (halves of a pair) are
    replaced too.

    >>> scrub({"next": "https://x.org/?limit=5&access_token=abc&after=z"})
    {'next': 'https://x.org/?limit=5&access_token=***&after=z'}
    """
    if isinstance(part, str):
        return _hide(part, secrets)
    if isinstance(part, dict):
        return {_hide(str(name), secrets): scrub(value, secrets) for name, value in part.items()}
    return [scrub(value, secrets) for value in part] if isinstance(part, list) else part


def _hide(text: str, secrets: Collection[str]) -> str:
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, HIDDEN)
    if "=" in text:
        text = _IN_ADDRESSES.sub(rf"\g<1>{HIDDEN}", text)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
