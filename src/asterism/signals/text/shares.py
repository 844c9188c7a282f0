"""A share of a creator's texts and its doubt: what was counted, weighed against what is usual."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.priors.curves import Z

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is believed of a share before counting: its mean, and how many texts that weighs as much as."""

    share: float = 0.5
    texts: float = 1.0


@dataclass(frozen=True, slots=True)
class Counted:
    """Hits among n texts per creator, and the belief about their share; shapes alike.

    The share's posterior is Beta(a + hits, b + n − hits) with a = usual · texts, b = (1 − usual) · texts.
    """

    hits: Floats
    n: Floats
    usual: Usual = Usual()

    @property
    def mean(self) -> Floats:
        """The expected share."""
        return np.asarray((self.hits + self.usual.share * self.usual.texts) / (self.n + self.usual.texts))

    @property
    def sd(self) -> Floats:
        """The standard deviation of the share: √(m(1−m) / (n + texts + 1))."""
        return np.asarray(np.sqrt(self.mean * (1.0 - self.mean) / (self.n + self.usual.texts + 1.0)))

    @property
    def low(self) -> Floats:
        """The lower end of the 80% range, at least 0."""
        return np.asarray(np.maximum(self.mean - Z * self.sd, 0.0))

    @property
    def high(self) -> Floats:
        """The upper end of the 80% range, at most 1."""
        return np.asarray(np.minimum(self.mean + Z * self.sd, 1.0))


def several(n: float, noun: str) -> str:
    """A count and its noun.

    >>> several(1, "text"), several(3, "text")
    ('1 text', '3 texts')
    """
    return f"{n:.0f} {noun}{'' if round(n) == 1 else 's'}"
