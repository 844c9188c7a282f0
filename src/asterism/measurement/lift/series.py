"""Interrupted time series: places without others to compare with, against their own past."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np

from asterism.errors import BadInput, OutsideFailure
from asterism.measurement.lift.columns import Floats
from asterism.measurement.lift.permutation import accepted
from asterism.measurement.lift.trial import FEWEST_BEFORE, Trial

_CYCLES: Final = ((7.0, 3), (365.25, 2))
"""Seasons in days, and how many waves each is drawn with; those that the panel holds twice over are fitted."""
_ROUNDS: Final = 6
_LOW, _HIGH = -0.5, 0.98


@dataclass(frozen=True)
class Series:
    """A series `y` (n_days,) and the rows `on` (n_days,) in which a campaign may have worked, 1 or 0.

    y = level + trend + seasons + effect · on + e, where e follows its yesterday (AR(1)), by generalised least squares.
    """

    y: Floats
    on: Floats
    step: int

    @cached_property
    def shape(self) -> Floats:
        """Level, trend and seasons, (n_days, n_terms)."""
        n = len(self.y)
        at = np.arange(n)
        waves = [
            wave(2 * np.pi * k * at * self.step / days)
            for days, most in _CYCLES
            if n * self.step >= 2 * days and days > 2 * self.step
            for k in range(1, most + 1)
            for wave in (np.cos, np.sin)
        ]
        return np.column_stack([np.ones(n), at / n - 0.5, *waves])

    @cached_property
    def _circle(self) -> Floats:
        """`on` moved around to every day, (n_days, n_days); the first column is as it was."""
        return np.column_stack([np.roll(self.on, k) for k in range(len(self.on))])

    @cached_property
    def effect(self) -> float:
        """The relative effect on the days when it was on."""
        model = _regression(self.y / self.y.mean(), np.column_stack([self.shape, self.on]))
        added = float(model.params[-1]) * self.on.sum() * self.y.mean()
        came = float(self.y @ self.on)
        return added / (came - added) if came > added else float("inf")

    @cached_property
    def baseline(self) -> float:
        """What would have come on these days without it."""
        return float(self.y @ self.on) / (1 + self.effect)

    def p_value(self, supposed: float = 0.0) -> float:
        """How often `on` moved to other days fits at least as well, once a supposed effect is taken out."""
        y = self.y / (1 + supposed * self.on)
        y = y / y.mean()
        found = _t_values(y, self.shape, self._circle, correlation(y, self.shape))
        return float((found >= found[0] * (1 - 1e-9)).mean())

    def interval(self, level: float) -> tuple[float, float]:
        """The effects that are not rejected."""
        return accepted(self.p_value, self.effect, level)


def series_of(trial: Trial) -> Series:
    """The series of the treated places of a trial, on from its start to the end."""
    on = np.zeros(len(trial.panel.days))
    on[trial.before :] = 1
    return Series(trial.y, on, trial.panel.step)


def staggered(trial: Trial, posts: tuple[date, ...], rows: int) -> Series:
    """The series of the treated places, on for so many rows from each post's day.

    Raises
    ------
    BadInput
        Hardly a row is left without a post.
    """
    days = np.array([day.toordinal() for day in trial.panel.days])
    on = np.zeros(days.size)
    for post in posts:
        first = int(np.searchsorted(days, post.toordinal()))
        on[first : first + rows] = 1
    if (on == 0).sum() < FEWEST_BEFORE:
        what = f"Only {int((on == 0).sum())} rows are left without a post."
        raise BadInput(what, "Give a longer panel, or a shorter time in which a post works.", "start")
    return Series(trial.y, on, trial.panel.step)


def _regression(y: Floats, x: Floats) -> Any:
    try:
        from statsmodels.regression.linear_model import GLSAR
    except ImportError:
        fix = 'Install it with pip install "asterism[measure]".'
        raise OutsideFailure("A series alone is estimated with statsmodels, which is not there.", fix) from None
    return GLSAR(y, x, rho=1).iterative_fit(maxiter=_ROUNDS)


def correlation(y: Floats, x: Floats) -> float:
    """How much of its yesterday an error keeps: the same rounds of Cochrane and Orcutt (1949) as the regression's.

    Written out because every supposed effect and every place in the panel asks for it again.
    """
    slopes, rho = np.linalg.lstsq(x, y, rcond=None)[0], 0.0
    for _ in range(_ROUNDS - 1):
        off = y - x @ slopes
        off = off - off.mean()
        spread = (off**2).mean()
        rho = float((off[1:] * off[:-1]).sum() / (len(y) - 1) / spread) if spread > 0 else 0.0
        slopes = np.linalg.lstsq(x[1:] - rho * x[:-1], y[1:] - rho * y[:-1], rcond=None)[0]
    return min(max(rho, _LOW), _HIGH)


def _t_values(y: Floats, x: Floats, moved: Floats, rho: float) -> Floats:
    """|t| of each column of `moved` beside the shape, after the errors' memory is taken out (Frisch and Waugh)."""
    basis, _ = np.linalg.qr(_unremembered(x, rho))
    left, put = (part - basis @ (basis.T @ part) for part in (_unremembered(y, rho), _unremembered(moved, rho)))
    size = np.maximum((put**2).sum(axis=0), 1e-12)
    slope = put.T @ left / size
    rest = np.maximum((left**2).sum() - slope**2 * size, 1e-18) / max(len(y) - x.shape[1] - 1, 1)
    found: Floats = np.abs(slope) / np.sqrt(rest / size)
    return found


def _unremembered(values: Floats, rho: float) -> Floats:
    out = values.copy()
    out[1:] = values[1:] - rho * values[:-1]
    out[0] = values[0] * np.sqrt(1 - rho * rho)
    return out
