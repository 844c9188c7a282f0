"""Updating: priors and results become priors, each entry with what it was learnt from, before and after.

Always learn from the priors as they were shipped, or as somebody wrote them, and from all results: learning again from
priors that were learnt would count the earlier results twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import exp, log, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.learning.calibrating import Width, widened, widths
from asterism.learning.columns import SHARED, Z95, Column
from asterism.learning.evidence import Evidence, Work, works
from asterism.learning.fakes import fake_clusters
from asterism.learning.measures import (
    COUNTED,
    RESPONSE_LOG_SD,
    Heard,
    Result,
    clicks,
    conversions,
    engagement,
    fees,
    hear,
    reach,
    views,
)
from asterism.measurement.matching import Judged
from asterism.priors import Benchmark, Priors
from asterism.priors.curves import Z
from asterism.quantities import Interval, figure

Floats = NDArray[np.float64]

SCATTER: Final = {
    "reach_rate": "post_log_sd.reach",
    "views_rate": "post_log_sd.views",
    "engagement_rate": "post_log_sd",
    "fee": "fee_log_sd_of_quotes",
}
"""The entry that says how far single posts, or quotes, scatter around a creator's level."""
FEWEST_CAMPAIGNS: Final = 3
"""Campaigns below which nothing is said of what all of one campaign share."""
FEWEST_AGAIN: Final = 5
"""Free repetitions below which nothing is said of scatter."""


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a curve, or the only one: creators near it, what was believed there and what is; 80% ranges."""

    followers: float | None
    creators: int
    before: Interval
    after: Interval


@dataclass(frozen=True, slots=True)
class Update:
    """What became of one entry.

    Parameters
    ----------
    results, creators, campaigns
        How many it was learnt from.
    first, last
        Days of the first and the last result, where dated.
    weight
        Part of the doubt about the level that the results took away: 0 leaves the shipped figure, 1 none of it.
    used
        Whether the entry is one the planner reads; what is not is noted only.
    """

    name: str
    unit: str
    results: int
    creators: int
    campaigns: int
    first: date | None
    last: date | None
    weight: float
    sizes: tuple[Size, ...]
    used: bool = True

    @property
    def typical(self) -> Size:
        """The size most creators are near."""
        return max(self.sizes, key=lambda size: size.creators)

    @property
    def evidence(self) -> str:
        """What it was learnt from, in words."""
        found = [_count(self.results, "result"), _count(self.creators, "creator")]
        found += [_count(self.campaigns, "campaign")] if self.campaigns else []
        when = f", {self.first} to {self.last}" if self.first else ""
        return f"{found[0]} of {found[1]}{f' in {found[2]}' if self.campaigns else ''}{when}"

    @property
    def sentence(self) -> str:
        """Before, after, evidence and weight in one line."""
        size, percent = self.typical, self.unit == "share"
        where = f" at {figure(size.followers)} followers" if size.followers else ""
        before, after = (_shown(each, percent) for each in (size.before, size.after))
        return f"`{self.name}`{where}: {before} → {after}; {self.evidence}; own results weigh {self.weight:.0%}."

    def to_dict(self) -> dict[str, Any]:
        """The update as plain values."""
        sizes = [{**asdict(s), "before": s.before.to_dict(), "after": s.after.to_dict()} for s in self.sizes]
        days = {name: day and day.isoformat() for name, day in (("first", self.first), ("last", self.last))}
        return {**asdict(self), **days, "sizes": sizes, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Learned:
    """The priors after the results, what became of each entry that moved, and what forecasts say of ranges.

    `stretched` names the entries of which only the range was changed, for what `widths` found.
    """

    priors: Priors
    updates: tuple[Update, ...]
    heard: Mapping[str, Heard]
    widths: tuple[Width, ...] = ()
    stretched: tuple[str, ...] = ()

    @property
    def document(self) -> dict[str, dict[str, Any]]:
        """The moved entries as a document that `Priors.read` takes."""
        names = [*(update.name for update in self.updates if update.used), *self.stretched]
        return {name: _table(self.priors.entry(name)) for name in names}

    def to_dict(self) -> dict[str, Any]:
        """Entries and updates as plain values."""
        told = {"updates": [u.to_dict() for u in self.updates], "widths": [w.to_dict() for w in self.widths]}
        return {"entries": self.document, **told}


def learn(priors: Priors, evidence: Evidence, judged: Judged | None = None) -> Learned:
    """The priors after all results of the evidence; `judged` forecasts change ranges that no result has set."""
    found = _learned(priors, evidence)
    told = widths(judged) if judged is not None else ()
    changed = widened(found.priors, told, [update.name for update in found.updates])
    return replace(
        found, priors=Priors({**found.priors.entries, **changed}), widths=told, stretched=tuple(changed)
    )  # fmt: skip


def _learned(priors: Priors, evidence: Evidence) -> Learned:
    done = works(evidence)
    charged, own = fees(evidence, priors)
    found = _each(
        own,
        {
            "views_rate": views(evidence, done, own),
            "reach_rate": reach(evidence, done, own),
            "engagement_rate": engagement(evidence, done, own),
            "fee": charged,
            "click": clicks(done, own),
        },
    )
    found = _bought(found, done, own)
    clusters, told = fake_clusters(evidence.fakes, found.priors)
    return Learned(Priors({**found.priors.entries, **clusters}), (*found.updates, *map(_of_fakes, told)), found.heard)


def _bought(found: Learned, done: Sequence[Work], own: Priors) -> Learned:
    """What orders add, once it is known how many usually click."""
    known = Priors({**own.entries, **{n: e for n, e in found.priors.entries.items() if n.startswith("click.")}})
    more = _each(own, {"convert": conversions(done, known)})
    moved = {update.name: more.priors.entry(update.name) for update in more.updates if update.used}
    entries = {**found.priors.entries, **moved}
    return Learned(Priors(entries), (*found.updates, *more.updates), {**found.heard, **more.heard})


def _each(priors: Priors, results: Mapping[str, Sequence[Result]]) -> Learned:
    heard = {name: one for name, rows in results.items() if (one := hear(name, rows, priors)) is not None}
    entries, updates = dict(priors.entries), list[Update]()
    for one in heard.values():
        for entry, update in (*_columns(one), *_scatter(one), *_season(one)):
            updates.append(update)
            if update.used:
                entries[entry.name] = replace(entry, source=f"learnt: {update.evidence}", date=str(update.last or ""))
    return Learned(Priors(entries), tuple(updates), heard)


def _columns(heard: Heard) -> list[tuple[Benchmark, Update]]:
    return [_moved(heard, column) for column in heard.layout.columns]


def _moved(heard: Heard, column: Column) -> tuple[Benchmark, Update]:
    """The entry with its level moved, and the range of one creator, of the level, or of the group, as it was before."""
    at, scales = heard.layout.at(column.entry.name), heard.pooled.scales
    level = np.diag(heard.pooled.covariance)[at]
    variance = level.copy()
    if column.whose == "creator":
        variance += scales.between * SHARED * column.variance
        if heard.measure in COUNTED:
            variance += scales.campaign + scales.scatter * RESPONSE_LOG_SD**2
    after = _with(column.entry, np.log(column.entry.median) + heard.pooled.mean[at], np.sqrt(variance))
    weight = float(np.clip(1.0 - np.mean(level / np.diag(column.prior)), 0.0, 1.0))
    used = column.whose != "group" or heard.measure in COUNTED
    return after, _update(after, column.entry, heard.of(column.entry.name), weight, used)


def _with(entry: Benchmark, log_median: Floats, log_sd: Floats) -> Benchmark:
    middle, low, high = (tuple(np.exp(log_median + k * log_sd).tolist()) for k in (0.0, -Z95, Z95))
    shape = "log-normal"
    return replace(entry, median=middle, low=low, high=high, quality="own", shape=shape)


def _scatter(heard: Heard) -> list[tuple[Benchmark, Update]]:
    """How far single posts or quotes scatter, where enough of one creator were seen."""
    name = SCATTER.get(heard.measure)
    creators = len({r.who.creator_id for r in heard.results})
    free = sum(r.freedom for r in heard.results) + len(heard.results) - creators
    if name is None or free < FEWEST_AGAIN:
        return []
    entry = heard.priors.entry(name)
    sd = min(entry.sd, 1.0 / sqrt(2.0 * free))
    after = _with(entry, np.array([log(entry.value) + 0.5 * log(heard.pooled.scales.scatter)]), np.array([sd]))
    return [(after, _update(after, entry, heard.results, 1.0 - (sd / entry.sd) ** 2, True))]


def _season(heard: Heard) -> list[tuple[Benchmark, Update]]:
    """What all of one campaign share, from reach: the planner takes it as the platform's season."""
    campaigns = len({r.campaign for r in heard.results if r.campaign})
    if heard.measure != "reach_rate" or campaigns < FEWEST_CAMPAIGNS:
        return []
    entry = heard.priors.entry("platform_log_sd")
    sd = min(entry.sd, 1.0 / sqrt(2.0 * campaigns))
    after = _with(entry, np.array([0.5 * log(heard.pooled.scales.campaign)]), np.array([sd]))
    return [(after, _update(after, entry, heard.results, 1.0 - (sd / entry.sd) ** 2, True))]


def _update(after: Benchmark, before: Benchmark, results: Sequence[Result], weight: float, used: bool) -> Update:
    days = sorted(r.at for r in results if r.at is not None)
    return Update(
        after.name, after.unit, len(results), len({r.who.creator_id for r in results}),
        len({r.campaign for r in results if r.campaign}), days[0] if days else None, days[-1] if days else None, weight,
        _sizes(after, before, results), used,
    )  # fmt: skip


def _sizes(after: Benchmark, before: Benchmark, results: Sequence[Result]) -> tuple[Size, ...]:
    near = {r.who.creator_id: _nearest(after.followers, r.who.followers) for r in results}
    count = np.bincount([*near.values()], minlength=len(after.median)) if near else np.zeros(len(after.median))
    return tuple(
        Size(after.followers[i] if after.followers else None, int(count[i]), _range(before, i), _range(after, i))
        for i in range(len(after.median))
    )


def _nearest(sizes: Sequence[float], followers: float) -> int:
    return int(np.argmin(np.abs(np.log(sizes) - log(followers)))) if sizes else 0


def _range(entry: Benchmark, i: int) -> Interval:
    """The 80% range of an entry at one of its sizes."""
    if entry.shape == "normal":
        return entry.interval
    spread = exp(Z * log(entry.high[i] / entry.low[i]) / (2 * Z95))
    return Interval(entry.median[i], entry.median[i] / spread, entry.median[i] * spread)


def _of_fakes(told: tuple[Benchmark, Benchmark, int, float]) -> Update:
    after, before, n, weight = told
    return Update(
        after.name, after.unit, n, n, 0, None, None, weight, (Size(None, n, _range(before, 0), _range(after, 0)),)
    )


def _table(entry: Benchmark) -> dict[str, Any]:
    """An entry as a table of a priors document."""
    found: dict[str, Any] = {name: list(getattr(entry, name)) for name in ("median", "low", "high")}
    if entry.followers:
        found["followers"] = list(entry.followers)
    return {**found, "source": entry.source, "date": entry.date, "quality": entry.quality}


def _shown(interval: Interval, percent: bool) -> str:
    middle, low, high = (figure(100 * x if percent else x) for x in (interval.mean, interval.low, interval.high))
    return f"{middle}{'%' if percent else ''} ({low}–{high}{'%' if percent else ''})"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
