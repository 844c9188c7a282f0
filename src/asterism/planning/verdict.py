"""Micro? Macro? Both? Every alternative at the same budget, judged on common draws."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.brief import Brief
from asterism.planning.alternatives import MIXED, TWO_PHASE, Chosen
from asterism.planning.draws import CommonDraws, factor
from asterism.planning.objective import Outcomes, values_on_draws
from asterism.planning.phases import BUYING, left_by
from asterism.planning.plan import Alternative
from asterism.planning.question import Question
from asterism.planning.reasons import GOAL_WORDS, TierFacts, pros_and_cons
from asterism.quantities import Interval, figure

WITHIN: Final = 0.03
"""Alternatives this near to the best count as equal, and the simpler one wins."""
TOO_OFTEN: Final = 0.35
"""A single tier that beats the leader in more than this part of the draws makes the verdict too close to call."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One alternative on the common draws; `value` (n_draws,) is in people, or money for profit."""

    chosen: Chosen
    outcomes: Outcomes | None
    value: NDArray[np.float64]

    @property
    def mean(self) -> float:
        """The mean value; −∞ for an empty alternative, which cannot win."""
        return float(self.value.mean()) if self.outcomes is not None else -np.inf


def judge(question: Question, chosen: Chosen, luck: CommonDraws) -> Judged:
    """An alternative's outcomes in every draw."""
    if chosen.why_empty is not None:
        return Judged(chosen, None, np.zeros(luck.n))
    outcomes = _outcomes(question, chosen, luck)
    goal = question.objective.goal
    return Judged(chosen, outcomes, outcomes.of(goal) / (100.0 if goal == "profit" else 1.0))


def _outcomes(question: Question, chosen: Chosen, luck: CommonDraws) -> Outcomes:
    offers, objective = question.offers, question.objective
    samples = question.samples.only(offers.creator[chosen.offers])
    together = values_on_draws(
        samples, offers, chosen.offers, objective, luck.of(offers, chosen.offers, samples.n_variants)
    )
    if not chosen.opened.size or objective.goal not in BUYING:
        return together
    buyers = _buyers(question, samples, chosen, luck)
    return replace(together, conversions=buyers, profit=objective.margin_cents * buyers - together.cost)


def _buyers(question: Question, samples: Samples, chosen: Chosen, luck: CommonDraws) -> NDArray[np.float64]:
    """Buyers of both phases per draw, (n_draws,); the priming factor is in doubt like every other rate."""
    offers, entry = question.offers, question.priors.entry("priming")
    fresh, met = left_by(samples, offers, chosen.opened)
    primed = entry.value * factor(luck.normal("priming"), entry.sd)
    found = np.zeros(luck.n)
    for people, rows, lift in (
        (samples, chosen.opened, np.ones(luck.n)), (fresh, chosen.followed, np.ones(luck.n)),
        (met, chosen.followed, primed),
    ):  # fmt: skip
        draws = luck.of(offers, rows, samples.n_variants)
        draws = replace(draws, buy=draws.buy * lift[:, None])
        found += values_on_draws(people, offers, rows, question.objective, draws).conversions
    return found


def simplest_good(values: Mapping[str, float]) -> str:
    """The simplest alternative within 3% of the best: one tier before mixed before two-phase.

    >>> simplest_good({"micro": 98.0, "macro": 60.0, "mixed": 100.0, "two_phase": 99.0})
    'micro'
    """
    best = max(values.values())
    good = {name: v for name, v in values.items() if v >= best - WITHIN * abs(best)}
    single = {name: v for name, v in good.items() if name not in (MIXED, TWO_PHASE)}
    if single:
        return max(single, key=lambda name: single[name])
    return MIXED if MIXED in good else TWO_PHASE


def leader_of(judged: Mapping[str, Judged]) -> str:
    """The single tier with the best mean; the winner's name where no single tier has a plan."""
    single = {name: j.mean for name, j in judged.items() if name not in (MIXED, TWO_PHASE)}
    best = max(single, key=lambda name: single[name])
    return best if single[best] > -np.inf else simplest_good({n: j.mean for n, j in judged.items()})


def is_too_close(judged: Mapping[str, Judged], leader: str) -> str | None:
    """The single tier that is within 3% of the leader or beats it too often, None if there is none."""
    first = judged[leader]
    for name, other in judged.items():
        if name in (leader, MIXED, TWO_PHASE) or other.outcomes is None or first.outcomes is None:
            continue
        near = other.mean >= first.mean - WITHIN * abs(first.mean)
        if near or float((other.value > first.value).mean()) > TOO_OFTEN:
            return name
    return None


def chances_best(judged: Mapping[str, Judged]) -> dict[str, float]:
    """Each alternative's share of draws with the highest value, ties to the simpler."""
    alive = [name for name, j in judged.items() if j.outcomes is not None]
    values = np.stack([judged[name].value for name in alive], axis=1)
    best = values.max(axis=1, keepdims=True)
    first = np.argmax(values >= best - 1e-9 * np.abs(best), axis=1)
    share = np.bincount(first, minlength=len(alive)) / values.shape[0]
    return dict.fromkeys(judged, 0.0) | dict(zip(alive, share.tolist(), strict=True))


def alternatives(judged: Mapping[str, Judged], facts: dict[str, TierFacts], brief: Brief) -> tuple[Alternative, ...]:
    """Every alternative with its value, cost, chance of being best, pros and cons."""
    chance = chances_best(judged)
    return tuple(_alternative(name, j, chance[name], facts, brief) for name, j in judged.items())


def _alternative(name: str, judged: Judged, chance: float, facts: dict[str, TierFacts], brief: Brief) -> Alternative:
    empty = judged.outcomes is None
    value = Interval.exactly(0.0) if empty else Interval.of_draws(judged.value)
    cost = judged.chosen.cost / 100
    pros, cons = _both(name) if name in (MIXED, TWO_PHASE) else pros_and_cons(name, facts, brief)
    return Alternative(
        name,
        value,
        cost,
        cost / value.mean if value.mean > 0 else None,
        int(judged.chosen.offers.size),
        chance,
        pros,
        cons,
        judged.chosen.why_empty,
    )


def _both(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if name == MIXED:
        return ("never worse on paper than any single tier, since it may choose from all",), (
            "several kinds of contract, brief and supervision at once",)  # fmt: skip
    return ("people who saw the opening buy more readily, by a stated factor",), (
        "rests on that factor, which few have measured", "takes the weeks of both phases",)  # fmt: skip


def sentence(judged: Mapping[str, Judged], winner: str, leader: str, rival: str | None, brief: Brief) -> str:
    """The decision in plain words, with its range and the runner-up's."""
    if rival is not None:
        return (
            f"Too close to call between {leader} and {rival}: {_range(judged[leader], brief)} against "
            f"{_range(judged[rival], brief)}. Test both: {_test(brief)}."
        )
    best = judged[winner]
    rest = {n: j for n, j in judged.items() if n not in (winner, MIXED, TWO_PHASE) and j.outcomes is not None}
    second = max(rest, key=lambda n: rest[n].mean, default=None)
    against = f" against {_range(rest[second], brief)} for {second} alone" if second else ""
    return f"{_named(winner)} at this budget: {_range(best, brief)}{against}."


def _named(winner: str) -> str:
    if winner == MIXED:
        return "A mix of tiers wins"
    if winner == TWO_PHASE:
        return "An opening and a follow-up win"
    return f"{winner.capitalize()} creators win"


def _range(judged: Judged, brief: Brief) -> str:
    value = Interval.of_draws(judged.value)
    if brief.goal == "profit":
        return f"{figure(value.mean)} {brief.budget.currency} of profit ({figure(value.low)}–{figure(value.high)})"
    return f"{figure(value.mean)} {GOAL_WORDS[brief.goal]} ({figure(value.low)}–{figure(value.high)})"


def _test(brief: Brief) -> str:
    fifth = float(brief.budget.amount) / 10
    what = "buyer" if brief.goal in BUYING else "result"
    return f"spend {fifth:,.0f} {brief.budget.currency} on each for two weeks and compare the cost per {what}"
