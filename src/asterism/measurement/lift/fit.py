"""A comparison fitted before the start and held against what came after it."""

from dataclasses import dataclass

import numpy as np

from asterism.measurement.lift.columns import Floats
from asterism.measurement.lift.synthetic import Weigh
from asterism.measurement.lift.trial import Trial


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What a comparison says: the relative effect, how far it was off before, and what it is made of.

    `baseline` is what would have come from the start on, `error` the root mean square before, as a share of the usual.
    """

    effect: float
    error: float
    baseline: float
    weights: Floats


def fit(trial: Trial, weigh: Weigh) -> Fit:
    """The effect of a trial against its controls, each in units of its own usual level before the start."""
    before, y, x = trial.before, trial.y, trial.x
    usual = y[:before].mean()
    controls = x / x[:before].mean(axis=0)
    share = weigh(controls[:before], y[:before] / usual)
    expected = controls @ share
    gap = y / usual - expected
    baseline = expected[before:].sum()
    effect = gap[before:].sum() / baseline if baseline > 0 else np.inf
    return Fit(float(effect), float(np.sqrt((gap[:before] ** 2).mean())), float(usual * baseline), share)
