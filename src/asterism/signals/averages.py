"""Stated averages: what a creators table says of usual engagement, as a rate by the platform's denominator."""

import numpy as np
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.signals.lineup import Lineup

Floats = NDArray[np.float64]


def stated_rates(lineup: Lineup) -> Floats:
    """The stated engagement rate of each creator, NaN where nothing is stated, (n,).

    Average likes, comments and shares first, then average engagements, each per follower, or per average view on
    views-first platforms; then a stated rate. A rate by the other denominator is converted through the average views.
    """
    views, followers = lineup.numbers("avg_views"), lineup.followers
    views = np.where(views > 0, views, np.nan)
    by_views = np.isin(lineup.platform.astype(str), VIEWS_FIRST)
    denominator = np.where(by_views, views, followers)
    likes = lineup.numbers("avg_likes")
    counted = likes + np.nan_to_num(lineup.numbers("avg_comments")) + np.nan_to_num(lineup.numbers("avg_shares"))
    totals = lineup.numbers("avg_engagements")
    rate = _first((counted + 0.5) / denominator, (totals + 0.5) / denominator)
    return _first(rate, _converted(lineup, by_views, views / followers))


def _converted(lineup: Lineup, by_views: NDArray[np.bool_], views_per_follower: Floats) -> Floats:
    rate, said = lineup.numbers("engagement_rate"), lineup.texts("engagement_denominator")
    rate = np.where(rate > 0, rate, np.nan)
    home = np.where(by_views, "views", "followers")
    same = (said == "") | (said == home)
    to_followers, to_views = (said == "views") & ~by_views, (said == "followers") & by_views
    factor = np.where(to_followers, views_per_follower, np.where(to_views, 1.0 / views_per_follower, np.nan))
    return np.where(same, rate, rate * factor)


def _first(one: Floats, two: Floats) -> Floats:
    return np.where(np.isfinite(one), one, two)
