"""Audience size: followers, or those who watch a creator at all where people watch what they do not follow.

Of the latter one usual video reaches a part, so several videos reach more people than one: the audience is a usual
video's unique viewers over that part.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.priors import Benchmark, Priors
from asterism.priors.beliefs import STAND_IN
from asterism.signals.lineup import Lineup
from asterism.signals.rates import Seen
from asterism.signals.shrink import Evidence, Peers, shrink

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Per creator, shape (n,): the audience and what it takes to read rates at its size.

    Parameters
    ----------
    audience
        People who can be reached; NaN unknown.
    source
        Where the figure comes from, as `followers` or `views × 0.75 ÷ 0.95`; None unknown.
    followers
        Followers, or those that usually go with such views where they are unknown.
    viewers_per_view
        Members of the audience per view on views-first platforms, so that a rate by views over it is one by members; 1
        elsewhere.
    log_sd
        Doubt of the audience, where it is an estimate; 0 for followers.
    post_log_sd
        Scatter from post to post of how many of them are reached, where views tell; NaN elsewhere.
    """

    audience: Floats
    source: NDArray[np.object_]
    followers: Floats
    viewers_per_view: Floats
    log_sd: Floats
    post_log_sd: Floats


def sizes(lineup: Lineup, log_views: Seen, priors: Priors) -> Sizes:
    """The audience of every creator considered."""
    followers, n = lineup.followers, len(lineup)
    known = np.isfinite(followers)
    found = Sizes(
        followers.copy(), _said(known, "followers"), followers.copy(), np.ones(n), np.zeros(n), np.full(n, np.nan)
    )
    for platform in sorted(set(lineup.platform) & set(VIEWS_FIRST)):
        rows = np.flatnonzero(lineup.platform == platform)
        scatter = priors.entry("post_log_sd.views").value
        stated = lineup.numbers("avg_views")[rows]
        own = log_views.busiest(rows, "video").or_average(stated, priors.entry("stated_average_posts").value, scatter)
        part = by_views(platform, followers[rows], own, priors)
        for name in Sizes.__slots__:
            getattr(found, name)[rows] = getattr(part, name)
    return found


def by_views(platform: str, followers: Floats, log_views: Evidence, priors: Priors) -> Sizes:
    """Audiences of a views-first platform: expected views × unique viewers per view ÷ part reached by one video.

    Views per follower are shrunk toward creators of the same size; without followers a creator's own views stand
    alone, without views the platform's usual views per follower do.
    """
    name = platform if f"views_rate.{platform}" in priors.entries else STAND_IN.get(platform, "youtube")
    unique, usual = priors.entry(f"unique_views.{name}").value, priors.entry(f"views_rate.{name}")
    likely = _likely_followers(followers, log_views, usual)
    rates = Evidence(log_views.n, log_views.mean - np.log(likely), log_views.var)
    size = np.nan_to_num(likely, nan=1.0)
    peers = Peers(size, np.full(size.size, -1), usual.at(size), priors.entry("post_log_sd.views").value)
    posterior = shrink(rates, peers)
    part = float(priors.reach_rate(platform, "video", 1.0).mean)
    audience = np.where(np.isfinite(likely), posterior.mean * likely * unique / part, np.nan)
    over = f"{unique:g} ÷ {part:.2g}"
    words = np.where(log_views.n > 0, f"views × {over}", f"followers × usual views × {over}")
    known = _said(np.isfinite(likely), words)
    return Sizes(audience, known, likely, np.full(size.size, unique / part), posterior.log_sd, posterior.post_log_sd)


def _likely_followers(followers: Floats, log_views: Evidence, usual: Benchmark) -> Floats:
    """Followers, or where unknown the size at which the creator's views would be usual."""
    grid = np.geomspace(10, 1e9, 400)
    level = np.log(grid * usual.at(grid).median)
    guess = np.exp(np.interp(np.nan_to_num(log_views.mean), level, np.log(grid)))
    return np.where(np.isfinite(followers), followers, np.where(log_views.n > 0, guess, np.nan))


def _said(known: NDArray[np.bool_], words: object) -> NDArray[np.object_]:
    source = np.full(known.size, None, dtype=object)
    source[known] = np.broadcast_to(np.asarray(words, dtype=object), known.shape)[known]
    return source
