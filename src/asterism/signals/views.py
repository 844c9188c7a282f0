"""Views: how often a creator's videos are watched, from posts whose views the platform counted."""

from typing import Final

import ibis.expr.types as ir

from asterism.signals.moments import one_measure

POSTS_NEED: Final = ("creator_id", "platform", "format", "posted_at", "views")
CREATORS_NEED: Final = ("creator_id", "platform", "followers")


def sufficient(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """Posts, mean and variance of log views per creator × format.

    Columns: creator_id, platform, format, n, mean_log, var_log (null under two posts), latest. A video nobody watched
    counts as half a view.
    """
    return one_measure(posts, creators, "views")
