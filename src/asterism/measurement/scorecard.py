"""The scorecard: every past forecast beside what came of it, and whether its ranges can be trusted."""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtr

from asterism.creators.schema import COUNT, NUMBER, TEXT, TIME, Field, Schema
from asterism.creators.tiers import TierScheme
from asterism.measurement.matching import ALL, Judged, matched
from asterism.priors.curves import Z
from asterism.quantities import LEVEL, Interval

Floats = NDArray[np.float64]

WHAT: Final = ("views", "reach", "engagements", "clicks", "conversions", "price")
FORECASTS: Final = Schema(
    "forecasts",
    (
        Field("made_at", TIME, "time", "when the forecast was made"),
        Field("creator_id", TEXT, "id", "the creator it speaks of, if one"),
        Field("campaign", TEXT, "name", "the campaign it speaks of, if one"),
        Field("platform", TEXT, "name", "where the post appears"),
        Field("format", TEXT, "word", "what kind of post"),
        Field("what", TEXT, "word", "what was forecast", choices=WHAT),
        Field("mean", NUMBER, "count or money", "what was expected", low=0),
        Field("low", NUMBER, "count or money", "lower end of the range", low=0),
        Field("high", NUMBER, "count or money", "upper end of the range", low=0),
        Field("level", NUMBER, "share", "how often the range should hold the outcome", low=0, high=1),
        Field("followers", NUMBER, "people", "the creator's followers at the time", low=0),
        Field("rung", COUNT, "step", "the rung of evidence it stands on", low=1, high=4),
        Field("source", TEXT, "word", "what made it: next post, plan"),
        Field("horizon", NUMBER, "days", "how far ahead it speaks; null for the next post whenever it comes", low=0),
    ),
    key=("made_at", "creator_id", "campaign", "platform", "format", "what"),
    needs=(("made_at",), ("what",), ("low",), ("high",)),
)
"""Forecasts as they were made; nothing is ever changed in them."""
FEWEST: Final = 30
"""Forecasts below which no verdict is given."""
_Z95: Final = 1.959963984540054
_HALF: Final = 0.5
WORDS: Final = {"price": "prices"}
NOTHING: Final = "No forecast can be judged yet: none was made before what came."


@dataclass(frozen=True, slots=True)
class Score:
    """How the forecasts of one thing fared, for creators of one tier or for all.

    Parameters
    ----------
    coverage
        Part of outcomes inside their range, with its 95% interval (Wilson 1927, doi:10.1080/01621459.1927.10502953).
    bias
        Median of log (outcome ÷ middle of the range): above 0, more came than was said.
    sharpness
        Median of log (high ÷ low): how wide the ranges are.
    interval_score
        Mean of log width + 2/α · log distance outside, the smaller the better (Gneiting & Raftery 2007,
        doi:10.1198/016214506000001437, eq. 43).
    crps
        Mean continuous ranked probability score of the log-normal behind each range, eq. 21 ibid.
    """

    what: str
    tier: str
    n: int
    coverage: Interval
    bias: float
    sharpness: float
    interval_score: float
    crps: float

    @property
    def verdict(self) -> str:
        """`trustworthy`, `too narrow`, `too wide` or `too few to say`."""
        if self.n < FEWEST:
            return "too few to say"
        if self.coverage.high < LEVEL:
            return "too narrow"
        return "too wide" if self.coverage.low > LEVEL else "trustworthy"

    @property
    def sentence(self) -> str:
        """The verdict as people read it."""
        share, low, high = (f"{100 * x:.0f}" for x in (self.coverage.mean, self.coverage.low, self.coverage.high))
        whose = "" if self.tier == ALL else f" by {self.tier} creators"
        counted = f"Of {self.n:,} forecasts of {WORDS.get(self.what, self.what)}{whose}"
        return f"{counted}, {share}% came inside their {LEVEL:.0%} range ({low}–{high}%): {self.verdict}."


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scores of everything forecast, for all creators first, then by tier; and how many still wait."""

    scores: tuple[Score, ...]
    waiting: int = 0

    @property
    def sentence(self) -> str:
        """The answer in one line per thing forecast."""
        return " ".join(score.sentence for score in self.scores if score.tier == ALL) or NOTHING

    def to_dict(self) -> dict[str, Any]:
        """The scorecard as plain values."""
        rows = [{**asdict(s), "coverage": s.coverage.to_dict(), "verdict": s.verdict} for s in self.scores]
        return {"sentence": self.sentence, "waiting": self.waiting, "scores": rows}


def scorecard(forecasts: pa.Table, posts: pa.Table, outcomes: pa.Table, tiers: TierScheme) -> Scorecard:
    """Every past forecast (`FORECASTS`) against the posts and campaign outcomes that came after it.

    A forecast is never held against a post published, or a campaign ended, before it was made.
    """
    return score(matched(forecasts, posts, outcomes, tiers))


def score(judged: Judged) -> Scorecard:
    """The scores of judged forecasts, per thing forecast, for all and by tier."""
    found = []
    for what in (word for word in WHAT if word in set(judged.what)):
        mine = judged.what == what
        found.append(_score(judged, mine, what, ALL))
        names = sorted(set(judged.tier[mine]) - {ALL})
        found += [_score(judged, mine & (judged.tier == name), what, name) for name in names]
    return Scorecard(tuple(found), judged.waiting)


def _score(judged: Judged, rows: NDArray[np.bool_], what: str, tier: str) -> Score:
    low, high, came = (np.log(x[rows] + _HALF) for x in (judged.low, judged.high, judged.came))
    middle, sd = (low + high) / 2, np.maximum((high - low) / (2 * Z), 1e-9)
    outside = np.maximum(low - came, 0.0) + np.maximum(came - high, 0.0)
    inside = int(((judged.low[rows] <= judged.came[rows]) & (judged.came[rows] <= judged.high[rows])).sum())
    return Score(
        what,
        tier,
        int(rows.sum()),
        wilson(inside, int(rows.sum())),
        float(np.median(came - middle)),
        float(np.median(high - low)),
        float(np.mean(high - low + 2 / (1 - LEVEL) * outside)),
        float(np.mean(_crps((came - middle) / sd, sd))),
    )


def _crps(z: Floats, sd: Floats) -> Floats:
    density = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return np.asarray(sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def wilson(inside: int, n: int) -> Interval:
    """The share inside with its 95% interval; from 0 to 1 without trials.

    >>> wilson(334, 412).to_dict()["low"].__round__(2)
    0.77
    """
    if n == 0:
        return Interval(0.5, 0.0, 1.0)
    share, z2 = inside / n, _Z95**2
    middle, half = share + z2 / (2 * n), _Z95 * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = ((middle + sign * half) / (1 + z2 / n) for sign in (-1, 1))
    return Interval(share, float(min(max(low, 0.0), share)), float(max(min(high, 1.0), share)))
