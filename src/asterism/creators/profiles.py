"""What an account shows of who is behind it: handle and name without ornament, places, words, and where it points."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.addresses import Pointer, pointers
from asterism.creators.namesakes import Rarity, core, fold, words

_POINTING: Final = r"(?i)[\w-]\.[a-z]{2,}|\b(ig|insta|tik ?tok|tt|yt|youtube|twitter|snap|twitch|fb|facebook|pinterest)"
"""What a text that points anywhere holds; most hold nothing of the kind and are not read letter by letter."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One account.

    `account` is `platform:creator_id`; `handle` and `name` as they stand; `keys` the cores of both and `words` their
    words; `pointed` where the profile's links and `told` where its biography point.
    """

    account: str
    platform: str
    creator_id: str
    handle: str
    name: str
    keys: tuple[str, ...]
    words: frozenset[str]
    country: str
    language: str
    niche: str
    verified: bool
    bio: str
    pointed: frozenset[Pointer]
    told: frozenset[Pointer]

    @property
    def points(self) -> frozenset[Pointer]:
        """Everywhere the profile points."""
        return self.pointed | self.told


@dataclass(frozen=True, slots=True)
class Crowd:
    """All accounts, and how rare names are among them; `largest` counts the accounts of the largest platform."""

    profiles: tuple[Profile, ...]
    rarity: Rarity
    largest: int


def account_names(creators: pa.Table) -> pa.Array:
    """Each account as `platform:creator_id`, nothing before the colon where the platform is unknown, (n_rows,)."""
    platform = pc.fill_null(creators["platform"], "").combine_chunks()
    return pc.binary_join_element_wise(platform, creators["creator_id"].combine_chunks(), ":")


def crowd(creators: pa.Table) -> Crowd:
    """The profiles of a table with one row per creator and platform; columns of `CREATORS`."""
    text = {name: pc.fill_null(creators[name], "").to_pylist() for name in _TEXTS}
    links, bios = _pointers(creators["links"]), _pointers(creators["bio"])
    verified = pc.fill_null(creators["verified"], False).to_pylist()
    names = account_names(creators).to_pylist()
    profiles = tuple(
        Profile(
            names[i], text["platform"][i], text["creator_id"][i], text["handle"][i], text["name"][i],
            _keys(text["handle"][i], text["name"][i]), frozenset((*words(text["handle"][i]), *words(text["name"][i]))),
            text["country"][i], text["language"][i], text["niche"][i], verified[i], text["bio"][i],
            links[i], bios[i],
        )
        for i in range(creators.num_rows)
    )  # fmt: skip
    sizes = Counter(profile.platform for profile in profiles)
    borne = {platform: [_called(p) for p in profiles if p.platform == platform] for platform in sizes}
    return Crowd(profiles, Rarity.among(borne), max(sizes.values(), default=0))


_TEXTS: Final = ("platform", "creator_id", "handle", "name", "country", "language", "niche", "bio")
_NOWHERE: Final[frozenset[Pointer]] = frozenset()


def _keys(handle: str, name: str) -> tuple[str, ...]:
    """The cores of handle and name, and the handle's without figures at its end; the same letters count once."""
    bare = core(handle)
    return tuple(dict.fromkeys(key for key in (bare, bare.rstrip("0123456789"), core(name)) if key))


def _called(profile: Profile) -> str:
    return profile.name or profile.handle


def _pointers(column: pa.ChunkedArray) -> Sequence[frozenset[Pointer]]:
    """Where each text points, (n_rows,)."""
    found: list[frozenset[Pointer]] = [_NOWHERE] * len(column)
    pointing = np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring_regex(column, _POINTING), False)))
    for row, text in zip(pointing.tolist(), column.take(pa.array(pointing)).to_pylist(), strict=True):
        found[row] = frozenset(pointers(text))
    return found


def shared_words(texts: Iterable[str], shortest: int) -> frozenset[str]:
    """The words of at least so many letters that stand in all of the texts."""
    sets = [{word for word in words(fold(text)) if len(word) >= shortest} for text in texts]
    return frozenset(set.intersection(*sets)) if sets else frozenset()
