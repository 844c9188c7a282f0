"""Which two accounts are worth comparing, and what ties them: never all pairs, only those that share something rare."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import pyarrow as pa

from asterism.creators.addresses import HUB, SITE, Pointer
from asterism.creators.profiles import Crowd, Profile

FEWEST_BITS: Final = 10.0
"""Names that more than one account in 1,024 bears bring nobody together."""
MOST_NAMESAKES: Final = 50
"""A name that so many accounts of a catalogue bear says nothing of one person."""
MOST_POINTING: Final = 6
"""A page or site that more accounts than this point to is an agency's or a brand's, not a person's."""
MOST_SHARING_A_WORD: Final = 8
_SHORTEST_WORD: Final = 5

Pair = tuple[int, int]
Index = dict[tuple[str, str], int]
"""Rows by platform and handle or id."""


@dataclass(slots=True)
class Ties:
    """What ties two accounts `a` < `b`, apart from their likeness: collected while tables are read.

    `listed` are sources of `links` that call them one; `pointing` the sides, 0 or 1, whose links or biography lead to
    the other; `fans` how many further accounts of the pointing side's platform point there as well; `gathered` the
    hubs and sites both point to.
    """

    listed: set[str] = field(default_factory=set)
    pointing: set[int] = field(default_factory=set)
    by_link: bool = False
    fans: int = 0
    gathered: set[Pointer] = field(default_factory=set)


def candidates(crowd: Crowd, links: pa.Table) -> dict[Pair, Ties]:
    """The pairs worth comparing with their ties, by row, the smaller first."""
    found: defaultdict[Pair, Ties] = defaultdict(Ties)
    index = _index(crowd.profiles)
    _listed(found, links, index)
    _pointed(found, crowd.profiles, index)
    _gathered(found, crowd.profiles)
    none = Ties()
    for pair in _alike(crowd):
        found.setdefault(pair, none)
    return dict(found)


def _index(profiles: Iterable[Profile]) -> Index:
    """The account each platform and handle or id leads to; an id goes before a handle."""
    by_handle: Index = {}
    by_id: Index = {}
    for row, profile in enumerate(profiles):
        by_handle.setdefault((profile.platform, profile.handle.lower().lstrip("@")), row)
        by_id.setdefault((profile.platform, profile.creator_id.lower().lstrip("@")), row)
    return by_handle | by_id


def _listed(found: defaultdict[Pair, Ties], links: pa.Table, index: Index) -> None:
    """Ties by the rows of `links`: a source that calls two accounts one person's."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for (_, name), row in index.items():
        by_id[name].append(row)
    for link in links.to_pylist():
        own = (link["creator_id"] or "").lower().lstrip("@")
        other = index.get((link["other_platform"] or "", (link["other_handle"] or "").lower().lstrip("@")))
        known = index.get((link["platform"], own)) if link["platform"] else None
        rows = [known] if known is not None else list(dict.fromkeys(by_id[own])) if not link["platform"] else []
        if other is not None and len(rows) == 1 and rows[0] != other:
            found[_ordered(rows[0], other)].listed.add(link["source"] or "a table of links")


def _pointed(found: defaultdict[Pair, Ties], profiles: tuple[Profile, ...], index: Index) -> None:
    """Ties by addresses and handles in links and biographies."""
    leading: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    led: list[Pair] = []
    for row, profile in enumerate(profiles):
        for pointer in profile.points:
            target = index.get((pointer.platform, pointer.name))
            if target is not None and target != row:
                led.append((row, target))
                leading[target, profile.platform].add(row)
    for row, target in led:
        pair = _ordered(row, target)
        ties = found[pair]
        ties.pointing.add(pair.index(row))
        ties.by_link |= any(index.get((p.platform, p.name)) == target for p in profiles[row].pointed)
        ties.fans = max(ties.fans, len(leading[target, profiles[row].platform]) - 1)


def _gathered(found: defaultdict[Pair, Ties], profiles: tuple[Profile, ...]) -> None:
    """Ties by one page or site that two accounts point to."""
    pages: defaultdict[Pointer, list[int]] = defaultdict(list)
    for row, profile in enumerate(profiles):
        for pointer in profile.points:
            if pointer.platform in (HUB, SITE):
                pages[pointer].append(row)
    for page, rows in pages.items():
        if len(rows) <= MOST_POINTING:
            for pair in combinations(rows, 2):
                found[pair].gathered.add(page)


def _alike(crowd: Crowd) -> Iterator[Pair]:
    """Pairs on two platforms that share the letters of a handle or name, or a rare word of them."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    rare: defaultdict[str, list[int]] = defaultdict(list)
    for row, profile in enumerate(crowd.profiles):
        for key in profile.keys:
            keys[key].append(row)
        for word in profile.words:
            if len(word) >= _SHORTEST_WORD:
                rare[word].append(row)
    for blocks, most in ((keys, MOST_NAMESAKES), (rare, MOST_SHARING_A_WORD)):
        for key, rows in blocks.items():
            if 1 < len(rows) <= most and crowd.rarity.bits(key) >= FEWEST_BITS:
                yield from _across(rows, crowd.profiles)


def _across(rows: list[int], profiles: tuple[Profile, ...]) -> Iterator[Pair]:
    for pair in combinations(rows, 2):
        if profiles[pair[0]].platform != profiles[pair[1]].platform:
            yield pair


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
