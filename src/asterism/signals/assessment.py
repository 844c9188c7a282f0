"""`Assessment`: all that is computed of the creators a brief considers, before it is laid out in tables."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asterism.brief import Brief
from asterism.creators.schema import VIEWS_FIRST
from asterism.creators.tables import Tables
from asterism.priors import LogNormal, Priors
from asterism.signals.audience_size import Sizes, sizes
from asterism.signals.authenticity.signal import Authenticity, authenticity
from asterism.signals.averages import stated_rates
from asterism.signals.buying import with_outcomes
from asterism.signals.fit import OnTarget, on_target
from asterism.signals.forecasting.selection import selection_trap
from asterism.signals.leaning import with_leanings
from asterism.signals.lineup import Lineup, formats_considered, line_up
from asterism.signals.pricing.fees import Fees, dear, expected_fees
from asterism.signals.pricing.price import Quotes
from asterism.signals.pricing.quotes import known_prices, usual_fees
from asterism.signals.pricing.traits import Traits
from asterism.signals.rates import PRIOR, Question, Rates, Seen, rates
from asterism.signals.record import AVERAGES, Record, record
from asterism.signals.response import Responses, responses
from asterism.signals.statistics import SufficientStatistics


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is believed of each creator of a line-up.

    Parameters
    ----------
    considered
        Which of `schema.FORMATS` each creator is considered for, (n, n_formats).
    engagement, reached
        Rates per creator and format.
    answers
        What one sponsored post does to one member of the audience.
    quotes, fees
        Known prices, and the fee to expect.
    target
        Share of the audience that the brief wants.
    trust
        Share of real followers, with its signal.
    proof
        Whether engagement is proven, and by what.
    """

    lineup: Lineup
    considered: NDArray[np.bool_]
    size: Sizes
    engagement: Rates
    reached: Rates
    answers: Responses
    quotes: Quotes
    fees: Fees
    target: OnTarget
    trust: Authenticity
    proof: Record
    warnings: tuple[str, ...] = ()


def assess(tables: Tables, brief: Brief, priors: Priors, stats: SufficientStatistics) -> Assessment:
    """What is believed of every creator the brief considers, from their tables, own posts and the priors.

    Raises
    ------
    UnknownCurrency
        A known price is in a currency without a rate.
    """
    lineup = line_up(tables, brief)
    considered = formats_considered(lineup, brief, stats)
    size = sizes(lineup, Seen.of(lineup, stats.views), priors)
    trust = authenticity(lineup, tables, stats, priors)
    watched = _watched(lineup, stats)
    engagement, reached = (
        _tempered(r, trust, watched, priors) for r in _rates(lineup, considered, size, stats, priors)
    )
    quotes, unused = known_prices(tables, lineup, brief, priors)
    usual, spread = usual_fees(lineup, size.followers, priors)
    fees = expected_fees(usual, spread, quotes, Traits.of(lineup, size.followers, engagement), priors)
    answers = with_leanings(responses(engagement, reached, size, brief, priors), lineup, priors)
    return Assessment(
        lineup=lineup,
        considered=considered,
        size=size,
        engagement=engagement,
        reached=reached,
        answers=with_outcomes(answers, tables.outcomes, lineup),
        quotes=quotes,
        fees=fees,
        target=on_target(lineup, tables.audiences, brief, priors, size.followers),
        trust=trust,
        proof=_record(lineup, stats),
        warnings=(
            *lineup.warnings, *_unsized(size), *unused, *dear(quotes, fees, names(lineup)), *_selected(lineup, stats),
        ),
    )  # fmt: skip


def names(lineup: Lineup) -> list[str]:
    """Every creator's handle, or its id where it has none, behind an @."""
    pairs = zip(lineup.creators["handle"].to_pylist(), lineup.creators["creator_id"].to_pylist(), strict=True)
    return [f"@{handle or creator}" for handle, creator in pairs]


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


def _watched(lineup: Lineup, stats: SufficientStatistics) -> NDArray[np.bool_]:
    """Whose audience is reckoned from views they had, (n,)."""
    seen = (Seen.of(lineup, stats.views).n.sum(axis=1) > 0) | (lineup.numbers("avg_views") > 0)
    return np.asarray(seen & np.isin(lineup.platform.astype(str), VIEWS_FIRST))


def _tempered(found: Rates, trust: Authenticity, watched: NDArray[np.bool_], priors: Priors) -> Rates:
    """The rates, where nothing but the prior speaks, times real followers per usual ones: benchmarks are per follower.

    A creator's own posts were seen, or not, by whoever follows: their rates hold the followers that are not real. An
    audience reckoned from views (`watched`) holds none of them: whoever is not real did not watch.
    """
    log_ratio = np.where(watched, 0.0, np.log(np.maximum(trust.real, 0.01) / priors.authentic().mean))
    shift = np.where(found.source == PRIOR, log_ratio[:, None], 0.0)
    belief = found.posterior
    moved = replace(belief, log_rate=belief.log_rate + shift, peers=belief.peers + shift)
    return Rates(moved, found.posts, found.source)


def _record(lineup: Lineup, stats: SufficientStatistics) -> Record:
    counted = [Seen.of(lineup, t).n.sum(axis=1) for t in (stats.by_followers, stats.by_views, stats.by_reach)]
    stated = np.any([lineup.numbers(name) > 0 for name in AVERAGES], axis=0)
    return record(np.max(counted, axis=0).astype(np.int64), stated)


def _unsized(size: Sizes) -> list[str]:
    unknown = int(np.isnan(size.audience).sum())
    return (
        [f"{unknown:,} creators have neither followers nor views: they cannot be sized or planned."] if unknown else []
    )


def _selected(lineup: Lineup, stats: SufficientStatistics) -> list[str]:
    """A word on posts that look selected for their success."""
    rows = lineup.rows(stats.views["creator_id"], stats.views["platform"])
    said = selection_trap(stats.views["mean_log"].to_numpy()[rows >= 0], lineup.followers[rows[rows >= 0]])
    return [] if said is None else [said]
