"""The answer: an estimate, the placebos beside it, and a verdict that no placebo contradicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from asterism.errors import AsterismError, BadInput, WrongUsage, did_you_mean
from asterism.measurement.lift.checks import beside_comparison, beside_series, power_check
from asterism.measurement.lift.comparison import compare
from asterism.measurement.lift.estimate import Check, Lift, Verdict
from asterism.measurement.lift.panel import Panel
from asterism.measurement.lift.power import Power, power_of, power_of_series
from asterism.measurement.lift.series import Series, series_of, staggered
from asterism.measurement.lift.trial import Trial, trial_of

Method = Literal["auto", "synthetic", "differences", "series"]
METHODS: Final = ("auto", "synthetic", "differences", "series")
EFFECT: Final = 0.1
"""The lift that a test should be able to find, unless somebody names another."""
LEVEL: Final = 0.9
"""How often the interval of a lift holds the truth, unless somebody names another."""


@dataclass(frozen=True, slots=True)
class How:
    """How a lift is estimated: its level, the method, and the lift that the test should be able to find."""

    level: float = LEVEL
    method: Method = "auto"
    effect: float = EFFECT

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise WrongUsage(f"There is no method `{self.method}`.", did_you_mean(str(self.method), list(METHODS)))
        if not 0.5 <= self.level < 1:
            raise WrongUsage(f"A level of {self.level:g} cannot be.", "Name one from 0.5 to below 1, as in 0.9.")
        if not 0 < self.effect <= 1:
            raise WrongUsage(f"A lift of {self.effect:g} cannot be looked for.", "Name a share, as in 0.08 for 8%.")


def lift_of(trial: Trial, how: How) -> Lift:
    """The lift of a trial, by the method asked for, or by the best that its panel allows."""
    method = chosen(trial, how.method)
    if method == "series":
        return lift_of_series(trial, series_of(trial), how, _power(trial, "series", how))
    found = compare(trial, method, how.level)
    checks = (*beside_comparison(trial, found, method, how.level), _power(trial, method, how))
    ends = found.interval(how.level)
    return _lift(trial, how, (found.own.effect, *ends, found.own.baseline, found.p_value), (method, checks))


def lift_of_series(trial: Trial, series: Series, how: How, power: Check) -> Lift:
    """The lift of a series against its own past."""
    ends = series.interval(how.level)
    checks = (*beside_series(series, how.level), power)
    figures = (series.effect, *ends, series.baseline, series.p_value())
    return _lift(trial, how, figures, ("series", checks))


def lift_of_posts(panel: Panel, treated: Sequence[str], posts: Sequence[date], days: int, how: How) -> Lift:
    """The lift on the days after posts of different dates, each held to work for so many days.

    Raises
    ------
    BadInput
        No post lies in the panel, or hardly a day is left without one.
    """
    if not posts or days < 1:
        raise BadInput("No post was named, or none that works for a day.", "Name their days, and how many each works.")
    trial = trial_of(panel, treated or panel.places, min(posts))
    rows = max(1, round(days / panel.step))
    series = staggered(trial, tuple(posts), rows)
    return lift_of_series(trial, series, how, power_check(power_of_series(series, how.effect, how.level)))


def lifts_by_tier(panel: Panel, treated: Mapping[str, Sequence[str]], start: date | str, how: How) -> dict[str, Lift]:
    """The lift of each tier where it ran; places of other tiers stand in for nobody.

    Raises
    ------
    BadInput
        A place is treated by two tiers, so that their lifts cannot be told apart.
    """
    seen: dict[str, str] = {}
    for tier, places in treated.items():
        for place in places:
            if place in seen:
                what = f"`{place}` is treated by both {seen[place]} and {tier}."
                raise BadInput(what, "Give each place to one tier, or name the place once with both.", "treated")
            seen[place] = tier
    out = {}
    for tier, places in treated.items():
        trial_of(panel, places, start)
        others = [place for place, of in seen.items() if of != tier]
        out[tier] = lift_of(trial_of(panel.without(others), places, start), how)
    return out


def chosen(trial: Trial, method: str) -> str:
    """The method itself, or for `auto` the synthetic control where there are places for it, else the series."""
    if method != "auto":
        return method
    return "synthetic" if len(trial.controls) >= 2 else "differences" if trial.controls else "series"


def _power(trial: Trial, method: str, how: How) -> Check:
    found: Power | AsterismError
    try:
        found = power_of(trial, method, how.effect, how.level)
    except BadInput as error:
        found = error
    return power_check(found)


def _lift(
    trial: Trial, how: How, figures: tuple[float, float, float, float, float], said: tuple[str, tuple[Check, ...]]
) -> Lift:
    effect, low, high, baseline, p_value = figures
    method, checks = said
    verdict, why = verdict_of(low, high, checks)
    return Lift(
        effect=effect,
        low=min(low, effect),
        high=max(high, effect),
        baseline=baseline,
        p_value=p_value,
        level=how.level,
        method=method,
        treated=trial.places,
        start=trial.panel.days[trial.before],
        end=trial.panel.days[-1],
        controls=0 if method == "series" else len(trial.controls),
        verdict=verdict,
        why=why,
        checks=checks,
    )


def verdict_of(low: float, high: float, checks: tuple[Check, ...]) -> tuple[Verdict, str]:
    """Too little power tells nothing; else it is clear where the interval leaves 0 out and no placebo contradicts."""
    failed = [check for check in checks if check.passed is False]
    for check in failed:
        if check.name == "power":
            return "cannot tell yet", check.sentence
    if failed:
        return "not clear", failed[0].sentence
    if low <= 0 <= high:
        return "not clear", "The range holds 0."
    return "clear", ""
