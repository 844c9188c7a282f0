"""Sufficient statistics: all that the rates need to know of millions of posts, a row per creator × format."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from asterism.creators.schema import TIME
from asterism.signals import commenters, comments_per_like, engagement, reach_rate, views
from asterism.signals.moments import MEASURES, columns_of, summed_up

ROW: Final = pa.schema(
    [
        ("creator_id", pa.string()),
        ("platform", pa.string()),
        ("format", pa.string()),
        ("n", pa.int64()),
        ("mean_log", pa.float64()),
        ("var_log", pa.float64()),
        ("latest", TIME),
    ]
)
"""Columns of each executed table; engagement has its `denominator` besides."""

EXPRESSIONS: Final[dict[str, Callable[[ir.Table, ir.Table], ir.Table]]] = {
    "by_followers": partial(engagement.sufficient, denominator="followers"),
    "by_views": partial(engagement.sufficient, denominator="views"),
    "by_reach": partial(engagement.sufficient, denominator="reach"),
    "reach_rate": reach_rate.sufficient,
    "views": views.sufficient,
}
"""What to run on posts and creators to make `SufficientStatistics`, by field."""

TRUST: Final[dict[str, Callable[[ir.Table, ir.Table, ir.Table], ir.Table]]] = {
    "comments_per_like": lambda comments, posts, creators: comments_per_like.sufficient(posts, creators),  # noqa: ARG005
    "commenters": commenters.sufficient,
}
"""What to run on comments, posts and creators besides, by field."""
PER_LIKE: Final = pa.schema(
    [("creator_id", pa.string()), ("platform", pa.string()), ("n", pa.int64()), ("mean_log", pa.float64())]
)
"""Columns of executed `comments_per_like`."""
COMMENTERS: Final = pa.schema(
    [("creator_id", pa.string()), *((name, pa.int64()) for name in ("n", "circle", "texts", "alike"))]
)
"""Columns of executed `commenters`."""


@dataclass(frozen=True, slots=True)
class SufficientStatistics:
    """The executed `EXPRESSIONS`: engagement by each denominator, reach per follower, and log views; and `TRUST`."""

    by_followers: pa.Table
    by_views: pa.Table
    by_reach: pa.Table
    reach_rate: pa.Table
    views: pa.Table
    comments_per_like: pa.Table = field(default_factory=PER_LIKE.empty_table)
    commenters: pa.Table = field(default_factory=COMMENTERS.empty_table)

    @classmethod
    def of(
        cls, run: Callable[[ir.Table], pa.Table], posts: ir.Table, creators: ir.Table
    ) -> "SufficientStatistics":  # fmt: skip
        """The statistics of posts; `run` executes one expression, as an engine does. Posts are read once.

        What `MEASURES` are is summed up in one pass; any other of `EXPRESSIONS` is run by itself.
        """
        wide = run(summed_up(posts, creators))
        found = {name: _one(wide, name) for name in MEASURES}
        others = {name: run(e(posts, creators)) for name, e in EXPRESSIONS.items() if name not in MEASURES}
        return cls(**found, **others)

    @classmethod
    def none(cls) -> "SufficientStatistics":
        """The statistics of no posts."""
        return cls(**{name: ROW.empty_table() for name in EXPRESSIONS})


def _one(wide: pa.Table, measure: str) -> pa.Table:
    """One measure's rows of what was summed up, as its own expression would give them."""
    places = columns_of(measure)
    rows = wide.filter(pc.greater(wide[places["n"]], 0))
    return pa.table([rows[places.get(name, name)] for name in ROW.names], schema=ROW)
