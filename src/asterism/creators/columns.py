"""What a column's header says it means: its words looked up among the trade's words for our fields."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from asterism.creators.synonyms import AVERAGE_WORDS, AVERAGED, COUNTING, NOISE, SYNONYMS, TOTAL, WHY_NOT


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field a header may mean; the lower the `rank` the closer the header is to the field's first name."""

    field: str
    rank: int


def tokens(header: str) -> list[str]:
    """The words of a header: lower case, no accents, camelCase split.

    >>> tokens("Views (Avg.)"), tokens("#Followers"), tokens("followersCount")
    (['views', 'avg'], ['followers'], ['followers', 'count'])
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", header) if not unicodedata.combining(c))
    bare = bare.replace("%", " percent ").replace("ß", "ss")
    split = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", bare)
    return re.findall(r"[a-z0-9]+", split.lower())


def meanings(header: str, kind: str) -> list[Meaning]:
    """The fields of `kind` that a header may mean, best first; empty where none is called so."""
    words = tokens(header)
    spelled = _spelled(kind)
    found = dict.fromkeys(spelled.get("".join(words), ()))
    if kind == "creators" and (AVERAGE_WORDS.intersection(words) or {"per", "post"} <= set(words)):
        found = {**_averaged(words), **found}
    found = found or dict.fromkeys(_without_noise(words, spelled))
    return [Meaning(field, rank) for field, rank in found]


def _without_noise(words: list[str], spelled: Mapping[str, tuple[tuple[str, int], ...]]) -> tuple[tuple[str, int], ...]:
    """What a header means once counting words, and then every word without weight, are left out."""
    if TOTAL.intersection(words):
        return ()
    counted = [word for word in words if word not in COUNTING]
    essential = [word for word in counted if word not in NOISE and not word.isdigit()]
    found = spelled.get("".join(counted), ()) or spelled.get("".join(essential), ())
    if essential == ["id"]:
        return ()
    return tuple((field, rank + 100) for field, rank in found)


def _averaged(words: list[str]) -> dict[tuple[str, int], None]:
    """The field an average means: `Views (Avg.)`, `avg_likes`, `Average engagement rate`."""
    essential = [word for word in words if word not in AVERAGE_WORDS and word not in ("per", "post")]
    if essential and essential[-1] in ("rate", "er"):
        return dict.fromkeys(_spelled("creators").get("".join(essential), ()))
    for plain in (essential, [word for word in essential if word not in NOISE]):
        for base, names in AVERAGED.items():
            for rank, name in enumerate(names):
                if "".join(plain) == name.replace(" ", ""):
                    rate = {("engagement_rate", 90): None} if base == "engagements" else {}
                    return {(f"avg_{base}", rank): None, **rate}
    return {}


@lru_cache(maxsize=32)
def _spelled(kind: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Header without spaces → the fields called so, with the place of the word in the field's list."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for field, listed in SYNONYMS[kind].items():
        for rank, name in enumerate([field, *listed.split(",")]):
            key = "".join(tokens(name))
            if all(known != field for known, _ in out.get(key, ())):
                out[key] = (*out.get(key, ()), (field, rank))
    if kind == "creators":
        for base, names in AVERAGED.items():
            for name in names if base == "engagements" else names[:2]:
                out[f"avg{name.replace(' ', '')}"] = ((f"avg_{base}", 0),)
                key = name.replace(" ", "")
                if base == "engagements":
                    out[key] = (*out.get(key, ()), (f"avg_{base}", names.index(name)))
    return out


def why_unmapped(header: str, kind: str) -> str:
    """Why a header means no field: a known family, or simply a name we do not know."""
    words = set(tokens(header))
    for family, reason in WHY_NOT:
        if words.intersection(family.split()):
            return reason
    bare = {word.rstrip("s") for word in words}
    if kind == "creators" and bare & {"view", "like", "comment", "share"}:
        return "not said to be per post: a total or a single period; map it yourself if it is an average"
    return f"no field of {kind} is called so; name it in a mapping file if it is one"
