"""`Trace`: what came in the treated places day by day beside what would have come, and what placebos came to."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from asterism.measurement.lift.comparison import WAYS
from asterism.measurement.lift.fit import fit
from asterism.measurement.lift.placebos import stand_ins
from asterism.measurement.lift.series import series_of
from asterism.measurement.lift.trial import Trial

PLACEBOS: Final = 200
"""Sets of untouched places that are drawn at most."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The treated places added up per row of the panel, the first `before` rows without the campaign.

    `placebos` are the relative effects found for untouched places, none where there are no others.
    """

    days: tuple[date, ...]
    came: tuple[float, ...]
    expected: tuple[float, ...]
    before: int
    placebos: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain values, for JSON."""
        return {
            "days": [day.isoformat() for day in self.days],
            "came": list(self.came),
            "expected": list(self.expected),
            "before": self.before,
            "placebos": list(self.placebos),
        }


def trace_of(trial: Trial, method: str) -> Trace:
    """The trace of a trial by a method: the mix of controls at the usual level, or the series less its effect."""
    y, before = trial.y, trial.before
    if method == "series":
        series = series_of(trial)
        expected, found = y / (1 + series.effect * series.on), []
    else:
        own, x = fit(trial, WAYS[method]), trial.x
        expected = x / x[:before].mean(axis=0) @ own.weights * y[:before].mean()
        found = [fit(trial.elsewhere(places), WAYS[method]).effect for places in stand_ins(trial, PLACEBOS)]
    effects = tuple(float(effect) for effect in found if np.isfinite(effect))
    return Trace(trial.panel.days, tuple(y.tolist()), tuple(expected.tolist()), before, effects)
