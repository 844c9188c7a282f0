"""The next post: engagements, views and reach to expect of each creator and format, with 80% intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.priors import LogNormal, Priors
from asterism.signals.forecasting.sponsored import sponsored_effect
from asterism.signals.forecasting.trend import SCATTER, History
from asterism.signals.shrink import Evidence, Peers, hats_at, population, widths

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ENDS: Final = ("mean", "low", "high")
FORECAST: Final = pa.schema(
    [
        ("creator_id", pa.string()),
        ("platform", pa.string()),
        ("format", pa.string()),
        ("n_posts", pa.int64()),  # own posts behind the row, 0 = from peers alone
        *((f"engagement_{end}", pa.float64()) for end in ENDS),  # likes, comments and shares of the next post, a count
        *((f"views_{end}", pa.float64()) for end in ENDS),
        *((f"reach_{end}", pa.float64()) for end in ENDS),  # people reached; counted, or views × unique viewers
    ]
)
"""Columns of a forecast; null where nothing was ever counted."""
UNKNOWN_LOG_SD: Final = 1.5
"""Spread between creators whose platform or size has no benchmark, before their posts are seen (an assumption)."""
LARGEST_LOG: Final = 100.0
"""Logarithm beyond which no count is told apart: absurd figures stay numbers."""
_KEYS: Final = ["creator_id", "platform", "format"]
_HALF: Final = {"engagement": 0.5, "views": 0.5, "reach": 0.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the creators: whether the next post is sponsored (None: as their own mix), and the priors."""

    priors: Priors
    sponsored: bool | None = None


def next_posts(histories: Mapping[str, pa.Table], creators: pa.Table, asked: Asked) -> pa.Table:
    """The forecast of every creator × format with posts, and of each creator without any in its main format.

    Parameters
    ----------
    histories
        The executed `trend.history` of engagement, views and reach.
    creators
        creator_id, platform, followers (null unknown) and niche, one row per creator and platform.
    """
    rows = _rows(histories, creators)
    followers = rows["followers"].to_numpy().astype(float)
    size = np.where(followers > 0, followers, np.nan)
    niche = np.unique([word or "" for word in rows["niche"].to_pylist()], return_inverse=True)[1].astype(np.int64)
    seen = {what: History.of(rows, f"_{what}") for what in SCATTER}
    found = {what: _forecast(rows, seen[what], (size, niche), what, asked) for what in SCATTER}
    found["reach"] = _reach(rows, found, seen["reach"].n > 0, asked.priors)
    columns: dict[str, object] = {name: rows[name] for name in _KEYS}
    columns["n_posts"] = np.max([one.n for one in seen.values()], axis=0).astype(np.int64)
    for what, belief in found.items():
        columns |= {f"{what}_{end}": pa.array(values, from_pandas=True) for end, values in _counts(belief, what)}
    table = pa.table([columns[f.name] for f in FORECAST], names=FORECAST.names).cast(FORECAST)
    return table.sort_by([(name, "ascending") for name in _KEYS])


def _rows(histories: Mapping[str, pa.Table], creators: pa.Table) -> pa.Table:
    """A row per creator × format: the columns of each history behind its name, then what is known of the creator."""
    keys = pa.concat_tables([table.select(_KEYS) for table in histories.values()]).group_by(_KEYS).aggregate([])
    main = pc.if_else(pc.is_in(creators["platform"], pa.array(VIEWS_FIRST)), "video", "post")
    idle = creators.select(["creator_id", "platform"]).append_column("format", main)
    idle = idle.join(keys.select(_KEYS[:2]), _KEYS[:2], join_type="left anti")
    rows = pa.concat_tables([keys, idle], promote_options="default").combine_chunks()
    for what, table in histories.items():
        named = [name if name in _KEYS else f"{name}_{what}" for name in table.column_names]
        rows = rows.join(table.rename_columns(named), _KEYS)
    return rows.join(creators.select(["creator_id", "platform", "followers", "niche"]), _KEYS[:2])


def _forecast(rows: pa.Table, seen: History, peers: tuple[Floats, Ints], what: str, asked: Asked) -> LogNormal:
    """The belief about the counts of the next post, NaN where nothing says anything; (n,)."""
    size, niche = peers
    found = LogNormal(np.full(size.size, np.nan), np.full(size.size, np.nan))
    platforms, kinds = (np.array([w or "" for w in rows[c].to_pylist()], dtype=object) for c in ("platform", "format"))
    for platform, kind, sized in sorted({*zip(platforms, kinds, np.isfinite(size).tolist(), strict=True)}):
        at = np.flatnonzero((platforms == platform) & (kinds == kind) & (np.isfinite(size) == sized))
        base = size[at] if sized else np.ones(at.size)
        part = seen.take(at)
        belief = _benchmark(what, platform, kind, base, asked.priors) if sized else None
        belief = belief or _usual(part, base)
        if belief is not None:
            scatter = asked.priors.entry(SCATTER[what]).value
            following = _next(part, Peers(base, niche[at], belief, scatter), asked)
            found.median[at], found.log_sd[at] = following.median * base, following.log_sd
    return found


def _benchmark(what: str, platform: str, kind: str, size: Floats, priors: Priors) -> LogNormal | None:
    """What the priors believe of the rate per follower; None where they say nothing of it."""
    if platform in VIEWS_FIRST or what == "views":
        return None
    return priors.engagement_rate(platform, kind, size).belief if what == "engagement" else (
        priors.reach_rate(platform, kind, size)
    )  # fmt: skip


def _usual(seen: History, base: Floats) -> LogNormal | None:
    """The level of all creators at hand where there is no benchmark; None where none has a figure."""
    has = seen.n > 0
    if not has.any():
        return None
    median = np.exp(np.median(seen.mean_log[has] - np.log(base[has])))
    return LogNormal(np.full(has.size, median), np.full(has.size, UNKNOWN_LOG_SD))


def _next(seen: History, peers: Peers, asked: Asked) -> LogNormal:
    """The belief about each creator's next post as a rate, as wide as would have held the latest posts.

    The latest post of every creator of several is forecast from those before it; the intervals near each size are
    widened, or narrowed, until they would have held `LEVEL` of them.
    """
    counted = _rate(seen, peers, asked)
    usual = population(counted, peers)
    posterior, before = usual.posterior(counted), usual.posterior(_rate(seen.without_last(), peers, asked))
    held = (seen.n > 1) & np.isfinite(seen.last)
    errors = (seen.last - np.log(peers.size) - before.log_rate) / before.next_post.log_sd
    width = hats_at(peers.size) @ widths(np.where(held, errors, np.nan), peers.size)
    effect = sponsored_effect(seen, peers.post_log_sd, asked.priors)
    log_sd = np.hypot(posterior.next_post.log_sd * width, effect.doubt(asked.sponsored))
    return LogNormal(_exp(posterior.log_rate + effect.shift(asked.sponsored)), log_sd)


def _rate(seen: History, peers: Peers, asked: Asked) -> Evidence:
    counted = seen.evidence(peers.post_log_sd, asked.priors)
    return Evidence(counted.n, counted.mean - np.log(peers.size), counted.var, counted.stale)


def _reach(rows: pa.Table, found: Mapping[str, LogNormal], counted: NDArray[np.bool_], priors: Priors) -> LogNormal:
    """Reach where own posts had it counted; else views times unique viewers per view, with the doubt of both."""
    unique, log_sd = np.full(counted.size, np.nan), np.full(counted.size, np.nan)
    platforms = np.array([word or "" for word in rows["platform"].to_pylist()], dtype=object)
    for platform in set(platforms.tolist()):
        name = f"unique_views.{platform}"
        if name in priors.entries:
            unique[platforms == platform], log_sd[platforms == platform] = (
                priors.entry(name).value,
                priors.entry(name).sd,
            )
    derived = found["views"].times(LogNormal(unique, log_sd))
    return LogNormal(
        np.where(counted, found["reach"].median, derived.median),
        np.where(counted, found["reach"].log_sd, derived.log_sd),
    )


def _counts(belief: LogNormal, what: str) -> list[tuple[str, Floats]]:
    """Mean and 80% range as counts."""
    log_sd = np.minimum(belief.log_sd, LARGEST_LOG)
    bounded = LogNormal(belief.median, log_sd)
    mean = _exp(np.log(belief.median) + 0.5 * log_sd**2)
    values = zip(ENDS, (mean, bounded.low, bounded.high), strict=True)
    return [(end, np.maximum(value - _HALF[what], 0.0)) for end, value in values]


def _exp(log: Floats) -> Floats:
    return np.asarray(np.exp(np.clip(log, -LARGEST_LOG, LARGEST_LOG)))
