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

LOOKED_AT: Final = 40
"""Creators tried per ranking: by what they add alone, and by that per cost."""
KEPT: Final = 24
"""Spares kept, those that add most first."""


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
    return _distinct(question, given, [(gain / money, row) for gain, row in best if gain > 0])


def _rows_of(question: Question, given: Given, plan: Plan) -> Rows:
    """The offers of the picks; who is picked for two phases counts once."""
    who = given.signals.creators
    pairs = zip(who["creator_id"].to_pylist(), who["platform"].to_pylist(), strict=True)
    at = {pair: i for i, pair in enumerate(pairs)}
    wanted = {at[pick.creator_id, pick.platform]: pick.package for pick in reversed(plan.picks)}
    offers = question.offers
    mine = np.flatnonzero(np.isin(offers.creator, list(wanted)))
    return np.array([row for row in mine.tolist() if wanted[int(offers.creator[row])] == offers.package[row]], np.int64)


def _candidates(question: Question, chosen: Rows, plan: Plan) -> Rows:
    """Offers worth trying: the best per ranking, that fit into what is left and the dearest pick together."""
    offers, basis = question.offers, question.problem.basis
    room = round(100 * (plan.budget - plan.spent)) + int(offers.cost[chosen].max(initial=0))
    may = question.problem.may & (offers.cost <= room) & ~np.isin(offers.creator, offers.creator[chosen])
    rows = np.flatnonzero(may)
    alone = basis.profile[rows, -1] * basis.pull[offers.creator[rows]]
    ranked = [rows[np.lexsort((rows, -score))][:LOOKED_AT] for score in (alone, alone / offers.cost[rows])]
    return np.unique(np.concatenate(ranked)).astype(np.int64)


def _distinct(question: Question, given: Given, best: list[tuple[float, int]]) -> tuple[Spare, ...]:
    """The first offer of each creator, as a spare."""
    found: dict[int, Spare] = {}
    for gain, row in best:
        creator = int(question.offers.creator[row])
        if creator not in found and len(found) < KEPT:
            found[creator] = _spare(question, given, row, gain)
    return tuple(found.values())


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
