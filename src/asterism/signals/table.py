"""`Signals`: what is known of each creator, one row per creator and one per creator × format."""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from asterism.creators.tables import TIME

CREATOR_SIGNALS: Final = pa.schema(
    [
        ("creator_id", pa.string()),
        ("handle", pa.string()),
        ("name", pa.string()),
        ("platform", pa.string()),  # never null: an unstated platform was settled, and said so, before
        ("niche", pa.string()),
        ("country", pa.string()),
        ("language", pa.string()),
        ("followers", pa.float64()),  # null when unknown
        ("audience", pa.float64()),  # people who can be reached: followers, or usual unique viewers on views-first platforms
        ("audience_source", pa.string()),  # "followers", "views × 0.75", …
        ("on_target", pa.float64()),  # share of the audience in the brief's target, 0–1
        ("on_target_low", pa.float64()),
        ("on_target_high", pa.float64()),
        ("on_target_source", pa.string()),  # "everybody", "profile", "country and niche", "prior"
        ("authentic", pa.float64()),  # share of real followers
        ("authentic_low", pa.float64()),
        ("authentic_high", pa.float64()),
        ("record", pa.bool_()),  # a proven record of engagement
        ("record_evidence", pa.string()),
        ("as_of", TIME),
    ]
)
"""Columns of `Signals.creators`."""

FORMAT_SIGNALS: Final = pa.schema(
    [
        ("creator", pa.int32()),  # row of Signals.creators
        ("format", pa.string()),
        ("posts", pa.int64()),  # own posts behind the rates, 0 = prior only
        ("reach", pa.float64()),  # mean share of the audience that one post reaches, 0–1
        ("reach_log_sd", pa.float64()),  # of the creator's true mean rate, log-normal
        ("reach_source", pa.string()),  # "own posts", "prior", …
        ("engagement", pa.float64()),  # mean engagements of one sponsored post per member of the audience
        ("engagement_log_sd", pa.float64()),
        ("engagement_source", pa.string()),
        ("engagement_rate", pa.float64()),  # as people quote it: median engagements per denominator
        ("engagement_rate_low", pa.float64()),
        ("engagement_rate_high", pa.float64()),
        ("engagement_denominator", pa.string()),
        ("click", pa.float64()),  # mean share of reached people who click through
        ("convert", pa.float64()),  # mean share of those who buy
        ("buy_log_sd", pa.float64()),  # of click × convert together
        ("fee", pa.float64()),  # expected (mean, not median) fee of one post of this format, US dollars
        ("fee_log_sd", pa.float64()),
        ("fee_source", pa.string()),  # "quote", "paid" or "prior"
    ]
)
"""Columns of `Signals.formats`."""

QUOTE_SIGNALS: Final = pa.schema(
    [
        ("creator", pa.int32()),
        ("package", pa.string()),  # canonical, as `2 reel + 1 story`
        ("fee", pa.float64()),  # US dollars
        ("source", pa.string()),  # "quote" or "paid"
        ("as_of", TIME),
    ]
)
"""Columns of `Signals.quotes`: known prices of exact packages."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What each creator is like, for one brief; columns in the schemas of this module."""

    creators: pa.Table
    formats: pa.Table
    quotes: pa.Table
    warnings: tuple[str, ...] = ()
