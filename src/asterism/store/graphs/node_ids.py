"""`NodeIds`: what a file calls each node of its graph, and which node a name means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Codes = NDArray[np.int64]
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class NodeIds:
    """The id of each node, in rising order: whole numbers as numbers, other names as UTF-8.

    Parameters
    ----------
    numbers
        The ids where all are whole numbers written plainly, uint64 (n_nodes,); otherwise empty.
    letters, ends
        The ids one after the other as UTF-8, uint8, and where each ends, int64 (n_nodes,); empty where numbers are.
    """

    numbers: Numbers
    letters: NDArray[np.uint8]
    ends: Codes

    def __len__(self) -> int:
        return int(self.numbers.size or self.ends.size)

    @classmethod
    def of_numbers(cls, numbers: Numbers) -> "NodeIds":
        """Ids that are whole numbers, given in rising order."""
        return cls(numbers, np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.int64))

    @classmethod
    def of_names(cls, names: Sequence[str]) -> "NodeIds":
        """Ids that are names, given in rising order."""
        written = [name.encode() for name in names]
        ends = np.cumsum(np.fromiter(map(len, written), dtype=np.int64, count=len(written)))
        return cls(np.zeros(0, dtype=np.uint64), np.frombuffer(b"".join(written), dtype=np.uint8), ends)

    def name(self, node: int) -> str:
        """The id of a node, as the file writes it."""
        if self.numbers.size:
            return str(self.numbers[node])
        begin = int(self.ends[node - 1]) if node else 0
        return self.letters[begin : int(self.ends[node])].tobytes().decode()

    def names(self) -> list[str]:
        """Every id, in order."""
        if self.numbers.size:
            return list(map(str, self.numbers.tolist()))
        written, ends = self.letters.tobytes(), self.ends.tolist()
        return [written[begin:end].decode() for begin, end in zip([0, *ends[:-1]], ends, strict=True)]

    def codes(self, names: Sequence[str]) -> Codes:
        """The node each name means, −1 where there is none."""
        known = {name: node for node, name in enumerate(self.names())}
        return np.fromiter((known.get(name, UNKNOWN) for name in names), dtype=np.int64, count=len(names))

    def codes_of(self, numbers: Numbers) -> Codes:
        """The node each number means, −1 where there is none or ids are names."""
        if not self.numbers.size:
            return np.full(numbers.size, UNKNOWN, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.numbers, numbers), self.numbers.size - 1)
        return np.where(self.numbers[at] == numbers, at, UNKNOWN).astype(np.int64)
