"""Where links lead: targets that may be led to, what is added to them, and the short codes that stand for them."""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit

from asterism.errors import BadInput

CLICK: Final = "ac"
"""The parameter in which a click's key travels on, and by which a shop hands it back."""
UTM: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody takes for one another: without 0 and o, 1, i and l."""
LENGTH: Final = 7
LONGEST: Final = 1000
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"
_CODE: Final = re.compile(r"[a-z0-9]{1,32}")
_TEMPLATE: Final = re.compile(r"\{([a-z]+)\}")


def target_of(address: str, field: str = "target") -> str:
    """An address as it may be led to: http or https, in ASCII.

    Raises
    ------
    BadInput
        It is no address of the web, or it carries a name and password, or the parameter that is ours.

    >>> target_of(" https://Shop.example/é?a=1#top ")
    'https://Shop.example/%C3%A9?a=1#top'
    """
    plain = address.strip()
    try:
        parts = urlsplit(plain)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")
    except (ValueError, UnicodeError):
        host = ""
    if not host or parts.scheme not in ("http", "https") or re.search(r"[\s\\\x00-\x1f\x7f]", plain):
        raise BadInput("That is no address of a page.", "Write it as https://shop.example/product.", field)
    if "@" in parts.netloc:
        raise BadInput("An address with a name before the host misleads people.", "Leave out what ends in @.", field)
    if any(name == CLICK for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise BadInput(f"The parameter `{CLICK}` is where the click's key stands.", "Take it out.", field)
    if not parts.netloc.isascii():
        plain = plain.replace(parts.netloc, parts.netloc.encode("idna").decode(), 1)
    ascii_only = quote(plain, safe=_SAFE)
    if len(ascii_only) > LONGEST:
        raise BadInput(f"That address is longer than {LONGEST} letters.", "Shorten it.", field)
    return ascii_only


def leading(target: str, utm: Mapping[str, str]) -> Callable[[str], str]:
    """A function from a click's key to the address it leads to, everything else worked out once.

    What the target's query holds stays as it is, in its order, and wins over `utm`; the fragment stays at the end.

    >>> leading("https://shop.example/p?b=2&utm_source=x#top", {"utm_source": "y", "utm_medium": "ana b"})("k7")
    'https://shop.example/p?b=2&utm_source=x&utm_medium=ana+b&ac=k7#top'
    """
    address, mark, fragment = target.partition("#")
    base, _, query = address.partition("?")
    there = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    added = urlencode({name: value for name, value in utm.items() if value and name not in there})
    before = f"{base}?{'&'.join(part for part in (query.strip('&'), added, f'{CLICK}=') if part)}"
    after = f"{mark}{fragment}"
    return lambda key: f"{before}{quote_plus(key)}{after}"


def utm_of(template: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    """The UTM parameters of one link: words in braces are replaced by its facts, and what stays empty is left out.

    Raises
    ------
    BadInput
        A parameter or a word in braces is not known.

    >>> utm_of({"utm_source": "{platform}", "utm_medium": "creator"}, {"platform": "tiktok"})
    {'utm_source': 'tiktok', 'utm_medium': 'creator'}
    """
    made = {}
    for name, pattern in template.items():
        if name not in UTM:
            raise BadInput(f"`{name}` is no UTM parameter.", f"Known: {', '.join(UTM)}.", name)
        for word in _TEMPLATE.findall(pattern):
            if word not in facts:
                known = ", ".join(f"{{{known}}}" for known in facts)
                raise BadInput(f"`{{{word}}}` stands for nothing in {name}.", f"Known: {known}.", name)
        filled = _TEMPLATE.sub(lambda found: facts[found[1]], pattern).strip()
        if filled:
            made[name] = filled[:200]
    return made


def slug(text: str) -> str:
    """A name as addresses hold it.

    >>> slug("Spring launch, 2026!")
    'spring-launch-2026'
    """
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def code_from(pick: Callable[[str], str]) -> str:
    """A new short code; `pick` chooses one letter of an alphabet at random."""
    return "".join(pick(ALPHABET) for _ in range(LENGTH))


def code_in(path: str) -> str:
    """The code of an address `/r/CODE`, typed in any case; empty where it is none.

    >>> code_in("/r/K7mx2pq"), code_in("/r/k7mx2pq/"), code_in("/r/"), code_in("/r/../x")
    ('k7mx2pq', 'k7mx2pq', '', '')
    """
    code = path.removeprefix("/r/").removesuffix("/").lower()
    return code if path.startswith("/r/") and _CODE.fullmatch(code) else ""
