"""Reach rate: unique people one post reaches per follower, from posts whose reach the platform counted."""

from typing import Final

import ibis.expr.types as ir

from asterism.signals.moments import one_measure

POSTS_NEED: Final = ("creator_id", "platform", "format", "posted_at", "reach")
CREATORS_NEED: Final = ("creator_id", "platform", "followers")


def sufficient(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """Posts, mean and variance of the log reach rate per creator × format.

    Columns: creator_id, platform, format, n, mean_log, var_log (null under two posts), latest. A reach of 0 is no
    measurement: platforms return it for posts without insights.
    """
    return one_measure(posts, creators, "reach_rate")
