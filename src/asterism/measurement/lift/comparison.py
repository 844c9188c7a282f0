"""A trial compared: fitted, tried on placebos in space and moved in time, and which of the two decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from asterism.errors import BadInput
from asterism.measurement.lift.differences import equal_weights
from asterism.measurement.lift.fit import Fit, fit
from asterism.measurement.lift.permutation import Shifts, shifts
from asterism.measurement.lift.placebos import MOST, Placebos, placebos, worth_of
from asterism.measurement.lift.synthetic import Weigh, weights
from asterism.measurement.lift.trial import Trial

WAYS: Final[dict[str, Weigh]] = {"synthetic": weights, "differences": equal_weights}
"""How controls are weighed, by method."""
ROOM: Final = 5
"""Sets of untouched places side by side from which placebos in space decide; with fewer, days are moved instead."""
FEWEST: Final[dict[str, int]] = {"synthetic": 2, "differences": 1}
"""Controls that a method needs."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What one way to weigh says of a trial, and by which permutation it is judged."""

    own: Fit
    space: Placebos
    time: Shifts
    by_space: bool

    @property
    def p_value(self) -> float:
        """How often placebos come out at least as large, by the permutation that decides."""
        return self.p_in_space if self.by_space else self.p_in_time

    @property
    def p_in_space(self) -> float:
        """How often untouched places come out at least as far from 0."""
        return self.space.p_value(self.own.effect)

    @property
    def p_in_time(self) -> float:
        """How often other blocks of days stand out at least as far."""
        return self.time.p_value()

    def interval(self, level: float) -> tuple[float, float]:
        """The effects that the deciding permutation does not reject."""
        decides: Placebos | Shifts = self.space if self.by_space else self.time
        return decides.interval(self.own.effect, level)


def compare(trial: Trial, method: str, level: float, most: int = MOST) -> Comparison:
    """The comparison of a trial by a method of `WAYS`, judged at a level.

    Raises
    ------
    BadInput
        Too few untouched places are left to compare with.
    """
    enough(trial, method)
    weigh = WAYS[method]
    own = fit(trial, weigh)
    if not isfinite(own.effect):
        what = "The untouched places that moved like the treated ones have nothing after the start."
        raise BadInput(what, "Give places that went on as usual.", "y")
    return Comparison(own, placebos(trial, weigh, own, most), shifts(trial, weigh), by_space(trial, level))


def by_space(trial: Trial, level: float) -> bool:
    """Whether there are so many untouched places that these decide."""
    side_by_side = len(trial.controls) // len(trial.treated)
    return side_by_side >= ROOM and (1 - level) * (1 + worth_of(trial)) >= 1 - 1e-9


def enough(trial: Trial, method: str) -> None:
    """Refuse a trial with too few controls for a method.

    Raises
    ------
    BadInput
        There are fewer than the method needs.
    """
    n, need = len(trial.controls), FEWEST[method]
    if n < need:
        left = f"{n} untouched place{'s are' if n != 1 else ' is'} left to compare with"
        fix = "Give more places, or estimate from the series alone with --method series."
        raise BadInput(f"{left}, and {_named(method)} needs {need}.", fix, "treated")


def leaning(trial: Trial, own: Fit, most: int = 3) -> Sequence[tuple[str, float]]:
    """The controls that weigh most, with their weights."""
    named = [(trial.panel.places[i], float(w)) for i, w in zip(trial.controls, own.weights, strict=True)]
    return sorted((pair for pair in named if pair[1] > 0.01), key=lambda pair: -pair[1])[:most]


def _named(method: str) -> str:
    return {"synthetic": "a synthetic control", "differences": "a difference in differences"}[method]
