"""`Graph`: who can pass something on to whom, as rows of in-neighbours ready for sampling."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from asterism.audience._kernels import arcs_by_target, sort_rows
from asterism.errors import BadInput

Nodes = NDArray[np.uint32]
Shares = NDArray[np.float32]

MOST_ARCS: Final = 2**31
"""A graph needs fewer arcs than this: rows are numbered in 32 bits. An undirected edge is two arcs."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph by target: node v can be activated by `source[i]` for `start[v] ≤ i < start[v + 1]`.

    Rows stand in order of falling out-degree: what spreads most is read most, and lies together in memory. Inside,
    a node is its row; `node` says which node of the edge list that is.

    Parameters
    ----------
    n_nodes
        How many nodes there are, with or without edges.
    start
        uint32 (n_nodes + 1,).
    source
        Rows of the in-neighbours, uint32 (n_arcs,), distinct within a row; by falling probability where it differs.
    probability
        Chance that an arc passes something on: none for 1 / in-degree, (1,) for one constant, (n_arcs,) for each.
    node
        Node of the edge list behind each row, uint32 (n_nodes,).
    self_loops, duplicates
        Edges of the list that were dropped: from a node to itself, and given more than once.
    """

    n_nodes: int
    start: Nodes
    source: Nodes
    probability: Shares | None
    node: Nodes
    self_loops: int = 0
    duplicates: int = 0

    @property
    def n_arcs(self) -> int:
        """How many arcs were kept; an undirected edge counts twice."""
        return int(self.source.size)

    def rows(self) -> Nodes:
        """The row of each node of the edge list, uint32 (n_nodes,): the inverse of `node`."""
        row = np.empty(self.n_nodes, dtype=np.uint32)
        row[self.node] = np.arange(self.n_nodes, dtype=np.uint32)
        return row


def build_graph(
    sources: ArrayLike,
    targets: ArrayLike,
    probabilities: ArrayLike | None = None,
    *,
    n_nodes: int | None = None,
    undirected: bool = False,
) -> Graph:
    """The graph behind a list of edges between nodes 0 … n − 1.

    Self loops are dropped, and so are repeated edges: the one with the largest probability stays. An undirected edge
    is one arc each way, both with its probability.

    Parameters
    ----------
    sources, targets
        Node codes, integers (n_edges,).
    probabilities
        None for 1 / in-degree (weighted cascade), one number for all edges, or (n_edges,), 0 to 1.
    n_nodes
        How many nodes there are; the largest code says so where not given.

    Raises
    ------
    BadInput
        No edges, lengths that differ, codes or probabilities out of range, or 2³¹ arcs and more.

    Examples
    --------
    >>> graph = build_graph([0, 0, 0, 2], [1, 1, 2, 2])
    >>> graph.n_arcs, graph.self_loops, graph.duplicates
    (2, 1, 1)
    """
    begin, end = _codes(sources, "sources"), _codes(targets, "targets")
    chance = _chances(probabilities)
    _refuse_unsound(begin, end, chance, undirected)
    n = _node_count(begin, end, n_nodes)
    each = chance is not None and chance.size > 1
    if undirected:
        begin, end = np.concatenate([begin, end]), np.concatenate([end, begin])
    arcs = np.concatenate([chance, chance]) if chance is not None and each and undirected else chance
    node = np.argsort(-np.bincount(begin, minlength=n), kind="stable").astype(np.uint32)
    row = np.empty(n, dtype=np.uint32)
    row[node] = np.arange(n, dtype=np.uint32)
    given = arcs if arcs is not None and each else np.zeros(0, dtype=np.float32)
    start, source, probability, loops = arcs_by_target(row[begin], row[end], given, n)
    if each:
        sort_rows(start, source, probability)
    ways = 2 if undirected else 1
    return Graph(
        n_nodes=n,
        start=start,
        source=source,
        probability=probability if each else chance,
        node=node,
        self_loops=int(loops) // ways,
        duplicates=(begin.size - int(loops) - source.size) // ways,
    )


def _codes(nodes: ArrayLike, name: str) -> NDArray[Any]:
    found = np.asarray(nodes)
    if found.ndim != 1 or not (found.size == 0 or np.issubdtype(found.dtype, np.integer)):
        raise BadInput(f"The {name} are not a list of whole numbers.", "Number the nodes 0, 1, 2, ….")
    return found


def _chances(probabilities: ArrayLike | None) -> Shares | None:
    if probabilities is None:
        return None
    try:
        found = np.atleast_1d(np.asarray(probabilities)).astype(np.float32)
    except (TypeError, ValueError):
        raise BadInput("A probability is not a number.", "Give numbers from 0 to 1.") from None
    sound = (found >= 0) & (found <= 1)
    if not sound.all():
        raise BadInput(f"A probability is {found[~sound][0]:g}.", "Give numbers from 0 to 1.")
    return found


def _refuse_unsound(begin: NDArray[Any], end: NDArray[Any], chance: Shares | None, undirected: bool) -> None:
    if begin.size != end.size:
        raise BadInput(f"There are {begin.size:,} sources and {end.size:,} targets.", "Give one of each per edge.")
    if begin.size == 0:
        raise BadInput("The graph has no edges.", "Give at least one.")
    if begin.size * (2 if undirected else 1) >= MOST_ARCS:
        raise BadInput(f"The graph has {begin.size:,} edges.", "Give fewer than 2³¹; an undirected one counts twice.")
    if chance is not None and chance.size not in (1, begin.size):
        raise BadInput(
            f"There are {chance.size:,} probabilities for {begin.size:,} edges.", "Give one per edge, or one for all."
        )


def _node_count(begin: NDArray[Any], end: NDArray[Any], n_nodes: int | None) -> int:
    least = min(int(begin.min()), int(end.min()))
    most = max(int(begin.max()), int(end.max()))
    if least < 0:
        raise BadInput(f"A node has the number {least}.", "Number the nodes 0, 1, 2, ….")
    if n_nodes is None:
        n_nodes = most + 1
    if most >= n_nodes or n_nodes >= MOST_ARCS:
        raise BadInput(f"A node has the number {most:,} of {n_nodes:,} nodes.", "Number the nodes 0, 1, 2, ….")
    return n_nodes
