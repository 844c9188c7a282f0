"""Search: which creators of an index pass some filters, in which order, and what each filter left out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.errors import WrongUsage, did_you_mean
from asterism.signals.finding.shelf import SOUGHT

Flags = NDArray[np.bool_]

SORTS: Final[dict[str, str]] = {
    "followers": "followers", "engagement": "engagement_low", "real": "real_low", "connection": "connection_low",
    "price": "fee", "audience": "on_target", "match": "match", "similar": "similar",
}  # fmt: skip
"""What creators can be sorted by, and the column that decides: of an estimate the lower end, so that nobody leads by
luck with few posts."""
CHEAP_FIRST: Final = frozenset({"price"})
FACETS: Final = ("platform", "tier", "niche", "country", "language")
SHOWN_BUCKETS: Final = 12
"""Most values of a facet that are told apart."""
UNSTATED: Final = "not stated"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a creator must be; an empty field asks nothing.

    Shares (`min_engagement`, `min_authenticity`, `min_connection`, `min_on_target`, `min_match`) are 0 to 1,
    `max_price` in US dollars per post. Authenticity and connection are held against their expected value. Bands are
    those of a kept index (`shelf.BANDS`).
    """

    platforms: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    niches: tuple[str, ...] = ()
    words: str = ""
    min_followers: float | None = None
    max_followers: float | None = None
    min_engagement: float | None = None
    min_authenticity: float | None = None
    min_connection: float | None = None
    min_on_target: float | None = None
    min_match: float | None = None
    max_price: float | None = None
    followers_bands: tuple[str, ...] = ()
    engagement_bands: tuple[str, ...] = ()
    real_bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the creators found have each value of a column, most first; the rest counted together."""

    name: str
    counts: tuple[tuple[str, int], ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """What one filter left out of those that the filters before it had kept: too far off, or not known."""

    filter: str
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Found:
    """The creators that pass, best first, at most as many as asked; how many pass in all, and why others do not."""

    rows: pa.Table
    total: int
    searched: int
    facets: tuple[Facet, ...] = ()
    left: tuple[Left, ...] = ()
    sort: str = ""
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The rows and what is said of them, as plain values; times in ISO 8601."""
        rows = [{**row, "as_of": row["as_of"] and row["as_of"].isoformat()} for row in self.rows.to_pylist()]
        facets = {f.name: {**dict(f.counts), **({"others": f.others} if f.others else {})} for f in self.facets}
        said = {"sort": self.sort, "left": [asdict(each) for each in self.left], "warnings": list(self.warnings)}
        return {"total": self.total, "searched": self.searched, "creators": rows, "facets": facets, **said}


def passing(index: pa.Table, filters: Filters) -> dict[str, Flags]:
    """Which creators of an index pass each filter that asks something, (n,) each."""
    tested = {name: _TESTS[name](index, wanted) for name, wanted in _asked(filters)}
    return {name: fit & known for name, (fit, known) in tested.items()}


def search(index: pa.Table, filters: Filters, sort: str = "", limit: int | None = 20) -> Found:
    """The creators of an index that pass every filter.

    Sorted by the column behind `sort` in `SORTS`, best first (price: cheapest first); a leading `-` turns it round;
    unknown values last, ties by creator id. Without `sort`, by likeness, match or followers, whichever was asked for.

    Raises
    ------
    WrongUsage
        There is no such order, or nothing to sort by.
    """
    order = sound_order(sort, index)
    kept, left = np.ones(index.num_rows, dtype=bool), []
    for name, wanted in _asked(filters):
        fit, known = _TESTS[name](index, wanted)
        left.append(Left(name, int((kept & known & ~fit).sum()), int((kept & ~known).sum())))
        kept &= fit & known
    rows = np.flatnonzero(kept)
    ordered = in_order(index, rows, order)
    facets = tuple(_facet(index, name, rows) for name in FACETS)
    shown = index.take(pa.array(ordered[:limit]))
    return Found(shown, rows.size, index.num_rows, facets, tuple(left), order)


def _asked(filters: Filters) -> list[tuple[str, Any]]:
    """The filters that ask something, by name."""
    named = ((each.name, getattr(filters, each.name)) for each in fields(Filters))
    return [(name, wanted) for name, wanted in named if wanted not in (None, (), "")]


def _usual_order(index: pa.Table) -> str:
    return next((name for name in ("similar", "match") if index[name].null_count < index.num_rows), "followers")


def sound_order(sort: str, index: pa.Table) -> str:
    """The order asked for, or the usual one.

    Raises
    ------
    WrongUsage
        There is none of that name, or nothing to go by.
    """
    sort = sort or _usual_order(index)
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise WrongUsage(f"Creators cannot be sorted by `{name}`.", did_you_mean(name, list(SORTS)))
    if name in _WHAT_IT_TAKES and index[SORTS[name]].null_count == index.num_rows:
        raise WrongUsage(f"No creator has a figure to be sorted by {name}.", _WHAT_IT_TAKES[name])
    return sort


def in_order(index: pa.Table, rows: NDArray[np.int64], sort: str) -> NDArray[np.int64]:
    """Some rows of an index in a sound order, ties by creator id; a kept index stands in the order of its ids."""
    name = sort.removeprefix("-")
    rising = (name in CHEAP_FIRST) != sort.startswith("-")
    values = _numbers(index, SORTS[name])[rows]
    if SOUGHT in index.schema.names:
        ids = rows
    else:
        names = index["creator_id"].take(pa.array(rows)).to_pylist()
        ids = np.unique(np.asarray(names, dtype=str), return_inverse=True)[1]
    return np.asarray(rows[np.lexsort((ids, np.where(np.isnan(values), np.inf, values if rising else -values)))])


def _numbers(index: pa.Table, name: str) -> NDArray[np.float64]:
    return np.asarray(pc.fill_null(index[name].cast(pa.float64()), np.nan).to_numpy(), dtype=float)


_WHAT_IT_TAKES: Final = {
    "audience": "Name a brief with --brief.",
    "match": "Name a niche with --niche.",
    "similar": "Name a creator with --similar-to.",
    "connection": "Import comments or posts first.",
}
"""What an order takes that stands on nothing by itself."""


def _facet(index: pa.Table, name: str, rows: NDArray[np.int64]) -> Facet:
    counted = Counter(word or UNSTATED for word in index[name].take(pa.array(rows)).to_pylist())
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(ordered[:SHOWN_BUCKETS]), sum(n for _, n in ordered[SHOWN_BUCKETS:]))


def _one_of(name: str) -> Callable[[pa.Table, tuple[str, ...]], tuple[Flags, Flags]]:
    def passing(index: pa.Table, wanted: tuple[str, ...]) -> tuple[Flags, Flags]:
        lowered = pc.utf8_lower(pc.fill_null(index[name], ""))
        asked = pa.array([word.strip().lower() for word in wanted])
        return _flags(pc.is_in(lowered, asked)), _flags(pc.not_equal(lowered, ""))

    return passing


def _bound(name: str, *, at_least: bool) -> Callable[[pa.Table, float], tuple[Flags, Flags]]:
    def passing(index: pa.Table, limit: float) -> tuple[Flags, Flags]:
        values = _numbers(index, name)
        return (values >= limit if at_least else values <= limit), np.isfinite(values)

    return passing


def _named(index: pa.Table, words: str) -> tuple[Flags, Flags]:
    """Whether handle, name or id contains the words, whatever their case; a kept index is sought in word by word."""
    sought = words.strip().removeprefix("@").lower()
    if SOUGHT in index.schema.names:
        each = [_flags(pc.match_substring(index[SOUGHT], word)) for word in sought.split()]
        return np.logical_and.reduce([np.ones(index.num_rows, dtype=bool), *each]), np.ones(index.num_rows, dtype=bool)
    hits = [
        _flags(pc.match_substring(pc.utf8_lower(pc.fill_null(index[name], "")), sought))
        for name in ("creator_id", "handle", "name")
    ]
    return np.logical_or.reduce(hits), np.ones(index.num_rows, dtype=bool)


def _flags(column: pa.ChunkedArray) -> Flags:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=bool)


_TESTS: Final[Mapping[str, Callable[..., tuple[Flags, Flags]]]] = {
    "platforms": _one_of("platform"),
    "tiers": _one_of("tier"),
    "countries": _one_of("country"),
    "languages": _one_of("language"),
    "niches": _one_of("niche"),
    "words": _named,
    "min_followers": _bound("followers", at_least=True),
    "max_followers": _bound("followers", at_least=False),
    "min_engagement": _bound("engagement", at_least=True),
    "min_authenticity": _bound("real", at_least=True),
    "min_connection": _bound("connection", at_least=True),
    "min_on_target": _bound("on_target", at_least=True),
    "min_match": _bound("match", at_least=True),
    "max_price": _bound("fee", at_least=False),
    "followers_bands": _one_of("followers_band"),
    "engagement_bands": _one_of("engagement_band"),
    "real_bands": _one_of("real_band"),
}
