"""Difference in differences: the treated places against all others alike, which supposes they would move alike."""

import numpy as np

from asterism.measurement.lift.columns import Floats


def equal_weights(controls: Floats, target: Floats) -> Floats:  # noqa: ARG001  (the shape of every way to weigh)
    """The same weight for every control, whatever the target.

    >>> equal_weights(np.ones((3, 4)), np.ones(3)).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    return np.full(controls.shape[1], 1 / controls.shape[1])
