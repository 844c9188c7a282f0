"""The selection trap: tables made of successes, whose rates per follower would not repeat."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST: Final = 50
"""Creators below which nothing is said."""
SUCCESS: Final = 2.0
"""Views per follower of the middle creator from which a table is suspected: populations stay below one."""
FLAT: Final = 0.3
"""Elasticity of views in followers below which size does not matter; in populations it is 0.6 to 1."""


def selection_trap(log_views: Floats, followers: Floats) -> str | None:
    """A warning where posts look chosen because many watched them; None where they do not.

    A table of hits has the same views at every size, because the hit was the condition of being listed: the slope of
    log views on log followers is flat, and views per follower are far above what populations show. Both are asked for.

    Parameters
    ----------
    log_views
        Mean log views of each creator's posts, NaN unknown, (n,).
    followers
        Followers, NaN or 0 unknown, (n,).
    """
    use = np.isfinite(log_views) & np.isfinite(followers) & (followers > 0)
    if use.sum() < FEWEST:
        return None
    size = np.log(followers[use])
    middle = float(np.exp(np.median(log_views[use] - size)))
    if middle < SUCCESS or _elasticity(size, log_views[use]) > FLAT:
        return None
    return (
        f"These posts look selected for success: the middle creator's have {middle:.2g} views per follower, and as many"
        " views at every size; rates per follower will not repeat."
    )


def _elasticity(size: Floats, log_views: Floats) -> float:
    """The slope of the medians of log views in five groups of rising size: one giant or one flop does not tilt it."""
    groups = np.array_split(np.argsort(size, kind="stable"), 5)
    x, y = (np.array([np.median(values[rows]) for rows in groups]) for values in (size, log_views))
    spread = x - x.mean()
    return float(spread @ y / max(spread @ spread, 1e-9))
