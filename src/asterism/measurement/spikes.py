"""Spikes: orders with a code that jump above its own past without clicks to explain them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLOCK: Final = 3
"""Days that are counted together."""
PAST: Final = 4
"""Blocks of its own past that a code must have before a jump can be seen."""
LASTS: Final = 0.5
"""What is left of a click's pull from one block to the next."""
UNEVEN: Final = 0.3
"""Overdispersion that is always assumed: posts differ in how well they sell."""


def jumps(orders: Floats, clicks: Floats) -> tuple[float, int]:
    """The chance of the largest jump on an honest code, and its block; counts per block, shape (n_blocks,) each.

    A block's orders are expected at the code's usual orders per click, or at its usual orders per block if that is
    more. Given the past they follow a negative binomial law; the smallest chance is multiplied by how many blocks were
    looked at (Bonferroni). (1, 0) where nothing can be seen.
    """
    pull = _pull(clicks)
    looked = [b for b in range(PAST, len(orders)) if orders[:b].any()]
    found = [_jump(orders[: b + 1], pull[: b + 1]) for b in looked]
    if not found:
        return 1.0, 0
    least = int(np.argmin(found))
    return min(found[least] * len(found), 1.0), looked[least]


def _jump(orders: Floats, pull: Floats) -> float:
    """The chance of as many orders as in the last block, or more, given the blocks before."""
    from scipy.special import betainc

    before, pulled, now = float(orders[:-1].sum()), float(pull[:-1].sum()), float(orders[-1])
    usual = max(before / (len(orders) - 1), before / pulled * float(pull[-1]) if pulled else 0.0)
    size = 1 / (1 / (before + 0.5) + _unevenness(orders[:-1], pull[:-1]))
    return float(betainc(now, size, usual / (size + usual))) if now else 1.0


def _pull(clicks: Floats) -> Floats:
    """Clicks with what is left of earlier ones: people order days after they came."""
    left = np.zeros(len(clicks))
    for b, count in enumerate(clicks):
        left[b] = count + (LASTS * left[b - 1] if b else 0.0)
    return left


def _unevenness(orders: Floats, pull: Floats) -> float:
    """Overdispersion of the past around what its clicks, or its mean, let expect."""
    total, pulled = float(orders.sum()), float(pull.sum())
    mean = np.maximum(total / len(orders), total * pull / pulled if pulled else 0.0)
    return max(float(((orders - mean) ** 2 - mean).sum() / (mean**2).sum()), UNEVEN)
