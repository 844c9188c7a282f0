"""Columns: which entries of the priors a result speaks of, and how far each may be moved by it.

The shipped range of a rate or fee is that of one creator. Half of its variance is taken as doubt of the level that all
share, half as difference between creators (an assumption); without results both add up to the shipped range again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from asterism.creators.schema import VIEWS_FIRST
from asterism.priors import Benchmark, Priors
from asterism.priors.beliefs import MAIN_FORMAT, STAND_IN

Floats = NDArray[np.float64]

SHARED: Final = 0.5
"""Part of a shipped variance that is doubt of the level."""
ALIKE: Final = 0.8
"""Correlation of the doubts at two neighbouring sizes of a curve (an assumption)."""
GROUP_LOG_SD: Final = 0.25
"""How far a niche or a platform may lie from the others (an assumption)."""
Z95: Final = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Column:
    """An entry whose level is sought: one column per size of its curve, one for a single number.

    `whose` says whether its range is one creator's (`creator`), the level's (`level`), or it is a factor of a group of
    creators that no entry stands for yet (`group`).
    """

    entry: Benchmark
    whose: str

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return len(self.entry.median)

    def weights(self, followers: Floats) -> Floats:
        """How far each size of the curve counts at these followers, (n, width); rows sum to 1."""
        if self.width == 1:
            return np.ones((followers.size, 1))
        x, knots = np.log(np.maximum(followers, 1.0)), np.log(self.entry.followers)
        at = np.clip(np.searchsorted(knots, x) - 1, 0, knots.size - 2)
        part = np.clip((x - knots[at]) / np.diff(knots)[at], 0.0, 1.0)
        found, rows = np.zeros((x.size, knots.size)), np.arange(x.size)
        found[rows, at], found[rows, at + 1] = 1.0 - part, part
        return found

    @property
    def variance(self) -> Floats:
        """The entry's own variance of the logarithm at each size, (width,)."""
        return np.asarray((np.log(np.divide(self.entry.high, self.entry.low)) / (2 * Z95)) ** 2)

    @property
    def prior(self) -> Floats:
        """What the level is believed to vary by, (width, width)."""
        sd = np.sqrt(self.variance * (SHARED if self.whose == "creator" else 1.0))
        apart = np.abs(np.subtract.outer(np.arange(self.width), np.arange(self.width)))
        return np.asarray(np.outer(sd, sd) * ALIKE**apart)


def group(name: str) -> Column:
    """The factor of a niche or platform that nobody has measured yet."""
    spread = float(np.exp(Z95 * GROUP_LOG_SD))
    made = Benchmark(name, "factor", (1.0,), (1 / spread,), (spread,), "no figures", "", "assumption")
    return Column(made, "group")


@dataclass(frozen=True, slots=True)
class Layout:
    """All columns of one measure side by side, found by name."""

    columns: tuple[Column, ...]

    @classmethod
    def of(cls, columns: Iterable[Column]) -> "Layout":
        """Each column once, in the order first named."""
        return cls(tuple({column.entry.name: column for column in columns}.values()))

    @property
    def prior(self) -> Floats:
        """What the effects are believed to vary by, (p, p): columns independent of each other."""
        whole = np.zeros((self.width, self.width))
        for column in self.columns:
            whole[self.at(column.entry.name), self.at(column.entry.name)] = column.prior
        return whole

    @property
    def width(self) -> int:
        """Columns in all."""
        return sum(column.width for column in self.columns)

    def at(self, name: str) -> slice:
        """Where an entry's columns stand."""
        first = 0
        for column in self.columns:
            if column.entry.name == name:
                return slice(first, first + column.width)
            first += column.width
        raise KeyError(name)

    def matrix(self, used: Sequence[Sequence[tuple[str, float]]], followers: Floats) -> Floats:
        """What each effect does to each row, (n, p), from the names each row uses, each with how far it counts."""
        x = np.zeros((len(used), self.width))
        for column in self.columns:
            weights = column.weights(followers)
            counts = np.array([sum(far for name, far in row if name == column.entry.name) for row in used])
            x[:, self.at(column.entry.name)] = counts[:, None] * weights
        return x


def parts(priors: Priors, measure: str, platform: str, kind: str) -> tuple[str, ...]:
    """The names of the curve and the factor of a format that a rate or fee is made of, as `Priors` reads them."""
    main = f"{measure}.{platform}.{MAIN_FORMAT.get(platform, 'post')}"
    exact = f"{measure}.{platform}.{kind}"
    if exact in priors.entries:
        return (exact,)
    if main in priors.entries:
        factor = f"format.{measure}.{kind}"
        return (main, factor if factor in priors.entries else "format.other")
    return parts(priors, measure, STAND_IN.get(platform, "instagram"), kind)


def with_own_curves(priors: Priors, measure: str, platforms: Iterable[str]) -> Priors:
    """The priors with a curve of its own for each platform that so far borrows another's, widened as it would be."""
    entries = dict(priors.entries)
    for platform in sorted(set(platforms)):
        main = MAIN_FORMAT.get(platform, "post")
        name = f"{measure}.{platform}.{main}"
        if name not in entries and any(key.startswith(f"{measure}.") for key in entries):
            entries[name] = _borrowed(priors, measure, platform, name)
    return Priors(entries)


def _borrowed(priors: Priors, measure: str, platform: str, name: str) -> Benchmark:
    base = priors.entries[parts(priors, measure, platform, MAIN_FORMAT.get(platform, "post"))[0]]
    column = Column(base, "creator")
    sd = np.sqrt(column.variance + priors.entry("stand_in_log_sd").value ** 2)
    low, high = (tuple((np.array(base.median) * np.exp(sign * Z95 * sd)).tolist()) for sign in (-1, 1))
    return replace(base, name=name, low=low, high=high)


def views_first(platform: str) -> bool:
    """Whether people there watch what they do not follow."""
    return platform in VIEWS_FIRST
