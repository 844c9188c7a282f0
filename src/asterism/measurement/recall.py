"""How well people know what brought them: what they say corrected for who forgets and who errs (Rogan and Gladen)."""

import math
import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.errors import BadInput

Floats = NDArray[np.float64]
Range = tuple[float, float]

_BETWEEN: Final = re.compile(r"\s*(?:–|-|\bto\b)\s*")


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands behind what was said, per draw, each (n,).

    `share` of all buyers the tier truly brought, `of_named` of those who name it, `of_others` of those who do not.
    """

    share: Floats
    of_named: Floats
    of_others: Floats


@dataclass(frozen=True, slots=True)
class Recall:
    """Of buyers whom a creator brought, `recall` say so; of the others `error` name a creator all the same.

    Both are stated as ranges that hold the truth, and every value inside is held to be as likely. A survey cannot tell
    them itself: they come from asking buyers whose way is known, as those who used a promo code.

    References
    ----------
    Rogan, W. J., & Gladen, B. (1978). Estimating prevalence from the results of a screening test.
    American Journal of Epidemiology, 107(1), 71-76. https://doi.org/10.1093/oxfordjournals.aje.a112510
    """

    recall: Range = (1.0, 1.0)
    error: Range = (0.0, 0.0)

    def __post_init__(self) -> None:
        for name, (low, high) in (("recall", self.recall), ("error", self.error)):
            if not 0 <= low <= high <= 1:
                raise BadInput(f"{low:g} to {high:g} is no range of shares.", "Write it as in 0.85-1.", name)
        if self.error[1] >= self.recall[0]:
            what = f"Up to {self.error[1]:.0%} name a creator in error, and as few as {self.recall[0]:.0%} rightly."
            raise BadInput(what, "Then answers tell nothing: state a recall above the error.", "recall")

    @classmethod
    def parse(cls, recall: str | None = None, error: str | None = None) -> "Recall":
        """What somebody states: `0.9`, `0.85-1` or `85-100%`; what is left out is taken as perfect.

        >>> Recall.parse("85-100%", "0.02")
        Recall(recall=(0.85, 1.0), error=(0.02, 0.02))
        """
        return cls(_range(recall, "recall", (1.0, 1.0)), _range(error, "error", (0.0, 0.0)))

    @property
    def truthful(self) -> bool:
        """Whether answers are taken as true."""
        return self.recall == (1.0, 1.0) and self.error == (0.0, 0.0)

    @property
    def says(self) -> str:
        """How answers are taken, in one sentence."""
        if self.truthful:
            return "Survey answers are taken as true: nobody is held to forget or to mix up what brought them."
        return (
            f"Survey answers are corrected as stated: of buyers whom a creator brought {_spoken(self.recall)} say so, "
            f"of the others {_spoken(self.error)} name a creator all the same."
        )

    def truth(self, named: Floats, creators: Floats, astray: float, rng: np.random.Generator) -> Truth:
        """The truth behind the shares of buyers who name a tier and who name any creator, each (n,).

        p = (q - e · a · (1 - P)) / r with P = (Q - e) / (r - e): q and Q name the tier and any creator, r recalls, e
        errs, and a is the part of mistaken names that falls to the tier.
        """
        r, e = (rng.uniform(*ends, named.size) for ends in (self.recall, self.error))
        anybody = np.clip((creators - e) / (r - e), 0.0, 1.0)
        share = np.clip((named - e * astray * (1 - anybody)) / r, 0.0, 1.0)
        of_named = np.clip(r * share / np.maximum(named, np.finfo(float).tiny), 0.0, 1.0)
        of_others = np.clip((1 - r) * share / np.maximum(1 - named, np.finfo(float).tiny), 0.0, 1.0)
        return Truth(share, of_named, of_others)

    def blurred(self, named: float, astray: float) -> float:
        """How many times wider what a share says becomes by errors; infinite where they alone would explain it."""
        wrong = sum(self.error) / 2 * astray
        return named / (named - wrong) if named > wrong else math.inf


TRUTHFUL: Final = Recall()
"""Answers taken as true."""


def _range(text: str | None, name: str, default: Range) -> Range:
    written = (text or "").strip().replace(",", ".")
    if not written:
        return default
    scale = 100.0 if "%" in written else 1.0
    try:
        ends = [float(part) / scale for part in _BETWEEN.split(written.replace("%", " ").strip())]
        low, high = ends if len(ends) > 1 else (ends[0], ends[0])
    except ValueError:
        raise BadInput(f"`{written}` is no share and no range.", "Write it as in 0.9 or 0.85-1.", name) from None
    return low, high


def _spoken(ends: Range) -> str:
    low, high = (f"{100 * end:.3g}%" for end in ends)
    return low if low == high else f"{low} to {high}"
