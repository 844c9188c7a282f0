"""Ids in the cells of a text → codes 0, 1, 2, … in rising order of the ids; the second look at a graph's nodes."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput
from asterism.store.graphs._kernels import QUOTE, mark, number_names, place_names, read_integers, recode
from asterism.store.graphs.cells import Block, Text, word, words
from asterism.store.graphs.node_ids import NodeIds, Numbers

Codes = NDArray[np.uint32]
_SPARSE: Final = 16
"""Ids may run this many times as high as there are edges before they are sorted instead of looked up."""


def integers(text: Text, block: Block, columns: int) -> Numbers | None:
    """The ids in the first columns of a block as numbers, None where one is none.

    Row by row, uint64 (n_rows · columns,).
    """
    cells = block.cells[:, :columns].reshape(-1, 2)
    found = np.empty(len(cells), dtype=np.uint64)
    return found if read_integers(text.content, cells, found) < 0 else None


def narrow(numbers: Numbers) -> NDArray[np.unsignedinteger]:
    """The same numbers in half the space where they fit."""
    return numbers.astype(np.uint32) if numbers.size and numbers.max() < 2**32 else numbers.copy()


def code_numbers(numbers: NDArray[np.unsignedinteger]) -> tuple[Codes, NodeIds]:
    """The code of each number, and the ids in order; the numbers may be overwritten."""
    top = int(numbers.max())
    if top > _SPARSE * numbers.size + (1 << 16):
        ids, codes = np.unique(numbers, return_inverse=True)
        return codes.astype(np.uint32), NodeIds.of_numbers(ids.astype(np.uint64))
    codes = numbers.astype(np.uint32, copy=False)
    seen = np.zeros(top + 1, dtype=np.bool_)
    mark(codes, seen)
    ids = np.flatnonzero(seen).astype(np.uint64)
    if ids.size <= top:
        recode(codes, np.cumsum(seen, dtype=np.uint32) - np.uint32(1))
    return codes, NodeIds.of_numbers(ids)


class Names:
    """Names numbered by first appearance as blocks go by, and put in order at the end."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._places = np.full(1 << 10, -1, dtype=np.int64)
        self._first = np.empty((1 << 9, 2), dtype=np.int64)
        self._n = 0

    def add(self, block: Block, columns: int) -> Codes:
        """The number of each name in the first columns of a block, row by row."""
        cells = np.ascontiguousarray(block.cells[:, :columns]).reshape(-1, 2)
        self._make_room(self._n + len(cells))
        out = np.empty(len(cells), dtype=np.int64)
        self._n = number_names(self._text.content, cells, self._places, self._first, self._n, out)
        return out.astype(np.uint32)

    def in_order(self) -> tuple[Codes, NodeIds]:
        """The final code of each number, and the ids in order."""
        names = words(self._text, self._first[: self._n])
        order = sorted(range(self._n), key=names.__getitem__)
        codes = np.empty(self._n, dtype=np.uint32)
        codes[order] = np.arange(self._n, dtype=np.uint32)
        return codes, NodeIds.of_names([names[i] for i in order])

    def _make_room(self, n_names: int) -> None:
        """Twice as many places as there could be names, so that a free one is always near."""
        if n_names > len(self._first):
            self._first = np.concatenate([self._first, np.empty((n_names, 2), dtype=np.int64)])
        if 2 * n_names > self._places.size:
            self._places = np.full(1 << (2 * n_names).bit_length(), -1, dtype=np.int64)
            place_names(self._text.content, self._first, self._n, self._places)


def refuse_stray_words(text: Text, ids: NodeIds, reread: Callable[[], Iterator[Block]]) -> None:
    """Raise where an id is empty, or a word among whole numbers.

    A word among numbers is a slip, unless it is quoted or words are many.
    """
    names = ids.names()
    mostly_numbers = 2 * sum(name.isdecimal() for name in names) > len(names)
    if not mostly_numbers and "" not in names:
        return
    for block in reread():
        for row, cells in enumerate(block.cells[:, :2]):
            for cell in cells:
                stray = word(text, cell)
                if not stray or (mostly_numbers and not stray.isdecimal() and text.content[cell[0] - 1] != QUOTE):
                    where = f"{text.source}, line {block.lines[row]}"
                    what = f"`{stray}` stands where other ids are numbers" if stray else "an id is missing"
                    raise BadInput(f"{where}: {what}.", "Write the number, or put the id in quotes if it is a name.")
