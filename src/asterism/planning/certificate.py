"""`Sampling`: what the certificate of a plan found on a sample of people says of everybody."""

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Sampling:
    """The certificate for everybody, where the plan was found on a sample of people.

    Parameters
    ----------
    confidence
        How sure it is that `low` and `upper` both hold.
    value, low
        The plan's value on a second panel that had no part in the choice, and what it is at least.
    upper
        What no plan exceeds.
    people
        How many people the second panel holds.
    """

    confidence: float
    value: float
    low: float
    upper: float
    people: int

    @property
    def gap(self) -> float:
        """(upper − low) / |upper|: the most by which the plan falls short of the best possible, this confident."""
        return (self.upper - self.low) / abs(self.upper) if self.upper else 0.0

    def in_units(self, of: float) -> "Sampling":
        """The same in larger units: in money for cents with 100."""
        return replace(self, value=self.value / of, low=self.low / of, upper=self.upper / of)

    def to_dict(self) -> dict[str, Any]:
        """The figures with their gap, as plain values."""
        return {**asdict(self), "gap": self.gap}
