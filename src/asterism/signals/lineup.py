"""The line-up: which creators and formats this brief considers, with every platform settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.schema import FORMATS, VIEWS_FIRST
from asterism.creators.tables import Tables
from asterism.signals.statistics import SufficientStatistics

DEFAULT_PLATFORM: Final = "instagram"
OFFERED: Final = {
    "instagram": ("post", "carousel", "reel", "story"),
    "tiktok": ("video",),
    "youtube": ("video", "short"),
}
"""Formats a brief can ask for on each platform; `post` and `video` elsewhere."""
_ELSEWHERE: Final = ("post", "video")
_BETWEEN: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Lineup:
    """The creators considered, in rows, and how to find the rows other tables speak of.

    Parameters
    ----------
    creators
        The rows of the creators table, every platform filled in.
    platform
        The platform of each row, (n,).
    followers
        Followers as numbers, NaN where unknown, (n,).
    ids
        The distinct creator ids; one id may stand on several platforms.
    id_of
        Position in `ids` of each row, (n,).
    default
        The platform of rows that state none.
    """

    creators: pa.Table
    platform: NDArray[np.object_]
    followers: NDArray[np.float64]
    ids: pa.Array
    id_of: NDArray[np.int64]
    default: str = DEFAULT_PLATFORM
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.platform.size)

    def positions(self, ids: pa.ChunkedArray) -> NDArray[np.int64]:
        """Position in `ids` of each id of another table, −1 where it is not considered."""
        return _found(ids, self.ids)

    def rows(self, ids: pa.ChunkedArray, platforms: pa.ChunkedArray) -> NDArray[np.int64]:
        """Row of each creator id and platform of another table, −1 where not considered; no platform is the default."""
        settled = pc.fill_null(platforms, self.default)
        keys = pc.binary_join_element_wise(self.creators["creator_id"], self.creators["platform"], _BETWEEN)
        return _found(pc.binary_join_element_wise(ids, settled, _BETWEEN), keys)

    def first_rows(self) -> NDArray[np.int64]:
        """The first row of each of `ids`."""
        return np.unique(self.id_of, return_index=True)[1].astype(np.int64)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A numeric column of the creators, NaN where unknown, (n,)."""
        return np.asarray(pc.cast(self.creators[name], pa.float64()).to_numpy(), dtype=float)

    def texts(self, name: str) -> NDArray[np.object_]:
        """A text column of the creators, lower case, "" where unknown, (n,)."""
        column = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(self.creators[name], "")))
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object)


def line_up(tables: Tables, brief: Brief) -> Lineup:
    """The creators this brief considers, with their platforms settled and a word on what was assumed."""
    default = brief.platforms[0] if len(brief.platforms) == 1 else DEFAULT_PLATFORM
    settled, unstated = with_platforms(tables.creators, tables.posts, default)
    warnings = [f"{unstated:,} creators have no platform: taken to be on {default}."] if unstated else []
    n = settled.num_rows
    if brief.platforms:
        settled = settled.filter(pc.is_in(settled["platform"], pa.array(brief.platforms)))
        if n and not settled.num_rows:
            warnings.append(f"None of the {n:,} creators is on {' or '.join(brief.platforms)}.")
    ids = pc.unique(settled["creator_id"])
    platform = np.asarray(settled["platform"].to_numpy(zero_copy_only=False), dtype=object)
    followers = np.asarray(pc.cast(settled["followers"], pa.float64()).to_numpy(), dtype=float)
    followers = np.where(followers > 0, followers, np.nan)
    return Lineup(settled, platform, followers, ids, _found(settled["creator_id"], ids), default, tuple(warnings))


def with_platforms(creators: pa.Table, posts: pa.Table, default: str) -> tuple[pa.Table, int]:
    """The creators with every platform filled in, and for how many the default had to serve.

    A creator without a platform is where its posts are.
    """
    named = posts.filter(pc.is_valid(posts["platform"]))
    first = pc.index_in(creators["creator_id"], value_set=named["creator_id"].combine_chunks())
    own = named["platform"].combine_chunks().take(first.combine_chunks())
    platform = pc.coalesce(creators["platform"], pa.chunked_array([own]))
    at = creators.schema.get_field_index("platform")
    return creators.set_column(at, "platform", pc.fill_null(platform, default)), platform.null_count


def formats_considered(lineup: Lineup, brief: Brief, stats: SufficientStatistics) -> NDArray[np.bool_]:
    """Which of `tables.FORMATS` each creator is considered for, (n, n_formats).

    The brief's formats that the platform offers; else those the creator was seen to publish; else the main one.
    """
    asked, main = _asked(lineup, brief), _asked(lineup, None)
    seen = _seen(lineup, stats)
    use_seen = np.where(seen.any(axis=1, keepdims=True), seen, main)
    return np.where(asked.any(axis=1, keepdims=True), asked, use_seen)


def _asked(lineup: Lineup, brief: Brief | None) -> NDArray[np.bool_]:
    """The brief's formats per row, or the platform's main format where there is no brief."""
    matrix = np.zeros((len(lineup), len(FORMATS)), dtype=bool)
    for platform in set(lineup.platform):
        offered = OFFERED.get(platform, _ELSEWHERE)
        main = ("video",) if platform in VIEWS_FIRST else ("post",)
        kinds: Iterable[str] = main if brief is None else [f for f in brief.formats if f in offered]
        matrix[np.ix_(lineup.platform == platform, [FORMATS.index(f) for f in kinds])] = True
    return matrix


def _seen(lineup: Lineup, stats: SufficientStatistics) -> NDArray[np.bool_]:
    matrix = np.zeros((len(lineup), len(FORMATS)), dtype=bool)
    for table in (stats.by_followers, stats.by_views, stats.reach_rate, stats.views):
        rows, formats = lineup.rows(table["creator_id"], table["platform"]), format_codes(table["format"])
        use = (rows >= 0) & (formats >= 0)
        matrix[rows[use], formats[use]] = True
    return matrix


def format_codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Position of each format in `tables.FORMATS`, −1 for others."""
    return _found(column, pa.array(FORMATS))


def _found(values: pa.ChunkedArray, among: pa.Array) -> NDArray[np.int64]:
    return np.asarray(pc.fill_null(pc.index_in(values, value_set=among), -1).to_numpy(), dtype=np.int64)
