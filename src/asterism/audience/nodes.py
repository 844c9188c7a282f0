"""The user's node ids, text or whole numbers, as codes 0 … n − 1 and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Node ids in ascending order; a node's code is its place among them."""

    ids: NDArray[Any]

    def name(self, code: int) -> Any:
        """The id of a code, as a plain text or whole number."""
        return self.ids[code].item() if isinstance(self.ids[code], np.generic) else self.ids[code]

    def codes(self, ids: Any) -> Codes:
        """Codes of ids, (len(ids),); raises `BadInput` for one that is in no edge."""
        wanted = _column(ids)
        if wanted.size == 0:
            return np.zeros(0, dtype=np.int64)
        if wanted.dtype.kind != self.ids.dtype.kind and {wanted.dtype.kind, self.ids.dtype.kind} != {"i", "u"}:
            raise BadInput(f"`{wanted[0]}` is no node of the graph.", "Use the ids of the edges.")
        at = np.minimum(np.searchsorted(self.ids, wanted), self.ids.size - 1)
        strange = np.flatnonzero(self.ids[at] != wanted)
        if strange.size:
            raise BadInput(f"`{wanted[strange[0]]}` is no node of the graph.", "Use the ids of the edges.")
        return at.astype(np.int64)

    def values(self, given: Any, what: str) -> NDArray[np.float64]:
        """One number per node, (n_nodes,), from a mapping by id or an array in the order of the ids.

        Nodes a mapping leaves out are NaN. An array by whole-number id may be longer than there are nodes: entry i is
        then node i's.
        """
        if isinstance(given, Mapping):
            found = np.full(self.ids.size, np.nan)
            named = {self._plain(key): float(value) for key, value in given.items()}
            for code in range(self.ids.size):
                found[code] = named.get(self.name(code), np.nan)
            return found
        found = np.asarray(given, dtype=np.float64)
        if found.size == self.ids.size:
            return found
        if self.ids.dtype.kind in "iu" and self.ids[0] >= 0 and found.ndim == 1 and found.size > int(self.ids[-1]):
            return np.asarray(found[self.ids])
        raise BadInput(f"There are {found.size:,} {what} for {self.ids.size:,} nodes.", "Give one per node.")

    def costs(self, given: Any, eligible: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """The cost of each node, (n_nodes,); those that are not eligible may lack one, and count as the dearest."""
        found = self.values(given, "costs")
        without = np.isnan(found) if eligible is None else np.isnan(found) & eligible
        if without.any():
            name = self.name(int(without.argmax()))
            raise BadInput(f"There is no cost for node `{name}`.", "Give one for every node that can be a seed.")
        return np.where(np.isnan(found), np.nanmax(found), found)

    def marked(self, given: Any) -> NDArray[np.bool_]:
        """One yes or no per node, (n_nodes,), from a list of ids, or from such marks."""
        found = _column(sorted(given) if isinstance(given, set | frozenset) else given, marks=True)
        if found.dtype == bool:
            return found
        marks = np.zeros(self.ids.size, dtype=bool)
        marks[self.codes(found)] = True
        return marks

    @staticmethod
    def _plain(key: Any) -> Any:
        return key.item() if isinstance(key, np.generic) else key


def coded(sources: Any, targets: Any) -> tuple[Nodes, Codes, Codes]:
    """The nodes of a list of edges, and both ends of each edge as codes.

    Raises
    ------
    BadInput
        Ids that are neither text nor whole numbers, or a mixture.
    """
    begin, end = _column(sources), _column(targets)
    if begin.size and end.size and (begin.dtype.kind in "iu") != (end.dtype.kind in "iu"):
        raise BadInput("Sources and targets are of different kinds.", "Give both as text, or both as whole numbers.")
    both = np.concatenate([begin, end])
    if both.dtype.kind in "iu" and both.size and int(both.min()) >= 0 and int(both.max()) < 4 * both.size + 1_000:
        there = np.zeros(int(both.max()) + 1, dtype=bool)
        there[both] = True
        place = np.cumsum(there) - 1
        return Nodes(np.flatnonzero(there)), place[begin], place[end]
    ids, code = np.unique(both, return_inverse=True)
    return Nodes(ids), code[: begin.size], code[begin.size :]


def _column(ids: Any, marks: bool = False) -> NDArray[Any]:
    found = ids.to_numpy() if hasattr(ids, "to_numpy") else np.asarray(ids)
    if marks and found.dtype == bool:
        return found
    if found.ndim != 1:
        raise BadInput("Node ids are not a list.", "Give one id per edge.")
    if found.dtype.kind == "O":
        if not all(isinstance(one, str) for one in found):
            raise BadInput("A node id is neither text nor a whole number.", "Give all as text, or as whole numbers.")
        return found.astype(str)
    if found.size and found.dtype.kind not in "iuUT":
        raise BadInput("A node id is neither text nor a whole number.", "Give all as text, or as whole numbers.")
    return found
