"""Bookings: posts bought from creators, and what any set of them brings when nobody is counted twice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asterism.errors import WrongUsage, did_you_mean
from asterism.market.follows import Follows
from asterism.market.rates import FORMATS


@dataclass(frozen=True, slots=True)
class Booking:
    """A number of sponsored posts of one format by one creator, in phase 0 (opens) or 1 (follows)."""

    creator_id: str
    format: str
    posts: int = 1
    phase: int = 0

    def __post_init__(self) -> None:
        if self.posts < 1 or self.phase not in (0, 1):
            raise WrongUsage("A booking needs at least one post, and phase 0 or 1.")
        if self.format not in FORMATS:
            raise WrongUsage(f"No creator here makes a `{self.format}`.", did_you_mean(self.format, list(FORMATS)))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a set of bookings truly brings on average, in real people of the target, each counted once.

    `frequency[i]` people see exactly i + 1 posts, the last one «or more».
    """

    reach: float
    engagers: float
    buyers: float
    frequency: tuple[float, ...]

    def reached(self, at_least: int) -> float:
        """How many people see at least so many posts; at most `len(frequency)` can be told apart."""
        if not 1 <= at_least <= len(self.frequency):
            raise WrongUsage(f"Frequencies from 1 to {len(self.frequency)} are known, not {at_least}.")
        return float(sum(self.frequency[at_least - 1 :]))


@dataclass(frozen=True, slots=True)
class Package:
    """What one creator's bookings of one phase do to each of its real followers: chances, 0 to 1."""

    creator: int
    seen: NDArray[np.float64]
    act: float
    buy: float

    @property
    def reach(self) -> float:
        """The chance of seeing at least one post."""
        return 1.0 - float(self.seen[0])


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who can be reached, and what each is worth.

    Parameters
    ----------
    follows
        Who follows whom.
    worth
        Real people of the target each simulated person stands for, float64 (n_people,).
    propensity
        How readily each person buys the product, around 1, float64 (n_people,).
    priming
        Factor on the conversion of people reached in the first phase.
    """

    follows: Follows
    worth: NDArray[np.float64]
    propensity: NDArray[np.float64]
    priming: float

    def expect(self, first: Sequence[Package], second: Sequence[Package], most: int) -> Expected:
        """What packages of two phases bring; frequencies up to `most` are told apart.

        Creators act on a person independently: 1 − Π(1 − chance).
        """
        both = [*first, *second]
        return Expected(
            reach=self._count(1 - self._spared(both, [p.reach for p in both])),
            engagers=self._count(1 - self._spared(both, [p.act for p in both])),
            buyers=self._count(self._buys(first, second)),
            frequency=tuple(self._count(chance) for chance in self._frequency(both, most)),
        )

    def _count(self, chance: NDArray[np.float64]) -> float:
        return float(self.worth @ chance)

    def _spared(
        self, packages: Sequence[Package], chances: Sequence[float], factor: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Chance per person that nothing happens, Π(1 − chance · factor), (n_people,)."""
        none = np.ones(self.worth.size)
        for package, chance in zip(packages, chances, strict=True):
            fans = self.follows.of(package.creator)
            none[fans] *= 1 - (chance if factor is None else np.minimum(package.reach, chance * factor[fans]))
        return none

    def _buys(self, first: Sequence[Package], second: Sequence[Package]) -> NDArray[np.float64]:
        """Chance per person to buy: in the first phase; or else in the second, better so if reached in the first."""
        unreached = self._spared(first, [p.reach for p in first])
        unsold = self._spared(first, [p.buy for p in first], self.propensity)
        cold = self._spared(second, [p.buy for p in second], self.propensity)
        primed = self._spared(second, [p.buy for p in second], self.propensity * self.priming)
        return np.asarray((1 - unsold) + unreached * (1 - cold) + (unsold - unreached) * (1 - primed))

    def _frequency(self, packages: Sequence[Package], most: int) -> NDArray[np.float64]:
        """Chance per person of seeing exactly 1, 2 … `most` or more posts, (most, n_people)."""
        seen = np.zeros((most + 1, self.worth.size))
        seen[0] = 1.0
        for package in packages:
            fans = self.follows.of(package.creator)
            seen[:, fans] = _added(seen[:, fans], package.seen)
        return seen[1:]


def _added(before: NDArray[np.float64], seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances of each count, (most + 1, n), after as many posts more as `seen` says; the last row is «or more»."""
    after, most = np.zeros_like(before), before.shape[0] - 1
    for count, chance in enumerate(seen):
        kept = most + 1 - min(count, most)
        after[most + 1 - kept :] += chance * before[:kept]
        after[most] += chance * before[kept:].sum(axis=0)
    return after
