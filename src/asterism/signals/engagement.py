"""Engagement rates, by followers, by views or by reach: posts and creators → sufficient statistics, in the database.

A post's rate is (likes + comments + shares + ½) / denominator. The half keeps a post without any engagement on the
logarithmic scale and is lost in the noise above about ten. Saves are left out: only creators who show their own
insights have them, and they would look better for it. Paid posts count like the rest.
"""

from typing import Final

import ibis
import ibis.expr.types as ir

from asterism.creators.schema import DENOMINATORS
from asterism.errors import WrongUsage, did_you_mean
from asterism.signals.moments import one_measure

POSTS_NEED: Final = ("creator_id", "platform", "format", "posted_at", "likes", "comments", "shares", "views", "reach")
CREATORS_NEED: Final = ("creator_id", "platform", "followers")


def sufficient(posts: ir.Table, creators: ir.Table, denominator: str = "followers") -> ir.Table:
    """Posts, mean and variance of log engagement rates per creator × format.

    Columns: creator_id, platform, format, n, mean_log, var_log (null under two posts), latest, denominator. Posts
    without likes or without the denominator do not count; missing comments and shares are none. Rates of different
    denominators come from different calls and never share a row.

    Raises
    ------
    WrongUsage
        The denominator is not followers, views or reach.
    """
    if denominator not in DENOMINATORS:
        raise WrongUsage(f"There is no engagement by `{denominator}`.", did_you_mean(denominator, list(DENOMINATORS)))
    return one_measure(posts, creators, f"by_{denominator}").mutate(denominator=ibis.literal(denominator))
