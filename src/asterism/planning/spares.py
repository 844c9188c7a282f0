"""Spares: who would come next if a pick fell out, each with what it adds to the plan as it stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.planning.compose import Given, ask
from asterism.planning.objective import value
from asterism.planning.plan import Plan
from asterism.planning.question import Question

Rows = NDArray[np.int64]

ROOMS: Final = 6
"""Prices, from the least a pick leaves free to the most, at each of which the best offers are tried."""
LOOKED_AT: Final = 15
"""Offers tried per price, by what they add alone and by that per cost."""
KEPT: Final = 5
"""Spares kept per price, those that add most first."""


@dataclass(frozen=True, slots=True)
class Spare:
    """A creator who is not in the plan, with the package that adds most to it.

    `gain` is what it adds after every pick, in the unit of the goal; `fee` and `cost`, which counts handling too, are
    in the plan's currency.
    """

    creator_id: str
    handle: str
    platform: str
    tier: str
    package: str
    fee: float
    cost: float
    gain: float
    followers: float | None
    niche: str | None


def spares(given: Given, samples: Samples, plan: Plan) -> tuple[Spare, ...]:
    """The next best creators beyond a plan's picks, each affordable in the place of some pick or from what is left.

    Gains are added to the plan as it stands, on mean rates and in one phase: near enough to choose whom to try, while
    the plan that is made with the choice says what it really comes to.
    """
    question = ask(given, samples)
    chosen = _rows_of(question, given, plan)
    tried = _candidates(question, chosen, plan)
    if not tried.size:
        return ()
    few = question.samples.only(np.unique(question.offers.creator[np.concatenate([chosen, tried])]))
    money = 100.0 if question.objective.goal == "profit" else 1.0
    before = value(few, question.offers, chosen, question.objective)
    gains = [value(few, question.offers, np.append(chosen, row), question.objective) - before for row in tried]
    best = sorted(zip(gains, tried.tolist(), strict=True), key=lambda pair: (-pair[0], pair[1]))
    rooms = _rooms(question, chosen, plan)
    return _distinct(question, given, [(gain / money, row) for gain, row in best if gain > 0], rooms)


def _rows_of(question: Question, given: Given, plan: Plan) -> Rows:
    """The offers of the picks; who is picked for two phases counts once."""
    who = given.signals.creators
    pairs = zip(who["creator_id"].to_pylist(), who["platform"].to_pylist(), strict=True)
    at = {pair: i for i, pair in enumerate(pairs)}
    wanted = {at[pick.creator_id, pick.platform]: pick.package for pick in reversed(plan.picks)}
    offers = question.offers
    mine = np.flatnonzero(np.isin(offers.creator, list(wanted)))
    return np.array([row for row in mine.tolist() if wanted[int(offers.creator[row])] == offers.package[row]], np.int64)


def _rooms(question: Question, chosen: Rows, plan: Plan) -> list[int]:
    """What becomes free where a pick falls out, in cents: a few amounts from the cheapest pick to the dearest."""
    left = round(100 * (plan.budget - plan.spent))
    costs = np.sort(question.offers.cost[chosen])
    places = np.unique(np.linspace(0, costs.size - 1, ROOMS).round().astype(int))
    return [left + int(cost) for cost in costs[places]]


def _candidates(question: Question, chosen: Rows, plan: Plan) -> Rows:
    """Offers worth trying: for each amount the best that it buys, alone and per cost."""
    offers, basis = question.offers, question.problem.basis
    rows = np.flatnonzero(question.problem.may & ~np.isin(offers.creator, offers.creator[chosen]))
    alone = basis.profile[rows, -1] * basis.pull[offers.creator[rows]]
    ranked = [
        rows[np.lexsort((rows, -np.where(offers.cost[rows] <= room, score, -np.inf)))][:LOOKED_AT]
        for room in _rooms(question, chosen, plan)
        for score in (alone, alone / offers.cost[rows])
    ]
    return np.unique(np.concatenate(ranked)).astype(np.int64)


def _distinct(question: Question, given: Given, best: list[tuple[float, int]], rooms: list[int]) -> tuple[Spare, ...]:
    """For each amount the creators who add most for it, those that add most first."""
    offers, kept = question.offers, set[int]()
    for room in rooms:
        fits = [row for _, row in best if offers.cost[row] <= room]
        creators = dict.fromkeys(int(offers.creator[row]) for row in fits)
        firsts = {int(offers.creator[row]): row for row in reversed(fits)}
        kept |= {firsts[creator] for creator in list(creators)[:KEPT]}
    return tuple(_spare(question, given, row, gain) for gain, row in best if row in kept)


def _spare(question: Question, given: Given, row: int, gain: float) -> Spare:
    offers = question.offers
    who = given.signals.creators.slice(int(offers.creator[row]), 1).to_pylist()[0]
    return Spare(
        creator_id=who["creator_id"],
        handle=f"@{(who['handle'] or who['creator_id']).lstrip('@')}",
        platform=who["platform"],
        tier=offers.tiers[int(offers.tier[row])],
        package=offers.package[row],
        fee=int(offers.fee[row]) / 100,
        cost=int(offers.cost[row]) / 100,
        gain=gain,
        followers=who["followers"],
        niche=who["niche"],
    )
