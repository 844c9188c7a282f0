"""Branch and bound: the best set, or the least bound that the effort allows to prove."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import WrongUsage
from asterism.planning.cuts import Relaxed
from asterism.planning.parts import Judged, Part, fitting, halves, judged, whole
from asterism.planning.problem import Problem
from asterism.planning.reduced import CENT, Reduced
from asterism.planning.relaxation import relax
from asterism.planning.search import Selection, plan_set

Rows = NDArray[np.int64]
Clock = Callable[[], float]

BRANCHED: Final = "branch and bound on the concave relaxation over people"
TURNS: Final = 3
"""Times a part is relaxed anew because offers were settled."""
SETTLED: Final = 0.1
"""Part of the free offers that must have been settled for that."""
LEAST: Final = 20
"""Visits per link without which it is no use to begin with a part."""
ENDLESS: Final = np.iinfo(np.int64).max // 4
EQUAL: Final = 1e-9
"""Sets whose values differ by a smaller part count as equally good."""


@dataclass(frozen=True, slots=True)
class Branched:
    """What branch and bound found.

    Parameters
    ----------
    offers
        Rows of the best set met, ascending, int64 (n_chosen,).
    value, upper
        What it is worth, and a proven bound on every set that keeps the limits, in the objective's units.
    closed
        Whether nothing is left to look at: no set is better by more than the part `EQUAL`.
    parts
        How many parts of the problem were looked at.
    visits
        Link visits spent.
    """

    offers: Rows
    value: float
    upper: float
    closed: bool
    parts: int
    visits: int


def branch(
    problem: Problem, chosen: Rows, work: int, guide: Relaxed | None = None, clock: Clock | None = None
) -> Branched:
    """The best set and the least proven bound that best-first branch and bound finds from `chosen`.

    The problem is split at one offer after the other, into the sets that hold it and those that do not; the part with
    the greatest bound comes first. A part's bound is the concave relaxation of what its taken offers leave, started
    from the prices of the part it came from; it also settles offers whose other choice leads nowhere (reduced costs).
    So the greatest bound of the open parts holds for every set, whenever one stops: after about `work` link visits,
    or when `clock`, which gives the seconds left, comes to 0. Without a clock the same work gives the same answer.

    Raises
    ------
    WrongUsage
        The goal counts people by their second or later exposure.

    References
    ----------
    Land and Doig 1960, doi:10.2307/1910129.
    """
    if problem.objective.depth > 1:
        raise WrongUsage("Branch and bound counts people once.", "Bound effective reach with `bound.upper`.")
    tree = _Tree(Reduced.of(problem), chosen)
    if tree.reduced.rows.size:
        relaxed = relax(problem, chosen, min(work // 4, problem.proof_work), guide)
        tree.plant(whole(tree.reduced, relaxed, problem.constraints.max_creators))
        tree.grow(work, clock)
    return tree.found()


def bettered(problem: Problem, selection: Selection) -> tuple[Selection, float]:
    """The selection made better by branch and bound, and a bound on every set; as it is and ∞ where that is no use.

    It takes `problem.branch_work` link visits, or the time that `problem.clock` leaves.
    """
    work = problem.branch_work if problem.clock is None else ENDLESS
    if work <= 0 or problem.objective.depth > 1 or not selection.offers.size:
        return selection, np.inf
    found = branch(problem, selection.offers, work, selection.guide, problem.clock)
    if not found.closed and not found.parts:
        return selection, np.inf
    if found.value <= selection.value + EQUAL * abs(selection.value):
        return selection, max(found.upper, selection.value)
    among = np.isin(np.arange(len(problem.offers)), found.offers)
    ordered = plan_set(replace(problem.under(problem.constraints, among), swap_work=0))
    if ordered.value <= selection.value:  # greedy stops before a set that loses at first
        return selection, found.upper
    return replace(ordered, why_stopped=selection.why_stopped, guide=selection.guide), found.upper


class _Tree:
    """The parts that are still open, the greatest bound first, and the best set so far."""

    __slots__ = ("best", "born", "heap", "looked", "reduced", "value", "visits")

    def __init__(self, reduced: Reduced, chosen: Rows) -> None:
        self.reduced = reduced
        self.best = np.searchsorted(reduced.rows, np.sort(chosen)).astype(np.int64)
        self.value = reduced.value(self.best) if self._keeps_limits(self.best) else -np.inf
        self.heap: list[tuple[float, int, Part]] = []
        self.born = self.looked = self.visits = 0

    @property
    def target(self) -> float:
        """A part whose bound is no more than this is closed."""
        return self.value + EQUAL * abs(self.value) if np.isfinite(self.value) else self.value

    @property
    def is_closed(self) -> bool:
        """Whether no open part can hold a better set."""
        return not self.heap or -self.heap[0][0] <= self.target

    def found(self) -> Branched:
        """What is known now."""
        upper = self.target if self.is_closed else -self.heap[0][0]
        rows = self.reduced.rows[np.sort(self.best)]
        return Branched(rows, self.value, upper, self.is_closed, self.looked, self.visits)

    def plant(self, root: Judged) -> None:
        """Open the whole problem without the offers that its relaxation rules out."""
        part = root.narrowed(self.reduced, self.target)
        if part.bound > self.target:
            self._open(part)

    def grow(self, work: int, clock: Clock | None) -> None:
        """Look at the part with the greatest bound until none is open or the effort is spent."""
        while not self.is_closed and self.visits < work and (clock is None or clock() > 0.0):
            part = heapq.heappop(self.heap)[2]
            if LEAST * self.reduced.links_of(part.free) > work - self.visits:
                self._open(part)
                break
            left = self._settled(part, work)
            self.looked += 1
            if left is None:
                continue
            self._round(left)
            for half in halves(self.reduced, left):
                self._open(half)

    def _open(self, part: Part) -> None:
        self.born += 1  # of equal bounds the newest comes first, which is the deepest
        heapq.heappush(self.heap, (-part.bound, -self.born, part))

    def _settled(self, part: Part, work: int) -> Part | None:
        """The part relaxed and narrowed; None where it holds nothing better than is known."""
        for _ in range(TURNS):
            fit = fitting(self.reduced, part)
            if fit is None or not self._has_choice(fit):
                return None
            relaxed = judged(self.reduced, fit, self.target, work - self.visits)
            self.visits += relaxed.visits
            part = relaxed.part
            if part.bound > self.target:
                part = relaxed.narrowed(self.reduced, self.target)
            if part.bound <= self.target:
                return None
            if part.free.size and fit.free.size - part.free.size < SETTLED * fit.free.size:
                break
        return part if self._has_choice(part) else None

    def _has_choice(self, part: Part) -> bool:
        if not part.free.size and not part.musts:
            self._try(part.taken)
        return part.free.size > 0

    def _round(self, part: Part) -> None:
        """Try the set that takes offers by their shares, as long as they fit."""
        reduced, taken, room = self.reduced, part.taken.tolist(), self.reduced.room_beside(part.taken)
        creators = set(reduced.creator[part.taken].tolist())
        for offer in part.free[np.argsort(-part.shares, kind="stable")].tolist():
            creator, use = int(reduced.creator[offer]), reduced.use[:, offer]
            if creator not in creators and ((use <= room + CENT) | (use <= 0.0)).all():
                creators.add(creator)
                taken.append(offer)
                room = room - use
        self._try(np.array(taken, dtype=np.int64))

    def _try(self, taken: Rows) -> None:
        """Keep a set if it is better and keeps the limits."""
        value = self.reduced.value(taken)
        if value > self.value and self._keeps_limits(taken):
            self.best, self.value = taken, value

    def _keeps_limits(self, taken: Rows) -> bool:
        asked = self.reduced.musts <= set(self.reduced.creator[taken].tolist())
        return asked and bool((self.reduced.room_beside(taken) >= -CENT).all())
