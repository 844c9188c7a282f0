"""Cells: the segments of an audience, products of a few buckets of each dimension."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.profiles import OTHER, Dimension, informative, plain

Floats = NDArray[np.float64]
Wanted = Mapping[str, tuple[str, ...]]

_TELLING: Final = 0.02
"""A dimension that adds less than this to duplication is dropped, unless the brief asks for it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """In which bucket of each dimension every sampled person lives.

    Parameters
    ----------
    dimensions
        Names of the dimensions.
    buckets
        Names of the buckets, per dimension; rare ones are merged into `other`.
    code
        Position in `buckets`, int16 (n_people, n_dimensions).
    part
        Per dimension, original bucket → its share of the people of each bucket, (n_buckets,): 1 where the bucket
        stands for itself, a fraction where it was merged. Names are compared without regard to case.
    """

    dimensions: tuple[str, ...]
    buckets: tuple[tuple[str, ...], ...]
    code: NDArray[np.int16]
    part: tuple[Mapping[str, Floats], ...]

    def of(self, people: NDArray[np.int64]) -> "Cells":
        """The cells of these people, positions (n,)."""
        return replace(self, code=self.code[people])


@dataclass(frozen=True, slots=True)
class Merged:
    """A dimension with its rare buckets merged, and which part of each new bucket every original one is."""

    dimension: Dimension
    part: Mapping[str, Floats]


def merge(dims: Sequence[Dimension], sizes: Floats, wanted: Wanted, limit: int) -> tuple[Merged, ...]:
    """The dimensions with so many buckets merged that their product is at most `limit` cells.

    The bucket that tells audiences apart least goes first, those a brief asks for last; dimensions that say almost
    nothing, or are left with one bucket, are dropped. Every row of every dimension must be filled.
    """
    kept = [d for d in dims if d.name in wanted or informative(d, sizes).sum() >= _TELLING]
    order = sorted((float(g), i, b) for i, d in enumerate(kept) for b, g in enumerate(_gain(d, sizes, wanted)))
    gone: list[list[int]] = [[] for _ in kept]
    for _, i, b in order:
        if _product(kept, gone) <= limit:
            break
        gone[i].append(b)
    merged = [_merged(d, sorted(g), sizes) for d, g in zip(kept, gone, strict=True)]
    return tuple(m for m in merged if len(m.dimension.buckets) > 1)


def _gain(dimension: Dimension, sizes: Floats, wanted: Wanted) -> Floats:
    asked = {plain(w) for w in wanted.get(dimension.name, ())}
    return np.asarray(informative(dimension, sizes) + [1e9 * (plain(b) in asked) for b in dimension.buckets])


def _product(dims: list[Dimension], gone: list[list[int]]) -> float:
    return float(np.prod([len(d.buckets) - max(len(g) - 1, 0) for d, g in zip(dims, gone, strict=True)], dtype=float))


def _merged(dimension: Dimension, gone: list[int], sizes: Floats) -> Merged:
    groups = [[b] for b in range(len(dimension.buckets)) if b not in gone] + ([gone] if gone else [])
    weight = sizes @ dimension.share
    part = {
        plain(dimension.buckets[b]): _unit(len(groups), code, weight[b] / max(weight[group].sum(), 1e-300))
        for code, group in enumerate(groups)
        for b in group
    }
    share = np.stack([dimension.share[:, group].sum(axis=1) for group in groups], axis=1)
    buckets = tuple(dimension.buckets[group[0]] if len(group) == 1 else OTHER for group in groups)
    return Merged(replace(dimension, buckets=buckets, share=share), part)


def _unit(length: int, at: int, value: float) -> Floats:
    return np.where(np.arange(length) == at, value, 0.0)


def product(merged: tuple[Merged, ...]) -> NDArray[np.int16]:
    """The bucket of every dimension in every cell, (n_cells, n_dimensions); one cell if there are no dimensions."""
    shape = [len(m.dimension.buckets) for m in merged]
    return np.indices(shape, dtype=np.int16).reshape(len(shape), -1).T if shape else np.zeros((1, 0), np.int16)


def cell_shares(shares: tuple[Floats, ...], code: NDArray[np.int16]) -> Floats:
    """Part of each audience in each cell, (n_creators, n_cells): the product of its shares in the cell's buckets.

    `shares` holds one (n_creators, n_buckets) table per dimension; inside an audience dimensions are independent.
    """
    parts = np.ones((1, len(code)))
    for d, share in enumerate(shares):
        parts = parts * share[:, code[:, d]]
    return parts


def populations(shares: tuple[Floats, ...], code: NDArray[np.int16], audience: Floats) -> Floats:
    """Relative number of people per cell, (n_cells,), from the people the creators have there (n_creators, n_cells).

    All audiences together overstate the cells whose niches have the most creators. So every bucket is scaled to the
    share it has in the median audience: most audiences are not focused on it, and show how common it is among people
    (never less than a tenth of the mean).
    """
    people = audience.sum(axis=0)
    for d, share in enumerate(shares):
        mean = audience @ np.ones(len(code)) @ share / max(audience.sum(), 1e-300)
        scale = np.clip(np.median(share, axis=0) / np.maximum(mean, 1e-300), 0.1, 10.0)
        people = people * scale[code[:, d]]
    return np.asarray(people + 1e-9 * max(float(people.sum()), 1.0))


def answer(cells: Cells, wanted: Wanted) -> tuple[Floats, tuple[str, ...]]:
    """Part of each person inside the target (n_people,), and the dimensions of the target that could be answered."""
    worth = np.ones(len(cells.code))
    known = tuple(name for name in wanted if name in cells.dimensions)
    for name in known:
        d = cells.dimensions.index(name)
        inside = sum((cells.part[d].get(plain(b), 0.0) for b in set(wanted[name])), np.zeros(len(cells.buckets[d])))
        worth *= np.clip(inside, 0.0, 1.0)[cells.code[:, d]]
    return worth, known
