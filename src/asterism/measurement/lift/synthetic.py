"""Demeaned synthetic control: untouched places, mixed so that they moved as the treated ones did before the start."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import nnls

from asterism.measurement.lift.columns import Floats

Weigh = Callable[[Floats, Floats], Floats]
"""Weights (n_controls,) that add up to 1, from controls (n_days, n_controls) and a target (n_days,)."""


def weights(controls: Floats, target: Floats) -> Floats:
    """Weights w ≥ 0 with Σw = 1 that minimise ‖controls · w − target‖².

    With Σw = 1 the residual is C·w, C the controls less the target. Least squares without the sum, u ≥ 0 in
    ‖C·u‖² + (Σu − 1)², have the same direction: along u = s·w the best s is 1 / (1 + ‖C·w‖²), which leaves
    ‖C·w‖² / (1 + ‖C·w‖²), smallest where ‖C·w‖² is. So w = u / Σu, exactly, from an active-set solver (Lawson and
    Hanson 1974, algorithm NNLS).

    >>> weights(np.array([[1.0, 3.0], [2.0, 0.0]]), np.array([2.0, 1.0])).round(6).tolist()
    [0.5, 0.5]
    """
    apart = controls - target[:, None]
    scale = np.sqrt((apart**2).sum() / apart.shape[1])
    if not scale > 0:
        return np.full(apart.shape[1], 1 / apart.shape[1])
    rows = np.vstack([apart / scale, np.ones(apart.shape[1])])
    found, _ = nnls(rows, np.append(np.zeros(len(target)), 1.0), maxiter=30 * rows.shape[1])
    share: Floats = found / found.sum()
    return share
