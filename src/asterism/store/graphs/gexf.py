"""GEXF, the graph format of Gephi, read element by element; documents that define entities are refused."""

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

import numpy as np

from asterism.errors import BadInput, UnreadableFile
from asterism.store.contents import Bytes
from asterism.store.graphs.edges import CHANCE, Edges
from asterism.store.graphs.node_ids import NodeIds

STARTS: Final = (b"<?xml", b"<gexf", b"<!doctype gexf")


def is_xml(head: bytes) -> bool:
    """Whether a file begins as GEXF does."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower().startswith(STARTS)


@dataclass(slots=True)
class _Reading:
    """What was met so far of a GEXF file."""

    source: str
    parser: expat.XMLParserType
    with_probability: bool
    is_gexf: bool = False
    undirected: bool = False
    mixed: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)

    def open(self, tag: str, given: dict[str, str]) -> None:
        """Take in one element; names may carry a namespace's prefix."""
        name = tag.rsplit(":", 1)[-1].lower()
        if name == "gexf":
            self.is_gexf = True
        elif name == "graph":
            self.undirected = given.get("defaultedgetype", "undirected") == "undirected"
        elif name == "node":
            node = self._needed(given, "id", "a node")
            self.labels[node] = given.get("label", node)
        elif name == "edge":
            self._edge(given)

    def _edge(self, given: dict[str, str]) -> None:
        self.ends.append((self._needed(given, "source", "an edge"), self._needed(given, "target", "an edge")))
        self.mixed |= (given.get("type", "undirected") == "undirected") != self.undirected and "type" in given
        if self.with_probability:
            self.chances.append(self._chance(given.get("weight", "")))

    def _chance(self, written: str) -> float:
        try:
            chance = float(written)
        except ValueError:
            chance = np.nan
        if not CHANCE.low <= chance <= CHANCE.high:
            what = f"the weight of an edge is `{written}`" if written else "an edge has no weight"
            raise BadInput(f"{self._where()}: {what}.", f"Write {CHANCE.range} there.")
        return chance

    def _needed(self, given: dict[str, str], name: str, what: str) -> str:
        if not given.get(name):
            raise BadInput(f"{self._where()}: {what} without {name}.", "Mend the file, or export it again.")
        return given[name]

    def _where(self) -> str:
        return f"{self.source}, line {self.parser.CurrentLineNumber}"


def read_gexf(source: str, content: Bytes, with_probability: bool) -> Edges:
    """The edges of a GEXF file, its labels and whether it calls them undirected.

    Raises
    ------
    UnreadableFile
        It is no XML, no GEXF, holds no edges, or defines entities: those can be made to fill the memory.
    BadInput
        An edge names no node, or its weight is no probability where that is asked for; the line is named.
    """
    parser = expat.ParserCreate()
    found = _Reading(source, parser, with_probability)
    parser.StartElementHandler = found.open
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_entities(source)
    try:
        parser.Parse(content.data, True)
    except expat.ExpatError as error:
        what = f"{source}, line {error.lineno}: broken XML: {expat.ErrorString(error.code)}."
        raise UnreadableFile(what, "Export the graph again.") from None
    if not found.is_gexf:
        raise UnreadableFile(f"{source} is XML but no GEXF graph.", "Export the graph as GEXF or as a list of edges.")
    if not found.ends:
        raise UnreadableFile(f"{source} has no edges.", "Export a graph with at least one edge.")
    return _edges(found)


def _edges(found: _Reading) -> Edges:
    for pair in found.ends:
        for node in pair:
            found.labels.setdefault(node, node)
    names = sorted(found.labels)
    code = {name: i for i, name in enumerate(names)}
    codes = np.array([(code[a], code[b]) for a, b in found.ends], dtype=np.uint32)
    default = "undirected" if found.undirected else "directed"
    said = (f"{found.source} mixes directed and undirected edges: all are taken as {default}, its default.",)
    return Edges(
        sources=codes[:, 0],
        targets=codes[:, 1],
        ids=NodeIds.of_names(names),
        probability=np.array(found.chances, dtype=np.float32) if found.with_probability else None,
        labels=tuple(found.labels[name] for name in names),
        undirected=found.undirected,
        warnings=said if found.mixed else (),
    )


def _refuse_entities(source: str) -> None:
    raise UnreadableFile(f"{source} defines a document type, which a graph needs not.", "Remove its DOCTYPE.")
