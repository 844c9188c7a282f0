"""Values of nodes from a file: what each costs, what reaching it is worth, which can be seeds, what it is called."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.store.contents import Bytes, as_utf8, map_bytes, named
from asterism.store.graphs.cells import Block, Bounds, Floats, Text, blocks, numbers, words
from asterism.store.graphs.edge_tables import START, id_column, number_column, table_columns
from asterism.store.graphs.layouts import NODE, Role, find_layout
from asterism.store.graphs.node_ids import UNKNOWN, NodeIds
from asterism.store.graphs.numbering import integers

Codes = NDArray[np.int64]
_CALLED = ("name", "label", "title", "handle")


@dataclass(frozen=True, slots=True)
class NodeValues:
    """The values of nodes, (n_nodes,), NaN where the file names none; strangers are ids that are not in the graph."""

    values: Floats
    strangers: int
    twice: int


def read_node_values(path: str, ids: NodeIds, column: Role, bounds: Bounds) -> NodeValues:
    """The value of each node from a file with one node per row.

    The last row counts where a node stands in several.

    Raises
    ------
    NotFound, UnreadableFile, MissingColumns, OutsideFailure
        The file cannot be read, or has no such columns.
    BadInput
        A value is no number or out of bounds; the line is named.
    """
    codes, found = _pairs(path, ids, [NODE, column], bounds)
    return _placed(len(ids), codes, found)


def read_nodes(path: str, ids: NodeIds) -> NodeValues:
    """1 for each node a file lists, else NaN; raises as `read_node_values`."""
    codes, _ = _pairs(path, ids, [NODE], None)
    return _placed(len(ids), codes, np.ones(codes.size))


def read_labels(path: str, ids: NodeIds) -> tuple[str, ...]:
    """What people call each node, from a table; its id where the table says nothing.

    The column of ids is the one that most often names a node; names stand in a column called so, else in the next.
    """
    content, _ = as_utf8(named(path), map_bytes(path))
    layout = find_layout(named(path), content, [NODE, _CALLED])
    delimiter = chr(layout.delimiter)
    lines = io.StringIO(content[layout.begin :].tobytes().decode("utf-8", "replace"), newline="")
    rows = [row for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == " ") if len(row) > 1]
    known = {name: node for node, name in enumerate(ids.names())}
    key = _most_known(rows, known)
    called = next((i for i, name in enumerate(layout.header) if any(word in name.lower() for word in _CALLED)), -1)
    column = called if called not in (-1, key) else int(key == 0)
    labels = ids.names()
    for row in rows:
        if len(row) > max(key, column) and row[key].strip() in known and row[column].strip():
            labels[known[row[key].strip()]] = row[column].strip()
    return tuple(labels)


def _most_known(rows: Sequence[Sequence[str]], known: dict[str, int]) -> int:
    width = min(map(len, rows), default=1)
    return max(range(width), key=lambda i: (sum(row[i].strip() in known for row in rows), -i))


def _pairs(path: str, ids: NodeIds, roles: Sequence[Role], bounds: Bounds | None) -> tuple[Codes, Floats]:
    source, content = named(path), map_bytes(path)
    if content[:4].tobytes() == START:
        return _of_table(source, content, ids, roles, bounds)
    content, _ = as_utf8(source, content)
    text = Text(source, content, find_layout(source, content, roles))
    codes: list[Codes] = [np.zeros(0, dtype=np.int64)]
    found: list[Floats] = [np.zeros(0)]
    for block in blocks(text):
        codes.append(_codes(text, block, ids))
        found.append(numbers(text, block, 1, bounds) if bounds else np.ones(len(block.lines)))
    return np.concatenate(codes), np.concatenate(found)


def _codes(text: Text, block: Block, ids: NodeIds) -> Codes:
    whole = integers(text, block, 1) if ids.numbers.size else None
    return ids.codes(words(text, block.cells[:, 0])) if whole is None else ids.codes_of(whole)


def _of_table(
    source: str, content: Bytes, ids: NodeIds, roles: Sequence[Role], bounds: Bounds | None
) -> tuple[Codes, Floats]:
    columns = table_columns(source, content, roles)
    names = [str(name) for name in id_column(source, columns[0]).to_pylist()]
    return ids.codes(names), number_column(source, columns[1], bounds) if bounds else np.ones(len(names))


def _placed(n_nodes: int, codes: Codes, found: Floats) -> NodeValues:
    known = codes != UNKNOWN
    values = np.full(n_nodes, np.nan)
    values[codes[known]] = found[known]
    return NodeValues(values, int((~known).sum()), int(known.sum() - np.isfinite(values).sum()))
