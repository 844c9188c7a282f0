"""Which rows of a catalogue are older than a date, and a catalogue without them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.errors import NotFound
from asterism.store.catalogue import Catalogue
from asterism.store.forgetting import forget

Flags = NDArray[np.bool_]
Rule = Callable[[pa.Table], Flags]

DATED: Final = {"posts": "posted_at", "comments": "posted_at", "snapshots": "as_of"}
"""The kinds that age by a date of their own, and the column that has it."""
UNDATED: Final = ("followers", "accounts")
"""The kinds that bear no date and hold people by their hash."""


@dataclass(frozen=True, slots=True)
class Aged:
    """How many rows of a kind are older than a date, and of how many nobody can say."""

    rows: int = 0
    undated: int = 0


def aged(catalogue: Catalogue, kind: str, before: datetime) -> Aged:
    """How many rows of a kind are older than a date."""
    table = catalogue.read(kind)
    rule = _rule(catalogue, kind, before) if table.num_rows else None
    if rule is None:
        return Aged(undated=table.num_rows)
    old = rule(table)
    unknown = np.asarray(pc.is_null(table[DATED[kind]])) & ~old if kind in DATED else np.zeros(0, dtype=bool)
    return Aged(int(old.sum()), int(unknown.sum()))


def drop_aged(catalogue: Catalogue, before: datetime) -> dict[str, int]:
    """The highest version of each table that can no longer be read, now that rows older than a date are gone.

    Comments go before posts, since undated ones go by the age of their post.
    """
    for kind in ("comments", "posts", "snapshots", *UNDATED):
        if aged(catalogue, kind, before).rows:
            catalogue.rewrite(kind, _sift(_rule(catalogue, kind, before)))
    return forget(catalogue)


def _sift(rule: Rule | None) -> Callable[[pa.Table], pa.Table]:
    return lambda rows: rows if rule is None else rows.filter(pa.array(~rule(rows)))


def _rule(catalogue: Catalogue, kind: str, before: datetime) -> Rule | None:
    """What says of rows of a kind which are older than a date; None where nothing can."""
    if kind in UNDATED:
        return _stood(catalogue, kind, before)
    if kind != "comments":
        return lambda rows: _earlier(rows[DATED[kind]], before)
    posts = catalogue.read("posts")
    gone = posts.filter(pa.array(_earlier(posts["posted_at"], before)))["post_id"].combine_chunks()

    def of_comments(rows: pa.Table) -> Flags:
        undated = pc.and_(pc.is_null(rows["posted_at"]), pc.is_in(rows["post_id"], value_set=gone))
        old: Flags = np.asarray(undated, dtype=bool)
        return old | _earlier(rows["posted_at"], before)

    return of_comments


def _earlier(dates: pa.ChunkedArray, before: datetime) -> Flags:
    return np.asarray(pc.fill_null(pc.less(dates, pa.scalar(before, dates.type)), False), dtype=bool)


def _stood(catalogue: Catalogue, kind: str, before: datetime) -> Rule | None:
    """Rows that stood in the catalogue at a date already; None where its versions do not tell."""
    history = catalogue.history(kind)
    if not history or history[-1].at >= before:
        return lambda rows: np.zeros(rows.num_rows, dtype=bool)
    try:
        stood = set(_pairs(catalogue.read(kind, before)))
    except NotFound:
        return None
    return lambda rows: np.array([pair in stood for pair in _pairs(rows)], dtype=bool)


def _pairs(people: pa.Table) -> Iterable[tuple[str, str]]:
    return zip(people["creator_id"].to_pylist(), people["person"].to_pylist(), strict=True)
