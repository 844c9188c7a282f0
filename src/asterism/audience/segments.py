"""Audiences from their profiles, or from nothing but niche and country: cells × activity classes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.activity import gamma_classes
from asterism.audience.cells import Cells, Merged, Wanted, answer, cell_shares, merge, populations, product
from asterism.audience.incidence import Incidence
from asterism.audience.niches import INTEREST, NicheBeliefs, NicheInput, filled, widened, with_own_buckets
from asterism.audience.profiles import dimensions, informative
from asterism.audience.worlds import FULL, World, sampled, without_negligible, world
from asterism.errors import BadInput

Floats = NDArray[np.float64]

CLASSES: Final = 4
"""Activity classes per cell, light to heavy."""
WORLDS: Final = 3
"""Variants: duplication low, middle and high."""
PEOPLE: Final = 3_000
"""At most this many sampled people."""
LINKS: Final = 24_000_000
"""At most this many links."""
EVERYBODY: Final = 5e9
"""People on social media anywhere: no unknown universe is larger."""
ROOM: Final = 4.0
"""An unknown universe holds at most this many times all audiences together: more would leave almost no overlap."""
CROWDED: Final = 0.2
"""And at least so many people that the largest audience is this part of them."""


@dataclass(frozen=True, slots=True)
class SegmentInput:
    """All that is known of the audiences of some creators.

    Parameters
    ----------
    known
        Ids, sizes, niches and countries.
    profiles
        A table with the columns creator_id, dimension, bucket, share; creators in it stand on rung 3, others on 4.
    beliefs
        What is believed of the audiences nobody has counted.
    universe
        People there are, if known.
    wanted
        Buckets a brief asks for, per dimension; they are the last to be merged.
    """

    known: NicheInput
    profiles: object = None
    beliefs: NicheBeliefs = field(default_factory=NicheBeliefs)
    universe: float | None = None
    wanted: Wanted = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segmented:
    """An incidence whose sampled people are cells × activity classes × variants, and where each of them lives."""

    incidence: Incidence
    cells: Cells


def from_profiles(
    sizes: Mapping[Any, float], profiles: object, *, universe: float | None = None, wanted: Wanted | None = None
) -> Segmented:
    """The audiences of creators with known sizes (people) and profiles, rung 3.

    `profiles` is a table or a mapping of columns creator_id, dimension, bucket, share. A creator without a profile
    has everybody's, and stands on rung 4.
    """
    known = NicheInput(tuple(str(one) for one in sizes), np.array([*sizes.values()], dtype=float))
    return build(SegmentInput(known, profiles, universe=universe, wanted=wanted or {}))


def from_niches(known: NicheInput, beliefs: NicheBeliefs | None = None, *, universe: float | None = None) -> Segmented:
    """The audiences of creators of whom only size, niche and country are known, rung 4."""
    return build(SegmentInput(known, None, beliefs or NicheBeliefs(), universe))


def build(given: SegmentInput) -> Segmented:
    """The sampled people of segments × activity classes, one variant per level of duplication.

    Inside a cell j of n_j people, creator c reaches a person of activity h with chance 1 − exp(−λ_cj h), and λ_cj is
    such that the cell gives c exactly R_c·p_cj people: above-random duplication comes from sharing cells and from
    heavy users being everywhere. Each creator's size is met exactly in every variant. The three variants go from
    audiences that hardly overlap to those that overlap much. With no universe given it shrinks along the way, from
    `ROOM` times all audiences to the largest audience over `CROWDED`: the doubt about it is in the variants.

    Raises
    ------
    BadInput
        No creator, an id twice, a size that is no number ≥ 0, or a universe below the largest audience.
    """
    known = given.known
    _check(known, given.universe)
    raw = () if given.profiles is None else dimensions(given.profiles, known.ids)
    counted = np.any([d.known for d in raw], axis=0) if raw else np.zeros(len(known.ids), bool)
    dims = [filled(d, known, given.beliefs) for d in with_own_buckets(raw, known)]
    merged = merge(dims, np.maximum(known.sizes, 1e-9), given.wanted, _cell_limit(len(known.ids)))
    people = sampled([*_worlds(given, merged, counted)])
    incidence = Incidence(
        creators=tuple(known.ids),
        weight=people.weight,
        start=people.start,
        link=people.link,
        chance=people.chance,
        rung=np.where(counted, 3, 4).astype(np.int8),
        sizes=known.sizes.astype(float),
        variant=people.variant,
        n_variants=WORLDS,
        universe=given.universe,
    )
    return Segmented(incidence, _cells(merged))


def worth(segmented: Segmented, wanted: Wanted) -> tuple[Floats, tuple[str, ...]]:
    """Part of each sampled person inside the target (n_people,), and which wanted dimensions could be answered.

    1 or 0 where the person's bucket is known, a fraction where buckets were merged; a dimension nobody's audience is
    known by changes nothing and is left out of the second value.
    """
    return answer(segmented.cells, wanted)


def _check(known: NicheInput, universe: float | None) -> None:
    n_creators = len(known.ids)
    if not n_creators or len(set(known.ids)) < n_creators:
        raise BadInput("Audiences need creators, each named once.")
    if known.sizes.shape != (n_creators,) or not bool((np.isfinite(known.sizes) & (known.sizes >= 0)).all()):
        raise BadInput("Every audience needs a size of 0 people or more.", "Leave out creators of unknown size.")
    if any(words and len(words) != n_creators for words in (known.niches, known.countries)):
        raise BadInput("Niches and countries need one word per creator, or none at all.")
    if universe is not None and not universe >= known.sizes.max():
        raise BadInput(f"A universe of {universe:,.0f} people is below the largest audience.", "Raise `universe`.")


def _cells(merged: tuple[Merged, ...]) -> Cells:
    return Cells(
        tuple(m.dimension.name for m in merged),
        tuple(m.dimension.buckets for m in merged),
        np.tile(np.repeat(product(merged), CLASSES, axis=0), (WORLDS, 1)),
        tuple(m.part for m in merged),
    )


def _cell_limit(n_creators: int) -> int:
    per_cell = CLASSES * WORLDS
    return max(1, min(PEOPLE // per_cell, LINKS // (per_cell * n_creators)))


def _worlds(given: SegmentInput, merged: tuple[Merged, ...], counted: NDArray[np.bool_]) -> Iterator[World]:
    sizes, code = given.known.sizes, product(merged)
    uncounted = float(sizes[~counted].sum() / max(sizes.sum(), 1e-300))
    beliefs, universes = given.beliefs, _universes(sizes, given.universe)
    for k, dispersion, universe in zip(beliefs.duplication, beliefs.dispersion, universes, strict=True):
        tables, reached = _tables(merged, given.known, max(0.0, k / (1.0 + dispersion) - 1.0))
        missing = max(0.0, k / (1.0 + reached) - 1.0 - dispersion)
        share = np.broadcast_to(cell_shares(tables, code), (sizes.size, len(code)))
        audience = sizes[:, None] * without_negligible(share)
        population = populations(tables, code, audience)
        yield world(audience, population, universe, gamma_classes(dispersion + uncounted * missing, CLASSES))


def _tables(merged: tuple[Merged, ...], known: NicheInput, excess: float) -> tuple[tuple[Floats, ...], float]:
    tables, reached = [], 0.0
    for dimension in (m.dimension for m in merged):
        share = dimension.share
        if dimension.name == INTEREST:
            share = widened(dimension, known, excess)
            reached = float(informative(replace(dimension, share=share), known.sizes).sum())
        tables.append(share)
    return tuple(tables), reached


def _universes(sizes: Floats, known: float | None) -> tuple[float, float, float]:
    if known is not None:
        return known, known, known
    together, least = float(sizes.sum()), max(float(sizes.max()) / FULL, 1.0)
    small = max(min(float(sizes.max()) / CROWDED, together), least)
    large = max(min(ROOM * together, EVERYBODY), small)
    return large, (small * large) ** 0.5, small
