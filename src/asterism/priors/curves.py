"""A benchmark as data, and the log-normal belief read from it at any number of followers."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from asterism.creators.schema import DENOMINATORS
from asterism.errors import BadInput
from asterism.quantities import LEVEL, Interval

QUALITIES: Final = ("A", "B", "C", "assumption", "own")
SHAPES: Final = ("log-normal", "normal")
_Z95: Final = float(ndtri(0.95))
Z: Final = float(ndtri((1 + LEVEL) / 2))
"""Standard deviations from the middle to either end of the product's intervals."""


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Beliefs about positive numbers: the median and the standard deviation of the logarithm, same shapes.

    >>> round(float(LogNormal(np.array(400.0), np.array(0.8)).mean))
    551
    """

    median: NDArray[np.float64]
    log_sd: NDArray[np.float64]

    @property
    def mean(self) -> NDArray[np.float64]:
        """median · exp(σ²/2): what is expected, above the median."""
        return np.asarray(self.median * np.exp(0.5 * self.log_sd**2))

    @property
    def low(self) -> NDArray[np.float64]:
        """The lower end of the 80% interval."""
        return np.asarray(self.median * np.exp(-Z * self.log_sd))

    @property
    def high(self) -> NDArray[np.float64]:
        """The upper end of the 80% interval."""
        return np.asarray(self.median * np.exp(Z * self.log_sd))

    def times(self, factor: "LogNormal") -> "LogNormal":
        """The product with an independent factor: medians multiply, variances of the logarithm add."""
        return LogNormal(np.asarray(self.median * factor.median), np.hypot(self.log_sd, factor.log_sd))

    def scaled(self, factor: ArrayLike) -> "LogNormal":
        """The belief about `factor` times the number; the factor is known."""
        return LogNormal(np.asarray(self.median * np.asarray(factor, dtype=float)), self.log_sd)

    def widened(self, log_sd: ArrayLike) -> "LogNormal":
        """The same median with further doubt."""
        return LogNormal(self.median, np.hypot(self.log_sd, np.asarray(log_sd, dtype=float)))

    def capped(self, ceiling: float) -> "LogNormal":
        """The belief with its median lowered until the mean is at most `ceiling`."""
        return LogNormal(np.minimum(self.median, ceiling * np.exp(-0.5 * self.log_sd**2)), self.log_sd)


@dataclass(frozen=True, slots=True)
class Rate:
    """A belief about a rate and what it is a share of; the denominator is part of its type."""

    belief: LogNormal
    denominator: str

    def __post_init__(self) -> None:
        if self.denominator not in DENOMINATORS:
            raise BadInput(f"`{self.denominator}` is no denominator.", f"Use one of {', '.join(DENOMINATORS)}.")

    def times(self, factor: LogNormal) -> "Rate":
        """The rate times an independent factor, by the same denominator."""
        return Rate(self.belief.times(factor), self.denominator)

    def of(self, denominator: str) -> LogNormal:
        """The belief, for a caller who counts by `denominator`.

        Raises
        ------
        BadInput
            The rate is a share of something else: rates of different denominators never mix.
        """
        if denominator != self.denominator:
            raise BadInput(
                f"A rate by {self.denominator} was used as a rate by {denominator}.",
                "Convert it through the reach or the views first.",
            )
        return self.belief


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One published figure or stated assumption: medians with 5–95% ranges, a source and its quality.

    Parameters
    ----------
    name
        What it is about, as `reach_rate.instagram.post`.
    unit
        The unit of the medians: share, US dollars, factor, elasticity, log-sd.
    median, low, high
        One value per entry of `followers`, or a single one where size does not matter; low to high is 5–95%.
    followers
        Rising audience sizes at which the medians hold; empty for a single number.
    below, beyond
        Elasticities in followers outside the range: below the first and beyond the last size.
    floor
        What the median never falls below.
    """

    name: str
    unit: str
    median: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    source: str
    date: str
    quality: str
    followers: tuple[float, ...] = ()
    denominator: str | None = None
    below: float = 0.0
    beyond: float = 0.0
    floor: float = 0.0
    shape: str = "log-normal"

    def __post_init__(self) -> None:
        n = max(len(self.followers), 1)
        if not len(self.median) == len(self.low) == len(self.high) == n:
            raise BadInput(f"The prior `{self.name}` needs {n} values each in median, low and high.")
        if any(b <= a for a, b in zip(self.followers, self.followers[1:], strict=False)):
            raise BadInput(f"The followers of the prior `{self.name}` must rise.")
        if self.quality not in QUALITIES or self.shape not in SHAPES:
            raise BadInput(f"The prior `{self.name}` has an unknown quality or shape.", f"Qualities: {QUALITIES}.")
        self._check_range()

    def _check_range(self) -> None:
        if not all(map(math.isfinite, (*self.followers, *self.median, *self.low, *self.high))):
            raise BadInput(f"The prior `{self.name}` has a value that is not a finite number.")
        rows = zip(self.low, self.median, self.high, strict=True)
        if any(not low <= median <= high for low, median, high in rows):
            raise BadInput(f"The prior `{self.name}` must have low ≤ median ≤ high.")
        if self.shape == "log-normal" and min(self.low) <= 0:
            raise BadInput(f"The prior `{self.name}` is log-normal: its low must be above 0.")

    @property
    def value(self) -> float:
        """The median of a single number; the first of a curve."""
        return self.median[0]

    @property
    def sd(self) -> float:
        """The standard deviation of a single number, of its logarithm where it is log-normal."""
        if self.shape == "normal":
            return (self.high[0] - self.low[0]) / (2 * _Z95)
        return math.log(self.high[0] / self.low[0]) / (2 * _Z95)

    @property
    def interval(self) -> Interval:
        """The median of a single number with its 80% range."""
        spread = Z * self.sd
        if self.shape == "normal":
            return Interval(self.value, self.value - spread, self.value + spread)
        return Interval(self.value, self.value * math.exp(-spread), self.value * math.exp(spread))

    def at(self, followers: ArrayLike) -> LogNormal:
        """The belief at each audience size, shape of `followers`; log–log between the sizes, never a step.

        Outside the range the median follows the elasticities `below` and `beyond`, the doubt stays that of the end.
        """
        size = np.asarray(followers, dtype=float)
        log_sd = np.log(np.divide(self.high, self.low)) / (2 * _Z95)
        if not self.followers:
            return LogNormal(np.full(size.shape, self.value), np.full(size.shape, log_sd[0]))
        x, knots = np.log(np.maximum(size, 1.0)), np.log(self.followers)
        outside = self.below * np.minimum(x - knots[0], 0.0) + self.beyond * np.maximum(x - knots[-1], 0.0)
        median = np.exp(np.interp(x, knots, np.log(self.median)) + outside)
        return LogNormal(np.asarray(np.maximum(median, self.floor)), np.asarray(np.interp(x, knots, log_sd)))
