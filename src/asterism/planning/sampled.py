"""What the certificate says of everybody, where the plan was found on a sample of people.

A search finds what the people of its panel happen to favour, so the plan's value on them is too high; and the bound
holds for them alone. `sampling` corrects both.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from asterism.audience.samples import Samples
from asterism.audience.sampling import total_error
from asterism.audience.transpose import transpose
from asterism.planning import _kernels
from asterism.planning.alternatives import TWO_PHASE, Chosen
from asterism.planning.certificate import Sampling
from asterism.planning.lagrangian import Limits, Modular
from asterism.planning.offers import Offers
from asterism.planning.phases import BUYING, by_creator, missed, primed_offers
from asterism.planning.problem import Problem
from asterism.planning.question import Question

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

CONFIDENCE: Final = 0.9
"""Chance that both ends of the certificate hold."""
KNOWN: Final = tuple(i / 10 for i in range(11))
"""Parts of the sum of audiences that the error of a set's value is measured against."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its standard error, from so many people."""

    value: float
    error: float
    people: int


def sampling(judged: Estimate, upper: float, error: float, confidence: float = CONFIDENCE) -> Sampling:
    """What the plan is worth at least and what no plan exceeds, both at once with the given confidence.

    With δ = 1 − confidence and z the normal quantile of 1 − δ / 2, value − z · its error is too high with chance δ / 2.
    The best set T* of everybody is fixed, whatever the panel, so its value on the panel is off by `error` at most; and
    that value is at most `upper`, the proven bound for the people on the panel. Hence upper + z · error is too low with
    chance δ / 2, and one of both fails with chance δ at most (Bonferroni).

    Parameters
    ----------
    judged
        The plan on a panel that is independent of the one it was found on: see `on_second_panel`.
    upper
        The proven bound on the panel the plan was found on.
    error
        The largest standard error of any set's value there: see `largest_error`.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    low, most = judged.value - z * judged.error, upper + z * error
    return Sampling(confidence, judged.value, low, max(most, low), judged.people)


def on_second_panel(question: Question, second: Samples, chosen: Chosen) -> Estimate:
    """The value of a chosen set on another panel, and its standard error there."""
    offers, objective = question.offers, question.objective
    rows = chosen.offers
    if chosen.name == TWO_PHASE and objective.goal in BUYING:
        outcome = sold(second, offers, chosen, question.priming)
    else:
        outcome = _counted(second, offers, rows, objective.profile(offers))
    outcome = second.worth * outcome
    people, error = float(second.weight @ outcome), total_error(second, offers.creator[rows], outcome)
    cost = objective.per_cent * int(offers.cost[rows].sum())
    return Estimate(objective.per_result * people - cost, abs(objective.per_result) * error, second.n_people)


def sold(samples: Samples, offers: Offers, chosen: Chosen, priming: float) -> Floats:
    """Chance that each sampled person buys from a campaign of two phases, (n_people,): b + (1 − r) f + (r − b) f′."""

    def by(rows: Rows, chance: Floats) -> Floats:
        return 1.0 - missed(samples, by_creator(offers, rows, chance, samples.n_creators))

    reached, bought = by(chosen.opened, offers.reach), by(chosen.opened, offers.buy)
    fresh, primed = by(chosen.followed, offers.buy), by(chosen.followed, primed_offers(offers, priming).buy)
    return np.asarray(bought + (1.0 - reached) * fresh + np.maximum(reached - bought, 0.0) * primed)


def _counted(samples: Samples, offers: Offers, rows: Rows, profile: Floats) -> Floats:
    """Chance that each sampled person counts for the goal, (n_people,)."""
    links = transpose(samples)
    exactly = np.zeros((samples.n_people, profile.shape[1]))
    exactly[:, 0] = 1.0
    for row in rows:
        both = _kernels.Links(links.start, links.person, links.chance)
        _kernels.expose_people(exactly, both, int(offers.creator[row]), profile[row])
    return np.asarray(1.0 - exactly.sum(axis=1))


def largest_error(problem: Problem) -> float:
    """No feasible set's value on the panel has a larger standard error than this.

    The panel is calibrated to the audience sizes, so every part β of the sum of audiences is known without error, and
    the variance of a set's value is that of e = y − β Σ q over its offers: Σ weight (weight − 1) worth² e², with y a
    person's chance to count and a = Σ q the sum of single chances. As 1 − exp(−a) ≤ y ≤ min(a, 1), or 0 ≤ y for
    effective reach, e² ≤ a · s for a person whom all offers together give a ≤ A, where

        s = max of (1 − β)² min(A, 1), (1 − βA)² / A if A > 1, and max(βA − 1 + exp(−A), 0)² / A.

    Both e² / a below 1 and the last term rise with a, (1 − βa)² / a has its maximum at an end. That makes a modular
    majorant of the variance, whose greatest value under the limits `Limits.least_dual` bounds; the β that proves least
    is taken.

    References
    ----------
    Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 6.6.
    """
    samples, offers, limits = problem.samples, problem.offers, Limits.of(problem)
    single = _single(problem)
    links = csr_array((samples.chance, samples.link, samples.start), shape=(samples.n_people, samples.n_creators))
    most = links @ _strongest(problem, single)
    spread = samples.weight * np.maximum(samples.weight - 1.0, 0.0) * samples.worth**2
    sure_to_rise = problem.objective.depth == 1
    variances = []
    for known in KNOWN:
        pull = links.T @ (spread * slope(most, known, sure_to_rise))
        variances.append(limits.least_dual(Modular(0.0, single * pull[offers.creator])).upper)
    return abs(problem.objective.per_result) * float(np.sqrt(max(min(variances), 0.0)))


def slope(most: Floats, known: float, sure_to_rise: bool) -> Floats:
    """The largest e² / a over 0 < a ≤ `most` (n,); see `largest_error`. `sure_to_rise` says y ≥ 1 − exp(−a).

    >>> slope(np.array([0.5, 3.0]), 0.0, True).tolist()
    [0.5, 1.0]
    """
    above_one = np.maximum(most, 1.0)
    few, many = (1 - known) ** 2 * np.minimum(most, 1.0), (1 - known * above_one) ** 2 / above_one
    lack = known * most - (-np.expm1(-most) if sure_to_rise else 0.0)
    return np.asarray(
        np.maximum(np.maximum(few, many * (most > 1)), np.maximum(lack, 0) ** 2 / np.maximum(most, 1e-300))
    )


def _single(problem: Problem) -> Floats:
    """Σ over exposures min(n, k) / k · P(n): the most one offer adds to a person's chance to count, (n_offers,)."""
    profile = problem.objective.profile(problem.offers)
    depth = profile.shape[1]
    return np.asarray(profile @ (np.arange(1, depth + 1) / depth))


def _strongest(problem: Problem, single: Floats) -> Floats:
    """The largest single chance among the offers of each creator that may be bought, (n_creators,)."""
    strongest = np.zeros(problem.samples.n_creators)
    may = problem.may
    np.maximum.at(strongest, problem.offers.creator[may], single[may])
    return strongest
