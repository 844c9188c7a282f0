"""Power: how often a test of so many days would find a lift, told from the panel before it is run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from asterism.errors import BadInput
from asterism.measurement.lift.columns import Floats
from asterism.measurement.lift.comparison import WAYS, by_space, enough
from asterism.measurement.lift.fit import fit
from asterism.measurement.lift.permutation import shifts
from asterism.measurement.lift.placebos import placebos
from asterism.measurement.lift.series import Series, series_of
from asterism.measurement.lift.trial import FEWEST_BEFORE, Trial

LEAST: Final = 0.5
"""Power below which a test is not worth its money: a coin would tell as much."""
GOOD: Final = 0.8
"""Power that tests are usually planned for."""
LARGEST: Final = 2.0
"""The largest lift that is looked for, 200%."""
_IN_SPACE, _IN_TIME, _IN_SERIES, _PLACEBOS = 5, 24, 12, 120
_LONGER: Final = (1.5, 2, 3, 4, 6, 8)

Chance = Callable[[float], float]
"""The chance to find a lift, by its size."""


@dataclass(frozen=True, slots=True)
class Power:
    """The `share` of tests of `days` that would find a lift of `effect` at `level`.

    `needed_effect` is the smallest lift, `needed_days` the shortest test for 80%; None where nothing we can try is
    enough.
    """

    share: float
    effect: float
    days: int
    level: float
    needed_effect: float | None = None
    needed_days: int | None = None

    @property
    def enough(self) -> bool:
        """Whether the test is worth running."""
        return self.share >= LEAST

    @property
    def sentence(self) -> str:
        """The answer in words: how often it would be found, and what it would take."""
        found = f"A lift of {self.effect:.1%} would be found in {self.share:.0%} of tests of {self.days} days"
        return f"{found} at {self.level:.0%}. {self._needs()}"

    def _needs(self) -> str:
        if self.share >= GOOD:
            return "That is enough."
        lift = f"a lift of {self.needed_effect:.1%}" if self.needed_effect else ""
        days = f"{self.needed_days} days" if self.needed_days else ""
        ways = " or ".join(way for way in (lift, days) if way)
        less = "" if self.enough else "Too few to start with: "
        says = f"{GOOD:.0%} would take {ways}." if ways else "no lift or length we can try would do: use more places."
        return f"{less}{says}"

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        return {
            "power": self.share,
            "effect": self.effect,
            "days": self.days,
            "level": self.level,
            "enough": self.enough,
            "needed_effect": self.needed_effect,
            "needed_days": self.needed_days,
            "sentence": self.sentence,
        }


def power_of(trial: Trial, method: str, effect: float, level: float) -> Power:
    """The power of a test as long as the trial, told from what stands before its start alone."""
    step = trial.panel.step
    chance = chance_of(trial, method, level)
    share = chance(effect)
    needed = None if share >= GOOD else _smallest(chance)
    days = None if share >= GOOD else _shortest(trial, method, effect, level)
    return Power(share, effect, trial.after * step, level, needed, days)


def power_of_series(series: Series, effect: float, level: float) -> Power:
    """The power of posts on such days, tried on the same series with what they brought taken out and moved around."""
    calm = series.y / (1 + series.effect * series.on)
    positions = {round(k) for k in np.linspace(0, len(calm), _IN_SERIES, endpoint=False)}
    moved = [Series(calm, np.roll(series.on, k), series.step) for k in sorted(positions)]
    chance = _of_series(moved, level)
    share = chance(effect)
    needed = None if share >= GOOD else _smallest(chance)
    return Power(share, effect, int(series.on.sum()) * series.step, level, needed)


def chance_of(trial: Trial, method: str, level: float, after: int | None = None) -> Chance:
    """The chance to find a lift in `after` rows, by its size, from earlier days on which nothing ran.

    Raises
    ------
    BadInput
        The panel is too short to try such a test on it.
    """
    after = after or trial.after
    if trial.before - after < FEWEST_BEFORE:
        what = f"{trial.before} rows before the start are too few to try a test of {after} rows on them."
        raise BadInput(what, f"Give a panel with at least {after + FEWEST_BEFORE}, or test for a shorter time.", "days")
    if method == "series":
        return _of_series([series_of(past) for past in _past(trial, after, _IN_SERIES)], level)
    enough(trial, method)
    if by_space(trial, level):
        return _mean([_in_space(past, method, level) for past in _past(trial, after, _IN_SPACE)])
    return _in_time(list(_past(trial, after, _IN_TIME)), method, level)


def _past(trial: Trial, after: int, most: int) -> Iterator[Trial]:
    """Tests that might have been run before the start, the latest first, each learning from half the days or more."""
    last = trial.before - after
    first = max(FEWEST_BEFORE, min(trial.before // 2, last))
    for before in sorted({round(b) for b in np.linspace(first, last, most)}, reverse=True):
        yield trial.earlier(before, after)


def _mean(chances: list[Chance]) -> Chance:
    return lambda effect: float(np.mean([chance(effect) for chance in chances]))


def _seen(errors: Floats, halves: Floats) -> Chance:
    """How often a lift and an error of either sign leave together the range of what is held for chance."""
    both = np.concatenate([errors, -errors])[:, None]
    return lambda effect: float((np.abs((1 + effect) * (1 + both) - 1) > halves).mean())


def _in_space(past: Trial, method: str, level: float) -> Chance:
    weigh = WAYS[method]
    tried = placebos(past, weigh, fit(past, weigh), _PLACEBOS)
    return _seen(tried.scores * tried.error, np.array([tried.half_width(level)]))


def _in_time(pasts: list[Trial], method: str, level: float) -> Chance:
    """Errors of the treated places in all windows and of others in their measure, against the ranges of all windows."""
    weigh = WAYS[method]
    found = [fit(past, weigh) for past in pasts]
    ends = [shifts(past, weigh).interval(one.effect, level) for past, one in zip(pasts, found, strict=True)]
    others = [placebos(past, weigh, one, _PLACEBOS // len(pasts)) for past, one in zip(pasts, found, strict=True)]
    errors = [np.array([one.effect for one in found]), *(tried.scores * tried.error for tried in others)]
    return _seen(np.concatenate(errors), _halves(ends))


def _of_series(pasts: list[Series], level: float) -> Chance:
    return _seen(np.array([one.effect for one in pasts]), _halves([one.interval(level) for one in pasts]))


def _halves(ends: list[tuple[float, float]]) -> Floats:
    return np.array([(high - low) / 2 for low, high in ends])


def _smallest(chance: Chance) -> float | None:
    """The smallest lift that is found in 80%, to a tenth of a percent."""
    low, high = 0.0, LARGEST
    if chance(high) < GOOD:
        return None
    while high - low > 0.001:
        middle = (low + high) / 2
        low, high = (low, middle) if chance(middle) >= GOOD else (middle, high)
    return round(high, 3)


def _shortest(trial: Trial, method: str, effect: float, level: float) -> int | None:
    """The shortest test, of some lengths, in which the lift is found in 80%."""
    for times in _LONGER:
        after = round(trial.after * times)
        if trial.before - after < max(FEWEST_BEFORE, trial.before // 3):
            return None
        if chance_of(trial, method, level, after)(effect) >= GOOD:
            return int(after * trial.panel.step)
    return None
