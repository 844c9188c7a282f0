"""`Signal`: one number per creator with its range, its listed parts, and what each part rests on.

A signal is a weighted mean of parts, each brought to a scale from 0 to 1. A part that cannot be measured does not count
as zero: it may be anything, so it stands at its usual score and widens the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput
from asterism.priors.curves import Z

Floats = NDArray[np.float64]

USUAL: Final = 0.5
"""Score of a part that was not measured, where its maker knows nothing better."""
UNKNOWN_SD: Final = 0.29
"""Standard deviation of a score that may be anything from 0 to 1: √(1/12)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One measured part of a signal, shape (n,) each.

    Parameters
    ----------
    name
        What is measured, as in `returning commenters`.
    weight
        Its weight in the signal, above 0; weights of a signal need not add up to 1.
    measured
        The figure as measured, in `unit`; NaN where it could not be.
    unit
        The unit of `measured`, as in `share` or `per post`.
    score
        What the figure says, 0 (bad) to 1 (good); NaN where not measured.
    sd
        Doubt of the score, a standard deviation; ignored where not measured.
    evidence
        What it rests on, as in `12 posts`, or why it could not be measured.
    usual
        The score that stands in where it was not measured.
    """

    name: str
    weight: float
    measured: Floats
    unit: str
    score: Floats
    sd: Floats
    evidence: NDArray[np.object_]
    usual: float = USUAL

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise BadInput(f"The part `{self.name}` has no weight.", "Leave it out, or give a weight above 0.")
        if {np.shape(x) for x in (self.measured, self.score, self.sd, self.evidence)} != {self.score.shape}:
            raise BadInput(f"The part `{self.name}` does not say the same of every creator.")
        if np.any((self.score < 0) | (self.score > 1)):
            raise BadInput(f"A score of the part `{self.name}` is not between 0 and 1.")

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the part was measured, (n,)."""
        return np.isfinite(self.score)


@dataclass(frozen=True, slots=True)
class Signal:
    """A number per creator, its 80% range, and how it came about, shape (n,) each.

    Parameters
    ----------
    name, version
        What it is, and which edition of its parts and weights made it.
    value, low, high
        0 to 1; never NaN.
    formula
        How the parts become the value, as a person reads it.
    parts
        The parts, in the order in which they are shown.
    known
        Share of the weight that was measured, 0 to 1.
    """

    name: str
    version: str
    value: Floats
    low: Floats
    high: Floats
    formula: str
    parts: tuple[Part, ...]
    known: Floats

    def part(self, name: str) -> Part:
        """The part of that name."""
        return next(part for part in self.parts if part.name == name)


def combine(name: str, version: str, parts: Sequence[Part]) -> Signal:
    """The weighted mean of the parts, value = Σ wᵢ·sᵢ / Σ wᵢ, with the doubt of each carried over.

    Parts err independently: variance = Σ wᵢ²·sdᵢ² / (Σ wᵢ)², a part not measured with `UNKNOWN_SD` around its usual
    score; no evidence widens more than none. The range is the value ± 1.28 standard deviations, within 0 and 1.
    """
    weights = np.array([part.weight for part in parts])
    known = np.stack([part.known for part in parts])
    scores = np.stack([np.where(part.known, part.score, part.usual) for part in parts])
    doubts = np.stack([np.where(part.known, np.minimum(part.sd, UNKNOWN_SD), UNKNOWN_SD) for part in parts])
    value = weights @ scores / weights.sum()
    spread = Z * np.sqrt(weights**2 @ doubts**2) / weights.sum()
    return Signal(
        name,
        version,
        value,
        np.clip(value - spread, 0.0, 1.0),
        np.clip(value + spread, 0.0, 1.0),
        formula(parts),
        tuple(parts),
        weights @ known / weights.sum(),
    )


def formula(parts: Sequence[Part]) -> str:
    """The weights as people read them: `0.4 × replies + 0.6 × saves`, adding up to 1."""
    total = sum(part.weight for part in parts)
    return " + ".join(f"{part.weight / total:.2g} × {part.name}" for part in parts)
