"""Matching: which outcome answers which forecast."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.tiers import TierScheme
from asterism.priors import Priors
from asterism.signals.forecasting.growth_curve import DAY, GrowthCurve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ALL: Final = "all"
"""The tier of forecasts that speak of several creators together."""
GROWN: Final = 0.9
"""Share of its final figures from which a post is held against a forecast; younger ones wait."""
_BETWEEN: Final = "\x1f"
_OF_OUTCOMES: Final = {
    "reach": "reach", "engagements": "engagements", "clicks": "clicks", "conversions": "orders", "price": "cost",
}  # fmt: skip
_SUMS: Final = ("engagements", "clicks", "orders", "cost")
"""What of several creators adds up to the campaign's; their reach does not: people would count twice."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Forecasts with their outcomes, shape (n,) each; `tier` is the creator's or "all" for campaigns."""

    what: NDArray[np.object_]
    tier: NDArray[np.object_]
    low: Floats
    high: Floats
    came: Floats
    waiting: int = 0


def matched(forecasts: pa.Table, posts: pa.Table, outcomes: pa.Table, tiers: TierScheme) -> Judged:
    """The forecasts whose outcome is known, each with it.

    A forecast of a creator's next post is answered by the first post of that creator, platform and format published
    after it was made (within its horizon), once it has grown; of several forecasts answered by one post, the last one
    made counts. A forecast of a campaign is answered by the campaign's outcome, dated after it was made.
    """
    whole = forecasts.filter(pc.and_(pc.is_valid(forecasts["low"]), pc.is_valid(forecasts["high"]))).combine_chunks()
    of_campaign = pc.is_valid(whole["campaign"]).to_numpy(zero_copy_only=False)
    found = np.full(whole.num_rows, np.nan)
    waits = np.zeros(whole.num_rows, dtype=bool)
    single = np.flatnonzero(~of_campaign)
    found[single], waits[single] = _of_posts(whole.take(single), posts)
    found[of_campaign] = _of_campaigns(whole.filter(pa.array(of_campaign)), outcomes)
    known = np.isfinite(found)
    sizes = whole["followers"].to_numpy().astype(float)
    alone = np.asarray(pc.is_valid(whole["creator_id"]).to_numpy(zero_copy_only=False), dtype=bool)
    return Judged(
        _texts(whole["what"])[known],
        np.where(alone, tiers.of(sizes), ALL).astype(object)[known],
        whole["low"].to_numpy()[known],
        whole["high"].to_numpy()[known],
        found[known],
        int((~known & (waits | of_campaign)).sum()),
    )


def _of_posts(forecasts: pa.Table, posts: pa.Table) -> tuple[Floats, Flags]:
    """What the next post of each forecast got, NaN where none came, and which forecasts still wait for theirs."""
    found, waits = np.full(forecasts.num_rows, np.nan), np.ones(forecasts.num_rows, dtype=bool)
    dated = posts.filter(pc.is_valid(posts["posted_at"])).combine_chunks()
    if not dated.num_rows or not forecasts.num_rows:
        return found, waits
    code, own = _codes(_key(forecasts), _key(dated))
    made, posted = _seconds(forecasts["made_at"]), _seconds(dated["posted_at"])
    order = np.lexsort((posted, own))
    at = _first_after(own[order], posted[order], code, made)
    there = at >= 0
    post = order[np.maximum(at, 0)]
    horizon = forecasts["horizon"].to_numpy().astype(float)
    there &= ~(posted[post] - made > np.where(np.isnan(horizon), np.inf, horizon) * DAY)
    there &= _is_last(post, _texts(forecasts["what"]), made, there)
    ripe = _ripe(dated, Priors.default())[post]
    counts = {what: _count(dated, what) for what in ("views", "reach", "engagements")}
    for what, values in counts.items():
        mine = there & ripe & (_texts(forecasts["what"]) == what)
        found[mine] = values[post[mine]]
    return found, (at < 0) | (there & ~ripe)


def _key(table: pa.Table) -> pa.Array:
    parts = [pc.fill_null(table[name], "") for name in ("creator_id", "platform", "format")]
    return pc.binary_join_element_wise(*parts, _BETWEEN).combine_chunks()


def _codes(wanted: pa.Array, own: pa.Array) -> tuple[Ints, Ints]:
    """Numbers for the keys of both, equal where the keys are."""
    _, codes = np.unique(np.array([*wanted.to_pylist(), *own.to_pylist()], dtype=object), return_inverse=True)
    return codes[: len(wanted)].astype(np.int64), codes[len(wanted) :].astype(np.int64)


def _seconds(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.int64()).to_numpy().astype(float) / 1e6)


def _first_after(keys: Ints, times: Floats, code: Ints, made: Floats) -> Ints:
    """Position of the first time after `made` among the sorted times of the same key, −1 where there is none."""
    moments = np.unique(np.concatenate([times, made]))
    width = moments.size + 1
    have = keys * width + np.searchsorted(moments, times)
    at = np.searchsorted(have, code * width + np.searchsorted(moments, made), side="right")
    inside = at < have.size
    return np.where(inside & (keys[np.minimum(at, have.size - 1)] == code), at, -1).astype(np.int64)


def _is_last(post: Ints, what: NDArray[np.object_], made: Floats, there: Flags) -> Flags:
    """Which forecasts are the last made of their post."""
    kinds = np.unique(what, return_inverse=True)[1]
    order = np.lexsort((made, kinds, post, ~there))
    ends = np.append((np.diff(post[order]) != 0) | (np.diff(kinds[order]) != 0) | (np.diff(there[order]) != 0), True)
    last = np.zeros(post.size, dtype=bool)
    last[order[ends]] = True
    return last


def _ripe(posts: pa.Table, priors: Priors) -> Flags:
    """Which posts had grown when they were read."""
    age = (_seconds(posts["seen_at"]) - _seconds(posts["posted_at"])) / DAY
    platforms = _texts(posts["platform"])
    ripe = np.ones(posts.num_rows, dtype=bool)
    for platform in set(platforms):
        mine = platforms == platform
        ripe[mine] = GrowthCurve.of(platform or "other", priors).share(age[mine]) >= GROWN
    return ripe


def _count(posts: pa.Table, what: str) -> Floats:
    if what != "engagements":
        return np.asarray(posts[what].to_numpy().astype(float))
    likes, comments, shares = (posts[name].to_numpy().astype(float) for name in ("likes", "comments", "shares"))
    return np.asarray(likes + np.nan_to_num(comments) + np.nan_to_num(shares))


def _of_campaigns(forecasts: pa.Table, outcomes: pa.Table) -> Floats:
    """What each campaign, or each creator's part of it, brought after the forecast was made; NaN where unknown."""
    results: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for row in outcomes.to_pylist():
        for who in (row["creator_id"], None):
            results.setdefault((row["campaign"], who), []).append(row)
    return np.array(
        [_result(row, results.get((row["campaign"], row["creator_id"]), [])) for row in forecasts.to_pylist()]
    )


def _result(forecast: dict[str, Any], rows: list[dict[str, Any]]) -> float:
    name = _OF_OUTCOMES.get(str(forecast["what"]), "")
    dated = all(row["date"] is not None and row["date"] > forecast["made_at"] for row in rows)
    values = [float(row[name]) for row in rows if row.get(name) is not None]
    if not rows or not dated or len(values) < len(rows) or (len(rows) > 1 and name not in _SUMS):
        return np.nan
    return sum(values)


def _texts(column: pa.ChunkedArray) -> NDArray[np.object_]:
    return np.array([word or "" for word in column.to_pylist()], dtype=object)
