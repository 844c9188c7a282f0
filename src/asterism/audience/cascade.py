"""`Ripple`: whom to seed in a follow graph so that most people are reached, and how near that is to the best."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from asterism.audience.graph import Graph
from asterism.audience.opim import BEST, Proven, proof_of, proven_seeds
from asterism.audience.rr_sets import PROCESSORS, Drawing, source_of
from asterism.audience.seeding import Limits
from asterism.errors import BadInput, Infeasible

Floats = NDArray[np.float64]
Model = Literal["ic", "lt"]

USUAL_SEEDS: Final = 50
ROUNDING: Final = 1e-9
"""Part of a budget by which costs may miss it for rounding; a free node is taken to cost its share of that."""
SLACK: Final = 1e-4
"""How far above 1 the chances into a node may add up: rounding."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a graph: how many seeds, for whom, at what cost, how exactly.

    Parameters
    ----------
    k
        Most seeds; 50 where not given, or as many as the budget allows.
    epsilon, delta
        Seeds are sought until their spread is proven to be (1 − 1/e − epsilon) of the best possible, with chance
        1 − delta; delta is 1 / n_nodes where not given.
    model
        "ic" independent cascade, "lt" linear threshold.
    costs, budget
        Cost per node, ≥ 0, (n_nodes,), and what all seeds may cost together; both or neither.
    weights
        What reaching each node is worth, (n_nodes,), ≥ 0; 1 each where not given.
    eligible
        Nodes that can be seeds, bool (n_nodes,); all where not given.
    seed
        The same seed gives the same answer for any number of threads.
    threads
        Threads to draw with, used where they pay; one per processor where not given.
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
        In the order chosen: each adds most to those before it, per cost where there are costs.
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
        What the seeds cost together; 0 where no costs are given.
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

    def named(self, ids: Any) -> "Ripple":
        """The same ripple with the id of each seed, `ids[code]`, in place of its code."""
        return replace(self, seeds=tuple(ids[code] for code in self.seeds))


def spread_from(graph: Graph, ask: Ask, clock: Callable[[], float] | None = None) -> Ripple:
    """The seeds that spread furthest in a graph, with a proven range; seeds are node codes.

    Raises
    ------
    BadInput
        More seeds than nodes that can be seeds, or values that are missing, out of range or not one per node.
    Infeasible
        The budget is below the cheapest node.

    Examples
    --------
    >>> from asterism.audience.graph import build_graph
    >>> spread_from(build_graph([0, 0, 0, 3], [1, 2, 3, 4]), Ask(k=1)).seeds
    (0,)
    """
    begun = clock() if clock else float("nan")
    refuse_unsound(graph, ask)
    drawing = Drawing(ask.seed, PROCESSORS if ask.threads is None else ask.threads)
    source = source_of(graph, ask.model, ask.weights, ask.eligible, drawing)
    limits = _limits(graph, ask)
    delta = 1.0 / max(graph.n_nodes, 2) if ask.delta is None else ask.delta
    found = proven_seeds(source, limits, proof_of(source, limits, ask.epsilon, delta))
    seeds = graph.node[found.rows]
    return Ripple(
        seeds=tuple(seeds.tolist()),
        spread=found.share * source.total,
        lower=found.lower * source.total,
        upper=found.upper * source.total,
        guarantee=_guarantee(found),
        rr_sets=found.rr_sets,
        seconds=clock() - begun if clock else begun,
        cost=0.0 if ask.costs is None else float(ask.costs[seeds].sum()),
    )


def _guarantee(found: Proven) -> float:
    return min(found.lower / found.upper, 1.0) if found.upper > 0 else 1.0


def _limits(graph: Graph, ask: Ask) -> Limits:
    can = graph.n_nodes if ask.eligible is None else int(np.count_nonzero(ask.eligible))
    if ask.costs is None or ask.budget is None:
        most = min(USUAL_SEEDS, can) if ask.k is None else ask.k
        return Limits(most, float(most))
    price = ask.costs[graph.node].astype(np.float64)
    cheapest = float(price.min() if ask.eligible is None else price[ask.eligible[graph.node]].min())
    if ask.budget < cheapest:
        raise Infeasible(
            f"The budget of {ask.budget:g} is below the cheapest node.", f"Raise it to {cheapest:g}.", ("budget",)
        )
    price = np.maximum(price, max(ask.budget, 1e-300) * ROUNDING / graph.n_nodes)
    most = min(can if ask.k is None else ask.k, int(ask.budget / price.min()))
    return Limits(most, ask.budget * (1 + ROUNDING), price)


def refuse_unsound(graph: Graph, ask: Ask) -> None:
    """Nothing; raises `BadInput` for a question that does not fit the graph."""
    if not 0 < ask.epsilon < BEST:
        raise BadInput(f"epsilon is {ask.epsilon:g}.", "Give a number above 0 and below 0.63.")
    if ask.delta is not None and not 0 < ask.delta < 1:
        raise BadInput(f"delta is {ask.delta:g}.", "Give a chance between 0 and 1.")
    if ask.seed < 0:
        raise BadInput(f"The seed is {ask.seed}.", "Give a whole number, 0 or more.")
    if (ask.costs is None) != (ask.budget is None):
        raise BadInput("Costs and a budget go together.", "Give both, or neither.")
    if ask.model not in ("ic", "lt"):
        raise BadInput(f"There is no model `{ask.model}`.", "Say `ic` or `lt`.")
    if ask.model == "lt":
        _refuse_overweight(graph)
    _refuse_values(graph, ask)
    _refuse_too_many(graph, ask)


def _refuse_values(graph: Graph, ask: Ask) -> None:
    for name, values in (("cost", ask.costs), ("weight", ask.weights)):
        if values is None:
            continue
        if values.shape != (graph.n_nodes,):
            raise BadInput(f"There are {values.size:,} {name}s for {graph.n_nodes:,} nodes.", "Give one per node.")
        if np.isnan(values).any():
            node = int(np.flatnonzero(np.isnan(values))[0])
            raise BadInput(f"There is no {name} for node {node}.", "Give one for every node.")
        wrong = np.flatnonzero(~np.isfinite(values) | (values < 0))
        if wrong.size:
            raise BadInput(f"The {name} of node {wrong[0]} is {values[wrong[0]]:g}.", "Give numbers, 0 or more.")
    if ask.weights is not None and not ask.weights.any():
        raise BadInput("Every weight is 0.", "Give at least one node a weight.")


def _refuse_too_many(graph: Graph, ask: Ask) -> None:
    if ask.eligible is not None and ask.eligible.shape != (graph.n_nodes,):
        raise BadInput("Eligible nodes are not one yes or no per node.", f"Give {graph.n_nodes:,} of them.")
    can = graph.n_nodes if ask.eligible is None else int(np.count_nonzero(ask.eligible))
    if can == 0:
        raise BadInput("No node can be a seed.", "Make at least one eligible.")
    if ask.k is not None and not 1 <= ask.k <= can:
        raise BadInput(f"{ask.k:,} seeds are asked of {can:,} nodes that can be.", f"Ask for 1 to {can:,}.")


def _refuse_overweight(graph: Graph) -> None:
    if graph.probability is None:
        return
    degree = np.diff(graph.start.astype(np.int64))
    if graph.probability.size == 1:
        into = degree * float(graph.probability[0])
    else:
        passed = np.concatenate([[0.0], np.cumsum(graph.probability, dtype=np.float64)])
        into = np.diff(passed[graph.start])
    if into.max() > 1 + SLACK:
        row = int(into.argmax())
        raise BadInput(
            f"The weights into node {graph.node[row]} add up to {into[row]:.4g}.",
            "Under the threshold model give weights that add up to 1 at most.",
        )
