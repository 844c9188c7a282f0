"""Profiles read off: from the signals of all creators, one creator's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asterism.creators.schema import FORMATS, VIEWS_FIRST
from asterism.creators.tables import Tables
from asterism.creators.tiers import TierScheme
from asterism.quantities import Interval
from asterism.signals.assessment import Assessment
from asterism.signals.match import Match
from asterism.signals.peers import percentiles
from asterism.signals.profile import FormatReading, Moment, Note, Profile, known, reading
from asterism.signals.reading import Signal
from asterism.signals.text.brands import Conflict
from asterism.signals.text.safety import Hit

Floats = NDArray[np.float64]

SHOWN_HITS: Final = 3
"""Sentences and conflicts shown of one creator at most."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """All that profiles are read from: what is believed, the signals of trust and work, the match, the next posts.

    Parameters
    ----------
    assessment
        Rates, fees, target and authenticity of the line-up.
    signals
        The signals shown, in order; `match.signal` is one of them.
    match
        Conflicts, safety hits and languages.
    next_posts
        Columns of `next_post.FORECAST`.
    scheme
        The tiers that creators are called by.
    """

    tables: Tables
    assessment: Assessment
    signals: tuple[Signal, ...]
    match: Match
    next_posts: pa.Table
    scheme: TierScheme

    def profiles(self, rows: Sequence[int]) -> list[Profile]:
        """The profiles of the creators in some rows of the line-up."""
        standing = {signal.name: self._percentiles(signal.value) for signal in self.signals}
        rates = [self._percentiles(rate) for rate in self.assessment.engagement.posterior.typical.median.T]
        return [_profile(self, row, standing, rates) for row in rows]

    def _percentiles(self, values: Floats) -> Floats:
        return percentiles(values, self.assessment.lineup.platform, self.assessment.size.followers)


def _profile(gallery: Gallery, row: int, standing: dict[str, Floats], rates: list[Floats]) -> Profile:
    found = gallery.assessment
    who, lineup = found.lineup.creators.slice(row, 1).to_pylist()[0], found.lineup
    return Profile(
        creator_id=who["creator_id"],
        handle=who["handle"] or "",
        name=who["name"] or "",
        platform=who["platform"],
        tier=str(gallery.scheme.of(lineup.followers[[row]])[0]),
        niche=who["niche"] or "",
        country=who["country"] or "",
        language=who["language"] or "",
        followers=known(lineup.followers[row]),
        audience=known(found.size.audience[row]),
        audience_source=found.size.source[row] or "",
        real=Interval(float(found.trust.real[row]), float(found.trust.low[row]), float(found.trust.high[row])),
        real_source=str(found.trust.source[row]),
        on_target=Interval(float(found.target.share[row]), float(found.target.low[row]), float(found.target.high[row])),
        on_target_source=str(found.target.source[row]),
        record=str(found.proof.evidence[row]),
        as_of=who["as_of"].date() if who["as_of"] else None,
        formats=_formats(gallery, row, rates),
        readings=tuple(reading(signal, row, standing[signal.name]) for signal in gallery.signals),
        history=_history(gallery.tables.snapshots, who),
        notes=_notes(gallery.tables.annotations, who),
        remarks=_remarks(gallery, row, who),
    )


def _formats(gallery: Gallery, row: int, rates: list[Floats]) -> tuple[FormatReading, ...]:
    """The formats considered, those with most own posts first."""
    found = gallery.assessment
    posts, typical = found.engagement.posts[row], found.engagement.posterior.typical
    kinds = sorted(np.flatnonzero(found.considered[row]).tolist(), key=lambda kind: (-posts[kind], kind))
    following = _next_posts(gallery, row)
    per = "views" if found.lineup.platform[row] in VIEWS_FIRST else "followers"
    return tuple(
        FormatReading(
            format=FORMATS[kind],
            posts=int(posts[kind]),
            engagement=_interval(typical.median[row, kind], typical.low[row, kind], typical.high[row, kind]),
            engagement_of=per,
            engagement_source=str(found.engagement.source[row, kind]),
            percentile=known(rates[kind][row]) if posts[kind] else None,
            fee=broken.fee,
            fee_source=broken.source,
            fee_why=str(broken),
            next_engagements=following.get((FORMATS[kind], "engagement")),
            next_views=following.get((FORMATS[kind], "views")),
        )
        for kind in kinds
        for broken in [found.fees.breakdown(row, FORMATS[kind])]
    )


def _next_posts(gallery: Gallery, row: int) -> dict[tuple[str, str], Interval]:
    lineup, table = gallery.assessment.lineup, gallery.next_posts
    own = pc.equal(table["creator_id"], lineup.creators["creator_id"][row])
    mine = pc.and_(own, pc.equal(table["platform"], lineup.platform[row]))
    return {
        (each["format"], what): _interval(*(each[f"{what}_{end}"] for end in ("mean", "low", "high")))
        for each in table.filter(mine).to_pylist()
        for what in ("engagement", "views")
        if each[f"{what}_mean"] is not None
    }


def _interval(mean: float, low: float, high: float) -> Interval:
    return Interval(float(mean), float(low), float(high))


def _history(snapshots: pa.Table, who: dict[str, Any]) -> tuple[Moment, ...]:
    mine = _of(snapshots, who).filter(pc.field("followers").is_valid()).sort_by("as_of")
    return tuple(Moment(each["as_of"].astimezone(UTC), each["followers"]) for each in mine.to_pylist())


def _notes(annotations: pa.Table, who: dict[str, Any]) -> tuple[Note, ...]:
    return tuple(Note(each["date"].date(), each["text"]) for each in _of(annotations, who).sort_by("date").to_pylist())


def _of(table: pa.Table, who: dict[str, Any]) -> pa.Table:
    """The rows that speak of a creator on its platform, or on none."""
    mine = pc.equal(table["creator_id"], who["creator_id"])
    return table.filter(pc.and_(mine, pc.fill_null(pc.equal(table["platform"], who["platform"]), True)))


def _remarks(gallery: Gallery, row: int, who: dict[str, Any]) -> tuple[str, ...]:
    """Conflicts with competitors, sentences that may trouble a brand, and rates that need a word."""
    conflicts = [c for c in gallery.match.conflicts if c.creator_id == who["creator_id"]]
    return (
        *(_conflict(each) for each in conflicts[:SHOWN_HITS]),
        *(_hit(each) for each in gallery.match.safety.of(row)[:SHOWN_HITS]),
        *_odd(gallery, row),
    )


def _conflict(conflict: Conflict) -> str:
    day = f"on {conflict.day:%Y-%m-%d}" if conflict.day else "on no stated day"
    post = f" (post {conflict.post_id})" if conflict.post_id else ""
    return f"Showed a competitor, {conflict.competitor}, {day}: {conflict.how}{post}."


def _hit(hit: Hit) -> str:
    where = f"post {hit.post_id}" if hit.post_id else "the bio"
    return f"Words a brand may mind ({hit.category}: «{hit.term}») in {where}: «{hit.sentence}»"


def _odd(gallery: Gallery, row: int) -> list[str]:
    """A word on engagement above the number of followers: people who do not follow act too."""
    rate = gallery.assessment.lineup.numbers("engagement_rate")[row]
    stated = gallery.assessment.lineup.texts("engagement_denominator")[row]
    if not rate > 1:
        return []
    kept = f"The stated engagement of {rate:.0%} of {stated or 'followers'} is kept as it stands:"
    why = "more people act on a post than that, as happens where a platform shows it to strangers"
    return [f"{kept} {why}; it says little of those who follow."]
