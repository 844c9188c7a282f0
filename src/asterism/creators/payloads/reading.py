"""How one value of a vendor's answer is read: strictly, in the unit its documentation states."""

import hashlib
import html
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from asterism.creators import places, platforms, values

Reader = Callable[[Any], Any]
"""A value that is there → ours; raises `ValueError` with the reason where it cannot be read."""

MAIL: Final = r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}"
REDACTED: Final = "redacted"
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'()\[\]]+")
_LARGEST: Final = 1e15
"""Above this a count is a slip, as in tables."""


def absent(raw: Any) -> bool:
    """Whether a value says nothing: null, an empty text, or one that somebody redacted."""
    return raw is None or (isinstance(raw, str) and raw.strip().lower() in ("", REDACTED))


def at(value: Any, path: str) -> Any:
    """What stands at a dotted path of an object, or None; an empty path is the object itself.

    >>> at({"snippet": {"title": "Ana"}}, "snippet.title")
    'Ana'
    """
    for name in path.split(".") if path else ():
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def listed(value: Any, path: str = "") -> list[Any]:
    """The list at a path; empty where there is none."""
    found = at(value, path)
    return found if isinstance(found, list) else []


def figure(raw: Any) -> float:
    """The number of a JSON number or of a text that is one: `"1927873"`, never `"1.9M"`.

    >>> figure("20.994019"), figure(6)
    (20.994019, 6.0)
    """
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise ValueError("not a number")
    if isinstance(raw, str) and not _NUMBER.fullmatch(raw.strip()):
        raise ValueError("not a number")
    try:
        number = float(raw)
    except OverflowError:  # a whole number of more than 308 figures
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("not a number")
    return number


def count(raw: Any) -> int:
    """A whole number, read without rounding."""
    number = figure(raw)
    if number != int(number):
        raise ValueError("not a whole number")
    if number > _LARGEST:
        raise ValueError("above 1e+15")
    return int(number)


def percent(raw: Any) -> float:
    """A share of 1 from a per cent.

    >>> percent(63.5)
    0.635
    """
    return figure(raw) / 100


def text(raw: Any) -> str:
    """A text, or a number as it is written; halves of characters that a cut left over are marked as unreadable."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise ValueError("not a text")
    return str(raw).strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def lowered(raw: Any) -> str:
    """A text in lower case."""
    return text(raw).lower()


def handle(raw: Any) -> str:
    """A handle without its @; an e-mail address in its place is refused."""
    if re.fullmatch(MAIL, text(raw)):
        raise ValueError("an e-mail address, not a handle: contact data is not kept with creators")
    return platforms.handle(text(raw))


def own_id(ids: Iterable[Any], name: Any) -> str | None:
    """The first id that is told, as it is written (a channel's tells capitals apart), else the handle in lower case.

    >>> own_id([None, "UCx"], "Ana"), own_id([""], "Ana")
    ('UCx', 'ana')
    """
    told = next((str(one) for one in ids if not absent(one)), None)
    return told if told is not None or absent(name) else str(name).lower()


def flag(raw: Any) -> bool:
    """Yes or no of a JSON boolean, or of a word for one."""
    return raw if isinstance(raw, bool) else values.truth(text(raw))


def moment(raw: Any) -> datetime:
    """The time of an ISO 8601 text; UTC where it states no zone.

    >>> moment("2021-10-22T14:00:39+0000").isoformat()
    '2021-10-22T14:00:39+00:00'
    """
    written = text(raw)
    if not re.match(r"\d{4}-\d{2}-\d{2}", written):
        raise ValueError("not a date")
    try:
        found = datetime.fromisoformat(written)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # the first hours of the year 1, where a zone leads out of the calendar
        raise ValueError("not a date") from None


def epoch(raw: Any) -> datetime:
    """The time of seconds since 1970, the unit the vendor documents."""
    try:
        return datetime.fromtimestamp(count(raw), UTC)
    except (OverflowError, OSError, ValueError):
        raise ValueError("not seconds since 1970") from None


def month(raw: Any) -> datetime:
    """The first day of a month written as `2025-04`.

    >>> month("2025-04").date().isoformat()
    '2025-04-01'
    """
    found = re.fullmatch(r"(\d{4})-(\d{2})", text(raw))
    if not found or not 1 <= int(found[2]) <= 12:
        raise ValueError("not a month")
    return datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC)


def country(raw: Any) -> str:
    """The code of a country written by name or code."""
    return places.country(text(raw))


def language(raw: Any) -> str:
    """The code of a language written by name or code."""
    return places.language(text(raw))


def word(raw: Any) -> str:
    """A word for what somebody is about, in lower case."""
    return values.word(text(raw))


def first_word(raw: Any) -> str | None:
    """The name of the first of a list of interests, each an object with a name; None of an empty list."""
    if not isinstance(raw, list):
        raise ValueError("not a list")
    name = at(raw[0], "name") if raw else None
    return None if absent(name) else word(name)


def addresses(raw: Any) -> str | None:
    """The addresses in a text, each once, with spaces between; None where there are none.

    >>> addresses("Shop: https://a.example/x. More: https://b.example")
    'https://a.example/x https://b.example'
    """
    found = dict.fromkeys(one.rstrip(".,;:!?") for one in _ADDRESS.findall(text(raw)))
    return " ".join(found) or None


def plain(raw: Any) -> str:
    """The text of a piece of HTML: line breaks kept, tags gone, entities read.

    >>> plain('a<br><b>b</b> &amp; c')
    'a\\nb & c'
    """
    broken = re.sub(r"(?i)<br\s*/?>", "\n", text(raw))
    return html.unescape(re.sub(r"<[^>]*>", "", broken))


def hashed(raw: Any) -> str:
    """A person: the first 16 hexadecimal figures of the SHA-256 of their id on the platform."""
    return hashlib.sha256(text(raw).encode()).hexdigest()[:16]


def language_or_word(raw: Any) -> str:
    """The code of a language, or the word in lower case where ISO 639-1 has none: `other`, `ckb`."""
    try:
        return language(raw)
    except ValueError:
        return lowered(raw)


def age(raw: Any) -> str:
    """An age range in our spelling.

    >>> age("65-"), age("AGE_18_24"), age("13-17")
    ('65+', '18-24', '13-17')
    """
    bare = lowered(raw).removeprefix("age").strip("_ ").replace("_", "-").replace(" ", "")
    if not re.fullmatch(r"\d{2}(-(\d{2})?|\+)", bare):
        raise ValueError("not an age range")
    return bare[:-1] + "+" if bare.endswith("-") else bare


def gender(raw: Any) -> str:
    """A gender in our spelling: female, male, or the vendor's own word."""
    bare = lowered(raw)
    return {"f": "female", "m": "male", "u": "unknown"}.get(bare, bare)
