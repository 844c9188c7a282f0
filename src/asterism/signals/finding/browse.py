"""Browsing a kept index: one page of the creators that pass, and how many each further choice would give."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asterism.signals.finding.search import UNSTATED, Facet, Filters, Flags, in_order, passing, sound_order
from asterism.signals.finding.shelf import BANDS

FACETED: Final = {
    "platform": "platforms",
    "tier": "tiers",
    "niche": "niches",
    "country": "countries",
    "language": "languages",
    "followers_band": "followers_bands",
    "engagement_band": "engagement_bands",
    "real_band": "real_bands",
}
"""Column → the field of `Filters` that it is chosen by, in the order in which facets are offered."""
OFFERED: Final = 12
"""Most values of a facet that are offered; those chosen are offered in any case."""


@dataclass(frozen=True, slots=True)
class Browsed:
    """One page of those that pass, best first; how many pass of how many; every facet; the order."""

    rows: pa.Table
    total: int
    searched: int
    facets: tuple[Facet, ...]
    sort: str


def browse(index: pa.Table, filters: Filters, sort: str, first: int, size: int) -> Browsed:
    """The creators of a kept index that pass every filter, from the place `first` (counted from 0) on.

    What is chosen in a facet does not narrow its own counts, so that a second value can be seen and added. Bands stand
    in their order, other values by how many there are.

    Raises
    ------
    WrongUsage
        There is no such order, or nothing to sort by.
    """
    order = sound_order(sort, index)
    masks = passing(index, filters)
    rows = np.flatnonzero(_all(index, masks))
    shown = in_order(index, rows, order)[first : first + size]
    facets = tuple(
        _facet(index, column, getattr(filters, field), _all(index, {k: v for k, v in masks.items() if k != field}))
        for column, field in FACETED.items()
    )
    return Browsed(index.take(pa.array(shown)), rows.size, index.num_rows, facets, order)


def _all(index: pa.Table, masks: dict[str, Flags]) -> Flags:
    kept = np.ones(index.num_rows, dtype=bool)
    for mask in masks.values():
        kept &= mask
    return kept


def _facet(index: pa.Table, column: str, chosen: tuple[str, ...], kept: Flags) -> Facet:
    counted = _counts(index[column], kept)
    if column in BANDS:
        return Facet(column, tuple((name, counted[name]) for name in BANDS[column].names if counted[name]))
    wanted = {word.strip().lower() for word in chosen}
    stated = [(name, n) for name, n in counted.items() if name is not None]
    ordered = sorted(stated, key=lambda pair: (-pair[1], pair[0]))
    offered = [pair for at, pair in enumerate(ordered) if at < OFFERED or pair[0].lower() in wanted]
    unknown = ((UNSTATED, counted[None]),) if counted[None] else ()
    return Facet(column, (*offered, *unknown), sum(n for _, n in ordered) - sum(n for _, n in offered))


def _counts(column: pa.ChunkedArray, kept: Flags) -> Counter[str | None]:
    found = pc.value_counts((column if kept.all() else column.filter(pa.array(kept))).combine_chunks())
    counted: Counter[str | None] = Counter()
    for name, n in zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True):
        counted[name or None] += n
    return counted
