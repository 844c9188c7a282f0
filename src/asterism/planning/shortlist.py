"""A smaller question with nearly the same answers: the creators that could matter at any budget."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.samples import Samples
from asterism.audience.transpose import transpose
from asterism.planning.question import Question

PER_TIER: Final = 40
"""Creators kept per tier and ranking, at least; `max_creators` where that is more."""
PLACES: Final = (0.0, 0.01, 0.1, 1.0)
"""Prices of a place, as parts of the budget, by which creators are ranked besides by gain alone."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A smaller question, and the rows its offers have in the full one, (n_offers,) ascending."""

    question: Question
    rows: NDArray[np.int64]

    def full(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of the full question for rows of the smaller one."""
        return self.rows[chosen]

    def short(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of the smaller question for rows of the full one; creators left out are missing."""
        kept = chosen[np.isin(chosen, self.rows)]
        return np.searchsorted(self.rows, kept)


def shortlist(question: Question) -> Shortlist:
    """The question with, per tier, only the creators of highest gain, or gain per cost at several prices of a place.

    Of several models of the audience only the middle one is kept. Gains are those of a creator alone, so an overlap
    can make the full question's answer a little better: good for asking a hundred variations of a question, and
    never used for the plan itself.
    """
    keep = _kept(question)
    samples, offers = _of_creators(question.samples, keep), question.offers
    rows = np.flatnonzero(np.isin(offers.creator, keep))
    column = np.full(question.samples.n_creators, -1, dtype=np.int32)
    column[keep] = np.arange(keep.size)
    few = offers.only(rows)
    limits = question.constraints
    constraints = replace(
        limits,
        include=tuple(int(column[c]) for c in limits.include),
        exclude=tuple(int(column[c]) for c in limits.exclude if column[c] >= 0),
    )
    problem = replace(
        question.problem,
        samples=samples,
        by_creator=transpose(samples),
        offers=replace(few, creator=column[few.creator]),
        constraints=constraints,
        prepared=None,
    )
    return Shortlist(Question.of(problem, question.brief, question.priors), rows)


def _kept(question: Question) -> NDArray[np.int64]:
    ready, offers = question.problem.basis, question.offers
    gain = ready.profile[:, -1] * ready.pull[offers.creator]
    may, budget = question.problem.may, question.constraints.budget_cents
    many = max(PER_TIER, question.constraints.max_creators)
    kept = [np.array(question.constraints.include, dtype=np.int64)]
    for tier in range(len(offers.tiers)):
        rows = np.flatnonzero(may & (offers.tier == tier))
        scores = (gain[rows], *(gain[rows] / (offers.cost[rows] + p * budget) for p in PLACES))
        kept += [_best(offers.creator[rows], score, many) for score in scores]
    return np.unique(np.concatenate(kept))


def _best(creator: NDArray[np.int32], score: NDArray[np.float64], many: int) -> NDArray[np.int64]:
    """The first `many` distinct creators by falling score."""
    ordered = creator[np.lexsort((creator, -score))]
    first = np.sort(np.unique(ordered, return_index=True)[1])[:many]
    return ordered[first].astype(np.int64)


def _of_creators(samples: Samples, keep: NDArray[np.int64]) -> Samples:
    """The middle model's people with only the columns in `keep`, ascending; people nobody kept reaches are left out."""
    few = samples.only(keep)
    middle = np.flatnonzero(few.variant == few.n_variants // 2)
    column = np.full(samples.n_creators, -1, dtype=np.int32)
    column[keep] = np.arange(keep.size)
    count = np.diff(few.start)[middle]
    stays = np.repeat(few.variant == few.n_variants // 2, np.diff(few.start))
    return replace(
        few,
        creators=tuple(samples.creators[c] for c in keep),
        weight=few.weight[middle] * few.n_variants,
        worth=few.worth[middle],
        variant=np.zeros(middle.size, dtype=np.int16),
        n_variants=1,
        start=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        link=column[few.link[stays]],
        chance=few.chance[stays],
        rung=samples.rung[keep],
        sizes=samples.sizes[keep],
    )
