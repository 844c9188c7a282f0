"""Checks beside an estimate: placebos in space and time, an earlier start, the fit, another method, the power."""

from typing import Final

from asterism.errors import AsterismError
from asterism.measurement.lift.comparison import FEWEST, WAYS, Comparison, leaning
from asterism.measurement.lift.estimate import Check
from asterism.measurement.lift.fit import fit
from asterism.measurement.lift.power import Power
from asterism.measurement.lift.series import Series
from asterism.measurement.lift.trial import FEWEST_BEFORE, Trial

CONTRADICTS: Final = 0.25
"""The permutation that does not decide contradicts an estimate that is no rarer in it than this."""
_OTHER: Final = {"synthetic": "differences", "differences": "synthetic"}
_TITLES: Final = {"synthetic": "synthetic control", "differences": "difference in differences"}


def beside_comparison(trial: Trial, found: Comparison, method: str, level: float) -> tuple[Check, ...]:
    """Everything that stands beside an estimate by comparison, in the order in which people ask."""
    made = (
        in_space(trial, found, level),
        in_time(found.p_in_time, len(trial.panel.days), bar_of(level, not found.by_space)),
        earlier_start(trial, found, method),
        near_before(trial, found),
        other_method(trial, _OTHER[method]),
    )
    return tuple(check for check in made if check is not None)


def beside_series(series: Series, level: float) -> tuple[Check, ...]:
    """What stands beside an estimate from a series alone."""
    warning = "Nothing tells a campaign from whatever else happened on these days: places without it would."
    return (
        in_time(series.p_value(), len(series.y), bar_of(level, decides=True)),
        Check("no comparison", None, warning),
    )


def bar_of(level: float, decides: bool) -> float:
    """The largest p-value that does not speak against an estimate, of the permutation that decides or of the other."""
    return (1 - level if decides else max(CONTRADICTS, 1 - level)) + 1e-12


def in_space(trial: Trial, found: Comparison, level: float) -> Check:
    """Untouched places treated as if they had been: how many come out as far from 0."""
    n, p, worth = found.space.scores.size, found.p_in_space, found.space.worth
    size, bar = len(trial.treated), bar_of(level, found.by_space)
    whom = "untouched places" if size == 1 else f"sets of {size} untouched places"
    figures = (("p_value", p), ("placebos", float(n)))
    beyond = round((p * (1 + worth) - 1) / worth * n) if worth else 0
    says = f"Of {n} {whom} where nothing ran, {beyond} ({beyond / max(n, 1):.0%}) come out at least as far from 0"
    if 1 / (worth + 1) > bar:
        return Check("placebos in space", None, f"{says}; these are too few to decide.", figures)
    return Check("placebos in space", p <= bar, f"{says}.", figures)


def in_time(p: float, n: int, bar: float) -> Check:
    """The days of the campaign moved to every other place in the panel, fitted anew."""
    says = f"Moved through the {n} rows of the panel, {p:.0%} of the positions stand out at least as far."
    passed = None if 1 / n > bar else p <= bar
    return Check("placebos in time", passed, says, (("p_value", p), ("placebos", float(n))))


def earlier_start(trial: Trial, found: Comparison, method: str) -> Check | None:
    """The same comparison for the rows just before the start, when nothing ran; None where these are too few."""
    before = trial.before - trial.after
    if before < FEWEST_BEFORE:
        return None
    past = fit(trial.earlier(before, trial.after), WAYS[method])
    says = f"For the {trial.after} rows before the start, when nothing ran, it says {past.effect:+.1%}."
    return Check("earlier start", abs(past.effect) < abs(found.own.effect), says, (("effect", past.effect),))


def near_before(trial: Trial, found: Comparison) -> Check:
    """How near the comparison was before the start, and whom it leans on."""
    leans = ", ".join(f"{place} {share:.0%}" for place, share in leaning(trial, found.own))
    says = f"Before the start the comparison was off by {found.own.error:.1%} a row; it leans on {leans}."
    return Check("fit before the start", None, says, (("error", found.own.error),))


def other_method(trial: Trial, method: str) -> Check | None:
    """What the other way to weigh the controls says; None where it has too few."""
    if len(trial.controls) < FEWEST[method]:
        return None
    other = fit(trial, WAYS[method])
    nearer = "supposes that all places would have moved alike" if method == "differences" else "mixes the places"
    says = f"The {_TITLES[method]} {nearer}, was off by {other.error:.1%} a row before, and says {other.effect:+.1%}."
    return Check(_TITLES[method], None, says, (("effect", other.effect), ("error", other.error)))


def power_check(found: Power | AsterismError) -> Check:
    """Whether the test could have found a lift worth finding; nothing is said where the past is too short to try."""
    if isinstance(found, AsterismError):
        return Check("power", None, f"How often a lift would be found cannot be told: {found.what}")
    needed = (("needed_effect", found.needed_effect), ("needed_days", found.needed_days))
    figures = tuple((name, float(value)) for name, value in needed if value is not None)
    return Check("power", found.enough, found.sentence, (("power", found.share), ("effect", found.effect), *figures))
