"""Reach rate: unique people one post reaches per follower, from posts whose reach the platform counted."""

from typing import Final

import ibis.expr.types as ir

from asterism.signals.engagement import moments, with_followers

POSTS_NEED: Final = ("creator_id", "platform", "format", "posted_at", "reach")
CREATORS_NEED: Final = ("creator_id", "platform", "followers")


def sufficient(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """Posts, mean and variance of the log reach rate per creator × format.

    Columns: creator_id, platform, format, n, mean_log, var_log (null under two posts), latest. A reach of 0 is no
    measurement: platforms return it for posts without insights.
    """
    known = with_followers(posts, creators)
    rate = known.reach.nullif(0) / known.followers.nullif(0)
    return moments(known.mutate(log_rate=rate.ln()))
