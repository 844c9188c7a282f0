"""Countries and languages as people write them → ISO codes."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

WRITTEN_IN: Final = ("en", "de", "fr", "es", "pt", "it")
"""Languages whose names of countries and languages are understood."""
_COUNTRY_ALIASES: Final = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US", "america": "US",
    "united states of america": "US", "u s a": "US", "u s": "US", "uae": "AE", "emirates": "AE", "korea": "KR",
    "republic of korea": "KR", "korea republic of": "KR", "turkey": "TR", "czech republic": "CZ", "ivory coast": "CI",
    "russian federation": "RU", "viet nam": "VN", "hong kong": "HK", "macau": "MO", "holland": "NL", "burma": "MM",
    "swaziland": "SZ", "macedonia": "MK", "cape verde": "CV", "palestine": "PS", "taiwan": "TW", "brasil": "BR",
    "deutschland": "DE", "ksa": "SA", "iran islamic republic of": "IR", "syrian arab republic": "SY",
}  # fmt: skip
_LANGUAGE_ALIASES: Final = {"chinese simplified": "zh", "mandarin": "zh", "farsi": "fa", "tagalog": "tl",
                            "filipino": "tl", "iw": "he", "in": "id", "castilian": "es"}  # fmt: skip


def country(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country written in any case, by name or code.

    >>> country("south-korea"), country("USA"), country("Deutschland"), country("gb")
    ('KR', 'US', 'DE', 'GB')
    """
    codes = _countries()
    found = codes.get(_key(text)) or codes.get(_key(_repaired(text)))
    if found is None:
        raise ValueError("not a country we know")
    return found


def language(text: str) -> str:
    """The ISO 639-1 code of a language written by name or code, without its region.

    >>> language("English"), language("pt-BR"), language("Deutsch")
    ('en', 'pt', 'de')
    """
    codes = _languages()
    found = codes.get(_key(text)) or codes.get(_key(re.split(r"[-_ (]", text.strip())[0]))
    if found is None:
        raise ValueError("not a language we know")
    return found


def _key(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z]+", " ", bare.lower().replace("ı", "i")).split())


def _repaired(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 (`CÃ´te`), read again."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    codes: dict[str, str] = {}
    for spoken in WRITTEN_IN:
        for code, name in Locale(spoken).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ"):
                codes.setdefault(_key(code), code)
                codes.setdefault(_key(name), code)
                codes.setdefault(_key(re.sub(r"\(.*\)|SAR .*| SAR$", "", name)), code)
    for old, new in get_global("territory_aliases").items():
        if old.isalpha() and len(old) == 3 and len(new) == 1:
            codes.setdefault(_key(old), new[0])
    codes.pop("", None)
    return codes | _COUNTRY_ALIASES


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    codes: dict[str, str] = {}
    own = ((code, Locale(code).get_language_name(code)) for code in WRITTEN_IN)
    named = [pair for spoken in WRITTEN_IN for pair in Locale(spoken).languages.items()]
    for code, name in [*own, *named]:
        if len(code) == 2 and name:
            codes.setdefault(code, code)
            codes.setdefault(_key(name), code)
    for long, short in get_global("language_aliases").items():
        if len(long) == 3 and len(short) == 2:
            codes.setdefault(long, short)
    codes.pop("", None)
    return codes | _LANGUAGE_ALIASES
