"""Tallies: rows of an executed table put together per creator considered."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.signals.lineup import Lineup
from asterism.signals.shrink import Evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def rows_of(lineup: Lineup, table: pa.Table) -> Ints:
    """Row of the creator that each row of a table speaks of, −1 where it is not considered, (n_rows,).

    Where the table does not know the platform, an id is its creator's first platform.
    """
    exact = lineup.rows(table["creator_id"], table["platform"])
    if not table["platform"].null_count:
        return exact
    at, first = lineup.positions(table["creator_id"]), lineup.first_rows()
    unstated = np.asarray(pc.is_null(table["platform"]).to_numpy(zero_copy_only=False), dtype=bool)
    known = first[np.maximum(at, 0)] if first.size else at
    return np.where(unstated, np.where(at >= 0, known, -1), exact)


def total(lineup: Lineup, table: pa.Table, column: str) -> Floats:
    """The sum of a column over each creator's rows, null counting as nothing, (n,)."""
    rows = rows_of(lineup, table)
    values = np.nan_to_num(numbers(table, column))
    return np.bincount(rows[rows >= 0], values[rows >= 0], minlength=len(lineup)).astype(float)


def evidence(lineup: Lineup, table: pa.Table, columns: Sequence[str], *, within: bool = False) -> Evidence:
    """Number, mean and variance over each creator's rows together, (n,); `columns` hold those of each row.

    The variance is of all values, or only around the mean of their own row where `within`.
    """
    rows = rows_of(lineup, table)
    n, mean, var = (np.nan_to_num(numbers(table, column)) for column in columns)
    use = (rows >= 0) & (n > 0)
    rows, n, mean, var = rows[use], n[use], mean[use], var[use]
    size = len(lineup)
    count = np.bincount(rows, n, minlength=size).astype(float)
    middle = np.bincount(rows, n * mean, minlength=size) / np.where(count > 0, count, np.nan)
    inside = np.bincount(rows, (n - 1) * var, minlength=size)
    between = np.bincount(rows, n * (mean - middle[rows]) ** 2, minlength=size)
    freedom = np.bincount(rows, n - 1, minlength=size).astype(float) if within else count - 1
    squares = inside if within else inside + between
    spread = np.where(freedom > 0, squares / np.where(freedom > 0, freedom, 1.0), np.nan)
    return Evidence(np.where(count > 0, freedom + 1.0, 0.0), middle, spread)


def pairs_alike(lineup: Lineup, table: pa.Table) -> Floats:
    """Σ n(n − 1) over the `posts` of each creator's rows: ordered pairs of posts within one row, (n,)."""
    rows, posts = rows_of(lineup, table), numbers(table, "posts")
    use = rows >= 0
    return np.bincount(rows[use], (posts * (posts - 1))[use], minlength=len(lineup)).astype(float)


def numbers(table: pa.Table, column: str) -> Floats:
    """A column as numbers, NaN where null, (n_rows,)."""
    return np.asarray(pc.cast(table[column], pa.float64()).to_numpy(), dtype=float)
