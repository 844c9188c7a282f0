"""The scorecard of a workspace: forecasts kept before the start against what came, and whether ranges hold."""

from dataclasses import dataclass
from math import exp
from typing import Final

from asterism.creators.tables import OUTCOMES, POSTS
from asterism.desk.studio.remembered import remembered
from asterism.measurement.matching import ALL
from asterism.measurement.scorecard import FORECASTS, NOTHING, Score, Scorecard
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.places import catalogue_of
from asterism.store.ledger.seats import Seat
from asterism.store.shelves import standing_versions

WORDS: Final = {"conversions": "orders", "price": "fees"}
TONES: Final = {"trustworthy": "good", "too narrow": "warn", "too wide": "warn", "too few to say": "off"}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the scorecard in words and shares."""

    what: str
    tier: str
    n: int
    inside: float
    low: float
    high: float
    off: str
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The scorecard on its page: the answer, how many forecasts still wait, the lines."""

    sentence: str
    waiting: int
    rows: tuple[ScoreRow, ...]


def scorecard(seat: Seat) -> Scorecard:
    """How the forecasts kept in a workspace fared; empty where none was kept."""
    seat.insist("see")
    catalogue = Catalogue(catalogue_of(seat.workspace))
    versions = standing_versions(catalogue, (FORECASTS.name, OUTCOMES.name, POSTS.name))
    if FORECASTS.name not in versions:
        return Scorecard(())

    def work_out() -> Scorecard:
        from asterism.desk.scorecard import scorecard_of

        return scorecard_of(catalogue.path)

    return remembered(seat, ("scorecard", *versions.items()), work_out)


def scored(seat: Seat) -> Scored:
    """The scorecard in words."""
    found = scorecard(seat)
    return Scored(_sentence(found), found.waiting, tuple(_row(score) for score in found.scores))


def _sentence(found: Scorecard) -> str:
    """The whole in one line: how many forecasts were judged, how many came inside."""
    judged = [score for score in found.scores if score.tier == ALL]
    n = sum(score.n for score in judged)
    if not n:
        return NOTHING
    inside = sum(round(score.coverage.mean * score.n) for score in judged)
    some = f"Of {n:,} forecast{'s' * (n != 1)} made before the start"
    return f"{some}, {inside:,} came inside their range: {inside / n:.0%}, where 80% should."


def _row(score: Score) -> ScoreRow:
    share = score.coverage
    return ScoreRow(
        WORDS.get(score.what, score.what), "all" if score.tier == ALL else score.tier, score.n, share.mean, share.low,
        share.high, _off(score.bias), score.verdict, TONES[score.verdict],
    )  # fmt: skip


def _off(bias: float) -> str:
    """By how much outcomes usually differ from the middle of their range."""
    factor = exp(bias)
    if abs(factor - 1) < 0.05:
        return "as said"
    return f"{abs(factor - 1):.0%} {'more' if factor > 1 else 'less'}" if factor < 2 else f"{factor:.1f} times"
