"""`Question`: what every alternative is compared on, and the same question with one thing changed."""

from dataclasses import dataclass, replace

import numpy as np

from asterism.audience.samples import Samples
from asterism.brief import Brief
from asterism.planning.constraints import Constraints
from asterism.planning.objective import Objective
from asterism.planning.offers import Offers
from asterism.planning.problem import Problem
from asterism.priors import Priors


@dataclass(frozen=True, slots=True)
class Question:
    """What the alternatives are compared on: the same people, offers and limits.

    `sketch` asks for a quick answer: one of a hundred variations, not the plan itself.
    """

    problem: Problem
    brief: Brief
    priors: Priors
    sketch: bool = False

    @classmethod
    def of(cls, problem: Problem, brief: Brief, priors: Priors) -> "Question":
        """The question with what all its searches share worked out once."""
        return cls(problem.ready(), brief, priors)

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

    @property
    def priming(self) -> float:
        """How many times better a person converts who met the brand in the opening."""
        return self.priors.entry("priming").value

    def under(self, constraints: Constraints) -> "Question":
        """The same question under other limits."""
        return replace(self, problem=self.problem.under(constraints))

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
        return replace(self, problem=replace(self.problem, offers=offers))
