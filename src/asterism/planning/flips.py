"""Where the answer flips: the budget, the number of creators, the price at which another alternative wins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from asterism.planning.alternatives import MIXED, TWO_PHASE, Chosen, compare
from asterism.planning.phases import opening_tiers
from asterism.planning.plan import CurvePoint, Flip
from asterism.planning.question import Question
from asterism.planning.shortlist import shortlist
from asterism.planning.verdict import simplest_good

BUDGETS: Final = (0.1, 0.25, 0.5, 2.0, 4.0, 10.0)
"""Budgets tried, as multiples of the brief's."""
SLOTS: Final = (1, 3, 8, 20, 40, 80, 160, 320)
FEES: Final = (0.25, 0.5, 0.75, 1.5, 2.0, 4.0)
STEPS: Final = 3
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
class Asked:
    """Answers to one lever's settings; each is asked once."""

    lever: Lever
    answers: dict[float, dict[str, Chosen]]

    def at(self, setting: float) -> dict[str, Chosen]:
        """Every alternative at a setting."""
        if setting not in self.answers:
            self.answers[setting] = compare(self.lever.asked(setting))
        return self.answers[setting]

    def winner(self, setting: float) -> str:
        """The winner at a setting, empty where there is no plan at all."""
        return _winner(self.at(setting))


@dataclass(frozen=True, slots=True)
class Explored:
    """The flips found, and the budget–result curve that was computed on the way."""

    flips: tuple[Flip, ...]
    curve: tuple[CurvePoint, ...]


def explore(question: Question, tell: Tell) -> Explored:
    """The nearest flip of each lever in either direction, and the value of every alternative along the budget.

    Values here are those on mean rates, by a greedy search without swaps over the shortlist; winners are by the 3%
    rule. Where two alternatives are as near as that, today's winner can be another than the plan's.
    """
    sketch = sketched(question)
    today = compare(sketch)
    winner = _winner(today)
    flips: list[Flip] = []
    curve: list[CurvePoint] = []
    for i, lever in enumerate(levers(sketch, winner)):
        tell("Looking for flips", 0.4 + 0.15 * i)
        asked = Asked(lever, {lever.now: today})
        if lever.what == "budget":
            per_unit = 100.0 if question.objective.goal == "profit" else 1.0
            curve = [point for at in (lever.now, *lever.settings) for point in _points(at, asked.at(at), per_unit)]
        flips += [flip for side in (-1, 1) if (flip := _nearest(asked, side, winner)) is not None]
    return Explored(tuple(flips), tuple(sorted(curve, key=lambda p: (p.budget, p.alternative))))


def sketched(question: Question) -> Question:
    """The question over the shortlist, searched without swaps: quick enough to be asked a hundred times."""
    short = shortlist(question).question
    return replace(short, problem=replace(short.problem, swap_work=0), sketch=True)


def _winner(answer: dict[str, Chosen]) -> str:
    values = {name: chosen.value for name, chosen in answer.items() if chosen.why_empty is None}
    return simplest_good(values) if values else ""


def _points(budget: float, answer: dict[str, Chosen], per_unit: float) -> list[CurvePoint]:
    """What each alternative brings, in people, or for profit in money."""
    return [CurvePoint(budget, name, c.value / per_unit) for name, c in answer.items() if c.why_empty is None]


def _nearest(asked: Asked, side: int, winner: str) -> Flip | None:
    """The first change of winner going up (side 1) or down (−1), narrowed by bisection on a log scale."""
    lever = asked.lever
    near: float = lever.now
    for at in _outwards(lever.settings, lever.now, side):
        if asked.winner(at) not in (winner, ""):
            return _narrowed(asked, near, at, winner)
        near = at
    return None


def _outwards(settings: Sequence[float], now: float, side: int) -> list[float]:
    return sorted((s for s in settings if (s - now) * side > 0), key=lambda s: abs(np.log(s / now)))


def _narrowed(asked: Asked, same: float, other: float, winner: str) -> Flip:
    for _ in range(STEPS):
        middle = float(f"{np.sqrt(same * other):.3g}")
        if asked.lever.what == "max_creators":
            middle = float(round(middle))
        if middle in (same, other):
            break
        if asked.winner(middle) in (winner, ""):
            same = middle
        else:
            other = middle
    return Flip(asked.lever.what, other, asked.winner(other))
