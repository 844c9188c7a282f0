"""How likely two accounts are one person's: evidence in bits, each with its reason, added up."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from asterism.creators.addresses import HUB
from asterism.creators.namesakes import Rarity, core, fold, likeness, words
from asterism.creators.pairs import Ties
from asterism.creators.profiles import Crowd, Profile, shared_words

MUTUAL: Final = 9.0
LISTED: Final = 7.0
GATHERED: Final = 7.0
ONE_WAY: Final = 3.0
TOLD: Final = 2.5
FAN: Final = -3.0
"""A profile that points to another may be its owner's, or a fan's, an employee's, a friend's."""
RARE_OVERLAP: Final = 3.0
"""Of the creators of one platform about one in eight is in the catalogue on another, too."""
SMALLEST_CROWD: Final = 4096
"""Even in a short list a name may be a stranger's: creators are drawn from a larger crowd."""
NAMES_AGREE, NAMES_DIFFER = 2.0, -5.0
OTHER_LETTERS: Final = -3.0
"""The cores agree and the letters do not: `realmadrid` and `madrid`."""
NAME_ONLY: Final = -2.0
NOTHING_ALIKE: Final = -2.0
ONE_WORD: Final = -6.0
"""A name of one word may be a first name, in any of the world's languages."""
WORDS_ONLY: Final = -3.0
WORDS_LEFT: Final = -6.0
"""Both have words the other lacks: a family's name is shared by a family."""
ALIKE_AT_MOST: Final = 4.0
"""What likeness adds where a link already ties the two."""
BEYOND_CHANCE: Final = 7.0
"""What likeness can outweigh chance by: however rare a name, some bear it on purpose."""
SAME_SITE: Final = 10.0
SURROUNDINGS: Final = 2.0
"""What country, language, niche, badge and biography add at most: much of it follows from the kind of creator."""
COUNTRIES_DIFFER, LANGUAGES_DIFFER = -2.0, -3.0
"""A source may mean the audience's main country, which differs between platforms."""
FAN_PAGE: Final = -9.0
SAME_PLATFORM: Final = -12.0
"""People rarely have two accounts on one platform that are both worth listing."""
_BIO_WORD: Final = 6
_BIO_WORDS: Final = 3
_FANS: Final = re.compile(
    r"fan(s|page|club|base|s?edits?)?$|^fan(s|page|club)|edits?$|updates?$|archives?$|parody|memes?$|clips$"
)
"""How the pages of fans are called."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what it is, and its bits for (or, below 0, against) one person."""

    text: str
    bits: float

    def __str__(self) -> str:
        return self.text


def reasons(a: Profile, b: Profile, ties: Ties, crowd: Crowd) -> tuple[Reason, ...]:
    """All evidence on two accounts, the weightiest first.

    A weight is log₂ of how much more often the evidence is seen of one person's accounts than of strangers'
    (Fellegi & Sunter 1969, doi:10.1080/01621459.1969.10501049); agreement on a rare name weighs more than on a common
    one. Without a link the first weight is that of chance: one account in so many is the right one.
    """
    linked = list(_links(a, b, ties))
    alike = list(_alike(a, b, crowd.rarity))
    if linked:
        alike = _capped(alike, ALIKE_AT_MOST) or [Reason("handles and names have nothing in common", NOTHING_ALIKE)]
    else:
        strangers = max(crowd.largest, SMALLEST_CROWD)
        by_chance = math.log2(strangers) + RARE_OVERLAP
        linked = [Reason(f"one among {strangers:,} accounts", -by_chance)]
        alike = _capped(alike, by_chance + BEYOND_CHANCE)
    found = [*linked, *alike, *_sites(ties), *_capped(list(_surroundings(a, b)), SURROUNDINGS), *_against(a, b)]
    return tuple(sorted(found, key=lambda reason: -abs(reason.bits)))


def chance(evidence: tuple[Reason, ...]) -> float:
    """The chance that two accounts are one person's, from the bits added up: 1 / (1 + 2^−bits)."""
    return 1 / (1 + 2 ** -sum(reason.bits for reason in evidence))


def _links(a: Profile, b: Profile, ties: Ties) -> Iterator[Reason]:
    """The strongest of the links between the two."""
    if len(ties.pointing) == 2:
        yield Reason("each profile points to the other", MUTUAL)
    elif ties.listed:
        yield Reason(f"listed as one person's by {', '.join(sorted(ties.listed))}", LISTED)
    elif hubs := sorted(page.name for page in ties.gathered if page.platform == HUB):
        yield Reason(f"both point to {hubs[0]}", GATHERED)
    elif ties.pointing:
        (side,) = ties.pointing
        owner, other = (a, b) if side == 0 else (b, a)
        where = "links" if ties.by_link else "biography"
        yield Reason(f"the {where} of {owner.account} points to {other.account}", ONE_WAY if ties.by_link else TOLD)
        if ties.fans:
            yield Reason(f"{ties.fans} more on {owner.platform} point there too", FAN)


def _alike(a: Profile, b: Profile, rarity: Rarity) -> Iterator[Reason]:
    handles = [core(profile.handle) for profile in (a, b)]
    shared = [key for key in a.keys if key in b.keys]
    if handles[0] and handles[0] == handles[1]:
        yield Reason(f"same handle `{a.handle}` ({_how_rare(rarity.bits(handles[0]))})", rarity.bits(handles[0]))
        if "".join(words(a.handle)) != "".join(words(b.handle)):
            yield Reason(f"written otherwise: `{b.handle}`", OTHER_LETTERS)
        yield from _names(a, b)
    elif shared:
        rarest = max(shared, key=rarity.bits)
        yield Reason(f"both go by `{rarest}` ({_how_rare(rarity.bits(rarest))})", rarity.bits(rarest))
        yield Reason("as a name, which namesakes share", NAME_ONLY)
        if not any(_parts(profile, rarest) for profile in (a, b)):
            yield Reason("and a name of one word", ONE_WORD)
    else:
        yield from _in_words(a, b, rarity)


def _names(a: Profile, b: Profile) -> Iterator[Reason]:
    if not a.name or not b.name:
        return
    one, other = core(a.name), core(b.name)
    alike = one == other or bool(set(words(a.name)) & set(words(b.name))) or likeness(one, other) >= 0.5
    if alike or one in other or other in one:
        yield Reason("names agree", NAMES_AGREE)
    elif core(a.handle) not in (one, other):
        yield Reason(f"names differ: `{a.name}` and `{b.name}`", NAMES_DIFFER)


def _in_words(a: Profile, b: Profile, rarity: Rarity) -> Iterator[Reason]:
    """What single words of handles and names say where neither agrees as a whole."""
    both = _whole(word for word in a.words & b.words if not word.isdecimal())
    if not both:
        return
    bits = sum(rarity.bits(word) for word in both)
    yield Reason(f"both are called `{' '.join(both)}` ({_how_rare(bits)})", bits)
    yield Reason("in part of their names", WORDS_ONLY)
    if len(both) == 1:
        yield Reason("in one word only", ONE_WORD)


def _whole(found: Iterable[str]) -> list[str]:
    """The words that stand in no longer one."""
    kept: list[str] = []
    for word in sorted(found, key=lambda each: (-len(each), each)):
        if not any(word in longer for longer in kept):
            kept.append(word)
    return sorted(kept)


def _parts(profile: Profile, key: str) -> bool:
    """Whether a key is written in several words."""
    return any(core(text) == key and len(words(text)) > 1 for text in (profile.name, profile.handle))


def _sites(ties: Ties) -> Iterator[Reason]:
    sites = sorted(page.name for page in ties.gathered if page.platform != HUB)
    if sites:
        yield Reason(f"same website {sites[0]}", SAME_SITE)


def _surroundings(a: Profile, b: Profile) -> Iterator[Reason]:
    if a.country and a.country == b.country:
        yield Reason(f"same country {a.country}", 1.0)
    if a.language and a.language == b.language:
        yield Reason(f"same language {a.language}", 0.5)
    if a.niche and fold(a.niche) == fold(b.niche):
        yield Reason(f"same niche {a.niche}", 0.5)
    if a.verified and b.verified:
        yield Reason("both verified", 1.0)
    told = sorted(shared_words((a.bio, b.bio), _BIO_WORD))
    if len(told) >= _BIO_WORDS:
        yield Reason(f"both biographies say {', '.join(told[:4])}", 1.5)


def _against(a: Profile, b: Profile) -> Iterator[Reason]:
    if a.country and b.country and a.country != b.country:
        yield Reason(f"countries differ: {a.country} and {b.country}", COUNTRIES_DIFFER)
    if a.language and b.language and a.language != b.language:
        yield Reason(f"languages differ: {a.language} and {b.language}", LANGUAGES_DIFFER)
    if not set(a.keys) & set(b.keys) and a.words & b.words and all(left := [_left(a, b), _left(b, a)]):
        yield Reason(f"names differ in part: `{' '.join(left[0])}` and `{' '.join(left[1])}`", WORDS_LEFT)
    if _of_fans(a) != _of_fans(b):
        yield Reason(f"{(a if _of_fans(a) else b).account} is called as fans call their pages", FAN_PAGE)
    if a.platform == b.platform:
        yield Reason(f"both on {a.platform or 'an unknown platform'}", SAME_PLATFORM)


def _left(profile: Profile, other: Profile) -> list[str]:
    """The words of a name that the other account does not have, not even within its own."""
    return [word for word in words(profile.name or profile.handle) if not any(word in longer for longer in other.words)]


def _of_fans(profile: Profile) -> bool:
    return any(_FANS.search(word) for text in (profile.handle, profile.name) for word in words(text))


def _capped(found: list[Reason], most: float) -> list[Reason]:
    """The reasons, scaled so that together they weigh no more than `most`."""
    total = sum(reason.bits for reason in found)
    return found if total <= most else [Reason(reason.text, reason.bits * most / total) for reason in found]


def _how_rare(bits: float) -> str:
    return f"one account in {2 ** min(bits, 50):,.0f}" if bits < 33 else "hardly anybody else"
