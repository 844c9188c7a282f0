"""`Signals`: what is known of each creator, one row per creator and one per creator × format."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.schema import FORMATS, TIME, VIEWS_FIRST
from asterism.creators.tables import Tables
from asterism.priors import Priors
from asterism.signals.assessment import Assessment, assess
from asterism.signals.lineup import Lineup
from asterism.signals.pricing import price
from asterism.signals.pricing.fees import Fees
from asterism.signals.response import Responses
from asterism.signals.statistics import SufficientStatistics

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
        (
            "audience",
            pa.float64(),
        ),  # people who can be reached: followers, or usual unique viewers on views-first platforms
        ("audience_source", pa.string()),  # "followers", "views × 0.75", …
        ("on_target", pa.float64()),  # share of the audience in the brief's target, 0–1
        ("on_target_low", pa.float64()),
        ("on_target_high", pa.float64()),
        ("on_target_source", pa.string()),  # "everybody", "profile", "country and niche", "prior"
        ("authentic", pa.float64()),  # share of real followers
        ("authentic_low", pa.float64()),
        ("authentic_high", pa.float64()),
        ("authentic_source", pa.string()),  # what moved it away from the prior
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
        ("reach_post_log_sd", pa.float64()),  # scatter from post to post around it; null unknown
        ("reach_source", pa.string()),  # "own posts", "prior", …
        ("engagement", pa.float64()),  # mean engagements of one sponsored post per member of the audience
        ("engagement_log_sd", pa.float64()),
        ("engagement_post_log_sd", pa.float64()),  # scatter from post to post, that of reach included; null unknown
        ("engagement_source", pa.string()),
        ("engagement_rate", pa.float64()),  # as people quote it: median engagements per denominator
        ("engagement_rate_low", pa.float64()),
        ("engagement_rate_high", pa.float64()),
        ("engagement_denominator", pa.string()),
        ("click", pa.float64()),  # mean share of reached people who click through
        ("convert", pa.float64()),  # mean share of those who buy
        ("buy_log_sd", pa.float64()),  # of click × convert together
        ("buy_common_log_sd", pa.float64()),  # the part of it that all creators share; null unknown
        ("fee", pa.float64()),  # expected (mean, not median) fee of one post of this format, US dollars
        ("fee_log_sd", pa.float64()),
        ("fee_source", pa.string()),  # "quote", "paid" or "prior"
    ]
)
"""Columns of `Signals.formats`."""

QUOTE_SIGNALS: Final = pa.schema(
    [
        ("creator", pa.int32()),
        ("package", pa.string()),  # canonical, as `2 reel + 1 story`, add-ons last
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


def build(tables: Tables, brief: Brief, priors: Priors, stats: SufficientStatistics) -> Signals:
    """The signals of every creator the brief considers, from their tables, own posts and the priors.

    Creators on other platforms drop out. Those without followers and views stay, with a null audience, so that a plan
    can say how many it could not size.

    Raises
    ------
    UnknownCurrency
        A known price is in a currency without a rate.
    """
    return laid_out(assess(tables, brief, priors, stats), stats)


def laid_out(found: Assessment, stats: SufficientStatistics) -> Signals:
    """An assessment as the tables that planning reads."""
    columns = {**_rate_columns(found), **_answer_columns(found.answers), **_fee_columns(found.fees)}
    return Signals(_creators(found, stats), _formats(found.considered, columns), _quotes(found.quotes), found.warnings)


def _creators(found: Assessment, stats: SufficientStatistics) -> pa.Table:
    lineup, size, target, trust = found.lineup, found.size, found.target, found.trust
    made: dict[str, object] = {
        "followers": _nullable(lineup.followers), "audience": _nullable(size.audience), "audience_source": size.source,
        "on_target": target.share, "on_target_low": target.low, "on_target_high": target.high,
        "on_target_source": target.source, "record": found.proof.proven, "record_evidence": found.proof.evidence,
        "authentic": trust.real, "authentic_low": trust.low, "authentic_high": trust.high,
        "authentic_source": trust.source, "as_of": _as_of(lineup, stats),
    }  # fmt: skip
    columns = [made[f.name] if f.name in made else lineup.creators[f.name] for f in CREATOR_SIGNALS]
    return pa.table([_typed(c, f.type) for c, f in zip(columns, CREATOR_SIGNALS, strict=True)], CREATOR_SIGNALS)


def _as_of(lineup: Lineup, stats: SufficientStatistics) -> pa.ChunkedArray:
    """When a creator's figures were read, or the date of its latest post with figures."""
    latest = np.full(len(lineup), np.datetime64("NaT", "us"))
    for table in (stats.by_followers, stats.by_views, stats.views):
        rows, when = lineup.rows(table["creator_id"], table["platform"]), price.days(table["latest"])
        np.fmax.at(latest, rows[rows >= 0], when[rows >= 0])
    return pc.coalesce(lineup.creators["as_of"], pa.chunked_array([pa.array(latest, TIME)]))


def _rate_columns(found: Assessment) -> dict[str, NDArray[Any]]:
    engagement, n_formats = found.engagement, len(FORMATS)
    typical = engagement.posterior.typical
    denominator = np.where(np.isin(found.lineup.platform.astype(str), VIEWS_FIRST), "views", "followers")
    return {
        "posts": engagement.posts.astype(np.int64),
        "engagement_source": engagement.source,
        "reach_source": found.reached.source,
        "engagement_rate": typical.median,
        "engagement_rate_low": typical.low,
        "engagement_rate_high": typical.high,
        "engagement_denominator": np.repeat(denominator[:, None], n_formats, axis=1),
    }


def _answer_columns(answers: Responses) -> dict[str, NDArray[Any]]:
    columns = {name: getattr(answers, name) for name in Responses.__slots__}
    return {**columns, "convert": np.broadcast_to(answers.convert, answers.reach.shape)}


def _fee_columns(fees: Fees) -> dict[str, NDArray[Any]]:
    return {"fee": fees.belief.mean, "fee_log_sd": fees.belief.log_sd, "fee_source": fees.source}


def _formats(considered: NDArray[np.bool_], columns: Mapping[str, NDArray[Any]]) -> pa.Table:
    """One row per creator × format considered, from matrices (n, n_formats)."""
    creator, kind = np.nonzero(considered)
    rows = {"creator": creator.astype(np.int32), "format": np.array(FORMATS, dtype=object)[kind]}
    picked = {name: matrix[considered] for name, matrix in columns.items()}
    made = {**rows, **picked}
    return pa.table([_typed(made[f.name], f.type) for f in FORMAT_SIGNALS], FORMAT_SIGNALS)


def _quotes(quotes: price.Quotes) -> pa.Table:
    at = quotes.newest()
    made = [
        quotes.creator[at].astype(np.int32), [quotes.name(i) for i in at], quotes.fee[at],
        [quotes.source[i] for i in at], quotes.as_of[at],
    ]  # fmt: skip
    return pa.table([_typed(c, f.type) for c, f in zip(made, QUOTE_SIGNALS, strict=True)], QUOTE_SIGNALS)


def _nullable(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _typed(column: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return column.cast(kind)
    return pa.array(column, type=kind)
