"""Reverse-reachable sets drawn from a graph: kept to choose seeds from, or only counted to judge seeds chosen."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
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
ROOM: Final = 1 << 20
"""Members that a fresh buffer has room for."""
BLOCK: Final = 1 << 14
"""Sets counted between two looks."""
WORTH_A_THREAD: Final = 1 << 19
"""Members each thread must have to draw before a further one pays."""
FEW: Final = 16
"""Sets drawn at first where there is a limit to their members."""
KEPT, JUDGED = 0, 1
"""Two independent streams of sets: to choose from, and to judge by."""
_NO_BITS: Final = np.zeros(0, dtype=np.uint8)


PROCESSORS: Final = _kernels.PROCESSORS


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where generators start, and how many threads draw at most."""

    seed: int = 0
    threads: int = 1


ALONE: Final = Drawing()


@dataclass(frozen=True, slots=True)
class Source:
    """A graph ready to be drawn from, and where the generators start.

    Parameters
    ----------
    arcs
        The graph's rows with the rule of spread, the weights and the eligible rows.
    total
        Weight of all nodes.
    """

    arcs: _kernels.Arcs
    total: float
    drawing: Drawing = ALONE

    @property
    def n_nodes(self) -> int:
        """How many nodes the graph has."""
        return int(self.arcs.start.size) - 1

    def stream(self, which: int) -> np.uint64:
        """The seed of a stream of sets."""
        return np.uint64((2 * self.drawing.seed + which) % 2**64)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Sets drawn: where each ends among `members`, rows; and how many were struck and hold none."""

    end: Ints
    members: Rows
    struck: int


def source_of(
    graph: Graph,
    model: str,
    weights: Floats | None = None,
    eligible: NDArray[np.bool_] | None = None,
    drawing: Drawing = ALONE,
) -> Source:
    """The graph as kernels draw from it; `weights` and `eligible` (n_nodes,) by node of the edge list."""
    degree = np.arange(2, TABLED)
    arcs = _kernels.Arcs(
        start=graph.start,
        source=graph.source,
        probability=np.zeros(0, dtype=np.float32) if graph.probability is None else graph.probability,
        mass=np.zeros(0) if weights is None else np.cumsum(weights[graph.node]),
        eligible=np.zeros(0, dtype=bool) if eligible is None else eligible[graph.node],
        idle=np.concatenate([[1.0, 0.0], np.exp(degree * np.log1p(-1.0 / degree))]),
        rule=_rule(graph, model),
    )
    return Source(arcs, float(graph.n_nodes) if weights is None else float(weights.sum()), drawing)


def _rule(graph: Graph, model: str) -> int:
    if model == "lt":
        return _kernels.CHAIN if graph.probability is None else _kernels.CHAIN_EACH
    if graph.probability is None:
        return _kernels.WEIGHTED
    return _kernels.CONSTANT if graph.probability.size == 1 else _kernels.EACH


def bits_of(rows: Rows, n_nodes: int) -> NDArray[np.uint8]:
    """One bit per row, set for those given; (0,) for none."""
    if rows.size == 0:
        return _NO_BITS
    bits = np.zeros(n_nodes // 8 + 1, dtype=np.uint8)
    np.bitwise_or.at(bits, rows >> 3, (1 << (rows & 7)).astype(np.uint8))
    return bits


class Collection:
    """The sets numbered 0 … n_sets − 1 of a source, as a running collection; a set ends where it meets a `stop`.

    `end` (n_sets,) is where each set ends among `members`, which are spots: rows in order of first sight. `struck`
    counts the sets that met a stop; they hold no members. `uncut` is how many members a set has that no stop ends.
    """

    def __init__(self, source: Source, stop: Rows | None = None, uncut: float = 0.0) -> None:
        n = source.n_nodes
        self.source = source
        self.stop = np.zeros(0, dtype=np.uint32) if stop is None else stop
        self.end = np.zeros(0, dtype=np.int64)
        self.struck = 0
        self._uncut = uncut
        self.n_spots = 0
        self.spots = _kernels.Spots(
            np.zeros(n, np.uint32), np.empty(n, np.uint32), np.empty(n, np.uint32), np.zeros(2, np.int64)
        )
        self._found = np.empty(ROOM, dtype=np.uint32)

    @property
    def n_sets(self) -> int:
        """How many sets were drawn."""
        return int(self.end.size)

    @property
    def members(self) -> Rows:
        """All sets' members, one set after the other."""
        return self._found[: int(self.end[-1]) if self.end.size else 0]

    @property
    def uncut(self) -> float:
        """Members of a set that no stop ends, on average: what drawing one costs at most."""
        return self._uncut or self.members.size / max(self.n_sets, 1)

    def rows(self) -> Rows:
        """The members as rows."""
        return self.spots.row[self.members]

    def draw(self, n_sets: int, most_members: float = float("inf")) -> None:
        """Draw sets until there are `n_sets`, or, on the way there, `most_members`."""
        stop = bits_of(self.stop, self.source.n_nodes)
        while self.n_sets < n_sets and self.members.size < most_members:
            step = n_sets - self.n_sets
            if most_members < float("inf"):
                step = min(step, max(FEW, self.n_sets))
            for part in self._parts(step, stop):
                self._keep(part)

    def _parts(self, n_sets: int, stop: NDArray[np.uint8]) -> list[Drawn]:
        ranges = _ranges(self.source, self.n_sets, n_sets, self.uncut)
        if len(ranges) == 1:
            return [_drawn(self.source, KEPT, stop, *ranges[0])]
        with ThreadPoolExecutor(len(ranges)) as pool:
            return list(pool.map(lambda part: _drawn(self.source, KEPT, stop, *part), ranges))

    def _keep(self, part: Drawn) -> None:
        begin = self.members.size
        size = begin + part.members.size
        if size > self._found.size:
            wider = np.empty(max(size, 2 * self._found.size), dtype=np.uint32)
            wider[:begin] = self._found[:begin]
            self._found = wider
        self._found[begin:size] = part.members
        self.end = np.concatenate([self.end, part.end + begin])
        self.struck += part.struck
        at_least = np.zeros(self.n_sets + 2, dtype=np.int64)
        at_least[: self.spots.at_least.size] = self.spots.at_least
        self.spots = self.spots._replace(at_least=at_least)
        self.n_spots = _kernels.tally(self._found[begin:size], self.spots, self.n_spots)

    def least_count(self, rows: int) -> int:
        """The smallest count that at most so many rows have."""
        return int(np.searchsorted(-self.spots.at_least[1:], -rows)) + 1

    def candidates(self, least: int) -> _kernels.Links:
        """The rows in `least` sets or more, with their sets."""
        links: _kernels.Links = _kernels.linked(self.members, self.end, self.spots, self.n_spots, least)
        return links


def struck_by(source: Source, rows: Rows, n_sets: int, uncut: float = 1.0) -> int:
    """How many of `n_sets` fresh sets, independent of every `Collection`, hold one of the rows."""
    stop = bits_of(rows, source.n_nodes)
    ranges = _ranges(source, 0, n_sets, uncut)
    if len(ranges) == 1:
        return _counted(source, stop, *ranges[0])
    with ThreadPoolExecutor(len(ranges)) as pool:
        return sum(pool.map(lambda part: _counted(source, stop, *part), ranges))


def _ranges(source: Source, first: int, n_sets: int, uncut: float) -> list[tuple[int, int]]:
    """The sets numbered from `first`, as equal parts for as many threads as pay."""
    threads = int(min(source.drawing.threads, max(1, n_sets * uncut // WORTH_A_THREAD)))
    return list(pairwise(np.linspace(first, first + n_sets, threads + 1).astype(int).tolist()))


def _drawn(source: Source, which: int, stop: NDArray[np.uint8], first: int, last: int) -> Drawn:
    """The sets numbered `first` to `last` of a stream."""
    marks = _kernels.Marks(np.zeros(source.n_nodes // 8 + 1, dtype=np.uint8), stop)
    end, found = np.empty(last - first, dtype=np.int64), np.empty(ROOM, dtype=np.uint32)
    done, struck = 0, 0
    while done < end.size:
        begin = int(end[done - 1]) if done else 0
        new, hits = _kernels.draw_sets(source.arcs, marks, source.stream(which), first + done, end[done:], found, begin)
        done, struck = done + new, struck + hits
        if done < end.size:
            found = np.concatenate([found, np.empty(found.size, dtype=np.uint32)])
    return Drawn(end, found[: int(end[-1]) if done else 0], struck)


def _counted(source: Source, stop: NDArray[np.uint8], first: int, last: int) -> int:
    """How many of the sets numbered `first` to `last` of the judging stream are struck."""
    return sum(_drawn(source, JUDGED, stop, at, min(at + BLOCK, last)).struck for at in range(first, last, BLOCK))
