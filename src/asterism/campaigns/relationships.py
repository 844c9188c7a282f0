"""How strong the relationship with a creator is: a share with listed parts, listed weights, a range and a version.

What is not known does not count against anybody: it stands at one half and widens the range, as in every signal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite, nan, sqrt
from statistics import median
from typing import Final

import numpy as np

from asterism.campaigns.deadlines import day_of
from asterism.errors import BadInput
from asterism.quantities import Interval
from asterism.signals.reading import UNKNOWN_SD, Part, combine

VERSION: Final = "relationship-1"
HALF_COLLABORATIONS: Final = 2.0
"""Collaborations that score one half: the second says more than the tenth."""
HALF_HOURS: Final = 24.0
"""Hours to an answer that score one half."""
HALF_CONTENT: Final = 3.0
"""Pieces of mutual content in the last year that score one half."""
FADING_DAYS: Final = 90.0
"""Days after the last contact at which half of it has faded."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something came about, of how often it could have."""

    hits: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.of:
            raise BadInput(f"{self.hits} of {self.of} is no count.", "Count between 0 and all.")


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the time with one creator; None is not known, which is not the same as 0.

    Parameters
    ----------
    collaborations
        Collaborations brought to their end.
    on_time
        Deliverables that came in time, of those due.
    reply_hours
        Hours until each of the creator's answers.
    rebooked
        Renewals accepted, of those offered.
    honest
        Posts that say what the creator thinks, good and bad, of those read for it.
    mutual
        In the last year: the creator's unpaid mentions of the brand, and the brand's own shares of the creator's posts.
    last_contact
        The last day on which either side wrote.
    """

    collaborations: int | None = None
    on_time: Tally | None = None
    reply_hours: tuple[float, ...] = ()
    rebooked: Tally | None = None
    honest: Tally | None = None
    mutual: int | None = None
    last_contact: date | None = None

    def __post_init__(self) -> None:
        counts = (self.collaborations or 0, self.mutual or 0, *self.reply_hours)
        if not all(isfinite(count) and count >= 0 for count in counts):
            raise BadInput("A history counts from 0 upwards.", "Leave out what is not known.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of a relationship: its weight, the figure, what it says from 0 to 1 (None if unknown), and on what."""

    name: str
    weight: float
    measured: float | None
    unit: str
    score: float | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Relationship:
    """How strong it is: a share with its 80% range, the share of the weight that is known, and its parts."""

    strength: Interval
    known: float
    parts: tuple[Finding, ...]
    formula: str
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class _Seen:
    """One figure of one history: what was measured, its score, the doubt of the score, and what it rests on."""

    measured: float
    score: float
    sd: float
    evidence: str


def _unknown(why: str) -> _Seen:
    return _Seen(nan, nan, nan, why)


def _saturating(count: int | None, half: float, noun: str) -> _Seen:
    """n / (n + half): counted, so without doubt of its own."""
    if count is None:
        return _unknown(f"{noun} not counted")
    return _Seen(float(count), count / (count + half), 0.0, f"{count} {noun}")


def _share(tally: Tally | None, noun: str) -> _Seen:
    """Mean and deviation of Beta(hits + 1, misses + 1): one of one is good, ten of ten are better and surer."""
    if tally is None or tally.of == 0:
        return _unknown(f"no {noun} yet")
    mean = (tally.hits + 1) / (tally.of + 2)
    sd = sqrt(mean * (1 - mean) / (tally.of + 3))
    return _Seen(tally.hits / tally.of, mean, sd, f"{tally.hits} of {tally.of} {noun}")


def _speed(hours: tuple[float, ...]) -> _Seen:
    """1 / (1 + median / 24 h); few answers leave more doubt."""
    if not hours:
        return _unknown("no answers yet")
    middle, noun = median(hours), "answer" if len(hours) == 1 else "answers"
    return _Seen(middle, 1 / (1 + middle / HALF_HOURS), UNKNOWN_SD / sqrt(1 + len(hours)), f"{len(hours)} {noun}")


def _freshness(last: date | None, today: date) -> _Seen:
    """2^(−days / 90); a contact noted ahead of its day counts as today's."""
    if last is None:
        return _unknown("no contact noted")
    days = max((today - last).days, 0)
    return _Seen(float(days), 0.5 ** (days / FADING_DAYS), 0.0, f"last on {last.isoformat()}")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    weight: float
    unit: str
    see: Callable[[History, date], _Seen]


_KINDS: Final = (
    _Kind("collaborations done", 0.2, "count",
          lambda h, _: _saturating(h.collaborations, HALF_COLLABORATIONS, "collaborations")),
    _Kind("on time", 0.2, "share", lambda h, _: _share(h.on_time, "deliverables due")),
    _Kind("reply speed", 0.15, "hours", lambda h, _: _speed(h.reply_hours)),
    _Kind("rebookings", 0.15, "share", lambda h, _: _share(h.rebooked, "renewals offered")),
    _Kind("honest reviews", 0.1, "share", lambda h, _: _share(h.honest, "posts read for it")),
    _Kind("mutual content", 0.1, "per year", lambda h, _: _saturating(h.mutual, HALF_CONTENT, "pieces of content")),
    _Kind("last contact", 0.1, "days ago", lambda h, today: _freshness(h.last_contact, today)),
)  # fmt: skip
WEIGHTS: Final = {kind.name: kind.weight for kind in _KINDS}
"""What each part counts for; judgements of ours, which is why they are listed and carry a version."""


def relationships(histories: Sequence[History], now: date | datetime) -> tuple[Relationship, ...]:
    """The relationship behind each history: strength = Σ weight · score / Σ weight, as `signals.reading.combine`."""
    seen = {kind.name: [kind.see(history, day_of(now)) for history in histories] for kind in _KINDS}
    signal = combine("relationship", VERSION, [_part(kind, seen[kind.name]) for kind in _KINDS])
    rows = zip(signal.value.tolist(), signal.low.tolist(), signal.high.tolist(), signal.known.tolist(), strict=True)
    return tuple(
        Relationship(
            Interval(value, low, high),
            known,
            tuple(_finding(kind, seen[kind.name][i]) for kind in _KINDS),
            signal.formula,
        )
        for i, (value, low, high, known) in enumerate(rows)
    )


def relationship(history: History, now: date | datetime) -> Relationship:
    """The relationship behind one history.

    >>> relationship(History(), date(2026, 12, 1)).known
    0.0
    """
    return relationships([history], now)[0]


def _part(kind: _Kind, seen: Sequence[_Seen]) -> Part:
    measured, score, sd = (np.array([getattr(one, name) for one in seen]) for name in ("measured", "score", "sd"))
    evidence = np.array([one.evidence for one in seen], dtype=object)
    return Part(kind.name, kind.weight, measured, kind.unit, score, sd, evidence)


def _finding(kind: _Kind, seen: _Seen) -> Finding:
    known = isfinite(seen.score)
    measured, score = (seen.measured, seen.score) if known else (None, None)
    return Finding(kind.name, kind.weight, measured, kind.unit, score, seen.evidence)
