"""Probabilities from a list of their own, matched to the edges of a graph."""

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput
from asterism.store.graphs.edges import Edges, Shares
from asterism.store.graphs.node_ids import UNKNOWN

Keys = NDArray[np.int64]


def match_weights(edges: Edges, given: Edges, undirected: bool, source: str) -> tuple[Shares, tuple[str, ...]]:
    """The probability of each edge as a file gives it, and what is said of the rest.

    Of an edge given twice the larger probability counts, as in a graph.

    Raises
    ------
    BadInput
        An edge has no probability; a node's edge to itself needs none.
    """
    code = edges.ids.codes(given.ids.names())
    begin, end = code[given.sources], code[given.targets]
    known = (begin != UNKNOWN) & (end != UNKNOWN)
    chance = np.zeros(0, dtype=np.float32) if given.probability is None else given.probability[known]
    keys = _keys(begin[known], end[known], len(edges.ids), undirected)
    order = np.lexsort((-chance, keys))
    wanted = _keys(edges.sources.astype(np.int64), edges.targets.astype(np.int64), len(edges.ids), undirected)
    at, found = _places(keys[order], wanted)
    missing = ~found & (edges.sources != edges.targets)
    if missing.any():
        raise _without_chance(edges, int(missing.argmax()), int(missing.sum()), source)
    extra = keys.size - int(np.isin(keys, wanted).sum()) + int((~known).sum())
    said = f"{extra:,} edges of {source} are not in the graph and were left out."
    return np.where(found, chance[order][at], np.float32(0)), (said,) if extra else ()


def _places(ordered: Keys, wanted: Keys) -> tuple[Keys, NDArray[np.bool_]]:
    """Where each wanted key first stands among ordered ones, and whether it does."""
    if not ordered.size:
        raise BadInput("None of the weights belongs to an edge of the graph.", "Use the same ids in both files.")
    at = np.minimum(np.searchsorted(ordered, wanted), ordered.size - 1)
    return at, ordered[at] == wanted


def _without_chance(edges: Edges, first: int, n: int, source: str) -> BadInput:
    begin, end = (edges.ids.name(int(nodes[first])) for nodes in (edges.sources, edges.targets))
    more = f", nor of {n - 1:,} more" if n > 1 else ""
    what = f"{source} gives no probability of the edge from `{begin}` to `{end}`{more}."
    return BadInput(what, "Give one for every edge of the graph, 0 where nothing passes.")


def _keys(begin: Keys, end: Keys, n: int, undirected: bool) -> Keys:
    """One number per edge, the same both ways where edges are undirected."""
    return np.minimum(begin, end) * n + np.maximum(begin, end) if undirected else begin * n + end
