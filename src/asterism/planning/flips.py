"""Where the answer flips: the budget, the number of creators, the price at which another alternative wins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from asterism.planning.alternatives import MIXED, TWO_PHASE, Chosen, Question, compare
from asterism.planning.phases import opening_tiers
from asterism.planning.plan import CurvePoint, Flip
from asterism.planning.verdict import simplest_good

BUDGETS: Final = (0.1, 0.25, 0.5, 2.0, 4.0, 10.0)
"""Budgets tried, as multiples of the brief's."""
SLOTS: Final = (1, 2, 3, 5, 8, 12, 20, 40, 80, 160, 320)
FEES: Final = (0.25, 0.5, 0.75, 1.5, 2.0, 4.0)
STEPS: Final = 4
"""Bisections of a bracket that holds a flip."""

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to vary: its name, today's setting, the settings to try, and the question at a setting."""

    what: str
    now: float
    settings: tuple[float, ...]
    asked: Callable[[float], Question]


def levers(question: Question, winner: str) -> tuple[Lever, ...]:
    """Budget, `max_creators` and price; the price is a factor on the fees of the winner's tiers.

    For mixed and two-phase it is a factor on the fees of the tiers that open (macro and above).
    """
    budget, most = question.constraints.budget_cents, question.constraints.max_creators
    tiers = opening_tiers(question.brief.tiers) if winner in (MIXED, TWO_PHASE) else (winner,)
    slots = tuple(float(s) for s in SLOTS if s != most)
    return (
        Lever("budget", budget / 100, tuple(budget / 100 * f for f in BUDGETS),
              lambda at: question.with_budget(round(at * 100))),
        Lever("max_creators", most, slots, lambda at: question.with_slots(round(at))),
        Lever("price", 1.0, FEES, lambda at: question.with_fees(tiers, at)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explored:
    """The flips found, and the budget–result curve that was computed on the way."""

    flips: tuple[Flip, ...]
    curve: tuple[CurvePoint, ...]


def explore(question: Question, found: dict[str, Chosen], tell: Tell) -> Explored:
    """The nearest flip of each lever in either direction, and the value of every alternative along the budget.

    Values here are those on mean rates and winners are by the 3% rule; `found` is the answer at today's settings.
    """
    flips: list[Flip] = []
    winner = _winner(found)
    curve = _points(question.constraints.budget_cents / 100, found)
    for i, lever in enumerate(levers(question, winner)):
        tell("Looking for flips", 0.4 + 0.15 * i)
        tried = {at: _ask(lever, at) for at in lever.settings}
        if lever.what == "budget":
            curve += [point for at, answer in tried.items() for point in _points(at, answer)]
        winners = {at: _winner(answer) for at, answer in tried.items() if _winner(answer)}
        flips += [flip for side in (-1, 1) if (flip := _nearest(lever, winners, side, winner)) is not None]
    return Explored(tuple(flips), tuple(sorted(curve, key=lambda p: (p.budget, p.alternative))))


def _ask(lever: Lever, at: float) -> dict[str, Chosen]:
    return compare(lever.asked(at))


def _winner(answer: dict[str, Chosen]) -> str:
    values = {name: chosen.value for name, chosen in answer.items() if chosen.why_empty is None}
    return simplest_good(values) if values else ""


def _points(budget: float, answer: dict[str, Chosen]) -> list[CurvePoint]:
    return [CurvePoint(budget, name, c.value) for name, c in answer.items() if c.why_empty is None]


def _nearest(lever: Lever, winners: dict[float, str], side: int, winner: str) -> Flip | None:
    """The first change of winner going up (side 1) or down (−1), narrowed by bisection on a log scale."""
    near: float = lever.now
    for at in _outwards(list(winners), lever.now, side):
        if winners[at] != winner:
            return _narrowed(lever, near, at, winner, winners[at])
        near = at
    return None


def _outwards(settings: Sequence[float], now: float, side: int) -> list[float]:
    return sorted((s for s in settings if (s - now) * side > 0), key=lambda s: abs(np.log(s / now)))


def _narrowed(lever: Lever, same: float, other: float, winner: str, to: str) -> Flip:
    for _ in range(STEPS):
        middle = float(np.sqrt(same * other))
        if lever.what == "max_creators":
            middle = float(round(middle))
            if middle in (same, other):
                break
        found = _winner(_ask(lever, middle))
        same, other, to = (middle, other, to) if found in (winner, "") else (same, middle, found)
    return Flip(lever.what, _rounded(other), to)


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
