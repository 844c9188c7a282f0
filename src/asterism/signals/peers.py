"""Peers: where a creator stands among creators of its platform and size."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEIGHBOURS: Final = 200
"""How many creators nearest in size a creator is compared with, where there are as many."""
FEWEST: Final = 10
"""Creators below which a percentile means nothing."""


def percentiles(values: Floats, platform: NDArray[np.object_], size: Floats) -> Floats:
    """The share of peers with a smaller value, ties counting half, 0 to 1, (n,).

    Peers are the `NEIGHBOURS` creators nearest in log followers on the same platform whose value is known, so that
    there are no bands with edges. NaN where the value or the size is unknown, or under `FEWEST` peers are known.
    """
    found = np.full(values.size, np.nan)
    usable = np.isfinite(values) & np.isfinite(size) & (size > 0)
    for name in set(platform[usable]):
        rows = np.flatnonzero(usable & (platform == name))
        if rows.size > FEWEST:
            ordered = rows[np.lexsort((rows, size[rows]))]
            found[ordered] = _among_neighbours(values[ordered])
    return found


def _among_neighbours(values: Floats) -> Floats:
    """The percentile of each value among those around it in the order given; itself is not counted."""
    n = values.size
    width = min(NEIGHBOURS + 1, n)
    first = np.clip(np.arange(n) - width // 2, 0, n - width)
    windows = np.lib.stride_tricks.sliding_window_view(values, width)
    found = np.empty(n)
    for start in range(0, n, 4096):  # a window per row would not fit in memory for a million creators
        rows = slice(start, min(start + 4096, n))
        around, own = windows[first[rows]], values[rows, None]
        below, same = (around < own).sum(axis=1), (around == own).sum(axis=1) - 1
        found[rows] = (below + 0.5 * same) / (width - 1)
    return found
