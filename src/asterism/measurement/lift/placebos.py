"""Placebos in space: places where nothing was done, treated as if it had been, each fitted anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np

from asterism.measurement.lift.columns import Floats
from asterism.measurement.lift.fit import Fit, fit
from asterism.measurement.lift.synthetic import Weigh
from asterism.measurement.lift.trial import Trial

MOST: Final = 400
"""Sets of places that stand in for the treated ones; of more possible sets, so many are drawn."""
OVERLAP: Final = 4
"""Sets that share places, for each one that fits side by side with others, that are counted."""
LEAST_ERROR: Final = 0.25
"""A fit is never held to be nearer than this share of the usual placebo's: a lucky one would find anything."""


@dataclass(frozen=True, slots=True, eq=False)
class Placebos:
    """Effects that were none, each in units of its own fit's error before the start: `scores` (n,), all ≥ 0.

    `error` is that of the treated places' own fit, by which a score becomes an effect again. Sets that share places
    say less than sets apart: all together are `worth` as many as `worth_of` counts.
    """

    scores: Floats
    error: float
    worth: int

    def p_value(self, effect: float) -> float:
        """How often a placebo comes out at least as far from 0, the estimate counted among them."""
        if not self.scores.size:
            return 1.0
        beyond = (self.scores >= abs(effect) / self.error - 1e-12).mean()
        return float((1 + beyond * self.worth) / (1 + self.worth))

    def half_width(self, level: float) -> float:
        """The effect that a placebo stays below in `level` of cases; infinite where there are too few to say."""
        share = ((1 - level) * (1 + self.worth) - 1) / self.worth if self.worth else -1.0
        if share < -1e-9:
            return float("inf")
        beyond = int(share * self.scores.size + 1e-9)
        return float(np.sort(self.scores)[-1 - beyond] * self.error)

    def interval(self, effect: float, level: float) -> tuple[float, float]:
        """Every true effect that the placebos do not contradict: those between 1 + effect over 1 ± half width."""
        half = min(self.half_width(level), 0.99)
        return (1 + effect) / (1 + half) - 1, (1 + effect) / (1 - half) - 1


def placebos(trial: Trial, weigh: Weigh, own: Fit, most: int = MOST) -> Placebos:
    """What the same comparison finds for as many untouched places at the same time, fitted anew for each set."""
    found = [fit(trial.elsewhere(places), weigh) for places in stand_ins(trial, most)]
    errors = np.array([one.error for one in found])
    least = LEAST_ERROR * float(np.median(np.append(errors, own.error)))
    effects = np.abs([one.effect for one in found])
    smallest = max(least, np.finfo(float).tiny)
    worth = min(len(found), worth_of(trial))
    return Placebos(effects / np.maximum(errors, smallest), max(own.error, smallest), worth)


def worth_of(trial: Trial) -> int:
    """How many placebos all sets of untouched places are worth: at most four times as many as fit side by side."""
    controls, n = len(trial.controls), len(trial.treated)
    return controls if n == 1 else OVERLAP * controls // n


def stand_ins(trial: Trial, most: int) -> Iterator[tuple[int, ...]]:
    """Sets of as many controls as there are treated places, with at least one control left to each."""
    controls, n = trial.controls, len(trial.treated)
    if len(controls) <= n:
        return
    if comb(len(controls), n) <= most:
        yield from combinations(controls, n)
        return
    rng, seen = np.random.default_rng(0), set[tuple[int, ...]]()
    while len(seen) < most:
        drawn = tuple(sorted(int(i) for i in rng.choice(controls, n, replace=False)))
        if drawn not in seen:
            seen.add(drawn)
            yield drawn
