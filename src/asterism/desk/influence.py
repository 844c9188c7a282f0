"""Find whom to seed in a follow graph given as arrays, and say how far that spreads."""

import time
from typing import Any

import numpy as np

from asterism.audience.cascade import Ask, Model, Ripple, spread_from
from asterism.audience.graph import build_graph
from asterism.audience.nodes import coded


def ripple(
    sources: Any,
    targets: Any,
    probabilities: Any = None,
    k: int | None = None,
    *,
    epsilon: float = 0.1,
    delta: float | None = None,
    model: Model = "ic",
    costs: Any = None,
    budget: float | None = None,
    weights: Any = None,
    eligible: Any = None,
    seed: int = 0,
    threads: int | None = None,
    undirected: bool = False,
) -> Ripple:
    """The seeds that spread furthest in a graph, with a proven range.

    Sources pass on to targets, each with its probability. Seeds are sought until they are proven to reach
    (1 − 1/e − epsilon) of the best possible spread with chance 1 − delta.

    Parameters
    ----------
    sources, targets
        Node ids of each edge, text or whole numbers.
    probabilities
        None for 1 / in-degree, one number, or one per edge.
    k
        Most seeds; 50 where not given, or as many as the budget allows.
    delta
        Chance that the proof fails; 1 / number of nodes where not given.
    model
        "ic" independent cascade, "lt" linear threshold.
    costs, budget
        What seeding each node costs, and what all may cost together.
    weights
        What reaching each node is worth; 1 each where not given, 0 where a mapping leaves a node out.
    eligible
        Ids of the nodes that can be seeds, or one yes or no per node.

    Costs and weights are mappings by id, or arrays in ascending order of the ids. Nodes that cannot be seeds need no
    cost.

    Raises
    ------
    BadInput
        Edges, values or limits that cannot be used.
    Infeasible
        The budget is below the cheapest node.

    Examples
    --------
    >>> ripple(["ann", "ann", "bob"], ["bob", "cem", "dee"], k=1).seeds
    ('ann',)
    """
    nodes, begin, end = coded(sources, targets)
    graph = build_graph(begin, end, probabilities, n_nodes=nodes.ids.size, undirected=undirected)
    can = None if eligible is None else nodes.marked(eligible)
    ask = Ask(
        k=k,
        epsilon=epsilon,
        delta=delta,
        model=model,
        costs=None if costs is None else nodes.costs(costs, can),
        budget=budget,
        weights=None if weights is None else np.nan_to_num(nodes.values(weights, "weights")),
        eligible=can,
        seed=seed,
        threads=threads,
    )
    found = spread_from(graph, ask, time.perf_counter)
    return found.named({code: nodes.name(code) for code in found.seeds})
