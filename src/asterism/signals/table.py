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
from asterism.priors import LogNormal, Priors
from asterism.signals import price
from asterism.signals.audience_size import Sizes, sizes
from asterism.signals.averages import stated_rates
from asterism.signals.fit import OnTarget, on_target
from asterism.signals.lineup import Lineup, formats_considered, line_up
from asterism.signals.quotes import known_prices, usual_fees
from asterism.signals.rates import Question, Rates, Seen, rates
from asterism.signals.record import AVERAGES, Record, record
from asterism.signals.response import Responses, responses
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


def build(tables: Tables, brief: Brief, priors: Priors, stats: SufficientStatistics) -> Signals:
    """The signals of every creator the brief considers, from their tables, own posts and the priors.

    Creators on other platforms drop out. Those without followers and views stay, with a null audience, so that a plan
    can say how many it could not size.

    Raises
    ------
    UnknownCurrency
        A known price is in a currency without a rate.
    """
    lineup = line_up(tables, brief)
    considered = formats_considered(lineup, brief, stats)
    size = sizes(lineup, Seen.of(lineup, stats.views), priors)
    engagement, reached = _rates(lineup, considered, size, stats, priors)
    answers = responses(engagement, reached, size, brief, priors)
    quotes, unused = known_prices(tables, lineup, brief)
    usual, spread = usual_fees(lineup, size.followers, priors)
    fees = price.expected(usual, spread, quotes, priors)
    columns = {**_rate_columns(engagement, reached, lineup), **_answer_columns(answers), **_fee_columns(fees)}
    dear = price.dear(quotes, usual, spread, _names(lineup))
    return Signals(
        _creators(lineup, size, on_target(lineup, tables.audiences, brief, priors, size.followers), stats, priors),
        _formats(considered, columns),
        _quotes(quotes),
        (*lineup.warnings, *_unsized(size), *unused, *dear),
    )


def _rates(
    lineup: Lineup, considered: NDArray[np.bool_], size: Sizes, stats: SufficientStatistics, priors: Priors
) -> tuple[Rates, Rates]:
    """Engagement by each platform's denominator, and reach per member of the audience."""

    def engaging(platform: str, kind: str, sizes: NDArray[np.float64]) -> LogNormal:
        return priors.engagement_rate(platform, kind, sizes).belief

    viewed = np.isin(lineup.platform.astype(str), VIEWS_FIRST)
    by_followers, by_views = Seen.of(lineup, stats.by_followers), Seen.of(lineup, stats.by_views)
    reach = Seen.of(lineup, stats.reach_rate)
    scatter = priors.entry("post_log_sd").value
    asked = Question(lineup, considered, size.followers, engaging, scatter, stated_rates(lineup))
    engagement = rates(asked, by_views.where(viewed, by_followers), priors)
    nothing = np.full(len(lineup), np.nan)
    asked = Question(
        lineup, considered, size.followers, priors.reach_rate, priors.entry("post_log_sd.reach").value, nothing
    )
    return engagement, rates(asked, Seen.none(reach).where(viewed, reach), priors)


def _names(lineup: Lineup) -> list[str]:
    pairs = zip(lineup.creators["handle"].to_pylist(), lineup.creators["creator_id"].to_pylist(), strict=True)
    return [f"@{handle or creator}" for handle, creator in pairs]


def _unsized(size: Sizes) -> list[str]:
    unknown = int(np.isnan(size.audience).sum())
    return (
        [f"{unknown:,} creators have neither followers nor views: they cannot be sized or planned."] if unknown else []
    )


def _creators(
    lineup: Lineup, size: Sizes, target: OnTarget, stats: SufficientStatistics, priors: Priors
) -> pa.Table:  # fmt: skip
    proof = _record(lineup, stats)
    real, n = priors.authentic(), len(lineup)
    made: dict[str, object] = {
        "followers": _nullable(lineup.followers), "audience": _nullable(size.audience), "audience_source": size.source,
        "on_target": target.share, "on_target_low": target.low, "on_target_high": target.high,
        "on_target_source": target.source, "record": proof.proven, "record_evidence": proof.evidence,
        "authentic": np.full(n, real.mean), "authentic_low": np.full(n, real.low),
        "authentic_high": np.full(n, real.high), "as_of": _as_of(lineup, stats),
    }  # fmt: skip
    columns = [made[f.name] if f.name in made else lineup.creators[f.name] for f in CREATOR_SIGNALS]
    return pa.table([_typed(c, f.type) for c, f in zip(columns, CREATOR_SIGNALS, strict=True)], CREATOR_SIGNALS)


def _record(lineup: Lineup, stats: SufficientStatistics) -> Record:
    counted = [Seen.of(lineup, t).n.sum(axis=1) for t in (stats.by_followers, stats.by_views, stats.by_reach)]
    stated = np.any([lineup.numbers(name) > 0 for name in AVERAGES], axis=0)
    return record(np.max(counted, axis=0).astype(np.int64), stated)


def _as_of(lineup: Lineup, stats: SufficientStatistics) -> pa.ChunkedArray:
    """When a creator's figures were read, or the date of its latest post with figures."""
    latest = np.full(len(lineup), np.datetime64("NaT", "us"))
    for table in (stats.by_followers, stats.by_views, stats.views):
        rows, when = lineup.rows(table["creator_id"], table["platform"]), price.days(table["latest"])
        np.fmax.at(latest, rows[rows >= 0], when[rows >= 0])
    return pc.coalesce(lineup.creators["as_of"], pa.chunked_array([pa.array(latest, TIME)]))


def _rate_columns(engagement: Rates, reached: Rates, lineup: Lineup) -> dict[str, NDArray[Any]]:
    typical, n_formats = engagement.posterior.typical, len(FORMATS)
    denominator = np.where(np.isin(lineup.platform.astype(str), VIEWS_FIRST), "views", "followers")
    return {
        "posts": engagement.posts.astype(np.int64),
        "engagement_source": engagement.source,
        "reach_source": reached.source,
        "engagement_rate": typical.median,
        "engagement_rate_low": typical.low,
        "engagement_rate_high": typical.high,
        "engagement_denominator": np.repeat(denominator[:, None], n_formats, axis=1),
    }


def _answer_columns(answers: Responses) -> dict[str, NDArray[Any]]:
    columns = {name: getattr(answers, name) for name in Responses.__slots__}
    return {**columns, "convert": np.broadcast_to(answers.convert, answers.reach.shape)}


def _fee_columns(fees: price.Fees) -> dict[str, NDArray[Any]]:
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
        quotes.creator[at].astype(np.int32), [price.package_name(quotes.parts[i]) for i in at], quotes.fee[at],
        [quotes.source[i] for i in at], quotes.as_of[at],
    ]  # fmt: skip
    return pa.table([_typed(c, f.type) for c, f in zip(made, QUOTE_SIGNALS, strict=True)], QUOTE_SIGNALS)


def _nullable(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _typed(column: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return column.cast(kind)
    return pa.array(column, type=kind)
