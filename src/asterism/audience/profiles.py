"""Audience profiles: which part of each audience lives in which bucket of which dimension."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.errors import BadInput, MissingColumns

Floats = NDArray[np.float64]

OTHER: Final = "other"
"""The bucket of everything a profile leaves unnamed."""
COLUMNS: Final = ("creator_id", "dimension", "bucket", "share")
_COMPLETE: Final = 0.999


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of the audiences: `share` (n_creators, n_buckets), rows summing to 1 where `known` (n_creators,)."""

    name: str
    buckets: tuple[str, ...]
    share: Floats
    known: NDArray[np.bool_]


def plain(word: str) -> str:
    """A bucket's name as it is compared: without outer blanks, case ignored."""
    return word.strip().casefold()


def dimensions(profiles: object, ids: Sequence[str]) -> tuple[Dimension, ...]:
    """The dimensions of a profile table, one row of shares per creator in `ids`.

    Shares that sum to less than 1 leave the rest to the bucket `other`; shares that sum to more (interests overlap)
    are scaled down. Rows about creators not in `ids` are left aside.

    Raises
    ------
    BadInput
        The profiles are no table, lack a column, or hold a share below 0.
    """
    table = _table(profiles)
    row = pc.fill_null(pc.index_in(pc.cast(table["creator_id"], pa.string()), pa.array(list(ids), pa.string())), -1)
    share = np.asarray(pc.cast(table["share"], pa.float64()).to_numpy(), dtype=float)
    usable = (np.asarray(row) >= 0) & np.isfinite(share)
    if bool((share[usable] < 0).any()):
        raise BadInput("An audience share is below 0.", "Shares lie between 0 and 1.")
    names = np.array([plain(str(d)) for d in table["dimension"].to_pylist()])
    rows, words = np.asarray(row), [str(b).strip() for b in table["bucket"].to_pylist()]
    parts = [np.flatnonzero(usable & (names == name)) for name in sorted(set(names[usable]))]
    return tuple(_dimension(names[at[0]], rows[at], [words[i] for i in at], share[at], len(ids)) for at in parts)


def _table(profiles: Any) -> pa.Table:
    try:
        table = profiles if isinstance(profiles, pa.Table) else pa.table(profiles)
    except (TypeError, ValueError, pa.ArrowException) as error:
        raise BadInput("Audience profiles must be a table.", f"Pass columns {', '.join(COLUMNS)}.") from error
    absent = tuple(c for c in COLUMNS if c not in table.column_names)
    if absent:
        raise MissingColumns(f"Audience profiles lack {', '.join(absent)}.", "One row per creator and bucket.", absent)
    return table


def _dimension(name: str, rows: NDArray[np.int64], words: list[str], share: Floats, n_creators: int) -> Dimension:
    spelled = {plain(word): word for word in reversed(words)}
    buckets = (*sorted(spelled.values()), *(() if OTHER in spelled else (OTHER,)))
    column = {plain(bucket): i for i, bucket in enumerate(buckets)}
    table = np.zeros((n_creators, len(buckets)))
    np.add.at(table, (rows, np.array([column[plain(word)] for word in words], dtype=np.int64)), share)
    known = table.sum(axis=1) > 0
    table[known, column[OTHER]] += np.maximum(0.0, 1.0 - table[known].sum(axis=1))
    table[known] /= table[known].sum(axis=1, keepdims=True)
    return _without_empty_other(Dimension(str(name), buckets, table, known))


def _without_empty_other(dimension: Dimension) -> Dimension:
    unnamed = [plain(b) for b in dimension.buckets].index(OTHER)
    if dimension.share[:, unnamed].max() > 1.0 - _COMPLETE:
        return dimension
    share = np.delete(dimension.share, unnamed, axis=1)
    share[dimension.known] /= share[dimension.known].sum(axis=1, keepdims=True)
    return replace(dimension, buckets=tuple(np.delete(dimension.buckets, unnamed)), share=share)


def informative(dimension: Dimension, sizes: Floats) -> Floats:
    """How much each bucket tells audiences apart: its part of the duplication above random, (n_buckets,).

    Two audiences drawn by their profiles share Σ_b p_b q_b / π_b times what random ones share; π is the mean over
    audiences weighted by size, and the mean of (p_b − π_b)² / π_b is the bucket's part.
    """
    weight = sizes / sizes.sum()
    mean = weight @ dimension.share
    return np.asarray(weight @ (dimension.share - mean) ** 2 / np.maximum(mean, 1e-12))
