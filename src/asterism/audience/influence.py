"""From a follow graph: each reverse-reachable set is a sampled person, with everybody who would have reached them."""

from typing import Any, Final

import numpy as np

from asterism.audience.cascade import Ask, Model, refuse_unsound
from asterism.audience.graph import build_graph
from asterism.audience.incidence import Incidence
from asterism.audience.nodes import coded
from asterism.audience.rr_sets import Collection, Drawing, source_of
from asterism.errors import BadInput

USUAL: Final = 1 << 16
"""Sets drawn at most where no number is given."""
FEWEST: Final = 1 << 10
STANDS_FOR: Final = 4.0
"""People a set stands for at least where no number is given: fewer would be drawn more than once each."""


def from_cascade(
    sources: Any,
    targets: Any,
    probabilities: Any = None,
    model: Model = "ic",
    weights: Any = None,
    *,
    eligible: Any = None,
    undirected: bool = False,
    sets: int | None = None,
    seed: int = 0,
) -> Incidence:
    """The people behind a follow graph, whom a creator reaches directly or through others.

    A set is drawn from a person in proportion to their weight, and holds whoever would reach them in one outcome of
    the cascade; Borgs et al. (2014), doi:10.1137/1.9781611973402.70. The share of sets that creators are in is the
    share of all weight they reach together, so each set is a sampled person, of weight total / sets and with chance 1.

    Parameters
    ----------
    sources, targets
        Node ids of each edge, text or whole numbers.
    probabilities
        None for 1 / in-degree, one number, or one per edge.
    weights
        What each person counts, a mapping by id or an array in ascending order of the ids; 1 each where not given.
    eligible
        Ids of the creators, or one yes or no per node; everybody where not given.
    sets
        How many to draw.

    Raises
    ------
    BadInput
        Edges or values that cannot be used.
    """
    nodes, begin, end = coded(sources, targets)
    graph = build_graph(begin, end, probabilities, n_nodes=nodes.ids.size, undirected=undirected)
    ask = Ask(
        k=1,
        model=model,
        weights=None if weights is None else np.nan_to_num(nodes.values(weights, "weights")),
        eligible=None if eligible is None else nodes.marked(eligible),
        seed=seed,
    )
    refuse_unsound(graph, ask)
    source = source_of(graph, model, ask.weights, ask.eligible, Drawing(seed))
    n_sets = int(min(USUAL, max(FEWEST, source.total / STANDS_FOR))) if sets is None else sets
    if n_sets < 1:
        raise BadInput(f"{n_sets} sets are asked for.", "Ask for at least one.")
    collection = Collection(source)
    collection.draw(n_sets)
    can = np.arange(graph.n_nodes) if ask.eligible is None else np.flatnonzero(ask.eligible)
    names = tuple(str(nodes.name(int(code))) for code in can)
    column = np.zeros(graph.n_nodes, dtype=np.int32)
    column[can] = np.arange(can.size, dtype=np.int32)
    return _incidence(collection, names, column[graph.node[collection.rows()]])


def _incidence(collection: Collection, names: tuple[str, ...], link: Any) -> Incidence:
    """The sets as people, given the column of each member; sets without a creator reach nobody and are left out."""
    size = np.diff(collection.end, prepend=0)
    person = np.repeat(np.arange(size.size), size)
    link = link[np.lexsort((link, person))]
    size = size[size > 0]
    weight = collection.source.total / collection.n_sets
    return Incidence(
        creators=names,
        weight=np.full(size.size, weight),
        start=np.concatenate([[0], np.cumsum(size)]).astype(np.int64),
        link=link.astype(np.int32),
        chance=np.ones(link.size),
        rung=np.ones(len(names), dtype=np.int8),
        sizes=np.bincount(link, minlength=len(names)).astype(np.float64) * weight,
        variant=np.zeros(size.size, dtype=np.int16),
        universe=collection.source.total,
    )
