"""Engagement rates, by followers, by views or by reach: posts and creators → sufficient statistics, in the database.

A post's rate is (likes + comments + shares + ½) / denominator. The half keeps a post without any engagement on the
logarithmic scale and is lost in the noise above about ten. Saves are left out: only creators who show their own
insights have them, and they would look better for it. Paid posts count like the rest.
"""

from typing import Final

import ibis
import ibis.expr.types as ir

from asterism.creators.schema import DENOMINATORS, VIEWS_FIRST
from asterism.errors import WrongUsage, did_you_mean

POSTS_NEED: Final = ("creator_id", "platform", "format", "posted_at", "likes", "comments", "shares", "views", "reach")
CREATORS_NEED: Final = ("creator_id", "platform", "followers")


def sufficient(posts: ir.Table, creators: ir.Table, denominator: str = "followers") -> ir.Table:
    """Posts, mean and variance of log engagement rates per creator × format.

    Columns: creator_id, platform, format, denominator, n, mean_log, var_log (null under two posts), latest. Posts
    without likes or without the denominator do not count; missing comments and shares are none. Rates of different
    denominators come from different calls and never share a row.

    Raises
    ------
    WrongUsage
        The denominator is not followers, views or reach.
    """
    if denominator not in DENOMINATORS:
        raise WrongUsage(f"There is no engagement by `{denominator}`.", did_you_mean(denominator, list(DENOMINATORS)))
    known = with_followers(posts, creators)
    engagements = known.likes + known.comments.fill_null(0) + known.shares.fill_null(0) + 0.5
    rates = known.mutate(log_rate=(engagements / known[denominator].nullif(0)).ln())
    return moments(rates).mutate(denominator=ibis.literal(denominator))


def with_followers(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """The posts of known creators with platform, format and the creator's followers settled.

    A post without a platform belongs to its creator's; a post without a format is its platform's main one.
    """
    who = creators.select(owner="creator_id", home="platform", followers="followers")
    same = ibis.or_(posts.platform == who.home, posts.platform.isnull(), who.home.isnull())
    joined = posts.join(who, [posts.creator_id == who.owner, same])
    platform = ibis.coalesce(joined.home, joined.platform)
    main = ibis.ifelse(platform.isin(VIEWS_FIRST), "video", "post")
    return joined.mutate(platform=platform, format=ibis.coalesce(joined.format, main))


def moments(rates: ir.Table) -> ir.Table:
    """n, mean and variance of `log_rate`, and the latest date, per creator × format; null rates do not count."""
    counted = rates.filter(rates.log_rate.notnull())
    return counted.group_by("creator_id", "platform", "format").aggregate(
        n=counted.count(),
        mean_log=counted.log_rate.mean(),
        var_log=counted.log_rate.var(how="sample"),
        latest=counted.posted_at.max(),
    )
