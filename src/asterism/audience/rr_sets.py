"""Reverse-reachable sets drawn from a graph: kept to choose seeds from, or only counted to judge seeds chosen."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience import _kernels
from asterism.audience.graph import Graph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.uint32]

TABLED: Final = 1024
"""In-degrees whose chance of no live arc is looked up."""
ROOM: Final = 1 << 22
"""Members that a fresh collection has room for."""
WORTH_A_THREAD: Final = 1 << 18
"""Members expected before a second thread pays."""


@dataclass(frozen=True, slots=True)
class Source:
    """A graph ready to be drawn from, and the generator's seed.

    Parameters
    ----------
    arcs
        The graph's rows with the rule of spread, the weights and the eligible rows.
    total
        Weight of all nodes.
    seed
        Where the sets' generators start.
    threads
        Threads to draw with.
    """

    arcs: _kernels.Arcs
    total: float
    seed: int
    threads: int = 1

    @property
    def n_nodes(self) -> int:
        """How many nodes the graph has."""
        return int(self.arcs.start.size) - 1


def source_of(
    graph: Graph, model: str, weights: Floats | None, eligible: NDArray[np.bool_] | None, seed: int = 0
) -> Source:
    """The graph as kernels draw from it; `weights` and `eligible` (n_nodes,) by node of the edge list."""
    degree = np.arange(2, TABLED)
    idle = np.concatenate([[1.0, 0.0], np.exp(degree * np.log1p(-1.0 / degree))])
    none = np.zeros(0)
    arcs = _kernels.Arcs(
        start=graph.start,
        source=graph.source,
        probability=np.zeros(0, dtype=np.float32) if graph.probability is None else graph.probability,
        mass=none if weights is None else np.cumsum(weights[graph.node]),
        eligible=np.zeros(0, dtype=bool) if eligible is None else eligible[graph.node],
        idle=idle,
        rule=_rule(graph, model),
    )
    return Source(arcs, float(graph.n_nodes) if weights is None else float(weights.sum()), seed)


def _rule(graph: Graph, model: str) -> int:
    if model == "lt":
        return _kernels.CHAIN if graph.probability is None else _kernels.CHAIN_EACH
    if graph.probability is None:
        return _kernels.WEIGHTED
    return _kernels.CONSTANT if graph.probability.size == 1 else _kernels.EACH


class Collection:
    """The sets numbered 0 … n_sets − 1 of a source, as a running collection.

    `end` (n_sets,) is where each set ends among `members`, which are spots: rows in order of first sight. `struck`
    counts sets that met a row of `stop` and hold no members.
    """

    def __init__(self, source: Source) -> None:
        n = source.n_nodes
        self.source = source
        self.n_sets = 0
        self.struck = 0
        self.n_spots = 0
        self.end = np.zeros(0, dtype=np.int64)
        self._found = np.empty(ROOM, dtype=np.uint32)
        self._seen = np.zeros(n // 8 + 1, dtype=np.uint8)
        self._stop = np.zeros(0, dtype=np.uint8)
        self.spots = _kernels.Spots(
            np.zeros(n, np.uint32), np.empty(n, np.uint32), np.empty(n, np.uint32), np.zeros(2, np.int64)
        )

    @property
    def members(self) -> Rows:
        """All sets' members, one set after the other."""
        return self._found[: int(self.end[-1]) if self.end.size else 0]

    def draw(self, n_sets: int) -> None:
        """Draw sets until there are `n_sets`."""
        marks = _kernels.Marks(self._seen, self._stop)
        begin = self.members.size
        while self.n_sets < n_sets:
            end = np.empty(n_sets - self.n_sets, dtype=np.int64)
            at = self.members.size
            done, struck = _kernels.draw_sets(
                self.source.arcs, marks, np.uint64(2 * self.source.seed), self.n_sets, end, self._found, at
            )
            self.end = np.concatenate([self.end, end[:done]])
            self.n_sets += done
            self.struck += struck
            if self.n_sets < n_sets:
                self._found = np.concatenate([self._found, np.empty(self._found.size, dtype=np.uint32)])
        self._count(begin)

    def _count(self, begin: int) -> None:
        at_least = np.zeros(self.n_sets + 2, dtype=np.int64)
        at_least[: self.spots.at_least.size] = self.spots.at_least
        self.spots = self.spots._replace(at_least=at_least)
        self.n_spots = _kernels.tally(self.members[begin:], self.spots, self.n_spots)

    def least_count(self, rows: int) -> int:
        """The smallest count that at most so many rows have."""
        return int(np.searchsorted(-self.spots.at_least[1:], -rows)) + 1

    def candidates(self, least: int) -> _kernels.Links:
        """The rows in `least` sets or more, with their sets."""
        links: _kernels.Links = _kernels.linked(self.members, self.end, self.spots, self.n_spots, least)
        return links


def struck_by(source: Source, rows: Rows, n_sets: int) -> int:
    """How many of `n_sets` fresh sets, independent of every `Collection`, hold one of the rows."""
    stop = np.zeros(source.n_nodes // 8 + 1, dtype=np.uint8)
    np.bitwise_or.at(stop, rows >> 3, (1 << (rows & 7)).astype(np.uint8))
    marks = _kernels.Marks(np.zeros_like(stop), stop)
    found = np.empty(source.n_nodes + 64, dtype=np.uint32)
    return int(_kernels.count_struck(source.arcs, marks, np.uint64(2 * source.seed + 1), 0, n_sets, found))
