"""`Plan`: picks, prices, dates, forecast, certificate and reasons; it explains itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from asterism.creators.tables import Reject
from asterism.planning.certificate import Sampling
from asterism.quantities import Interval


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: one sentence, the brief's field it answers and the signal that drove it."""

    text: str
    field: str
    signal: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best plan of one kind at the same budget, judged on the common draws.

    `cost` is in the plan's currency; `cost_per_result` is None at 0 results; `why_empty` says why there are no picks.
    """

    name: str
    value: Interval
    cost: float
    cost_per_result: float | None
    creators: int
    chance_best: float
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    why_empty: str | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """The value of one lever (`budget`, `max_creators`, `price`) at which the answer becomes `to`."""

    what: str
    at: float
    to: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Micro, macro, both? The winner, how sure, every alternative, where the answer flips, and why."""

    winner: str
    leader: str
    chance_best: float
    too_close: bool
    sentence: str
    alternatives: tuple[Alternative, ...]
    flips: tuple[Flip, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """One pick's fee in the plan's currency; `source` is quote, paid or prior; `most` is what to pay at most."""

    interval: Interval
    source: str
    most: Interval | None = None

    def to_dict(self) -> dict[str, Any]:
        """Mean, low and high of the fee with its source and the most, as plain values."""
        return {**self.interval.to_dict(), "source": self.source, "most": self.most and self.most.to_dict()}


@dataclass(frozen=True, slots=True)
class Pick:
    """One creator in the plan: the package, its price, and what it adds after those before it."""

    creator_id: str
    handle: str
    platform: str
    tier: str
    phase: str
    package: str
    price: Price
    gain: float
    rung: int
    reasons: tuple[str, ...]
    followers: float | None = None
    niche: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the campaign with its dates, goal, budget and tiers; `weeks` are its first and last, from 1."""

    name: str
    start: date | None
    end: date | None
    goal: str
    budget: float
    tiers: tuple[str, ...]
    weeks: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its format, the week of the campaign it goes out in, counted from 1, and the day where known."""

    format: str
    week: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Flight:
    """When one pick publishes: each post of its package with its day."""

    creator_id: str
    handle: str
    platform: str
    phase: str
    package: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the follow-up owes to the opening, in buyers on mean rates.

    Parameters
    ----------
    rule
        `retarget` if more of the follow-up's buyers had met the opening, else `extend`; or what the brief says.
    stated
        Whether the brief says so.
    primed, fresh
        The follow-up's buyers who had, and who had not, been reached by the opening.
    alone
        Buyers the same follow-up would find had there been no opening.
    """

    rule: str
    stated: bool
    primed: float
    fresh: float
    alone: float

    @property
    def after(self) -> float:
        """Buyers the follow-up finds after the opening."""
        return self.primed + self.fresh

    def to_dict(self) -> dict[str, Any]:
        """The figures with their sum, as plain values."""
        return {**asdict(self), "after": self.after}


@dataclass(frozen=True, slots=True)
class Forecast:
    """What to expect, 80% intervals; people are counted once, and only those on target unless said otherwise.

    `frequency[i]` is the number of people reached exactly i + 1 times on the mean rates, the last one «or more»;
    `at_least[i]` the number reached at least i + 1 times, with its range.
    """

    reach: Interval
    impressions: Interval
    engagements: Interval
    conversions: Interval
    profit: Interval | None
    frequency: tuple[float, ...]
    at_least: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """The certificate: the plan's value, a proven upper bound for any plan, and how; `sampling` speaks of everybody."""

    value: float
    upper: float
    method: str
    sampling: Sampling | None = None

    @property
    def gap(self) -> float:
        """(upper − value) / |upper|: the most by which the plan can fall short of the best possible."""
        return (self.upper - self.value) / abs(self.upper) if self.upper else 0.0

    def in_units(self, of: float) -> "Bound":
        """The same in larger units: in money for cents with 100."""
        return Bound(self.value / of, self.upper / of, self.method, self.sampling and self.sampling.in_units(of))

    def to_dict(self) -> dict[str, Any]:
        """The figures with their gaps, as plain values."""
        return {**asdict(self), "gap": self.gap, "sampling": self.sampling and self.sampling.to_dict()}


@dataclass(frozen=True, slots=True)
class Duplication:
    """The people on target each pick can reach, and those each two share; rows and columns as the first picks.

    `shared` (n, n) is symmetric and holds the audiences on its diagonal. Audiences are potential: whether a post
    reaches them is another matter.
    """

    shared: tuple[tuple[float, ...], ...] = ()

    @property
    def share(self) -> tuple[tuple[float, ...], ...]:
        """People shared as a part of the smaller of the two audiences, (n, n); 0 where it is empty."""
        size = [row[i] for i, row in enumerate(self.shared)]
        return tuple(
            tuple(min(both / least, 1.0) if (least := min(size[a], size[b])) > 0 else 0.0 for b, both in enumerate(row))
            for a, row in enumerate(self.shared)
        )

    def to_dict(self) -> dict[str, Any]:
        """The people shared and their part of the smaller audience, as plain values."""
        return {"shared": [list(row) for row in self.shared], "share": [list(row) for row in self.share]}


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The best value of one alternative at one budget, on means, for the budget–result curve."""

    budget: float
    alternative: str
    value: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to choose, for how much, when, what to expect, and how sure we are."""

    name: str
    goal: str
    currency: str
    tier_scheme: str
    budget: float
    rung: int
    versions: Mapping[str, str]
    verdict: Verdict
    picks: tuple[Pick, ...]
    phases: tuple[Phase, ...]
    forecast: Forecast
    bound: Bound
    spent: float
    unspent_because: str | None
    chance_over_budget: float
    defaults_used: tuple[str, ...]
    warnings: tuple[str, ...]
    rejects: tuple[Reject, ...]
    curve: tuple[CurvePoint, ...] = ()
    build_up: tuple[float, ...] = ()  # reach after each pick, in order
    evidence: Mapping[str, str] = field(default_factory=dict)
    duplication: Duplication = Duplication()
    flights: tuple[Flight, ...] = ()
    hand_over: HandOver | None = None

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values, in the shape the contract promises."""
        return {
            "name": self.name,
            "goal": self.goal,
            "currency": self.currency,
            "tier_scheme": self.tier_scheme,
            "budget": self.budget,
            "rung": self.rung,
            "versions": dict(self.versions),
            "verdict": asdict(self.verdict),
            "picks": [{**asdict(p), "price": p.price.to_dict()} for p in self.picks],
            "phases": [_phase(p) for p in self.phases],
            "forecast": asdict(self.forecast),
            "bound": self.bound.to_dict(),
            "spent": self.spent,
            "unspent_because": self.unspent_because,
            "chance_over_budget": self.chance_over_budget,
            "defaults_used": list(self.defaults_used),
            "warnings": list(self.warnings),
            "rejects": len(self.rejects),
            "curve": [asdict(point) for point in self.curve],
            "build_up": list(self.build_up),
            "evidence": dict(self.evidence),
            "flights": [_flight(flight) for flight in self.flights],
            "hand_over": self.hand_over and self.hand_over.to_dict(),
            "duplication": self.duplication.to_dict(),
        }


def _flight(flight: Flight) -> dict[str, Any]:
    posts = [{"format": p.format, "week": p.week, "date": p.day and p.day.isoformat()} for p in flight.posts]
    return {**asdict(flight), "posts": posts}


def _phase(phase: Phase) -> dict[str, Any]:
    dates = {"start": phase.start and phase.start.isoformat(), "end": phase.end and phase.end.isoformat()}
    return {**asdict(phase), **dates}
