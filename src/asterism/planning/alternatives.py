"""Every alternative at the same budget: one tier only, mixed, two-phase; the best set of each, found on means."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.audience.transpose import transpose
from asterism.brief import Brief
from asterism.creators.tiers import ALWAYS
from asterism.errors import Infeasible
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective, value
from asterism.planning.offers import Offers
from asterism.planning.phases import BUYING, opening_tiers, without_buyers, without_reached
from asterism.planning.problem import Problem
from asterism.planning.search import Selection, plan_set
from asterism.priors import Priors

MIXED: Final = "mixed"
TWO_PHASE: Final = "two_phase"
NOBODY: Final = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Question:
    """What the alternatives are compared on: the same people, offers and limits.

    `problem` is the whole question; `opening` the same with awareness as its objective, for the first of two phases.
    """

    problem: Problem
    opening: Problem
    brief: Brief
    priors: Priors

    @classmethod
    def of(cls, problem: Problem, brief: Brief, priors: Priors) -> "Question":
        """The question with what all its searches share worked out once."""
        opening = replace(problem, objective=Objective("awareness"), prepared=None)
        return cls(problem.ready(), opening.ready(), brief, priors)

    @property
    def samples(self) -> Samples:
        """The people."""
        return self.problem.samples

    @property
    def offers(self) -> Offers:
        """What can be bought."""
        return self.problem.offers

    @property
    def objective(self) -> Objective:
        """What counts."""
        return self.problem.objective

    @property
    def constraints(self) -> Constraints:
        """The limits."""
        return self.problem.constraints

    def under(self, constraints: Constraints) -> "Question":
        """The same question under other limits."""
        return replace(self, problem=self.problem.under(constraints), opening=self.opening.under(constraints))

    def with_budget(self, cents: int) -> "Question":
        """The same question with another budget."""
        return self.under(replace(self.constraints, budget_cents=cents))

    def with_slots(self, most: int) -> "Question":
        """The same question with another `max_creators`."""
        return self.under(replace(self.constraints, max_creators=most))

    def with_fees(self, tiers: tuple[str, ...], factor: float) -> "Question":
        """The same question with the fees of some tiers multiplied."""
        at = np.isin(self.offers.tier, [self.offers.tiers.index(t) for t in tiers])
        fee = np.where(at, np.rint(self.offers.fee * factor), self.offers.fee).astype(np.int64)
        offers = replace(self.offers, fee=fee, cost=np.maximum(self.offers.cost + fee - self.offers.fee, 1))
        return replace(self, problem=replace(self.problem, offers=offers), opening=replace(self.opening, offers=offers))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best set found for one alternative, valued on means.

    `opened` and `followed` are offer rows in the order they were added; a campaign of one phase has no `opened`.
    """

    name: str
    opened: NDArray[np.int64]
    followed: NDArray[np.int64]
    value: float
    cost: int
    why_empty: str | None = None
    why_stopped: str = ""

    @property
    def offers(self) -> NDArray[np.int64]:
        """All chosen offer rows."""
        return np.concatenate([self.opened, self.followed])


def names(brief: Brief) -> tuple[str, ...]:
    """Alternatives in order of simplicity: the scheme's tiers and those always spoken of, mixed, two_phase."""
    tiers = brief.tiers.names
    return (*tiers, *(t for t in ALWAYS if t not in tiers), MIXED, TWO_PHASE)


def compare(question: Question) -> dict[str, Chosen]:
    """The best set of every alternative; mixed is never worse than the best single tier it contains."""
    tiers = question.brief.tiers.names
    found = {name: single(question, name) for name in names(question.brief) if name not in (MIXED, TWO_PHASE)}
    mixed = _chosen(MIXED, plan_set(question.problem))
    best = max((found[t] for t in tiers), key=lambda c: c.value if c.why_empty is None else -np.inf)
    if best.why_empty is None and best.value > mixed.value:
        mixed = replace(best, name=MIXED)
    return {**found, MIXED: mixed, TWO_PHASE: two_phase(question)}


def single(question: Question, tier: str) -> Chosen:
    """The best set of one tier alone, empty with its reason where there is none."""
    if tier not in question.brief.tiers.names:
        return _empty(tier, f"The scheme `{question.brief.tiers.name}` has no tier {tier}.")
    if not (question.offers.tier == question.offers.tiers.index(tier)).any():
        return _empty(tier, f"No candidate is {question.brief.tiers.describe(tier)}.")
    return _try(tier, question.problem.under(replace(question.constraints, allowed_tiers=(tier,))))


def two_phase(question: Question) -> Chosen:
    """Macro opens with half of the budget, micro follows with the other half among people already primed."""
    opening = opening_tiers(question.brief.tiers)
    following = tuple(t for t in question.brief.tiers.names if t not in opening)
    half, most = question.constraints.budget_cents // 2, question.constraints.max_creators
    opened = _phase(question.opening, opening, half, max(most // 2, 1))
    if opened.why_empty is not None:
        return _empty(TWO_PHASE, f"Nobody can open: {opened.why_empty}")
    after = _problem_after(question, opened.followed)
    followed = _phase(after, following, half, most - opened.followed.size)
    if followed.why_empty is not None:
        return _empty(TWO_PHASE, f"Nobody can follow: {followed.why_empty}")
    total = _value(question, opened.followed, followed.followed)
    cost = opened.cost + followed.cost
    return Chosen(TWO_PHASE, opened.followed, followed.followed, total, cost, None, followed.why_stopped)


def _problem_after(question: Question, opened: NDArray[np.int64]) -> Problem:
    samples = _after(question, opened)
    if samples is question.samples:
        return question.problem
    return replace(question.problem, samples=samples, by_creator=transpose(samples), prepared=None)


def _after(question: Question, opened: NDArray[np.int64]) -> Samples:
    samples, offers = question.samples, question.offers
    match question.objective.goal:
        case "conversions" | "profit":
            return without_buyers(samples, offers, opened, question.priors.entry("priming").value)
        case "engagement":
            return without_reached(samples, offers, opened, offers.act)
        case "awareness":
            return without_reached(samples, offers, opened, offers.reach)
        case _:
            return samples


def _value(question: Question, opened: NDArray[np.int64], followed: NDArray[np.int64]) -> float:
    objective, offers = question.objective, question.offers
    if objective.goal not in BUYING:
        return value(question.samples, offers, np.concatenate([opened, followed]), objective)
    after = without_buyers(question.samples, offers, opened, question.priors.entry("priming").value)
    return value(question.samples, offers, opened, objective) + value(after, offers, followed, objective)


def _phase(problem: Problem, tiers: tuple[str, ...], budget: int, slots: int) -> Chosen:
    offers, limits = problem.offers, problem.constraints
    own = np.isin(offers.tier, [offers.tiers.index(t) for t in tiers])
    if slots < 1 or not own.any():
        return _empty("", "no place is left." if slots < 1 else f"no candidate is {' or '.join(tiers)}.")
    inside = set(offers.creator[own].tolist())
    scale = limits.budget_cents / max(budget, 1)
    constraints = replace(
        limits,
        budget_cents=budget,
        max_creators=slots,
        tier_share={t: _scaled(s, scale) for t, s in limits.tier_share.items() if t in tiers},
        platform_share={},
        include=tuple(c for c in limits.include if c in inside),
        allowed_tiers=tiers,
    )
    return _try("", problem.under(constraints))


def _scaled(share: tuple[float, float], factor: float) -> tuple[float, float]:
    return min(share[0] * factor, 1.0), min(share[1] * factor, 1.0)


def _try(name: str, problem: Problem) -> Chosen:
    try:
        return _chosen(name, plan_set(problem))
    except Infeasible as refused:
        return _empty(name, str(refused))


def _chosen(name: str, selection: Selection) -> Chosen:
    if not len(selection.offers):
        return _empty(name, selection.why_stopped or "Nothing fits the budget.")
    rows = np.asarray(selection.offers, dtype=np.int64)
    return Chosen(name, NOBODY, rows, selection.value, selection.cost_cents, None, selection.why_stopped)


def _empty(name: str, why: str) -> Chosen:
    return Chosen(name, NOBODY, NOBODY, 0.0, 0, why)
