"""Whose word counts: what several sources say of one creator, and which of them speaks for each field."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import FLAG, TEXT
from asterism.creators.tables import CREATORS, SNAPSHOTS
from asterism.errors import NotFound

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

PARTNERS: Final = {"engagement_denominator": "engagement_rate", "currency": "price"}
"""A field that means nothing without another goes where that one goes: a rate never takes a stranger's denominator."""
RANKS: Final = ("the creator's own account", "a platform's interface", "a vendor", "a file")
"""Who says so, the best informed first."""
_NAMED: Final = (
    (0, ("creator supplied", "own insights", "own account")),
    (1, ("youtube data api", "instagram graph api", "tiktok research api")),
    (2, ("phyllo", "insightiq", "modash", "hypeauditor")),
)
"""What of a source's name tells its rank; all others are files."""
RANK_DAYS: Final = 90
"""After so many days a claim has lost a rank."""
APART: Final = 0.10
"""Figures further apart than this part of the larger one disagree."""
DISAGREEMENTS: Final = pa.schema(
    [("creator_id", TEXT), ("platform", TEXT), ("field", TEXT), ("figures", FLAG), ("apart", pa.float64())]
)
"""`apart`: (largest − smallest) / largest of figures; null of words."""

_KEY: Final = ("creator_id", "platform")
_OF_A_CLAIM: Final = ("as_of", "source")
_LEADS: Final = {**PARTNERS, **dict.fromkeys(_OF_A_CLAIM, "followers")}
_CLAIMED: Final = tuple(name for name in CREATORS.names if name not in (*_KEY, *_OF_A_CLAIM))
_COMPARED: Final = tuple(name for name in _CLAIMED if name not in ("bio", "links", "engagement_denominator"))
_UNDATED: Final = 1 << 40
_DAY: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class FieldClaim:
    """What one source says of one field, whether it speaks, and why.

    `disagrees` is true of every claim on a field whose sources contradict each other.
    """

    field: str
    value: Any
    source: str | None
    as_of: datetime | None
    speaks: bool
    why: str
    disagrees: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """The claims in order: `rows` by creator, the best first, `starts` (n_creators,) where each creator begins.

    `lost` counts the ranks each row of the table has lost to age, `_UNDATED` for one without a date.
    """

    rows: Ints
    starts: Ints
    lost: Ints
    rank: Ints

    def speakers(self, said: Flags) -> Ints:
        """Per creator the row of its best claim among those that say anything, −1 where none does, (n_creators,)."""
        at = np.where(said[self.rows], np.arange(self.rows.size), self.rows.size)
        return np.append(self.rows, -1)[np.minimum.reduceat(at, self.starts)]


def rank(source: str | None) -> int:
    """The rank of a source by its name, 0 the best informed: a place in `RANKS`.

    >>> rank("YouTube Data API"), rank("phyllo, creator supplied"), rank("list.csv")
    (1, 0, 3)
    """
    words = " ".join((source or "").lower().replace("_", " ").replace("-", " ").split())
    return next((place for place, names in _NAMED if any(name in words for name in names)), len(RANKS) - 1)


def placed(creators: pa.Table) -> pa.Table:
    """The claims, those that name no platform put on the one platform that other claims on the creator name.

    Without that a list without platforms beside one with them would make two creators of each. Where the others name
    several platforms, or none, nothing can be told.
    """
    nameless = pc.is_null(creators["platform"])
    if not pc.any(nameless).as_py():
        return creators
    told = creators.filter(pc.invert(nameless)).group_by(["creator_id", "platform"]).aggregate([])
    counted = told.group_by("creator_id").aggregate([("platform", "count"), ("platform", "min")])
    alone = counted.filter(pc.equal(counted["platform_count"], 1)).combine_chunks()
    at = pc.index_in(creators["creator_id"].combine_chunks(), value_set=alone["creator_id"].combine_chunks())
    platform = pc.coalesce(creators["platform"].combine_chunks(), alone["platform_min"].combine_chunks().take(at))
    column = creators.schema.get_field_index("platform")
    return creators.set_column(column, creators.schema.field(column), platform)


def resolve(creators: pa.Table) -> pa.Table:
    """One row per creator and platform: each field from the source that speaks for it.

    A claim's place is the rank of its source (0 the creator's own account, 1 a platform's interface, 2 a vendor, 3 a
    file) plus one for every full 90 days it is older than the newest claim on that creator; undated claims stand behind
    all dated ones. Per field the first in place that says anything speaks; of equals the newer, then the source that
    comes later in the alphabet. So a blank never erases, and a fresh vendor beats a platform's figure half a year old.

    The engagement rate's denominator is its own source's. `as_of` and `source` are those of the followers, or of the
    first in place where nobody tells them.

    Parameters
    ----------
    creators
        Columns of `CREATORS`, any number of rows per creator and platform; null is a platform like any other.
    """
    codes = _codes(creators)
    if int(codes.max(initial=-1)) + 1 == creators.num_rows:
        return creators
    standing = _standing(creators, codes)
    seen = np.argsort(np.minimum.reduceat(standing.rows, standing.starts))
    first = standing.rows[standing.starts]
    chosen: dict[str, Ints] = {}
    for name in dict.fromkeys(_LEADS.get(name, name) for name in CREATORS.names):
        chosen[name] = standing.speakers(_said(creators, name))
    columns = []
    for name in CREATORS.names:
        rows = chosen[_LEADS.get(name, name)][seen]
        if name in _OF_A_CLAIM:
            rows = np.where(rows < 0, first[seen], rows)
        columns.append(creators[name].combine_chunks().take(pa.array(rows, mask=rows < 0)))
    return pa.Table.from_arrays(columns, schema=CREATORS.arrow)


def disagreements(creators: pa.Table) -> pa.Table:
    """One row per creator and field on which sources contradict each other: columns of `DISAGREEMENTS`.

    Figures contradict where they are more than 10% of the larger apart, words where they differ in more than case.
    Figures that move with time are compared only if read within 90 days of the newest, or undated: an older one may
    have been true then. Engagement rates of different denominators say different things. Bios and links are free text.
    """
    codes = _codes(creators)
    if int(codes.max(initial=-1)) + 1 == creators.num_rows:
        return DISAGREEMENTS.empty_table()
    standing = _standing(creators, codes)
    found = [_apart(creators, name, standing) for name in _COMPARED]
    return pa.concat_tables([table for table in found if table.num_rows] or [DISAGREEMENTS.empty_table()])


def provenance(creators: pa.Table, creator_id: str, platform: str | None) -> tuple[FieldClaim, ...]:
    """Every source's word on every field of one creator, in the schema's order, the best placed first.

    Raises
    ------
    NotFound
        No source says anything of it.
    """
    same = pc.equal(creators["creator_id"], creator_id)
    there = pc.equal(creators["platform"], platform) if platform else pc.is_null(creators["platform"])
    own = creators.filter(pc.and_(same, there))
    if own.num_rows == 0:
        what = f"No source speaks of `{creator_id}` on {platform or 'an unknown platform'}."
        raise NotFound(what, "Name a creator_id and platform of the catalogue.")
    standing = _standing(own, _codes(own))
    torn = set(disagreements(own)["field"].to_pylist())
    return tuple(claim for name in _CLAIMED for claim in _field_claims(own, name, standing, name in torn))


def _field_claims(own: pa.Table, name: str, standing: _Standing, torn: bool) -> list[FieldClaim]:
    (speaker,) = standing.speakers(_said(own, _LEADS.get(name, name)))
    values, dates, sources = (own[column].to_pylist() for column in (name, "as_of", "source"))
    return [
        FieldClaim(name, values[row], sources[row], dates[row], row == speaker, _why(standing, row), torn)
        for row in standing.rows.tolist()
        if values[row] is not None
    ]


def _why(standing: _Standing, row: int) -> str:
    """The place of a claim in words."""
    who, lost = RANKS[standing.rank[row]], int(standing.lost[row])
    if lost >= _UNDATED:
        return f"{who}, undated: behind every dated one" if (standing.lost < _UNDATED).any() else f"{who}, undated"
    if not lost:
        return f"{who}, within {RANK_DAYS} days of the newest"
    return f"{who}, {lost * RANK_DAYS} days or more older than the newest: {lost} rank{'s' * (lost > 1)} lost"


def _codes(creators: pa.Table) -> Ints:
    """A number per row, 0 to n_creators − 1, equal where creator and platform are, (n_rows,)."""
    ids, platforms = (_numbers(creators[name]) for name in _KEY)
    both = ids * (int(platforms.max(initial=0)) + 1) + platforms
    if both.size and np.bincount(ids).max(initial=0) == 1:
        return np.asarray(ids - ids.min(), dtype=np.int64)
    return np.asarray(np.unique(both, return_inverse=True)[1], dtype=np.int64)


def _numbers(column: pa.ChunkedArray) -> Ints:
    """A number per row, equal where the values are; 0 where there is none."""
    encoded = column.combine_chunks().dictionary_encode()
    chunks = encoded.chunks if isinstance(encoded, pa.ChunkedArray) else [encoded]
    if not chunks:
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([np.asarray(c.indices.cast(pa.int64()).fill_null(-1)) for c in chunks]) + 1


def _standing(creators: pa.Table, codes: Ints) -> _Standing:
    moments = creators["as_of"].combine_chunks().cast(pa.int64())
    dated, times = np.asarray(moments.is_valid()), np.asarray(moments.fill_null(0))
    newest = np.full(int(codes.max(initial=-1)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(newest, codes[dated], times[dated])
    lost = np.full(codes.size, _UNDATED)
    lost[dated] = (newest[codes[dated]] - times[dated]) // (RANK_DAYS * _DAY)
    names = pc.unique(creators["source"])
    place = {name: at for at, name in enumerate(sorted(filter(None, names.to_pylist())), 1)}
    encoded = pc.index_in(creators["source"], names).to_numpy()
    ranks = np.array([rank(name) for name in names.to_pylist()], dtype=np.int64)[encoded]
    alphabet = np.array([place.get(name, 0) for name in names.to_pylist()], dtype=np.int64)[encoded]
    rows = np.lexsort((-alphabet, -times, lost + ranks, codes))
    starts = np.flatnonzero(np.r_[True, codes[rows][1:] != codes[rows][:-1]])
    return _Standing(rows, starts, lost, ranks)


def _said(creators: pa.Table, name: str) -> Flags:
    return np.asarray(creators[name].combine_chunks().is_valid())


def _apart(creators: pa.Table, name: str, standing: _Standing) -> pa.Table:
    """The creators whose comparable claims on one field differ too much."""
    said = _said(creators, name)
    if name in SNAPSHOTS.names:
        said &= (standing.lost == 0) | (standing.lost >= _UNDATED)
    if name == "engagement_rate":
        said &= _same_denominator(creators, standing, said)
    figures = CREATORS.field(name).type not in (TEXT, FLAG)
    values = _values(creators[name], figures)
    largest = _over(np.maximum, np.where(said, values, -np.inf), standing)
    smallest = _over(np.minimum, np.where(said, values, np.inf), standing)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.where(largest > smallest, (largest - smallest) / largest, 0.0)
    torn = np.flatnonzero((apart > APART) if figures else largest > smallest)
    key = creators.select(_KEY).take(pa.array(standing.rows[standing.starts[torn]]))
    columns = [
        *key.columns,
        pa.repeat(pa.scalar(name, TEXT), torn.size),
        pa.repeat(pa.scalar(figures), torn.size),
        pa.array(apart[torn], mask=np.full(torn.size, not figures)),
    ]
    return pa.Table.from_arrays(columns, schema=DISAGREEMENTS)


def _over(best: np.ufunc, values: NDArray[np.float64], standing: _Standing) -> NDArray[np.float64]:
    return np.asarray(best.reduceat(values[standing.rows], standing.starts), dtype=float)


def _values(column: pa.ChunkedArray, figures: bool) -> NDArray[np.float64]:
    """Figures as they are; words as numbers, equal where they differ in case or outer spaces only."""
    if figures:
        return np.asarray(column.cast(pa.float64()).fill_null(0.0).to_numpy())
    words = pc.utf8_trim_whitespace(pc.utf8_lower(column.cast(TEXT)))
    return _numbers(words).astype(float)


def _same_denominator(creators: pa.Table, standing: _Standing, said: Flags) -> Flags:
    """Where a rate's denominator is that of the rate that speaks, (n_rows,)."""
    denominators = _numbers(creators["engagement_denominator"])
    speakers = standing.speakers(said)
    of_row = np.empty(said.size, dtype=np.int64)
    of_row[standing.rows] = np.repeat(speakers, np.diff(np.r_[standing.starts, said.size]))
    return np.asarray((of_row >= 0) & (denominators == denominators[of_row]), dtype=np.bool_)
