"""The next post: how many engagements and views to expect of each creator and format, with 80% intervals."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.priors import LogNormal, Priors
from asterism.signals.shrink import Evidence, Peers, Posterior, shrink

Floats = NDArray[np.float64]

FORECAST: Final = pa.schema(
    [
        ("creator_id", pa.string()),
        ("platform", pa.string()),
        ("format", pa.string()),
        ("n_posts", pa.int64()),  # own posts behind the row, 0 = from peers alone
        ("engagement_mean", pa.float64()),  # engagements (likes, comments, shares) of the next post, a count
        ("engagement_low", pa.float64()),
        ("engagement_high", pa.float64()),
        ("views_mean", pa.float64()),
        ("views_low", pa.float64()),
        ("views_high", pa.float64()),
    ]
)
"""Columns of a forecast; null where nothing was ever counted."""
UNKNOWN_LOG_SD: Final = 1.5
"""Spread between creators whose platform or size has no benchmark, before their posts are seen (an assumption)."""
_KEYS: Final = ["creator_id", "platform", "format"]
_HALF: Final = 0.5


def next_posts(engagement: pa.Table, views: pa.Table, creators: pa.Table, priors: Priors) -> pa.Table:
    """The forecast of every creator × format with posts, and of each creator without any in its main format.

    Parameters
    ----------
    engagement, views
        Executed statistics of log engagements and log views per creator × format, as counts.
    creators
        creator_id, platform, followers (null unknown) and niche, one row per creator and platform.
    """
    rows = _rows(engagement, views, creators)
    followers = rows["followers"].to_numpy().astype(float)
    size = np.where(followers > 0, followers, np.nan)
    niche = np.unique([word or "" for word in rows["niche"].to_pylist()], return_inverse=True)[1].astype(np.int64)
    posts = np.nan_to_num(rows["n"].to_numpy().astype(float)).astype(np.int64)
    columns: dict[str, object] = {name: rows[name] for name in _KEYS}
    columns["n_posts"] = np.maximum(posts, np.nan_to_num(rows["n_views"].to_numpy().astype(float)).astype(np.int64))
    for name, suffix, scatter in (("engagement", "", "post_log_sd"), ("views", "_views", "post_log_sd.views")):
        own = Evidence(*(rows[c + suffix].to_numpy().astype(float) for c in ("n", "mean_log", "var_log")))
        found = _forecast(rows, own, size, niche, (name, priors.entry(scatter).value, priors))
        columns |= {f"{name}_{end}": pa.array(values, from_pandas=True) for end, values in found.items()}
    table = pa.table([columns[f.name] for f in FORECAST], names=FORECAST.names).cast(FORECAST)
    return table.sort_by([(name, "ascending") for name in _KEYS])


def _rows(engagement: pa.Table, views: pa.Table, creators: pa.Table) -> pa.Table:
    stats = ["n", "mean_log", "var_log"]
    seen = engagement.select([*_KEYS, *stats])
    seen = seen.join(views.select([*_KEYS, *stats]), _KEYS, join_type="full outer", right_suffix="_views")
    main = pc.if_else(pc.is_in(creators["platform"], pa.array(VIEWS_FIRST)), "video", "post")
    idle = creators.select(["creator_id", "platform"]).append_column("format", main)
    idle = idle.join(seen.select(_KEYS[:2]), _KEYS[:2], join_type="left anti")
    every = pa.concat_tables([seen, idle], promote_options="default").combine_chunks()
    return every.join(creators.select(["creator_id", "platform", "followers", "niche"]), _KEYS[:2])


def _forecast(
    rows: pa.Table, own: Evidence, size: Floats, niche: NDArray[np.int64], what: tuple[str, float, Priors]
) -> dict[str, Floats]:
    """Mean and 80% range of the counts of the next post, NaN where nothing says anything; (n,) each."""
    name, scatter, priors = what
    found = {end: np.full(size.size, np.nan) for end in ("mean", "low", "high")}
    platforms, kinds = (np.array([w or "" for w in rows[c].to_pylist()], dtype=object) for c in ("platform", "format"))
    for platform, kind, sized in sorted({*zip(platforms, kinds, np.isfinite(size).tolist(), strict=True)}):
        at = np.flatnonzero((platforms == platform) & (kinds == kind) & (np.isfinite(size) == sized))
        part = Evidence(own.n[at], own.mean[at], own.var[at])
        base = size[at] if sized else np.ones(at.size)
        part = Evidence(np.nan_to_num(part.n), part.mean - np.log(base), part.var)
        benchmarked = name == "engagement" and sized and platform not in VIEWS_FIRST
        belief = priors.engagement_rate(platform, kind, base).belief if benchmarked else _usual(part)
        if belief is not None:
            posterior = shrink(part, Peers(base, niche[at], belief, scatter))
            _fill(found, at, posterior, base)
    return found


def _usual(own: Evidence) -> LogNormal | None:
    """The level of all creators at hand where there is no benchmark; None where none has a figure."""
    has = own.n > 0
    if not has.any():
        return None
    median = np.exp(np.median(own.mean[has]))
    return LogNormal(np.full(has.size, median), np.full(has.size, UNKNOWN_LOG_SD))


def _fill(found: dict[str, Floats], at: NDArray[np.int64], posterior: Posterior, base: Floats) -> None:
    following = posterior.next_post
    for end, values in (("mean", following.mean), ("low", following.low), ("high", following.high)):
        found[end][at] = np.maximum(values * base - _HALF, 0.0)
