"""Return on investment in three figures that stand side by side and are never added."""

from dataclasses import dataclass, field
from typing import Any, Literal

from asterism.quantities import Interval

Verdict = Literal["gains", "loses", "cannot tell yet"]


@dataclass(frozen=True, slots=True)
class Roi:
    """(incremental margin − cost) / cost, three times; −1 is everything lost, 0 break-even.

    Parameters
    ----------
    tracked
        By what tracking credits, exact; None where nothing was spent.
    counting
        The tracked figure with what chance does to so few orders (80%); None without orders or cost.
    survey_adjusted
        With buyers whom only the survey shows (80%); None where `why` says so.
    causal
        By a lift test: what would not have come anyway (80%); None where `why` says so.
    verdict
        Whether it gains or loses by the best figure known, or cannot be told yet.
    needs
        What it would take to tell, in words; empty where it can be told.
    why
        Why a figure is missing: {"causal": "no lift was measured for micro"}.
    """

    tracked: float | None
    counting: Interval | None
    survey_adjusted: Interval | None
    causal: Interval | None
    verdict: Verdict
    needs: str = ""
    why: dict[str, str] = field(default_factory=dict)

    @property
    def best(self) -> tuple[str, Interval] | None:
        """The best figure known and its name: causal, else survey-adjusted, else tracked with chance."""
        for name in ("causal", "survey_adjusted", "counting"):
            found = getattr(self, name)
            if found is not None:
                return name, found
        return None

    def to_dict(self) -> dict[str, Any]:
        """The three figures as plain values."""
        raise NotImplementedError
