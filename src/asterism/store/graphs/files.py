"""Graphs from files: told apart by content, built once, kept for the next time."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.audience.graph import Graph, build_graph
from asterism.errors import UnreadableFile
from asterism.store.contents import STANDARD_INPUT, Bytes, map_bytes, named
from asterism.store.failures import reason
from asterism.store.graphs.edge_lists import read_edge_list
from asterism.store.graphs.edge_tables import START, read_edge_table
from asterism.store.graphs.edge_weights import match_weights
from asterism.store.graphs.edges import Edges
from asterism.store.graphs.gexf import is_xml, read_gexf
from asterism.store.graphs.kept import Kept, cache_file, identity, keep, load
from asterism.store.graphs.node_ids import NodeIds

_BLANK: Final = b" \t\r\n\0\xef\xbb\xbf"
_FOREIGN: Final = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a workbook or an archive"), (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"), (b"BZh", "packed with bzip2: unpack it first"), (b"SQLite format 3", "a database"),
    (b"{", "JSON"), (b"[", "JSON"), (b"<html", "a web page"), (b"<!doctype html", "a web page"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How a graph's file is to be read.

    Parameters
    ----------
    undirected
        Every edge runs both ways, whatever the file says.
    reverse
        Every edge runs from its second node to its first, as «who follows whom» does.
    column
        The file's third column holds the probability of each edge.
    weights
        A file of edges with their probabilities, for a graph without.
    """

    undirected: bool = False
    reverse: bool = False
    column: bool = False
    weights: str | None = None


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A graph with what its file calls the nodes.

    Parameters
    ----------
    labels
        What people call each node, empty where the file gives ids only.
    leads_to
        How many nodes each node can pass something to directly, uint32 (n_nodes,).
    n_edges
        Edges listed, loops and repeated ones among them.
    undirected
        Whether edges were taken both ways.
    """

    graph: Graph
    ids: NodeIds
    labels: tuple[str, ...]
    leads_to: NDArray[np.uint32]
    n_edges: int
    undirected: bool
    warnings: tuple[str, ...] = ()


def open_graph(path: str, reading: Reading | None = None, folder: Path | None = None) -> GraphFile:
    """The graph of a file, or of standard input for `-`.

    An edge list as text or Parquet, or GEXF, told apart by content; what gzip packed is unpacked.

    Parameters
    ----------
    folder
        Where built graphs are kept; without one, nothing is kept. A kept graph that is damaged is built again.

    Raises
    ------
    NotFound, UnreadableFile, MissingColumns, OutsideFailure
        The file cannot be read, or is no graph.
    BadInput
        An edge of it cannot be used; its line is named.
    """
    reading = reading or Reading()
    before = _identities(path, reading) if folder is not None else None
    if folder is None or before is None:
        return _built(path, reading)
    file = cache_file(folder, [path, before, asdict(reading)])
    kept = load(file)
    if kept is not None:
        return _restored(kept)
    opened = _built(path, reading)
    if _identities(path, reading) != before:  # it was written to while we read
        return opened
    try:
        keep(file, *_taken_apart(opened))
    except OSError as error:
        said = f"The graph could not be kept for the next time: {reason(error)}."
        return replace(opened, warnings=(*opened.warnings, said))
    return opened


def read_edges(path: str, column: bool, reverse: bool = False) -> Edges:
    """The edges of a file in any format, turned round on request; raises as `open_graph`."""
    edges = _read(named(path), map_bytes(path), column)
    return replace(edges, sources=edges.targets, targets=edges.sources) if reverse else edges


def _read(source: str, content: Bytes, column: bool) -> Edges:
    """The edges of a file by what its first bytes say it is."""
    head = content[:512].tobytes()
    if not head.strip(_BLANK) and not content.tobytes().strip(_BLANK):
        raise UnreadableFile(f"{source} is empty.", "Give one edge per line: source, target.")
    if head.startswith(START):
        return read_edge_table(source, content, column)
    if is_xml(head):
        return read_gexf(source, content, column)
    for start, what in _FOREIGN:
        if head.lstrip()[: len(start)].lower() == start.lower():
            raise UnreadableFile(f"{source} is no graph: it is {what}.", "Give a list of edges, Parquet or GEXF.")
    return read_edge_list(source, content, column)


def _identities(path: str, reading: Reading) -> list[Any] | None:
    """What changes when one of the files does; nothing where one is standard input or cannot be asked."""
    files = [path, *([reading.weights] if reading.weights else [])]
    if STANDARD_INPUT in files:
        return None
    with suppress(OSError, ValueError):
        return [identity(file) for file in files]
    return None


def _built(path: str, reading: Reading) -> GraphFile:
    edges = read_edges(path, reading.column, reading.reverse)
    undirected = reading.undirected or edges.undirected
    chance, said = edges.probability, edges.warnings
    if reading.weights is not None:
        given = read_edges(reading.weights, True, reading.reverse)
        chance, strangers = match_weights(edges, given, undirected, named(reading.weights))
        said = (*said, *strangers)
    graph = build_graph(edges.sources, edges.targets, chance, n_nodes=len(edges.ids), undirected=undirected)
    leads_to = np.empty(graph.n_nodes, dtype=np.uint32)
    leads_to[graph.node] = np.bincount(graph.source, minlength=graph.n_nodes)
    return GraphFile(graph, edges.ids, edges.labels, leads_to, edges.sources.size, undirected, said)


def _taken_apart(opened: GraphFile) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and the plain facts of an opened graph, for the cache."""
    graph, ids = opened.graph, opened.ids
    arrays: dict[str, NDArray[Any]] = {"start": graph.start, "source": graph.source, "node": graph.node}
    arrays |= {"numbers": ids.numbers, "letters": ids.letters, "ends": ids.ends, "leads_to": opened.leads_to}
    arrays["labels"] = np.frombuffer(json.dumps(opened.labels).encode(), dtype=np.uint8)
    if graph.probability is not None:
        arrays["probability"] = graph.probability
    facts: dict[str, Any] = {"n_nodes": graph.n_nodes, "self_loops": graph.self_loops, "duplicates": graph.duplicates}
    facts |= {"n_edges": opened.n_edges, "undirected": opened.undirected, "warnings": list(opened.warnings)}
    return arrays, facts


def _restored(kept: Kept) -> GraphFile:
    arrays, facts = kept.arrays, kept.facts
    graph = Graph(
        facts["n_nodes"], arrays["start"], arrays["source"], arrays.get("probability"), arrays["node"],
        facts["self_loops"], facts["duplicates"],
    )  # fmt: skip
    ids = NodeIds(arrays["numbers"], arrays["letters"], arrays["ends"])
    labels = tuple(json.loads(arrays["labels"].tobytes()))
    said = tuple(facts["warnings"])
    return GraphFile(graph, ids, labels, arrays["leads_to"], facts["n_edges"], facts["undirected"], said)
