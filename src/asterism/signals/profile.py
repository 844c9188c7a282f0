"""`Profile`: everything known of one creator, each figure with its range, its evidence and its place among peers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asterism.quantities import Interval
from asterism.signals.reading import Part, Signal


@dataclass(frozen=True, slots=True)
class PartReading:
    """One part of a creator's signal: measured figure, what it says from 0 to 1, weight, and what it rests on.

    `weight` is the part's share of the signal; `measured` and `score` are None where it could not be measured.
    """

    name: str
    weight: float
    measured: float | None
    unit: str
    score: float | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One signal of a creator: the number with its range, its formula, its parts, and its place among peers.

    `known` is the share of the weight that was measured; `percentile` the share of peers below, None where too few
    are known.
    """

    name: str
    version: str
    value: Interval
    known: float
    percentile: float | None
    formula: str
    parts: tuple[PartReading, ...]


@dataclass(frozen=True, slots=True)
class FormatReading:
    """What one format of a creator brings and costs: rates per post, the next post, and the fee in US dollars.

    `fee_why` says what moves the fee away from the usual one.
    """

    format: str
    posts: int
    engagement: Interval
    engagement_of: str
    engagement_source: str
    percentile: float | None
    fee: Interval
    fee_source: str
    fee_why: str
    next_engagements: Interval | None = None
    next_views: Interval | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A creator's followers at one time."""

    at: datetime
    followers: int


@dataclass(frozen=True, slots=True)
class Note:
    """What people wrote of a creator's history."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field as every source tells it: who is believed, why, and whether they disagree."""

    name: str
    value: str
    source: str
    as_of: date | None
    why: str
    others: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Another account that is taken to be the same person's, and why."""

    creator_id: str
    platform: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known of one creator on one platform.

    Parameters
    ----------
    audience
        People who can be reached (followers, or usual unique viewers), None unknown; `audience_source` says which.
    real
        Share of real followers with its 80% range; `real_source` what it rests on.
    on_target
        Share of the audience in the brief's target; `on_target_source` what it rests on.
    formats
        One entry per format considered.
    readings
        The signals, in the order in which they are shown.
    remarks
        What the reader must know: safety hits with their sentence, conflicts, odd figures.
    """

    creator_id: str
    handle: str
    name: str
    platform: str
    tier: str
    niche: str
    country: str
    language: str
    followers: float | None
    audience: float | None
    audience_source: str
    real: Interval
    real_source: str
    on_target: Interval
    on_target_source: str
    record: str
    as_of: date | None
    formats: tuple[FormatReading, ...] = ()
    readings: tuple[Reading, ...] = ()
    history: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    fields: tuple[Field, ...] = ()
    accounts: tuple[Account, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What people call the creator: the handle, else the name, else the id."""
        return f"@{self.handle}" if self.handle else self.name or self.creator_id

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as plain values; dates in ISO 8601."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def with_remarks(self, remarks: Sequence[str]) -> "Profile":
        """The profile with more to mind."""
        return replace(self, remarks=(*self.remarks, *remarks))


def reading(signal: Signal, at: int, percentile: NDArray[np.float64]) -> Reading:
    """A signal as read off for the creator in row `at`; `percentile` of every creator, NaN unknown."""
    return Reading(
        signal.name,
        signal.version,
        Interval(float(signal.value[at]), float(signal.low[at]), float(signal.high[at])),
        float(signal.known[at]),
        known(percentile[at]),
        signal.formula,
        tuple(_part(part, at, sum(p.weight for p in signal.parts)) for part in signal.parts),
    )


def known(value: float) -> float | None:
    """A number, or None for NaN.

    >>> known(float("nan")), known(0.5)
    (None, 0.5)
    """
    return float(value) if np.isfinite(value) else None


def _part(part: Part, at: int, total: float) -> PartReading:
    measured, score = known(part.measured[at]), known(part.score[at])
    return PartReading(part.name, part.weight / total, measured, part.unit, score, str(part.evidence[at]))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
