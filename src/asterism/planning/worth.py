"""The most one should pay: the price up to which a creator's package belongs in the plan of this brief.

Whoever pays c for a package has the rest of the budget, B − c, for others. It belongs in the plan as long as it and the
best others that B − c buys are worth as much as the best plan without it. So the threshold is

    B − min { cost(T) : value({o} ∪ T) ≥ best value without o },

for profit the largest min(B − cost(T), margin × buyers − cost(T) − best profit without o). For a small package it is
its marginal value over the plan's marginal value per dollar, the shadow price of the budget; for a large one that ratio
is not constant, and this is what it becomes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.transpose import transpose
from asterism.planning import _kernels
from asterism.planning.alternatives import Chosen, value_of_two
from asterism.planning.constraints import least_cost_of_included
from asterism.planning.draws import CommonDraws
from asterism.planning.greedy import Search, Style, fill, held, run
from asterism.planning.objective import goal_shape, shapes, value
from asterism.planning.phases import BUYING
from asterism.planning.problem import Problem
from asterism.planning.question import Question
from asterism.planning.search import SEEDS, SLOT_PRICES
from asterism.planning.shortlist import Shortlist, shortlist
from asterism.quantities import Interval, figure

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

SAME: Final = 1e-9
"""Relative difference of values that counts as none."""
MOST_LINKS: Final = 1_000_000
"""Links of people to creators that are looked at; of a larger crowd, every so many people."""
CLOSED: Final = 4
"""Sets, each one larger than the one before, that a single further offer is tried to close."""
NEVER: Final = np.inf
LEAST: Final = 0.05
"""Part of the plan's mean value that a draw counts as at least."""
_RATE: Final = {"engagement": "act", "conversions": "buy", "profit": "buy"}


@dataclass(frozen=True, slots=True)
class Worth:
    """The most that an offer's fee should be for this brief, in the brief's currency, with its 80% range."""

    offer: int
    fee: float
    most: Interval
    currency: str

    @property
    def too_dear(self) -> bool:
        """Whether the fee is above what it is worth."""
        return self.fee > self.most.mean

    def says(self, who: str) -> str:
        """Fee and worth in words, as `@x quotes 1,200 USD; for this brief up to 940 USD is worth it`."""
        return f"{who} quotes {figure(self.fee)} {self.currency}; for this brief {self.limit}"

    @property
    def limit(self) -> str:
        """What it is worth, in words."""
        if self.most.mean < 1:
            return "it is not worth a fee"
        return f"up to {figure(self.most.mean)} {self.currency} is worth it"


@dataclass(frozen=True, slots=True)
class Luck:
    """The common draws, and the plan's value in each of them, (n_draws,)."""

    draws: CommonDraws
    plan: Floats


def worth(question: Question, chosen: Chosen, rows: Sequence[int] | Rows, luck: Luck) -> tuple[Worth, ...]:
    """What each offer of `rows` is worth beside the plan `chosen`; the offers may be in the plan or not.

    Searched on the shortlist, by greedy; beside a plan of one tier, an offer of that tier competes with it alone. In a
    draw, an offer that does better than expected against the whole plan is worth as much more: most · m_o / (V / V̄),
    m_o the draw's multiplier of its rate and V the plan's value. In two phases what a pick adds to both counts, against
    what it adds when all is published at once.
    """
    wanted = np.asarray(rows, dtype=np.int64)
    small = _shortlisted(question, np.append(chosen.offers, wanted))
    ours = replace(chosen, opened=small.short(chosen.opened), followed=small.short(chosen.followed))
    return tuple(_one(question, small, ours, row, _against(question, row, luck)) for row in wanted.tolist())


def _shortlisted(question: Question, rows: Rows) -> Shortlist:
    """The shortlist with the creators of `rows` on it."""
    limits = question.constraints
    kept = sorted({*limits.include, *question.offers.creator[rows].tolist()})
    small = shortlist(question.under(replace(limits, include=tuple(kept))))
    columns = zip(small.question.constraints.include, kept, strict=True)
    forced = tuple(column for column, full in columns if full in limits.include)
    return replace(small, question=_thinned(small.question.under(replace(small.question.constraints, include=forced))))


def _thinned(question: Question) -> Question:
    """The question asked of every so many people, who stand for all, where there are more links than need be seen."""
    samples = question.samples
    step = -(-int(samples.link.size) // MOST_LINKS)
    if step <= 1:
        return question
    stays = np.arange(samples.n_people) % step == 0
    links, count = np.repeat(stays, np.diff(samples.start)), np.diff(samples.start)[stays]
    few = replace(
        samples, weight=samples.weight[stays] * (samples.weight.sum() / samples.weight[stays].sum()),
        worth=samples.worth[stays], variant=samples.variant[stays], link=samples.link[links],
        start=np.concatenate([[0], np.cumsum(count)]).astype(np.int64), chance=samples.chance[links],
    )  # fmt: skip
    problem = replace(question.problem, samples=few, by_creator=transpose(few), prepared=None)
    return Question.of(problem, question.brief, question.priors)


def _one(question: Question, small: Shortlist, chosen: Chosen, row: int, against: Floats) -> Worth:
    offers, at = question.offers, int(small.short(np.array([row]))[0])
    problem = _of_its_tier(small.question.problem, chosen.name, at)
    budget, handling = question.constraints.budget_cents, int(offers.cost[row] - offers.fee[row])
    cost = min(most_cost(problem, chosen.offers, at) * _phased(small.question, chosen, at), budget)
    drawn = np.clip(cost * against, 0.0, budget) - handling
    low, high = np.quantile(np.maximum(drawn, 0.0) / 100, [0.1, 0.9]).tolist()
    mean = max(cost - handling, 0.0) / 100
    return Worth(
        row, offers.fee[row] / 100, Interval(mean, min(low, mean), max(high, mean)), question.brief.budget.currency
    )


def _of_its_tier(problem: Problem, name: str, offer: int) -> Problem:
    """The problem within the tier that the plan keeps to, for an offer of that tier; else the problem itself."""
    tier = problem.offers.tiers[int(problem.offers.tier[offer])]
    return problem.under(replace(problem.constraints, allowed_tiers=(name,))) if tier == name else problem


def most_cost(problem: Problem, plan: Rows, offer: int) -> float:
    """The largest full cost, in cents, at which `offer` belongs in the best plan; `plan` is the best one known.

    A pick of the best plan belongs there at its price, unless the brief forced it in.
    """
    limits, offers = problem.constraints, problem.offers
    creator = int(offers.creator[offer])
    others = plan[offers.creator[plan] != creator]
    freed, without = _for_nothing(problem, offer), best_without(problem, others, creator)
    kept = np.append(offer, others)
    ways = [kept, _beside(freed, offer, _styles(problem)[0], kept)]
    ways += [_beside(freed, offer, style) for style in _styles(problem)]
    found = [_largest(problem, way, without) for way in ways if way.size <= limits.max_creators]
    own = int(offers.cost[offer]) if offer in plan and creator not in limits.include else 0
    return float(np.clip(max(found, default=0.0), own, limits.budget_cents))


def best_without(problem: Problem, others: Rows, creator: int) -> float:
    """The best value found without a creator: the other picks with what is left spent anew, or greedy from nothing."""
    limits = replace(
        problem.constraints,
        exclude=(*problem.constraints.exclude, creator),
        include=tuple(c for c in problem.constraints.include if c != creator),
    )
    search = Search.of(problem.under(limits, problem.offered))
    goal, forced = goal_shape(problem.objective.depth), least_cost_of_included(limits, problem.offers, problem.may)
    starts = (others, forced[problem.offers.creator[forced] != creator])
    return max(search.value(run(search, start, style), goal) for start in starts for style in _styles(problem))


def _styles(problem: Problem) -> tuple[Style, ...]:
    """Ways to run greedy: per cost, by gain, at prices of a place where there are few; frequencies by easier shapes."""
    limits, (shape, *more) = problem.constraints, shapes(problem.objective.depth)[:2]
    few = limits.max_creators <= SEEDS
    places = [Style(shape, price * limits.budget_cents / limits.max_creators) for price in SLOT_PRICES if few]
    return (Style(shape), *places, Style(shape, by_gain=True), *map(Style, more))


def _value(problem: Problem, rows: Rows) -> float:
    return value(problem.samples, problem.offers, rows, problem.objective)


def _for_nothing(problem: Problem, offer: int) -> Problem:
    """The problem with one offer for a cent, the only one of its creator."""
    offers = problem.offers
    cost = offers.cost.copy()
    cost[offer] = 1
    mine = (offers.creator != offers.creator[offer]) | (np.arange(len(offers)) == offer)
    offered = mine if problem.offered is None else mine & problem.offered
    return replace(problem, offers=replace(offers, cost=cost), offered=offered, swap_work=0)


def _beside(freed: Problem, offer: int, style: Style, among: Rows | None = None) -> Rows:
    """The offer, and then others in the order in which greedy adds them beside it, of all or `among` some."""
    problem = freed if among is None else replace(freed, offered=np.isin(np.arange(len(freed.offers)), among))
    search = Search.of(problem)
    crowd, room = search.crowd(style.shape), search.room()
    _kernels.take_all(crowd, search.prepared.links, search.menu, room, np.array([offer]))
    taken = fill(search, crowd, search.menu, room, style)
    rows, order = held(crowd), np.array([*dict.fromkeys(taken.tolist())], dtype=np.int64)
    ordered = rows[np.searchsorted(problem.offers.creator[rows], order)]
    return np.append(offer, ordered[ordered != offer])


def _largest(problem: Problem, rows: Rows, without: float) -> float:
    """The largest cost of `rows[0]` at which it with some of the first others is worth at least `without`."""
    search, objective = Search.of(problem), problem.objective
    crowd = search.crowd(goal_shape(objective.depth))
    people = np.cumsum(_kernels.gains_in_order(crowd, search.prepared.links, search.menu, rows))
    cost = np.cumsum(np.append(0, problem.offers.cost[rows[1:]]))
    left = problem.constraints.budget_cents - cost
    if objective.per_cent:
        return float(np.minimum(left, objective.per_result * people - cost - without).max())
    enough, found = without * (1 - SAME), 0.0
    for size in range(1, rows.size + 1)[-CLOSED:] if people[-1] < enough else _near(int(np.argmax(people >= enough))):
        found = max(found, left[size - 1] - _cheapest_that_closes(search, rows[:size], enough - people[size - 1]))
    return found


def _near(first: int) -> range:
    """Sizes of sets that are nearly enough, and of the first that is."""
    return range(max(first + 2 - CLOSED, 1), first + 2)


def _cheapest_that_closes(search: Search, rows: Rows, lacking: float) -> float:
    """Cost of the cheapest further offer that adds at least so many people; 0 where none are lacking, else infinite."""
    problem, prepared = search.problem, search.prepared
    if lacking <= 0:
        return 0.0
    if rows.size >= problem.constraints.max_creators:
        return NEVER
    crowd = search.crowd(goal_shape(problem.objective.depth))
    _kernels.take_all(crowd, prepared.links, search.menu, search.room(), rows)
    people = (prepared.profile * _kernels.pulls(prepared.links, crowd.open)[problem.offers.creator]).sum(axis=1)
    taken = np.isin(problem.offers.creator, problem.offers.creator[rows])
    return float(
        problem.offers.cost.astype(float)[search.menu.allowed & ~taken & (people >= lacking)].min(initial=NEVER)
    )


def _phased(question: Question, chosen: Chosen, offer: int) -> float:
    """How much larger a part of a two-phase plan a pick adds than of the same creators published at once."""
    if not chosen.opened.size or question.objective.goal not in BUYING or offer not in chosen.offers:
        return 1.0
    two, one = (
        part / whole if whole > 0 else 1.0
        for whole, part in (_added_to_two(question, chosen, offer), _added_to_one(question, chosen, offer))
    )
    return two / one if one > 0 else 1.0


def _added_to_two(question: Question, chosen: Chosen, offer: int) -> tuple[float, float]:
    opened, followed = (part[part != offer] for part in (chosen.opened, chosen.followed))
    whole = value_of_two(question, chosen.opened, chosen.followed)
    return whole, whole - value_of_two(question, opened, followed)


def _added_to_one(question: Question, chosen: Chosen, offer: int) -> tuple[float, float]:
    rows = chosen.offers
    whole, rest = (_value(question.problem, kept) for kept in (rows, rows[rows != offer]))
    return whole, whole - rest


def _against(question: Question, row: int, luck: Luck) -> Floats:
    """How much better the offer does in each draw than the whole plan, (n_draws,); 1 on the mean rates."""
    goal, mean = question.objective.goal, luck.plan.mean()
    draws = luck.draws.of(question.offers, np.array([row]), question.samples.n_variants)
    own = np.asarray(getattr(draws, _RATE.get(goal, "reach"))[:, 0])
    return own if goal == "profit" or mean <= 0 else np.asarray(own / np.maximum(luck.plan / mean, LEAST))
