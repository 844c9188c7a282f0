"""Comments per like: posts and creators → sufficient statistics of the log ratio, in the database.

Bought likes come without comments, comments from a circle without likes. The ratio falls with size, so a creator is
only compared with peers.
"""

from typing import Final

import ibis
import ibis.expr.types as ir

POSTS_NEED: Final = ("creator_id", "platform", "likes", "comments")
CREATORS_NEED: Final = ("creator_id", "platform")


def sufficient(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """Posts and mean of log((comments + ½) / (likes + ½)) per creator and platform.

    Columns: creator_id, platform, n, mean_log. Posts whose likes or comments are unknown do not count, nor do those
    without either. A post without a platform belongs to its creator's.
    """
    seen = posts.filter(posts.likes.notnull(), posts.comments.notnull(), posts.likes + posts.comments > 0)
    ratios = seen.mutate(log_ratio=((seen.comments + 0.5) / (seen.likes + 0.5)).ln())
    groups = ratios.group_by("creator_id", "platform").aggregate(n=ratios.count(), total=ratios.log_ratio.sum())
    who = creators.select(owner="creator_id", home="platform").distinct()
    same = ibis.or_(groups.platform == who.home, groups.platform.isnull(), who.home.isnull())
    joined = groups.join(who, [groups.creator_id == who.owner, same])
    settled = joined.mutate(platform=ibis.coalesce(joined.home, joined.platform))
    found = settled.group_by("creator_id", "platform").aggregate(n=settled.n.sum(), total=settled.total.sum())
    return found.select("creator_id", "platform", "n", mean_log=found.total / found.n)
