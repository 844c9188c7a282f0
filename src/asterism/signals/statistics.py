"""Sufficient statistics: all that the rates need to know of millions of posts, a row per creator × format."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import ibis.expr.types as ir
import pyarrow as pa

from asterism.creators.schema import TIME
from asterism.signals import engagement, reach_rate, views

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


@dataclass(frozen=True, slots=True)
class SufficientStatistics:
    """The executed `EXPRESSIONS`: engagement by each denominator, reach per follower, and log views."""

    by_followers: pa.Table
    by_views: pa.Table
    by_reach: pa.Table
    reach_rate: pa.Table
    views: pa.Table

    @classmethod
    def none(cls) -> "SufficientStatistics":
        """The statistics of no posts."""
        return cls(**{name: ROW.empty_table() for name in EXPRESSIONS})
