"""Audience fit: the share of each creator's audience that the brief wants, and how sure that is.

The product over the wanted dimensions, as if they were independent. Each dimension is read from the creator's audience
profile where there is one, else from the creator's own country, city, language or niche and the prior share of an
audience that is like its creator, else from a prior share for everybody.
"""

import re
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.priors import LogNormal, Priors
from asterism.signals.lineup import Lineup
from asterism.signals.shrink import interval

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

OWN_COLUMN: Final = {
    "country": "country", "region": "region", "city": "city", "language": "language", "interest": "niche",
}  # fmt: skip
"""The creator's column that speaks for a dimension of its audience."""
GENDERS: Final = {"f": "female", "female": "female", "w": "female", "women": "female", "woman": "female",
                  "m": "male", "male": "male", "men": "male", "man": "male"}  # fmt: skip
_UNLISTED: Final = 0.25
"""Part of what a profile leaves unlisted that a wanted but unlisted bucket may have."""
_LEAST: Final = 1e-3
_SPAN: Final = re.compile(r"(\d+)\s*[-–+]?\s*(\d+)?")


@dataclass(frozen=True, slots=True)
class OnTarget:
    """Per creator: share of the audience in the target, its 80% range, and what it rests on."""

    share: Floats
    low: Floats
    high: Floats
    source: NDArray[np.object_]


def wanted(brief: Brief) -> dict[str, tuple[str, ...]]:
    """The audience buckets the brief wants per dimension; its niche is an interest."""
    return {**brief.audience.wanted, **({"interest": brief.niche} if brief.niche else {})}


def on_target(lineup: Lineup, audiences: pa.Table, brief: Brief, priors: Priors, followers: Floats) -> OnTarget:
    """The share of each creator's audience in the brief's target, (n,); everybody where the brief names nobody."""
    n, target = len(lineup), wanted(brief)
    if not target:
        return OnTarget(np.ones(n), np.ones(n), np.ones(n), np.full(n, "everybody", dtype=object))
    parts = [_dimension(lineup, audiences, name, buckets, priors, followers) for name, buckets in target.items()]
    belief = reduce(LogNormal.times, (part.belief for part in parts))
    low, high = interval(belief)
    share = np.minimum(belief.median, 1.0)
    return OnTarget(share, np.minimum(low, share), np.minimum(high, 1.0), _words(parts, list(target)))


@dataclass(frozen=True, slots=True)
class _Part:
    """One dimension: the belief, and which creators have it from a profile or from their own column."""

    belief: LogNormal
    profiled: Flags
    stated: Flags


def _dimension(
    lineup: Lineup, audiences: pa.Table, name: str, buckets: tuple[str, ...], priors: Priors, followers: Floats
) -> _Part:
    share = profile_share(lineup, audiences, name, buckets)
    profiled, error = np.isfinite(share), priors.entry("profile_log_sd").value
    stated = np.zeros(len(lineup), dtype=bool)
    if name in OWN_COLUMN:
        belief, stated = _from_column(lineup.texts(OWN_COLUMN[name]), name, buckets, priors, followers)
    else:
        belief = _usual(name, buckets, priors, len(lineup))
    median = np.where(profiled, np.maximum(share, _LEAST), belief.median)
    return _Part(LogNormal(median, np.where(profiled, error, belief.log_sd)), profiled, stated & ~profiled)


def _from_column(
    own: NDArray[np.object_], name: str, buckets: tuple[str, ...], priors: Priors, followers: Floats
) -> tuple[LogNormal, Flags]:
    words, code = np.unique(own.astype(str), return_inverse=True)
    like = np.array([is_wanted(name, word, buckets) for word in words], dtype=bool)[code]
    stated = (words != "")[code]
    size = np.where(np.isfinite(followers), followers, priors.entry("positioning_pivot").value)
    home, away, unknown = (
        priors.entry(f"home.{name}").at(size),
        priors.entry(f"away.{name}"),
        priors.entry(f"unknown.{name}"),
    )
    median = np.where(like, home.median, np.where(stated, away.value, unknown.value))
    log_sd = np.where(like, home.log_sd, np.where(stated, away.sd, unknown.sd))
    return LogNormal(median, log_sd), stated


def _usual(name: str, buckets: tuple[str, ...], priors: Priors, n: int) -> LogNormal:
    """The prior share of ages or genders, the same for every creator."""
    entries = [entry for key, entry in priors.entries.items() if key.startswith(f"{name}.")]
    parts = [(overlap(name, entry.name.partition(".")[2], buckets), entry) for entry in entries]
    total = sum(weight * entry.value for weight, entry in parts)
    if total <= 0:
        unknown = priors.entry("unknown.country")
        return LogNormal(np.full(n, unknown.value), np.full(n, unknown.sd))
    doubt = sum(weight * entry.value * entry.sd for weight, entry in parts) / total
    everybody = min(1.0, total)
    return LogNormal(np.full(n, everybody), np.full(n, doubt * (1.0 - everybody)))


def profile_share(lineup: Lineup, audiences: pa.Table, name: str, buckets: tuple[str, ...]) -> Floats:
    """The profiled share of each creator's audience in the buckets, (n,); NaN where no profile has the dimension.

    A wanted bucket that a profile does not list has at most a part of what the listed ones leave over.
    """
    mine = audiences.filter(pc.equal(pc.utf8_lower(audiences["dimension"]), name))
    position = lineup.positions(mine["creator_id"])
    listed, code = np.unique(np.array(mine["bucket"].to_pylist(), dtype=str), return_inverse=True)
    weight = np.array([overlap(name, bucket, buckets) for bucket in listed])
    share = np.nan_to_num(mine["share"].to_numpy().astype(float))
    use, n = position >= 0, len(lineup.ids)
    inside = np.bincount(position[use], (share * weight[code] if listed.size else share)[use], minlength=n)
    total = np.bincount(position[use], share[use], minlength=n)
    there = np.bincount(position[use], minlength=n) > 0
    inside = np.where(inside > 0, inside, _UNLISTED * np.maximum(1.0 - total, 0.0))
    return np.where(there, np.minimum(inside, 1.0), np.nan)[lineup.id_of]


def overlap(name: str, bucket: str, buckets: tuple[str, ...]) -> float:
    """Which part of a bucket of an audience is wanted, 0 to 1; ages by the years they share.

    >>> overlap("age", "25-34", ("18-29",))
    0.5
    """
    if name != "age":
        return float(is_wanted(name, bucket, buckets))
    low, high = _years(bucket)
    shared = [min(high, b) - max(low, a) + 1 for a, b in map(_years, buckets)]
    return min(1.0, sum(max(0, years) for years in shared) / (high - low + 1)) if high >= low else 0.0


def _years(band: str) -> tuple[int, int]:
    found = _SPAN.search(band)
    if not found:
        return (1, 0)
    low = int(found[1])
    return (low, int(found[2])) if found[2] else (low, 99 if "+" in band else low)


def is_wanted(name: str, word: str, buckets: tuple[str, ...]) -> bool:
    """Whether a word names one of the wanted buckets; a niche also when it contains one as a whole word.

    >>> is_wanted("interest", "Fashion & Beauty", ("beauty",))
    True
    """
    have = word.strip().lower()
    sought = {bucket.strip().lower() for bucket in buckets}
    if name == "gender":
        return GENDERS.get(have, have) in {GENDERS.get(s, s) for s in sought}
    if name == "interest":
        tokens = set(re.findall(r"\w+", have))
        return any(tokens.issuperset(re.findall(r"\w+", s)) for s in sought if s) if tokens else False
    return have in sought


def _words(parts: list[_Part], names: list[str]) -> NDArray[np.object_]:
    """What each creator's share rests on, as `profile`, `country and niche`, `profile and prior`."""
    mask = np.zeros(parts[0].profiled.size, dtype=np.int64)
    for i, part in enumerate(parts):
        mask |= np.where(part.profiled, 1, np.where(part.stated, 2, 0)) << (2 * i)
    kinds, code = np.unique(mask, return_inverse=True)
    return np.array([_phrase(int(kind), names) for kind in kinds], dtype=object)[code]


def _phrase(mask: int, names: list[str]) -> str:
    how = [(mask >> (2 * i)) & 3 for i in range(len(names))]
    stated = [OWN_COLUMN[name] for name, h in zip(names, how, strict=True) if h == 2]
    return " and ".join([*(["profile"] if 1 in how else []), *stated, *(["prior"] if 0 in how else [])])
