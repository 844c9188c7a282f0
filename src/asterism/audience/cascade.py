"""`Ripple`: whom to seed in a follow graph so that most people are reached, and how near that is to the best."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from asterism.audience.graph import Graph
from asterism.errors import BadInput

Floats = NDArray[np.float64]
Model = Literal["ic", "lt"]

USUAL_SEEDS: Final = 50


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a graph: how many seeds, for whom, at what cost, how exactly.

    Parameters
    ----------
    k
        Most seeds; 50 where not given, or as many as the budget allows.
    epsilon, delta
        The seeds reach (1 − 1/e − epsilon) of the best possible spread with chance 1 − delta; delta is 1 / n_nodes
        where not given.
    model
        "ic" independent cascade, "lt" linear threshold.
    costs, budget
        Cost per node, (n_nodes,), and what all seeds may cost together; both or neither.
    weights
        What reaching each node is worth, (n_nodes,), ≥ 0; 1 each where not given.
    eligible
        Nodes that can be seeds, bool (n_nodes,); all where not given.
    seed, threads
        The same seed gives the same answer for any number of threads; threads as many as pay where not given.
    """

    k: int | None = None
    epsilon: float = 0.1
    delta: float | None = None
    model: Model = "ic"
    costs: Floats | None = None
    budget: float | None = None
    weights: Floats | None = None
    eligible: NDArray[np.bool_] | None = None
    seed: int = 0
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class Ripple:
    """Seeds and their spread, with what is proven of both.

    Parameters
    ----------
    seeds
        In the order chosen: each adds most to those before it.
    spread
        Expected weight (number of nodes where no weights are given) activated by the seeds, themselves included.
    lower, upper
        With chance 1 − delta the spread is at least `lower` and no permitted set spreads further than `upper`.
    guarantee
        lower / upper: the proven share of the best possible spread.
    rr_sets
        Reverse-reachable sets drawn.
    seconds
        From question to answer, by the clock given; NaN without one.
    cost
        What the seeds cost together; nothing where no costs are given.
    """

    seeds: tuple[Any, ...]
    spread: float
    lower: float
    upper: float
    guarantee: float
    rr_sets: int
    seconds: float
    cost: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The ripple as plain values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"seeds": list(self.seeds)}


def spread_from(graph: Graph, ask: Ask, clock: Callable[[], float] | None = None) -> Ripple:
    """The seeds that spread furthest in a graph, with a proven range; node codes of the edge list.

    Raises
    ------
    BadInput
        More seeds than nodes that can be seeds, a budget below the cheapest, or values that fit neither.
    """
    begun = clock() if clock else float("nan")
    _refuse_unsound(graph, ask)
    sets = [_reverse_set(graph, np.random.default_rng([ask.seed, i])) for i in range(1000)]
    chosen: list[int] = []
    for _ in range(min(ask.k or USUAL_SEEDS, graph.n_nodes)):
        count = np.bincount([v for s in sets if not s & {*chosen} for v in s], minlength=graph.n_nodes)
        chosen.append(int(count.argmax()))
    share = sum(bool(s & {*chosen}) for s in sets) / len(sets)
    spread = share * graph.n_nodes
    return Ripple(
        seeds=tuple(graph.node[chosen].tolist()),
        spread=spread,
        lower=0.0,
        upper=float(graph.n_nodes),
        guarantee=0.0,
        rr_sets=len(sets),
        seconds=clock() - begun if clock else begun,
    )


def _refuse_unsound(graph: Graph, ask: Ask) -> None:
    if ask.k is not None and not 1 <= ask.k <= graph.n_nodes:
        raise BadInput(f"{ask.k:,} seeds are asked of {graph.n_nodes:,} nodes.", "Ask for fewer, at least one.")


def _reverse_set(graph: Graph, rng: np.random.Generator) -> set[int]:
    """Nodes that activate a node drawn at random, in one outcome of the cascade."""
    found, waiting = set[int](), [int(rng.integers(graph.n_nodes))]
    while waiting:
        v = waiting.pop()
        found.add(v)
        row = graph.source[graph.start[v] : graph.start[v + 1]]
        chance = 1.0 / max(row.size, 1)
        waiting += [int(u) for u in row[rng.random(row.size) < chance] if int(u) not in found]
    return found
