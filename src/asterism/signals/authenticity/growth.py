"""Growth: sudden gains of followers in a creator's history that neither people nor engagement explain."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.signals.lineup import Lineup

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEAST_STEP: Final = float(np.log(1.05))
"""A gain under 5% beyond the usual is no step (an assumption)."""
SPREADS: Final = 6.0
"""How many robust standard deviations beyond its usual growth, and its peers', a step lies (an assumption)."""
FEWEST: Final = 3
"""Intervals between snapshots below which a history says nothing."""
OWN: Final = 5
"""Intervals from which a creator has a usual growth of its own; peers' stands in below."""
LEAST_SPREAD: Final = 0.005
FOLLOWED: Final = 0.5
"""Engagement that rises by this part of the step, on the log scale, explains it (an assumption)."""
AROUND: Final = 3
"""Snapshots before and after a step over which engagement is averaged."""
EARLIER, LATER = 1.0, 14.0
"""Days around an annotation in which it explains a step: it may be dated late, and people keep coming."""
_DAY: Final = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class Growth:
    """Steps in the history of each creator, (n,) each.

    `intervals` between snapshots; `steps` found, of which `annotated` are explained by people and `followed` by
    engagement; `share` of today's followers gained in the rest and not lost since, NaN under `FEWEST` intervals;
    `engaged` where engagement around all unexplained steps was known.
    """

    intervals: Ints
    steps: Ints
    annotated: Ints
    followed: Ints
    share: Floats
    engaged: Flags


@dataclass(frozen=True, slots=True)
class _Intervals:
    """Between two snapshots that follow each other: whose, from when to when (days), and log gain of followers."""

    row: Ints
    first: Ints
    start: Floats
    end: Floats
    gain: Floats


def growth(lineup: Lineup, snapshots: pa.Table, annotations: pa.Table) -> Growth:
    """The steps of every creator considered.

    A step is a log gain beyond the creator's median growth by `SPREADS` robust standard deviations, its own or all
    creators', whichever is larger, and by 5% at least. It is explained by an annotation around its date, or by
    engagement that rises with it. Explained steps are held against nobody.
    """
    n = len(lineup)
    row, when, followers, acts = _history(lineup, snapshots)
    between = _intervals(row, when, followers)
    usual, beyond = _beyond(between, n)
    step = beyond > 0
    annotated = step & _annotated(lineup, annotations, between)
    response = _response(row, acts, between.first)
    followed = step & ~annotated & (response >= FOLLOWED * between.gain)
    open_ = step & ~annotated & ~followed
    before = followers[between.first]
    gained = before * (np.exp(between.gain) - np.exp(usual))
    stayed = np.clip(_least_from(row, followers)[between.first + 1] - before, 0.0, gained)
    last = np.zeros(n)
    np.maximum.at(last, row, followers * (when == _latest(row, when, n)[row]))
    share = np.bincount(between.row, np.where(open_, stayed, 0.0), n) / np.maximum(last, 1.0)
    intervals = np.bincount(between.row, minlength=n)
    return Growth(
        intervals,
        _count(between.row, step, n),
        _count(between.row, annotated, n),
        _count(between.row, followed, n),
        np.where(intervals >= FEWEST, np.clip(share, 0.0, 1.0), np.nan),
        _count(between.row, open_ & np.isnan(response), n) == 0,
    )


def _least_from(row: Ints, followers: Floats) -> Floats:
    """The fewest followers its creator ever had from each snapshot on: what a platform cleared away is gone."""
    apart = row * (followers.max(initial=0.0) + 1.0)
    return np.asarray(np.minimum.accumulate((followers + apart)[::-1])[::-1] - apart)


def _count(row: Ints, what: Flags, n: int) -> Ints:
    return np.bincount(row[what], minlength=n).astype(np.int64)


def _history(lineup: Lineup, snapshots: pa.Table) -> tuple[Ints, Floats, Floats, Floats]:
    """Row, day, followers and engagements of each usable snapshot, in order of row and time."""
    row = lineup.rows(snapshots["creator_id"], snapshots["platform"])
    when = days(snapshots["as_of"])
    followers, acts = _numbers(snapshots, "followers"), _acts(snapshots)
    use = np.flatnonzero((row >= 0) & np.isfinite(when) & (followers > 0))
    order = use[np.lexsort((when[use], row[use]))]
    return row[order], when[order], followers[order], acts[order]


def _acts(snapshots: pa.Table) -> Floats:
    """Usual engagements of a post at the time: as stated, or likes and comments, or the rate by followers; else NaN."""
    by_followers = pc.fill_null(pc.equal(snapshots["engagement_denominator"], "followers"), True)
    rate = np.where(by_followers.to_numpy(), _numbers(snapshots, "engagement_rate"), np.nan)
    liked = _numbers(snapshots, "avg_likes") + np.nan_to_num(_numbers(snapshots, "avg_comments"))
    found = _numbers(snapshots, "avg_engagements")
    for other in (liked, rate * _numbers(snapshots, "followers")):
        found = np.where(np.isfinite(found), found, other)
    return found


def _intervals(row: Ints, when: Floats, followers: Floats) -> _Intervals:
    first = np.flatnonzero((row[:-1] == row[1:]) & (when[1:] > when[:-1])) if row.size else np.zeros(0, dtype=np.int64)
    gain = np.log(followers[first + 1]) - np.log(followers[first])
    return _Intervals(row[first], first, when[first], when[first + 1], gain)


def _beyond(between: _Intervals, n: int) -> tuple[Floats, Floats]:
    """The usual log gain of each interval, and how far above the threshold of a step it lies (≤ 0: none)."""
    length = between.end - between.start
    own = np.bincount(between.row, minlength=n) >= OWN
    pace = medians(between.gain / length, between.row, n, own)
    usual = pace[between.row] * length
    spread = 1.4826 * medians(np.abs(between.gain - usual), between.row, n, own)
    overall = 1.4826 * np.median(np.abs(between.gain - usual)) if between.gain.size else 0.0
    threshold = np.maximum(SPREADS * np.maximum(np.maximum(spread, overall), LEAST_SPREAD)[between.row], LEAST_STEP)
    return usual, between.gain - usual - threshold


def medians(values: Floats, row: Ints, n: int, own: Flags) -> Floats:
    """The median of each row's values where `own`, else that of all values, (n,)."""
    found = np.full(n, np.median(values) if values.size else 0.0)
    order = np.lexsort((values, row))
    start = np.searchsorted(row[order], np.arange(n + 1))
    count, at = np.diff(start)[own], start[:-1][own]
    ordered = values[order]
    found[own] = (ordered[at + (count - 1) // 2] + ordered[at + count // 2]) / 2
    return found


def _annotated(lineup: Lineup, annotations: pa.Table, between: _Intervals) -> Flags:
    """Whether an annotation of the creator, on this platform or on none in particular, lies around each interval."""
    start = days(annotations["date"]) - EARLIER
    end = np.fmax(days(annotations["until"]), days(annotations["date"])) + LATER
    found = np.zeros(between.row.size, dtype=bool)
    for row, at in _spoken_of(lineup, annotations):
        mine = slice(*np.searchsorted(between.row, (row, row + 1)))
        found[mine] |= (start[at] <= between.end[mine]) & (end[at] >= between.start[mine])
    return found


def _spoken_of(lineup: Lineup, annotations: pa.Table) -> list[tuple[int, int]]:
    """(row of a creator, row of an annotation) for each that speaks of the other; no platform means all of them."""
    stated = annotations["platform"].is_valid().to_numpy()
    row = np.where(stated, lineup.rows(annotations["creator_id"], annotations["platform"]), -1)
    who = np.where(stated, -1, lineup.positions(annotations["creator_id"]))
    named = [(int(row[at]), at) for at in np.flatnonzero(row >= 0).tolist()]
    return named + [
        (int(r), at) for at in np.flatnonzero(who >= 0).tolist() for r in np.flatnonzero(lineup.id_of == who[at])
    ]


def _response(row: Ints, acts: Floats, first: Ints) -> Floats:
    """How much log engagement rose from before each interval to after it, NaN where not known."""
    logs = np.where(acts > 0, np.log(np.where(acts > 0, acts, 1.0)), np.nan)
    sides = [_mean_near(row, logs, first, range(-AROUND + 1, 1)), _mean_near(row, logs, first + 1, range(AROUND))]
    return sides[1] - sides[0]


def _mean_near(row: Ints, logs: Floats, at: Ints, offsets: range) -> Floats:
    """The mean of the known values at `at + offset` within the same row, NaN where there is none."""
    total, count = np.zeros(at.size), np.zeros(at.size)
    for offset in offsets:
        near = np.clip(at + offset, 0, max(row.size - 1, 0))
        use = (near == at + offset) & (row[near] == row[at]) & np.isfinite(logs[near])
        total += np.where(use, logs[near], 0.0)
        count += use
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _latest(row: Ints, when: Floats, n: int) -> Floats:
    found = np.full(n, -np.inf)
    np.maximum.at(found, row, when)
    return found


def days(column: pa.ChunkedArray) -> Floats:
    """Times as days since 1970, NaN where unknown."""
    times = column.cast(pa.timestamp("us")).to_numpy().astype("datetime64[us]")
    return np.where(np.isnat(times), np.nan, (times - np.datetime64(0, "us")) / _DAY)


def _numbers(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).to_numpy(), dtype=float)
