"""`Edges`: what every format of a graph is read into."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.graph import MOST_ARCS
from asterism.errors import BadInput
from asterism.store.graphs.cells import Bounds
from asterism.store.graphs.layouts import PROBABILITY, SOURCE, TARGET, Role
from asterism.store.graphs.node_ids import NodeIds

Codes = NDArray[np.uint32]
Shares = NDArray[np.float32]
CHANCE: Final = Bounds("probability", 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of a file between nodes 0 … n − 1 in rising order of their ids.

    Parameters
    ----------
    sources, targets
        Node codes, (n_edges,), as the file lists them.
    ids
        What the file calls each node.
    probability
        The third column, where it was asked for.
    labels
        What people call each node, where the file says so besides its id.
    undirected
        The file itself says that its edges run both ways.
    warnings
        What was assumed or left out.
    """

    sources: Codes
    targets: Codes
    ids: NodeIds
    probability: Shares | None = None
    labels: tuple[str, ...] = ()
    undirected: bool = False
    warnings: tuple[str, ...] = ()


def roles(with_probability: bool) -> list[Role]:
    """The columns of an edge list: who passes on, to whom, with what probability."""
    return [SOURCE, TARGET, PROBABILITY] if with_probability else [SOURCE, TARGET]


def refuse_too_many(source: str, n_edges: int) -> None:
    """Raise where a graph has more edges than rows can be numbered in 32 bits."""
    if n_edges >= MOST_ARCS:
        raise BadInput(
            f"{source} has {n_edges:,} edges or more.", f"Give fewer than {MOST_ARCS:,}: a part of the graph."
        )
