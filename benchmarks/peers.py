"""What other libraries make of the same instances. Each is judged by our own count of the people its choice covers.

None of them is needed to use or test Asterism: `make bench` installs them into an environment of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cover:
    """A budgeted coverage instance: the people of each creator, what people weigh and creators cost."""

    start: Ints
    person: Ints
    weight: Ints
    cost: Ints
    budget: int

    @classmethod
    def of(cls, people: Ints, creators: Ints, weight: Ints, cost: Ints, budget: int) -> "Cover":
        order = np.argsort(creators, kind="stable")
        start = np.searchsorted(creators[order], np.arange(cost.size + 1))
        return cls(start, people[order], weight, cost, budget)

    @property
    def audiences(self) -> list[Ints]:
        return np.split(self.person, self.start[1:-1])

    def value(self, chosen: list[int]) -> int:
        """Weight of the people covered at least once."""
        covered = np.zeros(self.weight.size, dtype=bool)
        for one in chosen:
            covered[self.person[self.start[one] : self.start[one + 1]]] = True
        return int(self.weight[covered].sum())

    @property
    def scale(self) -> float:
        """Both greedy libraries refuse a budget above the number of items, so money is measured in other coins."""
        return 0.99 * self.cost.size / self.budget


@dataclass(frozen=True)
class Answer:
    """What a peer chose: weight covered, CPU seconds, and the gap it proved, if any."""

    value: int
    seconds: float
    gap: float | None = None


def submodlib(cover: Cover) -> Answer:
    """Lazy greedy by gain per cost of submodlib's `SetCoverFunction` (C++)."""
    from submodlib import SetCoverFunction

    def choose() -> list[int]:
        cost, budget = cover.cost * cover.scale, cover.budget * cover.scale
        covered = [set(people.tolist()) for people in cover.audiences]
        function = SetCoverFunction(cover.cost.size, covered, cover.weight.size, cover.weight.astype(float).tolist())
        found = function.maximize(budget, "LazyGreedy", True, True, 0.1, False, False, cost.tolist(), True)
        return [int(one) for one, _ in found]

    return _timed(cover, choose)


def apricot(cover: Cover) -> Answer:
    """Lazy greedy by gain per cost of apricot's `MaxCoverageSelection`, on a sparse matrix."""
    from apricot import MaxCoverageSelection
    from scipy.sparse import csr_matrix

    def choose() -> list[int]:
        links = np.ones(cover.person.size)
        shape = (cover.cost.size, cover.weight.size)
        matrix = csr_matrix((links, cover.person, cover.start), shape=shape).multiply(cover.weight[None, :]).tocsr()
        selection = MaxCoverageSelection(cover.cost.size, float(cover.weight.max()), optimizer="lazy")
        selection.fit(matrix, sample_cost=cover.cost * cover.scale)
        spent = np.cumsum(cover.cost[selection.ranking])
        return [int(one) for one in selection.ranking[spent <= cover.budget]]

    return _timed(cover, choose)


def highs(cover: Cover, seconds: float) -> Answer:
    """The exact program of HiGHS: one 0/1 variable per creator, one in [0, 1] per person, a time limit."""
    from highspy import Highs, HighsLp, MatrixFormat

    n, m = cover.cost.size, cover.weight.size
    people = np.argsort(cover.person, kind="stable")
    creator = np.repeat(np.arange(n), np.diff(cover.start))[people]
    begin = np.searchsorted(cover.person[people], np.arange(m + 1))
    ends = begin[1:] + np.arange(1, m + 1)
    index = np.insert(creator, begin[1:], n + np.arange(m))
    coefficient = np.insert(-np.ones(creator.size), begin[1:], 1.0)

    def choose() -> list[int]:
        program = HighsLp()
        program.num_col_, program.num_row_ = n + m, m + 1
        program.col_cost_ = np.concatenate([np.zeros(n), -cover.weight.astype(float)])
        program.col_lower_, program.col_upper_ = np.zeros(n + m), np.ones(n + m)
        program.row_lower_ = np.full(m + 1, -np.inf)
        program.row_upper_ = np.append(np.zeros(m), float(cover.budget))
        program.a_matrix_.format_ = MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.concatenate([[0], ends, [ends[-1] + n]])
        program.a_matrix_.index_ = np.concatenate([index, np.arange(n)])
        program.a_matrix_.value_ = np.concatenate([coefficient, cover.cost.astype(float)])
        program.integrality_ = _integral(n, m)
        solver.passModel(program)
        solver.run()
        bound.append(-solver.getInfo().mip_dual_bound)
        return np.flatnonzero(np.asarray(solver.getSolution().col_value)[:n] > 0.5).tolist()

    solver, bound = Highs(), list[float]()
    solver.silent()
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("threads", 1)
    answer = _timed(cover, choose)
    return Answer(answer.value, answer.seconds, (bound[0] - answer.value) / bound[0])


def _integral(n: int, m: int) -> list[Any]:
    from highspy import HighsVarType

    return [HighsVarType.kInteger] * n + [HighsVarType.kContinuous] * m


def _timed(cover: Cover, choose: Callable[[], list[int]]) -> Answer:
    before = process_time()
    chosen = choose()
    taken = process_time() - before
    if cover.cost[chosen].sum() > cover.budget:
        raise ValueError("A peer spent more than the budget.")
    return Answer(cover.value(chosen), taken)
