"""Find whom to seed in a follow graph from files, and say how far that spreads."""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from asterism.audience.cascade import Ask, Ripple, spread_from
from asterism.audience.graph import Graph, build_graph
from asterism.desk.node_tables import RippleFiles, with_nodes
from asterism.errors import WrongUsage
from asterism.store.contents import STANDARD_INPUT
from asterism.store.graphs.cells import Floats
from asterism.store.graphs.files import GraphFile, Reading, open_graph
from asterism.store.graphs.node_values import read_labels
from asterism.store.settings import settings

WEIGHTED_CASCADE: Final = "wc"
COLUMN: Final = "column"


@dataclass(frozen=True, slots=True)
class Edging:
    """How edges are read and how likely each passes something on.

    Parameters
    ----------
    weights
        `wc` for 1 / in-degree, a number for all edges, `column` for the graph's third column, or a file.
    keep
        Whether the built graph is kept for the next time.
    """

    weights: str = WEIGHTED_CASCADE
    undirected: bool = False
    reverse: bool = False
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Seed:
    """One node to seed: its id and name in the files, whom it can pass something to directly, its cost."""

    id: str
    name: str
    leads_to: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class RippleAnswer:
    """Whom to seed, what that reaches, and what the graph was.

    Parameters
    ----------
    ripple
        Seeds by id, spread and proven range.
    worth
        Everything that could be reached: the number of nodes, or the sum of the target weights.
    targeted
        Whether target weights were given.
    weights
        How likely each edge passes something on, in the words it was asked with.
    load_seconds
        From file to graph.
    """

    ripple: Ripple
    seeds: tuple[Seed, ...]
    opened: GraphFile
    asked: Ask
    worth: float
    targeted: bool
    weights: str
    load_seconds: float
    warnings: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The ripple's fields, the seeds one by one, the graph and the warnings."""
        graph = self.opened.graph
        picks = [{"id": s.id, "name": s.name, "leads_to": s.leads_to, "cost": s.cost} for s in self.seeds]
        ways = 2 if self.opened.undirected else 1
        facts = {
            "nodes": graph.n_nodes,
            "edges": graph.n_arcs // ways,
            "edges_listed": self.opened.n_edges,
            "self_loops": graph.self_loops,
            "duplicates": graph.duplicates,
            "undirected": self.opened.undirected,
        }
        asked = {
            "model": self.asked.model,
            "weights": self.weights,
            "epsilon": self.asked.epsilon,
            "budget": self.asked.budget,
        }
        told = self.ripple.to_dict() | {"picks": picks, "worth": self.worth, "targeted": self.targeted} | asked
        return told | {"graph": facts, "load_seconds": self.load_seconds, "warnings": list(self.warnings)}


def ripple_files(files: RippleFiles, edging: Edging, asked: Ask) -> RippleAnswer:
    """The best seeds of a graph in files, and what they reach.

    `asked` says how many, how exactly and with what budget; what it says of nodes comes from the files.

    Raises
    ------
    WrongUsage
        Options that exclude or need each other, or are out of range.
    BadInput
        A file cannot be used, a node lacks its cost, or no permitted seed can be paid.
    NotFound, OutsideFailure
        A file cannot be read.
    """
    _refuse_misuse(files, asked)
    begun = time.perf_counter()
    opened = _open(files.graph, edging)
    loaded = time.perf_counter() - begun
    asked, said = with_nodes(replace(asked, threads=asked.threads or settings().threads), files, opened)
    _warm_up(opened.graph, asked)
    found = spread_from(opened.graph, asked, time.perf_counter)
    labels = read_labels(files.names, opened.ids) if files.names else opened.labels
    nodes = [int(node) for node in found.seeds]
    seeds = tuple(_seed(node, opened, labels, asked.costs) for node in nodes)
    return RippleAnswer(
        ripple=replace(found, seeds=tuple(seed.id for seed in seeds)),
        seeds=seeds,
        opened=opened,
        asked=asked,
        worth=float(opened.graph.n_nodes if asked.weights is None else asked.weights.sum()),
        targeted=asked.weights is not None,
        weights=edging.weights,
        load_seconds=loaded,
        warnings=(*opened.warnings, *_left_out(opened), *said),
    )


def _warm_up(graph: Graph, asked: Ask) -> None:
    """Load the compiled loops of such a question by asking it of two nodes, so that `seconds` is the search alone."""
    chance = None if graph.probability is None else np.full(min(graph.probability.size, 2), 0.5, dtype=np.float32)
    two = build_graph([0, 1], [1, 0], chance)
    values = None if asked.costs is None else np.ones(2)
    spread_from(two, Ask(k=1, model=asked.model, costs=values, budget=None if values is None else 1.0, seed=asked.seed))


def _refuse_misuse(files: RippleFiles, asked: Ask) -> None:
    if (files.costs is None) != (asked.budget is None):
        missing = "--budget AMOUNT" if asked.budget is None else "--costs FILE"
        raise WrongUsage("Costs and a budget belong together.", f"Add {missing}, or leave the other out.")
    if not 0 < asked.epsilon < 1:
        raise WrongUsage(f"An epsilon of {asked.epsilon:g} cannot be.", "Name a number above 0 and below 1, as 0.1.")
    if asked.delta is not None and not 0 < asked.delta < 1:
        raise WrongUsage(f"A delta of {asked.delta:g} cannot be.", "Name a chance above 0 and below 1, as 0.001.")
    if asked.budget is not None and not 0 < asked.budget < np.inf:
        raise WrongUsage(f"A budget of {asked.budget:g} cannot be.", "Name an amount above 0.")
    if [files.graph, files.costs, files.targets, files.eligible, files.names].count(STANDARD_INPUT) > 1:
        raise WrongUsage("Standard input (-) was named twice, and can be read once.", "Name files for the others.")


def _open(path: str, edging: Edging) -> GraphFile:
    """The graph, with the probabilities that `edging` asks for."""
    chance = _constant(edging.weights)
    own = edging.weights not in (WEIGHTED_CASCADE, COLUMN) and chance is None
    reading = Reading(edging.undirected, edging.reverse, edging.weights == COLUMN, edging.weights if own else None)
    opened = open_graph(path, reading, _folder() if edging.keep else None)
    if chance is None:
        return opened
    constant = np.array([chance], dtype=np.float32)
    return replace(opened, graph=replace(opened.graph, probability=constant))


def _folder() -> Path:
    return settings().home / "graphs"


def _constant(weights: str) -> float | None:
    """The probability that `--weights` names, or nothing where it names something else."""
    try:
        chance = float(weights)
    except ValueError:
        return None
    if not 0 <= chance <= 1:
        raise WrongUsage(f"A probability of {weights} cannot be.", "Name one from 0 to 1, or wc, column or a file.")
    return chance


def _left_out(opened: GraphFile) -> list[str]:
    loops, again = opened.graph.self_loops, opened.graph.duplicates
    said = []
    if loops:
        said.append(
            f"{loops:,} edge{'s' * (loops > 1)} from a node to itself {'were' if loops > 1 else 'was'} left out."
        )
    if again:
        said.append(f"{again:,} edge{'s' * (again > 1)} listed again count{'s' * (again == 1)} once.")
    return said


def _seed(node: int, opened: GraphFile, labels: tuple[str, ...], costs: Floats | None) -> Seed:
    name = opened.ids.name(node)
    label = labels[node] if labels else name
    return Seed(name, label, int(opened.leads_to[node]), None if costs is None else float(costs[node]))
