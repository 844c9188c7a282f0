"""How many strangers would bear the same name: handles and names without ornament, and their surprise in bits."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from asterism.creators.common_words import COMMON

LETTER_BITS: Final = 3.0
"""Surprise of one more letter of a word that is on no list: about that of English text letter by letter (Shannon
1951, doi:10.1002/j.1538-7305.1951.tb01366.x, finds 2 to 3 bits with some context known)."""
SIGN_BITS: Final = 5.0
"""Surprise of a syllable or ideograph."""
DIGIT_BITS: Final = 2.0
"""Surprise of a digit: most are years, birthdays and 123."""
COMMON_BITS: Final = 7.0
"""Surprise of a common first name, family name or word of the trade: one account in 128 bears it."""
PART_BITS: Final = 15.0
"""Surprise at most of one word of a name of several: a family name is rarely rarer than one in 32,768."""
_SEEN_OFTEN: Final = 3
"""Accounts of one platform from which a word counts as common there."""
_LONGEST: Final = 14
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_REMEMBERED: Final = 1 << 18
"""Texts whose words are kept: each is asked for again with every account it is compared with."""

_ORNAMENTS_BEFORE: Final = ("theofficial", "official", "thereal", "real", "itsme", "its", "iam", "im", "the")
_ORNAMENTS_AFTER: Final = ("officialpage", "official", "oficial", "offiziell", "officiel", "tv", "yt", "ig", "channel")
_SHORTEST: Final = 4
_ORNAMENT_BITS: Final = 3.0


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str) -> str:
    """The text in lower case without accents; letters of every script stay.

    >>> fold("Zoë Müller"), fold("PELÉ")
    ('zoe muller', 'pele')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The words of a name or handle, parted by anything but letters and by figures.

    >>> words("Ana_Bakes.92")
    ('ana', 'bakes', '92')
    """
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=_REMEMBERED)
def core(text: str) -> str:
    """The letters and figures of a name or handle, without ornaments like `official` where enough is left.

    >>> core("@the.real_AnaBakes"), core("Ana Bakes!"), core("realtor")
    ('anabakes', 'anabakes', 'realtor')
    """
    bare = "".join(words(text))
    for ornament in _ORNAMENTS_BEFORE:
        if bare.startswith(ornament) and len(bare) - len(ornament) >= _SHORTEST:
            bare = bare.removeprefix(ornament)
            break
    for ornament in _ORNAMENTS_AFTER:
        if bare.endswith(ornament) and len(bare) - len(ornament) >= _SHORTEST:
            return bare.removesuffix(ornament)
    return bare


def likeness(a: str, b: str) -> float:
    """Dice's coefficient of the letter pairs of two texts, 0 to 1.

    >>> likeness("anabakes", "anabakes"), round(likeness("anabakes", "annabake"), 2)
    (1.0, 0.86)
    """
    first, second = _pairs(a), _pairs(b)
    if not first or not second:
        return float(a == b and bool(a))
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=_REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How surprising a name is: −log₂ of the part of accounts that would bear it by chance.

    A name is read as the cheapest division into known words and single letters, the bits of its parts added up, as
    usernames are judged by Perito et al. 2011 (doi:10.1007/978-3-642-22263-4_1) with a Markov chain. Words that
    three accounts or more of one platform bear cost what their frequency there says; one that each platform shows
    once may be one person, and says nothing about frequency. Words of names of several words are first and family
    names, and cost `PART_BITS` at most.
    """

    known: Mapping[str, float]
    _found: dict[str, float] = field(default_factory=dict)

    @classmethod
    def among(cls, names: Mapping[str, Iterable[str]]) -> "Rarity":
        """The rarity of words among the names of each platform's accounts."""
        known = dict.fromkeys(COMMON, COMMON_BITS)
        known |= dict.fromkeys((*_ORNAMENTS_BEFORE, *_ORNAMENTS_AFTER), _ORNAMENT_BITS)
        for borne in names.values():
            listed = list(borne)
            parted = [words(name) for name in listed]
            counted = Counter(word for parts in parted for word in set(parts) if len(word) > 2)
            part = {word for parts in parted if len(parts) > 1 for word in parts}
            for word, n in counted.items():
                often = math.log2(len(listed) / n) if n >= _SEEN_OFTEN else math.inf
                most = PART_BITS if word in part else math.inf
                known[word] = min(known.get(word, math.inf), _spelled(word), often, most)
        return cls(known)

    def bits(self, name: str) -> float:
        """The surprise of a name without ornament."""
        if name not in self._found:
            self._found[name] = self._cheapest(name)
        return self._found[name]

    def _cheapest(self, name: str) -> float:
        cheapest = [0.0]
        for end in range(1, len(name) + 1):
            ways = [cheapest[end - 1] + _sign(name[end - 1])]
            starts = range(max(0, end - _LONGEST), end - 1)
            ways += [cheapest[start] + self.known[name[start:end]] for start in starts if name[start:end] in self.known]
            cheapest.append(min(ways))
        return cheapest[-1]


def _spelled(word: str) -> float:
    return sum(map(_sign, word))


def _sign(sign: str) -> float:
    if sign.isdecimal():
        return DIGIT_BITS
    return SIGN_BITS if sign >= "\u1100" else LETTER_BITS
