"""Promo codes as words: patterns with a creator's name in them, made unique, and days as the times they hold."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from asterism.errors import BadInput

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of random parts: none that is taken for another (0 and O; 1, I and L)."""
RANDOM: Final = 4
LONGEST: Final = 40
NAMES: Final = ("HANDLE", "FIRST", "NAME", "TIER", "CAMPAIGN")
"""What a pattern may name; besides `{N}`, a number, and `{RANDOM}`, four letters by chance, or `{RANDOM6}`, six."""
_WORD: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,39}")
_PART: Final = re.compile(r"\{([A-Za-z]+)(\d*)\}")
_TRIES: Final = 200


def word_of(text: str, field: str = "word") -> str:
    """A promo code as it is kept: upper case, without blanks.

    Raises
    ------
    BadInput
        It is shorter than 3 or longer than 40, or holds more than letters A to Z, digits, - and _.

    >>> word_of(" ana 15 ")
    'ANA15'
    """
    word = "".join(text.split()).upper()
    if not _WORD.fullmatch(word):
        what = f"`{text.strip()[:60]}` is no promo code."
        raise BadInput(what, "Use 3 to 40 letters A to Z, digits, - and _, the first a letter or digit.", field)
    return word


def plain(text: str) -> str:
    """A name as a code holds it: letters A to Z and digits alone.

    >>> plain("Zoë_K.")
    'ZOEK'
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]", "", folded.upper())


def insist_on_pattern(pattern: str) -> None:
    """Raise `BadInput` where a pattern names something unknown, or would give everybody the same word."""
    parts = [(name.upper(), digits) for name, digits in _PART.findall(pattern)]
    for name, digits in parts:
        if name not in (*NAMES, "N", "RANDOM") or (digits and (name != "RANDOM" or not 2 <= int(digits[:3]) <= 12)):
            known = ", ".join(f"{{{one}}}" for one in (*NAMES, "N", "RANDOM", "RANDOM6"))
            raise BadInput(f"`{{{name}{digits}}}` stands for nothing.", f"Known: {known}.", "pattern")
    if not {name for name, _ in parts} & {"HANDLE", "FIRST", "NAME", "N", "RANDOM"}:
        fix = "Put in {HANDLE}, {FIRST}, {N} or {RANDOM}, as in {FIRST}15."
        raise BadInput("This pattern gives everybody the same code.", fix, "pattern")
    rest = _PART.sub("", pattern)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", rest):
        raise BadInput(f"`{rest[:40]}` cannot stand in a code.", "Use letters A to Z, digits, - and _.", "pattern")


def word_from(pattern: str, names: Mapping[str, str], taken: Callable[[str], bool], pick: Callable[[str], str]) -> str:
    """A new word by a pattern: what is taken gets the next number, other letters by chance, or `-2` at its end.

    `names` holds what stands for each of `NAMES`; `pick` chooses one letter at random. A name that has no letters of
    the alphabet, as one in another script, is replaced by letters by chance.

    Raises
    ------
    BadInput
        No word of the pattern is free.

    >>> word_from("{FIRST}15", {"FIRST": "Ana Ruiz"}, {"ANA15"}.__contains__, lambda letters: letters[0])
    'ANA15-2'
    """
    insist_on_pattern(pattern)
    moves = any(name.upper() in ("N", "RANDOM") for name, _ in _PART.findall(pattern))
    for n in range(1, _TRIES):
        word = _PART.sub(lambda part, n=n: _filled(part, names, n, pick), pattern).upper()  # type: ignore[misc]
        end = "" if moves or n == 1 else f"-{n}"
        word = word_of(f"{word[: LONGEST - len(end)]}{end}", "pattern")
        if not taken(word):
            return word
    raise BadInput(f"No code of the pattern `{pattern[:60]}` is free.", "Put {RANDOM6} in it.", "pattern")


def _filled(part: re.Match[str], names: Mapping[str, str], n: int, pick: Callable[[str], str]) -> str:
    name, digits = part[1].upper(), part[2]
    if name == "N":
        return str(n)
    if name != "RANDOM":
        text = names.get(name, "")
        known = plain(text.split()[0] if name == "FIRST" and text.split() else text)
        if known or name in ("TIER", "CAMPAIGN"):
            return known[:20]
    return "".join(pick(ALPHABET) for _ in range(int(digits or RANDOM)))


def window(first: date | None, last: date | None, zone: str) -> tuple[datetime | None, datetime | None]:
    """The times from the start of the first day until the end of the last, where the workspace is; the end excluded.

    Raises
    ------
    BadInput
        The last day is before the first.

    >>> window(None, date(2026, 12, 24), "Europe/Berlin")[1].isoformat()
    '2026-12-25T00:00:00+01:00'
    """
    if first and last and last < first:
        raise BadInput("The last day is before the first.", "Exchange them.", "last")
    here = ZoneInfo(zone)
    starts = datetime.combine(first, time(), here) if first else None
    return starts, datetime.combine(last + timedelta(days=1), time(), here) if last else None


def days(starts: datetime | None, ends: datetime | None, zone: str) -> tuple[date | None, date | None]:
    """The first and the last day of a window, where the workspace is: what `window` was made of.

    >>> days(*window(date(2026, 12, 1), date(2026, 12, 24), "Europe/Berlin"), "Europe/Berlin")[1].isoformat()
    '2026-12-24'
    """
    here = ZoneInfo(zone)
    first = starts.astimezone(here).date() if starts else None
    return first, (ends - timedelta(microseconds=1)).astimezone(here).date() if ends else None
