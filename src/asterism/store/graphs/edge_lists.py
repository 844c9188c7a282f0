"""An edge list as text: two columns of ids, and one of probabilities where it is asked for."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from asterism.errors import UnreadableFile
from asterism.store.contents import Bytes, as_utf8
from asterism.store.graphs._kernels import read_pairs
from asterism.store.graphs.cells import ROWS, Block, Text, blocks, numbers
from asterism.store.graphs.edges import CHANCE, Edges, Shares, refuse_too_many, roles
from asterism.store.graphs.layouts import Layout, counts_read, find_layout
from asterism.store.graphs.node_ids import NodeIds
from asterism.store.graphs.numbering import Names, code_numbers, integers, narrow, refuse_stray_words

Pairs = NDArray[np.unsignedinteger]


def read_edge_list(source: str, content: Bytes, with_probability: bool) -> Edges:
    """The edges of a text with one per line.

    Cells are parted by blanks, tabs, commas or semicolons; lines that begin with # or % are comments; a header is
    recognised. A first line that gives the numbers of nodes and edges is not an edge.

    Raises
    ------
    UnreadableFile
        It is no text, or holds no edges.
    BadInput
        A line is no edge; it is named.
    """
    content, warnings = as_utf8(source, content)
    layout = find_layout(source, content, roles(with_probability))
    text = Text(source, content, layout)
    edges = _with_numbers(text, with_probability) or _with_names(text, with_probability)
    said = (*layout.warnings, *edges.warnings, *_remarks(source, layout, with_probability))
    return replace(edges, warnings=(*warnings, *said))


def _remarks(source: str, layout: Layout, with_probability: bool) -> Iterator[str]:
    """What a reader should know of how columns were taken."""
    if layout.header and layout.columns[0] > layout.columns[1]:
        begin, end = (layout.header[i] for i in layout.columns[:2])
        yield f"Edges run from `{begin}` to `{end}`, by the header of {source}."
    if layout.width == 3 and not with_probability:
        yield f"{source} has a third column, unused: --weights column takes it as probabilities."


def _with_numbers(text: Text, with_probability: bool) -> Edges | None:
    """The edges where every id is a whole number written plainly, else nothing."""
    plain = not with_probability and text.layout.columns == (0, 1)
    found, rest = _plainest(text) if plain else ([], text)
    chances: list[Shares] = []
    for block in _counted(rest, sum(map(len, found)) // 2):
        pairs = integers(rest, block, 2)
        if pairs is None:
            return None
        found.append(narrow(pairs))
        chances += _chances(text, block, with_probability)
    pairs = _joined(text, found)
    counted = not text.layout.header and not text.layout.warnings and _is_count(pairs)
    said = (counts_read(text.source, text.layout.line, pairs[:2].tolist()),) if counted else ()
    codes, ids = code_numbers(pairs[2:] if counted else pairs)
    return replace(_edges(codes, ids, chances, int(counted)), warnings=said)


def _plainest(text: Text) -> tuple[list[Pairs], Text]:
    """The first edges as far as they are written most plainly, and the text from there on."""
    content, layout = text.content, text.layout
    at, line, n_edges = layout.begin, layout.line, 0
    room = np.empty((min(ROWS, content.size // 4 + 1), 2), dtype=np.uint64)
    found: list[Pairs] = []
    while at < content.size:
        n_rows, at, line = read_pairs(content, at, line, layout.delimiter, room)
        if not n_rows:
            break
        n_edges += n_rows
        refuse_too_many(text.source, n_edges)
        found.append(narrow(room[:n_rows].reshape(-1)))
    return found, replace(text, layout=replace(layout, begin=at, line=line))


def _with_names(text: Text, with_probability: bool) -> Edges:
    """The edges where ids are names; numbers among them are names too."""
    names = Names(text)
    found: list[Pairs] = []
    chances: list[Shares] = []
    for block in _counted(text):
        found.append(names.add(block, 2))
        chances += _chances(text, block, with_probability)
    codes, ids = names.in_order()
    refuse_stray_words(text, ids, lambda: blocks(text))
    return _edges(codes[_joined(text, found)], ids, chances, 0)


def _counted(text: Text, n_edges: int = 0) -> Iterator[Block]:
    """The blocks of a text, refused where they and the edges before them become too many."""
    for block in blocks(text):
        n_edges += len(block.lines)
        refuse_too_many(text.source, n_edges)
        yield block


def _chances(text: Text, block: Block, wanted: bool) -> list[Shares]:
    return [numbers(text, block, 2, CHANCE).astype(np.float32)] if wanted else []


def _joined(text: Text, found: list[Pairs]) -> Pairs:
    if not found:
        raise UnreadableFile(f"{text.source} has a header and no edges.", "Give one edge per line: source, target.")
    joined: Pairs = found[0] if len(found) == 1 else np.concatenate(found)
    found.clear()  # the parts of a large graph need not stand beside their sum
    return joined


def _is_count(pairs: Pairs) -> bool:
    """Whether the first line counts nodes and edges: as many edges follow, between no more nodes."""
    n_nodes, n_edges = int(pairs[0]), int(pairs[1])
    if n_edges != pairs.size // 2 - 1 or n_edges == 0:
        return False
    return n_nodes > int(pairs[2:].max()) or n_nodes >= np.unique(pairs[2:]).size


def _edges(codes: NDArray[np.uint32], ids: NodeIds, chances: list[Shares], skipped: int) -> Edges:
    probability = np.concatenate(chances)[skipped:] if chances else None
    return Edges(codes[0::2], codes[1::2], ids, probability)
