"""`Lift`: what a campaign added where it ran, with its range, p-value and the placebos that stand beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from asterism.errors import BadInput
from asterism.quantities import Interval

Verdict = Literal["clear", "not clear", "cannot tell yet"]
SAYS: Final[dict[str, str]] = {
    "clear": "Clear",
    "not clear": "Not clear",
    "cannot tell yet": "Cannot tell yet",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One look at whether an estimate can be trusted: what was found, and whether it speaks for the estimate.

    `passed` is None where a figure only stands beside the estimate; `figures` holds its numbers by name.
    """

    name: str
    passed: bool | None
    sentence: str
    figures: tuple[tuple[str, float], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The check as plain values."""
        figures = dict(self.figures)
        return {"name": self.name, "passed": self.passed, "sentence": self.sentence, "figures": figures}


@dataclass(frozen=True, slots=True)
class Lift:
    """The relative effect of a campaign on the places it ran in, against what would have come anyway.

    Parameters
    ----------
    effect, low, high
        Relative: 0.05 is 5% more than would have come; `low` to `high` holds the truth in `level` of cases.
    baseline
        What the treated places would have had from `start` to `end` without the campaign, in units of y.
    p_value
        How often placebos come out at least as large.
    checks
        Placebos in time and space, other methods and power, each with what it found.
    method
        How it was estimated: synthetic, differences or series.
    """

    effect: float
    low: float
    high: float
    baseline: float
    p_value: float
    level: float
    method: str
    treated: tuple[str, ...]
    start: date
    end: date
    controls: int
    verdict: Verdict
    why: str
    checks: tuple[Check, ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.effect <= self.high:
            raise BadInput(f"A lift of {self.effect:.1%} does not lie between {self.low:.1%} and {self.high:.1%}.")

    @property
    def incremental(self) -> float:
        """What came on top, in units of y, over all treated places and days."""
        return self.effect * self.baseline

    @property
    def incremental_interval(self) -> Interval:
        """What came on top with its range at `level`."""
        return Interval(self.effect, self.low, self.high).times(self.baseline)

    @property
    def sentence(self) -> str:
        """The answer in one breath: verdict, effect, range, and why it is no more certain than that."""
        found = f"{self.effect:+.1%} ({self.low:+.1%} to {self.high:+.1%} at {self.level:.0%})"
        return f"{SAYS[self.verdict]}: {found}, p = {self.p_value:.2g}. {self.why}".rstrip()

    @property
    def told(self) -> bool:
        """Whether the test could have found a lift worth finding, so that its figures say something."""
        return self.verdict != "cannot tell yet"

    def withheld(self) -> dict[str, Any]:
        """The answer without its figures, where the test was too small for them to say anything."""
        kept = ("level", "method", "treated", "start", "end", "controls", "verdict")
        power = [check.to_dict() for check in self.checks if check.name == "power"]
        said = {"sentence": f"{SAYS[self.verdict]}. {self.why}", "checks": power}
        return {name: value for name, value in self.to_dict().items() if name in kept} | said

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        span = self.incremental_interval
        return {
            "effect": self.effect,
            "low": self.low,
            "high": self.high,
            "incremental": self.incremental,
            "incremental_low": span.low,
            "incremental_high": span.high,
            "baseline": self.baseline,
            "p_value": self.p_value,
            "level": self.level,
            "method": self.method,
            "treated": list(self.treated),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "controls": self.controls,
            "verdict": self.verdict,
            "sentence": self.sentence,
            "checks": [check.to_dict() for check in self.checks],
        }
