"""`/learning` and `/campaigns/{campaign}/experiments`: beliefs, scorecard, rebooking, waves, what to find out."""

from datetime import datetime
from typing import Any

from ninja import Path, Query, Router, Schema

from asterism.desk.studio import beliefs, experiments, rebooking, scorecard_page, waves
from asterism.faces.api.jobs import JobOut
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Learning"])
of_campaign = Router(tags=["Learning"])


class BeliefOut(Schema):
    """A version of what was learnt; `in_use` is what forecasts, fees and plans are read with."""

    id: int
    number: int
    in_use: bool
    made_at: datetime


class WholeBelief(BeliefOut):
    """A version with its entries as a priors document, and what became of each entry and why."""

    entries: dict[str, Any]
    evidence: dict[str, Any]


class ScorecardOut(Schema):
    """Forecasts kept before the start against what came; ranges should hold 80%."""

    sentence: str
    waiting: int
    scores: list[dict[str, Any]]


class AdviceOut(Schema):
    """What to do about one creator, and why; `roi` is of collaborations on average."""

    creator_id: str
    handle: str
    platform: str
    verdict: str
    advocate: bool
    roi: dict[str, float] | None
    chance: float | None
    campaigns: int
    cost: float
    orders: float
    more: int | None
    reasons: list[str]


class WaveOut(Schema):
    """A wave: whom to book for how much in `currency`, what each tier gets, and why."""

    sentence: str
    currency: str
    budget: float
    spent: float
    tiers: dict[str, float]
    allocations: list[dict[str, Any]]


class ExperimentsOut(Schema):
    """Experiments by what is left of their worth; `perfect` is what knowing everything is worth."""

    sentence: str
    now: str
    perfect: float
    currency: str
    experiments: list[dict[str, Any]]


@router.get("/beliefs", **asks("see", Page[BeliefOut]))
def list_beliefs(request: Any, at: Query[At]) -> Any:
    """The versions of what was learnt, the newest first."""
    return paged(request, at, beliefs.beliefs(seat_of(request)))


@router.post("/beliefs", **asks("plan", JobOut, 201))
def learn_beliefs(request: Any) -> Any:
    """Learn from all results there are; the job makes the next version."""
    return beliefs.start_learning(seat_of(request))


@router.get("/beliefs/{belief}", **asks("see", WholeBelief))
def read_belief(request: Any, belief: Key) -> Any:
    """One version with its entries and evidence."""
    return beliefs.belief(seat_of(request), belief)


@router.post("/beliefs/{belief}/adopt", **asks("plan", BeliefOut))
def adopt_belief(request: Any, belief: Key) -> Any:
    """Put a version to use for every forecast, fee and plan."""
    return beliefs.adopt(seat_of(request), belief)


@router.post("/shipped", **asks("plan"))
def adopt_shipped(request: Any) -> Any:
    """Go back to the shipped benchmarks."""
    beliefs.adopt_shipped(seat_of(request))


@router.get("/scorecard", **asks("see", ScorecardOut))
def read_scorecard(request: Any) -> Any:
    """How forecasts made before the start fared."""
    return scorecard_page.scorecard(seat_of(request)).to_dict()


@router.get("/rebooking", **asks("see", Page[AdviceOut]))
def list_rebooking(request: Any, at: Query[At]) -> Any:
    """Whom to keep, whom to test again, with whom to end it, each with reasons."""
    return paged(request, at, [one.to_dict() for one in rebooking.rebooking(seat_of(request))])


@router.post("/waves", **asks("plan", JobOut, 201))
def plan_wave(request: Any, wish: waves.WaveWish) -> Any:
    """Plan the next wave of a test that grows; its number is the job's."""
    return waves.plan_wave(seat_of(request), wish)


@router.get("/waves/{wave}", **asks("see", WaveOut))
def read_wave(request: Any, wave: Key) -> Any:
    """A wave that was planned, by the number of its job."""
    return waves.wave(seat_of(request), wave)


@of_campaign.get("", **asks("see", ExperimentsOut))
def read_experiments(request: Any, campaign: Path[Key]) -> Any:
    """What would change the answer of a campaign's signed plan, or of its newest draft."""
    return experiments.experiments(seat_of(request), campaign).to_dict()
