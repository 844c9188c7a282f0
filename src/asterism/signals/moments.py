"""Moments: how many posts, mean and variance of their logarithms, per creator × format, in one pass over the posts.

Posts are summed up first and joined with their creators afterwards: ten million rows become a row per creator × format
before anybody asks how many followers there are. A creator's followers are one number, so log (acts / followers) is
log acts − log followers: the mean moves, the variance stays.
"""

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from asterism.creators.schema import VIEWS_FIRST

POSTS_NEED: Final = ("creator_id", "platform", "format", "posted_at", "likes", "comments", "shares", "views", "reach")
CREATORS_NEED: Final = ("creator_id", "platform", "followers")
MEASURES: Final = ("by_followers", "by_views", "by_reach", "reach_rate", "views")
"""What is measured of each post; `by_followers` and `reach_rate` per follower of its creator."""
PER_FOLLOWER: Final = ("by_followers", "reach_rate")
_KEYS: Final = ("creator_id", "platform", "format")


def summed_up(posts: ir.Table, creators: ir.Table) -> ir.Table:
    """All measures of known creators' posts, a row per creator × format.

    Columns: creator_id, platform, format, and `n_`, `mean_`, `var_` (null under two posts) and `latest_` before the
    name of each of `MEASURES`.
    """
    return _settled(_by_group(posts), creators)


def one_measure(posts: ir.Table, creators: ir.Table, measure: str) -> ir.Table:
    """Posts, mean and variance of the logarithms of one of `MEASURES`, per creator × format.

    Columns: creator_id, platform, format, n, mean_log, var_log (null under two posts), latest.
    """
    wide = summed_up(posts, creators)
    columns = {name: wide[column] for name, column in columns_of(measure).items()}
    return wide.filter(wide[f"n_{measure}"] > 0).select(*_KEYS, **columns)


def columns_of(measure: str) -> Mapping[str, str]:
    """Where one measure's n, mean_log, var_log and latest stand in `summed_up`."""
    return {"n": f"n_{measure}", "mean_log": f"mean_{measure}", "var_log": f"var_{measure}",
            "latest": f"latest_{measure}"}  # fmt: skip


def _by_group(posts: ir.Table) -> ir.Table:
    """The moments by creator, platform and format as the posts have them; null is a platform and a format here."""
    logs = posts.select(*_KEYS, "posted_at", **_logs(posts))
    made: dict[str, ir.Value] = {}
    for name in MEASURES:
        one = logs[name]
        made |= {f"n_{name}": one.count(), f"mean_{name}": one.mean(), f"var_{name}": one.var(how="sample")}
        made[f"latest_{name}"] = logs.posted_at.max(where=one.notnull())
    return logs.group_by(*_KEYS).aggregate(**made)


def _logs(posts: ir.Table) -> dict[str, ir.Value]:
    """The logarithm of each measure of a post, null where it was not measured; not yet per follower.

    Half an engagement and half a view keep a post without any on the scale. A reach or a number of views of 0 is no
    denominator, and a reach of 0 no measurement: platforms return it for posts without insights.
    """
    acts = engagements(posts).ln()
    views, reach = (posts[name].cast("float64").nullif(0).ln() for name in ("views", "reach"))
    made = (acts, acts - views, acts - reach, reach, (posts.views.cast("float64") + 0.5).ln())
    return dict(zip(MEASURES, made, strict=True))


def engagements(posts: ir.Table) -> ir.FloatingValue:
    """Likes, comments and shares of each post, and half of one; null without likes.

    Counts become floating point before the half is added: DuckDB would add it as a decimal, five times slower.
    """
    likes, comments, shares = (posts[name].cast("float64") for name in ("likes", "comments", "shares"))
    return likes + comments.fill_null(0) + shares.fill_null(0) + 0.5


def _settled(groups: ir.Table, creators: ir.Table) -> ir.Table:
    """The groups of known creators, each with its platform and format settled, and per follower where it should be.

    A post without a platform belongs to its creator's; a post without a format is its platform's main one. Groups that
    turn out to be the same are put together.
    """
    joined = _joined(groups, creators)
    per = joined.followers.cast("float64").nullif(0).ln()
    made: dict[str, ir.Value] = {}
    for name in MEASURES:
        off = per if name in PER_FOLLOWER else ibis.literal(0.0)
        made[f"n_{name}"] = ibis.ifelse(off.isnull(), 0, joined[f"n_{name}"])
        made[f"mean_{name}"] = joined[f"mean_{name}"] - off
    return _together(joined.mutate(**made))


def _joined(groups: ir.Table, creators: ir.Table) -> ir.Table:
    """Groups with their creator's followers; a creator whom several sources describe counts once, at its largest."""
    who = creators.group_by(owner=creators.creator_id, home=creators.platform).aggregate(
        followers=creators.followers.max()
    )
    same = ibis.or_(groups.platform == who.home, groups.platform.isnull(), who.home.isnull())
    joined = groups.join(who, [groups.creator_id == who.owner, same])
    platform = ibis.coalesce(joined.home, joined.platform)
    main = ibis.ifelse(platform.isin(VIEWS_FIRST), "video", "post")
    return joined.mutate(platform=platform, format=ibis.coalesce(joined.format, main))


def _together(parts: ir.Table) -> ir.Table:
    """Groups of one creator × format as one: n = Σn, mean = Σn·mean / n, and squares within and between.

    Chan, Golub and LeVeque 1983, doi:10.1080/00031305.1983.10483115.
    """
    made: dict[str, ir.Value] = {}
    for name in MEASURES:
        n, mean, var = (parts[f"{what}_{name}"] for what in ("n", "mean", "var"))
        total, middle = n.sum(), (n * mean).sum() / n.sum().nullif(0)
        within, between = ((n - 1) * var).sum().fill_null(0), (n * mean * mean).sum() - total * middle * middle
        squares = within + ibis.ifelse(parts.count() > 1, ibis.greatest(between, 0.0), 0.0)
        made |= {f"n_{name}": total, f"mean_{name}": middle, f"var_{name}": squares / (total - 1).nullif(0)}
        made[f"latest_{name}"] = parts[f"latest_{name}"].max()
    return parts.group_by(*_KEYS).aggregate(**made)
