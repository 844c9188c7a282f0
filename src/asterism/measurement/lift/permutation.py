"""Placebos in time: the days of the campaign moved through the panel, with the comparison fitted on all days anew."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from asterism.measurement.lift.columns import Floats
from asterism.measurement.lift.synthetic import Weigh
from asterism.measurement.lift.trial import Trial

_GRID, _HALVINGS = 25, 10
_REACH, _FURTHEST, _LEAST = 0.05, 3.0, -0.95


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """The treated places `y` (n_days,) beside controls (n_days, n_controls); the last `after` days are in question.

    For a supposed effect it is taken out of those days, the comparison is fitted on all of them, and its residuals are
    moved around in a circle: under the right supposition no block of days stands out (Chernozhukov, Wüthrich and Zhu
    2021, doi:10.1080/01621459.2021.1920957, with moving blocks).
    """

    y: Floats
    controls: Floats
    after: int
    weigh: Weigh

    def p_value(self, effect: float = 0.0) -> float:
        """The share of blocks of days that stand out at least as far as the last, if `effect` were true."""
        sums = self._blocks(effect)
        return float((sums >= sums[-self.after] * (1 - 1e-9) - 1e-15).mean())

    def interval(self, effect: float, level: float) -> tuple[float, float]:
        """The effects around an estimate that are not rejected at `level`, and 0 where it is none of those rejected."""
        return accepted(self.p_value, effect, level)

    def _blocks(self, effect: float) -> Floats:
        """Sums of residuals over every block of `after` days, (n_days,); the block of the campaign starts at −after."""
        y = self.y.copy()
        y[-self.after :] /= 1 + effect
        y /= y.mean()
        off = y - self.controls @ self.weigh(self.controls, y)
        running = np.cumsum(np.concatenate([[0.0], off, off[: self.after]]))
        sums: Floats = np.abs(running[self.after : self.after + len(y)] - running[: len(y)])
        return sums


def accepted(p_value: Callable[[float], float], effect: float, level: float) -> tuple[float, float]:
    """The lowest and the highest effect whose p-value is above 1 − level, sought around an estimate."""

    def holds(supposed: float) -> bool:
        return p_value(supposed) > 1 - level

    effect, reach = max(effect, _LEAST), _REACH
    while reach < _FURTHEST and (holds(effect + reach) or holds(max(effect - reach, _LEAST))):
        reach *= 2
    grid = np.linspace(max(effect - reach, _LEAST), effect + reach, _GRID)
    held = [effect, *(tau for tau in grid if holds(tau)), *([0.0] if holds(0.0) else [])]
    step = float(grid[1] - grid[0])
    return _edge(holds, min(held), -step), _edge(holds, max(held), step)


def _edge(holds: Callable[[float], bool], inside: float, step: float) -> float:
    """Where holding ends within a step from a value that holds."""
    outside = max(inside + step, _LEAST)
    for _ in range(_HALVINGS):
        middle = (outside + inside) / 2
        outside, inside = (outside, middle) if holds(middle) else (middle, inside)
    return float(inside)


def shifts(trial: Trial, weigh: Weigh) -> Shifts:
    """The days of a trial, ready to be moved."""
    return Shifts(trial.y, trial.x / trial.x.mean(axis=0), trial.after, weigh)
