"""Calibrating: ranges that held too few or too many of what came are widened or narrowed, with the number behind it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from asterism.learning.columns import Z95
from asterism.measurement.matching import Judged
from asterism.priors import Benchmark, Priors
from asterism.priors.curves import Z
from asterism.quantities import LEVEL

Floats = NDArray[np.float64]

ENTRIES: Final = {
    "views": ("views_rate",),
    "reach": ("reach_rate", "views_rate"),
    "engagements": ("engagement_rate",),
    "clicks": ("click",),
    "conversions": ("convert",),
    "price": ("fee",),
}
"""Whose ranges answer for the ranges of what was forecast."""
PRIOR_FORECASTS: Final = 30.0
"""Forecasts that the ranges as they are weigh as much as."""
FEWEST: Final = 10
"""Forecasts below which nothing is changed."""
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Width:
    """What past forecasts of one thing say of how wide ranges should be.

    `factor` is what log-sds are multiplied by; `covered` the part of `n` outcomes that came inside.
    """

    what: str
    n: int
    covered: float
    factor: float

    @property
    def sentence(self) -> str:
        """The finding in one line."""
        change = "wider" if self.factor > 1 else "narrower"
        by = abs(self.factor - 1)
        return (
            f"Of {self.n:,} forecasts of {self.what} {self.covered:.0%} came inside their {LEVEL:.0%} range: "
            f"ranges that no result has set yet become {by:.0%} {change}."
        )

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values."""
        return {**asdict(self), "sentence": self.sentence}


def widths(judged: Judged) -> tuple[Width, ...]:
    """The width that each kind of forecast should have had.

    Errors are in the forecasts' own standard deviations, less their median: a level that is off is for results to mend.
    The factor is their 80% quantile over that of the normal curve, drawn to 1 as by `PRIOR_FORECASTS` forecasts.
    """
    return tuple(
        found for what in ENTRIES if (found := _width(judged, what, np.asarray(judged.what == what))) is not None
    )


def _width(judged: Judged, what: str, rows: NDArray[np.bool_]) -> Width | None:
    n = int(rows.sum())
    if n < FEWEST:
        return None
    low, high, came = (np.log(x[rows] + _HALF) for x in (judged.low, judged.high, judged.came))
    off = (came - (low + high) / 2) / np.maximum((high - low) / (2 * Z), 1e-9)
    seen = float(np.quantile(np.abs(off - np.median(off)), LEVEL)) / Z
    inside = (judged.low[rows] <= judged.came[rows]) & (judged.came[rows] <= judged.high[rows])
    return Width(what, n, float(inside.mean()), 1.0 + n / (n + PRIOR_FORECASTS) * (seen - 1.0))


def widened(priors: Priors, found: Iterable[Width], settled: Iterable[str]) -> dict[str, Benchmark]:
    """The entries whose ranges change, by name: those of each kind that are not `settled` by results of their own."""
    own, changed = set(settled), dict[str, Benchmark]()
    for width in found:
        for name, entry in priors.entries.items():
            if name.partition(".")[0] in ENTRIES[width.what] and name not in own:
                changed[name] = _times(entry, width)
    return changed


def _times(entry: Benchmark, width: Width) -> Benchmark:
    middle = np.log(entry.median)
    sd = np.log(np.divide(entry.high, entry.low)) / (2 * Z95) * width.factor
    low, high = (tuple(np.exp(middle + sign * Z95 * sd).tolist()) for sign in (-1, 1))
    source = f"{entry.source}; learnt: range times {width.factor:.2f} after {width.n} forecasts"
    return replace(entry, low=low, high=high, source=source, quality="own")
